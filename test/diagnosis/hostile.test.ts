import fc from 'fast-check';
import { it } from 'vitest';
import { FAULTS } from '../../samples/scenarios/index.js';
import { ConvertError } from '../../src/passes/index.js';
import { diagnosisOf } from './diagnose.js';

const TRACES = FAULTS.map((fault) => fault.faulty().scenario.plain);

it('bytes that are changed anywhere in a trace end in a diagnosis, or in an error with a code', async () => {
  const change = fc.record({
    trace: fc.nat(TRACES.length - 1),
    changes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255)), {
      minLength: 1,
      maxLength: 40,
    }),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ changes, trace }) => {
      const bytes = TRACES[trace]?.slice() ?? new Uint8Array();
      for (const [at, value] of changes) bytes[Math.floor(at * bytes.length)] = value;
      try {
        await diagnosisOf(bytes);
      } catch (error) {
        if (!(error instanceof ConvertError)) throw error;
      }
    }),
    { numRuns: 150 },
  );
});
