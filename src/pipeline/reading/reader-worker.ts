import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { BufferReader, Clock, type Damage, type Piece, PiecePool, type Segment } from '../../etl/index.js';
import { FileSource } from '../file-source.js';
import {
  ANSWER_FIELDS,
  AnswerField,
  Counter,
  NO_SLOT,
  REQUEST_FIELDS,
  type ReaderMessage,
  Request,
  RequestField,
  RING_ENTRIES,
  ringPlace,
  type SegmentMessage,
  type SharedState,
  type Slot,
  slotOver,
  slotSize,
} from './shared.js';

/** The smallest room in a slot: for bytes, and for records. */
const LEAST_BYTES = 1024;
const LEAST_RECORDS = 16;
/** Free slots that are kept although none of them has room. */
const MAX_USELESS_SLOTS = 16;

interface OwnSlot extends Slot {
  readonly id: number;
}

interface OpenReader {
  readonly reader: BufferReader;
  /** What its last piece reported. */
  readonly damage: Damage[];
}

/** The reader's side: fills slots with the pieces that are asked for, in the order in which they are asked for. */
class ReaderWorker {
  readonly #state: SharedState;
  readonly #pool = new PiecePool();
  readonly #segments = new Map<number, { readonly segment: Segment; readonly source: FileSource }>();
  readonly #readers = new Map<number, OpenReader>();
  readonly #slots = new Map<number, OwnSlot>();
  readonly #free: OwnSlot[] = [];
  #slotsMade = 0;
  #messages = 0;

  constructor(state: SharedState) {
    this.#state = state;
  }

  /** Never returns: the thread is ended from outside. */
  run(): never {
    const { control, requests } = this.#state;
    Atomics.store(control, Counter.up, 1);
    for (let taken = 0; ; ) {
      const requested = Atomics.load(control, Counter.requested);
      if (taken === requested) {
        Atomics.wait(control, Counter.requested, requested);
        continue;
      }
      const at = ringPlace(taken, REQUEST_FIELDS);
      this.#serve(requests.subarray(at, at + REQUEST_FIELDS));
      taken = (taken + 1) | 0;
      Atomics.store(control, Counter.requestsTaken, taken);
      Atomics.notify(control, Counter.requestsTaken);
    }
  }

