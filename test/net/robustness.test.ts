import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipv4ChecksumState, transportChecksumState } from '../../src/net/checksum.js';
import { FrameLayout, LinkType, parseFrame, parseInnerFrame } from '../../src/net/index.js';
import { ethernet, hex, ipv4, ipv6, snap, tcp, u16, udp } from './frames.js';

/** An array that throws where a byte outside a range is read. */
function guarded(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Proxy(bytes, {
    get(target, key) {
      if (typeof key !== 'string' || !/^-?\d+$/u.test(key)) throw new Error(`read of ${String(key)}`);
      const at = Number(key);
      if (at < start || at >= end) throw new Error(`read of offset ${at}, outside ${start} to ${end}`);
      return target[at];
    },
  });
}

const innerFrame = ethernet(u16(0x0800), ipv4({ protocol: 6, payload: tcp([1]) }));
/** Frames whose changed copies reach every parser. */
const SEEDS: readonly (readonly number[])[] = [
  innerFrame,
  ethernet([...hex('88a80001 81000002'), ...u16(0x86dd)], ipv6(58, [128, 0, ...Array(10).fill(1)])),
  ethernet(
    u16(0x0800),
    ipv4({ protocol: 17, payload: udp(4789, [...hex('08000000 00138900'), ...innerFrame]) }),
  ),
  ethernet(u16(0x0800), ipv4({ protocol: 47, payload: [...hex('20006558 00138907'), ...innerFrame] })),
  ethernet(u16(0x0806), hex('0001 0800 06 04 0001 00155d010203 c0000201 000000000000 c0000202')),
  ipv6(0, [
    43,
    0,
    ...Array(6).fill(0),
    44,
    0,
    ...Array(6).fill(0),
    51,
    0,
    ...Array(6).fill(0),
    6,
    1,
    ...tcp(),
  ]),
  ipv4({ protocol: 4, payload: ipv4({ protocol: 41, payload: ipv6(6, tcp()) }) }),
  [
    ...hex('8883 0000'),
    ...Array(18).fill(2),
    ...hex('1000'),
    ...Array(6).fill(3),
    ...hex('8500 00000000'),
    ...Array(12).fill(4),
    ...u16(60),
    ...snap(0x0800, ipv4({ protocol: 6, payload: tcp() })),
  ],
];

const seed = fc.integer({ min: 0, max: SEEDS.length - 1 });
const change = fc.tuple(fc.nat(200), fc.nat(255));
const changedFrame = fc
  .tuple(seed, fc.array(change, { maxLength: 4 }), fc.nat(40))
  .map(([index, changes, cut]) => {
    const frame = [...(SEEDS[index] ?? [])];
    for (const [at, value] of changes) if (at < frame.length) frame[at] = value;
    return Uint8Array.from(frame.slice(0, Math.max(0, frame.length - cut)));
  });
const frames = fc.oneof(fc.uint8Array({ maxLength: 128 }), changedFrame);
const linkTypes = fc.constantFrom(LinkType.ethernet, LinkType.raw, LinkType.ieee80211, 228);

test('whatever the bytes are, nothing outside the frame is read and all offsets are inside it', () => {
  const layout = new FrameLayout();
  fc.assert(
    fc.property(frames, linkTypes, fc.nat(20), fc.nat(20), (frame, linkType, before, after) => {
      const bytes = new Uint8Array(before + frame.length + after);
      bytes.set(frame, before);
      const end = before + frame.length;
      const view = guarded(bytes, before, end);
      parseFrame(view, before, frame.length, linkType, layout);
      for (let depth = 0; depth < 50; depth++) {
        ipv4ChecksumState(view, layout);
        transportChecksumState(view, layout);
        expect(layout.payloadStart).toBeGreaterThanOrEqual(before);
        expect(layout.payloadEnd).toBeLessThanOrEqual(end);
        expect(layout.payloadStart).toBeLessThanOrEqual(layout.payloadEnd);
        const ends = [
          [layout.destinationMac, 6],
          [layout.sourceMac, 6],
          [layout.sourceAddress, layout.addressLength],
          [layout.destinationAddress, layout.addressLength],
          [layout.networkStart, layout.networkHeaderLength],
          [layout.transportStart, layout.transportHeaderLength],
        ] as const;
        for (const [start, length] of ends) if (start !== -1) expect(start + length).toBeLessThanOrEqual(end);
        if (layout.tunnel === 'none') return;
        parseInnerFrame(view, layout, layout);
      }
      throw new Error('a frame of 300 bytes has fewer than 50 tunnels');
    }),
    { numRuns: 20_000 },
  );
});
