import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { describe, expect, inject, test } from 'vitest';
import { BIN, type Ended, run, sample, useDirectory, writeLargeTrace } from './run.js';

const directory = useDirectory();

/** util-linux's `script`, which runs a command on a terminal of its own. */
const hasScript = /util-linux/u.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');

/** ora's spinner, `dots`. */
const SPINNER = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u;

/** Runs a batch on a terminal of this width; the drawn text is in stdout. */
function batchOnTerminal(
  args = '',
  env: Readonly<Record<string, string>> = {},
  columns = 100,
): Promise<Ended> {
  expect(inject('buildProblem')).toBe('');
  const line = `stty cols ${columns}; "${process.execPath}" "${BIN}" batch in -o out --events none --jobs 2 ${args}`;
  return run('script', ['-qec', line, '/dev/null'], {
    cwd: directory.path,
    env: { CI: undefined, GITHUB_ACTIONS: undefined, NO_COLOR: undefined, TERM: 'xterm-256color', ...env },
  });
}

describe.skipIf(!hasScript)('progress of a batch on a terminal', () => {
  const traces = (): void => {
    mkdirSync(directory.file('in'));
    writeLargeTrace(directory.file('in/large.etl'), 200_000);
    for (let n = 0; n < 10; n++) copyFileSync(sample('lbfo-team'), directory.file(`in/${n}.etl`));
  };

  test('shows the part done, files, rate and the files in work, in one line that it removes', async () => {
    traces();
    const { code, stdout } = await batchOnTerminal();
    expect(code).toBe(0);
    const text = stdout.toString();
    expect(text).toMatch(SPINNER);
    expect(text).toMatch(/\d+ % {2}\d+ of 11 files, [\d.]+ (?:bytes|[kMG]B)\/s.* large\.etl/u);
    const report = text.slice(text.indexOf('Trace  '));
    expect(report).toContain('11 traces: 11 converted');
    expect(report).not.toMatch(SPINNER);
    // Files that are converted are not named one by one above it.
    expect(text).not.toContain('etlcap: converted');
  });

  test('no line is wider than the terminal', async () => {
    traces();
    const { stdout } = await batchOnTerminal('', {}, 40);
    const drawn = stdout
      .toString()
      .split(/[\r\n]|\p{Cc}\[[0-9;?]*[A-Za-z]/u)
      .filter((part) => part.includes(' of 11 files'));
    expect(drawn.length).toBeGreaterThan(0);
    for (const line of drawn) expect([...line].length).toBeLessThan(40);
  });

  test.each([
    ['NO_COLOR', '', { NO_COLOR: '1' }, false],
    ['--no-color', '--no-color', {}, false],
    ['--no-color before FORCE_COLOR', '--no-color', { FORCE_COLOR: '1' }, false],
    ['FORCE_COLOR before NO_COLOR', '', { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['FORCE_COLOR=0', '', { FORCE_COLOR: '0' }, false],
  ])('%s decides on the color of the spinner', async (_name, args, env, hasColor) => {
    traces();
    const { stdout } = await batchOnTerminal(args, env);
    const text = stdout.toString();
    expect(text).toMatch(SPINNER);
    // SGR 36: cyan (ECMA-48).
    expect(text.includes('\u001b[36m')).toBe(hasColor);
  });

  test.each([
    ['--quiet', '--quiet', {}],
    ['CI', '', { CI: 'true' }],
    ['a dumb terminal', '', { TERM: 'dumb' }],
  ])('%s: nothing is drawn', async (_name, args, env) => {
    traces();
    const { code, stdout } = await batchOnTerminal(args, env);
    expect(code).toBe(0);
    expect(stdout.toString()).not.toMatch(SPINNER);
    expect(stdout.toString()).not.toContain('\u001b');
  });
});
