import { BUFFER_HEADER_SIZE, BufferType } from '../layout/buffer-header.js';
import type { BufferExtent } from './record-block.js';

/** A column of numbers that grows: a trace of 10 GB can have more than a million buffers. */
class Column {
  #values = new Float64Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  get(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** A copy of all. */
  get values(): Float64Array {
    return this.#values.slice(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }
}

/** The blocks that some buffers of a trace were read in. */
export interface BufferBlocks {
  /** By buffer. */
  readonly counts: Float64Array;
  /** The earliest time in each block, in the order of the buffers. */
  readonly minKeys: Float64Array;
}

/**
 * A range of sequence numbers without buffers in the file. Windows numbers the buffers of a session from 1, over all
 * processors, without a gap (observed in every intact trace).
 */
export interface BufferGap {
  /** Byte offset of the buffer that has the next number; the file's size where the gap is at the end. */
  readonly offset: number;
  readonly firstSequence: number;
  readonly buffers: number;
}

/** Gaps and repetitions in the sequence numbers of a segment's buffers. */
export interface BufferNumbering {
  /** The first thousand. */
  readonly gaps: readonly BufferGap[];
  /** Buffers in all gaps. */
  readonly missing: number;
  /** Buffers whose number another one has. */
  readonly repeated: number;
  /** Offsets of buffers whose number is too far from all others to be one. */
  readonly strays: readonly number[];
  /** The trace header's own included. */
  readonly buffers: number;
}

/** Gaps and stray buffers that are listed; more are only counted. */
const MAX_TOLD = 1000;

/** More buffers than a file can hold: a number this far from the others is damaged. */
const FARTHEST_NUMBER = 2 ** 31;

/** Buffers of one processor, in the order in which they were filled. */
interface ChainIndex {
  readonly segment: number;
  readonly processor: number;
  readonly buffers: readonly number[];
}

/** Offset and first times of each buffer, for the second walk: columns of numbers, about 70 bytes per buffer. */
export class BufferTable {
  readonly #position = new Column();
  readonly #sizeInFile = new Column();
  readonly #filled = new Column();
  /** flags, type. */
  readonly #kind = new Column();
  readonly #sequence = new Column();
  readonly #timeStamp = new Column();
  readonly #owner = new Column();
  readonly #firstBlock = new Column();
  readonly #blockMinKeys = new Column();
  #chains: ChainIndex[] | undefined;

  get length(): number {
    return this.#position.length;
  }

  add(extent: BufferExtent, segment: number): void {
    const { header } = extent;
    this.#position.push(extent.position);
    this.#sizeInFile.push(extent.sizeInFile);
    this.#filled.push(header.filledBytes);
    this.#kind.push(header.flags * 65_536 + header.type);
    this.#sequence.push(header.sequenceNumber);
    this.#timeStamp.push(header.timeStamp);
    this.#owner.push(segment * 65_536 + header.processor);
    this.#firstBlock.push(this.#blockMinKeys.length);
    this.#chains = undefined;
  }

  /** The next block of the buffer that was added last, with the earliest time in it. */
  addBlock(minKey: number): void {
    this.#blockMinKeys.push(minKey);
  }

