/**
 * Writes the built-in event tables: src/etw/builtin/tables/.
 *
 *     npx tsc -p tsconfig.tools.json && node build/scripts/event-tables.js SCHEMAS
 *
 * SCHEMAS is a directory with one JSON file for each provider: events with the names, types, lengths and value maps of
 * their fields, and the builds of Windows that have them, collected from public dumps of manifests. The output is
 * committed, and the project does not need SCHEMAS to build.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface SourceField {
  readonly name: string;
  readonly inType: string;
  readonly outType?: string;
  readonly byteOrder?: string;
  readonly length?: string | number;
  readonly count?: string | number;
  readonly map?: string;
  readonly note?: string;
}

interface SourceEvent {
  readonly id: number;
  readonly version: number;
  readonly name?: string | null;
  readonly symbol?: string | null;
  readonly task?: string | null;
  readonly opcode?: string | null;
  readonly builds: readonly string[];
  readonly fields: readonly SourceField[];
}

interface SourceMap {
  readonly kind: string;
  readonly values?: Readonly<Record<string, string | null>>;
}

interface SourceProvider {
  readonly provider: string;
  readonly guid: string;
  readonly maps: Readonly<Record<string, SourceMap>>;
  readonly events: readonly SourceEvent[];
}

/** Providers whose tables are kept by hand: they have structures, or maps with texts from elsewhere. */
const BY_HAND = new Set([
  'Microsoft-Windows-NDIS-PacketCapture',
  'Microsoft-Windows-PktMon',
  'Microsoft-Windows-Ras-NdisWanPacketCapture',
]);

/** Providers that only the Security log's own session may enable: no other trace has their events. */
const NEVER_TRACED = new Set(['Microsoft-Windows-Security-Auditing']);

/** Replacements for labels that the tables omit because they are sentences. */
const OWN_LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  WINNATM_PACKET_ACTION_REASON_ValueMap: {
    2: 'First fragment missing',
    3: 'Bad packet inside an ICMP error',
    4: 'ICMP error without a session',
    5: 'No next hop for hairpin',
    6: 'No mapping for inbound packet',
    7: 'Failed to reference the next hop',
    11: 'Packet too big and may not be fragmented',
    13: 'No route',
    14: 'No session object',
    15: 'Egress interface is not external',
    16: 'No instance on the egress interface',
    17: 'NAT machine used as internal host',
    18: 'Would be routed in its own compartment',
    19: 'Protocol not supported',
    20: 'Packet to the NAT itself',
    21: 'Port outside the external port ranges',
    23: 'Mux found no VIP or DIP',
    24: 'Mux failed to send the encapsulated packet',
    25: 'No instance on the ingress interface',
  },
  NVSC_DROP_REASON_VALUEMAP: {
    3: 'Out of memory for the frame',
    4: 'Too many packets outstanding',
    7: 'MDL conversion failed',
    8: 'Out of memory for the context',
    9: 'Device removed or never up',
    11: 'Out of memory for the message',
    12: 'VMBus send failed',
  },
};

/** Type names of the notation (src/etw/builtin/parse.ts) by in-type and out-type. */
const WORDS: Readonly<Record<string, string>> = {
  UInt8: 'u8',
  UInt16: 'u16',
  UInt32: 'u32',
  UInt64: 'u64',
  Int16: 'i16',
  Int32: 'i32',
  Int64: 'i64',
  HexInt32: 'x32',
  HexInt64: 'x64',
  Boolean: 'bool',
  Pointer: 'ptr',
  GUID: 'guid',
  SID: 'sid',
  FILETIME: 'filetime',
  SYSTEMTIME: 'systime',
  UnicodeString: 'sz',
  AnsiString: 'asz',
  CountedUtf16String: 'csz',
  Binary: 'bin',
  'UInt8 boolean': 'u8b',
  'UInt8 HexInt8': 'h8',
  'UInt16 HexInt16': 'h16',
  'UInt16 Port': 'port',
  'UInt32 HexInt32': 'h32',
  'UInt64 HexInt64': 'h64',
  'UInt32 IPv4': 'ip4',
  'UInt32 NTSTATUS': 'nt',
  'HexInt32 NTSTATUS': 'status',
  'UInt32 ErrorCode': 'err',
  'UInt32 Win32Error': 'win32',
  'Int32 HResult': 'hr',
  'UInt32 PID': 'pid',
  'UInt32 TID': 'tid',
  'Binary IPv6': 'ip6',
  'Binary SocketAddress': 'addr',
  'AnsiString Binary': 'abin',
};

/** A field in the notation, and the part of it that decides its size. */
interface Token {
  readonly text: string;
  readonly wire: string;
}

