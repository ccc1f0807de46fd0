import { jsonText, printable } from '../etw/index.js';
import type { ReportData } from './report-data.js';

/** The page's own code, built from `client/`. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** Hashes of both as Content-Security-Policy has them: `sha256-…`. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

/**
 * The whole page, self-contained and without network access. Its Content-Security-Policy allows only its own code, so
 * that names from the trace cannot be executed.
 */
export function reportPage(data: ReportData, assets: PageAssets): string {
  const names = data.traces.map(({ input }) => input).join(', ');
  const policy = [
    "default-src 'none'",
    `script-src '${assets.scriptHash}'`,
    `style-src '${assets.styleHash}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${escaped(`etlcap ${data.etlcap}`)}">
<link rel="icon" href="data:,">
<title>Packet paths: ${escaped(names)}</title>
<style>${assets.style}</style>
</head>
<body>
<noscript>This page needs JavaScript. etlcap path --summary and etlcap diagnose print the same figures.</noscript>
<main id="page"></main>
<script type="application/json" id="data">${scriptJson(data)}</script>
<script>${assets.script}</script>
</body>
</html>
`;
}

/** Text in HTML, attributes too. */
const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);

/**
 * JSON for a script element: it contains nothing that ends the element or opens a comment. Texts are {@link printable},
 * since the page shows them.
 */
export const scriptJson = (value: object): string =>
  jsonText(shown(value)).replace(
    /[<>&]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A JSON value with all its texts printable. */
function shown(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member)]));
}
