/** A time: the key that orders records, and the FILETIME that is reported. */
export interface Moment {
  readonly key: number;
  readonly time: bigint;
}

/** The first and the last of some times. If a damaged clock gives equal keys, FILETIMEs decide. */
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
