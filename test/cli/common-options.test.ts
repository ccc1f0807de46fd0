import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();
const TRACE = sample('nat-vswitch');

describe('options that all commands that read traces have', () => {
  const COMMANDS = [
    ['convert', []],
    ['info', ['info']],
    ['events', ['events']],
    ['path', ['path']],
    ['report', ['report']],
  ] as const;
  /** Arguments that make a command write to standard output. */
  const output = (name: string): string[] => (name === 'convert' || name === 'report' ? ['-o', '-'] : []);

  test.each(COMMANDS)('%s: --spool-limit limits what is read from a pipe', async (name, command) => {
    const input = readFileSync(TRACE);
    const { size } = statSync(TRACE);
    const few = await etlcap([...command, '-', ...output(name), '--spool-limit', String(size - 1)], {
      input,
    });
    expect(few.code).toBe(1);
    expect(few.stderr).toBe(
      `etlcap: standard input: more than ${size - 1} bytes; --spool-limit allows more\n`,
    );
    const enough = await etlcap([...command, '-', ...output(name), '--spool-limit', String(size)], { input });
    expect(enough.code).toBe(0);
    expect(enough.stdout.length).toBeGreaterThan(0);
  });

  test.each(COMMANDS)('%s: --compartments, --quiet and --no-color', async (name, command) => {
    writeFileSync(directory.file('addresses.txt'), 'IPAddress : 10.0.0.1\r\nInterfaceIndex : 7\r\n');
    const args = ['--compartments', directory.file('addresses.txt'), '--quiet', '--no-color'];
    const { code, stderr } = await etlcap([...command, TRACE, ...output(name), ...args]);
    expect([code, stderr]).toEqual([0, '']);
  });

  test('--no-color can precede the command', async () => {
    const after = await etlcap(['info', '--no-color', TRACE]);
    const before = await etlcap(['--no-color', 'info', TRACE]);
    expect(before.code).toBe(0);
    expect(before.stdout.equals(after.stdout)).toBe(true);
  });

  test('events --quiet: no note about events that do not match', async () => {
    const args = ['events', TRACE, '--providers', 'nosuch'];
    expect((await etlcap(args)).stderr).toContain('nosuch');
    expect((await etlcap([...args, '--quiet'])).stderr).toBe('');
  });
});