/** The type of a source, which may carry its out-type in parentheses. */
function typesOf({ inType, outType, byteOrder }: SourceField): { inType: string; outType: string } {
  const base = inType.replace(/ .*/, '');
  const noted = /\((NTSTATUS|IPv4|IPv6)/.exec(inType)?.[1] ?? '';
  const shown = (outType ?? noted).replace(/ .*/, '');
  return { inType: base, outType: shown === '' && base === 'UInt16' && byteOrder === 'big' ? 'Port' : shown };
}

/** A field whose end is unknown: it and all after it are omitted, and a reader keeps their bytes. */
function isUnlocated(field: SourceField, before: readonly SourceField[], isLast: boolean): boolean {
  const { inType, outType } = typesOf(field);
  if (field.note?.includes('is not reliable') || /^\d+$/.test(inType)) return true;
  for (const extent of [field.length, field.count]) {
    if (typeof extent === 'string' && !/^\d+$/.test(extent) && !before.some(({ name }) => name === extent)) {
      return true;
    }
  }
  return !isLast && inType === 'Binary' && field.length === undefined && outType !== 'IPv6';
}

function tokens(event: SourceEvent): Token[] {
  const found: Token[] = [];
  for (const [n, field] of event.fields.entries()) {
    const isLast = n === event.fields.length - 1;
    if (isUnlocated(field, event.fields.slice(0, n), isLast)) {
      return [...found, { text: '?', wire: '?' }];
    }
    const { inType, outType } = typesOf(field);
    const isAddress = inType === 'Binary' && outType === 'IPv6' && (field.length ?? 16) === 16;
    const length = isAddress ? undefined : field.length;
    const isMac = inType === 'Binary' && outType === '' && Number(length) === 6;
    const word = isMac ? 'mac' : (WORDS[outType === '' ? inType : `${inType} ${outType}`] ?? '');
    const plain = isAddress ? 'ip6' : WORDS[inType];
    if (word === '' || plain === undefined) {
      throw new Error(`event ${event.id}: no word for ${inType} ${outType} (${field.name})`);
    }
    const extents = `${isMac || length === undefined ? '' : `*${length}`}${field.count === undefined ? '' : `#${field.count}`}`;
    const map = field.map === undefined ? '' : `@${mapName(field.map)}`;
    found.push({
      text: `${field.name}${word === 'u32' ? '' : `:${word}`}${extents}${map}`,
      wire: `${field.name}:${plain === 'x32' ? 'u32' : plain}${extents}`,
    });
  }
  return found;
}

const mapName = (name: string): string => name.replaceAll(/[^\w-]/g, '_');

/** The first build of Windows that a source's name for a build stands for. */
function buildNumber(text: string): number {
  if (text === '2013-09') return 9600;
  if (text === '2015-04') return 10_074;
  const digits = /\d{4,5}/.exec(text)?.[0];
  if (digits === undefined) throw new Error(`no build in "${text}"`);
  return Number(digits);
}

/** A layout, the builds that have it, and the event's name in the last of them. */
interface Variant {
  tokens: readonly Token[];
  readonly builds: Set<number>;
  name: string;
}

const isPrefix = (short: readonly Token[], long: readonly Token[]): boolean =>
  short.length <= long.length && short.every(({ wire }, n) => wire === long[n]?.wire);

/** The longer of two layouts with the same beginning; if its token is plainer, the other's token is used. */
const joined = (short: readonly Token[], long: readonly Token[]): Token[] =>
  long.map((token, n) => {
    const other = short[n];
    return other !== undefined && other.text.length > token.text.length ? other : token;
  });

/**
 * The layouts of one id and version, oldest first. A layout that only lacks the last fields of another is omitted:
 * fields are read while bytes remain.
 */
function variantsOf(events: readonly SourceEvent[]): Variant[] {
  const variants: Variant[] = [];
  for (const event of events) {
    const builds = new Set(event.builds.map(buildNumber));
    const fresh: Variant = { tokens: tokens(event), builds, name: eventName(event) };
    const like = variants.find(
      (each) => isPrefix(each.tokens, fresh.tokens) || isPrefix(fresh.tokens, each.tokens),
    );
    if (like === undefined) {
      variants.push(fresh);
      continue;
    }
    const newer = Math.max(...fresh.builds) >= Math.max(...like.builds);
    const [short, long] =
      like.tokens.length < fresh.tokens.length || (like.tokens.length === fresh.tokens.length && newer)
        ? [like.tokens, fresh.tokens]
        : [fresh.tokens, like.tokens];
    like.tokens = joined(short, long);
    like.name = (newer && fresh.name) || like.name || fresh.name;
    for (const build of fresh.builds) like.builds.add(build);
  }
  return variants.sort((a, b) => Math.min(...a.builds) - Math.min(...b.builds));
}

/** Where each layout begins to hold, by build; the first one holds from the beginning. */
function runsOf(variants: readonly Variant[]): { readonly from: number; readonly variant: Variant }[] {
  const owners = new Map<number, Variant>();
  for (const variant of variants) for (const build of variant.builds) owners.set(build, variant);
  const runs: { from: number; variant: Variant }[] = [];
  for (const build of [...owners.keys()].sort((a, b) => a - b)) {
    const variant = owners.get(build);
    if (variant === undefined || runs.at(-1)?.variant === variant) continue;
    runs.push({ from: runs.length === 0 ? 0 : build, variant });
  }
  return runs;
}

/** `XLen X:sz*XLen` as `$X`, `XLength X:addr*XLength` as `%X`. */
function shortened(list: readonly string[]): string[] {
  const short: string[] = [];
  for (let n = 0; n < list.length; n++) {
    const name = /^(\w+):/.exec(list[n + 1] ?? '')?.[1];
    if (name !== undefined && list[n] === `${name}Len` && list[n + 1] === `${name}:sz*${name}Len`) {
      short.push(`$${name}`);
      n += 1;
    } else if (
      name !== undefined &&
      list[n] === `${name}Length` &&
      list[n + 1] === `${name}:addr*${name}Length`
    ) {
      short.push(`%${name}`);
      n += 1;
    } else {
      short.push(list[n] ?? '');
    }
  }
  return short;
}

/** The event's name: the dump's symbol without the version and the id that the dump appends to make it unique. */
function eventName({ id, name, symbol, task, opcode, version }: SourceEvent): string {
  if (name) return isName(name) ? name : '';
  if (!symbol || /^task_0/.test(symbol)) return '';
  const unversioned = (version > 0 ? symbol.replace(/_V\d+$/, '') : symbol).replace(/[.\s]+$/, '');
  const [, plainTask] = /_TASK_(.+)$/.exec(task ?? '') ?? [];
  if (plainTask !== undefined) return [plainTask, opcode?.replace(/\.$/, '')].filter(Boolean).join('/');
  const base = `${task ?? ''}${opcode ?? ''}`.replaceAll(/[.\s]/g, '');
  const isNumbered = unversioned.replaceAll(/[.\s]/g, '') === `${base}${id}`;
  const plain = isNumbered ? unversioned.slice(0, -String(id).length).replace(/[.\s]+$/, '') : unversioned;
  return isName(plain) ? plain : '';
}

const isName = (text: string): boolean => /^[\w./-]+$/.test(text);

/** One layout of an event: the first build that has it, and the event's name. */
interface Entry {
  readonly id: number;
  readonly key: string;
  readonly name: string;
  readonly layout: readonly string[];
}

function entriesOf(events: readonly SourceEvent[]): Entry[] {
  const byKey = new Map<string, SourceEvent[]>();
  for (const event of events) {
    const key = event.version === 0 ? `${event.id}` : `${event.id}v${event.version}`;
    byKey.set(key, [...(byKey.get(key) ?? []), event]);
  }
  return [...byKey].flatMap(([key, same]) =>
    runsOf(variantsOf(same)).map(({ from, variant }) => ({
      id: Number.parseInt(key, 10),
      key: from === 0 ? key : `${key}@${from}`,
      name: variant.name,
      layout: shortened(variant.tokens.map(({ text }) => text)),
    })),
  );
}

/** The key of an entry with its name; the name is written once where all entries of an id share it. */
function namedKeys(entries: readonly Entry[]): Map<Entry, string> {
  const byId = new Map<number, Entry[]>();
  for (const entry of entries) byId.set(entry.id, [...(byId.get(entry.id) ?? []), entry]);
  const keys = new Map<Entry, string>();
  for (const same of byId.values()) {
    const isShared = new Set(same.map(({ name }) => name)).size === 1;
    for (const [n, entry] of same.entries()) {
      const isWritten = isShared ? n === 0 && entry.name !== '' : true;
      keys.set(entry, isWritten ? `${entry.key}=${entry.name}` : entry.key);
    }
  }
  return keys;
}

/** Fields that are worth a short name, the most frequent first. */
function frequentWords(lines: readonly (readonly string[])[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const word of lines.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const worth = [...counts].filter(([word, count]) => (word.length - 3) * (count - 1) > 5);
  worth.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return new Map(worth.map(([word], n) => [word, `~${n.toString(36)}`]));
}

/** The lines of a table: layouts in alphabetical order, each with the events that have it. */
function eventLines(events: readonly SourceEvent[]): string[] {
  const entries = entriesOf(events);
  const keys = namedKeys(entries);
  const byLayout = new Map<string, Entry[]>();
  for (const entry of entries) {
    const layout = entry.layout.join(' ');
    byLayout.set(layout, [...(byLayout.get(layout) ?? []), entry]);
  }
  let before: readonly string[] = [];
  const lines = [...byLayout.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]) => {
      const layout = same[0]?.layout ?? [];
      let common = 0;
      while (common < layout.length && layout[common] === before[common]) common += 1;
      before = layout;
      const key = same
        .sort((a, b) => a.id - b.id)
        .map((entry) => keys.get(entry))
        .join();
      return { key, common, fields: layout.slice(common) };
    });
  const words = frequentWords(lines.map(({ fields }) => fields));
  return [
    ...(words.size === 0 ? [] : [`~ ${[...words.keys()].join(' ')}`]),
    ...lines.map(({ key, common, fields }) => {
      const prefix = common === 0 ? [] : [`^${common}`];
      return `${key} : ${[...prefix, ...fields.map((field) => words.get(field) ?? field)].join(' ')}`.trimEnd();
    }),
  ];
}

