import { basename, dirname, join, relative, sep } from 'node:path';
import {
  Archives,
  entryIdOf,
  hostInfoPaths,
  InputGuard,
  listTraces,
  manifestPaths,
  namedKind,
  outputPath,
} from '../io/index.js';
import type { ConvertOptions } from '../library/index.js';
import { possibleOutputs } from '../library/index.js';
import { ConvertError } from '../passes/index.js';
import { compare, type Found, findFiles } from './find.js';
import type { Job, JobError } from './job.js';

/** One line of a batch: a trace to convert, or the reason why there is none. */
export type Item =
  | { readonly kind: 'job'; readonly input: string; readonly size: number; readonly job: Job }
  | { readonly kind: 'problem'; readonly input: string; readonly size: number; readonly error: JobError }
  /** An archive without a trace; the text lists its contents. */
  | { readonly kind: 'no-trace'; readonly input: string; readonly size: number; readonly reason: string }
  /** Another name of a file that is converted already: a hard link or a link. */
  | { readonly kind: 'duplicate'; readonly input: string; readonly size: number; readonly sameAs: string };

/**
 * Finds the traces and plans the conversion of each.
 *
 * @param names directories, globs and files
 * @returns one item for each trace, in the order of their names
 * @throws ConvertError `usage` if nothing is found, if two traces would have one output, or if an output is an input
 */
export async function planBatch(
  names: readonly string[],
  outputDirectory: string,
  surroundings: Surroundings,
): Promise<Item[]> {
  const planner = new Planner(outputDirectory, surroundings.options.spoolLimit);
  const guard = await guardFor(surroundings.options);
  for (const found of await findFiles(names, outputDirectory)) {
    guard.add(found.path);
    await planner.add(found);
  }
  planner.check(guard, surroundings);
  return [...planner.items].sort((a, b) => compare(a.input, b.input));
}

/** Other files that a batch reads and writes. */
export interface Surroundings {
  readonly options: ConvertOptions;
  /** Reports and journals. */
  readonly otherOutputs: readonly string[];
}

/** Protects the files that the options name. */
export async function guardFor({
  hostInfo = [],
  manifests = [],
  protectedFiles = [],
}: ConvertOptions): Promise<InputGuard> {
  const guard = new InputGuard();
  for (const path of protectedFiles) guard.add(path);
  for (const path of hostInfo) for (const file of await hostInfoPaths(path)) guard.add(file);
  for (const path of manifests) for (const file of await manifestPaths(path)) guard.add(file);
  return guard;
}

/** The items of one file: several traces if it is an archive. Other files are not considered. */
export async function planFile(
  found: Found,
  outputDirectory: string,
  spoolLimit: number | undefined,
): Promise<readonly Item[]> {
  const planner = new Planner(outputDirectory, spoolLimit);
  await planner.add(found);
  return planner.items;
}

class Planner {
  readonly items: Item[] = [];
  readonly #outputDirectory: string;
  readonly #spoolLimit: number | undefined;
  /** Inputs by device and inode. */
  readonly #files = new Map<string, string>();

  constructor(outputDirectory: string, spoolLimit: number | undefined) {
    this.#outputDirectory = outputDirectory;
    this.#spoolLimit = spoolLimit;
  }

  async add({ error, isNamed, path, shape, stats }: Found): Promise<void> {
    if (stats === undefined) {
      this.#problem(path, 0, error ?? new ConvertError('input', `${path}: cannot be read`));
      return;
    }
    const size = Number(stats.size);
    // File systems without inode numbers return 0.
    const identity = stats.ino === 0n ? path : `${stats.dev}/${stats.ino}`;
    const sameAs = this.#files.get(identity);
    if (sameAs !== undefined) {
      this.items.push({ kind: 'duplicate', input: path, size, sameAs });
      return;
    }
    this.#files.set(identity, path);
    const changed = String(stats.mtimeNs);
    const archives = new Archives({ spoolLimit: this.#spoolLimit });
    try {
      for (const trace of await listTraces(archives, path, changed)) {
        const { inside, isEmpty, name: input, problem, steps } = trace;
        if (isEmpty && !isNamed) {
          this.items.push({ kind: 'no-trace', input, size, reason: problem?.message ?? '' });
        } else if (problem !== undefined) {
          this.#problem(input, trace.size, problem);
        } else {
          this.#job({ input, path, steps, size: trace.size, changed }, shape, inside);
        }
      }
    } finally {
      archives.close();
    }
  }

  /** @throws ConvertError `usage` */
  check(guard: InputGuard, { options, otherOutputs }: Surroundings): void {
    if (this.items.length === 0) {
      throw new ConvertError('usage', 'no traces found: .etl, .zip, .cab, .tar, .gz, .tgz, .zst');
    }
    const owners = new Owners();
    for (const item of this.items) {
      if (item.kind !== 'job') continue;
      const { input, target } = item.job;
      const outputs = possibleOutputs(target, options);
      const other = owners.claim(outputs, input);
      if (other !== undefined) {
        throw new ConvertError('usage', `${other} and ${input} would both become ${target}; rename one`);
      }
      for (const output of outputs) guard.check(output);
    }
    for (const output of otherOutputs) {
      guard.check(output);
      const owner = owners.claim([output], output);
      if (owner !== undefined) {
        throw new ConvertError(
          'usage',
          owner === output
            ? `${output}: is named twice; choose another name for each report`
            : `${output}: is an output of ${owner}, too; choose another name for the report`,
        );
      }
    }
  }

  #job(job: Omit<Job, 'target' | 'key'>, shape: string, inside: readonly string[]): void {
    const directory = join(this.#outputDirectory, dirname(shape));
    const name = basename(shape);
    // A name that the user gave may have any ending, which is kept.
    const stem = namedKind(name)?.stem ?? name;
    const target =
      inside.length === 0
        ? join(directory, `${stem}.pcapng`)
        : outputPath(directory, [stem, ...inside], '.pcapng');
    const key = relative(this.#outputDirectory, target).split(sep).join('/');
    this.items.push({ kind: 'job', input: job.input, size: job.size, job: { ...job, target, key } });
  }

  #problem(input: string, size: number, { code, message }: ConvertError): void {
    this.items.push({
      kind: 'problem',
      input,
      size,
      error: { code: code === 'aborted' ? 'input' : code, message },
    });
  }
}

/** Which input has which output. */
class Owners {
  readonly #owners = new Map<string, string>();
  readonly #directories = new Map<string, string>();

  /** @returns who has one of the outputs already */
  claim(outputs: readonly string[], owner: string): string | undefined {
    for (const output of outputs) {
      const entry = entryIdOf(output, this.#directories);
      const key = isCaseBlind ? entry.toLowerCase() : entry;
      const other = this.#owners.get(key);
      if (other !== undefined) return other;
      this.#owners.set(key, owner);
    }
    return undefined;
  }
}

/** macOS and Windows treat `A.pcapng` and `a.pcapng` as one file. */
const isCaseBlind = process.platform === 'win32' || process.platform === 'darwin';
