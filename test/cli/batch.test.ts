import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { BatchReport, FileReport } from '../../src/batch/index.js';
import { parseReport } from '../../src/batch/merge-reports.js';
import { cabFile } from '../io/archives/cab-builder.js';
import { zipFile } from '../io/archives/zip-builder.js';
import { schemaErrors } from '../support/json-schemas.js';
import { readCapture } from './captures.js';
import {
  BIN,
  type Ended,
  etlcap,
  type RunOptions,
  sample,
  useDirectory,
  waitingRun,
  writeLargeTrace,
} from './run.js';

const directory = useDirectory();
const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;

/** Variables of the CI engine that runs these tests must not share out the batches in them. */
const NO_ENGINE = {
  CI: undefined,
  GITHUB_ACTIONS: undefined,
  JOB_COMPLETION_INDEX: undefined,
  CI_NODE_INDEX: undefined,
  BUILDKITE_PARALLEL_JOB: undefined,
  CIRCLE_NODE_INDEX: undefined,
  SLURM_ARRAY_TASK_ID: undefined,
  AWS_BATCH_JOB_ARRAY_INDEX: undefined,
};

/** Puts a copy of a sample below the directory. */
function put(name: string, from = 'lbfo-team'): string {
  mkdirSync(dirname(directory.file(name)), { recursive: true });
  copyFileSync(sample(from), directory.file(name));
  return directory.file(name);
}

function write(name: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(directory.file(name)), { recursive: true });
  writeFileSync(directory.file(name), bytes);
}

/** `etlcap batch in -o out …`, without sidecars, and its report. */
async function batch(
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Ended & { report: BatchReport }> {
  const ended = await etlcap(
    ['batch', 'in', '-o', 'out', '--events', 'none', '--report', 'r.json', ...args],
    {
      cwd: directory.path,
      ...options,
      env: { ...NO_ENGINE, ...options.env },
    },
  );
  return { ...ended, report: readReport('r.json') };
}

const readReport = (name: string): BatchReport =>
  parseReport(name, readFileSync(directory.file(name), 'utf8'));

const outcomes = (report: BatchReport): Record<string, FileReport['status']> =>
  Object.fromEntries(report.files.map(({ input, status }) => [input, status]));

/** Names below a directory, but the journal's. */
const namesIn = (name: string): string[] =>
  readdirSync(directory.file(name), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.etlcap-batch'))
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.file(name).length + 1))
    .sort();

