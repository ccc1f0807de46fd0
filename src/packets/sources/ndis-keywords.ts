import type { EventRecord } from '../../etl/index.js';
import { LinkType } from '../../net/index.js';
import { isEvidentlyEthernet, isEvidentlyIp } from '../frame.js';
import { Direction, type Packet } from '../packet.js';

/**
 * Keywords of Microsoft-Windows-NDIS-PacketCapture, lower 32 bits. The driver sets them in each event's header. The media
 * bits are 1 << NDIS_MEDIUM (ntddndis.h).
 */
const Keyword = {
  wirelessWan: 0x200,
  tunnel: 0x8000,
  native80211: 0x1_0000,
  loopback: 0x2_0000,
  ip: 0x8_0000,
  /** PacketTruncated, defined from build 17134 on: the capture cut the packet. */
  truncated: 0x200_0000,
  packetStart: 0x4000_0000,
  packetEnd: 0x8000_0000,
} as const;
/** Bits 0 to 23: NDIS_MEDIUM. */
const MEDIA = 0xff_ffff;

/** Bits of whole Ethernet packets: both ends, and no other medium (see {@link linkTypeOf}). */
const WHOLE_ETHERNET_MASK =
  Keyword.packetStart |
  Keyword.packetEnd |
  Keyword.native80211 |
  Keyword.wirelessWan |
  Keyword.tunnel |
  Keyword.loopback |
  Keyword.ip;

/**
 * Upper 32 bits. `dropped` is inferred: no manifest of this provider defines the bit, that of Hyper-V-VmSwitch has it as
 * ut:Dropped (docs/format/packet-events.md).
 */
const KeywordHigh = { send: 0x1, receive: 0x2, dropped: 0x100 } as const;

export const isStart = (keywordLow: number): boolean => (keywordLow & Keyword.packetStart) !== 0;
export const isEnd = (keywordLow: number): boolean => (keywordLow & Keyword.packetEnd) !== 0;
/** Hot path. Whether the event holds a whole packet whose medium is Ethernet beyond doubt. */
export const isWholeEthernet = (keywordLow: number): boolean =>
  (keywordLow & WHOLE_ETHERNET_MASK) === (Keyword.packetStart | Keyword.packetEnd);
export const isSend = (keywordHigh: number): boolean => (keywordHigh & KeywordHigh.send) !== 0;
/** Received, and not marked as sent as well. */
export const isReceive = (keywordHigh: number): boolean =>
  (keywordHigh & (KeywordHigh.send | KeywordHigh.receive)) === KeywordHigh.receive;
export const isTruncated = (keywordLow: number): boolean => (keywordLow & Keyword.truncated) !== 0;
export const isWifi = (keywordLow: number): boolean => (keywordLow & Keyword.native80211) !== 0;
export const hasMedium = (keywordLow: number): boolean => (keywordLow & MEDIA) !== 0;

/**
 * Hot path. The link type of the media bits.
 *
 * 802.11 and mobile broadband (raw IP) as in etl2pcapng; no media bit is Ethernet, as there. With tunnel, loopback and
 * IP media the bytes may have any form (etl2pcapng reads them as Ethernet, Wireshark does not dissect them): the bytes
 * decide.
 */
export function linkTypeOf(keywordLow: number, bytes: Uint8Array, start: number, length: number): number {
  if ((keywordLow & Keyword.native80211) !== 0) return LinkType.ieee80211;
  if ((keywordLow & Keyword.wirelessWan) !== 0) return LinkType.raw;
  if ((keywordLow & (Keyword.tunnel | Keyword.loopback | Keyword.ip)) !== 0) {
    const isIp =
      !isEvidentlyEthernet(bytes, start, length, Number.MAX_SAFE_INTEGER) &&
      isEvidentlyIp(bytes, start, length);
    return isIp ? LinkType.raw : LinkType.ethernet;
  }
  return LinkType.ethernet;
}

/** Hot path. Sets direction and drop from the keywords. */
export function applyPathKeywords(record: EventRecord, packet: Packet): void {
  const high = record.keywordHigh;
  const path = high & (KeywordHigh.send | KeywordHigh.receive);
  if (path === KeywordHigh.send) {
    packet.direction = Direction.outbound;
    packet.directionText = 'send';
  } else if (path === KeywordHigh.receive) {
    packet.direction = Direction.inbound;
    packet.directionText = 'receive';
  }
  packet.dropped = (high & KeywordHigh.dropped) !== 0;
}
