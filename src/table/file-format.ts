import type { Column, RowBuffer } from './columns.js';
import { csvFile } from './csv-file.js';
import { parquetFile } from './parquet-file.js';

export const TABLE_FORMATS = ['parquet', 'csv'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** One file of a table. */
export interface TableFile {
  /** The rows as bytes of the file. */
  encode(rows: RowBuffer): Uint8Array;
  /** The rest of the file. */
  finish(): Uint8Array;
}

/** @param createdBy for formats that name their writer */
export const tableFile = (format: TableFormat, columns: readonly Column[], createdBy: string): TableFile =>
  format === 'csv' ? csvFile(columns) : parquetFile(columns, createdBy);
