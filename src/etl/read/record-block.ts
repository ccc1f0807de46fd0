import { count } from '../../format/index.js';
import { BUFFER_HEADER_SIZE, BufferFlag, type BufferHeader } from '../layout/buffer-header.js';
import type { Clock } from '../layout/clock.js';
import type { EventRecord } from '../layout/event-record.js';
import { headerLayout, MessageFlags, recordType, startOfRecord } from '../layout/record-header.js';
import { BatchStore } from '../merge/batch-store.js';
import { BlockBytes, type RecordBatch, type Records } from '../merge/record-batch.js';
import type { ByteSource } from './byte-source.js';
import type { DamageSink } from './damage.js';
import { LZ77_WINDOW, Lz77Expander, type Lz77Failure } from './lz77.js';

/** New bytes in a block: a 16 MiB buffer is walked in 64 of them, a 64 KiB one in one. */
export const BLOCK_BYTES = 256 * 1024;
/** Compressed bytes read at once. */
const INPUT_BYTES = 64 * 1024;
const SMALLEST_RECORD = 8;
const NO_BYTES = new Uint8Array(0);
const TWO_32 = 4_294_967_296;
/**
 * Two records within this many raw ticks count as close in time: minutes of a 10 MHz clock, half a second of a 3.5 GHz
 * one.
 */
const NEAR_IN_TIME = TWO_32 / 2;

/**
 * This many zeros or more after the last record are not padding: FilledBytes states that something was written there,
 * and a disk loses at least a sector. (No real trace we know has padding inside FilledBytes.)
 */
const SMALLEST_LOST_WRITE = 512;

/** A part of a trace with one trace header, one clock. Two traces that were concatenated are two segments. */
export interface Segment {
  readonly clock: Clock;
  /** Added to keys, so that records of several segments and traces compare (100 ns units). */
  readonly keyBase: number;
  /** 100 ns units in a raw tick. */
  readonly keyScale: number;
  /** Which of several traces that are merged it belongs to. */
  readonly traceIndex: number;
}

/** Allocates memory of this many bytes. */
export type Allocate = (bytes: number) => ArrayBufferLike;

/** Offset of a buffer in the file, and its header. */
export interface BufferExtent {
  /** Byte offset in the file. */
  readonly position: number;
  /** Bytes that the file has of it: less than BufferSize at a torn end. */
  readonly sizeInFile: number;
  readonly header: BufferHeader;
}

/**
 * Whole records of one buffer, with their time order.
 *
 * Times and keys are by index; {@link order} lists the indexes by time if the records are not in time order. Blocks
 * come from a {@link BlockPool} and return to it.
 */
export class RecordBlock implements Records {
  count = 0;
  walked = 0;
  bufferNumber = 0;
  offsets: Uint32Array = new Uint32Array(16);
  sizes: Uint32Array = new Uint32Array(16);
  /** Raw time, two halves. */
  rawHigh: Int32Array = new Int32Array(16);
  rawLow: Uint32Array = new Uint32Array(16);
  /** Time on one scale for all segments and traces, 100 ns units, with a fraction where the clock is finer. */
  keys: Float64Array = new Float64Array(16);
  order: Uint32Array | undefined;
  minKey = Number.POSITIVE_INFINITY;
  maxKey = Number.NEGATIVE_INFINITY;
  /**
   * The records' bytes. A new object for each use: a reader that compares it, or its views, notices that the bytes
   * changed.
   */
  blockBytes: BlockBytes;
  readonly #pool: BlockPool;
  /** Number of readers that have not released it. */
  #users = 0;
  /** The batch that came to them last, and which of its blocks this is. */
  #holder: RecordBatch | undefined;
  #heldAt = 0;

  constructor(pool: BlockPool, length: number, extent: BufferExtent, segment: Segment) {
    this.#pool = pool;
    this.blockBytes = blockBytesOf(pool.allocate(roomFor(length)), length, extent, segment);
  }

  /** Bytes of its memory. */
  get room(): number {
    return this.blockBytes.bytes.buffer.byteLength;
  }

  /** Empties the block and allocates this many bytes, with undefined contents. */
  reset(length: number, extent: BufferExtent, segment: Segment): void {
    const { buffer } = this.blockBytes.bytes;
    const isFitting = buffer.byteLength >= length && buffer.byteLength <= MAX_SURPLUS * roomFor(length);
    const room = isFitting ? buffer : this.#pool.allocate(roomFor(length));
    this.blockBytes = blockBytesOf(room, length, extent, segment);
    this.count = 0;
    this.order = undefined;
  }

