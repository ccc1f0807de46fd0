import { type EventRecord, UNIX_EPOCH_AS_FILETIME, type UnixTicks } from '../etl/index.js';
import { jsonText } from '../etw/index.js';
import { type CaptureLocation, interfaceJson } from '../host/index.js';
import type { DiagnosisDocument } from '../listing/index.js';
import type { Packet } from '../packets/index.js';
import { Interfaces, type PassVisitor, type TraceSession } from '../passes/index.js';
import { FlowTable } from '../paths/index.js';
import { type ConversationRow, ConversationTable } from './conversation-table.js';
import { PacketRows } from './packet-rows.js';
import { addRow } from './row.js';
import type { TableWriter } from './table-writer.js';
import type { TableName } from './tables.js';
import { dayOf, microsecondsOf } from './unix-time.js';

/** Visitor of the main pass that writes the tables of one trace. */
export class TablePass implements PassVisitor {
  readonly conversations = new ConversationTable();
  /** Of the trace's start, since 1970. */
  readonly startDay: number;
  readonly #trace: string;
  readonly #writers: ReadonlyMap<TableName, TableWriter>;
  readonly #events: TableWriter | undefined;
  readonly #interfaces: Interfaces;
  readonly #flows = new FlowTable();
  readonly #rows: PacketRows;
  readonly #hasConversations: boolean;
  readonly #locations = new Set<CaptureLocation>();
  readonly #ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  #lastLocation: CaptureLocation | undefined;
  #frames = 0;

  constructor(session: TraceSession, trace: string, writers: ReadonlyMap<TableName, TableWriter>) {
    this.#trace = trace;
    this.#writers = writers;
    this.#events = writers.get('events');
    this.#hasConversations = writers.has('conversations');
    this.#interfaces = new Interfaces([session]);
    this.#rows = new PacketRows({
      writer: writers.get('packets'),
      trace,
      session,
      interfaces: this.#interfaces,
      flows: this.#flows,
    });
    const start = session.times.start - UNIX_EPOCH_AS_FILETIME;
    this.startDay = dayOf(Number((start < 0n ? 0n : start) / 10n));
  }

  /** Hot path. */
  packet(packet: Packet): void {
    this.#frames += 1;
    const { captureLocation } = packet;
    if (captureLocation !== this.#lastLocation) {
      this.#lastLocation = captureLocation;
      this.#locations.add(captureLocation);
    }
    const flow = this.#flows.flowOf(packet);
    this.#rows.add(packet, this.#frames, flow);
    if (this.#hasConversations)
      this.conversations.add(packet, flow, this.#flows.layout, this.#rows.compartmentOf(packet));
  }

  event(record: EventRecord, { events }: TraceSession, damage: string | undefined): void {
    const writer = this.#events;
    if (writer === undefined) return;
    const event = events.describe(record, this.#frames, damage);
    const data = jsonText(event.data);
    const ticks = this.#ticks;
    record.unixTicks(ticks);
    const microseconds = microsecondsOf(ticks);
    const rows = addRow(writer, dayOf(microseconds), [
      this.#trace,
      microseconds,
      ticks,
      this.#frames,
      event.provider,
      event.providerId,
      event.id,
      event.name,
      event.level,
      event.pid,
      event.process,
      event.message,
      data,
    ]);
    writer.noteText(rows, data);
    if (event.message !== undefined) writer.noteText(rows, event.message);
  }

  async afterBatch(): Promise<void> {
    for (const writer of this.#writers.values()) await writer.drain();
  }

  /** The pass is complete: adds the rows of conversations and interfaces. */
  finish(): void {
    const conversations = this.#writers.get('conversations');
    if (conversations !== undefined)
      for (const row of this.conversations.rows) this.#addConversation(conversations, row);
    const interfaces = this.#writers.get('interfaces');
    if (interfaces !== undefined) this.#addInterfaces(interfaces);
  }

  #addConversation(writer: TableWriter, row: ConversationRow): void {
    const { flow } = row;
    const first = microsecondsOf(row.first);
    addRow(writer, dayOf(first), [
      this.#trace,
      flow.protocol,
      flow.source,
      flow.sourcePort,
      flow.destination,
      flow.destinationPort,
      row.translated?.[0],
      row.translated?.[1],
      row.compartments.size === 0 ? undefined : [...row.compartments].sort((x, y) => x - y).join(' '),
      row.owner && this.#rows.ownerText(row.owner),
      first,
      microsecondsOf(row.last),
      row.packets,
      row.fromA,
      row.bytes,
      row.drops,
      row.retransmissions,
      row.resets,
      row.roundTrip,
    ]);
  }

  #addInterfaces(writer: TableWriter): void {
    for (const details of this.#interfaces.ordered(this.#locations)) {
      const known = interfaceJson(details);
      const { dropped, packets } = this.#rows.countsOf(details.captureLocation);
      addRow(writer, this.startDay, [
        this.#trace,
        known.name,
        known.description,
        known.packetSource,
        known.linkType,
        known.mac,
        listed(known.addresses),
        known.ifIndex,
        known.guid,
        known.vSwitch,
        known.portId,
        known.portName,
        known.nic ?? known.nicName,
        known.nicType,
        known.vlanId,
        known.vsid,
        known.compartment,
        details.componentName,
        known.componentId,
        details.componentType,
        packets,
        dropped,
      ]);
    }
  }
}

/** Adds the findings of a trace. */
export function addFindings(
  { findings }: DiagnosisDocument,
  trace: string,
  day: number,
  writer: TableWriter,
): void {
  for (const finding of findings) {
    const { flow } = finding;
    addRow(writer, day, [
      trace,
      finding.id,
      finding.severity,
      finding.basis,
      finding.title,
      finding.count,
      finding.first,
      finding.last,
      listed(finding.frames.map(String)),
      finding.filter,
      finding.interface,
      finding.component,
      finding.compartment,
      finding.process,
      flow?.protocol,
      flow?.source,
      flow?.destination,
      jsonText(finding.evidence),
      finding.meaning,
      finding.check.length === 0 ? undefined : finding.check.join('\n'),
      listed(finding.causes),
    ]);
  }
}

const listed = (values: readonly string[]): string | undefined =>
  values.length === 0 ? undefined : values.join(' ');
