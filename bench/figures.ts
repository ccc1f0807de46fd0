/** Measurements of a case, a batch or a start; absent members do not apply. */
export interface Figures {
  /** Time over that of `cp` on the trace. */
  readonly overCp?: number | undefined;
  /** Time over that of editcap on the output. */
  readonly overEditcap?: number | undefined;
  /** Time over that of tshark on the output. */
  readonly overTshark?: number | undefined;
  /** Time on one processor over that on all. */
  readonly oneCore?: number | undefined;
  /** Microseconds for each packet. */
  readonly perPacket?: number | undefined;
  /** MB of trace per second, by expanded size. */
  readonly speed?: number | undefined;
  readonly filesPerSecond?: number | undefined;
  /** Time of one job divided by that of several. */
  readonly overOneJob?: number | undefined;
  /** Time divided by the budget of a start. */
  readonly ofBudget?: number | undefined;
  /** CPU time over that of `path --summary`. */
  readonly overSummary?: number | undefined;
  /** CPU time over that of the same conversion without packet identity. */
  readonly overWithout?: number | undefined;
  /** CPU time of `path --summary` over that of a conversion. */
  readonly overConversion?: number | undefined;
  /** MiB of memory that packet identity needs. */
  readonly moreMemory?: number | undefined;
  /** MiB of memory at most, of one process. */
  readonly peak?: number | undefined;
}

/** Figures by the name of their case. */
export type Measured = ReadonlyMap<string, Figures>;

/** A part of the benchmark: a table for people, and the figures that goals refer to. */
export interface Part {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly figures: Measured;
}
