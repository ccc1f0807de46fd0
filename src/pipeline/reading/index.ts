import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BufferFlag, DirectReading, type Reading } from '../../etl/index.js';
import type { FileSource } from '../file-source.js';
import { PIECES_AHEAD, ReaderThread } from './reader-thread.js';

export { ReaderThread } from './reader-thread.js';

/** Below this a thread takes longer to start than it saves. */
const WORTH_A_THREAD = 8 * 1024 * 1024;

const WORKER = new URL('./reader-worker.js', import.meta.url);

/**
 * Who reads the traces of a conversion: where it helps, a second thread the compressed buffers (in the survey every other
 * one), and this thread all others. (Reading a plain buffer takes about as long as asking for it.) The second thread starts
 * with the first compressed buffer; until it is up this one does all.
 */
export class ConversionReading {
  readonly #hasThread: boolean;
  #thread: ReaderThread | undefined;

  /**
   * @param bytes of all traces. There is no thread for small ones, on one processor, with `oneThread`, or in a program that
   * was bundled without the worker's file.
   */
  constructor(bytes: number, oneThread: boolean) {
    const isWorthOne = bytes >= WORTH_A_THREAD && availableParallelism() > 1;
    this.#hasThread = !oneThread && isWorthOne && existsSync(fileURLToPath(WORKER));
  }

  /** For the trace in this file. */
  of(source: FileSource): Reading {
    const direct = new DirectReading(source);
    if (!this.#hasThread) return direct;
    let threaded: Reading | undefined;
    let isOwnTurn = false;
    return {
      ahead: PIECES_AHEAD,
      open: (place, segment, damage, pieces) => {
        const isCompressed = (place.header.flags & BufferFlag.compressed) !== 0;
        if (!isCompressed) return direct.open(place, segment, damage);
        this.#thread ??= new ReaderThread(WORKER);
        threaded ??= this.#thread.reading(source);
        // Damage is wanted by the survey, which does little beside reading: this thread then takes every other buffer.
        isOwnTurn = damage !== undefined && (!isOwnTurn || !this.#thread.isUp);
        return isOwnTurn
          ? direct.open(place, segment, damage)
          : threaded.open(place, segment, damage, pieces);
      },
    };
  }

  async close(): Promise<void> {
    await this.#thread?.close();
  }
}
