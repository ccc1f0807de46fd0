import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type HostInfoFile, MAX_HOST_INFO_BYTES } from '../host/index.js';
import { ConvertError } from '../passes/index.js';
import { systemReason } from './system-errors.js';

/** Files that are read from a directory and the directories in it. */
const MAX_FILES = 1000;
/** Bytes of all files of a directory. */
const MAX_TOTAL_BYTES = 4 * MAX_HOST_INFO_BYTES;
/** Directories in the directory: collectlogs.ps1 makes one for adapters. */
const MAX_DEPTH = 2;

/** Names of text files; a folder with logs also has traces, event logs and archives. */
const TEXT_NAME = /\.(?:txt|json|csv|log|out)$/iu;

/**
 * Reads files saved on a host.
 *
 * @param paths files, or directories whose text files are taken
 * @throws ConvertError `usage` for a path that cannot be read, or is too large
 */
export async function readHostInfo(paths: readonly string[]): Promise<HostInfoFile[]> {
  const files: HostInfoFile[] = [];
  for (const path of paths) {
    let total = 0;
    for (const file of await hostInfoPaths(path)) {
      const bytes = await readBytes(file);
      total += bytes.length;
      if (total > MAX_TOTAL_BYTES)
        throw unreadable(path, `more than ${MAX_TOTAL_BYTES} bytes in text files; name the files one by one`);
      files.push({ name: file, bytes });
    }
  }
  return files;
}

/** The files that a path means: itself, or the text files in the directory. @throws ConvertError `usage` */
export async function hostInfoPaths(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const files: string[] = [];
    await addFiles(path, MAX_DEPTH, files);
    if (files.length === 0) throw new RangeError('no text file (.txt, .json, .csv) in this directory');
    return files;
  } catch (error) {
    throw unreadable(path, error instanceof RangeError ? error.message : systemReason(error), error);
  }
}

async function addFiles(directory: string, depth: number, files: string[]): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && depth > 1) await addFiles(path, depth - 1, files);
    else if (entry.isFile() && TEXT_NAME.test(entry.name)) {
      if (files.length >= MAX_FILES)
        throw new RangeError(`more than ${MAX_FILES} text files; name the files one by one`);
      files.push(path);
    }
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_HOST_INFO_BYTES)
      throw new RangeError(`${size} bytes are too many for the output of a command`);
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error instanceof RangeError ? error.message : systemReason(error), error);
  }
}

const unreadable = (path: string, reason: string, cause?: unknown): ConvertError =>
  new ConvertError('usage', `--host-info ${path}: ${reason}`, { cause });
