import { parseIpv4, parseMac } from '../net/index.js';
import { AddressSet, type IpAddress, macText, parseIpAddress, prefixOfMask } from './addresses.js';
import { tableCells } from './display-columns.js';
import { CompartmentFileError } from './errors.js';
import { decodeText, type TextEncoding } from './text-encoding.js';

/** A compartment as the user's file names it. */
export interface ListedCompartment {
  readonly id: number;
  readonly guid?: string;
  readonly name?: string;
}

/** An interface as the user's file describes it. */
export interface ListedInterface {
  /** Absent if the file does not have it (Get-NetIPAddress has no compartment). */
  readonly compartmentId?: number;
  readonly ifIndex?: number;
  /** The interface's alias; for ipconfig the adapter's heading in Windows' language, which ends with the alias. */
  readonly heading: string;
  /** True where {@link heading} is the alias itself. */
  readonly headingIsAlias: boolean;
  readonly mac?: string;
  readonly addresses: readonly IpAddress[];
  /** Addresses of DNS servers. */
  readonly dns: readonly string[];
}

/** The contents of a file given with `--compartments`. */
export interface CompartmentList {
  readonly compartments: readonly ListedCompartment[];
  readonly interfaces: readonly ListedInterface[];
}

/** More bytes than any such file has. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file with saved output of commands on the host:
 *
 * - `ipconfig /allcompartments`, with or without `/all`, in any display language of Windows
 * - `Get-NetIPAddress`, `Get-NetIPInterface` or `Get-NetCompartment` with `-IncludeAllCompartments`, `Get-NetAdapter`,
 *   as a list, as a table or through `ConvertTo-Json`; several of them in one file, lists and tables only
 *
 * @param encoding of bytes; default: detected
 * @throws CompartmentFileError if it has no interface, address or compartment
 */
