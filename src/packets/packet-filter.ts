import type { CaptureLocation } from '../host/index.js';
import type { Packet } from './packet.js';

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
}

/** Which packets the options let through. */
export class PacketFilter {
  readonly #drops: PacketCriteria['drops'];
  readonly #since: TimeLimit | undefined;
  readonly #until: TimeLimit | undefined;
  readonly #isWanted: ((captureLocation: CaptureLocation) => boolean) | undefined;

  /** @param isWanted whether --component includes packets of a location; undefined: all */
  constructor(options: PacketCriteria, isWanted?: (captureLocation: CaptureLocation) => boolean) {
    this.#drops = options.drops;
    this.#since = options.since === undefined ? undefined : limit(options.since);
    this.#until = options.until === undefined ? undefined : limit(options.until);
    this.#isWanted = isWanted;
  }

  /** Whether --component includes packets of this location. */
  acceptsCaptureLocation(captureLocation: CaptureLocation): boolean {
    return this.#isWanted?.(captureLocation) ?? true;
  }

  /** Hot path. */
  accepts(packet: Packet): boolean {
    if (this.#drops === 'only' && !packet.dropped) return false;
    if (this.#drops === 'exclude' && packet.dropped) return false;
    if (this.#since !== undefined && isBefore(packet, this.#since)) return false;
    if (this.#until !== undefined && !isBefore(packet, this.#until)) return false;
    return this.acceptsCaptureLocation(packet.captureLocation);
  }
}

const isBefore = (packet: Packet, time: TimeLimit): boolean =>
  packet.timeHigh < time.high || (packet.timeHigh === time.high && packet.timeLow < time.low);
