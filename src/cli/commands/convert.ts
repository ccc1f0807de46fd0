import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { jsonText } from '../../etw/index.js';
import { entryIdOf, InputGuard, outputPath, stemOf, systemReason, type TraceInput } from '../../io/index.js';
import type { ConvertOptions } from '../../library/index.js';
import { convert, merge } from '../../library/index.js';
import type { Flags } from '../../options/index.js';
import type { ConvertSummary } from '../../passes/index.js';
import { assertInputs, command } from '../command.js';
import { Exit, type ExitCode, UsageError, worst } from '../exit.js';
import { STANDARD_STREAM, streamName, textStream } from '../files.js';
import { tracesOf, tracesTogether } from '../inputs.js';
import { print } from '../print.js';
import { report } from '../print-error.js';
import { readOptions } from '../read-options.js';
import {
  hasTrouble,
  noEventsText,
  noPacketsText,
  outputLimitText,
  summaryText,
  troubleText,
  unknownComponentsText,
} from '../text/conversion-summary.js';
import { layOut } from '../text/display-width.js';
import { type Reading, withTraces } from '../with-traces.js';

type ConvertFlags = Flags<'convert'>;

/** `etlcap FILE.etl … [-o OUT]` */
export const convertCommand = command('convert', async (given, input) => {
  const flags = withStreamNames(given);
  assertUsage(input, flags);
  const options = {
    ...(await readOptions('convert', flags)),
    ...eventsOutput(flags),
    protectedFiles: filesRead(input, flags),
  };
  return withTraces({ ...flags, showsProgress: !flags.quiet }, (reading) =>
    new Run(flags, options, reading).all(input),
  );
});

/** One conversion; several inputs if they are merged. */
interface Job {
  readonly inputs: readonly TraceInput[];
  /** A path, or `-`. */
  readonly target: string;
}

/** The flags, with `-` for an output that is standard output under another name. */
const withStreamNames = (flags: ConvertFlags): ConvertFlags => ({
  ...flags,
  ...(flags.merge !== undefined && { merge: streamName(flags.merge) }),
  ...(flags.output !== undefined && { output: streamName(flags.output) }),
  ...(flags.eventsOutput !== undefined && { eventsOutput: streamName(flags.eventsOutput) }),
});

/** Files that the run reads, besides manifests. */
const filesRead = (input: readonly string[], { compartments }: ConvertFlags): string[] => [
  ...input.filter((name) => name !== STANDARD_STREAM),
  ...(compartments === undefined ? [] : [compartments]),
];

/** The outputs that the command line names. */
const outputsOf = (jobs: readonly Job[], { eventsOutput: events }: ConvertFlags): string[] => [
  ...jobs.map(({ target }) => target),
  ...(events === undefined ? [] : [events]),
];

/**
 * Checks of the command line that do not depend on the inputs.
 *
 * @throws UsageError
 */
function assertUsage(input: readonly string[], flags: ConvertFlags): void {
  const { json, merge: mergeInto, output, split } = flags;
  assertInputs('convert', input);
  if (mergeInto !== undefined && output !== undefined) {
    throw new UsageError('--merge OUT cannot be combined with -o OUT');
  }
  const toStdout = (mergeInto ?? output) === STANDARD_STREAM;
  if (toStdout && json) throw new UsageError('-o - and --json both write to standard output');
  if (toStdout && input.length > 1 && mergeInto === undefined) {
    throw new UsageError('several inputs cannot be written to standard output one by one; use --merge -');
  }
  if (output === undefined && mergeInto === undefined && input.includes(STANDARD_STREAM)) {
    throw new UsageError('standard input has no file name for the output: use -o OUT');
  }
  if (toStdout && split !== undefined)
    throw new UsageError('--split writes several files and cannot be combined with -o -');
  if (toStdout && process.stdout.isTTY) {
    throw new UsageError('standard output is a terminal: pcapng is binary; use -o FILE, or a pipe');
  }
}

/**
 * @param traces of the inputs, in their order
 * @throws UsageError
 */
