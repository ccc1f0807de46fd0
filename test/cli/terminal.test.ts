import { spawnSync } from 'node:child_process';
import { describe, expect, inject, test } from 'vitest';
import { BIN, etlcap, run, sample, slowPipe, useDirectory, writeLargeTrace } from './run.js';

const directory = useDirectory();

/** util-linux's `script`, which runs a command on a terminal of its own. */
const hasScript = /util-linux/u.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');

/** Runs `etlcap ARGS` on a terminal of this width; the drawn text is in stdout. */
function onTerminal(args: string, columns = 100) {
  expect(inject('buildProblem')).toBe('');
  const line = `stty cols ${columns}; "${process.execPath}" "${BIN}" ${args}`;
  return run('script', ['-qec', line, '/dev/null'], {
    cwd: directory.path,
    env: { CI: undefined, TERM: 'xterm-256color' },
  });
}

/** A trace and the output `slow`, which together take a second or more: the spinner comes after a quarter of one. */
function longConversion(): void {
  writeLargeTrace(directory.file('large.etl'), 400_000);
  slowPipe(directory.file('slow'));
}

/** ora's spinner, `dots`. */
const SPINNER = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u;
/** Start of sequences that move a cursor or set a colour. */
const ESCAPE = '\u001b';

describe.skipIf(!hasScript)('on a terminal', () => {
  test('a long conversion shows a spinner with name, percent, packets and rate, and removes it', async () => {
    longConversion();
    const { code, stdout } = await onTerminal('large.etl -o slow');
    expect(code).toBe(0);
    const text = stdout.toString();
    expect(text).toMatch(SPINNER);
    expect(text).toMatch(/large\.etl {2}\d+ % {2}[\d,]+ packets, [\d,]+ per second/u);
    const summary = text.slice(text.lastIndexOf('Interface'));
    expect(summary).toContain('400,000 packets');
    expect(summary).not.toMatch(SPINNER);
  });

  test('pcapng is not written to it: usage error that says what to do', async () => {
    const { code, stdout } = await onTerminal(`"${sample('lbfo-team')}" -o -`);
    expect(code).toBe(2);
    expect(stdout.toString()).toBe(
      'etlcap: standard output is a terminal: pcapng is binary; use -o FILE, or a pipe\r\n',
    );
  });

  test('that does not say its width: no spinner, and the conversion comes to its end', async () => {
    longConversion();
    const { code, stdout } = await onTerminal('large.etl -o slow', 0);
    expect(code).toBe(0);
    expect(stdout.toString()).not.toMatch(SPINNER);
    expect(stdout.toString()).toContain('400,000 packets');
  });

  test('--quiet draws nothing', async () => {
    longConversion();
    const { code, stdout } = await onTerminal('large.etl -o slow --quiet');
    expect([code, stdout.toString()]).toEqual([0, '']);
  });
});

describe('elsewhere', () => {
  test.skipIf(process.platform === 'win32')(
    'no spinner, no escape sequence, also in a long conversion',
    async () => {
      longConversion();
      const { code, stderr, stdout } = await etlcap(['large.etl', '-o', 'slow'], {
        cwd: directory.path,
        env: { CI: undefined, FORCE_COLOR: '1' },
      });
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.toString()).not.toMatch(SPINNER);
      expect(stdout.includes(ESCAPE)).toBe(false);
    },
  );
});
