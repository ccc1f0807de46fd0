import type { MessagePort } from 'node:worker_threads';
import type { ClockType, Damage } from '../../etl/index.js';

/**
 * What the conversion and its reader thread share. Two rings carry numbers: requests one way, pieces the other way. Bytes
 * and records lie in slots, shared memory that the reader fills and the conversion gives back. Only what is rare goes
 * through the message port.
 */
export interface SharedState {
  /** Counters, see {@link Counter}. */
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly requests: Float64Array<SharedArrayBuffer>;
  readonly pieces: Float64Array<SharedArrayBuffer>;
  readonly port: MessagePort;
}

/** Entries that each ring has room for; a power of two, so that counters may wrap. */
export const RING_ENTRIES = 4096;

/**
 * How many entries were written to and taken from each ring since the start, and 1 where the reader is up; indexes into
 * `control`.
 */
export const Counter = { requested: 0, requestsTaken: 1, answered: 2, answersTaken: 3, up: 4 } as const;
export const COUNTERS = 5;

/** First number of a request. */
export const Request = { open: 0, next: 1, free: 2 } as const;

/** Numbers of a request: {@link Request}, then reader (of `free`: slot); of `open` the others too. */
export const RequestField = {
  what: 0,
  id: 1,
  segment: 2,
  position: 3,
  sizeInFile: 4,
  filledBytes: 5,
  flags: 6,
  processor: 7,
  wantsDamage: 8,
} as const;
export const REQUEST_FIELDS = 9;

/** Numbers of an answer: the next piece of a reader, in a slot. */
export const AnswerField = {
  reader: 0,
  /** {@link NO_SLOT} where there are no more pieces. */
  slot: 1,
  bytes: 2,
  records: 3,
  hasOrder: 4,
  isLast: 5,
  minKey: 6,
  maxKey: 7,
  /** Messages that were sent before it and belong to it. */
  messages: 8,
} as const;
export const ANSWER_FIELDS = 9;
export const NO_SLOT = -1;

/** Where an entry stands in its ring. */
export const ringPlace = (counter: number, fields: number): number => (counter & (RING_ENTRIES - 1)) * fields;

/** The arrays of a piece, in shared memory; see Piece. */
export interface Slot {
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly keys: Float64Array;
  readonly offsets: Uint32Array;
  readonly sizes: Uint32Array;
  readonly rawHigh: Int32Array;
  readonly rawLow: Uint32Array;
  readonly order: Uint32Array;
}

/** key f64; offset, size, two halves of the time, order: 32 bits each. */
const RECORD_BYTES = 28;

/** @param bytes a multiple of 8 */
export const slotSize = (bytes: number, records: number): number => bytes + records * RECORD_BYTES;

/** The arrays in a slot for so many bytes. */
export function slotOver(buffer: SharedArrayBuffer, byteCount: number): Slot {
  const records = (buffer.byteLength - byteCount) / RECORD_BYTES;
  const keysEnd = byteCount + records * 8;
  const at = (n: number): number => keysEnd + n * records * 4;
  return {
    bytes: new Uint8Array(buffer, 0, byteCount),
    keys: new Float64Array(buffer, byteCount, records),
    offsets: new Uint32Array(buffer, at(0), records),
    sizes: new Uint32Array(buffer, at(1), records),
    rawHigh: new Int32Array(buffer, at(2), records),
    rawLow: new Uint32Array(buffer, at(3), records),
    order: new Uint32Array(buffer, at(4), records),
  };
}

/** To the reader: what a segment's buffers are read from and with. */
export interface SegmentMessage {
  readonly id: number;
  /** Descriptor of the open file. */
  readonly file: number;
  readonly clockType: ClockType;
  readonly frequency: number;
  readonly startTime: bigint;
  readonly origin: bigint;
  readonly keyBase: number;
  readonly keyScale: number;
  readonly traceIndex: number;
}

/** From the reader. */
export type ReaderMessage =
  | { readonly kind: 'slot'; readonly id: number; readonly buffer: SharedArrayBuffer; readonly bytes: number }
  | { readonly kind: 'drop'; readonly id: number }
  | { readonly kind: 'damage'; readonly items: readonly Damage[] }
  /** `code`: of the file system, such as EIO. */
  | { readonly kind: 'error'; readonly text: string; readonly code: string | undefined };
