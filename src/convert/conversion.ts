import type { EventRecord } from '../etl/index.js';
import {
  type CaptureLocation,
  type InterfaceDetails,
  interfaceJson,
  interfaceStatistics,
  joinTokens,
  token,
} from '../host/index.js';
import type { PacketFilter } from '../packets/index.js';
import { CommentEncoder, type NameLookup, type Packet } from '../packets/index.js';
import type {
  ChosenCopies,
  ConversionOptions,
  InterfaceSummary,
  Interfaces,
  TraceSession,
} from '../passes/index.js';
import {
  ChecksumCounts,
  CopyCounter,
  DropCounts,
  type Hint,
  type OutputBytes,
  OwnerCounts,
  outputLimitHint,
  type PassVisitor,
  ProcessCounts,
  SeenPackets,
} from '../passes/index.js';
import type { EventFlow } from './event-flow.js';
import type { PacketFiles } from './packet-files.js';

export interface ConversionParts {
  readonly sessions: readonly TraceSession[];
  readonly interfaces: Interfaces;
  readonly files: PacketFiles;
  readonly filter: PacketFilter;
  /** Undefined: all copies are written. */
  readonly copies: ChosenCopies | undefined;
  readonly options: ConversionOptions;
  readonly events: EventFlow;
  /** Bytes of each output. */
  readonly limit: number;
}

interface InterfaceCounts {
  readonly details: InterfaceDetails;
  /** In the conversion. */
  readonly number: number;
  packets: number;
  drops: number;
}

/** Visitor of the main pass that turns packets and events into the bytes of the outputs. */
export class Conversion implements PassVisitor {
  packets = 0;
  /** An output has all the bytes that it may have. */
  isFull = false;
  /** Packets that filters excluded. */
  filtered = 0;
  /** Unix time of the first packet written, in 100 ns. */
  firstTicks: bigint | undefined;
  readonly drops = new DropCounts();
  readonly processes: ProcessCounts;
  readonly owners = new OwnerCounts();
  readonly checksums = new ChecksumCounts();
  readonly seen = new SeenPackets();
  /** The part of {@link seen} that filters excluded. */
  readonly excluded = new SeenPackets();
  /** Of the frames written. */
  readonly copiesWritten = new CopyCounter();
  readonly #interfaces: InterfaceCounts[] = [];
  readonly #byCaptureLocation = new Map<CaptureLocation, InterfaceCounts>();
  /** That of the last packet. */
  #last: InterfaceCounts | undefined;
  /** Those of the last packet. */
  #lastSession: TraceSession | undefined;
  #lastNames: NameLookup | undefined;
  readonly #parts: ConversionParts;
  readonly #comments: CommentEncoder | undefined;
  #appearances = 0;
  /** Frames of the output, were it one file: packets, and events between them. */
  #frames = 0;
  #lastPacketFrame = 0;
  #lastHigh = 0;
  #lastLow = 0;

  constructor(parts: ConversionParts) {
    this.#parts = parts;
    this.processes = new ProcessCounts(parts.sessions[0]?.group.limits);
    const { comments = 'full' } = parts.options;
    this.#comments = comments === 'none' ? undefined : new CommentEncoder(comments);
  }

  /** Describes a further interface of packets. */
  addInterface(details: InterfaceDetails): InterfaceCounts {
    const number = this.#parts.files.addInterface(details);
    const counts = { details, number, packets: 0, drops: 0 };
    this.#byCaptureLocation.set(details.captureLocation, counts);
    this.#interfaces.push(counts);
    return counts;
  }

  takeOutput(): readonly OutputBytes[] {
    const { events, files } = this.#parts;
    return [...files.take(false), ...events.take()];
  }

  /** The hint for an output that reached the limit. */
  get limitHint(): Hint | undefined {
    const { events, files, limit } = this.#parts;
    const output = files.full ?? events.full;
    return output && outputLimitHint(output.name, limit);
  }

  /** Unix time of the last packet written, in 100 ns. */
  get lastTicks(): bigint | undefined {
    return this.packets === 0 ? undefined : ticksOf(this.#lastHigh, this.#lastLow);
  }

  /** Writes the statistics blocks and flushes. */
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
    // The section header, which has the other damage, was written before.
    const changes = sessions.flatMap((session) => session.changes);
    const comments = changes.map(({ kind, reason }) =>
      joinTokens([token('Damage', kind), token('Reason', reason)]),
    );
    const { limitHint } = this;
    if (limitHint !== undefined) {
      comments.push(joinTokens([token('Incomplete', limitHint.id), token('Reason', limitHint.text)]));
    }
    if (comments.length > 0 && descriptions.length > 0) files.addStatistics(0, { time, comments });
    for (const { output, bytes } of files.take(true)) await output.write(bytes);
  }

  /** The interfaces as the summary shows them. */
  interfaceSummaries(): InterfaceSummary[] {
    return this.#interfaces.map(({ details, packets, drops }, number) => {
      const placed = this.#parts.files.placeOf(number);
      return {
        id: placed?.id ?? number,
        ...interfaceJson(details),
        ...this.#parts.interfaces.origin(details.captureLocation),
        ...(placed && { output: placed.output }),
        packets,
        dropped: drops,
      };
    });
  }

  /** Hot path. */
  packet(packet: Packet, session: TraceSession): void {
    this.seen.add(packet);
    const { copies, filter } = this.#parts;
    const appearance = this.#appearances;
    this.#appearances += 1;
    if (filter.accepts(packet) && (copies === undefined || copies.has(appearance))) {
      this.#write(session, packet);
    } else {
      this.filtered += 1;
      this.excluded.add(packet);
    }
  }

  /** Hot path. */
  event(record: EventRecord, session: TraceSession, damage: string | undefined): void {
    const { events, files } = this.#parts;
    if (events.add(record, session, this.#lastPacketFrame, damage)) this.#frames += 1;
    if (events.full !== undefined || files.full !== undefined) this.isFull = true;
  }

  #interfaceOf(session: TraceSession, captureLocation: CaptureLocation): InterfaceCounts {
    return (
      this.#byCaptureLocation.get(captureLocation) ??
      this.addInterface(this.#parts.interfaces.of(captureLocation, session))
    );
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
    const { captureLocation } = packet;
    let counts = this.#last;
    if (captureLocation !== counts?.details.captureLocation) {
      counts = this.#interfaceOf(session, captureLocation);
      this.#last = counts;
    }
    counts.packets += 1;
    if (packet.sighting !== undefined) this.copiesWritten.add(packet.sighting);
    if (packet.dropped) {
      counts.drops += 1;
      this.drops.count(packet, session.names);
    }
    this.#comments?.prepare(packet, this.#namesOf(session));
    const { files } = this.#parts;
    files.addPacket(counts.number, packet, this.#comments);
    if (files.full !== undefined) this.isFull = true;
    if (this.packets === 0) this.firstTicks = ticksOf(packet.timeHigh, packet.timeLow);
    this.#lastHigh = packet.timeHigh;
    this.#lastLow = packet.timeLow;
    this.packets += 1;
    this.#frames += 1;
    this.#lastPacketFrame = this.#frames;
    this.processes.count(packet);
    this.owners.count(packet);
    this.checksums.add(packet);
  }
}

const ticksOf = (high: number, low: number): bigint => (BigInt(high) << 32n) | BigInt(low);
