import { existsSync, mkdirSync, rmdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { jsonText } from '../../etw/index.js';
import {
  entryIdOf,
  InputGuard,
  Inputs,
  outputPath,
  stemOf,
  systemReason,
  type TraceInput,
} from '../../io/index.js';
import type { ConvertOptions } from '../../library/index.js';
import { convert, merge } from '../../library/index.js';
import type { ConvertSummary } from '../../passes/index.js';
import { spreadGreedy } from '../arguments.js';
import { CONVERSION_FLAGS, conversionOptions } from '../conversion-options.js';
import { Exit, type ExitCode, UsageError, worst } from '../exit.js';
import { assertPrintsIntoNoInput, onInterrupt, STANDARD_STREAM, streamName, textStream } from '../files.js';
import { tracesOf, tracesTogether } from '../inputs.js';
import { parseCommandLine } from '../parse.js';
import { print } from '../print.js';
import { report } from '../print-error.js';
import {
  hasTrouble,
  noEventsText,
  noPacketsText,
  summaryText,
  troubleText,
  unknownComponentsText,
} from '../text/conversion-summary.js';
import { layOut } from '../text/display-width.js';
import { ProgressLine } from '../text/progress.js';

const HELP = `
  Usage
    $ etlcap FILE.etl … [-o OUT]       convert to pcapng
    $ etlcap info FILE.etl …           say what is inside (etlcap info --help)
    $ etlcap events FILE.etl …         print what is not a packet (etlcap events --help)
    $ etlcap batch DIR -o OUTDIR       convert a directory (etlcap batch --help)
    $ etlcap watch DIR -o OUTDIR       convert traces as they arrive (etlcap watch --help)
    $ etlcap path FILE.etl             follow packets through the host (etlcap path --help)
    $ etlcap report FILE.etl -o OUT    the same as one HTML page (etlcap report --help)
    $ etlcap wireshark install         fields, a profile and File > Open for ETL in Wireshark

  An archive (.zip, .cab, .tar, .gz, .tgz, .zst) counts for the traces in it, four levels deep:
  logs.zip with host1/NetTrace.etl becomes logs/host1/NetTrace.pcapng.

  Output
    -o, --output OUT        a file, a directory, or - for standard output; default: beside the input
        --merge OUT         all inputs into one file, in the order of time
        --split linktype    one file for each link type, for tools built on libpcap
    -f, --force             replace an output that exists
        --fsync             wait until outputs are on the disk

  What is taken
        --drops only|exclude     dropped packets alone, or all others
        --component ID|NAME …    only packets seen at these interfaces, components, NICs or ports
        --one-copy nic|stack|first|last
                                 one copy of each packet: at the NIC, at TCP/IP, the first or the last
        --since, --until TIME    2024-06-10T20:18:35Z (UTC where no offset is given)

  Everything that is not a packet
        --events json|ndjson|none      into FILE.events.json beside the output (default: json)
        --events-output FILE           into this file instead; - for standard output
        --inline-events journal|etw    also between the packets
        --providers NAME|GUID …        only events of these providers
        --level LEVEL                  up to critical, error, warning, info or verbose
        --manifest FILE|DIR            manifests for events that the trace does not describe

  What is said about it
        --comments full|brief|none   what Windows knew, on each packet (default: full)
        --verdict                    also mark drops in epb_verdict (not for editcap 4.0)
        --compartments FILE          output of ipconfig /allcompartments or Get-NetIPAddress
        --spool-limit SIZE           bytes taken from a pipe at most (default: 16GiB)
        --json                       the summary as one JSON object on standard output
    -q, --quiet                      no summary, no progress; what went wrong is still said
        --strict                     exit 3 where something was lost or damaged

  Examples
    $ etlcap PktMon.etl
    $ etlcap NetTrace.etl -o captures/ --comments brief
    $ etlcap PktMon1.etl PktMon2.etl --merge all.pcapng
    $ etlcap logs.zip -o captures/
    $ ssh host cat trace.etl | etlcap - -o - | tshark -r -

  Exit codes
    0 converted   1 failed   2 usage   3 lost or damaged, with --strict   4 no packets in the trace
`;

/** `etlcap FILE.etl … [-o OUT]` */
export async function convertCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags: given, input } = parse(argv);
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  const flags = withStreamNames(given);
  assertUsage(input, flags);
  const options = {
    ...(await conversionOptions(flags)),
    ...eventsOutput(flags),
    force: flags.force,
    fsync: flags.fsync,
    protectedFiles: filesRead(input, flags),
  };
  return new Run(flags, options).all(input);
}

/** One conversion: several inputs where they are merged. */
interface Job {
  readonly inputs: readonly TraceInput[];
  /** A path, or `-`. */
  readonly target: string;
}

