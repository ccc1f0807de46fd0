import type { ByteSource } from '../etl/index.js';

/** Bytes of one block, and the number of cached blocks: 64 MiB for files of any size. */
const BLOCK_BYTES = 4 * 1024 * 1024;
const MAX_BLOCKS = 16;

/** A file of the browser. Only workers can read one synchronously. */
export class BlobSource implements ByteSource {
  readonly size: number;
  readonly #blob: Blob;
  readonly #reader = new FileReaderSync();
  /** By number; a Map keeps the order of use: the first was not used for the longest time. */
  readonly #blocks = new Map<number, Uint8Array>();

  constructor(blob: Blob) {
    this.#blob = blob;
    this.size = blob.size;
  }

  /** @throws DOMException if the file was changed, moved or deleted since it was chosen */
  read(position: number, into: Uint8Array): number {
    let copied = 0;
    while (copied < into.length && position + copied < this.size) {
      const at = position + copied;
      const block = this.#block(Math.floor(at / BLOCK_BYTES));
      const part = block.subarray(at % BLOCK_BYTES, (at % BLOCK_BYTES) + into.length - copied);
      if (part.length === 0) break;
      into.set(part, copied);
      copied += part.length;
    }
    return copied;
  }

  #block(number: number): Uint8Array {
    const known = this.#blocks.get(number);
    if (known !== undefined) {
      this.#blocks.delete(number);
      this.#blocks.set(number, known);
      return known;
    }
    const start = number * BLOCK_BYTES;
    const block = new Uint8Array(
      this.#reader.readAsArrayBuffer(this.#blob.slice(start, start + BLOCK_BYTES)),
    );
    const [oldest] = this.#blocks.keys();
    if (this.#blocks.size >= MAX_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest);
    this.#blocks.set(number, block);
    return block;
  }
}
