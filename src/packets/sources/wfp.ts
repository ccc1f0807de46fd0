import type { EventRecord } from '../../etl/index.js';
import { type CaptureLocation, SNAP_LENGTH } from '../../host/index.js';
import { internetSum, LinkType } from '../../net/index.js';
import type { Packet } from '../packet.js';
import { FragmentAssembler } from './fragments.js';
import {
  beginPacket,
  type Outcome,
  type PacketDecoder,
  type PacketSource,
  type SourceContext,
} from './source.js';

const FRAGMENT = 2000;
const TRANSPORT_V4 = 60011;
const TRANSPORT2_V4 = 60012;
const TRANSPORT_V6 = 60021;
const TRANSPORT2_V6 = 60022;

/** FRAGMENT: FragmentEventId u16, GroupId u32, ByteLength u32, then that many bytes of the event it is part of. */
const FRAGMENT_HEADER = 10;

/** Fields before MessageFrame. ByteLength u16 is the last of them. */
interface MessageLayout {
  readonly addressSize: 4 | 16;
  readonly protocolAt: number;
  /** Offset of FlowHandle, in the events that have it. */
  readonly flowHandleAt?: number;
  /** Offset of ByteLength; MessageFrame follows it. */
  readonly byteLengthAt: number;
  readonly layer: string;
}

/** SourceAddress, DestinationAddress, Protocol u8, in the second pair FlowHandle u64, ByteLength u16, MessageFrame. */
const LAYOUTS: ReadonlyMap<number, MessageLayout> = new Map<number, MessageLayout>([
  [TRANSPORT_V4, { addressSize: 4, protocolAt: 8, byteLengthAt: 9, layer: 'TransportV4' }],
  [TRANSPORT2_V4, { addressSize: 4, protocolAt: 8, flowHandleAt: 9, byteLengthAt: 17, layer: 'TransportV4' }],
  [TRANSPORT_V6, { addressSize: 16, protocolAt: 32, byteLengthAt: 33, layer: 'TransportV6' }],
  [
    TRANSPORT2_V6,
    { addressSize: 16, protocolAt: 32, flowHandleAt: 33, byteLengthAt: 41, layer: 'TransportV6' },
  ],
]);

const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
/** TTL and hop limit of the generated headers: the event does not have them. */
const HOP_LIMIT = 64;
const UINT16_MAX = 0xffff;

/**
 * Microsoft-Pef-WFP-MessageProvider (Message Analyzer's WFP capture, New-NetEventSession's WFP capture provider): the
 * payload of IP at the transport layers, after IPsec.
 *
 * The events have the addresses and the protocol but no IP header: a minimal one is generated, so that the packet can
 * be dissected as raw IP. Layouts: Wireshark's packet-messageanalyzer.c, SQLNA's Parser.cs and ETLFileReader.cs; field
 * names as in airbus-cert's etl-parser. Addresses are in network order. The direction is not set: public readers
 * disagree on the meaning of this provider's keyword bits.
 */
export const wfpSource: PacketSource = {
  name: 'wfp',
  providerId: 'c22d1b14-c242-49de-9f17-1d76b8b9c458',
  eventIds: [FRAGMENT, TRANSPORT_V4, TRANSPORT2_V4, TRANSPORT_V6, TRANSPORT2_V6],
  createDecoder: (context) => new WfpDecoder(context),
};

class WfpDecoder implements PacketDecoder {
  readonly #context: SourceContext;
  readonly #fragments: FragmentAssembler;
  readonly #captureLocations = new Map<string, CaptureLocation>();
  #scratch = new Uint8Array(2048);

  constructor(context: SourceContext) {
    this.#context = context;
    this.#fragments = new FragmentAssembler(context);
  }

  decode(record: EventRecord, id: number, packet: Packet): Outcome {
    const { bytes, payloadOffset, payloadLength } = record;
    if (id !== FRAGMENT) {
      return this.#message(record, id, bytes, payloadOffset, payloadLength, payloadLength, packet);
    }
    if (payloadLength < FRAGMENT_HEADER) return this.#context.damaged('shorter than its fixed fields');
    return this.#fragment(record, packet);
  }

  finish(): void {
    this.#fragments.finish();
  }

