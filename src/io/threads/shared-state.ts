import type { MessagePort } from 'node:worker_threads';
import type { BufferClaims, ClockType, SurveyShare } from '../../etl/index.js';
import type { ConvertError } from '../../passes/index.js';

/**
 * State shared by the conversion and its reader thread. A ring carries batches of records in one direction; the
 * records, and the numbers of a batch, are in shared memory. Rare messages use the message port.
 */
export interface SharedState {
  /** See {@link Counter}. */
  readonly control: Int32Array<SharedArrayBuffer>;
  /** Entries of {@link ENTRY_FIELDS}. */
  readonly ring: Int32Array<SharedArrayBuffer>;
  readonly port: MessagePort;
}

/** Indexes into `control`. */
export const Counter = {
  // Since the start: entries written to and read from the ring, batches released, commands sent.
  put: 0,
  taken: 1,
  released: 2,
  commands: 3,
  /** Changes whenever the thread may continue after waiting for space. */
  room: 4,
  /** In a survey: the next buffer that neither has claimed. */
  unclaimed: 5,
  /** 1 if the thread has started. */
  up: 6,
} as const;
export const COUNTERS = 7;

/** Maximum number of batches ahead, including those waiting in the conversion's streams. */
export const AHEAD = 16;
/** A waiting thread continues when fewer than these are left: waking it takes longer than reading one. */
export const AHEAD_AGAIN = 8;
/** A waiting conversion is woken at this number of batches. */
export const WORTH_WAKING = 2;

/** Entries for {@link AHEAD} and for the ends of walks; a power of two, so that counters may wrap. */
export const RING_ENTRIES = 64;

/** Numbers of an entry. */
export const EntryField = {
  /** {@link NO_BATCH} where the walk is over. */
  batch: 0,
  /** At the end of a merge: records out of order. */
  records: 1,
  /** Stretches that the batch holds. */
  held: 2,
  /** Messages that were sent before it and belong to it. */
  messages: 3,
} as const;
export const ENTRY_FIELDS = 4;
export const NO_BATCH = -1;

/**
 * The buffers that this thread reads in a shared survey. Each thread claims the next when it is free; the order in
 * which the conversion receives records does not depend on it.
 */
export class OwnBuffers implements BufferClaims {
  /** Whether the other thread has claimed one of the requested buffers. */
  hasOthers = false;
  readonly #control: Int32Array<SharedArrayBuffer>;
  #own = -1;

  constructor(control: Int32Array<SharedArrayBuffer>) {
    this.#control = control;
  }

  claims(buffer: number): boolean {
    if (this.#own < buffer) this.#own = Atomics.add(this.#control, Counter.unclaimed, 1);
    const isOwn = this.#own === buffer;
    if (!isOwn) this.hasOthers = true;
    return isOwn;
  }
}

/** The position of an entry in its ring. */
export const ringPlace = (counter: number): number => (counter & (RING_ENTRIES - 1)) * ENTRY_FIELDS;

/** The table of a batch: its `walked` and `bufferNumber`, then {@link HELD_FIELDS} numbers of each block bytes it holds. */
export const TABLE_START = 2;
export const HeldField = {
  /** The block that the block bytes is. */
  block: 0,
  /** How often the block was filled. */
  filling: 1,
  bytes: 2,
  processor: 3,
  bufferPosition: 4,
  clock: 5,
  traceIndex: 6,
} as const;
export const HELD_FIELDS = 7;

/** To the reader thread. Traces are numbered as they were opened. */
export type ReaderCommand =
  | {
      readonly kind: 'open';
      /** Descriptor of the open file, its name for messages, and its size. */
      readonly file: number;
      readonly name: string;
      readonly size: number;
      readonly keyBase: bigint | undefined;
      readonly traceIndex: number | undefined;
    }
  /** It does a share of it: see {@link OwnBuffers}. */
  | { readonly kind: 'survey'; readonly trace: number }
  /** The conversion's share of it. */
  | { readonly kind: 'join'; readonly trace: number; readonly share: SurveyShare }
  | { readonly kind: 'merge'; readonly traces: readonly number[] };

/** From the reader thread. */
export type ReaderMessage =
  | {
      readonly kind: 'batch';
      readonly id: number;
      readonly memory: SharedArrayBuffer;
      readonly table: Float64Array<SharedArrayBuffer>;
    }
  /** A block has other memory now, or is new. */
  | { readonly kind: 'piece'; readonly id: number; readonly memory: SharedArrayBuffer }
  | {
      readonly kind: 'clock';
      readonly id: number;
      readonly type: ClockType;
      readonly frequency: number;
      readonly startTime: bigint;
      readonly origin: bigint;
    }
  | { readonly kind: 'surveyed'; readonly share: SurveyShare }
  | {
      readonly kind: 'error';
      readonly text: string;
      /** Of a ConvertError. */
      readonly code: ConvertError['code'] | undefined;
      readonly stack: string | undefined;
    };
