import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeLeftovers, systemReason } from '../io/index.js';
import type { ConvertOptions } from '../library/index.js';
import { ConvertError } from '../passes/index.js';
import type { Job, JobResult } from './job.js';
import { isNewer, Journal, journalPath } from './journal.js';
import { type Item, planBatch } from './plan.js';
import { Pool } from './pool.js';
import {
  type BatchReport,
  type BatchRules,
  type FileReport,
  isFailure,
  REPORT_FORMAT,
  REPORT_FORMAT_VERSION,
  totalsOf,
} from './report.js';
import { biggestFirst, listHash, type Shard, shareOf } from './shard.js';

/** How a batch, or a watched directory, is worked on. */
export interface WorkOptions {
  readonly outputDirectory: string;
  /** Worker processes. */
  readonly jobs: number;
  readonly options: ConvertOptions;
  /** Convert also traces that an earlier run converted. */
  readonly force: boolean;
  /** Hash each trace. */
  readonly sha256: boolean;
  /** Examine each trace, and list its findings. */
  readonly diagnose: boolean;
  /** Write tables for databases into {@link TABLES_DIRECTORY}. */
  readonly table?: boolean;
  readonly rules: BatchRules;
  /** Files that the caller writes from the reports. */
  readonly reports?: readonly string[];
}

export interface BatchOptions extends WorkOptions {
  /** Directories, globs, files. */
  readonly inputs: readonly string[];
  /** End at the first failure. */
  readonly failFast: boolean;
  readonly shard?: Shard;
}

/** Receives progress. */
export interface BatchListener {
  /** The list is made: this much is to be done. */
  onPlan?(files: number, bytes: number): void;
  onStart?(input: string): void;
  /** @param fraction 0 to 1 of this file */
  onProgress?(input: string, fraction: number): void;
  /** A file is done, in the order in which they end. */
  onFile?(file: FileReport): void;
  /** Something that is not about one file, and does not end the batch. */
  onWarning?(message: string): void;
}

/** Of the tables, below the output directory. */
const TABLES_DIRECTORY = 'tables';

const NOTHING = { outputs: [], records: 0, packets: 0, events: 0, dropped: 0, seconds: 0 } as const;

/** Converts jobs that are not done yet, and records them in the journal. */
export class Runner {
  readonly #work: WorkOptions;
  readonly #journal: Journal;
  readonly #pool: Pool;
  readonly #listener: BatchListener;
  /** Settled when the last job is either queued or known as finished. */
  #decided: Promise<unknown> = Promise.resolve();
  #isJournalBroken = false;

  private constructor(work: WorkOptions, journal: Journal, listener: BatchListener) {
    this.#work = work;
    this.#journal = journal;
    this.#listener = listener;
    // Only options that change outputs are sent to the workers: functions cannot be.
    const { onProgress, signal, ...options } = work.options;
    this.#pool = new Pool(
      work.jobs,
      {
        options,
        sha256: work.sha256,
        diagnose: work.diagnose,
        tables: work.table ? join(work.outputDirectory, TABLES_DIRECTORY) : undefined,
      },
      ({ target }) => removeLeftovers([target]),
    );
  }

  /** @throws ConvertError `output` where the output directory cannot be used */
  static async open(work: WorkOptions, shard: Shard | undefined, listener: BatchListener): Promise<Runner> {
    const { diagnose, options, outputDirectory, sha256, table } = work;
    try {
      if ((await stat(outputDirectory).catch(() => undefined))?.isFile()) {
        throw new ConvertError('usage', `-o ${outputDirectory}: is a file; a batch needs a directory`);
      }
      const journal = await Journal.open(outputDirectory, shard, {
        ...options,
        sha256,
        ...(diagnose && { diagnose }),
        ...(table && { table }),
      });
      return new Runner(work, journal, listener);
    } catch (error) {
      if (error instanceof ConvertError) throw error;
      throw new ConvertError('output', `${outputDirectory}: ${systemReason(error)}`, { cause: error });
    }
  }

  /** Converts one trace, after those before it in the queue. Never rejects. */
  async convert(job: Job): Promise<FileReport> {
    const { input, size } = job;
    const finished = this.#work.force ? undefined : this.#finished(job);
    // Checks for finished jobs take different times: jobs are queued in the order of their arrival.
    const decided = Promise.allSettled([this.#decided, finished]);
    this.#decided = decided;
    await decided;
    const done = await finished;
    if (done !== undefined) return this.#tell({ input, bytes: size, ...done, skipped: true });
    let isStarted = false;
    const result = await this.#pool.run(job, {
      onStart: () => {
        isStarted = true;
        this.#listener.onStart?.(input);
      },
      onProgress: (fraction) => this.#listener.onProgress?.(input, fraction),
    });
    if (result.status === 'converted' || result.status === 'no-packets') this.#note(job, result);
    const isNotRun = result.status === 'aborted' && !isStarted;
    return this.#tell({ input, bytes: size, ...result, ...(isNotRun && { status: 'not-run' }) });
  }

  /** Aborts running conversions and removes their partial outputs. */
  abort(): void {
    this.#pool.abort();
  }

  /** Ends the workers at once, and removes their partial outputs. */
  kill(): void {
    this.#pool.kill();
  }

  close(): void {
    this.#pool.close();
  }

  #finished(job: Job): Omit<FileReport, 'bytes' | 'input'> | undefined {
    const result = this.#journal.finished(job);
    const isUnknown = this.#work.options.split !== undefined || this.#work.table === true;
    if (result !== undefined || this.#journal.has(job) || isUnknown) return result;
    return isNewer(job) ? { ...NOTHING, status: 'converted', unchecked: true } : undefined;
  }

  #note(job: Job, result: JobResult): void {
    if (this.#isJournalBroken) return;
    try {
      this.#journal.note(job, result);
    } catch (error) {
      this.#isJournalBroken = true;
      this.#listener.onWarning?.(
        `the journal in ${this.#work.outputDirectory} cannot be written: ${systemReason(error)}; ` +
          'the next run will convert these traces again',
      );
    }
  }

  #tell(file: FileReport): FileReport {
    this.#listener.onFile?.(file);
    return file;
  }
}

