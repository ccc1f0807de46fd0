import { formatGuid } from '../etl/index.js';
import type { PayloadCursor } from './cursor.js';
import { type EventSchema, type Extent, type FieldSchema, InType, OutType, type RawValue } from './schema.js';
import { ansiLength, decodeAnsi, decodeUtf16, utf16Length } from './text.js';

/** Integers of earlier fields by field index: the values of lengths and counts. */
type Frame = (number | undefined)[];

/** Reads one value at the cursor; undefined if no bytes remain, or fewer than the value needs. */
type Read = (cursor: PayloadCursor, frame: Frame, outer: Frame) => RawValue | undefined;

/** A field prepared for reading: everything that depends on the schema alone is decided once. */
export interface CompiledField {
  /** The field's name; a second field of the same name gets `_2`, or the next number that no field's name has. */
  readonly name: string;
  readonly schema: FieldSchema;
  /** Present: a structure, or an array of structures. */
  readonly members?: readonly CompiledField[];
  readonly read: Read;
}

export interface CompiledSchema {
  readonly fields: readonly CompiledField[];
  /** All fields, members included. */
  readonly fieldCount: number;
  /**
   * The member name for payload bytes after the last field: `bytes`, or `bytes_2` and so on if a field has that name.
   */
  readonly restName: string;
}

/** Receives the values of one list of fields, in order. */
export type FieldSink = (field: CompiledField, value: RawValue) => void;

/** Name of the member for payload bytes after the last field. */
export const REST = 'bytes';

const compiled = new WeakMap<EventSchema, CompiledSchema>();

/** The readers of a schema, made on first use and kept as long as the schema. */
export function compileSchema(schema: EventSchema): CompiledSchema {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  const fields = compileList(schema.fields);
  const used = new Set(fields.map(({ name }) => name));
  let restName = REST;
  for (let copy = 2; used.has(restName); copy++) restName = `${REST}_${copy}`;
  const fresh = { fields, fieldCount: countFields(schema.fields), restName };
  compiled.set(schema, fresh);
  return fresh;
}

const countFields = (fields: readonly FieldSchema[]): number =>
  fields.reduce((sum, field) => sum + 1 + (field.members === undefined ? 0 : countFields(field.members)), 0);

function compileList(fields: readonly FieldSchema[]): CompiledField[] {
  // The schema's own names are reserved first: a copy of "A" must not get the name of a later field "A_2".
  const taken = new Set(fields.map(({ name }) => name));
  /** The last number of each name, so that thousands of fields with one name need only thousands of steps. */
  const copies = new Map<string, number>();
  return fields.map((schema) => {
    let copy = copies.get(schema.name) ?? 0;
    let { name } = schema;
    if (copy === 0) {
      copy = 1;
    } else {
      do {
        copy += 1;
        name = `${schema.name}_${copy}`;
      } while (taken.has(name));
      taken.add(name);
    }
    copies.set(schema.name, copy);
    const members = schema.members && compileList(schema.members);
    return { name, schema, ...(members && { members }), read: compileField(schema, members) };
  });
}

/** Hot path. Reads a list of fields until one is absent; a field that an older build does not have ends the list. */
export function readList(
  fields: readonly CompiledField[],
  cursor: PayloadCursor,
  outer: Frame | undefined,
  sink: FieldSink,
): void {
  const frame: Frame = [];
  for (const field of fields) {
    if (--cursor.budget < 0) {
      cursor.truncated = true;
      return;
    }
    const value = field.read(cursor, frame, outer ?? frame);
    if (value === undefined) {
      // A text without NUL is only whole if it is the last field.
      if (cursor.unterminated) cursor.truncated = true;
      return;
    }
    // Dense: an index is the field's position in the list.
    frame.push(asExtent(value));
    sink(field, value);
  }
}

const asExtent = (value: RawValue): number | undefined =>
  typeof value === 'number' && Number.isInteger(value)
    ? value
    : typeof value === 'bigint'
      ? Number(value)
      : undefined;

function compileField(field: FieldSchema, members: readonly CompiledField[] | undefined): Read {
  if (field.count !== undefined && field.members === undefined) {
    // An array of characters is a text.
    if (field.inType === InType.unicodeChar) return sized(field.count, 2, wideText);
    if (field.inType === InType.ansiChar) return sized(field.count, 1, narrowText);
  }
  const one = members === undefined ? compileValue(field) : compileStruct(members);
  return field.count === undefined ? one : compileArray(field.count, one);
}

