/** A complete, closed file that waits for its name. */
export interface FinishedFile {
  /** Where it is. */
  readonly temporary: string;
  /** Where it belongs. */
  readonly path: string;
  /** Replace a file that exists. */
  readonly force: boolean;
  /** Wait until the name is on the disk. */
  readonly fsync: boolean;
}

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
  /** Writes the rest and closes the file, which keeps its temporary name. */
  finish(): Promise<void>;
  /** How a finished file gets its name; undefined for a device, a pipe or a stream. */
  readonly file?: FinishedFile;
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
