import { EventRecord, LimitLog, type RecordCopy, type UnixTicks } from '../etl/index.js';
import type { EventSchema } from '../etw/index.js';
import { ANY_END, FlowKey, type FrameLayout } from '../net/index.js';
import { type FlowEvent, FlowEventReader, isFlowEvent } from './flow-events.js';
import { type FlowMoment, type FlowSpan, type FlowTime, flowSpans, spanAt } from './flow-timeline.js';

/** Flows that are remembered, and events about them. */
const MAX_FLOWS = 262_144;
const MAX_MOMENTS = 1_000_000;
/** Flows of one hash that are compared. */
const MAX_DEPTH = 32;
/** Bytes that a flow and an event about it count for in the budget of {@link LimitLog}, without the path. */
const FLOW_BYTES = 96;
const MOMENT_BYTES = 48;
/** Events that wait for their schema. */
const MAX_UNDESCRIBED = 65_536;

/** The process that owns a flow. */
export interface FlowOwner {
  readonly pid: number;
  /** Image name without its path; absent if the trace does not have it. */
  readonly name?: string;
  /** Path of the image, as the source writes it. */
  readonly path?: string;
}

/** `chrome.exe(4321)`; `4321` where the process has no name. */
export const flowOwnerText = ({ name, pid }: FlowOwner): string =>
  name === undefined ? String(pid) : `${name}(${pid})`;

interface OwnedSpan extends FlowSpan {
  readonly owner: FlowOwner;
}

/** One flow, or, without a second end, a bound socket. */
interface Flow {
  readonly key: Uint8Array;
  /** By compartment; 0: not in the events. */
  readonly moments: Map<number, FlowMoment[]>;
  spans: ReadonlyMap<number, readonly OwnedSpan[]> | undefined;
  readonly next: Flow | undefined;
  readonly depth: number;
}

/** An event about a socket that only its endpoint pointer joins to the event that names the process. */
interface EndpointEvent {
  readonly endpoint: bigint;
  readonly time: FlowTime;
  readonly pid: number;
  readonly event: FlowEvent;
}

/** Names a process at a time: Unix time in 100 ns, upper and lower 32 bits. */
export type ProcessNameAt = (pid: number, high: number, low: number) => string | undefined;

const timeOf = ({ timeHigh, timeLow }: UnixTicks): FlowTime => timeHigh * 2 ** 32 + timeLow;

/**
 * The processes that own flows, from events about connections and sockets: TCPIP, Kernel-Network, Pef-WFP.
 *
 * Pass all records of the survey in any order to {@link observe}, then call {@link finish}, then query. Flows are found
 * by protocol, addresses and ports, and by Pef-WFP's flow handle.
 */
export class FlowOwners {
  readonly #flows = new Map<number, Flow>();
  readonly #handles = new Map<bigint, FlowMoment[]>();
  #handleSpans = new Map<bigint, readonly OwnedSpan[]>();
  #endpoints: EndpointEvent[] = [];
  #undescribed: RecordCopy[] = [];
  readonly #reader = new FlowEventReader();
  readonly #key = new FlowKey();
  readonly #ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  readonly #owners = new Map<string, FlowOwner>();
  readonly #limits: LimitLog;
  #nameAt: ProcessNameAt = () => undefined;
  #flowCount = 0;
  #momentCount = 0;

