import { type BigIntStats, type Dirent, existsSync, realpathSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { namedKind, regularFile, systemReason } from '../io/index.js';
import { ConvertError } from '../passes/index.js';

/** A file that may have traces, or a path that could not be examined. */
export interface Found {
  /** As messages and reports call it. */
  readonly path: string;
  /** Path relative to the given directory, which the output directory repeats. */
  readonly shape: string;
  readonly stats?: BigIntStats;
  readonly error?: ConvertError;
  /** Named by the user, not found in a directory. */
  readonly isNamed: boolean;
}

/**
 * Files of directories, globs and names. Hidden files and directories are skipped, links to directories are not
 * followed, and the output directory is not searched.
 *
 * @returns each path once, in the order of their names
 * @throws ConvertError `usage` if a name or pattern matches nothing
 */
export async function findFiles(names: readonly string[], outputDirectory: string): Promise<Found[]> {
  const found = new Map<string, Found>();
  const skipped = realPath(outputDirectory);
  const add = async (path: string, shape: string, isNamed: boolean): Promise<void> => {
    const key = resolve(path);
    if (!found.has(key)) found.set(key, await inspect(path, shape, isNamed));
  };
  for (const name of names) {
    const kind = await kindOf(name);
    if (kind === 'directory') {
      for await (const entry of walk(name, skipped)) {
        if (entry instanceof ConvertError) {
          const shape = relative(name, entry.path);
          found.set(resolve(entry.path), { path: entry.path, shape, error: entry, isNamed: false });
        } else {
          await add(entry, relative(name, entry), false);
        }
      }
    } else if (kind === 'glob') {
      const { base, paths } = await matches(name, skipped);
      for (const path of paths) await add(path, relative(base, path), false);
    } else {
      await add(name, basename(name), true);
    }
  }
  return [...found.values()].sort((a, b) => compare(a.path, b.path));
}

/** By code units: the same on every machine. */
export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

async function kindOf(name: string): Promise<'directory' | 'file' | 'glob'> {
  try {
    return (await stat(name)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    const { isDynamicPattern } = await import('tinyglobby');
    if (isDynamicPattern(name)) return 'glob';
    throw new ConvertError('usage', `${name}: ${systemReason(error)}`, { cause: error });
  }
}

async function matches(pattern: string, skipped: string): Promise<{ base: string; paths: string[] }> {
  const { glob, isDynamicPattern } = await import('tinyglobby');
  const parts = (process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern).split('/');
  const dynamic = parts.findIndex((part) => isDynamicPattern(part));
  const base = parts.slice(0, dynamic).join('/') || (pattern.startsWith('/') ? '/' : '.');
  if (!existsSync(base)) throw new ConvertError('usage', `${pattern}: no such directory: ${base}`);
  const names = await glob(parts.slice(dynamic).join('/'), {
    cwd: base,
    followSymbolicLinks: false,
    expandDirectories: false,
    onlyFiles: false,
  });
  const real = realPath(base);
  const paths = names.filter((name) => !name.endsWith('/') && namedKind(basename(name)) !== undefined);
  if (paths.length === 0) throw new ConvertError('usage', `${pattern}: no traces match`);
  return {
    base,
    paths: paths.filter((name) => !isInside(join(real, name), skipped, real)).map((name) => join(base, name)),
  };
}

const isInside = (path: string, directory: string, root: string): boolean =>
  directory !== root && path.startsWith(directory + sep);

/** A directory that cannot be read. */
class UnreadableDirectory extends ConvertError {
  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    super('input', `${path}: ${systemReason(cause)}`, { cause });
  }
}

async function* walk(
  root: string,
  skipped: string,
): AsyncGenerator<string | UnreadableDirectory, void, undefined> {
  const real = realPath(root);
  const waiting = [root];
  for (let directory = waiting.pop(); directory !== undefined; directory = waiting.pop()) {
    let entries: Dirent[];
    try {
      entries = await readdir(directory, { withFileTypes: true });
    } catch (error) {
      yield new UnreadableDirectory(directory, error);
      continue;
    }
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        const isOutput = skipped !== real && join(real, relative(root, path)) === skipped;
        if (!isOutput) waiting.push(path);
      } else if (namedKind(entry.name) !== undefined) {
        yield path;
      }
    }
  }
}

async function inspect(path: string, shape: string, isNamed: boolean): Promise<Found> {
  try {
    return { path, shape, stats: await regularFile(path), isNamed };
  } catch (error) {
    const reason =
      error instanceof ConvertError ? error : new ConvertError('input', `${path}: ${systemReason(error)}`);
    return { path, shape, error: reason, isNamed };
  }
}

/** A path without links, as far as it exists. */
export function realPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(realPath(parent), basename(whole));
  }
}
