import { printable } from '../etw/index.js';

export { jsonText, printable } from '../etw/index.js';

/** 25,571 */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 packet`, `2 packets` */
export function plural(value: number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : nouns}`;
}

/** 1.2 MB */
export function size(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  if (bytes < 1000) return plural(bytes, 'byte');
  let value = bytes;
  let unit = 'bytes';
  for (const next of units) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `2024-06-10 20:18:35.489 UTC` from ISO 8601: what people compare with a clock. */
export function shortTime(iso: string): string {
  return `${iso.replace('T', ' ').slice(0, 23)} UTC`;
}

/** Text from a trace in a table: printable, and cut to a width. */
export function within(text: string, width: number): string {
  const characters = [...printable(text)];
  return characters.length <= width ? characters.join('') : `${characters.slice(0, width - 1).join('')}…`;
}

/** Text broken at blanks into lines of at most `width` columns, those after the first indented. */
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

/** The address that people look for, an IPv4 one where there is one, and how many more there are. */
export function addressText(addresses: readonly string[]): string {
  const first = addresses.find((address) => !address.includes(':')) ?? addresses[0];
  if (first === undefined) return '';
  return addresses.length === 1 ? first : `${first} +${addresses.length - 1}`;
}

/** 26.8 s, 3 min 5 s, 8 h 12 min */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Number(seconds.toPrecision(3))} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${count(hours)} h ${minutes} min` : `${minutes} min ${whole % 60} s`;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/**
 * A table with two spaces between columns; the last column is not padded. A column with no text in it is left out. Cells
 * may come from a trace: they are made {@link printable}.
 */
export function table(
  columns: readonly Column[],
  texts: readonly (readonly string[])[],
  indent = '  ',
): string {
  const rows = texts.map((row) => row.map(printable));
  const widths = columns.map((column, at) =>
    Math.max(column.title.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const isShown = columns.map((_, at) => rows.length === 0 || rows.some((row) => (row[at] ?? '') !== ''));
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, at) => {
        const cell = cells[at] ?? '';
        return column.align === 'right' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
      })
      .filter((_, at) => isShown[at])
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)]
    .map((text) => indent + text)
    .join('\n');
}
