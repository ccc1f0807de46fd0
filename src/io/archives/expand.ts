import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import type { OpenInput } from '../../passes/index.js';
import { ConvertError } from '../../passes/index.js';
import { statsOf } from '../file-identity.js';
import { openFile, originOf, spool } from '../input.js';
import { systemReason } from '../system-errors.js';
import { type ArchiveMember, expansionError } from './archive.js';
import { mostExpanded } from './archive-limit.js';
import {
  Archives,
  type ArchivesOptions,
  containerOf,
  headOf,
  headOfStream,
  isCompression,
  MAX_STEPS,
  memberName,
  type OpenedArchive,
} from './archives.js';
import { assertTrace, foreignError } from './foreign.js';
import { formatOf } from './format.js';
import { hostFilesBeside } from './host-files.js';
import { lastPart, namedKind } from './names.js';
import { DistinctNames, safePart, safeParts } from './output-path.js';

/** Archives in archives: support tools nest two or three. Compression of one file, as in `.tar.gz`, does not count. */
const MAX_NESTING = 4;
/** Files that are looked at in an archive and all archives in it. */
const MAX_FILES = 100_000;
/** Archives that are opened below one file. */
const MAX_ARCHIVES = 1000;
/** A member of a cabinet is expanded from its folder's start: more members than this would make that quadratic. */
const MAX_CAB_MEMBERS = 64;
/** Names of other files that a message has. */
const NAMED_FILES = 3;

/** Where a trace is, and where its outputs go. */
export interface TraceOrigin {
  /**
   * The path; of a member of an archive `path#member`, in an archive in it `path#archive#member`; with ` (2)` for the second
   * of the same name.
   */
  readonly name: string;
  readonly path: string;
  /** Changes with the file. */
  readonly version: string;
  /** The members that lead to it, by their positions; empty: the file itself. */
  readonly steps: readonly number[];
  /**
   * Names for its outputs, below a directory for the archive; distinct there, without regard to case, and safe. Empty: it is
   * the only one that the file can hold.
   */
  readonly inside: readonly string[];
  /** Bytes; for a member its expanded size according to the archive. */
  readonly size: number;
  /** Why it cannot be read. */
  readonly problem?: ConvertError;
  /** The file has no trace; see {@link problem}. */
  readonly isEmpty?: true;
}

/** A trace of a path: the file itself, or a member of an archive. */
export class TraceInput {
  /** See {@link TraceOrigin.name}. */
  readonly name: string;
  readonly origin: TraceOrigin;
  readonly #archives: Archives;

  constructor(origin: TraceOrigin, archives: Archives) {
    this.name = origin.name;
    this.origin = origin;
    this.#archives = archives;
  }

  /** The reason why it cannot be opened; undefined if none is known. */
  get problem(): ConvertError | undefined {
    return this.origin.problem;
  }

  /** Whether it is in an archive with others, not the input itself. */
  get isMember(): boolean {
    return this.origin.steps.length > 0 && this.name !== this.origin.path;
  }

  /**
   * Opens the trace; a member of an archive is extracted into a temporary file.
   *
   * @throws ConvertError `input` or `output`
   */
  open(): Promise<OpenInput> {
    return openTraceAt(this.#archives, this.origin);
  }
}

/**
 * Opens a trace.
 *
 * @param wrap transforms the stream of its bytes, if it is a member of an archive
 * @throws ConvertError `input` or `output`
 */
export async function openTraceAt(
  archives: Archives,
  origin: Pick<TraceOrigin, 'name' | 'path' | 'problem' | 'steps' | 'version'>,
  wrap?: (bytes: Readable) => Readable,
): Promise<OpenInput> {
  if (origin.problem !== undefined) throw origin.problem;
  const { path, steps, version } = origin;
  const input = { path, ...(await archives.extract(path, version, steps, wrap)), name: origin.name };
  try {
    assertTrace(input);
    if (steps.length === 0) return input;
    const hostFiles = await hostFilesBeside(archives, path, version, steps);
    return hostFiles.length === 0 ? input : { ...input, hostFiles };
  } catch (error) {
    input.close();
    throw error;
  }
}

/**
 * Inputs of one run: archives among them are opened when a trace in them is, and closed at the end.
 */
export class Inputs {
  readonly #options: ArchivesOptions;
  readonly #archives: Archives;