/** The flags, with `-` for an output that is standard output under another name. */
const withStreamNames = (flags: Flags): Flags => ({
  ...flags,
  ...(flags.merge !== undefined && { merge: streamName(flags.merge) }),
  ...(flags.output !== undefined && { output: streamName(flags.output) }),
  ...(flags.eventsOutput !== undefined && { eventsOutput: streamName(flags.eventsOutput) }),
});

/** Files that the run reads, besides manifests. */
const filesRead = (input: readonly string[], { compartments }: Flags): string[] => [
  ...input.filter((name) => name !== STANDARD_STREAM),
  ...(compartments === undefined ? [] : [compartments]),
];

/**
 * Checks the command line as far as that needs no look at the inputs.
 *
 * @throws UsageError
 */
function assertUsage(input: readonly string[], flags: Flags): void {
  const { json, merge: mergeInto, output, split } = flags;
  if (input.length === 0) throw new UsageError('no input; etlcap FILE.etl converts, etlcap --help says more');
  if (mergeInto !== undefined && output !== undefined) {
    throw new UsageError('--merge names the output, -o another');
  }
  const toStdout = (mergeInto ?? output) === STANDARD_STREAM;
  if (toStdout && json) throw new UsageError('-o - and --json both want standard output');
  if (toStdout && input.length > 1 && mergeInto === undefined) {
    throw new UsageError('several inputs on standard output: use --merge -');
  }
  if (input.filter((name) => name === STANDARD_STREAM).length > 1) throw new UsageError('- stands twice');
  if (output === undefined && mergeInto === undefined && input.includes(STANDARD_STREAM)) {
    throw new UsageError('standard input has no name to write beside: use -o');
  }
  if (toStdout && split !== undefined) throw new UsageError('--split writes several files: not to -');
  if (toStdout && process.stdout.isTTY) {
    throw new UsageError('standard output is a terminal: pcapng is binary; use -o FILE, or a pipe');
  }
}

/**
 * @param traces of the inputs, in their order
 * @throws UsageError
 */
function plan(input: readonly string[], traces: readonly TraceInput[], flags: Flags): Job[] {
  const { json } = flags;
  const { merge: mergeInto, output } = flags;
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
  assertPrintsIntoNoInput(input);
  const guard = new InputGuard();
  for (const name of filesRead(input, flags)) guard.add(name);
  for (const { inputs, target } of jobs) {
    const isConverted = inputs.some(({ problem }) => problem === undefined);
    if (isConverted && target !== STANDARD_STREAM) guard.check(target);
  }
  if (flags.eventsOutput !== undefined) {
    if (jobs.length > 1) throw new UsageError('--events-output is one file: give one input, or --merge');
    if (flags.eventsOutput === STANDARD_STREAM && (toStdout || json)) {
      throw new UsageError('--events-output - wants standard output, and so does another option');
    }
    if (flags.eventsOutput !== STANDARD_STREAM) guard.check(flags.eventsOutput);
  }
  if (json && outputsOf(jobs, flags).some((path) => textStream([path]) !== process.stdout)) {
    throw new UsageError('standard output is redirected to an output, and --json writes there, too');
  }
  return jobs;
}

/** The outputs that the command line names. */
const outputsOf = (jobs: readonly Job[], { eventsOutput: events }: Flags): string[] => [
  ...jobs.map(({ target }) => target),
  ...(events === undefined ? [] : [events]),
];

/** Where the events go, if not beside the packets. */
const eventsOutput = ({ eventsOutput: name }: Flags): Pick<ConvertOptions, 'eventsOutput'> =>
  name === undefined ? {} : { eventsOutput: name === STANDARD_STREAM ? process.stdout : name };

/** The conversions of one call, one after the other. */
class Run {
  readonly #flags: Flags;
  readonly #options: ConvertOptions;
  readonly #interruption = new AbortController();
  readonly #progress: ProgressLine;
  readonly #codes: ExitCode[] = [];
  readonly #summaries: ConvertSummary[] = [];
  readonly #failures: { readonly inputs: readonly string[]; readonly reason: string }[] = [];

  constructor(flags: Flags, options: ConvertOptions) {
    this.#flags = flags;
    this.#options = options;
    this.#progress = new ProgressLine(!flags.quiet);
  }

