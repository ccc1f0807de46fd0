import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { transform } from 'stream-transform';
import { EventRecord, type Records } from '../etl/index.js';
import { type InterfaceDetails, interfaceJson, interfaceStatistics, type Place } from '../host/index.js';
import type { PacketFilter } from '../packets/index.js';
import { CommentEncoder, type NameLookup, type Packet } from '../packets/index.js';
import type { ConvertOptions, InterfaceSummary, Interfaces, TraceSession } from '../passes/index.js';
import {
  batches,
  ConvertError,
  DropCounts,
  ProcessCounts,
  ProviderCounts,
  SeenPackets,
  type Turns,
} from '../passes/index.js';
import type { EventFlow } from './event-flow.js';
import type { OutputBytes, PacketFiles } from './packet-files.js';

export interface ConversionParts {
  readonly sessions: readonly TraceSession[];
  readonly interfaces: Interfaces;
  readonly files: PacketFiles;
  readonly filter: PacketFilter;
  readonly options: ConvertOptions;
  readonly turns: Turns;
  readonly events: EventFlow;
}

interface InterfaceCounts {
  readonly details: InterfaceDetails;
  /** In the conversion. */
  readonly number: number;
  packets: number;
  drops: number;
}

/**
 * The second pass: batches of records in the order of time become pcapng bytes, and these go to the outputs. As Node
 * streams, so that a slow reader of an output slows the reading of the trace.
 */
export class Conversion {
  packets = 0;
  /** Packets that the options left out. */
  filtered = 0;
  /** Unix time of the first packet written, in 100 ns. */
  firstTicks: bigint | undefined;
  readonly providers = new ProviderCounts();
  readonly drops = new DropCounts();
  readonly processes: ProcessCounts;
  readonly seen = new SeenPackets();
  /** Those of {@link seen} that the options left out. */
  readonly excluded = new SeenPackets();
  readonly #interfaces: InterfaceCounts[] = [];
  readonly #byPlace = new Map<Place, InterfaceCounts>();
  /** That of the last packet. */
  #last: InterfaceCounts | undefined;
  /** Those of the last packet. */
  #lastSession: TraceSession | undefined;
  #lastNames: NameLookup | undefined;
  readonly #parts: ConversionParts;
  readonly #comments: CommentEncoder | undefined;
  readonly #record = new EventRecord();
  readonly #recordsInAll: number;
  #records = 0;
  /** Frames of the output, were it one file: packets, and events between them. */
  #frames = 0;
  #lastPacketFrame = 0;
  #lastHigh = 0;
  #lastLow = 0;

  constructor(parts: ConversionParts) {
    this.#parts = parts;
    this.processes = new ProcessCounts(parts.sessions[0]?.group.limits);
    this.#recordsInAll = parts.sessions.reduce((sum, { survey }) => sum + survey.records, 0);
    const { comments = 'full' } = parts.options;
    this.#comments = comments === 'none' ? undefined : new CommentEncoder(comments);
  }

  /** Describes one more interface that packets come from. */
  addInterface(details: InterfaceDetails): InterfaceCounts {
    const number = this.#parts.files.addInterface(details);
    const counts = { details, number, packets: 0, drops: 0 };
    this.#byPlace.set(details.place, counts);
    this.#interfaces.push(counts);
    return counts;
  }

  async run(): Promise<void> {
    for (const session of this.#parts.sessions) {
      session.decoder.onOrphan = (record, reason) => {
        this.providers.unmerge(record);
        this.#passOn(record, session, reason);
      };
    }
    const { events, files, sessions, turns } = this.#parts;
    await pipeline(
      batches(sessions, turns),
      // One batch at a time: packets keep their order, and the handler is synchronous.
      transform({ parallel: 1, highWaterMark: 2 }, (batch: Records) => {
        this.#convert(batch);
        const taken = [...files.take(false), ...events.take()];
        return taken.length === 0 ? null : taken;
      }),
      new Writable({
        objectMode: true,
        // Some wait, so that the conversion goes on while a pipe is written.
        highWaterMark: 6,
        write: (taken, _encoding, done) => void deliver(taken, done),
      }),
    );
    for (const session of sessions) session.decoder.finish();
  }

