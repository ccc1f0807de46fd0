import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Trace } from '../etl/index.js';
import { FileSource, hasCode, InputGuard, namedKind, removeLeftovers } from '../io/index.js';
import { possibleOutputs } from '../library/index.js';
import { ConvertError } from '../passes/index.js';
import { type BatchListener, Runner, targetsOf, type WorkOptions, withoutJob } from './batch.js';
import { compare, type Found, findFiles } from './find.js';
import { journalPath } from './journal.js';
import { guardFor, planFile } from './plan.js';
import {
  type BatchReport,
  type FileReport,
  REPORT_FORMAT,
  REPORT_FORMAT_VERSION,
  totalsOf,
} from './report.js';
import { listHash } from './shard.js';

export interface WatchOptions extends WorkOptions {
  readonly directory: string;
  /** Polling interval in seconds. */
  readonly interval: number;
  /** Seconds for which a closed trace, or a compressed one, must not have changed. */
  readonly settle: number;
  /** Seconds for which a trace that its session has not closed must not have changed. */
  readonly settleUnclosed: number;
}

/** State of a file at the last poll. */
interface Sight {
  /** Size and time of change. */
  readonly state: string;
  /** Milliseconds of a monotonic clock. */
  readonly since: number;
  /** It is converted, or in the hands of a worker, in this state. */
  isTaken: boolean;
}

/**
 * Converts traces as they arrive in a directory.
 *
 * Polls the directory: change notifications do not work on network shares and container mounts, where traces arrive.
 */
export class Watch {
  readonly #options: WatchOptions;
  readonly #listener: BatchListener;
  readonly #sights = new Map<string, Sight>();
  readonly #files = new Map<string, FileReport>();
  /** Inputs by output. */
  readonly #owners = new Map<string, string>();
  #guard = new InputGuard();
  readonly #stopping = new AbortController();
  readonly #working = new Set<Promise<void>>();
  #runner: Runner | undefined;
  /** Results so far. */
  #noted = 0;
  /** The directory could not be looked at the last time. */
  #isGone = false;

  constructor(options: WatchOptions, listener: BatchListener = {}) {
    this.#options = options;
    this.#listener = listener;
  }

  /**
   * Watches until {@link stop}.
   *
   * @param onChange called after a poll that converted files, with the report so far
   * @throws ConvertError `usage` or `output`
   */
  async run(onChange: (report: BatchReport) => Promise<void> = async () => undefined): Promise<BatchReport> {
    const started = new Date().toISOString();
    const start = performance.now();
    const { directory, interval, options, outputDirectory, reports = [] } = this.#options;
    const report = (): BatchReport => this.#report(started, (performance.now() - start) / 1000);
    // A directory that is missing at the start is an error; later it may be a mount that returns.
    if ((await stat(directory).catch(() => undefined))?.isDirectory() === false) {
      throw new ConvertError('usage', `${directory}: not a directory; etlcap batch converts files`);
    }
    let seen: readonly Found[] = await findFiles([directory], outputDirectory);
    this.#guard = await guardFor(options);
    for (const { path } of seen) this.#guard.add(path);
    for (const output of [...reports, journalPath(outputDirectory, undefined)]) this.#guard.check(output);
    const runner = await Runner.open(this.#options, undefined, {
      ...this.#listener,
      onFile: (file) => this.#note(file),
    });
    this.#runner = runner;
    const { signal } = this.#stopping;
    try {
      await this.#removeLeftovers(seen);
      let reported = 0;
      while (!signal.aborted) {
        for (const found of seen) if (this.#isReady(found)) this.#take(found, runner);
        if (this.#noted !== reported) {
          reported = this.#noted;
          await onChange(report());
        }
        await delay(interval * 1000, undefined, { signal }).catch((error: unknown) => {
          if (!hasCode(error, 'ABORT_ERR')) throw error;
        });
        seen = await this.#look();
      }
      await Promise.all(this.#working);
      return report();
    } finally {
      runner.close();
    }
  }

  /** The first call ends running conversions cleanly, and then {@link run}; the second at once. */
  stop(): void {
    if (this.#stopping.signal.aborted) this.#runner?.kill();
    else this.#runner?.abort();
    this.#stopping.abort();
  }

  async #look(): Promise<readonly Found[]> {
    const { directory, outputDirectory } = this.#options;
    try {
      const found = await findFiles([directory], outputDirectory);
      this.#isGone = false;
      return found;
    } catch (error) {
      if (!(error instanceof ConvertError)) throw error;
      if (!this.#isGone) this.#listener.onWarning?.(`${error.message}; trying again`);
      this.#isGone = true;
      return [];
    }
  }

  async #removeLeftovers(seen: readonly Found[]): Promise<void> {
    const { options, outputDirectory, reports = [] } = this.#options;
    const targets: string[] = [...reports, journalPath(outputDirectory, undefined)];
    for (const found of seen)
      targets.push(...targetsOf(await planFile(found, outputDirectory, options.spoolLimit)));
    await removeLeftovers(targets);
  }

  #report(started: string, seconds: number): BatchReport {
    const files = [...this.#files.values()].sort((a, b) => compare(a.input, b.input));
    return {
      format: REPORT_FORMAT,
      formatVersion: REPORT_FORMAT_VERSION,
      started,
      seconds: Math.round(seconds * 1000) / 1000,
      interrupted: false,
      rules: this.#options.rules,
      list: listHash(files.map(({ bytes, input }) => ({ input, size: bytes }))),
      totals: totalsOf(files),
      files,
    };
  }

  /** An aborted conversion has no result: the next watch repeats it. */
  #note(file: FileReport): void {
    if (file.status === 'aborted' || file.status === 'not-run') return;
    this.#files.set(file.input, file);
    this.#noted += 1;
    this.#listener.onFile?.(file);
  }

