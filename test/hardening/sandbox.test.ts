import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { BIN, type Ended, etlcap, run, sample, useDirectory } from '../cli/run.js';

/** Node's permission model (docs/sandbox.md): stable from 22.13 and 23.5 on. */
const FLAG = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';
const PACKAGE = dirname(dirname(BIN));

const directory = useDirectory();

beforeEach(() => {
  for (const name of ['in', 'out', 'elsewhere']) mkdirSync(directory.file(name));
  copyFileSync(sample('pktmon-drops'), directory.file('in/trace.etl'));
});

/** Runs the command with read access to `in` and to the package, and write access to `out`. */
function confined(args: readonly string[], input?: Uint8Array): Promise<Ended> {
  const reads = [
    ...['bin', 'dist', 'node_modules', 'package.json'].map((name) => join(PACKAGE, name)),
    directory.file('in'),
    directory.file('out'),
  ];
  const permissions = [
    ...reads.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${directory.file('out')}`,
  ];
  return run(process.execPath, ['--no-warnings', FLAG, ...permissions, BIN, ...args], {
    cwd: directory.path,
    env: { TMPDIR: directory.file('out') },
    ...(input && { input }),
  });
}

const bytes = (name: string): Buffer => readFileSync(directory.file(name));

describe('with read access to the input and write access to the output directory alone', () => {
  it('a conversion has the same outputs as without', async () => {
    const { code, stderr } = await confined(['in/trace.etl', '-o', 'out/trace.pcapng', '-q']);
    expect([code, stderr]).toEqual([0, '']);
    await etlcap(['in/trace.etl', '-o', 'elsewhere/trace.pcapng', '-q'], { cwd: directory.path });
    expect(bytes('out/trace.pcapng').equals(bytes('elsewhere/trace.pcapng'))).toBe(true);
    expect(bytes('out/trace.events.json').equals(bytes('elsewhere/trace.events.json'))).toBe(true);
  });

  it('standard input is converted, with its temporary file in the output directory', async () => {
    const args = ['-', '-o', 'out/trace.pcapng', '-q'];
    const { code, stderr } = await confined(args, bytes('in/trace.etl'));
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    ['info', []],
    ['events', []],
    ['path', []],
    ['diagnose', []],
    ['report', ['-o', 'out/page.html']],
  ])('%s works', async (command, args) => {
    const { code, stderr } = await confined([command, 'in/trace.etl', ...args]);
    expect([code, stderr.match(/restricted|DENIED/u)]).toEqual([0, null]);
  });

  it.each([
    ['an output elsewhere', ['in/trace.etl', '-o', 'elsewhere/trace.pcapng']],
    ['an input elsewhere', [sample('lbfo-team'), '-o', 'out/trace.pcapng']],
  ])('%s is refused, and nothing is written', async (_, args) => {
    const { code, stderr } = await confined(args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^etlcap: .*(?:restricted|ERR_ACCESS_DENIED)/u);
    expect(existsSync(directory.file('elsewhere/trace.pcapng'))).toBe(false);
    expect(existsSync(directory.file('out/trace.pcapng'))).toBe(false);
  });
});
