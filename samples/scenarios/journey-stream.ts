import { ByteWriter, eventRecord, type TraceWriter } from '../encoder/index.js';
import {
  ComponentType,
  component,
  DirTag,
  PacketType,
  PKTMON,
  PktmonKeyword,
  Property,
  PropertyEvent,
  packetPayload,
  property,
} from './pktmon-events.js';

/** Offset of an event record's time. */
const TIME_AT = 16;
/** Offset of the payload, after PktGroupId, PktNumber and AppearanceCount. */
const PAYLOAD_AT = 80;
const IF_INDEX = 8;

/** An adapter with two filters and TCPIP: component and edge, from the wire up. */
const STACK: readonly (readonly [component: number, edge: number])[] = [
  [3, 1],
  [4, 2],
  [4, 1],
  [5, 2],
  [5, 1],
  [6, 1],
];

/** Appearances of each packet. */
export const HOPS = STACK.length;

/** pktmon's descriptions of the components, which Windows writes at the end. */
function components(): Uint8Array[] {
  const record = (id: number, data: Uint8Array): Uint8Array =>
    eventRecord({ provider: PKTMON, id, level: 4, keyword: PktmonKeyword.rundown, time: 0n, data });
  const number = (id: number, type: number, value: number): Uint8Array =>
    record(PropertyEvent.number, property(id, type, new ByteWriter().u32(value)));
  return [
    record(20, component(3, ComponentType.miniport, 'e1dn.sys', 'Ethernet')),
    record(20, component(4, ComponentType.filter, 'wfplwfs.sys', 'WFP')),
    record(20, component(5, ComponentType.filter, 'pacer.sys', 'QoS')),
    record(20, component(6, ComponentType.protocol, 'tcpip.sys', 'TCPIP')),
    number(3, Property.ifIndex, IF_INDEX),
    number(4, Property.ifIndex, 21),
    number(4, Property.lowerIfIndex, IF_INDEX),
    number(5, Property.ifIndex, 22),
    number(5, Property.lowerIfIndex, 21),
    ...[4, 5, 6].map((id) => number(id, Property.miniportIfIndex, IF_INDEX)),
  ];
}

/** One packet's records: up or down through the stack. */
interface Journey {
  readonly records: readonly { readonly bytes: Uint8Array; readonly view: DataView }[];
  /** Offset of the frame in each record. */
  readonly frameAt: number;
}

function journeyOf(frame: Uint8Array, isReceived: boolean): Journey {
  const path = isReceived ? STACK : [...STACK].reverse();
  const records = path.map(([componentId, edgeId]) => {
    const header = {
      groupId: 0n,
      number: 1,
      appearance: 0,
      dirTag: isReceived ? DirTag.Rx : DirTag.Tx,
      packetType: PacketType.ethernet,
      componentId,
      edgeId,
      filterId: 0,
      dropReason: 0,
      dropLocation: 0,
    };
    const bytes = eventRecord({
      provider: PKTMON,
      id: 160,
      level: 4,
      keyword: PktmonKeyword.payload,
      time: 0n,
      data: packetPayload(header, frame.length, frame),
    });
    return { bytes, view: new DataView(bytes.buffer) };
  });
  return { records, frameAt: (records[0]?.bytes.length ?? 0) - frame.length };
}

/** How {@link appendJourneys} writes. */
export interface JourneyOptions {
  readonly count: number;
  readonly processors: number;
  /** Ticks of the trace's clock. */
  readonly start: bigint;
  readonly interval: bigint;
  /** One PktGroupId for all appearances of a packet, as before Windows 11 24H2; otherwise one for each. */
  readonly isNumbered: boolean;
}

/**
 * Appends pktmon packets that each have {@link HOPS} appearances, one after the other on their processor. No two packets
 * have the same bytes: IP identification and TCP sequence number count up.
 *
 * @param frames Ethernet frames with TCP over IPv4, which take turns
 */
export function appendJourneys(
  writer: TraceWriter,
  frames: readonly Uint8Array[],
  { count, interval, isNumbered, processors, start }: JourneyOptions,
): void {
  const journeys = frames.map((frame, index) => journeyOf(frame, index % 2 === 1));
  const counters = Array.from({ length: processors }, () => 0);
  let time = start;
  for (let index = 0; index < count; index++) {
    const processor = index % processors;
    const step = Math.floor(index / processors);
    const packet = Math.floor(step / HOPS) * processors + processor;
    const hop = step % HOPS;
    const journey = journeys[packet % journeys.length];
    const record = journey?.records[hop];
    if (journey === undefined || record === undefined) break;
    const { bytes, view } = record;
    time += interval;
    counters[processor] = (counters[processor] ?? 0) + 1;
    view.setBigInt64(TIME_AT, time, true);
    const number = isNumbered ? packet + 1 : (counters[processor] ?? 0);
    view.setUint32(PAYLOAD_AT, number, true);
    view.setUint16(PAYLOAD_AT + 6, processor, true);
    view.setUint16(PAYLOAD_AT + 10, isNumbered ? hop + 1 : 0, true);
    view.setUint16(journey.frameAt + 18, packet & 0xffff);
    view.setUint32(journey.frameAt + 38, packet);
    writer.append(processor, bytes);
  }
  for (const bytes of components()) {
    new DataView(bytes.buffer).setBigInt64(TIME_AT, time, true);
    writer.append(0, bytes);
  }
}
