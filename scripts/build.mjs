/**
 * Builds `dist` (types of the library, the bundle of command and library, the bundle of the report page) and
 * THIRD-PARTY-NOTICES, which has the licences of all packages that the bundles contain.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundlePlugins, meowAlias, root } from './bundle-options.mjs';
import { notice, packagesOf } from './notices.mjs';

/**
 * `etlcap --version` loads the file with the version, not all of `io`: esbuild follows each import of an `index.ts`, whether
 * its names are used or not.
 */
const lightStart = {
  name: 'light-start',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/io\/index\.js$/ }, ({ importer, kind }) =>
      kind === 'import-statement' && importer === join(root, 'src/cli/index.ts')
        ? { path: join(root, 'src/io/installation.ts') }
        : undefined,
    );
  },
};

/**
 * Command and library in one bundle, so that the package has their code once, and the programs of threads and processes.
 * Packages are imported, except meow: its 250 KB, most of which etlcap does not use, would take 25 ms of every start.
 */
const program = {
  entryPoints: {
    cli: 'src/cli/index.ts',
    library: 'src/index.ts',
    'pcap-writer': 'src/pcap-writer/index.ts',
    worker: 'src/batch/worker.ts',
    'reader-worker': 'src/io/threads/reader-worker.ts',
  },
  outdir: 'dist/bundle',
  splitting: true,
  packages: 'external',
  alias: meowAlias,
  plugins: [lightStart, ...bundlePlugins],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  format: 'esm',
  platform: 'node',
  target: 'node20',
};

/**
 * Script and style of the report page, which are copied into each report with the notices of the packages that they
 * contain.
 */
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

/** Removes the declarations that the public types do not refer to: the compiler writes one for each module. */
function removePrivateTypes() {
  const reached = new Set(['dist/index.d.ts', 'dist/pcap-writer/index.d.ts'].map((name) => join(root, name)));
  for (const path of reached)
    for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(
      /(?:\bfrom|\bimport\()\s*'(\.[^']+)\.js'/gu,
    ))
      reached.add(join(dirname(path), `${name}.d.ts`));
  for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.name.endsWith('.d.ts') && !reached.has(path)) rmSync(path);
  }
}

const HEADING = 'The files in dist contain code of these packages.';

const bundles = [await bundle(program), await bundle(page)];
rmSync(join(root, 'dist'), { recursive: true, force: true });
const compiler = join(root, 'node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
removePrivateTypes();
const [programBundle, pageBundle] = bundles;
await writeShellFiles();
// The package has THIRD-PARTY-NOTICES for the bundle; a report page is passed on alone.
write(programBundle.outputFiles, []);
write(pageBundle.outputFiles, pageBundle.packages);
const packages = [...new Set(bundles.flatMap((bundled) => bundled.packages))].sort();
writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), `${[HEADING, ...packages.map(notice)].join('\n\n')}\n`);
