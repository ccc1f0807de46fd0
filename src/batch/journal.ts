import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, constants, openSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { jsonText } from '../etw/index.js';
import { statsOf, writeWholeFile } from '../io/index.js';
import type { ConvertOptions } from '../library/index.js';
import type { Job, JobResult } from './job.js';
import type { Shard } from './shard.js';

/** Journals are in the output directory; each shard writes its own, so that shards never wait for each other. */
const JOURNAL_NAME = /^\.etlcap-batch(?:\.\d+-of-\d+)?\.ndjson$/u;

/** The journal that a run writes. */
export function journalPath(directory: string, shard: Shard | undefined): string {
  const name = shard === undefined ? '' : `.${shard.index}-of-${shard.count}`;
  return join(directory, `.etlcap-batch${name}.ndjson`);
}

/** Of the lines. Lines of other versions are ignored: their jobs are done again. */
const JOURNAL_FORMAT_VERSION = 2;

/** One finished job in the journal: enough to skip it, and to report it. */
interface Entry {
  readonly formatVersion: typeof JOURNAL_FORMAT_VERSION;
  readonly key: string;
  readonly size: number;
  readonly changed: string;
  readonly steps: readonly number[];
  readonly options: string;
  readonly result: JobResult;
}

/**
 * Results of earlier runs, so that a run continues after an interrupted one. An input is unchanged if size and time of
 * modification are the same; an output is complete if it has the size with which it was written.
 */
export class Journal {
  readonly #directory: string;
  readonly #path: string;
  readonly #options: string;
  readonly #entries: Map<string, Entry>;

  private constructor(directory: string, path: string, options: string, entries: Map<string, Entry>) {
    this.#directory = directory;
    this.#path = path;
    this.#options = options;
    this.#entries = entries;
  }

  /**
   * Reads the journals of all shares. Lines that are not as expected, such as one that was cut when a machine stopped, are
   * as if they were not there: their jobs are done again.
   *
   * @throws the error of the file system where the directory cannot be made
   */
  static async open(directory: string, shard: Shard | undefined, options: JournalOptions): Promise<Journal> {
    await mkdir(directory, { recursive: true, mode: 0o755 });
    const path = journalPath(directory, shard);
    const hash = optionsHash(options);
    const entries = new Map<string, Entry>();
    const own = new Map<string, Entry>();
    let lines = 0;
    for (const file of (await readdir(directory)).filter((each) => JOURNAL_NAME.test(each)).sort()) {
      const text = await readFile(join(directory, file), 'utf8');
      for (const line of text.split('\n')) {
        const entry = parseEntry(line);
        if (entry === undefined) continue;
        entries.set(entry.key, entry);
        if (join(directory, file) !== path) continue;
        own.set(entry.key, entry);
        lines += 1;
      }
    }
    // Without the lines that later ones replaced.
    if (lines > own.size) {
      const text = [...own.values()].map((entry) => `\n${JSON.stringify(entry)}`).join('');
      await writeWholeFile(path, text);
    }
    return new Journal(directory, path, hash, entries);
  }

  /** The result of a job that an earlier run has done with the same options, whose outputs still exist unchanged. */
  finished(job: Job): JobResult | undefined {
    const entry = this.#entries.get(job.key);
    if (entry === undefined) return undefined;
    const { changed, options, result, size, steps } = entry;
    const isSame =
      size === job.size &&
      changed === job.changed &&
      steps.join() === job.steps.join() &&
      options === this.#options;
    if (!isSame) return undefined;
    const here = withPaths(result, (path) => join(this.#directory, path));
    for (const { bytes, path } of [
      ...here.outputs,
      ...(here.eventsFile ? [here.eventsFile] : []),
      ...(here.tables ?? []),
    ]) {
      const output = statsOf(path);
      if (output === undefined || Number(output.size) !== bytes) return undefined;
    }
    return here;
  }

  /** Whether an earlier run did this job, with any options, from any version of the input. */
  has(job: Job): boolean {
    return this.#entries.has(job.key);
  }

  /**
   * Notes a job that is done.
   *
   * @throws the error of the file system
   */
  note(job: Job, result: JobResult): void {
    const { changed, key, size, steps } = job;
    const entry: Entry = {
      formatVersion: JOURNAL_FORMAT_VERSION,
      key,
      size,
      changed,
      steps,
      options: this.#options,
      // Relative to the output directory: the next run may have another path to it.
      result: withPaths(result, (path) => relative(this.#directory, path)),
    };
    this.#entries.set(key, entry);
    // The break before the line ends one that was cut when a machine stopped.
    const fd = openSync(this.#path, APPEND_HERE, 0o644);
    try {
      appendFileSync(fd, `\n${jsonText(entry)}`);
    } finally {
      closeSync(fd);
    }
  }
}

const withPaths = (result: JobResult, change: (path: string) => string): JobResult => ({
  ...result,
  outputs: result.outputs.map((output) => ({ ...output, path: change(output.path) })),
  ...(result.eventsFile && {
    eventsFile: { ...result.eventsFile, path: change(result.eventsFile.path) },
  }),
  ...(result.tables && {
    tables: result.tables.map((file) => ({ ...file, path: change(file.path) })),
  }),
});

/** Options that change outputs or the report. */
type JournalOptions = ConvertOptions & {
  readonly sha256: boolean;
  readonly diagnose?: boolean;
  readonly table?: boolean;
};

/** Hash of the options that change outputs; options of the run itself are omitted. */
function optionsHash(options: JournalOptions): string {
  const relevant = Object.entries(options)
    .filter(
      ([name]) => !['force', 'fsync', 'onProgress', 'protectedFiles', 'signal', 'spoolLimit'].includes(name),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify(relevant, (_name, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value;
  });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function parseEntry(line: string): Entry | undefined {
  if (line === '') return undefined;
  try {
    const entry: unknown = JSON.parse(line);
    return isEntry(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a line has the form of an entry. Its results are not checked: the file is written by this program. */
function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  if (!('formatVersion' in value) || value.formatVersion !== JOURNAL_FORMAT_VERSION) return false;
  if (!('key' in value && 'size' in value && 'changed' in value && 'options' in value && 'result' in value))
    return false;
  if (!('steps' in value) || !Array.isArray(value.steps)) return false;
  const { result } = value;
  if (typeof value.key !== 'string' || typeof result !== 'object' || result === null) return false;
  return (
    'outputs' in result && Array.isArray(result.outputs) && 'status' in result && result.status !== 'failed'
  );
}

/**
 * Links are not followed: a user with write access to the directory must not redirect the append. Windows has no such
 * flag.
 */
const APPEND_HERE = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);

/** Whether an output that is not in the journal, such as one of `etlcap FILE -o`, is newer than its input. */
export function isNewer(job: Job): boolean {
  const output = statsOf(job.target);
  return output?.isFile() === true && output.size > 0n && output.mtimeNs > BigInt(job.changed);
}
