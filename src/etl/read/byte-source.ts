/** The bytes of a trace: a file, a spooled pipe, or memory. Reads are synchronous and at an explicit offset. */
export interface ByteSource {
  /** Bytes at the time of opening. */
  readonly size: number;
  /**
   * Reads into `into`, from offset `position` of the source.
   *
   * @returns the number of bytes read; less than `into.length` only at the end of the source
   */
  read(position: number, into: Uint8Array): number;
}
