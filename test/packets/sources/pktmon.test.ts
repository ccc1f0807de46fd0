import { describe, expect, it } from 'vitest';
import { concat, eventSchemaRecord, InType } from '../../../samples/encoder/index.js';
import { LinkType } from '../../../src/net/numbers.js';
import { Offload } from '../../../src/packets/index.js';
import { Direction, UNKNOWN } from '../../../src/packets/packet.js';
import { Capture, counting, ethernet, ipv4, payload, type TestEvent } from './build.js';
import { DECRYPTED, ENCRYPTED } from './wifi-frames.js';

const PROVIDER = '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac';

interface Header {
  readonly group?: bigint;
  readonly number?: number;
  readonly appearance?: number;
  readonly direction?: number;
  readonly type?: number;
  readonly component?: number;
  readonly edge?: number;
  readonly filter?: number;
  readonly reason?: number;
  readonly location?: number;
}

/** The fields that payload events and NBL information begin with: 30 bytes. */
const header = (fields: Header) =>
  payload()
    .u64(fields.group ?? 0x2_0000_0000_0001n)
    .u16(fields.number ?? 1)
    .u16(fields.appearance ?? 1)
    .u16(fields.direction ?? 0)
    .u16(fields.type ?? 1)
    .u16(fields.component ?? 25)
    .u16(fields.edge ?? 1)
    .u16(fields.filter ?? 0)
    .u32(fields.reason ?? 0)
    .u32(fields.location ?? 0);

type Frame = { readonly bytes?: Uint8Array; readonly original?: number };

/** 160, 170, 240: OriginalPayloadSize, LoggedPayloadSize, Payload. */
const packetEvent = (fields: Header & Frame, more: Partial<TestEvent> = {}): TestEvent => {
  const bytes = fields.bytes ?? ethernet([0x0800], ipv4(46, 46));
  const data = header(fields)
    .u16(fields.original ?? bytes.length)
    .u16(bytes.length)
    .bytes(bytes)
    .take();
  return { provider: PROVIDER, id: 160, keyword: 0x10n, data, ...more };
};

/** 180, 190: nine pointers and three 64-bit numbers. */
const infoEvent = (
  fields: Header & {
    readonly vlan?: number;
    readonly hash?: number;
    readonly vsid?: number;
    readonly port?: number;
    readonly checksum?: number;
    readonly largeSend?: number;
    readonly coalescing?: number;
    readonly nicIndex?: number;
  },
  more: Partial<TestEvent> = {},
): TestEvent => {
  const size = more.pointerSize ?? 8;
  const data = header(fields)
    .pointer(BigInt(fields.checksum ?? 0), size) // TcpIpChecksum
    .pointer(BigInt(fields.largeSend ?? 0), size) // TcpLargeSend
    .pointer(BigInt((fields.vlan ?? 0) << 4), size) // Ieee8021Q
    .pointer(0n, size) // HashInfo
    .pointer(BigInt(fields.hash ?? 0), size) // HashValue
    .pointer(BigInt(fields.vsid ?? 0), size) // VirtualSubnetInfo
    .pointer(BigInt(fields.coalescing ?? 0), size) // TcpRecvSegCoalesceInfo
    .pointer(0n, size) // NrtNameResolutionId
    .pointer(0n, size) // TcpSendOffloadsSupplementalInfo
    .u64((BigInt(fields.port ?? 0) << 16n) | (BigInt(fields.nicIndex ?? 0) << 32n)) // SwitchForwardingDetail
    .u64(0n) // GftOffloadInfo
    .u64(77n) // GftFlowEntryId
    .take();
  return { provider: PROVIDER, id: 180, keyword: 0x8n, data, ...more };
};

