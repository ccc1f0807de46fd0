import type { EventRecord } from '../etl/index.js';
import {
  type EventSchema,
  type FieldSchema,
  InType,
  jsonText,
  OutType,
  type ValueMap,
} from '../etw/index.js';
import type { JsonBytes } from './json-bytes.js';

/**
 * A fast conversion from records to JSON, for the events of which traces have millions: consecutive fields, each of a
 * plain type. It supports fewer types than src/etw and gives up on any irregularity; its output equals that of src/etw
 * (property test in test/events/plain-payload.test.ts).
 */
export interface PlainPayload {
  readonly fields: readonly PlainField[];
  readonly message: readonly MessagePart[] | undefined;
}

/** How a field is read and shown. */
type Look =
  | 'unsigned'
  | 'signed'
  | 'decimal64'
  | 'hex'
  | 'code'
  | 'pointer'
  | 'boolean'
  | 'port'
  | 'ipv4'
  | 'guid'
  | 'wide'
  | 'narrow';

interface PlainField {
  readonly look: Look;
  /** Bytes; 0: it depends on the record. */
  readonly size: number;
  /** `,"Name":`; the first without comma. */
  readonly member: Uint8Array;
  /** Mapped values as JSON strings, and as the inside of one in a message. */
  readonly map: ReadonlyMap<number, MappedText> | undefined;
}

interface MappedText {
  readonly json: Uint8Array;
  readonly message: Uint8Array;
}

/** Text of a message as the inside of a JSON string, or the number of the field to insert. */
type MessagePart = Uint8Array | number;

/** Events with more fields are decoded by src/etw: the size of the arrays of field offsets. */
const MAX_FIELDS = 256;
/** Bytes of a message; formatMessage truncates longer ones. */
const MAX_MESSAGE_LENGTH = 8192;
/** Texts and inserts of a message. */
const MAX_MESSAGE_PARTS = 256;

const encoder = new TextEncoder();
const QUOTE = encoder.encode('"');
const DATA = encoder.encode(',"data":{');
const MESSAGE = encoder.encode(',"message":"');
const END_OF_DATA = encoder.encode('}');
const TRUE = encoder.encode('true');
const FALSE = encoder.encode('false');

/** The inside of a JSON string. */
const inside = (text: string): Uint8Array => encoder.encode(jsonText(text).slice(1, -1));

const DECIMAL_OUT_TYPES: ReadonlySet<number> = new Set([
  OutType.null,
  OutType.byte,
  OutType.unsignedByte,
  OutType.short,
  OutType.unsignedShort,
  OutType.int,
  OutType.unsignedInt,
  OutType.long,
  OutType.unsignedLong,
  OutType.pid,
  OutType.tid,
]);
const HEX_OUT_TYPES: ReadonlySet<number> = new Set([
  OutType.hexInt8,
  OutType.hexInt16,
  OutType.hexInt32,
  OutType.hexInt64,
]);
const CODE_OUT_TYPES: ReadonlySet<number> = new Set([OutType.errorCode, OutType.ntStatus, OutType.hresult]);

function unsignedLook(inType: number, outType: number): Look | undefined {
  if (DECIMAL_OUT_TYPES.has(outType)) return 'unsigned';
  if (HEX_OUT_TYPES.has(outType)) return 'hex';
  if (inType === InType.uint16 && outType === OutType.port) return 'port';
  if (inType !== InType.uint32) return undefined;
  if (outType === OutType.ipv4) return 'ipv4';
  return CODE_OUT_TYPES.has(outType) ? 'code' : undefined;
}

