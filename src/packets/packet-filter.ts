import type { Place } from '../host/index.js';
import type { Packet } from './packet.js';

/** Packets that --first-appearance remembers, twice over; appearances of one packet are milliseconds apart. */
const REMEMBERED = 100_000;

interface TimeLimit {
  readonly high: number;
  readonly low: number;
}

const limit = (ticks: bigint): TimeLimit => ({
  high: Number(ticks >> 32n),
  low: Number(ticks & 0xffff_ffffn),
});

/** Which packets are selected; absent members select all. */
export interface PacketCriteria {
  /** `only`: dropped packets alone; `exclude`: all others. */
  readonly drops?: 'only' | 'exclude';
  /** Only packets from this time on; Unix time in 100 ns. */
  readonly since?: bigint;
  /** Only packets before this time; Unix time in 100 ns. */
  readonly until?: bigint;
  /** One copy of each packet that pktmon saw at several components: the first. */
  readonly firstAppearance?: boolean;
}

/** Which packets the options let through. */
export class PacketFilter {
  readonly #drops: PacketCriteria['drops'];
  readonly #since: TimeLimit | undefined;
  readonly #until: TimeLimit | undefined;
  readonly #isWanted: ((place: Place) => boolean) | undefined;
  readonly #firstAppearance: boolean;
  #seen = new Set<string>();
  #seenBefore = new Set<string>();

  /**
   * @param isWanted whether --component lets packets of a place through; undefined: all
   */
  constructor(options: PacketCriteria, isWanted?: (place: Place) => boolean) {
    this.#drops = options.drops;
    this.#since = options.since === undefined ? undefined : limit(options.since);
    this.#until = options.until === undefined ? undefined : limit(options.until);
    this.#firstAppearance = options.firstAppearance ?? false;
    this.#isWanted = isWanted;
  }

  /** Whether --component lets packets of this place through. */
  acceptsPlace(place: Place): boolean {
    return this.#isWanted?.(place) ?? true;
  }

  /** Hot path. To be asked once for each packet, in the order of time. */
  accepts(packet: Packet): boolean {
    if (this.#drops === 'only' && !packet.dropped) return false;
    if (this.#drops === 'exclude' && packet.dropped) return false;
    if (this.#since !== undefined && isBefore(packet, this.#since)) return false;
    if (this.#until !== undefined && !isBefore(packet, this.#until)) return false;
    if (!this.acceptsPlace(packet.place)) return false;
    return !this.#firstAppearance || this.#isFirst(packet);
  }

  /** pktmon: PktGroupId and PktNumber name a packet (docs/format/packet-identity.md). Other packets are always first. */
  #isFirst(packet: Packet): boolean {
    if (packet.place.source !== 'pktmon' || !packet.hasNbl) return true;
    const key = `${packet.nblHigh}/${packet.nblLow}/${packet.packetNumber}`;
    if (this.#seen.has(key) || this.#seenBefore.has(key)) return false;
    if (this.#seen.size >= REMEMBERED) {
      this.#seenBefore = this.#seen;
      this.#seen = new Set();
    }
    this.#seen.add(key);
    return true;
  }
}

const isBefore = (packet: Packet, time: TimeLimit): boolean =>
  packet.timeHigh < time.high || (packet.timeHigh === time.high && packet.timeLow < time.low);