  /** The blocks of all buffers. */
  get blocks(): BufferBlocks {
    const counts = new Float64Array(this.length);
    for (let buffer = 0; buffer < counts.length; buffer++) {
      counts[buffer] = this.#endOfBlocks(buffer) - this.#firstBlock.get(buffer);
    }
    return { counts, minKeys: this.#blockMinKeys.values };
  }

  /** Adds the blocks of the buffers that another walk over the same file read. */
  join({ counts, minKeys }: BufferBlocks): void {
    const own = this.blocks;
    this.#firstBlock.clear();
    this.#blockMinKeys.clear();
    this.#chains = undefined;
    let ownAt = 0;
    let at = 0;
    for (const [buffer, ownCount] of own.counts.entries()) {
      const count = counts[buffer] ?? 0;
      const from =
        ownCount > 0 ? own.minKeys.subarray(ownAt, ownAt + ownCount) : minKeys.subarray(at, at + count);
      ownAt += ownCount;
      at += count;
      this.#firstBlock.push(this.#blockMinKeys.length);
      for (const minKey of from) this.#blockMinKeys.push(minKey);
    }
  }

  /** The earliest time in each block of a buffer. */
  blockMinKeys(buffer: number): number[] {
    const keys: number[] = [];
    const end = this.#endOfBlocks(buffer);
    for (let index = this.#firstBlock.get(buffer); index < end; index++)
      keys.push(this.#blockMinKeys.get(index));
    return keys;
  }

  /** The earliest time in a buffer that has records. */
  minKey(buffer: number): number {
    let earliest = Number.POSITIVE_INFINITY;
    const end = this.#endOfBlocks(buffer);
    for (let index = this.#firstBlock.get(buffer); index < end; index++)
      earliest = Math.min(earliest, this.#blockMinKeys.get(index));
    return earliest;
  }

  #endOfBlocks(buffer: number): number {
    return buffer + 1 < this.length ? this.#firstBlock.get(buffer + 1) : this.#blockMinKeys.length;
  }

  /**
   * The numbering of each segment's buffers.
   *
   * @param overwritten of a segment: how many of its oldest buffers may have gaps between them, as in a circular file,
   *   which overwrites buffers in another order than that of their numbers
   */
  numbering(segments: number, overwritten: (segment: number) => number): BufferNumbering[] {
    const bySegment = Array.from({ length: segments }, () => ({ numbered: [] as number[], buffers: 0 }));
    for (let buffer = 0; buffer < this.length; buffer++) {
      const found = bySegment[Math.floor(this.#owner.get(buffer) / 65_536)];
      if (found === undefined) continue;
      found.buffers += 1;
      if (this.#kind.get(buffer) % 65_536 !== BufferType.header) found.numbered.push(buffer);
    }
    return bySegment.map(({ buffers, numbered }, segment) => ({
      buffers,
      ...this.#numbering(numbered, overwritten(segment)),
    }));
  }

  #numbering(numbered: number[], overwritten: number): Omit<BufferNumbering, 'buffers'> {
    numbered.sort((a, b) => this.#sequence.get(a) - this.#sequence.get(b) || a - b);
    const gaps: BufferGap[] = [];
    const strays: number[] = [];
    let missing = 0;
    let repeated = 0;
    for (let n = 1; n < numbered.length; n++) {
      const buffer = numbered[n] ?? 0;
      const before = this.#sequence.get(numbered[n - 1] ?? 0);
      const step = this.#sequence.get(buffer) - before;
      if (step === 0) repeated += 1;
      if (step <= 1 || n <= overwritten) continue;
      const offset = this.#position.get(buffer);
      if (step > FARTHEST_NUMBER) {
        if (strays.length < MAX_TOLD) strays.push(offset);
        continue;
      }
      missing += step - 1;
      if (gaps.length < MAX_TOLD) gaps.push({ offset, firstSequence: before + 1, buffers: step - 1 });
    }
    return { gaps, missing, repeated, strays };
  }

  extent(buffer: number): BufferExtent {
    const sizeInFile = this.#sizeInFile.get(buffer);
    const kind = this.#kind.get(buffer);
    return {
      position: this.#position.get(buffer),
      sizeInFile,
      header: {
        bufferSize: sizeInFile,
        filledBytes: Math.max(BUFFER_HEADER_SIZE, this.#filled.get(buffer)),
        timeStamp: this.#timeStamp.get(buffer),
        sequenceNumber: this.#sequence.get(buffer),
        processor: this.#owner.get(buffer) % 65_536,
        loggerId: 0,
        flags: Math.floor(kind / 65_536),
        type: kind % 65_536,
      },
    };
  }

  /**
   * The chains by segment and processor; within a chain the buffers by sequence number, then time stamp, then offset: a
   * circular file that wrapped has them in any order (docs/format/etl-container.md, "Buffers").
   */
  chains(): readonly ChainIndex[] {
    if (this.#chains !== undefined) return this.#chains;
    const byOwner = new Map<number, number[]>();
    for (let buffer = 0; buffer < this.length; buffer++) {
      if (this.#firstBlock.get(buffer) === this.#endOfBlocks(buffer)) continue;
      const owner = this.#owner.get(buffer);
      const list = byOwner.get(owner);
      if (list === undefined) byOwner.set(owner, [buffer]);
      else list.push(buffer);
    }
    const byFilling = (a: number, b: number): number =>
      this.#sequence.get(a) - this.#sequence.get(b) ||
      this.#timeStamp.get(a) - this.#timeStamp.get(b) ||
      this.#position.get(a) - this.#position.get(b);
    this.#chains = [...byOwner]
      .sort(([a], [b]) => a - b)
      .map(([owner, buffers]) => ({
        segment: Math.floor(owner / 65_536),
        processor: owner % 65_536,
        buffers: buffers.sort(byFilling),
      }));
    return this.#chains;
  }
}
