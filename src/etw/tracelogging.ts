import { type EventRecord, ExtendedType, formatGuid, LimitLog } from '../etl/index.js';
import { type EventSchema, type Extent, type FieldSchema, InType, OutType } from './schema.js';
import { ansiLength } from './text.js';

/** A field's in-type byte (TraceLoggingProvider.h, TlgIn_t): type, kind of count, and whether an out-type follows. */
const IN_TYPE_MASK = 0x1f;
const COUNT_MASK = 0x60;
const FIXED_COUNT = 0x20;
const VARIABLE_COUNT = 0x40;
const CUSTOM_TYPE = 0x60;
/** Bit 7 of in-type, out-type and tag bytes: one more byte follows. */
const CHAIN = 0x80;

/** TlgInSTRUCT: the out-type is the number of members. */
const IN_STRUCT = 24;

/** TlgOut_t (TraceLoggingProvider.h) where it differs from the TDH_OUT_TYPE of the same number. */
const TlgOut = {
  noPrint: 1,
  string: 2,
  boolean: 3,
  hex: 4,
  pid: 5,
  tid: 6,
  port: 7,
  ipv4: 8,
  ipv6: 9,
  socketAddress: 10,
  xml: 11,
  json: 12,
  win32Error: 13,
  ntStatus: 14,
  hresult: 15,
  fileTime: 16,
} as const;

const OUT_TYPES: ReadonlyMap<number, number> = new Map<number, number>([
  [TlgOut.noPrint, OutType.noPrint],
  [TlgOut.string, OutType.string],
  [TlgOut.boolean, OutType.boolean],
  [TlgOut.pid, OutType.pid],
  [TlgOut.tid, OutType.tid],
  [TlgOut.port, OutType.port],
  [TlgOut.ipv4, OutType.ipv4],
  [TlgOut.ipv6, OutType.ipv6],
  [TlgOut.socketAddress, OutType.socketAddress],
  [TlgOut.xml, OutType.xml],
  [TlgOut.json, OutType.json],
  [TlgOut.win32Error, OutType.win32Error],
  [TlgOut.ntStatus, OutType.ntStatus],
  [TlgOut.hresult, OutType.hresult],
  [TlgOut.fileTime, OutType.dateTime],
  // The others have TDH's numbers.
  [OutType.cultureInsensitiveDateTime, OutType.cultureInsensitiveDateTime],
  [OutType.utf8, OutType.utf8],
  [OutType.pkcs7WithTypeInfo, OutType.pkcs7WithTypeInfo],
  [OutType.codePointer, OutType.codePointer],
  [OutType.dateTimeUtc, OutType.dateTimeUtc],
]);

/** Structures within structures; the format has no limit, real providers nest two or three. */
const MAX_DEPTH = 32;

/** Provider traits (TraceLoggingProvider.h, EtwProviderTraitType): the provider group's GUID. */
const TRAIT_GROUP = 1;

const utf8 = new TextDecoder('utf-8');

class MetadataReader {
  readonly bytes: Uint8Array;
  readonly #limits: LimitLog;
  at: number;
  end: number;

  constructor(bytes: Uint8Array, end: number, limits: LimitLog) {
    this.bytes = bytes;
    this.at = 2;
    this.end = end;
    this.#limits = limits;
  }

  /** 0 after the end; {@link at} passes the end then. */
  byte(): number {
    const value = this.at < this.end ? (this.bytes[this.at] ?? 0) : 0;
    this.at += 1;
    return value;
  }

  uint16(): number {
    return this.byte() | (this.byte() << 8);
  }

  name(): string {
    const length = ansiLength(this.bytes, this.at, this.end);
    const stop = length === -1 ? this.end : this.at + length;
    const text = utf8.decode(this.bytes.subarray(Math.min(this.at, stop), stop));
    this.at = stop + 1;
    return this.#limits.name(text);
  }