/** How a type is read and shown, with its size; undefined: not a plain type. */
function plainType({ inType, outType }: FieldSchema, pointerSize: 4 | 8): [Look, number] | undefined {
  const of = (look: Look | undefined, size: number): [Look, number] | undefined => look && [look, size];
  const decimal = DECIMAL_OUT_TYPES.has(outType);
  const isHex = outType === OutType.null || HEX_OUT_TYPES.has(outType);
  switch (inType) {
    case InType.uint8:
      return of(unsignedLook(inType, outType), 1);
    case InType.uint16:
      return of(unsignedLook(inType, outType), 2);
    case InType.uint32:
      return of(unsignedLook(inType, outType), 4);
    case InType.int8:
      return of(decimal ? 'signed' : undefined, 1);
    case InType.int16:
      return of(decimal ? 'signed' : undefined, 2);
    case InType.int32:
      return of(decimal ? 'signed' : undefined, 4);
    case InType.uint64:
      return of(decimal ? 'decimal64' : HEX_OUT_TYPES.has(outType) ? 'hex' : undefined, 8);
    case InType.hexInt32:
      return of(isHex ? 'hex' : CODE_OUT_TYPES.has(outType) ? 'code' : undefined, 4);
    case InType.hexInt64:
      return of(isHex ? 'hex' : undefined, 8);
    case InType.pointer:
    case InType.sizeT:
      return of(decimal ? 'pointer' : HEX_OUT_TYPES.has(outType) ? 'hex' : undefined, pointerSize);
    case InType.boolean:
      return ['boolean', 4];
    case InType.guid:
      return ['guid', 16];
    case InType.unicodeString:
      return ['wide', 0];
    case InType.ansiString:
      return ['narrow', 0];
    default:
      return undefined;
  }
}

function plainMap(map: ValueMap | undefined): ReadonlyMap<number, MappedText> | undefined {
  return (
    map &&
    new Map(
      [...map.entries].map(([value, text]) => [
        value,
        { json: encoder.encode(jsonText(text.trimEnd())), message: inside(text) },
      ]),
    )
  );
}

/** @returns undefined if the schema has anything that is not plain */
export function compilePlain(schema: EventSchema, pointerSize: 4 | 8): PlainPayload | undefined {
  const { fields, message } = schema;
  if (fields.length > MAX_FIELDS || new Set(fields.map(({ name }) => name)).size < fields.length)
    return undefined;
  const plain: PlainField[] = [];
  for (const field of fields) {
    const type = plainType(field, pointerSize);
    if ((type === undefined || field.count) ?? field.length ?? field.members) return undefined;
    const [look, size] = type;
    if (field.map !== undefined && (field.map.kind === 'bits' || look !== 'unsigned')) return undefined;
    const comma = plain.length === 0 ? '' : ',';
    const member = encoder.encode(`${comma}${jsonText(field.name)}:`);
    plain.push({ look, size, member, map: plainMap(field.map) });
  }
  const parts = message === undefined ? undefined : messageParts(message, plain.length);
  return parts === null ? undefined : { fields: plain, message: parts };
}

/** A template's texts and inserts; null if it holds more than `%1` … `%99` of fields that there are. */
function messageParts(template: string, fields: number): MessagePart[] | null {
  const parts: MessagePart[] = [];
  let end = 0;
  for (const match of template.matchAll(/%(?:([1-9]\d?)(?!\d?!)|.?)/gsu)) {
    const number = Number(match[1]);
    if (!(number <= fields) || parts.length >= MAX_MESSAGE_PARTS) return null;
    parts.push(inside(template.slice(end, match.index)), number - 1);
    end = match.index + match[0].length;
  }
  parts.push(inside(template.slice(end)));
  return parts;
}

/** Offsets of the current event's fields, and lengths of the strings among them, in characters. */
const starts = new Int32Array(MAX_FIELDS);
const lengths = new Int32Array(MAX_FIELDS);

/**
 * Hot path. Writes `,"data":{…}` and, where the schema has one, `,"message":"…"`.
 *
 * @returns false, with part of it written, where the record is not plain: fields that are missing, cut or appended,
 * characters beyond the basic plane
 */
export function writePlain(plan: PlainPayload, record: EventRecord, out: JsonBytes): boolean {
  const { fields, message } = plan;
  if (!findFields(fields, record)) return false;
  out.raw(DATA);
  for (let n = 0; n < fields.length; n++) {
    const field = fields[n];
    if (field === undefined || !writeMember(field, n, record, out)) return false;
  }
  out.raw(END_OF_DATA);
  return message === undefined || writeMessage(message, fields, record, out);
}

