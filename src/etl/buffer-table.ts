import { BUFFER_HEADER_SIZE } from './buffer-header.js';
import type { BufferPlace } from './piece.js';

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
}

/** Buffers of one processor, in the order in which they were filled. */
interface ChainIndex {
  readonly segment: number;
  readonly processor: number;
  readonly buffers: readonly number[];
}

/**
 * Where a trace's buffers lie and where the times in them begin: what the second walk needs to know, in columns of
 * numbers, about 70 bytes a buffer.
 */
export class BufferTable {
  readonly #position = new Column();
  readonly #sizeInFile = new Column();
  readonly #filled = new Column();
  /** flags, type. */
  readonly #kind = new Column();
  readonly #sequence = new Column();
  readonly #timeStamp = new Column();
  readonly #owner = new Column();
  readonly #firstPiece = new Column();
  readonly #pieceMinKeys = new Column();
  #chains: ChainIndex[] | undefined;

  get length(): number {
    return this.#position.length;
  }

  add(place: BufferPlace, segment: number): void {
    const { header } = place;
    this.#position.push(place.position);
    this.#sizeInFile.push(place.sizeInFile);
    this.#filled.push(header.filledBytes);
    this.#kind.push(header.flags * 65_536 + header.type);
    this.#sequence.push(header.sequenceNumber);
    this.#timeStamp.push(header.timeStamp);
    this.#owner.push(segment * 65_536 + header.processor);
    this.#firstPiece.push(this.#pieceMinKeys.length);
    this.#chains = undefined;
  }

  /** The next piece of the buffer that was added last, with the earliest time in it. */
  addPiece(minKey: number): void {
    this.#pieceMinKeys.push(minKey);
  }

  /** The earliest time in each piece of a buffer. */
  pieceMinKeys(buffer: number): number[] {
    const keys: number[] = [];
    const end = this.#endOfPieces(buffer);
    for (let index = this.#firstPiece.get(buffer); index < end; index++)
      keys.push(this.#pieceMinKeys.get(index));
    return keys;
  }

  #endOfPieces(buffer: number): number {
    return buffer + 1 < this.length ? this.#firstPiece.get(buffer + 1) : this.#pieceMinKeys.length;
  }

  place(buffer: number): BufferPlace {
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
   * The chains by segment and processor; in a chain the buffers by sequence number, then time stamp, then place: a
   * circular file holds them in any order after it wrapped (etl-format.md section 1).
   */
  chains(): readonly ChainIndex[] {
    if (this.#chains !== undefined) return this.#chains;
    const byOwner = new Map<number, number[]>();
    for (let buffer = 0; buffer < this.length; buffer++) {
      if (this.#firstPiece.get(buffer) === this.#endOfPieces(buffer)) continue;
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
