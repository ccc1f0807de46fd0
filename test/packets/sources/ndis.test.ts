import { describe, expect, it } from 'vitest';
import { LinkType } from '../../../src/net/numbers.js';
import { Direction, UNKNOWN } from '../../../src/packets/packet.js';
import { Capture, counting, ethernet, ipv4, payload, START_UNIX, type TestEvent, timeOf } from './build.js';
import { DECRYPTED, ENCRYPTED } from './wifi-frames.js';

const PROVIDER = '2ed6006e-4729-4609-b423-3ee7bcd678ef';

// Keywords of the manifest (docs/format/packet-events.md).
const ETHERNET = 0x1n;
const WIRELESS_WAN = 0x200n;
const TUNNEL = 0x8000n;
const NATIVE_80211 = 0x1_0000n;
const START = 0x4000_0000n;
const END = 0x8000_0000n;
const WHOLE = START | END;
const SEND = 0x1_0000_0000n;
const RECEIVE = 0x2_0000_0000n;
/** PacketTruncated. */
const TRUNCATED = 0x200_0000n;
const DROPPED = 0x100_0000_0000n;

/** 1001: MiniportIfIndex, LowerIfIndex, FragmentSize, Fragment. */
const fragment = (
  bytes: Uint8Array,
  keyword: bigint,
  more: Partial<TestEvent> & {
    readonly miniport?: number;
    readonly lower?: number;
    readonly gft?: bigint;
  } = {},
): TestEvent => {
  const { miniport = 8, lower = 12, gft, ...rest } = more;
  const data = payload().u32(miniport).u32(lower).u32(bytes.length).bytes(bytes);
  if (gft !== undefined) data.u64(gft).u64(0n);
  return { provider: PROVIDER, id: 1001, keyword, data: data.take(), ...rest };
};

/** 1002 with a DOT11_EXTSTA_RECV_CONTEXT of 48 bytes. */
const metadata = (
  more: Partial<TestEvent> & { readonly rssi?: number; readonly size?: number } = {},
): TestEvent => {
  const { rssi = -52, size = 48, ...rest } = more;
  const context = payload()
    .u8(0x80)
    .u8(1)
    .u16(48)
    .u32(0x4000_0000)
    .u32(8)
    .u32(5180)
    .u16(2)
    .u16(0)
    .u32(rssi >>> 0)
    .u8(108)
    .zeros(size - 25)
    .take();
  const data = payload().u32(8).u32(12).u32(context.length).bytes(context).take();
  return { provider: PROVIDER, id: 1002, keyword: NATIVE_80211 | RECEIVE, data, ...rest };
};

