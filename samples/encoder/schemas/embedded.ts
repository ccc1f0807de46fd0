import { ByteWriter } from '../byte-writer.js';
import { classicRecord } from '../records.js';

/** Event class of the records that carry schemas in merged files. */
const SCHEMA_CLASS = 'bbccf6c1-6cd1-48c4-80ff-839482e37671';
const OPCODE_EVENT_INFO = 32;
const OPCODE_MAP_INFO = 33;
/** TRACE_EVENT_INFO before its properties, and one EVENT_PROPERTY_INFO (tdh.h). */
const EVENT_INFO_SIZE = 112;
const PROPERTY_INFO_SIZE = 24;
/** EVENT_MAP_INFO before its entries, and one EVENT_MAP_ENTRY (tdh.h). */
const MAP_INFO_SIZE = 16;
const MAP_ENTRY_SIZE = 8;

/** PROPERTY_FLAGS (tdh.h). */
const PropertyFlag = {
  struct: 0x1,
  lengthIsProperty: 0x2,
  countIsProperty: 0x4,
  fixedLength: 0x10,
  fixedCount: 0x20,
};

/** TDH_INTYPE_* (tdh.h), those that a manifest can name. */
export const InType = {
  unicodeString: 1,
  ansiString: 2,
  int8: 3,
  uint8: 4,
  int16: 5,
  uint16: 6,
  int32: 7,
  uint32: 8,
  int64: 9,
  uint64: 10,
  float: 11,
  double: 12,
  boolean: 13,
  binary: 14,
  guid: 15,
  pointer: 16,
  fileTime: 17,
  systemTime: 18,
  sid: 19,
  hexInt32: 20,
  hexInt64: 21,
} as const;

/** TDH_OUTTYPE_* that Windows uses if a manifest names none, and the length that it stores. */
const DEFAULTS: Readonly<Record<number, readonly [outType: number, length: number]>> = {
  [InType.unicodeString]: [1, 0],
  [InType.ansiString]: [1, 0],
  [InType.int8]: [3, 1],
  [InType.uint8]: [4, 1],
  [InType.int16]: [5, 2],
  [InType.uint16]: [6, 2],
  [InType.int32]: [7, 4],
  [InType.uint32]: [8, 4],
  [InType.int64]: [9, 8],
  [InType.uint64]: [10, 8],
  [InType.float]: [11, 4],
  [InType.double]: [12, 8],
  [InType.boolean]: [13, 4],
  [InType.binary]: [15, 0],
  [InType.guid]: [14, 16],
  [InType.pointer]: [19, 0],
  [InType.fileTime]: [2, 8],
  [InType.systemTime]: [2, 16],
  [InType.sid]: [1, 0],
  [InType.hexInt32]: [18, 4],
  [InType.hexInt64]: [19, 8],
};

/** TDH_OUTTYPE_* for fields that are shown differently from their in-type. */
export const OutType = { ipv4: 23, ipv6: 24, port: 22, hexInt32: 18 } as const;

export interface SchemaField {
  readonly name: string;
  readonly inType: number;
  readonly outType?: number;
  /** Bytes or characters, or the name of the field with the number. */
  readonly length?: number | string;
  readonly count?: number | string;
  readonly map?: string;
  /** Present: a structure; the in-type is not used. */
  readonly members?: readonly SchemaField[];
}

export interface EmbeddedSchema {
  readonly provider: string;
  readonly providerName: string;
  readonly id: number;
  readonly version?: number;
  readonly channel?: number;
  readonly level?: number;
  readonly opcode?: number;
  readonly task?: number;
  readonly keyword?: bigint;
  readonly levelName?: string;
  readonly taskName?: string;
  readonly opcodeName?: string;
  readonly channelName?: string;
  readonly keywordNames?: readonly string[];
  readonly message?: string;
  readonly fields: readonly SchemaField[];
}

interface FlatProperty {
  readonly field: SchemaField;
  /** First member and their number, for a structure. */
  readonly members?: readonly [first: number, count: number];
  /** The fields to which lengths and counts refer, and the index of the first. */
  readonly siblings: readonly SchemaField[];
  readonly siblingsFrom: number;
}

/** Top-level properties first, then the members of each structure, as Windows orders them. */
function flatten(fields: readonly SchemaField[]): FlatProperty[] {
  const flat: FlatProperty[] = fields.map((field) => ({ field, siblings: fields, siblingsFrom: 0 }));
  for (let index = 0; index < flat.length; index++) {
    const property = flat[index];
    const members = property?.field.members;
    if (property === undefined || members === undefined) continue;
    const first = flat.length;
    flat[index] = { ...property, members: [first, members.length] };
    for (const field of members) flat.push({ field, siblings: members, siblingsFrom: first });
  }
  return flat;
}

function siblingIndex(property: FlatProperty, name: string): number {
  const index = property.siblings.findIndex((field) => field.name === name);
  if (index < 0) throw new RangeError(`${property.field.name} refers to ${name}, which is not beside it`);
  return property.siblingsFrom + index;
}

/** Texts of a TRACE_EVENT_INFO and their offsets in it. */
class TextArea {
  readonly #writer = new ByteWriter();
  readonly #from: number;

  constructor(from: number) {
    this.#from = from;
  }

  add(text: string | undefined): number {
    if (text === undefined) return 0;
    const at = this.#from + this.#writer.length;
    this.#writer.utf16z(text);
    return at;
  }

