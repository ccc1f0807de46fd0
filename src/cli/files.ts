import { addAbortSignal, type Readable } from 'node:stream';
import { areSameFile, InputGuard, isSameFile, isStandardStream, removeTemporaries } from '../io/index.js';
import { Exit } from './exit.js';

/** Name of standard input and output among file names. */
export const STANDARD_STREAM = '-';

/** Standard input, until the user ends the conversion: reading from an idle pipe would block. */
export const standardInput = (signal: AbortSignal): Readable => addAbortSignal(signal, process.stdin);

/** `-` for another name of standard output, such as `/dev/fd/1`; any other name unchanged. */
export const streamName = (path: string): string => (isStandardStream(path, 1) ? STANDARD_STREAM : path);

/**
 * The stream of text for people: standard output, or standard error if an output is on standard output, or is the file
 * to which standard output is redirected. Undefined if both are (`-o - 2>&1`).
 */
export function textStream(outputs: readonly string[]): NodeJS.WriteStream | undefined {
  if (!outputs.some((path) => path === STANDARD_STREAM || isSameFile(path, 1))) return process.stdout;
  const isTaken = outputs.some((path) =>
    path === STANDARD_STREAM ? areSameFile(1, 2) : isSameFile(path, 2),
  );
  return isTaken ? undefined : process.stderr;
}

/**
 * Refuses to print into an input (`etlcap events x.etl >> x.etl`).
 *
 * @throws ConvertError `usage`
 */
export function assertPrintsIntoNoInput(inputs: readonly string[]): void {
  const guard = new InputGuard();
  for (const name of inputs) {
    if (name === STANDARD_STREAM) guard.addDescriptor(0, 'standard input');
    else guard.add(name);
  }
  guard.checkDescriptor(1, 'standard output');
}

/** The first Ctrl-C ends the conversion and cleans up; a second one ends the process after removing temporary files. */
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
