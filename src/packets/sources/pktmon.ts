import type { EventRecord } from '../../etl/index.js';
import { fixedLayout } from '../../etw/index.js';
import type { CaptureLocation } from '../../host/index.js';
import { LinkType } from '../../net/index.js';
import { isArp, isEvidentlyEthernet, isEvidentlyIp, isIpOfLength } from '../frame.js';
import { EtherType, originalLength, unwrappedLength } from '../original-length.js';
import { Direction, type DirectionValue, type Packet, UNKNOWN } from '../packet.js';
import { ProtectedBitClearer } from '../wifi.js';
import { high, low, lowOrUnknown, type PktmonLayout, pktmonLayout } from './pktmon-layout.js';
import { NblInfoMatcher } from './pktmon-nbl-info.js';
import {
  beginPacket,
  type Outcome,
  type PacketDecoder,
  type PacketSource,
  type SourceContext,
} from './source.js';

const PROVIDER_ID = '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac';

const PACKET = 160;
const PACKET_DROP = 170;
/** The same layout as 160, from Windows 10 21H1 on; the difference in meaning is not public. */
const PACKET_VARIANT = 240;
const NBL_INFO = 180;
const NBL_INFO_DROP = 190;

/** PKTMON_PACKET_TYPE (pktmonnpik.h). 4 and above have no link layer. */
const PacketType = { ethernet: 1, wifi: 2, ip: 3, arp: 7 } as const;
/** Names of the types that have no link layer. */
const UPPER_TYPES: ReadonlyMap<number, string> = new Map([
  [4, 'HTTP'],
  [5, 'TCP'],
  [6, 'UDP'],
  [PacketType.arp, 'ARP'],
  [8, 'ICMP'],
  [9, 'ESP'],
  [10, 'AH'],
  [11, 'L4Payload'],
]);
const upperTypeName = (type: number): string => UPPER_TYPES.get(type) ?? `type ${type}`;

const ETHERNET_HEADER = 14;
/** ARP (RFC 826): operation u16 6, sender's MAC 8, target's MAC 18. */
const ARP_REQUEST = 1;

/** PKTMON_DIRECTION_TAG (pktmonnpik.h), by number. */
const DIRECTIONS: readonly { readonly text: string | undefined; readonly direction: DirectionValue }[] = [
  { text: undefined, direction: Direction.unknown },
  { text: 'In', direction: Direction.inbound },
  { text: 'Out', direction: Direction.outbound },
  { text: 'Rx', direction: Direction.inbound },
  { text: 'Tx', direction: Direction.outbound },
  { text: 'Ingress', direction: Direction.inbound },
  { text: 'Egress', direction: Direction.outbound },
];

/**
 * Microsoft-Windows-PktMon: packets at each component of the network stack, 160 and 240 if they passed, 170 if they
 * were dropped; 180 and 190 contain the out-of-band data of a packet's NBL and complete the packet. Those without a
 * packet remain events.
 *
 * The trace's embedded layouts are used if it has them, otherwise the built-in ones.
 */
export const pktmonSource: PacketSource = {
  name: 'pktmon',
  providerId: PROVIDER_ID,
  eventIds: [PACKET, PACKET_DROP, PACKET_VARIANT, NBL_INFO, NBL_INFO_DROP],
  createDecoder: (context) => new PktmonDecoder(context),
};

class PktmonDecoder implements PacketDecoder {
  readonly #context: SourceContext;
  /** By event id and pointer size; undefined: the schema does not have the fields that are needed. */
  readonly #layouts = new Map<number, PktmonLayout | undefined>();
  /** The last layout, and its number. */
  #lastNumber = -1;
  #lastLayout: PktmonLayout | undefined;
  readonly #captureLocations = new Map<number, CaptureLocation>();
  readonly #clearer = new ProtectedBitClearer();
  #arpFrame = new Uint8Array(0);
  readonly #matcher: NblInfoMatcher;