  /** Frees the memory; {@link reset} allocates again. */
  shrink(): void {
    const { bufferPosition, clock, processor, traceIndex } = this.blockBytes;
    this.blockBytes = new BlockBytes(this.#pool.allocate(0), 0, processor, bufferPosition, clock, traceIndex);
  }

  /** Leaves off the bytes from `length` on. */
  cut(length: number): void {
    const { bufferPosition, bytes, clock, processor, traceIndex } = this.blockBytes;
    this.blockBytes = new BlockBytes(bytes.buffer, length, processor, bufferPosition, clock, traceIndex);
  }

  /**
   * Hot path, the same code as RecordBatch.load: a shared function would make a survey an eighth slower. The nth record
   * in buffer order.
   */
  load(n: number, record: EventRecord): number {
    const { blockBytes } = this;
    record.moveTo(
      blockBytes.bytes,
      blockBytes.view,
      this.offsets[n] ?? 0,
      this.sizes[n] ?? 0,
      blockBytes.processor,
      blockBytes.bufferPosition,
      blockBytes.clock,
      this.rawHigh[n] ?? 0,
      this.rawLow[n] ?? 0,
    );
    return blockBytes.traceIndex;
  }

  /** Index of the nth record by time. */
  at(n: number): number {
    return this.order === undefined ? n : (this.order[n] ?? 0);
  }

  /** The raw clock value of the record with this index. */
  rawTime(index: number): bigint {
    return (BigInt(this.rawHigh[index] ?? 0) << 32n) | BigInt(this.rawLow[index] ?? 0);
  }

  /** One more reads it. */
  use(): void {
    this.#users += 1;
  }

  /** Releases one reader's use; after the last, the block is reused. */
  release(): void {
    this.#users -= 1;
    if (this.#users === 0) this.#pool.giveBack(this);
  }

  /** Has a batch hold it until {@link leaveBatch}. @returns its position there, for {@link addTo} */
  holdIn(batch: RecordBatch): number {
    if (this.#holder === batch) return this.#heldAt;
    this.#holder = batch;
    this.#heldAt = batch.held.length;
    this.use();
    batch.held.push(this.blockBytes);
    batch.blocks.push(this);
    return this.#heldAt;
  }

  leaveBatch(batch: RecordBatch): void {
    if (this.#holder === batch) this.#holder = undefined;
    this.release();
  }

  /** Hot path. Adds the record with this index to a batch that holds the block at this position. */
  addTo(batch: RecordBatch, position: number, index: number): void {
    batch.add(
      position,
      this.offsets[index] ?? 0,
      this.sizes[index] ?? 0,
      this.rawHigh[index] ?? 0,
      this.rawLow[index] ?? 0,
    );
  }

  /** Hot path. */
  add(offset: number, size: number, high: number, low: number, key: number): void {
    const n = this.count;
    if (n === this.offsets.length) this.#grow();
    this.offsets[n] = offset;
    this.sizes[n] = size;
    this.rawHigh[n] = high;
    this.rawLow[n] = low;
    this.keys[n] = key;
    this.count = n + 1;
  }

  /** Sorts the records by time; records with equal times keep their order. */
  seal(): void {
    const { keys, count } = this;
    let sorted = true;
    let last = Number.NEGATIVE_INFINITY;
    let min = Number.POSITIVE_INFINITY;
    for (let n = 0; n < count; n++) {
      const key = keys[n] ?? 0;
      if (key < last) sorted = false;
      else last = key;
      if (key < min) min = key;
    }
    this.minKey = min;
    this.maxKey = last;
    if (sorted) return;
    const order = new Uint32Array(count);
    for (let n = 0; n < count; n++) order[n] = n;
    this.order = order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  }

  #grow(): void {
    const size = this.offsets.length * 4;
    const grown = <T extends Uint32Array | Int32Array | Float64Array>(larger: T, old: T): T => {
      larger.set(old);
      return larger;
    };
    this.offsets = grown(new Uint32Array(size), this.offsets);
    this.sizes = grown(new Uint32Array(size), this.sizes);
    this.rawHigh = grown(new Int32Array(size), this.rawHigh);
    this.rawLow = grown(new Uint32Array(size), this.rawLow);
    this.keys = grown(new Float64Array(size), this.keys);
  }
}

const blockBytesOf = (
  memory: ArrayBufferLike,
  length: number,
  { header, position }: BufferExtent,
  { clock, traceIndex }: Segment,
): BlockBytes => new BlockBytes(memory, length, header.processor, position, clock, traceIndex);

/** Buffers of a trace are filled to about the same extent: with some room more one block does for the others too. */
const roomFor = (length: number): number => {
  const step = length > ROOM_STEP ? ROOM_STEP : SMALL_ROOM_STEP;
  return Math.ceil(length / step) * step;
};
const ROOM_STEP = 16 * 1024;
const SMALL_ROOM_STEP = 1024;
/** A block with more than this many times the needed memory gets smaller memory. */
const MAX_SURPLUS = 2;
/** Bytes of blocks that wait to be filled again. */
const MAX_SPARE_BYTES = 128 * 1024 * 1024;

/** Zeros or ones where records should be, up to the end of a block. */
interface Padding {
  /** Where they start in the expanded buffer. */
  readonly at: number;
  readonly bytes: number;
}

/** Allocates blocks, and reuses those that were released. */
export class BlockPool {
  /** Finds memory for the bytes of a block. */
  readonly allocate: Allocate;
  /** Batches of the blocks' records. */
  readonly batches: BatchStore;
  readonly #spare: RecordBlock[] = [];
  #spareBytes = 0;

  constructor(allocate: Allocate = (bytes) => new ArrayBuffer(bytes)) {
    this.allocate = allocate;
    this.batches = new BatchStore(allocate);
  }

  take(length: number, extent: BufferExtent, segment: Segment): RecordBlock {
    const block = this.#spare.pop();
    if (block === undefined) return new RecordBlock(this, length, extent, segment);
    this.#spareBytes -= block.room;
    block.reset(length, extent, segment);
    return block;
  }

  giveBack(block: RecordBlock): void {
    if (this.#spareBytes + block.room > MAX_SPARE_BYTES) block.shrink();
    this.#spareBytes += block.room;
    this.#spare.push(block);
  }
}

/** Reads the records of one buffer block by block, in bounded memory for any buffer header. */
export class BufferReader {
  readonly #source: ByteSource;
  readonly #extent: BufferExtent;
  readonly #segment: Segment;
  readonly #damage: DamageSink | undefined;
  readonly #pool: BlockPool;
  readonly #expander: Lz77Expander | undefined;
  /** End of the records in the expanded buffer. */
  readonly #end: number;
  /** How far the buffer was read or expanded. */
  #readTo = BUFFER_HEADER_SIZE;
  /** The rest of the last block: the start of a record, and for compressed buffers the window. */
  #carry: Uint8Array = NO_BYTES;
  /** Bytes of the carry that belong to the next record. */
  #tail = 0;
  #done = false;
  /** Padding that ran up to the end of the last block: damage if a record follows. */
  #padding: Padding | undefined;
  #hasRecords = false;
  #lastHigh: number;
  #lastLow: number;

  /** @param damage where to report; undefined in a second walk over the same bytes. */
  constructor(
    source: ByteSource,
    extent: BufferExtent,
    segment: Segment,
    pool: BlockPool,
    damage: DamageSink | undefined,
  ) {
    this.#source = source;
    this.#pool = pool;
    this.#extent = extent;
    this.#segment = segment;
    this.#damage = damage;
    const { header, sizeInFile, position } = extent;
    if (header.flags & BufferFlag.compressed) {
      let inputAt = position + BUFFER_HEADER_SIZE;
      const inputEnd = Math.max(inputAt, position + sizeInFile);
      this.#expander = new Lz77Expander(
        (into) => {
          const wanted = into.subarray(0, inputEnd - inputAt);
          const read = wanted.length === 0 ? 0 : source.read(inputAt, wanted);
          inputAt += read;
          return read;
        },
        Math.min(INPUT_BYTES, inputEnd - inputAt),
      );
      this.#end = header.filledBytes;
    } else {
      this.#end = Math.min(header.filledBytes, sizeInFile);
    }
    // Records without a time have their neighbour's; those before the first time have the clock's origin.
    this.#lastHigh = segment.clock.originHigh;
    this.#lastLow = segment.clock.originLow;
  }

  /** The next block, with at least one record; undefined after the last. */
  next(): RecordBlock | undefined {
    while (!this.#done) {
      const block = this.#readBlock();
      if (block.count > 0) {
        block.seal();
        return block;
      }
      this.#pool.giveBack(block);
    }
    return undefined;
  }

  #readBlock(): RecordBlock {
    const wanted = Math.min(BLOCK_BYTES, Math.max(0, this.#end - this.#readTo));
    const start = this.#carry.length;
    const block = this.#pool.take(start + wanted, this.#extent, this.#segment);
    const { bytes } = block.blockBytes;
    if (start > 0) bytes.set(this.#carry);
    const got = this.#fill(bytes, start, start + wanted);
    const failed = got < start + wanted;
    this.#readTo += got - start;
    const last = failed || this.#readTo >= this.#end;
    if (failed) block.cut(got);
    const from = start - this.#tail;
    const walked = this.#walk(block, from, got, last);
    if (last) {
      this.#done = true;
      this.#carry = NO_BYTES;
    } else {
      this.#tail = got - walked;
      const window = this.#expander === undefined ? 0 : LZ77_WINDOW;
      this.#carry = bytes.slice(Math.max(0, got - Math.max(this.#tail, window)), got);
    }
    return block;
  }

  /** @returns where the bytes end that could be had. */
  #fill(bytes: Uint8Array, start: number, end: number): number {
    const expander = this.#expander;
    if (expander === undefined) {
      const at = this.#extent.position + this.#readTo;
      return start + this.#source.read(at, start === 0 ? bytes : bytes.subarray(start, end));
    }
    const got = expander.expand(bytes, start, end);
    if (got < end) {
      const what = LZ77_FAILURES[expander.failure ?? 'cut'];
      this.#damage?.add({
        kind: 'lz77',
        offset: this.#extent.position,
        bytes: this.#end - this.#readTo - (got - start),
        reason: `the compressed stream ${what} after ${count(this.#readTo + got - start)} of ${count(this.#end)} bytes`,
      });
    }
    return got;
  }

  /**
   * Hot path: finds the records from `from` up to `end`.
   *
   * @returns where the first record starts that is not whole yet, or `end`.
   */
  #walk(block: RecordBlock, from: number, end: number, last: boolean): number {
    const { view } = block.blockBytes;
    const { clock, keyBase, keyScale } = this.#segment;
    const paddingBefore = this.#padding;
    this.#padding = undefined;
    let at = from;
    let high = this.#lastHigh;
    let low = this.#lastLow;
    while (at + SMALLEST_RECORD <= end) {
      const word = view.getUint32(at, true);
      const layout = headerLayout(recordType(word));
      const size = layout === undefined ? 0 : view.getUint16(at + layout.sizeAt, true);
      if (layout === undefined || size < layout.headerSize || word >>> 31 === 0) {
        if (!last && end - at < MAX_RECORD_SIZE) break;
        at = this.#skipDamaged(block, at, end, last, high * TWO_32 + low, 'bytes that are not a record');
        continue;
      }
      if (at + size > end) {
        if (!last) break;
        const reason = `record length ${count(size)} exceeds the buffer`;
        at = this.#skipDamaged(block, at, end, last, high * TWO_32 + low, reason);
        continue;
      }
      if (layout.timeAt >= 0) {
        low = view.getUint32(at + layout.timeAt, true);
        high = view.getInt32(at + layout.timeAt + 4, true);
      } else if (layout.kind === 'message') {
        const timeAt = messageTimeAt(view, at, size);
        if (timeAt > 0) {
          low = view.getUint32(timeAt, true);
          high = view.getInt32(timeAt + 4, true);
        }
      }
      block.add(at, size, high, low, keyBase + clock.delta(high, low) * keyScale);
      at += (size + 7) & ~7;
    }
    this.#lastHigh = high;
    this.#lastLow = low;
    if (block.count > 0) this.#hasRecords = true;
    if (paddingBefore !== undefined) this.#decidePadding(paddingBefore, block.count > 0);
    if (last) this.#endPadding();
    return Math.min(at, end);
  }

  /** Padding that ended the last block is damage once a record follows; else it may go on. */
  #decidePadding(before: Padding, followed: boolean): void {
    if (followed) this.#report(before.at, before.bytes, ZEROED);
    else this.#padding = { at: before.at, bytes: before.bytes + (this.#padding?.bytes ?? 0) };
  }

