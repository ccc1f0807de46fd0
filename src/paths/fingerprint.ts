import type { Packet } from '../packets/index.js';

/**
 * Bytes from the front that are compared: all headers and the first of the data. Packets of one connection differ there
 * in sequence numbers, IP identification or checksum.
 */
const COMPARED = 192;

/** Two independent hashes of a frame's first bytes, and its length: what tells frames apart for a guess. */
export class Fingerprint {
  first = 0;
  second = 0;
  length = 0;

  /** Hot path. */
  take({ bytes, length, start }: Packet): void {
    // FNV-1a and the multiplicative hash of Knuth (The Art of Computer Programming 6.4).
    let first = 0x811c_9dc5;
    let second = length;
    const end = start + Math.min(length, COMPARED);
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      first = Math.imul(first ^ byte, 0x0100_0193);
      second = Math.imul(second + byte, 0x9e37_79b1) ^ (second >>> 15);
    }
    this.first = first >>> 1;
    this.second = second | 0;
    this.length = length;
  }
}
