import { ByteWriter, concat } from './byte-writer.js';

/** Byte 2 of every record (evntrace.h, TRACE_HEADER_TYPE_*). */
export const RecordType = {
  system32: 0x01,
  system64: 0x02,
  compact32: 0x03,
  compact64: 0x04,
  classic32: 0x0a,
  instance32: 0x0b,
  error: 0x0d,
  message: 0x0f,
  perfinfo32: 0x10,
  perfinfo64: 0x11,
  event32: 0x12,
  event64: 0x13,
  classic64: 0x14,
  instance64: 0x15,
} as const;

/** Byte 3: TRACE_HEADER_FLAG | TRACE_HEADER_EVENT_TRACE (evntrace.h). */
const MARKER_EVENT = 0xc0;
/** Byte 3 of a WPP message: TRACE_HEADER_FLAG | TRACE_MESSAGE. */
const MARKER_MESSAGE = 0x90;

const EVENT_FLAG_EXTENDED = 0x0001;
const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** Item of an event's extended data. */
export interface ExtendedItem {
  /** 1 related activity, 2 SID, 11 TraceLogging schema, 12 provider traits, 16 container id … (evntcons.h). */
  readonly type: number;
  readonly data: Uint8Array;
}

/** The fields of EVENT_HEADER, and the payload. */
export interface EventFields {
  readonly provider: string;
  readonly id: number;
  /** Raw clock value. */
  readonly time: bigint;
  readonly data: Uint8Array;
  readonly pointerSize?: 4 | 8;
  /** EVENT_HEADER.Flags besides the extended-data bit. Real kernel events have 0 here. */
  readonly flags?: number;
  readonly eventProperty?: number;
  readonly version?: number;
  readonly channel?: number;
  readonly level?: number;
  readonly opcode?: number;
  readonly task?: number;
  readonly keyword?: bigint;
  readonly processId?: number;
  readonly threadId?: number;
  readonly kernelTime?: number;
  readonly userTime?: number;
  readonly activityId?: string;
  readonly extended?: readonly ExtendedItem[];
}

function sized(size: number): number {
  if (size > 0xffff) throw new RangeError(`a record of ${size} bytes does not fit its 16-bit size field`);
  return size;
}

function extendedData(items: readonly ExtendedItem[]): Uint8Array {
  const writer = new ByteWriter();
  items.forEach((item, index) => {
    const whole = (8 + item.data.length + 7) & ~7;
    const another = index < items.length - 1 ? 1 : 0;
    writer.u16(whole).u16(item.type).u16(another).u16(item.data.length).bytes(item.data).align(8);
  });
  return writer.take();
}

/** EVENT_HEADER (types 0x12 and 0x13): 80 bytes, extended data, payload. */
export function eventRecord(event: EventFields): Uint8Array {
  const extended = extendedData(event.extended ?? []);
  const type = event.pointerSize === 4 ? RecordType.event32 : RecordType.event64;
  const size = sized(80 + extended.length + event.data.length);
  return new ByteWriter(size)
    .u16(size)
    .u8(type)
    .u8(MARKER_EVENT)
    .u16((event.flags ?? 0) | (extended.length > 0 ? EVENT_FLAG_EXTENDED : 0))
    .u16(event.eventProperty ?? 0)
    .u32(event.threadId ?? 0)
    .u32(event.processId ?? 0)
    .u64(event.time)
    .guid(event.provider)
    .u16(event.id)
    .u8(event.version ?? 0)
    .u8(event.channel ?? 0)
    .u8(event.level ?? 0)
    .u8(event.opcode ?? 0)
    .u16(event.task ?? 0)
    .u64(event.keyword ?? 0n)
    .u32(event.kernelTime ?? 0)
    .u32(event.userTime ?? 0)
    .guid(event.activityId ?? ZERO_GUID)
    .bytes(extended)
    .bytes(event.data)
    .take();
}

/** The fields of EVENT_TRACE_HEADER, and the payload. */
export interface ClassicFields {
  readonly eventClass: string;
  readonly opcode: number;
  readonly time: bigint;
  readonly data: Uint8Array;
  readonly pointerSize?: 4 | 8;
  readonly level?: number;
  readonly version?: number;
  readonly processId?: number;
  readonly threadId?: number;
  readonly kernelTime?: number;
  readonly userTime?: number;
}

function classicStart(writer: ByteWriter, fields: ClassicFields, type: number, size: number): ByteWriter {
  return writer
    .u16(sized(size))
    .u8(type)
    .u8(MARKER_EVENT)
    .u8(fields.opcode)
    .u8(fields.level ?? 0)
    .u16(fields.version ?? 0)
    .u32(fields.threadId ?? 0)
    .u32(fields.processId ?? 0)
    .u64(fields.time)
    .guid(fields.eventClass);
}

/** EVENT_TRACE_HEADER (types 0x0A and 0x14): 48 bytes, then the payload. */
export function classicRecord(fields: ClassicFields): Uint8Array {
  const type = fields.pointerSize === 4 ? RecordType.classic32 : RecordType.classic64;
  const size = 48 + fields.data.length;
  return classicStart(new ByteWriter(size), fields, type, size)
    .u32(fields.kernelTime ?? 0)
    .u32(fields.userTime ?? 0)
    .bytes(fields.data)
    .take();
}

