import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { entryAt, readOwnFile, replaceFile } from './entry.js';
import { InstallError } from './errors.js';

export interface InstalledFile {
  readonly path: string;
  readonly sha256: string;
}

/** The list of installed files, so that uninstall removes only these. */
export interface Manifest {
  readonly files: readonly InstalledFile[];
  /** Directories that the installation created, outer before inner. */
  readonly directories: readonly string[];
}

/** In the personal configuration folder. */
const FILE_NAME = 'etlcap-install.json';
const FORMAT = 'etlcap-wireshark-install';

const REMEDY = 'remove it, and the files that etlcap installed';

/**
 * The record of the installation; an empty one if there is none.
 *
 * @param config the personal configuration folder
 * @throws InstallError if the record is not one of etlcap
 */
export function readManifest(config: string): Manifest {
  const path = join(config, FILE_NAME);
  const bytes = readOwnFile(path);
  if (bytes === undefined) return { files: [], directories: [] };
  if (bytes === 'other') {
    throw new InstallError(`${path}: not a regular file, or too large to be from etlcap; ${REMEDY}`);
  }
  const manifest = parseManifest(new TextDecoder().decode(bytes));
  if (manifest === undefined) {
    throw new InstallError(`${path}: not a record of an installation by etlcap; ${REMEDY}`);
  }
  return manifest;
}

/** @param config the personal configuration folder */
export function writeManifest(config: string, { directories, files }: Manifest): void {
  const text = JSON.stringify({ format: FORMAT, files, directories }, undefined, 2);
  replaceFile(join(config, FILE_NAME), new TextEncoder().encode(`${text}\n`));
}

/** @param config the personal configuration folder */
export function removeManifest(config: string): void {
  const path = join(config, FILE_NAME);
  if (entryAt(path) !== undefined) unlinkSync(path);
}

function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('format' in value && value.format === FORMAT)) return undefined;
  if (!('files' in value && Array.isArray(value.files) && value.files.every(isInstalledFile)))
    return undefined;
  if (!('directories' in value && Array.isArray(value.directories))) return undefined;
  if (!value.directories.every((name): name is string => typeof name === 'string')) return undefined;
  return { files: value.files, directories: value.directories };
}

const isInstalledFile = (value: unknown): value is InstalledFile =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  typeof value.path === 'string' &&
  'sha256' in value &&
  typeof value.sha256 === 'string';