  #serve(request: Float64Array): void {
    const id = request[RequestField.id] ?? 0;
    if (request[RequestField.what] === Request.free) {
      const slot = this.#slots.get(id);
      if (slot !== undefined) this.#free.push(slot);
      return;
    }
    try {
      if (request[RequestField.what] === Request.open) this.#open(id, request);
      this.#sendNext(id);
    } catch (error) {
      const code = hasCode(error) ? error.code : undefined;
      this.#post({ kind: 'error', text: error instanceof Error ? error.message : String(error), code });
      this.#answer(id, undefined, NO_SLOT, true);
    }
  }

  #open(id: number, request: Float64Array): void {
    const field = (at: number): number => request[at] ?? 0;
    const { segment, source } = this.#segment(field(RequestField.segment));
    const sizeInFile = field(RequestField.sizeInFile);
    const place = {
      position: field(RequestField.position),
      sizeInFile,
      header: {
        bufferSize: sizeInFile,
        filledBytes: field(RequestField.filledBytes),
        flags: field(RequestField.flags),
        processor: field(RequestField.processor),
        timeStamp: 0,
        sequenceNumber: 0,
        loggerId: 0,
        type: 0,
      },
    };
    const damage: Damage[] = [];
    const sink =
      field(RequestField.wantsDamage) === 1 ? { add: (item: Damage) => damage.push(item) } : undefined;
    const reader = new BufferReader(source, place, segment, this.#pool, sink);
    this.#readers.set(id, { reader, damage });
  }

  /** Segments are sent before the first buffer of theirs is asked for. */
  #segment(id: number) {
    for (;;) {
      const known = this.#segments.get(id);
      if (known !== undefined) return known;
      const message: SegmentMessage | undefined = receiveMessageOnPort(this.#state.port)?.message;
      if (message === undefined) throw new Error(`segment ${id} is not known`);
      const { clockType, frequency, startTime, origin, keyBase, keyScale, traceIndex } = message;
      const clock = new Clock(clockType, frequency, startTime, origin);
      const segment = { clock, keyBase, keyScale, traceIndex };
      this.#segments.set(message.id, { segment, source: new FileSource(message.file) });
    }
  }

  #sendNext(id: number): void {
    const open = this.#readers.get(id);
    const piece = open?.reader.next();
    const isLast = open === undefined || open.reader.done;
    if (isLast) this.#readers.delete(id);
    if (open !== undefined && open.damage.length > 0) {
      this.#post({ kind: 'damage', items: open.damage });
      open.damage.length = 0;
    }
    if (piece === undefined) {
      this.#answer(id, undefined, NO_SLOT, true);
      return;
    }
    const slot = this.#slotFor(piece);
    const { count } = piece;
    slot.bytes.set(piece.bytes);
    slot.keys.set(piece.keys.subarray(0, count));
    slot.offsets.set(piece.offsets.subarray(0, count));
    slot.sizes.set(piece.sizes.subarray(0, count));
    slot.rawHigh.set(piece.rawHigh.subarray(0, count));
    slot.rawLow.set(piece.rawLow.subarray(0, count));
    if (piece.order !== undefined) slot.order.set(piece.order);
    this.#answer(id, piece, slot.id, isLast);
    this.#pool.giveBack(piece);
  }

  #slotFor(piece: Piece): OwnSlot {
    const { count } = piece;
    const { length } = piece.bytes;
    const at = this.#free.findIndex(({ bytes, keys }) => bytes.length >= length && keys.length >= count);
    const [found] = at < 0 ? [] : this.#free.splice(at, 1);
    if (found !== undefined) return found;
    if (this.#free.length > MAX_USELESS_SLOTS) {
      const useless = this.#free.shift();
      if (useless !== undefined) {
        this.#slots.delete(useless.id);
        this.#post({ kind: 'drop', id: useless.id });
      }
    }
    const bytes = roomFor(length, LEAST_BYTES);
    const records = roomFor(count, LEAST_RECORDS);
    const buffer = new SharedArrayBuffer(slotSize(bytes, records));
    const slot = { ...slotOver(buffer, bytes), id: this.#slotsMade++ };
    this.#slots.set(slot.id, slot);
    this.#post({ kind: 'slot', id: slot.id, buffer, bytes });
    return slot;
  }

  #post(message: ReaderMessage): void {
    this.#messages += 1;
    this.#state.port.postMessage(message);
  }

  #answer(reader: number, piece: Piece | undefined, slot: number, isLast: boolean): void {
    const { control, pieces } = this.#state;
    const answered = Atomics.load(control, Counter.answered);
    for (;;) {
      const taken = Atomics.load(control, Counter.answersTaken);
      if (((answered - taken) | 0) < RING_ENTRIES) break;
      Atomics.wait(control, Counter.answersTaken, taken);
    }
    const at = ringPlace(answered, ANSWER_FIELDS);
    pieces[at + AnswerField.reader] = reader;
    pieces[at + AnswerField.slot] = slot;
    pieces[at + AnswerField.bytes] = piece?.bytes.length ?? 0;
    pieces[at + AnswerField.records] = piece?.count ?? 0;
    pieces[at + AnswerField.hasOrder] = piece?.order === undefined ? 0 : 1;
    pieces[at + AnswerField.isLast] = isLast ? 1 : 0;
    pieces[at + AnswerField.minKey] = piece?.minKey ?? 0;
    pieces[at + AnswerField.maxKey] = piece?.maxKey ?? 0;
    pieces[at + AnswerField.messages] = this.#messages;
    this.#messages = 0;
    Atomics.store(control, Counter.answered, (answered + 1) | 0);
    Atomics.notify(control, Counter.answered);
  }
}

/** Rounds up by a quarter at most, so that pieces of one kind of trace fit into each other's slots. */
function roomFor(size: number, least: number): number {
  const step = Math.max(least, 2 ** (Math.floor(Math.log2(Math.max(1, size))) - 2));
  return Math.ceil(size / step) * step;
}

const hasCode = (error: unknown): error is { readonly code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

const state: SharedState = workerData;
new ReaderWorker(state).run();
