import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Job {
  readonly strategy?: {
    readonly matrix: {
      readonly os?: readonly string[];
      readonly node?: readonly number[];
      readonly include?: readonly { readonly wireshark: string }[];
    };
  };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string }[];
}
interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}
const workflow = (name: string): Workflow => parse(read(`.github/workflows/${name}.yml`));
const commands = (job: Job | undefined): string[] => job?.steps.flatMap(({ run }) => run ?? []) ?? [];

describe('continuous integration', () => {
  const { jobs } = workflow('ci');

  test('runs all tests on Linux, macOS and Windows with Node 20, 22, 24 and 26', () => {
    const matrix = jobs.test?.strategy?.matrix;
    expect(matrix?.os?.map((os) => os.replace(/-.*/, ''))).toEqual(['ubuntu', 'macos', 'windows']);
    expect(matrix?.node).toEqual([20, 22, 24, 26]);
    expect(commands(jobs.test)).toContain('npm cit');
  });

  test('includes the oldest Node that package.json accepts, and the versions that .ci/run compares', () => {
    const manifest: { engines: { node: string } } = JSON.parse(read('package.json'));
    expect(manifest.engines.node).toBe('>=20');
    expect(read('scripts/other-nodes.sh')).toMatch(/^versions=\(20 22 24 26\)$/m);
    expect(read('.ci/run')).toMatch(/^ *scripts\/other-nodes\.sh /m);
  });

  test('runs the tests of Wireshark with Wireshark 4.0, 4.2, 4.4 and 4.6', () => {
    const versions = jobs.wireshark?.strategy?.matrix.include?.map(({ wireshark }) => wireshark);
    expect(versions).toEqual(['4.0', '4.2', '4.4', '4.6']);
    expect(commands(jobs.wireshark).join('\n')).toContain('test/wireshark');
  });
});

test('a release is published with provenance, after all tests', () => {
  const { publish } = workflow('release').jobs;
  expect(publish?.permissions).toMatchObject({ 'id-token': 'write' });
  const [last = '', ...before] = commands(publish).reverse();
  expect(last).toMatch(/^npm publish --provenance\b/);
  expect(before).toContain('npm test');
});

test('the templates of bug reports ask for etlcap info --json', () => {
  const { body }: { body: { attributes: { label?: string }; validations?: { required: boolean } }[] } = parse(
    read('.github/ISSUE_TEMPLATE/bug_report.yml'),
  );
  const field = body.find(({ attributes }) => attributes.label?.includes('etlcap info --json'));
  expect(field?.validations?.required).toBe(true);
});

test('the changelog has the version of package.json and a section for unreleased changes', () => {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  const headings = [...read('CHANGELOG.md').matchAll(/^## \[(.+)\]/gm)].map(([, name]) => name);
  expect(headings[0]).toBe('Unreleased');
  expect(headings).toContain(version);
});
