/** Pairs of stations; two pairs in one slot take turns. */
const SLOTS = 4096;
/** Steps that must be known before they say anything. */
const ENOUGH = 8;
/** Ticks of 100 ns that are never too long: clocks of processors differ, and a step may be interrupted. */
const ALLOWANCE = 200;

/**
 * How long packets take from one station to another. A packet that has waited far longer than its like do has probably
 * gone another way, or its record was lost; it must not take the record of a newer packet with the same bytes.
 */
export class HopTimes {
  readonly #from = new Uint32Array(SLOTS);
  readonly #to = new Uint32Array(SLOTS);
  readonly #mean = new Float64Array(SLOTS);
  readonly #deviation = new Float64Array(SLOTS);
  readonly #count = new Uint32Array(SLOTS);

  /** Hot path: a packet took `ticks` from a station to another. */
  learn(from: number, to: number, ticks: number): void {
    const slot = slotOf(from, to);
    if (this.#from[slot] !== from || this.#to[slot] !== to || this.#count[slot] === 0) {
      this.#from[slot] = from;
      this.#to[slot] = to;
      this.#mean[slot] = ticks;
      this.#deviation[slot] = ticks / 2;
      this.#count[slot] = 1;
      return;
    }
    // Smoothed mean and deviation as of TCP's round-trip times (RFC 6298).
    const difference = ticks - (this.#mean[slot] ?? 0);
    this.#mean[slot] = (this.#mean[slot] ?? 0) + difference / 8;
    const deviation = this.#deviation[slot] ?? 0;
    this.#deviation[slot] = deviation + (Math.abs(difference) - deviation) / 4;
    this.#count[slot] = Math.min(ENOUGH, (this.#count[slot] ?? 0) + 1);
  }

  /**
   * Hot path: the longest plausible time, in ticks.
   *
   * @param shortest how long the newest packet that may take this step has waited: the measure where too little is known
   */
  limit(from: number, to: number, shortest: number): number {
    const slot = slotOf(from, to);
    if (this.#from[slot] !== from || this.#to[slot] !== to || (this.#count[slot] ?? 0) < ENOUGH) {
      return ALLOWANCE + 10 * shortest;
    }
    return ALLOWANCE + 2 * (this.#mean[slot] ?? 0) + 6 * (this.#deviation[slot] ?? 0);
  }
}

const slotOf = (from: number, to: number): number => {
  const mixed = Math.imul(from ^ 0x5bd1_e995, 0x9e37_79b1) ^ Math.imul(to, 0x85eb_ca6b);
  return (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
};
