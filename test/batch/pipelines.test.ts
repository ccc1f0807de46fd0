import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseReport } from '../../src/batch/merge-reports.js';
import { BIN, SAMPLES, sample, useDirectory } from '../cli/run.js';

const directory = useDirectory();
const PIPELINES = join(SAMPLES, 'pipelines');
const TRACES = ['lbfo-team', 'nat-vswitch', 'pktmon-drops', 'wifi-laptop', 'win7-fragments'];

const text = (name: string): string => readFileSync(join(PIPELINES, name), 'utf8');

/** What stands at a path in a parsed file. */
function at(value: unknown, ...path: (string | number)[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) throw new Error(`nothing at ${path.join('.')}`);
    found = Reflect.get(found, key);
  }
  return found;
}

/** The commands of a list that call etlcap: what they run on, and not what installs it. */
function commands(steps: unknown, key?: string): string[] {
  if (!Array.isArray(steps)) throw new Error('no list of steps');
  const all = steps.map((step: unknown) => (key === undefined ? step : at(step, key)));
  return all
    .filter((command) => typeof command === 'string')
    .filter((command) => command.startsWith('etlcap '));
}

const number = (value: unknown): number => {
  if (typeof value !== 'number') throw new Error(`no number: ${String(value)}`);
  return value;
};

/** Runs a line of a shell where five traces stand in `traces`, and gives its exit code. */
function shell(line: string, env: Readonly<Record<string, string>> = {}): number | null {
  if (inject('buildProblem') !== '') throw new Error(inject('buildProblem'));
  const bin = directory.file('bin');
  mkdirSync(bin, { recursive: true });
  const launcher = `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`;
  writeFileSync(join(bin, 'etlcap'), launcher, { mode: 0o755 });
  const { status } = spawnSync('sh', ['-e', '-c', line], {
    cwd: directory.path,
    env: { PATH: `${bin}${delimiter}${dirname(process.execPath)}${delimiter}${process.env.PATH}`, ...env },
  });
  return status;
}

function putTraces(under = ''): void {
  mkdirSync(directory.file(join(under, 'traces')), { recursive: true });
  for (const name of TRACES) copyFileSync(sample(name), directory.file(join(under, 'traces', `${name}.etl`)));
}

/** That every trace was converted once, and the joined report says so. */
function expectAllConverted(under = ''): void {
  const captures = readdirSync(directory.file(join(under, 'captures'))).filter((name) =>
    name.endsWith('.pcapng'),
  );
  expect(captures.sort()).toEqual(TRACES.map((name) => `${name}.pcapng`));
  const report = parseReport('report.json', readFileSync(directory.file(join(under, 'report.json')), 'utf8'));
  expect(report.totals).toMatchObject({ files: 5, converted: 5, skipped: 0, failed: 0 });
  expect(readFileSync(directory.file(join(under, 'report.xml')), 'utf8')).toContain('tests="5" failures="0"');
}

describe.skipIf(process.platform === 'win32')('the examples of pipelines work', () => {
  test('GitHub workflow', () => {
    const workflow: unknown = parse(text('github-workflow.yml'));
    putTraces();
    const shares = at(workflow, 'jobs', 'convert', 'strategy', 'matrix', 'share');
    const [convert = ''] = commands(at(workflow, 'jobs', 'convert', 'steps'), 'run');
    const [join = ''] = commands(at(workflow, 'jobs', 'report', 'steps'), 'run');
    expect(shares).toEqual([1, 2, 3, 4]);
    for (const share of [1, 2, 3, 4]) {
      const line = convert.replaceAll(/\$\{\{ matrix\.share \}\}/gu, String(share));
      expect(shell(line, { GITHUB_ACTIONS: 'true', CI: 'true' }), line).toBe(0);
    }
    expect(shell(join)).toBe(0);
    expectAllConverted();
  });

  test('GitLab job', () => {
    const pipeline: unknown = parse(text('gitlab-ci.yml'));
    putTraces();
    const parallel = number(at(pipeline, 'convert', 'parallel'));
    const [convert = ''] = commands(at(pipeline, 'convert', 'script'));
    for (let index = 1; index <= parallel; index++) {
      const env = { CI: 'true', CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(parallel) };
      expect(shell(convert, env)).toBe(0);
    }
    const [join = ''] = commands(at(pipeline, 'report', 'script'));
    expect(shell(join)).toBe(0);
    expectAllConverted();
    expect(at(pipeline, 'report', 'artifacts', 'reports', 'junit')).toBe('report.xml');
  });

  test('Kubernetes Indexed Job', () => {
    const [job, report] = parseAllDocuments(text('kubernetes-job.yml')).map((each): unknown => each.toJS());
    putTraces('data');
    const completions = number(at(job, 'spec', 'completions'));
    expect(at(job, 'spec', 'completionMode')).toBe('Indexed');
    const scriptOf = (document: unknown): string => {
      const container = at(document, 'spec', 'template', 'spec', 'containers', 0);
      expect(at(container, 'command')).toEqual(['sh', '-c']);
      const mounted = at(container, 'volumeMounts', 0, 'mountPath');
      return String(at(container, 'args', 0)).replaceAll(`${String(mounted)}/`, `${directory.file('data')}/`);
    };
    for (let index = 0; index < completions; index++) {
      expect(shell(scriptOf(job), { JOB_COMPLETION_INDEX: String(index) })).toBe(0);
    }
    expect(shell(scriptOf(report))).toBe(0);
    expectAllConverted('data');
  });

  const hasParallel = spawnSync('parallel', ['--version'], { encoding: 'utf8' }).stdout?.includes(
    'GNU parallel',
  );

  test.runIf(hasParallel)('GNU parallel', () => {
    putTraces();
    expect(shell(text('gnu-parallel.sh'), { HOME: directory.path })).toBe(0);
    expectAllConverted();
  });
});
