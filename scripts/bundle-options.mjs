/** Options that all bundles of the command share. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The package's root, with a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

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

/** meow's own entry is one bundle with its dependencies; the alias names its parts, so that unused ones are omitted. */
export const meowAlias = { meow: './node_modules/meow/build/index.js' };

export const bundlePlugins = [meowWithoutUnusedParts, globalProcess];