function compileStruct(fields: readonly CompiledField[]): Read {
  return (cursor, _frame, outer) => {
    const start = cursor.at;
    const values = new Map<string, RawValue>();
    readList(fields, cursor, outer, (field, value) => values.set(field.name, value));
    if (values.size < fields.length) {
      if (values.size === 0 && cursor.at === start) return undefined;
      cursor.truncated = true;
    }
    return values;
  };
}

function compileArray(count: Extent, one: Read): Read {
  const countOf = compileExtent(count);
  return (cursor, frame, outer) => {
    const wanted = countOf(cursor, frame, outer);
    if (wanted === undefined) return undefined;
    const values: RawValue[] = [];
    const start = cursor.at;
    while (values.length < wanted && (count.kind !== 'rest' || cursor.at < cursor.end)) {
      const before = cursor.at;
      const value = --cursor.budget < 0 ? undefined : one(cursor, frame, outer);
      if (value === undefined) {
        // A fixed array at the end of the payload is a trailing field that this build does not have.
        if (count.kind === 'fixed' && cursor.at === start && !cursor.truncated && cursor.budget >= 0) {
          return undefined;
        }
        cursor.truncated = true;
        break;
      }
      values.push(value);
      if (cursor.truncated || (count.kind === 'rest' && cursor.at === before)) break;
    }
    return values;
  };
}

type ReadExtent = (cursor: PayloadCursor, frame: Frame, outer: Frame) => number | undefined;

/** A length or a count, 0 or more; undefined if it is in the payload and the payload ends before it. */
function compileExtent(extent: Extent): ReadExtent {
  switch (extent.kind) {
    case 'fixed':
      return () => extent.value;
    case 'field':
      return (_cursor, frame) => Math.max(0, frame[extent.index] ?? 0);
    case 'outer':
      return (_cursor, _frame, outer) => Math.max(0, outer[extent.index] ?? 0);
    case 'prefix':
      return (cursor) => {
        if (!cursor.has(2)) return undefined;
        const value = cursor.view.getUint16(cursor.at, true);
        cursor.at += 2;
        return value;
      };
    case 'rest':
      return () => Number.POSITIVE_INFINITY;
  }
}

/** A number of fixed size. */
const fixed =
  (size: number, get: (view: DataView, at: number) => RawValue): Read =>
  (cursor) => {
    if (!cursor.has(size)) return undefined;
    const value = get(cursor.view, cursor.at);
    cursor.at += size;
    return value;
  };

const readUint8 = fixed(1, (view, at) => view.getUint8(at));
const readUint16 = fixed(2, (view, at) => view.getUint16(at, true));
const readUint32 = fixed(4, (view, at) => view.getUint32(at, true));
const readUint64 = fixed(8, (view, at) => view.getBigUint64(at, true));

const readPointer: Read = (cursor) => {
  const size = cursor.pointerSize;
  if (!cursor.has(size)) return undefined;
  const { view, at } = cursor;
  cursor.at += size;
  return size === 8 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
};

const readGuid: Read = (cursor) => {
  if (!cursor.has(16)) return undefined;
  const text = formatGuid(cursor.bytes, cursor.at);
  cursor.at += 16;
  return text;
};

const bytesOf = (cursor: PayloadCursor, wanted: number): Uint8Array => {
  const start = cursor.at;
  cursor.at += cursor.take(wanted);
  return cursor.bytes.subarray(start, cursor.at);
};

const fixedBytes =
  (size: number): Read =>
  (cursor) =>
    cursor.has(size) ? bytesOf(cursor, size) : undefined;

const readRest: Read = (cursor) => bytesOf(cursor, cursor.end - cursor.at);

/**
 * SID: revision u8, sub-authority count u8, authority 6 bytes, sub-authorities u32 (winnt.h). A count above
 * SID_MAX_SUB_AUTHORITIES is accepted: the payload's end limits it.
 */
const readSid: Read = (cursor) => {
  if (!cursor.has(8)) return undefined;
  return bytesOf(cursor, 8 + 4 * cursor.view.getUint8(cursor.at + 1));
};

/**
 * A SID after a TOKEN_USER of two pointers (TDH_INTYPE_WBEMSID). If the first 32 bits are 0 there is no SID and the
 * value has only these four bytes (observed in kernel process events).
 */