  /** Padding at the end of the buffer is damage if it is in place of records: a page that was never written. */
  #endPadding(): void {
    const padding = this.#padding;
    if (padding === undefined || (this.#hasRecords && padding.bytes < SMALLEST_LOST_WRITE)) return;
    this.#report(padding.at, padding.bytes, 'zeroed bytes up to the end of the buffer');
  }

  /**
   * Searches for the next record in steps of 8 bytes, the alignment of records, and reports the bytes skipped. Zeros
   * (or 0xFF) up to the end are padding, which Windows leaves after the last record of some buffers.
   *
   * @param last whether the buffer ends at `end`; if not, a record may extend beyond it
   * @param time raw time of the last record
   */
  #skipDamaged(
    block: RecordBlock,
    at: number,
    end: number,
    last: boolean,
    time: number,
    reason: string,
  ): number {
    const { view, bytes } = block.blockBytes;
    let next = at;
    do next += 8;
    while (next + SMALLEST_RECORD <= end && !looksLikeRecord(view, next, end, last, time));
    const found = next + SMALLEST_RECORD <= end;
    const stop = found ? next : end;
    const inBuffer = this.#readTo - end + at;
    if (!isPadding(bytes, at, stop)) this.#report(inBuffer, stop - at, reason);
    else if (found) this.#report(inBuffer, stop - at, ZEROED);
    else this.#padding = { at: inBuffer, bytes: stop - at };
    return stop;
  }