/** EVENT_INSTANCE_GUID_HEADER (types 0x0B and 0x15): 72 bytes, then the payload. */
export function instanceRecord(
  fields: ClassicFields & {
    readonly instanceId: number;
    readonly parentInstanceId: number;
    readonly parentClass?: string;
  },
): Uint8Array {
  const type = fields.pointerSize === 4 ? RecordType.instance32 : RecordType.instance64;
  const size = 72 + fields.data.length;
  return classicStart(new ByteWriter(size), fields, type, size)
    .u32(fields.instanceId)
    .u32(fields.parentInstanceId)
    .u32(fields.kernelTime ?? 0)
    .u32(fields.userTime ?? 0)
    .guid(fields.parentClass ?? ZERO_GUID)
    .bytes(fields.data)
    .take();
}

/** The fields of SYSTEM_TRACE_HEADER and PERFINFO_TRACE_HEADER, and the payload. */
export interface KernelFields {
  /** Group << 8 | opcode. */
  readonly hook: number;
  readonly time: bigint;
  readonly data: Uint8Array;
  readonly pointerSize?: 4 | 8;
  /** Version of the payload. */
  readonly version?: number;
  readonly processId?: number;
  readonly threadId?: number;
  readonly kernelTime?: number;
  readonly userTime?: number;
  /** 8-byte counters after the header (perfinfo only), at most seven. */
  readonly counters?: readonly bigint[];
}

/** SYSTEM_TRACE_HEADER (types 1 and 2, 32 bytes; compact types 3 and 4 without times of use, 24 bytes). */
export function systemRecord(fields: KernelFields, form: 'full' | 'compact' = 'full'): Uint8Array {
  const narrow = fields.pointerSize === 4;
  const [type, headerSize] =
    form === 'full'
      ? [narrow ? RecordType.system32 : RecordType.system64, 32]
      : [narrow ? RecordType.compact32 : RecordType.compact64, 24];
  const size = sized(headerSize + fields.data.length);
  const writer = new ByteWriter(size)
    .u16(fields.version ?? 2)
    .u8(type)
    .u8(MARKER_EVENT)
    .u16(size)
    .u16(fields.hook)
    .u32(fields.threadId ?? 0)
    .u32(fields.processId ?? 0)
    .u64(fields.time);
  if (form === 'full') writer.u32(fields.kernelTime ?? 0).u32(fields.userTime ?? 0);
  return writer.bytes(fields.data).take();
}

/** PERFINFO_TRACE_HEADER (types 0x10 and 0x11): 16 bytes, counters that the marker announces, payload. */
export function perfinfoRecord(fields: KernelFields): Uint8Array {
  const counters = fields.counters ?? [];
  const size = sized(16 + counters.length * 8 + fields.data.length);
  const writer = new ByteWriter(size)
    .u16((fields.version ?? 2) | (counters.length << 8))
    .u8(fields.pointerSize === 4 ? RecordType.perfinfo32 : RecordType.perfinfo64)
    .u8(MARKER_EVENT)
    .u16(size)
    .u16(fields.hook)
    .u64(fields.time);
  for (const counter of counters) writer.u64(counter);
  return writer.bytes(fields.data).take();
}

/** A WPP message: the parts that are given, in Windows' order, and its arguments. */
export interface MessageFields {
  readonly number: number;
  readonly sequence?: number;
  readonly guid?: string;
  readonly time?: bigint;
  readonly threadId?: number;
  readonly processId?: number;
  readonly data: Uint8Array;
}

/** WPP (type 0x0F): 8 bytes, then the parts that the option flags (TRACE_MESSAGE_*, evntrace.h) announce. */
export function messageRecord(fields: MessageFields): Uint8Array {
  const parts = new ByteWriter();
  let options = 0;
  if (fields.sequence !== undefined) {
    options |= 0x01;
    parts.u32(fields.sequence);
  }
  if (fields.guid !== undefined) {
    options |= 0x02;
    parts.guid(fields.guid);
  }
  if (fields.time !== undefined) {
    options |= 0x08;
    parts.u64(fields.time);
  }
  if (fields.threadId !== undefined || fields.processId !== undefined) {
    options |= 0x20;
    parts.u32(fields.threadId ?? 0).u32(fields.processId ?? 0);
  }
  const body = concat([parts.take(), fields.data]);
  const size = sized(8 + body.length);
  return new ByteWriter(size)
    .u16(size)
    .u8(RecordType.message)
    .u8(MARKER_MESSAGE)
    .u16(fields.number)
    .u16(options)
    .bytes(body)
    .take();
}

/** A record of a type with unknown contents (0x0C timed, 0x0D error, 0x0E WNODE): 8 bytes and its content. */
export function opaqueRecord(type: number, data: Uint8Array): Uint8Array {
  const size = sized(8 + data.length);
  return new ByteWriter(size).u16(size).u8(type).u8(MARKER_EVENT).u32(0).bytes(data).take();
}