const readWbemSid: Read = (cursor) => {
  if (!cursor.has(4)) return undefined;
  if (cursor.view.getUint32(cursor.at, true) === 0) {
    cursor.at += 4;
    return cursor.bytes.subarray(cursor.at, cursor.at);
  }
  const header = 2 * cursor.pointerSize;
  if (!cursor.has(header + 8)) return undefined;
  cursor.at += header;
  return readSid(cursor, [], []);
};

/** Trailing NULs of a counted string are padding. */
const trimNuls = (text: string): string => {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return end === text.length ? text : text.slice(0, end);
};

const wideText = (cursor: PayloadCursor, byteCount: number): string => {
  const length = cursor.take(byteCount);
  const text = decodeUtf16(cursor.bytes, cursor.at, length >> 1);
  cursor.at += length;
  return trimNuls(text);
};

const narrowText = (cursor: PayloadCursor, byteCount: number): string => {
  const length = cursor.take(byteCount);
  const text = decodeAnsi(cursor.bytes, cursor.at, length);
  cursor.at += length;
  return trimNuls(text);
};

const untilNul = (text: string): string => {
  const nul = text.indexOf('\0');
  return nul === -1 ? text : text.slice(0, nul);
};

/** A buffer of fixed size contains a string up to its NUL; the bytes after it are undefined. */
const wideBuffer = (cursor: PayloadCursor, byteCount: number): string =>
  untilNul(wideText(cursor, byteCount));
const narrowBuffer = (cursor: PayloadCursor, byteCount: number): string =>
  untilNul(narrowText(cursor, byteCount));

/** Up to its NUL. Some providers leave the NUL out of the last text of an event: that text ends with the payload. */
const readWideSz: Read = (cursor) => {
  if (cursor.at >= cursor.end) return undefined;
  const units = utf16Length(cursor.bytes, cursor.at, cursor.end);
  if (units === -1) {
    const left = cursor.end - cursor.at;
    if (left % 2 === 0) cursor.unterminated = true;
    else cursor.truncated = true;
    return wideText(cursor, left);
  }
  const text = decodeUtf16(cursor.bytes, cursor.at, units);
  cursor.at += 2 * units + 2;
  return text;
};

const readNarrowSz: Read = (cursor) => {
  if (cursor.at >= cursor.end) return undefined;
  const length = ansiLength(cursor.bytes, cursor.at, cursor.end);
  if (length === -1) {
    cursor.unterminated = true;
    return narrowText(cursor, cursor.end - cursor.at);
  }
  const text = decodeAnsi(cursor.bytes, cursor.at, length);
  cursor.at += length + 1;
  return text;
};

/** A value after its length in bytes (u16). */
const counted =
  (littleEndian: boolean, content: (cursor: PayloadCursor, byteCount: number) => RawValue): Read =>
  (cursor) => {
    if (!cursor.has(2)) return undefined;
    const length = cursor.view.getUint16(cursor.at, littleEndian);
    cursor.at += 2;
    return content(cursor, length);
  };

/** A value whose length is in the schema, in units of `unitSize` bytes. */
function sized(
  extent: Extent,
  unitSize: 1 | 2,
  content: (cursor: PayloadCursor, byteCount: number) => RawValue,
): Read {
  const lengthOf = compileExtent(extent);
  return (cursor, frame, outer) => {
    const length = lengthOf(cursor, frame, outer);
    if (length === undefined) return undefined;
    const byteCount = length === Number.POSITIVE_INFINITY ? cursor.end - cursor.at : length * unitSize;
    if (extent.kind === 'fixed' && byteCount > 0 && cursor.at >= cursor.end) return undefined;
    return content(cursor, byteCount);
  };
}

