import { expandLz77 } from './reference-lz77.js';

/**
 * A slow and plain reading of an ETL file, written from the layouts alone (docs/format/etl-container.md) and sharing nothing with src:
 * what the project's reader is compared with.
 */

export interface ReferenceBuffer {
  /** Where the buffer starts in the file. */
  readonly position: number;
  readonly sizeOnDisk: number;
  readonly processor: number;
  readonly sequence: bigint;
  readonly type: number;
  readonly compressed: boolean;
  readonly records: readonly ReferenceRecord[];
}

export interface ReferenceRecord {
  /** Where it stands in its expanded buffer, and its size without padding. */
  readonly offset: number;
  readonly size: number;
  readonly type: number;
  /** Raw time; undefined for types without one at a fixed place. */
  readonly time: bigint | undefined;
  /** `guid/id` for events, `guid:opcode` for classic ones, `hook 0x….` for kernel ones, `type 0x..` for others. */
  readonly kind: string;
  readonly bytes: Uint8Array;
}

export interface ReferenceTrace {
  readonly buffers: readonly ReferenceBuffer[];
  /** Bytes after the last whole buffer. */
  readonly rest: number;
  readonly header: ReferenceHeader;
}

/** What the first record of the first buffer says. */
export interface ReferenceHeader {
  readonly build: number;
  readonly processors: number;
  readonly endTime: bigint;
  readonly logFileMode: number;
  readonly buffersWritten: number;
  readonly pointerSize: number;
  readonly cpuMegahertz: number;
  readonly bias: number;
  readonly perfFrequency: bigint;
  readonly startTime: bigint;
  readonly clockType: number;
  readonly loggerName: string;
  readonly logFileName: string;
  /** Raw time of the header's own record. */
  readonly rawTime: bigint;
}

const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function guidText(bytes: Uint8Array): string {
  const digits = (part: Uint8Array): string =>
    Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const reversed = (from: number, to: number): string => digits(bytes.slice(from, to).reverse());
  return [
    reversed(0, 4),
    reversed(4, 6),
    reversed(6, 8),
    digits(bytes.slice(8, 10)),
    digits(bytes.slice(10, 16)),
  ].join('-');
}

const SYSTEM_TYPES = [0x01, 0x02, 0x03, 0x04];
const PERFINFO_TYPES = [0x10, 0x11];
const CLASSIC_TYPES = [0x0a, 0x0b, 0x14, 0x15];
const EVENT_TYPES = [0x12, 0x13];

function readRecord(buffer: Uint8Array, offset: number): ReferenceRecord {
  const view = viewOf(buffer);
  const type = view.getUint8(offset + 2);
  const kernel = SYSTEM_TYPES.includes(type) || PERFINFO_TYPES.includes(type);
  const size = view.getUint16(offset + (kernel ? 4 : 0), true);
  const bytes = buffer.slice(offset, offset + size);
  let kind = `type ${hex(type, 2)}`;
  let time: bigint | undefined;
  if (kernel) {
    kind = `hook ${hex(view.getUint16(offset + 6, true), 4)}`;
    time = view.getBigInt64(offset + (PERFINFO_TYPES.includes(type) ? 8 : 16), true);
  } else if (CLASSIC_TYPES.includes(type)) {
    kind = `${guidText(bytes.slice(24, 40))}:${view.getUint8(offset + 4)}`;
    time = view.getBigInt64(offset + 16, true);
  } else if (EVENT_TYPES.includes(type)) {
    kind = `${guidText(bytes.slice(24, 40))}/${view.getUint16(offset + 40, true)}`;
    time = view.getBigInt64(offset + 16, true);
  }
  return { offset, size, type, time, kind, bytes };
}

