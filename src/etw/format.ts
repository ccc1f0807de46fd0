import { isoTime } from '../etl/index.js';
import { formatIpv4, formatIpv6 } from '../net/index.js';
import { formatHex, formatSid, formatSocketAddress, formatSystemTime } from './address.js';
import { type FieldSchema, InType, OutType, type RawValue, type ValueMap } from './schema.js';

/** The JSON form of a value without parts. */
export type JsonScalar = string | number | boolean | null;

/** Converts one raw value, not an array and not a structure, to its JSON form. */
export type FormatScalar = (value: RawValue) => JsonScalar;

/** How a text is meant: for JSON, or in the middle of a message. */
export type FormatStyle = 'json' | 'message';

/**
 * The formatter of a field, chosen once.
 *
 * JSON: 64-bit integers are decimal strings, pointers and hexadecimal types hexadecimal strings, binary is
 * hex, times are ISO, a mapped value is its text without the trailing blank. Messages are as Windows writes them: a
 * mapped value keeps its blank, hexadecimal digits are capital except in pointers and GUIDs, GUIDs are in braces, binary
 * has 0x.
 */
export function scalarFormatter(field: FieldSchema, style: FormatStyle): FormatScalar {
  const plain = plainFormatter(field, style);
  return field.map === undefined ? plain : mapFormatter(field.map, style, plain);
}

function mapFormatter(map: ValueMap, style: FormatStyle, plain: FormatScalar): FormatScalar {
  const { entries } = map;
  const text = (entry: string): string => (style === 'json' ? entry.trimEnd() : entry);
  return (value) => {
    const number = numberOf(value);
    if (number === undefined) return plain(value);
    const whole = entries.get(number);
    if (whole !== undefined) return text(whole);
    if (map.kind === 'value') return plain(value);
    const names: string[] = [];
    let rest = number;
    for (const [bits, name] of entries) {
      if (bits !== 0 && (number & bits) >>> 0 === bits) {
        names.push(text(name));
        rest = (rest & ~bits) >>> 0;
      }
    }
    if (names.length === 0) return plain(value);
    if (rest !== 0) names.push(`0x${rest.toString(16)}`);
    return names.join('|');
  };
}

/** The key of a map entry: unsigned 32 bits. */
function numberOf(value: RawValue): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value >>> 0 : undefined;
  if (typeof value === 'bigint') return value >= 0n && value <= 0xffff_ffffn ? Number(value) : undefined;
  return typeof value === 'boolean' ? Number(value) : undefined;
}

/** Bits of the integer types, for negative numbers in hexadecimal. */
const WIDTHS: ReadonlyMap<number, number> = new Map<number, number>([
  [InType.int8, 8],
  [InType.uint8, 8],
  [InType.int16, 16],
  [InType.uint16, 16],
  [InType.int32, 32],
  [InType.uint32, 32],
  [InType.hexInt32, 32],
]);

function hexText(value: number | bigint, width: number): string {
  const bits = typeof value === 'bigint' ? BigInt.asUintN(64, value) : value < 0 ? value + 2 ** width : value;
  return bits.toString(16);
}

/** The ways in which an integer is shown. */
type IntegerLook = 'decimal' | 'hex' | 'pointer' | 'code' | 'boolean' | 'ipv4' | 'port' | 'time';

function integerLook(field: FieldSchema): IntegerLook {
  const { inType, outType } = field;
  switch (outType) {
    case OutType.hexInt8:
    case OutType.hexInt16:
    case OutType.hexInt32:
    case OutType.hexInt64:
    case OutType.hexBinary:
      return 'hex';
    case OutType.codePointer:
      return 'pointer';
    case OutType.errorCode:
    case OutType.ntStatus:
    case OutType.hresult:
      return 'code';
    case OutType.boolean:
      return 'boolean';
    case OutType.ipv4:
      return inType === InType.uint32 || inType === InType.int32 || inType === InType.hexInt32
        ? 'ipv4'
        : 'decimal';
    case OutType.port:
      return inType === InType.uint16 || inType === InType.int16 ? 'port' : 'decimal';
    case OutType.dateTime:
    case OutType.dateTimeUtc:
    case OutType.cultureInsensitiveDateTime:
      return inType === InType.int64 || inType === InType.uint64 || inType === InType.fileTime
        ? 'time'
        : 'decimal';
  }
  switch (inType) {
    case InType.pointer:
    case InType.sizeT:
      return 'pointer';
    case InType.hexInt32:
    case InType.hexInt64:
      return 'hex';
    case InType.fileTime:
      return 'time';
    default:
      return 'decimal';
  }
}

