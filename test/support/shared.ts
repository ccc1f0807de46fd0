/**
 * Traces that Windows wrote and small inputs that once showed a fault. They are not in the repository: the folders
 * `samples` and `cases` of `../shared`, or those named by ETLCAP_SAMPLES and ETLCAP_CASES. All tests that use them find
 * them here, so they are skipped, and counted as skipped, in a clone without these folders. ETLCAP_REQUIRE_SAMPLES=1
 * runs them anyway, so a missing file fails.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

const isRequired = process.env.ETLCAP_REQUIRE_SAMPLES === '1';

const folder = (variable: string, name: string): string =>
  process.env[variable] ?? fileURLToPath(new URL(`../../../shared/${name}`, import.meta.url));

/** Folder of the traces that Windows wrote. */
export const REAL_TRACES = folder('ETLCAP_SAMPLES', 'samples');
const CASES = folder('ETLCAP_CASES', 'cases');
/** Folder of dumps of providers' manifests as JSON. */
export const SCHEMAS = folder('ETLCAP_SCHEMAS', 'reference/schemas');

/** Whether tests of real traces run. */
export const hasRealTraces = isRequired || existsSync(REAL_TRACES);

/** The real traces with their number of records, counted by a walk in another language. */
export const REAL_TRACE_RECORDS = {
  'amsi-tracelogging': 21,
  'eventsource-manifest': 13,
  'eventsource-primitive-types': 7,
  'eventsource-self-describing': 23,
  'lxcore-tracelogging': 4,
  'pktmon-24h2-excerpt': 1_312,
  'pktmon-azure-ping': 467,
  'shutdown-kernel': 17_078,
  'win7-http-cross-machine': 3_397,
  'win7-http-sys': 2_042,
  'win7-kernel-network': 8_924,
} as const;

/** Path of a real trace, named without `.etl`. */
export const realTrace = (name: string): string => join(REAL_TRACES, `${name}.etl`);

/** Path of a case, named with its extension. */
export const caseFile = (name: string): string => join(CASES, name);

/** A `describe` for tests of real traces. */
export function describeWithRealTraces(name: string, tests: () => void): void {
  describe.skipIf(!hasRealTraces)(name, tests);
}

/** A `describe` for tests of cases. */
export function describeWithCases(name: string, tests: () => void): void {
  describe.skipIf(!isRequired && !existsSync(CASES))(name, tests);
}

/** A `describe` for tests that compare with dumps of manifests. */
export function describeWithSchemaDumps(name: string, tests: () => void): void {
  describe.skipIf(!existsSync(SCHEMAS))(name, tests);
}