  constructor(context: SourceContext) {
    this.#context = context;
    this.#matcher = new NblInfoMatcher({
      payload: (record, id) => (isPayload(id) ? this.#layout(record, id) : undefined),
      nblInfo: (record, id) => (isNblInfo(id) ? this.#layout(record, id) : undefined),
    });
  }

  /** Hot path: an Ethernet packet is decoded without allocating. */
  decode(record: EventRecord, id: number, packet: Packet): Outcome {
    const { view, payloadOffset: base, payloadLength } = record;
    const layout = this.#layout(record, id);
    if (layout === undefined) return this.#context.damaged('its schema lacks fields of a packet');
    if (payloadLength < layout.fixedSize) return this.#context.damaged('shorter than its fixed fields');
    if (isNblInfo(id)) return this.#matcher.offer(record, layout) ? 'merged' : 'event';
    const logged = low(view, base, layout.loggedSize);
    if (logged > payloadLength - layout.fixedSize) {
      return this.#context.damaged('its data is longer than the event');
    }
    const packetType = low(view, base, layout.packetType);
    beginPacket(record, packet);
    packet.point(record.bytes, view, base + layout.fixedSize, logged);
    const isStated = layout.originalSize.size > 0;
    const stated = isStated ? low(view, base, layout.originalSize) : logged;
    // A number below the captured length has wrapped: the packet may have any length.
    packet.originalLength = stated < logged ? Number.MAX_SAFE_INTEGER : stated;
    const linkType =
      packetType <= PacketType.ip
        ? this.#linkType(packetType, packet)
        : this.#upperLinkType(packetType, packet, stated);
    if (linkType === undefined) {
      this.#context.unwritable(upperTypeName(packetType));
      return 'event';
    }
    const { bytes, length, start } = packet;
    packet.originalLength = isStated
      ? unwrappedLength(linkType, bytes, start, length, stated + length - logged)
      : originalLength(linkType, bytes, start, length);
    packet.captureLocation = this.#captureLocation(low(view, base, layout.componentId), linkType);
    applyFields(view, base, layout, id, packet);
    this.#matcher.complete(record, layout, packet);
    return 'packet';
  }

