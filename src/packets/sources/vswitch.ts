import type { EventRecord, LimitLog } from '../../etl/index.js';
import { type CaptureLocation, HostLimitError, MAX_CAPTURE_LOCATIONS, nameKey } from '../../host/index.js';
import { LinkType } from '../../net/index.js';
import { originalLength } from '../original-length.js';
import { type Destination, Direction, Packet, UNKNOWN } from '../packet.js';
import { FragmentAssembler } from './fragments.js';
import { readNblInfo } from './nbl-info.js';
import {
  applyPathKeywords,
  isEnd,
  isStart,
  isTruncated,
  isWholeEthernet,
  linkTypeOf,
} from './ndis-keywords.js';
import { RegionCache } from './region-cache.js';
import {
  beginPacket,
  type Outcome,
  type PacketDecoder,
  type PacketSource,
  type SourceContext,
} from './source.js';

import { decodeUtf16, nulTerminatedLength } from './text.js';

const VMSWITCH_PACKET_FRAGMENT = 1003;

/** MiniportIfIndex u32, LowerIfIndex u32, SourcePortId u32; then three NUL-terminated strings. */
const SOURCE_FIXED = 12;
/** PortId u32 and three empty strings. */
const SMALLEST_DESTINATION = 10;

/** Where packets enter the switch: a port and the NIC that is connected to it. */
interface SwitchPort {
  readonly miniportIfIndex: number;
  readonly lowerIfIndex: number;
  readonly portId: number;
  readonly portName: string;
  readonly nicName: string;
  readonly nicType: string;
  readonly nicKey: string;
  /** Counts ports, for keys. */
  readonly index: number;
  /** By {@link placeNumber}. */
  readonly captureLocations: Map<number, CaptureLocation>;
}

/**
 * Microsoft-Windows-NDIS-PacketCapture, event 1003: packets inside a Hyper-V virtual switch.
 *
 * Layout (docs/format/packet-events.md; the destinations as in Wireshark's packet-messageanalyzer.c): MiniportIfIndex
 * u32, LowerIfIndex u32, SourcePortId u32, SourcePortName, SourceNicName, SourceNicType, DestinationCount u32, that
 * many {PortId u32, PortName, NicName, NicType}, FragmentSize u32, Fragment, OOBDataSize u32, OOBData. Strings are
 * NUL-terminated UTF-16.
 */
export const vswitchSource: PacketSource = {
  name: 'vswitch',
  providerId: '2ed6006e-4729-4609-b423-3ee7bcd678ef',
  eventIds: [VMSWITCH_PACKET_FRAGMENT],
  createDecoder: (context) => new VswitchDecoder(context),
};

class VswitchDecoder implements PacketDecoder {
  readonly #context: SourceContext;
  readonly #portCache = new RegionCache<SwitchPort>();
  readonly #ports = new Map<string, SwitchPort>();
  readonly #destinationCache = new RegionCache<readonly Destination[]>();
  readonly #fragments: FragmentAssembler;
  /** Receives the values of a packet's out-of-band data when nothing else of the packet is needed. */
  readonly #tags = new Packet({ source: 'vswitch', linkType: LinkType.ethernet, key: '' });

  // Results of #locate for the current event, or the reason of its failure.
  #destinations: readonly Destination[] | undefined;
  #start = 0;
  #size = 0;
  #problem = '';

  constructor(context: SourceContext) {
    this.#context = context;
    this.#fragments = new FragmentAssembler(context);
  }

