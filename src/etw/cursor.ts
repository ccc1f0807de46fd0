import type { EventRecord } from '../etl/index.js';

const EMPTY = new Uint8Array(0);

/**
 * Where reading stands in a payload. Never reads behind {@link end}: what does not fit is not read, and
 * {@link truncated} says so.
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
   * How many more values may be read. Values without bytes (an array of a billion empty structures) would otherwise
   * take time that no payload justifies.
   */
  budget = 0;

  /** @param fieldCount fields of the schema: what a payload may hold besides its bytes */
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

  /** Takes up to `wanted` bytes; fewer, noted as truncation, where the payload ends before. */
  take(wanted: number): number {
    const left = this.end - this.at;
    if (wanted <= left) return wanted;
    this.truncated = true;
    return left;
  }
}