describe('what a batch converts', () => {
  test('every trace of a tree, which keeps its shape, to what a conversion alone gives', async () => {
    put('in/a.etl', 'nat-vswitch');
    put('in/host one/deep/b.ETL', 'pktmon-drops');
    write('in/readme.txt', 'not a trace');
    put('in/.hidden/c.etl');
    const { code, report } = await batch();
    expect(code).toBe(0);
    expect(namesIn('out')).toEqual(['a.pcapng', 'host one/deep/b.pcapng']);
    expect(report.totals).toMatchObject({ files: 2, converted: 2, packets: 74 + 78, dropped: 4 });
    // Packets by the truth of the samples: 28 and 15.
    expect(report.totals.identity).toMatchObject({ appearances: 74 + 78, packets: 28 + 15 });
    await etlcap([directory.file('in/a.etl'), '-o', directory.file('alone.pcapng'), '--events', 'none']);
    const alone = readFileSync(directory.file('alone.pcapng'));
    expect(readFileSync(directory.file('out/a.pcapng')).equals(alone)).toBe(true);
  });

  test('a glob, from its first part without a wildcard on', async () => {
    put('logs/x/one.etl');
    put('logs/y/two.etl');
    put('logs/y/three.etl');
    const { code } = await etlcap(['batch', 'logs/*/t*.etl', '-o', 'out', '--events', 'none'], {
      cwd: directory.path,
      env: NO_ENGINE,
    });
    expect(code).toBe(0);
    expect(namesIn('out')).toEqual(['y/three.pcapng', 'y/two.pcapng']);
  });

  test('traces in gzip, zip and cabinet; the members of an archive in a directory of its name', async () => {
    const trace = readFileSync(sample('nat-vswitch'));
    write('in/a.etl.gz', gzipSync(trace));
    write(
      'in/hosts.zip',
      zipFile([
        { name: 'h1/x.etl', bytes: trace },
        { name: 'h2/x.etl', bytes: trace },
      ]),
    );
    write('in/NetTrace.cab', cabFile([{ name: 'report.etl', bytes: trace }]));
    const { code, report } = await batch(['--sha256']);
    expect(code).toBe(0);
    expect(namesIn('out')).toEqual([
      'NetTrace/report.pcapng',
      'a.pcapng',
      'hosts/h1/x.pcapng',
      'hosts/h2/x.pcapng',
    ]);
    for (const name of namesIn('out')) {
      expect(readCapture(directory.file(`out/${name}`)).packets, name).toHaveLength(74);
    }
    expect(report.files.map(({ input }) => input)).toEqual([
      'in/NetTrace.cab#report.etl',
      'in/a.etl.gz',
      'in/hosts.zip#h1/x.etl',
      'in/hosts.zip#h2/x.etl',
    ]);
    expect(new Set(report.files.map(({ sha256 }) => sha256)).size).toBe(1);
  });

  test('--diagnose: the report has the findings of each trace, and an earlier report without them is not reused', async () => {
    for (const name of ['pktmon-drops', 'lbfo-team']) write(`in/${name}.etl`, readFileSync(sample(name)));
    expect((await batch([])).report.files.every(({ findings }) => findings === undefined)).toBe(true);
    const { code, report, stdout } = await batch(['--diagnose']);
    expect(code).toBe(0);
    expect(report.files.map(({ findings, skipped }) => [findings?.map(({ id }) => id), skipped])).toEqual([
      [[], undefined],
      [['drop-vlan', 'overlap', 'drop-no-listener'], undefined],
    ]);
    expect(report.files[1]?.findings?.[0]).toMatchObject({
      severity: 'error',
      basis: 'logged',
      frames: [63],
    });
    expect(stdout.toString()).toContain(
      'drop-vlan  in/pktmon-drops.etl: VLAN 999 not allowed at vmswitch.sys #62',
    );
    expect(schemaErrors('batch', report)).toEqual([]);
  });

  test('two members of one archive with one name, each under a name of its own', async () => {
    const bytes = readFileSync(sample('lbfo-team'));
    write(
      'in/t.zip',
      zipFile([
        { name: 'x*.etl', bytes },
        { name: 'x?.etl', bytes },
        { name: 'X_.ETL', bytes },
        { name: 'x*.etl', bytes },
      ]),
    );
    const { code, report } = await batch();
    expect(code).toBe(0);
    expect(namesIn('out')).toEqual(['t/X_ (3).pcapng', 't/x_ (2).pcapng', 't/x_ (4).pcapng', 't/x_.pcapng']);
    expect(report.files.map(({ input }) => input)).toContain('in/t.zip#x*.etl (2)');
  });

  test('with its events beside each pcapng', async () => {
    put('in/a.etl');
    const { code } = await etlcap(['batch', 'in', '-o', 'out'], { cwd: directory.path, env: NO_ENGINE });
    expect(code).toBe(0);
    expect(namesIn('out')).toEqual(['a.events.json', 'a.pcapng']);
  });

  test('an output directory inside the input is not an input', async () => {
    put('in/a.etl');
    put('in/out/old.etl');
    const { code, stderr } = await etlcap(['batch', 'in', '-o', 'in/out', '--events', 'none'], {
      cwd: directory.path,
      env: NO_ENGINE,
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining('in/a.etl')]);
    expect(namesIn('in')).toEqual(['a.etl', 'out/a.pcapng', 'out/old.etl']);
  });

  test('a file of two names once; the other name is reported', async () => {
    linkSync(put('in/a.etl'), directory.file('in/hard.etl'));
    symlinkSync('a.etl', directory.file('in/soft.etl'));
    const { code, report } = await batch();
    expect(code).toBe(0);
    expect(namesIn('out')).toEqual(['a.pcapng']);
    expect(report.files.slice(1)).toMatchObject([
      { input: 'in/hard.etl', status: 'duplicate', sameAs: 'in/a.etl' },
      { input: 'in/soft.etl', status: 'duplicate', sameAs: 'in/a.etl' },
    ]);
  });
});

