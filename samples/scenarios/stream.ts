import {
  ByteWriter,
  type EmbeddedSchema,
  eventRecord,
  eventSchemaRecord,
  InType,
  TraceClock,
  type TraceOptions,
  TraceWriter,
  unixTime,
} from '../encoder/index.js';
import { EtherType, ethernet, overIpv4, TcpFlag, tcp } from '../packets/index.js';
import { appendJourneys } from './journey-stream.js';
import {
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  nblInfo,
  packetFragment,
  type SwitchPort,
  switchPacketFragment,
} from './ndis-events.js';
import { DirTag, PacketType, PKTMON, PktmonKeyword, packetPayload } from './pktmon-events.js';
import { Random } from './random.js';

const START = unixTime('2025-01-15T12:00:00Z');
/** Where event records have their time. */
const TIME_AT = 16;
/** Different packets that are repeated; a few, so that compression has work as with real traffic. */
const VARIANTS = 64;
const CONTOSO_SERVICE = '7a3c9f52-40f1-4d5b-9f3e-51a7c0de0001';

/** Kind of the records of a large trace; `host`: pktmon's packets, each followed by three events. */
export type StreamKind = 'ndis' | 'pktmon' | 'vswitch' | 'events' | 'host' | JourneyKind;

/** Packets with several appearances: with pktmon's numbers, and as Windows 11 24H2 numbers them. */
type JourneyKind = 'journeys' | 'journeys-24h2';

export interface StreamOptions {
  readonly kind: StreamKind;
  /** Records to write. */
  readonly count: number;
  /**
   * Bytes of TCP payload in a packet, after 54 bytes of headers; default 400. Two: anything from the first to the
   * second.
   */
  readonly payloadSize?: number | readonly [from: number, to: number];
  readonly processors?: number;
  /** Record times in 100 ns apart; default 10 (a million packets a second). */
  readonly interval?: bigint;
  readonly trace?: Omit<TraceOptions, 'clock'>;
}

/** An event with eight fields of a manifest, for benchmarks of event decoding. */
export const EIGHT_FIELDS: EmbeddedSchema = {
  provider: CONTOSO_SERVICE,
  providerName: 'Contoso-Service-Requests',
  id: 42,
  level: 4,
  keyword: 1n,
  levelName: 'Information',
  message: 'Request %2 of user %3 took %6 microseconds and ended with %7',
  fields: [
    { name: 'ConnectionId', inType: InType.uint64 },
    { name: 'RequestId', inType: InType.uint32 },
    { name: 'User', inType: InType.unicodeString },
    { name: 'Path', inType: InType.unicodeString },
    { name: 'ActivityId', inType: InType.guid },
    { name: 'Duration', inType: InType.uint32 },
    { name: 'Status', inType: InType.hexInt32 },
    { name: 'Object', inType: InType.pointer },
  ],
};

function packets(count: number, payloadSize: readonly [from: number, to: number]): Uint8Array[] {
  const random = new Random(1);
  return Array.from({ length: count }, (_, index) => {
    const length = random.between(...payloadSize);
    const segment = tcp({
      ports: [49_152 + index, 443],
      sequence: index * length,
      acknowledgement: 1,
      flags: TcpFlag.ack,
      payload: Uint8Array.from({ length }, () => random.between(0, 255)),
    });
    const packet = overIpv4({ from: '10.0.0.4', to: `198.51.100.${1 + (index % 250)}` }, segment, {
      id: index,
    });
    return ethernet({ from: '00:0d:3a:fe:3f:ab', to: '00:1b:21:3a:4f:50' }, EtherType.ipv4, packet);
  });
}

const switchPort = (portId: number, nicType: string): SwitchPort => ({
  portId,
  portName: `A1B2C3D4-000${portId}-4000-8000-00000000000${portId}`,
  nicName: `0E5B2F7C-8E21-4F8B-B1A7-00155D3C900${portId}--4C1D8D52-1A2B-4C3D-9E8F-00155D3C900${portId}`,
  nicType,
});

const SWITCH_PORTS = [
  switchPort(1, 'External'),
  switchPort(2, 'Internal'),
  switchPort(3, 'Synthetic'),
  switchPort(4, 'Synthetic'),
] as const;

/** Events of a vSwitch about a packet: without a destination when it enters, then with one (or, flooded, with two). */
function atSwitch(index: number, bytes: Uint8Array): Uint8Array {
  const [external, internal, first, second] = SWITCH_PORTS;
  const source = index % 4 < 2 ? first : second;
  const isFlooded = index % 16 === 1;
  const destinations = index % 2 === 0 ? [] : isFlooded ? [external, internal] : [external];
  const outOfBand = nblInfo({
    vlanId: 100 + source.portId,
    hashValue: 0x9e37_79b9 ^ (index << 8),
    sourcePortId: source.portId,
  });
  return switchPacketFragment(
    { miniportIfIndex: 12, lowerIfIndex: 8 },
    source,
    destinations,
    bytes,
    outOfBand,
  );
}

