import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../etl/index.js';

/** A trace in a file. */
export class FileSource implements ByteSource {
  readonly size: number;
  readonly #fd: number;

  /**
   * @param file a path, or a descriptor that now belongs to the source
   * @throws the error of the file system: no such file, no permission
   */
  constructor(file: string | number) {
    this.#fd = typeof file === 'number' ? file : openSync(file, 'r');
    this.size = fstatSync(this.#fd).size;
  }

  read(position: number, into: Uint8Array): number {
    let done = 0;
    while (done < into.length) {
      const read = readSync(this.#fd, into, done, into.length - done, position + done);
      if (read === 0) break;
      done += read;
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