describe('NDIS event 1001', () => {
  it('is an Ethernet frame with time, process, thread, processor, interface and direction', () => {
    const bytes = counting(60);
    const event = fragment(bytes, ETHERNET | WHOLE | SEND, {
      at: 15n,
      processor: 3,
      processId: 1284,
      threadId: 77,
    });
    const decoded = new Capture().one(event);
    expect(decoded.outcome).toBe('packet');
    expect(decoded.bytes).toEqual([...bytes]);
    expect(timeOf(decoded.packet)).toBe(START_UNIX + 15n);
    expect(decoded.packet).toMatchObject({
      processId: 1284,
      threadId: 77,
      processor: 3,
      direction: Direction.outbound,
      directionText: 'send',
      originalLength: 60,
      dropped: false,
      hasNbl: false,
    });
    expect(decoded.packet.captureLocation).toMatchObject({
      source: 'ndis',
      linkType: LinkType.ethernet,
      miniportIfIndex: 8,
      lowerIfIndex: 12,
    });
  });

  it('marked as truncated has the length of its IP header, or an unknown one', () => {
    const arp = ethernet([0x0806], counting(20));
    const cut = ethernet([0x0800], ipv4(220, 60));
    const [unknown, inferred, unmarked] = new Capture().decode(
      fragment(arp, ETHERNET | WHOLE | TRUNCATED),
      fragment(cut, ETHERNET | WHOLE | TRUNCATED),
      fragment(arp, ETHERNET | WHOLE),
    );
    expect(unknown?.packet).toMatchObject({ lengthUnknown: true, originalLength: 34 });
    expect(inferred?.packet).toMatchObject({ lengthUnknown: false, originalLength: 14 + 20 + 200 });
    expect(unmarked?.packet).toMatchObject({ lengthUnknown: false, originalLength: 34 });
  });

  it('has GFT fields behind the frame since Windows Server 2019', () => {
    const capture = new Capture();
    const [without, zero, flow] = capture.decode(
      fragment(counting(60), ETHERNET | WHOLE),
      fragment(counting(60), ETHERNET | WHOLE, { gft: 0n }),
      fragment(counting(60), ETHERNET | WHOLE, { gft: 0x1_0000_0007n }),
    );
    expect(without?.packet).toMatchObject({ gftFlowHigh: 0, gftFlowLow: 0 });
    expect(zero?.packet).toMatchObject({ gftFlowHigh: 0, gftFlowLow: 0 });
    expect(flow?.packet).toMatchObject({ gftFlowHigh: 1, gftFlowLow: 7 });
    expect(flow?.bytes).toHaveLength(60);
  });

  it('tells receive from the keyword, nothing without it, and the Dropped keyword', () => {
    const [receive, neither] = new Capture().decode(
      fragment(counting(60), ETHERNET | WHOLE | RECEIVE | DROPPED),
      fragment(counting(60), ETHERNET | WHOLE),
    );
    expect(receive?.packet).toMatchObject({
      direction: Direction.inbound,
      directionText: 'receive',
      dropped: true,
      dropReason: UNKNOWN,
    });
    expect(neither?.packet).toMatchObject({
      direction: Direction.unknown,
      directionText: undefined,
      dropped: false,
    });
  });

  it('is Ethernet without a media keyword, raw IP for mobile broadband', () => {
    const [none, mobile] = new Capture().decode(
      fragment(ethernet([0x0800], ipv4(28, 28)), WHOLE),
      fragment(ipv4(1400, 100), WIRELESS_WAN | WHOLE),
    );
    expect(none?.packet.captureLocation.linkType).toBe(LinkType.ethernet);
    expect(mobile?.packet.captureLocation.linkType).toBe(LinkType.raw);
    expect(mobile?.packet.originalLength).toBe(1400);
  });

  it('of a tunnel is what its bytes are', () => {
    const [ip, frame, neither] = new Capture().decode(
      fragment(ipv4(60, 60), TUNNEL | WHOLE),
      fragment(ethernet([0x0800], ipv4(60, 60)), TUNNEL | WHOLE),
      fragment(counting(60), TUNNEL | WHOLE),
    );
    expect(ip?.packet.captureLocation.linkType).toBe(LinkType.raw);
    expect(frame?.packet.captureLocation.linkType).toBe(LinkType.ethernet);
    expect(neither?.packet.captureLocation.linkType).toBe(LinkType.ethernet);
  });

  it('gives one place for each interface and link type, the same in both passes', () => {
    const capture = new Capture();
    const events = [
      fragment(counting(60), ETHERNET | WHOLE),
      fragment(counting(60), ETHERNET | WHOLE),
      fragment(counting(60), ETHERNET | WHOLE, { lower: 13 }),
      fragment(counting(60), WIRELESS_WAN | WHOLE),
    ];
    const first = capture.decode(...events).map(({ packet }) => packet.captureLocation);
    expect(new Set(first).size).toBe(3);
    expect(first[0]).toBe(first[1]);
    expect(capture.registry.all()).toEqual([first[0], first[2], first[3]]);
    const second = new Capture();
    expect(second.decode(...events).map(({ packet }) => packet.captureLocation.key)).toEqual(
      first.map(({ key }) => key),
    );
  });

  it.each([
    ['is shorter than its fixed fields', payload().u32(8).u32(8).u16(0).take()],
    ['says more bytes than it has', payload().u32(8).u32(8).u32(61).bytes(counting(60)).take()],
    ['says four gigabytes', payload().u32(8).u32(8).u32(0xffff_ffff).take()],
  ])('is damaged, with a reason, when it %s', (_, data) => {
    const decoded = new Capture().one({ provider: PROVIDER, id: 1001, keyword: ETHERNET | WHOLE, data });
    expect(decoded.outcome).toBe('damaged');
    expect(decoded.damage).not.toBe('');
  });
});

