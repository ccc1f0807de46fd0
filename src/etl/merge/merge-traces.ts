import type { BufferReader, RecordBlock } from '../read/record-block.js';
import type { Chain, Trace } from '../read/trace.js';
import { MergeHeap, type Ranked } from './merge-heap.js';
import type { RecordBatch } from './record-batch.js';

/**
 * Bytes of one chain's open blocks above which no further block is opened: four large blocks, many small ones. Two
 * blocks overlap if a buffer was flushed while a record in it was still being written; more overlap only in traces
 * whose clock was set back or whose order is damaged.
 */
const MAX_OPEN_BYTES = 1024 * 1024;

/**
 * Bytes of all open blocks: 500 processors with a large block each. Beyond this a block is emitted as a whole when it
 * is opened, so that a file that claims 30,000 processors needs no more memory than one of 500.
 */
const MAX_OPEN_BYTES_IN_ALL = 128 * 1024 * 1024;

/** Walks one chain block by block. */
class ChainWalker {
  readonly #trace: Trace;
  readonly #chain: Chain;
  /** For each block the earliest time in it and all later ones, so that none is opened too late. */
  readonly #earliest: Float64Array;
  #openBytes = 0;
  #opened = 0;
  /** Position of the current buffer in the chain. */
  #buffer = -1;
  #blocksLeft = 0;
  #reader: BufferReader | undefined;

  constructor(
    trace: Trace,
    chain: Chain,
    /** Breaks ties between records of one time. */
    readonly rank: number,
  ) {
    this.#trace = trace;
    this.#chain = chain;
    const { table } = trace;
    const keys = chain.buffers.flatMap((buffer) => table.blockMinKeys(buffer));
    this.#earliest = new Float64Array(keys);
    for (let n = keys.length - 2; n >= 0; n--) {
      this.#earliest[n] = Math.min(this.#earliest[n] ?? 0, this.#earliest[n + 1] ?? 0);
    }
  }

  /** Earliest time in the blocks that are not open yet; undefined after the last. */
  get nextKey(): number | undefined {
    return this.#earliest[this.#opened];
  }

  get full(): boolean {
    return this.#openBytes >= MAX_OPEN_BYTES;
  }

  open(): RecordBlock | undefined {
    while (this.#blocksLeft === 0) {
      this.#buffer += 1;
      const buffer = this.#chain.buffers[this.#buffer];
      if (buffer === undefined) return undefined;
      this.#blocksLeft = this.#trace.table.blockMinKeys(buffer).length;
      this.#reader = this.#trace.reader(buffer, this.#chain.segment);
    }
    this.#blocksLeft -= 1;
    this.#opened += 1;
    const block = this.#reader?.next();
    if (block === undefined) return undefined;
    this.#openBytes += block.blockBytes.bytes.length;
    block.use();
    return block;
  }

  close(block: RecordBlock): void {
    this.#openBytes -= block.blockBytes.bytes.length;
    block.release();
  }
}

/** An entry of the heap: an open block at its next record, or (without a block) a chain's next block to open. */
interface Entry extends Ranked {
  readonly walker: ChainWalker;
  readonly block: RecordBlock | undefined;
  /** The next record of the block, by time. */
  next: number;
  /** The block is emitted as a whole, even if other records are earlier. */
  readonly isWhole: boolean;
}

/**
 * Hot path. All records of one or more traces in time order, in batches; the order is total and the same on every run:
 * time, then trace, segment and processor, then the order in the buffers.
 *
 * Memory: one block (256 KiB) per processor, two where buffers overlap in time, and a time for each block. A block is
 * opened when the earliest time in it or in later blocks is reached; if more than 1 MiB of one processor or 128 MiB of
 * all processors overlap, records can be out of order. Traces that are merged must have been opened with one key base.
 *
 * @returns the number of records that are out of order because all processors together overlap too much
 */
export function* mergeTraces(traces: readonly Trace[]): Generator<RecordBatch, number, undefined> {
  const [first] = traces;
  if (first === undefined) return 0;
  const { batches } = first.pool;
  const heap = new MergeHeap<Entry>();
  let rank = 0;
  let serial = 0;
  let openBytes = 0;
  let outOfOrder = 0;
  const announce = (walker: ChainWalker): void => {
    const key = walker.nextKey;
    if (key === undefined || walker.full) return;
    heap.push(key, {
      rank: walker.rank,
      serial: serial++,
      walker,
      block: undefined,
      next: 0,
      isWhole: false,
    });
  };
  for (const trace of traces) {
    for (const chain of trace.chains()) announce(new ChainWalker(trace, chain, rank++));
  }

  let batch = batches.batch();
  for (let top = heap.top; top !== undefined; top = heap.top) {
    const { block, walker } = top;
    if (block === undefined) {
      heap.pop();
      const opened = walker.open();
      if (opened !== undefined) {
        openBytes += opened.blockBytes.bytes.length;
        const isWhole = openBytes > MAX_OPEN_BYTES_IN_ALL;
        heap.push(opened.minKey, { ...top, block: opened, isWhole });
      }
      announce(walker);
      continue;
    }
    if (batch.full) {
      yield batch;
      batch = batches.batch();
    }
    const { count, keys, order } = block;
    const position = block.holdIn(batch);
    let n = top.next;
    let index = order === undefined ? n : (order[n] ?? 0);
    let key: number;
    do {
      block.addTo(batch, position, index);
      n += 1;
      index = order === undefined ? n : (order[n] ?? 0);
      key = keys[index] ?? 0;
    } while (n < count && !batch.full && (heap.keepsTop(key) || (top.isWhole && ++outOfOrder)));
    top.next = n;
    if (n < count) {
      if (!top.isWhole) heap.delayTop(key);
      continue;
    }
    heap.pop();
    openBytes -= block.blockBytes.bytes.length;
    const wasFull = walker.full;
    walker.close(block);
    // At the limit the chain's next block was not announced; there may be room for it now.
    if (wasFull) announce(walker);
  }
  if (batch.count > 0) yield batch;
  return outOfOrder;
}
