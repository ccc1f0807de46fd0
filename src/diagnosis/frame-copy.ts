import type { Packet } from '../packets/index.js';

/** Frames up to this size are kept whole: DNS, DHCP, ARP, ICMP errors. */
const WHOLE = 640;
/** Bytes kept of longer frames: all headers up to TCP's options. */
const HEADERS = 128;
/** Copies share blocks of this size: an array for each would cost more than its bytes. */
const BLOCK = 256 * 1024;

/** The first appearance of a packet, until its journey is complete. */
export interface CopiedFrame {
  /** The bytes are `block[start … end)`. */
  readonly block: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly linkType: number;
  readonly originalLength: number;
  readonly isDerived: boolean;
}

/** Copies first appearances. A block is free again when all journeys of its packets are complete. */
export class FrameCopier {
  #block = new Uint8Array(BLOCK);
  #used = 0;

  /** Hot path. */
  copy(packet: Packet): CopiedFrame {
    const { bytes, captureLocation, length, originalLength, sighting, start } = packet;
    const kept = length <= WHOLE ? length : HEADERS;
    if (this.#used + kept > BLOCK) {
      this.#block = new Uint8Array(BLOCK);
      this.#used = 0;
    }
    const block = this.#block;
    const at = this.#used;
    for (let n = 0; n < kept; n++) block[at + n] = bytes[start + n] ?? 0;
    this.#used += kept;
    return {
      block,
      start: at,
      end: at + kept,
      linkType: captureLocation.linkType,
      originalLength,
      isDerived: sighting !== undefined && (sighting.parent !== 0 || sighting.parts.length > 0),
    };
  }
}
