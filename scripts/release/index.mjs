/**
 * Builds all files of a release: `npm run release`, or `npm run release -- linux-x64` for one platform. An executable is a copy of
 * Node with the program and its files inside (Node's single executable applications). Results are in build/release/out.
 */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inject } from 'postject';
import { root } from '../bundle-options.mjs';
import { notice } from '../notices.mjs';
import { bundles, packageFiles } from './bundle.mjs';
import { writePackages } from './packages.mjs';
import { signAdHoc } from './sign-mach-o.mjs';
import { softwareBill } from './software-bill.mjs';
import { NODE_VERSION, nodeOf, RELEASE_FOLDER, TARGETS } from './targets.mjs';
import { writeWiresharkZip } from './wireshark-zip.mjs';

const OUT = join(RELEASE_FOLDER, 'out');

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => TARGETS.every((target) => target.name !== name));
if (unknown.length > 0) {
  throw new Error(
    `${unknown.join(', ')}: no such platform; there are ${TARGETS.map(({ name }) => name).join(', ')}`,
  );
}
const targets = TARGETS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const { program, readerThread } = await bundles();
const work = (name) => join(RELEASE_FOLDER, name);
writeFileSync(work('etlcap.cjs'), program.text);
writeFileSync(work('reader-worker.cjs'), readerThread.text);
writeFileSync(work('version'), version);
const assets = {
  version: work('version'),
  'reader-worker.js': work('reader-worker.cjs'),
  ...Object.fromEntries(packageFiles().map((name) => [name, join(root, name)])),
};

/** The Node that runs here and makes the executables for all platforms. */
const [host] = TARGETS;
/** @type {Map<string, {file: string, sha256: string}>} */
const executables = new Map();
const sumOf = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');
for (const target of targets) {
  const path = join(OUT, `etlcap-${version}-${target.name}${target.suffix}`);
  const config = work(`${target.name}.json`);
  const blob = work(`${target.name}.blob`);
  const settings = {
    main: work('etlcap.cjs'),
    output: blob,
    assets,
    disableExperimentalSEAWarning: true,
    // Compiled code is of one platform.
    useCodeCache: target === host,
  };
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(nodeOf(host), ['--experimental-sea-config', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  copyFileSync(nodeOf(target), path);
  const isMacOS = target.name.startsWith('macos');
  await inject(path, 'NODE_SEA_BLOB', readFileSync(blob), {
    sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
    ...(isMacOS && { machoSegmentName: 'NODE_SEA' }),
  });
  if (isMacOS) signAdHoc(path, 'etlcap');
  const bytes = readFileSync(path);
  const compressed = gzipSync(bytes, { level: 9 });
  writeFileSync(`${path}.gz`, compressed);
  executables.set(target.name, { file: basename(path), sha256: sumOf(path) });
  process.stdout.write(`${path}: ${bytes.length} bytes, compressed ${compressed.length}\n`);
}
const packages = [...new Set([...program.packages, ...readerThread.packages])].sort();
const nodeLicence = readFileSync(join(dirname(dirname(nodeOf(host))), 'LICENSE'), 'utf8').trim();
const licences = [
  'The executables contain Node and code of these packages.',
  ...packages.map(notice),
  `node ${NODE_VERSION}\n\n${nodeLicence}`,
];
writeFileSync(join(OUT, 'THIRD-PARTY-NOTICES'), `${licences.join('\n\n')}\n`);
writeFileSync(join(OUT, 'etlcap.cdx.json'), softwareBill(NODE_VERSION));
copyFileSync(join(root, 'LICENSE'), join(OUT, 'LICENSE'));
execFileSync(process.execPath, [
  join(root, 'scripts/release/converter-page.mjs'),
  join(OUT, `etlcap-${version}.html`),
]);
await writeWiresharkZip(join(OUT, `etlcap-${version}-wireshark.zip`));
writePackages({ version, folder: OUT, executables });
const files = readdirSync(OUT).sort();
writeFileSync(join(OUT, 'SHA256SUMS'), files.map((file) => `${sumOf(join(OUT, file))}  ${file}\n`).join(''));