  async all(input: readonly string[]): Promise<ExitCode> {
    const stopListening = onInterrupt(this.#interruption);
    const { signal } = this.#interruption;
    const inputs = new Inputs({ signal, spoolLimit: this.#options.spoolLimit });
    let jobs: readonly Job[] = [];
    let unprinted: unknown;
    try {
      jobs = plan(input, await this.#traces(inputs, input), this.#flags);
      for (const job of jobs) {
        if (this.#interruption.signal.aborted) break;
        // Before the conversion: it replaces the file that a stream was redirected to.
        const stream = textStream(outputsOf([job], this.#flags));
        const summary = await this.#one(job);
        // What cannot be printed is said once, at the end: the other inputs are converted all the same.
        if (summary !== undefined && unprinted === undefined) {
          await this.#say(summary, stream).catch((error: unknown) => {
            unprinted = error;
          });
        }
      }
    } finally {
      inputs.close();
      this.#progress.clear();
      stopListening();
    }
    if (this.#flags.json) await this.#printJson(jobs.length);
    if (unprinted !== undefined) this.#codes.push(report(unprinted));
    return worst(this.#codes);
  }

  async #traces(inputs: Inputs, names: readonly string[]): Promise<readonly TraceInput[]> {
    const { signal } = this.#interruption;
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
    const { signal } = this.#interruption;
    const [first] = inputs;
    const name = inputs.length === 1 && first ? basename(first.name) : `${inputs.length} traces`;
    const output = target === STANDARD_STREAM ? process.stdout : target;
    const directory = new OutputDirectory(target);
    try {
      if (first?.isMember && first.problem === undefined) directory.make();
      const options: ConvertOptions = {
        ...this.#options,
        signal,
        onProgress: (state) => this.#progress.update(name, state),
      };
      const summary = await (first !== undefined && inputs.length === 1
        ? convert(first, output, options)
        : merge(inputs, output, options));
      this.#summaries.push(summary);
      this.#codes.push(outcome(summary, this.#flags.strict));
      return summary;
    } catch (error) {
      this.#progress.clear();
      directory.removeEmpty();
      this.#codes.push(report(error));
      this.#failures.push({
        inputs: inputs.map((input) => input.name),
        reason: error instanceof Error ? error.message : String(error),
      });
      return undefined;
    } finally {
      this.#progress.clear();
    }
  }

  /** @param stream for the summary; undefined where both standard streams go into outputs */
  async #say(summary: ConvertSummary, stream: NodeJS.WriteStream | undefined): Promise<void> {
    const { json, quiet } = this.#flags;
    const names = summary.traces.map(({ input }) => input).join(', ');
    const noEvents = quiet ? undefined : noEventsText(names, summary.hints);
    if (noEvents !== undefined) process.stderr.write(noEvents);
    if (json || stream === undefined) return;
    if (quiet) {
      // Quiet is no summary; what is missing from the output is still said. That a trace was never closed is no loss yet.
      for (const trace of summary.traces) {
        if (hasTrouble({ ...trace, closed: true })) process.stderr.write(`${troubleText(trace)}\n`);
      }
    } else {
      await print(`${await layOut(() => summaryText(summary))}\n`, stream);
    }
    if (summary.unknownComponents !== undefined) {
      process.stderr.write(`${unknownComponentsText(summary.unknownComponents)}\n`);
    }
    if (summary.outputs.length > 0) return;
    const [line = '', ...hints] = noPacketsText(summary, this.#filters());
    process.stderr.write(`${(quiet ? [line] : [line, ...hints]).join('\n')}\n`);
  }

  /** The options given that exclude packets. */
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
    const several = { conversions: this.#summaries, failures: this.#failures };
    const value = jobs === 1 ? this.#summaries[0] : several;
    if (value !== undefined) await print(`${jsonText(value)}\n`);
  }
}

const FLAGS = {
  output: { type: 'string', short: 'o' },
  merge: { type: 'string' },
  force: { type: 'boolean', short: 'f', default: false },
  fsync: { type: 'boolean', default: false },
  ...CONVERSION_FLAGS,
  eventsOutput: { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  strict: { type: 'boolean', default: false },
} as const;

const parse = (argv: readonly string[]) =>
  parseCommandLine(spreadGreedy(argv), {
    description: 'ETL packet captures to pcapng, with everything Windows knew about each packet',
    help: HELP,
    flags: FLAGS,
  });

type Flags = ReturnType<typeof parse>['flags'];

/** Where the result of one trace goes. */
function outputFor(
  trace: TraceInput,
  output: string | undefined,
  inputs: number,
  traces: readonly TraceInput[],
): string {
  if (output === STANDARD_STREAM) return output;
  const { inside, path } = trace.place;
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

/** What messages and the library call standard input. */
const STANDARD_INPUT = 'standard input';

/** `logs.zip contains 2 traces`, `3 traces` */
function severalText(traces: readonly TraceInput[]): string {
  const paths = new Set(traces.map(({ place }) => place.path));
  const [path = ''] = paths;
  return paths.size === 1 ? `${path} contains ${traces.length} traces` : `${traces.length} traces`;
}

/** The directory of an output; what is made for it is taken back where nothing was written. */
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
  if (strict && summary.traces.some(hasTrouble)) return Exit.lossy;
  return summary.outputs.length === 0 ? Exit.noPackets : Exit.converted;
}
