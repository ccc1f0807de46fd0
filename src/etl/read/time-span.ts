/** A moment: the key that records are ordered by, and the FILETIME that is told. */
export interface Moment {
  readonly key: number;
  readonly time: bigint;
}

/**
 * The first and the last of some moments. Those of one key, which a damaged clock can make, are distinguished by their
 * times.
 */
export class TimeSpan {
  first: Moment | undefined;
  last: Moment | undefined;

  /** Whether a key can be that of the first or the last moment. */
  reachesTo(key: number): boolean {
    return !(
      this.first !== undefined &&
      this.last !== undefined &&
      key > this.first.key &&
      key < this.last.key
    );
  }

  add(moment: Moment): void {
    if (this.first === undefined || isBefore(moment, this.first)) this.first = moment;
    if (this.last === undefined || isBefore(this.last, moment)) this.last = moment;
  }
}

const isBefore = (a: Moment, b: Moment): boolean => a.key < b.key || (a.key === b.key && a.time < b.time);
