import { type BigIntStats, fstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Device and inode of a file; undefined if the file system has no inode numbers. */
export const fileId = ({ dev, ino }: BigIntStats): string | undefined =>
  ino === 0n ? undefined : `${dev}/${ino}`;

/** The file of a path, through links; undefined if there is none, or it cannot be examined. */
export function fileIdOf(path: string): string | undefined {
  const stats = statsOf(path);
  return stats && fileId(stats);
}

/** Facts about an open file; undefined if the file system does not answer. */
export function descriptorStats(descriptor: number): BigIntStats | undefined {
  try {
    return fstatSync(descriptor, { bigint: true });
  } catch {
    return undefined;
  }
}

/** Facts about the file that a path leads to, through links; undefined if it cannot be examined. */
export function statsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true });
  } catch {
    return undefined;
  }
}

/**
 * A name in a directory: equal for all paths to it, whether or not a file has the name.
 *
 * @param known directories that were looked up, for many paths
 */
export function entryIdOf(path: string, known = new Map<string, string>()): string {
  const directory = dirname(path);
  let id = known.get(directory);
  if (id === undefined) {
    id = fileIdOf(directory) ?? realDirectory(directory);
    known.set(directory, id);
  }
  return `${id}/${basename(path)}`;
}

function realDirectory(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
