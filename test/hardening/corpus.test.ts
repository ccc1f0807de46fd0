import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, it } from 'vitest';
import { mutate } from '../../fuzz/mutate.js';
import { seedsOf } from '../../fuzz/seeds.js';
import { cleanUp, TARGETS, type TargetName } from '../../fuzz/targets.js';
import { Random } from '../../samples/scenarios/index.js';

const corpus = fileURLToPath(new URL('../../fuzz/corpus', import.meta.url));
const NAMES: readonly TargetName[] = [
  'container',
  'lz77',
  'records',
  'manifest',
  'compartments',
  'conversion',
  'paths',
  'diagnosis',
  'archives',
];

/** Fresh cases made of each one that is kept; `npm run fuzz` makes a million. */
const MUTATIONS: Readonly<Record<TargetName, number>> = {
  container: 20,
  lz77: 40,
  records: 10,
  manifest: 20,
  compartments: 40,
  conversion: 1,
  paths: 4,
  diagnosis: 4,
  archives: 8,
};

/** Starting cases of a target without kept cases. */
const SEEDS = 12;

function casesOf(target: TargetName): Uint8Array[] {
  const folder = join(corpus, target);
  if (!existsSync(folder)) {
    return seedsOf(target, undefined)
      .slice(0, SEEDS)
      .map(({ bytes }) => bytes);
  }
  return readdirSync(folder)
    .sort()
    .map((name) => new Uint8Array(readFileSync(join(folder, name))));
}

afterAll(cleanUp);

describe.each(NAMES)('cases that fuzzing kept for %s', (target) => {
  const cases = casesOf(target);

  it('break no promise', async () => {
    for (const bytes of cases) await TARGETS[target](bytes);
  });

  it('nor do changed ones', async () => {
    const random = new Random(1);
    for (const bytes of cases) {
      for (let n = 0; n < MUTATIONS[target]; n++) {
        await TARGETS[target](mutate(target, bytes, random, cases));
      }
    }
  });
});
