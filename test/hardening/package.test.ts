import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

interface Manifest {
  /** Packages whose install scripts npm runs (true) or skips (false). */
  readonly allowScripts: Readonly<Record<string, boolean>>;
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

/** Paths that npm packs; without `prepack`, because the tests have built `dist` already. */
function pack(): readonly string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    shell: process.platform === 'win32',
  });
  const answer: readonly { readonly files: readonly { readonly path: string }[] }[] = JSON.parse(output);
  return answer.flatMap(({ files }) => files.map(({ path }) => path));
}

let packedPaths: readonly string[] | undefined;
const packed = (): readonly string[] => {
  packedPaths ??= pack();
  return packedPaths;
};

it('the package holds the command, the library with its types, what Wireshark gets, and nothing else', () => {
  const paths = packed();
  expect(paths.filter((path) => !path.startsWith('dist/')).sort()).toEqual([
    'LICENSE',
    'README.md',
    'THIRD-PARTY-NOTICES',
    'bin/etlcap.js',
    'dissector-notes.md',
    'package.json',
    'schemas/batch.schema.json',
    'schemas/common.schema.json',
    'schemas/diagnosis.schema.json',
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
    'src/wireshark/profile/recent',
  ]);
  const built = paths.filter((path) => path.startsWith('dist/'));
  const forShells = built.filter((path) => /^dist\/(?:man|completions)\//.test(path));
  expect(forShells.sort()).toEqual([
    'dist/completions/_etlcap',
    'dist/completions/etlcap.bash',
    'dist/completions/etlcap.fish',
    'dist/completions/etlcap.ps1',
    'dist/man/etlcap.1',
  ]);
  const code = built.filter((path) => !forShells.includes(path));
  expect(code.filter((path) => !/\.(?:js|d\.ts|css)$/.test(path))).toEqual([]);
  expect(built).toContain('dist/index.d.ts');
  expect(built).toContain('dist/pcap-writer/index.d.ts');
  expect(built.filter((path) => /test|fuzz|bench|sample|\.map$/.test(path))).toEqual([]);
});

/** Modules that a built file imports by relative path, and its declarations. */
function importsOf(path: string): string[] {
  const text = read(path);
  const statement = /(?:\bfrom|\bimport|\bimport\s*\()\s*["'](\.[^"'\n]+)["']/g;
  const modules = [...text.matchAll(statement)].map(([, name = '']) => join(dirname(path), name));
  const declarations = modules.map((name) => name.replace(/\.js$/, '.d.ts'));
  return path.endsWith('.d.ts') ? declarations : modules;
}

it('each file of dist is reached from the command, the library or a thread', () => {
  const built = packed().filter((path) => path.startsWith('dist/'));
  const entries = [
    'bin/etlcap.js',
    ...[
      'dist/bundle/library.js',
      'dist/index.d.ts',
      'dist/bundle/pcap-writer.js',
      'dist/pcap-writer/index.d.ts',
    ],
    // Read or started by name, not imported.
    ...['dist/bundle/worker.js', 'dist/bundle/reader-worker.js'],
    ...['dist/report/page-client.js', 'dist/report/page-client.css'],
    // For shells and man.
    ...['etlcap.bash', '_etlcap', 'etlcap.fish', 'etlcap.ps1'].map((name) => `dist/completions/${name}`),
    'dist/man/etlcap.1',
  ];
  const reached = new Set<string>(entries);
  for (const path of reached)
    if (/\.(?:js|d\.ts)$/.test(path)) for (const next of importsOf(path)) reached.add(next);
  expect(built.length).toBeGreaterThan(20);
  expect(built.filter((path) => !reached.has(path))).toEqual([]);
});

it('declarations name types and do not repeat tables', () => {
  const declarations = packed().filter((path) => path.endsWith('.d.ts'));
  const longest = declarations.map((path) => ({
    path,
    line: Math.max(
      ...read(path)
        .split('\n')
        .map(({ length }) => length),
    ),
  }));
  expect(longest.filter(({ line }) => line > 1000)).toEqual([]);
});

/** Packages that have code in the report page. */
const IN_PAGE = ['uplot'];
/** Packages that have code in the command or the report page. */
const BUNDLED = ['meow', ...IN_PAGE];
const words = (text: string): string => text.replace(/\s+/g, ' ').trim();

it.each(IN_PAGE)('the package and both parts of each report page contain the whole licence of %s', (name) => {
  const licence = words(read(`node_modules/${name}/LICENSE`));
  expect(licence).toContain('Copyright (c)');
  for (const path of ['THIRD-PARTY-NOTICES', 'dist/report/page-client.js', 'dist/report/page-client.css'])
    expect(words(read(path)), path).toContain(licence);
});

it('THIRD-PARTY-NOTICES lists all packages with code in a bundle, and no others', () => {
  const notices = read('THIRD-PARTY-NOTICES');
  const listed = [...notices.matchAll(/^(\S+) \d+\.\d+\.\d+\S* \([^)]+\)$/gm)].map(([, name]) => name);
  expect(listed).toEqual(BUNDLED);
  // meow contains further packages, whose licences it lists.
  expect(words(notices)).toContain(words(read('node_modules/meow/build/licenses.md')));
  // A bundle of the command would import a package by its path if it contained its code.
  const command = readdirSync(join(root, 'dist/bundle')).map((name) => read(`dist/bundle/${name}`));
  for (const text of command) expect(text).not.toMatch(/^\/\/ (?:\.\.\/)*node_modules\//m);
});

it('the types of the library refer to the types of Node, which are installed with it', () => {
  expect(read('dist/index.d.ts')).toMatch(/^\/\/\/ <reference types="node"/m);
  expect(manifest.dependencies).toHaveProperty('@types/node');
});

it('a clone is built by npm ci, and the package is built before it is packed', () => {
  expect(manifest.scripts).toMatchObject({ dependencies: 'npm run build', prepack: 'npm run build' });
});

it('installing it runs no script, neither its own nor of a package that it depends on', () => {
  const scripts = locked.filter(([, { dev, hasInstallScript }]) => dev !== true && hasInstallScript === true);
  expect(scripts.map(([path]) => path)).toEqual([]);
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(manifest.scripts).not.toHaveProperty(name);
});

it('npm ci in a clone runs no script of any package: each is denied by name', () => {
  const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = scripts.map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(manifest.allowScripts).toEqual(Object.fromEntries(names.map((name) => [name, false])));
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
