import { createHash, randomUUID } from 'node:crypto';
import {
  lstatSync,
  readFileSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';

/** No file of the installation is larger; larger files are not read. */
const MAX_SIZE = 4 * 1024 * 1024;

/** The file or directory of this name, without following a symbolic link; undefined if there is none. */
export function entryAt(path: string): Stats | undefined {
  return ifPresent(() => lstatSync(path, { throwIfNoEntry: false }));
}

/** Whether a path leads to a directory, also through symbolic links. */
export function isDirectory(path: string): boolean {
  return ifPresent(() => statSync(path, { throwIfNoEntry: false }))?.isDirectory() ?? false;
}

/** Paths below a file or a loop of symbolic links do not exist; Node throws for them. */
function ifPresent(stats: () => Stats | undefined): Stats | undefined {
  try {
    return stats();
  } catch (error) {
    const isAbsent =
      error instanceof Error && 'code' in error && (error.code === 'ENOTDIR' || error.code === 'ELOOP');
    if (isAbsent) return undefined;
    throw error;
  }
}

/**
 * Reads a file of the installation.
 *
 * @returns undefined if it does not exist; 'other' for anything but a regular file, and for one that is too large
 */
export function readOwnFile(path: string): Uint8Array | 'other' | undefined {
  const found = entryAt(path);
  if (found === undefined) return undefined;
  return found.isFile() && found.size <= MAX_SIZE ? readFileSync(path) : 'other';
}

export const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Replaces a file as a whole. A symbolic link of that name is replaced, not followed. */
export function replaceFile(path: string, content: Uint8Array, mode = 0o644): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode });
    renameSync(temporary, path);
  } catch (error) {
    removeIfPossible(temporary);
    // A message names the file that could not be written.
    if (error instanceof Error && 'path' in error) error.path = path;
    throw error;
  }
}

function removeIfPossible(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was not created.
  }
}
