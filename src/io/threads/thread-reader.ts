import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import {
  type BatchHome,
  BlockBytes,
  BlockPool,
  type ByteSource,
  Clock,
  type DamageSummary,
  mergeTraces,
  type OpenOptions,
  RecordBatch,
  type RecordBlock,
  type Records,
  type SurveyShare,
  Trace,
  type TraceHeader,
  type TraceSurvey,
} from '../../etl/index.js';
import type { ReadableTrace, TraceReader } from '../../passes/index.js';
import { ConvertError } from '../../passes/index.js';
import { FileSource } from '../file-source.js';
import {
  AHEAD_AGAIN,
  COUNTERS,
  Counter,
  ENTRY_FIELDS,
  EntryField,
  HELD_FIELDS,
  HeldField,
  NO_BATCH,
  OwnBuffers,
  type ReaderCommand,
  type ReaderMessage,
  RING_ENTRIES,
  ringPlace,
  type SharedState,
  TABLE_START,
} from './shared-state.js';

/** Pieces that this thread reads in a survey while the other one's next batch is waited for. */
const OWN_AHEAD = 8;
/** Maximum wait for the thread at a time: only the event loop handles signals, and the end of a thread. */
const WAIT_MILLISECONDS = 50;

/** A batch of the thread's, over its memory. */
interface ReceivedBatch {
  readonly batch: RecordBatch;
  readonly table: Float64Array;
}

/** A block of the thread's, and the copy of it in this thread. */
interface ReceivedBlock {
  readonly memory: Uint8Array;
  readonly copy: ArrayBuffer;
  filling: number;
  blockBytes: BlockBytes | undefined;
}

/**
 * Reads with a second thread. In the survey both read and expand buffers, and find the records in them. In the merge
 * the second one does, and merges the records in time order, ahead of the conversion. The results equal those of
 * DirectReader.
 */
export class ThreadReader implements TraceReader, BatchHome {
  readonly threads = 2;
  readonly #state: SharedState;
  readonly #worker: Worker;
  readonly #traces: ThreadTrace[] = [];
  readonly #pool = new BlockPool();
  readonly #batches: (ReceivedBatch | undefined)[] = [];
  readonly #blocks: (ReceivedBlock | undefined)[] = [];
  readonly #clocks: (Clock | undefined)[] = [];
  /** Batches in use, in order. */
  readonly #unreleased: RecordBatch[] = [];
  /** The thread did not start: this one does all. */
  #isAlone = false;
  /** Why the thread is not there any more. */
  #end: string | undefined;
  #taken = 0;
  #released = 0;
  /** The thread's, of the last survey. */
  #share: SurveyShare | undefined;