describe('a batch that cannot begin', () => {
  const refused = async (args: readonly string[]): Promise<string> => {
    const { code, stderr } = await etlcap(['batch', ...args], { cwd: directory.path, env: NO_ENGINE });
    expect(code, stderr).toBe(2);
    expect(stderr.match(/\n/gu)).toHaveLength(1);
    expect(existsSync(directory.file('out'))).toBe(false);
    return stderr;
  };

  test('two inputs of one output: both are named, and nothing is written', async () => {
    put('in/a.etl');
    write('in/a.etl.gz', gzipSync(readFileSync(sample('nat-vswitch'))));
    expect(await refused(['in', '-o', 'out'])).toBe(
      'etlcap: in/a.etl and in/a.etl.gz would both become out/a.pcapng; rename one\n',
    );
  });

  test('nothing to convert, no such directory, no output directory, a file in its place', async () => {
    mkdirSync(directory.file('in'));
    write('file', '');
    expect(await refused(['in', '-o', 'out'])).toContain('no traces found');
    expect(await refused(['none', '-o', 'out'])).toContain('none: no such file');
    expect(await refused(['in/*.etl', '-o', 'out'])).toContain('no traces match');
    put('in/a.etl');
    expect(await refused(['in'])).toContain('-o OUTDIR');
    expect(await refused(['in', '-o', 'file'])).toContain('is a file');
  });

  test('options that make no sense', async () => {
    put('in/a.etl');
    expect(await refused(['in', '-o', 'out', '--jobs', '0'])).toContain(
      "invalid --jobs '0': expected a number from 1",
    );
    expect(await refused(['in', '-o', 'out', '--shard', '9/8'])).toContain('3/8');
    expect(await refused(['in', '-o', 'out', '--report', 'r.txt'])).toContain('.json or .xml');
    expect(await refused(['in', '-o', 'out', '--log-format', 'xml'])).toContain('text, json');
  });
});

