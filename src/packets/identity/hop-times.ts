import { UNKNOWN } from '../packet.js';

/** Pairs of hop locations; two pairs in one slot replace each other. */
const SLOTS = 4096;
/** Number of observed steps from which on the times are used. */
const ENOUGH = 8;
const MICROSECOND = 10;
/** Ticks of 100 ns that are never too long: clocks of processors differ, and a step may be interrupted. */
const ALLOWANCE = 200;

/**
 * Learns how long packets take between two hop locations: of the packets with equal bytes for which a step is possible,
 * the newest one's time. A packet that waits far longer has probably taken another path, or its record was lost; it
 * must not be matched with the record of a newer packet with the same bytes. If packets wait in a queue, the newest
 * one's times are as long as the interval between packets, and no packet is excluded.
 */
export class HopTimes {
  readonly #from = new Uint32Array(SLOTS);
  readonly #to = new Uint32Array(SLOTS);
  readonly #mean = new Float64Array(SLOTS);
  readonly #deviation = new Float64Array(SLOTS);
  readonly #count = new Uint32Array(SLOTS);

  /** Hot path: the newest packet that may have gone from a hop location to another came to the first one `ticks` ago. */
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
   * Hot path: an interval between two packets, in ticks, beyond which the older one is excluded in any case; {@link
   * UNKNOWN} if too little was learned.
   */
  farLimit(from: number, to: number): number {
    const slot = slotOf(from, to);
    if (!this.#isKnown(slot, from, to)) return UNKNOWN;
    return ALLOWANCE + 2 * (this.#mean[slot] ?? 0) + 6 * (this.#deviation[slot] ?? 0);
  }

  /** Hot path: the same for a packet without records while the newer one passed all its hops. */
  nearLimit(from: number, to: number): number {
    const slot = slotOf(from, to);
    if (!this.#isKnown(slot, from, to)) return UNKNOWN;
    return MICROSECOND + 2 * (this.#mean[slot] ?? 0) + 4 * (this.#deviation[slot] ?? 0);
  }

  #isKnown(slot: number, from: number, to: number): boolean {
    return this.#from[slot] === from && this.#to[slot] === to && this.#count[slot] === ENOUGH;
  }
}

const slotOf = (from: number, to: number): number => {
  const mixed = Math.imul(from ^ 0x5bd1_e995, 0x9e37_79b1) ^ Math.imul(to, 0x85eb_ca6b);
  return (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
};