  #fragment(record: EventRecord, packet: Packet): Outcome {
    const { bytes, view, payloadOffset, payloadLength, keywordLow } = record;
    const wholeId = view.getUint16(payloadOffset, true);
    const groupId = view.getUint32(payloadOffset + 2, true);
    const size = view.getUint32(payloadOffset + 6, true);
    const layout = LAYOUTS.get(wholeId);
    if (layout === undefined) return 'event';
    if (size > payloadLength - FRAGMENT_HEADER)
      return this.#context.damaged('its data is longer than the event');
    const key = groupId * 0x1_0000 + wholeId;
    packet.point(bytes, view, payloadOffset + FRAGMENT_HEADER, size);
    const outcome = this.#fragments.assemble(key, keywordLow, packet, record);
    if (outcome !== 'packet') return outcome;
    const { wholeLength } = this.#fragments;
    return this.#message(record, wholeId, packet.bytes, packet.start, packet.length, wholeLength, packet);
  }

  /**
   * Makes a raw IP packet of a whole message.
   *
   * @param length bytes that there are, at most `wholeLength`, the message's own
   */
  #message(
    record: EventRecord,
    id: number,
    bytes: Uint8Array,
    at: number,
    length: number,
    wholeLength: number,
    packet: Packet,
  ): Outcome {
    const layout = LAYOUTS.get(id);
    if (layout === undefined) return 'event';
    const frameAt = layout.byteLengthAt + 2;
    if (length < frameAt) return this.#context.damaged('shorter than its fixed fields');
    const stated = (bytes[at + frameAt - 2] ?? 0) | ((bytes[at + frameAt - 1] ?? 0) << 8);
    const available = wholeLength - frameAt;
    // A message too long for the 16-bit field extends to the end of the event.
    const size = stated === 0 || available > UINT16_MAX ? available : stated;
    if (size > available) return this.#context.damaged('its data is longer than the event');

    beginPacket(record, packet);
    const header = layout.addressSize === 4 ? IPV4_HEADER : IPV6_HEADER;
    const captured = Math.min(size, length - frameAt, SNAP_LENGTH - header);
    if (this.#scratch.length < header + captured) this.#scratch = new Uint8Array(2 * (header + captured));
    const ip = this.#scratch;
    ip.fill(0, 0, header);
    const protocol = bytes[at + layout.protocolAt] ?? 0;
    const addresses = bytes.subarray(at, at + 2 * layout.addressSize);
    if (layout.addressSize === 4) writeIpv4Header(ip, size, protocol, addresses);
    else writeIpv6Header(ip, size, protocol, addresses);
    ip.set(bytes.subarray(at + frameAt, at + frameAt + captured), header);
    packet.point(ip, undefined, 0, header + captured);
    if (layout.flowHandleAt !== undefined) {
      packet.flowHandleLow = readUint32(bytes, at + layout.flowHandleAt);
      packet.flowHandleHigh = readUint32(bytes, at + layout.flowHandleAt + 4);
    }
    packet.originalLength = header + size;
    packet.captureLocation = this.#captureLocation(layout.layer);
    return 'packet';
  }

  #captureLocation(layer: string): CaptureLocation {
    const known = this.#captureLocations.get(layer);
    if (known !== undefined) return known;
    const linkType = LinkType.raw;
    const captureLocation = this.#context.registry.intern({
      source: 'wfp',
      linkType,
      key: `wfp:${linkType}:${layer}`,
      layer,
    });
    this.#captureLocations.set(layer, captureLocation);
    return captureLocation;
  }
}

/** A header without options (RFC 791); a length beyond 16 bits is written as 0, as large send offload has it. */
function writeIpv4Header(into: Uint8Array, payload: number, protocol: number, addresses: Uint8Array): void {
  const total = IPV4_HEADER + payload;
  into[0] = 0x45;
  if (total <= UINT16_MAX) writeU16(into, 2, total);
  into[8] = HOP_LIMIT;
  into[9] = protocol;
  into.set(addresses, 12);
  writeU16(into, 10, internetSum(into, 0, IPV4_HEADER) ^ UINT16_MAX);
}

/** RFC 8200; a length beyond 16 bits is written as 0. */
function writeIpv6Header(into: Uint8Array, payload: number, protocol: number, addresses: Uint8Array): void {
  into[0] = 0x60;
  if (payload <= UINT16_MAX) writeU16(into, 4, payload);
  into[6] = protocol;
  into[7] = HOP_LIMIT;
  into.set(addresses, 8);
}

/** Little-endian, unsigned. */
const readUint32 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)) >>>
  0;

function writeU16(into: Uint8Array, at: number, value: number): void {
  into[at] = value >> 8;
  into[at + 1] = value & 0xff;
}
