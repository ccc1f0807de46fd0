import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * The files of the installed package. The single executable replaces this module by `standalone-installation.ts`, which
 * has the same exports for the files inside the executable.
 */

/** The package's root, from src/io and dist/bundle alike. */
const ROOT = new URL('../../', import.meta.url);

const pathOf = (name: string): string => fileURLToPath(new URL(name, ROOT));

/** The version in package.json. */
export function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('../../package.json');
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}

/** The command line that starts this program again: absolute path of the program, then its first arguments. */
export const programCommand = (): readonly [string, ...string[]] => [
  process.execPath,
  pathOf('bin/etlcap.js'),
];

/**
 * A file of the package.
 *
 * @param name path from the package's root, with slashes
 * @throws the system's error if the file cannot be read
 */
export const packageFile = (name: string): Uint8Array => readFileSync(new URL(name, ROOT));

/** First argument of `child_process.fork` for a worker process of a batch. */
export const batchWorker = (): string => fileURLToPath(new URL('./worker.js', import.meta.url));

/** The program of the reader thread, a file or its text; undefined in a program that was bundled without it. */
export function readerThread(): URL | string | undefined {
  const program = new URL('./reader-worker.js', import.meta.url);
  return existsSync(fileURLToPath(program)) ? program : undefined;
}
