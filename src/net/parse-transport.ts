import { readUint16, readUint32 } from './bytes.js';
import type { FrameLayout } from './frame-layout.js';
import { EtherType, IpProtocol, LinkType } from './numbers.js';

const TCP_HEADER = 20;
const UDP_HEADER = 8;
const SCTP_HEADER = 12;
/** Type, code, checksum and four bytes that depend on the type (RFC 792, RFC 4443). */
const ICMP_HEADER = 8;

/** UDP port of VXLAN (RFC 7348, 5). */
const VXLAN_PORT = 4789;
const VXLAN_HEADER = 8;
/** First byte of the VXLAN header: the VNI is valid. */
const VXLAN_HAS_VNI = 0x08;

/** First 16 bits of the GRE header (RFC 2784, RFC 2890): checksum, routing (RFC 1701), key, sequence number, version. */
const GRE_CHECKSUM = 0x8000;
const GRE_ROUTING = 0x4000;
const GRE_KEY = 0x2000;
const GRE_SEQUENCE = 0x1000;
const GRE_VERSION = 0x0007;

/** Hot path. The transport header at `payloadStart`. */
export function parseTransport(bytes: Uint8Array, protocol: number, into: FrameLayout): void {
  switch (protocol) {
    case IpProtocol.tcp:
      parseTcp(bytes, into);
      return;
    case IpProtocol.udp:
      parseUdp(bytes, into);
      return;
    case IpProtocol.sctp:
      into.transportStart = into.payloadStart;
      parsePorts(bytes, into);
      finish(SCTP_HEADER, into);
      return;
    case IpProtocol.icmp:
    case IpProtocol.icmpv6:
      parseIcmp(bytes, into);
      return;
    case IpProtocol.gre:
      parseGre(bytes, into);
      return;
    // RFC 2003, RFC 2473, RFC 4213: the payload is an IP packet.
    case IpProtocol.ipv4:
    case IpProtocol.ipv6:
      beginTunnel('ip', LinkType.raw, into);
      return;
    case IpProtocol.noNextHeader:
      into.end = 'complete';
      return;
    case IpProtocol.esp:
      into.end = 'encrypted';
      return;
    default:
      into.end = 'unknown';
  }
}

/** RFC 9293, 3.1. */
function parseTcp(bytes: Uint8Array, into: FrameLayout): void {
  const start = into.payloadStart;
  into.transportStart = start;
  parsePorts(bytes, into);
  if (start + TCP_HEADER > into.payloadEnd) {
    into.end = 'truncated';
    return;
  }
  into.tcpFlags = bytes[start + 13] ?? 0;
  const length = ((bytes[start + 12] ?? 0) >> 4) * 4;
  if (length < TCP_HEADER) into.end = 'malformed';
  else finish(length, into);
}

/** RFC 768. A length of 0 is that of segmentation offload or of a jumbogram (RFC 2675, 4). */
function parseUdp(bytes: Uint8Array, into: FrameLayout): void {
  const start = into.payloadStart;
  into.transportStart = start;
  parsePorts(bytes, into);
  if (start + UDP_HEADER > into.payloadEnd) {
    into.end = 'truncated';
    return;
  }
  const length = readUint16(bytes, start + 4);
  if (length !== 0 && length < UDP_HEADER) {
    into.end = 'malformed';
    return;
  }
  if (length !== 0) into.payloadEnd = Math.min(into.payloadEnd, start + length);
  finish(UDP_HEADER, into);
  if (into.destinationPort === VXLAN_PORT) parseVxlan(bytes, into);
}

function parsePorts(bytes: Uint8Array, into: FrameLayout): void {
  const start = into.transportStart;
  if (start + 4 > into.payloadEnd) return;
  into.sourcePort = readUint16(bytes, start);
  into.destinationPort = readUint16(bytes, start + 2);
}

function parseIcmp(bytes: Uint8Array, into: FrameLayout): void {
  const start = into.payloadStart;
  into.transportStart = start;
  if (start < into.payloadEnd) into.icmpType = bytes[start] ?? 0;
  if (start + 1 < into.payloadEnd) into.icmpCode = bytes[start + 1] ?? 0;
  finish(ICMP_HEADER, into);
}

/** Moves the start of the payload after a transport header. */
function finish(length: number, into: FrameLayout): void {
  if (into.transportStart + length > into.payloadEnd) {
    into.end = 'truncated';
    return;
  }
  into.transportHeaderLength = length;
  into.payloadStart = into.transportStart + length;
  into.end = 'complete';
}

function beginTunnel(tunnel: FrameLayout['tunnel'], innerLinkType: number, into: FrameLayout): void {
  into.tunnel = tunnel;
  into.innerLinkType = innerLinkType;
  into.end = 'complete';
}

/** RFC 7348, 5. Without the VNI flag it is another protocol on the same port. */
function parseVxlan(bytes: Uint8Array, into: FrameLayout): void {
  const at = into.payloadStart;
  if (at + VXLAN_HEADER > into.payloadEnd) {
    into.end = 'truncated';
    return;
  }
  if (((bytes[at] ?? 0) & VXLAN_HAS_VNI) === 0) return;
  into.tunnelId = readUint32(bytes, at + 4) >>> 8;
  into.payloadStart = at + VXLAN_HEADER;
  beginTunnel('vxlan', LinkType.ethernet, into);
}

/** RFC 2784 and RFC 2890; NVGRE: RFC 7637, 3.2. Version 1 is PPTP's (RFC 2637) and has PPP in it. */
function parseGre(bytes: Uint8Array, into: FrameLayout): void {
  const start = into.payloadStart;
  into.transportStart = start;
  if (start + 4 > into.payloadEnd) {
    into.end = 'truncated';
    return;
  }
  const flags = readUint16(bytes, start);
  if ((flags & (GRE_VERSION | GRE_ROUTING)) !== 0) {
    into.end = 'unknown';
    return;
  }
  const hasChecksum = (flags & GRE_CHECKSUM) !== 0;
  const hasKey = (flags & GRE_KEY) !== 0;
  const hasSequence = (flags & GRE_SEQUENCE) !== 0;
  const keyStart = start + 4 + (hasChecksum ? 4 : 0);
  finish(4 + (hasChecksum ? 4 : 0) + (hasKey ? 4 : 0) + (hasSequence ? 4 : 0), into);
  if (into.transportHeaderLength === 0) return;
  const key = hasKey ? readUint32(bytes, keyStart) : undefined;
  const etherType = readUint16(bytes, start + 2);
  if (etherType === EtherType.transparentEthernet) {
    const isNvgre = key !== undefined && !hasChecksum && !hasSequence;
    beginTunnel(isNvgre ? 'nvgre' : 'gre', LinkType.ethernet, into);
    if (key !== undefined) into.tunnelId = isNvgre ? key >>> 8 : key;
  } else if (etherType === EtherType.ipv4 || etherType === EtherType.ipv6) {
    beginTunnel('gre', LinkType.raw, into);
    if (key !== undefined) into.tunnelId = key;
  } else into.end = 'unknown';
}
