import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../etl/index.js';
import { ConvertError } from '../passes/index.js';
import { systemReason } from './system-errors.js';

/** Consecutive reads below this size are those of a trace with small buffers. */
const SMALL_READ = 16 * 1024;
/** Such a trace is read in larger blocks: system calls cost more than copying. */
const BLOCK_BYTES = 64 * 1024;
/** Number of cached blocks: buffers of many processors, read in time order, are close to each other. */
const BLOCKS = 16;

interface Block {
  /** Position in the file, in blocks; -1 for none. */
  number: number;
  length: number;
  readonly bytes: Uint8Array;
}

/** A trace in a file. */
export class FileSource implements ByteSource {
  readonly size: number;
  /** For messages. */
  readonly name: string;
  readonly #fd: number;
  readonly #blocks: Block[] = [];
  #wasSmall = false;

  /**
   * @param file a path, or a descriptor that now belongs to the source
   * @param size bytes of the file to read, if it may have grown since it was opened; default: all
   * @param name for messages; default: the path
   * @throws the error of the file system: no such file, no permission
   */
  constructor(file: string | number, size?: number, name = String(file)) {
    this.#fd = typeof file === 'number' ? file : openSync(file, 'r');
    this.name = name;
    this.size = size ?? fstatSync(this.#fd).size;
  }

  /** @throws ConvertError `input`: a disk or a network share that fails */
  read(position: number, into: Uint8Array): number {
    const isSmall = into.length < SMALL_READ;
    // A small read before a large one is a large buffer's header.
    const useBlocks = isSmall && this.#wasSmall;
    this.#wasSmall = isSmall;
    return useBlocks ? this.#readFromBlocks(position, into) : this.#readFile(position, into);
  }

  #readFromBlocks(position: number, into: Uint8Array): number {
    let done = 0;
    while (done < into.length) {
      const number = Math.floor((position + done) / BLOCK_BYTES);
      const block = this.#block(number);
      const start = position + done - number * BLOCK_BYTES;
      const part = Math.min(block.length - start, into.length - done);
      if (part <= 0) break;
      into.set(block.bytes.subarray(start, start + part), done);
      done += part;
    }
    return done;
  }

  #block(number: number): Block {
    const slot = number % BLOCKS;
    let block = this.#blocks[slot];
    if (block?.number === number) return block;
    block ??= { number: -1, length: 0, bytes: new Uint8Array(BLOCK_BYTES) };
    this.#blocks[slot] = block;
    block.number = -1;
    block.length = this.#readFile(number * BLOCK_BYTES, block.bytes);
    block.number = number;
    return block;
  }

  #readFile(position: number, into: Uint8Array): number {
    let done = 0;
    try {
      while (done < into.length) {
        const read = readSync(this.#fd, into, done, into.length - done, position + done);
        if (read === 0) break;
        done += read;
      }
    } catch (error) {
      const message = `${this.name}: cannot be read at offset ${position + done}: ${systemReason(error)}`;
      throw new ConvertError('input', message, { cause: error });
    }
    return done;
  }

  /** The descriptor, for other threads of the process; {@link close} ends it for them too. */
  get descriptor(): number {
    return this.#fd;
  }

  close(): void {
    closeSync(this.#fd);
  }
}
