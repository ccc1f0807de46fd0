import type { ByteSource } from './byte-source.js';
import type { DamageSink } from './damage.js';
import { type BufferPlace, BufferReader, PiecePool, type PieceReader, type Segment } from './piece.js';

/** Who reads the buffers of a trace: the thread that asks for their records, or another one, ahead of it. */
export interface Reading {
  /**
   * How many pieces of a trace are worth asking for ahead of their turn; 0: none, opening a buffer reads nothing.
   */
  readonly ahead: number;
  /**
   * @param damage where to report; undefined in a second walk over the same bytes
   * @param pieces of the buffer that are worth preparing before they are asked for; at least one
   */
  open(place: BufferPlace, segment: Segment, damage: DamageSink | undefined, pieces: number): PieceReader;
}

/** Reads buffers when their records are asked for. */
export class DirectReading implements Reading {
  readonly ahead = 0;
  readonly #source: ByteSource;
  readonly #pool = new PiecePool();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  open(place: BufferPlace, segment: Segment, damage: DamageSink | undefined): PieceReader {
    return new BufferReader(this.#source, place, segment, this.#pool, damage);
  }
}
