import { type EventRecord, type Records, Trace, type TraceSurvey } from '../../src/etl/index.js';
import { memorySource } from '../support/memory-source.js';

export const PROVIDER = '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac';

/** The bytes of a record, as its own copy. */
export const bytesOf = (record: EventRecord): Uint8Array =>
  record.bytes.slice(record.offset, record.offset + record.size);

export interface Walked<T> {
  readonly trace: Trace;
  readonly survey: TraceSurvey;
  readonly seen: T[];
}

/** Walks a file in its own order and notes something of every record. */
export function walk<T>(file: Uint8Array, note: (record: EventRecord) => T): Walked<T> {
  const trace = new Trace(memorySource(file));
  const seen: T[] = [];
  const survey = trace.survey((record) => seen.push(note(record)));
  return { trace, survey, seen };
}

/** Notes something of every record in the order of a merge. */
export function inOrder<T>(
  batches: Iterable<Records>,
  record: EventRecord,
  note: (record: EventRecord, traceIndex: number) => T,
): T[] {
  const seen: T[] = [];
  for (const batch of batches) {
    for (let n = 0; n < batch.count; n++) seen.push(note(record, batch.load(n, record)));
  }
  return seen;
}
