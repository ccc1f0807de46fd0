import {
  ByteWriter,
  type ClockOptions,
  concat,
  encodeTrace,
  TraceClock,
  type TraceOptions,
  unixTime,
} from '../encoder/index.js';
import {
  EtherType,
  ethernet,
  ipv4,
  ipv6,
  overIpv4,
  overIpv6,
  ping,
  TcpFlag,
  tcp,
  text,
  udp,
} from '../packets/index.js';
import { NDIS_PACKET_CAPTURE, NdisKeyword, nblInfo, switchPacketFragment } from './ndis-events.js';
import { NdisHost } from './ndis-host.js';
import { Recorder } from './recorder.js';
import type { Scenario, TruthDirection } from './truth.js';

/** Scenarios that tests make when they need them; they are not written to files. */

const START = unixTime('2024-02-29T23:59:58.9999990Z');
const RAS_CAPTURE = 'd84521f7-2235-4237-a7c0-14e3a9676286';
const WFP_CAPTURE = 'c22d1b14-c242-49de-9f17-1d76b8b9c458';
const NIC = { miniportIfIndex: 8, lowerIfIndex: 8 };
const HOST_MAC = '00:0d:3a:fe:3f:ab';
const ROUTER_MAC = '00:1b:21:3a:4f:50';
const OUT = { from: HOST_MAC, to: ROUTER_MAC };
const MERGED = { form: 'merged', end: START + 1_000_000n } as const;

const pingFrame = (sequence: number): Uint8Array =>
  ethernet(
    OUT,
    EtherType.ipv4,
    overIpv4({ from: '10.0.0.4', to: '192.0.2.80' }, ping('request', sequence & 0xffff), {
      id: sequence & 0xffff,
    }),
  );

/** Ras-NdisWanPacketCapture: 5001 sent and 5002 received, raw IP of two VPN users. */
export function rasVpn(): Scenario {
  const recorder = new Recorder(new TraceClock({ type: 'qpc', start: START }));
  const users = [
    { domain: '{6A1F0C52-0000-4000-8000-000000000001}', name: 'CONTOSO\\anna', ip: '10.9.0.11' },
    { domain: '', name: 'ben berg', ip: '10.9.0.12' },
  ];
  users.forEach((user, index) => {
    for (const direction of ['send', 'receive'] as const) {
      const send = direction === 'send';
      const ends = send ? { from: '10.9.0.1', to: user.ip } : { from: user.ip, to: '10.9.0.1' };
      const bytes = overIpv4(ends, ping(send ? 'request' : 'reply', index + 1), { id: 100 + index });
      const at = START + 1_000n + BigInt(index) * 500n + (send ? 0n : 70n);
      recorder.event(
        { at, processor: index, pid: 4, tid: 2000 + index },
        {
          provider: RAS_CAPTURE,
          id: send ? 5001 : 5002,
          channel: 16,
          level: 5,
          keyword: NdisKeyword[direction],
          data: new ByteWriter().utf16z(user.domain).utf16z(user.name).u32(bytes.length).bytes(bytes).take(),
        },
        {
          bytes,
          originalLength: bytes.length,
          direction: send ? 'outbound' : 'inbound',
          linkType: 101,
          captureLocation: { source: 'ras' },
          comment: {
            Dir: direction,
            ...(user.domain === '' ? {} : { RoutingDomainID: user.domain }),
            Username: user.name,
          },
        },
      );
    }
  });
  return recorder.scenario('ras-vpn', MERGED, MERGED);
}

/** Keywords of Pef-WFP-MessageProvider's events. */
const WfpKeyword = { packetStart: 0x4000_0000n, packetEnd: 0x8000_0000n } as const;

/**
 * Pef-WFP-MessageProvider: transport payloads with the addresses beside them, so that the IP header has to be made.
 * 60011/60021 IPv4/IPv6, 60012/60022 the same with a flow handle, 2000 a part of one that was too large. `bytes` of the
 * truth is the IP packet with a plain header (TTL 64, no options, identification 0).
 */