  /** 28 bits, seven per byte, the highest first; trailing zero bytes are omitted. */
  tags(): number {
    let tags = 0;
    for (let shift = 21, more = true; more; shift -= 7) {
      const byte = this.byte();
      if (shift >= 0) tags |= (byte & 0x7f) << shift;
      more = (byte & CHAIN) !== 0;
    }
    return tags;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  get overrun(): boolean {
    return this.at > this.end;
  }
}

/**
 * Reads the metadata that a TraceLogging event carries: size u16, tags, name, then name, types and counts of each field
 * (TraceLoggingProvider.h).
 *
 * @param limits counts names that are truncated
 * @returns undefined if the metadata is too short to hold a name. Damaged fields end the list.
 */
export function parseTraceLogging(
  record: EventRecord,
  metadata: Uint8Array,
  traits: ProviderTraits,
  limits = new LimitLog(),
): EventSchema | undefined {
  if (metadata.length < 4) return undefined;
  const size = (metadata[0] ?? 0) | ((metadata[1] ?? 0) << 8);
  const reader = new MetadataReader(metadata, Math.min(size, metadata.length), limits);
  const tags = reader.tags();
  if (reader.done) return undefined;
  const name = reader.name();
  return {
    origin: 'tracelogging',
    providerId: record.providerId,
    id: record.id,
    version: record.version,
    ...traits,
    ...(name && { name }),
    ...(tags !== 0 && { tags }),
    fields: readFieldList(reader, Number.POSITIVE_INFINITY, 0),
  };
}

function readFieldList(reader: MetadataReader, wanted: number, depth: number): FieldSchema[] {
  const fields: FieldSchema[] = [];
  while (fields.length < wanted && !reader.done) {
    const field = readField(reader, depth);
    if (field === undefined) break;
    fields.push(field);
  }
  return fields;
}

function readField(reader: MetadataReader, depth: number): FieldSchema | undefined {
  const name = reader.name();
  const inByte = reader.byte();
  let outByte = 0;
  let tags = 0;
  if (inByte & CHAIN) {
    outByte = reader.byte();
    if (outByte & CHAIN) tags = reader.tags();
  }
  let count: Extent | undefined;
  const inNumber = inByte & IN_TYPE_MASK;
  switch (inByte & COUNT_MASK) {
    case FIXED_COUNT:
      count = { kind: 'fixed', value: reader.uint16() };
      break;
    case VARIABLE_COUNT:
      count = { kind: 'prefix' };
      break;
    case CUSTOM_TYPE: {
      // A serializer of the provider's own: a counted blob whose description only it can read.
      reader.at += reader.uint16();
      if (reader.overrun) return undefined;
      const length: Extent = { kind: 'prefix' };
      return { name, inType: InType.binary, outType: OutType.null, length, ...(tags !== 0 && { tags }) };
    }
  }
  if (reader.overrun) return undefined;
  const outNumber = outByte & ~CHAIN;
  const extra = { ...(count && { count }), ...(tags !== 0 && { tags }) };
  if (inNumber === IN_STRUCT) {
    if (depth >= MAX_DEPTH) return undefined;
    const members = readFieldList(reader, outNumber, depth + 1);
    return { name, inType: InType.null, outType: OutType.null, ...extra, members };
  }
  const [inType, outType] = tdhTypes(inNumber, outNumber);
  // In TraceLogging binary always has its length in front.
  const length: Extent | undefined = inType === InType.binary ? { kind: 'prefix' } : undefined;
  return { name, inType, outType, ...(length && { length }), ...extra };
}

/** TraceLogging's types as TDH's. In-types have the same numbers up to TlgInCOUNTEDBINARY (25). */
function tdhTypes(inType: number, tlgOut: number): readonly [inType: number, outType: number] {
  if (tlgOut === TlgOut.hex) return [inType, hexOutType(inType)];
  if (tlgOut === TlgOut.string && inType === InType.uint8) return [InType.ansiChar, OutType.string];
  if (tlgOut === TlgOut.string && inType === InType.uint16) return [InType.unicodeChar, OutType.string];
  return [inType, OUT_TYPES.get(tlgOut) ?? OutType.null];
}

function hexOutType(inType: number): number {
  switch (inType) {
    case InType.int8:
    case InType.uint8:
      return OutType.hexInt8;
    case InType.int16:
    case InType.uint16:
      return OutType.hexInt16;
    case InType.int32:
    case InType.uint32:
      return OutType.hexInt32;
    case InType.int64:
    case InType.uint64:
      return OutType.hexInt64;
    default:
      return OutType.hexBinary;
  }
}

/** The provider's traits, which each event contains. */
export interface ProviderTraits {
  readonly providerName?: string;
  /** GUID, lower case, no braces. */
  readonly providerGroup?: string;
}

/** Size u16, name UTF-8 with NUL, then traits: size u16, type u8, data (TraceLoggingProvider.h). */
export function parseProviderTraits(bytes: Uint8Array, limits = new LimitLog()): ProviderTraits {
  if (bytes.length < 3) return {};
  const end = Math.min((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8), bytes.length);
  const reader = new MetadataReader(bytes, end, limits);
  const providerName = reader.name();
  let providerGroup: string | undefined;
  while (reader.at + 3 <= end) {
    const start = reader.at;
    const size = reader.uint16();
    if (size < 3) break;
    if (reader.byte() === TRAIT_GROUP && size >= 19 && start + 19 <= end) {
      providerGroup = formatGuid(bytes, start + 3);
    }
    reader.at = start + size;
  }
  return { ...(providerName && { providerName }), ...(providerGroup && { providerGroup }) };
}

/** Bytes of metadata whose schemas are kept; real traces have some thousand event names of some hundred bytes. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024;
/** Approximate memory of a cached schema besides its metadata, in bytes. */
const SCHEMA_OVERHEAD = 2048;

/**
 * Number of schemas with one hash value that are compared. Real ones have different hash values; a trace made to give
 * many the same hash value has its schemas parsed repeatedly, in time proportional to their bytes.
 */
const MAX_ALIKE = 8;

interface CachedSchema {
  readonly metadata: Uint8Array;
  readonly providerId: string;
  readonly id: number;
  readonly schema: EventSchema | undefined;
}

/** TraceLogging schemas by the bytes that describe them: all events of a provider may share one id. */
export class TraceLoggingSchemas {
  readonly #byHash = new Map<number, CachedSchema[]>();
  readonly #limits: LimitLog;
  #keptBytes = 0;

