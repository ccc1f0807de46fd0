import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();

describe('a wrong command line ends with exit 2 and one line that says what is wrong', () => {
  test.each([
    [[], 'no input file; usage: etlcap FILE.etl … [-o OUT]; see etlcap --help'],
    [['--nope', 'x.etl'], 'unknown option --nope; see etlcap --help'],
    [['x.etl', '-x'], 'unknown option -x; see etlcap --help'],
    [['x.etl', '-o'], '--output needs a value'],
    [['x.etl', '--component'], '--component needs a value'],
    [['x.etl', '--component', '--force'], '--component needs a value'],
    [['x.etl', '-o', 'a', '-o', 'b'], '--output can only be used once'],
    [['x.etl', '-o', 'a', '--output=b'], '--output can only be used once'],
    [['x.etl', '-o', '--force'], '--output needs a value'],
    [['x.etl', '--output='], '--output needs a value'],
    [['x.etl', '--component='], '--component needs a value'],
    [['x.etl', '--since', '-5'], "invalid --since '-5': expected a time such as 2024-06-10T20:18:35.5Z"],
    [['x.etl', '--since=-x'], "invalid --since '-x': expected a time such as 2024-06-10T20:18:35.5Z"],
    [['x.etl', '--force=yes'], '--force takes no value'],
    [['x.etl', '--nope', '-x', '--nope'], 'unknown option --nope, -x; see etlcap --help'],
    [['x.etl', '--drops', 'all'], "invalid --drops 'all': expected only, exclude"],
    [['x.etl', '--split', 'size'], "invalid --split 'size': expected linktype"],
    [['x.etl', '--since', '2024-02-01', '--until', '2024-01-01'], '--until must be later than --since'],
    [['x.etl', '-o', '-', '--json'], '-o - and --json both write to standard output'],
    [['-', '-', '-o', 'x'], '- (standard input) can only be used once'],
    [['inof', 'x.etl'], 'inof: no such file or command; did you mean info?'],
    [
      ['frobnicate'],
      'frobnicate: no such file or command; the commands are batch, diagnose, events, info, path, report, table, watch, wireshark',
    ],
    [['x.etl', '--ouput', 'y'], 'unknown option --ouput; did you mean --output?'],
    [['x.etl', '--oen-copy'], 'unknown option --oen-copy; did you mean --one-copy?'],
    [['events', 'x.etl', '--provider=x'], 'unknown option --provider; did you mean --providers?'],
    [
      ['wireshark', 'instal'],
      'expected etlcap wireshark install, uninstall or status; did you mean install?',
    ],
    [['info'], 'no input file; usage: etlcap info FILE.etl …; see etlcap info --help'],
    [['report', 'x.etl'], 'missing output file; use -o report.html, or -o - for standard output'],
    [
      ['batch', 'x', '-o', 'y', '--shards', '3', '--shard', '1/3'],
      '--shards cannot be combined with --shard N/M',
    ],
    [['info', 'x.etl', '--force'], 'unknown option --force; see etlcap info --help'],
  ])('etlcap %j', async (args, message) => {
    const { code, stderr, stdout } = await etlcap(args, { cwd: directory.path });
    expect(stderr).toBe(`etlcap: ${message}\n`);
    expect(stdout.toString()).toBe('');
    expect(code).toBe(2);
    expect(directory.files()).toEqual([]);
  });

  test.each([
    [['-o', 'out.pcapng', '-q', '-f']],
    [['-oout.pcapng', '-qf']],
    [['-o=out.pcapng', '-qf']],
    [['-qfo', 'out.pcapng']],
    [['--output', 'out.pcapng', '--quiet', '--force']],
    [['--quiet', '--output=out.pcapng', '--force']],
    [['-q', '-q', '-f', '-o', './out.pcapng']],
  ])('options may be written as %j', async (args) => {
    writeFileSync(directory.file('out.pcapng'), 'to be replaced');
    const { code, stderr, stdout } = await etlcap([sample('lbfo-team'), ...args], { cwd: directory.path });
    expect([code, stderr, stdout.toString()]).toEqual([0, '', '']);
    expect(directory.captures()).toEqual(['out.pcapng']);
    expect(readFileSync(directory.file('out.pcapng')).readUInt32LE(0)).toBe(0x0a0d_0d0a);
  });

  test('an input named like an option can follow --', async () => {
    const { code, stderr } = await etlcap([
      '-q',
      '-o',
      directory.path,
      '--',
      '-trace.etl',
      sample('lbfo-team'),
    ]);
    expect(stderr).toBe('etlcap: -trace.etl: no such file or directory\n');
    expect(code).toBe(1);
    expect(directory.captures()).toEqual(['lbfo-team.pcapng']);
  });

  test('behind -- nothing is an option, not even one that takes several values', async () => {
    copyFileSync(sample('lbfo-team'), directory.file('--component'));
    const { code, stderr } = await etlcap(['-q', '-o', 'x.pcapng', '--', '--component'], {
      cwd: directory.path,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(directory.captures()).toEqual(['--component', 'x.pcapng']);
  });

  test('a value behind = may begin with a dash', async () => {
    const { code, stderr } = await etlcap(['info', '--compartments=-none', 'x.etl']);
    expect([code, stderr]).toEqual([2, 'etlcap: --compartments -none: no such file or directory\n']);
    const none = await etlcap([sample('lbfo-team'), '-o', directory.file('x'), '--component=-none']);
    expect(none.code).toBe(4);
    expect(none.stderr).toContain('All 33 packets were excluded by your filters (');
  });
});

describe('what people type without looking', () => {
  test.each([['-v'], ['-V'], ['--version']])('%s prints the version', async (argument) => {
    const { code, stdout } = await etlcap([argument]);
    expect([code, stdout.toString()]).toEqual([0, `${manifest.version}\n`]);
  });

  test.each([['-h'], ['help']])('%s is --help', async (argument) => {
    const { code, stdout } = await etlcap([argument]);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe((await etlcap(['--help'])).stdout.toString());
  });
});
