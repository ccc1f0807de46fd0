import { csvCell } from '../etw/index.js';
import { type Column, LongColumn, type RowBuffer } from './columns.js';
import type { TableFile } from './file-format.js';

/** A CSV file (RFC 4180, UTF-8) whose first line has the names of the columns. Times are ISO 8601 in UTC. */
export function csvFile(columns: readonly Column[]): TableFile {
  const encoder = new TextEncoder();
  let head = `${columns.map(({ name }) => name).join(',')}\r\n`;
  const take = (text: string): Uint8Array => {
    const bytes = encoder.encode(head + text);
    head = '';
    return bytes;
  };
  return {
    encode: ({ columns: buffers, rows }) => {
      const cells = columns.map(({ type }, at) => cellOf(buffers[at], type, rows));
      const lines: string[] = [];
      for (let row = 0; row < rows; row++) lines.push(`${cells.map((cell) => cell(row)).join(',')}\r\n`);
      return take(lines.join(''));
    },
    finish: () => take(''),
  };
}

function cellOf(
  buffer: RowBuffer['columns'][number] | undefined,
  type: Column['type'],
  rows: number,
): (row: number) => string {
  if (buffer === undefined) throw new Error('no such column');
  if (!(buffer instanceof LongColumn)) return (row) => csvCell(buffer.values[row]);
  const longs = buffer.first(rows);
  return type === 'time' ? (row) => isoMicroseconds(longs[row] ?? 0n) : (row) => String(longs[row] ?? 0n);
}

/** `2024-06-10T20:18:35.489172Z` */
function isoMicroseconds(microseconds: bigint): string {
  const milliseconds = new Date(Number(microseconds / 1000n)).toISOString();
  return `${milliseconds.slice(0, -1)}${String(microseconds % 1000n).padStart(3, '0')}Z`;
}
