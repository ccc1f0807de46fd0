import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import {
  type BlockBytes,
  BlockPool,
  type Clock,
  MAX_HELD,
  mergeTraces,
  type RecordBatch,
  type RecordBlock,
  type SurveyShare,
  Trace,
} from '../../etl/index.js';
import { ConvertError } from '../../passes/index.js';
import { FileSource } from '../file-source.js';
import {
  AHEAD,
  AHEAD_AGAIN,
  Counter,
  EntryField,
  HELD_FIELDS,
  HeldField,
  NO_BATCH,
  OwnBuffers,
  type ReaderCommand,
  type ReaderMessage,
  ringPlace,
  type SharedState,
  TABLE_START,
  WORTH_WAKING,
} from './shared-state.js';

/** A batch known to the conversion. */
interface KnownBatch {
  readonly id: number;
  readonly table: Float64Array<SharedArrayBuffer>;
}

/** A block known to the conversion. */
interface KnownBlock {
  readonly id: number;
  /** Its last contents. */
  blockBytes: BlockBytes;
  filling: number;
}

/** The thread's side: walks traces on command, ahead of the conversion as far as the ring has space. */
class ReaderWorker {
  readonly #state: SharedState;
  readonly #traces: Trace[] = [];
  readonly #batches = new Map<RecordBatch, KnownBatch>();
  readonly #blocks = new Map<RecordBlock, KnownBlock>();
  readonly #pool = new BlockPool(allocateShared);
  readonly #clocks = new Map<Clock, number>();
  /** Batches that the conversion may still read. */
  readonly #unreleased: RecordBatch[] = [];
  /** Of the last survey. */
  #share: SurveyShare | undefined;
  #put = 0;
  #released = 0;
  #messages = 0;

  constructor(state: SharedState) {
    this.#state = state;
  }

  /** Never returns: the thread is ended from outside. */
  run(): never {
    const { control, port } = this.#state;
    Atomics.store(control, Counter.up, 1);
    for (let done = 0; ; ) {
      const given = Atomics.load(control, Counter.commands);
      if (done === given) {
        Atomics.wait(control, Counter.commands, given);
        continue;
      }
      const command: ReaderCommand | undefined = receiveMessageOnPort(port)?.message;
      if (command !== undefined) this.#obeyOrTell(command);
      done = (done + 1) | 0;
    }
  }

