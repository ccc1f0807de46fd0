import { printable } from '../etw/index.js';
import { type ExitCode, exitCodeOf } from './exit.js';

/**
 * Prints an error on standard error: one line, with ETLCAP_DEBUG also the stack trace.
 *
 * @returns the exit code of the error
 */
export function report(error: unknown): ExitCode {
  const message = messageOf(error);
  process.stderr.write(`etlcap: ${printable(message)}\n`);
  if (process.env.ETLCAP_DEBUG !== undefined && error instanceof Error) {
    process.stderr.write(`${printable(error.stack ?? '').replaceAll('\\u{a}', '\n')}\n`);
  }
  return exitCodeOf(error);
}

/** An engine's own limit, such as the length of a string, says nothing about the input: the message does. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof RangeError)) return error.message;
  return `the input is damaged, or made to exhaust memory: it exceeds a limit of JavaScript (${error.message})`;
}

/** Prints a warning on standard error: one line. */
export function warn(message: string): void {
  process.stderr.write(`etlcap: warning: ${printable(message)}\n`);
}

/** The write that found the pipe closed, or a later one to a stream that is destroyed since. */
const READER_GONE: ReadonlySet<unknown> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/** Whether a write failed because the reader of the pipe ended. */
export function isReaderGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && READER_GONE.has(error.code)) || isReaderGone(error.cause);
}
