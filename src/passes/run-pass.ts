import { EventRecord, RecordCounts, type Records } from '../etl/index.js';
import type { Packet } from '../packets/index.js';
import type { EventLoopYielder } from './event-loop-yielder.js';
import type { Progress } from './options.js';
import type { OutputBytes } from './output.js';
import type { PacketIdentity } from './packet-identity.js';
import { ProviderCounts } from './provider-counts.js';
import { type Pump, plainPump } from './runtime.js';
import type { TraceSession } from './trace-session.js';

/** Receives the contents of traces in time order. Arguments are valid during the call. */
export interface PassVisitor {
  /** Hot path. */
  packet(packet: Packet, session: TraceSession): void;
  /**
   * Hot path. An event that is not a packet.
   *
   * @param damage why a packet event could not become a packet
   */
  event?(record: EventRecord, session: TraceSession, damage: string | undefined): void;
  /** True: the pass ends; records that follow are not read. */
  readonly isFull?: boolean;
  /** Bytes to write after a batch of records; the pass waits until their outputs accept more. */
  takeOutput?(): readonly OutputBytes[];
  /** Called after each batch and at the end; the pass waits for it. */
  afterBatch?(): Promise<void>;
}

export interface PassOptions {
  /** Identifies packets (Packet.sighting) before the visitor receives them. Absent: packets have no identity. */
  readonly identity?: PacketIdentity | undefined;
  readonly yielder: EventLoopYielder;
  /** Default: plain iteration. */
  readonly pump?: Pump;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * The main pass over traces: decodes all records in time order and passes packets and events to a visitor. Every use
 * case (conversion, listing, paths, report, info) runs this pass. At the end each session has the changes of its file
 * since it was opened.
 *
 * @param sessions of one reader, in the order of their trace indexes; their surveys are complete
 * @returns the number of records by provider and outcome
 * @throws ConvertError `aborted`, and errors of the visitor
 */
export async function runPass(
  sessions: readonly TraceSession[],
  visitor: PassVisitor,
  { identity, onProgress, pump = plainPump, yielder }: PassOptions,
): Promise<ProviderCounts> {
  const pass = new Pass(sessions, visitor, identity, onProgress);
  await pump(
    batchesOf(sessions, yielder, () => visitor.isFull === true),
    (batch) => pass.step(batch),
    (outputs) => deliver(outputs, visitor),
  );
  for (const { decoder } of sessions) decoder.finish();
  await visitor.afterBatch?.();
  return pass.providers;
}

const NOTHING: readonly OutputBytes[] = [];

async function deliver(outputs: readonly OutputBytes[], visitor: PassVisitor): Promise<void> {
  for (const { bytes, done, output } of outputs) await output.write(bytes, done);
  await visitor.afterBatch?.();
}

/** Decodes batches of records for a visitor. */
class Pass {
  readonly providers = new ProviderCounts();
  readonly #sessions: readonly TraceSession[];
  readonly #visitor: PassVisitor;
  readonly #identity: PacketIdentity | undefined;
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  readonly #record = new EventRecord();
  readonly #recordsInAll: number;
  #records = 0;
  #packets = 0;

  constructor(
    sessions: readonly TraceSession[],
    visitor: PassVisitor,
    identity: PacketIdentity | undefined,
    onProgress: ((progress: Progress) => void) | undefined,
  ) {
    this.#sessions = sessions;
    this.#visitor = visitor;
    this.#identity = identity;
    this.#onProgress = onProgress;
    this.#recordsInAll = sessions.reduce((sum, { survey }) => sum + survey.records, 0);
    for (const session of sessions) {
      session.decoder.onOrphan = (record, reason) => {
        this.providers.unmerge(record);
        visitor.event?.(record, session, reason);
      };
    }
  }

  /** @returns bytes to deliver; undefined if there is nothing to wait for */
  step(batch: Records): readonly OutputBytes[] | undefined {
    const record = this.#record;
    for (let n = 0; n < batch.count && this.#visitor.isFull !== true; n++) {
      const session = this.#sessions[batch.load(n, record)];
      if (session !== undefined) this.#take(record, session);
    }
    this.#records += batch.count;
    batch.release();
    this.#onProgress?.({
      phase: 'convert',
      fraction: 0.5 + (0.5 * this.#records) / Math.max(1, this.#recordsInAll),
      packets: this.#packets,
    });
    const outputs = this.#visitor.takeOutput?.() ?? NOTHING;
    return outputs.length === 0 && this.#visitor.afterBatch === undefined ? undefined : outputs;
  }

  /** Hot path. */
  #take(record: EventRecord, session: TraceSession): void {
    const { decoder } = session;
    switch (decoder.decode(record)) {
      case 'packet':
        this.providers.count(record, 'packet');
        this.#packets += 1;
        this.#takePacket(decoder.packet, session);
        return;
      case 'merged':
        this.providers.count(record, 'merged');
        return;
      case 'damaged':
        session.noteDamage(record, decoder.damage);
        this.#event(record, session, decoder.damage);
        return;
      case 'event':
        this.#event(record, session, undefined);
    }
  }

  /** Hot path. */
  #takePacket(packet: Packet, session: TraceSession): void {
    session.facts.apply(packet);
    if (this.#identity !== undefined) {
      const sighting = this.#identity.see(packet, session);
      // References cost more to store than to compare, and it is one object repeatedly.
      if (packet.sighting !== sighting) packet.sighting = sighting;
    }
    this.#visitor.packet(packet, session);
  }

  #event(record: EventRecord, session: TraceSession, damage: string | undefined): void {
    this.providers.count(record, 'other');
    this.#visitor.event?.(record, session, damage);
  }
}

/**
 * The records of all traces in time order, in batches. Every batch must be released. At the end each session has the
 * changes of its file since it was opened.
 *
 * @param sessions of one reader, in the order of their trace indexes
 * @param isFull whether no more batches are wanted
 */
async function* batchesOf(
  sessions: readonly TraceSession[],
  yielder: EventLoopYielder,
  isFull: () => boolean,
): AsyncGenerator<Records, void, undefined> {
  const reader = sessions[0]?.reader;
  if (reader === undefined) return;
  const counts = sessions.map(() => new RecordCounts());
  const batches = reader.merge(sessions.map(({ trace }) => trace));
  let step = batches.next();
  for (; !step.done; step = batches.next()) {
    const batch = step.value;
    if (batch !== undefined) {
      batch.countInto(counts);
      yield batch;
    }
    if (batch === undefined || yielder.due) await yielder.take();
    // The rest of the file is not compared with the survey.
    if (isFull()) return;
  }
  sessions[0]?.group.limits.atLeast('recordsOutOfOrder', step.value);
  for (const [at, session] of sessions.entries()) session.noteChanges(counts[at] ?? new RecordCounts());
}

/** Reports changes of files during the run, one message each; call it after the main pass. */
export function warnOfChanges(
  sessions: readonly TraceSession[],
  onWarning: ((message: string) => void) | undefined,
): void {
  for (const { changes, input } of sessions) {
    for (const { reason } of changes) onWarning?.(`${input.name}: ${reason}`);
  }
}
