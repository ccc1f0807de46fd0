import type { UnixTicks } from '../etl/index.js';
import { LongColumn, type RowBuffer, type ValueColumn } from './columns.js';
import type { TableWriter } from './table-writer.js';

/** A value of a column; for `time` microseconds, for `long` also ticks. */
export type Cell = boolean | number | string | UnixTicks | undefined;

/**
 * Adds a row; for tables with few rows.
 *
 * @param day of the partition, see {@link TableWriter.at}
 * @param cells by position of the column
 * @returns the buffer with the row
 */
export function addRow(writer: TableWriter, day: number, cells: readonly Cell[]): RowBuffer {
  const buffer = writer.at(day);
  for (const [at, column] of buffer.columns.entries()) setCell(column, buffer.rows, cells[at]);
  writer.added(buffer);
  return buffer;
}

function setCell(column: LongColumn | ValueColumn, row: number, cell: Cell): void {
  if (column instanceof LongColumn) {
    if (typeof cell === 'number') column.setNumber(row, cell);
    else if (typeof cell === 'object') column.set(row, cell.timeHigh, cell.timeLow);
    else throw new Error('a column of 64 bits has a value in each row');
  } else if (typeof cell !== 'object') {
    column.values[row] = cell ?? null;
  } else throw new Error('only columns of 64 bits have times');
}