function plan(input: readonly string[], traces: readonly TraceInput[], flags: ConvertFlags): Job[] {
  const { json, merge: mergeInto, output } = flags;
  const toStdout = (mergeInto ?? output) === STANDARD_STREAM;
  const readable = traces.filter(({ problem }) => problem === undefined);
  if (toStdout && readable.length > 1 && mergeInto === undefined) {
    throw new UsageError(`${severalText(readable)}; standard output takes one: use --merge -`);
  }
  const jobs =
    mergeInto === undefined
      ? traces.map((trace) => ({
          inputs: [trace],
          target: outputFor(trace, output, input.length, readable),
        }))
      : [{ inputs: traces, target: mergeInto }];
  assertDistinct(jobs);
  const guard = new InputGuard();
  for (const name of filesRead(input, flags)) guard.add(name);
  for (const { inputs, target } of jobs) {
    const isConverted = inputs.some(({ problem }) => problem === undefined);
    if (isConverted && target !== STANDARD_STREAM) guard.check(target);
  }
  if (flags.eventsOutput !== undefined) {
    if (jobs.length > 1) throw new UsageError('--events-output FILE requires one input, or --merge');
    if (flags.eventsOutput === STANDARD_STREAM && (toStdout || json)) {
      throw new UsageError(
        `--events-output - and ${toStdout ? '-o -' : '--json'} both write to standard output`,
      );
    }
    if (flags.eventsOutput !== STANDARD_STREAM) guard.check(flags.eventsOutput);
  }
  if (json && outputsOf(jobs, flags).some((path) => textStream([path]) !== process.stdout)) {
    throw new UsageError(
      'standard output is redirected to an output, and --json also writes to standard output',
    );
  }
  return jobs;
}

/** Where the events go, if not beside the packets. */
const eventsOutput = ({ eventsOutput: name }: ConvertFlags): Pick<ConvertOptions, 'eventsOutput'> =>
  name === undefined ? {} : { eventsOutput: name === STANDARD_STREAM ? process.stdout : name };

/** The conversions of one call, one after the other. */
class Run {
  readonly #flags: ConvertFlags;
  readonly #options: ConvertOptions;
  readonly #reading: Reading;
  readonly #codes: ExitCode[] = [];
  readonly #summaries: ConvertSummary[] = [];
  readonly #failures: { readonly inputs: readonly string[]; readonly reason: string }[] = [];

  constructor(flags: ConvertFlags, options: ConvertOptions, reading: Reading) {
    this.#flags = flags;
    this.#options = options;
    this.#reading = reading;
  }

  async all(input: readonly string[]): Promise<ExitCode> {
    const { progress, signal } = this.#reading;
    let unprinted: unknown;
    const jobs = plan(input, await this.#traces(input), this.#flags);
    for (const job of jobs) {
      if (signal.aborted) break;
      // Before the conversion: it replaces the file that a stream was redirected to.
      const stream = textStream(outputsOf([job], this.#flags));
      const summary = await this.#one(job);
      // A failure to print is reported once, at the end: the other inputs are converted all the same.
      if (summary !== undefined && unprinted === undefined) {
        await this.#say(summary, stream).catch((error: unknown) => {
          unprinted = error;
        });
      }
    }
    progress.clear();
    if (this.#flags.json) await this.#printJson(jobs.length);
    if (unprinted !== undefined) this.#codes.push(report(unprinted));
    return worst(this.#codes);
  }

  async #traces(names: readonly string[]): Promise<readonly TraceInput[]> {
    const { inputs, signal } = this.#reading;
    if (this.#flags.merge !== undefined) {
      const { codes, traces } = await tracesTogether(inputs, names, signal);
      this.#codes.push(...codes);
      return traces;
    }
    const traces: TraceInput[] = [];
    for (const name of names) traces.push(...(await tracesOf(inputs, name, signal)));
    return traces;
  }

  async #one({ inputs, target }: Job): Promise<ConvertSummary | undefined> {
    const { progress, signal } = this.#reading;
    const [first] = inputs;
    const name = inputs.length === 1 && first ? basename(first.name) : `${inputs.length} traces`;
    const output = target === STANDARD_STREAM ? process.stdout : target;
    const directory = new OutputDirectory(target);
    try {
      if (first?.isMember && first.problem === undefined) directory.make();
      const options: ConvertOptions = {
        ...this.#options,
        signal,
        onProgress: (state) => progress.update(name, state),
      };
      const summary = await (first !== undefined && inputs.length === 1
        ? convert(first, output, options)
        : merge(inputs, output, options));
      this.#summaries.push(summary);
      this.#codes.push(outcome(summary, this.#flags.strict));
      return summary;
    } catch (error) {
      progress.clear();
      directory.removeEmpty();
      this.#codes.push(report(error));
      this.#failures.push({
        inputs: inputs.map((input) => input.name),
        reason: error instanceof Error ? error.message : String(error),
      });
      return undefined;
    } finally {
      progress.clear();
    }
  }

  /** @param stream for the summary; undefined if both standard streams go into outputs */
  async #say(summary: ConvertSummary, stream: NodeJS.WriteStream | undefined): Promise<void> {
    const { json, quiet } = this.#flags;
    const names = summary.traces.map(({ input }) => input).join(', ');
    const noEvents = quiet ? undefined : noEventsText(names, summary.hints);
    if (noEvents !== undefined) process.stderr.write(noEvents);
    const limit = outputLimitText(summary.hints);
    if (limit !== undefined) process.stderr.write(limit);
    if (json || stream === undefined) return;
    if (quiet) {
      // Quiet omits the summary; losses are still reported. A trace that was never closed is not a loss by itself.
      for (const trace of summary.traces) {
        if (hasTrouble({ ...trace, closed: true })) process.stderr.write(`${troubleText(trace)}\n`);
      }
    } else {
      await print(`${await layOut(() => summaryText(summary))}\n`, stream);
    }
    if (summary.unknownComponents !== undefined) {
      process.stderr.write(`${unknownComponentsText(summary.unknownComponents)}\n`);
    }
    // A conversion that ended early has not read all packets.
    if (summary.outputs.length > 0 || limit !== undefined) return;
    const [line = '', ...hints] = noPacketsText(summary, this.#filters());
    process.stderr.write(`${(quiet ? [line] : [line, ...hints]).join('\n')}\n`);
  }

  /** The given options that exclude packets. */
  #filters(): string[] {
    const { component, drops, oneCopy, since, until } = this.#flags;
    return [
      ...((component ?? []).length === 0 ? [] : ['--component']),
      ...(drops === undefined ? [] : ['--drops']),
      ...(oneCopy === undefined ? [] : ['--one-copy']),
      ...(since === undefined ? [] : ['--since']),
      ...(until === undefined ? [] : ['--until']),
    ];
  }

  async #printJson(jobs: number): Promise<void> {
    const several = {
      format: 'etlcap-summary-list',
      formatVersion: 1,
      conversions: this.#summaries,
      failures: this.#failures,
    };
    const value = jobs === 1 ? this.#summaries[0] : several;
    if (value !== undefined) await print(`${jsonText(value)}\n`);
  }
}

