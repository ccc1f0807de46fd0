import { basename } from 'node:path';
import {
  comparePaths,
  listPaths,
  type PathOptions,
  type PathSummaryResult,
  summarizePaths,
} from '../pipeline/index.js';
import { spreadGreedy } from './arguments.js';
import { Exit, type ExitCode, UsageError } from './exit.js';
import { assertPrintsIntoNoInput, onInterrupt, STANDARD_STREAM, standardInput } from './files.js';
import { parseCommandLine } from './parse.js';
import { PATH_FLAGS, PATH_HELP, pathOptions, wholeNumber } from './path-options.js';
import { CSV_HEADER, comparisonText, pathCsv, pathSummaryText, pathText } from './path-text.js';
import { print } from './print.js';
import { ProgressLine } from './progress.js';
import { count, plural, printable } from './text.js';

const HELP = `
  Usage
    $ etlcap path FILE.etl …                   the way of each packet through the host, hop by hop
    $ etlcap path --summary FILE.etl …         the ways that packets took: counts, latency, drops, losses
    $ etlcap path --compare OTHER.etl FILE.etl what is new or gone in FILE.etl, and which steps got slower

  Appearances of one packet: pktmon's PktGroupId and PktNumber; the NBL at a vSwitch. Where there is neither,
  equal bytes within 50 ms: marked as a guess. Several files are taken for one capture.

${PATH_HELP}

  Output
        --packet FRAME           the packet of this frame of the pcapng
        --json                   one JSON object for each packet; one for all of a summary
        --csv                    one line for each hop

  Examples
    $ etlcap path PktMon.etl --drops only
    $ etlcap path PktMon.etl --address 172.16.0.10 --compartment 2 --slower-than 1ms
    $ etlcap path --summary PktMon.etl
    $ etlcap path --compare before.etl after.etl
    $ etlcap path PktMon.etl --json | jq 'select(.end.kind == "last-seen")'

  Exit codes
    0 said   1 a file could not be read   2 usage   4 no packets, or none that fits
`;

const FLAGS = {
  ...PATH_FLAGS,
  packet: { type: 'string' },
  summary: { type: 'boolean', default: false },
  compare: { type: 'string' },
  json: { type: 'boolean', default: false },
  csv: { type: 'boolean', default: false },
} as const;

/** `etlcap path FILE.etl …` */
export async function pathCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags, input } = parseCommandLine(spreadGreedy(argv), {
    description: 'The way of packets through a Windows host',
    help: HELP,
    flags: FLAGS,
  });
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  if (input.length === 0)
    throw new UsageError('no input; etlcap path FILE.etl, etlcap path --help says more');
  if ([...input, flags.compare].filter((name) => name === STANDARD_STREAM).length > 1) {
    throw new UsageError('- stands twice');
  }
  assertPrintsIntoNoInput([...input, ...(flags.compare === undefined ? [] : [flags.compare])]);
  if (flags.json && flags.csv) throw new UsageError('--json and --csv are two forms of the same: give one');
  if (flags.csv && (flags.summary || flags.compare !== undefined)) {
    throw new UsageError('--csv lists hops; a summary has --json');
  }
  const frame =
    flags.packet === undefined ? undefined : wholeNumber('--packet', flags.packet, Number.MAX_SAFE_INTEGER);
  const options: PathOptions = { ...(await pathOptions(flags)), ...(frame !== undefined && { frame }) };
  const interruption = new AbortController();
  const stopListening = onInterrupt(interruption);
  const progress = new ProgressLine(flags.summary || flags.compare !== undefined);
  try {
    const run = new Run(interruption.signal, options, progress, flags.json);
    if (flags.compare !== undefined) return await run.compare(flags.compare, input);
    return await (flags.summary ? run.summarize(input) : run.list(input, flags.csv));
  } finally {
    progress.clear();
    stopListening();
  }
}

class Run {
  readonly #signal: AbortSignal;
  readonly #options: PathOptions;
  readonly #progress: ProgressLine;
  readonly #json: boolean;

  constructor(signal: AbortSignal, options: PathOptions, progress: ProgressLine, json: boolean) {
    this.#signal = signal;
    this.#options = options;
    this.#progress = progress;
    this.#json = json;
  }

  async list(names: readonly string[], csv: boolean): Promise<ExitCode> {
    try {
      if (csv) await print(CSV_HEADER);
      const { cut, packets, paths } = await listPaths(this.#inputs(names), process.stdout, {
        ...this.#options,
        signal: this.#signal,
        ...(!this.#json && { textOf: csv ? pathCsv : pathText }),
      });
      if (cut > 0) {
        process.stderr.write(
          `etlcap: ${plural(cut, 'path')} closed early: more packets at once than are kept; they may go on as others\n`,
        );
      }
      return paths > 0 ? Exit.converted : this.#nothing(names, packets);
    } catch (error) {
      // `etlcap path … | head`: whoever reads has seen enough.
      if (isReaderGone(error)) return Exit.converted;
      throw error;
    }
  }

  async summarize(names: readonly string[]): Promise<ExitCode> {
    const summary = await this.#summary(names);
    this.#progress.clear();
    if (summary.packets === 0 && !this.#json) return this.#nothing(names, 0);
    await print(this.#json ? `${JSON.stringify(summary)}\n` : `${pathSummaryText(summary)}\n`);
    return summary.packets === 0 ? Exit.noPackets : Exit.converted;
  }

  async compare(other: string, names: readonly string[]): Promise<ExitCode> {
    const before = await this.#summary([other]);
    const after = await this.#summary(names);
    this.#progress.clear();
    const comparison = comparePaths(before, after);
    await print(
      this.#json
        ? `${JSON.stringify({ before, after, comparison })}\n`
        : `${comparisonText(comparison, other, names.join(', '))}\n`,
    );
    return before.packets + after.packets === 0 ? Exit.noPackets : Exit.converted;
  }

  #summary(names: readonly string[]): Promise<PathSummaryResult> {
    const [first = ''] = names;
    return summarizePaths(this.#inputs(names), {
      ...this.#options,
      signal: this.#signal,
      onProgress: (state) => this.#progress.update(basename(first), state),
    });
  }

  #inputs(names: readonly string[]): Parameters<typeof listPaths>[0] {
    return names.map((name) => (name === STANDARD_STREAM ? standardInput(this.#signal) : name));
  }

  #nothing(names: readonly string[], packets: number): ExitCode {
    const what = packets === 0 ? 'no packets' : `none of ${count(packets)} packets is of a path that fits`;
    process.stderr.write(`etlcap: ${printable(names.join(', '))}: ${what}\n`);
    return Exit.noPackets;
  }
}

function isReaderGone(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'EPIPE';
}
