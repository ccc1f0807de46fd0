import {
  type DropCountJson,
  type DropJson,
  dropJson,
  type NameLookup,
  type Packet,
  UNKNOWN,
} from '../packets/index.js';

/** Limit of distinguished reasons and locations, against hostile traces. The others are counted together. */
const MAX_KINDS = 10_000;
const OTHERS = 'others';

interface DropCount {
  readonly reason: number;
  readonly location: number;
  readonly drop: DropJson;
  packets: number;
}

/** Counts dropped packets by reason and location. */
export class DropCounts {
  readonly #counts = new Map<string, DropCount>();

  count(packet: Packet, names: NameLookup): void {
    const { dropReason: reason, dropLocation: location } = packet;
    const key = `${reason}/${location}`;
    let entry = this.#counts.get(key);
    if (entry === undefined) {
      const hasRoom = this.#counts.size < MAX_KINDS;
      entry = hasRoom
        ? { reason, location, drop: dropJson(reason, location, names), packets: 0 }
        : this.#others();
      this.#counts.set(hasRoom ? key : OTHERS, entry);
    }
    entry.packets += 1;
  }

  #others(): DropCount {
    return (
      this.#counts.get(OTHERS) ?? {
        reason: UNKNOWN,
        location: UNKNOWN,
        drop: { Drop: 'Dropped for other reasons or at other locations' },
        packets: 0,
      }
    );
  }

  /** Most frequent first. */
  summary(): DropCountJson[] {
    return [...this.#counts.values()]
      .sort((a, b) => b.packets - a.packets || a.reason - b.reason || a.location - b.location)
      .map(({ drop, packets }) => ({ ...drop, packets }));
  }
}
