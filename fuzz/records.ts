/** A record of a fuzz case. */
export interface CaseRecord {
  readonly processor: number;
  readonly record: Uint8Array;
}

/** Limit of records of one case; more make cases slow and find nothing new. */
const MAX_RECORDS = 40;
/** Processor, then size of the record. */
const PREFIX = 3;
/** Minimum size for every encoder of records and for the trace's own walk. */
const SMALLEST = 24;

/**
 * The bytes of a case as records: processor u8, size u16, record; a size beyond the end is truncated. Their size fields
 * are corrected, so that the container accepts them: the case is their content.
 */
export function splitRecords(input: Uint8Array): CaseRecord[] {
  const records: CaseRecord[] = [];
  for (let at = 0; at + PREFIX + SMALLEST <= input.length && records.length < MAX_RECORDS; ) {
    const size = Math.max(SMALLEST, (input[at + 1] ?? 0) | ((input[at + 2] ?? 0) << 8));
    const processor = (input[at] ?? 0) & 3;
    const record = input.slice(at + PREFIX, at + PREFIX + size);
    at += PREFIX + size;
    if (record.length < SMALLEST) break;
    const type = record[2] ?? 0;
    const sizeAt = type <= 4 || type === 0x10 || type === 0x11 ? 4 : 0;
    record[sizeAt] = record.length & 0xff;
    record[sizeAt + 1] = record.length >> 8;
    records.push({ processor, record });
  }
  return records;
}

/** The bytes that {@link splitRecords} splits again. */
export function joinRecords(records: readonly CaseRecord[]): Uint8Array {
  const size = records.reduce((sum, { record }) => sum + PREFIX + record.length, 0);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const { processor, record } of records) {
    bytes.set([processor, record.length & 0xff, record.length >> 8], at);
    bytes.set(record, at + PREFIX);
    at += PREFIX + record.length;
  }
  return bytes;
}
