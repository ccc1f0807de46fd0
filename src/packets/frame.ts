import { EtherType, FrameLayout, LinkType, parseFrame, readUint16 } from '../net/index.js';

/** An ARP packet with Ethernet and IPv4 addresses (RFC 826). */
const ARP_LENGTH = 28;

/** Filled anew by each call. */
const layout = new FrameLayout();

/**
 * Whether bytes are evidently an Ethernet frame: a known EtherType after the addresses and VLAN tags, followed by a
 * header of that protocol whose lengths fit a frame of `originalLength` bytes.
 */
export function isEvidentlyEthernet(
  bytes: Uint8Array,
  start: number,
  length: number,
  originalLength: number,
): boolean {
  parseFrame(bytes, start, length, LinkType.ethernet, layout);
  switch (layout.etherType) {
    case EtherType.ipv4:
    case EtherType.ipv6:
      return hasPlausibleIp() && layout.networkStart + layout.totalLength <= start + originalLength;
    case EtherType.arp:
      // Ethernet (1) and IPv4 with their address lengths (RFC 826).
      return (
        layout.network === 'arp' &&
        layout.networkHeaderLength === 28 &&
        readUint16(bytes, layout.networkStart) === 1
      );
    case EtherType.eapol:
      return isEapol(bytes, layout.payloadStart, start + length, start + originalLength);
    default:
      return false;
  }
}

/** Whether bytes are an IPv4 or IPv6 packet of exactly `originalLength` bytes, by their header. */
export function isIpOfLength(
  bytes: Uint8Array,
  start: number,
  length: number,
  originalLength: number,
): boolean {
  return isEvidentlyIp(bytes, start, length) && layout.totalLength === originalLength;
}

/** Whether bytes are an ARP packet for IPv4 over Ethernet (RFC 826). */
export const isArp = (bytes: Uint8Array, at: number, captured: number): boolean =>
  captured >= ARP_LENGTH &&
  readUint16(bytes, at) === 1 &&
  readUint16(bytes, at + 2) === EtherType.ipv4 &&
  readUint16(bytes, at + 4) === 0x0604;

/** Version 1 to 3, packet type 0 to 4, body length (IEEE 802.1X-2010, 11.3). */
function isEapol(bytes: Uint8Array, at: number, capturedEnd: number, originalEnd: number): boolean {
  if (at + 4 > capturedEnd) return false;
  const version = bytes[at] ?? 0;
  const type = bytes[at + 1] ?? 0;
  return version >= 1 && version <= 3 && type <= 4 && at + 4 + readUint16(bytes, at + 2) <= originalEnd;
}

/** Whether bytes begin with a plausible IPv4 or IPv6 header; the packet may have been cut. */
export function isEvidentlyIp(bytes: Uint8Array, start: number, length: number): boolean {
  parseFrame(bytes, start, length, LinkType.raw, layout);
  return hasPlausibleIp();
}

/** The options of an IPv4 header may have been cut. A total length of 0 is large send offload. */
const hasPlausibleIp = (): boolean =>
  (layout.network === 'ipv4' || layout.network === 'ipv6') &&
  (layout.networkHeaderLength > 0 || layout.end === 'truncated');
