import { describe, expect, it } from 'vitest';
import { LinkType } from '../../../src/net/numbers.js';
import { Direction } from '../../../src/packets/packet.js';
import { Capture, counting, ethernet, ipv4, payload, type TestEvent } from './build.js';

const RAS = 'd84521f7-2235-4237-a7c0-14e3a9676286';
const WFP = 'c22d1b14-c242-49de-9f17-1d76b8b9c458';

describe('RAS events 5001 and 5002', () => {
  const ras = (id: number, bytes: Uint8Array, user = 'DOMAIN\\user'): TestEvent => ({
    provider: RAS,
    id,
    data: payload().utf16z('{0000}').utf16z(user).u32(bytes.length).bytes(bytes).take(),
  });

  it('are sent and received Ethernet frames of a connection', () => {
    const frame = ethernet([0x0800], ipv4(1400, 60));
    const capture = new Capture();
    const [sent, received, other] = capture.decode(
      ras(5001, frame),
      ras(5002, frame),
      ras(5002, frame, 'other'),
    );
    expect(sent?.bytes).toEqual([...frame]);
    expect(sent?.packet).toMatchObject({
      direction: Direction.outbound,
      directionText: 'send',
      originalLength: 1414,
    });
    expect(sent?.packet.captureLocation).toMatchObject({
      source: 'ras',
      linkType: LinkType.ethernet,
      routingDomainId: '{0000}',
      userName: 'DOMAIN\\user',
    });
    expect(received?.packet).toMatchObject({ direction: Direction.inbound, directionText: 'receive' });
    expect(received?.packet.captureLocation).toBe(sent?.packet.captureLocation);
    expect(other?.packet.captureLocation.userName).toBe('other');
  });

  it('are raw IP where the bytes evidently are', () => {
    expect(new Capture().one(ras(5001, ipv4(60, 60))).packet.captureLocation.linkType).toBe(LinkType.raw);
  });

  it('are damaged wherever they are cut', () => {
    const whole = ras(5001, counting(40));
    for (let length = 0; length < whole.data.length; length++) {
      const decoded = new Capture().one({ ...whole, data: whole.data.subarray(0, length) });
      expect(decoded.outcome, `cut at ${length}`).toBe('damaged');
    }
  });
});

describe('WFP capture', () => {
  const START = 0x4000_0000n;
  const END = 0x8000_0000n;
  const SOURCE_V4 = Uint8Array.of(192, 168, 1, 10);
  const DESTINATION_V4 = Uint8Array.of(10, 0, 0, 1);
  const segment = counting(40);

  const message = (id: number, data: Uint8Array, keyword = START | END): TestEvent => ({
    provider: WFP,
    id,
    keyword,
    data,
  });

  const v4 = (flow: boolean): Uint8Array => {
    const data = payload().bytes(SOURCE_V4).bytes(DESTINATION_V4).u8(6);
    if (flow) data.u64(0x1234n);
    return data.u16(segment.length).bytes(segment).take();
  };

  it.each([
    [60011, v4(false)],
    [60012, v4(true)],
  ])('event %i is an IPv4 packet with a header made of its addresses and protocol', (id, data) => {
    const { packet, bytes } = new Capture().one(message(id, data));
    expect(packet.captureLocation).toMatchObject({
      source: 'wfp',
      linkType: LinkType.raw,
      layer: 'TransportV4',
    });
    expect(bytes).toHaveLength(60);
    expect(bytes.slice(0, 4)).toEqual([0x45, 0, 0, 60]);
    expect(bytes[9]).toBe(6);
    expect(bytes.slice(12, 20)).toEqual([...SOURCE_V4, ...DESTINATION_V4]);
    expect(bytes.slice(20)).toEqual([...segment]);
    // RFC 1071: the sum over a header with its checksum is all ones.
    let sum = 0;
    for (let i = 0; i < 20; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
    expect((sum & 0xffff) + (sum >> 16)).toBe(0xffff);
  });

  it.each([
    [60021, false],
    [60022, true],
  ])('event %i is an IPv6 packet', (id, flow) => {
    const addresses = counting(32);
    const data = payload().bytes(addresses).u8(17);
    if (flow) data.u64(0x1234n);
    data.u16(segment.length).bytes(segment);
    const { packet, bytes } = new Capture().one(message(id, data.take()));
    expect(packet.captureLocation.layer).toBe('TransportV6');
    expect(bytes.slice(0, 7)).toEqual([0x60, 0, 0, 0, 0, 40, 17]);
    expect(bytes.slice(8, 40)).toEqual([...addresses]);
    expect(bytes.slice(40)).toEqual([...segment]);
  });

  it('event 2000 is a part of another event, put together by its group', () => {
    const whole = v4(true);
    const part = (group: number, from: number, to: number, keyword: bigint): TestEvent => {
      const bytes = whole.subarray(from, to);
      return message(2000, payload().u16(60012).u32(group).u32(bytes.length).bytes(bytes).take(), keyword);
    };
    const decoded = new Capture().decode(
      part(1, 0, 12, START),
      part(2, 0, 30, START),
      part(1, 12, 40, 0n),
      part(2, 30, whole.length, END),
      part(1, 40, whole.length, END),
    );
    expect(decoded.map(({ outcome }) => outcome)).toEqual(['merged', 'merged', 'merged', 'packet', 'packet']);
    expect(decoded[3]?.bytes.slice(20)).toEqual([...segment]);
    expect(decoded[4]?.bytes).toEqual(decoded[3]?.bytes);
  });

  it('of fragments beyond the snap length is truncated to it, with its true length', () => {
    const capture = new Capture();
    const whole = payload()
      .bytes(SOURCE_V4)
      .bytes(DESTINATION_V4)
      .u8(6)
      .u16(0)
      .bytes(counting(300_000))
      .take();
    const parts = Array.from({ length: 6 }, (_, n) => {
      const bytes = whole.subarray(n * 60_000, (n + 1) * 60_000);
      const keyword = n === 0 ? START : n === 5 ? END : 0n;
      return message(2000, payload().u16(60011).u32(1).u32(bytes.length).bytes(bytes).take(), keyword);
    });
    const last = capture.decode(...parts).at(-1);
    expect(last?.outcome).toBe('packet');
    expect(last?.bytes.length).toBeLessThanOrEqual(262_144);
    expect(last?.packet.originalLength).toBe(20 + 300_000);
  });

  it('is damaged wherever it is cut', () => {
    for (const [id, whole] of [[60012, v4(true)] as const]) {
      for (let length = 0; length < whole.length; length++) {
        const decoded = new Capture().one(message(id, whole.subarray(0, length)));
        expect(decoded.outcome, `cut at ${length}`).toBe('damaged');
      }
    }
  });
});
