/**
 * Type of a column.
 *
 * - `text`: UTF-8
 * - `int`: unsigned, 32 bits
 * - `long`: signed, 64 bits, never absent
 * - `time`: microseconds since 1970 in UTC, never absent
 * - `double`, `bool`
 */
export type ColumnType = 'bool' | 'double' | 'int' | 'long' | 'text' | 'time';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Every row has a value. */
  readonly required?: true;
  /** Rows are in ascending order of this column: readers skip parts of a file by its minimum and maximum. */
  readonly sorted?: true;
}

/** Rows of a buffer at the start; it grows. */
const FIRST_ROWS = 1024;

/** Values of one column: of `text`, `int`, `double` and `bool`. */
export class ValueColumn {
  /** Longer than the rows where the buffer had more rows before: memory is reused. */
  readonly values: (boolean | number | string | null)[] = [];

  /** The first values; valid until the next change. */
  first(rows: number): (boolean | number | string | null)[] {
    return this.values.length === rows ? this.values : this.values.slice(0, rows);
  }
}

/** Values of a column of 64 bits, without an object for each. */
export class LongColumn {
  #longs = new BigInt64Array(FIRST_ROWS);
  #words = new Uint32Array(this.#longs.buffer);

  /**
   * Hot path.
   *
   * @param high upper 32 bits
   * @param low lower 32 bits
   */
  set(row: number, high: number, low: number): void {
    if (row >= this.#longs.length) this.#grow();
    // Every platform of Node.js and of browsers is little-endian.
    this.#words[row * 2] = low;
    this.#words[row * 2 + 1] = high;
  }

  /** Hot path. @param value a safe integer that is not negative */
  setNumber(row: number, value: number): void {
    this.set(row, Math.floor(value / 2 ** 32), value % 2 ** 32);
  }

  /** The first values; valid until the next change. */
  first(rows: number): BigInt64Array {
    return this.#longs.subarray(0, rows);
  }

  #grow(): void {
    const longs = new BigInt64Array(this.#longs.length * 2);
    longs.set(this.#longs);
    this.#longs = longs;
    this.#words = new Uint32Array(longs.buffer);
  }
}

/** Rows that wait to be written, by column. */
export class RowBuffer {
  rows = 0;
  /** UTF-16 units of long texts in the rows; see {@link noteText}. */
  textLength = 0;
  readonly columns: readonly (LongColumn | ValueColumn)[];

  constructor(columns: readonly Column[]) {
    this.columns = columns.map(({ type }) =>
      type === 'long' || type === 'time' ? new LongColumn() : new ValueColumn(),
    );
  }

  /** Counts a text of the current row that is not repeated in other rows. */
  noteText(text: string): void {
    this.textLength += text.length;
  }

  clear(): void {
    this.rows = 0;
    if (this.textLength === 0) return;
    this.textLength = 0;
    for (const column of this.columns) if (column instanceof ValueColumn) column.values.length = 0;
  }
}