  /** @param inBuffer where the bytes start in the expanded buffer. */
  #report(inBuffer: number, bytes: number, reason: string): void {
    const { position } = this.#extent;
    // The offset in the file of a plain buffer's bytes; of a compressed buffer only its start is known.
    const plain = this.#expander === undefined;
    this.#damage?.add({
      kind: 'record',
      offset: plain ? position + inBuffer : position,
      bytes,
      reason: plain ? reason : `${reason}, at ${inBuffer} of the expanded buffer`,
    });
  }
}

const ZEROED = 'zeroed bytes between records';

const LZ77_FAILURES: Readonly<Record<Lz77Failure, string>> = {
  cut: 'is cut',
  outside: 'points outside itself',
  length: 'has a length that is not allowed',
};

/** Sizes are 16 bits. */
const MAX_RECORD_SIZE = 65_536;

/** Padding is all zeros or all ones. */
function isPadding(bytes: Uint8Array, from: number, to: number): boolean {
  const value = bytes[from];
  if (value !== 0 && value !== 0xff) return false;
  for (let at = from + 1; at < to; at++) if (bytes[at] !== value) return false;
  return true;
}

/**
 * Stricter than the walk, for bytes that may not be the start of a record. Packet bytes often look like a small header,
 * so its time must be near the last one, or a record must follow.
 */
