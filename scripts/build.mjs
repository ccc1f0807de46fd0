/**
 * Builds `dist` (the library with its types, the bundles of the command and of the report page) and
 * THIRD-PARTY-NOTICES, which has the licences of all packages that the bundles contain.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundlePlugins, meowAlias, root } from './bundle-options.mjs';
import { notice, packagesOf } from './notices.mjs';

/**
 * The command and the files that it starts as threads and processes. Packages are imported, except meow: its 250 KB, most of
 * which etlcap does not use, would take 25 ms of every start.
 */
const command = {
  entryPoints: ['src/cli/index.ts', 'src/batch/worker.ts', 'src/io/threads/reader-worker.ts'],
  outdir: 'dist/command',
  entryNames: '[name]',
  splitting: true,
  packages: 'external',
  alias: meowAlias,
  plugins: bundlePlugins,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  format: 'esm',
  platform: 'node',
  target: 'node20',
};

/** Script and style of the report page, which are copied into each report with the notices of what they contain. */
const page = {
  entryPoints: ['src/report/client/page-client.ts'],
  outdir: 'dist/report',
  minify: true,
  target: 'es2022',
};

/**
 * Bundles without writing.
 *
 * @param {import('esbuild').BuildOptions} options
 */
async function bundle(options) {
  const { metafile, outputFiles = [] } = await build({
    ...options,
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  return { outputFiles, packages: packagesOf(metafile) };
}

/**
 * Writes a bundle.
 *
 * @param {readonly import('esbuild').OutputFile[]} outputFiles
 * @param {readonly string[]} packages whose notices precede the code as a comment
 */
function write(outputFiles, packages) {
  const notices = packages.map(notice).join('\n\n');
  // The report page contains this text within elements and comments of HTML, JavaScript and CSS.
  if (/\*\/|<[/!]/u.test(notices)) throw new Error('a licence text would end the comment that contains it');
  const comment = notices === '' ? '' : `/*!\n${notices}\n*/\n`;
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, comment + text);
  }
}

/** Man page and completions of the command, from its options. */
async function writeShellFiles() {
  const { outputFiles } = await bundle({
    stdin: {
      contents: "export * from './completions.js'; export { manPage } from './man-page.js';",
      resolveDir: join(root, 'src/options'),
    },
    format: 'esm',
    platform: 'node',
    target: 'node20',
  });
  const code = outputFiles.map(({ text }) => text).join('');
  const { manPage, ...shells } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = {
    'dist/man/etlcap.1': manPage(version),
    'dist/completions/etlcap.bash': shells.bashCompletion(),
    'dist/completions/_etlcap': shells.zshCompletion(),
    'dist/completions/etlcap.fish': shells.fishCompletion(),
    'dist/completions/etlcap.ps1': shells.powershellCompletion(),
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const HEADING = 'The files in dist contain code of these packages.';

const bundles = [await bundle(command), await bundle(page)];
rmSync(join(root, 'dist'), { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
const [commandBundle, pageBundle] = bundles;
await writeShellFiles();
// The package has THIRD-PARTY-NOTICES for the command; a report page is passed on alone.
write(commandBundle.outputFiles, []);
write(pageBundle.outputFiles, pageBundle.packages);
const packages = [...new Set(bundles.flatMap((bundled) => bundled.packages))].sort();
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), `${[HEADING, ...packages.map(notice)].join('\n\n')}\n`);
