import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareReadings, randomTrace } from '../../fuzz/compare-readings.js';
import { committedScenarios } from '../../samples/scenarios/index.js';

const folder =
  process.env.ETLCAP_SAMPLES ?? fileURLToPath(new URL('../../../shared/samples', import.meta.url));
const isThere = existsSync(folder) || process.env.ETLCAP_REQUIRE_SAMPLES === '1';

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

  it.skipIf(!isThere)('on every trace at hand that Windows wrote', () => {
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.etl'))) {
      const { difference, records } = compareReadings(new Uint8Array(readFileSync(join(folder, name))));
      expect({ name, difference }).toEqual({ name });
      expect(records).toBeGreaterThan(0);
    }
  });
});