  /** @param limits counts events beyond the limits */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#momentCount === 0;
  }

  /**
   * Hot path: called for every record of the survey that is not a packet.
   *
   * @param schemaOf the schema of an event; undefined if the trace has not described it yet
   */
  observe(record: EventRecord, schemaOf: (record: EventRecord) => EventSchema | undefined): void {
    if (!isFlowEvent(record)) return;
    const schema = schemaOf(record);
    if (schema === undefined) {
      this.#keepUndescribed(record);
      return;
    }
    const event = this.#reader.read(record, schema);
    if (event === undefined) return;
    record.unixTicks(this.#ticks);
    this.#take(event, timeOf(this.#ticks));
  }

  #keepUndescribed(record: EventRecord): void {
    if (this.#undescribed.length >= MAX_UNDESCRIBED) this.#limits.add('flowEventsLeftOut');
    else if (this.#limits.mayKeep('flowEventsLeftOut', record.size)) this.#undescribed.push(record.copy());
  }

  #take(event: FlowEvent, time: FlowTime): void {
    if (this.#momentCount >= MAX_MOMENTS) {
      this.#limits.add('flowEventsLeftOut');
      return;
    }
    const { endpoint, handle, local, pid } = event;
    // The event that names the endpoint's process may come later in the file.
    if (endpoint !== undefined && (pid === 0 || local === undefined)) {
      if (!this.#limits.mayKeep('flowEventsLeftOut', MOMENT_BYTES)) return;
      this.#endpoints.push({ endpoint, time, pid, event: { ...event } });
      this.#momentCount += 1;
      return;
    }
    if (handle !== undefined) this.#addHandle(handle, event, time);
    if (local !== undefined) this.#addFlow(event, time, pid);
  }

  #addHandle(handle: bigint, event: FlowEvent, time: FlowTime): void {
    let moments = this.#handles.get(handle);
    if (moments === undefined) {
      if (this.#handles.size >= MAX_FLOWS) {
        this.#limits.add('flowEventsLeftOut');
        return;
      }
      moments = [];
      this.#handles.set(handle, moments);
    }
    this.#addMoment(moments, event, time, event.pid);
  }

  #addFlow(event: FlowEvent, time: FlowTime, pid: number): void {
    const { compartment, local, protocol, remote } = event;
    if (local === undefined) return;
    const key = this.#key;
    key.set(local.family, protocol, local, remote ?? ANY_END);
    const flow = this.#find(key) ?? this.#newFlow(key);
    if (flow === undefined) {
      this.#limits.add('flowEventsLeftOut');
      return;
    }
    let moments = flow.moments.get(compartment);
    if (moments === undefined) {
      moments = [];
      flow.moments.set(compartment, moments);
    }
    this.#addMoment(moments, event, time, pid);
  }

  #addMoment(moments: FlowMoment[], { kind, path }: FlowEvent, time: FlowTime, pid: number): void {
    const last = moments.at(-1);
    // Data events repeat: consecutive ones are stored as one.
    if (kind === 'seen' && last?.kind === 'seen' && last.pid === pid && time >= last.from) {
      if (time > last.to) last.to = time;
      return;
    }
    if (!this.#limits.mayKeep('flowEventsLeftOut', MOMENT_BYTES + path.length)) return;
    moments.push({ kind, from: time, to: time, pid, path: this.#limits.name(path) });
    this.#momentCount += 1;
  }

  #find(key: FlowKey): Flow | undefined {
    for (let flow = this.#flows.get(key.hash()); flow !== undefined; flow = flow.next) {
      if (key.equals(flow.key)) return flow;
    }
    return undefined;
  }

  #newFlow(key: FlowKey): Flow | undefined {
    const hash = key.hash();
    const next = this.#flows.get(hash);
    const depth = (next?.depth ?? 0) + 1;
    if (this.#flowCount >= MAX_FLOWS || depth > MAX_DEPTH || !this.#limits.hasRoom(FLOW_BYTES))
      return undefined;
    const flow: Flow = { key: key.bytes.slice(), moments: new Map(), spans: undefined, next, depth };
    this.#flows.set(hash, flow);
    this.#flowCount += 1;
    return flow;
  }

  /**
   * Reads the events that precede their schemas, and joins sockets to their processes. Call it after all records were
   * observed.
   *
   * @param nameAt names a process at a time
   */
  finish(schemaOf: (record: EventRecord) => EventSchema | undefined, nameAt: ProcessNameAt): void {
    this.#nameAt = nameAt;
    const waiting = this.#undescribed;
    this.#undescribed = [];
    const record = new EventRecord();
    for (const copy of waiting) {
      record.restore(copy);
      if (schemaOf(record) !== undefined) this.observe(record, schemaOf);
    }
    const pids = new Map<bigint, number>();
    const endpoints = this.#endpoints.sort((a, b) => a.time - b.time);
    this.#endpoints = [];
    for (const { endpoint, event, pid, time } of endpoints) {
      if (pid !== 0) pids.set(endpoint, pid);
      const known = pids.get(endpoint) ?? 0;
      if (event.local !== undefined && (known !== 0 || event.kind === 'closes')) {
        this.#addFlow(event, time, known);
      }
      if (event.kind === 'closes') pids.delete(endpoint);
    }
    this.#handleSpans = new Map(
      [...this.#handles].map(([handle, moments]) => [handle, this.#ownedSpans(moments)]),
    );
  }

  /**
   * Hot path. The owner of a frame's flow at a Unix time in 100 ns.
   *
   * @param isOutbound whether the frame's source is the owner's end, where both ends are on this host
   * @param compartment -1: not known
   */
  ownerOf(
    bytes: Uint8Array,
    layout: FrameLayout,
    isOutbound: boolean,
    compartment: number,
    ticks: UnixTicks,
  ): FlowOwner | undefined {
    const time = timeOf(ticks);
    return (
      this.#flowOwner(bytes, layout, !isOutbound, compartment, time) ??
      this.#flowOwner(bytes, layout, isOutbound, compartment, time)
    );
  }

  #flowOwner(
    bytes: Uint8Array,
    layout: FrameLayout,
    isReversed: boolean,
    compartment: number,
    time: FlowTime,
  ): FlowOwner | undefined {
    const key = this.#key;
    if (!key.setFrame(bytes, layout, isReversed)) return undefined;
    return this.#spanOwner(this.#find(key), compartment, time);
  }

  /**
   * The owner of the socket that one end of a frame is bound to: of a listener, or of a UDP socket.
   *
   * @param isSource whether the source is the end on this host
   */
  socketOwnerOf(
    bytes: Uint8Array,
    layout: FrameLayout,
    isSource: boolean,
    compartment: number,
    ticks: UnixTicks,
  ): FlowOwner | undefined {
    const key = this.#key;
    if (!key.setFrame(bytes, layout, !isSource)) return undefined;
    const time = timeOf(ticks);
    const { isIpv4 } = key;
    key.keepFirst(false);
    const bound = this.#spanOwner(this.#find(key), compartment, time);
    if (bound !== undefined) return bound;
    key.keepFirst(true);
    const any = this.#spanOwner(this.#find(key), compartment, time);
    if (any !== undefined || !isIpv4) return any;
    // A socket for IPv6 that also accepts IPv4.
    key.keepFirst(true, 6);
    return this.#spanOwner(this.#find(key), compartment, time);
  }

  /** Hot path. The owner of the flow that a Pef-WFP packet names by its handle, two halves. */
  ownerOfHandle(high: number, low: number, ticks: UnixTicks): FlowOwner | undefined {
    const spans = this.#handleSpans.get((BigInt(high) << 32n) | BigInt(low));
    return spans && spanAt(spans, timeOf(ticks))?.owner;
  }

  #spanOwner(flow: Flow | undefined, compartment: number, time: FlowTime): FlowOwner | undefined {
    if (flow === undefined) return undefined;
    flow.spans ??= new Map([...flow.moments].map(([id, moments]) => [id, this.#ownedSpans(moments)]));
    const { spans } = flow;
    // Containers may use the same addresses. Below the IP stack a packet's location has the host's compartment.
    const [only] = spans.values();
    const own = spans.size === 1 ? only : spans.get(compartment);
    return own && spanAt(own, time)?.owner;
  }

  #ownedSpans(moments: readonly FlowMoment[]): OwnedSpan[] {
    return flowSpans(moments).map((span) => ({ ...span, owner: this.#owner(span) }));
  }

  /** The same owner is the same object. */
  #owner({ namedAt, path, pid }: FlowSpan): FlowOwner {
    const imageName = path.slice(path.lastIndexOf('\\') + 1);
    const high = Math.floor(namedAt / 2 ** 32);
    const name = this.#nameAt(pid, high, namedAt - high * 2 ** 32) ?? imageName;
    const key = `${pid} ${name} ${path}`;
    let owner = this.#owners.get(key);
    if (owner === undefined) {
      owner = { pid, ...(name !== '' && { name }), ...(path !== '' && { path }) };
      this.#owners.set(key, owner);
    }
    return owner;
  }
}