function looksLikeRecord(view: DataView, at: number, end: number, last: boolean, time: number): boolean {
  const layout = startOfRecord(view, at);
  if (layout === undefined) return false;
  const { headerSize, timeAt } = layout;
  const size = view.getUint16(at + layout.sizeAt, true);
  if (size < headerSize) return false;
  if (at + headerSize > end) return !last;
  if (timeAt >= 0) {
    const own = view.getInt32(at + timeAt + 4, true) * TWO_32 + view.getUint32(at + timeAt, true);
    if (Math.abs(own - time) < NEAR_IN_TIME) return !last || at + size <= end;
  }
  const next = at + ((size + 7) & ~7);
  if (next + SMALLEST_RECORD > end) return !last || at + size === end || next === end;
  return startOfRecord(view, next) !== undefined;
}

/** Where a WPP message has its time; 0 if it has none. */
function messageTimeAt(view: DataView, at: number, size: number): number {
  const flags = view.getUint16(at + 6, true);
  if ((flags & MessageFlags.timestamp) === 0) return 0;
  let timeAt = at + 8;
  if (flags & MessageFlags.sequence) timeAt += 4;
  if (flags & MessageFlags.guid) timeAt += 16;
  else if (flags & MessageFlags.componentId) timeAt += 4;
  return timeAt + 8 <= at + size ? timeAt : 0;
}
