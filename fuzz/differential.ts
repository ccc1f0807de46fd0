/**
 * The product beside a second, plain reading of the container (test/support/reference-reader.ts), record by record, on
 * generated traces: `npm run differential -- [count] [seed]`.
 */
import { compareReadings, randomTrace } from './compare-readings.js';

const [count = '10000', seed = '1'] = process.argv.slice(2);
let records = 0;
let differences = 0;
const started = performance.now();
for (let n = 0; n < Number(count); n++) {
  const { description, file } = randomTrace(Number(seed) + n);
  const { difference, records: compared } = compareReadings(file);
  records += compared;
  if (difference === undefined) continue;
  differences += 1;
  process.stdout.write(`seed ${Number(seed) + n} (${description}): ${difference}\n`);
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(`${count} traces, ${records} records, ${differences} differences, ${seconds} s\n`);
process.exitCode = differences === 0 ? 0 : 1;