  /** The end of a walk must be sent in any case. */
  #obeyOrTell(command: ReaderCommand): void {
    try {
      this.#obey(command);
    } catch (error) {
      const code = error instanceof ConvertError ? error.code : undefined;
      const [text, stack] =
        error instanceof Error ? [error.message, error.stack] : [String(error), undefined];
      this.#post({ kind: 'error', text, code, stack });
      this.#putEntry(NO_BATCH, 0, 0);
    }
  }

  #obey(command: ReaderCommand): void {
    let outOfOrder = 0;
    switch (command.kind) {
      case 'open': {
        const { file, keyBase, name, size, traceIndex } = command;
        const source = new FileSource(file, size, name);
        this.#traces.push(
          new Trace(source, {
            pool: this.#pool,
            ...(keyBase !== undefined && { keyBase }),
            ...(traceIndex !== undefined && { traceIndex }),
          }),
        );
        return;
      }
      case 'survey':
        this.#survey(command.trace);
        break;
      case 'join':
        if (this.#share !== undefined) this.#trace(command.trace).joinSurvey(this.#share, command.share);
        return;
      case 'merge':
        outOfOrder = this.#merge(command.traces.map((number) => this.#trace(number)));
    }
    this.#putEntry(NO_BATCH, outOfOrder, 0);
  }

  /** @returns see mergeTraces */
  #merge(traces: readonly Trace[]): number {
    const steps = mergeTraces(traces);
    let step = steps.next();
    for (; !step.done; step = steps.next()) this.#send(step.value);
    return step.value;
  }

  #trace(number: number): Trace {
    const trace = this.#traces[number];
    if (trace === undefined) throw new RangeError(`no trace ${number}`);
    return trace;
  }

  #survey(number: number): void {
    const blocks = this.#trace(number).surveyShare(new OwnBuffers(this.#state.control));
    let step = blocks.next();
    for (; !step.done; step = blocks.next()) {
      for (const batch of this.#pool.batches.batchesOf(step.value)) this.#send(batch);
    }
    this.#share = step.value;
    this.#post({ kind: 'surveyed', share: step.value });
  }

  #send(batch: RecordBatch): void {
    this.#waitForRoom();
    const { id, table } = this.#known(batch);
    table[0] = batch.walked;
    table[1] = batch.bufferNumber;
    let at = TABLE_START;
    for (const block of batch.blocks) {
      const known = this.#knownBlock(block);
      const { bufferPosition, bytes, clock, processor, traceIndex } = block.blockBytes;
      table[at + HeldField.block] = known.id;
      table[at + HeldField.filling] = known.filling;
      table[at + HeldField.bytes] = bytes.length;
      table[at + HeldField.processor] = processor;
      table[at + HeldField.bufferPosition] = bufferPosition;
      table[at + HeldField.clock] = this.#knownClock(clock);
      table[at + HeldField.traceIndex] = traceIndex;
      at += HELD_FIELDS;
    }
    this.#unreleased.push(batch);
    this.#putEntry(id, batch.count, batch.held.length);
  }

  /** Takes back released batches, and waits if the conversion has too many pending ones. */
  #waitForRoom(): void {
    const { control } = this.#state;
    for (let limit = AHEAD; ; limit = AHEAD_AGAIN) {
      // Read first, so that a later change is not missed by the wait.
      const room = Atomics.load(control, Counter.room);
      const released = Atomics.load(control, Counter.released);
      for (; this.#released !== released; this.#released = (this.#released + 1) | 0) {
        this.#unreleased.shift()?.release();
      }
      if (this.#unreleased.length < limit || Atomics.load(control, Counter.taken) === this.#put) return;
      Atomics.notify(control, Counter.put);
      Atomics.wait(control, Counter.room, room);
    }
  }

  #known(batch: RecordBatch): KnownBatch {
    let known = this.#batches.get(batch);
    if (known === undefined) {
      const table = new Float64Array(new SharedArrayBuffer(8 * (TABLE_START + MAX_HELD * HELD_FIELDS)));
      known = { id: this.#batches.size, table };
      this.#batches.set(batch, known);
      this.#post({ kind: 'batch', id: known.id, memory: shared(batch.memory), table });
    }
    return known;
  }

  #knownBlock(block: RecordBlock): KnownBlock {
    const { blockBytes } = block;
    const { buffer } = blockBytes.bytes;
    const found = this.#blocks.get(block);
    const known = found ?? { id: this.#blocks.size, blockBytes, filling: 0 };
    if (found === undefined) this.#blocks.set(block, known);
    if (found === undefined || found.blockBytes.bytes.buffer !== buffer) {
      this.#post({ kind: 'piece', id: known.id, memory: shared(buffer) });
    }
    if (known.blockBytes !== blockBytes) {
      known.blockBytes = blockBytes;
      known.filling += 1;
    }
    return known;
  }

  #knownClock(clock: Clock): number {
    let id = this.#clocks.get(clock);
    if (id === undefined) {
      id = this.#clocks.size;
      this.#clocks.set(clock, id);
      const { type, frequency, startTime, origin } = clock;
      this.#post({ kind: 'clock', id, type, frequency, startTime, origin });
    }
    return id;
  }

  #post(message: ReaderMessage): void {
    this.#messages += 1;
    this.#state.port.postMessage(message);
  }

  /**
   * @param batch {@link NO_BATCH} at the end of a walk
   * @param records of the batch; at the end of a merge, the number out of order
   */
  #putEntry(batch: number, records: number, held: number): void {
    const { control, ring } = this.#state;
    const at = ringPlace(this.#put);
    ring[at + EntryField.batch] = batch;
    ring[at + EntryField.records] = records;
    ring[at + EntryField.held] = held;
    ring[at + EntryField.messages] = this.#messages;
    this.#messages = 0;
    this.#put = (this.#put + 1) | 0;
    Atomics.store(control, Counter.put, this.#put);
    const waiting = (this.#put - Atomics.load(control, Counter.taken)) | 0;
    if (batch === NO_BATCH || waiting >= WORTH_WAKING) Atomics.notify(control, Counter.put);
  }
}

const allocateShared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

function shared(memory: ArrayBufferLike): SharedArrayBuffer {
  if (memory instanceof SharedArrayBuffer) return memory;
  throw new TypeError('memory of one thread alone');
}

const state: SharedState = workerData;
new ReaderWorker(state).run();