function templates(
  kind: Exclude<StreamKind, JourneyKind>,
  payloadSize: readonly [from: number, to: number],
): Uint8Array[] {
  const ids = { miniportIfIndex: 8, lowerIfIndex: 8 };
  if (kind === 'host') {
    const events = templates('events', payloadSize);
    return templates('pktmon', payloadSize).flatMap((packet, index) => [
      packet,
      ...events.slice(index % (VARIANTS - 2)).slice(0, 3),
    ]);
  }
  if (kind === 'events') {
    return Array.from({ length: VARIANTS }, (_, index) =>
      eventRecord({
        provider: CONTOSO_SERVICE,
        id: 42,
        level: 4,
        keyword: 1n,
        time: 0n,
        processId: 3412,
        threadId: 5000 + index,
        data: new ByteWriter()
          .u64(0x1_0000_0000n + BigInt(index))
          .u32(index)
          .utf16z(`user${index}@contoso.example`)
          .utf16z(`/api/v2/items/${index * 7919}`)
          .guid('d8a1f3b0-2c11-4d5e-8f60-71a2b3c4d5e6')
          .u32(1000 + index)
          .u32(index % 5 === 0 ? 0xc000_0005 : 0)
          .u64(0xffff_8a0c_5e3b_1080n)
          .take(),
      }),
    );
  }
  return packets(VARIANTS, payloadSize).map((bytes, index) => {
    if (kind !== 'pktmon') {
      const send = index % 2 === 0;
      const isSwitch = kind === 'vswitch';
      return eventRecord({
        provider: NDIS_PACKET_CAPTURE,
        id: isSwitch ? 1003 : 1001,
        channel: 16,
        level: 4,
        keyword:
          (isSwitch ? NdisKeyword.vmSwitch : NdisKeyword.ethernet) |
          NdisKeyword.packetStart |
          NdisKeyword.packetEnd |
          NdisKeyword.packet |
          (send ? NdisKeyword.send : NdisKeyword.receive),
        time: 0n,
        processId: 4,
        threadId: 8,
        data: isSwitch
          ? atSwitch(index, bytes)
          : packetFragment(ids, bytes, { flowEntryId: 0n, offloadInformation: 0n }),
      });
    }
    const header = {
      groupId: BigInt(index),
      number: 1,
      appearance: 1,
      dirTag: index % 2 === 0 ? DirTag.Tx : DirTag.Rx,
      packetType: PacketType.ethernet,
      componentId: 3 + (index % 8),
      edgeId: 1,
      filterId: 0,
      dropReason: 0,
      dropLocation: 0,
    };
    return eventRecord({
      provider: PKTMON,
      id: 160,
      level: 4,
      keyword: PktmonKeyword.payload,
      time: 0n,
      data: packetPayload(header, bytes.length, bytes),
    });
  });
}

/**
 * Writes a trace of any size to `sink`, with one buffer per processor in memory. Record `n` is at 2025-01-15T12:00:00Z
 * plus `(n + 1) * interval`, on processor `n % processors`; its content is one of 64 (`host`: of 64 packets and 64 events)
 * that take turns.
 *
 * @param sink gets the file's pieces in order; each is valid only during the call
 * @returns the header buffer of the closed file, to be written over the first piece
 */
export function streamTrace(options: StreamOptions, sink: (bytes: Uint8Array) => void): Uint8Array {
  const { kind, count, payloadSize = 400, processors = 4, interval = 10n } = options;
  const clock = new TraceClock({ type: 'qpc', start: START });
  const writer = new TraceWriter(
    { form: 'live', bufferSize: 0x1_0000, processors, ...options.trace, clock },
    sink,
  );
  const sizes = typeof payloadSize === 'number' ? ([payloadSize, payloadSize] as const) : payloadSize;
  if (kind === 'journeys' || kind === 'journeys-24h2') {
    const start = clock.startTicks;
    const isNumbered = kind === 'journeys';
    appendJourneys(writer, packets(VARIANTS, sizes), { count, processors, start, interval, isNumbered });
    return writer.finish();
  }
  const records = templates(kind, sizes).map((bytes) => ({ bytes, view: new DataView(bytes.buffer) }));
  if (kind === 'events' || kind === 'host')
    writer.append(0, eventSchemaRecord(EIGHT_FIELDS, clock.startTicks));
  let time = clock.startTicks;
  for (let index = 0; index < count; index++) {
    const record = records[index % records.length];
    if (record === undefined) break;
    time += interval;
    record.view.setBigInt64(TIME_AT, time, true);
    writer.append(index % processors, record.bytes);
  }
  return writer.finish();
}