/** Destination of the result of one trace. */
function outputFor(
  trace: TraceInput,
  output: string | undefined,
  inputs: number,
  traces: readonly TraceInput[],
): string {
  if (output === STANDARD_STREAM) return output;
  const { inside, path } = trace.origin;
  const isStdin = path === STANDARD_INPUT;
  const stem = isStdin ? 'stdin' : stemOf(basename(path));
  const below = (directory: string): string =>
    inside.length === 0
      ? join(directory, `${stem}.pcapng`)
      : outputPath(directory, [stem, ...inside], '.pcapng');
  if (output === undefined) return below(dirname(path));
  const isDirectory = existsSync(output) && statSync(output).isDirectory();
  if (isDirectory) return below(output);
  if (/[/\\]$/u.test(output)) {
    makeDirectory(output);
    return below(output);
  }
  if (inputs > 1) throw new UsageError(`-o ${output}: several inputs need a directory, or --merge`);
  if (traces.length > 1) {
    throw new UsageError(
      `-o ${output}: ${severalText(traces)}: use -o ${output}/ for one file each, or --merge ${output} for one of all`,
    );
  }
  return output;
}

/** Name of standard input in messages and in the library. */
const STANDARD_INPUT = 'standard input';

/** `logs.zip contains 2 traces`, `3 traces` */
function severalText(traces: readonly TraceInput[]): string {
  const paths = new Set(traces.map(({ origin }) => origin.path));
  const [path = ''] = paths;
  return paths.size === 1 ? `${path} contains ${traces.length} traces` : `${traces.length} traces`;
}

/** The directory of an output; created directories are removed if nothing was written. */
class OutputDirectory {
  readonly #path: string;
  #isMade = false;
  /** The first directory that was made. */
  #first: string | undefined;

  constructor(target: string) {
    this.#path = dirname(target);
  }

  /** @throws UsageError */
  make(): void {
    if (this.#isMade) return;
    this.#first = makeDirectory(this.#path);
    this.#isMade = true;
  }

  removeEmpty(): void {
    if (this.#first === undefined) return;
    try {
      for (let path = this.#path; path.startsWith(this.#first); path = dirname(path)) rmdirSync(path);
    } catch {
      // Something was written there.
    }
  }
}

/** `-o captures/` on first use. */
function makeDirectory(path: string): string | undefined {
  try {
    return mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`-o ${path}: ${systemReason(error)}`);
  }
}

function assertDistinct(jobs: readonly Job[]): void {
  const owner = new Map<string, string>();
  for (const { inputs, target } of jobs) {
    const [input] = inputs;
    if (input === undefined || input.problem !== undefined) continue;
    const entry = target === STANDARD_STREAM ? target : entryIdOf(target);
    const other = owner.get(entry);
    if (other !== undefined) throw new UsageError(`${other} and ${input.name} would both become ${target}`);
    owner.set(entry, input.name);
  }
}

function outcome(summary: ConvertSummary, strict: boolean): ExitCode {
  if (outputLimitText(summary.hints) !== undefined) return Exit.failed;
  if (strict && summary.traces.some(hasTrouble)) return Exit.lossy;
  return summary.outputs.length === 0 ? Exit.noPackets : Exit.converted;
}
