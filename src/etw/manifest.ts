import type { XmlElement } from '@rgrove/parse-xml';
import { LimitLog } from '../etl/index.js';
import {
  type EventSchema,
  type Extent,
  type FieldSchema,
  InType,
  MAX_FLAGS,
  OutType,
  type SchemaOrigin,
  type ValueMap,
} from './schema.js';

/** In-type names of winmeta.xml, lower case, without prefix. */
const IN_TYPES: ReadonlyMap<string, number> = new Map<string, number>([
  ['unicodestring', InType.unicodeString],
  ['ansistring', InType.ansiString],
  ['int8', InType.int8],
  ['uint8', InType.uint8],
  ['int16', InType.int16],
  ['uint16', InType.uint16],
  ['int32', InType.int32],
  ['uint32', InType.uint32],
  ['int64', InType.int64],
  ['uint64', InType.uint64],
  ['float', InType.float],
  ['double', InType.double],
  ['boolean', InType.boolean],
  ['binary', InType.binary],
  ['guid', InType.guid],
  ['pointer', InType.pointer],
  ['filetime', InType.fileTime],
  ['systemtime', InType.systemTime],
  ['sid', InType.sid],
  ['hexint32', InType.hexInt32],
  ['hexint64', InType.hexInt64],
  ['countedunicodestring', InType.manifestCountedString],
  ['countedansistring', InType.manifestCountedAnsiString],
  ['countedbinary', InType.manifestCountedBinary],
]);

/** Out-type names of winmeta.xml, lower case, without prefix. */
const OUT_TYPES: ReadonlyMap<string, number> = new Map<string, number>([
  ['string', OutType.string],
  ['datetime', OutType.dateTime],
  ['byte', OutType.byte],
  ['unsignedbyte', OutType.unsignedByte],
  ['short', OutType.short],
  ['unsignedshort', OutType.unsignedShort],
  ['int', OutType.int],
  ['unsignedint', OutType.unsignedInt],
  ['long', OutType.long],
  ['unsignedlong', OutType.unsignedLong],
  ['float', OutType.float],
  ['double', OutType.double],
  ['boolean', OutType.boolean],
  ['guid', OutType.guid],
  ['hexbinary', OutType.hexBinary],
  ['hexint8', OutType.hexInt8],
  ['hexint16', OutType.hexInt16],
  ['hexint32', OutType.hexInt32],
  ['hexint64', OutType.hexInt64],
  ['pid', OutType.pid],
  ['tid', OutType.tid],
  ['port', OutType.port],
  ['ipv4', OutType.ipv4],
  ['ipv6', OutType.ipv6],
  ['socketaddress', OutType.socketAddress],
  ['cimdatetime', OutType.cimDateTime],
  ['etwtime', OutType.etwTime],
  ['xml', OutType.xml],
  ['errorcode', OutType.errorCode],
  ['win32error', OutType.win32Error],
  ['ntstatus', OutType.ntStatus],
  ['hresult', OutType.hresult],
  ['datetimecultureinsensitive', OutType.cultureInsensitiveDateTime],
  ['json', OutType.json],
  ['utf8', OutType.utf8],
  ['pkcs7withtypeinfo', OutType.pkcs7WithTypeInfo],
  ['codepointer', OutType.codePointer],
  ['datetimeutc', OutType.dateTimeUtc],
]);

/** Levels and opcodes that need no declaration (winmeta.xml), by number. */
const WIN_LEVELS = ['LogAlways', 'Critical', 'Error', 'Warning', 'Informational', 'Verbose'];
const WIN_OPCODES = new Map([
  ['Info', 0],
  ['Start', 1],
  ['Stop', 2],
  ['DC_Start', 3],
  ['DC_Stop', 4],
  ['Extension', 5],
  ['Reply', 6],
  ['Resume', 7],
  ['Suspend', 8],
  ['Send', 9],
  ['Receive', 240],
]);

/** Structures within structures, as deep as a manifest may nest them. */
const MAX_DEPTH = 16;

/** Fields of one list: more cannot be in a record of 64 KiB but as empty ones. Lengths are looked up by name. */
const MAX_FIELDS = 4096;

/** An event has 64 bits for keywords. */
const MAX_KEYWORDS = 64;

