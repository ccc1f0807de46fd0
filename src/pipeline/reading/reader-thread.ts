import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import {
  type BufferPlace,
  Clock,
  type Damage,
  type DamageSink,
  Piece,
  type PieceHome,
  type PieceReader,
  type Reading,
  type Segment,
} from '../../etl/index.js';
import type { FileSource } from '../file-source.js';
import {
  ANSWER_FIELDS,
  AnswerField,
  COUNTERS,
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
} from './shared.js';

/** Pieces asked for ahead, of a trace: enough that neither side waits for the other to wake up. */
export const PIECES_AHEAD = 8;

const sharedFloats = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(length * 8));

/** Until a piece is laid over a slot it has no time. */
const NO_CLOCK = new Clock('system-time', 10_000_000, 0n, 0n);

/** Requests that may wait before the reader is woken, which takes the system longer than to serve one. */
const REQUESTS_A_WAKE = 4;

/** A piece in a slot. */
interface SlotPiece extends Slot {
  readonly piece: Piece;
}

/**
 * A second thread that reads and expands the buffers of traces ahead of the conversion, and finds the records in them:
 * half of the work with compressed traces. What it gives is what DirectReading gives.
 */
export class ReaderThread implements PieceHome {
  readonly #state: SharedState;
  readonly #worker: Worker;
  readonly #segments = new Map<Segment, number>();
  readonly #slots = new Map<number, SlotPiece>();
  readonly #slotOf = new Map<Piece, number>();
  readonly #readers = new Map<number, ThreadReader>();
  #readersMade = 0;
  #requested = 0;
  /** Requests since the reader was woken. */
  #unheard = 0;
  #taken = 0;

  /** @param file the worker's, compiled */
  constructor(file: URL) {
    const { port1, port2 } = new MessageChannel();
    const shared = {
      control: new Int32Array(new SharedArrayBuffer(COUNTERS * 4)),
      requests: sharedFloats(RING_ENTRIES * REQUEST_FIELDS),
      pieces: sharedFloats(RING_ENTRIES * ANSWER_FIELDS),
    };
    this.#state = { ...shared, port: port1 };
    const workerData: SharedState = { ...shared, port: port2 };
    this.#worker = new Worker(file, { workerData, transferList: [port2] });
    // It serves this thread alone, and is waited for only where its pieces are needed.
    this.#worker.unref();
    port1.unref();
  }

  /** Whether the thread has started; what is asked for before waits until it has. */
  get isUp(): boolean {
    return Atomics.load(this.#state.control, Counter.up) === 1;
  }

  /** Reads the buffers of a trace in this file. */
  reading(source: FileSource): Reading {
    return {
      ahead: PIECES_AHEAD,
      open: (place, segment, damage, pieces) => this.#open(source, place, segment, damage, pieces),
    };
  }

  giveBack(piece: Piece): void {
    this.#request(Request.free, this.#slotOf.get(piece) ?? NO_SLOT);
  }

  async close(): Promise<void> {
    this.#state.port.close();
    await this.#worker.terminate();
  }

  /** The next answer for a reader is in its queue when this returns. */
  waitFor(reader: ThreadReader): void {
    const { control } = this.#state;
    for (;;) {
      this.#takeAnswers();
      if (reader.hasAnswer) return;
      this.#wake();
      Atomics.wait(control, Counter.answered, this.#taken);
    }
  }

  askNext(reader: number): void {
    this.#request(Request.next, reader);
  }

  /** The piece of an answer. */
  pieceOf(answer: Float64Array, place: BufferPlace, segment: Segment): Piece | undefined {
    const slot = this.#slots.get(answer[AnswerField.slot] ?? NO_SLOT);
    if (slot === undefined) return undefined;
    const { piece } = slot;
    const length = answer[AnswerField.bytes] ?? 0;
    piece.reset(length, place, segment);
    // Packets are copied out of memory that is shared a byte at a time (V8 11), but all of it at once in words.
    piece.bytes.set(slot.bytes.subarray(0, length));
    piece.count = answer[AnswerField.records] ?? 0;
    piece.order = answer[AnswerField.hasOrder] === 1 ? slot.order : undefined;
    piece.minKey = answer[AnswerField.minKey] ?? 0;
    piece.maxKey = answer[AnswerField.maxKey] ?? 0;
    return piece;
  }

  #open(
    source: FileSource,
    place: BufferPlace,
    segment: Segment,
    damage: DamageSink | undefined,
    pieces: number,
  ): PieceReader {
    const id = this.#readersMade++;
    const reader = new ThreadReader(this, id, place, segment, damage);
    this.#readers.set(id, reader);
    const known = this.#segments.get(segment) ?? this.#sendSegment(source, segment);
    this.#request(Request.open, id, known, place, damage !== undefined);
    // What is asked for behind the last piece is answered with nothing.
    for (let n = 1; n < pieces; n++) this.askNext(id);
    return reader;
  }

  #sendSegment(source: FileSource, segment: Segment): number {
    const id = this.#segments.size;
    this.#segments.set(segment, id);
    const { clock, keyBase, keyScale, traceIndex } = segment;
    const { type: clockType, frequency, startTime, origin } = clock;
    const message: SegmentMessage = {
      id,
      file: source.descriptor,
      clockType,
      frequency,
      startTime,
      origin,
      keyBase,
      keyScale,
      traceIndex,
    };
    this.#state.port.postMessage(message);
    return id;
  }

