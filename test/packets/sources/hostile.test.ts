import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PACKET_SOURCES } from '../../../src/packets/sources/index.js';
import { Capture } from './build.js';

/** Every event that a decoder looks at. */
const EVENTS = PACKET_SOURCES.flatMap(({ providerId, eventIds }) =>
  eventIds.map((id) => ({ provider: providerId, id })),
);

/** Bytes as damaged and as forged events have them: small numbers and zeros are likelier to be believed. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc
    .array(fc.constantFrom(0, 0, 0, 0, 1, 2, 8, 0x45, 0x60, 0xaa, 0xff), { maxLength: 300 })
    .map((list) => Uint8Array.from(list)),
);

describe('events with any payload', () => {
  it('never throw, and a packet never reaches beyond its bytes', () => {
    const event = fc.record({
      which: fc.nat(EVENTS.length - 1),
      keyword: fc.bigInt({ min: 0n, max: (1n << 42n) - 1n }),
      pointerSize: fc.constantFrom<4 | 8>(4, 8),
      processor: fc.nat(2),
      data: bytes,
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (list) => {
        const capture = new Capture();
        const decoded = capture.decode(
          ...list.map(({ which, ...fields }) => ({
            ...(EVENTS[which] ?? { provider: '', id: 0 }),
            ...fields,
          })),
        );
        capture.decoder.finish();
        for (const { outcome, packet } of decoded) {
          if (outcome !== 'packet') continue;
          expect(packet.start + packet.length).toBeLessThanOrEqual(packet.bytes.length);
          expect(packet.originalLength).toBeGreaterThanOrEqual(packet.length);
          expect(packet.captureLocation.key).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });
});