  constructor(options: ArchivesOptions = {}) {
    this.#options = options;
    this.#archives = new Archives(options);
  }

  /**
   * The traces of an input: the file itself, or, if it is an archive, the traces in it, at most four archives deep.
   * Other files in an archive are ignored. Files that cannot be read, and archives without a trace, are included: their
   * `open` fails with the reason.
   *
   * @param input a path, or a stream, which is spooled into a temporary file; zip, cab, tar and gzip are read, zstd
   *   from Node.js 22.15 on
   * @returns at least one; never fails
   */
  async list(input: string | Readable): Promise<readonly TraceInput[]> {
    const origins = await this.#origins(input);
    return origins.map((origin) => new TraceInput(origin, this.#archives));
  }

  /** Call it when no more traces are opened. */
  close(): void {
    this.#archives.close();
  }

  async #origins(input: string | Readable): Promise<readonly TraceOrigin[]> {
    if (typeof input === 'string' && !isPipe(input)) return listTraces(this.#archives, input);
    // Input that can be read only once is spooled into a temporary file.
    const { signal, spoolLimit } = this.#options;
    const name = typeof input === 'string' ? input : 'standard input';
    const stream = typeof input === 'string' ? createReadStream(input) : input;
    try {
      const tied = signal === undefined ? stream : addAbortSignal(signal, stream);
      const held = { ...(await spool(tied, name, spoolLimit)), ...originOf(input) };
      this.#archives.hold(held);
      return await listOpened(this.#archives, held);
    } catch (error) {
      const itself = { name, path: name, version: '', steps: [], inside: [], size: 0 };
      return [{ ...itself, problem: asProblem(name, error) }];
    }
  }
}

/**
 * The traces of inputs, one after the other; see {@link Inputs.list}.
 *
 * @param inputs paths or streams
 * @returns traces that can be opened until the next one is requested
 */
export async function* expandInputs(
  inputs: readonly (string | Readable)[],
  options: ArchivesOptions = {},
): AsyncGenerator<TraceInput, void, undefined> {
  const all = new Inputs(options);
  try {
    for (const input of inputs) yield* await all.list(input);
  } finally {
    all.close();
  }
}

function isPipe(path: string): boolean {
  // A file that cannot be examined fails when it is opened, with the reason.
  const stats = statsOf(path);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

/**
 * The traces of a path, see {@link expandInputs}.
 *
 * @param version changes with the file
 * @returns at least one; never fails
 */
export async function listTraces(
  archives: Archives,
  path: string,
  version = '',
): Promise<readonly TraceOrigin[]> {
  const itself = { name: path, path, version, steps: [], inside: [], size: 0 } as const;
  try {
    // A pipe can be read only once, when it is opened.
    if (!statSync(path).isFile()) return [itself];
    const input = await openFile(path);
    try {
      return await listOpened(archives, input, version);
    } finally {
      input.close();
    }
  } catch (error) {
    return [{ ...itself, problem: asProblem(path, error) }];
  }
}

/** {@link listTraces} of a file that is open. `archives` find it by its name. */
export async function listOpened(
  archives: Archives,
  input: OpenInput,
  version = '',
): Promise<readonly TraceOrigin[]> {
  const { name } = input;
  const { size } = input.source;
  const itself = { name, path: name, version, steps: [], inside: [], size } as const;
  try {
    const format = formatOf(headOf(input.source));
    if (containerOf(format, namedKind(basename(name))?.kind) === undefined) {
      const problem = foreignError(name, format);
      return [{ ...itself, ...(problem !== undefined && { problem }) }];
    }
    const listing = new Listing(archives, name, version, mostExpanded(size));
    const found = await listing.all();
    if (found.length > 0) return found;
    return [{ ...itself, problem: noTrace(name, listing), isEmpty: true }];
  } catch (error) {
    return [{ ...itself, problem: asProblem(name, error) }];
  }
}

/** The whole file is rejected: its contents would need more time or space than traces do. */
class TooMuch extends ConvertError {}

/** An archive that contains the current one. */
interface Level {
  readonly steps: readonly number[];
  /** Names of directories for the outputs. */
  readonly inside: readonly string[];
  /** Archives so far, without compression of one file. */
  readonly nesting: number;
}

type Member = Pick<TraceOrigin, 'name' | 'size' | 'steps'>;

/** One search of a file and all archives in it. */
class Listing {
  /** Names of files that are no traces: the first ones. */
  readonly others: string[] = [];
  otherCount = 0;
  readonly #archives: Archives;
  readonly #path: string;
  readonly #version: string;
  /** Bytes that archives in it may still expand to. */
  #budget: number;
  readonly #found: TraceOrigin[] = [];
  readonly #names = new Set<string>();
  readonly #outputs = new DistinctNames();
  #files = 0;
  #opened = 0;

  constructor(archives: Archives, path: string, version: string, budget: number) {
    this.#archives = archives;
    this.#path = path;
    this.#version = version;
    this.#budget = budget;
  }

  /** @throws ConvertError where the file cannot be read at all */
  async all(): Promise<readonly TraceOrigin[]> {
    try {
      await this.#look({ steps: [], inside: [], nesting: 0 });
    } catch (error) {
      if (!(error instanceof TooMuch) || this.#found.length === 0) throw error;
      this.#addProblem({ name: this.#path, steps: [], size: 0 }, error);
    }
    return this.#found;
  }

  async #look({ inside, nesting, steps }: Level): Promise<void> {
    const opened = await this.#open(steps);
    const { archive, kind, name } = opened;
    const level = { steps, inside, nesting: isCompression(kind) ? nesting : nesting + 1 };
    if (level.nesting > MAX_NESTING) {
      throw new ConvertError(
        'input',
        `${name}: archives nested more than ${MAX_NESTING} deep; unpack it first`,
      );
    }
    this.#count(archive.members.length, name);
    if (kind === 'cab' && archive.members.filter(isNamed).length > MAX_CAB_MEMBERS) {
      throw new ConvertError('input', `${name}: more than ${MAX_CAB_MEMBERS} traces; unpack it first`);
    }
    for (const member of archive.members) {
      // Archives in it may have closed it meanwhile.
      await this.#lookAt(member, await this.#archives.archive(this.#path, this.#version, steps), level);
    }
    if (archive.problem !== undefined) this.#addProblem({ name, steps, size: 0 }, archive.problem);
  }

  async #open(steps: readonly number[]): Promise<OpenedArchive> {
    if (steps.length === 0) return this.#archives.archive(this.#path, this.#version, steps);
    const opened = await this.#archives.archive(this.#path, this.#version, steps, Math.max(0, this.#budget));
    this.#budget -= opened.size;
    return opened;
  }

  async #lookAt(member: ArchiveMember, parent: OpenedArchive, level: Level): Promise<void> {
    const { archive, kind } = parent;
    const isOnly = isCompression(kind);
    const name = memberName(parent, member.position);
    const found = { name, steps: [...level.steps, member.position], size: member.size };
    const last = lastPart(member.name);
    // AppleDouble: macOS adds such a file for each file of an archive.
    if (last.startsWith('._')) return;
    const named = namedKind(last);
    if (named === undefined && !isOnly && !archive.isRandomAccess) {
      this.#addOther(last);
      return;
    }
    try {
      if (member.unreadable !== undefined) throw new ConvertError('input', `${name}: ${member.unreadable}`);
      const format = formatOf(await headOfStream((await archive.read(member.position)).stream));
      const inner = containerOf(format, named?.kind);
      const isTrace = format?.kind === 'trace' || (format === undefined && named?.kind === 'trace');
      if (!isTrace && named === undefined && !(isOnly && inner !== undefined)) {
        this.#addOther(last);
        return;
      }
      const inside = isOnly ? level.inside : this.#insideOf(member.name, named?.stem, level, name);
      if (isTrace) this.#addTrace(found, inside);
      else if (inner !== undefined) await this.#look({ ...level, steps: deeper(found.steps, name), inside });
      else throw foreignError(name, format) ?? unknownError(name);
    } catch (error) {
      if (error instanceof TooMuch) throw error;
      if (named === undefined && !isOnly) this.#addOther(last);
      else this.#addProblem(found, expansionError(name, error));
    }
  }

  /** @throws ConvertError `input` where the name leads out of its directory */
  #insideOf(path: string, stem: string | undefined, { inside }: Level, name: string): readonly string[] {
    const parts = safeParts(path);
    if (parts === undefined) {
      throw new ConvertError(
        'input',
        `${name}: the member would be written outside its directory; rename it`,
      );
    }
    return [
      ...inside,
      ...parts.slice(0, -1),
      stem === undefined ? (parts.at(-1) ?? safePart('')) : safePart(stem),
    ];
  }

  #addTrace(found: Member, inside: readonly string[]): void {
    this.#add(found, { inside: inside.length === 0 ? inside : this.#outputs.distinct(inside) });
  }

