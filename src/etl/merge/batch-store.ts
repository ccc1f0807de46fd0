import type { Allocate, RecordBlock } from '../read/record-block.js';
import { BATCH_MEMORY, type BatchHome, RecordBatch } from './record-batch.js';

/** Batches of records in blocks; released batches are reused. */
export class BatchStore implements BatchHome {
  readonly #allocate: Allocate;
  readonly #spare: RecordBatch[] = [];

  constructor(allocate: Allocate) {
    this.#allocate = allocate;
  }

  batch(): RecordBatch {
    return this.#spare.pop() ?? new RecordBatch(this.#allocate(BATCH_MEMORY), this);
  }

  /** The records of a block in buffer order, in batches. The block is released with the last batch. */
  *batchesOf(block: RecordBlock): Generator<RecordBatch, void, undefined> {
    for (let n = 0; n < block.count; ) {
      const batch = this.batch();
      batch.walked = block.walked;
      batch.bufferNumber = block.bufferNumber;
      const position = block.holdIn(batch);
      do block.addTo(batch, position, n++);
      while (n < block.count && !batch.full);
      if (n === block.count) block.release();
      yield batch;
    }
  }

  giveBack(batch: RecordBatch): void {
    for (const block of batch.blocks) block.leaveBatch(batch);
    batch.clear();
    this.#spare.push(batch);
  }
}
