import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../../src/paths/histogram.js';

/** Latencies as they are: most short, some very long. Ticks of 100 ns. */
const latencies = fc.array(fc.oneof(fc.nat(63), fc.nat(10_000), fc.integer({ min: 0, max: 2 ** 31 - 1 })), {
  minLength: 1,
  maxLength: 300,
});

describe('a histogram of latencies', () => {
  it('gives percentiles that are exact below 6.4 µs and at most 1/64 off above; count, mean and maximum are exact', () => {
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.5, 0.95, 0.99, 1), (values, share) => {
        const histogram = new Histogram();
        for (const value of values) histogram.add(value);
        const sorted = [...values].sort((a, b) => a - b);
        // Nearest rank (NIST/SEMATECH e-Handbook 7.2.6.2 names the definitions).
        const exact = sorted[Math.ceil(share * values.length) - 1] ?? Number.NaN;
        const found = histogram.percentile(share);
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact < 64 ? 0 : exact / 64);
        expect(histogram.count).toBe(values.length);
        expect(histogram.maximum).toBe(sorted.at(-1));
        expect(histogram.mean).toBeCloseTo(values.reduce((sum, n) => sum + n, 0) / values.length, 3);
      }),
    );
  });

  it('gives buckets that do not overlap and hold every value once', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const histogram = new Histogram();
        for (const value of values) histogram.add(value);
        let end = -1;
        for (const [from, to, count] of histogram.buckets()) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(count).toBe(values.filter((value) => value >= from && value < to).length);
          end = to;
        }
        expect(histogram.buckets().reduce((sum, [, , count]) => sum + count, 0)).toBe(values.length);
      }),
    );
  });
});
