import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConvertError, type ManifestFile } from '../passes/index.js';
import { systemReason } from './system-errors.js';

/** Larger than any manifest; the largest that Windows installs has some 5 MB. */
const MAX_BYTES = 64 * 1024 * 1024;
/** How manifests in a directory end: `wevtutil gp`, PerfView and the SDK's tools write these. */
const MANIFEST_NAME = /\.(?:man|xml|manifest|mf)$/iu;
const PROVIDER_GUID = /\bguid\s*=\s*["']\{?([0-9a-f-]{36})\}?["']/giu;

/**
 * Reads the manifests that describe providers of a trace; directories may have thousands, of which a trace needs few.
 *
 * @param paths files, or directories of manifests
 * @param isNeeded whether a provider (GUID, lower case) is in the trace
 * @throws ConvertError `usage` if a file or directory cannot be read
 */
export async function readManifests(
  paths: readonly string[],
  isNeeded: (providerId: string) => boolean,
): Promise<ManifestFile[]> {
  const found: ManifestFile[] = [];
  for (const path of paths) {
    for (const file of await manifestPaths(path)) {
      const text = await readText(file);
      if (guidsOf(text).some(isNeeded)) found.push({ path: file, text });
    }
  }
  return found;
}

/**
 * The manifest files of a path: itself, or those in the directory.
 *
 * @throws ConvertError `usage`
 */
export async function manifestPaths(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => MANIFEST_NAME.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw unreadable(path, systemReason(error), error);
  }
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) throw new RangeError(`${size} bytes are too many for a manifest`);
    return decode(await readFile(path));
  } catch (error) {
    throw unreadable(path, systemReason(error), error);
  }
}

const unreadable = (path: string, reason: string, cause: unknown): ConvertError =>
  new ConvertError('usage', `--manifest ${path}: ${reason}`, { cause });

/** By byte order mark, or by the zeros next to the first `<`; otherwise UTF-8. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}

const guidsOf = (text: string): string[] =>
  [...text.matchAll(PROVIDER_GUID)].flatMap(([, guid]) => (guid === undefined ? [] : [guid.toLowerCase()]));
