/** Cabinets as [MS-CAB] lays them out, one folder, with the checksums that makecab writes. */

import { deflateRawSync } from 'node:zlib';
import { type LzxOptions, lzxFrames } from './lzx-encoder.js';

export interface CabFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface CabOptions {
  /** CFFOLDER.typeCompress. */
  readonly compression?: 'none' | 'MSZIP' | 'Quantum' | 'LZX';
  /** Of LZX. */
  readonly lzx?: LzxOptions;
  /** Bytes that each CFDATA keeps free for others, as signed cabinets do. */
  readonly dataReserve?: number;
}

/** CFFOLDER.typeCompress; of LZX with the window's bits in the high byte. */
const COMPRESSION_TYPES = { none: 0, MSZIP: 1, Quantum: 2, LZX: 3 } as const;
const DEFAULT_LZX: LzxOptions = { windowBits: 15, blocks: [['verbatim', 40_000]] };
const BLOCK_SIZE = 32_768;
const RESERVE_PRESENT = 4;

export function cabFile(
  files: readonly CabFile[],
  { compression = 'MSZIP', dataReserve = 0, lzx = DEFAULT_LZX }: CabOptions = {},
): Buffer {
  const folder = Buffer.concat(files.map(({ bytes }) => bytes));
  const blocks = dataBlocks(folder, compression, dataReserve, lzx);
  const reserve = dataReserve > 0 ? Buffer.from([0, 0, 0, dataReserve]) : Buffer.alloc(0);
  const entries = fileEntries(files);
  const filesAt = 36 + reserve.length + 8;
  const dataAt = filesAt + entries.length;
  const data = Buffer.concat(blocks);
  const header = Buffer.alloc(36);
  header.write('MSCF', 0, 'latin1');
  header.writeUInt32LE(dataAt + data.length, 8);
  header.writeUInt32LE(filesAt, 16);
  header.writeUInt8(3, 24);
  header.writeUInt8(1, 25);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(files.length, 28);
  header.writeUInt16LE(dataReserve > 0 ? RESERVE_PRESENT : 0, 30);
  const folderEntry = Buffer.alloc(8);
  folderEntry.writeUInt32LE(dataAt, 0);
  folderEntry.writeUInt16LE(blocks.length, 4);
  folderEntry.writeUInt16LE(
    COMPRESSION_TYPES[compression] | (compression === 'LZX' ? lzx.windowBits << 8 : 0),
    6,
  );
  return Buffer.concat([header, reserve, folderEntry, entries, data]);
}

function fileEntries(files: readonly CabFile[]): Buffer {
  let start = 0;
  const entries = files.map(({ bytes, name }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(bytes.length, 0);
    entry.writeUInt32LE(start, 4);
    start += bytes.length;
    return Buffer.concat([entry, Buffer.from(name, 'latin1'), Buffer.alloc(1)]);
  });
  return Buffer.concat(entries);
}

function dataBlocks(
  folder: Buffer,
  compression: CabOptions['compression'],
  dataReserve: number,
  lzx: LzxOptions,
): Buffer[] {
  const blocks: Buffer[] = [];
  const frames = compression === 'LZX' ? lzxFrames(folder, lzx) : [];
  for (let at = 0; at < folder.length; at += BLOCK_SIZE) {
    const plain = folder.subarray(at, at + BLOCK_SIZE);
    const dictionary = folder.subarray(Math.max(0, at - BLOCK_SIZE), at);
    const deflated = deflateRawSync(plain, dictionary.length > 0 ? { dictionary } : {});
    const mszip = Buffer.concat([Buffer.from('CK'), deflated]);
    const data = compression === 'MSZIP' ? mszip : (frames[at / BLOCK_SIZE] ?? plain);
    const rest = Buffer.alloc(4 + dataReserve);
    rest.writeUInt16LE(data.length, 0);
    rest.writeUInt16LE(plain.length, 2);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(checksum(rest, checksum(data, 0)));
    blocks.push(Buffer.concat([sum, rest, data]));
  }
  return blocks;
}

/** [MS-CAB] 3.1: 32-bit words exclusive-ored; what is left over counts with its first byte highest. */
function checksum(bytes: Buffer, seed: number): number {
  const whole = bytes.length - (bytes.length % 4);
  let sum = seed;
  for (let at = 0; at < whole; at += 4) sum ^= bytes.readUInt32LE(at);
  const rest = bytes.length - whole;
  return ((rest > 0 ? sum ^ bytes.readUIntBE(whole, rest) : sum) >>> 0) >>> 0;
}
