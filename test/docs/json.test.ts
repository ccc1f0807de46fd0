import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaErrors } from '../support/json-schemas.js';
import { fences, tableRows } from './markdown.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/json.md'), 'utf8');

/** Times of the run itself. */
const VARIABLE = new Set(['seconds', 'started']);

/** Members of an example that the real output does not have; lists of examples have the first items only. */
function differences(example: unknown, real: unknown, path = ''): string[] {
  if (typeof example !== 'object' || example === null || typeof real !== 'object' || real === null) {
    return Object.is(example, real) ? [] : [`${path}: ${JSON.stringify(example)} is ${JSON.stringify(real)}`];
  }
  return Object.entries(example).flatMap(([name, value]) =>
    VARIABLE.has(name) ? [] : differences(value, Reflect.get(real, name), `${path}/${name}`),
  );
}

const commands = fences(page, 'sh').map(({ lines }) => lines.join('\n'));
const examples = fences(page, 'json').map(({ lines }) => lines.join('\n'));

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'etlcap-json-'));
  symlinkSync(join(root, 'samples'), join(directory, 'samples'));
  mkdirSync(join(directory, 'path'));
  const shim = join(directory, 'path', 'etlcap');
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/etlcap.js')}" "$@"\n`);
  chmodSync(shim, 0o755);
});
afterEach(() => rmSync(directory, { recursive: true }));

/** The document that a line of the page prints; of several documents the last one. */
function outputOf(command: string) {
  const { stderr, stdout } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(directory, 'path')}${delimiter}${process.env.PATH}` },
    maxBuffer: 1 << 28,
  });
  expect(stdout, stderr).not.toBe('');
  // An events document has an event on each line; everything else is one line.
  const start = stdout.lastIndexOf('\n{"format"') + 1;
  return JSON.parse(stdout.slice(start));
}

describe('docs/json.md', () => {
  it('has an example for each command', () => {
    expect(commands).toHaveLength(examples.length);
    expect(examples.length).toBeGreaterThan(6);
  });

  it.each(commands.map((command, at) => [command, examples[at] ?? '']))(
    'shows what is printed by: %s',
    (command, example) => {
      const shown = JSON.parse(example);
      const real = outputOf(command);
      expect(differences(shown, real)).toEqual([]);
      // No member at the top is left out.
      expect(Object.keys(shown)).toEqual(Object.keys(real));
    },
  );

  it('lists every format with its version', () => {
    const rows = tableRows(page, '`format`');
    for (const example of examples) {
      const { format, formatVersion } = JSON.parse(example);
      const row = rows.find((each) => each['`format`']?.includes(`\`${format}\``));
      expect(row?.Version, format).toBe(String(formatVersion));
      const name = format.replace('etlcap-', '');
      // A document of the next version is another one.
      expect(schemaErrors(name, { ...JSON.parse(example), formatVersion: formatVersion + 1 })).not.toEqual(
        [],
      );
    }
  });
});
