import { addAbortSignal, type Readable } from 'node:stream';
import { removeTemporaries } from '../io/index.js';
import { Exit } from './exit.js';

/** What stands for standard input and output among file names. */
export const STANDARD_STREAM = '-';

/** Standard input, until the user ends the conversion: a pipe that gives nothing would be waited for. */
export const standardInput = (signal: AbortSignal): Readable => addAbortSignal(signal, process.stdin);

/** The first Ctrl-C ends the conversion and cleans up; a second one ends the process after removing what is there. */
export function onInterrupt(controller: AbortController): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const handler = (): void => {
    if (controller.signal.aborted) {
      removeTemporaries();
      process.exit(Exit.failed);
    }
    controller.abort();
  };
  for (const signal of signals) process.on(signal, handler);
  return () => {
    for (const signal of signals) process.removeListener(signal, handler);
  };
}
