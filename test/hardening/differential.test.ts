import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareReadings, randomTrace } from '../../fuzz/compare-readings.js';
import { committedScenarios } from '../../samples/scenarios/index.js';
import { hasRealTraces, REAL_TRACE_RECORDS, realTrace } from '../support/shared.js';

/** `npm run differential` takes 10,000. */
const TRACES = 400;

describe('a second, plain reading of the container agrees with the product record by record', () => {
  it(`on ${TRACES} generated traces of every form, clock, compression and order on disk`, () => {
    let records = 0;
    for (let seed = 1; seed <= TRACES; seed++) {
      const { description, file } = randomTrace(seed);
      const comparison = compareReadings(file);
      records += comparison.records;
      expect({ seed, description, difference: comparison.difference }).toEqual({ seed, description });
    }
    expect(records).toBeGreaterThan(10 * TRACES);
  });

  it.each(committedScenarios().map((make) => [make().name, make] as const))(
    "on the project's sample %s, plain and compressed",
    (_, make) => {
      const { compressed, plain } = make();
      for (const file of [plain, compressed]) expect(compareReadings(file).difference).toBeUndefined();
    },
  );

  it.runIf(hasRealTraces)('on every trace at hand that Windows wrote', () => {
    for (const name of Object.keys(REAL_TRACE_RECORDS)) {
      const { difference, records } = compareReadings(new Uint8Array(readFileSync(realTrace(name))));
      expect({ name, difference }).toEqual({ name });
      expect(records).toBeGreaterThan(0);
    }
  });
});
