/** Bytes that every block has around its body: Block Type and twice the Block Total Length, 32 bits each. */
const BLOCK_FRAME = 12;

/** Bytes after padding to a 32-bit boundary. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}

/**
 * Bytes that are always free behind the blocks, because the hot path copies a few more than it needs: sixteen at a time.
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
    const body = this.startUnclearedBlock(type, bodySize);
    this.bytes.fill(0, body, body + bodySize);
    this.endBlock(bodySize);
    return body;
  }

  /**
   * Hot path. {@link startBlock} for those who write every byte of the body, which holds anything, and then call
   * {@link endBlock}. Until then they may write up to {@link ROOM_BEHIND} bytes behind the body.
   */
  startUnclearedBlock(type: number, bodySize: number): number {
    const start = this.length;
    const end = start + bodySize + BLOCK_FRAME;
    if (end + ROOM_BEHIND > this.bytes.length) this.#grow(end + ROOM_BEHIND);
    const view = this.view;
    view.setUint32(start, type, true);
    view.setUint32(start + 4, bodySize + BLOCK_FRAME, true);
    this.length = end;
    return start + 8;
  }

  /** Hot path. Writes the length behind the body of the block that was started last. */
  endBlock(bodySize: number): void {
    this.view.setUint32(this.length - 4, bodySize + BLOCK_FRAME, true);
  }

  /** Hands over what is filled and forgets it: the next block goes to a fresh buffer. */
  take(): Uint8Array {
    const filled = this.bytes.subarray(0, this.length);
    this.bytes = new Uint8Array(0);
    this.length = 0;
    return filled;
  }

  /**
   * Takes back what {@link take} gave, when nobody reads it any more: memory that was used before is faster than memory
   * that the system has to find and clear.
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
