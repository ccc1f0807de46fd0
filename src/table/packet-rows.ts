import { type CaptureLocation, type FlowOwner, flowOwnerText, linkTypeName } from '../host/index.js';
import { ABSENT, formatMac } from '../net/index.js';
import { Direction, dropJson, type Packet, UNKNOWN } from '../packets/index.js';
import type { Interfaces, TraceSession } from '../passes/index.js';
import type { Flow, FlowTable } from '../paths/index.js';
import { LongColumn, type RowBuffer, ValueColumn } from './columns.js';
import type { TableWriter } from './table-writer.js';
import { TABLES } from './tables.js';
import { dayOf, microsecondsOf } from './unix-time.js';

/** Texts of MAC addresses that are kept. */
const MAX_MACS = 65_536;

/** Values of a location that are equal for all its packets. */
interface LocationCells {
  readonly interface: string;
  readonly component: string | null;
  readonly componentId: number | null;
  readonly compartment: number | null;
  readonly vlan: number | null;
  readonly vsid: number | null;
  readonly port: number | null;
  readonly linkType: string;
  /** Appearances, and those with a drop record. */
  packets: number;
  dropped: number;
}

export interface PacketRowsOptions {
  /** Undefined: the packets are counted only. */
  readonly writer: TableWriter | undefined;
  readonly trace: string;
  readonly session: TraceSession;
  readonly interfaces: Interfaces;
  /** The packet's flow was its last answer. */
  readonly flows: FlowTable;
}

/** Adds the row of each packet, and counts packets by location. */
export class PacketRows {
  readonly #writer: TableWriter | undefined;
  readonly #trace: string;
  readonly #session: TraceSession;
  readonly #interfaces: Interfaces;
  readonly #flows: FlowTable;
  readonly #locations = new Map<CaptureLocation, LocationCells>();
  readonly #macs = new Map<number, string>();
  readonly #owners = new WeakMap<FlowOwner, string>();
  #lastLocation: CaptureLocation | undefined;
  #lastCells: LocationCells | undefined;
  /** Of the buffer of the last row. */
  #columns: PacketColumns | undefined;
  #buffer: RowBuffer | undefined;

  constructor({ flows, interfaces, session, trace, writer }: PacketRowsOptions) {
    this.#writer = writer;
    this.#trace = trace;
    this.#session = session;
    this.#interfaces = interfaces;
    this.#flows = flows;
  }

  /** Appearances at a location, and those with a drop record. */
  countsOf(captureLocation: CaptureLocation): { readonly packets: number; readonly dropped: number } {
    return this.#locations.get(captureLocation) ?? { packets: 0, dropped: 0 };
  }

  /**
   * Hot path.
   *
   * @param flow of the packet, from the flow table's last call
   */
  add(packet: Packet, frame: number, flow: Flow): void {
    const cells = this.#cellsOf(packet.captureLocation);
    cells.packets += 1;
    if (packet.dropped) cells.dropped += 1;
    const writer = this.#writer;
    if (writer === undefined) return;
    const microseconds = microsecondsOf(packet);
    const buffer = writer.at(dayOf(microseconds));
    if (buffer !== this.#buffer || this.#columns === undefined) {
      this.#buffer = buffer;
      this.#columns = packetColumns(buffer);
    }
    const columns = this.#columns;
    const row = buffer.rows;
    const { sighting } = packet;
    if (sighting === undefined) throw new Error('the packet has no identity');
    columns.trace[row] = this.#trace;
    columns.frame.setNumber(row, frame);
    columns.packet.setNumber(row, sighting.packet);
    columns.hop[row] = sighting.hop;
    columns.match[row] = sighting.match ?? null;
    columns.time.setNumber(row, microseconds);
    columns.ticks.set(row, packet.timeHigh, packet.timeLow);
    columns.interface[row] = cells.interface;
    columns.component[row] = cells.component;
    columns.component_id[row] = cells.componentId;
    columns.edge[row] = known(packet.edgeId);
    columns.direction[row] = directionText(packet.direction);
    columns.compartment[row] = known(packet.compartmentId) ?? cells.compartment;
    columns.vsid[row] = known(packet.vsid) ?? cells.vsid;
    columns.port[row] = cells.port ?? known(packet.sourcePortId);
    columns.destination_ports[row] =
      packet.destinations.length === 0 ? null : packet.destinations.map(({ portId }) => portId).join(' ');
    columns.link_type[row] = cells.linkType;
    columns.captured_length[row] = packet.length;
    columns.length[row] = packet.originalLength;
    this.#addHeaders(columns, row, packet, cells, flow);
    columns.dropped[row] = packet.dropped;
    columns.drop_reason[row] = packet.dropped ? known(packet.dropReason) : null;
    columns.drop[row] = null;
    columns.drop_location[row] = null;
    if (packet.dropped) this.#addDrop(columns, row, packet);
    columns.process_id[row] = known(packet.processId);
    columns.process[row] = packet.process ?? null;
    columns.owner[row] = packet.owner === undefined ? null : this.ownerText(packet.owner);
    writer.added(buffer);
  }

