/** Zip files as APPNOTE.TXT lays them out, also such as no honest program writes. */

import { deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Default: deflated. */
  readonly method?: 'stored' | 'deflated';
  /** What the directory says about its size, where that is a lie. */
  readonly claimedSize?: number;
  readonly isEncrypted?: boolean;
}

const METHODS = { stored: 0, deflated: 8 } as const;
const LOCAL_SIGNATURE = 0x0403_4b50;
const DIRECTORY_SIGNATURE = 0x0201_4b50;
const END_SIGNATURE = 0x0605_4b50;
/** General purpose flags: encrypted; names are UTF-8. */
const ENCRYPTED = 0x1;
const UTF8_NAMES = 0x800;

export function zipFile(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { bytes, claimedSize = bytes.length, isEncrypted = false, method = 'deflated' } = entry;
    const data = method === 'stored' ? Buffer.from(bytes) : deflateRawSync(bytes);
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(UTF8_NAMES | (isEncrypted ? ENCRYPTED : 0), 2);
    common.writeUInt16LE(METHODS[method], 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(claimedSize, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([uint32(LOCAL_SIGNATURE), common, name, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([uint32(DIRECTORY_SIGNATURE), uint16(20), common, rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, list, uint32(END_SIGNATURE), end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** CRC-32 (ISO 3309), bit by bit. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