  /** Hot path, without allocation. */
  decode(record: EventRecord, _id: number, packet: Packet): Outcome {
    const port = this.#locate(record);
    if (port === undefined) return this.#context.damaged(this.#problem);
    const destinations = this.#destinations;
    packet.point(record.bytes, record.view, this.#start, this.#size);
    const { keywordLow } = record;
    let wholeLength = this.#size;
    if (!isStart(keywordLow) || !isEnd(keywordLow) || !this.#fragments.isEmpty) {
      const side = destinations === undefined ? 0 : 1;
      const key = (port.index * 0x1_0000 + record.processor) * 2 + side;
      const outcome = this.#fragments.assemble(key, keywordLow, packet, record);
      if (outcome !== 'packet') return outcome;
      wholeLength = this.#fragments.wholeLength;
    }
    beginPacket(record, packet);
    applyPathKeywords(record, packet);
    this.#applySide(packet, destinations);
    this.#readOutOfBand(record, port, packet);
    const linkType = linkTypeOf(keywordLow, packet.bytes, packet.start, packet.length);
    const inferred = originalLength(linkType, packet.bytes, packet.start, packet.length);
    packet.originalLength = Math.max(wholeLength, inferred);
    packet.lengthUnknown = isTruncated(keywordLow) && packet.originalLength === packet.length;
    packet.captureLocation = this.#captureLocation(port, linkType, packet.vlanId, packet.vsid);
    this.#context.nblTracker.applyNbl(packet, port.nicKey);
    return 'packet';
  }

  /** Hot path: a whole Ethernet packet of a port, VLAN and VSID that another one was of. */
  repeats(record: EventRecord): boolean {
    if (!isWholeEthernet(record.keywordLow) || !this.#fragments.isEmpty) return false;
    const port = this.#locate(record);
    if (port === undefined) return false;
    const tags = this.#tags;
    tags.vlanId = UNKNOWN;
    tags.vsid = UNKNOWN;
    this.#readOutOfBand(record, port, tags);
    return port.captureLocations.has(captureLocationNumber(LinkType.ethernet, tags.vlanId, tags.vsid));
  }

  /**
   * Hot path: finds the parts of an event: its destinations and its packet's bytes. Known names are compared, not
   * decoded.
   *
   * @returns the port from which the packet came; undefined if the event contradicts its layout
   */
  #locate(record: EventRecord): SwitchPort | undefined {
    const { view, payloadOffset } = record;
    const end = payloadOffset + record.payloadLength;
    if (end - payloadOffset < SOURCE_FIXED) return this.#fail('shorter than its fixed fields');
    const portId = view.getUint32(payloadOffset + 8, true);
    const port =
      this.#portCache.find(portId, view, payloadOffset, end - payloadOffset) ?? this.#newPort(record, portId);
    if (port === undefined) return this.#fail("the source's names do not end");

    let at = payloadOffset + this.#portCache.foundLength;
    if (end - at < 4) return this.#fail('it ends before its destinations');
    let destinations: readonly Destination[] | undefined;
    const count = view.getUint32(at, true);
    if (count === 0) at += 4;
    else {
      destinations = this.#readDestinations(record, at, end, count);
      if (destinations === undefined) return this.#fail('fewer destinations than its count states');
      at += this.#destinationCache.foundLength;
    }
    if (end - at < 4) return this.#fail('it ends before its packet');
    const size = view.getUint32(at, true);
    at += 4;
    if (size > end - at) return this.#fail('its data is longer than the event');
    if (destinations !== this.#destinations) this.#destinations = destinations;
    this.#start = at;
    this.#size = size;
    return port;
  }

  #fail(problem: string): undefined {
    this.#problem = problem;
    return undefined;
  }

  /** OOBDataSize and OOBData are after the packet; an event may end before them. */
  #readOutOfBand(record: EventRecord, { portId }: SwitchPort, into: Packet): void {
    const { pointerSize, view } = record;
    const at = this.#start + this.#size;
    const rest = record.payloadOffset + record.payloadLength - at;
    if (rest < 4) return;
    readNblInfo(view, at + 4, Math.min(view.getUint32(at, true), rest - 4), pointerSize, portId, into);
  }

  finish(): void {
    this.#fragments.finish();
  }

