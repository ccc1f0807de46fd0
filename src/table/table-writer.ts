import type { Output } from '../passes/index.js';
import { type Column, RowBuffer } from './columns.js';
import { type TableFile, type TableFormat, tableFile } from './file-format.js';

/** Rows of all partitions of a table that wait: they become a row group. */
const MAX_ROWS = 32_768;
/** UTF-16 units of long texts that wait. */
const MAX_TEXT = 8 * 2 ** 20;
/** Rows of one file; its list of row groups is in memory until its end. */
const MAX_FILE_ROWS = 256 * MAX_ROWS;
/** Days with a separate partition; only a damaged trace, or one that was made for it, has more. */
const MAX_DAYS = 32;
/** The value that Hive gives to the partition of rows without a value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__';
/** Characters of a host's name in a path. */
const MAX_HOST = 100;

/** Where the files of tables go. */
export interface TableTarget {
  /** @param path below the output directory, with slashes */
  open(path: string): Promise<Output>;
}

export interface TableSettings {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly format: TableFormat;
  /** For formats that name their writer. */
  readonly createdBy: string;
  /** Undefined or empty: unknown. */
  readonly host: string | undefined;
  /** Of the trace, as a part of file names. */
  readonly fileName: string;
  readonly target: TableTarget;
  /** Receives each output when it is opened. */
  readonly onOutput: (output: Output) => void;
}

interface Partition {
  readonly rows: RowBuffer;
  /** Of the path: `date=…`. */
  readonly date: string;
  file: { readonly encoder: TableFile; readonly output: Output; rows: number } | undefined;
  /** Files so far. */
  files: number;
}

/**
 * Writes one table of one trace in Hive partitions: `TABLE/host=HOST/date=DATE/TRACE.parquet`. Memory does not depend on
 * the number of rows.
 */
export class TableWriter {
  rows = 0;
  readonly #settings: TableSettings;
  readonly #partitions = new Map<number | undefined, Partition>();
  #lastDay: number | undefined;
  #last: Partition | undefined;
  #waiting = 0;
  #text = 0;

  constructor(settings: TableSettings) {
    this.#settings = settings;
  }

  /**
   * Hot path. The buffer for a row of a day. The caller sets a value in each column at `rows`, and calls {@link added}.
   *
   * @param day since 1970, in UTC
   */
  at(day: number): RowBuffer {
    if (this.#last === undefined || day !== this.#lastDay) {
      this.#last = this.#partition(day);
      this.#lastDay = day;
    }
    return this.#last.rows;
  }

  /** Hot path. The row of the last {@link at} is complete. */
  added(rows: RowBuffer): void {
    rows.rows += 1;
    this.rows += 1;
    this.#waiting += 1;
  }

  /** {@link RowBuffer.noteText} */
  noteText(rows: RowBuffer, text: string): void {
    rows.noteText(text);
    this.#text += text.length;
  }

  /** Writes rows if many wait. */
  async drain(): Promise<void> {
    while (this.#waiting >= MAX_ROWS || this.#text >= MAX_TEXT) {
      const byText = this.#waiting < MAX_ROWS;
      const sizeOf = ({ rows }: Partition): number => (byText ? rows.textLength : rows.rows);
      let largest: Partition | undefined;
      for (const partition of this.#partitions.values())
        if (largest === undefined || sizeOf(partition) > sizeOf(largest)) largest = partition;
      if (largest === undefined) return;
      await this.#flush(largest);
    }
  }

  /**
   * Writes all rows, and closes the files.
   *
   * @param day of the file that is written if there are no rows
   */
  async finish(day: number): Promise<void> {
    if (this.#partitions.size === 0) this.#partition(day);
    for (const partition of this.#partitions.values()) {
      if (partition.rows.rows > 0 || partition.files === 0) await this.#flush(partition);
      await this.#close(partition);
    }
  }

  #partition(day: number): Partition {
    const known = this.#partitions.get(day);
    if (known !== undefined) return known;
    const key = this.#partitions.size < MAX_DAYS ? day : undefined;
    const shared = this.#partitions.get(key);
    if (shared !== undefined) return shared;
    const partition = {
      rows: new RowBuffer(this.#settings.columns),
      date: key === undefined ? NO_VALUE : dateOf(key),
      file: undefined,
      files: 0,
    };
    this.#partitions.set(key, partition);
    return partition;
  }

  async #flush(partition: Partition): Promise<void> {
    partition.file ??= await this.#open(partition);
    const { file, rows } = partition;
    this.#waiting -= rows.rows;
    this.#text -= rows.textLength;
    file.rows += rows.rows;
    const bytes = rows.rows === 0 ? undefined : file.encoder.encode(rows);
    rows.clear();
    if (bytes !== undefined) await file.output.write(bytes);
    if (file.rows >= MAX_FILE_ROWS) await this.#close(partition);
  }

  async #open(partition: Partition): Promise<NonNullable<Partition['file']>> {
    const { columns, createdBy, fileName, format, host = '', onOutput, table, target } = this.#settings;
    partition.files += 1;
    const number = partition.files === 1 ? '' : `.${partition.files}`;
    const output = await target.open(
      `${table}/host=${host === '' ? NO_VALUE : pathPart(host).slice(0, MAX_HOST).replace(/%.?$/u, '')}/date=${partition.date}/` +
        `${fileName}${number}.${format}`,
    );
    onOutput(output);
    return { encoder: tableFile(format, columns, createdBy), output, rows: 0 };
  }

  async #close(partition: Partition): Promise<void> {
    const { file } = partition;
    partition.file = undefined;
    if (file === undefined) return;
    await file.output.write(file.encoder.finish());
    await file.output.finish();
  }
}

/** Every character but letters, digits, `-`, `_` and inner dots as `%41`, as Hive encodes values in paths. */
export function pathPart(name: string): string {
  const encoded = Array.from(new TextEncoder().encode(name), (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.-]/u.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  return encoded.replace(/^\.|\.$/gu, '%2E');
}

const DAY_MILLISECONDS = 86_400_000;

/** The date of a day since 1970: `2024-06-10`. */
function dateOf(day: number): string {
  // FILETIME ends in the year 60056: years above 9999 have six digits in ISO 8601.
  return new Date(day * DAY_MILLISECONDS).toISOString().replace(/T.*$/u, '').replace('+', '');
}
