import type { EventRecord } from '../etl/index.js';
import { type EventSchema, FieldRanges } from '../etw/index.js';

/** Events that are remembered; a new one replaces the one with the same hash. */
const SLOTS = 4096;

/** Longer keys are not stored: their events are always read. Names and addresses need a few hundred bytes. */
const MAX_KEY_BYTES = 1024;

/** Collects facts from events of one kind, by the names of their fields. */
export interface EventReader {
  /** Whether the field of this name has facts about the host. */
  readonly isRead: (field: string) => boolean;
  /** Restricts the two offsets, in place, to the part of a field that has the facts. Absent: the whole field. */
  readonly narrow?: (bytes: Uint8Array, ranges: Int32Array, at: number) => void;
  /** Counts how often a fact replaced another one. */
  readonly replacements: number;
}

/** An event that was read. */
interface Slot {
  readonly kind: EventKind;
  readonly key: Uint8Array;
  /** {@link EventReader.replacements} after it was read. */
  replacements: number;
}

/** One kind of event: provider, id and version. */
export class EventKind {
  readonly #ranges = new Map<4 | 8, FieldRanges | undefined>();

  constructor(
    readonly schema: EventSchema,
    readonly reader: EventReader,
  ) {}

  /** @returns undefined if the fields cannot be located without decoding */
  ranges(pointerSize: 4 | 8): FieldRanges | undefined {
    const known = this.#ranges.get(pointerSize);
    if (known !== undefined || this.#ranges.has(pointerSize)) return known;
    const fresh = FieldRanges.of(this.schema, pointerSize, this.reader.isRead);
    this.#ranges.set(pointerSize, fresh);
    return fresh;
  }
}

/**
 * Recognises events that repeat an earlier event's facts. Providers on the data path log the same names and addresses
 * for every packet; comparing the bytes costs less than decoding them.
 *
 * The test is exact: an event is a repetition only if its relevant fields have the same bytes as those of an event that
 * was read, and no fact has been replaced since. {@link SLOTS} limits the memory.
 */
export class RepeatedEvents {
  readonly #slots: (Slot | undefined)[] = [];
  readonly #key = new Uint8Array(MAX_KEY_BYTES);
  #length = 0;
  #hash = 0;

  /**
   * Hot path.
   *
   * @param read called for an event that is not a repetition
   */
  visit(kind: EventKind, record: EventRecord, read: (record: EventRecord) => void): void {
    const at = this.#makeKey(kind, record) ? this.#hash & (SLOTS - 1) : -1;
    const known = this.#slots[at];
    const isSame = known !== undefined && known.kind === kind && this.#isKey(known.key);
    if (isSame && known.replacements === kind.reader.replacements) return;
    read(record);
    if (at === -1) return;
    const { replacements } = kind.reader;
    if (isSame) known.replacements = replacements;
    else this.#slots[at] = { kind, key: this.#key.slice(0, this.#length), replacements };
  }

  /** Concatenates the relevant fields, each after its length. */
  #makeKey(kind: EventKind, record: EventRecord): boolean {
    const fields = kind.ranges(record.pointerSize);
    if (fields === undefined) return false;
    const count = fields.locate(record);
    if (count === -1) return false;
    const { ranges } = fields;
    const { narrow } = kind.reader;
    const { bytes } = record;
    const key = this.#key;
    let hash = 0x811c9dc5;
    let to = 0;
    for (let n = 0; n < count; n += 2) {
      narrow?.(bytes, ranges, n);
      const start = ranges[n] ?? 0;
      const end = ranges[n + 1] ?? 0;
      if (to + 2 + end - start > MAX_KEY_BYTES) return false;
      key[to++] = (end - start) & 0xff;
      key[to++] = (end - start) >> 8;
      for (let at = start; at < end; at++) {
        const byte = bytes[at] ?? 0;
        key[to++] = byte;
        hash = Math.imul(hash ^ byte, 0x01000193);
      }
    }
    this.#length = to;
    this.#hash = hash ^ (hash >>> 15);
    return true;
  }

  #isKey(key: Uint8Array): boolean {
    const length = this.#length;
    if (key.length !== length) return false;
    const own = this.#key;
    for (let at = 0; at < length; at++) if (key[at] !== own[at]) return false;
    return true;
  }
}