  /** Keyword names: each with its NUL, one more NUL after the last. */
  addList(texts: readonly string[]): number {
    if (texts.length === 0) return 0;
    const at = this.#from + this.#writer.length;
    for (const text of texts) this.#writer.utf16z(text);
    this.#writer.u16(0);
    return at;
  }

  take(): Uint8Array {
    return this.#writer.take();
  }
}

/** TRACE_EVENT_INFO (tdh.h): the schema of one event. */
export function traceEventInfo(schema: EmbeddedSchema): Uint8Array {
  const properties = flatten(schema.fields);
  const texts = new TextArea(EVENT_INFO_SIZE + properties.length * PROPERTY_INFO_SIZE);
  const table = new ByteWriter();
  const mapNames = new Map<string, number>();
  const names = properties.map(({ field }) => {
    const name = texts.add(field.name);
    if (field.map !== undefined && !mapNames.has(field.map)) mapNames.set(field.map, texts.add(field.map));
    return name;
  });
  properties.forEach((property, index) => {
    const { field } = property;
    const [outType, ownLength] = DEFAULTS[field.inType] ?? [0, 0];
    let flags = 0;
    let length = ownLength;
    let count = 1;
    if (field.length !== undefined) {
      flags |= typeof field.length === 'string' ? PropertyFlag.lengthIsProperty : PropertyFlag.fixedLength;
      length = typeof field.length === 'string' ? siblingIndex(property, field.length) : field.length;
    }
    if (field.count !== undefined) {
      flags |= typeof field.count === 'string' ? PropertyFlag.countIsProperty : PropertyFlag.fixedCount;
      count = typeof field.count === 'string' ? siblingIndex(property, field.count) : field.count;
    }
    if (property.members !== undefined) flags |= PropertyFlag.struct;
    table.u32(flags).u32(names[index] ?? 0);
    if (property.members !== undefined) {
      table.u16(property.members[0]).u16(property.members[1]).u32(0);
      length = 0;
    } else {
      table.u16(field.inType).u16(field.outType ?? outType);
      table.u32(field.map === undefined ? 0 : (mapNames.get(field.map) ?? 0));
    }
    table.u16(count).u16(length).u32(0);
  });
  const provider = texts.add(schema.providerName);
  const level = texts.add(schema.levelName);
  const channel = texts.add(schema.channelName);
  const keywords = texts.addList(schema.keywordNames ?? []);
  const task = texts.add(schema.taskName);
  const opcode = texts.add(schema.opcodeName);
  const message = texts.add(schema.message);
  return new ByteWriter()
    .guid(schema.provider)
    .zeros(16)
    .u16(schema.id)
    .u8(schema.version ?? 0)
    .u8(schema.channel ?? 0)
    .u8(schema.level ?? 0)
    .u8(schema.opcode ?? 0)
    .u16(schema.task ?? 0)
    .u64(schema.keyword ?? 0n)
    .u32(0) // DecodingSourceXMLFile
    .u32(provider)
    .u32(level)
    .u32(channel)
    .u32(keywords)
    .u32(task)
    .u32(opcode)
    .u32(message)
    .u32(0) // provider message
    .u32(0) // binary XML
    .u32(0)
    .u32(0) // event name
    .u32(0) // event attributes
    .u32(properties.length)
    .u32(schema.fields.length)
    .u32(1)
    .bytes(table.take())
    .bytes(texts.take())
    .take();
}

export interface EmbeddedMap {
  readonly provider: string;
  readonly name: string;
  readonly kind: 'value' | 'bits';
  readonly entries: ReadonlyMap<number, string>;
}

/** MAP_FLAGS (tdh.h): source and kind of the map. */
const MapFlag = { value: 0x1, bits: 0x2 } as const;

/** EVENT_MAP_INFO (tdh.h), without the provider's GUID. Every text ends in a blank, as the message compiler writes it. */
export function eventMapInfo(map: EmbeddedMap): Uint8Array {
  const nameAt = MAP_INFO_SIZE + map.entries.size * MAP_ENTRY_SIZE;
  const texts = new ByteWriter().utf16z(map.name);
  const entries = new ByteWriter();
  for (const [value, text] of map.entries) {
    entries.u32(nameAt + texts.length).u32(value);
    texts.utf16z(`${text} `);
  }
  return new ByteWriter()
    .u32(nameAt)
    .u32(map.kind === 'bits' ? MapFlag.bits : MapFlag.value)
    .u32(map.entries.size)
    .u32(0)
    .bytes(entries.take())
    .bytes(texts.take())
    .take();
}

/** The classic record that carries a schema in a merged file. */
export function eventSchemaRecord(schema: EmbeddedSchema, time: bigint): Uint8Array {
  return classicRecord({
    eventClass: SCHEMA_CLASS,
    opcode: OPCODE_EVENT_INFO,
    time,
    data: traceEventInfo(schema),
  });
}

/**
 * The classic record with a map: the provider's GUID, then EVENT_MAP_INFO, whose offsets count from the end of the
 * GUID.
 */
export function eventMapRecord(map: EmbeddedMap, time: bigint): Uint8Array {
  return classicRecord({
    eventClass: SCHEMA_CLASS,
    opcode: OPCODE_MAP_INFO,
    time,
    data: new ByteWriter().guid(map.provider).bytes(eventMapInfo(map)).take(),
  });
}
