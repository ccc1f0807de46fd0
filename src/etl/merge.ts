import type { EventRecord } from './event-record.js';
import { MergeHeap, type Ranked } from './merge-heap.js';
import type { Piece, PieceReader } from './piece.js';
import type { Chain, Trace } from './trace.js';

/** Records of one merge step, and their bytes: what is made of them should fit into a processor's own cache. */
const BATCH_RECORDS = 1024;
const BATCH_BYTES = 256 * 1024;

/**
 * Bytes of one chain that may be open before no further piece is opened: four large pieces, many small ones. Two pieces
 * overlap where a buffer was handed over while a record in it was still being written; more only in traces whose clock
 * was set back, or whose order is damaged.
 */
const MAX_OPEN_BYTES = 1024 * 1024;

/** Batches that may be used again when nobody reads them any more. */
class Store {
  readonly #batches: RecordBatch[] = [];

  batch(): RecordBatch {
    return this.#batches.pop() ?? new RecordBatch(this);
  }

  giveBack(batch: RecordBatch): void {
    this.#batches.push(batch);
  }
}

/** One of a piece's users is done with it. */
function leave(piece: Piece): void {
  piece.users -= 1;
  if (piece.users === 0) piece.home.giveBack(piece);
}

/** Some records, in the order of time. Batches own what they point to: they can wait in a queue. */
export class RecordBatch {
  count = 0;
  /** Bytes of the records. */
  #bytes = 0;
  /** By record: place in {@link #held}, and index in that piece. */
  readonly #places = new Uint16Array(BATCH_RECORDS);
  readonly #indexes = new Uint32Array(BATCH_RECORDS);
  readonly #store: Store;
  /** The pieces, each once. */
  readonly #held: Piece[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Keeps a piece until {@link release}.
   *
   * @returns its place, for {@link add}
   */
  hold(piece: Piece): number {
    if (piece.holder === this) return piece.heldAt;
    piece.holder = this;
    piece.heldAt = this.#held.length;
    piece.users += 1;
    this.#held.push(piece);
    return piece.heldAt;
  }

  /** Hot path. Adds a record of a piece that {@link hold} gave this place. */
  add(place: number, index: number, size: number): void {
    const n = this.count;
    this.#places[n] = place;
    this.#indexes[n] = index;
    this.#bytes += size;
    this.count = n + 1;
  }

  /** Optional: says that nobody reads the batch any more, so that its memory can be used again. */
  release(): void {
    for (const piece of this.#held) {
      if (piece.holder === this) piece.holder = undefined;
      leave(piece);
    }
    this.#held.length = 0;
    this.count = 0;
    this.#bytes = 0;
    this.#store.giveBack(this);
  }

  get full(): boolean {
    return this.count === BATCH_RECORDS || this.#bytes >= BATCH_BYTES;
  }

  /** Points the window at the nth record. @returns the place of its trace among those merged. */
  load(n: number, record: EventRecord): number {
    const piece = n < this.count ? this.#held[this.#places[n] ?? 0] : undefined;
    if (piece === undefined) throw new RangeError(`record ${n} of ${this.count}`);
    piece.load(this.#indexes[n] ?? 0, record);
    return piece.traceIndex;
  }
}

/** Walks one chain piece by piece. */
class ChainWalker {
  readonly #trace: Trace;
  readonly #chain: Chain;
  /** For each piece the earliest time in it and all behind it, so that none is opened too late. */
  readonly #earliest: Float64Array;
  #openBytes = 0;
  #opened = 0;
  /** The buffer at hand, as a place in the chain. */
  #buffer = -1;
  #piecesLeft = 0;
  #reader: PieceReader | undefined;
  readonly #ahead: number;
  /** Readers of the buffers that come next. */
  readonly #readers: PieceReader[] = [];

  constructor(
    trace: Trace,
    chain: Chain,
    /** Buffers to open ahead of their turn. */
    ahead: number,
    /** Breaks ties between records of one time. */
    readonly rank: number,
  ) {
    this.#trace = trace;
    this.#chain = chain;
    this.#ahead = ahead;
    const { table } = trace;
    const keys = chain.buffers.flatMap((buffer) => table.pieceMinKeys(buffer));
    this.#earliest = new Float64Array(keys);
    for (let n = keys.length - 2; n >= 0; n--) {
      this.#earliest[n] = Math.min(this.#earliest[n] ?? 0, this.#earliest[n + 1] ?? 0);
    }
  }

