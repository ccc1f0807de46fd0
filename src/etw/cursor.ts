import type { EventRecord } from '../etl/index.js';

const EMPTY = new Uint8Array(0);

/**
 * The read position in a payload. Never reads after {@link end}: values that do not fit are not read and set {@link
 * truncated}.
 */
export class PayloadCursor {
  bytes: Uint8Array = EMPTY;
  view: DataView = new DataView(EMPTY.buffer);
  at = 0;
  end = 0;
  pointerSize: 4 | 8 = 8;
  /** A field was cut by the end of the payload. */
  truncated = false;
  /** A text ended with the payload and not with a NUL. */
  unterminated = false;
  /**
   * Number of values that may still be read. Values without bytes (an array of a billion empty structures) would
   * otherwise take unlimited time.
   */
  budget = 0;

  /** @param fieldCount fields of the schema, which limit the number of values besides the payload's bytes */
  start(record: EventRecord, fieldCount: number): void {
    this.bytes = record.bytes;
    this.view = record.view;
    this.at = record.payloadOffset;
    this.end = record.payloadOffset + record.payloadLength;
    this.pointerSize = record.pointerSize;
    this.truncated = false;
    this.unterminated = false;
    this.budget = 4 * record.payloadLength + fieldCount + 64;
  }

  /** True where `count` bytes are left; else notes the truncation, unless the payload ends exactly here. */
  has(count: number): boolean {
    if (this.end - this.at >= count) return true;
    if (this.at < this.end) this.truncated = true;
    return false;
  }

  /** Consumes up to `wanted` bytes; if the payload ends before, fewer, and sets {@link truncated}. */
  take(wanted: number): number {
    const left = this.end - this.at;
    if (wanted <= left) return wanted;
    this.truncated = true;
    return left;
  }
}