  #isReady({ path, stats }: Found): boolean {
    const state = stats === undefined ? 'unreadable' : `${stats.size} ${stats.mtimeNs}`;
    const now = performance.now();
    const sight = this.#sights.get(path);
    if (sight === undefined || sight.state !== state) {
      this.#sights.set(path, { state, since: now, isTaken: false });
      this.#guard.add(path);
      return false;
    }
    const { settle, settleUnclosed } = this.#options;
    const still = (now - sight.since) / 1000;
    if (sight.isTaken || still < settle) return false;
    if (still < settleUnclosed && !isClosed(path)) return false;
    sight.isTaken = true;
    return true;
  }

  #take(found: Found, runner: Runner): void {
    const work = this.#convert(found, runner).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #convert(found: Found, runner: Runner): Promise<void> {
    const items = await planFile(found, this.#options.outputDirectory, this.#options.options.spoolLimit);
    const conversions = items.map((item) => {
      if (item.kind !== 'job') return this.#note(withoutJob(item));
      const { input, size, job } = item;
      const replaced = possibleOutputs(job.target, this.#options.options).find(
        (output) => this.#guard.inputAt(output) !== undefined,
      );
      if (replaced !== undefined) {
        const message = `${replaced}: is the file ${this.#guard.inputAt(replaced)}, which is an input; choose another output directory`;
        return this.#note(withoutJob({ kind: 'problem', input, size, error: { code: 'usage', message } }));
      }
      const owner = this.#owners.get(job.target);
      if (owner !== undefined && owner !== input) {
        const message = `${owner} and ${input} would both become ${job.target}; rename one`;
        return this.#note(withoutJob({ kind: 'problem', input, size, error: { code: 'usage', message } }));
      }
      this.#owners.set(job.target, input);
      return runner.convert(job);
    });
    await Promise.all(conversions);
  }
}

/** Whether the session that wrote a trace has closed it: then Windows writes EndTime. Unknown for compressed files. */
function isClosed(path: string): boolean {
  if (namedKind(path)?.kind !== 'trace') return true;
  let source: FileSource | undefined;
  try {
    source = new FileSource(path);
    return new Trace(source).header.endTime !== 0n;
  } catch {
    // Removed, or not a trace yet: the longer time decides, and the conversion reports errors.
    return false;
  } finally {
    source?.close();
  }
}
