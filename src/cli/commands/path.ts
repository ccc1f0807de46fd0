import { basename } from 'node:path';
import { jsonText, printable } from '../../etw/index.js';
import { count, plural } from '../../format/index.js';
import { Inputs } from '../../io/index.js';
import { listPaths, type PathOptions, summarizePaths } from '../../library/index.js';
import type { PathSummaryResult } from '../../listing/index.js';
import { comparePaths } from '../../paths/index.js';
import { spreadGreedy } from '../arguments.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { assertPrintsIntoNoInput, onInterrupt, STANDARD_STREAM } from '../files.js';
import { tracesTogether, withFailures } from '../inputs.js';
import { parseCommandLine } from '../parse.js';
import { PATH_FLAGS, PATH_HELP, pathOptions, wholeNumber } from '../path-options.js';
import { print } from '../print.js';
import { warn } from '../print-error.js';
import { layOut, loadDisplayWidth } from '../text/display-width.js';
import { CSV_HEADER, comparisonText, pathCsv, pathSummaryText, pathText } from '../text/paths.js';
import { ProgressLine } from '../text/progress.js';

const HELP = `
  Usage
    $ etlcap path FILE.etl …                   the way of each packet through the host, hop by hop
    $ etlcap path --summary FILE.etl …         the ways that packets took: counts, latency, drops, losses
    $ etlcap path --compare OTHER.etl FILE.etl what is new or gone in FILE.etl, and which steps got slower

  Appearances are matched by the numbers that Windows logs (pktmon before Windows 11 24H2: PktGroupId and
  PktNumber; vSwitch: NBL), otherwise by content (inferred). Multiple files are treated as one capture.

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
  const inputs = new Inputs({ signal: interruption.signal });
  try {
    const run = new Run(interruption.signal, options, progress, flags.json, inputs);
    const code = await (flags.compare !== undefined
      ? run.compare(flags.compare, input)
      : flags.summary
        ? run.summarize(input)
        : run.list(input, flags.csv));
    return withFailures(code, run.failures);
  } finally {
    inputs.close();
    progress.clear();
    stopListening();
  }
}

class Run {
  readonly #signal: AbortSignal;
  readonly #options: PathOptions;
  readonly #progress: ProgressLine;
  readonly #json: boolean;
  readonly #inputs: Inputs;
  /** Of members of archives that could not be read. */
  readonly failures: ExitCode[] = [];

  constructor(
    signal: AbortSignal,
    options: PathOptions,
    progress: ProgressLine,
    json: boolean,
    inputs: Inputs,
  ) {
    this.#signal = signal;
    this.#options = options;
    this.#progress = progress;
    this.#json = json;
    this.#inputs = inputs;
  }

  async list(names: readonly string[], csv: boolean): Promise<ExitCode> {
    try {
      if (csv) await print(CSV_HEADER);
      else if (!this.#json) await loadDisplayWidth();
      const { cut, packets, paths } = await listPaths(await this.#traces(names), process.stdout, {
        ...this.#options,
        signal: this.#signal,
        onWarning: warn,
        ...(!this.#json && { textOf: csv ? pathCsv : pathText }),
      });
      if (cut > 0) {
        process.stderr.write(
          `etlcap: ${plural(cut, 'path')} closed early (too many packets at the same time); may continue as other paths\n`,
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
    await print(this.#json ? `${jsonText(summary)}\n` : `${await layOut(() => pathSummaryText(summary))}\n`);
    return summary.packets === 0 ? Exit.noPackets : Exit.converted;
  }

  async compare(other: string, names: readonly string[]): Promise<ExitCode> {
    const before = await this.#summary([other]);
    const after = await this.#summary(names);
    this.#progress.clear();
    const comparison = comparePaths(before, after);
    await print(
      this.#json
        ? `${jsonText({ before, after, comparison })}\n`
        : `${await layOut(() => comparisonText(comparison, other, names.join(', ')))}\n`,
    );
    return before.packets + after.packets === 0 ? Exit.noPackets : Exit.converted;
  }

  async #summary(names: readonly string[]): Promise<PathSummaryResult> {
    const [first = ''] = names;
    return summarizePaths(await this.#traces(names), {
      ...this.#options,
      signal: this.#signal,
      onWarning: (message) => {
        this.#progress.clear();
        warn(message);
      },
      onProgress: (state) => this.#progress.update(basename(first), state),
    });
  }

  async #traces(names: readonly string[]): Promise<Parameters<typeof listPaths>[0]> {
    const { codes, traces } = await tracesTogether(this.#inputs, names, this.#signal);
    this.failures.push(...codes);
    return traces;
  }

  #nothing(names: readonly string[], packets: number): ExitCode {
    const { frame } = this.#options;
    process.stderr.write(`etlcap: ${printable(names.join(', '))}: ${nothingText(packets, frame)}\n`);
    return Exit.noPackets;
  }
}

/** Why no path is printed: of an empty trace, a frame that there is not, or a filter. */
function nothingText(packets: number, frame: number | undefined): string {
  if (packets === 0) return 'no packets';
  if (frame !== undefined && frame > packets) return `No frame ${frame}: the last frame is ${packets}.`;
  return packets === 1
    ? 'The only packet does not match the filter.'
    : `None of the ${count(packets)} packets matches the filter.`;
}

function isReaderGone(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'EPIPE';
}
