/** Tables as DuckDB reads them. */

import { DuckDBInstance } from '@duckdb/node-api';

export type Row = Readonly<Record<string, unknown>>;

/** Runs queries in an empty database; the rows of the last one. */
export async function query(...statements: readonly string[]): Promise<Row[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const statement of statements.slice(0, -1)) await connection.run(statement);
    const reader = await connection.runAndReadAll(statements.at(-1) ?? '');
    return reader.getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A table of a directory, for FROM. */
export const table = (directory: string, name: string, format: 'csv' | 'parquet' = 'parquet'): string =>
  `read_${format}('${directory}/${name}/**/*.${format}', hive_partitioning = true${format === 'csv' ? ', all_varchar = true' : ''})`;