  /** {@link flowOwnerText}, each once. */
  ownerText(owner: FlowOwner): string {
    let text = this.#owners.get(owner);
    if (text === undefined) {
      text = flowOwnerText(owner);
      this.#owners.set(owner, text);
    }
    return text;
  }

  /** The compartment of a packet; undefined if unknown. */
  compartmentOf({ captureLocation, compartmentId }: Packet): number | undefined {
    return known(compartmentId) ?? this.#cellsOf(captureLocation).compartment ?? undefined;
  }

  #addHeaders(columns: PacketColumns, row: number, packet: Packet, cells: LocationCells, flow: Flow): void {
    const { layout } = this.#flows;
    const { bytes } = packet;
    columns.vlan[row] = known(packet.vlanId) ?? cells.vlan ?? absent(layout.vlanId);
    columns.source_mac[row] = layout.sourceMac === ABSENT ? null : this.#macText(bytes, layout.sourceMac);
    columns.destination_mac[row] =
      layout.destinationMac === ABSENT ? null : this.#macText(bytes, layout.destinationMac);
    columns.source[row] = flow.source ?? null;
    columns.destination[row] = flow.destination ?? null;
    columns.protocol[row] = flow.protocol;
    columns.source_port[row] = flow.sourcePort ?? null;
    columns.destination_port[row] = flow.destinationPort ?? null;
    columns.tcp_flags[row] = absent(layout.tcpFlags);
  }

  #addDrop(columns: PacketColumns, row: number, { dropLocation, dropReason }: Packet): void {
    const drop = dropJson(dropReason, dropLocation, this.#session.names);
    columns.drop[row] = drop.Drop;
    columns.drop_location[row] = drop.dropLocationName ?? drop.DropLocation ?? null;
  }

  #macText(bytes: Uint8Array, at: number): string {
    // 48 bits are a safe integer.
    let key = 0;
    for (let n = 0; n < 6; n++) key = key * 256 + (bytes[at + n] ?? 0);
    let text = this.#macs.get(key);
    if (text === undefined) {
      text = formatMac(bytes, at);
      if (this.#macs.size >= MAX_MACS) this.#macs.clear();
      this.#macs.set(key, text);
    }
    return text;
  }

  #cellsOf(captureLocation: CaptureLocation): LocationCells {
    if (captureLocation === this.#lastLocation && this.#lastCells !== undefined) return this.#lastCells;
    let cells = this.#locations.get(captureLocation);
    if (cells === undefined) {
      const details = this.#interfaces.of(captureLocation, this.#session);
      cells = {
        interface: details.name,
        component: details.componentName ?? null,
        componentId: details.componentId ?? null,
        compartment: this.#session.names.compartmentId(captureLocation) ?? null,
        vlan: captureLocation.vlanId ?? null,
        vsid: captureLocation.vsid ?? null,
        port: captureLocation.portId ?? null,
        linkType: linkTypeName(captureLocation.linkType),
        packets: 0,
        dropped: 0,
      };
      this.#locations.set(captureLocation, cells);
    }
    this.#lastLocation = captureLocation;
    this.#lastCells = cells;
    return cells;
  }
}

const known = (value: number): number | null => (value === UNKNOWN ? null : value);
const absent = (value: number): number | null => (value === ABSENT ? null : value);

function directionText(direction: Packet['direction']): string | null {
  if (direction === Direction.inbound) return 'inbound';
  return direction === Direction.outbound ? 'outbound' : null;
}

type PacketColumns = ReturnType<typeof packetColumns>;

/** The columns of a buffer by name. */
function packetColumns({ columns }: RowBuffer) {
  const find = (name: string): LongColumn | ValueColumn | undefined =>
    columns[TABLES.packets.findIndex((column) => column.name === name)];
  const values = (name: string): ValueColumn['values'] => {
    const column = find(name);
    if (!(column instanceof ValueColumn)) throw new Error(`no column ${name}`);
    return column.values;
  };
  const longs = (name: string): LongColumn => {
    const column = find(name);
    if (!(column instanceof LongColumn)) throw new Error(`no column ${name}`);
    return column;
  };
  return {
    trace: values('trace'),
    frame: longs('frame'),
    packet: longs('packet'),
    hop: values('hop'),
    match: values('match'),
    time: longs('time'),
    ticks: longs('ticks'),
    interface: values('interface'),
    component: values('component'),
    component_id: values('component_id'),
    edge: values('edge'),
    direction: values('direction'),
    compartment: values('compartment'),
    vlan: values('vlan'),
    vsid: values('vsid'),
    port: values('port'),
    destination_ports: values('destination_ports'),
    link_type: values('link_type'),
    captured_length: values('captured_length'),
    length: values('length'),
    source_mac: values('source_mac'),
    destination_mac: values('destination_mac'),
    source: values('source'),
    destination: values('destination'),
    protocol: values('protocol'),
    source_port: values('source_port'),
    destination_port: values('destination_port'),
    tcp_flags: values('tcp_flags'),
    dropped: values('dropped'),
    drop: values('drop'),
    drop_reason: values('drop_reason'),
    drop_location: values('drop_location'),
    process_id: values('process_id'),
    process: values('process'),
    owner: values('owner'),
  };
}
