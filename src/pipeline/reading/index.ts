import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ReaderThread } from './reader-thread.js';

export { ReaderThread } from './reader-thread.js';

/** Below this a thread takes longer to start than it saves. */
const WORTH_A_THREAD = 8 * 1024 * 1024;

const WORKER = new URL('./reader-worker.js', import.meta.url);

/**
 * A reader thread for traces of so many bytes; undefined where it would not help: small traces, one processor, or a
 * program that was bundled without the worker's file.
 */
export function readerThread(bytes: number): ReaderThread | undefined {
  const helps = bytes >= WORTH_A_THREAD && availableParallelism() > 1 && existsSync(fileURLToPath(WORKER));
  return helps ? new ReaderThread(WORKER) : undefined;
}