/** One batch: from finding the traces to the report. */
export class Batch {
  readonly #options: BatchOptions;
  readonly #listener: BatchListener;
  #runner: Runner | undefined;
  #isInterrupted = false;

  constructor(options: BatchOptions, listener: BatchListener = {}) {
    this.#options = options;
    this.#listener = listener;
  }

  /** @throws ConvertError `usage` or `output` before the first conversion; later errors are in the report */
  async run(): Promise<BatchReport> {
    const started = new Date().toISOString();
    const start = performance.now();
    const { inputs, options, outputDirectory, reports = [], rules, shard } = this.#options;
    const otherOutputs = [...reports, journalPath(outputDirectory, shard)];
    const all = await planBatch(inputs, outputDirectory, { options, otherOutputs });
    const items = shard === undefined ? all : shareOf(all, shard);
    this.#listener.onPlan?.(
      items.length,
      items.reduce((sum, { kind, size }) => sum + (kind === 'job' ? size : 0), 0),
    );
    this.#runner = await Runner.open(this.#options, shard, this.#listener);
    let files: FileReport[];
    try {
      if (this.#isInterrupted) this.#runner.abort();
      await removeLeftovers([...targetsOf(items), ...otherOutputs]);
      files = await this.#convert(items, this.#runner);
    } finally {
      this.#runner.close();
    }
    return {
      format: REPORT_FORMAT,
      formatVersion: REPORT_FORMAT_VERSION,
      started,
      seconds: Math.round(performance.now() - start) / 1000,
      interrupted: this.#isInterrupted,
      rules,
      ...(shard && { shard }),
      list: listHash(all),
      totals: totalsOf(files),
      files,
    };
  }

  /** The first call ends running conversions cleanly, the second at once. */
  interrupt(): void {
    if (this.#isInterrupted) this.#runner?.kill();
    else this.#runner?.abort();
    this.#isInterrupted = true;
  }

  /** @returns the files in the order of their names, independent of the order of conversion */
  async #convert(items: readonly Item[], runner: Runner): Promise<FileReport[]> {
    const jobs = items.flatMap((item) => (item.kind === 'job' ? [item.job] : []));
    const reports = new Map<string, FileReport>();
    const note = (file: FileReport): void => {
      reports.set(file.input, file);
      if (this.#options.failFast && isFailure(file, this.#options.rules)) runner.abort();
    };
    for (const item of items) {
      if (item.kind === 'job') continue;
      const file = withoutJob(item);
      note(file);
      this.#listener.onFile?.(file);
    }
    await Promise.all(biggestFirst(jobs).map(async (job) => note(await runner.convert(job))));
    return items.flatMap(({ input }) => reports.get(input) ?? []);
  }
}

/** The outputs of the items with a conversion. */
export const targetsOf = (items: readonly Item[]): string[] =>
  items.flatMap((item) => (item.kind === 'job' ? [item.job.target] : []));

/** The report of a file that no worker needs to see. */
export function withoutJob(item: Exclude<Item, { kind: 'job' }>): FileReport {
  const { input, size } = item;
  switch (item.kind) {
    case 'problem':
      return { input, bytes: size, ...NOTHING, status: 'failed', error: item.error };
    case 'no-trace':
      return { input, bytes: size, ...NOTHING, status: 'no-trace', reason: item.reason };
    case 'duplicate':
      return { input, bytes: size, ...NOTHING, status: 'duplicate', sameAs: item.sameAs };
  }
}
