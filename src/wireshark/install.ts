import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WiresharkFolders } from './folders.js';
import { type LauncherTarget, launcher } from './launcher.js';
import { commandPath, dataFile } from './package-files.js';
import { writeWholeFileSync } from './whole-file.js';

/** Something of the user's is in the way; nothing was changed. */
export class InstallError extends Error {
  override readonly name = 'InstallError';
}

/** What a file of the installation is for. */
export type Part = 'plugin' | 'extcap' | 'profile';

/**
 * `installed`: as this version writes it. `outdated`: as another version or for another place of etlcap. `changed`: by the
 * user, since. `foreign`: exists, but not from etlcap.
 */
export type FileState = 'installed' | 'outdated' | 'changed' | 'missing' | 'foreign';

export interface FileStatus {
  readonly part: Part;
  readonly path: string;
  readonly state: FileState;
}

export interface InstallReport {
  readonly written: readonly FileStatus[];
  /** Changed by the user since they were installed, and left as they are. */
  readonly kept: readonly string[];
}

export interface UninstallReport {
  readonly removed: readonly string[];
  /** Changed by the user, or by Wireshark for the user, and left as they are. */
  readonly kept: readonly string[];
}

/** In the personal configuration folder: what was installed, so that uninstall undoes that and nothing else. */
const MANIFEST = 'etlcap-install.json';
const MANIFEST_FORMAT = 'etlcap-wireshark-install';

const PROFILE = 'ETL';
const PROFILE_FILES = ['preferences', 'colorfilters', 'dfilter_buttons', 'expert_severity'];

interface PlannedFile {
  readonly part: Part;
  readonly path: string;
  readonly content: Uint8Array;
  readonly isProgram: boolean;
}

interface InstalledFile {
  readonly path: string;
  readonly sha256: string;
}

interface Manifest {
  readonly files: readonly InstalledFile[];
  /** Those that the installation made, outer before inner. */
  readonly directories: readonly string[];
}

/** The etlcap that runs now. */
const thisCommand = (): LauncherTarget => ({ node: process.execPath, command: commandPath() });

function plan(
  folders: WiresharkFolders,
  target: LauncherTarget,
  platform: NodeJS.Platform,
): readonly PlannedFile[] {
  const { fileName, text } = launcher(target, platform);
  const launcherPath = join(folders.extcap, fileName);
  const encoder = new TextEncoder();
  const file = (part: Part, path: string, content: Uint8Array, isProgram = false): PlannedFile => ({
    part,
    path,
    content,
    isProgram,
  });
  return [
    file('plugin', join(folders.plugins, 'etlcap.lua'), dataFile('etlcap.lua')),
    // etlcap.lua opens .etl files with the program that this names.
    file('plugin', join(folders.plugins, 'etlcap.command'), encoder.encode(`${launcherPath}\n`)),
    file('extcap', launcherPath, encoder.encode(text), true),
    ...PROFILE_FILES.map((name) =>
      file('profile', join(folders.config, 'profiles', PROFILE, name), dataFile(`profile/${name}`)),
    ),
  ];
}

/**
 * Puts plugin, extcap launcher and profile into these folders. Files of an earlier installation are brought up to date,
 * unless the user changed them.
 *
 * @throws InstallError where a file of the user's has a name that is needed; nothing is written then
 */
