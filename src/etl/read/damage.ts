/** What kind of bytes could not be used. */
export type DamageKind =
  /** The file ends inside a buffer; the records before the end were read. */
  | 'torn-buffer'
  /** Bytes that are no buffer where a buffer header should stand. */
  | 'no-buffer'
  /** A buffer header whose sizes contradict each other; what its records are was still tried. */
  | 'buffer-header'
  /** Bytes that are no record, or a record that runs over its buffer. */
  | 'record'
  /** A compressed stream that is cut or points outside itself; what expanded before was read. */
  | 'lz77'
  /** A time before 1970, which pcapng cannot hold; a clock that ran backwards, or that the trace does not tell. */
  | 'time'
  /** The trace header is missing: names and clock of the trace are not known. */
  | 'trace-header'
  /** A buffer of compact context switches, whose records have a layout of their own. */
  | 'unread-buffer'
  /** The file changed while it was read. */
  | 'changed';

/** One place in the file that was skipped or repaired. */
export interface Damage {
  readonly kind: DamageKind;
  /** Byte offset in the file: of the bytes, or for compressed buffers of the buffer that holds them. */
  readonly offset: number;
  /** Bytes skipped, counted in the file or, inside a compressed buffer, in its expanded form. */
  readonly bytes: number;
  /** For people: what was found there. */
  readonly reason: string;
}

/** Where damage is reported. */
export interface DamageSink {
  add(damage: Damage): void;
}

/** Kept in full up to here; beyond, damage is only counted. */
const MAX_KEPT = 1000;

/** What a {@link DamageLog} has collected. */
export interface DamageSummary {
  /** The first thousand. */
  readonly items: readonly Damage[];
  readonly counts: ReadonlyMap<DamageKind, number>;
  /** All places, kept or not. */
  readonly total: number;
  /** All bytes skipped. */
  readonly bytes: number;
}

/** Collects damage: all of it counted, the first thousand places kept. */
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

  /** Takes over what others collected in other parts of the file, each in its order. */
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

  /** Brings the places into the order of the file. */
  sort(): void {
    this.items.sort((a, b) => a.offset - b.offset);
  }
}
