import { readUint16, readUint32 } from './bytes.js';
import type { FrameLayout } from './frame-layout.js';
import { EtherType, IpProtocol } from './numbers.js';
import { parseTransport } from './parse-transport.js';

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const FRAGMENT_HEADER = 8;
/** Up to the fields of fixed size (RFC 826). */
const ARP_HEADER = 8;

/** Hot path. An IPv4 or IPv6 packet without a link header; the version decides. */
export function parseRawIp(bytes: Uint8Array, start: number, into: FrameLayout): void {
  if (start >= into.payloadEnd) into.end = 'truncated';
  else if ((bytes[start] ?? 0) >> 4 === 6) parseIpv6(bytes, start, into);
  else parseIpv4(bytes, start, into);
}

/** Hot path. RFC 791, 3.1. */
export function parseIpv4(bytes: Uint8Array, start: number, into: FrameLayout): void {
  const captured = into.payloadEnd;
  if (start + IPV4_HEADER > captured) {
    into.end = 'truncated';
    if (start + 4 > captured || (bytes[start] ?? 0) >> 4 !== 4) return;
    into.networkStart = start;
    into.totalLength = readUint16(bytes, start + 2);
    return;
  }
  const first = bytes[start] ?? 0;
  const length = (first & 0xf) * 4;
  if (first >> 4 !== 4 || length < IPV4_HEADER) {
    into.end = 'malformed';
    return;
  }
  const fragment = readUint16(bytes, start + 6);
  const total = readUint16(bytes, start + 2);
  into.network = 'ipv4';
  into.networkStart = start;
  into.trafficClass = bytes[start + 1] ?? 0;
  into.totalLength = total;
  into.identification = readUint16(bytes, start + 4);
  into.moreFragments = (fragment & 0x2000) !== 0;
  into.fragmentOffset = (fragment & 0x1fff) * 8;
  into.ttl = bytes[start + 8] ?? 0;
  into.protocol = bytes[start + 9] ?? 0;
  into.sourceAddress = start + 12;
  into.destinationAddress = start + 16;
  into.addressLength = 4;
  if (total !== 0 && total < length) {
    into.end = 'malformed';
    return;
  }
  if (total !== 0) into.payloadEnd = Math.min(captured, start + total);
  if (start + length > into.payloadEnd) {
    into.end = 'truncated';
    return;
  }
  into.networkHeaderLength = length;
  into.payloadStart = start + length;
  if (into.fragmentOffset > 0) into.end = 'fragment';
  else parseHeaderChain(bytes, into.protocol, into);
}

/** Hot path. RFC 8200, 3. */
export function parseIpv6(bytes: Uint8Array, start: number, into: FrameLayout): void {
  const captured = into.payloadEnd;
  if (start + IPV6_HEADER > captured) {
    into.end = 'truncated';
    if (start + 6 > captured || (bytes[start] ?? 0) >> 4 !== 6) return;
    into.networkStart = start;
    into.totalLength = ipv6Length(bytes, start);
    return;
  }
  if ((bytes[start] ?? 0) >> 4 !== 6) {
    into.end = 'malformed';
    return;
  }
  const total = ipv6Length(bytes, start);
  into.network = 'ipv6';
  into.networkStart = start;
  into.trafficClass = (readUint16(bytes, start) >> 4) & 0xff;
  into.totalLength = total;
  into.protocol = bytes[start + 6] ?? 0;
  into.ttl = bytes[start + 7] ?? 0;
  into.sourceAddress = start + 8;
  into.destinationAddress = start + 24;
  into.addressLength = 16;
  if (total !== 0) into.payloadEnd = Math.min(captured, start + total);
  into.networkHeaderLength = IPV6_HEADER;
  into.payloadStart = start + IPV6_HEADER;
  parseHeaderChain(bytes, into.protocol, into);
}

/** The header has the length of the payload; 0 if the header states none. */
function ipv6Length(bytes: Uint8Array, start: number): number {
  const payload = readUint16(bytes, start + 4);
  return payload === 0 ? 0 : IPV6_HEADER + payload;
}

