import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import meow from 'meow';
import {
  type ConvertOptions,
  type ConvertSummary,
  convert,
  merge,
  removeTemporaries,
  systemReason,
} from '../pipeline/index.js';
import { choice, pointInTime, spreadGreedy } from './arguments.js';
import { Exit, type ExitCode, UsageError, worst } from './exit.js';
import { ProgressLine } from './progress.js';
import { noPacketsText, summaryText } from './summary-text.js';
import { printable } from './text.js';

const HELP = `
  Usage
    $ etlcap FILE.etl … [-o OUT]       convert to pcapng
    $ etlcap info FILE.etl …           say what is inside (etlcap info --help)

  Output
    -o, --output OUT        a file, a directory, or - for standard output (default: FILE.pcapng beside FILE.etl)
        --merge OUT         all inputs into one file, in the order of time
        --split linktype    one file for each link type (FILE.ethernet.pcapng …), for tools built on libpcap
    -f, --force             replace an output that exists

  What is taken
        --drops only|exclude     dropped packets alone, or all others
        --component ID|NAME …    only packets seen at these components, NICs or interfaces
        --first-appearance       one copy of each packet that pktmon saw at several components
        --since, --until TIME    2024-06-10T20:18:35Z (UTC where no offset is given)

  What is said about it
        --comments full|brief|none   what Windows knew, on each packet (default: full)
        --verdict                    also mark drops in epb_verdict (editcap 4.0 cannot copy such files)
        --compartments FILE          names and addresses: ipconfig /allcompartments, Get-NetIPAddress
        --json                       the summary as one JSON object on standard output
    -q, --quiet                      no summary, no progress
        --strict                     exit 3 where something was lost or damaged

  Examples
    $ etlcap PktMon.etl
    $ etlcap NetTrace.etl -o captures/ --comments brief
    $ etlcap PktMon1.etl PktMon2.etl --merge all.pcapng
    $ ssh host cat trace.etl | etlcap - -o - | tshark -r -

  Exit codes
    0 converted   1 failed   2 usage   3 lost or damaged, with --strict   4 no packets in the trace
`;

const STANDARD_STREAM = '-';

/** `etlcap FILE.etl … [-o OUT]` */
export async function convertCommand(argv: readonly string[]): Promise<ExitCode> {
  const { input, flags } = parse(argv);
  if (input.length === 0) throw new UsageError('no input; etlcap FILE.etl converts, etlcap --help says more');
  const { merge: mergeInto, output, json, quiet } = flags;
  if (mergeInto !== undefined && output !== undefined)
    throw new UsageError('--merge names the output, -o another');
  const target = mergeInto ?? output;
  const toStdout = target === STANDARD_STREAM;
  if (toStdout && json) throw new UsageError('-o - and --json both want standard output');
  if (toStdout && input.length > 1 && mergeInto === undefined) {
    throw new UsageError('several inputs on standard output: use --merge -');
  }
  if (input.filter((name) => name === STANDARD_STREAM).length > 1) throw new UsageError('- stands twice');
  if (toStdout && flags.split !== undefined) throw new UsageError('--split writes several files: not to -');
  if (toStdout && process.stdout.isTTY) {
    throw new UsageError('standard output is a terminal: pcapng is binary; use -o FILE, or a pipe');
  }

  const options = await convertOptions(flags);
  const interruption = new AbortController();
  const stopListening = onInterrupt(interruption);
  const progress = new ProgressLine(!quiet);
  const codes: ExitCode[] = [];
  const summaries: ConvertSummary[] = [];
  // Beside data on standard output, people read standard error.
  const say = (text: string): void => {
    if (!quiet && !json) (toStdout ? process.stderr : process.stdout).write(`${text}\n`);
  };
  const done = (summary: ConvertSummary): void => {
    progress.clear();
    summaries.push(summary);
    codes.push(outcome(summary, flags.strict));
    say(summaryText(summary));
    if (summary.packets === 0 && !json) process.stderr.write(`${noPacketsText(summary)}\n`);
  };
  const withProgress = (name: string): ConvertOptions => ({
    ...options,
    signal: interruption.signal,
    onProgress: (state) => progress.update(name, state),
  });

  try {
    if (mergeInto !== undefined) {
      const output = toStdout ? process.stdout : mergeInto;
      done(await merge(input.map(stdinOrPath), output, withProgress(`${input.length} traces`)));
    } else {
      const targets = input.map((name) => outputFor(name, output, input.length));
      assertDistinct(input, targets);
      for (const [at, name] of input.entries()) {
        if (interruption.signal.aborted) break;
        const path = targets[at];
        try {
          const output = path === STANDARD_STREAM || path === undefined ? process.stdout : path;
          done(await convert(stdinOrPath(name), output, withProgress(basename(name))));
        } catch (error) {
          progress.clear();
          process.stderr.write(`etlcap: ${printable(systemReason(error))}\n`);
          codes.push(Exit.failed);
        }
      }
    }
  } finally {
    progress.clear();
    stopListening();
  }
  if (json) {
    const [only] = summaries;
    const value = input.length === 1 || mergeInto !== undefined ? only : { conversions: summaries };
    if (value !== undefined) process.stdout.write(`${JSON.stringify(value)}\n`);
  }
  return worst(codes);
}

