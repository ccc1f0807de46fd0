/** 100 ns between 1601-01-01 (FILETIME) and 1970-01-01 (Unix). */
export const FILETIME_OF_UNIX_EPOCH = 116_444_736_000_000_000n;

const TICKS_PER_SECOND = 10_000_000n;

/** A Unix time in 100 ns from ISO text with up to seven decimals, such as `2024-06-10T20:18:35.4891721Z`. */
export function unixTime(iso: string): bigint {
  const parts = /^(.{19})(?:\.(\d{1,7}))?Z$/.exec(iso);
  if (parts === null) throw new RangeError(`"${iso}" is not an ISO time in UTC`);
  const milliseconds = Date.parse(`${parts[1]}Z`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`"${iso}" is not a time`);
  return BigInt(milliseconds) * 10_000n + BigInt((parts[2] ?? '').padEnd(7, '0'));
}

/** Values of the trace header's clock type. */
export const ClockType = { qpc: 1, systemTime: 2, cpuCycles: 3 } as const;

export interface ClockOptions {
  readonly type: keyof typeof ClockType;
  /** Ticks a second of the performance counter. Default 10 MHz, as since Windows 10 1809. */
  readonly perfFrequency?: bigint;
  readonly cpuMegahertz?: number;
  /** Unix time in 100 ns of the trace's start. */
  readonly start: bigint;
  /** The raw clock's value at the start; ignored for `systemTime`. */
  readonly startTicks?: bigint;
}

/** One of the three clocks that stamp records: from Unix time to raw ticks and exactly back. */
export class TraceClock {
  readonly type: keyof typeof ClockType;
  readonly perfFrequency: bigint;
  readonly cpuMegahertz: number;
  readonly start: bigint;
  /** Raw time of the trace header's own record. */
  readonly startTicks: bigint;

  constructor(options: ClockOptions) {
    this.type = options.type;
    this.perfFrequency = options.perfFrequency ?? TICKS_PER_SECOND;
    this.cpuMegahertz = options.cpuMegahertz ?? 2594;
    this.start = options.start;
    this.startTicks =
      options.type === 'systemTime'
        ? options.start + FILETIME_OF_UNIX_EPOCH
        : (options.startTicks ?? 2_499_871_234_567n);
  }

  /** Raw ticks for 10^7 units of 100 ns. */
  get ticksPerSecond(): bigint {
    if (this.type === 'qpc') return this.perfFrequency;
    return this.type === 'cpuCycles' ? BigInt(this.cpuMegahertz) * 1_000_000n : TICKS_PER_SECOND;
  }

  /** The first raw time that is not before the given Unix time. */
  raw(unix: bigint): bigint {
    const product = (unix - this.start) * this.ticksPerSecond;
    const quotient = product / TICKS_PER_SECOND;
    const up = product > 0n && quotient * TICKS_PER_SECOND !== product ? 1n : 0n;
    return this.startTicks + quotient + up;
  }

  /** The Unix time in 100 ns of a raw time, rounded down. */
  unix(raw: bigint): bigint {
    const product = (raw - this.startTicks) * TICKS_PER_SECOND;
    const quotient = product / this.ticksPerSecond;
    const down = product < 0n && quotient * this.ticksPerSecond !== product ? 1n : 0n;
    return this.start + quotient - down;
  }

  /** The Unix time at which a reader shows a record stamped at `unix`: later by less than one tick. */
  asRead(unix: bigint): bigint {
    return this.unix(this.raw(unix));
  }
}
