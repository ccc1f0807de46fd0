/** Events of one kind that in a row taught nothing before only some are read. */
const PATIENCE = 1024;

/** Of events that stopped teaching, one in this many is read: a container may start late in a trace. */
const STRIDE = 16;

/**
 * Decides which events of a kind are worth reading: providers on the data path repeat the same names and addresses for
 * every packet.
 */
export class Sampling {
  #fruitless = 0;
  #skipped = 0;

  /** Hot path. */
  isDue(): boolean {
    if (this.#fruitless < PATIENCE) return true;
    this.#skipped = (this.#skipped + 1) % STRIDE;
    return this.#skipped === 0;
  }

  /** What came of an event that was due. */
  report(taught: boolean): void {
    this.#fruitless = taught ? 0 : this.#fruitless + 1;
  }
}
