/**
 * Writes docs/demo.svg, the terminal picture of README.md: runs commands on the sample traces and draws their output.
 * `npm run demo -- --check` compares instead, and exits with 1 if the picture is out of date.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const picture = join(root, 'docs/demo.svg');

/** Commands, and which lines of their output are shown. */
const scenes = [
  {
    command: 'etlcap PktMon.etl',
    isShown: (line) => /^ +(?:#|[0379]) |Unauthorized|Unreachable|^Wrote/.test(line),
  },
  { command: 'etlcap path PktMon.etl --drops only', isShown: (line) => !/^2 /.test(line), until: /^$/ },
];

const COLUMNS = 120;
const LINE_HEIGHT = 18;
const CHARACTER_WIDTH = 7.85;
const MARGIN = 16;

/** Lines of all scenes: the commands with a prompt, then their output. */
function lines() {
  const folder = mkdtempSync(join(tmpdir(), 'etlcap-demo-'));
  try {
    symlinkSync(join(root, 'samples/pktmon-drops.etl'), join(folder, 'PktMon.etl'));
    return scenes.flatMap(({ command, isShown, until }, scene) => {
      const [, ...args] = command.split(' ');
      const output = execFileSync(process.execPath, [join(root, 'bin/etlcap.js'), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', TZ: 'UTC' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const all = output.split('\n');
      const end = until === undefined ? -1 : all.findIndex((line) => until.test(line));
      const shown = all.slice(0, end === -1 ? undefined : end).filter(isShown);
      const prompt = { text: `$ ${command}`, isCommand: true };
      return [...(scene === 0 ? [] : [{ text: '' }]), prompt, ...shown.map((text) => ({ text }))];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
const cut = (text) => (text.length > COLUMNS ? `${text.slice(0, COLUMNS - 1)}…` : text);

function svg(shown) {
  const width = Math.ceil(COLUMNS * CHARACTER_WIDTH + 2 * MARGIN);
  const height = shown.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = shown.map(({ text, isCommand }, row) => {
    const style = isCommand ? ' class="command"' : /dropped|Dropped at/.test(text) ? ' class="drop"' : '';
    const y = MARGIN + (row + 1) * LINE_HEIGHT - 5;
    return `  <text x="${MARGIN}" y="${y}"${style} xml:space="preserve">${escaped(cut(text))}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
  <title>etlcap converts a pktmon trace and prints the path of a dropped packet</title>
  <style>
    text { font: 13px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d5dae2; white-space: pre }
    .command { fill: #7ee0a1; font-weight: bold }
    .drop { fill: #ff9c8f }
  </style>
  <rect width="100%" height="100%" rx="8" fill="#161b22"/>
${rows.join('\n')}
</svg>
`;
}

const drawn = svg(lines());
if (!process.argv.includes('--check')) writeFileSync(picture, drawn);
else if (readFileSync(picture, 'utf8') !== drawn) {
  process.stderr.write('docs/demo.svg: differs from what the commands print; run npm run demo\n');
  process.exitCode = 1;
}
