import { printable } from '../../etw/index.js';
import { shortTime as isoShortTime } from '../../format/index.js';
import { cutToWidth, displayWidth } from './display-width.js';

/** `2024-06-10 20:18:35.489 UTC` from ISO 8601. */
export function shortTime(iso: string): string {
  return `${isoShortTime(iso)} UTC`;
}

/** Text from a trace in a table: printable, and cut to a number of terminal columns. */
export function within(text: string, columns: number): string {
  const safe = printable(text);
  return displayWidth(safe) <= columns ? safe : `${cutToWidth(safe, columns - 1)}…`;
}

/** Text broken at blanks into lines of at most `width` columns, indented from the second on. */
export function wrapped(text: string, width: number, indent = '  '): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join('\n');
}

/** The most useful address, an IPv4 one if there is one, and the number of others. */
export function addressText(addresses: readonly string[]): string {
  const first = addresses.find((address) => !address.includes(':')) ?? addresses[0];
  if (first === undefined) return '';
  return addresses.length === 1 ? first : `${first} +${addresses.length - 1}`;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * A table with two spaces between columns, padded by display width; the last column is not padded. Empty columns are
 * omitted. Cells may come from a trace: they are made {@link printable}.
 */
export function table(
  columns: readonly Column[],
  texts: readonly (readonly string[])[],
  indent = '  ',
): string {
  const rows = texts.map((row) => row.map(printable));
  const widths = columns.map((column, at) =>
    rows.reduce((width, row) => Math.max(width, displayWidth(row[at] ?? '')), displayWidth(column.title)),
  );
  const isShown = columns.map((_, at) => rows.length === 0 || rows.some((row) => (row[at] ?? '') !== ''));
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, at) => {
        const cell = cells[at] ?? '';
        const padding = ' '.repeat(Math.max(0, (widths[at] ?? 0) - displayWidth(cell)));
        return column.align === 'right' ? padding + cell : cell + padding;
      })
      .filter((_, at) => isShown[at])
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)]
    .map((text) => indent + text)
    .join('\n');
}
