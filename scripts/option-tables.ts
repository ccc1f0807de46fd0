/** Writes the option tables of README.md from the definitions in src/options; run by `npm run docs:options`. */
import { readFile, writeFile } from 'node:fs/promises';
import { withOptionTables } from '../src/options/option-tables.js';

await writeFile('README.md', withOptionTables(await readFile('README.md', 'utf8')));
