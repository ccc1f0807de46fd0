/**
 * Bundles the command into dist/command. Packages stay outside, except meow: its 250 KB, most of which etlcap does not
 * use, would take 25 ms of every start.
 */
import { readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const OUTPUT = 'dist/command';

/** Parts of meow that etlcap does not use: it never asks for `pkg`, which is a normalized package.json. */
const UNUSED = [
  [
    'var normalizeExports = requireNormalize();\nconst normalizePackageData = getDefaultExportFromCjs(normalizeExports);\n',
    'const normalizePackageData = undefined;\n',
  ],
  ["import { execFile } from 'node:child_process';\n", ''],
  ['promisify(execFile);\n', ''],
];

const meowWithoutUnusedParts = {
  name: 'meow-without-unused-parts',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, 'utf8');
      for (const [part, replacement] of UNUSED) {
        if (!contents.includes(part)) throw new Error(`${path}: no longer contains ${part}`);
        contents = contents.replace(part, replacement);
      }
      return { contents };
    });
  },
};

/** The module node:process reads all properties of `process`, which takes 5 ms or more; the global variable does not. */
const globalProcess = {
  name: 'global-process',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^node:process$/ }, () => ({ path: 'process', namespace: 'global' }));
    onLoad({ filter: /./, namespace: 'global' }, () => ({ contents: 'export default globalThis.process;' }));
  },
};

await rm(OUTPUT, { recursive: true, force: true });
await build({
  entryPoints: ['src/cli/index.ts', 'src/batch/worker.ts', 'src/io/threads/reader-worker.ts'],
  outdir: OUTPUT,
  entryNames: '[name]',
  bundle: true,
  splitting: true,
  packages: 'external',
  alias: { meow: './node_modules/meow/build/index.js' },
  plugins: [meowWithoutUnusedParts, globalProcess],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
});
