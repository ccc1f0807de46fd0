import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithTshark } from '../support/wireshark.js';
import { codeSpans, fences, section } from './markdown.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const commands = fences(readme, 'sh').flatMap(({ lines }) => lines);
const COMMAND = 'node bin/etlcap.js';

/** A folder that looks like a clone after `npm ci`, with `etlcap` as a command, so that nothing is written to the real one. */
let clone = '';
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'etlcap-readme-'));
  for (const name of ['bin', 'dist', 'samples', 'package.json'])
    symlinkSync(join(root, name), join(clone, name));
  mkdirSync(join(clone, 'path'));
  mkdirSync(join(clone, 'node_modules'));
  symlinkSync(root, join(clone, 'node_modules', 'etlcap'));
  const shim = join(clone, 'path', 'etlcap');
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'bin/etlcap.js')}" "$@"\n`);
  chmodSync(shim, 0o755);
});
afterEach(() => rmSync(clone, { recursive: true }));

/** Runs a line of the README in the clone. @returns standard output */
function run(line: string): string {
  const result = spawnSync('bash', ['-o', 'pipefail', '-c', line], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(clone, 'path')}${delimiter}${process.env.PATH}`, TZ: 'UTC' },
    input: '',
  });
  expect(result.status, `${line}\n${result.stderr}`).toBe(0);
  return result.stdout;
}

const isOnPath = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

describe('README.md', () => {
  it('has one command that installs and converts a sample, and it writes the file', () => {
    const [first = ''] = commands;
    expect(first).toMatch(/^npm ci && /);
    expect(run(first.replace('npm ci && ', ''))).toContain('Wrote nat-vswitch.pcapng: 74 packets');
  });

  it('has one command that installs and tests: `npm cit` is `npm ci` and the script `test`', () => {
    expect(commands).toContain('npm cit');
    expect(manifest.scripts.test).toMatch(/vitest run$/);
    expect(readFileSync(join(root, '.ci/run'), 'utf8')).toMatch(/^npm cit\b/m);
  });

  it.each(codeSpans(readme).filter((code) => code.startsWith('npm run ')))('names a script: %s', (code) => {
    expect(manifest.scripts).toHaveProperty(code.slice('npm run '.length));
  });

  it.each(['', 'info ', 'events ', 'batch ', 'watch ', 'report merge '])(
    'mentions every option of: etlcap %s--help',
    (command) => {
      const help = run(`${COMMAND} ${command}--help`);
      const options = new Set(help.match(/--[a-z][a-z-]*/g));
      expect(options.size).toBeGreaterThan(1);
      const mentioned = codeSpans(readme).flatMap((code) => code.match(/--[a-z][a-z-]*/g) ?? []);
      expect(mentioned).toEqual(expect.arrayContaining([...options]));
    },
  );

  it('explains every exit code that --help has', () => {
    const codes = /Exit codes\n(.*)/.exec(run(`${COMMAND} --help`))?.[1]?.match(/\b\d\b/g) ?? [];
    expect(codes.length).toBeGreaterThan(3);
    for (const code of codes)
      expect(section(readme, 'Options')).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
  });

  it('gives a reason for every dependency, and for no other package', () => {
    const named = section(readme, 'Dependencies')
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.includes('Why') && !line.includes('---'))
      .flatMap((line) => (line.split('|')[1] ?? '').split(',').map((cell) => cell.trim()))
      .map((cell) => /^\[([^\]]+)\]/.exec(cell)?.[1] ?? cell);
    const all = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    expect(named.sort()).toEqual(all.sort());
  });

  it.each(fences(readme, 'js'))('has a program that runs: %#', ({ lines }) => {
    writeFileSync(join(clone, 'example.mjs'), lines.join('\n'));
    expect(run('node example.mjs').length).toBeGreaterThan(0);
  });

  it('has a batch that converts all samples and reports them', () => {
    run(commands.find((line) => line.startsWith('etlcap batch samples')) ?? 'false');
    const report = readFileSync(join(clone, 'report.json'), 'utf8');
    const traces = readdirSync(join(root, 'samples')).filter((name) => name.endsWith('.etl'));
    expect(traces.length).toBeGreaterThan(0);
    for (const name of traces) {
      expect(report).toContain(name);
      expect(existsSync(join(clone, 'captures', name.replace(/etl$/, 'pcapng'))), name).toBe(true);
    }
  });

  it.skipIf(!isOnPath('jq')).each(commands.filter((line) => line.includes('| jq') || line.includes('&& jq')))(
    'has a pipe that gives something: %s',
    (line) => expect(run(line).length).toBeGreaterThan(0),
  );
});

it('the terminal picture of README.md shows what the commands print', () => {
  expect(readme).toContain('](docs/demo.svg)');
  const { status, stderr } = spawnSync(process.execPath, ['scripts/demo.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
});

describeWithTshark('README.md, in tshark', () => {
  it.each(commands.filter((line) => line.includes('| tshark')))(
    'has a pipe that gives frames: %s',
    (line) => {
      expect(run(line)).toMatch(/ICMP/);
    },
  );

  it('shows lines that the commands above them print', () => {
    const [conversion, ...queries] = fences(readme, 'console');
    expect(queries).toHaveLength(2);
    for (const { lines } of [conversion, ...queries].filter((fence) => fence !== undefined)) {
      const [command = '', ...shown] = lines;
      const printed = run(command.replace(/^\$ /, '')).split('\n');
      expect(printed).toEqual(expect.arrayContaining(shown));
    }
  });
});
