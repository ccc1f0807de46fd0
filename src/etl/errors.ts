/** What is wrong with the container, for callers that act on it. */
export type EtlErrorCode =
  /** The file has no bytes. */
  | 'empty'
  /** The first bytes are not an ETL buffer with a trace header. */
  | 'not-etl'
  /** The file could not be read where it should have bytes. */
  | 'unreadable';

/** The trace cannot be opened at all. Damage inside a trace never throws: it is counted, see {@link Damage}. */
export class EtlError extends Error {
  override readonly name = 'EtlError';

  constructor(
    readonly code: EtlErrorCode,
    /** Byte offset in the file. */
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}
