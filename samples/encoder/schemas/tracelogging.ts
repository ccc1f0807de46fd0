import { ByteWriter } from '../byte-writer.js';
import type { ExtendedItem } from '../records.js';

/** EVENT_HEADER_EXT_TYPE_* (evntcons.h). */
const EXTENDED_SCHEMA = 11;
const EXTENDED_TRAITS = 12;
/** EtwProviderTraitTypeGroup (TraceLoggingProvider.h). */
const TRAIT_GROUP = 1;
/** TraceLogging in-type bits: an array of fixed or of counted length, and an out-type byte after it. */
const CONSTANT_COUNT = 0x20;
const VARIABLE_COUNT = 0x40;
const HAS_OUT_TYPE = 0x80;

/** TlgIn_* (TraceLoggingProvider.h). */
export const TraceLoggingType = {
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
  bool32: 13,
  binary: 14,
  guid: 15,
  fileTime: 17,
  systemTime: 18,
  sid: 19,
  hexInt32: 20,
  hexInt64: 21,
  countedString: 22,
  countedAnsiString: 23,
  structure: 24,
  countedBinary: 25,
} as const;

export interface TraceLoggingField {
  readonly name: string;
  readonly type: number;
  readonly outType?: number;
  /** A number: an array of that many; `counted`: a u16 before the values is their number. */
  readonly count?: number | 'counted';
  readonly members?: readonly TraceLoggingField[];
}

function writeField(writer: ByteWriter, field: TraceLoggingField): void {
  const outType = field.members === undefined ? field.outType : field.members.length;
  let type = field.members === undefined ? field.type : TraceLoggingType.structure;
  if (field.count === 'counted') type |= VARIABLE_COUNT;
  else if (field.count !== undefined) type |= CONSTANT_COUNT;
  if (outType !== undefined) type |= HAS_OUT_TYPE;
  writer.utf8z(field.name).u8(type);
  if (outType !== undefined) writer.u8(outType);
  if (typeof field.count === 'number') writer.u16(field.count);
  for (const member of field.members ?? []) writeField(writer, member);
}

/** Provider traits: u16 size, name, and the provider group's GUID if there is one. */
export function providerTraits(providerName: string, group?: string): Uint8Array {
  const writer = new ByteWriter().u16(0).utf8z(providerName);
  if (group !== undefined)
    writer
      .u16(2 + 1 + 16)
      .u8(TRAIT_GROUP)
      .guid(group);
  return writer.setU16(0, writer.length).take();
}

/** The extended data of a TraceLogging event: the provider's traits, then the event's schema. */
export function traceLoggingItems(
  providerName: string,
  eventName: string,
  fields: readonly TraceLoggingField[],
  group?: string,
): ExtendedItem[] {
  const schema = new ByteWriter().u16(0).u8(0).utf8z(eventName);
  for (const field of fields) writeField(schema, field);
  return [
    { type: EXTENDED_TRAITS, data: providerTraits(providerName, group) },
    { type: EXTENDED_SCHEMA, data: schema.setU16(0, schema.length).take() },
  ];
}
