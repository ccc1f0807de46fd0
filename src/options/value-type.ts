/** The values of an option: how they are typed on the command line, and which ones the library accepts. */
export interface ValueType<T> {
  /** Description of the values on the command line, in messages after the word "expected". */
  readonly takes: string;
  /** Returns the value that a text denotes; undefined if it denotes none. */
  readonly parse: (text: string) => T | undefined;
  /** Description of the library's values, in messages after the word "expected". */
  readonly accepts: string;
  /** Whether the library accepts a value. */
  readonly check: (value: unknown) => boolean;
  /** All texts that are accepted, if they can be listed. */
  readonly choices?: readonly T[];
}
