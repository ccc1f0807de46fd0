import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/** Imports between modules point down only and go through the module's entry point (ARCHITECTURE.md). */

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * The modules in the order in which a record travels, as in ARCHITECTURE.md. A module imports only from modules above
 * it, that is from earlier ones in this list.
 */
const ORDER = [
  'format',
  'net',
  'etl',
  'etw',
  'pcap-writer',
  'host',
  'packets',
  'events',
  'paths',
  'diagnosis',
  'passes',
  'convert',
  'info',
  'listing',
  'table',
  'report',
  'page',
  'options',
  'io',
  'library',
  'batch',
  'wireshark',
  'cli',
];

/** Modules that import no other module, so that they can be used or published on their own. */
const INDEPENDENT = ['format', 'net', 'pcap-writer'];

/** Modules that must run in a browser: they do not use Node.js. `io` is the first that may. */
const WITHOUT_NODE = ORDER.slice(0, ORDER.indexOf('io'));

const isAbove = (to: string, from: string): boolean =>
  !INDEPENDENT.includes(from) && ORDER.includes(to) && ORDER.indexOf(to) < ORDER.indexOf(from);

const isDoor = (folder: string, path: string): boolean => path === `src/${folder}/index.ts`;

/** Packages that these folders may use; pcap-writer none. */
const PACKAGES_WITHOUT_NODE = [
  '@rgrove/parse-xml',
  '@zip.js/zip.js',
  'hyparquet-writer',
  'iconv-tiny',
  'uplot',
  'uplot/dist/uPlot.min.css',
];

interface Source {
  /** From the project's root, with slashes: `src/etl/layout/clock.ts`. */
  readonly path: string;
  readonly text: string;
}

function sources(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(root, path), 'utf8') }));
}

/** The text without comments; strings remain, so that `//` in them is not a comment. */
function withoutComments(text: string): string {
  const token = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu;
  return text.replace(token, (found) => (found.startsWith('/') ? ' ' : found));
}

