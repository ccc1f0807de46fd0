/** 100 ns between 1601-01-01 (FILETIME) and 1970-01-01 (Unix). */
export const UNIX_EPOCH_AS_FILETIME = 116_444_736_000_000_000n;

const TWO_32 = 4_294_967_296;
/** FILETIMEs are 64 bits, signed; only a trace with a damaged clock reaches this. */
const MAX_FILETIME = (1n << 63n) - 1n;
const MIN_FILETIME = -(1n << 63n);

/** TRACE_LOGFILE_HEADER.ReservedFlags: which clock stamped the records. */
export type ClockType = 'qpc' | 'system-time' | 'cpu-cycles';

/** A Unix time in 100 ns, as the two halves that pcapng stores. */
export interface UnixTicks {
  /** Upper 32 bits. */
  timeHigh: number;
  /** Lower 32 bits. */
  timeLow: number;
}

/**
 * Turns record times into wall-clock time.
 *
 * Records carry raw clock values. With h the time of the trace header's own record:
 * QPC: FILETIME = StartTime + (t - h) * 10^7 / PerfFreq; system time: t is a FILETIME;
 * CPU cycles: FILETIME = StartTime + (t - h) * 10 / CPU MHz. Integer division, rounded down.
 * Source: docs/format/etl-container.md, "Time"; checked against Microsoft's own conversions.
 */
export class Clock {
  readonly type: ClockType;
  /** Raw ticks a second, for `qpc` and `cpu-cycles`; 10^7 for `system-time`. */
  readonly frequency: number;
  /** FILETIME of a record whose raw time equals {@link origin}. */
  readonly startTime: bigint;
  /** The raw time that everything is measured from. */
  readonly origin: bigint;
  /** {@link origin} in two halves, the upper one signed. */
  readonly originHigh: number;
  readonly originLow: number;
  readonly #unixHigh: number;
  readonly #unixLow: number;
  /** Deltas up to here convert in double arithmetic without rounding. */
  readonly #exactLimit: number;

  constructor(type: ClockType, frequency: number, startTime: bigint, origin: bigint) {
    this.type = type;
    this.frequency = frequency;
    this.startTime = startTime;
    this.origin = origin;
    this.originHigh = Number(BigInt.asIntN(32, origin >> 32n));
    this.originLow = Number(origin & 0xffff_ffffn);
    const unix = startTime - UNIX_EPOCH_AS_FILETIME;
    this.#unixHigh = Number(unix >> 32n);
    this.#unixLow = Number(unix & 0xffff_ffffn);
    // rest * 10^7 must stay below 2^53, and so must the sum of 100 ns units.
    const plain = frequency <= 900_000_000 && startTime < MAX_FILETIME / 2n && startTime > MIN_FILETIME / 2n;
    this.#exactLimit = plain ? Math.min(1, frequency / 10_000_000) * 2 ** 52 : 0;
  }

  /** Raw ticks since {@link origin}, from the two halves of a record's time. Exact within 2^53 ticks. */
  delta(high: number, low: number): number {
    return (high - this.originHigh) * TWO_32 + (low - this.originLow);
  }

  /** FILETIME of a raw record time, always exact; a time that 64 bits cannot hold becomes the nearest that they can. */
  filetime(raw: bigint): bigint {
    const product = (raw - this.origin) * 10_000_000n;
    const divisor = BigInt(this.frequency);
    const quotient = product / divisor;
    const rounded = product < 0n && quotient * divisor !== product ? quotient - 1n : quotient;
    const filetime = this.startTime + rounded;
    if (filetime > MAX_FILETIME) return MAX_FILETIME;
    return filetime < MIN_FILETIME ? MIN_FILETIME : filetime;
  }

  /**
   * Unix time of a record, exact to the 100 ns.
   *
   * Times before 1970 cannot be written into pcapng; they become 0.
   *
   * @returns false if the time was before 1970.
   */
  unixTicks(high: number, low: number, into: UnixTicks): boolean {
    const delta = this.delta(high, low);
    if (delta >= this.#exactLimit || delta <= -this.#exactLimit) {
      return this.#unixTicksExactly((BigInt(high) << 32n) | BigInt(low), into);
    }
    const { frequency } = this;
    let ticks = delta;
    if (frequency !== 10_000_000) {
      const seconds = Math.floor(delta / frequency);
      ticks = seconds * 10_000_000 + Math.floor(((delta - seconds * frequency) * 10_000_000) / frequency);
    }
    const sum = this.#unixLow + ticks;
    const carry = Math.floor(sum / TWO_32);
    const upper = this.#unixHigh + carry;
    if (upper < 0) {
      into.timeHigh = 0;
      into.timeLow = 0;
      return false;
    }
    into.timeHigh = upper;
    into.timeLow = sum - carry * TWO_32;
    return true;
  }

  #unixTicksExactly(raw: bigint, into: UnixTicks): boolean {
    const unix = this.filetime(raw) - UNIX_EPOCH_AS_FILETIME;
    const representable = unix >= 0n;
    const clamped = representable ? unix : 0n;
    into.timeHigh = Number(clamped >> 32n);
    into.timeLow = Number(clamped & 0xffff_ffffn);
    return representable;
  }
}

/**
 * ISO 8601 in UTC with seven decimals, from a FILETIME; years after 9999 have the sign and six digits of ISO 8601's
 * expanded form.
 */
export function isoTime(filetime: bigint): string {
  const unix = filetime - UNIX_EPOCH_AS_FILETIME;
  let milliseconds = unix / 10_000n;
  let rest = unix % 10_000n;
  if (rest < 0n) {
    rest += 10_000n;
    milliseconds -= 1n;
  }
  const date = new Date(Number(milliseconds));
  return `${date.toISOString().slice(0, -1)}${rest.toString().padStart(4, '0')}Z`;
}
