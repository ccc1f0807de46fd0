/**
 * Bundles the command for a single executable: one CommonJS file, with all packages and without files beside it. The files
 * of the package that it reads at run time are assets (see src/io/standalone-installation.ts).
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundlePlugins, meowAlias, root } from '../bundle-options.mjs';
import { packagesOf } from '../notices.mjs';

/** The program: a worker process of a batch is started with this argument, see src/io/standalone-installation.ts. */
const ENTRY = `
import { BATCH_WORKER_ARGUMENT } from './src/io/standalone-installation.js';
import { main } from './src/cli/index.js';
if (process.argv[2] === BATCH_WORKER_ARGUMENT) import('./src/batch/worker.js');
else main(process.argv.slice(2)).then((code) => { process.exitCode = code; });
`;

/** Replaces the module with the package's files by the one with the executable's assets. */
const standaloneInstallation = {
  name: 'standalone-installation',
  setup({ onResolve }) {
    onResolve({ filter: /(?:^|\/)installation\.js$/ }, () => ({
      path: join(root, 'src/io/standalone-installation.ts'),
    }));
  },
};

/**
 * @param {import('esbuild').BuildOptions} options
 * @returns text of the bundle, and the folders of the packages in it
 */
async function bundle(options) {
  const { metafile, outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    // meow asks for the module's address, which CommonJS does not have.
    define: { 'import.meta': 'importMeta' },
    banner: { js: "const importMeta = { url: require('node:url').pathToFileURL(process.execPath).href };" },
    plugins: [...bundlePlugins, standaloneInstallation],
    alias: meowAlias,
    logLevel: 'warning',
  });
  return { text: outputFiles.map(({ text }) => text).join(''), packages: packagesOf(metafile) };
}

/** The program and the thread that it starts. */
export const bundles = async () => ({
  program: await bundle({ stdin: { contents: ENTRY, resolveDir: root, sourcefile: 'etlcap.js' } }),
  readerThread: await bundle({ entryPoints: ['src/io/threads/reader-worker.ts'] }),
});

/** Files of the package that the program reads at run time, by path from the package's root. */
export function packageFiles() {
  const below = (folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));
  return [
    'dist/report/page-client.js',
    'dist/report/page-client.css',
    'src/wireshark/etlcap.lua',
    ...below('src/wireshark/profile'),
  ];
}