const SCALARS: ReadonlyMap<number, Read> = new Map<number, Read>([
  [InType.null, (cursor) => cursor.bytes.subarray(cursor.at, cursor.at)],
  [InType.int8, fixed(1, (view, at) => view.getInt8(at))],
  [InType.uint8, readUint8],
  [InType.int16, fixed(2, (view, at) => view.getInt16(at, true))],
  [InType.uint16, readUint16],
  [InType.int32, fixed(4, (view, at) => view.getInt32(at, true))],
  [InType.uint32, readUint32],
  [InType.int64, fixed(8, (view, at) => view.getBigInt64(at, true))],
  [InType.uint64, readUint64],
  [InType.float, fixed(4, (view, at) => view.getFloat32(at, true))],
  [InType.double, fixed(8, (view, at) => view.getFloat64(at, true))],
  [InType.guid, readGuid],
  [InType.pointer, readPointer],
  [InType.fileTime, readUint64],
  [InType.systemTime, fixedBytes(16)],
  [InType.sid, readSid],
  [InType.hexInt32, readUint32],
  [InType.hexInt64, readUint64],
  [InType.manifestCountedString, counted(true, wideText)],
  [InType.manifestCountedAnsiString, counted(true, narrowText)],
  [InType.manifestCountedBinary, counted(true, bytesOf)],
  [InType.countedString, counted(true, wideText)],
  [InType.countedAnsiString, counted(true, narrowText)],
  [InType.reversedCountedString, counted(false, wideText)],
  [InType.reversedCountedAnsiString, counted(false, narrowText)],
  [InType.nonNullTerminatedString, (cursor) => wideText(cursor, cursor.end - cursor.at)],
  [InType.nonNullTerminatedAnsiString, (cursor) => narrowText(cursor, cursor.end - cursor.at)],
  [InType.unicodeChar, fixed(2, (view, at) => String.fromCharCode(view.getUint16(at, true)))],
  [InType.ansiChar, (cursor) => (cursor.has(1) ? narrowText(cursor, 1) : undefined)],
  [InType.sizeT, readPointer],
  [
    InType.hexDump,
    (cursor) => {
      if (!cursor.has(4)) return undefined;
      const length = cursor.view.getUint32(cursor.at, true);
      cursor.at += 4;
      return bytesOf(cursor, length);
    },
  ],
  [InType.wbemSid, readWbemSid],
]);

const readBool32 = fixed(4, (view, at) => view.getUint32(at, true) !== 0);
const readBool8 = fixed(1, (view, at) => view.getUint8(at) !== 0);

function compileValue(field: FieldSchema): Read {
  const { inType, length } = field;
  switch (inType) {
    case InType.unicodeString:
      if (length === undefined) return readWideSz;
      return sized(length, 2, length.kind === 'fixed' ? wideBuffer : wideText);
    case InType.ansiString:
      if (length === undefined) return readNarrowSz;
      return sized(length, 1, length.kind === 'fixed' ? narrowBuffer : narrowText);
    case InType.boolean:
      // win:Boolean has 4 bytes; classic (MOF) schemas declare 1.
      return length?.kind === 'fixed' && length.value === 1 ? readBool8 : readBool32;
    case InType.binary:
      if (length !== undefined) return sized(length, 1, bytesOf);
      // The only binary out-type with a fixed size (win:IPv6 in winmeta.xml).
      return field.outType === OutType.ipv6 ? fixedBytes(16) : readRest;
  }
  const scalar = SCALARS.get(inType);
  if (scalar !== undefined) return scalar;
  return length === undefined ? readRest : sized(length, 1, bytesOf);
}

/** Bytes of the in-types whose values have the same size in every event of a pointer size; 0 for all others. */
export function fixedSize(field: FieldSchema, pointerSize: 4 | 8): number {
  if (field.members !== undefined || field.count !== undefined) return 0;
  switch (field.inType) {
    case InType.int8:
    case InType.uint8:
    case InType.ansiChar:
      return 1;
    case InType.int16:
    case InType.uint16:
    case InType.unicodeChar:
      return 2;
    case InType.int32:
    case InType.uint32:
    case InType.float:
    case InType.hexInt32:
      return 4;
    case InType.int64:
    case InType.uint64:
    case InType.double:
    case InType.fileTime:
    case InType.hexInt64:
      return 8;
    case InType.guid:
    case InType.systemTime:
      return 16;
    case InType.boolean:
      return field.length?.kind === 'fixed' && field.length.value === 1 ? 1 : 4;
    case InType.pointer:
    case InType.sizeT:
      return pointerSize;
    case InType.binary:
      if (field.length === undefined) return field.outType === OutType.ipv6 ? 16 : 0;
      return field.length.kind === 'fixed' ? field.length.value : 0;
    case InType.ansiString:
      return field.length?.kind === 'fixed' ? field.length.value : 0;
    case InType.unicodeString:
      return field.length?.kind === 'fixed' ? 2 * field.length.value : 0;
    default:
      return 0;
  }
}
