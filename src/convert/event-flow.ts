import type { EventRecord, UnixTicks } from '../etl/index.js';
import {
  EventFilter,
  type EventFraming,
  type EventsHead,
  etwFrame,
  JsonBytes,
  journalEntry,
  jsonFraming,
  NDJSON_FRAMING,
  type SidecarEvent,
} from '../events/index.js';
import type { ConversionOptions, InlineMode, Output, OutputBytes, TraceSession } from '../passes/index.js';
import type { PacketFiles } from './packet-files.js';

/** Bytes that are collected before they are written. */
const HAND_ON_BYTES = 256 * 1024;
/** Bytes reserved for them: the last event may exceed the limit. */
const CHUNK_BYTES = HAND_ON_BYTES + 64 * 1024;

const NOTHING: OutputBytes[] = [];

/** Receives the events; `describe` decodes one, and is valid during the call. */
export type EventListener = (describe: () => SidecarEvent) => void;

export interface EventFlowParts {
  readonly options: ConversionOptions;
  readonly files: PacketFiles;
  /** The events file; undefined if it is not requested. */
  readonly output: Output | undefined;
  readonly onEvent: EventListener | undefined;
  /** Bytes of the sidecar. */
  readonly limit: number;
}

/** Distributes events to the events file, to records between the packets, and to listeners. */
export class EventFlow {
  /** Events that were written. */
  events = 0;
  /** Events that --providers and --level excluded. */
  leftOut = 0;
  readonly #parts: EventFlowParts;
  readonly #filters = new Map<TraceSession, EventFilter>();
  readonly #ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  #framing: EventFraming = NDJSON_FRAMING;
  readonly #json = new JsonBytes(CHUNK_BYTES);
  /** Full pieces of the sidecar. */
  #pieces: Uint8Array[] = [];
  /** Bytes of all pieces. */
  #taken = 0;
  /** The events file if it reached the limit. */
  full: Output | undefined;

  constructor(parts: EventFlowParts) {
    this.#parts = parts;
  }

  /** Must be called once before the first event. */
  start(head: () => EventsHead): void {
    const { options, output } = this.#parts;
    if (output === undefined) return;
    if (options.events !== 'ndjson') this.#framing = jsonFraming(head());
    this.#json.text(this.#framing.head);
  }

  /**
   * Hot path.
   *
   * @param afterFrame see SidecarEvent.afterFrame
   * @param damage why a packet event is not a packet
   * @returns true if the event became a frame of the pcapng
   */
  add(record: EventRecord, session: TraceSession, afterFrame: number, damage?: string): boolean {
    if (!this.#accepts(record, session)) {
      this.leftOut += 1;
      return false;
    }
    const { limit, onEvent, options, output } = this.#parts;
    if (output !== undefined) {
      if (this.events > 0) this.#json.text(this.#framing.separator);
      session.events.write(record, afterFrame, damage, this.#json);
      if (this.#taken + this.#json.length >= limit) this.full = output;
      if (this.#json.length >= HAND_ON_BYTES) this.#handOn();
    }
    this.events += 1;
    onEvent?.(() => session.events.describe(record, afterFrame, damage));
    if (options.inlineEvents === undefined) return false;
    this.#inline(record, session.events.describe(record, afterFrame, damage), options.inlineEvents);
    return true;
  }

  #handOn(): void {
    const piece = this.#json.take();
    this.#taken += piece.length;
    this.#pieces.push(piece);
  }

  /** Whether the options for events excluded all of them, while events were wanted. */
  get matchNothing(): boolean {
    const { onEvent, options, output } = this.#parts;
    const isFiltered = options.level !== undefined || options.providers !== undefined;
    const isWanted = output !== undefined || onEvent !== undefined || options.inlineEvents !== undefined;
    return isFiltered && isWanted && this.events === 0;
  }

  /** The sidecar's full pieces. */
  take(): OutputBytes[] {
    const { output } = this.#parts;
    if (output === undefined || this.#pieces.length === 0) return NOTHING;
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces.map((bytes) => ({ output, bytes }));
  }

  /** Writes the end of the sidecar. */
  async finish(summary: object): Promise<void> {
    const { output } = this.#parts;
    if (output === undefined) return;
    if (this.events > 0 || this.#framing !== NDJSON_FRAMING) this.#json.text(this.#framing.tail(summary));
    for (const { bytes } of this.take()) await output.write(bytes);
    await output.write(this.#json.take());
  }

  async discard(): Promise<void> {
    await this.#parts.output?.discard();
  }

  #accepts(record: EventRecord, session: TraceSession): boolean {
    const { level, providers } = this.#parts.options;
    if (level === undefined && providers === undefined) return true;
    let filter = this.#filters.get(session);
    if (filter === undefined) {
      filter = new EventFilter(
        { ...(level !== undefined && { level }), ...(providers && { providers }) },
        session.group.providerNames,
      );
      this.#filters.set(session, filter);
    }
    return filter.accepts(record);
  }

  #inline(record: EventRecord, event: SidecarEvent, kind: InlineMode): void {
    const ticks = this.#ticks;
    record.unixTicks(ticks);
    const time = (BigInt(ticks.timeHigh) << 32n) | BigInt(ticks.timeLow);
    if (kind === 'journal') this.#parts.files.addJournal(journalEntry(event, time));
    else this.#parts.files.addEtwEvent(etwFrame(record, event, time), ticks);
  }
}
