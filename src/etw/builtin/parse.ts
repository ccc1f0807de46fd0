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
 * ~ Status:nt PortId
 * 160=FramePayload,170v1@17763=Other : PktGroupId:u64 DirTag:u16@DirectionTag Size Payload:bin*Size
 * ```
 * - before the colon: event ids, `v` and the version unless it is 0, `@` and the first build of Windows with this layout
 *   if older builds have another one, `=` and the event's name. A key without `=` has the name of its id's first key
 * - after the colon the fields, `name:type`; the default type is `u32`
 * - `*` length: a number, or the name of an earlier field; `#` count, likewise; `@` value map
 * - `name{member member}#count`: an array of structures
 * - `$X`: `XLen` u32, then that many UTF-16 units; `%X`: `XLength` u32, then an address of that many bytes
 * - `?`, last: fields follow that cannot be located; their bytes are left to the reader
 * - `^5`, first: the first five fields of the line before
 * - `~ A B`, the first line: words that other lines call `~0`, `~1`, … (base 36)
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
  ['x64', [InType.hexInt64, OutType.null]],
  ['h8', [InType.uint8, OutType.hexInt8]],
  ['h16', [InType.uint16, OutType.hexInt16]],
  ['h32', [InType.uint32, OutType.hexInt32]],
  ['h64', [InType.uint64, OutType.hexInt64]],
  ['u8b', [InType.uint8, OutType.boolean]],
  ['port', [InType.uint16, OutType.port]],
  ['pid', [InType.uint32, OutType.pid]],
  ['tid', [InType.uint32, OutType.tid]],
  ['nt', [InType.uint32, OutType.ntStatus]],
  ['status', [InType.hexInt32, OutType.ntStatus]],
  ['win32', [InType.uint32, OutType.win32Error]],
  ['err', [InType.uint32, OutType.errorCode]],
  ['hr', [InType.int32, OutType.hresult]],
  ['bool', [InType.boolean, OutType.null]],
  ['ptr', [InType.pointer, OutType.null]],
  ['guid', [InType.guid, OutType.null]],
  ['wsid', [InType.wbemSid, OutType.null]],
  ['sid', [InType.sid, OutType.null]],
  ['filetime', [InType.fileTime, OutType.null]],
  ['systime', [InType.systemTime, OutType.null]],
  ['sz', [InType.unicodeString, OutType.null]],
  ['asz', [InType.ansiString, OutType.null]],
  ['abin', [InType.ansiString, OutType.hexBinary]],
  ['str', [InType.unicodeString, OutType.null]],
  ['csz', [InType.manifestCountedString, OutType.null]],
  ['bin', [InType.binary, OutType.null]],
  ['mac', [InType.binary, OutType.null]],
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

/** A layout of an event, and the first build of Windows that has it. */
export interface BuiltinVariant {
  readonly fromBuild: number;
  readonly schema: EventSchema;
}

/** One line of a table. */
interface Layout {
  readonly tokens: readonly string[];
  fields?: readonly FieldSchema[];
}

/** A layout under one of its keys. */
interface Entry {
  readonly fromBuild: number;
  readonly name: string;
  readonly layout: Layout;
}

/** `id`, `idvversion`, `id@build`, with `=name`. */
const KEY = /^(\d+)(?:v(\d+))?(?:@(\d+))?(?:=(.*))?$/;

/** One provider's table. Lines are split when it is made; their fields are parsed when an event asks for them. */
export class BuiltinProvider {
  readonly #id: string;
  readonly #name: string;
  readonly #maps: ReadonlyMap<string, ValueMap>;
  /** By `idvversion`; oldest build first. */
  readonly #entries = new Map<string, Entry[]>();
  readonly #variants = new Map<string, readonly BuiltinVariant[]>();

  /** @param extraMaps maps that are not in the table */
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
    this.#readLines(splitLines(table.events));
  }

  /** All layouts of an event, oldest first; more than one if builds of Windows differ. */
  variants(id: number, version: number): readonly BuiltinVariant[] {
    const key = `${id}v${version}`;
    const known = this.#variants.get(key);
    if (known !== undefined) return known;
    const entries = this.#entries.get(key);
    if (entries === undefined) return [];
    const variants = entries.map(({ fromBuild, name, layout }) => {
      layout.fields ??= this.#parseFields([...layout.tokens]);
      const schema: EventSchema = {
        origin: 'builtin',
        providerId: this.#id,
        providerName: this.#name,
        id,
        version,
        ...(name && { name }),
        fields: layout.fields,
      };
      return { fromBuild, schema };
    });
    this.#variants.set(key, variants);
    return variants;
  }

  /** The newest layout of an event. */
  schema(id: number, version: number): EventSchema | undefined {
    return this.variants(id, version).at(-1)?.schema;
  }

  #readLines(lines: readonly string[]): void {
    const [first = ''] = lines;
    const words = first.startsWith('~ ') ? first.slice(2).split(/\s+/) : [];
    /** The name of the first key of each id. */
    const names = new Map<string, string>();
    const unnamed: [id: string, key: string, entry: Entry][] = [];
    const add = (key: string, entry: Entry): void => {
      this.#entries.set(key, [...(this.#entries.get(key) ?? []), entry]);
    };
    let before: readonly string[] = [];
    for (const line of words.length === 0 ? lines : lines.slice(1)) {
      const colon = line.indexOf(' :');
      const layout: Layout = { tokens: expand(line.slice(colon + 2), words, before) };
      before = layout.tokens;
      for (const text of line.slice(0, colon).split(',')) {
        const [, id = '', version = '0', build = '0', name] = KEY.exec(text.trim()) ?? [];
        const key = `${id}v${version}`;
        const entry = { fromBuild: Number(build), name: name ?? '', layout };
        if (name === undefined) unnamed.push([id, key, entry]);
        else {
          if (!names.has(id)) names.set(id, name);
          add(key, entry);
        }
      }
    }
    for (const [id, key, entry] of unnamed) add(key, { ...entry, name: names.get(id) ?? '' });
    for (const entries of this.#entries.values()) {
      if (entries.length > 1) entries.sort((a, b) => a.fromBuild - b.fromBuild);
    }
  }

  /** @param tokens consumed up to the brace that closes this list */
  #parseFields(tokens: string[]): FieldSchema[] {
    const fields: FieldSchema[] = [];
    const field = (text: string): FieldSchema => this.#parseField(text, fields);
    for (let token = tokens.shift(); token !== undefined && token !== '?'; token = tokens.shift()) {
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
        // The list ended at the token after its closing brace; the rest of that token is put back.
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

/** The fields of a line, with the words and the part of the line before that it refers to. */
function expand(text: string, words: readonly string[], before: readonly string[]): string[] {
  const tokens: string[] = [];
  for (const token of text.split(/\s+/)) {
    if (token.startsWith('^')) tokens.push(...before.slice(0, Number(token.slice(1))));
    else if (token.startsWith('~')) tokens.push(words[Number.parseInt(token.slice(1), 36)] ?? '');
    else if (token !== '') tokens.push(token);
  }
  return tokens;
}
