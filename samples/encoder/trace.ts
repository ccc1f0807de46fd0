import { ByteWriter, concat } from './byte-writer.js';
import { ClockType, FILETIME_OF_UNIX_EPOCH, type TraceClock } from './clock.js';
import { type CompressionMode, compressLz77 } from './lz77.js';
import { RecordType, systemRecord } from './records.js';

/** WMI_BUFFER_HEADER. */
const BUFFER_HEADER_SIZE = 72;
/** Padding after a buffer's last record. */
const PADDING_BYTE = 0xff;
/** WMI_BUFFER_STATE of every buffer on disk. */
const STATE_FLUSHED = 3;

/** BufferFlag bits. */
export const BufferFlag = {
  flushMarker: 0x01,
  eventsLost: 0x02,
  bufferLost: 0x04,
  processorIndex: 0x20,
  compressed: 0x40,
} as const;

/** BufferType values. */
export const BufferType = {
  generic: 0,
  rundown: 1,
  contextSwap: 2,
  reference: 3,
  header: 4,
  batched: 5,
} as const;

/** LogFileMode bits (evntrace.h, EVENT_TRACE_FILE_MODE_*, EVENT_TRACE_RELOG_MODE, EVENT_TRACE_COMPRESSED_MODE). */
const LogMode = { sequential: 0x1, circular: 0x2, relog: 0x1_0000, compressed: 0x0400_0000 } as const;

/** EventTrace_RDComplete: after the trace header, and in the first buffer of a merged file. */
const HOOK_RUNDOWN_COMPLETE = 0x5050;
/** A merged file's buffers hold up to this much once expanded. */
const MERGED_BUFFER_SIZE = 0x100_0000;
/** Header buffers of merged and compressed files, and our steps for plain merged buffers. */
const KIBIBYTE = 1024;

/**
 * The writer of the file.
 *
 * - `windows7`: processor number and alignment in bytes 40 and 41, no flag for it
 * - `live`: a session of Windows 8 and later
 * - `merged`: `netsh trace stop` and `pktmon stop`, whose logger is called Relogger
 */
export type TraceForm = 'windows7' | 'live' | 'merged';

export interface WindowsVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
}

/** SYSTEMTIME: year, month, day of week, day, hour, minute, second, millisecond. */
export type SystemTime = readonly [number, number, number, number, number, number, number, number];

const NO_TIME: SystemTime = [0, 0, 0, 0, 0, 0, 0, 0];

export interface TraceOptions {
  readonly clock: TraceClock;
  readonly form?: TraceForm;
  /** Bytes of a live buffer, header included; of a merged one, at most, before compression. */
  readonly bufferSize?: number;
  readonly compression?: 'none' | CompressionMode;
  readonly pointerSize?: 4 | 8;
  readonly processors?: number;
  readonly windows?: WindowsVersion;
  readonly circular?: boolean;
  /** Unix time of the trace's end; default: the time of the last record. */
  readonly end?: bigint;
  /** False: a file that was copied while Windows still wrote it. */
  readonly closed?: boolean;
  readonly loggerName?: string;
  readonly logFileName?: string;
  /** Minutes: UTC = local + bias. */
  readonly timeZoneBias?: number;
  readonly timeZoneName?: string;
  /** When daylight saving time ends and starts; default: never. */
  readonly timeZoneChanges?: { readonly standard: SystemTime; readonly daylight: SystemTime };
  /** Minutes, added to the bias in daylight saving time; default -60. */
  readonly daylightBias?: number;
  /** Unix time. */
  readonly bootTime?: bigint;
  readonly eventsLost?: number;
  readonly buffersLost?: number;
  readonly loggerId?: number;
}

/** Values of a buffer's header that replace the correct ones. */
export interface BufferOverrides {
  readonly sequence?: bigint;
  readonly type?: number;
  /** Added to the flags. */
  readonly flags?: number;
  /** 0 makes a reader fall back to SavedOffset. */
  readonly filledBytes?: number;
  readonly timeStamp?: bigint;
}

/** A buffer as a test wants it. */
export interface BufferContent extends BufferOverrides {
  readonly processor: number;
  readonly records: readonly Uint8Array[];
}

/** Hot path: raw time of an encoded record, 0 for records without one at a fixed offset. */
function recordTime(view: DataView, at: number): bigint {
  const type = view.getUint8(at + 2);
  if (type === RecordType.perfinfo32 || type === RecordType.perfinfo64) return view.getBigInt64(at + 8, true);
  if (type === RecordType.message || type === RecordType.error) return 0n;
  return view.getBigInt64(at + 16, true);
}

