import { readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { ConvertError } from '../../passes/index.js';
import type { Archive, ArchiveBytes, ArchiveMember } from './archive.js';
import { mostExpanded } from './archive-limit.js';
import { LzxExpander } from './lzx.js';

// Layout: [MS-CAB], "Cabinet File Format". No library on npm that is kept up reads cabinets as a stream.

const SIGNATURE = 0x4643_534d; // 'MSCF'
const HEADER_SIZE = 36;
const FOLDER_SIZE = 8;
const FILE_SIZE = 16;
const DATA_SIZE = 8;
/** cfhdr flags. */
const PREVIOUS_CABINET = 0x1;
const NEXT_CABINET = 0x2;
const RESERVE_PRESENT = 0x4;
/** CFFILE.iFolder from here on: the member begins or continues in another cabinet. */
const FIRST_SPLIT_FOLDER = 0xfffd;
/** CFFILE.attribs: szName is UTF-8. */
const NAME_IS_UTF = 0x80;
/** CFFOLDER.typeCompress, low four bits. */
const COMPRESSIONS = ['none', 'MSZIP', 'Quantum', 'LZX'] as const;
/** Maximum expanded size of a CFDATA block, and the window of MSZIP. */
const BLOCK_SIZE = 32_768;
/** 'CK', before each MSZIP block. */
const MSZIP_SIGNATURE = 0x4b43;
/** Names are at most this long ([MS-CAB] 2.3). */
const MAX_NAME = 256;

interface Folder {
  readonly firstBlock: number;
  readonly blocks: number;
  readonly compression: (typeof COMPRESSIONS)[number] | 'unknown';
  /** Of LZX: the window has 2^windowBits bytes. */
  readonly windowBits: number;
}

/** Expands the blocks of a folder, in order. `size`: from CFDATA. */
type BlockExpander = (data: Uint8Array, size: number) => Uint8Array;

interface Member extends ArchiveMember {
  /** Undefined where another cabinet has it. */
  readonly folder: Folder | undefined;
  /** In the expanded folder. */
  readonly start: number;
}

/** A cabinet, as `netsh trace stop` leaves one beside the trace. */
export class CabArchive implements Archive {
  readonly members: readonly ArchiveMember[];
  /** A member is expanded from the start of its folder. */
  readonly isRandomAccess = false;
  readonly #path: string;
  readonly #fd: number;
  readonly #members: readonly Member[];
  readonly #dataReserve: number;
  /** Bytes of the cabinet, which limit the expanded size. */
  readonly #size: number;

  /** @throws ConvertError `input` */
  constructor(path: string, { descriptor, size }: ArchiveBytes) {
    this.#path = path;
    this.#fd = descriptor;
    this.#size = size;
    const { dataReserve, members } = this.#readDirectory();
    this.#dataReserve = dataReserve;
    this.#members = members;
    this.members = members;
  }

  async read(position: number): Promise<{ stream: Readable; compressed: number }> {
    const member = this.#members[position];
    if (member?.folder === undefined)
      throw new ConvertError('input', `${this.#path}: has changed since it was listed`);
    return {
      stream: Readable.from(this.#expand(member, member.folder), { objectMode: false }),
      compressed: this.#size,
    };
  }

  *#expand(member: Member, folder: Folder): Generator<Uint8Array, void, undefined> {
    const { firstBlock, blocks } = folder;
    const expand = this.#expander(folder);
    const end = member.start + member.size;
    // The data before the member in its folder is expanded too, and counts.
    if (end > mostExpanded(this.#size)) {
      throw this.#broken(`${member.name} would end at byte ${end} of a folder: not a compressed trace`);
    }
    let at = firstBlock;
    let position = 0;
    for (let n = 0; n < blocks && position < end; n++) {
      const header = this.#bytes(at, DATA_SIZE + this.#dataReserve);
      const view = viewOf(header);
      const compressedSize = view.getUint16(4, true);
      const size = view.getUint16(6, true);
      const data = this.#bytes(at + header.length, compressedSize);
      const sum = view.getUint32(0, true);
      if (sum !== 0 && sum !== checksum(header.subarray(4), checksum(data, 0))) {
        throw this.#broken(`block ${n} at offset ${at} has another checksum`);
      }
      at += header.length + compressedSize;
      let block: Uint8Array;
      try {
        block = expand(data, size);
      } catch (error) {
        throw this.#broken(
          `block ${n} before offset ${at}: ${error instanceof Error ? error.message : error}`,
        );
      }
      if (block.length !== size) throw this.#broken(`block ${n} has ${block.length} bytes, not ${size}`);
      const from = Math.max(0, member.start - position);
      const to = Math.min(block.length, end - position);
      position += block.length;
      if (from < to) yield block.subarray(from, to);
    }
    if (position < end) throw this.#broken(`${member.name} ends ${end - position} bytes early`);
  }

  #expander({ compression, windowBits }: Folder): BlockExpander {
    if (compression === 'MSZIP') return mszipExpander();
    if (compression !== 'LZX') return (data) => data;
    const lzx = new LzxExpander(windowBits);
    return (data, size) => lzx.expand(data, size);
  }

  #readDirectory(): { dataReserve: number; members: Member[] } {
    const header = viewOf(this.#bytes(0, HEADER_SIZE));
    if (header.getUint32(0, true) !== SIGNATURE) throw this.#broken('it does not start with MSCF');
    const filesAt = header.getUint32(16, true);
    const folderCount = header.getUint16(26, true);
    const fileCount = header.getUint16(28, true);
    const flags = header.getUint16(30, true);
    let at = HEADER_SIZE;
    let folderReserve = 0;
    let dataReserve = 0;
    if ((flags & RESERVE_PRESENT) !== 0) {
      const sizes = viewOf(this.#bytes(at, 4));
      folderReserve = sizes.getUint8(2);
      dataReserve = sizes.getUint8(3);
      at += 4 + sizes.getUint16(0, true);
    }
    const neighbours = ((flags & PREVIOUS_CABINET) !== 0 ? 2 : 0) + ((flags & NEXT_CABINET) !== 0 ? 2 : 0);
    for (let n = 0; n < neighbours; n++) at += this.#name(at).length + 1;
    const folders: Folder[] = [];
    for (let n = 0; n < folderCount; n++, at += FOLDER_SIZE + folderReserve) {
      const folder = viewOf(this.#bytes(at, FOLDER_SIZE));
      folders.push({
        firstBlock: folder.getUint32(0, true),
        blocks: folder.getUint16(4, true),
        compression: COMPRESSIONS[folder.getUint16(6, true) & 0xf] ?? 'unknown',
        windowBits: folder.getUint8(7) & 0x1f,
      });
    }
    return { dataReserve, members: this.#readFiles(filesAt, fileCount, folders) };
  }

  #readFiles(filesAt: number, count: number, folders: readonly Folder[]): Member[] {
    const members: Member[] = [];
    let at = filesAt;
    for (let n = 0; n < count; n++) {
      const file = viewOf(this.#bytes(at, FILE_SIZE));
      const bytes = this.#name(at + FILE_SIZE);
      at += FILE_SIZE + bytes.length + 1;
      const isUtf = (file.getUint16(14, true) & NAME_IS_UTF) !== 0;
      const name = new TextDecoder(isUtf ? 'utf-8' : 'windows-1252').decode(bytes);
      const folderNumber = file.getUint16(8, true);
      const folder = folderNumber >= FIRST_SPLIT_FOLDER ? undefined : folders[folderNumber];
      if (folder === undefined && folderNumber < FIRST_SPLIT_FOLDER)
        throw this.#broken(`${name} is in folder ${folderNumber}, which is missing`);
      const unreadable = reasonNotToRead(folder);
      members.push({
        name,
        size: file.getUint32(0, true),
        start: file.getUint32(4, true),
        folder,
        position: members.length,
        ...(unreadable !== undefined && { unreadable }),
      });
    }
    return members;
  }

  /** A NUL-terminated name, without the NUL. */
  #name(at: number): Uint8Array {
    const bytes = new Uint8Array(MAX_NAME);
    const read = readSync(this.#fd, bytes, 0, MAX_NAME, at);
    const end = bytes.subarray(0, read).indexOf(0);
    if (end < 0) throw this.#broken(`no end of the name at offset ${at}`);
    return bytes.subarray(0, end);
  }

  /** @param size at most 65,535 plus a header: no field is wider */
  #bytes(at: number, size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    let done = 0;
    while (done < size) {
      const read = readSync(this.#fd, bytes, done, size - done, at + done);
      if (read === 0) throw this.#broken(`it ends at offset ${at + done}`);
      done += read;
    }
    return bytes;
  }

  #broken(reason: string): ConvertError {
    return new ConvertError('input', `${this.#path}: not a usable cabinet: ${reason}`);
  }
}

/** The remedy for cabinets that are not read. */
const EXPAND_FIRST = 'expand it with cabextract, 7z, or expand.exe -F:*.etl on Windows';

function reasonNotToRead(folder: Folder | undefined): string | undefined {
  if (folder === undefined) return `spans several cabinets, which is not read; ${EXPAND_FIRST}`;
  const { compression } = folder;
  if (compression !== 'Quantum' && compression !== 'unknown') return undefined;
  return `${compression} compression, which is not read; ${EXPAND_FIRST}`;
}

/** Each block is a separate deflate stream with the previous blocks as its window ([MS-MCI]). */
function mszipExpander(): BlockExpander {
  let before: Uint8Array = new Uint8Array(0);
  return (data) => {
    if (data.length < 2 || viewOf(data).getUint16(0, true) !== MSZIP_SIGNATURE) {
      throw new Error('not an MSZIP block');
    }
    const block = inflateRawSync(data.subarray(2), {
      maxOutputLength: BLOCK_SIZE,
      ...(before.length > 0 && { dictionary: before }),
    });
    before = block.length >= BLOCK_SIZE ? block : joined(before, block).slice(-BLOCK_SIZE);
    return block;
  };
}

/** CFDATA.csum ([MS-CAB] 3.1): words are xored, remaining bytes in reverse order. */
function checksum(bytes: Uint8Array, seed: number): number {
  const view = viewOf(bytes);
  let sum = seed;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) sum ^= view.getUint32(at, true);
  let rest = 0;
  for (; at < bytes.length; at++) rest = (rest << 8) | view.getUint8(at);
  return (sum ^ rest) >>> 0;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
