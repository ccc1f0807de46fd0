import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureLocation } from '../../src/host/capture-location.js';
import { CommentEncoder } from '../../src/packets/comments/comment-encoder.js';
import { type NameLookup, packetComment } from '../../src/packets/comments/packet-comment.js';
import { MATCH_KINDS, Sighting } from '../../src/packets/identity/appearance.js';
import { type Destination, Packet, UNKNOWN } from '../../src/packets/packet.js';

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const orUnknown = (value: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(UNKNOWN) }, { weight: 3, arbitrary: value });
/** Few values, which packets share: what they share is remembered, in 256 slots. */
const mostly = (few: readonly number[], others: fc.Arbitrary<number>): fc.Arbitrary<number> =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...few) }, { weight: 1, arbitrary: others });
/** Values that need quotes, escapes and several bytes of UTF-8 among them. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40, size: 'max' }),
  fc.constantFrom('tcpip.sys', 'a "b"\\', ' ', ''),
);

const captureLocation: fc.Arbitrary<CaptureLocation> = fc.record(
  {
    source: fc.constantFrom('ndis', 'vswitch', 'pktmon', 'ras'),
    linkType: fc.constantFrom(1, 101, 105),
    key: fc.string(),
    componentId: u16,
    portId: u32,
    portName: text,
    nicName: text,
    nicType: text,
    vlanId: fc.integer({ min: 1, max: 4094 }),
    vsid: fc.integer({ min: 1, max: 0xff_ffff }),
    routingDomainId: text,
    userName: text,
  },
  { requiredKeys: ['source', 'linkType', 'key'] },
);

const destination: fc.Arbitrary<Destination> = fc.record({
  portId: u32,
  portName: text,
  nicName: text,
  nicType: text,
});

/** Packet numbers are exact up to 2^53. */
const packetNumber = fc.oneof(u32, fc.constantFrom(0xffff_ffff, 2 ** 32, Number.MAX_SAFE_INTEGER));

const sighting: fc.Arbitrary<Sighting> = fc
  .record({
    packet: packetNumber,
    hop: u32,
    match: fc.constantFrom(undefined, ...MATCH_KINDS),
    parent: fc.oneof(fc.constant(0), packetNumber),
    parts: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(packetNumber, { maxLength: 64 }) },
    ),
  })
  .map((fields) => Object.assign(new Sighting(), fields));

const packet: fc.Arbitrary<Packet> = fc
  .record({
    captureLocation,
    processId: mostly([4, 260], orUnknown(u32)),
    threadId: mostly([8, 264], orUnknown(u32)),
    processor: mostly([0, 64], u16),
    directionText: fc.constantFrom(undefined, 'Rx', 'Ingress', 'send'),
    sighting: fc.option(sighting, { nil: undefined }),
    hasNbl: fc.boolean(),
    nblHigh: fc.oneof(fc.constant(0), u32),
    nblLow: u32,
    packetNumber: orUnknown(u16),
    appearance: orUnknown(u16),
    edgeId: orUnknown(u16),
    filterId: orUnknown(u16),
    vlanId: orUnknown(fc.integer({ min: 1, max: 4094 })),
    priority: orUnknown(fc.integer({ min: 0, max: 7 })),
    vsid: orUnknown(fc.integer({ min: 1, max: 0xff_ffff })),
    hashValue: orUnknown(u32),
    sourcePortId: orUnknown(u16),
    compartmentId: orUnknown(fc.integer({ min: 1, max: 9 })),
    destinations: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(destination, { maxLength: 3 }) },
    ),
    process: fc.option(text, { nil: undefined }),
    owner: fc.option(fc.record({ pid: u32, name: text }), { nil: undefined }),
    teamMember: fc.option(text, { nil: undefined }),
    offload: fc.integer({ min: 0, max: 63 }),
    gftFlowHigh: fc.constantFrom(0, 7),
    gftFlowLow: fc.constantFrom(0, 7),
    dropped: fc.boolean(),
    dropReason: mostly([1, 2], orUnknown(u32)),
    dropLocation: orUnknown(u32),
    packetType: fc.constantFrom(undefined, 'WiFi'),
  })
  .map((fields) => Object.assign(new Packet(fields.captureLocation), fields));

const names: NameLookup = {
  componentName: (id) => (id % 3 === 0 ? undefined : `driver ${id}.sys`),
  dropReasonText: (reason) => (reason % 2 === 0 ? undefined : `Reason "${reason}"`),
  compartmentId: (where) => (where.componentId === undefined ? undefined : (where.componentId % 9) + 1),
};

/** Those of another host. */
const otherNames: NameLookup = {
  ...names,
  dropReasonText: (reason) => `Other reason ${reason}`,
  host: 'WEB 02',
};
/** Names are the same for all packets of a location. */
const namesOf = ({ captureLocation: { key } }: Packet): NameLookup =>
  key.length % 2 === 0 ? names : otherNames;

/** The encoder's output, in memory that had other bytes before; and whether it stayed within its space. */
function encoded(encoder: CommentEncoder, each: Packet): string {
  encoder.prepare(each, namesOf(each));
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  if (encoder.plain !== undefined) return decoder.decode(encoder.plain);
  const at = 5;
  const into = new Uint8Array(at + encoder.room + 16).fill(0xff);
  const length = encoder.write(into, new DataView(into.buffer), at);
  expect(length).toBeLessThanOrEqual(encoder.room);
  expect(into.subarray(0, at).every((byte) => byte === 0xff)).toBe(true);
  return decoder.decode(into.subarray(at, at + length));
}

describe('the fast comment writer', () => {
  it.each(['full', 'brief'] as const)(
    'writes what the plain one writes, for any packets one after the other (%s)',
    (mode) => {
      fc.assert(
        fc.property(fc.array(packet, { minLength: 1, maxLength: 20, size: 'max' }), (packets) => {
          const encoder = new CommentEncoder(mode);
          for (const each of packets) {
            const expected = new TextEncoder().encode(packetComment(each, namesOf(each), mode));
            const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(expected);
            expect(encoded(encoder, each)).toBe(text);
          }
        }),
        { numRuns: 500 },
      );
    },
  );

  it('goes the plain way where an option could not hold the comment', () => {
    const long = 'x'.repeat(70_000);
    const each = new Packet({ source: 'vswitch', linkType: 1, key: 'long', nicName: long, portName: long });
    expect(encoded(new CommentEncoder('full'), each)).toBe(packetComment(each, names, 'full'));
  });

  it('does not go the plain way for what most packets have', () => {
    const each = Object.assign(new Packet({ source: 'pktmon', linkType: 1, key: 'x', componentId: 7 }), {
      processId: 4,
      sighting: Object.assign(new Sighting(), { packet: 7, hop: 2, match: 'number', parent: 3 }),
      hasNbl: true,
      nblLow: 0x1234,
      packetNumber: 1,
      appearance: 2,
    });
    const encoder = new CommentEncoder('full');
    encoder.prepare(each, names);
    expect(encoder.plain).toBeUndefined();
  });
});
