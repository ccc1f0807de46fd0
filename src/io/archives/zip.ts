import { pipeline, Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { ConvertError } from '../../passes/index.js';
import { systemReason } from '../system-errors.js';
import { type Archive, type ArchiveBytes, type ArchiveMember, fileStream } from './archive.js';

/** Entries that are looked at; a zip of traces has some hundreds at most. */
const MAX_ENTRIES = 100_000;
/** APPNOTE.TXT 4.3.7: bytes of a local file header without name and extra field. */
const LOCAL_HEADER_SIZE = 30;
/** Characters of a name that are kept. */
const MAX_NAME = 1024;

const METHODS: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'zstd',
  95: 'xz',
  98: 'PPMd',
};

/** A zip file: its list of entries is read once. */
export class ZipArchive implements Archive {
  readonly members: readonly ArchiveMember[];
  readonly problem?: ConvertError;
  readonly isRandomAccess = true;
  readonly #name: string;
  readonly #bytes: ArchiveBytes;
  readonly #zip: ZipFile;
  readonly #entries: readonly Entry[];

  private constructor(
    name: string,
    bytes: ArchiveBytes,
    zip: ZipFile,
    entries: readonly Entry[],
    members: readonly ArchiveMember[],
    problem: ConvertError | undefined,
  ) {
    this.#name = name;
    this.#bytes = bytes;
    this.#zip = zip;
    this.#entries = entries;
    this.members = members;
    if (problem !== undefined) this.problem = problem;
  }

  /** @throws ConvertError `input` */
  static async open(name: string, bytes: ArchiveBytes): Promise<ZipArchive> {
    const { fromFdPromise, getFileNameLowLevel } = await import('yauzl');
    let zip: ZipFile;
    try {
      // Names and sizes are checked here, member by member: one that is wrong must not hide the others.
      zip = await fromFdPromise(bytes.descriptor, {
        autoClose: false,
        decodeStrings: false,
        validateEntrySizes: false,
      });
    } catch (error) {
      throw zipError(name, error);
    }
    if (zip.entryCount > MAX_ENTRIES) {
      throw new ConvertError('input', `${name}: ${zip.entryCount} entries; ${MAX_ENTRIES} at most are read`);
    }
    const entries: Entry[] = [];
    let problem: ConvertError | undefined;
    try {
      for await (const entry of zip.eachEntry()) entries.push(entry);
    } catch (error) {
      problem = zipError(name, error);
    }
    assertApart(name, entries);
    const members = entries.flatMap((entry, position): ArchiveMember[] => {
      const { extraFields, fileNameRaw, generalPurposeBitFlag, uncompressedSize } = entry;
      const path = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
      if (path.endsWith('/')) return [];
      const unreadable = reasonNotToRead(entry);
      return [
        {
          name: path.slice(0, MAX_NAME),
          size: uncompressedSize,
          position,
          ...(unreadable !== undefined && { unreadable }),
        },
      ];
    });
    return new ZipArchive(name, bytes, zip, entries, members, problem);
  }

  async read(position: number): Promise<{ stream: Readable; compressed: number }> {
    const entry = this.#entries[position];
    if (entry === undefined)
      throw new ConvertError('input', `${this.#name}: has changed since it was listed`);
    try {
      // yauzl's own streams end the process if they are destroyed during a read.
      const { fileDataStart } = await this.#zip.readLocalFileHeaderPromise(entry, { minimal: true });
      const stored = fileStream(this.#bytes, fileDataStart, entry.compressedSize);
      const bytes = entry.compressionMethod === 0 ? stored : inflated(stored);
      const name = `${this.#name}#${entry.fileNameRaw.toString()}`;
      return {
        stream: Readable.from(verified(name, bytes, entry), { objectMode: false }),
        compressed: entry.compressedSize,
      };
    } catch (error) {
      throw zipError(this.#name, error);
    }
  }
}

/** The decoder's reader receives the errors of both. */
function inflated(stored: Readable): Readable {
  const decoder = zlib.createInflateRaw();
  pipeline(stored, decoder, () => undefined);
  return decoder;
}

/** A member's bytes, with size and checksum compared at the end. Node has crc32 from 20.15 on. */
async function* verified(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  { crc32, uncompressedSize }: Entry,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasSum = 'crc32' in zlib && typeof zlib.crc32 === 'function';
  let sum = 0;
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > uncompressedSize) break;
    if ('crc32' in zlib && typeof zlib.crc32 === 'function') sum = Number(zlib.crc32(chunk, sum));
    yield chunk;
  }
  if (size === uncompressedSize && (!hasSum || sum === crc32)) return;
  const what =
    size === uncompressedSize
      ? 'its checksum differs'
      : `it has ${size > uncompressedSize ? 'more' : 'fewer'} than ${uncompressedSize} bytes`;
  throw new ConvertError('input', `${name}: damaged in the zip file: ${what}; copy it again`);
}

function reasonNotToRead(entry: Entry): string | undefined {
  if (entry.isEncrypted()) return 'is encrypted; unpack the zip with its password first (7z x)';
  if (entry.canDecodeFileData()) return undefined;
  const method = METHODS[entry.compressionMethod] ?? `method ${entry.compressionMethod}`;
  return `is compressed with ${method}, which is not read; unpack the zip first (7z x)`;
}

/**
 * Entries that share bytes are how a small zip becomes a large one; no honest program writes such.
 *
 * @throws ConvertError `input`
 */
function assertApart(name: string, entries: readonly Entry[]): void {
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const [at, { compressedSize, fileNameLength, relativeOffsetOfLocalHeader }] of inOrder.entries()) {
    const end = relativeOffsetOfLocalHeader + LOCAL_HEADER_SIZE + fileNameLength + compressedSize;
    const next = inOrder[at + 1]?.relativeOffsetOfLocalHeader;
    if (next !== undefined && end > next) {
      throw new ConvertError(
        'input',
        `${name}: not a usable zip file: members overlap at offset ${next}; made to exhaust memory, or damaged`,
      );
    }
  }
}

/** yauzl's text about contradicting sizes and cut files, with the file's name. */
function zipError(name: string, error: unknown): ConvertError {
  if (error instanceof ConvertError) return error;
  return new ConvertError('input', `${name}: not a usable zip file: ${systemReason(error)}`, {
    cause: error,
  });
}