export function parseCompartments(input: string | Uint8Array, encoding?: TextEncoding): CompartmentList {
  if (input.length > MAX_FILE_BYTES)
    throw new CompartmentFileError('the file is too large to be a list of compartments');
  const text = typeof input === 'string' ? input.replace(/^\ufeff/, '') : decodeText(input, encoding);
  const list = /^\s*[[{]/.test(text) ? fromJson(text) : fromText(text);
  if (list.compartments.length === 0 && list.interfaces.length === 0) {
    throw new CompartmentFileError(
      'no compartments found: expected the output of "ipconfig /allcompartments" or of ' +
        '"Get-NetIPAddress -IncludeAllCompartments" as text or JSON',
    );
  }
  return list;
}

/** Names of members in the objects that PowerShell prints, lower case. */
type ObjectMembers = ReadonlyMap<string, string>;

/** Collects interfaces from several entries: PowerShell prints one object per address. */
class ListBuilder {
  readonly #compartments = new Map<number, ListedCompartment>();
  readonly #interfaces = new Map<string, InterfaceBuilder>();

  compartment(id: number, more: { readonly guid?: string; readonly name?: string } = {}): void {
    this.#compartments.set(id, { ...(this.#compartments.get(id) ?? { id }), ...more });
  }

  interface(key: string, heading: string, headingIsAlias: boolean): InterfaceBuilder {
    const known = this.#interfaces.get(key);
    if (known !== undefined) return known;
    const fresh = new InterfaceBuilder(heading, headingIsAlias);
    this.#interfaces.set(key, fresh);
    return fresh;
  }

  finish(): CompartmentList {
    return {
      compartments: [...this.#compartments.values()].sort((a, b) => a.id - b.id),
      interfaces: [...this.#interfaces.values()].map((builder) => builder.finish()),
    };
  }
}

class InterfaceBuilder {
  compartmentId: number | undefined;
  ifIndex: number | undefined;
  mac: string | undefined;
  /** DHCPv6 IAID. */
  iaid: number | undefined;
  readonly addresses = new AddressSet();
  readonly dns = new Set<string>();

  constructor(
    readonly heading: string,
    readonly headingIsAlias: boolean,
  ) {}

  finish(): ListedInterface {
    const { compartmentId, heading, headingIsAlias, mac } = this;
    const ifIndex = this.ifIndex ?? indexOfIaid(this.iaid, mac);
    return {
      ...(compartmentId !== undefined && { compartmentId }),
      ...(ifIndex !== undefined && { ifIndex }),
      heading,
      headingIsAlias,
      ...(mac !== undefined && { mac }),
      addresses: this.addresses.list(),
      dns: [...this.dns],
    };
  }
}

/**
 * The interface index in a DHCPv6 IAID of Windows: its lowest 8 bits, before the first three bytes of the MAC address
 * (inferred from published output of ipconfig). Undefined if the IAID has another form.
 */
function indexOfIaid(iaid: number | undefined, mac: string | undefined): number | undefined {
  if (iaid === undefined || mac === undefined) return undefined;
  const vendor = Number.parseInt(mac.slice(0, 8).replaceAll(':', ''), 16);
  return iaid % 0x100_0000 === vendor ? Math.floor(iaid / 0x100_0000) : undefined;
}

const integer = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;

/** Adds one PowerShell object: an address, an IP interface or a compartment. Names of members are never translated. */
function addObject(builder: ListBuilder, members: ObjectMembers): void {
  const compartmentId = integer(members.get('compartmentid'));
  // Get-NetAdapter: its Name is the alias.
  const hardware = parseMac(members.get('macaddress') ?? '');
  const alias = members.get('interfacealias') ?? (hardware === undefined ? undefined : members.get('name'));
  const ifIndex = integer(members.get('interfaceindex') ?? members.get('ifindex'));
  if (compartmentId !== undefined) {
    const guid = members.get('compartmentguid')?.replace(/[{}]/g, '').toLowerCase();
    const name = members.get('compartmentdescription');
    builder.compartment(compartmentId, { ...(guid && { guid }), ...(name && { name }) });
  }
  if (alias === undefined && ifIndex === undefined) return;
  const found = builder.interface(
    ifIndex === undefined ? `alias ${alias}` : `index ${ifIndex}`,
    alias ?? '',
    alias !== undefined,
  );
  found.ifIndex ??= ifIndex;
  found.compartmentId ??= compartmentId;
  found.mac ??= hardware && macText(hardware);
  const prefixLength = integer(members.get('prefixlength'));
  const address = parseIpAddress(members.get('ipaddress') ?? '', prefixLength);
  if (address !== undefined) found.addresses.add(address.address);
  for (const word of (members.get('serveraddresses') ?? '').split(/[{},\s]+/)) {
    const server = parseIpAddress(word);
    if (server !== undefined) found.dns.add(server.address.text);
  }
}

function fromJson(text: string): CompartmentList {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new CompartmentFileError(
      `not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const builder = new ListBuilder();
  for (const entry of jsonObjects(parsed)) addObject(builder, entry);
  return builder.finish();
}

/** One object, an array of them, or PowerShell's wrapper of an array (`{"value": […], "Count": 2}`). */
function jsonObjects(parsed: unknown): ObjectMembers[] {
  if (Array.isArray(parsed))
    return parsed.flatMap((entry: unknown) => (isObject(entry) ? [jsonMembers(entry)] : []));
  if (!isObject(parsed)) return [];
  const entries: [string, unknown][] = Object.entries(parsed);
  const wrapped = entries.find(([name]) => name === 'value')?.[1];
  return Array.isArray(wrapped) ? jsonObjects(wrapped) : [jsonMembers(parsed)];
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Arrays and objects within a list have no meaning, and may be nested as deep as the file is long. */
const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

function jsonMembers(entry: object): ObjectMembers {
  const members = new Map<string, string>();
  const entries: [string, unknown][] = Object.entries(entry);
  for (const [name, value] of entries) {
    if (typeof value === 'string' || typeof value === 'number')
      members.set(name.toLowerCase(), String(value));
    else if (Array.isArray(value)) members.set(name.toLowerCase(), value.filter(isPlain).join(','));
  }
  return members;
}

/** A ruler of ipconfig: the title between two of them names the compartment. */
const RULER = /^=+$/;
/** The headings of a PowerShell table are underlined with dashes. */
const UNDERLINE = /^-+( +-+)+$/;
/** `InterfaceAlias    : vEthernet (nat)` */
const MEMBER_LINE = /^([A-Za-z]\w*) *: ?(.*)$/;
/** A member without a value; a heading of one word has no blank before its colon. */
const EMPTY_MEMBER = /^[A-Za-z]\w* +:$/;
const GUID = /\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?/i;
const MAC = /^[0-9a-f]{2}(?:-[0-9a-f]{2}){5}$/i;

/** Columns of a table; PowerShell prints at most ten. */
const MAX_COLUMNS = 64;

/** The compartment that `ipconfig` without `/allcompartments` describes on a host. */
const DEFAULT_COMPARTMENT = 1;

/**
 * Reads texts line by line. The structure of a line decides what it is, because ipconfig prints in Windows' display
 * language.
 */
class TextReader {
  readonly #builder = new ListBuilder();
  #members = new Map<string, string>();
  #lastMember = '';
  #compartmentId: number | undefined;
  #adapter: InterfaceBuilder | undefined;
  #adapters = 0;
  /** The address that a mask on the next line belongs to. */
  #lastIpv4: IpAddress | undefined;
  #lastWasDns = false;

  read(text: string): CompartmentList {
    const lines = text.split(/\r\n|\n|\r/);
    for (let n = 0; n < lines.length; n++) {
      const line = (lines[n] ?? '').trimEnd();
      if (line === '') this.#endObject();
      else if (RULER.test(line) && RULER.test((lines[n + 2] ?? '').trimEnd())) {
        this.#startCompartment((lines[n + 1] ?? '').trim());
        n += 2;
      } else if (UNDERLINE.test(line)) n = this.#readTable(lines, n);
      else this.#readLine(line);
    }
    this.#endObject();
    return this.#builder.finish();
  }

  #readLine(line: string): void {
    const isIndented = /^\s/.test(line);
    const colon = line.indexOf(':');
    // `   IPv4 Address. . . . . . . . . . . : 10.0.0.1`: dots lead from the label to the colon.
    if (isIndented && line.slice(0, Math.max(0, colon)).trimEnd().endsWith('.')) {
      this.#readLeaderLine(line.slice(0, colon), line.slice(colon + 1).trim());
      return;
    }
    // `Ethernet adapter vEthernet (nat):`; in some languages with a blank before the colon.
    const isHeading = !isIndented && line.endsWith(':') && !EMPTY_MEMBER.test(line);
    const member = MEMBER_LINE.exec(line);
    if (member !== null && (!isHeading || this.#members.size > 0)) {
      this.#lastMember = (member[1] ?? '').toLowerCase();
      this.#members.set(this.#lastMember, (member[2] ?? '').trim());
    } else if (isHeading) {
      this.#startAdapter(line.slice(0, -1).trimEnd());
    } else if (isIndented) {
      this.#continueLine(line.trim());
    }
  }

  /** Continues a value of an earlier line: a second DNS server, or a long value of a PowerShell list. */
  #continueLine(value: string): void {
    if (this.#members.size > 0) {
      this.#members.set(this.#lastMember, `${this.#members.get(this.#lastMember) ?? ''}${value}`);
    } else if (this.#lastWasDns) {
      this.#addDns(value);
    }
  }

  #startCompartment(title: string): void {
    this.#endObject();
    this.#adapter = undefined;
    const guid = GUID.exec(title)?.[1]?.toLowerCase();
    const id = integer(/\d+/.exec(title.replace(GUID, ''))?.[0]);
    this.#compartmentId = id;
    if (id !== undefined) this.#builder.compartment(id, guid === undefined ? {} : { guid });
  }

  #startAdapter(heading: string): void {
    this.#endObject();
    this.#adapters += 1;
    this.#adapter = this.#builder.interface(`adapter ${this.#adapters}`, heading, false);
    this.#adapter.compartmentId = this.#compartmentId ?? DEFAULT_COMPARTMENT;
    this.#lastWasDns = false;
    this.#lastIpv4 = undefined;
  }

  /**
   * `IPv4`, `IPv6` and `DNS` occur in the labels of every language. Labels of gateways, DHCP and WINS servers have none
   * of them; a mask is a contiguous one on the line after an IPv4 address.
   */
  #readLeaderLine(label: string, value: string): void {
    const adapter = this.#adapter;
    if (adapter === undefined) return;
    const isDns = label.includes('DNS');
    this.#lastWasDns = isDns;
    if (isDns) {
      this.#addDns(value);
      return;
    }
    if (MAC.test(value)) adapter.mac ??= value.replaceAll('-', ':').toLowerCase();
    if (label.includes('IAID')) adapter.iaid ??= integer(value);
    const [word = ''] = value.split(/[\s(]/);
    if (/IPv[46]/i.test(label) && !/DHCP/i.test(label)) {
      const printed = parseIpAddress(word);
      if (printed === undefined) return;
      adapter.addresses.add(printed.address);
      adapter.ifIndex ??= printed.zone;
      this.#lastIpv4 = printed.address.bytes.length === 4 ? printed.address : undefined;
      return;
    }
    const mask = parseIpv4(word);
    const prefixLength = mask && prefixOfMask(mask);
    if (this.#lastIpv4 !== undefined && prefixLength !== undefined) {
      adapter.addresses.add({ ...this.#lastIpv4, prefixLength });
    }
    this.#lastIpv4 = undefined;
  }

  #addDns(value: string): void {
    const server = parseIpAddress(value.split(/[\s(]/)[0] ?? '');
    if (server !== undefined) this.#adapter?.dns.add(server.address.text);
  }

  /** @returns the last line of the table */
  #readTable(lines: readonly string[], underlineAt: number): number {
    this.#members = new Map();
    const columns = Array.from((lines[underlineAt] ?? '').matchAll(/-+/g), ({ 0: dashes, index }) => ({
      start: index,
      end: index + dashes.length,
    })).slice(0, MAX_COLUMNS);
    const names = tableCells(lines[underlineAt - 1] ?? '', columns).map((name) => name.toLowerCase());
    let n = underlineAt + 1;
    for (; n < lines.length && lines[n]?.trim() !== ''; n++) {
      const row = tableCells(lines[n] ?? '', columns);
      addObject(this.#builder, new Map(names.map((name, column) => [name, row[column] ?? ''])));
    }
    return n;
  }

  #endObject(): void {
    if (this.#members.size > 0) addObject(this.#builder, this.#members);
    this.#members = new Map();
    this.#lastWasDns = false;
  }
}

const fromText = (text: string): CompartmentList => new TextReader().read(text);

/** IF_MAX_STRING_SIZE (ifdef.h): UTF-16 units of an alias. */
const MAX_ALIAS_LENGTH = 256;

/**
 * The alias in an adapter's heading: the longest known alias at its end; otherwise the text after the word "adapter"
 * (English, German and others), otherwise the heading.
 *
 * @param aliases aliases of the host's interfaces
 */
export function aliasOfHeading(heading: string, aliases: ReadonlySet<string>): string {
  // Every suffix that starts at a word and is no longer than an alias can be, the longest first.
  const first = Math.max(0, heading.length - MAX_ALIAS_LENGTH - 1);
  for (let at = heading.indexOf(' ', first); at !== -1; at = heading.indexOf(' ', at + 1)) {
    const tail = heading.slice(at + 1);
    if (aliases.has(tail)) return tail;
  }
  return /adapter\s+(.+)$/i.exec(heading)?.[1] ?? heading;
}
