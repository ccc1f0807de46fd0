import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeWithTshark } from '../support/wireshark.js';
import { readCapture } from './captures.js';
import { BIN, etlcap, run, sample, useDirectory } from './run.js';

const directory = useDirectory();

describe('a trace that comes through a pipe', () => {
  const trace = readFileSync(sample('nat-vswitch'));
  const piped = (args: readonly string[]) => {
    mkdirSync(directory.file('tmp'), { recursive: true });
    return etlcap(['-', '-o', 'out.pcapng', '--events', 'none', ...args], {
      cwd: directory.path,
      input: trace,
      env: { TMPDIR: directory.file('tmp') },
    });
  };

  test('is converted as the file would be, and nothing of it stays in the temporary directory', async () => {
    expect((await piped([])).code).toBe(0);
    expect(readCapture(directory.file('out.pcapng')).packets).toHaveLength(74);
    expect(readdirSync(directory.file('tmp'))).toEqual([]);
  });

  test('is taken up to --spool-limit: to the byte; beyond, it is an error, and nothing is left', async () => {
    expect((await piped(['--spool-limit', `${trace.length}B`])).code).toBe(0);
    const { code, stderr } = await piped(['--force', '--spool-limit', String(trace.length - 1)]);
    expect([code, stderr]).toEqual([
      1,
      `etlcap: standard input: more than ${trace.length - 1} bytes; --spool-limit allows more\n`,
    ]);
    expect(readdirSync(directory.file('tmp'))).toEqual([]);
  });

  test.each(['0', '-5', '1e3', 'much', '1X', '1kk', '99999999T'])(
    '--spool-limit %s: usage error',
    async (limit) => {
      const { code, stderr } = await piped([`--spool-limit=${limit}`]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(': expected a size such as 500M')]);
    },
  );

  describeWithTshark('in a shell', () => {
    test('cat x.etl | etlcap - -o - --events none | tshark -r - shows every packet', async () => {
      const etlcapCommand = `"${process.execPath}" "${BIN}"`;
      const line = `cat "${sample('nat-vswitch')}" | ${etlcapCommand} - -o - --events none | tshark -r - -T fields -e frame.number`;
      const { stdout } = await run('sh', ['-c', line], {
        cwd: directory.path,
        env: { HOME: directory.path },
      });
      expect(stdout.toString().trim().split('\n')).toHaveLength(74);
    });
  });
});