/** @throws Error where a record does not fit its buffer */
function readRecords(buffer: Uint8Array, end: number): ReferenceRecord[] {
  const view = viewOf(buffer);
  const records: ReferenceRecord[] = [];
  let offset = 72;
  while (offset + 8 <= end) {
    const word = view.getUint32(offset, true);
    if (word === 0 || word === 0xffff_ffff) break;
    const record = readRecord(buffer, offset);
    if (record.size < 8 || offset + record.size > end) {
      throw new Error(`the record at ${offset} has ${record.size} bytes, its buffer ends at ${end}`);
    }
    records.push(record);
    offset += Math.ceil(record.size / 8) * 8;
  }
  return records;
}

function nulText(bytes: Uint8Array, from: number): { readonly text: string; readonly next: number } {
  const view = viewOf(bytes);
  let end = from;
  while (view.getUint16(end, true) !== 0) end += 2;
  return { text: new TextDecoder('utf-16le').decode(bytes.slice(from, end)), next: end + 2 };
}

function readHeader(record: ReferenceRecord): ReferenceHeader {
  const payload = record.bytes.slice(32);
  const view = viewOf(payload);
  const pointerSize = view.getUint32(44, true);
  const zone = 56 + 2 * pointerSize;
  const behindZone = Math.ceil((zone + 172) / 8) * 8;
  const logger = nulText(payload, behindZone + 32);
  return {
    build: view.getUint32(8, true),
    processors: view.getUint32(12, true),
    endTime: view.getBigInt64(16, true),
    logFileMode: view.getUint32(32, true),
    buffersWritten: view.getUint32(36, true),
    pointerSize,
    cpuMegahertz: view.getUint32(52, true),
    bias: view.getInt32(zone, true),
    perfFrequency: view.getBigInt64(behindZone + 8, true),
    startTime: view.getBigInt64(behindZone + 16, true),
    clockType: view.getUint32(behindZone + 24, true),
    loggerName: logger.text,
    logFileName: nulText(payload, logger.next).text,
    rawTime: record.time ?? 0n,
  };
}

/**
 * Reads a whole file.
 *
 * @throws Error where the file does not have the published layout
 */
export function readReference(file: Uint8Array): ReferenceTrace {
  const view = viewOf(file);
  const buffers: ReferenceBuffer[] = [];
  let position = 0;
  while (position + 72 <= file.length) {
    const sizeOnDisk = view.getUint32(position, true);
    if (sizeOnDisk < 72) throw new Error(`the buffer at ${position} has ${sizeOnDisk} bytes`);
    if (position + sizeOnDisk > file.length) break;
    const flags = view.getUint16(position + 52, true);
    const compressed = (flags & 0x40) !== 0;
    const filled = view.getUint32(position + 48, true) || view.getUint32(position + 4, true);
    let buffer = file.slice(position, position + sizeOnDisk);
    if (compressed) {
      const content = expandLz77(buffer.slice(72), filled - 72);
      buffer = Uint8Array.from([...buffer.slice(0, 72)].concat([...content]));
    }
    const narrow = (flags & 0x20) === 0 && view.getUint8(position + 41) === 8;
    buffers.push({
      position,
      sizeOnDisk,
      processor: narrow ? view.getUint8(position + 40) : view.getUint16(position + 40, true),
      sequence: view.getBigInt64(position + 24, true),
      type: view.getUint16(position + 54, true),
      compressed,
      records: readRecords(buffer, filled),
    });
    position += sizeOnDisk;
  }
  const first = buffers[0]?.records[0];
  if (first === undefined) throw new Error('there is no trace header');
  return { buffers, rest: file.length - position, header: readHeader(first) };
}

/** The Unix time (100 ns) of a raw record time, by the rules of docs/format/etl-container.md, "Time". */
export function referenceTime(header: ReferenceHeader, raw: bigint): bigint {
  const unixEpoch = 116_444_736_000_000_000n;
  if (header.clockType === 2) return raw - unixEpoch;
  const ticks = raw - header.rawTime;
  const elapsed =
    header.clockType === 1
      ? (ticks * 10_000_000n) / header.perfFrequency
      : (ticks * 10n) / BigInt(header.cpuMegahertz);
  return header.startTime - unixEpoch + elapsed;
}
