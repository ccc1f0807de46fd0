import {
  type ClassicFields,
  classicRecord,
  type EventFields,
  encodeRecords,
  eventRecord,
  type InterfaceRow,
  type PlacedRecord,
  type ProcessRow,
  processRecord,
  systemConfigurationRecords,
  type TraceClock,
  type TraceOptions,
  type WindowsHost,
} from '../encoder/index.js';
import type { Scenario, Truth, TruthInterface, TruthPacket, TruthPath } from './truth.js';

/** A packet's truth, without the members from its event. */
export type PacketTruth = Omit<TruthPacket, 'time' | 'processor' | 'pid' | 'tid' | 'comment'> & {
  /** Keys beyond PID, TID and CPU. */
  readonly comment: Readonly<Record<string, string>>;
};

/** When and where an event is written. */
export interface Moment {
  /** Unix time in 100 ns. */
  readonly at: bigint;
  readonly processor: number;
  readonly pid?: number;
  readonly tid?: number;
}

interface Recorded extends PlacedRecord {
  readonly time: bigint;
}

const byTime = (a: { readonly time: bigint }, b: { readonly time: bigint }): number =>
  a.time < b.time ? -1 : a.time > b.time ? 1 : 0;

const macText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');

/** Records what a host's session would write, and the expected result of its conversion. */
export class Recorder {
  readonly clock: TraceClock;
  readonly #pointerSize: 4 | 8;
  readonly #records: Recorded[] = [];
  readonly #packets: TruthPacket[] = [];
  readonly #events = new Map<string, number>();
  readonly #interfaces: TruthInterface[] = [];
  readonly #paths = new Map<string, string[]>();
  readonly #wholes = new Map<string, string>();
  /** Names of processes by id, and from when on; 0 if it ran before the trace. */
  readonly #processes: { readonly pid: number; readonly name: string; readonly from: bigint }[] = [];

  constructor(clock: TraceClock, pointerSize: 4 | 8 = 8) {
    this.clock = clock;
    this.#pointerSize = pointerSize;
  }

  #add(processor: number, time: bigint, record: Uint8Array, kind: string): void {
    this.#records.push({ processor, time, record });
    this.#events.set(kind, (this.#events.get(kind) ?? 0) + 1);
  }

  /** Writes an event; if it ends a packet, `packet` is that packet. */
  event(moment: Moment, fields: Omit<EventFields, 'time'>, packet?: PacketTruth): void {
    const time = this.clock.raw(moment.at);
    const processId = moment.pid ?? 4;
    const threadId = moment.tid ?? 8;
    const event = { pointerSize: this.#pointerSize, processId, threadId, ...fields, time };
    this.#add(moment.processor, time, eventRecord(event), `${fields.provider}/${fields.id}`);
    if (packet === undefined) return;
    this.#packets.push({
      ...packet,
      time: this.clock.unix(time),
      processor: moment.processor,
      pid: processId,
      tid: threadId,
      comment: { PID: `${processId}`, TID: `${threadId}`, CPU: `${moment.processor}`, ...packet.comment },
    });
  }

  classic(moment: Moment, fields: Omit<ClassicFields, 'time'>): void {
    const time = this.clock.raw(moment.at);
    const record = classicRecord({ pointerSize: this.#pointerSize, ...fields, time });
    this.#add(moment.processor, time, record, `${fields.eventClass}:${fields.opcode}`);
  }

  /** An encoded classic record, such as an embedded schema, on processor 0. */
  encodedClassic(at: bigint, eventClass: string, opcode: number, encode: (time: bigint) => Uint8Array): void {
    const time = this.clock.raw(at);
    this.#add(0, time, encode(time), `${eventClass}:${opcode}`);
  }

  process(moment: Moment, what: 'start' | 'end' | 'running' | 'runningAtEnd', row: ProcessRow): void {
    const time = this.clock.raw(moment.at);
    if (what !== 'end') {
      const from = what === 'start' ? this.clock.unix(time) : 0n;
      this.#processes.push({ pid: row.processId, name: row.imageName, from });
    }
    const hook = { start: 1, end: 2, running: 3, runningAtEnd: 4 }[what] + 0x0300;
    const record = processRecord(what, row, time, this.#pointerSize);
    this.#add(moment.processor, time, record, `hook 0x${hook.toString(16).padStart(4, '0')}`);
  }

  /** Records added by `netsh trace stop` and `pktmon stop`: all at the end, on processor 0. */
  systemConfiguration(at: bigint, host: WindowsHost): void {
    const time = this.clock.raw(at);
    for (const record of systemConfigurationRecords(host, time)) {
      this.#add(0, time, record, `9b79ee91-b5fd-41c0-a243-4248e266e9d0:${record[4]}`);
    }
    for (const row of host.interfaces) this.#interfaces.push(interfaceTruth(row));
  }

  /** Notes that a packet came by. */
  passed(path: string, hopLocation: string): void {
    const hopLocations = this.#paths.get(path) ?? [];
    hopLocations.push(hopLocation);
    this.#paths.set(path, hopLocations);
  }

  /** Notes that a packet is a part of another one. */
  part(part: string, whole: string): void {
    this.#wholes.set(part, whole);
  }

  /** Records of all processors in the order of their times. */
  records(): readonly PlacedRecord[] {
    return [...this.#records].sort(byTime);
  }

  truth(): Truth {
    const paths: Record<string, TruthPath> = Object.fromEntries(this.#paths);
    return {
      packets: [...this.#packets].sort(byTime).map((packet) => this.#withProcess(packet)),
      events: Object.fromEntries([...this.#events].sort(([a], [b]) => (a < b ? -1 : 1))),
      interfaces: this.#interfaces,
      paths,
      wholes: Object.fromEntries(this.#wholes),
    };
  }

  #withProcess(packet: TruthPacket): TruthPacket {
    const { pid, time } = packet;
    const process = this.#processes.filter((each) => each.pid === pid && each.from <= time).at(-1);
    return process === undefined
      ? packet
      : { ...packet, comment: { ...packet.comment, Process: process.name } };
  }

  /** The trace as a file. */
  encode(options: Omit<TraceOptions, 'clock'> = {}): Uint8Array {
    const all = { pointerSize: this.#pointerSize, ...options, clock: this.clock };
    return encodeRecords(all, this.records());
  }

  /** Both forms of the trace, with the truth about them. */
  scenario(
    name: string,
    plain: Omit<TraceOptions, 'clock'>,
    compressed: Omit<TraceOptions, 'clock'>,
  ): Scenario {
    return {
      name,
      plain: this.encode(plain),
      compressed: this.encode({ ...compressed, compression: 'matches' }),
      truth: this.truth(),
    };
  }
}

function interfaceTruth(row: InterfaceRow): TruthInterface {
  return {
    index: row.index,
    alias: row.alias,
    description: row.description,
    mac: macText(row.mac),
    speed: row.speed ?? 0n,
  };
}