  /** @param limits counts names that are truncated */
  constructor(limits: LimitLog) {
    this.#limits = limits;
  }

  /** Hot path. The schema that a record carries; undefined if it carries none. */
  locate(record: EventRecord): EventSchema | undefined {
    const metadata = record.extendedItem(ExtendedType.traceLoggingSchema);
    if (metadata === undefined) return undefined;
    const { providerId, id } = record;
    const hash = hashOf(metadata, id);
    const alike = this.#byHash.get(hash);
    if (alike !== undefined) {
      for (const cached of alike) {
        if (cached.id === id && cached.providerId === providerId && equalBytes(cached.metadata, metadata)) {
          return cached.schema;
        }
      }
      if (alike.length >= MAX_ALIKE) return this.#read(record, metadata);
    }
    const schema = this.#read(record, metadata);
    if (this.#keptBytes < MAX_KEPT_BYTES) {
      this.#keptBytes += metadata.length + SCHEMA_OVERHEAD;
      const cached = { metadata: metadata.slice(), providerId, id, schema };
      if (alike === undefined) this.#byHash.set(hash, [cached]);
      else alike.push(cached);
    }
    return schema;
  }

  #read(record: EventRecord, metadata: Uint8Array): EventSchema | undefined {
    const traits = record.extendedItem(ExtendedType.providerTraits);
    const limits = this.#limits;
    return parseTraceLogging(record, metadata, traits ? parseProviderTraits(traits, limits) : {}, limits);
  }
}

/** FNV-1a, 32 bits, of the event's id and these bytes. */
function hashOf(bytes: Uint8Array, id: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(id, 0x9e3779b1);
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
