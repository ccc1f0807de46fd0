import { mkdirSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFile, programCommand } from '../io/index.js';
import { entryAt, hash, readOwnFile, replaceFile } from './entry.js';
import { InstallError } from './errors.js';
import type { WiresharkFolders } from './folders.js';
import {
  InstalledPaths,
  PLUGIN,
  PLUGIN_COMMAND,
  PROFILE_FILES,
  profileFolder,
  RECENT,
} from './installed-paths.js';
import { type LauncherTarget, launcher } from './launcher.js';
import {
  type InstalledFile,
  type Manifest,
  readManifest,
  removeManifest,
  writeManifest,
} from './manifest.js';

/** The purpose of a file of the installation. */
export type Part = 'plugin' | 'extcap' | 'profile';

/**
 * `installed`: by this version. `outdated`: by another version or for another path of etlcap. `changed`: by the user,
 * since. `rewritten`: a file that Wireshark writes itself, with other content than etlcap's. `foreign`: exists, but not
 * from etlcap.
 */
export type FileState = 'installed' | 'outdated' | 'changed' | 'rewritten' | 'missing' | 'foreign';

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
  /** Recorded as installed, but not a path of etlcap's files; not changed. */
  readonly ignored: readonly string[];
}

interface PlannedFile {
  readonly part: Part;
  readonly path: string;
  readonly content: Uint8Array;
  readonly isProgram: boolean;
  /** Wireshark writes the file too: it is installed if there is none, and updated until Wireshark has written it. */
  readonly isWiresharks: boolean;
}

/** A file of the plugin or of the profile. */
const dataFile = (name: string): Uint8Array => packageFile(`src/wireshark/${name}`);

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
    isWiresharks: path === join(profileFolder(folders), RECENT),
  });
  return [
    file('plugin', join(folders.plugins, PLUGIN), dataFile('etlcap.lua')),
    file('plugin', join(folders.plugins, PLUGIN_COMMAND), encoder.encode(`${launcherPath}\n`)),
    file('extcap', launcherPath, encoder.encode(text), true),
    ...PROFILE_FILES.map((name) =>
      file('profile', join(profileFolder(folders), name), dataFile(`profile/${name}`)),
    ),
  ];
}

/**
 * Installs plugin, extcap launcher and profile into these folders. Files of an earlier installation are updated, unless
 * the user changed them.
 *
 * @throws InstallError if a needed name is that of a user's file, or that of a directory is not a directory; nothing is
 *   written then
 */
export function install(
  folders: WiresharkFolders,
  target: LauncherTarget = programCommand(),
  platform: NodeJS.Platform = process.platform,
): InstallReport {
  const installedPaths = new InstalledPaths(folders);
  const planned = plan(folders, target, platform);
  const needed = [folders.config, ...planned.map(({ path }) => dirname(path))];
  checkDirectories(installedPaths, needed);
  const before = readManifest(folders.config);
  const files = planned.map((file) => ({ file, state: stateOf(file, before, installedPaths) }));
  const foreign = files.filter(({ state }) => state === 'foreign').map(({ file }) => file.path);
  if (foreign.length > 0) {
    throw new InstallError(`${foreign.join(', ')}: not installed by etlcap; rename or remove it first`);
  }
  const kept = files.filter(({ state }) => state === 'changed').map(({ file }) => file.path);
  const left = files
    .filter(({ state }) => state === 'changed' || state === 'rewritten')
    .map(({ file }) => file);
  const written = planned.filter((file) => !left.includes(file));

  const directories = before.directories.filter((path) => installedPaths.isDirectory(path));
  for (const directory of needed) directories.push(...makeDirectory(directory));
  // Written first: an installation that is interrupted can still be undone.
  writeManifest(folders.config, {
    files: [
      ...before.files.filter(({ path }) => left.some((file) => file.path === path)),
      ...written.map(({ path, content }) => ({ path, sha256: hash(content) })),
    ],
    directories,
  });
  removeUnchanged(
    before.files.filter(({ path }) => !planned.some((file) => file.path === path)),
    installedPaths,
  );
  for (const { content, isProgram, path } of written) replaceFile(path, content, isProgram ? 0o755 : 0o644);
  return { written: written.map(({ part, path }) => ({ part, path, state: 'installed' })), kept };
}

