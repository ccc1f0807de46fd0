import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shardFromEnvironment } from '../../src/batch/shard.js';
import { BIN, etlcap, run, SAMPLES, useDirectory } from '../cli/run.js';
import { describeWithSlurm, startSlurm, until } from '../support/slurm.js';
import { isOnPath } from '../support/wireshark.js';
import { fences, section } from './markdown.js';

const directory = useDirectory();
const page = readFileSync(new URL('../../docs/fleet.md', import.meta.url), 'utf8');

/** The scripts under a heading. */
const scripts = (heading: string, language = 'sh'): string[] =>
  fences(section(page, heading), language).map(({ lines }) => `${lines.join('\n')}\n`);

/** The samples under this many names. */
function collection(path: string, traces: number): void {
  const names = readdirSync(SAMPLES).filter((name) => name.endsWith('.etl'));
  mkdirSync(path, { recursive: true });
  for (let at = 0; at < traces; at++) {
    const name = names[at % names.length] ?? '';
    copyFileSync(join(SAMPLES, name), join(path, `${String(at).padStart(3, '0')}-${name}`));
  }
}

/** PATH with a program `etlcap`. */
function pathWithEtlcap(): string {
  mkdirSync(directory.file('bin'));
  const shim = directory.file('bin/etlcap');
  writeFileSync(shim, `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(shim, 0o755);
  return `${directory.file('bin')}${delimiter}${process.env.PATH ?? ''}`;
}

/** Contents of all outputs, by path; without journals, and without reports. */
function outputs(path: string): Map<string, Buffer> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .filter((name) => !name.startsWith('.etlcap-batch') && !name.startsWith('report'))
    .sort();
  return new Map(names.map((name) => [name, readFileSync(join(path, name))]));
}

interface Report {
  readonly totals: Readonly<Record<string, unknown>>;
  readonly files: readonly { readonly input: string; readonly skipped?: boolean }[];
}
const reportAt = (path: string): Report => JSON.parse(readFileSync(path, 'utf8'));

/** Totals without times and without the number of skipped traces. */
const countsOf = ({ totals: { seconds: _seconds, skipped: _skipped, ...counts } }: Report): unknown => counts;

/** Converts the collection with one process, and compares. */
async function expectAsOneRun(traces: string, out: string, merged: string): Promise<void> {
  const alone = directory.file('alone');
  const report = directory.file('alone.json');
  const tables = existsSync(join(out, 'tables')) ? ['--table'] : [];
  const { code, stderr } = await etlcap(
    [...['batch', traces, '-o', alone, '-j', '2', '-q', '--report', report, '--shard', '1/1'], ...tables],
    { cwd: directory.file('.') },
  );
  expect(code, stderr).toBe(0);
  const wanted = outputs(alone);
  const given = outputs(out);
  expect([...given.keys()]).toEqual([...wanted.keys()]);
  for (const [name, bytes] of wanted) expect(given.get(name)?.equals(bytes), name).toBe(true);
  expect(countsOf(reportAt(merged))).toEqual(countsOf(reportAt(report)));
}

describeWithSlurm('the Slurm script of docs/fleet.md', () => {
  it('gives the results of one machine if a task is killed and requeued, and repeats no finished trace', async () => {
    const traces = directory.file('traces');
    const out = directory.file('out');
    collection(traces, 200);
    const script = directory.file('etlcap.sbatch');
    writeFileSync(script, scripts('Slurm')[0] ?? '');
    const slurm = await startSlurm(directory.file('slurm'), {
      OUT: out,
      TRACES: traces,
      PATH: pathWithEtlcap(),
    });
    try {
      const job = slurm.run('sbatch', '--parsable', script);
      const journal = join(out, '.etlcap-batch.2-of-3.ndjson');
      const finished = (): number =>
        existsSync(journal) ? readFileSync(journal, 'utf8').split('\n').filter(Boolean).length : 0;
      await until(() => finished() >= 5, 'the second shard has converted five traces');
      slurm.killTask(2);
      const state = (): string =>
        /JobState=(\w+)/u.exec(slurm.run('scontrol', 'show', 'job', `${job}_2`))?.[1] ?? '';
      await until(() => state() === 'FAILED', 'the killed task has failed');
      const before = finished();
      slurm.run('scontrol', 'requeue', `${job}_2`);
      await until(() => slurm.run('squeue', '-h', '-j', job) === '', 'the array has ended');

      const reports = [1, 2, 3].map((index) => join(out, 'reports', `${index}.json`));
      const skipped = reports.map(
        (path) => reportAt(path).files.filter(({ skipped }) => skipped === true).length,
      );
      expect(skipped).toEqual([0, before, 0]);
      expect(before).toBeLessThan(60);
      const merged = directory.file('merged.json');
      expect((await etlcap(['report', 'merge', ...reports, '-o', merged])).code).toBe(0);
      expect(reportAt(merged).files).toHaveLength(200);
      await expectAsOneRun(traces, out, merged);
    } finally {
      await slurm.stop();
    }
  }, 600_000);
});

describe('the Kubernetes manifest of docs/fleet.md', () => {
  const [text = ''] = scripts('Kubernetes', 'yaml');
  const manifest: unknown = parse(text);

  it('is valid under the published schema of Job', () => {
    expect(() => new Job(asObject(manifest)).validate()).not.toThrow();
  });

  it('starts as many shards as it names in --shards', () => {
    const [, shards] = /--shards (\d+)/u.exec(text) ?? [];
    const [, completions] = /completions: (\d+)/u.exec(text) ?? [];
    expect(shards).toBe(completions);
    expect(shardFromEnvironment({ JOB_COMPLETION_INDEX: '0' }, Number(shards))).toEqual({
      index: 1,
      count: Number(completions),
    });
  });
});

describe.skipIf(!isOnPath('parallel') && process.env.ETLCAP_REQUIRE_SLURM !== '1')(
  'the GNU parallel script of docs/fleet.md',
  () => {
    it('gives the results of one run', async () => {
      collection(directory.file('traces'), 12);
      const { code, stderr } = await run('bash', ['-e', '-c', scripts('GNU parallel')[0] ?? ''], {
        cwd: directory.file('.'),
        env: { PATH: pathWithEtlcap() },
      });
      expect(code, stderr).toBe(0);
      await expectAsOneRun('traces', directory.file('captures'), directory.file('captures/report.json'));
    });
  },
);

function asObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return value;
}
