/**
 * Builds `dist` (the library with its types, the bundles of the command and of the report page) and
 * THIRD-PARTY-NOTICES, which has the licences of all packages that the bundles contain.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

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
  alias: { meow: './node_modules/meow/build/index.js' },
  plugins: [meowWithoutUnusedParts, globalProcess],
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
 * Folders of the packages that have code in a bundle; what tree shaking removed does not count.
 *
 * @param {import('esbuild').Metafile} metafile
 */
function packagesOf({ outputs }) {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const folders = inputs.flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 ? (/^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(path)?.[0] ?? []) : [],
  );
  return [...new Set(folders)].sort();
}

/** Where packages that contain other packages (meow) keep the licences of these. */
const CONTAINED_LICENCES = 'build/licenses.md';

/**
 * Name, version, origin and full licence text of a package. Throws if it has no licence file: its notice could not be
 * passed on.
 *
 * @param {string} folder
 */
function notice(folder) {
  const read = (file) => readFileSync(join(root, folder, file), 'utf8');
  const { name, version, license, homepage } = JSON.parse(read('package.json'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e(?:\.md|\.txt)?$/iu.test(entry));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  const heading = [`${name} ${version} (${license})`, ...(homepage === undefined ? [] : [homepage])];
  const files = [file, CONTAINED_LICENCES].filter((path) => existsSync(join(root, folder, path)));
  return [...heading, '', ...files.map((path) => read(path).trim().replaceAll('\r\n', '\n'))].join('\n');
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
