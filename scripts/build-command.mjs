/**
 * Bundles the command into dist/command. Packages stay outside, except meow: parsing its 250 KB, and running the part
 * that normalizes package.json files, would double the time until a command starts.
 */
import { readFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const OUTPUT = 'dist/command';

/** meow normalizes a package.json only if a program asks for `pkg`; etlcap does not. */
const NORMALIZATION =
  'var normalizeExports = requireNormalize();\nconst normalizePackageData = getDefaultExportFromCjs(normalizeExports);\n';

const meowWithoutNormalization = {
  name: 'meow-without-normalization',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]meow[\\/]build[\\/]dependencies\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      if (!text.includes(NORMALIZATION)) throw new Error(`${path}: changed; adapt ${import.meta.url}`);
      return { contents: text.replace(NORMALIZATION, 'const normalizePackageData = undefined;\n') };
    });
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
  plugins: [meowWithoutNormalization],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
});
