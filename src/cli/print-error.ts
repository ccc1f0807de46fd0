import { printable } from '../etw/index.js';
import { type ExitCode, exitCodeOf } from './exit.js';

/**
 * Says on standard error what went wrong: one line. A stack trace only for those who look for a mistake of ours (ETLCAP_DEBUG).
 *
 * @returns the exit code that goes with it
 */
export function report(error: unknown): ExitCode {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`etlcap: ${printable(message)}\n`);
  if (process.env.ETLCAP_DEBUG !== undefined && error instanceof Error) {
    process.stderr.write(`${printable(error.stack ?? '').replaceAll('\\u{a}', '\n')}\n`);
  }
  return exitCodeOf(error);
}

/** The write that found the pipe closed, or a later one to a stream that is destroyed since. */
const READER_GONE: ReadonlySet<unknown> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/** Whether a write failed because the reader of the pipe ended. */
export function isReaderGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && READER_GONE.has(error.code)) || isReaderGone(error.cause);
}