  /** @param program file of the thread's program, compiled, or its text */
  constructor(program: URL | string) {
    const { port1, port2 } = new MessageChannel();
    const shared = {
      control: new Int32Array(new SharedArrayBuffer(4 * COUNTERS)),
      ring: new Int32Array(new SharedArrayBuffer(4 * RING_ENTRIES * ENTRY_FIELDS)),
    };
    this.#state = { ...shared, port: port1 };
    const workerData: SharedState = { ...shared, port: port2 };
    // Options of this process, such as --input-type, may not suit the worker's file.
    this.#worker = new Worker(program, {
      eval: typeof program === 'string',
      workerData,
      transferList: [port2],
      execArgv: [],
    });
    // It serves this thread alone, and is waited for only if its batches are needed.
    this.#worker.unref();
    // One that does not start is done without, see survey. One that ends later ends the conversion.
    this.#worker.on('error', (error) => {
      this.#end ??= error instanceof Error ? error.message : String(error);
    });
    this.#worker.on('exit', (code) => {
      this.#end ??= `exit code ${code}`;
    });
    port1.unref();
  }

  open(source: ByteSource, options: OpenOptions): ReadableTrace {
    if (!(source instanceof FileSource)) throw new TypeError('a thread reads files');
    const local = new Trace(source, { ...options, pool: this.#pool });
    const { keyBase, traceIndex } = options;
    const { descriptor: file, name, size } = source;
    this.#command({ kind: 'open', file, name, size, keyBase, traceIndex });
    const trace = new ThreadTrace(this, this.#traces.length, local);
    this.#traces.push(trace);
    return trace;
  }

  merge(traces: readonly ReadableTrace[]): Generator<RecordBatch | undefined, number, undefined> {
    const wanted = this.#traces.filter((trace) => traces.includes(trace));
    if (this.#isAlone) return mergeTraces(wanted.map(({ local }) => local));
    this.#command({ kind: 'merge', traces: wanted.map(({ number }) => number) });
    return this.#batchesOfThread();
  }

  /**
   * The first walk, which both threads share.
   *
   * @param local this thread's object for the trace
   * @param trace the other thread's number for it
   */
  *survey(local: Trace, trace: number): Generator<Records | undefined, TraceSurvey, undefined> {
    if (this.#isAlone) return yield* local.surveyRecords();
    const { control } = this.#state;
    Atomics.store(control, Counter.unclaimed, 0);
    this.#command({ kind: 'survey', trace });
    const buffers = new OwnBuffers(control);
    const own = new OwnBlocks(local.surveyShare(buffers));
    // Until the thread is up, this one does all.
    yield* own.takeWhile(() => !buffers.hasOthers);
    if (own.share !== undefined && Atomics.load(control, Counter.up) === 0) {
      // It did not start in all this time: it may never do.
      this.#isAlone = true;
      return local.joinSurvey(own.share);
    }
    const batches = this.#batchesOfThread();
    for (let more = true; more; ) {
      while (this.#isEmpty && own.waiting < OWN_AHEAD && own.readOne());
      const { done, value } = batches.next();
      const batch = done ? undefined : value;
      if (!done && batch === undefined) {
        yield undefined;
        continue;
      }
      const end = batch === undefined ? Number.POSITIVE_INFINITY : batch.bufferNumber;
      yield* own.takeWhile(({ bufferNumber }) => bufferNumber < end);
      if (batch === undefined) more = false;
      else yield batch;
    }
    if (own.share === undefined || this.#share === undefined) throw new Error('a survey that has no end');
    const survey = local.joinSurvey(own.share, this.#share);
    this.#command({ kind: 'join', trace, share: own.share });
    return survey;
  }

  giveBack(batch: RecordBatch): void {
    if (this.#unreleased.shift() !== batch) throw new Error('a batch was released before its turn');
    const { control } = this.#state;
    this.#released = (this.#released + 1) | 0;
    Atomics.store(control, Counter.released, this.#released);
    Atomics.add(control, Counter.room, 1);
    const unread = (Atomics.load(control, Counter.put) - this.#taken) | 0;
    if (unread + this.#unreleased.length < AHEAD_AGAIN) Atomics.notify(control, Counter.room);
  }

  async close(): Promise<void> {
    this.#state.port.close();
    await this.#worker.terminate();
  }

  /** Whether the ring has no new entry. */
  get #isEmpty(): boolean {
    return Atomics.load(this.#state.control, Counter.put) === this.#taken;
  }

  #command(command: ReaderCommand): void {
    const { control, port } = this.#state;
    port.postMessage(command);
    Atomics.add(control, Counter.commands, 1);
    Atomics.notify(control, Counter.commands);
  }

  /**
   * The batches of the thread up to the end of its walk; undefined after each {@link WAIT_MILLISECONDS} of waiting.
   *
   * @returns of a merge, see mergeTraces
   * @throws ConvertError `crashed` where the thread ended; the error that ended its walk
   */
  *#batchesOfThread(): Generator<RecordBatch | undefined, number, undefined> {
    const { control, ring } = this.#state;
    for (;;) {
      while (this.#isEmpty) {
        if (this.#end !== undefined) throw this.#crash();
        // The thread may wait for space, which there is when all entries are read.
        Atomics.add(control, Counter.room, 1);
        Atomics.notify(control, Counter.room);
        const outcome = Atomics.wait(control, Counter.put, this.#taken, WAIT_MILLISECONDS);
        if (outcome === 'timed-out') yield undefined;
      }
      const at = ringPlace(this.#taken);
      for (let n = ring[at + EntryField.messages] ?? 0; n > 0; n--) this.#takeMessage();
      const id = ring[at + EntryField.batch] ?? NO_BATCH;
      const records = ring[at + EntryField.records] ?? 0;
      const batch = id === NO_BATCH ? undefined : this.#receive(id, records, ring[at + EntryField.held] ?? 0);
      this.#taken = (this.#taken + 1) | 0;
      Atomics.store(control, Counter.taken, this.#taken);
      if (batch === undefined) return records;
      this.#unreleased.push(batch);
      yield batch;
    }
  }

  #crash(): ConvertError {
    const reason = this.#end === undefined ? '' : `: ${this.#end}`;
    return new ConvertError('crashed', `the reader thread ended early${reason}; try again`);
  }

  #receive(id: number, records: number, held: number): RecordBatch {
    const received = this.#batches[id];
    if (received === undefined) throw new RangeError(`no batch ${id}`);
    const { batch, table } = received;
    batch.clear();
    batch.count = records;
    batch.walked = table[0] ?? 0;
    batch.bufferNumber = table[1] ?? 0;
    for (let n = 0; n < held; n++) batch.held.push(this.#blockBytes(table, TABLE_START + n * HELD_FIELDS));
    return batch;
  }

  #blockBytes(table: Float64Array, at: number): BlockBytes {
    const block = this.#blocks[table[at + HeldField.block] ?? -1];
    const clock = this.#clocks[table[at + HeldField.clock] ?? -1];
    if (block === undefined || clock === undefined) throw new RangeError('a batch of nothing');
    const filling = table[at + HeldField.filling] ?? 0;
    if (block.blockBytes !== undefined && block.filling === filling) return block.blockBytes;
    const length = table[at + HeldField.bytes] ?? 0;
    // Packets are copied out of shared memory byte by byte (V8 11), but a whole block in words.
    block.blockBytes = new BlockBytes(
      block.copy,
      length,
      table[at + HeldField.processor] ?? 0,
      table[at + HeldField.bufferPosition] ?? 0,
      clock,
      table[at + HeldField.traceIndex] ?? 0,
    );
    block.blockBytes.bytes.set(block.memory.subarray(0, length));
    block.filling = filling;
    return block.blockBytes;
  }

  #takeMessage(): void {
    const message: ReaderMessage | undefined = receiveMessageOnPort(this.#state.port)?.message;
    switch (message?.kind) {
      case 'batch':
        this.#batches[message.id] = { batch: new RecordBatch(message.memory, this), table: message.table };
        return;
      case 'piece': {
        const memory = new Uint8Array(message.memory);
        const copy = new ArrayBuffer(memory.length);
        this.#blocks[message.id] = { memory, copy, filling: 0, blockBytes: undefined };
        return;
      }
      case 'clock': {
        const { id, type, frequency, startTime, origin } = message;
        this.#clocks[id] = new Clock(type, frequency, startTime, origin);
        return;
      }
      case 'surveyed':
        this.#share = message.share;
        return;
      case 'error': {
        const { code, stack, text } = message;
        if (code !== undefined) throw new ConvertError(code, text, { cause: stack });
        throw new Error(text, { cause: stack });
      }
      default:
        // The messages of a thread that ended go with it.
        throw this.#crash();
    }
  }
}

/** The blocks that this thread reads in a shared survey, some of them before their turn. */
class OwnBlocks {
  /** Once all are read. */
  share: SurveyShare | undefined;
  readonly #steps: Generator<RecordBlock, SurveyShare, undefined>;
  readonly #waiting: RecordBlock[] = [];

  constructor(steps: Generator<RecordBlock, SurveyShare, undefined>) {
    this.#steps = steps;
  }

  /** Number of batches read ahead. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** The next blocks as long as they are wanted. */
  *takeWhile(isWanted: (block: RecordBlock) => boolean): Generator<RecordBlock, void, undefined> {
    for (;;) {
      if (this.#waiting.length === 0) this.readOne();
      const [first] = this.#waiting;
      if (first === undefined || !isWanted(first)) return;
      this.#waiting.shift();
      yield first;
    }
  }

  /** @returns false if there are no more */
  readOne(): boolean {
    if (this.share !== undefined) return false;
    const step = this.#steps.next();
    if (step.done) this.share = step.value;
    else this.#waiting.push(step.value);
    return !step.done;
  }
}

/** A trace that the thread walks. */
class ThreadTrace implements ReadableTrace {
  /** The thread's number for it. */
  readonly number: number;
  readonly #reader: ThreadReader;
  /** The same trace, for this thread. */
  readonly local: Trace;

  constructor(reader: ThreadReader, number: number, local: Trace) {
    this.#reader = reader;
    this.number = number;
    this.local = local;
  }

  get header(): TraceHeader {
    return this.local.header;
  }

  get clock(): Clock {
    return this.local.clock;
  }

  get headers(): readonly TraceHeader[] {
    return this.local.headers;
  }

  get damage(): DamageSummary {
    return this.local.damage;
  }

  surveyRecords(): Generator<Records | undefined, TraceSurvey, undefined> {
    return this.#reader.survey(this.local, this.number);
  }
}