export function wfpCapture(): Scenario {
  const recorder = new Recorder(new TraceClock({ type: 'qpc', start: START }));
  const whole = WfpKeyword.packetStart | WfpKeyword.packetEnd;
  const v4 = { from: '10.0.0.4', to: '192.0.2.80' };
  const v6 = { from: '2001:db8::4', to: '2001:db8::80' };
  const moment = (at: bigint): { at: bigint; processor: number; pid: number; tid: number } => ({
    at: START + at,
    processor: 0,
    pid: 3412,
    tid: 5108,
  });
  const body = (
    version: 4 | 6,
    flow: bigint | undefined,
    protocol: number,
    segment: Uint8Array,
  ): Uint8Array => {
    const writer = new ByteWriter();
    if (version === 4) writer.bytes(ipv4(v4.from)).bytes(ipv4(v4.to));
    else writer.bytes(ipv6(v6.from)).bytes(ipv6(v6.to));
    writer.u8(protocol);
    if (flow !== undefined) writer.u64(flow);
    return writer.u16(segment.length).bytes(segment).take();
  };
  const packetTruth = (bytes: Uint8Array): Parameters<Recorder['event']>[2] => ({
    bytes,
    originalLength: bytes.length,
    direction: 'unknown' satisfies TruthDirection,
    linkType: 101,
    captureLocation: { source: 'wfp' },
    comment: {},
  });
  const segmentOf = (packet: Uint8Array, version: 4 | 6): Uint8Array =>
    packet.subarray(version === 4 ? 20 : 40);
  const small = udp([50_000, 5_000], text('inspected'));
  const segment = tcp({ ports: [50_001, 80], sequence: 7, acknowledgement: 9, flags: TcpFlag.ack });
  const cases = [
    { id: 60011, version: 4, flow: undefined, protocol: 17, transport: small },
    { id: 60012, version: 4, flow: 0x1234n, protocol: 6, transport: segment },
    { id: 60021, version: 6, flow: undefined, protocol: 17, transport: small },
    { id: 60022, version: 6, flow: 0x5678n, protocol: 6, transport: segment },
  ] as const;
  cases.forEach(({ id, version, flow, protocol, transport }, index) => {
    const packet =
      version === 4 ? overIpv4(v4, transport, { id: 0, ttl: 64, fragment: 0 }) : overIpv6(v6, transport, 64);
    recorder.event(
      moment(1_000n * BigInt(index + 1)),
      {
        provider: WFP_CAPTURE,
        id,
        level: 4,
        keyword: whole,
        data: body(version, flow, protocol, segmentOf(packet, version)),
      },
      packetTruth(packet),
    );
  });
  const large = overIpv4(v4, udp([50_002, 5_000], new Uint8Array(3000).fill(0x57)), {
    id: 0,
    ttl: 64,
    fragment: 0,
  });
  const event = body(4, undefined, 17, segmentOf(large, 4));
  const parts = [event.subarray(0, 1400), event.subarray(1400, 2800), event.subarray(2800)];
  parts.forEach((part, index) => {
    const first = index === 0;
    const last = index === parts.length - 1;
    recorder.event(
      moment(10_000n + BigInt(index) * 5n),
      {
        provider: WFP_CAPTURE,
        id: 2000,
        level: 4,
        keyword: (first ? WfpKeyword.packetStart : 0n) | (last ? WfpKeyword.packetEnd : 0n),
        data: new ByteWriter().u16(60011).u32(77).u32(part.length).bytes(part).take(),
      },
      last ? packetTruth(large) : undefined,
    );
  });
  return recorder.scenario('wfp-capture', MERGED, MERGED);
}

/** LLDP: chassis id, port id, time to live, and a system description of 200 bytes (IEEE 802.1AB). */
const lldpFrame = (): Uint8Array =>
  new ByteWriter()
    .bytes(Uint8Array.of(0x01, 0x80, 0xc2, 0, 0, 0x0e, 0x00, 0x15, 0x5d, 0, 0, 1, 0x88, 0xcc))
    .bytes(
      Uint8Array.of(0x02, 0x07, 0x04, 0x00, 0x15, 0x5d, 0, 0, 1, 0x04, 0x02, 0x07, 0x31, 0x06, 0x02, 0, 120),
    )
    .bytes(Uint8Array.of(0x0c, 200))
    .bytes(new Uint8Array(200).fill(0x73))
    .zeros(2)
    .take();

/** 1001 with a GFT flow entry after the packet, and a truncated LLDP frame, of which no header has the length. */
export function gftFlow(): Scenario {
  const host = new NdisHost({ type: 'qpc', start: START }, { gft: true });
  host.packet(
    {
      ids: NIC,
      media: 'ethernet',
      direction: 'send',
      bytes: pingFrame(1),
      gft: { flowEntryId: 0x0000_0012_3456_789an, offloadInformation: 0x2n },
    },
    { at: START + 1_000n, processor: 0, pid: 4, tid: 8 },
  );
  host.packet(
    {
      ids: NIC,
      media: 'ethernet',
      direction: 'receive',
      bytes: lldpFrame(),
      capturedLength: 64,
      lengthUnknown: true,
    },
    { at: START + 2_000n, processor: 0, pid: 0, tid: 0 },
  );
  return host.recorder.scenario('gft-flow', MERGED, MERGED);
}

