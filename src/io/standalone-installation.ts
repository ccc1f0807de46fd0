import { getAsset } from 'node:sea';

/** The files of the package inside a single executable (see `scripts/release`), by the names of `installation.ts`. */

/** Argument with which the executable starts a worker process of a batch. */
export const BATCH_WORKER_ARGUMENT = '--batch-worker';

/** The version in package.json. */
export const packageVersion = (): string => getAsset('version', 'utf8');

/** The command line that starts this program again: the executable alone. */
export const programCommand = (): readonly [string, ...string[]] => [process.execPath];

/**
 * A file of the package.
 *
 * @param name path from the package's root, with slashes
 * @throws Error if the executable does not contain the file
 */
export const packageFile = (name: string): Uint8Array => new Uint8Array(getAsset(name));

/** First argument of `child_process.fork` for a worker process of a batch. */
export const batchWorker = (): string => BATCH_WORKER_ARGUMENT;

/** The text of the reader thread's program. */
export const readerThread = (): string => getAsset('reader-worker.js', 'utf8');
