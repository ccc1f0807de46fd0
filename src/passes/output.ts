/** A complete, closed file that waits for its name. */
export interface FinishedFile {
  /** Its current path. */
  readonly temporary: string;
  /** Its final path. */
  readonly path: string;
  /** Replace a file that exists. */
  readonly force: boolean;
  /** Wait until the name is on the disk. */
  readonly fsync: boolean;
}

/** A destination of bytes in order, which is either completed or discarded. */
export interface Output {
  /** For people and the summary: the final path, or `standard output`. */
  readonly name: string;
  /** Bytes written so far. */
  readonly bytes: number;
  /**
   * Resolves when more can be written: waits for slow readers.
   *
   * @param done called after the last use of the bytes; never for a stream of the caller, who can keep them
   */
  write(bytes: Uint8Array, done?: () => void): Promise<void>;
  /** Writes the rest and closes the file, which keeps its temporary name. */
  finish(): Promise<void>;
  /** How a finished file gets its name; undefined for a device, a pipe or a stream. */
  readonly file?: FinishedFile;
  /** Makes the result appear under its name. */
  complete(): Promise<void>;
  /** Removes everything that was written. Does nothing after {@link complete}. */
  discard(): Promise<void>;
}

/** Bytes for one output, in order. */
export interface OutputBytes {
  readonly output: Output;
  readonly bytes: Uint8Array;
  /** Called after their last use. */
  readonly done?: () => void;
}