const lowByte = (value: number, byte: number): number => (value >>> (8 * byte)) & 0xff;

/** Both styles; `capital` hexadecimal digits are the messages'. */
function integerFormatter(field: FieldSchema, style: FormatStyle): (value: number | bigint) => JsonScalar {
  const width = WIDTHS.get(field.inType) ?? 64;
  const digits = (value: number | bigint): string => {
    const text = hexText(value, width);
    return style === 'message' ? text.toUpperCase() : text;
  };
  switch (integerLook(field)) {
    case 'decimal':
      return (value) => (typeof value === 'bigint' ? value.toString() : value);
    case 'hex':
      return (value) => `0x${digits(value)}`;
    case 'pointer':
      return (value) => `0x${hexText(value, width)}`;
    case 'code':
      return (value) => `0x${digits(value).padStart(8, '0')}`;
    case 'boolean':
      return (value) => (typeof value === 'bigint' ? value !== 0n : value !== 0);
    case 'ipv4':
      return (value) => {
        const bits = Number(value);
        return `${lowByte(bits, 0)}.${lowByte(bits, 1)}.${lowByte(bits, 2)}.${lowByte(bits, 3)}`;
      };
    case 'port':
      // In network order.
      return (value) => (lowByte(Number(value), 0) << 8) | lowByte(Number(value), 1);
    case 'time':
      return (value) => isoTime(BigInt(value));
  }
}

/** A 32-bit float with as few digits as bring back the same float. */
function shortestFloat(value: number): number {
  for (let precision = 6; precision < 9; precision++) {
    const short = Number(value.toPrecision(precision));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function bytesFormatter(field: FieldSchema, style: FormatStyle): (value: Uint8Array) => string {
  const hex = (value: Uint8Array): string => {
    const text = formatHex(value);
    return style === 'json' || text === '' ? text : `0x${text.toUpperCase()}`;
  };
  switch (field.inType) {
    case InType.sid:
    case InType.wbemSid:
      return (value) => formatSid(value) ?? hex(value);
    case InType.systemTime:
      return (value) => formatSystemTime(value, field.outType === OutType.dateTimeUtc) ?? hex(value);
  }
  switch (field.outType) {
    case OutType.ipv6:
      // Some providers log an IPv4 address or a SOCKADDR in the same field.
      return (value) =>
        value.length === 16 ? formatIpv6(value, 0) : (formatSocketAddress(value) ?? hex(value));
    case OutType.ipv4:
      return (value) => (value.length === 4 ? formatIpv4(value, 0) : hex(value));
    case OutType.socketAddress:
      return (value) => formatSocketAddress(value) ?? hex(value);
    default:
      return hex;
  }
}

const bracedGuid = (text: string): string => `{${text}}`;

function plainFormatter(field: FieldSchema, style: FormatStyle): FormatScalar {
  const isBraced = style === 'message' && field.inType === InType.guid;
  const integer = integerFormatter(field, style);
  const bytes = bytesFormatter(field, style);
  if (field.inType === InType.null) return () => null;
  if (field.inType === InType.float || field.inType === InType.double) {
    const isSingle = field.inType === InType.float;
    return (value) => {
      const number = Number(value);
      // JSON has no word for these.
      if (!Number.isFinite(number)) return String(number);
      return isSingle ? shortestFloat(number) : number;
    };
  }
  return (value) => {
    switch (typeof value) {
      case 'number':
      case 'bigint':
        return integer(value);
      case 'string':
        return isBraced ? bracedGuid(value) : value;
      case 'boolean':
        return value;
      default:
        return value instanceof Uint8Array ? bytes(value) : null;
    }
  };
}