  /** Unix time of the last packet written, in 100 ns. */
  get lastTicks(): bigint | undefined {
    return this.packets === 0 ? undefined : ticksOf(this.#lastHigh, this.#lastLow);
  }

  /** Writes what stands behind the packets, and the last bytes. */
  async finish(): Promise<void> {
    const { sessions, files } = this.#parts;
    const descriptions = this.#interfaces.map(({ details }) => details);
    const time = this.lastTicks ?? 0n;
    for (const session of sessions) {
      for (const { comment, ifDrop, ifRecv, interfaceIndex, osDrop } of interfaceStatistics(
        descriptions,
        session.host,
        session.loss,
      )) {
        files.addStatistics(interfaceIndex, {
          time,
          ...(ifRecv !== undefined && { ifRecv }),
          ...(ifDrop !== undefined && { ifDrop }),
          ...(osDrop !== undefined && { osDrop }),
          ...(comment !== '' && { comments: [comment] }),
        });
      }
    }
    for (const { output, bytes } of files.take(true)) await output.write(bytes);
  }

  /** The interfaces as the summary shows them. */
  interfaceSummaries(): InterfaceSummary[] {
    return this.#interfaces.map(({ details, packets, drops }, number) => {
      const placed = this.#parts.files.placeOf(number);
      return {
        id: placed?.id ?? number,
        ...interfaceJson(details),
        ...this.#parts.interfaces.origin(details.place),
        ...(placed && { output: placed.output }),
        packets,
        dropped: drops,
      };
    });
  }

  #convert(batch: Records): void {
    const record = this.#record;
    const { sessions, filter, options } = this.#parts;
    for (let n = 0; n < batch.count; n++) {
      const session = sessions[batch.load(n, record)];
      if (session === undefined) continue;
      const outcome = session.decoder.decode(record);
      switch (outcome) {
        case 'packet': {
          this.providers.count(record, 'packet');
          const { packet } = session.decoder;
          this.seen.add(packet);
          if (filter.accepts(packet)) this.#write(session, packet);
          else {
            this.filtered += 1;
            this.excluded.add(packet);
          }
          break;
        }
        case 'merged':
          this.providers.count(record, 'merged');
          break;
        case 'damaged':
          session.noteDamage(record, session.decoder.damage);
          this.#addEvent(record, session, session.decoder.damage);
          break;
        case 'event':
          this.#addEvent(record, session, undefined);
          break;
      }
    }
    this.#records += batch.count;
    batch.release();
    options.onProgress?.({
      phase: 'convert',
      fraction: 0.5 + (0.5 * this.#records) / Math.max(1, this.#recordsInAll),
      packets: this.packets,
    });
  }

  /** Hot path. */
  #addEvent(record: EventRecord, session: TraceSession, damage: string | undefined): void {
    this.providers.count(record, 'other');
    this.#passOn(record, session, damage);
  }

  #passOn(record: EventRecord, session: TraceSession, damage: string | undefined): void {
    if (this.#parts.events.add(record, session, this.#lastPacketFrame, damage)) this.#frames += 1;
  }

  #interfaceOf(session: TraceSession, place: Place): InterfaceCounts {
    return this.#byPlace.get(place) ?? this.addInterface(this.#parts.interfaces.of(place, session));
  }

  /** Hot path. */
  #namesOf(session: TraceSession): NameLookup {
    if (session !== this.#lastSession || this.#lastNames === undefined) {
      this.#lastSession = session;
      this.#lastNames = this.#parts.interfaces.namesOf(session);
    }
    return this.#lastNames;
  }

  /** Hot path. */
  #write(session: TraceSession, packet: Packet): void {
    const { place } = packet;
    let counts = this.#last;
    if (place !== counts?.details.place) {
      counts = this.#interfaceOf(session, place);
      this.#last = counts;
    }
    counts.packets += 1;
    if (packet.dropped) {
      counts.drops += 1;
      this.drops.count(packet, session.names);
    }
    this.#comments?.prepare(packet, this.#namesOf(session));
    this.#parts.files.addPacket(counts.number, packet, this.#comments);
    if (this.packets === 0) this.firstTicks = ticksOf(packet.timeHigh, packet.timeLow);
    this.#lastHigh = packet.timeHigh;
    this.#lastLow = packet.timeLow;
    this.packets += 1;
    this.#frames += 1;
    this.#lastPacketFrame = this.#frames;
    this.processes.count(packet, session.group.processes);
  }
}

const ticksOf = (high: number, low: number): bigint => (BigInt(high) << 32n) | BigInt(low);

async function deliver(taken: readonly OutputBytes[], done: (error?: Error | null) => void): Promise<void> {
  try {
    for (const { output, bytes, done: returned } of taken) await output.write(bytes, returned);
    done();
  } catch (error) {
    done(error instanceof Error ? error : new ConvertError('output', String(error)));
  }
}
