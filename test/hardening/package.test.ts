import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}
interface LockedPackage {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
}

const manifest: Manifest = JSON.parse(read('package.json'));
const { packages }: { packages: Readonly<Record<string, LockedPackage>> } = JSON.parse(
  read('package-lock.json'),
);
const locked = Object.entries(packages).filter(([path]) => path !== '');

/** npm as it packs; without `prepare`, which has built what is there. */
function packed(): readonly string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const answer: readonly { readonly files: readonly { readonly path: string }[] }[] = JSON.parse(output);
  return answer.flatMap(({ files }) => files.map(({ path }) => path));
}

it('the package holds the command, the library with its types, what Wireshark gets, and nothing else', () => {
  const paths = packed();
  expect(paths.filter((path) => !path.startsWith('dist/')).sort()).toEqual([
    'LICENSE',
    'README.md',
    'bin/etlcap.js',
    'dissector-notes.md',
    'package.json',
    'schemas/batch.schema.json',
    'schemas/common.schema.json',
    'schemas/events.schema.json',
    'schemas/info.schema.json',
    'schemas/path-comparison.schema.json',
    'schemas/path-summary.schema.json',
    'schemas/path.schema.json',
    'schemas/summary.schema.json',
    'src/wireshark/etlcap.lua',
    'src/wireshark/profile/colorfilters',
    'src/wireshark/profile/dfilter_buttons',
    'src/wireshark/profile/expert_severity',
    'src/wireshark/profile/preferences',
  ]);
  const built = paths.filter((path) => path.startsWith('dist/'));
  expect(built.filter((path) => !/\.(?:js|d\.ts|css)$/.test(path))).toEqual([]);
  expect(built).toContain('dist/index.d.ts');
  expect(built).toContain('dist/pcap-writer/index.d.ts');
  expect(built.filter((path) => /test|fuzz|bench|sample|\.map$/.test(path))).toEqual([]);
});

it('installing it runs no script of any package that it depends on', () => {
  const scripts = locked.filter(([, { dev, hasInstallScript }]) => dev !== true && hasInstallScript === true);
  expect(scripts.map(([path]) => path)).toEqual([]);
  for (const name of ['preinstall', 'install', 'postinstall'])
    expect(manifest.scripts).not.toHaveProperty(name);
});

it('every package is locked by its SHA-512', () => {
  const unlocked = locked.filter(
    ([, { integrity, link }]) => link !== true && !integrity?.startsWith('sha512-'),
  );
  expect(unlocked.map(([path]) => path)).toEqual([]);
});

/** Package names in the rows of a table of README: `[name](address)`, or the bare name. */
function inReadme(heading: string): string[] {
  const text = read('README.md');
  const start = text.indexOf(`| ${heading}`);
  const rows = text.slice(start, text.indexOf('\n\n', start)).split('\n').slice(2);
  return rows
    .flatMap((row) => (row.split('|')[1] ?? '').split(','))
    .map((cell) => cell.trim().replace(/^\[([^\]]+)\].*$/, '$1'))
    .sort();
}

it("README's dependencies are those of package.json, each with its reason", () => {
  expect(inReadme('At run time')).toEqual(Object.keys(manifest.dependencies).sort());
  expect(inReadme('To build and test')).toEqual(Object.keys(manifest.devDependencies).sort());
});