describe('PktMon event 160', () => {
  it('is a packet at a component, with its group as NBL, number, appearance, edge and filter', () => {
    const bytes = ethernet([0x0800], ipv4(1400, 100));
    const decoded = new Capture().one(
      packetEvent({ bytes, original: 1414, number: 2, appearance: 3, edge: 4, filter: 5, component: 59 }),
    );
    expect(decoded.outcome).toBe('packet');
    expect(decoded.bytes).toEqual([...bytes]);
    expect(decoded.packet).toMatchObject({
      originalLength: 1414,
      hasNbl: true,
      nblHigh: 0x2_0000,
      nblLow: 1,
      packetNumber: 2,
      appearance: 3,
      edgeId: 4,
      filterId: 5,
      dropped: false,
    });
    expect(decoded.packet.captureLocation).toMatchObject({
      source: 'pktmon',
      componentId: 59,
      linkType: LinkType.ethernet,
    });
  });

  it.each([
    [0, undefined, Direction.unknown],
    [1, 'In', Direction.inbound],
    [2, 'Out', Direction.outbound],
    [3, 'Rx', Direction.inbound],
    [4, 'Tx', Direction.outbound],
    [5, 'Ingress', Direction.inbound],
    [6, 'Egress', Direction.outbound],
    [7, undefined, Direction.unknown],
  ])('direction tag %i is %s', (direction, directionText, expected) => {
    const { packet } = new Capture().one(packetEvent({ direction }));
    expect(packet).toMatchObject({ directionText, direction: expected });
  });

  it('is raw IP for packet type 3, and 0 is what the bytes are', () => {
    const [ip, unknownIp, unknownFrame] = new Capture().decode(
      packetEvent({ type: 3, bytes: ipv4(60, 60) }),
      packetEvent({ type: 0, bytes: ipv4(60, 60) }),
      packetEvent({ type: 0 }),
    );
    expect(ip?.packet.captureLocation.linkType).toBe(LinkType.raw);
    expect(unknownIp?.packet.captureLocation.linkType).toBe(LinkType.raw);
    expect(unknownFrame?.packet.captureLocation.linkType).toBe(LinkType.ethernet);
  });

  it('stays an event, counted by type, where its payload starts above IP (packet types 4 to 11)', () => {
    const capture = new Capture();
    // UDP from port 17,664 (0x4500): begins like an IPv4 header.
    const udp = Uint8Array.from([0x45, 0x00, 0x00, 0x35, 0x00, 0x18, 0, 0, ...counting(16)]);
    const events = [4, 5, 6, 7, 8, 9, 10, 11, 12].map((type) => packetEvent({ type, bytes: udp }));
    expect(capture.decode(...events, packetEvent({ type: 6, bytes: udp })).map((d) => d.outcome)).toEqual(
      new Array(10).fill('event'),
    );
    expect(Object.fromEntries(capture.decoder.unwritable)).toEqual({
      HTTP: 1,
      TCP: 1,
      UDP: 2,
      ARP: 1,
      ICMP: 1,
      ESP: 1,
      AH: 1,
      L4Payload: 1,
      'type 12': 1,
    });
  });

  it('is a packet whatever its type says where the bytes are a frame or an IP packet of the stated length', () => {
    const capture = new Capture();
    const [ip, frame, longer] = capture.decode(
      packetEvent({ type: 12, bytes: ipv4(60, 40), original: 60 }),
      packetEvent({ type: 5 }),
      packetEvent({ type: 12, bytes: ipv4(60, 40), original: 61 }),
    );
    expect(ip?.packet).toMatchObject({ packetType: 'type 12', originalLength: 60 });
    expect(ip?.packet.captureLocation.linkType).toBe(LinkType.raw);
    expect(frame?.packet.captureLocation.linkType).toBe(LinkType.ethernet);
    expect(longer?.outcome).toBe('event');
  });

  it.each([
    ['request, to everybody', 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['reply, to whom it answers', 2, [2, 0, 0, 0, 0, 9]],
  ])('of type ARP gets the Ethernet header that its addresses tell: %s', (_, operation, destination) => {
    const sender = [2, 0, 0, 0, 0, 7];
    const arp = [0, 1, 8, 0, 6, 4, 0, operation, ...sender, 10, 0, 0, 1, 2, 0, 0, 0, 0, 9, 10, 0, 0, 2];
    const { bytes, packet } = new Capture().one(packetEvent({ type: 7, bytes: Uint8Array.from(arp) }));
    expect(bytes).toEqual([...destination, ...sender, 0x08, 0x06, ...arp]);
    expect(packet).toMatchObject({ packetType: 'ARP', originalLength: 42 });
    expect(packet.captureLocation.linkType).toBe(LinkType.ethernet);
  });

  it('has the length of its IP header where OriginalPayloadSize wrapped at 65,536', () => {
    const bytes = ethernet([0x0800], ipv4(65_535, 114));
    const [wrapped, asWifi] = new Capture().decode(
      packetEvent({ bytes, original: 13 }),
      packetEvent({ type: 2, bytes, original: 13 }),
    );
    expect(wrapped?.packet.originalLength).toBe(65_549);
    expect(asWifi?.packet).toMatchObject({ originalLength: 65_549, packetType: 'WiFi' });
  });

  it('has an original length that is never below what was logged', () => {
    expect(new Capture().one(packetEvent({ bytes: counting(60), original: 0 })).packet.originalLength).toBe(
      60,
    );
  });

  it('is damaged, with a reason, wherever it is cut', () => {
    const whole = packetEvent({});
    for (let length = 0; length < whole.data.length; length++) {
      const decoded = new Capture().one({ ...whole, data: whole.data.subarray(0, length) });
      expect(decoded.outcome, `cut at ${length}`).toBe('damaged');
    }
  });

  it('is read the same by events 240 and by later versions of the event', () => {
    const [variant, later] = new Capture().decode(
      packetEvent({}, { id: 240 }),
      packetEvent({}, { version: 3 }),
    );
    expect(variant?.outcome).toBe('packet');
    expect(later?.outcome).toBe('packet');
  });
});

describe('PktMon events in a trace that embeds another layout', () => {
  it('are read as the trace says', () => {
    const u16 = (name: string) => ({ name, inType: InType.uint16 });
    const schema = eventSchemaRecord(
      {
        provider: PROVIDER,
        providerName: 'Microsoft-Windows-PktMon',
        id: 160,
        fields: [
          { name: 'Flags', inType: InType.uint8 },
          { name: 'PktGroupId', inType: InType.uint64 },
          { name: 'ComponentId', inType: InType.uint32 },
          u16('DirTag'),
          u16('PacketType'),
          { name: 'OriginalPayloadSize', inType: InType.uint32 },
          { name: 'LoggedPayloadSize', inType: InType.uint32 },
          { name: 'Payload', inType: InType.binary, length: 'LoggedPayloadSize' },
        ],
      },
      0n,
    );
    const capture = new Capture();
    capture.addSchema(schema);
    const bytes = ethernet([0x0800], ipv4(46, 46));
    const data = payload().u8(1).u64(5n).u32(70_000).u16(4).u16(1).u32(90_000).u32(60).bytes(bytes).take();
    const decoded = capture.one({ provider: PROVIDER, id: 160, data });
    expect(decoded.bytes).toEqual([...bytes]);
    expect(decoded.packet.captureLocation.componentId).toBe(70_000);
    expect(decoded.packet).toMatchObject({
      originalLength: 90_000,
      directionText: 'Tx',
      nblLow: 5,
      packetNumber: UNKNOWN,
      edgeId: UNKNOWN,
      dropped: false,
    });
  });
});

describe('PktMon event 170', () => {
  it('is a dropped packet with reason and location', () => {
    const { packet } = new Capture().one(packetEvent({ reason: 8, location: 0xe000_4151 }, { id: 170 }));
    expect(packet).toMatchObject({ dropped: true, dropReason: 8, dropLocation: 0xe000_4151 });
  });

  it('is dropped for reason 0 too, and location 0 is none', () => {
    const { packet } = new Capture().one(packetEvent({}, { id: 170 }));
    expect(packet).toMatchObject({ dropped: true, dropReason: 0, dropLocation: UNKNOWN });
  });
});

describe('PktMon NBL information (180, 190)', () => {
  const values = { vlan: 101, hash: 0xabcd, vsid: 5001, port: 3 };
  const applied = {
    vlanId: 101,
    hashValue: 0xabcd,
    vsid: 5001,
    sourcePortId: 3,
    gftFlowHigh: 0,
    gftFlowLow: 77,
  };
  const nothing = {
    vlanId: UNKNOWN,
    hashValue: UNKNOWN,
    vsid: UNKNOWN,
    sourcePortId: UNKNOWN,
    gftFlowLow: 0,
  };

  it('goes into the packet behind it', () => {
    const [info, packet] = new Capture().decode(infoEvent(values), packetEvent({}));
    expect(info?.outcome).toBe('merged');
    expect(packet?.packet).toMatchObject(applied);
  });

  it('has the offloads of the packet and the team member that it went through', () => {
    // Transmit: IsIPv4, TcpChecksum, IpHeaderChecksum, header at 34; LSO with MSS 1460 and the header at 34.
    const send = infoEvent({
      checksum: 0x15 | (34 << 16),
      largeSend: 1460 | (34 << 20),
      nicIndex: 3,
      port: 3,
    });
    const [, packet] = new Capture().decode(send, packetEvent({ direction: 4 }));
    expect(packet?.packet).toMatchObject({
      directionText: 'Tx',
      offload: Offload.checksum | Offload.largeSend,
      nicIndex: 3,
      sourcePortId: 3,
    });
  });

  it('goes into the packet before it', () => {
    const [packet, info] = new Capture().decode(packetEvent({}), infoEvent(values));
    expect(packet?.packet).toMatchObject(applied);
    expect(info?.outcome).toBe('merged');
  });

  it('goes over other events of the provider, and 190 into 170', () => {
    const parsed: TestEvent = { provider: PROVIDER, id: 120, data: new Uint8Array(60) };
    const [packet, , info] = new Capture().decode(
      packetEvent({ reason: 8 }, { id: 170 }),
      parsed,
      infoEvent({ ...values, reason: 8 }, { id: 190 }),
    );
    expect(packet?.packet).toMatchObject({ ...applied, dropped: true });
    expect(info?.outcome).toBe('merged');
  });

  it('is for all packets of its NBL: PktCount is their number', () => {
    const [, first, second, third] = new Capture().decode(
      infoEvent({ ...values, number: 2 }),
      packetEvent({ number: 1 }),
      packetEvent({ number: 2 }),
      packetEvent({ number: 3 }),
    );
    expect(first?.packet).toMatchObject(applied);
    expect(second?.packet).toMatchObject(applied);
    expect(third?.packet).toMatchObject(nothing);
  });

  it('of several packets may stand behind the last', () => {
    const [first, second, info] = new Capture().decode(
      packetEvent({ number: 1 }),
      packetEvent({ number: 2 }),
      infoEvent({ ...values, number: 2 }),
    );
    expect(first?.packet).toMatchObject(applied);
    expect(second?.packet).toMatchObject(applied);
    expect(info?.outcome).toBe('merged');
  });

  it.each([
    ['group', { group: 9n }],
    ['appearance', { appearance: 2 }],
    ['component', { component: 26 }],
    ['edge', { edge: 2 }],
  ])('of another %s is not this packet’s, and stays an event', (_, other) => {
    const [before, info, after] = new Capture().decode(
      packetEvent({}),
      infoEvent({ ...values, ...other }),
      packetEvent({}),
    );
    expect(before?.packet).toMatchObject(nothing);
    expect(info?.outcome).toBe('event');
    expect(after?.packet).toMatchObject(nothing);
  });

  it('has pointers of the record’s size', () => {
    const narrow = { pointerSize: 4 } as const;
    const [info, packet] = new Capture().decode(infoEvent(values, narrow), packetEvent({}, narrow));
    expect(info?.outcome).toBe('merged');
    expect(packet?.packet).toMatchObject(applied);
  });

  it('is not looked for beyond another provider’s event or a record that is no event', () => {
    const other: TestEvent = { provider: '00000000-0000-0000-0000-000000000001', id: 1, data: counting(8) };
    const [packet, , info] = new Capture().decode(packetEvent({}), other, infoEvent(values));
    expect(packet?.packet).toMatchObject(nothing);
    expect(info?.outcome).toBe('event');
  });
});

describe('802.11 in PktMon', () => {
  const decode = (bytes: Uint8Array) => new Capture().one(packetEvent({ type: 2, bytes }));

  it.each(ENCRYPTED)('%s keeps the Protected bit', (_, bytes) => {
    const decoded = decode(bytes);
    expect(decoded.packet.captureLocation.linkType).toBe(LinkType.ieee80211);
    expect(decoded.bytes).toEqual([...bytes]);
  });

  it.each(DECRYPTED)('%s in plain text has the Protected bit cleared', (_, bytes) => {
    const decoded = decode(bytes);
    expect(decoded.packet.captureLocation.linkType).toBe(LinkType.ieee80211);
    expect(decoded.bytes).toEqual([bytes[0], (bytes[1] ?? 0) & ~0x40, ...bytes.subarray(2)]);
  });

  it('is Ethernet where the bytes evidently are, and says so', () => {
    for (const frame of [
      ethernet([0x0800], ipv4(46, 46)),
      ethernet([0x8100, 0x0800], ipv4(46, 46)),
      ethernet([0x0806], Uint8Array.from([0, 1, 8, 0, 6, 4, 0, 1, ...new Array<number>(20).fill(0)])),
      ethernet([0x888e], Uint8Array.from([2, 3, 0, 4, 1, 2, 3, 4])),
    ]) {
      const { packet, bytes } = decode(frame);
      expect(packet.captureLocation.linkType).toBe(LinkType.ethernet);
      expect(packet.packetType).toBe('WiFi');
      expect(bytes).toEqual([...frame]);
    }
  });

  it('is not Ethernet where the lengths behind the EtherType do not fit', () => {
    const decoded = decode(concat([ethernet([0x0800], ipv4(1500, 46))]));
    expect(decoded.packet.captureLocation.linkType).toBe(LinkType.ieee80211);
    expect(decoded.packet.packetType).toBeUndefined();
  });
});