/** The imports of a module: `import … from`, `export … from`, `import ''`, `import('')`, `require('')`. */
function imports({ text }: Source): string[] {
  const code = withoutComments(text);
  const statement = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*(['"])([^'"\n]+)\1/gu;
  return Array.from(code.matchAll(statement), (match) => match[2] ?? '');
}

/** The folder of src of a path; undefined for src/index.ts and paths outside of src. */
const folderOf = (path: string): string | undefined => /^src\/([^/]+)\//u.exec(path)?.[1];

/** A module's imports from the project, as paths from the root, ending in `.ts`. */
function localImports(source: Source): string[] {
  return imports(source)
    .filter((name) => name.startsWith('.'))
    .map((name) =>
      normalize(join(dirname(source.path), name))
        .split(sep)
        .join('/')
        .replace(/\.js$/u, '.ts'),
    );
}

/** Imports that point up, sideways, or past a door. */
function wrongArrows(source: Source): string[] {
  const from = folderOf(source.path);
  if (from === undefined) return [];
  return localImports(source).flatMap((target) => {
    const to = folderOf(target);
    if (to === from) return [];
    if (to === undefined || !isAbove(to, from)) return [`${source.path} imports ${target}: not above it`];
    return isDoor(to, target) ? [] : [`${source.path} imports ${target}: not through the door`];
  });
}

/** Globals that only Node has; a variable may be called process. */
const NODE_GLOBALS =
  /(?<![.\w$'"`-])(?:(Buffer|__dirname|__filename|require|setImmediate)(?=\s*[.(?[])|(process)(?=\.(?:argv|cwd|env|exit|hrtime|memoryUsage|nextTick|on|once|platform|std(?:in|out|err)|versions?)\b))/gu;

/** A module's dependencies on Node, or on a package that is not known to run without it. */
function nodeTies(source: Source): string[] {
  const foreign = imports(source).filter((name) => !name.startsWith('.'));
  const allowed = folderOf(source.path) === 'pcap-writer' ? [] : PACKAGES_WITHOUT_NODE;
  const code = withoutComments(source.text).replace(/'(?:\\.|[^'\\\n])*'/gu, "''");
  return [
    ...foreign.filter((name) => !allowed.includes(name)).map((name) => `${source.path} imports ${name}`),
    ...Array.from(code.matchAll(NODE_GLOBALS), (match) => `${source.path} uses ${match[0]}`),
  ];
}

describe('the structure', () => {
  const src = sources('src');

  test('every folder of src has its place in it', () => {
    const folders = new Set(src.flatMap(({ path }) => folderOf(path) ?? []));
    expect([...folders].filter((folder) => !ORDER.includes(folder))).toEqual([]);
  });

  test('imports point down only, and through the doors', () => {
    expect(src.length).toBeGreaterThan(100);
    expect(src.flatMap(localImports).length).toBeGreaterThan(300);
    expect(src.flatMap(wrongArrows)).toEqual([]);
  });

  test('the folders that run in a browser import nothing of Node', () => {
    const browser = src.filter(({ path }) => WITHOUT_NODE.includes(folderOf(path) ?? ''));
    const found = new Set(browser.map(({ path }) => folderOf(path)));
    expect(WITHOUT_NODE.filter((folder) => !found.has(folder))).toEqual([]);
    expect(browser.flatMap(nodeTies)).toEqual([]);
  });

  test('pcap-writer imports nothing outside its folder: it can be published alone', () => {
    const writer = src.filter(({ path }) => folderOf(path) === 'pcap-writer');
    const outside = writer.flatMap((source) =>
      imports(source).filter((name) => !name.startsWith('./') || name.includes('..')),
    );
    expect(writer.length).toBeGreaterThan(5);
    expect(outside).toEqual([]);
  });

  test('samples import nothing of src: the generator is a second reading of the format', () => {
    const generator = sources('samples');
    expect(generator.length).toBeGreaterThan(10);
    expect(generator.flatMap(localImports).filter((path) => !path.startsWith('samples/'))).toEqual([]);
  });
});

describe('a violation is caught', () => {
  const module = (path: string, text: string): Source => ({ path, text });

  test.each([
    ["import { Trace } from '../passes/index.js';", 'not above it'],
    ["import type { Trace } from '../host/index.js';", 'not above it'],
    ["export * from '../cli/index.js';", 'not above it'],
    ["export {\n  a,\n} from '../etl/layout/clock.js';", 'not through the door'],
    ["const a = await import('../etl/layout/clock.js');", 'not through the door'],
    ["import '../etl/layout/clock.js';", 'not through the door'],
    ["import { a } from '../../samples/generate.js';", 'not above it'],
    ["import { a } from '../index.js';", 'not above it'],
  ])('in etw: %s', (text, problem) => {
    const found = wrongArrows(module('src/etw/store.ts', text));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
  });

  test.each([
    "import { readFile } from 'node:fs';",
    "import fs from 'fs';",
    "import x from 'stream-transform';",
    'const bytes = Buffer.from(text);',
    'if (process.env.DEBUG) start();',
    "const fs = require('node:fs');",
  ])('in etl: %s', (text) => {
    expect(nodeTies(module('src/etl/layout/clock.ts', text))).not.toEqual([]);
  });

  test.each([
    "import { Clock } from '../etl/index.js';",
    "import { a } from './a.js';",
    "// import { a } from '../passes/index.js';",
    "/* import { a } from '../cli/index.js'; */",
  ])('and what is allowed is not: %s', (text) => {
    expect(wrongArrows(module('src/etw/store.ts', text))).toEqual([]);
  });

  test.each([
    '/** The process of a Buffer.from() */',
    'const { name } = process.image;',
    "const a = 'process.exit';",
  ])('nor is what only looks like Node: %s', (text) => {
    expect(nodeTies(module('src/etl/layout/clock.ts', text))).toEqual([]);
  });
});
