import { readlinkSync, realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { descriptorStats, fileId, fileIdOf, statsOf } from './file-identity.js';

/** Standard output and standard error. */
type Descriptor = 1 | 2;

/** Links that are followed by name; more are a cycle. */
const MAX_LINKS = 40;
const NAMES: ReadonlyMap<string, number> = new Map([
  ['/dev/stdin', 0],
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
]);
const DESCRIPTOR_NAME = /^\/(?:dev|proc\/(?:self|thread-self|(\d+))(?:\/task\/\d+)?)\/fd\/(\d+)$/u;

/** Whether a path names an open file of this process, such as `/dev/fd/3`, and not an entry of a directory. */
export const isDescriptorName = (path: string): boolean => descriptorNamed(path) !== undefined;

/**
 * Whether a path is another name of standard output (1) or standard error (2): `/dev/stdout`, `/dev/fd/1`,
 * `/proc/self/fd/1`, a link to one of them, or the named pipe, terminal or device that the stream is.
 */
export function isStandardStream(path: string, descriptor: Descriptor): boolean {
  if (descriptorNamed(path) === descriptor) return true;
  const stats = statsOf(path);
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return false;
  return isSameFile(path, descriptor) && fileId(stats) !== fileIdOf(devNull);
}

/** Whether text on a standard stream would go into the file at a path: the stream was redirected to it. */
export function isSameFile(path: string, descriptor: Descriptor): boolean {
  const stats = descriptorStats(descriptor);
  const id = stats && fileId(stats);
  return id !== undefined && id === fileIdOf(path);
}

/** The same of two standard streams: `2>&1`. */
export function areSameFile(a: Descriptor, b: Descriptor): boolean {
  const [first, second] = [descriptorStats(a), descriptorStats(b)];
  const id = first && fileId(first);
  return id !== undefined && second !== undefined && id === fileId(second);
}

/** The number of the open file that a path names. */
function descriptorNamed(path: string): number | undefined {
  let at = resolve(path);
  for (let links = 0; links < MAX_LINKS; links++) {
    const named = numberIn(at) ?? numberIn(join(realDirectory(at), basename(at)));
    if (named !== undefined) return named;
    const next = linkTarget(at);
    if (next === undefined) return undefined;
    at = resolve(dirname(at), next);
  }
  return undefined;
}

/** The target of a symbolic link; undefined for anything else, and if it cannot be examined. */
function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function numberIn(path: string): number | undefined {
  const named = NAMES.get(path);
  if (named !== undefined) return named;
  const [, pid, number] = DESCRIPTOR_NAME.exec(path) ?? [];
  if (number === undefined) return undefined;
  return pid === undefined || Number(pid) === process.pid ? Number(number) : undefined;
}

function realDirectory(path: string): string {
  const directory = dirname(path);
  try {
    return realpathSync(directory);
  } catch {
    return directory;
  }
}
