import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { committedScenarios } from './scenarios/index.js';

/** `build/samples/generate.js` writes beside the sources: the samples that are committed. */
const target = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'samples');
mkdirSync(target, { recursive: true });
for (const scenario of committedScenarios()) {
  const { name, plain, compressed } = scenario();
  writeFileSync(join(target, `${name}.etl`), plain);
  writeFileSync(join(target, `${name}.compressed.etl`), compressed);
}
