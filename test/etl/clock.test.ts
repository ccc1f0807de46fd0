import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClockOptions, encodeTrace, eventRecord, TraceClock } from '../../samples/encoder/index.js';
import { Clock, type ClockType, isoTime, Trace } from '../../src/etl/index.js';
import { memorySource } from '../support/memory-source.js';

const EPOCH = 116_444_736_000_000_000n;
/** 2024-06-10T20:18:35Z. */
const START = 133_625_243_150_000_000n;

/** Rounded down, as Windows' converters do. */
function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

const unixOf = (clock: Clock, raw: bigint): { known: boolean; ticks: bigint } => {
  const into = { timeHigh: -1, timeLow: -1 };
  const known = clock.unixTicks(Number(raw >> 32n), Number(BigInt.asUintN(32, raw)), into);
  return { known, ticks: (BigInt(into.timeHigh) << 32n) | BigInt(into.timeLow) };
};

const frequencies = fc.oneof(
  fc.constantFrom(
    2_994_853n,
    1_818_300n,
    2_630_627n,
    3_579_545n,
    10_000_000n,
    24_000_000n,
    3_500_000_000n,
    1n,
  ),
  fc.bigInt({ min: 1n, max: 900_000_001n }),
  fc.bigInt({ min: 1n, max: 10_000_000_000n }),
);
const deltas = fc.oneof(
  fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
  fc.bigInt({ min: -(1n << 53n), max: 1n << 53n }),
  fc.bigInt({ min: -(1n << 61n), max: 1n << 61n }),
);
const origins = fc.bigInt({ min: -(1n << 61n), max: 1n << 61n });

/** The 64 bits that Windows gives a FILETIME. */
const fits = (filetime: bigint): boolean => filetime === BigInt.asIntN(64, filetime);

