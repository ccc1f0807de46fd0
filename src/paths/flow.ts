import { LinkType, type Packet } from '../capture/index.js';

/** EtherTypes (IANA, "IEEE 802 Numbers"). */
const IPV4 = 0x0800;
const ARP = 0x0806;
const IPV6 = 0x86dd;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
/** More tags than any network stacks. */
const MAX_VLAN_TAGS = 4;

/** Protocol numbers (IANA, "Protocol Numbers") that have a name here. */
const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'ICMP'],
  [2, 'IGMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [47, 'GRE'],
  [50, 'ESP'],
  [51, 'AH'],
  [58, 'ICMPv6'],
  [132, 'SCTP'],
]);
/** TCP, UDP and SCTP begin with two ports. */
const HAS_PORTS: ReadonlySet<number> = new Set([6, 17, 132]);
/** IPv6 extension headers that are looked through: hop-by-hop, routing, destination options. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60]);
const FRAGMENT_HEADER = 44;
const MAX_EXTENSIONS = 8;

/** Beyond IP's 256 protocols: what is not IP. */
const NOT_IP = 256;
const IS_ARP = 257;

const ICMP_TEXTS: ReadonlyMap<number, string> = new Map([
  [0x01_00, 'echo reply'],
  [0x01_08, 'echo request'],
  [0x01_03, 'unreachable'],
  [0x01_0b, 'time exceeded'],
  [0x3a_80, 'echo request'],
  [0x3a_81, 'echo reply'],
  [0x3a_85, 'router solicitation'],
  [0x3a_86, 'router advertisement'],
  [0x3a_87, 'neighbor solicitation'],
  [0x3a_88, 'neighbor advertisement'],
]);

/** Two hosts that speak one protocol, ports included, whichever of them sent the packet. */
export interface Conversation {
  readonly protocol: string;
  /** Addresses with ports where the protocol has them; the lesser text first. */
  readonly a: string;
  readonly b: string;
}

/** Who sends what to whom, as a packet's bytes say it at one place: address translation changes it on the way. */
export interface Flow {
  /** `TCP`, `UDP`, `ICMP`, `ICMPv6`, `ARP`, `IP protocol 89`; `not IP`. */
  readonly protocol: string;
  /** Absent where it is not IP or ARP. */
  readonly source?: string;
  readonly destination?: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** ICMP: what is said, in words. */
  readonly detail?: string;
  /** The same object for both directions. */
  readonly conversation: Conversation;
  /** Whether the source is the conversation's `a`. */
  readonly isFromA: boolean;
}

// A flow as bytes that can be compared: family, protocol (u16), ICMP type + 1, two ports, two addresses.
const FAMILY = 0;
const PROTOCOL = 1;
const ICMP_TYPE = 3;
const PORTS = 4;
const ADDRESSES = 8;
const KEY_BYTES = 40;

interface Entry {
  readonly key: Uint8Array;
  readonly flow: Flow;
  readonly next: Entry | undefined;
  readonly depth: number;
}

/** Flows of one hash that are compared; more are only there where a trace was made to have them. */
const MAX_DEPTH = 16;
/** Flows kept for being found again; those beyond are made anew for each packet. */
const MAX_FLOWS = 200_000;

/** Reads flows from packets; the same flow is the same object, so that paths can be counted by it. */
export class FlowTable {
  readonly #flows = new Map<number, Entry>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #key = new Uint8Array(KEY_BYTES);
  #last: Entry | undefined;
  #size = 0;

