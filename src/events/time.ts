import { type EventRecord, isoTime, type UnixTicks } from '../etl/index.js';

import type { JsonBytes } from './json-bytes.js';

const TICKS_PER_SECOND = 10_000_000;
const FRACTION_DIGITS = 7;
/** 2^32 ticks: 429 whole seconds, and these ticks. */
const SECONDS_IN_HIGH = 429;
const TICKS_IN_HIGH = 4_967_296;
/** Upper halves up to here (the year 10889) multiply exactly in doubles. */
const MAX_HIGH = 2 ** 26 - 1;

/**
 * Times of records as ISO 8601 with seven decimals, in UTC.
 *
 * Hot path: neighbours are within the same second most of the time, so only the fraction is made anew.
 */
export class TimeText {
  readonly #ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  #second = -1;
  #fraction = 0;
  #prefix = '';

  of(record: EventRecord): string {
    if (!this.#find(record)) return isoTime(record.filetime());
    return `${this.#prefix}${String(this.#fraction).padStart(FRACTION_DIGITS, '0')}Z`;
  }

  /** {@link of}, straight into the bytes. */
  write(record: EventRecord, out: JsonBytes): void {
    if (!this.#find(record)) {
      out.ascii(isoTime(record.filetime()));
      return;
    }
    out.ascii(this.#prefix);
    out.reserve(FRACTION_DIGITS);
    out.digits(this.#fraction, FRACTION_DIGITS);
    out.ascii('Z');
  }

  #find(record: EventRecord): boolean {
    const ticks = this.#ticks;
    if (!record.unixTicks(ticks) || ticks.timeHigh > MAX_HIGH) return false;
    const rest = ticks.timeHigh * TICKS_IN_HIGH + ticks.timeLow;
    const seconds = Math.floor(rest / TICKS_PER_SECOND);
    const second = ticks.timeHigh * SECONDS_IN_HIGH + seconds;
    if (second !== this.#second) {
      this.#second = second;
      // `…:35.` of `…:35.000Z`.
      this.#prefix = new Date(second * 1000).toISOString().slice(0, -4);
    }
    this.#fraction = rest - seconds * TICKS_PER_SECOND;
    return true;
  }
}