  #request(what: number, id: number, segment = 0, place?: BufferPlace, wantsDamage = false): void {
    const { control, requests } = this.#state;
    for (;;) {
      const taken = Atomics.load(control, Counter.requestsTaken);
      if (((this.#requested - taken) | 0) < RING_ENTRIES) break;
      // The reader may wait for room too.
      this.#takeAnswers();
      this.#wake();
      Atomics.wait(control, Counter.requestsTaken, taken, 1);
    }
    const at = ringPlace(this.#requested, REQUEST_FIELDS);
    requests[at + RequestField.what] = what;
    requests[at + RequestField.id] = id;
    if (place !== undefined) {
      requests[at + RequestField.segment] = segment;
      requests[at + RequestField.position] = place.position;
      requests[at + RequestField.sizeInFile] = place.sizeInFile;
      requests[at + RequestField.filledBytes] = place.header.filledBytes;
      requests[at + RequestField.flags] = place.header.flags;
      requests[at + RequestField.processor] = place.header.processor;
      requests[at + RequestField.wantsDamage] = wantsDamage ? 1 : 0;
    }
    this.#requested = (this.#requested + 1) | 0;
    Atomics.store(control, Counter.requested, this.#requested);
    this.#unheard += what === Request.free ? 0 : 1;
    if (this.#unheard >= REQUESTS_A_WAKE) this.#wake();
  }

  #wake(): void {
    this.#unheard = 0;
    Atomics.notify(this.#state.control, Counter.requested);
  }

  /** Moves what the reader has answered to those who asked. */
  #takeAnswers(): void {
    const { control, pieces } = this.#state;
    const answered = Atomics.load(control, Counter.answered);
    while (this.#taken !== answered) {
      const at = ringPlace(this.#taken, ANSWER_FIELDS);
      const answer = pieces.slice(at, at + ANSWER_FIELDS);
      let damage: readonly Damage[] = [];
      for (let n = answer[AnswerField.messages] ?? 0; n > 0; n--) damage = this.#takeMessage() ?? damage;
      const id = answer[AnswerField.reader] ?? -1;
      this.#readers.get(id)?.answer(answer, damage);
      if (answer[AnswerField.isLast] === 1) this.#readers.delete(id);
      this.#taken = (this.#taken + 1) | 0;
      Atomics.store(control, Counter.answersTaken, this.#taken);
      Atomics.notify(control, Counter.answersTaken);
    }
  }

  /** @returns damage, where it is a report of some */
  #takeMessage(): readonly Damage[] | undefined {
    const message: ReaderMessage | undefined = receiveMessageOnPort(this.#state.port)?.message;
    switch (message?.kind) {
      case 'slot': {
        const slot = slotOver(message.buffer, message.bytes);
        const piece = new Piece(NO_CLOCK, this);
        piece.keys = slot.keys;
        piece.offsets = slot.offsets;
        piece.sizes = slot.sizes;
        piece.rawHigh = slot.rawHigh;
        piece.rawLow = slot.rawLow;
        this.#slots.set(message.id, { ...slot, piece });
        this.#slotOf.set(piece, message.id);
        return undefined;
      }
      case 'drop': {
        const slot = this.#slots.get(message.id);
        if (slot !== undefined) this.#slotOf.delete(slot.piece);
        this.#slots.delete(message.id);
        return undefined;
      }
      case 'damage':
        return message.items;
      case 'error':
        throw Object.assign(new Error(message.text), message.code !== undefined && { code: message.code });
      default:
        return undefined;
    }
  }
}

/** Reads one buffer through the thread. */
class ThreadReader implements PieceReader {
  readonly #thread: ReaderThread;
  readonly #id: number;
  readonly #place: BufferPlace;
  readonly #segment: Segment;
  readonly #damage: DamageSink | undefined;
  readonly #answers: { readonly answer: Float64Array; readonly damage: readonly Damage[] }[] = [];
  #done = false;

  constructor(
    thread: ReaderThread,
    id: number,
    place: BufferPlace,
    segment: Segment,
    damage: DamageSink | undefined,
  ) {
    this.#thread = thread;
    this.#id = id;
    this.#place = place;
    this.#segment = segment;
    this.#damage = damage;
  }

  get hasAnswer(): boolean {
    return this.#answers.length > 0;
  }

  answer(answer: Float64Array, damage: readonly Damage[]): void {
    this.#answers.push({ answer, damage });
  }

  next(): Piece | undefined {
    if (this.#done) return undefined;
    this.#thread.waitFor(this);
    const got = this.#answers.shift();
    if (got === undefined) return undefined;
    for (const item of got.damage) this.#damage?.add(item);
    if (got.answer[AnswerField.isLast] === 1) this.#done = true;
    else this.#thread.askNext(this.#id);
    return this.#thread.pieceOf(got.answer, this.#place, this.#segment);
  }
}
