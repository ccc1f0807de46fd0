import { addAbortSignal, type Readable } from 'node:stream';
import type { ByteSource } from '../../etl/index.js';
import type { OpenInput } from '../../passes/index.js';
import { ConvertError } from '../../passes/index.js';
import { FileSource } from '../file-source.js';
import { openFile, SPOOL_LIMIT, spool } from '../input.js';
import { type Archive, expandedStream, openArchive } from './archive.js';
import { type ContainerKind, type Format, formatOf, HEAD_BYTES } from './format.js';
import { type NamedKind, namedKind } from './names.js';

/** Limit of nested archives and compressed files: `.tar.gz` in `.tar.gz` is four. */
export const MAX_STEPS = 8;

/** An archive that is open. */
export interface OpenedArchive {
  /** The path, or `path#member`. */
  readonly name: string;
  readonly archive: Archive;
  readonly kind: ContainerKind;
  /** Bytes of the smallest file that contains it: they limit the expanded size. */
  readonly compressed: number;
  /** Bytes of the archive itself. */
  readonly size: number;
}

export interface ArchivesOptions {
  /** Bytes that a member may have. */
  readonly spoolLimit?: number | undefined;
  /** Ends an extraction. */
  readonly signal?: AbortSignal | undefined;
}

interface Extracted {
  readonly name: string;
  readonly input: OpenInput;
  readonly compressed: number;
}

/**
 * Archives, in files and in one another, and their members. A member is extracted into a temporary file; some archives
 * stay open, since members are mostly read one after the other.
 */
export class Archives {
  readonly #limit: number;
  readonly #signal: AbortSignal | undefined;
  readonly #open = new Map<string, OpenedArchive & { close(): void }>();
  readonly #held = new Map<string, OpenInput>();

  constructor({ signal, spoolLimit = SPOOL_LIMIT }: ArchivesOptions = {}) {
    this.#limit = spoolLimit;
    this.#signal = signal;
  }

  /**
   * Opens an archive, unless it is open. It may be closed when another one is opened.
   *
   * @param version changes with the file
   * @param steps positions of the members that lead to it
   * @param limit of its bytes, if it is a member
   * @throws ConvertError `input`, or `output` if a temporary file cannot be written
   */
  async archive(
    path: string,
    version: string,
    steps: readonly number[],
    limit = this.#limit,
  ): Promise<OpenedArchive> {
    const key = JSON.stringify([path, version, ...steps]);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const { compressed, input, name } = await this.#extract(path, version, steps, limit);
    try {
      const { source } = input;
      if (!(source instanceof FileSource)) throw new Error('an archive is read from a file');
      const kind = containerOf(formatOf(headOf(input.source)), namedKind(name)?.kind);
      if (kind === undefined) throw new ConvertError('input', `${name}: has changed since it was listed`);
      const archive = await openArchive(name, source, kind);
      this.#makeRoom();
      const opened = {
        name,
        archive,
        kind,
        compressed,
        size: source.size,
        close: () => input.close(),
      };
      this.#open.set(key, opened);
      return opened;
    } catch (error) {
      input.close();
      throw error;
    }
  }

  /**
   * Extracts a member, or opens the file itself.
   *
   * @param steps positions of the members that lead to it; empty: the file itself
   * @param wrap transforms the stream of its bytes
   * @throws ConvertError `input` or `output`
   */
  async extract(
    path: string,
    version: string,
    steps: readonly number[],
    wrap?: (bytes: Readable) => Readable,
  ): Promise<OpenInput> {
    return (await this.#extract(path, version, steps, this.#limit, wrap)).input;
  }

  /** Uses this open input for its name, and closes it at the end: a pipe can be read only once. */
  hold(input: OpenInput): void {
    this.#held.set(input.name, input);
  }

  close(): void {
    for (const { close } of this.#open.values()) close();
    this.#open.clear();
    for (const input of this.#held.values()) input.close();
    this.#held.clear();
  }

  async #extract(
    path: string,
    version: string,
    steps: readonly number[],
    limit: number,
    wrap: (bytes: Readable) => Readable = (bytes) => bytes,
  ): Promise<Extracted> {
    const position = steps.at(-1);
    if (position === undefined) {
      const held = this.#held.get(path);
      const input = held === undefined ? await openFile(path) : { ...held, close: () => undefined };
      return { name: path, input, compressed: input.source.size };
    }
    const parent = await this.archive(path, version, steps.slice(0, -1));
    const name = memberName(parent, position);
    const read = await parent.archive.read(position);
    const compressed = Math.min(parent.compressed, read.compressed);
    const bytes = wrap(expandedStream(name, { ...read, compressed }, Math.min(limit, this.#limit)));
    const stream = this.#signal === undefined ? bytes : addAbortSignal(this.#signal, bytes);
    return { name, input: await spool(stream, name, limit), compressed };
  }

  #makeRoom(): void {
    for (const [key, { close }] of this.#open) {
      if (this.#open.size < MAX_STEPS) return;
      close();
      this.#open.delete(key);
    }
  }
}

/** The name of a member in messages and reports. The content of a compressed file has the file's name. */
export function memberName({ archive, kind, name }: OpenedArchive, position: number): string {
  if (isCompression(kind)) return name;
  const member = archive.members.find((each) => each.position === position);
  return `${name}#${member?.name ?? ''}`;
}

/** Whether it is the compression of one file, not an archive of several. */
export const isCompression = (kind: ContainerKind): boolean => kind === 'gzip' || kind === 'zstd';

/** The kind of archive of a file, by its bytes, otherwise by its name. */
export function containerOf(
  format: Format | undefined,
  named: NamedKind | undefined,
): ContainerKind | undefined {
  if (format !== undefined) return format.kind === 'container' ? format.container : undefined;
  return named === 'trace' || named === 'unreadable' ? undefined : named;
}

/** The first bytes of an open file. */
export function headOf(source: ByteSource): Uint8Array {
  const head = new Uint8Array(Math.min(HEAD_BYTES, source.size));
  return head.subarray(0, source.read(0, head));
}

/** The first bytes of a stream, which is not read further. */
export async function headOfStream(stream: Readable): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('the stream returns text, not bytes');
    const part = chunk.subarray(0, HEAD_BYTES - size);
    head.set(part, size);
    size += part.length;
    if (size === HEAD_BYTES) break;
  }
  return head.subarray(0, size);
}