describe('bad input', () => {
  test('ends that file alone, with exit 1, and every other is converted', async () => {
    put('in/good.etl');
    write('in/zero.etl', '');
    write('in/text.etl', 'This is a text file, and no trace at all.\n'.repeat(20));
    symlinkSync('loop.etl', directory.file('in/loop.etl'));
    symlinkSync('.', directory.file('in/itself'));
    symlinkSync('nowhere.etl', directory.file('in/dangling.etl'));
    mkdirSync(directory.file('in/directory.etl'));
    write('in/bad.etl.gz', 'no gzip');
    write('in/bad.zip', 'no zip');
    write('in/bad.cab', 'no cabinet');
    const bytes = readFileSync(sample('lbfo-team'));
    write('in/old.cab', cabFile([{ name: 'a.etl', bytes }], { compression: 'Quantum' }));
    write('in/evil.zip', zipFile([{ name: '../../evil.etl', bytes }]));
    const { code, report, stderr } = await batch();
    expect(code).toBe(1);
    expect(outcomes(report)).toEqual({
      'in/bad.cab': 'failed',
      'in/bad.etl.gz': 'failed',
      'in/bad.zip': 'failed',
      'in/dangling.etl': 'failed',
      'in/evil.zip#../../evil.etl': 'failed',
      'in/good.etl': 'converted',
      'in/loop.etl': 'failed',
      'in/old.cab#a.etl': 'failed',
      'in/text.etl': 'failed',
      'in/zero.etl': 'failed',
    });
    for (const { error, input, status } of report.files) {
      if (status === 'failed') expect(error, input).toMatchObject({ code: 'input' });
      if (status === 'failed') expect(stderr).toContain(`failed: ${input}`);
    }
    expect(namesIn('out')).toEqual(['good.pcapng']);
    expect(directory.files()).toEqual(['in', 'out', 'r.json']);
  });

  test.runIf(isLinux)('a named pipe is not waited for', async () => {
    put('in/good.etl');
    await new Promise((resolve) => spawn('mkfifo', [directory.file('in/pipe.etl')]).on('close', resolve));
    const { report } = await batch();
    expect(outcomes(report)).toEqual({ 'in/good.etl': 'converted', 'in/pipe.etl': 'failed' });
  });

  test.runIf(isLinux)('files and directories that may not be read', async () => {
    put('in/good.etl');
    put('in/secret.etl');
    put('in/closed/inside.etl');
    const run = `chmod 0 in/secret.etl in/closed; "$@"; code=$?; chmod 700 in/closed; exit $code`;
    mkdirSync(directory.file('out'), { mode: 0o777 });
    // Root may read everything: an ordinary user runs it.
    const asUser = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];
    const command = [
      ...asUser,
      process.execPath,
      BIN,
      'batch',
      'in',
      '-o',
      'out',
      '--events',
      'none',
      '--json',
    ];
    const ended = await new Promise<string>((resolve) => {
      const child = spawn('sh', ['-c', `chmod 755 . in; chmod 777 out; ${run}`, 'sh', ...command], {
        cwd: directory.path,
        env: { ...process.env, CI: '' },
      });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      child.on('close', () => resolve(text));
    });
    const report = parseReport('json', ended);
    expect(outcomes(report)).toEqual({
      'in/closed': 'failed',
      'in/good.etl': 'converted',
      'in/secret.etl': 'failed',
    });
    expect(report.files[2]?.error?.message).toMatch(/^in\/secret\.etl: permission denied; /u);
  });

  test('a name with a line break and escapes is printed escaped, in every log', async () => {
    const name = 'x\n::error::evil\u001b[2J\u202e.etl';
    put(`in/${name}`);
    write(`in/bad${name}`, 'text');
    for (const format of ['text', 'json']) {
      const { code, report, stderr, stdout } = await batch(['--force', '--log-format', format], {
        env: { GITHUB_ACTIONS: 'true' },
      });
      expect(code).toBe(1);
      expect(report.totals).toMatchObject({ converted: 1, failed: 1 });
      for (const text of [stderr, stdout.toString()]) {
        expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
        expect(text).not.toMatch(/^::error::evil/mu);
      }
    }
    expect(namesIn('out')).toEqual([`${name.slice(0, -4)}.pcapng`]);
  });

  test.runIf(isLinux)(
    'a disk that is full fails the file that meets it, and nothing of it is left',
    async () => {
      put('in/a.etl');
      put('in/b.etl');
      mkdirSync(directory.file('out'));
      symlinkSync('/dev/full', directory.file('out/a.pcapng'));
      const { code, report } = await batch();
      expect(code).toBe(1);
      expect(report.files).toMatchObject([
        { error: { code: 'output', message: 'out/a.pcapng: no space left on the device' } },
        { status: 'converted' },
      ]);
      expect(namesIn('out')).toEqual(['a.pcapng', 'b.pcapng']);
    },
  );

  test.runIf(isLinux)('a report that cannot be written is said, and the batch fails', async () => {
    put('in/a.etl');
    const { code, stderr } = await etlcap(
      ['batch', 'in', '-o', 'out', '--events', 'none', '--report', 'none/r.json'],
      { cwd: directory.path, env: NO_ENGINE },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('etlcap: none/r.json: no such file or directory');
    expect(namesIn('out')).toEqual(['a.pcapng']);
  });

  test('10,000 files are all in the report, in the order of their names', async () => {
    mkdirSync(directory.file('in'));
    const numbers = Array.from({ length: 10_000 }, (_, at) => String(at).padStart(4, '0'));
    for (const number of numbers) writeFileSync(directory.file(`in/${number}.etl`), '');
    for (const number of ['0000', '5000', '9999']) put(`in/${number}.etl`);
    const { code, report, stdout } = await batch();
    expect(code).toBe(1);
    expect(report.files.map(({ input }) => input)).toEqual(numbers.map((number) => `in/${number}.etl`));
    expect(report.totals).toMatchObject({ files: 10_000, converted: 3, failed: 9_997 });
    // The table names some and counts the rest.
    expect(stdout.toString().split('\n').length).toBeLessThan(60);
    expect(stdout.toString()).toContain('10,000 traces: 3 converted, 9,997 failed');
  });
});

