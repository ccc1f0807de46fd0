import type { Clock } from '../layout/clock.js';
import type { EventRecord } from '../layout/event-record.js';
import type { RecordBlock } from '../read/record-block.js';
import type { RecordCounts } from '../record-counts.js';

/** Records of one step: their bytes and the output made of them should fit into a processor's own cache. */
const BATCH_RECORDS = 1024;
const BATCH_BYTES = 256 * 1024;

/** offset, size, two halves of the time: 32 bits each; the position in `held`: 16 bits. */
const RECORD_BYTES = 18;
/** Bytes of the numbers of a batch's records. */
export const BATCH_MEMORY = BATCH_RECORDS * RECORD_BYTES;
/** Stretches that one batch can hold. */
export const MAX_HELD = BATCH_RECORDS;
/** Records of each block bytes of the batch that is being counted. */
const tally = new Uint32Array(MAX_HELD);

/** Bytes that contain records, and the properties that these records share. */
export class BlockBytes {
  readonly bytes: Uint8Array;
  /** Over the same memory. */
  readonly view: DataView;
  readonly processor: number;
  /** Byte offset in the file of the buffer they are from. */
  readonly bufferPosition: number;
  readonly clock: Clock;
  /** The index of their trace among those merged. */
  readonly traceIndex: number;

  /** @param length bytes at the start of the memory */
  constructor(
    memory: ArrayBufferLike,
    length: number,
    processor: number,
    bufferPosition: number,
    clock: Clock,
    traceIndex: number,
  ) {
    this.bytes = new Uint8Array(memory, 0, length);
    this.view = new DataView(memory, 0, length);
    this.processor = processor;
    this.bufferPosition = bufferPosition;
    this.clock = clock;
    this.traceIndex = traceIndex;
  }
}

/** Some records, one after the other, in memory that is theirs until they are released. */
export interface Records {
  readonly count: number;
  /** In a survey: how far the file was walked (bytes), and the number of the buffer that the records are in. */
  readonly walked: number;
  readonly bufferNumber: number;
  /**
   * Moves the window to the nth record.
   *
   * @returns the index of its trace among those merged
   */
  load(n: number, record: EventRecord): number;
  /** Must be called after the last use: the memory is reused. Batches are released in their order. */
  release(): void;
}

/** The owner of batches, to which they return after use. */
export interface BatchHome {
  giveBack(batch: RecordBatch): void;
}

/** Records of several `BlockBytes`. */
export class RecordBatch implements Records {
  count = 0;
  walked = 0;
  bufferNumber = 0;
  /** The `BlockBytes` of the records, each once. */
  readonly held: BlockBytes[] = [];
  /** The blocks of the records, if they have to be released. */
  readonly blocks: RecordBlock[] = [];
  /** Bytes of the records. */
  #bytes = 0;
  // By record: offset and size in its block bytes, raw time, and the position of the block bytes.
  readonly #offsets: Uint32Array;
  readonly #sizes: Uint32Array;
  readonly #rawHigh: Int32Array;
  readonly #rawLow: Uint32Array;
  readonly #positions: Uint16Array;
  readonly #home: BatchHome;

  /** @param memory of {@link BATCH_MEMORY} bytes, for the numbers */
  constructor(memory: ArrayBufferLike, home: BatchHome) {
    const start = (column: number): number => column * 4 * BATCH_RECORDS;
    this.#offsets = new Uint32Array(memory, start(0), BATCH_RECORDS);
    this.#sizes = new Uint32Array(memory, start(1), BATCH_RECORDS);
    this.#rawHigh = new Int32Array(memory, start(2), BATCH_RECORDS);
    this.#rawLow = new Uint32Array(memory, start(3), BATCH_RECORDS);
    this.#positions = new Uint16Array(memory, start(4), BATCH_RECORDS);
    this.#home = home;
  }

  /** Where the numbers are. */
  get memory(): ArrayBufferLike {
    return this.#offsets.buffer;
  }

  /** Hot path. Adds a record in the `BlockBytes` at this position of {@link held}. */
  add(position: number, offset: number, size: number, rawHigh: number, rawLow: number): void {
    const n = this.count;
    this.#offsets[n] = offset;
    this.#sizes[n] = size;
    this.#rawHigh[n] = rawHigh;
    this.#rawLow[n] = rawLow;
    this.#positions[n] = position;
    this.#bytes += size;
    this.count = n + 1;
  }

  get full(): boolean {
    return this.count === BATCH_RECORDS || this.#bytes >= BATCH_BYTES;
  }

  /** Hot path. */
  load(n: number, record: EventRecord): number {
    const blockBytes = n < this.count ? this.held[this.#positions[n] ?? 0] : undefined;
    if (blockBytes === undefined) throw new RangeError(`record ${n} of ${this.count}`);
    record.moveTo(
      blockBytes.bytes,
      blockBytes.view,
      this.#offsets[n] ?? 0,
      this.#sizes[n] ?? 0,
      blockBytes.processor,
      blockBytes.bufferPosition,
      blockBytes.clock,
      this.#rawHigh[n] ?? 0,
      this.#rawLow[n] ?? 0,
    );
    return blockBytes.traceIndex;
  }

  /**
   * Hot path. Counts the records by trace and processor.
   *
   * @param counts by the index of the trace
   */
  countInto(counts: readonly RecordCounts[]): void {
    const { count, held } = this;
    tally.fill(0, 0, held.length);
    for (let n = 0; n < count; n++) {
      const position = this.#positions[n] ?? 0;
      tally[position] = (tally[position] ?? 0) + 1;
    }
    for (const [position, { processor, traceIndex }] of held.entries()) {
      counts[traceIndex]?.add(processor, tally[position] ?? 0);
    }
  }

  release(): void {
    this.#home.giveBack(this);
  }

  /** Forgets all records. */
  clear(): void {
    this.count = 0;
    this.held.length = 0;
    this.blocks.length = 0;
    this.#bytes = 0;
  }
}
