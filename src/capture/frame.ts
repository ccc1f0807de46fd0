import { EtherType, isVlanTag } from './original-length.js';

/** An ARP packet with Ethernet and IPv4 addresses (RFC 826). */
export const ARP_LENGTH = 28;

/** Big-endian, as on the wire; 0 behind the end. */
const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/**
 * Whether bytes are evidently an Ethernet frame: a known EtherType behind the addresses (VLAN tags are looked through)
 * and behind it a header of that protocol whose lengths fit a frame of `originalLength` bytes.
 */
export function isEvidentlyEthernet(
  bytes: Uint8Array,
  start: number,
  length: number,
  originalLength: number,
): boolean {
  let header = 14;
  if (length < header) return false;
  let etherType = u16(bytes, start + 12);
  while (isVlanTag(etherType) && header + 4 <= length) {
    header += 4;
    etherType = u16(bytes, start + header - 2);
  }
  const at = start + header;
  const captured = length - header;
  const room = originalLength - header;
  switch (etherType) {
    case EtherType.ipv4:
      return isIpv4(bytes, at, captured, room);
    case EtherType.ipv6:
      return isIpv6(bytes, at, captured, room);
    case EtherType.arp:
      return isArp(bytes, at, captured);
    case EtherType.eapol: {
      // Version 1 to 3, packet type 0 to 4, body length (IEEE 802.1X-2010, 11.3).
      const version = bytes[at] ?? 0;
      return (
        captured >= 4 &&
        version >= 1 &&
        version <= 3 &&
        (bytes[at + 1] ?? 0) <= 4 &&
        4 + u16(bytes, at + 2) <= room
      );
    }
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
  if (isIpv4(bytes, start, length, originalLength)) return u16(bytes, start + 2) === originalLength;
  return isIpv6(bytes, start, length, originalLength) && 40 + u16(bytes, start + 4) === originalLength;
}

/** Whether bytes are an ARP packet for IPv4 over Ethernet (RFC 826). */
export const isArp = (bytes: Uint8Array, at: number, captured: number): boolean =>
  captured >= ARP_LENGTH &&
  u16(bytes, at) === 1 &&
  u16(bytes, at + 2) === EtherType.ipv4 &&
  u16(bytes, at + 4) === 0x0604;

/** Whether bytes begin with a plausible IPv4 or IPv6 header; the packet may have been cut. */
export function isEvidentlyIp(bytes: Uint8Array, start: number, length: number): boolean {
  const room = Number.MAX_SAFE_INTEGER;
  return isIpv4(bytes, start, length, room) || isIpv6(bytes, start, length, room);
}

/** `room`: the most bytes the packet can have. A total length of 0 is large send offload. */
function isIpv4(bytes: Uint8Array, at: number, captured: number, room: number): boolean {
  const first = bytes[at] ?? 0;
  const header = (first & 0xf) * 4;
  if (captured < 20 || first >> 4 !== 4 || header < 20) return false;
  const total = u16(bytes, at + 2);
  return total === 0 || (total >= header && total <= room);
}

function isIpv6(bytes: Uint8Array, at: number, captured: number, room: number): boolean {
  return captured >= 40 && (bytes[at] ?? 0) >> 4 === 6 && 40 + u16(bytes, at + 4) <= room;
}