  /** Hot path: a flow that was seen before is found without making texts. */
  flowOf(packet: Packet): Flow {
    const key = this.#key;
    key.fill(0);
    readKey(packet, key);
    if (this.#last !== undefined && isSame(this.#last.key, key)) return this.#last.flow;
    const hash = hashOf(key);
    const first = this.#flows.get(hash);
    for (let entry = first; entry !== undefined; entry = entry.next) {
      if (isSame(entry.key, key)) {
        this.#last = entry;
        return entry.flow;
      }
    }
    const copy = key.slice();
    const flow = this.#describe(copy);
    const depth = (first?.depth ?? 0) + 1;
    const entry = { key: copy, flow, next: first, depth };
    this.#last = entry;
    if (this.#size < MAX_FLOWS && depth <= MAX_DEPTH) {
      this.#flows.set(hash, entry);
      this.#size += 1;
    }
    return flow;
  }

  #describe(key: Uint8Array): Flow {
    const family = key[FAMILY] ?? 0;
    const number = u16(key, PROTOCOL);
    const protocol = protocolName(number);
    if (family === 0) return { protocol, conversation: this.#conversation(protocol, '', ''), isFromA: true };
    const size = family === 4 ? 4 : 16;
    const source = addressText(key.subarray(ADDRESSES, ADDRESSES + size));
    const destination = addressText(key.subarray(ADDRESSES + 16, ADDRESSES + 16 + size));
    const sourcePort = u16(key, PORTS);
    const destinationPort = u16(key, PORTS + 2);
    const hasPorts = HAS_PORTS.has(number) && (sourcePort !== 0 || destinationPort !== 0);
    const icmp = key[ICMP_TYPE] ?? 0;
    const detail = icmp === 0 ? undefined : ICMP_TEXTS.get(number * 256 + icmp - 1);
    const from = hasPorts ? endpoint(source, sourcePort) : source;
    const to = hasPorts ? endpoint(destination, destinationPort) : destination;
    return {
      protocol,
      source,
      destination,
      ...(hasPorts && { sourcePort, destinationPort }),
      ...(detail !== undefined && { detail }),
      conversation: this.#conversation(protocol, from, to),
      isFromA: from <= to,
    };
  }

  #conversation(protocol: string, from: string, to: string): Conversation {
    const [a, b] = from <= to ? [from, to] : [to, from];
    const text = `${protocol} ${a} ${b}`;
    let conversation = this.#conversations.get(text);
    if (conversation === undefined) {
      conversation = { protocol, a, b };
      if (this.#conversations.size < MAX_FLOWS) this.#conversations.set(text, conversation);
    }
    return conversation;
  }
}

/** `10.0.0.4:443`, `[2001:db8::4]:443` */
export const endpoint = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function protocolName(number: number): string {
  if (number === IS_ARP) return 'ARP';
  if (number === NOT_IP) return 'not IP';
  return PROTOCOL_NAMES.get(number) ?? `IP protocol ${number}`;
}

/** A protocol as people type it, as {@link Flow.protocol} has it: `tcp`, `icmpv6`, `89`. Undefined where it is none. */
export function protocolNamed(text: string): string | undefined {
  if (/^\d{1,3}$/u.test(text)) return Number(text) < 256 ? protocolName(Number(text)) : undefined;
  return ['ARP', ...PROTOCOL_NAMES.values()].find((name) => name.toLowerCase() === text.toLowerCase());
}

/** Hot path. */
function readKey(packet: Packet, key: Uint8Array): void {
  const { bytes, length, start } = packet;
  const end = start + length;
  putU16(key, PROTOCOL, NOT_IP);
  switch (packet.place.linkType) {
    case LinkType.ethernet: {
      let at = start + 12;
      for (let tags = 0; tags < MAX_VLAN_TAGS && VLAN_TAGS.has(u16(bytes, at)); tags++) at += 4;
      readNetworkLayer(bytes, at + 2, end, u16(bytes, at), key);
      return;
    }
    case LinkType.raw:
      readNetworkLayer(bytes, start, end, (bytes[start] ?? 0) >> 4 === 6 ? IPV6 : IPV4, key);
      return;
    case LinkType.ieee80211: {
      // LLC and SNAP (AA AA 03 00 00 00) stand behind the header: 24 bytes, with QoS 26, with four addresses 30 or 32,
      // with an HT control field 4 more (IEEE 802.11-2020, 9.2.4).
      for (let header = 24; header <= 36; header += 2) {
        const at = start + header;
        if (
          at + 8 <= end &&
          u16(bytes, at) === 0xaaaa &&
          u16(bytes, at + 2) === 0x0300 &&
          bytes[at + 4] === 0
        ) {
          readNetworkLayer(bytes, at + 8, end, u16(bytes, at + 6), key);
          return;
        }
      }
    }
  }
}

function readNetworkLayer(
  bytes: Uint8Array,
  at: number,
  end: number,
  etherType: number,
  key: Uint8Array,
): void {
  if (etherType === IPV4 && at + 20 <= end && (bytes[at] ?? 0) >> 4 === 4) {
    const protocol = bytes[at + 9] ?? 0;
    key[FAMILY] = 4;
    putU16(key, PROTOCOL, protocol);
    copy(bytes, at + 12, key, ADDRESSES, 4);
    copy(bytes, at + 16, key, ADDRESSES + 16, 4);
    const isFirstFragment = (u16(bytes, at + 6) & 0x1fff) === 0;
    if (isFirstFragment) readTransport(bytes, at + ((bytes[at] ?? 0) & 0xf) * 4, end, protocol, key);
  } else if (etherType === IPV6 && at + 40 <= end && (bytes[at] ?? 0) >> 4 === 6) {
    key[FAMILY] = 6;
    copy(bytes, at + 8, key, ADDRESSES, 16);
    copy(bytes, at + 24, key, ADDRESSES + 16, 16);
    readExtensions(bytes, at + 40, end, bytes[at + 6] ?? 0, key);
  } else if (etherType === ARP && at + 28 <= end) {
    // RFC 826, for Ethernet and IPv4: sender's protocol address at 14, target's at 24.
    key[FAMILY] = 4;
    putU16(key, PROTOCOL, IS_ARP);
    copy(bytes, at + 14, key, ADDRESSES, 4);
    copy(bytes, at + 24, key, ADDRESSES + 16, 4);
  }
}

function readExtensions(bytes: Uint8Array, start: number, end: number, first: number, key: Uint8Array): void {
  let at = start;
  let next = first;
  for (let n = 0; n < MAX_EXTENSIONS && at + 8 <= end; n++) {
    if (next === FRAGMENT_HEADER) {
      const isFirst = (u16(bytes, at + 2) & 0xfff8) === 0;
      next = bytes[at] ?? 0;
      at += 8;
      if (!isFirst) {
        putU16(key, PROTOCOL, next);
        return;
      }
    } else if (EXTENSIONS.has(next)) {
      const size = 8 * ((bytes[at + 1] ?? 0) + 1);
      next = bytes[at] ?? 0;
      at += size;
    } else break;
  }
  putU16(key, PROTOCOL, next);
  readTransport(bytes, at, end, next, key);
}

function readTransport(bytes: Uint8Array, at: number, end: number, protocol: number, key: Uint8Array): void {
  if (HAS_PORTS.has(protocol)) {
    if (at + 4 <= end) copy(bytes, at, key, PORTS, 4);
  } else if (protocol === 1 || protocol === 58) {
    if (at < end) key[ICMP_TYPE] = Math.min(255, (bytes[at] ?? 0) + 1);
  }
}

/** Big-endian, as on the wire; 0 behind the end. */
const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value & 0xff;
}

function copy(from: Uint8Array, at: number, to: Uint8Array, position: number, count: number): void {
  for (let n = 0; n < count; n++) to[position + n] = from[at + n] ?? 0;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  for (let n = 0; n < KEY_BYTES; n++) if (a[n] !== b[n]) return false;
  return true;
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 31 bits of it. */
function hashOf(key: Uint8Array): number {
  let hash = 0x811c_9dc5;
  for (let n = 0; n < KEY_BYTES; n++) hash = Math.imul(hash ^ (key[n] ?? 0), 0x0100_0193);
  return hash >>> 1;
}

/** Dotted decimal, or IPv6 as RFC 5952 writes it. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, n) => u16(bytes, 2 * n).toString(16));
  const text = groups.join(':');
  // The longest run of two or more zero groups becomes `::`, the first one of several.
  let longest = '';
  for (const [run] of text.matchAll(/(?<![^:])0(?::0)+(?![^:])/gu))
    if (run.length > longest.length) longest = run;
  if (longest === '') return text;
  const at = text.search(new RegExp(`(?<![^:])${longest}(?![^:])`, 'u'));
  return `${text.slice(0, at).replace(/:$/u, '')}::${text.slice(at + longest.length).replace(/^:/u, '')}`;
}
