import { basename } from 'node:path';
import { jsonText, printable } from '../../etw/index.js';
import { count, plural } from '../../format/index.js';
import { listPaths, type PathOptions, summarizePaths } from '../../library/index.js';
import { type PathSummaryResult, pathComparison } from '../../listing/index.js';
import type { Flags } from '../../options/index.js';
import type { Progress } from '../../passes/index.js';
import { assertInputs, command } from '../command.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { tracesTogether, withFailures } from '../inputs.js';
import { print } from '../print.js';
import { isReaderGone, warn } from '../print-error.js';
import { readOptions } from '../read-options.js';
import { unknownComponentsText } from '../text/conversion-summary.js';
import { layOut, loadDisplayWidth } from '../text/display-width.js';
import { CSV_HEADER, comparisonText, pathCsv, pathSummaryText, pathText } from '../text/paths.js';
import { type Reading, withTraces } from '../with-traces.js';

/** `etlcap path FILE.etl …` */
export const pathCommand = command('path', async (flags, input) => {
  const { compare, csv, json, quiet, summary } = flags;
  assertInputs('path', input, [...input, compare]);
  if (json && csv) throw new UsageError('--json and --csv cannot be combined');
  if (csv && (summary || compare !== undefined)) {
    throw new UsageError(`--csv cannot be combined with ${summary ? '--summary' : '--compare'}; use --json`);
  }
  const options: PathOptions = {
    ...(await readOptions('path', flags)),
    onUnknownComponents: (unknown) => process.stderr.write(`${unknownComponentsText(unknown)}\n`),
  };
  const isListing = !summary && compare === undefined;
  // On a terminal, lines and progress would be mixed.
  const showsProgress = !quiet && !(isListing && process.stdout.isTTY);
  return withTraces({ ...flags, showsProgress }, async (reading) => {
    const run = new Run(reading, options, flags);
    const code = await (compare !== undefined
      ? run.compare(compare, input)
      : summary
        ? run.summarize(input)
        : run.list(input));
    return withFailures(code, run.failures);
  });
});

class Run {
  readonly #reading: Reading;
  readonly #options: PathOptions;
  readonly #flags: Pick<Flags<'path'>, 'csv' | 'json' | 'quiet'>;
  /** Of members of archives that could not be read. */
  readonly failures: ExitCode[] = [];

  constructor(reading: Reading, options: PathOptions, flags: Pick<Flags<'path'>, 'csv' | 'json' | 'quiet'>) {
    this.#reading = reading;
    this.#options = options;
    this.#flags = flags;
  }

  async list(names: readonly string[]): Promise<ExitCode> {
    const { csv, json, quiet } = this.#flags;
    const { progress, signal } = this.#reading;
    try {
      if (csv) await print(CSV_HEADER);
      else if (!json) await loadDisplayWidth();
      const { cut, packets, paths, unjoinedSteps } = await listPaths(
        await this.#traces(names),
        process.stdout,
        {
          ...this.#options,
          signal,
          onProgress: this.#progressOf(names),
          onWarning: this.#onWarning,
          ...(!json && { textOf: csv ? pathCsv : pathText }),
        },
      );
      progress.clear();
      if (unjoinedSteps > 0 && !quiet) {
        process.stderr.write(
          `etlcap: ${plural(unjoinedSteps, 'event')} of VFP, WinNat or HNS without a packet in the trace; etlcap events lists them\n`,
        );
      }
      if (cut > 0 && !quiet) {
        process.stderr.write(
          `etlcap: ${plural(cut, 'path')} closed early (too many packets at the same time); may continue as other paths\n`,
        );
      }
      return paths > 0 ? Exit.converted : this.#nothing(names, packets);
    } catch (error) {
      // `etlcap path … | head`: the reader has ended.
      if (isReaderGone(error)) return Exit.converted;
      throw error;
    }
  }

  async summarize(names: readonly string[]): Promise<ExitCode> {
    const summary = await this.#summary(names);
    this.#reading.progress.clear();
    if (summary.packets === 0 && !this.#flags.json) return this.#nothing(names, 0);
    await print(
      this.#flags.json ? `${jsonText(summary)}\n` : `${await layOut(() => pathSummaryText(summary))}\n`,
    );
    return summary.packets === 0 ? Exit.noPackets : Exit.converted;
  }

  async compare(other: string, names: readonly string[]): Promise<ExitCode> {
    const before = await this.#summary([other]);
    const after = await this.#summary(names);
    this.#reading.progress.clear();
    const compared = pathComparison(before, after);
    await print(
      this.#flags.json
        ? `${jsonText(compared)}\n`
        : `${await layOut(() => comparisonText(compared.comparison, other, names.join(', ')))}\n`,
    );
    return before.packets + after.packets === 0 ? Exit.noPackets : Exit.converted;
  }

  async #summary(names: readonly string[]): Promise<PathSummaryResult> {
    return summarizePaths(await this.#traces(names), {
      ...this.#options,
      signal: this.#reading.signal,
      onProgress: this.#progressOf(names),
      onWarning: this.#onWarning,
    });
  }

  readonly #onWarning = (message: string): void => {
    this.#reading.progress.clear();
    warn(message);
  };

  #progressOf([first = '']: readonly string[]): (state: Progress) => void {
    return (state) => this.#reading.progress.update(basename(first), state);
  }

  async #traces(names: readonly string[]): Promise<Parameters<typeof listPaths>[0]> {
    const { codes, traces } = await tracesTogether(this.#reading.inputs, names, this.#reading.signal);
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
