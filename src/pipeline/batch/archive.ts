import { type BigIntStats, createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { ConvertError, systemReason } from '../errors.js';
import { expansionLimit } from './archive-limit.js';
import { CabArchive } from './cab.js';
import { ZipArchive } from './zip.js';

/** How a trace is wrapped, by the end of its name. */
export type Wrapping = 'etl' | 'gzip' | 'zstd' | 'zip' | 'cab';

const ENDINGS: readonly (readonly [ending: string, wrapping: Wrapping])[] = [
  ['.etl', 'etl'],
  ['.etl.gz', 'gzip'],
  ['.etl.zst', 'zstd'],
  ['.zip', 'zip'],
  ['.cab', 'cab'],
];

/** The wrapping that a name tells, and the name without it; undefined for names that traces do not have. */
export function wrappingOf(name: string): { wrapping: Wrapping; stem: string } | undefined {
  const lower = name.toLowerCase();
  for (const [ending, wrapping] of ENDINGS) {
    // A file that is called `.etl` has no stem.
    if (lower.endsWith(ending) && name.length > ending.length) {
      return { wrapping, stem: name.slice(0, -ending.length) };
    }
  }
  return undefined;
}

/** A trace in an archive. */
export interface ArchiveMember {
  readonly name: string;
  /** Bytes once expanded, as the archive says: good for planning, not to be trusted. */
  readonly size: number;
  /** Its place among the members: names may stand twice. */
  readonly place: number;
}

/** A file that holds several traces, open. */
export interface Archive {
  readonly members: readonly ArchiveMember[];
  /**
   * The bytes of a member, expanded.
   *
   * @throws ConvertError `input`; the stream may end with one too
   */
  read(place: number): Promise<{ stream: Readable; compressed: number }>;
  close(): void;
}

const isTrace = (name: string): boolean => wrappingOf(name)?.wrapping === 'etl';

/** @throws ConvertError `input` */
export async function openArchive(path: string, wrapping: 'zip' | 'cab'): Promise<Archive> {
  return wrapping === 'zip' ? ZipArchive.open(path, isTrace) : new CabArchive(path, isTrace);
}

/**
 * What the file system says about a file that can be opened without waiting: a named pipe would wait for its writer for
 * ever.
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
  if (!stats.isFile())
    throw new ConvertError('input', `${path}: not a regular file; give a file or a directory`);
  return stats;
}

/**
 * The expanded bytes of a wrapped trace, never more than a compressed trace can have. The stream ends with a ConvertError
 * `input` where they cannot be had.
 *
 * @param name what messages call it
 * @param limit bytes, expanded
 */
export function expandedStream(
  name: string,
  { compressed, stream }: { stream: Readable; compressed: number },
  decoder: NodeJS.ReadWriteStream | undefined,
  limit: number,
): Readable {
  const bounded = expansionLimit(name, compressed, limit);
  // An error destroys all stages, the last one too: whoever reads it is told.
  const told = (): void => undefined;
  if (decoder === undefined) pipeline(stream, bounded, told);
  else pipeline(stream, decoder, bounded, told);
  return Readable.from(withWordedErrors(name, bounded), { objectMode: false });
}

async function* withWordedErrors(
  name: string,
  stream: Readable,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* stream;
  } catch (error) {
    if (error instanceof ConvertError) throw error;
    const isZlib = error instanceof Error && 'errno' in error && 'code' in error && !('syscall' in error);
    const reason = isZlib ? error.message : systemReason(error);
    throw new ConvertError('input', `${name}: cannot be expanded: ${reason}`, { cause: error });
  }
}

/** @throws ConvertError `input` where this Node cannot expand it */
export async function compressedFile(
  path: string,
  wrapping: 'gzip' | 'zstd',
  limit: number,
): Promise<Readable> {
  const { size } = await regularFile(path);
  const decoder = wrapping === 'gzip' ? zlib.createGunzip() : zstdDecoder(path);
  return expandedStream(path, { stream: createReadStream(path), compressed: Number(size) }, decoder, limit);
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
