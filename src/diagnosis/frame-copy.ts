import type { Packet } from '../packets/index.js';

/** Frames up to this size are kept whole: DNS, DHCP, ARP, ICMP errors. */
const WHOLE = 640;
/** Bytes kept of longer frames: all headers up to TCP's options. */
const HEADERS = 128;

/** The first appearance of a packet, until its journey is complete. */
export interface CopiedFrame {
  readonly bytes: Uint8Array;
  readonly linkType: number;
  readonly originalLength: number;
  readonly isDerived: boolean;
}

/** Hot path. */
export function copyFrame(packet: Packet): CopiedFrame {
  const { bytes, length, originalLength, captureLocation, sighting, start } = packet;
  const kept = length <= WHOLE ? length : HEADERS;
  return {
    bytes: bytes.slice(start, start + kept),
    linkType: captureLocation.linkType,
    originalLength,
    isDerived: sighting !== undefined && (sighting.parent !== 0 || sighting.parts.length > 0),
  };
}
