import { FrameLayout, isChecksumLeft, parseFrame } from '../net/index.js';
import { Direction, Offload, type Packet } from '../packets/index.js';

/** Frames whose checksums were left to the NIC. */
export interface ChecksumSummary {
  readonly frames: number;
  /** Of those, frames without out-of-band data: decided from the checksum fields alone. */
  readonly inferred: number;
}

/** Counts frames whose checksums were left to the NIC: they are invalid in the capture and not on the wire. */
export class ChecksumCounts {
  #frames = 0;
  #inferred = 0;
  readonly #layout = new FrameLayout();

  /** Hot path. */
  add(packet: Packet): void {
    if ((packet.offload & Offload.checksum) !== 0) {
      this.#frames += 1;
      return;
    }
    if (packet.offload !== 0 || packet.direction !== Direction.outbound) return;
    const { bytes, length, start } = packet;
    parseFrame(bytes, start, length, packet.captureLocation.linkType, this.#layout);
    if (!isChecksumLeft(bytes, this.#layout)) return;
    this.#frames += 1;
    this.#inferred += 1;
  }

  summary(): ChecksumSummary {
    return { frames: this.#frames, inferred: this.#inferred };
  }
}
