import type { Allocate, Piece } from '../read/record-block.js';
import { BATCH_MEMORY, type BatchHome, RecordBatch } from './record-batch.js';

/** Batches of records in pieces: those that nobody reads any more are filled again. */
export class BatchStore implements BatchHome {
  readonly #allocate: Allocate;
  readonly #spare: RecordBatch[] = [];

  constructor(allocate: Allocate) {
    this.#allocate = allocate;
  }

  batch(): RecordBatch {
    return this.#spare.pop() ?? new RecordBatch(this.#allocate(BATCH_MEMORY), this);
  }

  /** The records of a piece, as they lie, in batches. The piece is released with the last of them. */
  *batchesOf(piece: Piece): Generator<RecordBatch, void, undefined> {
    for (let n = 0; n < piece.count; ) {
      const batch = this.batch();
      batch.walked = piece.walked;
      batch.bufferNumber = piece.bufferNumber;
      const place = piece.holdIn(batch);
      do piece.addTo(batch, place, n++);
      while (n < piece.count && !batch.full);
      if (n === piece.count) piece.release();
      yield batch;
    }
  }

  giveBack(batch: RecordBatch): void {
    for (const piece of batch.pieces) piece.leaveBatch(batch);
    batch.clear();
    this.#spare.push(batch);
  }
}
