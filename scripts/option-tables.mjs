/** Writes the option tables of README.md from the definitions in src/options; run by `npm run docs:options`. */
import { readFile, writeFile } from 'node:fs/promises';
import { withOptionTables } from '../dist/options/index.js';

const path = new URL('../README.md', import.meta.url);
await writeFile(path, withOptionTables(await readFile(path, 'utf8')));