/** Reads extension headers (RFC 8200, 4; IPv4 has the authentication header only) and the transport header. */
function parseHeaderChain(bytes: Uint8Array, first: number, into: FrameLayout): void {
  let next = first;
  for (;;) {
    const at = into.payloadStart;
    const length = extensionLength(bytes, next, into);
    if (length === 0) break;
    if (at + length > into.payloadEnd) {
      into.end = 'truncated';
      return;
    }
    const following = bytes[at] ?? 0;
    // No header follows these (RFC 6275, 6.1.1; RFC 7401, 5.1), so they are the packet's protocol.
    const isLast = following === IpProtocol.noNextHeader && isProtocolItself(next);
    if (next === IpProtocol.routing) into.isSourceRouted = bytes[at + 3] !== 0;
    if (next === IpProtocol.fragment) {
      const fragment = readUint16(bytes, at + 2);
      into.fragmentOffset = fragment & 0xfff8;
      into.moreFragments = (fragment & 1) !== 0;
      into.identification = readUint32(bytes, at + 4);
    }
    if (isLast) break;
    into.payloadStart = at + length;
    into.networkHeaderLength = into.payloadStart - into.networkStart;
    into.protocol = following;
    if (into.fragmentOffset > 0) {
      into.end = 'fragment';
      return;
    }
    next = following;
  }
  parseTransport(bytes, next, into);
}

const isProtocolItself = (protocol: number): boolean =>
  protocol === IpProtocol.mobility || protocol === IpProtocol.hostIdentity || protocol === IpProtocol.shim6;

/**
 * Length of the extension header at `payloadStart`; 0 if the protocol is not an extension header; more than the
 * remaining bytes if its length field was not captured.
 */
function extensionLength(
  bytes: Uint8Array,
  protocol: number,
  { network, payloadEnd, payloadStart }: FrameLayout,
): number {
  const isAuthentication = protocol === IpProtocol.authentication;
  if (network === 'ipv4' && !isAuthentication) return 0;
  switch (protocol) {
    case IpProtocol.fragment:
      return FRAGMENT_HEADER;
    case IpProtocol.hopByHop:
    case IpProtocol.routing:
    case IpProtocol.destinationOptions:
    case IpProtocol.mobility:
    case IpProtocol.hostIdentity:
    case IpProtocol.shim6:
    case IpProtocol.authentication: {
      if (payloadStart + 2 > payloadEnd) return Number.MAX_SAFE_INTEGER;
      const field = bytes[payloadStart + 1] ?? 0;
      // RFC 4302, 2.2: in 4-byte words, less 2. Others, RFC 8200: in 8-byte words, less 1.
      return isAuthentication ? (field + 2) * 4 : (field + 1) * 8;
    }
    default:
      return 0;
  }
}

/** RFC 826; only requests and replies for IPv4 addresses have addresses here. */
export function parseArp(bytes: Uint8Array, start: number, into: FrameLayout): void {
  const end = into.payloadEnd;
  if (start + ARP_HEADER > end) {
    into.end = 'truncated';
    return;
  }
  const hardwareLength = bytes[start + 4] ?? 0;
  const protocolLength = bytes[start + 5] ?? 0;
  if (readUint16(bytes, start + 2) !== EtherType.ipv4 || protocolLength !== 4) {
    into.end = 'unknown';
    return;
  }
  const length = ARP_HEADER + 2 * (hardwareLength + protocolLength);
  if (start + length > end) {
    into.end = 'truncated';
    return;
  }
  into.network = 'arp';
  into.networkStart = start;
  into.networkHeaderLength = length;
  into.arpOperation = readUint16(bytes, start + 6);
  into.sourceAddress = start + ARP_HEADER + hardwareLength;
  into.destinationAddress = start + length - protocolLength;
  into.addressLength = protocolLength;
  into.payloadStart = start + length;
  into.payloadEnd = into.payloadStart;
  into.end = 'complete';
}