describe('how a batch ends', () => {
  test('order, counts and exit code are the same for any number of jobs', async () => {
    for (const [at, name] of ['lbfo-team', 'nat-vswitch', 'pktmon-drops', 'wifi-laptop'].entries()) {
      put(`in/${at}.etl`, name);
      put(`in/deep/${at}.etl`, `${name}.compressed`);
    }
    write('in/text.etl', 'no trace');
    const plain = ({ files }: BatchReport): unknown => files.map(({ seconds, ...rest }) => rest);
    const one = await batch(['--jobs', '1']);
    const four = await batch(['--jobs', '4', '--force']);
    expect(plain(four.report)).toEqual(plain(one.report));
    expect(four.report.totals).toEqual(one.report.totals);
    expect([one.code, four.code]).toEqual([1, 1]);
  });

  test('traces without packets are no failures, unless packets are required, also when they were done before', async () => {
    put('in/a.etl');
    // An empty interval leaves out every packet: the trace has none to write.
    const none = ['--until', '2000-01-01'];
    const first = await batch(none);
    expect([first.code, first.report.totals.noPackets, namesIn('out')]).toEqual([0, 1, []]);
    const required = await batch([...none, '--require-packets']);
    expect([required.code, required.report.files[0]?.skipped]).toEqual([1, true]);
  });

  test('--strict: 3 where something was damaged, also when it was done before', async () => {
    const trace = readFileSync(sample('nat-vswitch'));
    write('in/torn.etl', trace.subarray(0, trace.length - 5000));
    expect((await batch()).code).toBe(0);
    const strict = await batch(['--strict']);
    expect([strict.code, strict.report.totals.lossy, strict.report.totals.skipped]).toEqual([3, 1, 1]);
  });

  test('--fail-fast: what is not begun is not begun', async () => {
    for (let n = 0; n < 20; n++) put(`in/${n}.etl`);
    write('in/broken.zip', 'no zip');
    const { code, report } = await batch(['--fail-fast', '--jobs', '1']);
    expect(code).toBe(1);
    expect(report.totals).toMatchObject({ failed: 1, notRun: 20 });
  });

  test('GitHub: a group around the log, annotations for what failed and what was damaged', async () => {
    const trace = readFileSync(sample('nat-vswitch'));
    write('in/torn, half.etl', trace.subarray(0, trace.length - 5000));
    write('in/text.etl', 'no trace');
    const { stderr } = await batch([], {
      env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: directory.path },
    });
    const lines = stderr.trimEnd().split('\n');
    expect(lines[0]).toBe('::group::etlcap batch');
    const end = lines.indexOf('::endgroup::');
    expect(end).toBe(3);
    expect(lines.slice(end + 1)).toEqual([
      expect.stringMatching(/^::error file=in\/text\.etl,title=etlcap%3A failed::in\/text\.etl: not an ETL/u),
      expect.stringMatching(/^::warning file=in\/torn%2C half\.etl,title=[^:]*::in\/torn, half\.etl: lost/u),
    ]);
  });

  test('--log-format json: one object for each file on standard error, and nothing else', async () => {
    put('in/a.etl');
    write('in/text.etl', 'no trace');
    const { stderr } = await batch(['--log-format', 'json', '--jobs', '1']);
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines).toContainEqual(expect.objectContaining({ type: 'file', input: 'in/a.etl', packets: 33 }));
    expect(lines).toContainEqual(expect.objectContaining({ input: 'in/text.etl', status: 'failed' }));
  });

  test('--quiet: only what went wrong', async () => {
    put('in/a.etl');
    write('in/text.etl', 'no trace');
    const { stderr, stdout } = await batch(['--quiet']);
    expect(stdout.toString()).toBe('');
    expect(stderr).toMatch(/^etlcap: failed: in\/text\.etl: [^\n]*\n$/u);
  });
});