function parse(argv: readonly string[]) {
  // `-o -` and a bare `-` are values and inputs, not options.
  return meow(HELP, {
    importMeta: import.meta,
    argv: spreadGreedy(argv),
    allowUnknownFlags: false,
    description: 'ETL packet captures to pcapng, with everything Windows knew about each packet',
    flags: {
      output: { type: 'string', shortFlag: 'o' },
      merge: { type: 'string' },
      split: { type: 'string' },
      force: { type: 'boolean', shortFlag: 'f', default: false },
      comments: { type: 'string' },
      verdict: { type: 'boolean', default: false },
      drops: { type: 'string' },
      component: { type: 'string', isMultiple: true },
      firstAppearance: { type: 'boolean', default: false },
      since: { type: 'string' },
      until: { type: 'string' },
      compartments: { type: 'string' },
      json: { type: 'boolean', default: false },
      quiet: { type: 'boolean', shortFlag: 'q', default: false },
      strict: { type: 'boolean', default: false },
    },
  });
}

type Flags = ReturnType<typeof parse>['flags'];

async function convertOptions(flags: Flags): Promise<ConvertOptions> {
  const comments = choice('--comments', flags.comments, ['full', 'brief', 'none']);
  const split = choice('--split', flags.split, ['linktype']);
  const components = flags.component ?? [];
  const drops = choice('--drops', flags.drops, ['only', 'exclude']);
  const since = pointInTime('--since', flags.since);
  const until = pointInTime('--until', flags.until);
  if (since !== undefined && until !== undefined && until <= since) {
    throw new UsageError('--until must be later than --since');
  }
  return {
    verdict: flags.verdict,
    firstAppearance: flags.firstAppearance,
    force: flags.force,
    ...(comments && { comments }),
    ...(split && { split }),
    ...(drops && { drops }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(components.length > 0 && { components }),
    ...(flags.compartments !== undefined && { compartments: await compartmentsFile(flags.compartments) }),
  };
}

async function compartmentsFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`--compartments ${path}: ${systemReason(error)}`);
  }
}

const stdinOrPath = (name: string) => (name === STANDARD_STREAM ? process.stdin : name);

/** Where the result of one input goes. */
function outputFor(input: string, output: string | undefined, inputs: number): string {
  if (output === STANDARD_STREAM) return output;
  const name = input === STANDARD_STREAM ? 'stdin.pcapng' : `${basename(input, extname(input))}.pcapng`;
  if (output === undefined) {
    if (input === STANDARD_STREAM) throw new UsageError('standard input has no name to write beside: use -o');
    return join(dirname(input), name);
  }
  const isDirectory = existsSync(output) && statSync(output).isDirectory();
  if (isDirectory) return join(output, name);
  if (/[/\\]$/u.test(output)) throw new UsageError(`-o ${output}: no such directory`);
  if (inputs > 1) throw new UsageError(`-o ${output}: several inputs need a directory, or --merge`);
  return output;
}

function assertDistinct(inputs: readonly string[], targets: readonly string[]): void {
  const owner = new Map<string, string>();
  for (const [at, target] of targets.entries()) {
    const input = inputs[at] ?? '';
    const other = owner.get(target);
    if (other !== undefined && target !== STANDARD_STREAM) {
      throw new UsageError(`${other} and ${input} would both become ${target}`);
    }
    owner.set(target, input);
  }
}

function outcome(summary: ConvertSummary, strict: boolean): ExitCode {
  if (
    strict &&
    summary.traces.some((trace) => trace.damage.places + trace.lost.events + trace.lost.buffers > 0)
  ) {
    return Exit.lossy;
  }
  return summary.packets === 0 ? Exit.noPackets : Exit.converted;
}

/** The first Ctrl-C ends the conversion and cleans up; a second one ends the process after removing what is there. */
function onInterrupt(controller: AbortController): () => void {
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