  /** Earliest time in the pieces that are not open yet; undefined behind the last. */
  get nextKey(): number | undefined {
    return this.#earliest[this.#opened];
  }

  get full(): boolean {
    return this.#openBytes >= MAX_OPEN_BYTES;
  }

  open(): Piece | undefined {
    while (this.#piecesLeft === 0) {
      this.#buffer += 1;
      const buffer = this.#chain.buffers[this.#buffer];
      if (buffer === undefined) return undefined;
      this.#piecesLeft = this.#trace.table.pieceMinKeys(buffer).length;
      this.#openReaders();
      this.#reader = this.#readers.shift();
    }
    this.#piecesLeft -= 1;
    this.#opened += 1;
    const piece = this.#reader?.next();
    if (piece === undefined) return undefined;
    this.#openBytes += piece.bytes.length;
    piece.users = 1;
    return piece;
  }

  #openReaders(): void {
    const { buffers, segment } = this.#chain;
    while (this.#readers.length <= this.#ahead) {
      const buffer = buffers[this.#buffer + this.#readers.length];
      if (buffer === undefined) return;
      this.#readers.push(this.#trace.reader(buffer, segment));
    }
  }

  close(piece: Piece): void {
    this.#openBytes -= piece.bytes.length;
    leave(piece);
  }
}

/** What stands in the heap: an open piece at its next record, or (without a piece) a chain's next piece to open. */
interface Entry extends Ranked {
  readonly walker: ChainWalker;
  readonly piece: Piece | undefined;
  /** The next record of the piece, by time. */
  next: number;
}

/**
 * Hot path. All records of one or more traces in the order of time, in batches; the order is total and the same on
 * every run: time, then trace, segment and processor, then the order in the buffers.
 *
 * Memory: one piece (256 KiB) per processor, two where buffers overlap in time, and a time for each piece; more where
 * another thread reads ahead. Pieces open when the first time in them, or behind them, is reached; where more than 1 MiB of
 * one processor overlaps, records can come out of order. Traces that are merged must have been opened with one key base.
 */
export function* mergeTraces(traces: readonly Trace[]): Generator<RecordBatch, void, undefined> {
  const heap = new MergeHeap<Entry>();
  const store = new Store();
  let rank = 0;
  let serial = 0;
  const announce = (walker: ChainWalker): void => {
    const key = walker.nextKey;
    if (key === undefined || walker.full) return;
    heap.push(key, { rank: walker.rank, serial: serial++, walker, piece: undefined, next: 0 });
  };
  for (const trace of traces) {
    const chains = trace.chains();
    const ahead = trace.aheadOf(chains.length);
    for (const chain of chains) announce(new ChainWalker(trace, chain, ahead, rank++));
  }

  let batch = store.batch();
  for (let top = heap.top; top !== undefined; top = heap.top) {
    const { piece, walker } = top;
    if (piece === undefined) {
      heap.pop();
      const opened = walker.open();
      if (opened !== undefined) heap.push(opened.minKey, { ...top, piece: opened });
      announce(walker);
      continue;
    }
    const { count, keys, order, sizes } = piece;
    let place = batch.hold(piece);
    let n = top.next;
    let index = order === undefined ? n : (order[n] ?? 0);
    let key: number;
    do {
      batch.add(place, index, sizes[index] ?? 0);
      if (batch.full) {
        yield batch;
        batch = store.batch();
        place = batch.hold(piece);
      }
      n += 1;
      index = order === undefined ? n : (order[n] ?? 0);
      key = keys[index] ?? 0;
    } while (n < count && heap.keepsTop(key));
    top.next = n;
    if (n < count) {
      heap.delayTop(key);
      continue;
    }
    heap.pop();
    const wasFull = walker.full;
    walker.close(piece);
    // At the limit the chain's next piece was not announced; there may be room for it now.
    if (wasFull) announce(walker);
  }
  if (batch.count > 0) yield batch;
}
