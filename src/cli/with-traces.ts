import { Inputs, type TraceInput } from '../io/index.js';
import { usesColor } from './colors.js';
import { type ExitCode, worst } from './exit.js';
import { onInterrupt } from './files.js';
import { tracesOf } from './inputs.js';
import { report } from './print-error.js';
import { ProgressLine } from './text/progress.js';

/** The needs of a command that reads traces. */
export interface Reading {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  readonly inputs: Inputs;
  readonly progress: ProgressLine;
}

export interface ReadingOptions {
  readonly spoolLimit: number | undefined;
  readonly noColor: boolean;
  /** Whether progress is shown on a terminal. */
  readonly showsProgress: boolean;
}

/** Runs work that reads traces; afterwards inputs are closed, progress is removed and signals end the process again. */
export async function withTraces<T>(
  { noColor, showsProgress, spoolLimit }: ReadingOptions,
  work: (reading: Reading) => Promise<T>,
): Promise<T> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const stopListening = onInterrupt(interruption);
  const progress = new ProgressLine(showsProgress, usesColor(noColor));
  const inputs = new Inputs({ signal, spoolLimit });
  try {
    return await work({ signal, inputs, progress });
  } finally {
    inputs.close();
    progress.clear();
    stopListening();
  }
}

/**
 * Reads the traces of all names one by one. A trace that cannot be read is reported, and the others are read.
 *
 * @param one returns false to end early
 */
export async function forEachTrace(
  { inputs, progress, signal }: Reading,
  names: readonly string[],
  one: (source: TraceInput) => Promise<boolean>,
): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const name of names) {
    for (const source of await tracesOf(inputs, name, signal)) {
      if (signal.aborted) return worst(codes);
      try {
        if (!(await one(source))) return worst(codes);
      } catch (error) {
        progress.clear();
        codes.push(report(error));
      }
    }
  }
  return worst(codes);
}
