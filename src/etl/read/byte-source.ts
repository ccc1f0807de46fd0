/**
 * Where a trace's bytes come from. Reads are synchronous and positioned, so that the container can be walked without
 * knowing whether a file, a spooled pipe or memory is behind it.
 */
export interface ByteSource {
  /** Bytes there are, at the time of opening. */
  readonly size: number;
  /**
   * Fills `into` from `position` on.
   *
   * @returns the bytes read: fewer than asked only where the source ends.
   */
  read(position: number, into: Uint8Array): number;
}

/** A trace that is in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read(position, into) {
      const part = bytes.subarray(position, position + into.length);
      into.set(part);
      return part.length;
    },
  };
}
