/** Kinds of container errors that callers can act on. */
export type EtlErrorCode =
  /** The file has no bytes. */
  | 'empty'
  /** The first bytes are not an ETL buffer with a trace header. */
  | 'not-etl'
  /** A read inside the file failed. */
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
