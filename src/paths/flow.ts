import { ABSENT, FrameLayout, formatIp, IpProtocol, parseFrame, readUint16 } from '../net/index.js';
import type { Packet } from '../packets/index.js';

/** Protocol numbers (IANA, "Protocol Numbers") that have a name here. */
const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map([
  [IpProtocol.icmp, 'ICMP'],
  [IpProtocol.igmp, 'IGMP'],
  [IpProtocol.tcp, 'TCP'],
  [IpProtocol.udp, 'UDP'],
  [IpProtocol.gre, 'GRE'],
  [IpProtocol.esp, 'ESP'],
  [IpProtocol.authentication, 'AH'],
  [IpProtocol.icmpv6, 'ICMPv6'],
  [IpProtocol.sctp, 'SCTP'],
]);
/** TCP, UDP and SCTP begin with two ports. */
const HAS_PORTS: ReadonlySet<number> = new Set([IpProtocol.tcp, IpProtocol.udp, IpProtocol.sctp]);

/** Beyond IP's 256 protocols: packets that are not IP. */
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

/** Two endpoints of one protocol, ports included, independent of direction. */
export interface Conversation {
  readonly protocol: string;
  /** Addresses with ports where the protocol has them; the lesser text first. */
  readonly a: string;
  readonly b: string;
}

/**
 * Source, destination and protocol of a packet's bytes at one location: address translation changes them on the path.
 */
export interface Flow {
  /** `TCP`, `UDP`, `ICMP`, `ICMPv6`, `ARP`, `IP protocol 89`; `not IP`. */
  readonly protocol: string;
  /** Absent if it is not IP or ARP. */
  readonly source?: string;
  readonly destination?: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  /** ICMP: type and code as text. */
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
/** Limit of cached flows; further ones are created for each packet. */
const MAX_FLOWS = 200_000;

/** Reads flows from packets; the same flow is the same object, so that paths can be counted by it. */
export class FlowTable {
  readonly #flows = new Map<number, Entry>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #key = new Uint8Array(KEY_BYTES);
  readonly #layout = new FrameLayout();
  #last: Entry | undefined;
  #size = 0;

  /** The headers of the packet of the last {@link flowOf}; valid until the next one. */
  get layout(): FrameLayout {
    return this.#layout;
  }

  /** Hot path: a cached flow is found without creating texts. */
  flowOf(packet: Packet): Flow {
    const key = this.#key;
    parseFrame(packet.bytes, packet.start, packet.length, packet.captureLocation.linkType, this.#layout);
    writeKey(packet.bytes, this.#layout, key);
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
    const number = readUint16(key, PROTOCOL);
    const protocol = protocolName(number);
    if (family === 0) return { protocol, conversation: this.#conversation(protocol, '', ''), isFromA: true };
    const size = family === 4 ? 4 : 16;
    const source = formatIp(key, ADDRESSES, size);
    const destination = formatIp(key, ADDRESSES + 16, size);
    const sourcePort = readUint16(key, PORTS);
    const destinationPort = readUint16(key, PORTS + 2);
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

export function protocolName(number: number): string {
  if (number === IS_ARP) return 'ARP';
  if (number === NOT_IP) return 'not IP';
  return PROTOCOL_NAMES.get(number) ?? `IP protocol ${number}`;
}

/**
 * A protocol as users type it, in the form of {@link Flow.protocol}: `tcp`, `icmpv6`, `89`. Undefined if there is none.
 */
export function protocolNamed(text: string): string | undefined {
  if (/^\d{1,3}$/u.test(text)) return Number(text) < 256 ? protocolName(Number(text)) : undefined;
  return ['ARP', ...PROTOCOL_NAMES.values()].find((name) => name.toLowerCase() === text.toLowerCase());
}

/** Hot path. The outermost network header decides. */
function writeKey(bytes: Uint8Array, layout: FrameLayout, key: Uint8Array): void {
  key.fill(0);
  const { addressLength, icmpType, network, sourcePort, transportStart } = layout;
  if (network === 'none') {
    putU16(key, PROTOCOL, NOT_IP);
    return;
  }
  key[FAMILY] = network === 'ipv6' ? 6 : 4;
  putU16(key, PROTOCOL, network === 'arp' ? IS_ARP : layout.protocol);
  copy(bytes, layout.sourceAddress, key, ADDRESSES, addressLength);
  copy(bytes, layout.destinationAddress, key, ADDRESSES + 16, addressLength);
  if (sourcePort !== ABSENT) copy(bytes, transportStart, key, PORTS, 4);
  if (icmpType !== ABSENT) key[ICMP_TYPE] = Math.min(255, icmpType + 1);
}

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