describe('times', () => {
  it('of a clock of any frequency are start + delta * 10^7 / frequency, rounded down, to the 100 ns', () => {
    fc.assert(
      fc.property(frequencies, deltas, origins, (frequency, delta, origin) => {
        const expected = START + floorDivide(delta * 10_000_000n, frequency);
        fc.pre(fits(expected));
        const clock = new Clock('qpc', Number(frequency), START, origin);
        expect(clock.filetime(origin + delta)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('are the same in Unix ticks as in FILETIME; before 1970 they are 0 and said to be unknown', () => {
    const starts = fc.oneof(
      fc.constantFrom(START, EPOCH, EPOCH - 1n, 0n),
      fc.bigInt({ min: EPOCH - 10n ** 13n, max: EPOCH + 10n ** 13n }),
    );
    fc.assert(
      fc.property(frequencies, deltas, origins, starts, (frequency, delta, origin, start) => {
        const expected = start + floorDivide(delta * 10_000_000n, frequency) - EPOCH;
        fc.pre(fits(expected + EPOCH));
        const clock = new Clock('qpc', Number(frequency), start, origin);
        expect(unixOf(clock, origin + delta)).toEqual(
          expected < 0n ? { known: false, ticks: 0n } : { known: true, ticks: expected },
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('just below and at each 100 ns are told apart, at the frequencies of real machines', () => {
    for (const frequency of [2_994_853n, 1_818_300n, 10_000_000n, 24_000_000n, 3_500_000_000n]) {
      const clock = new Clock('qpc', Number(frequency), START, 0n);
      for (const hundreds of [
        1n,
        9_999_999n,
        10_000_000n,
        36_000_000_001n,
        863_999_999_999n,
        10n ** 14n + 7n,
      ]) {
        const at = -floorDivide(-hundreds * frequency, 10_000_000n);
        const expected = floorDivide(at * 10_000_000n, frequency);
        expect(unixOf(clock, at).ticks).toBe(START - EPOCH + expected);
        expect(unixOf(clock, at - 1n).ticks).toBe(
          START - EPOCH + floorDivide((at - 1n) * 10_000_000n, frequency),
        );
        expect(unixOf(clock, at - 1n).ticks).toBeLessThan(START - EPOCH + hundreds);
      }
    }
  });

  it('that no FILETIME can hold end at its limits, and can still be written as text', () => {
    const clock = new Clock('qpc', 1, START, 0n);
    expect(clock.filetime(1n << 62n)).toBe((1n << 63n) - 1n);
    expect(clock.filetime(-(1n << 62n))).toBe(-(1n << 63n));
    expect(unixOf(clock, 1n << 62n)).toEqual({ known: true, ticks: (1n << 63n) - 1n - EPOCH });
    expect(unixOf(clock, -(1n << 62n))).toEqual({ known: false, ticks: 0n });
    expect(isoTime(clock.filetime(1n << 62n))).toBe('+030828-09-14T02:48:05.4775807Z');
    expect(isoTime(clock.filetime(-(1n << 62n)))).toBe('-027627-04-19T21:11:54.5224192Z');
    const late = new Clock('system-time', 10_000_000, (1n << 63n) - 10n, (1n << 63n) - 10n);
    expect(unixOf(late, (1n << 63n) - 1n).ticks).toBe(late.filetime((1n << 63n) - 1n) - EPOCH);
  });

  it('are written as ISO 8601 in UTC with seven decimals', () => {
    expect(isoTime(133_625_243_154_891_721n)).toBe('2024-06-10T20:18:35.4891721Z');
    expect(isoTime(EPOCH)).toBe('1970-01-01T00:00:00.0000000Z');
    expect(isoTime(EPOCH - 1n)).toBe('1969-12-31T23:59:59.9999999Z');
    expect(isoTime(0n)).toBe('1601-01-01T00:00:00.0000000Z');
  });
});

/** The x with a * x = 1 modulo m, for a and m without a common divisor (extended Euclid). */
function inverse(a: bigint, m: bigint): bigint {
  let [r0, r1, x0, x1] = [m, a % m, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, x0, x1] = [r1, r0 - quotient * r1, x1, x0 - quotient * x1];
  }
  return ((x0 % m) + m) % m;
}

describe('a tick that ends the smallest possible part before a 100 ns', () => {
  it('is not rounded up to it, at any frequency', () => {
    const frequencies = fc
      .bigInt({ min: 1_000_000n, max: 10_000_000_000n })
      .filter((frequency) => frequency % 2n !== 0n && frequency % 5n !== 0n);
    fc.assert(
      fc.property(frequencies, fc.bigInt({ min: 0n, max: 100_000n }), (frequency, seconds) => {
        // delta * 10^7 = -1 modulo the frequency: the remainder of the division is the largest that there is.
        const delta = seconds * frequency + frequency - inverse(10_000_000n, frequency);
        expect((delta * 10_000_000n + 1n) % frequency).toBe(0n);
        const clock = new Clock('qpc', Number(frequency), START, 0n);
        expect(unixOf(clock, delta).ticks).toBe(START - EPOCH + floorDivide(delta * 10_000_000n, frequency));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the clock of a trace', () => {
  const clocks: [ClockType, string, Omit<ClockOptions, 'start'>][] = [
    ['qpc', '10 MHz performance counter', { type: 'qpc', perfFrequency: 10_000_000n }],
    ['qpc', '2,994,853 Hz performance counter', { type: 'qpc', perfFrequency: 2_994_853n }],
    ['qpc', '1,818,300 Hz performance counter', { type: 'qpc', perfFrequency: 1_818_300n }],
    ['qpc', '3.5 GHz performance counter', { type: 'qpc', perfFrequency: 3_500_000_000n }],
    ['system-time', 'system time', { type: 'systemTime', perfFrequency: 2_994_853n }],
    ['cpu-cycles', 'cycles of a 2,594 MHz processor', { type: 'cpuCycles', cpuMegahertz: 2594 }],
  ];

  it.each(clocks)('%s, %s: the times of its records are exact', (type, _, options) => {
    const clock = new TraceClock({ ...options, start: START - EPOCH });
    const offsets = [0n, 1n, 3n, 9_999_999n, 36_000_000_001n, 8_640_000_000_017n, -1n, -5_000_001n];
    const raw = offsets.map((offset) => clock.raw(START - EPOCH + offset));
    const records = raw.map((time) =>
      eventRecord({ provider: '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac', id: 1, time, data: new Uint8Array(4) }),
    );
    const trace = new Trace(memorySource(encodeTrace({ clock }, [{ processor: 0, records }])));
    const times: bigint[] = [];
    trace.survey((record) => {
      if (record.kind === 'event') times.push(record.filetime());
    });
    expect(trace.header.clockType).toBe(type);
    expect(times).toEqual(raw.map((time) => clock.unix(time) + EPOCH));
    expect(times[0]).toBe(START);
  });
});
