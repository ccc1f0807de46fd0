/** A failed conversion, with a code for callers. The message names the file and the remedy. */
export class ConvertError extends Error {
  override readonly name = 'ConvertError';

  constructor(
    readonly code: /** The input is missing, unreadable, empty or not an ETL file. */
      | 'input'
      /** The output exists and may not be replaced. */
      | 'exists'
      /** The output cannot be written: no space, no permission, a reader that went away. */
      | 'output'
      /** Options that contradict each other or the input. */
      | 'usage'
      /** The caller's signal ended it. */
      | 'aborted'
      /** A thread of the conversion ended before its work was done. */
      | 'crashed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