/** The events, names and maps of one provider in a manifest. */
export interface ManifestProvider {
  /** Lower case, no braces. */
  readonly id: string;
  readonly name: string;
  /**
   * @param known the layout of the event from another source, with the details that public dumps of manifests omit
   * @returns undefined if the manifest does not declare the event
   */
  schema(id: number, version: number, known?: EventSchema): EventSchema | undefined;
}

/** A manifest that cannot be read. */
export class ManifestError extends Error {
  override name = 'ManifestError';
}

/**
 * Reads an instrumentation manifest: the source form, the output of `wevtutil gp /f:xml` and PerfView, and the form
 * that an EventSource logs in its events.
 *
 * The XML parser is loaded when the first manifest is parsed. It reads no external entities and expands only XML's five
 * predefined ones.
 *
 * @param source the manifest's name in messages
 * @param limits counts names that are truncated
 * @throws ManifestError if the text is not XML or has no provider
 */
export async function parseManifest(
  text: string,
  origin: SchemaOrigin & ('eventsource' | 'manifest'),
  source: string,
  limits = new LimitLog(),
): Promise<ManifestProvider[]> {
  const { parseXml, XmlElement } = await import('@rgrove/parse-xml');
  let root: XmlElement | null;
  try {
    // The byte order mark, and the NULs that some EventSources leave after the text, are no XML.
    root = parseXml(text.replace(/^\uFEFF/, '').replace(/\0+$/, ''), { ignoreUndefinedEntities: true }).root;
  } catch (cause) {
    // Deep nesting ends in a RangeError; everything else is the parser's own XmlError.
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new ManifestError(`not an instrumentation manifest: ${reason}`, { cause });
  }
  const isElement = (node: unknown): node is XmlElement => node instanceof XmlElement;
  const roots = root === null ? [] : [new Node(root, isElement)];
  const strings = readStrings(descendants(roots));
  const isProvider = (node: Node): boolean =>
    node.name === 'provider' && node.attribute('guid') !== undefined;
  // Providers do not contain providers: the content of each is read once.
  const providers = descendants(roots, isProvider)
    .filter(isProvider)
    .map((node) => new Provider(node, { strings, origin, source, limits }));
  if (providers.length === 0) throw new ManifestError('no provider in this manifest');
  return providers;
}

/** An element without namespace prefixes: manifests use them as they like. */
class Node {
  readonly #element: XmlElement;
  readonly #isElement: (node: unknown) => node is XmlElement;

  constructor(element: XmlElement, isElement: (node: unknown) => node is XmlElement) {
    this.#element = element;
    this.#isElement = isElement;
  }

