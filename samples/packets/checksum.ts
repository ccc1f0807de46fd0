/** The Internet checksum (RFC 1071) over pieces that follow each other; only the last may have an odd length. */
export function internetChecksum(pieces: readonly Uint8Array[]): number {
  let sum = 0;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += 2) {
      sum += ((piece[at] ?? 0) << 8) | (piece[at + 1] ?? 0);
    }
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
