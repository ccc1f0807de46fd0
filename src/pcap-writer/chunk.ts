/** Bytes that every block has around its body: Block Type and twice the Block Total Length, 32 bits each. */
const BLOCK_FRAME = 12;

/** Bytes after padding to a 32-bit boundary. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}

/**
 * The growing buffer that blocks are appended to. Its bytes are zero until they are written and are never used twice,
 * so padding ("MUST be filled with zeroes") is there without being written.
 */
export class Chunk {
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  /** Bytes filled. */
  length = 0;
  readonly #capacity: number;

  /** @param capacity bytes that a fresh buffer has; one that does not suffice is doubled */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * Hot path. Appends a block whose body is still zero.
   *
   * @param bodySize bytes of the Block Body, a multiple of 4
   * @returns where the body starts in {@link bytes}
   */
  startBlock(type: number, bodySize: number): number {
    const total = bodySize + BLOCK_FRAME;
    const start = this.length;
    const end = start + total;
    if (end > this.bytes.length) this.#grow(end);
    const view = this.view;
    view.setUint32(start, type, true);
    view.setUint32(start + 4, total, true);
    view.setUint32(end - 4, total, true);
    this.length = end;
    return start + 8;
  }

  /** Hands over what is filled and forgets it: the next block goes to a fresh buffer. */
  take(): Uint8Array {
    const filled = this.bytes.subarray(0, this.length);
    this.bytes = new Uint8Array(0);
    this.length = 0;
    return filled;
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(this.#capacity, this.bytes.length * 2, needed));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }
}