describe('packets spread over several 1001 events', () => {
  it('come together from start to end, with the header of the last event', () => {
    const bytes = counting(250);
    const decoded = new Capture().decode(
      fragment(bytes.subarray(0, 100), ETHERNET | START | SEND, { at: 1n, threadId: 1 }),
      fragment(bytes.subarray(100, 200), ETHERNET | SEND, { at: 2n, threadId: 2 }),
      fragment(bytes.subarray(200), ETHERNET | END | SEND, { at: 3n, threadId: 3 }),
    );
    expect(decoded.map(({ outcome }) => outcome)).toEqual(['merged', 'merged', 'packet']);
    expect(decoded[2]?.bytes).toEqual([...bytes]);
    expect(decoded[2]?.packet.threadId).toBe(3);
    expect(decoded[2] && timeOf(decoded[2].packet)).toBe(START_UNIX + 3n);
  });

  it('do not mix when processors, interfaces and directions interleave', () => {
    const ways: readonly (Partial<TestEvent> & { lower?: number; path: bigint })[] = [
      { processor: 0, path: SEND },
      { processor: 1, path: SEND },
      { processor: 0, path: RECEIVE },
      { processor: 0, path: SEND, lower: 13 },
    ];
    const part = (way: number, mark: bigint, value: number): TestEvent => {
      const { path = 0n, ...more } = ways[way] ?? {};
      return fragment(new Uint8Array(20).fill(value), ETHERNET | mark | path, more);
    };
    const decoded = new Capture().decode(
      ...ways.map((_, way) => part(way, START, way)),
      ...ways.map((_, way) => part(way, END, 16 + way)),
    );
    for (const way of ways.keys()) {
      expect(decoded[way + 4]?.bytes).toEqual([
        ...new Array<number>(20).fill(way),
        ...new Array<number>(20).fill(16 + way),
      ]);
    }
  });

  it('are counted as lost without their start or their end', () => {
    const capture = new Capture();
    const decoded = capture.decode(
      fragment(counting(20), ETHERNET | END),
      fragment(counting(20), ETHERNET | START),
      fragment(counting(30), ETHERNET | START),
      fragment(counting(40), ETHERNET | WHOLE),
      fragment(counting(50), ETHERNET | START),
    );
    capture.decoder.finish();
    expect(decoded.map(({ outcome }) => outcome)).toEqual([
      'damaged',
      'merged',
      'merged',
      'packet',
      'merged',
    ]);
    expect(decoded[3]?.bytes).toHaveLength(40);
    expect(capture.decoder.losses).toMatchObject({ fragmentsWithoutStart: 1, packetsWithoutEnd: 3 });
  });

  it.each([
    ['as long as the snap length: whole', 22_144, 262_144, 0],
    ['longer by one byte: truncated', 22_145, 262_144, 1],
    ['of 300,000 bytes: truncated', 60_000, 262_144, 1],
  ])('%s, with their true length, and the next packet is read', (_, last, captured, truncated) => {
    const capture = new Capture();
    const large = counting(60_000);
    const decoded = capture.decode(
      fragment(large, ETHERNET | START),
      ...Array.from({ length: 3 }, () => fragment(large, ETHERNET)),
      fragment(counting(last), ETHERNET | END),
      fragment(counting(20), ETHERNET | START),
      fragment(counting(20), ETHERNET | END),
    );
    expect(decoded[4]?.outcome).toBe('packet');
    expect(decoded[4]?.bytes).toHaveLength(captured);
    expect(decoded[4]?.bytes.slice(240_000, 240_003)).toEqual([0, 1, 2]);
    expect(decoded[4]?.packet.originalLength).toBe(240_000 + last);
    expect(decoded[6]?.bytes).toHaveLength(40);
    expect(capture.decoder.losses).toMatchObject({ truncatedPackets: truncated, oversizedPackets: 0 });
  });

  it('are given up beyond 16 MiB, and the next packet is read', () => {
    const capture = new Capture();
    const large = new Uint8Array(60_000);
    const decoded = capture.decode(
      fragment(large, ETHERNET | START),
      ...Array.from({ length: 279 }, () => fragment(large, ETHERNET)),
      fragment(large, ETHERNET | END),
      fragment(counting(20), ETHERNET | START),
      fragment(counting(20), ETHERNET | END),
    );
    expect(decoded[280]?.outcome).toBe('damaged');
    expect(decoded[282]?.bytes).toHaveLength(40);
    expect(capture.decoder.losses).toMatchObject({ oversizedPackets: 1, packetsWithoutEnd: 0 });
  });
});

