/** Block Type and Block Total Length precede the body, 32 bits each. */
const BODY_AT = 8;
/** The Block Total Length is repeated after the body. */
const LENGTH_SIZE = 4;
const BLOCK_FRAME = BODY_AT + LENGTH_SIZE;

/** Bytes after padding to a 32-bit boundary. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}

/**
 * Bytes that are always free after the blocks, because the hot path copies sixteen at a time and may exceed the end.
 */
export const ROOM_BEHIND = 16;

/** Buffers that wait to be used again, at most. */
const MAX_SPARE = 24;

/** The growing buffer that blocks are appended to. */
export class Chunk {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  /** Bytes filled. */
  length = 0;
  readonly #capacity: number;
  /** Buffers of {@link #capacity} bytes. */
  readonly #spare: ArrayBuffer[] = [];

  /** @param capacity bytes that a fresh buffer has; one that does not suffice is doubled */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * Appends a block whose body is all zeros yet, so that padding ("MUST be filled with zeroes") is there without being
   * written.
   *
   * @param bodySize bytes of the Block Body, a multiple of 4
   * @returns where the body starts in {@link bytes}
   */
  startBlock(type: number, bodySize: number): number {
    const body = this.reserveBlock(bodySize);
    const end = body + bodySize;
    this.bytes.fill(0, body, end);
    this.endBlock(type, end);
    return body;
  }

  /**
   * Hot path. Reserves space for a block's body, with undefined contents; {@link endBlock} completes the block. Until
   * then up to {@link ROOM_BEHIND} bytes after the body may be overwritten as well.
   *
   * @param bodySize bytes of the Block Body, or more
   * @returns offset of the body in {@link bytes}
   */
  reserveBlock(bodySize: number): number {
    const end = this.length + bodySize + BLOCK_FRAME + ROOM_BEHIND;
    if (end > this.bytes.length) this.#grow(end);
    return this.length + BODY_AT;
  }

  /**
   * Hot path. Completes the block reserved last.
   *
   * @param end offset after its body, a multiple of 4 after its start
   */
  endBlock(type: number, end: number): void {
    const { length: start, view } = this;
    const size = end + LENGTH_SIZE - start;
    view.setUint32(start, type, true);
    view.setUint32(start + 4, size, true);
    view.setUint32(end, size, true);
    this.length = end + LENGTH_SIZE;
  }

  /** Returns the filled bytes; the next block goes to a new buffer. */
  take(): Uint8Array {
    const filled = this.bytes.subarray(0, this.length);
    this.bytes = new Uint8Array(0);
    this.length = 0;
    return filled;
  }

  /**
   * Accepts a buffer of {@link take} for reuse, after its last use: memory in use is faster than new memory, which the
   * system has to find and clear.
   */
  giveBack({ buffer }: Uint8Array): void {
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== this.#capacity) return;
    if (this.#spare.length < MAX_SPARE) this.#spare.push(buffer);
  }

  #grow(needed: number): void {
    const size = Math.max(this.#capacity, this.bytes.length * 2, needed);
    const spare = size === this.#capacity ? this.#spare.pop() : undefined;
    const grown = new Uint8Array(spare ?? new ArrayBuffer(size));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}
