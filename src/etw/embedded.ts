import { formatGuid, LimitLog } from '../etl/index.js';
import {
  type EventSchema,
  type Extent,
  type FieldSchema,
  InType,
  MAX_FLAGS,
  type ValueMap,
} from './schema.js';
import { decodeUtf16, utf16Length } from './text.js';

/**
 * Class of the classic records by which a merged trace carries its own schemas, and their opcodes.
 * Source: docs/format/trace-metadata.md, "Event schemas".
 */
export const EMBEDDED_SCHEMA_CLASS = 'bbccf6c1-6cd1-48c4-80ff-839482e37671';
export const EMBEDDED_EVENT_OPCODE = 32;
export const EMBEDDED_MAP_OPCODE = 33;

/** TRACE_EVENT_INFO (tdh.h): offset of the array of properties, and the size of one. */
const PROPERTIES_AT = 112;
const PROPERTY_SIZE = 24;

/** EVENT_PROPERTY_INFO.Flags (tdh.h, PROPERTY_FLAGS). */
const PropertyFlags = {
  struct: 0x1,
  lengthIsProperty: 0x2,
  countIsProperty: 0x4,
  fixedLength: 0x10,
  fixedCount: 0x20,
  customSchema: 0x80,
} as const;

/** In-types for which the length field is meaningful; numbers have a fixed size. */
const HAS_LENGTH: ReadonlySet<number> = new Set([
  InType.unicodeString,
  InType.ansiString,
  InType.boolean,
  InType.binary,
]);

/** EVENT_MAP_INFO (tdh.h): offset of its entries, and the size of one. */
const MAP_ENTRIES_AT = 16;
const MAP_ENTRY_SIZE = 8;

/** EVENT_MAP_INFO.Flag: the kinds whose values are flags (MANIFEST_BITMAP, WBEM_BITMAP, WBEM_FLAG). */
const MAP_IS_BITS = 0x2 | 0x10 | 0x20;
/** MANIFEST_PATTERNMAP: texts to texts, which no field value can be looked up in. */
const MAP_IS_PATTERN = 0x4;

/** A record is at most 64 KiB long; so is a text. */
const MAX_TEXT_UNITS = 32_768;
/** An event has 64 bits for keywords. */
const MAX_KEYWORDS = 64;

/** Structures within structures; Windows itself nests one level. */
const MAX_DEPTH = 16;

/** The provider, id and version that a TRACE_EVENT_INFO describes; undefined if it is too short to be one. */
export function embeddedKey(
  info: Uint8Array,
): { providerId: string; id: number; version: number } | undefined {
  if (info.length < PROPERTIES_AT) return undefined;
  return {
    providerId: formatGuid(info, 0),
    id: (info[32] ?? 0) | ((info[33] ?? 0) << 8),
    version: info[34] ?? 0,
  };
}

/**
 * Reads a TRACE_EVENT_INFO (tdh.h).
 *
 * @param mapNamed the provider's value maps
 * @param limits counts names that are truncated
 * @returns undefined if its properties contradict each other or leave the record.
 */
export function parseEmbeddedSchema(
  info: Uint8Array,
  mapNamed: (name: string) => ValueMap | undefined,
  limits = new LimitLog(),
): EventSchema | undefined {
  const key = embeddedKey(info);
  if (key === undefined) return undefined;
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  const texts = new TextReader(info);
  const text = (offset: number): string | undefined => {
    const found = offset === 0 ? undefined : texts.at(offset);
    return found === undefined ? undefined : limits.name(found);
  };
  const named = (at: number): string | undefined => text(view.getUint32(at, true))?.trimEnd();

  const fields = new PropertyReader(view, text, mapNamed).readAll();
  if (fields === undefined) return undefined;
  const providerName = named(52);
  const levelName = named(56)?.replace(/^win:/, '');
  const channelName = named(60);
  const keywordNames = texts.list(view.getUint32(64, true)).map((keyword) => limits.name(keyword));
  const taskName = named(68);
  const opcodeName = named(72)?.replace(/^win:/, '');
  const messageAt = view.getUint32(76, true);
  const message = messageAt === 0 ? undefined : texts.at(messageAt);
  const name = named(92);
  return {
    origin: 'embedded',
    ...key,
    ...(providerName && { providerName }),
    ...(name && { name }),
    ...(levelName && { levelName }),
    ...(channelName && { channelName }),
    ...(keywordNames.length > 0 && { keywordNames }),
    ...(taskName && { taskName }),
    ...(opcodeName && { opcodeName }),
    ...(message && { message }),
    fields,
  };
}

/**
 * The texts of one schema or map. Only a hostile one points at the same text repeatedly: all its texts together are no
 * longer than its bytes.
 */
