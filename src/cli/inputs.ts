import type { Inputs, TraceInput } from '../io/index.js';
import { Exit, type ExitCode } from './exit.js';
import { STANDARD_STREAM, standardInput } from './files.js';
import { report } from './print-error.js';

/**
 * The traces that one input of a command line is: itself, or all traces in an archive.
 *
 * @throws ConvertError `aborted`
 */
export async function tracesOf(
  inputs: Inputs,
  name: string,
  signal: AbortSignal,
): Promise<readonly TraceInput[]> {
  const traces = await inputs.list(name === STANDARD_STREAM ? standardInput(signal) : name);
  for (const { problem } of traces) if (problem?.code === 'aborted') throw problem;
  return traces;
}

/**
 * All traces of inputs that are treated as one capture. A member of an archive that cannot be read is reported, and the
 * others are used; an input that cannot be read at all remains among the traces: opening it reports the error.
 */
export async function tracesTogether(
  inputs: Inputs,
  names: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly traces: readonly TraceInput[]; readonly codes: readonly ExitCode[] }> {
  const traces: TraceInput[] = [];
  const codes: ExitCode[] = [];
  for (const name of names) {
    const all = await tracesOf(inputs, name, signal);
    const readable = all.filter(({ isMember, problem }) => problem === undefined || !isMember);
    if (readable.length === 0) {
      // No member of this input can be read.
      traces.push(...all.slice(0, 1));
      continue;
    }
    traces.push(...readable);
    for (const { isMember, problem } of all)
      if (problem !== undefined && isMember) codes.push(report(problem));
  }
  return { traces, codes };
}

/** The exit code, where some members of archives could not be read. */
export const withFailures = (code: ExitCode, failures: readonly ExitCode[]): ExitCode =>
  code === Exit.converted || code === Exit.noPackets ? (failures[0] ?? code) : code;
