import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { hasCode } from './system-errors.js';

/**
 * Characters of the output's name in a temporary name. File systems limit names to 255 bytes, and a character has up to
 * four.
 */
const STEM_CHARACTERS = 40;

/** `part`: an output that is being written. `old`: the file that an output replaces, until all outputs are in place. */
type Purpose = 'part' | 'old';

/** `.STEM.SYSTEM-PID-START-RANDOM.PURPOSE`; the numbers are hexadecimal. */
const NAME = /^\.(.+)\.([0-9a-f]{8})-([0-9a-f]{1,8})-([0-9a-f]{1,12})-[0-9a-f]{16}\.(part|old)$/su;

/** A file system's heartbeat: so often the time of an unfinished file is renewed. */
const RENEWAL_MILLISECONDS = 300_000;

/** A process, as the names of its temporary files state it. */
interface Writer {
  /** Identifies the system in which the process number is valid. */
  readonly system: string;
  readonly pid: number;
  readonly start: string;
}

export interface TemporaryName {
  /** The output's name, cut after {@link STEM_CHARACTERS}. */
  readonly stem: string;
  readonly isCut: boolean;
  readonly purpose: Purpose;
  readonly writer: Writer;
}

/** A file that is written under a temporary name. */
export interface TemporaryFile {
  readonly path: string;
  readonly handle: FileHandle;
}

const stemOf = (path: string): string => Array.from(basename(path)).slice(0, STEM_CHARACTERS).join('');

/**
 * An unpredictable name next to `path` that identifies the writer. A later run can distinguish the files of a process
 * that was killed from those of a running one.
 */
export function temporaryPath(path: string, purpose: Purpose): string {
  const { pid, start, system } = thisProcess();
  const writer = `${system}-${pid.toString(16)}-${start}-${randomBytes(8).toString('hex')}`;
  return join(dirname(path), `.${stemOf(path)}.${writer}.${purpose}`);
}

/** The parts of a temporary name; undefined for any other name. */
export function parseTemporaryName(name: string): TemporaryName | undefined {
  const [, stem = '', system = '', pid = '', start = '', purpose] = NAME.exec(name) ?? [];
  if (purpose !== 'part' && purpose !== 'old') return undefined;
  return {
    stem,
    isCut: Array.from(stem).length >= STEM_CHARACTERS,
    purpose,
    writer: { system, pid: Number.parseInt(pid, 16), start },
  };
}

/** Files that this process is writing. */
const temporaries = new Map<string, FileHandle>();
let renewal: NodeJS.Timeout | undefined;

/**
 * Creates a file beside `path` under a temporary name.
 *
 * @throws the error of the file system
 */
export async function createTemporary(path: string): Promise<TemporaryFile> {
  const temporary = temporaryPath(path, 'part');
  // 'wx' creates the file or fails: no link is followed.
  const handle = await open(temporary, 'wx', 0o644);
  temporaries.set(temporary, handle);
  renewal ??= setInterval(renewTimes, RENEWAL_MILLISECONDS).unref();
  return { path: temporary, handle };
}

/** Ends the bookkeeping for a temporary file that was renamed or removed. */
export function forgetTemporary(path: string): void {
  temporaries.delete(path);
  if (temporaries.size > 0) return;
  clearInterval(renewal);
  renewal = undefined;
}

/** A conversion that waits for a slow reader writes nothing; other hosts must see that it is running. */
function renewTimes(): void {
  const now = new Date();
  // A file that is closed at this moment needs no renewal.
  for (const handle of temporaries.values()) void handle.utimes(now, now).catch(() => undefined);
}

/** Removes the temporary files of all outputs that are being written; for the last moments of a process. */
export function removeTemporaries(): void {
  for (const path of temporaries.keys()) {
    try {
      unlinkSync(path);
    } catch {
      // It was renamed or removed at this moment.
    }
    forgetTemporary(path);
  }
}

/**
 * Whether the process that wrote a temporary file still exists. `unknown`: it ran on another host, in another
 * container, or before a restart, or the system does not show it.
 */
export function writerState({ pid, start, system }: Writer): 'running' | 'gone' | 'unknown' {
  const own = thisProcess();
  if (system === NO_SYSTEM || system !== own.system || pid === 0) return 'unknown';
  if (pid === own.pid) return start === own.start ? 'running' : 'gone';
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return 'gone';
  }
  if (process.platform !== 'linux') return 'unknown';
  const status = linuxStatus(String(pid));
  if (status === undefined) return 'unknown';
  return status.start === start && !status.isDead ? 'running' : 'gone';
}

/** A system that could not be identified. */
const NO_SYSTEM = '00000000';

let self: Writer | undefined;

function thisProcess(): Writer {
  self ??= { system: systemId(), pid: process.pid, start: startOfThis() };
  return self;
}

const startOfThis = (): string =>
  (process.platform === 'linux' ? linuxStatus('self')?.start : undefined) ??
  Math.trunc(performance.timeOrigin).toString(16);

/**
 * Identifies the system in which process numbers are unique. Linux: the boot and the namespace of process numbers, so
 * that containers differ, and a host differs from itself before a restart. Others: the host's name and network adapters.
 */
function systemId(): string {
  const facts = [process.platform, hostname()];
  if (process.platform === 'linux') {
    try {
      // /proc of another PID namespace.
      if (readlinkSync('/proc/self') !== String(process.pid)) return NO_SYSTEM;
      facts.push(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'), readlinkSync('/proc/self/ns/pid'));
    } catch {
      return NO_SYSTEM;
    }
  } else {
    const adapters = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    facts.push(...[...new Set(adapters.map(({ mac }) => mac))].sort());
  }
  return createHash('sha256').update(facts.join('\n')).digest('hex').slice(0, 8);
}

/** From /proc/PID/stat (proc(5)): field 3 is the state, field 22 the start in clock ticks since the boot. */
function linuxStatus(pid: string): { start: string; isDead: boolean } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 2 is the program's name in parentheses, which can contain blanks and parentheses.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state = ''] = fields;
    return { start: Number(fields[19]).toString(16), isDead: state === 'Z' || state === 'X' };
  } catch {
    return undefined;
  }
}