describe('a batch that goes on', () => {
  const skipped = ({ files }: BatchReport): string[] =>
    files.filter((file) => file.skipped === true).map(({ input }) => input);

  test('does not do again what is done, and reports it as it was', async () => {
    put('in/a.etl');
    put('in/b.etl', 'nat-vswitch');
    const first = await batch();
    const stamp = statSync(directory.file('out/a.pcapng')).mtimeMs;
    const second = await batch();
    expect(skipped(second.report)).toEqual(['in/a.etl', 'in/b.etl']);
    expect(second.report.totals).toEqual({ ...first.report.totals, skipped: 2 });
    expect(statSync(directory.file('out/a.pcapng')).mtimeMs).toBe(stamp);
    expect(skipped((await batch(['--force'])).report)).toEqual([]);
  });

  test('does again what changed, even to an earlier time, and what lost its output', async () => {
    for (const name of ['changed', 'earlier', 'gone', 'cut', 'same']) put(`in/${name}.etl`);
    await batch();
    put('in/changed.etl', 'nat-vswitch');
    utimesSync(directory.file('in/earlier.etl'), 0, 0);
    renameSync(directory.file('out/gone.pcapng'), directory.file('elsewhere'));
    writeFileSync(directory.file('out/cut.pcapng'), 'half');
    const { report } = await batch();
    expect(skipped(report)).toEqual(['in/same.etl']);
    expect(readCapture(directory.file('out/changed.pcapng')).packets).toHaveLength(74);
    expect(readCapture(directory.file('out/cut.pcapng')).packets).toHaveLength(33);
  });

  test('is not misled by a clock that steps back: outputs older than their inputs are complete all the same', async () => {
    put('in/a.etl');
    utimesSync(directory.file('in/a.etl'), 4_000_000_000, 4_000_000_000);
    await batch();
    expect(statSync(directory.file('out/a.pcapng')).mtimeMs).toBeLessThan(4e12);
    expect(skipped((await batch()).report)).toEqual(['in/a.etl']);
  });

  test('does again what other options would change', async () => {
    put('in/a.etl');
    await batch();
    expect(skipped((await batch(['--comments', 'none'])).report)).toEqual([]);
    expect(readCapture(directory.file('out/a.pcapng')).packets[0]?.comments).toEqual([]);
  });

  test('skips an output that is newer than its trace, whoever wrote it; replaces one that is older', async () => {
    put('in/new.etl');
    put('in/old.etl');
    write('out/new.pcapng', 'by somebody');
    write('out/old.pcapng', 'by somebody');
    utimesSync(directory.file('out/new.pcapng'), 4_000_000_000, 4_000_000_000);
    utimesSync(directory.file('out/old.pcapng'), 1, 1);
    const { report } = await batch();
    expect(report.files).toMatchObject([
      { skipped: true, unchecked: true },
      { status: 'converted', packets: 33 },
    ]);
    expect(readFileSync(directory.file('out/new.pcapng'), 'utf8')).toBe('by somebody');
  });

  test('reads a journal that was cut, and one that somebody wrote into', async () => {
    for (const name of ['a', 'b', 'c']) put(`in/${name}.etl`);
    await batch(['--jobs', '1']);
    const journal = directory.file('out/.etlcap-batch.ndjson');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(journal, text.slice(0, -40));
    appendFileSync(
      journal,
      '\n{}\nnull\n[1,2]\n"text"\n{"key":1,"size":2,"changed":3,"options":4,"result":5}',
    );
    const { code, report } = await batch();
    expect(code).toBe(0);
    // Of the one whose line was cut only the output tells, which is newer than its trace. Lines have no promised order.
    const [unchecked, checked] = [true, false].map((is) =>
      report.files.filter((file) => (file.unchecked === true) === is),
    );
    expect(unchecked).toMatchObject([{ packets: 0 }]);
    expect(checked).toMatchObject([{ packets: 33 }, { packets: 33 }]);
    expect(skipped(report)).toHaveLength(3);
  });

  test('tries again what failed', async () => {
    write('in/a.etl', 'no trace');
    expect((await batch()).code).toBe(1);
    put('in/a.etl');
    expect((await batch()).code).toBe(0);
  });

  test.skipIf(process.platform === 'win32')(
    'removes what a killed run left half written, and nothing of a run in progress',
    async () => {
      put('in/a.etl');
      // Two runs that wait for a reader of their events; one is killed.
      const [killed, atWork] = [
        await waitingRun(directory, 'out/a.pcapng'),
        await waitingRun(directory, 'out/b.pcapng'),
      ];
      killed.kill('SIGKILL');
      await once(killed, 'close');
      const parts = (): string[] => namesIn('out').filter((name) => name.endsWith('.part'));
      expect(parts()).toHaveLength(2);
      put('in/b.etl');
      await batch();
      expect(parts()).toEqual([expect.stringMatching(/^\.b\.pcapng\./u)]);
      atWork.kill('SIGKILL');
      await once(atWork, 'close');
      await batch(['--force']);
      expect(namesIn('out')).toEqual(['a.pcapng', 'b.pcapng']);
    },
  );
});