describe('802.11 in NDIS captures', () => {
  /** A QoS data frame with the Protected bit. */
  const frame = Uint8Array.from([0x88, 0x42, ...counting(40)]);

  it.each(DECRYPTED)(
    '%s in plain text has the Protected bit cleared, and the trace is left as it is',
    (_, bytes) => {
      const event = fragment(bytes, NATIVE_80211 | WHOLE | RECEIVE);
      const before = [...event.data];
      const decoded = new Capture().one(event);
      expect(decoded.packet.captureLocation.linkType).toBe(LinkType.ieee80211);
      expect(decoded.bytes).toEqual([bytes[0], (bytes[1] ?? 0) & ~0x40, ...bytes.subarray(2)]);
      expect([...event.data]).toEqual(before);
    },
  );

  it.each(ENCRYPTED)('%s keeps the Protected bit', (_, bytes) => {
    const decoded = new Capture().one(fragment(bytes, NATIVE_80211 | WHOLE | SEND));
    expect(decoded.packet.captureLocation.linkType).toBe(LinkType.ieee80211);
    expect(decoded.bytes).toEqual([...bytes]);
  });

  it('gets the metadata that stood before it on the same interface and processor', () => {
    const capture = new Capture();
    const [first, , other, mine, next] = capture.decode(
      metadata({ processor: 1, rssi: -70 }),
      metadata({ processor: 2, rssi: -40 }),
      fragment(frame, NATIVE_80211 | WHOLE | RECEIVE, { processor: 2 }),
      fragment(frame, NATIVE_80211 | WHOLE | RECEIVE, { processor: 1 }),
      fragment(frame, NATIVE_80211 | WHOLE | RECEIVE, { processor: 1 }),
    );
    expect(first?.outcome).toBe('merged');
    expect(other?.packet.wifi?.rssi).toBe(-40);
    expect(mine?.packet.wifi).toEqual({
      receiveFlags: 0x4000_0000,
      phyId: 8,
      centerChannel: 5180,
      mpdusReceived: 2,
      rssi: -70,
      dataRate: 108,
    });
    expect(next?.packet.wifi).toBeUndefined();
  });

  it('does not give a sent frame the metadata of a received one', () => {
    const [, sent, received] = new Capture().decode(
      metadata(),
      fragment(frame, NATIVE_80211 | WHOLE | SEND),
      fragment(frame, NATIVE_80211 | WHOLE | RECEIVE),
    );
    expect(sent?.packet.wifi).toBeUndefined();
    expect(received?.packet.wifi?.rssi).toBe(-52);
  });

  it.each([
    ['of a sent frame', { keyword: NATIVE_80211 | SEND }],
    ['without a direction', { keyword: NATIVE_80211 }],
    ['of 47 bytes', { size: 47 }],
    ['of 49 bytes', { size: 49 }],
    ['of 28 bytes, as a send context has', { size: 28 }],
  ])('metadata %s is an event, not the context of a received frame', (_name, more) => {
    const [context, received] = new Capture().decode(
      metadata(more),
      fragment(frame, NATIVE_80211 | WHOLE | RECEIVE),
    );
    expect(context?.outcome).toBe('event');
    expect(received?.packet.wifi).toBeUndefined();
  });

  it('counts metadata that no frame followed', () => {
    const capture = new Capture();
    capture.decode(metadata(), metadata());
    capture.decoder.finish();
    expect(capture.decoder.losses.metadataWithoutPacket).toBe(2);
  });
});

describe('events that are no packets', () => {
  it.each([
    ['another event of the provider', PROVIDER, 5101],
    ['another provider with the same first word', '2ed6006e-4729-4609-b423-3ee7bcd678ee', 1001],
    ['another provider', 'aed6006e-4729-4609-b423-3ee7bcd678ef', 1001],
  ])('stay events: %s', (_, provider, id) => {
    expect(new Capture().one({ provider, id, data: fragment(counting(60), 0n).data }).outcome).toBe('event');
  });
});
