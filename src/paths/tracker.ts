import { type NameLookup, type Packet, type Sighting, UNKNOWN } from '../packets/index.js';
import { FlowTable } from './flow.js';
import { HopLocationTable } from './hop-location.js';
import { PacketPath } from './packet-path.js';
import { StepJoiner } from './step-joiner.js';

/** Ticks in a second. */
const SECOND = 10_000_000;

/**
 * A path ends when its packet has had no appearance for this long: the maximum interval between appearances with one
 * number.
 */
const WINDOW = SECOND;
/**
 * After this time most packets have no further appearance: the maximum interval between appearances with equal content.
 */
const SETTLED = SECOND / 10;
/** Hops of one path; a packet that runs in circles begins a new path. */
const MAX_HOPS = 256;
/** Limit of hops of all open paths. A path of one hop needs half a kilobyte. */
const MAX_OPEN_HOPS = 250_000;

export interface TrackerOptions {
  /** Receives every path once, when it is closed; in the order of first frames. */
  readonly onPath: (path: PacketPath) => void;
  /** Ticks; for tests. */
  readonly window?: number;
  readonly maxOpenHops?: number;
}

/**
 * Collects the appearances of each packet. Pass all packets of a trace in time order, each with its identity ({@link
 * Packet.sighting}): a path is all appearances with one packet number.
 *
 * A path is closed when its packet has had no appearance for a second (of the trace's time), and when all that began
 * before it are closed. If a quarter of a million hops are open, the oldest paths are closed early until half of them
 * are left; those that may continue are marked and counted.
 */
export class PathTracker {
  readonly flows = new FlowTable();
  readonly hopLocations = new HopLocationTable();
  /** Paths that were closed although their packet may have further appearances; see {@link PacketPath.cut}. */
  cut = 0;
  /** Joins events about packets to paths; to be activated where the trace has such events. */
  readonly steps = new StepJoiner();
  readonly #onPath: (path: PacketPath) => void;
  readonly #window: number;
  readonly #maxOpenHops: number;
  /** Paths that may grow, by packet number. */
  readonly #growing = new Map<number, PacketPath>();
  /** All that are not closed, in the order of their first frames. */
  readonly #open = new Set<PacketPath>();
  #openHops = 0;
  #hasBegun = false;
  #sweptHigh = 0;
  #sweptLow = 0;

  constructor({ maxOpenHops = MAX_OPEN_HOPS, onPath, window = WINDOW }: TrackerOptions) {
    this.#onPath = onPath;
    this.#window = window;
    this.#maxOpenHops = maxOpenHops;
  }

  /**
   * Hot path.
   *
   * @param frame the packet's number in the pcapng, from 1
   * @param host which host's packet it is; `names` are that host's
   */
  add(packet: Packet, frame: number, host: number, names: NameLookup): void {
    const { sighting } = packet;
    if (sighting === undefined) throw new Error('the packet has no identity');
    this.#closeOld(packet);
    const path = this.#growing.get(sighting.packet) ?? this.#begin(packet, frame, host);
    path.learn(packet, sighting);
    if (sighting.parent !== 0 || sighting.parts.length > 0) this.#link(path.packet, sighting);
    const before = path.hops.at(-1);
    const isSameFlow = before !== undefined && sighting.match === 'content' && !path.mayChangeFlow;
    const flow = isSameFlow ? before.flow : this.flows.flowOf(packet);
    path.hops.push({
      frame,
      since: path.ticksSinceFirst(packet),
      hopLocation: this.hopLocations.hopLocationOf(packet, host),
      location: sighting.location,
      flow,
      compartment:
        packet.compartmentId === UNKNOWN
          ? (names.compartmentId(packet.captureLocation) ?? UNKNOWN)
          : packet.compartmentId,
      number: sighting.hop,
      match: sighting.match,
      ambiguous: sighting.ambiguous,
      appearance: packet.appearance,
      processor: packet.processor,
      vlanId: packet.vlanId,
      vsid: packet.vsid,
      length: packet.originalLength,
      dropReason: packet.dropReason,
      dropLocation: packet.dropLocation,
      process: packet.process,
      owner: packet.owner,
      teamMember: packet.teamMember,
      offload: packet.offload,
    });
    this.#openHops += 1;
    if (this.steps.isActive) this.steps.seen(path, flow, host, packet);
    if (path.hops.length >= MAX_HOPS) {
      this.#growing.delete(path.packet);
      this.#cut(path, 'hops');
    }
  }

  /** The trace is at its end: closes all paths. */
  finish(): void {
    this.steps.finish();
    for (const path of this.#open) this.#close(path);
  }

  #begin(packet: Packet, frame: number, host: number): PacketPath {
    const path = new PacketPath(packet, frame, host);
    this.#growing.set(path.packet, path);
    this.#open.add(path);
    return path;
  }

  /** Links earlier packets to the part or whole as which they continue. */
  #link(number: number, { parent, parts }: Sighting): void {
    const whole = this.#growing.get(parent);
    if (whole !== undefined) {
      whole.parts.push(number);
      whole.continuesAs = 'parts';
    }
    for (const part of parts) {
      const path = this.#growing.get(part);
      if (path === undefined) continue;
      path.parent = number;
      path.continuesAs = 'whole';
    }
  }

  #cut(path: PacketPath, why: 'hops' | 'memory'): void {
    if (path.cut !== undefined) return;
    path.cut = why;
    this.cut += 1;
  }

  #closeOld(packet: Packet): void {
    if (this.#openHops >= this.#maxOpenHops) this.#makeRoom(packet);
    const { timeHigh, timeLow } = packet;
    const passed = (timeHigh - this.#sweptHigh) * 2 ** 32 + (timeLow - this.#sweptLow);
    if (this.#hasBegun && passed <= this.#window) return;
    this.#hasBegun = true;
    this.#sweptHigh = timeHigh;
    this.#sweptLow = timeLow;
    for (const path of this.#open) {
      if (path.age(packet) <= this.#window) return;
      this.#close(path);
    }
  }

  #makeRoom(packet: Packet): void {
    for (const path of this.#open) {
      if (this.#openHops <= this.#maxOpenHops / 2) return;
      if (path.age(packet) <= SETTLED) this.#cut(path, 'memory');
      this.#close(path);
    }
  }

  #close(path: PacketPath): void {
    this.#open.delete(path);
    if (this.#growing.get(path.packet) === path) this.#growing.delete(path.packet);
    this.#openHops -= path.hops.length;
    path.close();
    this.#onPath(path);
  }
}