  #addProblem(found: Member, problem: ConvertError): void {
    this.#add(found, { inside: [], problem });
  }

  #add(found: Member, more: Pick<TraceOrigin, 'inside' | 'problem'>): void {
    let { name } = found;
    for (let number = 2; this.#names.has(name); number++) name = `${found.name} (${number})`;
    this.#names.add(name);
    this.#found.push({ ...found, ...more, name, path: this.#path, version: this.#version });
  }

  #addOther(name: string): void {
    this.otherCount += 1;
    if (this.others.length < NAMED_FILES) this.others.push(name);
  }

  /** @throws TooMuch */
  #count(files: number, name: string): void {
    this.#files += files;
    this.#opened += 1;
    if (this.#files > MAX_FILES || this.#opened > MAX_ARCHIVES || this.#budget < 0) {
      throw new TooMuch(
        'input',
        `${name}: more nested archives than captures have (${MAX_FILES} files, ${MAX_ARCHIVES} archives); ` +
          'unpack it by hand if the source is trusted',
      );
    }
  }
}

const isNamed = ({ name }: ArchiveMember): boolean => namedKind(lastPart(name)) !== undefined;

/** @throws ConvertError `input` */
function deeper(steps: readonly number[], name: string): readonly number[] {
  if (steps.length < MAX_STEPS) return steps;
  throw new ConvertError(
    'input',
    `${name}: compressed files nested more than ${MAX_STEPS} deep; unpack it first`,
  );
}

const unknownError = (name: string): ConvertError =>
  new ConvertError(
    'input',
    `${name}: neither an ETL trace nor an archive that is read; was it copied whole?`,
  );

const asProblem = (name: string, error: unknown): ConvertError =>
  error instanceof ConvertError
    ? error
    : new ConvertError('input', `${name}: ${systemReason(error)}`, { cause: error });

function noTrace(path: string, { otherCount, others }: Listing): ConvertError {
  if (otherCount === 0) return new ConvertError('input', `${path}: contains no trace: it is empty`);
  const files = otherCount === 1 ? '1 file' : `${otherCount} files`;
  const more = otherCount > others.length ? ', …' : '';
  return new ConvertError(
    'input',
    `${path}: contains no trace: ${files}: ${others.join(', ')}${more}; traces end in .etl`,
  );
}