  /** Hot path: an Ethernet packet of a component that another one was of. */
  repeats(record: EventRecord, id: number): boolean {
    if (!isPayload(id)) return false;
    const { view, payloadOffset: base, payloadLength } = record;
    const layout = this.#layout(record, id);
    if (layout === undefined || payloadLength < layout.fixedSize) return false;
    return (
      low(view, base, layout.packetType) === PacketType.ethernet &&
      low(view, base, layout.loggedSize) <= payloadLength - layout.fixedSize &&
      this.#captureLocations.has(
        captureLocationNumber(low(view, base, layout.componentId), LinkType.ethernet),
      )
    );
  }

  /** The link type: the bytes have precedence over the packet's type. */
  #linkType(packetType: number, packet: Packet): number {
    if (packetType === PacketType.ethernet) return LinkType.ethernet;
    if (packetType === PacketType.ip) return LinkType.raw;
    const { bytes, start, length } = packet;
    const isEthernet = isEvidentlyEthernet(bytes, start, length, packet.originalLength);
    if (packetType === PacketType.wifi) {
      // Some components report Ethernet frames as WiFi.
      if (isEthernet) {
        packet.packetType = 'WiFi';
        return LinkType.ethernet;
      }
      this.#clearer.clear(packet);
      return LinkType.ieee80211;
    }
    return !isEthernet && isEvidentlyIp(bytes, start, length) ? LinkType.raw : LinkType.ethernet;
  }

  /**
   * The link type of a packet whose type has no link layer: only if the bytes have one nevertheless, are an IP packet
   * of the stated length, or ARP, which has the addresses for an Ethernet header.
   */
  #upperLinkType(packetType: number, packet: Packet, stated: number): number | undefined {
    const { bytes, length, start } = packet;
    packet.packetType = upperTypeName(packetType);
    if (isEvidentlyEthernet(bytes, start, length, stated)) return LinkType.ethernet;
    if (isIpOfLength(bytes, start, length, stated)) return LinkType.raw;
    if (packetType !== PacketType.arp || !isArp(bytes, start, length)) return undefined;
    if (this.#arpFrame.length < ETHERNET_HEADER + length) {
      this.#arpFrame = new Uint8Array(ETHERNET_HEADER + length);
    }
    const frame = this.#arpFrame;
    const isRequest = ((bytes[start + 6] ?? 0) << 8) + (bytes[start + 7] ?? 0) === ARP_REQUEST;
    if (isRequest) frame.fill(0xff, 0, 6);
    else frame.set(bytes.subarray(start + 18, start + 24), 0);
    frame.set(bytes.subarray(start + 8, start + 14), 6);
    frame[12] = EtherType.arp >> 8;
    frame[13] = EtherType.arp & 0xff;
    frame.set(bytes.subarray(start, start + length), ETHERNET_HEADER);
    packet.point(frame, undefined, 0, ETHERNET_HEADER + length);
    return LinkType.ethernet;
  }

  #captureLocation(componentId: number, linkType: number): CaptureLocation {
    const number = captureLocationNumber(componentId, linkType);
    const known = this.#captureLocations.get(number);
    if (known !== undefined) return known;
    const key = `pktmon:${linkType}:${componentId}`;
    const captureLocation = this.#context.registry.intern({ source: 'pktmon', linkType, key, componentId });
    this.#captureLocations.set(number, captureLocation);
    return captureLocation;
  }

  #layout(record: EventRecord, id: number): PktmonLayout | undefined {
    const number = id * 16 + record.pointerSize;
    if (number !== this.#lastNumber) {
      this.#lastLayout = this.#layouts.has(number)
        ? this.#layouts.get(number)
        : this.#newLayout(record, id, number);
      this.#lastNumber = number;
    }
    return this.#lastLayout;
  }

  #newLayout(record: EventRecord, id: number, number: number): PktmonLayout | undefined {
    const { schemas } = this.#context;
    // PktMon's versions are no guide: they stay 0 while fields are appended.
    const schema =
      schemas.locateById(PROVIDER_ID, id, record.version) ?? schemas.locateById(PROVIDER_ID, id, 0);
    const layout = schema && pktmonLayout(fixedLayout(schema, record.pointerSize), isPayload(id));
    this.#layouts.set(number, layout);
    return layout;
  }
}

/** Link types are below 256. */
const captureLocationNumber = (componentId: number, linkType: number): number =>
  componentId * 0x100 + linkType;

const isPayload = (id: number): boolean => id === PACKET || id === PACKET_DROP || id === PACKET_VARIANT;
const isNblInfo = (id: number): boolean => id === NBL_INFO || id === NBL_INFO_DROP;

/** Hot path. */
function applyFields(view: DataView, base: number, layout: PktmonLayout, id: number, packet: Packet): void {
  packet.hasNbl = true;
  packet.nblHigh = high(view, base, layout.groupId);
  packet.nblLow = low(view, base, layout.groupId);
  packet.packetNumber = lowOrUnknown(view, base, layout.packetNumber);
  packet.appearance = lowOrUnknown(view, base, layout.appearance);
  packet.edgeId = lowOrUnknown(view, base, layout.edgeId);
  packet.filterId = lowOrUnknown(view, base, layout.filterId);
  const direction = DIRECTIONS[low(view, base, layout.direction)];
  if (direction !== undefined) {
    packet.direction = direction.direction;
    packet.directionText = direction.text;
  }
  const reason = lowOrUnknown(view, base, layout.dropReason);
  const location = low(view, base, layout.dropLocation);
  if (id === PACKET_DROP || reason > 0 || location !== 0) {
    packet.dropped = true;
    packet.dropReason = reason;
    packet.dropLocation = location === 0 ? UNKNOWN : location;
  }
}