interface OpenBuffer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  filled: number;
  lastTime: bigint;
}

/**
 * Writes an ETL file of any length, buffer by buffer, with one open buffer per processor in memory.
 *
 * The header buffer is the first and has the values of an open file (no end, no count); {@link finish} returns the
 * header of the closed file, to overwrite it.
 */
export class TraceWriter {
  readonly #options: TraceOptions;
  readonly #form: TraceForm;
  readonly #pointerSize: 4 | 8;
  readonly #capacity: number;
  readonly #compression: 'none' | CompressionMode;
  readonly #sink: (bytes: Uint8Array) => void;
  readonly #open = new Map<number, OpenBuffer>();
  #sequence = 0n;
  #buffersWritten = 1;
  #lastTime: bigint;

  /** @param sink gets the file's pieces in order; each is valid only during the call */
  constructor(options: TraceOptions, sink: (bytes: Uint8Array) => void) {
    this.#options = options;
    this.#form = options.form ?? 'live';
    this.#pointerSize = options.pointerSize ?? 8;
    this.#capacity = options.bufferSize ?? (this.#form === 'merged' ? MERGED_BUFFER_SIZE : 8192);
    this.#compression = options.compression ?? 'none';
    this.#sink = sink;
    this.#lastTime = options.clock.startTicks;
    sink(this.#headerBuffer(false));
  }

  /**
   * Hot path. Puts a record into the processor's buffer; the bytes may be reused afterwards.
   *
   * @throws RangeError if the record is larger than a buffer
   */
  append(processor: number, record: Uint8Array): void {
    const size = (record.length + 7) & ~7;
    let buffer = this.#open.get(processor);
    if (buffer !== undefined && buffer.filled + size > this.#capacity) {
      this.endBuffer(processor);
      buffer = undefined;
    }
    if (buffer === undefined) {
      buffer = this.#openBuffer(processor, size);
    } else if (buffer.filled + size > buffer.bytes.length) {
      buffer = this.#growBuffer(processor, buffer, buffer.filled + size);
    }
    buffer.bytes.set(record, buffer.filled);
    buffer.bytes.fill(0, buffer.filled + record.length, buffer.filled + size);
    const time = recordTime(buffer.view, buffer.filled);
    if (time > buffer.lastTime) buffer.lastTime = time;
    buffer.filled += size;
  }

  #openBuffer(processor: number, needed: number): OpenBuffer {
    if (BUFFER_HEADER_SIZE + needed > this.#capacity) {
      throw new RangeError(`a record of ${needed} bytes does not fit a buffer of ${this.#capacity}`);
    }
    // Merged buffers may be 16 MiB: these grow, so that small files stay cheap.
    const size = Math.min(this.#capacity, Math.max(0x1_0000, BUFFER_HEADER_SIZE + needed));
    const bytes = new Uint8Array(size);
    const buffer = { bytes, view: new DataView(bytes.buffer), filled: BUFFER_HEADER_SIZE, lastTime: 0n };
    this.#open.set(processor, buffer);
    if (this.#form === 'merged' && this.#buffersWritten === 1 && this.#open.size === 1) {
      const complete = this.#rundownComplete();
      bytes.set(complete, BUFFER_HEADER_SIZE);
      buffer.filled += complete.length;
    }
    return buffer;
  }

  #growBuffer(processor: number, buffer: OpenBuffer, needed: number): OpenBuffer {
    const bytes = new Uint8Array(Math.min(this.#capacity, Math.max(needed, buffer.bytes.length * 2)));
    bytes.set(buffer.bytes.subarray(0, buffer.filled));
    const grown = { ...buffer, bytes, view: new DataView(bytes.buffer) };
    this.#open.set(processor, grown);
    return grown;
  }

  /** Writes the processor's buffer in its current state; without an open buffer, an empty one. */
  endBuffer(processor: number, overrides: BufferOverrides = {}): void {
    const buffer = this.#open.get(processor) ?? this.#openBuffer(processor, 0);
    this.#open.delete(processor);
    const { filled } = buffer;
    if (buffer.lastTime > this.#lastTime) this.#lastTime = buffer.lastTime;
    this.#sequence += 1n;
    let flags = overrides.flags ?? 0;
    if (this.#form !== 'windows7') flags |= BufferFlag.processorIndex;

    let content = buffer.bytes;
    let sizeOnDisk = this.#capacity;
    if (this.#compression !== 'none') {
      const packed = compressLz77(buffer.bytes.subarray(BUFFER_HEADER_SIZE, filled), this.#compression);
      sizeOnDisk = BUFFER_HEADER_SIZE + packed.length;
      content = new Uint8Array(sizeOnDisk);
      content.set(packed, BUFFER_HEADER_SIZE);
      flags |= BufferFlag.compressed;
    } else {
      if (this.#form === 'merged') sizeOnDisk = Math.ceil(filled / KIBIBYTE) * KIBIBYTE;
      if (sizeOnDisk > content.length) {
        content = new Uint8Array(sizeOnDisk);
        content.set(buffer.bytes.subarray(0, filled));
      }
      content.fill(PADDING_BYTE, filled, sizeOnDisk);
    }

    const { clock } = this.#options;
    const flushed =
      this.#form === 'merged' ? (this.#options.end ?? clock.start) + FILETIME_OF_UNIX_EPOCH : buffer.lastTime;
    const last = (flags & BufferFlag.flushMarker) !== 0;
    const header = new DataView(content.buffer, content.byteOffset, BUFFER_HEADER_SIZE);
    header.setUint32(0, sizeOnDisk, true);
    header.setUint32(4, filled, true);
    header.setUint32(8, this.#form === 'windows7' ? filled + 96 : this.#capacity + filled, true);
    header.setUint32(12, 0, true);
    header.setBigInt64(16, overrides.timeStamp ?? flushed, true);
    header.setBigInt64(24, overrides.sequence ?? this.#sequence, true);
    // Observed: the rest of a pointer in all but the last buffers, without meaning for readers.
    header.setBigUint64(32, last || this.#form === 'windows7' ? 0n : 0xffff_ac85_984c_3020n, true);
    this.#setProcessor(header, processor);
    header.setUint16(42, this.#loggerId, true);
    header.setUint32(44, STATE_FLUSHED, true);
    header.setUint32(48, overrides.filledBytes ?? filled, true);
    header.setUint16(52, flags, true);
    header.setUint16(54, overrides.type ?? BufferType.generic, true);
    this.#buffersWritten++;
    this.#sink(content.subarray(0, sizeOnDisk));
  }

  /** Ends the open buffers, lowest processor first, and returns the header buffer of the closed file. */
  finish(): Uint8Array {
    const flags = this.#options.closed === false ? 0 : BufferFlag.flushMarker;
    for (const processor of [...this.#open.keys()].sort((a, b) => a - b))
      this.endBuffer(processor, { flags });
    return this.#headerBuffer(true);
  }

  get #loggerId(): number {
    return this.#options.loggerId ?? (this.#form === 'merged' ? 0 : 20);
  }

  #setProcessor(header: DataView, processor: number): void {
    if (this.#form === 'windows7') {
      header.setUint8(40, processor);
      header.setUint8(41, 8);
    } else {
      header.setUint16(40, processor, true);
    }
  }

  #rundownComplete(): Uint8Array {
    return systemRecord({
      hook: HOOK_RUNDOWN_COMPLETE,
      time: this.#options.clock.startTicks,
      data: new Uint8Array(48),
      pointerSize: this.#pointerSize,
      threadId: 9764,
      processId: 2932,
      kernelTime: 2,
    });
  }

  #headerBuffer(finished: boolean): Uint8Array {
    const header = systemRecord({
      hook: 0,
      time: this.#options.clock.startTicks,
      data: this.#logfileHeader(finished && this.#options.closed !== false),
      pointerSize: this.#pointerSize,
      threadId: 9764,
      processId: 2932,
      kernelTime: 2,
    });
    const writer = new ByteWriter().zeros(BUFFER_HEADER_SIZE).bytes(header).align(8);
    const behindHeader = writer.length;
    if (this.#form !== 'windows7') writer.bytes(this.#rundownComplete());
    const filled = writer.length;
    const small = this.#form === 'merged' || this.#compression !== 'none';
    const size = small ? Math.ceil(filled / KIBIBYTE) * KIBIBYTE : this.#capacity;
    if (filled > size) throw new RangeError(`the trace header does not fit a buffer of ${size}`);
    const bytes = new Uint8Array(size).fill(PADDING_BYTE);
    bytes.set(writer.take());
    const view = new DataView(bytes.buffer);
    view.setUint32(0, size, true);
    if (this.#form !== 'windows7') view.setUint32(4, this.#form === 'merged' ? behindHeader : filled, true);
    if (this.#form !== 'merged') view.setUint32(8, filled, true);
    this.#setProcessor(view, 0);
    view.setUint16(42, this.#loggerId, true);
    view.setUint32(44, STATE_FLUSHED, true);
    view.setUint32(48, filled, true);
    view.setUint16(
      52,
      BufferFlag.flushMarker | (this.#form === 'live' ? BufferFlag.processorIndex : 0),
      true,
    );
    view.setUint16(54, BufferType.header, true);
    return bytes;
  }

  /** TRACE_LOGFILE_HEADER (evntrace.h), with the two names after it. */
  #logfileHeader(finished: boolean): Uint8Array {
    const { clock } = this.#options;
    const windows = this.#options.windows ?? { major: 10, minor: 0, build: 20348 };
    const merged = this.#form === 'merged';
    const compressed = this.#compression !== 'none' ? LogMode.compressed : 0;
    const circular = this.#options.circular === true ? LogMode.circular : 0;
    const end = this.#options.end ?? clock.unix(this.#lastTime);
    const zone = this.#options.timeZoneName ?? '@tzres.dll,-932';
    const header = new ByteWriter();
    const systemTime = (fields: SystemTime): void => {
      for (const field of fields) header.u16(field);
    };
    header
      .u32(this.#capacity)
      .u8(windows.major)
      .u8(windows.minor)
      .u8(merged ? 2 : 1)
      .u8(merged ? 0 : 5)
      .u32(windows.build)
      .u32(this.#options.processors ?? 4)
      .u64(finished ? end + FILETIME_OF_UNIX_EPOCH : 0n)
      .u32(156_250)
      .u32(merged || circular !== 0 ? 512 : 0)
      .u32((merged ? LogMode.relog | LogMode.sequential : circular) | compressed)
      .u32(finished ? this.#buffersWritten : 0)
      .u32(1)
      .u32(this.#pointerSize)
      .u32(this.#options.eventsLost ?? 0)
      .u32(clock.cpuMegahertz)
      .pointer(0n, this.#pointerSize)
      .pointer(0n, this.#pointerSize)
      .u32(this.#options.timeZoneBias ?? 0)
      .utf16Fixed(zone, 32);
    systemTime(this.#options.timeZoneChanges?.standard ?? NO_TIME);
    header.u32(0).utf16Fixed(zone.replace(/2$/, '1'), 32);
    systemTime(this.#options.timeZoneChanges?.daylight ?? NO_TIME);
    return header
      .u32(this.#options.daylightBias ?? -60)
      .align(8)
      .u64((this.#options.bootTime ?? clock.start - 2_499_871_234_567n) + FILETIME_OF_UNIX_EPOCH)
      .u64(clock.perfFrequency)
      .u64(clock.start + FILETIME_OF_UNIX_EPOCH)
      .u32(ClockType[clock.type])
      .u32(finished ? (this.#options.buffersLost ?? 0) : 0)
      .utf16z(this.#options.loggerName ?? (merged ? 'Relogger' : 'NetTrace'))
      .utf16z(this.#options.logFileName ?? 'C:\\Traces\\NetTrace.etl')
      .take();
  }
}

/**
 * A whole file from given buffers.
 *
 * @param diskOrder for each position after the header buffer, the index of its buffer; default: in order
 */
export function encodeTrace(
  options: TraceOptions,
  buffers: readonly BufferContent[],
  diskOrder?: readonly number[],
): Uint8Array {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter(options, (bytes) => pieces.push(bytes.slice()));
  buffers.forEach((buffer, index) => {
    const first = pieces.length;
    for (const record of buffer.records) writer.append(buffer.processor, record);
    const lastOfProcessor = !buffers.some((other, at) => at > index && other.processor === buffer.processor);
    const flush = lastOfProcessor && options.closed !== false ? BufferFlag.flushMarker : 0;
    writer.endBuffer(buffer.processor, { ...buffer, flags: (buffer.flags ?? 0) | flush });
    if (pieces.length !== first + 1) throw new RangeError('the records of a buffer do not fit it');
  });
  const header = writer.finish();
  const body = pieces.slice(1);
  const ordered = diskOrder === undefined ? body : diskOrder.map((index) => body[index] ?? new Uint8Array(0));
  return concat([header, ...ordered]);
}

/** A record of a processor, for {@link encodeRecords}. */
export interface PlacedRecord {
  readonly processor: number;
  readonly record: Uint8Array;
}

/** A whole file from records in the order of writing; buffers end when they are full. */
export function encodeRecords(options: TraceOptions, records: Iterable<PlacedRecord>): Uint8Array {
  const pieces: Uint8Array[] = [];
  const writer = new TraceWriter(options, (bytes) => pieces.push(bytes.slice()));
  for (const { processor, record } of records) writer.append(processor, record);
  const header = writer.finish();
  return concat([header, ...pieces.slice(1)]);
}
