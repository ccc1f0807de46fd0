import type { EventRecord } from '../etl/index.js';
import { providerKey } from '../etw/index.js';

import type { ProviderSummary } from './summary.js';

/** Outcome of a record. */
export type Fate = 'packet' | 'merged' | 'other';

/** More providers than Windows has; a hostile trace can name one in each record. */
const MAX_PROVIDERS = 65_536;
/** Name under which providers beyond the limit are counted. */
const OTHER_PROVIDERS = 'others';

interface Counts {
  packet: number;
  merged: number;
  other: number;
}

/** Counts records by provider and outcome. */
export class ProviderCounts {
  readonly #byProvider = new Map<string, Counts>();
  #lastId = '';
  #last: Counts = { packet: 0, merged: 0, other: 0 };

  /** Hot path. */
  count(record: EventRecord, fate: Fate): void {
    const id = providerKey(record);
    // GUID strings are interned by the record: neighbours of one provider compare by reference.
    if (id !== this.#lastId) {
      this.#lastId = id;
      this.#last = this.#countsOf(id);
    }
    const counts = this.#last;
    switch (fate) {
      case 'packet':
        counts.packet += 1;
        break;
      case 'merged':
        counts.merged += 1;
        break;
      case 'other':
        counts.other += 1;
        break;
    }
  }

  /** A record that was counted as merged is an event after all. */
  unmerge(record: EventRecord): void {
    const counts = this.#countsOf(providerKey(record));
    counts.merged -= 1;
    counts.other += 1;
  }

  has(id: string): boolean {
    return this.#byProvider.has(id);
  }

  /** Providers by number of records, largest first. */
  summary(nameOf: (id: string) => string | undefined): ProviderSummary[] {
    return [...this.#byProvider]
      .map(([id, { packet, merged, other }]) => {
        const name = nameOf(id);
        return {
          id,
          ...(name !== undefined && { name }),
          records: packet + merged + other,
          packets: packet,
          merged,
          events: other,
        };
      })
      .sort((a, b) => b.records - a.records || (a.id < b.id ? -1 : 1));
  }

  #countsOf(id: string): Counts {
    const known = this.#byProvider.get(id);
    if (known !== undefined) return known;
    if (this.#byProvider.size >= MAX_PROVIDERS && id !== OTHER_PROVIDERS)
      return this.#countsOf(OTHER_PROVIDERS);
    const fresh = { packet: 0, merged: 0, other: 0 };
    this.#byProvider.set(id, fresh);
    return fresh;
  }
}
