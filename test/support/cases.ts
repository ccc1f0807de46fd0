import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** Small inputs that once showed a fault; they are stored beside the project, not in it. */
const CASES = process.env.ETLCAP_CASES ?? fileURLToPath(new URL('../../../shared/cases', import.meta.url));

/** Path of a case, with its extension. */
export const caseFile = (name: string): string => join(CASES, name);

/** A `describe` for tests of cases: skipped if their folder is missing, unless ETLCAP_REQUIRE_SAMPLES=1. */
export function describeWithCases(name: string, tests: () => void): void {
  describe.skipIf(!existsSync(CASES) && process.env.ETLCAP_REQUIRE_SAMPLES !== '1')(name, tests);
}