/** The labels that the source has. */
const labelsOf = ({ values = {} }: SourceMap): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([value, label]) => (label?.trim() ? [[value, label.trim()]] : [])),
  );

/** The lines of the maps that fields refer to. */
function mapLines({ maps, events }: SourceProvider): string[] {
  const used = new Set(events.flatMap(({ fields }) => fields.flatMap(({ map }) => map ?? [])));
  return [...used].sort().flatMap((name) => {
    const map = maps[name];
    if (map === undefined) return [];
    let next = Number.NaN;
    const entries = Object.entries({ ...OWN_LABELS[name], ...labelsOf(map) })
      .map(([value, label]) => [Number(value), label] as const)
      .sort(([a], [b]) => a - b)
      .map(([value, label]) => {
        const text = value === next ? label : `${value}=${label}`;
        next = value + 1;
        return text;
      });
    if (entries.length === 0) return [];
    return [`${map.kind === 'bitMap' ? '&' : ''}${mapName(name)} ${entries.join('|')}`];
  });
}

const literal = (lines: readonly string[]): string =>
  lines.length === 0
    ? "''"
    : `\`\n${lines.map((line) => line.replaceAll(/[`\\]|\$\{/g, '\\$&')).join('\n')}\n\``;

/**
 * Fields that the source expects after the listed ones: the dump of the newer builds has no layout. They are read while
 * bytes remain.
 */
