/** A row of a table, by column title. Cells are as written, without the blanks around them. */
export type Row = Readonly<Record<string, string>>;

/** A fenced block: the words behind its fence and its lines. */
export interface Fence {
  readonly info: string;
  readonly lines: readonly string[];
}

/** The text under a heading, down to the next one of the same level or above. */
export function section(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start === -1) throw new Error(`no heading '${heading}'`);
  const level = /^#+/.exec(lines[start] ?? '')?.[0].length ?? 0;
  const length = lines
    .slice(start + 1)
    .findIndex((line) => /^#+ /.test(line) && (/^#+/.exec(line)?.[0].length ?? 0) <= level);
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
}

/** All tables that have a column of this title; their cells hold no pipes. */
export function tableRows(markdown: string, column: string): Row[] {
  const lines = markdown.split('\n');
  const rows: Row[] = [];
  let titles: readonly string[] | undefined;
  for (const [at, line] of lines.entries()) {
    if (!line.startsWith('|')) titles = undefined;
    else if (titles === undefined) titles = cells(line);
    else if (titles.includes(column) && !/^\| ?-/.test(lines[at] ?? '')) {
      const values = cells(line);
      rows.push(Object.fromEntries(titles.map((title, n) => [title, values[n] ?? ''])));
    }
  }
  return rows;
}

const cells = (line: string): string[] =>
  line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim());

/** Fenced blocks whose info string starts with this word. */
export function fences(markdown: string, language: string): Fence[] {
  return [...markdown.matchAll(/^```(\S+)([^\n]*)\n([\s\S]*?)^```$/gm)]
    .filter(([, word]) => word === language)
    .map(([, , info = '', body = '']) => ({ info: info.trim(), lines: body.split('\n').slice(0, -1) }));
}

/** The text without fenced blocks. */
export const withoutFences = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '');

/** What stands between backticks, outside of fenced blocks. */
export const codeSpans = (markdown: string): string[] =>
  [...withoutFences(markdown).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