class TextReader {
  readonly #bytes: Uint8Array;
  #unitsLeft: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#unitsLeft = bytes.length;
  }

  /** The text at an offset, up to its NUL; undefined after the end. */
  at(offset: number): string | undefined {
    const bytes = this.#bytes;
    if (offset >= bytes.length) return undefined;
    const end = Math.min(bytes.length, offset + 2 * Math.min(MAX_TEXT_UNITS, this.#unitsLeft));
    const found = utf16Length(bytes, offset, end);
    const units = found === -1 ? (end - offset) >> 1 : found;
    this.#unitsLeft -= units;
    return decodeUtf16(bytes, offset, units);
  }

  /** Texts after one another, the last followed by an empty one. */
  list(offset: number): string[] {
    const texts: string[] = [];
    let at = offset;
    while (at !== 0 && texts.length < MAX_KEYWORDS) {
      const text = this.at(at);
      if (!text) break;
      texts.push(text.trimEnd());
      at += 2 * text.length + 2;
    }
    return texts;
  }
}

/** Converts the flat array of properties into fields; members of structures are after the top-level properties. */
class PropertyReader {
  readonly #view: DataView;
  readonly #text: (offset: number) => string | undefined;
  readonly #mapNamed: (name: string) => ValueMap | undefined;
  readonly #count: number;
  readonly #topLevelCount: number;
  /** A property belongs to at most one structure: this rules out cycles and exponential growth. */
  readonly #claimed: Uint8Array;

  constructor(
    view: DataView,
    text: (offset: number) => string | undefined,
    mapNamed: (name: string) => ValueMap | undefined,
  ) {
    this.#view = view;
    this.#text = text;
    this.#mapNamed = mapNamed;
    const fitting = Math.floor((view.byteLength - PROPERTIES_AT) / PROPERTY_SIZE);
    this.#count = view.getUint32(100, true);
    this.#topLevelCount = view.getUint32(104, true);
    this.#claimed = new Uint8Array(this.#count <= fitting ? this.#count : 0);
  }

  readAll(): FieldSchema[] | undefined {
    if (this.#claimed.length !== this.#count || this.#topLevelCount > this.#count) return undefined;
    return this.#readRange(0, this.#topLevelCount, 0);
  }

  #readRange(first: number, count: number, depth: number): FieldSchema[] | undefined {
    if (first + count > this.#count || depth > MAX_DEPTH) return undefined;
    for (let index = first; index < first + count; index++) {
      if (this.#claimed[index] !== 0) return undefined;
      this.#claimed[index] = 1;
    }
    const fields: FieldSchema[] = [];
    for (let index = first; index < first + count; index++) {
      const field = this.#read(index, first, depth);
      if (field === undefined) return undefined;
      fields.push(field);
    }
    return fields;
  }

  #read(index: number, first: number, depth: number): FieldSchema | undefined {
    const view = this.#view;
    const at = PROPERTIES_AT + index * PROPERTY_SIZE;
    const flags = view.getUint32(at, true);
    const name = this.#text(view.getUint32(at + 4, true)) ?? `field${index}`;
    const inType = view.getUint16(at + 8, true);
    const outType = view.getUint16(at + 10, true);
    const countValue = view.getUint16(at + 16, true);
    const lengthValue = view.getUint16(at + 18, true);

    let count: Extent | undefined;
    if (flags & PropertyFlags.countIsProperty) count = this.#reference(countValue, first, index);
    else if (flags & PropertyFlags.fixedCount || countValue > 1) count = { kind: 'fixed', value: countValue };

    if (flags & PropertyFlags.struct) {
      const members = this.#readRange(inType, outType, depth + 1);
      return members && { name, inType: InType.null, outType: 0, ...(count && { count }), members };
    }

    let length: Extent | undefined;
    if (flags & PropertyFlags.lengthIsProperty) length = this.#reference(lengthValue, first, index);
    else if (HAS_LENGTH.has(inType) && (flags & PropertyFlags.fixedLength || lengthValue > 0)) {
      length = { kind: 'fixed', value: lengthValue };
    }

    const mapName =
      flags & PropertyFlags.customSchema ? undefined : this.#text(view.getUint32(at + 12, true));
    const map = mapName === undefined ? undefined : this.#mapNamed(mapName);
    return {
      name,
      inType,
      outType,
      ...(length && { length }),
      ...(count && { count }),
      ...(map && { map }),
    };
  }

  /** A property index as an extent: within the same list, or one of the event's own fields. */
  #reference(target: number, first: number, from: number): Extent {
    if (target >= first && target < from) return { kind: 'field', index: target - first };
    if (first > 0 && target < this.#topLevelCount) return { kind: 'outer', index: target };
    // A reference to a later or missing property: there is no number.
    return { kind: 'fixed', value: 0 };
  }
}

/** Name of the map in an EVENT_MAP_INFO, whole; undefined if it is too short to be one. */
export function embeddedMapName(info: Uint8Array): string | undefined {
  if (info.length < MAP_ENTRIES_AT) return undefined;
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  return new TextReader(info).at(view.getUint32(0, true));
}

/**
 * Reads an EVENT_MAP_INFO (tdh.h); texts keep the trailing blank that Windows adds.
 *
 * @param limits counts texts that are truncated, and flags beyond the first 256
 */
export function parseEmbeddedMap(info: Uint8Array, limits = new LimitLog()): ValueMap | undefined {
  const name = embeddedMapName(info);
  if (name === undefined) return undefined;
  const texts = new TextReader(info);
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  const flags = view.getUint32(4, true);
  if (flags & MAP_IS_PATTERN) return undefined;
  const fitting = Math.floor((info.length - MAP_ENTRIES_AT) / MAP_ENTRY_SIZE);
  const count = Math.min(view.getUint32(8, true), fitting);
  const isBits = (flags & MAP_IS_BITS) !== 0;
  const kept = isBits ? Math.min(count, MAX_FLAGS) : count;
  if (kept < count) limits.add('mapEntriesLeftOut', count - kept);
  const entries = new Map<number, string>();
  for (let index = 0; index < kept; index++) {
    const at = MAP_ENTRIES_AT + index * MAP_ENTRY_SIZE;
    const text = texts.at(view.getUint32(at, true));
    if (text !== undefined) entries.set(view.getUint32(at + 4, true), limits.name(text));
  }
  return { name: limits.name(name), kind: isBits ? 'bits' : 'value', entries };
}
