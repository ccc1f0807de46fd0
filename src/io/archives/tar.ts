import type { Readable } from 'node:stream';
import type { Header } from 'tar-stream';
import { ConvertError } from '../../passes/index.js';
import { systemReason } from '../system-errors.js';
import { type Archive, type ArchiveBytes, type ArchiveMember, fileStream } from './archive.js';

/** Members that are looked at. */
const MAX_MEMBERS = 100_000;
/** Characters of a name that are kept: pax names can be long. */
const MAX_NAME = 1024;
/** Kinds of members without content. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set([
  'directory',
  'link',
  'symlink',
  'character-device',
  'block-device',
  'fifo',
]);

interface ByteRange {
  readonly start: number;
  readonly size: number;
}

/** A tar archive: its list of members is read once, their bytes by offset. */
export class TarArchive implements Archive {
  readonly members: readonly ArchiveMember[];
  readonly problem?: ConvertError;
  readonly isRandomAccess = true;
  readonly #name: string;
  readonly #bytes: ArchiveBytes;
  readonly #ranges: readonly ByteRange[];

  private constructor(
    name: string,
    bytes: ArchiveBytes,
    members: readonly ArchiveMember[],
    ranges: readonly ByteRange[],
    problem: ConvertError | undefined,
  ) {
    this.#name = name;
    this.#bytes = bytes;
    this.members = members;
    this.#ranges = ranges;
    if (problem !== undefined) this.problem = problem;
  }

  /** @throws ConvertError `input` where not even the first header can be read */
  static async open(name: string, bytes: ArchiveBytes): Promise<TarArchive> {
    const members: ArchiveMember[] = [];
    const ranges: ByteRange[] = [];
    let problem: ConvertError | undefined;
    try {
      await readHeaders(bytes, (header) => {
        const type: string | null = header.type;
        if (type !== null && WITHOUT_CONTENT.has(type)) return;
        if (members.length >= MAX_MEMBERS) {
          throw new ConvertError('input', `${name}: more than ${MAX_MEMBERS} members`);
        }
        const { byteOffset: start, size } = header;
        const path = header.name.slice(0, MAX_NAME);
        if (start + size > bytes.size) {
          const missing = start + size - bytes.size;
          throw new ConvertError('input', `${name}: ends ${missing} bytes early, in ${path}; copy it again`);
        }
        const isSparse =
          type === null || Object.keys(header.pax ?? {}).some((key) => /^GNU\.sparse/u.test(key));
        members.push({
          name: path,
          size,
          position: members.length,
          ...(isSparse && {
            unreadable: 'is a sparse member, which is not read; unpack the tar first (tar -xf)',
          }),
        });
        ranges.push({ start, size });
      });
    } catch (error) {
      problem =
        error instanceof ConvertError
          ? error
          : new ConvertError('input', `${name}: not a usable tar archive: ${systemReason(error)}`, {
              cause: error,
            });
      if (members.length === 0) throw problem;
    }
    return new TarArchive(name, bytes, members, ranges, problem);
  }

  async read(range: number): Promise<{ stream: Readable; compressed: number }> {
    const { size, start } = this.#at(range);
    return { stream: fileStream(this.#bytes, start, size), compressed: size };
  }

  #at(range: number): ByteRange {
    const found = this.#ranges[range];
    if (found === undefined)
      throw new ConvertError('input', `${this.#name}: has changed since it was listed`);
    return found;
  }
}

/** Members that tar-stream's types lack: offset of a member's bytes, and pax records. */
interface TarHeader extends Header {
  readonly byteOffset: number;
}

const hasOffset = (header: Header): header is TarHeader =>
  'byteOffset' in header && typeof header.byteOffset === 'number';

/** tar-stream rejects formats older than ustar by default; its types lack the option. */
const READ_OPTIONS = { highWaterMark: 64 * 1024, allowUnknownFormat: true };

/** Reads a tar archive from start to end and hands over the header of each member. */
async function readHeaders(bytes: ArchiveBytes, onHeader: (header: TarHeader) => void): Promise<void> {
  const { extract } = await import('tar-stream');
  const reader = extract(READ_OPTIONS);
  const source = fileStream(bytes);
  try {
    await new Promise<void>((resolve, reject) => {
      reader.on('error', reject);
      reader.on('finish', resolve);
      reader.on('drain', () => source.resume());
      reader.on('entry', (header, content, next) => {
        try {
          if (!hasOffset(header)) throw new Error('a member without offset');
          onHeader(header);
        } catch (error) {
          reject(error);
          return;
        }
        content.on('end', () => next());
        content.resume();
      });
      source.on('error', reject);
      source.on('end', () => reader.end(undefined));
      source.on('data', (chunk) => {
        if (!reader.write(chunk)) source.pause();
      });
    });
  } finally {
    source.destroy();
    reader.destroy();
  }
}
