import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  bashCompletion,
  fishCompletion,
  powershellCompletion,
  zshCompletion,
} from '../../src/options/completions.js';
import { manPage } from '../../src/options/man-page.js';
import { COMMAND_NAMES } from '../../src/options/option.js';
import { optionsOf } from '../../src/options/options-of.js';

const COMPLETED = COMMAND_NAMES.filter((name) => name !== 'extcap');
const OPTIONS = new Set(COMPLETED.flatMap((name) => optionsOf(name).map(({ typed }) => typed)));

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Completions of bash for the last word of a line. */
function bashOffers(...words: string[]): string[] {
  const script = `
    ${bashCompletion()}
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    _etlcap
    printf '%s\\n' "\${COMPREPLY[@]}"
  `;
  const { stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', 'etlcap', ...words], {
    cwd: '/proc/self/fdinfo',
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line.startsWith('-') || /^[a-z]/u.test(line));
}

describe.skipIf(!has('bash'))('completions for bash', () => {
  test('the first word can be a command', () => {
    expect(bashOffers('ba')).toEqual(['batch']);
    expect(bashOffers('--one')).toEqual(['--one-copy']);
  });

  test('options are those of the command', () => {
    expect(bashOffers('batch', '--fail')).toEqual(['--fail-fast']);
    expect(bashOffers('info', '--fail')).toEqual([]);
    expect(bashOffers('report', 'mer')).toEqual(['merge']);
    expect(bashOffers('report', 'merge', 'a.json', '--out')).toEqual(['--output']);
    expect(bashOffers('wireshark', 'un')).toEqual(['uninstall']);
  });

  test('values are those of the option', () => {
    expect(bashOffers('x.etl', '--drops', '')).toEqual(['only', 'exclude']);
    expect(bashOffers('batch', 'x', '--log-format', '')).toEqual(['text', 'json']);
  });
});

describe('completions for other shells', () => {
  test.each([
    ['zsh', zshCompletion(), ['-n']],
    ['fish', fishCompletion(), ['--no-execute']],
  ])('%s: all options and commands; the shell reads it where it is installed', (shell, script, args) => {
    for (const typed of OPTIONS) {
      expect(script).toContain(shell === 'fish' ? `-l ${typed.slice(2)} ` : typed);
    }
    for (const command of ['info', 'batch', 'wireshark']) expect(script).toContain(command);
    // Quotes are closed: an even number on each line.
    for (const line of script.split('\n')) expect((line.match(/'/gu) ?? []).length % 2).toBe(0);
    if (has(shell)) expect(spawnSync(shell, args, { input: script, encoding: 'utf8' }).stderr).toBe('');
  });

  test('PowerShell: all options; braces and parentheses are closed', () => {
    const script = powershellCompletion();
    for (const typed of OPTIONS) expect(script).toContain(`'${typed}'`);
    for (const [open, close] of [
      ['{', '}'],
      ['(', ')'],
    ] as const) {
      expect(script.split(open).length).toBe(script.split(close).length);
    }
  });
});

describe('the manual page', () => {
  const page = manPage('1.2.3-beta');

  test('has the sections of man-pages(7) in their order', () => {
    expect(page.match(/^\.SH .*$/gmu)).toEqual([
      '.SH NAME',
      '.SH SYNOPSIS',
      '.SH DESCRIPTION',
      '.SH OPTIONS',
      '.SH COMMANDS',
      '.SH "EXIT STATUS"',
      '.SH EXAMPLES',
      '.SH "SEE ALSO"',
    ]);
    expect(page).toMatch(/^\.TH ETLCAP 1 "" "etlcap 1\.2\.3\\-beta" /u);
  });

  test('has every option of conversion, with hyphens that can be copied', () => {
    for (const { definition, typed } of optionsOf('convert')) {
      if (definition.hidden !== true) expect(page).toContain(typed.replaceAll('-', '\\-'));
    }
  });

  test('a line begins with a period or an apostrophe only as a request', () => {
    const requests = page.split('\n').filter((line) => /^[.']/u.test(line));
    expect(requests.filter((line) => !/^\.(?:TH|SH|SS|TP|BR|B|br|EX|EE)(?: |$)/u.test(line))).toEqual([]);
  });

  test.skipIf(!has('groff'))('groff formats it without warnings', () => {
    const { stderr, stdout } = spawnSync('groff', ['-man', '-Tutf8', '-ww'], {
      input: page,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('write a report as JSON or JUnit XML');
  });
});
