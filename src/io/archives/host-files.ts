import type { HostInfoFile } from '../../host/index.js';
import { type Archive, type ArchiveMember, expandedStream } from './archive.js';
import { type Archives, isCompression, memberName, type OpenedArchive } from './archives.js';
import { lastPart, namedKind } from './names.js';

/**
 * Names of files with facts about the host: those of microsoft/SDN's collectlogs.ps1, of docs/collect-host-info.ps1, and of
 * the commands themselves.
 */
const HOST_FILE =
  /^(?:network|endpoint|namespaces|ports|ip|netadapter|routes|arp|ipconfig|tasklist|pktmon-(?:comp-)?list|vfpctrl-list-vmswitch-port|get-(?:net(?:adapter|ipaddress|ipinterface|compartment)|vmswitch|vmnetworkadapter|hns(?:network|endpoint|namespace)))\.(?:txt|json|csv)$/i;

/** Bytes of one file, and of all that belong to a trace: a thousand endpoints take some megabytes. */
const MAX_BYTES = 16 * 1024 * 1024;
const MAX_TOTAL_BYTES = 64 * 1024 * 1024;
/** Files that belong to a trace. A member of a cabinet is expanded from its folder's start. */
const MAX_FILES = 32;

/** Files that were read, by their position: the traces of an archive share them. */
const read = new WeakMap<Archive, Map<number, HostInfoFile | undefined>>();

/**
 * Files saved on the host that are beside a trace in its archive: in its directory; else in the nearest directory above;
 * else in the only directory below it that has some; else in the same way next to the archive that it is in, if that is
 * the only one.
 *
 * @param steps the members that lead to the trace, by their positions
 * @returns none where several directories below have such files: their host is not known
 */
export async function hostFilesBeside(
  archives: Archives,
  path: string,
  version: string,
  steps: readonly number[],
): Promise<readonly HostInfoFile[]> {
  let isInner = false;
  for (let depth = steps.length - 1; depth >= 0; depth--) {
    const opened = await archives.archive(path, version, steps.slice(0, depth));
    // A compressed trace is beside what its compressed file is beside.
    if (isCompression(opened.kind)) continue;
    const { members } = opened.archive;
    const inside = members.find(({ position }) => position === steps[depth]);
    // Files next to several archives may be of any host.
    if (inside === undefined || (isInner && members.filter(isNamed).length > 1)) return [];
    const positions = positionsBeside(opened.archive, inside.name);
    if (positions.length > 0) return readFiles(opened, positions);
    isInner = true;
  }
  return [];
}

/** Whether a member may be a trace or an archive. */
const isNamed = ({ name }: ArchiveMember): boolean => namedKind(lastPart(name)) !== undefined;

/** The directory of a member, without a separator at its end. */
function directoryOf(name: string): string {
  const path = name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function positionsBeside(archive: Archive, traceName: string): readonly number[] {
  const byDirectory = new Map<string, number[]>();
  for (const { name, position, size, unreadable } of archive.members) {
    if (!HOST_FILE.test(lastPart(name)) || unreadable !== undefined || size > MAX_BYTES) continue;
    const directory = directoryOf(name);
    const known = byDirectory.get(directory);
    if (known === undefined) byDirectory.set(directory, [position]);
    else known.push(position);
  }
  const own = directoryOf(traceName);
  for (let directory = own; ; directory = directoryOf(directory)) {
    const found = byDirectory.get(directory);
    if (found !== undefined) return found;
    if (directory === '') break;
  }
  const prefix = own === '' ? '' : `${own}/`;
  const below = [...byDirectory].filter(([directory]) => directory.startsWith(prefix));
  const [only] = below;
  return below.length === 1 && only !== undefined ? only[1] : [];
}

async function readFiles(
  opened: OpenedArchive,
  positions: readonly number[],
): Promise<readonly HostInfoFile[]> {
  const { archive } = opened;
  const cache = read.get(archive) ?? new Map<number, HostInfoFile | undefined>();
  read.set(archive, cache);
  const files: HostInfoFile[] = [];
  let total = 0;
  for (const position of positions.slice(0, MAX_FILES)) {
    if (!cache.has(position)) cache.set(position, await readFile(opened, position));
    const file = cache.get(position);
    if (file === undefined) continue;
    total += file.bytes.length;
    if (total > MAX_TOTAL_BYTES) break;
    files.push(file);
  }
  return files;
}

/** @returns undefined for a file that cannot be expanded: it is not the trace that was asked for */
async function readFile(opened: OpenedArchive, position: number): Promise<HostInfoFile | undefined> {
  const name = memberName(opened, position);
  const parts: Uint8Array[] = [];
  try {
    const { compressed, stream } = await opened.archive.read(position);
    const bounded = { stream, compressed: Math.min(compressed, opened.compressed) };
    for await (const part of expandedStream(name, bounded, MAX_BYTES)) {
      if (part instanceof Uint8Array) parts.push(part);
    }
  } catch {
    return undefined;
  }
  return { name, bytes: new Uint8Array(Buffer.concat(parts)) };
}
