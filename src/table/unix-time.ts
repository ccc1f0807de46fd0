import type { UnixTicks } from '../etl/index.js';

const WORD = 2 ** 32;
const DAY_MICROSECONDS = 86_400_000_000;

/** Microseconds since 1970 of a time in 100 ns. Exact: the ticks themselves are no safe integer. */
export function microsecondsOf({ timeHigh, timeLow }: UnixTicks): number {
  const high = Math.floor(timeHigh / 10);
  return high * WORD + Math.floor(((timeHigh % 10) * WORD + timeLow) / 10);
}

/** Days since 1970, in UTC. */
export const dayOf = (microseconds: number): number => Math.floor(microseconds / DAY_MICROSECONDS);