export function install(
  folders: WiresharkFolders,
  target: LauncherTarget = thisCommand(),
  platform: NodeJS.Platform = process.platform,
): InstallReport {
  const before = readManifest(folders);
  const files = plan(folders, target, platform).map((file) => ({ file, state: stateOf(file, before) }));
  const foreign = files.filter(({ state }) => state === 'foreign').map(({ file }) => file.path);
  if (foreign.length > 0) {
    throw new InstallError(`not etlcap's, and in the way: ${foreign.join(', ')}; rename or remove it first`);
  }
  const kept = files.filter(({ state }) => state === 'changed').map(({ file }) => file.path);
  const written = files.filter(({ state }) => state !== 'changed').map(({ file }) => file);

  const directories = [...before.directories];
  const needed = [folders.config, ...written.map(({ path }) => dirname(path))];
  for (const directory of needed) directories.push(...makeDirectory(directory));
  // Written first: an installation that is interrupted can still be undone.
  writeManifest(folders, {
    files: [
      ...before.files.filter(({ path }) => kept.includes(path)),
      ...written.map(({ path, content }) => ({ path, sha256: hash(content) })),
    ],
    directories,
  });
  removeUnchanged(before.files.filter(({ path }) => !files.some(({ file }) => file.path === path)));
  for (const file of written) writeFile(file);
  return { written: written.map(({ part, path }) => ({ part, path, state: 'installed' })), kept };
}

/**
 * Removes what {@link install} wrote and nobody changed since, and the directories that it made and that are empty.
 *
 * @throws InstallError where the record of the installation cannot be read
 */
export function uninstall(folders: WiresharkFolders): UninstallReport {
  const manifest = readManifest(folders);
  const report = removeUnchanged(manifest.files);
  rmSync(join(folders.config, MANIFEST), { force: true });
  for (const directory of [...manifest.directories].reverse()) removeIfEmpty(directory);
  return report;
}

/** What is installed in these folders. */
export function installationStatus(
  folders: WiresharkFolders,
  target: LauncherTarget = thisCommand(),
  platform: NodeJS.Platform = process.platform,
): FileStatus[] {
  const manifest = readManifest(folders);
  return plan(folders, target, platform).map((file) => ({
    part: file.part,
    path: file.path,
    state: stateOf(file, manifest),
  }));
}

function stateOf({ content, path }: PlannedFile, manifest: Manifest): FileState {
  const present = hashOfFile(path);
  if (present === undefined) return 'missing';
  const installed = manifest.files.find((file) => file.path === path);
  if (installed === undefined) return 'foreign';
  if (present === hash(content)) return 'installed';
  return present === installed.sha256 ? 'outdated' : 'changed';
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Undefined where nothing has that name; the empty string for what is no plain file. */
function hashOfFile(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isFile() ? hash(readFileSync(path)) : '';
}

/** Makes a directory and those above it. Gives those that were not there, outer before inner. */
function makeDirectory(path: string): string[] {
  const made: string[] = [];
  for (let at = path; lstatSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at))
    made.unshift(at);
  mkdirSync(path, { recursive: true });
  return made;
}

function removeIfEmpty(directory: string): void {
  try {
    if (readdirSync(directory).length === 0) rmdirSync(directory);
  } catch {
    // It is gone already, or not ours to remove.
  }
}

const writeFile = ({ content, isProgram, path }: PlannedFile): void =>
  writeWholeFileSync(path, content, isProgram ? 0o755 : 0o644);

function removeUnchanged(files: readonly InstalledFile[]): UninstallReport {
  const removed: string[] = [];
  const kept: string[] = [];
  for (const { path, sha256 } of files) {
    const present = hashOfFile(path);
    if (present === sha256) {
      unlinkSync(path);
      removed.push(path);
    } else if (present !== undefined) {
      kept.push(path);
    }
  }
  return { removed, kept };
}

function writeManifest(folders: WiresharkFolders, { directories, files }: Manifest): void {
  const text = JSON.stringify({ format: MANIFEST_FORMAT, files, directories }, undefined, 2);
  writeWholeFileSync(join(folders.config, MANIFEST), `${text}\n`);
}

function readManifest(folders: WiresharkFolders): Manifest {
  const path = join(folders.config, MANIFEST);
  if (hashOfFile(path) === undefined) return { files: [], directories: [] };
  const manifest = parseManifest(readFileSync(path, 'utf8'));
  if (manifest === undefined) {
    throw new InstallError(`${path}: not as etlcap wrote it; remove it, and what etlcap installed, by hand`);
  }
  return manifest;
}

function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('format' in value && value.format === MANIFEST_FORMAT)) return undefined;
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
