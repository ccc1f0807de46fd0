import { type BigIntStats, read } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { ConvertError } from '../../passes/index.js';
import { systemReason } from '../system-errors.js';
import { expansionLimit } from './archive-limit.js';
import type { ContainerKind } from './format.js';
import { nameInside } from './names.js';

/** A file in an archive. */
export interface ArchiveMember {
  readonly name: string;
  /** Expanded size according to the archive, for planning; not reliable. */
  readonly size: number;
  /** Its position among the members: two may have the same name. */
  readonly position: number;
  /** The reason why it cannot be read, and a remedy. */
  readonly unreadable?: string;
}

/** A file with members. It reads from a descriptor that belongs to the caller. */
export interface Archive {
  readonly members: readonly ArchiveMember[];
  /** Where the list of members is not complete: why. */
  readonly problem?: ConvertError;
  /** Whether the first bytes of a member can be read without the data before it. */
  readonly isRandomAccess: boolean;
  /**
   * The expanded bytes of a member.
   *
   * @returns `compressed`: an upper limit of its bytes in the archive
   * @throws ConvertError `input`; the stream may end with one too
   */
  read(position: number): Promise<{ stream: Readable; compressed: number }>;
}

/** An archive's bytes: an open file, and its size. */
export interface ArchiveBytes {
  readonly descriptor: number;
  readonly size: number;
}

/**
 * Reads the list of an archive's members.
 *
 * @param name for messages
 * @throws ConvertError `input`
 */
export async function openArchive(name: string, bytes: ArchiveBytes, kind: ContainerKind): Promise<Archive> {
  switch (kind) {
    case 'zip':
      return (await import('./zip.js')).ZipArchive.open(name, bytes);
    case 'cab':
      return new (await import('./cab.js')).CabArchive(name, bytes);
    case 'tar':
      return (await import('./tar.js')).TarArchive.open(name, bytes);
    case 'gzip':
    case 'zstd':
      return new CompressedFile(name, bytes, kind);
  }
}

/** A compressed file, as an archive of one member. */
class CompressedFile implements Archive {
  readonly members: readonly ArchiveMember[];
  readonly isRandomAccess = false;
  readonly #name: string;
  readonly #bytes: ArchiveBytes;
  readonly #kind: 'gzip' | 'zstd';

  constructor(name: string, bytes: ArchiveBytes, kind: 'gzip' | 'zstd') {
    this.#name = name;
    this.#bytes = bytes;
    this.#kind = kind;
    this.members = [{ name: nameInside(name), size: bytes.size, position: 0 }];
  }

  async read(): Promise<{ stream: Readable; compressed: number }> {
    const decoder = this.#kind === 'gzip' ? zlib.createGunzip() : zstdDecoder(this.#name);
    const stream = fileStream(this.#bytes);
    // The decoder's reader receives the errors of both.
    pipeline(stream, decoder, () => undefined);
    return { stream: Readable.from(decoder, { objectMode: false }), compressed: this.#bytes.size };
  }
}

/** Bytes that are read at a time. */
const READ_BYTES = 64 * 1024;
const readAt = promisify(read);

/** A part of an open file as a stream; the file stays open. (A stream of node:fs closes it when it is destroyed.) */
export const fileStream = (bytes: ArchiveBytes, start = 0, length = bytes.size): Readable =>
  Readable.from(chunksOf(bytes, start, length), { objectMode: false });

async function* chunksOf(
  { descriptor }: ArchiveBytes,
  start: number,
  length: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const end = start + length;
  for (let at = start; at < end; ) {
    const chunk = Buffer.allocUnsafe(Math.min(READ_BYTES, end - at));
    const { bytesRead } = await readAt(descriptor, chunk, 0, chunk.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

/**
 * The file system's facts about a file that can be opened without blocking: opening a named pipe would wait for its
 * writer.
 *
 * @throws ConvertError `input`
 */
export async function regularFile(path: string): Promise<BigIntStats> {
  let stats: BigIntStats;
  try {
    stats = await stat(path, { bigint: true });
  } catch (error) {
    throw new ConvertError('input', `${path}: ${systemReason(error)}`, { cause: error });
  }
  if (!stats.isFile()) throw new ConvertError('input', `${path}: not a regular file`);
  return stats;
}

/**
 * The expanded bytes of a member, never more than a compressed trace can have. On failure the stream ends with a
 * ConvertError `input`.
 *
 * @param name for messages
 * @param limit bytes, expanded
 */
export function expandedStream(
  name: string,
  { compressed, stream }: { stream: Readable; compressed: number },
  limit: number,
): Readable {
  const bounded = expansionLimit(name, compressed, limit);
  // An error destroys all stages; the last one's reader receives it.
  pipeline(stream, bounded, () => undefined);
  return Readable.from(withWordedErrors(name, bounded), { objectMode: false });
}

async function* withWordedErrors(
  name: string,
  stream: Readable,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    throw expansionError(name, error);
  }
}

/** An error of a file system or of zlib, which has a code and no text for it, with the name of the file. */
export function expansionError(name: string, error: unknown): ConvertError {
  if (error instanceof ConvertError) return error;
  const isZlib = error instanceof Error && 'errno' in error && 'code' in error && !('syscall' in error);
  const reason = isZlib ? error.message : systemReason(error);
  return new ConvertError('input', `${name}: cannot be expanded: ${reason}`, { cause: error });
}

/** Node has zstd from 22.15 and 23.8 on. */
function zstdDecoder(path: string): NodeJS.ReadWriteStream {
  if ('createZstdDecompress' in zlib && typeof zlib.createZstdDecompress === 'function') {
    const decoder: NodeJS.ReadWriteStream = zlib.createZstdDecompress();
    return decoder;
  }
  throw new ConvertError(
    'input',
    `${path}: Node ${process.versions.node} cannot expand zstd (22.15 and later can): zstd -d first`,
  );
}