test('a batch begins with the largest trace, however long it takes to look at each', async () => {
  for (let n = 0; n < 12; n++) put(`in/${n}.etl`);
  writeLargeTrace(directory.file('in/large.etl'), 1000);
  const { stderr } = await batch(['--jobs', '1', '--log-format', 'json']);
  const [first] = stderr.trim().split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({ input: 'in/large.etl' });
});

describe.runIf(isLinux)('a batch that is ended', () => {
  /** Processes that a process started. */
  const childrenOf = (pid: number): number[] =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

  /** Waits until a file is half written, and gives the process that writes. */
  async function whileWriting(child: ChildProcess): Promise<number> {
    for (let n = 0; n < 1000; n++) {
      const names = existsSync(directory.file('out')) ? readdirSync(directory.file('out')) : [];
      const [worker] = childrenOf(child.pid ?? 0);
      if (worker !== undefined && names.some((name) => name.endsWith('.part'))) return worker;
      await delay(10);
    }
    throw new Error('nothing was written');
  }

  const traces = (): void => {
    mkdirSync(directory.file('in'));
    // Large enough that its second pass takes many times as long as noticing that it has begun.
    writeLargeTrace(directory.file('in/large.etl'), 2_000_000);
    put('in/small.etl');
  };

  test('a worker that is killed fails its file alone, and leaves nothing', async () => {
    traces();
    const { code, report } = await batch(['--jobs', '1'], {
      onStart: (child) => {
        void whileWriting(child).then((worker) => process.kill(worker, 'SIGKILL'));
      },
    });
    expect(code).toBe(1);
    expect(report.files).toMatchObject([
      { input: 'in/large.etl', status: 'failed', error: { code: 'crashed' } },
      { input: 'in/small.etl', status: 'converted' },
    ]);
    expect(namesIn('out')).toEqual(['small.pcapng']);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s removes what is in flight, says where it stands; the same command goes on',
    async (signal) => {
      traces();
      put('in/first/a.etl');
      const ended = await batch(['--jobs', '1'], {
        onStart: (child) => {
          void whileWriting(child).then(() => child.kill(signal));
        },
      });
      expect(ended.code).toBe(1);
      expect(ended.report).toMatchObject({ interrupted: true, totals: { notRun: 3 } });
      expect(outcomes(ended.report)['in/large.etl']).toBe('aborted');
      expect(ended.stdout.toString()).toContain('Run the same command again to continue.');
      expect(namesIn('out')).toEqual([]);
      const again = await batch();
      expect([again.code, namesIn('out').length]).toEqual([0, 3]);
    },
  );

  test('what a power cut leaves is removed by the next run', async () => {
    traces();
    await etlcap(['batch', 'in', '-o', 'out', '--jobs', '1'], {
      cwd: directory.path,
      env: NO_ENGINE,
      onStart: (child) => {
        void whileWriting(child).then((worker) => {
          child.kill('SIGSTOP');
          process.kill(worker, 'SIGKILL');
          child.kill('SIGKILL');
        });
      },
    });
    const left = namesIn('out');
    expect(left.length).toBeGreaterThan(0);
    expect((await batch()).code).toBe(0);
    expect(namesIn('out')).toEqual(['large.pcapng', 'small.pcapng']);
  });

  test('workers whose batch is killed end, and leave nothing half written', async () => {
    traces();
    let worker = 0;
    const ended = await etlcap(['batch', 'in', '-o', 'out', '--events', 'none', '--jobs', '1'], {
      cwd: directory.path,
      env: NO_ENGINE,
      onStart: (child) => {
        void whileWriting(child).then((pid) => {
          worker = pid;
          child.kill('SIGKILL');
        });
      },
    });
    expect(ended.code).toBe(null);
    for (let n = 0; n < 500 && existsSync(`/proc/${worker}`); n++) await delay(10);
    expect(existsSync(`/proc/${worker}`)).toBe(false);
    expect(namesIn('out')).toEqual([]);
  });
});

describe('shares', () => {
  test('convert everything once, and their reports join to that of the whole', async () => {
    for (let n = 0; n < 7; n++) put(`in/${n}.etl`, n % 2 === 0 ? 'lbfo-team' : 'nat-vswitch');
    write('in/text.etl', 'no trace');
    const codes: (number | null)[] = [];
    for (const [index, environment] of [
      [1, { JOB_COMPLETION_INDEX: '0' }],
      [2, { JOB_COMPLETION_INDEX: '1' }],
      [3, { JOB_COMPLETION_INDEX: '2' }],
    ] as const) {
      const { code } = await batch(['--shards', '3', '--report', `share${index}.json`], { env: environment });
      codes.push(code);
    }
    expect(codes.sort()).toEqual([0, 0, 1]);
    expect(namesIn('out')).toHaveLength(7);
    const merged = await etlcap(
      ['report', 'merge', 'share1.json', 'share2.json', 'share3.json', '-o', 'all.json', '-o', 'all.xml'],
      { cwd: directory.path },
    );
    expect(merged.code).toBe(1);
    // A whole batch behind them finds everything done: the shares' journals are one.
    const whole = await batch();
    expect(whole.report.totals).toMatchObject({ skipped: 7, failed: 1 });
    const plain = ({ files }: BatchReport): unknown => files.map(({ seconds, skipped, ...rest }) => rest);
    expect(plain(readReport('all.json'))).toEqual(plain(whole.report));
    expect(readFileSync(directory.file('all.xml'), 'utf8')).toContain('tests="8" failures="1"');
  });

  test('a share that is missing makes the merge fail, and no report is written', async () => {
    put('in/a.etl');
    await batch(['--shard', '1/2', '--report', 'share1.json']);
    const { code, stderr } = await etlcap(['report', 'merge', 'share1.json', '-o', 'all.json'], {
      cwd: directory.path,
    });
    expect([code, stderr]).toEqual([1, 'etlcap: shard 2 of 2 missing\n']);
    expect(existsSync(directory.file('all.json'))).toBe(false);
  });

  test('a share without a trace is converted', async () => {
    put('in/a.etl');
    const { code, report } = await batch(['--shard', '2/2']);
    expect([code, report.totals.files]).toEqual([0, 0]);
  });
});