const EXPECTED_FIELDS: Readonly<Record<string, readonly SourceField[]>> = {
  'Microsoft-Windows-Hyper-V-VmSwitch 55': [{ name: 'Status', inType: 'UInt32', outType: 'NTSTATUS' }],
};

function main(directory: string): void {
  const providers = new Map<string, SourceProvider>();
  for (const file of readdirSync(directory).sort()) {
    const source: Partial<SourceProvider> = JSON.parse(readFileSync(join(directory, file), 'utf8'));
    const { provider, guid, maps, events } = source;
    if (!provider || !guid || !maps || !events) continue;
    if (BY_HAND.has(provider) || NEVER_TRACED.has(provider)) continue;
    const known = providers.get(guid);
    providers.set(guid, {
      provider,
      guid,
      maps: { ...known?.maps, ...maps },
      events: [
        ...(known?.events ?? []),
        ...events.map((event) => ({
          ...event,
          fields: [...event.fields, ...(EXPECTED_FIELDS[`${provider} ${event.id}`] ?? [])],
        })),
      ],
    });
  }
  const target = 'src/etw/builtin/tables';
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const head = '// Written by scripts/event-tables.ts; do not edit.\n';
  const imports: { slug: string; line: string }[] = [];
  const entries: string[] = [];
  const sorted = [...providers.values()].sort((a, b) => (a.provider < b.provider ? -1 : 1));
  for (const source of sorted) {
    const slug = source.provider
      .replace(/^Microsoft-(Windows-)?/, '')
      .replaceAll(/\W+|_/g, '-')
      .toLowerCase();
    const constant = slug.replaceAll('-', '_').toUpperCase();
    const text = `${head}export const ${constant} = {
  name: '${source.provider}',
  events: ${literal(eventLines(source.events))},
  maps: ${literal(mapLines(source))},
};
`;
    writeFileSync(join(target, `${slug}.ts`), text);
    imports.push({ slug, line: `import { ${constant} } from './${slug}.js';` });
    entries.push(`  ['${source.guid}', ${constant}],`);
  }
  writeFileSync(
    join(target, 'index.ts'),
    `${head}import type { BuiltinTable } from '../parse.js';
${imports
  .sort((a, b) => (a.slug < b.slug ? -1 : 1))
  .map(({ line }) => line)
  .join('\n')}

/** Tables by the provider's GUID. */
export const GENERATED_TABLES: ReadonlyMap<string, BuiltinTable> = new Map<string, BuiltinTable>([
${entries.sort().join('\n')}
]);
`,
  );
}

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('usage: node build/scripts/event-tables.js SCHEMAS\n');
  process.exitCode = 2;
} else {
  main(directory);
}