  /** Before the forwarding decision a packet has no destinations: its direction is inbound. */
  #applySide(packet: Packet, destinations: readonly Destination[] | undefined): void {
    packet.directionText = destinations === undefined ? 'Ingress' : 'Egress';
    if (packet.direction === Direction.unknown) {
      packet.direction = destinations === undefined ? Direction.inbound : Direction.outbound;
    }
    if (destinations !== undefined) packet.destinations = destinations;
  }

  #newPort(record: EventRecord, portId: number): SwitchPort | undefined {
    const { bytes, view, payloadOffset } = record;
    const end = payloadOffset + record.payloadLength;
    const names = readStrings(bytes, payloadOffset + SOURCE_FIXED, end, 3, this.#context.limits);
    if (names === undefined) return undefined;
    const [portName = '', nicName = '', nicType = ''] = names.texts;
    const miniportIfIndex = view.getUint32(payloadOffset, true);
    const lowerIfIndex = view.getUint32(payloadOffset + 4, true);
    const key = JSON.stringify([miniportIfIndex, lowerIfIndex, portId, portName, nicName, nicType]);
    let port = this.#ports.get(key);
    if (port === undefined) {
      // Ports without packets: names that a hostile trace makes up.
      if (this.#ports.size >= MAX_CAPTURE_LOCATIONS)
        throw new HostLimitError('interfaces', MAX_CAPTURE_LOCATIONS);
      port = {
        miniportIfIndex,
        lowerIfIndex,
        portId,
        portName,
        nicName,
        nicType,
        nicKey: nameKey(nicName),
        index: this.#ports.size,
        captureLocations: new Map(),
      };
      this.#ports.set(key, port);
    }
    const length = names.end - payloadOffset;
    this.#portCache.add(portId, bytes, payloadOffset, length, port);
    this.#portCache.foundLength = length;
    return port;
  }

  #readDestinations(
    record: EventRecord,
    at: number,
    end: number,
    count: number,
  ): readonly Destination[] | undefined {
    const { bytes, view } = record;
    if (count > (end - at - 4) / SMALLEST_DESTINATION) return undefined;
    const hint = view.getUint32(at + 4, true);
    const known = this.#destinationCache.find(hint, view, at, end - at);
    if (known !== undefined) return known;
    const destinations: Destination[] = [];
    let next = at + 4;
    for (let i = 0; i < count; i++) {
      if (end - next < 4) return undefined;
      const portId = view.getUint32(next, true);
      const names = readStrings(bytes, next + 4, end, 3, this.#context.limits);
      if (names === undefined) return undefined;
      const [portName = '', nicName = '', nicType = ''] = names.texts;
      destinations.push({ portId, portName, nicName, nicType });
      next = names.end;
    }
    this.#destinationCache.add(hint, bytes, at, next - at, destinations);
    this.#destinationCache.foundLength = next - at;
    return destinations;
  }

  #captureLocation(port: SwitchPort, linkType: number, vlanId: number, vsid: number): CaptureLocation {
    const number = captureLocationNumber(linkType, vlanId, vsid);
    const known = port.captureLocations.get(number);
    if (known !== undefined) return known;
    const { miniportIfIndex, lowerIfIndex, portId, portName, nicName, nicType } = port;
    const names = JSON.stringify([portName, nicName, nicType]);
    const captureLocation = this.#context.registry.intern({
      source: 'vswitch',
      linkType,
      key: `vswitch:${linkType}:${miniportIfIndex}:${lowerIfIndex}:${portId}:${vlanId}:${vsid}:${names}`,
      miniportIfIndex,
      lowerIfIndex,
      portId,
      portName,
      nicName,
      nicType,
      ...(vlanId === UNKNOWN ? {} : { vlanId }),
      ...(vsid === UNKNOWN ? {} : { vsid }),
    });
    port.captureLocations.set(number, captureLocation);
    return captureLocation;
  }
}

/** One number for the three: link types are below 256, VLANs below 4096, VSIDs below 2^24. */
const captureLocationNumber = (linkType: number, vlanId: number, vsid: number): number =>
  ((vsid + 1) * 0x2000 + (vlanId + 1)) * 0x100 + linkType;

function readStrings(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  limits: LimitLog,
): { readonly texts: readonly string[]; readonly end: number } | undefined {
  const texts: string[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const length = nulTerminatedLength(bytes, at, end);
    if (length < 0) return undefined;
    texts.push(limits.name(decodeUtf16(bytes, at, length)));
    at += length;
  }
  return { texts, end: at };
}
