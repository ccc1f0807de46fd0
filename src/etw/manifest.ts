import type { XmlElement } from '@rgrove/parse-xml';
import {
  type EventSchema,
  type Extent,
  type FieldSchema,
  InType,
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

/** What a manifest says about one provider. */
export interface ManifestProvider {
  /** Lower case, no braces. */
  readonly id: string;
  readonly name: string;
  /** Undefined where the manifest does not declare the event. */
  schema(id: number, version: number): ManifestEvent | undefined;
}

export interface ManifestEvent {
  readonly schema: EventSchema;
  /**
   * A field is printed as an array of numbers but is surely one of structures, whose members the manifest does not
   * have: whoever knows the event otherwise should go by that.
   */
  readonly misprinted: boolean;
}

/** A manifest that cannot be read. */
export class ManifestError extends Error {
  override name = 'ManifestError';
}

/**
 * Reads an instrumentation manifest: as providers are compiled from, as `wevtutil gp /f:xml` and PerfView write them,
 * and as an EventSource carries in its events.
 *
 * The XML parser is loaded when the first manifest comes. It reads no external entities and expands none but the
 * five of XML itself.
 *
 * @throws ManifestError where the text is not XML, or has no provider
 */
export async function parseManifest(
  text: string,
  origin: SchemaOrigin & ('eventsource' | 'manifest'),
): Promise<ManifestProvider[]> {
  const { parseXml, XmlElement } = await import('@rgrove/parse-xml');
  let root: XmlElement | null;
  try {
    // The byte order mark, and the NULs that some EventSources leave behind the text, are no XML.
    root = parseXml(text.replace(/^\uFEFF/, '').replace(/\0+$/, ''), { ignoreUndefinedEntities: true }).root;
  } catch (cause) {
    // Deep nesting ends in a RangeError; everything else is the parser's own XmlError.
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new ManifestError(`not an instrumentation manifest: ${reason}`, { cause });
  }
  const isElement = (node: unknown): node is XmlElement => node instanceof XmlElement;
  const found = root === null ? [] : descendants([new Node(root, isElement)]);
  const strings = readStrings(found);
  const providers = found
    .filter((node) => node.name === 'provider' && node.attribute('guid') !== undefined)
    .map((node) => new Provider(node, strings, origin));
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

function descendants(roots: readonly Node[]): Node[] {
  const found: Node[] = [];
  const open = [...roots].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    found.push(node);
    open.push(...node.children.reverse());
  }
  return found;
}

/** The string table: en-US where there are several languages, else the first. */
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

/** Levels, tasks, opcodes, channels: an event names one, or gives its number. */
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

/** A template's fields; see {@link ManifestEvent.misprinted}. */
interface ReadFields {
  readonly fields: readonly FieldSchema[];
  readonly misprinted: boolean;
}

class Provider implements ManifestProvider {
  readonly id: string;
  readonly name: string;
  readonly #origin: SchemaOrigin;
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

  constructor(node: Node, strings: ReadonlyMap<string, string>, origin: SchemaOrigin) {
    this.#origin = origin;
    this.#strings = strings;
    this.id = (node.attribute('guid') ?? '').replace(/[{}]/g, '').toLowerCase();
    this.name = node.attribute('name') ?? this.id;
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
        this.#keywords.push({ name, mask: BigInt(mask) });
      }
    }
    for (const group of node.named('maps')) for (const map of group.children) this.#addMap(map);
    for (const template of list('templates', 'template')) {
      const tid = template.attribute('tid');
      if (tid !== undefined) this.#templates.set(tid, template);
    }
    for (const event of list('events', 'event')) {
      const id = numberOf(event.attribute('value'));
      const version = numberOf(event.attribute('version')) ?? 0;
      if (id !== undefined) this.#events.set(`${id}v${version}`, event);
    }
  }

  schema(id: number, version: number): ManifestEvent | undefined {
    const event = this.#events.get(`${id}v${version}`);
    if (event === undefined) return undefined;
    const template = this.#templates.get(event.attribute('template') ?? '');
    const { fields, misprinted } = this.#fieldsOf(template);
    const name = event.attribute('name') ?? event.attribute('symbol');
    const levelName = this.#levels.get(event.attribute('level'));
    const taskName = this.#tasks.get(event.attribute('task'));
    const opcodeName = this.#opcodes.get(event.attribute('opcode'));
    const channelName = this.#channels.get(event.attribute('channel'));
    const keywordNames = this.#keywordNames(event.attribute('keywords'));
    const message = this.#text(event.attribute('message'));
    const schema: EventSchema = {
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
    };
    return { schema, misprinted };
  }

  /** `$(string.Id)`, or the text itself; a mere number is a message id whose text stands in a binary. */
  #text(message: string | undefined): string | undefined {
    if (message === undefined) return undefined;
    const [, id] = /^\$\(string\.(.+)\)$/.exec(message.trim()) ?? [];
    if (id !== undefined) return this.#strings.get(id);
    return /^-?\d*$/.test(message) ? undefined : message;
  }

  #addMap(node: Node): void {
    const name = node.attribute('name');
    if (name === undefined || (node.name !== 'valueMap' && node.name !== 'bitMap')) return;
    const entries = new Map<number, string>();
    for (const entry of node.named('map')) {
      const value = numberOf(entry.attribute('value'));
      const text = this.#text(entry.attribute('message'));
      if (value !== undefined && text !== undefined) entries.set(value >>> 0, text);
    }
    this.#maps.set(name, { name, kind: node.name === 'bitMap' ? 'bits' : 'value', entries });
  }

  /** Names with blanks between them, or a mask. */
  #keywordNames(keywords: string | undefined): string[] {
    if (keywords === undefined) return [];
    if (/^0x[0-9a-f]{1,16}$/i.test(keywords)) {
      const mask = BigInt(keywords);
      return this.#keywords.filter((keyword) => (keyword.mask & mask) !== 0n).map(({ name }) => name);
    }
    return keywords.split(/\s+/).filter((name) => name !== '');
  }

  /** Thousands of events may share one template. */
  #fieldsOf(template: Node | undefined): ReadFields {
    const known = template && this.#templateFields.get(template);
    if (known !== undefined) return known;
    const fresh = this.#fields(template, 0);
    if (template !== undefined) this.#templateFields.set(template, fresh);
    return fresh;
  }

  #fields(parent: Node | undefined, depth: number, outer: readonly FieldSchema[] = []): ReadFields {
    const fields: FieldSchema[] = [];
    const nodes = parent?.children.filter(({ name }) => name === 'data' || name === 'struct') ?? [];
    for (const node of nodes.slice(0, MAX_FIELDS)) {
      const name = node.attribute('name') ?? `field${fields.length + 1}`;
      const count = extentOf(node.attribute('count'), fields, outer);
      if (node.name === 'struct') {
        if (depth >= MAX_DEPTH) break;
        const { fields: members } = this.#fields(node, depth + 1, depth === 0 ? fields : outer);
        fields.push({
          name,
          inType: InType.null,
          outType: OutType.null,
          ...(count && { count }),
          members,
        });
        continue;
      }
      const inType = IN_TYPES.get(withoutPrefix(node.attribute('inType') ?? '').toLowerCase());
      if (inType === undefined || (depth === 0 && count?.kind === 'field' && inType === nodes.length)) {
        // Unknown, or an array whose in-type is the index of the first member of a structure: members stand behind
        // the event's own fields, so that index is their number. The rest stays bytes.
        const length: Extent = { kind: 'rest' };
        fields.push({ name, inType: InType.binary, outType: OutType.hexBinary, length });
        return { fields, misprinted: true };
      }
      const outType = OUT_TYPES.get(withoutPrefix(node.attribute('outType') ?? '').toLowerCase());
      const length = extentOf(node.attribute('length'), fields, outer);
      const map = this.#maps.get(node.attribute('map') ?? '');
      fields.push({
        name,
        inType,
        outType: outType ?? OutType.null,
        ...(length && { length }),
        ...(count && { count }),
        ...(map && { map }),
      });
    }
    return { fields, misprinted: false };
  }
}

/** A number, or the name of an earlier field of the same list, or of the event around it. */
function extentOf(
  text: string | undefined,
  before: readonly FieldSchema[],
  outer: readonly FieldSchema[],
): Extent | undefined {
  if (text === undefined || text === '') return undefined;
  const value = numberOf(text);
  if (value !== undefined) return { kind: 'fixed', value };
  const named = ({ name }: FieldSchema): boolean => name === text;
  const index = before.findIndex(named);
  if (index !== -1) return { kind: 'field', index };
  const outerIndex = outer.findIndex(named);
  return outerIndex === -1 ? { kind: 'fixed', value: 0 } : { kind: 'outer', index: outerIndex };
}
