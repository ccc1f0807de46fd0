import { Clock, EventRecord } from '../../src/etl/index.js';
import { ByteWriter } from './bytes.js';

const clock = new Clock('system-time', 10_000_000, 0n, 0n);

function recordAt(bytes: Uint8Array): EventRecord {
  const record = new EventRecord();
  // Records are in the middle of buffers: offsets must never be confused with positions in the record.
  const buffer = new Uint8Array(bytes.length + 24).fill(0xee);
  buffer.set(bytes, 16);
  const view = new DataView(buffer.buffer);
  record.moveTo(buffer, view, 16, bytes.length, 0, 0, clock, 0, 0);
  return record;
}

export interface EventParts {
  readonly providerId: string;
  readonly id?: number;
  readonly version?: number;
  readonly payload: Uint8Array;
  readonly pointerSize?: 4 | 8;
  /** EVENT_HEADER.Flags besides those for pointers and extended data. */
  readonly flags?: number;
  /** Extended data items: type and content. */
  readonly extended?: readonly (readonly [type: number, bytes: Uint8Array])[];
}

/** An EVENT_HEADER record. */
export function eventRecord(parts: EventParts): EventRecord {
  const { providerId, id = 0, version = 0, payload, pointerSize = 8, flags: more = 0, extended = [] } = parts;
  const items = new ByteWriter();
  for (const [n, [type, bytes]] of extended.entries()) {
    const padded = 8 + Math.ceil(bytes.length / 8) * 8;
    items
      .u16(padded)
      .u16(type)
      .u16(n + 1 < extended.length ? 1 : 0)
      .u16(bytes.length);
    items.bytes(bytes).align(8);
  }
  const flags = (extended.length > 0 ? 1 : 0) | (pointerSize === 8 ? 0x40 : 0x20) | more;
  const header = new ByteWriter()
    .u16(80 + items.length + payload.length)
    .u8(pointerSize === 8 ? 0x13 : 0x12)
    .u8(0xc0)
    .u16(flags)
    .u16(0)
    .u32(1)
    .u32(2)
    .u64(0n)
    .guid(providerId)
    .u16(id)
    .u8(version)
    .u8(0)
    .u32(0)
    .u64(0n)
    .u64(0n)
    .guid('00000000-0000-0000-0000-000000000000');
  return recordAt(header.bytes(items.done()).bytes(payload).done());
}

/** An EVENT_TRACE_HEADER record: class and opcode. */
export function classicRecord(
  classId: string,
  opcode: number,
  payload: Uint8Array,
  version = 0,
  pointerSize: 4 | 8 = 8,
): EventRecord {
  const header = new ByteWriter()
    .u16(48 + payload.length)
    .u8(pointerSize === 8 ? 0x14 : 0x0a)
    .u8(0xc0)
    .u8(opcode)
    .u8(0)
    .u16(version)
    .u32(1)
    .u32(2)
    .u64(0n)
    .guid(classId)
    .u64(0n);
  return recordAt(header.bytes(payload).done());
}

/** A kernel record: SYSTEM_TRACE_HEADER with a hook id. */
export function systemRecord(
  hook: number,
  payload: Uint8Array,
  version: number,
  pointerSize: 4 | 8 = 8,
): EventRecord {
  const header = new ByteWriter()
    .u16(version)
    .u8(pointerSize === 8 ? 0x02 : 0x01)
    .u8(0xc0)
    .u16(32 + payload.length)
    .u16(hook)
    .u32(1)
    .u32(2)
    .u64(0n)
    .u64(0n);
  return recordAt(header.bytes(payload).done());
}
