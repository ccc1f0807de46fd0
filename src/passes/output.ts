/** Where a result goes: bytes in order, then either complete or nothing. */
export interface Output {
  /** For people and the summary: the final path, or `standard output`. */
  readonly name: string;
  /** Bytes handed over so far. */
  readonly bytes: number;
  /**
   * Resolves when more can be written: a slow reader is waited for.
   *
   * @param done called when nobody reads the bytes any more; never for a stream of the caller's, which can hand them on
   */
  write(bytes: Uint8Array, done?: () => void): Promise<void>;
  /** Makes the result appear under its name. */
  complete(): Promise<void>;
  /** Leaves nothing behind. Does nothing after {@link complete}. */
  discard(): Promise<void>;
}

/** Bytes for one output, in order. */
export interface OutputBytes {
  readonly output: Output;
  readonly bytes: Uint8Array;
  /** To be called when nobody reads them any more. */
  readonly done?: () => void;
}
