/** Big-endian, as in network headers. The caller checks the range. */
export const readUint16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** Big-endian, 0 to 2^32 - 1. The caller checks the range. */
export const readUint32 = (bytes: Uint8Array, at: number): number =>
  readUint16(bytes, at) * 0x1_0000 + readUint16(bytes, at + 2);