/** Whether the fields make up exactly the payload. */
function findFields(fields: readonly PlainField[], record: EventRecord): boolean {
  const { bytes, payloadLength, payloadOffset } = record;
  const end = payloadOffset + payloadLength;
  let at = payloadOffset;
  for (let n = 0; n < fields.length; n++) {
    starts[n] = at;
    const { look, size } = fields[n] ?? { look: 'unsigned', size: 1 };
    if (size > 0) {
      at += size;
    } else if (look === 'wide') {
      const start = at;
      while (at + 1 < end && (bytes[at] !== 0 || bytes[at + 1] !== 0)) at += 2;
      if (at + 1 >= end) return false;
      lengths[n] = (at - start) >> 1;
      at += 2;
    } else {
      const nul = bytes.indexOf(0, at);
      if (nul === -1 || nul >= end) return false;
      lengths[n] = nul - at;
      at = nul + 1;
    }
  }
  return at === end;
}

function writeMember(field: PlainField, n: number, record: EventRecord, out: JsonBytes): boolean {
  out.raw(field.member);
  switch (field.look) {
    case 'unsigned': {
      const text = field.map?.get(unsigned(record.view, starts[n] ?? 0, field.size));
      if (text !== undefined) {
        out.raw(text.json);
        return true;
      }
      return writeValue(field, n, record, out, false);
    }
    case 'signed':
    case 'boolean':
    case 'port':
      return writeValue(field, n, record, out, false);
    default: {
      out.raw(QUOTE);
      const written = writeValue(field, n, record, out, false);
      out.raw(QUOTE);
      return written;
    }
  }
}

function writeMessage(
  parts: readonly MessagePart[],
  fields: readonly PlainField[],
  record: EventRecord,
  out: JsonBytes,
): boolean {
  out.raw(MESSAGE);
  const start = out.length;
  for (const part of parts) {
    // The number of bytes is at least that of characters.
    if (out.length - start > MAX_MESSAGE_LENGTH) return false;
    if (typeof part !== 'number') {
      out.raw(part);
      continue;
    }
    const field = fields[part];
    if (field === undefined) return false;
    const text = field.map?.get(unsigned(record.view, starts[part] ?? 0, field.size));
    if (text !== undefined) {
      out.raw(text.message);
    } else if (field.look === 'guid') {
      out.ascii('{');
      out.guid(record.bytes, starts[part] ?? 0);
      out.ascii('}');
    } else if (!writeValue(field, part, record, out, true)) {
      return false;
    }
  }
  if (out.length - start > MAX_MESSAGE_LENGTH) return false;
  out.raw(QUOTE);
  return true;
}

const unsigned = (view: DataView, at: number, size: number): number =>
  size === 4 ? view.getUint32(at, true) : size === 2 ? view.getUint16(at, true) : view.getUint8(at);

const signed = (view: DataView, at: number, size: number): number =>
  size === 4 ? view.getInt32(at, true) : size === 2 ? view.getInt16(at, true) : view.getInt8(at);

/** One value without quotes; `upper`: the hexadecimal digits that Windows' messages have. */
function writeValue(
  { look, size }: PlainField,
  n: number,
  { bytes, view }: EventRecord,
  out: JsonBytes,
  upper: boolean,
): boolean {
  const at = starts[n] ?? 0;
  const isLong = size === 8;
  switch (look) {
    case 'unsigned':
      out.decimal(unsigned(view, at, size));
      return true;
    case 'signed': {
      const value = signed(view, at, size);
      if (value < 0) out.ascii('-');
      out.decimal(Math.abs(value));
      return true;
    }
    case 'decimal64':
      out.decimal64(view.getUint32(at + 4, true), view.getUint32(at, true));
      return true;
    case 'hex':
    case 'code':
    case 'pointer':
      out.hex(
        isLong ? view.getUint32(at + 4, true) : 0,
        isLong ? view.getUint32(at, true) : unsigned(view, at, size),
        look === 'code' ? 8 : 1,
        upper && look !== 'pointer',
      );
      return true;
    case 'boolean':
      out.raw(view.getUint32(at, true) === 0 ? FALSE : TRUE);
      return true;
    case 'port':
      out.decimal(view.getUint16(at, false));
      return true;
    case 'ipv4':
      for (let part = 0; part < 4; part++) {
        if (part > 0) out.ascii('.');
        out.decimal(bytes[at + part] ?? 0);
      }
      return true;
    case 'guid':
      out.guid(bytes, at);
      return true;
    case 'wide':
      return out.utf16(bytes, at, lengths[n] ?? 0);
    case 'narrow':
      return out.asciiBytes(bytes, at, lengths[n] ?? 0);
  }
}
