/**
 * Builds the page that converts traces in a browser: one HTML file that needs no other and opens no connection.
 * `node scripts/release/converter-page.mjs FILE` writes it.
 */

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../bundle-options.mjs';
import { notice, packagesOf } from '../notices.mjs';

/** @param {string} entryPoint */
async function bundle(entryPoint) {
  const { metafile, outputFiles } = await build({
    entryPoints: [entryPoint],
    outdir: 'out',
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    write: false,
    format: 'iife',
    minify: true,
    legalComments: 'none',
    target: 'es2022',
    logLevel: 'warning',
  });
  const text = (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  return { script: text('.js'), style: text('.css'), packages: packagesOf(metafile) };
}

const hashOf = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** JSON for a script element: it contains nothing that ends the element or opens a comment. */
const scriptJson = (value) =>
  JSON.stringify(value).replace(
    /[<>&]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/**
 * The page's text. `npm run build` must have run: the page contains script and style of the report page.
 *
 * @throws Error if a script contains text that would end its element
 */
async function converterPage() {
  const [worker, client] = [
    await bundle('src/page/worker.ts'),
    await bundle('src/page/client/page-client.ts'),
  ];
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const script = readFileSync(join(root, 'dist/report/page-client.js'), 'utf8');
  const style = readFileSync(join(root, 'dist/report/page-client.css'), 'utf8');
  const report = { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) };
  const notices = [...new Set([...worker.packages, ...client.packages])].map(notice).join('\n\n');
  const data = { version, worker: `/*!\n${notices}\n*/\n${worker.script}`, report };
  for (const text of [client.script, client.style]) {
    if (/<\/(?:script|style)|<!--|<script/iu.test(text)) throw new Error('a bundle would end its element');
  }
  // A report is shown in a frame, which has this policy too. Some browsers do not apply default-src to connections.
  const policy = [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src '${hashOf(client.script)}' '${report.scriptHash}' blob:`,
    `style-src '${hashOf(client.style)}' '${report.styleHash}'`,
    'worker-src blob:',
    'frame-src blob:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="etlcap ${version}">
<link rel="icon" href="data:,">
<title>etlcap: ETL to pcapng</title>
<style>${client.style}</style>
</head>
<body>
<main id="page"><noscript>This page converts with JavaScript, which is off.</noscript></main>
<script type="application/json" id="data">${scriptJson(data)}</script>
<script>${client.script}</script>
</body>
</html>
`;
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: converter-page.mjs FILE');
writeFileSync(path, await converterPage());
