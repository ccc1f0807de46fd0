import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Column, RowBuffer } from './columns.js';
import type { TableFile } from './file-format.js';

/** Value of `pageSize` for one page in each column of a row group. */
const ONE_PAGE = 0;

/**
 * A Parquet file (https://parquet.apache.org/docs/file-format/): each call of `encode` is a row group. Columns whose
 * values repeat have a dictionary. Times and frames have their minimum and maximum in each row group.
 */
export function parquetFile(columns: readonly Column[], createdBy: string): TableFile {
  const bytes = new ByteWriter();
  const root = { name: 'root', num_children: columns.length };
  // The writer would convert each value of an annotated column of numbers; ours have the bytes of the annotated type.
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [root, ...columns.map(physicalElement)],
    createdBy,
  });
  const take = (): Uint8Array => {
    const taken = bytes.getBytes().slice();
    bytes.index = 0;
    return taken;
  };
  return {
    encode: (rows) => {
      // Without a `flush` of the byte writer, nothing is asynchronous.
      void writer.write({
        columnData: columnSources(columns, rows),
        rowGroupSize: rows.rows,
        pageSize: ONE_PAGE,
      });
      return take();
    },
    finish: () => {
      writer.schema = [root, ...columns.map(schemaElement)];
      void writer.finish();
      return take();
    },
  };
}

function columnSources(columns: readonly Column[], { columns: buffers, rows }: RowBuffer): ColumnSource[] {
  return columns.map(({ name, sorted, type }, at) => {
    const buffer = buffers[at];
    if (buffer === undefined) throw new Error(`no column ${name}`);
    const data = buffer.first(rows);
    return {
      name,
      data,
      statistics: sorted === true,
      // Differences of times and numbers that ascend need few bits.
      ...((type === 'long' || type === 'time') && { encoding: 'DELTA_BINARY_PACKED' as const }),
    };
  });
}

/** The element of a column without annotations of numbers. */
function physicalElement({ name, required, type }: Column): SchemaElement {
  const element = { name, repetition_type: required ? ('REQUIRED' as const) : ('OPTIONAL' as const) };
  switch (type) {
    case 'bool':
      return { ...element, type: 'BOOLEAN' };
    case 'double':
      return { ...element, type: 'DOUBLE' };
    case 'int':
      return { ...element, type: 'INT32' };
    case 'long':
    case 'time':
      return { ...element, type: 'INT64' };
    case 'text':
      return { ...element, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
  }
}

function schemaElement(column: Column): SchemaElement {
  const element = physicalElement(column);
  if (column.type === 'int') return { ...element, converted_type: 'UINT_32' };
  // Databases treat times "adjusted to UTC" as times of the session's zone.
  return column.type === 'time'
    ? { ...element, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' } }
    : element;
}
