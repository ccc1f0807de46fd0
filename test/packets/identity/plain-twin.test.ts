import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EtherType, ethernet, overIpv4, text, udp } from '../../../samples/packets/index.js';
import '../../support/fast-check.js';
import { Capture, correlateMade, Dir } from './simulated-host.js';

interface Draw {
  readonly content: number;
  readonly place: number;
  readonly processor: number;
}

interface PlainJourney {
  readonly content: number;
  readonly places: Set<number>;
  readonly firstProcessor: number;
  processor: number;
}

/**
 * The rule for equal bytes, written down plainly and in quadratic time: from the newest packet back to the first that this
 * processor brought to this place, the oldest one of this processor that was not here; else the oldest of another one.
 *
 * @returns packet numbers, from 1
 */
function plainly(draws: readonly Draw[]): number[] {
  const journeys: PlainJourney[] = [];
  return draws.map(({ content, place, processor }) => {
    const equal = journeys.filter((journey) => journey.content === content);
    const brought = equal.map(
      (journey) =>
        journey.places.has(place) &&
        (journey.processor === processor || journey.firstProcessor === processor),
    );
    const stop = brought.lastIndexOf(true);
    const open = equal.slice(stop + 1).filter(({ places }) => !places.has(place));
    const found = open.find((journey) => journey.processor === processor) ?? open[0];
    if (found === undefined) {
      journeys.push({ content, places: new Set([place]), firstProcessor: processor, processor });
      return journeys.length;
    }
    found.places.add(place);
    found.processor = processor;
    return journeys.indexOf(found) + 1;
  });
}

/** Contents differ in the payload only; components that nothing is known of can follow each other in any order. */
const frames = [0, 1, 2].map((content) =>
  ethernet(
    { from: '02:00:00:00:00:09', to: '02:00:00:00:00:01' },
    EtherType.ipv4,
    overIpv4({ from: '10.0.0.9', to: '10.0.0.4' }, udp([4000, 5000], text(`content ${content}`)), { id: 1 }),
  ),
);

it('appearances at one moment go to the same packets as by the plain rule, in any order', () => {
  const draw = fc.record({
    content: fc.integer({ min: 0, max: 2 }),
    place: fc.integer({ min: 0, max: 40 }),
    processor: fc.integer({ min: 0, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(draw, { maxLength: 120 }), (draws) => {
      const capture = new Capture();
      for (const { content, place, processor } of draws) {
        const bytes = frames[content] ?? new Uint8Array(0);
        capture.record('', 0, processor, { component: 1000 + place, dir: Dir.up, bytes });
      }
      expect(correlateMade(capture.appearances).numbers).toEqual(plainly(draws));
    }),
    { numRuns: 300 },
  );
});

it('so do many appearances of one content at few places', () => {
  const draw = fc.record({
    content: fc.constant(0),
    place: fc.integer({ min: 0, max: 3 }),
    processor: fc.integer({ min: 0, max: 1 }),
  });
  fc.assert(
    fc.property(fc.array(draw, { maxLength: 60 }), (draws) => {
      const capture = new Capture();
      for (const { place, processor } of draws) {
        capture.record('', 0, processor, {
          component: 1000 + place,
          dir: Dir.up,
          bytes: frames[0] ?? new Uint8Array(0),
        });
      }
      expect(correlateMade(capture.appearances).numbers).toEqual(plainly(draws));
    }),
    { numRuns: 300 },
  );
});
