import type { EventRecord } from '../../etl/index.js';
import { fixedLayout } from '../../etw/index.js';
import { isEvidentlyEthernet, isEvidentlyIp } from '../frame.js';
import { originalLength } from '../original-length.js';
import { Direction, type DirectionValue, type Packet, UNKNOWN } from '../packet.js';
import { LinkType, type Place } from '../place.js';
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
/** The same layout as 160, from Windows 10 21H1 on; what sets it apart is not public. */
const PACKET_VARIANT = 240;
const NBL_INFO = 180;
const NBL_INFO_DROP = 190;

/** PKTMON_PACKET_TYPE (pktmonnpik.h). 4 and above start at layer 4 or higher: no link type fits them. */
const PacketType = { ethernet: 1, wifi: 2, ip: 3 } as const;

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
 * Microsoft-Windows-PktMon: packets at each component of the network stack, 160 and 240 where they passed, 170 where they
 * were dropped; 180 and 190 carry the out-of-band data of a packet's NBL and go into the packet. What finds no packet
 * stays an event.
 *
 * Layouts are the trace's own where it embeds them, else the built-in ones.
 */
export const pktmonSource: PacketSource = {
  name: 'pktmon',
  providerId: PROVIDER_ID,
  eventIds: [PACKET, PACKET_DROP, PACKET_VARIANT, NBL_INFO, NBL_INFO_DROP],
  createDecoder: (context) => new PktmonDecoder(context),
};

class PktmonDecoder implements PacketDecoder {
  readonly #context: SourceContext;
  /** By event id and pointer size; undefined: the schema lacks what is needed. */
  readonly #layouts = new Map<number, PktmonLayout | undefined>();
  /** The layout that was asked for last, and its number there. */
  #lastNumber = -1;
  #lastLayout: PktmonLayout | undefined;
  readonly #places = new Map<number, Place>();
  readonly #clearer = new ProtectedBitClearer();
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
    if (packetType > PacketType.ip) return 'event';

    beginPacket(record, packet);
    packet.point(record.bytes, view, base + layout.fixedSize, logged);
    packet.originalLength = Math.max(logged, low(view, base, layout.originalSize));
    const linkType = this.#linkType(packetType, packet);
    if (layout.originalSize.size === 0) {
      packet.originalLength = originalLength(linkType, packet.bytes, packet.start, logged);
    }
    packet.place = this.#place(low(view, base, layout.componentId), linkType);
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
      this.#places.has(placeNumber(low(view, base, layout.componentId), LinkType.ethernet))
    );
  }

  /** The link type, after what the bytes say against the packet's type. */
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

  #place(componentId: number, linkType: number): Place {
    const number = placeNumber(componentId, linkType);
    const known = this.#places.get(number);
    if (known !== undefined) return known;
    const key = `pktmon:${linkType}:${componentId}`;
    const place = this.#context.places.intern({ source: 'pktmon', linkType, key, componentId });
    this.#places.set(number, place);
    return place;
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
const placeNumber = (componentId: number, linkType: number): number => componentId * 0x100 + linkType;

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
