import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Wireshark's folders of a user. Absolute paths; they need not exist. */
export interface WiresharkFolders {
  /** Preferences and profiles. */
  readonly config: string;
  /** Lua plugins. */
  readonly plugins: string;
  readonly extcap: string;
}

export interface Wireshark {
  /** The program that printed them. */
  readonly program: string;
  readonly folders: WiresharkFolders;
}

/** Maximum time in which Wireshark prints its folders; it loads plugins first. */
const ASK_MILLISECONDS = 30_000;

/**
 * The Wireshark of this machine: the first in PATH or in the usual folders that prints its folders.
 *
 * @param environment PATH decides; WIRESHARK_CONFIG_DIR and XDG_CONFIG_HOME are evaluated by Wireshark itself
 */
export function findWireshark(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Wireshark | undefined {
  for (const program of candidates(environment, platform)) {
    if (!isExecutable(program)) continue;
    const { stdout } = spawnSync(program, ['-G', 'folders'], {
      encoding: 'utf8',
      env: environment,
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: ASK_MILLISECONDS,
    });
    const folders = parseFolders(stdout ?? '', environment, platform);
    if (folders !== undefined) return { program, folders: absolute(folders) };
  }
  return undefined;
}

/** WIRESHARK_CONFIG_DIR can be relative to the current directory. */
const absolute = ({ config, extcap, plugins }: WiresharkFolders): WiresharkFolders => ({
  config: resolve(config),
  plugins: resolve(plugins),
  extcap: resolve(extcap),
});

function candidates(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  const suffix = platform === 'win32' ? '.exe' : '';
  const names = [`tshark${suffix}`, `wireshark${suffix}`];
  const path = environment.PATH ?? environment.Path ?? '';
  const directories = path.split(delimiter).filter((directory) => directory !== '');
  if (platform === 'darwin') directories.push('/Applications/Wireshark.app/Contents/MacOS');
  if (platform === 'win32')
    directories.push(join(environment.ProgramFiles ?? 'C:\\Program Files', 'Wireshark'));
  return directories.flatMap((directory) => names.map((name) => join(directory, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads the output of `tshark -G folders`: a label, a colon, a tab and a path in each line.
 *
 * The personal extcap folder has a line from 4.2 on. Before, it was `extcap` in the personal configuration.
 *
 * @returns undefined if the configuration or the plugins have no line
 */
export function parseFolders(
  text: string,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): WiresharkFolders | undefined {
  const lines = new Map<string, string>();
  for (const line of text.split(/\r?\n/u)) {
    const [, label, path] = /^([^:\t]+):[ \t]+(.+)$/u.exec(line) ?? [];
    if (label !== undefined && path !== undefined) lines.set(label, path);
  }
  const config = lines.get('Personal configuration');
  if (config === undefined) return undefined;
  const plugins = lines.get('Personal Lua Plugins') ?? defaultPlugins(config, environment, platform);
  const extcap = lines.get('Personal Extcap path') ?? join(config, 'extcap');
  return { config, plugins, extcap };
}

/** A Wireshark that was built without Lua does not name the folder: another one on the machine may read it. */
function defaultPlugins(config: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  return platform === 'win32' || environment.HOME === undefined
    ? join(config, 'plugins')
    : join(environment.HOME, '.local', 'lib', 'wireshark', 'plugins');
}

/** The folders of a Wireshark with all in one folder: Wireshark Portable, or WIRESHARK_CONFIG_DIR on Windows. */
export function foldersIn(directory: string): WiresharkFolders {
  return { config: directory, plugins: join(directory, 'plugins'), extcap: join(directory, 'extcap') };
}