/** 32-bit Windows: records of type 0x12, out-of-band slots of four bytes, VLAN and hash only. */
export function switch32Bit(): Scenario {
  const recorder = new Recorder(new TraceClock({ type: 'qpc', start: START }), 4);
  const port = { portId: 7, portName: 'port', nicName: 'nic', nicType: 'Synthetic' };
  const bytes = pingFrame(1);
  recorder.event(
    { at: START + 1_000n, processor: 0, pid: 4, tid: 8 },
    {
      provider: NDIS_PACKET_CAPTURE,
      id: 1003,
      channel: 16,
      level: 4,
      keyword:
        NdisKeyword.ethernet |
        NdisKeyword.vmSwitch |
        NdisKeyword.packetStart |
        NdisKeyword.packetEnd |
        NdisKeyword.receive,
      data: switchPacketFragment(
        NIC,
        port,
        [],
        bytes,
        nblInfo({ vlanId: 42, priority: 5, hashValue: 0xcafe }, 4),
      ),
    },
    {
      bytes,
      originalLength: bytes.length,
      direction: 'inbound',
      linkType: 1,
      captureLocation: { source: 'vswitch', ...NIC, ...port, vlanId: 42 },
      comment: {
        Dir: 'Ingress',
        VlanId: '42',
        Priority: '5',
        SrcPortId: '7',
        SrcNicType: 'Synthetic',
        SrcNicName: 'nic',
        SrcPortName: 'port',
        HashValue: '0000cafe',
      },
    },
  );
  return recorder.scenario('switch-32-bit', { form: 'live', bufferSize: 4096 }, MERGED);
}

/**
 * The same packets on any clock and in any form: `count` pings, 10 µs apart, on processors in turn.
 *
 * @param options of the file; the compressed form is always a merged one
 */
export function pings(
  count: number,
  clock: Omit<ClockOptions, 'start'> & { readonly start?: bigint },
  options: Omit<TraceOptions, 'clock'> & { readonly processors?: number } = {},
): Scenario {
  const start = clock.start ?? START;
  const host = new NdisHost(
    { ...clock, start },
    { gft: true, ...(options.pointerSize === undefined ? {} : { pointerSize: options.pointerSize }) },
  );
  const processors = options.processors ?? 4;
  for (let sequence = 0; sequence < count; sequence++) {
    host.packet(
      { ids: NIC, media: 'ethernet', direction: 'send', bytes: pingFrame(sequence) },
      { at: start + 1_000n + BigInt(sequence) * 100n, processor: sequence % processors, pid: 4, tid: 8 },
    );
  }
  return host.recorder.scenario('pings', options, { ...MERGED, processors });
}

/** `filemode=single` copied while it was open: no end, no count, no recorded loss. */
export function neverClosed(): Scenario {
  return pings(64, { type: 'qpc' }, { form: 'live', bufferSize: 2048, closed: false });
}

/**
 * A circular file after a wrap: the file holds the newest buffers, the oldest of them in the middle. `plain` lacks the
 * packets that were overwritten, and so does the truth; `compressed` is the whole trace.
 */
export function wrapped(): Scenario {
  const scenario = pings(
    96,
    { type: 'qpc' },
    { form: 'live', bufferSize: 2048, processors: 1, circular: true },
  );
  const bufferSize = 2048;
  const header = scenario.plain.subarray(0, bufferSize);
  const buffers: Uint8Array[] = [];
  for (let at = bufferSize; at < scenario.plain.length; at += bufferSize) {
    buffers.push(scenario.plain.subarray(at, at + bufferSize));
  }
  // Space for all but the first three: the first three buffers of the file are overwritten by the last three.
  const kept = buffers.slice(3);
  const turned = concat([header, ...kept.slice(-3), ...kept.slice(0, -3)]);
  const lost = packetsIn(buffers.slice(0, 3));
  const truth = {
    ...scenario.truth,
    packets: scenario.truth.packets.slice(lost),
    events: { [`${NDIS_PACKET_CAPTURE}/1001`]: scenario.truth.packets.length - lost },
  };
  return { ...scenario, name: 'wrapped', plain: turned, truth };
}

/** Events of type 0x13 in plain live buffers, by walking their sizes. */
function packetsIn(buffers: readonly Uint8Array[]): number {
  let count = 0;
  for (const buffer of buffers) {
    const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    const end = view.getUint32(48, true);
    for (let at = 72; at < end; at += (view.getUint16(at, true) + 7) & ~7) count++;
  }
  return count;
}

/**
 * Times that step back inside a buffer: a record was reserved before the one in front of it was written. The truth is
 * in the order of the times.
 */
export function stepsBack(): Scenario {
  const host = new NdisHost({ type: 'qpc', start: START }, { gft: true });
  for (let sequence = 0; sequence < 12; sequence++) {
    host.packet(
      { ids: NIC, media: 'ethernet', direction: 'send', bytes: pingFrame(sequence) },
      { at: START + 1_000n + BigInt(sequence) * 100n, processor: 0, pid: 4, tid: 8 },
    );
  }
  const { recorder } = host;
  const records = recorder.records().map(({ record }) => record);
  const swapped = records.map((record, index) => records[index ^ 1] ?? record);
  const buffers = [{ processor: 0, records: swapped }];
  const encode = (options: Omit<TraceOptions, 'clock'>): Uint8Array =>
    encodeTrace({ ...options, clock: recorder.clock }, buffers);
  return {
    name: 'steps-back',
    plain: encode({ form: 'live' }),
    compressed: encode({ ...MERGED, compression: 'matches' }),
    truth: recorder.truth(),
  };
}
