import {
  type EventSchema,
  type Extent,
  type FieldSchema,
  InType,
  OutType,
  type ValueMap,
} from '../schema.js';

/**
 * The notation of the built-in tables: facts about layouts, a line per layout.
 *
 * ```
 * 160=FramePayload,170v1=Other : PktGroupId:u64 DirTag:u16@DirectionTag Size Payload:bin*Size
 * ```
 * - before the colon: event ids, `v` and the version where it is not 0, `=` and the event's name where it is known
 * - behind it the fields, `name:type`; without a type `u32`
 * - `*` length: a number, or the name of an earlier field; `#` count, likewise; `@` value map
 * - `name{member member}#count`: an array of structures
 * - `$X`: `XLen` u32, then that many UTF-16 units; `%X`: `XLength` u32, then an address of that many bytes
 * - a line that starts with a blank continues the line before
 *
 * Maps: `Name 0=Text|next number's text|7=Text`, `&Name` for flags; numbers decimal or 0x.
 */
export interface BuiltinTable {
  readonly name: string;
  readonly events: string;
  readonly maps: string;
}

/** Type words of the notation: in-type and out-type. */
const TYPES: ReadonlyMap<string, readonly [inType: number, outType: number]> = new Map([
  ['u8', [InType.uint8, OutType.null]],
  ['u16', [InType.uint16, OutType.null]],
  ['u32', [InType.uint32, OutType.null]],
  ['u64', [InType.uint64, OutType.null]],
  ['i16', [InType.int16, OutType.null]],
  ['i32', [InType.int32, OutType.null]],
  ['i64', [InType.int64, OutType.null]],
  ['x32', [InType.hexInt32, OutType.null]],
  ['status', [InType.hexInt32, OutType.ntStatus]],
  ['bool', [InType.boolean, OutType.null]],
  ['ptr', [InType.pointer, OutType.null]],
  ['guid', [InType.guid, OutType.null]],
  ['wsid', [InType.wbemSid, OutType.null]],
  ['sid', [InType.sid, OutType.null]],
  ['filetime', [InType.fileTime, OutType.null]],
  ['systime', [InType.systemTime, OutType.null]],
  ['sz', [InType.unicodeString, OutType.null]],
  ['asz', [InType.ansiString, OutType.null]],
  ['str', [InType.unicodeString, OutType.null]],
  ['csz', [InType.manifestCountedString, OutType.null]],
  ['bin', [InType.binary, OutType.null]],
  ['mac', [InType.binary, OutType.null]],
  ['rest', [InType.binary, OutType.null]],
  ['ip4', [InType.uint32, OutType.ipv4]],
  ['ip6', [InType.binary, OutType.ipv6]],
  ['addr', [InType.binary, OutType.socketAddress]],
]);

/** `mac` fields are six bytes. */
const MAC_LENGTH = 6;

const splitLines = (text: string): string[] => text.split(/\n(?! )/).filter((line) => line !== '');

/** Numbers to texts; an entry without a number follows on the one before it. */
export function parseEntries(text: string): Map<number, string> {
  const entries = new Map<number, string>();
  let next = 0;
  for (const entry of text.replaceAll(/\n\s*/g, '').split('|')) {
    const equals = entry.indexOf('=');
    if (equals !== -1) next = Number(entry.slice(0, equals));
    entries.set(next, entry.slice(equals + 1).trim());
    next += 1;
  }
  return entries;
}

/** One provider's table; lines are taken apart when an event asks for them. */
export class BuiltinProvider {
  readonly #id: string;
  readonly #name: string;
  readonly #maps: ReadonlyMap<string, ValueMap>;
  /** The fields of each layout line by event, as `id` or `idvversion`, and the event's name. */
  readonly #layouts = new Map<string, { readonly name: string; readonly fields: string }>();

  /** @param extraMaps maps that stand elsewhere */
  constructor(id: string, table: BuiltinTable, extraMaps: readonly ValueMap[] = []) {
    this.#id = id;
    this.#name = table.name;
    const maps = new Map(extraMaps.map((map) => [map.name, map]));
    for (const line of splitLines(table.maps)) {
      const blank = line.indexOf(' ');
      const bits = line.startsWith('&');
      const name = line.slice(bits ? 1 : 0, blank);
      maps.set(name, { name, kind: bits ? 'bits' : 'value', entries: parseEntries(line.slice(blank + 1)) });
    }
    this.#maps = maps;
    for (const line of splitLines(table.events)) {
      const colon = line.indexOf(' :');
      const fields = line.slice(colon + 2);
      for (const event of line.slice(0, colon).split(',')) {
        const [key = '', name = ''] = event.trim().split('=');
        this.#layouts.set(key, { name, fields });
      }
    }
  }

  schema(id: number, version: number): EventSchema | undefined {
    const layout = this.#layouts.get(version === 0 ? String(id) : `${id}v${version}`);
    if (layout === undefined) return undefined;
    return {
      origin: 'builtin',
      providerId: this.#id,
      providerName: this.#name,
      id,
      version,
      ...(layout.name && { name: layout.name }),
      fields: this.#parseFields(layout.fields.split(/\s+/).filter((token) => token !== '')),
    };
  }

  /** @param tokens consumed up to the brace that closes this list */
  #parseFields(tokens: string[]): FieldSchema[] {
    const fields: FieldSchema[] = [];
    const field = (text: string): FieldSchema => this.#parseField(text, fields);
    for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
      if (token.startsWith('$')) {
        const name = token.slice(1);
        fields.push(field(`${name}Len`));
        fields.push(field(`${name}:str*${name}Len`));
        continue;
      }
      if (token.startsWith('%')) {
        const name = token.slice(1);
        fields.push(field(`${name}Length`));
        fields.push(field(`${name}:addr*${name}Length`));
        continue;
      }
      const brace = token.indexOf('{');
      if (brace !== -1) {
        tokens.unshift(token.slice(brace + 1));
        const members = this.#parseFields(tokens);
        // The list stopped behind the token that closed it; what follows the brace was put back.
        const count = tokens.shift() ?? '';
        fields.push({
          name: token.slice(0, brace),
          inType: InType.null,
          outType: OutType.null,
          count: extentOf(count.slice(1), fields),
          members,
        });
        continue;
      }
      const close = token.indexOf('}');
      if (close !== -1) {
        fields.push(field(token.slice(0, close)));
        tokens.unshift(token.slice(close + 1));
        return fields;
      }
      fields.push(field(token));
    }
    return fields;
  }

  #parseField(text: string, before: readonly FieldSchema[]): FieldSchema {
    const [, name = '', type = 'u32', length, count, mapName] =
      /^(\w+)(?::(\w+))?(?:\*(\w+))?(?:#(\w+))?(?:@([\w-]+))?$/.exec(text) ?? [];
    const types = TYPES.get(type);
    if (types === undefined) throw new Error(`built-in table: no type in "${text}"`);
    const [inType, outType] = types;
    const map = mapName === undefined ? undefined : this.#maps.get(mapName);
    const extent: Extent | undefined =
      type === 'mac'
        ? { kind: 'fixed', value: MAC_LENGTH }
        : length === undefined
          ? undefined
          : extentOf(length, before);
    return {
      name,
      inType,
      outType,
      ...(extent && { length: extent }),
      ...(count && { count: extentOf(count, before) }),
      ...(map && { map }),
    };
  }
}

function extentOf(text: string, before: readonly FieldSchema[]): Extent {
  const index = before.findIndex((field) => field.name === text);
  return index === -1 ? { kind: 'fixed', value: Number(text) } : { kind: 'field', index };
}
