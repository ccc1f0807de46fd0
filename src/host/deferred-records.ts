import { Clock, EventRecord } from '../etl/index.js';

/** Bytes of records that may wait. A host with 65,000 interfaces and components needs about 30 MB. */
const CAPACITY = 64 * 1024 * 1024;

/** Deferred records are read for their payload, not for their time. */
const NO_CLOCK = new Clock('system-time', 10_000_000, 0n, 0n);

/**
 * Copies of records that are read after the walk over the whole trace: schemas are records of the trace, often after
 * the events that need them.
 */
export class DeferredRecords {
  readonly #records: { readonly bytes: Uint8Array; readonly processor: number }[] = [];
  readonly #capacity: number;
  #size = 0;

  /** @param capacity bytes of records */
  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  /** @returns false if the memory is full: then the record has to be read at once */
  keep(record: EventRecord): boolean {
    if (this.#size + record.size > this.#capacity) return false;
    this.#size += record.size;
    const bytes = record.bytes.slice(record.offset, record.offset + record.size);
    this.#records.push({ bytes, processor: record.processor });
    return true;
  }

  /** Hands out the records in the order in which they came; the window is only valid during the call. */
  empty(visit: (record: EventRecord) => void): void {
    const record = new EventRecord();
    for (const { bytes, processor } of this.#records) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      record.moveTo(bytes, view, 0, bytes.length, processor, 0, NO_CLOCK, 0, 0);
      visit(record);
    }
    this.#records.length = 0;
    this.#size = 0;
  }
}