/**
 * Removes the files of {@link install} that were not changed since, and empty directories that it created.
 *
 * The record of the installation is not trusted: only paths of etlcap's files are removed, and none through a symbolic
 * link.
 *
 * @throws InstallError if the record of the installation cannot be read
 */
export function uninstall(folders: WiresharkFolders): UninstallReport {
  const installedPaths = new InstalledPaths(folders);
  const manifest = readManifest(folders.config);
  const report = removeUnchanged(manifest.files, installedPaths);
  removeManifest(folders.config);
  for (const directory of [...manifest.directories].reverse()) {
    if (installedPaths.isDirectory(directory)) removeIfEmpty(directory);
  }
  return report;
}

/**
 * The state of each file that etlcap installs in these folders.
 *
 * @throws InstallError if the record of the installation cannot be read
 */
export function installationStatus(
  folders: WiresharkFolders,
  target: LauncherTarget = programCommand(),
  platform: NodeJS.Platform = process.platform,
): FileStatus[] {
  const installedPaths = new InstalledPaths(folders);
  const manifest = readManifest(folders.config);
  return plan(folders, target, platform).map((file) => ({
    part: file.part,
    path: file.path,
    state: stateOf(file, manifest, installedPaths),
  }));
}

function checkDirectories(installedPaths: InstalledPaths, directories: readonly string[]): void {
  const obstacles = new Set(directories.flatMap((directory) => installedPaths.obstacle(directory) ?? []));
  if (obstacles.size === 0) return;
  throw new InstallError(`${[...obstacles].join(', ')}: not a directory; rename or remove it first`);
}

function stateOf(
  { content, isWiresharks, path }: PlannedFile,
  manifest: Manifest,
  installedPaths: InstalledPaths,
): FileState {
  const present = hashOfFile(path);
  if (present === undefined) return 'missing';
  if (installedPaths.obstacle(dirname(path)) !== undefined) return 'foreign';
  const installed = manifest.files.find((file) => file.path === path);
  if (installed === undefined) return isWiresharks ? 'rewritten' : 'foreign';
  if (present === hash(content)) return 'installed';
  if (present === installed.sha256) return 'outdated';
  return isWiresharks ? 'rewritten' : 'changed';
}

/** Undefined if the path does not exist; the empty string for anything but a file of etlcap. */
function hashOfFile(path: string): string | undefined {
  const bytes = readOwnFile(path);
  return bytes === 'other' ? '' : bytes && hash(bytes);
}

/** Creates a directory and its parents. Returns those that did not exist, outer before inner. */
function makeDirectory(path: string): string[] {
  const made: string[] = [];
  for (let at = path; entryAt(at) === undefined; at = dirname(at)) made.unshift(at);
  mkdirSync(path, { recursive: true });
  return made;
}

function removeIfEmpty(directory: string): void {
  try {
    if (readdirSync(directory).length === 0) rmdirSync(directory);
  } catch {
    // It does not exist any more, or may not be removed.
  }
}

function removeUnchanged(files: readonly InstalledFile[], installedPaths: InstalledPaths): UninstallReport {
  const removed: string[] = [];
  const kept: string[] = [];
  const ignored: string[] = [];
  for (const { path, sha256 } of files) {
    if (!installedPaths.isFile(path) || installedPaths.obstacle(dirname(path)) !== undefined) {
      ignored.push(path);
      continue;
    }
    const present = hashOfFile(path);
    if (present === sha256) {
      unlinkSync(path);
      removed.push(path);
    } else if (present !== undefined) {
      kept.push(path);
    }
  }
  return { removed, kept, ignored };
}
