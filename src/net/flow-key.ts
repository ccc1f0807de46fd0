import type { FrameLayout } from './frame-layout.js';

/** Family and protocol, two ports, two addresses. */
const FAMILY_AT = 0;
const PROTOCOL_AT = 1;
const PORTS_AT = 2;
const FIRST_AT = 6;
const SECOND_AT = 22;
const KEY_BYTES = 38;
const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/** One end of a flow: 4 or 16 address bytes, or 0 for any address, and a port. */
export interface FlowEnd {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly length: number;
  readonly port: number;
}

/** Any address and port. */
export const ANY_END: FlowEnd = { bytes: new Uint8Array(0), at: 0, length: 0, port: 0 };

/**
 * Protocol, addresses and ports of a flow as bytes that can be compared: filled repeatedly. An IPv4-mapped IPv6 address
 * (sockets for both families report them) is the IPv4 address; an address of zeros is any address.
 */
export class FlowKey {
  readonly bytes = new Uint8Array(KEY_BYTES);

  /** @param family 4 or 6 */
  set(family: 4 | 6, protocol: number, first: FlowEnd, second: FlowEnd): void {
    const { bytes } = this;
    bytes.fill(0);
    bytes[FAMILY_AT] = family;
    bytes[PROTOCOL_AT] = protocol;
    this.#setEnd(FIRST_AT, PORTS_AT, first);
    this.#setEnd(SECOND_AT, PORTS_AT + 2, second);
  }

  /**
   * Hot path. The flow of a frame, its source first, or its destination.
   *
   * @returns false if the frame has no ports
   */
  setFrame(bytes: Uint8Array, layout: FrameLayout, isReversed: boolean): boolean {
    const { addressLength, destinationAddress, destinationPort, protocol, sourceAddress, sourcePort } =
      layout;
    if (addressLength === 0 || sourcePort < 0 || destinationPort < 0) return false;
    const key = this.bytes;
    key.fill(0);
    key[FAMILY_AT] = addressLength === IPV4_BYTES ? 4 : 6;
    key[PROTOCOL_AT] = protocol;
    copy(bytes, sourceAddress, addressLength, key, isReversed ? SECOND_AT : FIRST_AT);
    copy(bytes, destinationAddress, addressLength, key, isReversed ? FIRST_AT : SECOND_AT);
    setPort(key, isReversed ? PORTS_AT + 2 : PORTS_AT, sourcePort);
    setPort(key, isReversed ? PORTS_AT : PORTS_AT + 2, destinationPort);
    return true;
  }

  /** Removes the second end, and the first one's address where `anyAddress`. */
  keepFirst(anyAddress: boolean, family = this.bytes[FAMILY_AT] ?? 0): void {
    const { bytes } = this;
    bytes[FAMILY_AT] = family;
    bytes.fill(0, SECOND_AT);
    bytes.fill(0, PORTS_AT + 2, FIRST_AT);
    if (anyAddress) bytes.fill(0, FIRST_AT, SECOND_AT);
  }

  get isIpv4(): boolean {
    return this.bytes[FAMILY_AT] === 4;
  }

  /** Hot path. FNV-1a, 31 bits of it. */
  hash(): number {
    const { bytes } = this;
    let hash = 0x811c_9dc5;
    for (let n = 0; n < KEY_BYTES; n++) hash = Math.imul(hash ^ (bytes[n] ?? 0), 0x0100_0193);
    return (hash ^ (hash >>> 15)) >>> 1;
  }

  /** Hot path. */
  equals(other: Uint8Array): boolean {
    const { bytes } = this;
    for (let n = 0; n < KEY_BYTES; n++) if (bytes[n] !== other[n]) return false;
    return true;
  }

  #setEnd(at: number, portAt: number, end: FlowEnd): void {
    copy(end.bytes, end.at, Math.min(end.length, IPV6_BYTES), this.bytes, at);
    setPort(this.bytes, portAt, end.port);
  }
}

function copy(from: Uint8Array, at: number, length: number, to: Uint8Array, position: number): void {
  for (let n = 0; n < length; n++) to[position + n] = from[at + n] ?? 0;
}

function setPort(bytes: Uint8Array, at: number, port: number): void {
  bytes[at] = port >> 8;
  bytes[at + 1] = port & 0xff;
}

/** AF_INET and AF_INET6 (ws2def.h), and the sizes of their socket addresses. */
const AF_INET = 2;
const AF_INET6 = 23;
const SOCKADDR_IN = 16;
const SOCKADDR_IN6 = 28;
const MAPPED_AT = 12;

/** A socket address with its family. */
export interface SocketEnd extends FlowEnd {
  readonly family: 4 | 6;
}

/** The end that a SOCKADDR_IN or SOCKADDR_IN6 names; an IPv4-mapped address is one of IPv4. Undefined for other bytes. */
export function socketEnd(bytes: Uint8Array): SocketEnd | undefined {
  const family = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8);
  const port = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  if (family === AF_INET && bytes.length >= SOCKADDR_IN) {
    return { family: 4, bytes, at: 4, length: IPV4_BYTES, port };
  }
  if (family === AF_INET6 && bytes.length >= SOCKADDR_IN6) return ipv6End(bytes, 8, port);
  return undefined;
}

/** An end by its 16 address bytes at `at`; an IPv4-mapped address is one of IPv4. */
export function ipv6End(bytes: Uint8Array, at: number, port: number): SocketEnd {
  let isMapped = bytes[at + 10] === 0xff && bytes[at + 11] === 0xff;
  for (let n = 0; n < 10; n++) if (bytes[at + n] !== 0) isMapped = false;
  return isMapped
    ? { family: 4, bytes, at: at + MAPPED_AT, length: IPV4_BYTES, port }
    : { family: 6, bytes, at, length: IPV6_BYTES, port };
}
