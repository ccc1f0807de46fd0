import { ByteWriter } from './bytes.js';

/** One property as TDH describes it; indexes count in the list of all properties. */
export interface Property {
  readonly name: string;
  readonly inType?: number;
  readonly outType?: number;
  readonly map?: string;
  readonly length?: number | { readonly property: number };
  readonly count?: number | { readonly property: number };
  readonly members?: { readonly first: number; readonly count: number };
}

export interface EventInfo {
  readonly providerId: string;
  readonly id: number;
  readonly version?: number;
  readonly properties: readonly Property[];
  /** Properties that are not members of structures. */
  readonly topLevelCount?: number;
  readonly message?: string;
  readonly providerName?: string;
  readonly name?: string;
  readonly keywords?: readonly string[];
}

/** Writes a TRACE_EVENT_INFO (tdh.h): the payload of opcode 32 of the metadata class. */
export function encodeEventInfo(info: EventInfo): Uint8Array {
  const { properties, topLevelCount = properties.length } = info;
  const strings = new ByteWriter();
  const stringsAt = 112 + 24 * properties.length;
  const string = (text: string | undefined): number => {
    if (text === undefined) return 0;
    const at = stringsAt + strings.length;
    strings.wideSz(text);
    return at;
  };
  const providerName = string(info.providerName);
  const keywords =
    info.keywords === undefined ? 0 : string(`${info.keywords.map((name) => `${name} `).join('\0')}\0`);
  const message = string(info.message);
  const name = string(info.name);
  const writer = new ByteWriter()
    .guid(info.providerId)
    .guid('00000000-0000-0000-0000-000000000000')
    .u16(info.id)
    .u8(info.version ?? 0)
    .u8(0)
    .u32(0)
    .u64(0n)
    .u32(0)
    .u32(providerName)
    .u32(0)
    .u32(0)
    .u32(keywords)
    .u32(0)
    .u32(0)
    .u32(message)
    .u32(0)
    .u32(0)
    .u32(0)
    .u32(name)
    .u32(0)
    .u32(properties.length)
    .u32(topLevelCount)
    .u32(0);
  for (const property of properties) {
    const { length = 0, count, members } = property;
    let flags = members === undefined ? 0 : 0x1;
    if (typeof length === 'object') flags |= 0x2;
    if (typeof count === 'object') flags |= 0x4;
    if (typeof length === 'number' && length > 0) flags |= 0x10;
    if (typeof count === 'number') flags |= 0x20;
    writer.u32(flags).u32(string(property.name));
    if (members === undefined) {
      writer
        .u16(property.inType ?? 0)
        .u16(property.outType ?? 0)
        .u32(string(property.map));
    } else {
      writer.u16(members.first).u16(members.count).u32(0);
    }
    writer.u16(typeof count === 'object' ? count.property : (count ?? 1));
    writer.u16(typeof length === 'object' ? length.property : length);
    writer.u32(0);
  }
  return writer.bytes(strings.done()).done();
}

/** Writes the payload of opcode 33: the provider's GUID and an EVENT_MAP_INFO (tdh.h). Texts end in a blank. */
export function encodeMapInfo(
  providerId: string,
  name: string,
  entries: readonly (readonly [value: number, text: string])[],
  flag: 1 | 2 = 1,
): Uint8Array {
  const strings = new ByteWriter();
  const stringsAt = 16 + 8 * entries.length;
  const string = (text: string): number => {
    const at = stringsAt + strings.length;
    strings.wideSz(text);
    return at;
  };
  const writer = new ByteWriter().guid(providerId).u32(string(name)).u32(flag).u32(entries.length).u32(0);
  for (const [value, text] of entries) writer.u32(string(`${text} `)).u32(value);
  return writer.bytes(strings.done()).done();
}
