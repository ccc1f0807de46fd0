import { readUint16 } from './bytes.js';
import type { FrameLayout } from './frame-layout.js';
import { EtherType, isVlanTag } from './numbers.js';
import { parseArp, parseIpv4, parseIpv6 } from './parse-network.js';

const MAC_LENGTH = 6;
const ETHERNET_HEADER = 14;
const VLAN_TAG = 4;
/** The largest value of the Length/Type field that is a length (IEEE 802.3-2022, 3.2.6). */
const MAX_8023_LENGTH = 1500;
/** DSAP, SSAP, one byte of control field (IEEE 802.2). */
const LLC_HEADER = 3;
/** LLC, three bytes of OUI, EtherType (IEEE 802-2014, 9.4). */
const SNAP_HEADER = 8;

/** Hot path. An Ethernet frame without preamble and frame check sequence (IEEE 802.3-2022, 3.1.1). */
export function parseEthernet(bytes: Uint8Array, start: number, into: FrameLayout): void {
  const end = into.payloadEnd;
  if (start + ETHERNET_HEADER > end) {
    into.end = 'truncated';
    return;
  }
  into.destinationMac = start;
  into.sourceMac = start + MAC_LENGTH;
  into.payloadStart = start + ETHERNET_HEADER;
  parseEtherType(bytes, readUint16(bytes, start + 12), into);
}

/** Reads VLAN tags (IEEE 802.1Q-2022, 9.6) and the network header after an EtherType that ends at `payloadStart`. */
function parseEtherType(bytes: Uint8Array, first: number, into: FrameLayout): void {
  let etherType = first;
  while (isVlanTag(etherType)) {
    const at = into.payloadStart;
    if (at + VLAN_TAG > into.payloadEnd) {
      into.etherType = etherType;
      into.end = 'truncated';
      return;
    }
    const control = readUint16(bytes, at);
    if (into.vlanTags === 0) {
      into.vlanId = control & 0xfff;
      into.vlanPriority = control >> 13;
    } else into.innerVlanId = control & 0xfff;
    into.vlanTags += 1;
    into.payloadStart = at + VLAN_TAG;
    etherType = readUint16(bytes, at + 2);
  }
  if (etherType <= MAX_8023_LENGTH) {
    into.payloadEnd = Math.min(into.payloadEnd, into.payloadStart + etherType);
    parseLlc(bytes, into);
    return;
  }
  into.etherType = etherType;
  switch (etherType) {
    case EtherType.ipv4:
      parseIpv4(bytes, into.payloadStart, into);
      return;
    case EtherType.ipv6:
      parseIpv6(bytes, into.payloadStart, into);
      return;
    case EtherType.arp:
      parseArp(bytes, into.payloadStart, into);
      return;
    default:
      into.end = 'unknown';
  }
}

/** An LLC header at `payloadStart`, and after SNAP the network header. */
export function parseLlc(bytes: Uint8Array, into: FrameLayout): void {
  const at = into.payloadStart;
  if (at + LLC_HEADER > into.payloadEnd) {
    into.end = 'truncated';
    return;
  }
  into.llc = at;
  if (isSnap(bytes, at, into.payloadEnd)) {
    into.payloadStart = at + SNAP_HEADER;
    parseEtherType(bytes, readUint16(bytes, at + 6), into);
    return;
  }
  const isCutSnap = bytes[at] === 0xaa && at + SNAP_HEADER > into.payloadEnd;
  into.end = isCutSnap ? 'truncated' : 'unknown';
}

/**
 * Whether a complete SNAP header starts at an offset: AA-AA-03 and the OUI 00-00-00 (RFC 1042) or 00-00-F8 (bridge
 * tunnel, IEEE 802.1H).
 */
export const isSnap = (bytes: Uint8Array, at: number, end: number): boolean =>
  at + SNAP_HEADER <= end &&
  bytes[at] === 0xaa &&
  bytes[at + 1] === 0xaa &&
  bytes[at + 2] === 0x03 &&
  bytes[at + 3] === 0 &&
  bytes[at + 4] === 0 &&
  (bytes[at + 5] === 0 || bytes[at + 5] === 0xf8);
