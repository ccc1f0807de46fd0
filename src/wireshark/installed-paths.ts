import { dirname, join, relative, sep } from 'node:path';
import { entryAt, isDirectory } from './entry.js';
import type { WiresharkFolders } from './folders.js';
import { launcherNames } from './launcher.js';

/** The name of the profile, and of its folder in `profiles`. */
const PROFILE = 'ETL';

/** Column widths. Wireshark rewrites this file of the profile each time it exits. */
export const RECENT = 'recent';
export const PROFILE_FILES = [
  'preferences',
  'colorfilters',
  'dfilter_buttons',
  'expert_severity',
  RECENT,
] as const;

export const PLUGIN = 'etlcap.lua';
/** Names the program with which the plugin opens .etl files. */
export const PLUGIN_COMMAND = 'etlcap.command';

export const profileFolder = ({ config }: WiresharkFolders): string => join(config, 'profiles', PROFILE);

/**
 * All paths of any version of etlcap in these folders. Anyone could have written the record of an installation: only
 * paths that are also in this list are removed or replaced.
 */
export class InstalledPaths {
  readonly #folders: WiresharkFolders;
  readonly #files: ReadonlySet<string>;
  readonly #directories: ReadonlySet<string>;

  constructor(folders: WiresharkFolders) {
    const { config, extcap, plugins } = folders;
    this.#folders = folders;
    // Wireshark before 4.2, and a portable one, keep plugins and extcap programs below the configuration.
    this.#files = new Set([
      ...[plugins, join(config, 'plugins')].flatMap((folder) => below(folder, [PLUGIN, PLUGIN_COMMAND])),
      ...[extcap, join(config, 'extcap')].flatMap((folder) => below(folder, launcherNames)),
      ...below(profileFolder(folders), PROFILE_FILES),
    ]);
    this.#directories = new Set([config, ...this.#files].flatMap((path) => [path, ...ancestors(path)]));
  }

  isFile(path: string): boolean {
    return this.#files.has(path);
  }

  /** Whether the path is one of Wireshark's folders, or a parent of a file's path inside or outside of them. */
  isDirectory(path: string): boolean {
    return this.#directories.has(path) && !this.#files.has(path);
  }

  /**
   * The obstacle to writing or removing files in a directory: the first part of its path that is not a directory.
   * Wireshark's own folders may be symbolic links to directories; anything inside them may not, because it could lead
   * to other users' files.
   *
   * @param directory one of Wireshark's folders, or inside one
   * @returns undefined if there is none; a directory that does not exist yet is no obstacle
   */
  obstacle(directory: string): string | undefined {
    const root = this.#root(directory);
    const existing = [root, ...ancestors(root)].find((path) => entryAt(path) !== undefined);
    if (existing !== undefined && !isDirectory(existing)) return existing;
    let path = root;
    for (const part of relative(root, directory).split(sep)) {
      if (part === '') continue;
      path = join(path, part);
      const found = entryAt(path);
      if (found === undefined) return undefined;
      if (!found.isDirectory()) return path;
    }
    return undefined;
  }

  /** The outermost of Wireshark's folders that contains the directory. */
  #root(directory: string): string {
    const { config, extcap, plugins } = this.#folders;
    const roots = [config, plugins, extcap].filter((root) => isWithin(directory, root));
    return roots.sort((a, b) => a.length - b.length)[0] ?? directory;
  }
}

const below = (folder: string, names: readonly string[]): string[] => names.map((name) => join(folder, name));

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** The directories above a path, the nearest first. */
function ancestors(path: string): string[] {
  const above: string[] = [];
  for (let at = dirname(path); at !== above.at(-1) && at !== path; at = dirname(at)) above.push(at);
  return above;
}
