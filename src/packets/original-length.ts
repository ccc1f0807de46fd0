import { LinkType } from '../net/index.js';

/** IEEE 802 EtherTypes (IANA, "IEEE 802 Numbers"). */
export const EtherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  vlan: 0x8100,
  ipv6: 0x86dd,
  eapol: 0x888e,
  serviceVlan: 0x88a8,
  oldQinQ: 0x9100,
} as const;

const ETHERNET_HEADER = 14;
const VLAN_TAG = 4;
const IPV4_MINIMUM_HEADER = 20;
const IPV6_HEADER = 40;
/** Modulus of 16-bit lengths. */
const STATED_MODULUS = 0x1_0000;
/** The most that is left of a length in an IP header: 65,535 of payload, IPv6 and Ethernet headers, some VLAN tags. */
const MAX_REMAINDER = IPV6_HEADER + ETHERNET_HEADER + 4 * VLAN_TAG;

export const isVlanTag = (etherType: number): boolean =>
  etherType === EtherType.vlan || etherType === EtherType.serviceVlan || etherType === EtherType.oldQinQ;

/**
 * Hot path. The length of a packet before truncation, inferred from its IP header; at least `length`.
 *
 * NDIS events do not contain the length before truncation, and builds before 17134 do not mark truncated packets, so
 * every packet is examined. If there is no IP header, or its length is 0 (large send offload; an IPv6 jumbogram), the
 * result is the captured length. Ethernet, VLAN-tagged (QinQ too) and raw IP.
 */
export function originalLength(linkType: number, bytes: Uint8Array, start: number, length: number): number {
  const header = ipOffset(linkType, bytes, start, length);
  if (header < 0) return length;
  const ip = ipLength(bytes, start + header, length - header);
  return ip === 0 ? length : Math.max(length, header + ip);
}

/**
 * Hot path. The bytes a packet had, from a 16-bit field that wraps at 65,536; at least `length`.
 *
 * A wrapped number is below the captured length, or the IP header contradicts it by exactly 65,536. Then the IP header
 * has the length. Large send offload writes 0 there: such a packet has the stated number plus 65,536 bytes. Without an
 * IP header it is the captured length.
 *
 * @param stated the field
 */
export function unwrappedLength(
  linkType: number,
  bytes: Uint8Array,
  start: number,
  length: number,
  stated: number,
): number {
  if (stated >= length && stated > MAX_REMAINDER) return stated;
  const inferred = originalLength(linkType, bytes, start, length);
  if (stated >= length) return inferred === stated + STATED_MODULUS ? inferred : stated;
  const header = ipOffset(linkType, bytes, start, length);
  const isLargeSend = header >= 0 && hasNoLength(bytes, start + header, length - header);
  return isLargeSend ? stated + STATED_MODULUS : inferred;
}

/** Offset of the IP header from `start`; -1 if there is none. */
function ipOffset(linkType: number, bytes: Uint8Array, start: number, length: number): number {
  if (linkType === LinkType.raw) return 0;
  if (linkType !== LinkType.ethernet || length < ETHERNET_HEADER) return -1;
  let header = ETHERNET_HEADER;
  let etherType = u16(bytes, start + 12);
  while (isVlanTag(etherType) && header + VLAN_TAG <= length) {
    header += VLAN_TAG;
    etherType = u16(bytes, start + header - 2);
  }
  return etherType === EtherType.ipv4 || etherType === EtherType.ipv6 ? header : -1;
}

/** Whether it is an IP header whose length field is 0. */
function hasNoLength(bytes: Uint8Array, start: number, length: number): boolean {
  const version = (bytes[start] ?? 0) >> 4;
  if (version === 4) return length >= IPV4_MINIMUM_HEADER && u16(bytes, start + 2) === 0;
  return version === 6 && length >= IPV6_HEADER && u16(bytes, start + 4) === 0;
}

/** Length of the packet according to its IP header, header included; 0 if unknown. */
function ipLength(bytes: Uint8Array, start: number, length: number): number {
  if (length < IPV4_MINIMUM_HEADER) return 0;
  const first = bytes[start] ?? 0;
  if (first >> 4 === 4) {
    const total = u16(bytes, start + 2);
    return total >= IPV4_MINIMUM_HEADER ? total : 0;
  }
  if (first >> 4 === 6) {
    const payload = u16(bytes, start + 4);
    return payload === 0 ? 0 : IPV6_HEADER + payload;
  }
  return 0;
}

/** Big-endian, as on the wire. */
const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
