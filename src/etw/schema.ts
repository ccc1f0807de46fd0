/** Where a schema came from, in the order in which it is looked for. */
export type SchemaOrigin = 'tracelogging' | 'embedded' | 'eventsource' | 'manifest' | 'builtin';

/** TDH_IN_TYPE (Windows SDK, tdh.h). */
export const InType = {
  null: 0,
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
  manifestCountedString: 22,
  manifestCountedAnsiString: 23,
  manifestCountedBinary: 25,
  countedString: 300,
  countedAnsiString: 301,
  reversedCountedString: 302,
  reversedCountedAnsiString: 303,
  nonNullTerminatedString: 304,
  nonNullTerminatedAnsiString: 305,
  unicodeChar: 306,
  ansiChar: 307,
  sizeT: 308,
  hexDump: 309,
  wbemSid: 310,
} as const;

/** TDH_OUT_TYPE (Windows SDK, tdh.h). */
export const OutType = {
  null: 0,
  string: 1,
  dateTime: 2,
  byte: 3,
  unsignedByte: 4,
  short: 5,
  unsignedShort: 6,
  int: 7,
  unsignedInt: 8,
  long: 9,
  unsignedLong: 10,
  float: 11,
  double: 12,
  boolean: 13,
  guid: 14,
  hexBinary: 15,
  hexInt8: 16,
  hexInt16: 17,
  hexInt32: 18,
  hexInt64: 19,
  pid: 20,
  tid: 21,
  port: 22,
  ipv4: 23,
  ipv6: 24,
  socketAddress: 25,
  cimDateTime: 26,
  etwTime: 27,
  xml: 28,
  errorCode: 29,
  win32Error: 30,
  ntStatus: 31,
  hresult: 32,
  cultureInsensitiveDateTime: 33,
  json: 34,
  utf8: 35,
  pkcs7WithTypeInfo: 36,
  codePointer: 37,
  dateTimeUtc: 38,
  reducedString: 300,
  noPrint: 301,
} as const;

/**
 * A length or a count.
 *
 * - `fixed`: a constant
 * - `field`: the value of an earlier field in the same list (event or structure)
 * - `outer`: for a member of a structure, the value of an earlier field of the event itself
 * - `prefix`: an unsigned 16-bit number before the value (TraceLogging)
 * - `rest`: up to the end of the payload
 */
export type Extent =
  | { readonly kind: 'fixed'; readonly value: number }
  | { readonly kind: 'field'; readonly index: number }
  | { readonly kind: 'outer'; readonly index: number }
  | { readonly kind: 'prefix' }
  | { readonly kind: 'rest' };

/** One field of an event or a structure. */
export interface FieldSchema {
  readonly name: string;
  /** See {@link InType}; ignored where `members` is present. */
  readonly inType: number;
  /** TDH_OUT_TYPE (tdh.h); 0: the in-type's own. */
  readonly outType: number;
  /** Bytes (binary) or characters (strings); absent: the in-type decides, or the value ends with a NUL. */
  readonly length?: Extent;
  /** Present: an array. `index` counts in the same list of fields. */
  readonly count?: Extent;
  /** Present: a structure. */
  readonly members?: readonly FieldSchema[];
  /** Values to texts. */
  readonly map?: ValueMap;
  /** TraceLogging: 28 bits that the provider gave this field. */
  readonly tags?: number;
}

/** Flags are bits of 32: real maps have up to that many entries, and some for combinations. More are ignored. */
export const MAX_FLAGS = 256;

export interface ValueMap {
  readonly name: string;
  /** `bits`: the value is a set of flags. */
  readonly kind: 'value' | 'bits';
  /** Texts as the provider wrote them. Keys unsigned 32 bits. */
  readonly entries: ReadonlyMap<number, string>;
}

/** How the payload of one event is laid out. */
export interface EventSchema {
  readonly origin: SchemaOrigin;
  /** Lower case, no braces. */
  readonly providerId: string;
  readonly providerName?: string;
  readonly providerGroup?: string;
  readonly id: number;
  readonly version: number;
  readonly name?: string;
  readonly levelName?: string;
  readonly taskName?: string;
  readonly opcodeName?: string;
  readonly channelName?: string;
  readonly keywordNames?: readonly string[];
  /** With %1 … %n. */
  readonly message?: string;
  /** TraceLogging: 28 bits that the provider gave this event. */
  readonly tags?: number;
  readonly fields: readonly FieldSchema[];
  /** Present: the offsets of the following fields are unknown. Their bytes are kept undecoded. */
  readonly stop?: SchemaStop;
}

/** The point at which a manifest does not describe an event's layout. */
export interface SchemaStop {
  /** The first field whose start or end is not known. */
  readonly field: string;
  /** The manifest's name in messages. */
  readonly source: string;
}

/**
 * A field's value before out-types and maps: integers up to 32 bits as numbers; 64-bit ones, FILETIMEs, pointers and
 * SIZE_T of either size as bigint; strings decoded; GUIDs as text, lower case without braces; binary, SIDs and
 * SYSTEMTIMEs as views into the record; arrays and structures nested.
 */
export type RawValue = number | bigint | boolean | string | Uint8Array | readonly RawValue[] | RawStruct;

/**
 * Field name to value, in the schema's order. A Map, because names come from the trace: a field may be called
 * `__proto__`, or `1`, which an object would move to the front.
 */
export interface RawStruct extends ReadonlyMap<string, RawValue> {}
