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

/** Prints a warning on standard error: one line. */
export function warn(message: string): void {
  process.stderr.write(`etlcap: warning: ${printable(message)}\n`);
}
