import { type CaptureLocation, SNAP_LENGTH } from '../host/index.js';
import type { Packet, Sighting } from '../packets/index.js';

/** Counts of the packets of one location. */
export interface CaptureLocationCounts {
  packets: number;
  drops: number;
  /** Packets of which the capture kept a part. */
  truncated: number;
  /** Captured bytes of the longest of those. */
  longestTruncated: number;
}

/** Counts packets by location. */
export class SeenPackets {
  readonly byCaptureLocation = new Map<CaptureLocation, CaptureLocationCounts>();
  #lastCaptureLocation: CaptureLocation | undefined;
  #last: CaptureLocationCounts = noPackets();

  /** Hot path. */
  add(packet: Packet): void {
    if (packet.captureLocation !== this.#lastCaptureLocation) {
      this.#lastCaptureLocation = packet.captureLocation;
      this.#last = this.#countsOf(packet.captureLocation);
    }
    const counts = this.#last;
    counts.packets += 1;
    if (packet.dropped) counts.drops += 1;
    const { length } = packet;
    // Packets with the snap length were truncated by this program.
    if ((packet.originalLength > length || packet.lengthUnknown) && length < SNAP_LENGTH) {
      counts.truncated += 1;
      if (length > counts.longestTruncated) counts.longestTruncated = length;
    }
  }

  /** Packets of all locations. */
  get packets(): number {
    let sum = 0;
    for (const { packets } of this.byCaptureLocation.values()) sum += packets;
    return sum;
  }

  #countsOf(captureLocation: CaptureLocation): CaptureLocationCounts {
    const known = this.byCaptureLocation.get(captureLocation);
    if (known !== undefined) return known;
    const fresh = noPackets();
    this.byCaptureLocation.set(captureLocation, fresh);
    return fresh;
  }
}

const noPackets = (): CaptureLocationCounts => ({
  packets: 0,
  drops: 0,
  truncated: 0,
  longestTruncated: 0,
});

/** Number of packets that the correlator keeps open: an older packet cannot have another appearance. */
const REMEMBERED = 1 << 18;

/** Counts frames that are further copies of a packet that was counted before. */
export class CopyCounter {
  further = 0;
  /** Lower 32 bits of packet numbers. */
  readonly #seen = new Uint32Array(REMEMBERED);

  /** Hot path. */
  add({ packet }: Sighting): void {
    const slot = packet & (REMEMBERED - 1);
    const number = packet >>> 0;
    if (this.#seen[slot] === number) this.further += 1;
    else this.#seen[slot] = number;
  }
}
