import { linkSync, lstatSync, readlinkSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConvertError, type FinishedFile } from '../passes/index.js';
import { fileIdOf } from './file-identity.js';
import { hasCode, systemReason } from './system-errors.js';
import { forgetTemporary, temporaryPath } from './temporary-file.js';

/** The steps taken for a file, for undoing them. */
interface Placed {
  readonly path: string;
  /** Another name of the previous file. */
  backup: string | undefined;
  /** The new file has the name. */
  isThere: boolean;
}

/** An output that exists and may not be replaced. */
export const existsError = (path: string): ConvertError =>
  new ConvertError('exists', `${path}: already exists; use --force to overwrite, or -o for another name`);

/**
 * Renames files to their final names: all of them, or none. The steps are synchronous: no signal handler of this
 * process runs between two of them. Previous files keep a second name until the last new file is in place.
 *
 * @throws ConvertError `exists` or `output`; all previous files have their names then
 */
export async function renameTogether(files: readonly FinishedFile[]): Promise<void> {
  const placed: Placed[] = [];
  try {
    const newFiles = new Set<string>();
    for (const [at, file] of files.entries()) {
      const needsBackup = at + 1 < files.length || file.fsync;
      renameOne(file, needsBackup, newFiles, placed);
    }
    const durable = files.filter(({ fsync }) => fsync).map(({ path }) => dirname(path));
    for (const directory of new Set(durable)) await syncDirectory(directory);
  } catch (error) {
    throw withRemainder(error, undo(placed));
  }
  for (const { temporary } of files) forgetTemporary(temporary);
  for (const { backup } of placed) if (backup !== undefined) removeQuietly(backup);
}

function renameOne(
  { force, path, temporary }: FinishedFile,
  needsBackup: boolean,
  newFiles: Set<string>,
  placed: Placed[],
): void {
  const step: Placed = { path, backup: undefined, isThere: false };
  placed.push(step);
  try {
    const previous = lstatSync(path, { throwIfNoEntry: false });
    if (previous !== undefined && newFiles.has(fileIdOf(path) ?? '')) {
      throw new ConvertError('usage', `${path}: two outputs have this name; choose different names`);
    }
    if (previous !== undefined && !force) throw existsError(path);
    if (previous !== undefined && needsBackup) step.backup = keep(path, previous.isSymbolicLink());
    if (force) renameSync(temporary, path);
    else appear(temporary, path);
    step.isThere = true;
    const id = fileIdOf(path);
    if (id !== undefined) newFiles.add(id);
  } catch (error) {
    throw placementError(path, error);
  }
}

/** Renames a file to its final name, unless another process created one with this name. */
function appear(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw existsError(path);
    // A file system without hard links.
    renameSync(temporary, path);
    return;
  }
  removeQuietly(temporary);
}

/** Links the previous file to a second name, or renames it if the file system has no hard links. */
function keep(path: string, isLink: boolean): string {
  const backup = temporaryPath(path, 'old');
  try {
    // link() follows symbolic links on some systems.
    if (isLink) symlinkSync(readlinkSync(path), backup);
    else linkSync(path, backup);
  } catch {
    renameSync(path, backup);
  }
  return backup;
}

/** @returns the steps that could not be undone, for the error message */
function undo(placed: readonly Placed[]): string[] {
  const remainder: string[] = [];
  for (const { backup, isThere, path } of [...placed].reverse()) {
    try {
      if (backup !== undefined) {
        renameSync(backup, path);
        // Two names of one file: then rename() does nothing.
        rmSync(backup, { force: true });
      } else if (isThere) {
        unlinkSync(path);
      }
    } catch (error) {
      const where = backup === undefined ? 'remove it' : `the previous file is ${backup}`;
      remainder.push(`${path} is new and could not be undone (${systemReason(error)}): ${where}`);
    }
  }
  return remainder;
}

function withRemainder(error: unknown, remainder: readonly string[]): unknown {
  if (!(error instanceof ConvertError) || remainder.length === 0) return error;
  return new ConvertError(error.code, [error.message, ...remainder].join('; '), { cause: error });
}

function placementError(path: string, error: unknown): ConvertError {
  if (error instanceof ConvertError) return error;
  return new ConvertError('output', `${path}: ${systemReason(error)}`, { cause: error });
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Removed by another process; otherwise a later run removes it.
  }
}

/** Makes new names in a directory as lasting as the bytes. Windows does so by itself, and opens no directories. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw placementError(path, error);
  }
}
