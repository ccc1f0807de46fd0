import { readUint16 } from './bytes.js';
import type { FrameLayout } from './frame-layout.js';
import { IpProtocol } from './numbers.js';

/**
 * The state of a checksum field.
 *
 * - `valid`, `invalid`: compared with the checksum of the captured bytes.
 * - `partial`: the sum of the pseudo header only; the network adapter computes the rest (checksum offload).
 * - `absent`: the protocol has no checksum, or the sender omitted it (UDP over IPv4, RFC 768).
 * - `unknown`: the covered bytes were not all captured (truncation, fragments, segmentation offload, routing header).
 */
export type ChecksumState = 'valid' | 'invalid' | 'partial' | 'absent' | 'unknown';

const UINT16_MAX = 0xffff;
const UINT32_MAX = 0xffff_ffff;

/**
 * Hot path. The ones' complement sum of 16-bit words (RFC 1071), a last odd byte padded with zero. It is not inverted:
 * a checksum field holds `internetSum(…) ^ 0xffff`.
 *
 * @param end offset after the last byte; the range must be inside `bytes`
 * @param initial a sum to add to, 0 to 65535
 * @returns 0 to 65535
 */
export function internetSum(bytes: Uint8Array, start: number, end: number, initial = 0): number {
  let sum = initial;
  let at = start;
  for (; at + 1 < end; at += 2) sum += readUint16(bytes, at);
  if (at < end) sum += (bytes[at] ?? 0) << 8;
  // Below 2^53 for any bytes, below 2^32 for any packet: the carries can be added at the end.
  while (sum > UINT32_MAX) sum = (sum % (UINT16_MAX + 1)) + Math.floor(sum / (UINT16_MAX + 1));
  while (sum > UINT16_MAX) sum = (sum & UINT16_MAX) + (sum >>> 16);
  return sum;
}

/** The state of the IPv4 header checksum; `absent` for a frame without IPv4 header. */
export function ipv4ChecksumState(bytes: Uint8Array, layout: FrameLayout): ChecksumState {
  const { network, networkStart } = layout;
  if (network !== 'ipv4') return 'absent';
  if (layout.networkHeaderLength === 0) return 'unknown';
  // Without the authentication header, which is part of networkHeaderLength.
  const end = networkStart + ((bytes[networkStart] ?? 0) & 0xf) * 4;
  return internetSum(bytes, networkStart, end) === UINT16_MAX ? 'valid' : 'invalid';
}

/** Offset of the checksum field in a transport header; undefined for a protocol without this kind of checksum. */
function checksumOffset(protocol: number): number | undefined {
  switch (protocol) {
    case IpProtocol.tcp:
      return 16;
    case IpProtocol.udp:
      return 6;
    case IpProtocol.icmp:
    case IpProtocol.icmpv6:
      return 2;
    default:
      return undefined;
  }
}

/** The state of the checksum of TCP, UDP, ICMP or ICMPv6; `absent` for other protocols. */
export function transportChecksumState(bytes: Uint8Array, layout: FrameLayout): ChecksumState {
  const { isSourceRouted, moreFragments, network, payloadEnd, protocol } = layout;
  const { transportHeaderLength, transportStart } = layout;
  const offset = checksumOffset(protocol);
  if (offset === undefined) return 'absent';
  // The pseudo header has the final destination (RFC 8200, 8.1), which is in the routing header.
  if (transportHeaderLength === 0 || moreFragments || isSourceRouted) return 'unknown';
  const field = readUint16(bytes, transportStart + offset);
  const isUdp = protocol === IpProtocol.udp;
  if (isUdp && field === 0 && network === 'ipv4') return 'absent';
  const end = transportEnd(bytes, layout);
  const isWhole = end !== undefined && end <= payloadEnd;
  // RFC 8200, 8.1: over IPv6 a UDP checksum of 0 is an error.
  const isForbidden = isUdp && field === 0;
  if (isWhole && !isForbidden && isValid(bytes, layout, end)) return 'valid';
  if (isPartial(bytes, layout, field, end)) return 'partial';
  return isWhole ? 'invalid' : 'unknown';
}

/**
 * Hot path. Whether the headers show that the adapter computes a checksum: the IPv4 field is 0, or that of TCP, UDP or ICMPv6
 * has the sum of the pseudo header only. The bytes that it covers are only read where a field looks so.
 */
export function isChecksumLeft(bytes: Uint8Array, layout: FrameLayout): boolean {
  const { network, networkHeaderLength, networkStart, protocol, transportHeaderLength, transportStart } =
    layout;
  if (network === 'ipv4' && networkHeaderLength > 0 && readUint16(bytes, networkStart + 10) === 0) {
    if (ipv4ChecksumState(bytes, layout) === 'invalid') return true;
  }
  const offset = checksumOffset(protocol);
  if (offset === undefined || transportHeaderLength === 0) return false;
  const field = readUint16(bytes, transportStart + offset);
  if (!isPartial(bytes, layout, field, transportEnd(bytes, layout))) return false;
  return transportChecksumState(bytes, layout) === 'partial';
}

function isValid(bytes: Uint8Array, layout: FrameLayout, end: number): boolean {
  const { protocol, transportStart } = layout;
  const initial = protocol === IpProtocol.icmp ? 0 : pseudoHeaderSum(bytes, layout, end - transportStart);
  return internetSum(bytes, transportStart, end, initial) === UINT16_MAX;
}

/** Windows leaves the length out of the sum where the adapter segments the packet. */
function isPartial(bytes: Uint8Array, layout: FrameLayout, field: number, end: number | undefined): boolean {
  // ICMP has no pseudo header (RFC 792), so its checksum cannot be partial.
  if (layout.protocol === IpProtocol.icmp) return false;
  const length = end === undefined ? 0 : end - layout.transportStart;
  const sum = pseudoHeaderSum(bytes, layout, 0);
  return field === sum || field === foldedOnce(sum + length);
}

/** Offset after the last byte that the checksum covers, captured or not; undefined if no header states the length. */
function transportEnd(bytes: Uint8Array, layout: FrameLayout): number | undefined {
  const { networkStart, protocol, totalLength, transportStart } = layout;
  if (totalLength === 0) return undefined;
  if (protocol === IpProtocol.udp) {
    const length = readUint16(bytes, transportStart + 4);
    if (length !== 0) return transportStart + length;
  }
  return networkStart + totalLength;
}

/** RFC 9293, 3.1, and RFC 8200, 8.1: addresses, length of the transport header and its payload, protocol. */
function pseudoHeaderSum(bytes: Uint8Array, layout: FrameLayout, length: number): number {
  const { addressLength, destinationAddress, protocol, sourceAddress } = layout;
  const source = internetSum(bytes, sourceAddress, sourceAddress + addressLength, length);
  return foldedOnce(
    internetSum(bytes, destinationAddress, destinationAddress + addressLength, source) + protocol,
  );
}

/** A sum of two 16-bit numbers with its carry added (RFC 1071). */
const foldedOnce = (sum: number): number => (sum > UINT16_MAX ? sum - UINT16_MAX : sum);
