import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { withoutFences } from './markdown.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Manifest {
  readonly files: readonly string[];
  readonly homepage: string;
}
const { files, homepage }: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const repository = homepage.replace(/#.*/, '');

/** All text files in version control, by path from the root. */
const texts = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter(
    (path) => path !== '' && !/\.(?:etl|png|svg)$|^fuzz\/corpus\/|^(?:.*\/)?package-lock\.json$/.test(path),
  )
  .filter((path) => existsSync(join(root, path)))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const markdown = texts.filter(({ path }) => path.endsWith('.md'));

/** GitHub's anchor of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const headings = (text: string): string[] =>
  [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.replaceAll('`', ''));

const textOf = (path: string): string | undefined => texts.find((file) => file.path === path)?.text;

/** Where a mention of a document can lead: from the root, from the file's folder, or by a name that is in the repository. */
const isDocument = (from: string, name: string): boolean =>
  [name, normalize(join(dirname(from), name))].some((path) => existsSync(join(root, path)));

describe('nothing in the repository refers to anything outside it', () => {
  test('each document that a comment or text names is in the repository', () => {
    const missing = texts.flatMap(({ path, text }) =>
      [...text.replace(/https?:\/\/\S+/g, '').matchAll(/[\w./-]*\w\.md\b/g)]
        .filter(([name]) => !isDocument(path, name))
        // Names of files that programs of others write or read, and that tests make up.
        .filter(
          ([name]) =>
            !path.startsWith('test/') && !/MessageFile-pktmon|^HCN\.md$|^build\/licenses\.md$/.test(name),
        )
        .map(([name]) => `${path}: ${name}`),
    );
    expect(texts.length).toBeGreaterThan(300);
    expect(missing).toEqual([]);
  });

  test('each section of docs/format that a comment names is there', () => {
    const references = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/(docs\/format\/[\w-]+\.md)(?:, "([^"\n]+)")?/g)].map(([, page = '', heading]) => ({
        path,
        page,
        heading,
      })),
    );
    expect(references.length).toBeGreaterThan(20);
    const wrong = references.filter(({ page, heading }) => {
      const text = textOf(page);
      return text === undefined || (heading !== undefined && !headings(text).includes(heading));
    });
    expect(wrong).toEqual([]);
  });

  test('the folder of real traces is named only where it is looked for', () => {
    const naming = texts.filter(({ text }) =>
      /\.\.\/shared\b|\bshared\/(?:samples|cases|reference)/.test(text),
    );
    expect(naming.map(({ path }) => path).sort()).toEqual([
      '.ci/run',
      'CONTRIBUTING.md',
      'fuzz/index.ts',
      'test/support/shared.ts',
    ]);
  });
});

describe('links in Markdown', () => {
  const links = markdown.flatMap(({ path, text }) =>
    [...withoutFences(text).matchAll(/\]\(<?([^)\s>]+)>?\)/g)].map(([, target = '']) => ({ path, target })),
  );
  const inRepository = links.flatMap(({ path, target }) => {
    const page = new RegExp(`^${repository}/(?:blob|raw|tree)/main/(.*)$`).exec(target)?.[1];
    if (page !== undefined) return [{ path, target: page, from: '' }];
    return /^[a-z]+:/.test(target) ? [] : [{ path, target, from: dirname(path) }];
  });

  test('lead to files and headings that are there', () => {
    expect(inRepository.length).toBeGreaterThan(20);
    const dead = inRepository.filter(({ path, target, from }) => {
      const [file = '', hash] = target.split('#');
      const page = file === '' ? path : normalize(join(from, file));
      if (!existsSync(join(root, page))) return true;
      return (
        hash !== undefined &&
        !headings(textOf(page) ?? '')
          .map(anchor)
          .includes(hash)
      );
    });
    expect(dead).toEqual([]);
  });

  test('lead only to files of the package where the document itself is packed', () => {
    const packed = (path: string): boolean =>
      /^(?:README\.md|LICENSE|package\.json)$/.test(path) ||
      files.some((entry) => path === entry || path.startsWith(`${entry}/`));
    const dead = links
      // npm and GitHub resolve the relative links of README.md in the repository.
      .filter(({ path, target }) => path !== 'README.md' && packed(path) && !/^(?:[a-z]+:|#)/.test(target))
      .filter(({ path, target }) => !packed(normalize(join(dirname(path), target.replace(/#.*/, '')))));
    expect(dead).toEqual([]);
  });
});
