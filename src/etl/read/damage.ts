/** Kinds of bytes that could not be used. */
export type DamageKind =
  /** The file ends inside a buffer; the records before the end were read. */
  | 'torn-buffer'
  /** Bytes that are not a buffer, at the offset of a buffer header. */
  | 'no-buffer'
  /** A buffer header with contradictory sizes; its records were read as far as possible. */
  | 'buffer-header'
  /** Bytes that are no record, or a record that runs over its buffer. */
  | 'record'
  /** A compressed stream that is truncated or refers to bytes outside of it; the part before was read. */
  | 'lz77'
  /** A time before 1970, which pcapng cannot store; a clock that ran backwards, or that the trace does not describe. */
  | 'time'
  /** The trace header is missing: names and clock of the trace are not known. */
  | 'trace-header'
  /** A buffer of compact context switches, whose records have another layout. */
  | 'unread-buffer'
  /** The file changed while it was read. */
  | 'changed';

/** One section of the file that was skipped or repaired. */
export interface Damage {
  readonly kind: DamageKind;
  /** Byte offset in the file: of the bytes, or for compressed buffers of the buffer that holds them. */
  readonly offset: number;
  /** Bytes skipped, counted in the file or, inside a compressed buffer, in its expanded form. */
  readonly bytes: number;
  /** Text for people. */
  readonly reason: string;
}

/** Where damage is reported. */
export interface DamageSink {
  add(damage: Damage): void;
}

/** Kept in full up to here; beyond, damage is only counted. */
const MAX_KEPT = 1000;

/** The contents of a {@link DamageLog}. */
export interface DamageSummary {
  /** The first thousand. */
  readonly items: readonly Damage[];
  readonly counts: ReadonlyMap<DamageKind, number>;
  /** All sections, listed or not. */
  readonly total: number;
  /** All bytes skipped. */
  readonly bytes: number;
}

/** Collects damage: counts all sections, lists the first thousand. */
export class DamageLog implements DamageSink, DamageSummary {
  readonly items: Damage[] = [];
  readonly counts = new Map<DamageKind, number>();
  total = 0;
  bytes = 0;

  add(damage: Damage): void {
    this.total += 1;
    this.bytes += damage.bytes;
    this.counts.set(damage.kind, (this.counts.get(damage.kind) ?? 0) + 1);
    if (this.items.length < MAX_KEPT) this.items.push(damage);
  }

  /** Adds the damage that others collected in other parts of the file, each in its order. */
  join(...others: readonly DamageSummary[]): void {
    for (const { bytes, counts, items, total } of others) {
      this.total += total;
      this.bytes += bytes;
      for (const [kind, count] of counts) this.counts.set(kind, (this.counts.get(kind) ?? 0) + count);
      this.items.push(...items);
    }
    this.sort();
    this.items.length = Math.min(this.items.length, MAX_KEPT);
  }

  /** Sorts the sections by offset. */
  sort(): void {
    this.items.sort((a, b) => a.offset - b.offset);
  }
}
