import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Comment texts of a TypeScript file, one line each. Tables of Windows' own texts have no such comments. */
function comments(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8');
  const blocks = text.match(/\/\*\*[\s\S]*?\*\/|(?:^[ \t]*\/\/[^\n]*\n)+/gmu) ?? [];
  return blocks.map((block) =>
    block
      .replaceAll(/^[ \t]*(?:\/\*\*|\*\/|\*|\/\/)|\*\/$/gmu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim(),
  );
}

/** Phrases that readers had to read twice, with the plain form. */
const RIDDLES: readonly (readonly [phrase: RegExp, plain: string])[] = [
  [/^(?:What|Whoever|Who) (?!.*\?$)/u, 'name the thing'],
  [
    /\b(?:behind|in front of) (?:the|its|their) (?:name|header|record|buffer|text|last|end|NUL)\b/u,
    'after, before',
  ],
  [/\bin (?:the )?order of time\b/u, 'in time order'],
  [/\bundefined where\b/u, 'undefined if'],
  [/\b(?:is|are|was|were) told\b/u, 'is reported, receives'],
  [/\bof (?:its|their) own\b/u, 'a separate'],
  [/\b(?:found|find|finds) no room\b/u, 'beyond the limit'],
];

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.ts'));

it.each(RIDDLES)('no comment of the source has %s', (phrase, plain) => {
  const found = sources.flatMap((path) =>
    comments(path)
      .filter((text) => phrase.test(text))
      .map((text) => `${path}: ${text} (write: ${plain})`),
  );
  expect(found).toEqual([]);
});