  get name(): string {
    return withoutPrefix(this.#element.name);
  }

  attribute(name: string): string | undefined {
    return Object.hasOwn(this.#element.attributes, name) ? this.#element.attributes[name] : undefined;
  }

  get children(): Node[] {
    return this.#element.children
      .filter((child) => this.#isElement(child))
      .map((child) => new Node(child, this.#isElement));
  }

  named(name: string): Node[] {
    return this.children.filter((child) => child.name === name);
  }
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Elements and their descendants, except the content of leaves. */
function descendants(roots: readonly Node[], isLeaf: (node: Node) => boolean = () => false): Node[] {
  const found: Node[] = [];
  const open = [...roots].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    if (isLeaf(node)) continue;
    const { children } = node;
    for (let n = children.length - 1; n >= 0; n--) {
      const child = children[n];
      if (child !== undefined) open.push(child);
    }
  }
  return found;
}

/** The string table: en-US if there are several languages, otherwise the first. */
function readStrings(nodes: readonly Node[]): ReadonlyMap<string, string> {
  const resources = nodes.filter((node) => node.name === 'resources');
  const chosen =
    resources.find((node) => node.attribute('culture')?.toLowerCase() === 'en-us') ?? resources.at(0);
  const strings = new Map<string, string>();
  for (const node of chosen ? descendants([chosen]) : []) {
    const id = node.attribute('id');
    const value = node.attribute('value');
    if (node.name === 'string' && id !== undefined && value !== undefined) strings.set(id, value);
  }
  return strings;
}

/** A number as manifests write it, decimal or 0x. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:0x[0-9a-f]+|\d+)$/i.test(text.trim())) return undefined;
  return Number(text);
}

/** Levels, tasks, opcodes, channels: an event refers to one by name or by number. */
class Names {
  readonly #byReference = new Map<string, string>();

  add(node: Node, text: (message: string | undefined) => string | undefined): void {
    const name = node.attribute('name');
    const shown = text(node.attribute('message')) ?? name;
    if (shown === undefined) return;
    for (const reference of [
      name,
      node.attribute('value'),
      node.attribute('chid'),
      node.attribute('symbol'),
    ]) {
      if (reference !== undefined && !this.#byReference.has(reference)) {
        this.#byReference.set(reference, shown);
      }
    }
  }

  addWellKnown(name: string, value: number): void {
    for (const reference of [`win:${name}`, String(value)]) {
      if (!this.#byReference.has(reference)) this.#byReference.set(reference, name);
    }
  }

  get(reference: string | undefined): string | undefined {
    return reference === undefined ? undefined : (this.#byReference.get(reference) ?? undefined);
  }
}

/** A template's fields, up to the first that cannot be located. */
interface ReadFields {
  readonly fields: readonly FieldSchema[];
  /** Name of that field. */
  readonly stop?: string;
}

/** The parts that the providers of a manifest share. */
interface Manifest {
  readonly strings: ReadonlyMap<string, string>;
  readonly origin: SchemaOrigin;
  readonly source: string;
  readonly limits: LimitLog;
}

class Provider implements ManifestProvider {
  readonly id: string;
  readonly name: string;
  readonly #limits: LimitLog;
  readonly #origin: SchemaOrigin;
  readonly #source: string;
  /** Public dumps omit all out-types; authors of manifests set those of addresses and ports. */
  readonly #lacksOutTypes: boolean;
  readonly #strings: ReadonlyMap<string, string>;
  readonly #events = new Map<string, Node>();
  readonly #templates = new Map<string, Node>();
  readonly #templateFields = new Map<Node, ReadFields>();
  readonly #maps = new Map<string, ValueMap>();
  readonly #levels = new Names();
  readonly #tasks = new Names();
  readonly #opcodes = new Names();
  readonly #channels = new Names();
  readonly #keywords: { readonly name: string; readonly mask: bigint }[] = [];

  constructor(node: Node, { limits, origin, source, strings }: Manifest) {
    this.#limits = limits;
    this.#origin = origin;
    this.#source = source;
    this.#strings = strings;
    this.id = (node.attribute('guid') ?? '').replace(/[{}]/g, '').toLowerCase();
    this.name = limits.name(node.attribute('name') ?? this.id);
    const text = (message: string | undefined): string | undefined => this.#text(message);
    const list = (plural: string, singular: string): Node[] =>
      node.named(plural).flatMap((group) => group.named(singular));

    for (const level of list('levels', 'level')) this.#levels.add(level, text);
    for (const [value, name] of WIN_LEVELS.entries()) this.#levels.addWellKnown(name, value);
    for (const channel of list('channels', 'channel')) this.#channels.add(channel, text);
    for (const opcode of list('opcodes', 'opcode')) this.#opcodes.add(opcode, text);
    for (const task of list('tasks', 'task')) {
      this.#tasks.add(task, text);
      // Opcodes may be declared inside their task.
      for (const opcode of task.named('opcodes').flatMap((group) => group.named('opcode'))) {
        this.#opcodes.add(opcode, text);
      }
    }
    for (const [name, value] of WIN_OPCODES) this.#opcodes.addWellKnown(name, value);
    for (const keyword of list('keywords', 'keyword')) {
      const name = keyword.attribute('name');
      const mask = keyword.attribute('mask') ?? '';
      if (name !== undefined && /^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i.test(mask)) {
        if (this.#keywords.length < MAX_KEYWORDS)
          this.#keywords.push({ name: limits.name(name), mask: BigInt(mask) });
      }
    }
    for (const group of node.named('maps')) for (const map of group.children) this.#addMap(map);
    for (const template of list('templates', 'template')) {
      const tid = template.attribute('tid');
      if (tid !== undefined) this.#templates.set(tid, template);
    }
    this.#lacksOutTypes = !descendants([...this.#templates.values()]).some(
      (field) => field.attribute('outType') !== undefined,
    );
    for (const event of list('events', 'event')) {
      const id = numberOf(event.attribute('value'));
      const version = numberOf(event.attribute('version')) ?? 0;
      if (id !== undefined) this.#events.set(`${id}v${version}`, event);
    }
  }

  schema(id: number, version: number, known?: EventSchema): EventSchema | undefined {
    const event = this.#events.get(`${id}v${version}`);
    if (event === undefined) return undefined;
    const template = this.#templates.get(event.attribute('template') ?? '');
    const { fields, stop } = this.#fieldsOf(template, known);
    const named = (text: string | undefined): string | undefined =>
      text === undefined ? undefined : this.#limits.name(text);
    const name = named(event.attribute('name') ?? event.attribute('symbol'));
    const levelName = named(this.#levels.get(event.attribute('level')));
    const taskName = named(this.#tasks.get(event.attribute('task')));
    const opcodeName = named(this.#opcodes.get(event.attribute('opcode')));
    const channelName = named(this.#channels.get(event.attribute('channel')));
    const keywordNames = this.#keywordNames(event.attribute('keywords'));
    const message = this.#text(event.attribute('message'));
    return {
      origin: this.#origin,
      providerId: this.id,
      providerName: this.name,
      id,
      version,
      ...(name && { name }),
      ...(levelName && { levelName }),
      ...(taskName && { taskName }),
      ...(opcodeName && { opcodeName }),
      ...(channelName && { channelName }),
      ...(keywordNames.length > 0 && { keywordNames }),
      ...(message && { message }),
      fields,
      ...(stop !== undefined && { stop: { field: stop, source: this.#source } }),
    };
  }

  /** `$(string.Id)`, or the text itself; a number alone is a message id whose text is in a binary. */
  #text(message: string | undefined): string | undefined {
    if (message === undefined) return undefined;
    const [, id] = /^\$\(string\.(.+)\)$/.exec(message.trim()) ?? [];
    if (id !== undefined) return this.#strings.get(id);
    return /^-?\d*$/.test(message) ? undefined : message;
  }

  #addMap(node: Node): void {
    const name = node.attribute('name');
    if (name === undefined || (node.name !== 'valueMap' && node.name !== 'bitMap')) return;
    const isBits = node.name === 'bitMap';
    const all = node.named('map');
    const kept = isBits ? all.slice(0, MAX_FLAGS) : all;
    if (kept.length < all.length) this.#limits.add('mapEntriesLeftOut', all.length - kept.length);
    const entries = new Map<number, string>();
    for (const entry of kept) {
      const value = numberOf(entry.attribute('value'));
      const text = this.#text(entry.attribute('message'));
      if (value !== undefined && text !== undefined) entries.set(value >>> 0, this.#limits.name(text));
    }
    this.#maps.set(name, { name, kind: isBits ? 'bits' : 'value', entries });
  }

  /** Names with blanks between them, or a mask. */
  #keywordNames(keywords: string | undefined): string[] {
    if (keywords === undefined) return [];
    if (/^0x[0-9a-f]{1,16}$/i.test(keywords)) {
      const mask = BigInt(keywords);
      return this.#keywords.filter((keyword) => (keyword.mask & mask) !== 0n).map(({ name }) => name);
    }
    return keywords
      .split(/\s+/, MAX_KEYWORDS)
      .filter((name) => name !== '')
      .map((name) => this.#limits.name(name));
  }

  /** Thousands of events may share one template. */
  #fieldsOf(template: Node | undefined, known: EventSchema | undefined): ReadFields {
    if (template === undefined) return { fields: [] };
    if (known !== undefined) return this.#fields(template, 0, [], known.fields);
    let fields = this.#templateFields.get(template);
    if (fields === undefined) {
      fields = this.#fields(template, 0);
      this.#templateFields.set(template, fields);
    }
    return fields;
  }

  /**
   * @param outer the event's own fields, if `parent` is a structure
   * @param known the fields of the event from another source
   */
  #fields(
    parent: Node,
    depth: number,
    outer: readonly FieldSchema[] = [],
    known: readonly FieldSchema[] = [],
  ): ReadFields {
    const fields: FieldSchema[] = [];
    const nodes = parent.children.filter(({ name }) => name === 'data' || name === 'struct');
    for (const [n, node] of nodes.slice(0, MAX_FIELDS).entries()) {
      const name = this.#limits.name(node.attribute('name') ?? `field${fields.length + 1}`);
      const count = extentOf(node.attribute('count'), fields, outer);
      if (count === UNKNOWN) return { fields, stop: name };
      if (node.name === 'struct') {
        const inner = depth < MAX_DEPTH && this.#fields(node, depth + 1, depth === 0 ? fields : outer);
        if (inner === false || inner.stop !== undefined) return { fields, stop: name };
        fields.push({
          name,
          inType: InType.null,
          outType: OutType.null,
          ...(count && { count }),
          members: inner.fields,
        });
        continue;
      }
      const same = known.find((field) => field.name === name);
      const field = this.#field(node, name, fields, outer, same && { field: same, list: known });
      // Public dumps print an array of structures as one of numbers, whose in-type is the index of the first member:
      // members follow the event's own fields, so that index is their number.
      const isStruct = depth === 0 && count?.kind === 'field' && field?.inType === nodes.length;
      const needsLength =
        field?.inType === InType.binary && field.length === undefined && field.outType !== OutType.ipv6;
      const isLast = depth === 0 && n === nodes.length - 1 && count === undefined;
      if (field === undefined || isStruct || (needsLength && !isLast)) return { fields, stop: name };
      fields.push({ ...field, ...(count && { count }) });
    }
    return { fields };
  }

  /** @returns undefined if the in-type or the length is not known */
  #field(
    node: Node,
    name: string,
    before: readonly FieldSchema[],
    outer: readonly FieldSchema[],
    known: KnownField | undefined,
  ): FieldSchema | undefined {
    const inType = IN_TYPES.get(withoutPrefix(node.attribute('inType') ?? '').toLowerCase());
    if (inType === undefined) return undefined;
    const same =
      known !== undefined && sizeClass(known.field.inType) === sizeClass(inType) ? known : undefined;
    const declared = OUT_TYPES.get(withoutPrefix(node.attribute('outType') ?? '').toLowerCase());
    const outType = declared ?? same?.field.outType ?? (this.#lacksOutTypes ? namedOutType(inType, name) : 0);
    const length = extentOf(node.attribute('length'), before, outer) ?? (same && knownLength(same, before));
    if (length === UNKNOWN) return undefined;
    const map = this.#maps.get(node.attribute('map') ?? '') ?? same?.field.map;
    return { name, inType, outType, ...(length && { length }), ...(map && { map }) };
  }
}

/** A field from another source, and the list that its length refers to. */
interface KnownField {
  readonly field: FieldSchema;
  readonly list: readonly FieldSchema[];
}

/** The in-type; types that differ only in presentation are equal. */
const sizeClass = (inType: number): number =>
  inType === InType.hexInt32 ? InType.uint32 : inType === InType.hexInt64 ? InType.uint64 : inType;

/** The length of a known field; one that an earlier field holds is looked for by that field's name. */
function knownLength(
  { field, list }: KnownField,
  before: readonly FieldSchema[],
): Extent | typeof UNKNOWN | undefined {
  const { length } = field;
  return length?.kind === 'field' ? extentOf(list[length.index]?.name, before, []) : length;
}

const SIDE =
  '(?:[sd]|src|dst|dest|source|destination|local|remote|client|server|peer|gateway|next_?hop|router)';
/** Names of 32-bit fields that hold an IPv4 address in 255 of 261 fields of known manifests. */
const IPV4_NAME = new RegExp(
  `ip(?:_?v4)?_?addr(?:ess)?\\d*$|^${SIDE}_?(?:addr(?:ess)?|ip)$|^ipv4_?${SIDE}_?addr(?:ess)?$`,
  'i',
);
/** Names of 16-bit fields that contain a port, in network order in all manifests that declare an out-type for them. */
const PORT_NAME = new RegExp(`^(?:${SIDE}|tcp|udp|listen)_?port$`, 'i');

/** The out-type that follows from a field's name. */
function namedOutType(inType: number, name: string): number {
  if (sizeClass(inType) === InType.uint32 && IPV4_NAME.test(name)) return OutType.ipv4;
  return inType === InType.uint16 && PORT_NAME.test(name) ? OutType.port : OutType.null;
}

/** The length or count of a field names a field that there is not. */
const UNKNOWN = 'unknown';

/** A number, or the name of an earlier field of the same list, or of the event around it. */
function extentOf(
  text: string | undefined,
  before: readonly FieldSchema[],
  outer: readonly FieldSchema[],
): Extent | typeof UNKNOWN | undefined {
  if (text === undefined || text === '') return undefined;
  const value = numberOf(text);
  if (value !== undefined) return { kind: 'fixed', value };
  const named = ({ name }: FieldSchema): boolean => name === text;
  const index = before.findIndex(named);
  if (index !== -1) return { kind: 'field', index };
  const outerIndex = outer.findIndex(named);
  return outerIndex === -1 ? UNKNOWN : { kind: 'outer', index: outerIndex };
}
