import { type NameLookup, type Packet, UNKNOWN } from '../packets/index.js';
import { Fingerprint } from './fingerprint.js';
import { FlowTable } from './flow.js';
import { byAppearance, PacketPath, type PathCut } from './packet-path.js';
import { type Station, StationTable } from './station.js';
import { Translation } from './translation.js';

/** Ticks in a second. */
const SECOND = 10_000_000;

/** A packet that was not seen for this long is through: appearances of one packet are milliseconds apart at most. */
const WINDOW = SECOND;
/** Appearances with the same bytes and no other identity are taken for one packet's if they are no further apart. */
const GUESS_WINDOW = SECOND / 20;
/** Hops of one path; a packet that runs in circles begins a new path. */
const MAX_HOPS = 256;
/** Hops of all paths that are not closed. A path of one hop takes half a kilobyte. */
const MAX_OPEN_HOPS = 250_000;
/** Open paths of one hash that are compared; the oldest gives way. */
const MAX_CHAIN = 32;

export interface TrackerOptions {
  /** Gets every path once, when it is closed; in the order of first frames. */
  readonly onPath: (path: PacketPath) => void;
  /** Ticks; for tests. */
  readonly window?: number;
  readonly maxOpenHops?: number;
}

/** What a frame is recognised by where nothing names it: its bytes, and what translation leaves of them. */
interface FrameIdentity extends Readonly<Pick<Fingerprint, 'first' | 'second' | 'length'>> {
  readonly toDestination: number;
  readonly fromSource: number;
}

/** A path that may still grow, and how it is found. */
class OpenPath {
  /** The turn in which it was last seen. */
  turn: number;
  lastHigh: number;
  lastLow: number;
  superseded = false;

  constructor(
    readonly path: PacketPath,
    public key: number,
    readonly fingerprint: FrameIdentity | undefined,
    { timeHigh, timeLow }: Packet,
    turn: number,
  ) {
    this.lastHigh = timeHigh;
    this.lastLow = timeLow;
    this.turn = turn;
  }

  /** Ticks since it was last seen. */
  age({ timeHigh, timeLow }: Packet): number {
    return (timeHigh - this.lastHigh) * 2 ** 32 + (timeLow - this.lastLow);
  }
}

/** Open paths by a hash; few share one. */
class PathIndex {
  readonly #byHash = new Map<number, OpenPath[]>();

  find(hash: number): readonly OpenPath[] {
    return this.#byHash.get(hash) ?? NONE;
  }

  add(hash: number, path: OpenPath): void {
    const chain = this.#byHash.get(hash);
    if (chain === undefined) {
      this.#byHash.set(hash, [path]);
      return;
    }
    if (chain.length >= MAX_CHAIN) chain.shift();
    chain.push(path);
  }

  remove(hash: number, path: OpenPath): void {
    const chain = this.#byHash.get(hash);
    if (chain === undefined) return;
    const at = chain.indexOf(path);
    if (at === -1) return;
    if (chain.length === 1) this.#byHash.delete(hash);
    else chain.splice(at, 1);
  }
}

const NONE: readonly OpenPath[] = [];

/**
 * Puts the appearances of each packet together. Feed it all packets of a trace in the order of time.
 *
 * - pktmon: PktGroupId and PktNumber name a packet. Windows uses a number again later: an appearance that was there
 *   already, at the same station, begins a new path.
 * - vSwitch (event 1003): the NBL where the trace tells it. The pointer is used again for the next packet: a packet that
 *   comes in anew, with other bytes or at a port where it came in already, begins a new path.
 * - vSwitch and NDIS otherwise: the same bytes at another port of the switch or another NIC within 50 ms, marked as a
 *   guess; NICs must agree about the direction. Between a vSwitch and a NIC, also what address translation leaves of a
 *   packet (see {@link Translation}), where only one path fits.
 * - others: each appearance is a path of its own.
 *
 * A path is closed when its packet was not seen for a second (of the trace's time): every second the paths are looked
 * through that were not seen in the second before, so each is closed one to two seconds behind its last appearance.
 * Where a quarter of a million hops are open, the turn comes early. Closed paths wait for those that began before them.
 */
export class PathTracker {
  readonly flows = new FlowTable();
  readonly stations = new StationTable();
  /** Paths that were closed although their packet was not old; see {@link PacketPath.cut}. */
  cut = 0;
  readonly #onPath: (path: PacketPath) => void;
  readonly #window: number;
  readonly #maxOpenHops: number;
  readonly #byKey = new PathIndex();
  readonly #byFrame = new PathIndex();
  readonly #byTranslation = new PathIndex();
  readonly #translation = new Translation();
  readonly #fingerprint = new Fingerprint();
  /** Paths that were seen in this turn, and in the one before; in the order of their first frames within a turn. */
  #young: OpenPath[] = [];
  #old: OpenPath[] = [];
  #turn = 0;
  #turnHigh = 0;
  #turnLow = 0;
  #hasBegun = false;
  #openHops = 0;
  /** Closed, waiting for paths that began earlier. */
  #closed: PacketPath[] = [];
  #closedHops = 0;

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
    this.#takeTurn(packet);
    const station = this.stations.stationOf(packet, host);
    const open =
      packet.place.source === 'pktmon'
        ? this.#findPktmon(packet, station, host)
        : this.#findOther(packet, station, host);
    const { path } = open;
    const since = (packet.timeHigh - path.firstHigh) * 2 ** 32 + (packet.timeLow - path.firstLow);
    path.hops.push({
      frame,
      since,
      station,
      flow: this.flows.flowOf(packet),
      compartment:
        packet.compartmentId === UNKNOWN
          ? (names.compartmentId(packet.place) ?? UNKNOWN)
          : packet.compartmentId,
      appearance: packet.appearance,
      processor: packet.processor,
      vlanId: packet.vlanId,
      vsid: packet.vsid,
      length: packet.originalLength,
      dropReason: packet.dropReason,
      dropLocation: packet.dropLocation,
    });
    this.#openHops += 1;
    open.lastHigh = packet.timeHigh;
    open.lastLow = packet.timeLow;
    if (open.turn !== this.#turn) {
      open.turn = this.#turn;
      this.#young.push(open);
    }
    if (path.hops.length >= MAX_HOPS) this.#supersede(open, 'hops');
  }

  /** The trace is at its end: closes all paths. */
  finish(): void {
    for (const open of this.#old) if (open.turn !== this.#turn) this.#close(open);
    for (const open of this.#young) this.#close(open);
    this.#old = [];
    this.#young = [];
    this.#emit(Number.POSITIVE_INFINITY);
  }

  #findPktmon(packet: Packet, station: Station, host: number): OpenPath {
    const { nblHigh, nblLow, packetNumber } = packet;
    // A group number of 0 names nothing.
    if (nblHigh === 0 && nblLow === 0) return this.#newPath(packet, host, UNKNOWN, undefined);
    const key = hashOf(nblHigh, nblLow, packetNumber * 64 + host);
    for (const open of this.#byKey.find(key)) {
      const { path } = open;
      if (
        path.nblLow !== nblLow ||
        path.nblHigh !== nblHigh ||
        path.packetNumber !== packetNumber ||
        path.host !== host
      ) {
        continue;
      }
      if (open.age(packet) <= this.#window && !isRepeated(path, packet, station)) return open;
      this.#supersede(open, undefined);
      break;
    }
    return this.#newPath(packet, host, key, undefined);
  }

  #findOther(packet: Packet, station: Station, host: number): OpenPath {
    const { source } = packet.place;
    if (source !== 'vswitch' && source !== 'ndis') return this.#newPath(packet, host, UNKNOWN, undefined);
    const fingerprint = this.#fingerprint;
    fingerprint.take(packet);
    let key = UNKNOWN;
    if (packet.hasNbl) {
      key = hashOf(packet.nblHigh, packet.nblLow, host);
      const known = this.#findNbl(key, packet, station, host);
      if (known !== undefined) return known;
    }
    this.#translation.take(packet);
    const open = this.#findFrame(packet, station, host) ?? this.#findTranslated(packet, host);
    if (open === undefined) {
      const { first, second, length } = fingerprint;
      const { fromSource, toDestination } = this.#translation;
      return this.#newPath(packet, host, key, { first, second, length, fromSource, toDestination });
    }
    open.path.guess = true;
    if (key !== UNKNOWN && open.key === UNKNOWN) this.#learnNbl(open, packet, key);
    return open;
  }

  /** The oldest path of a frame with the same bytes. */
  #findFrame(packet: Packet, station: Station, host: number): OpenPath | undefined {
    const { first, length, second } = this.#fingerprint;
    return this.#byFrame
      .find(first)
      .find(
        (open) =>
          open.fingerprint?.second === second &&
          open.fingerprint.length === length &&
          open.path.host === host &&
          open.age(packet) <= GUESS_WINDOW &&
          isElsewhere(open.path, packet, station),
      );
  }

  /** The only path at the other side of a NAT, between a vSwitch and a NIC, whose packet this can be. */
  #findTranslated(packet: Packet, host: number): OpenPath | undefined {
    const { source } = packet.place;
    for (const key of [this.#translation.toDestination, this.#translation.fromSource]) {
      if (key === 0) continue;
      const candidates = this.#byTranslation
        .find(key)
        .filter(
          ({ path }) =>
            path.host === host &&
            !path.last.station.dropped &&
            path.hops.every(({ station }) => station.place.source !== source),
        )
        .filter((open) => open.age(packet) <= GUESS_WINDOW);
      const [only] = candidates;
      if (candidates.length === 1) return only;
    }
    return undefined;
  }

  /** The newest path of an NBL, if this is a further step of it: extensions of a switch may change its bytes. */
  #findNbl(key: number, packet: Packet, station: Station, host: number): OpenPath | undefined {
    const chain = this.#byKey.find(key);
    for (let n = chain.length - 1; n >= 0; n--) {
      const open = chain[n];
      if (open === undefined) continue;
      const { path } = open;
      if (path.nblLow !== packet.nblLow || path.nblHigh !== packet.nblHigh || path.host !== host) continue;
      if (open.age(packet) > this.#window) {
        this.#supersede(open, undefined);
        continue;
      }
      const isSame =
        open.fingerprint?.first === this.#fingerprint.first &&
        open.fingerprint.second === this.#fingerprint.second;
      const wasHere = path.hops.some((hop) => hop.station === station);
      const isIngress = station.destinations.length === 0 && !station.dropped;
      if (!wasHere && (isSame || !isIngress)) return open;
    }
    return undefined;
  }

  /** A path that began where NBLs are not known came to the switch. */
  #learnNbl(open: OpenPath, { nblHigh, nblLow }: Packet, key: number): void {
    const { path } = open;
    path.hasNbl = true;
    path.nblHigh = nblHigh;
    path.nblLow = nblLow;
    open.key = key;
    this.#byKey.add(key, open);
  }

  #newPath(packet: Packet, host: number, key: number, fingerprint: OpenPath['fingerprint']): OpenPath {
    const { hasNbl, nblHigh, nblLow, packetNumber, place, timeHigh, timeLow } = packet;
    const path = new PacketPath(host, place.source, timeHigh, timeLow, hasNbl, nblHigh, nblLow, packetNumber);
    const open = new OpenPath(path, key, fingerprint, packet, this.#turn);
    this.#young.push(open);
    if (key !== UNKNOWN) this.#byKey.add(key, open);
    if (fingerprint !== undefined) this.#index(fingerprint, open);
    return open;
  }

  /** Takes a path out of the indexes: no further appearance belongs to it. It is closed with its turn. */
  #supersede(open: OpenPath, cut: PathCut | undefined): void {
    if (open.superseded) return;
    open.superseded = true;
    if (cut !== undefined) {
      open.path.cut = cut;
      this.cut += 1;
    }
    if (open.key !== UNKNOWN) this.#byKey.remove(open.key, open);
    const { fingerprint } = open;
    if (fingerprint === undefined) return;
    this.#byFrame.remove(fingerprint.first, open);
    this.#byTranslation.remove(fingerprint.toDestination, open);
    this.#byTranslation.remove(fingerprint.fromSource, open);
  }

  #index(fingerprint: FrameIdentity, open: OpenPath): void {
    const { first, fromSource, toDestination } = fingerprint;
    this.#byFrame.add(first, open);
    if (toDestination !== 0) this.#byTranslation.add(toDestination, open);
    if (fromSource !== 0) this.#byTranslation.add(fromSource, open);
  }

  #takeTurn(packet: Packet): void {
    const { timeHigh, timeLow } = packet;
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#turnHigh = timeHigh;
      this.#turnLow = timeLow;
      return;
    }
    const passed = (timeHigh - this.#turnHigh) * 2 ** 32 + (timeLow - this.#turnLow);
    const isFull = this.#openHops + this.#closedHops >= this.#maxOpenHops;
    if (passed <= this.#window && !isFull) return;
    this.#turnHigh = timeHigh;
    this.#turnLow = timeLow;
    // Twice where nothing was seen for two windows: what is young is old as well.
    this.#rotate(packet);
    if (passed > 2 * this.#window || this.#openHops >= this.#maxOpenHops) this.#rotate(packet);
  }

  #rotate(packet: Packet): void {
    const turn = this.#turn;
    this.#turn += 1;
    for (const open of this.#old) {
      if (open.turn === turn) continue;
      if (!open.superseded && open.age(packet) < GUESS_WINDOW) this.#supersede(open, 'memory');
      this.#close(open);
    }
    this.#old = this.#young;
    this.#young = [];
    let earliest = Number.POSITIVE_INFINITY;
    for (const { path } of this.#old) earliest = Math.min(earliest, path.first.frame);
    // Where there is no room, they do not wait.
    this.#emit(this.#openHops + this.#closedHops >= this.#maxOpenHops ? Number.POSITIVE_INFINITY : earliest);
  }

  #close(open: OpenPath): void {
    this.#supersede(open, undefined);
    const { path } = open;
    // They came in the order of time; appearance decides between equal times.
    path.hops.sort(byAppearance);
    this.#openHops -= path.hops.length;
    this.#closedHops += path.hops.length;
    this.#closed.push(path);
  }

  /** Gives out closed paths that began before a frame. */
  #emit(before: number): void {
    const ready = this.#closed.filter(({ first }) => first.frame < before);
    if (ready.length === 0) return;
    this.#closed =
      ready.length === this.#closed.length ? [] : this.#closed.filter(({ first }) => first.frame >= before);
    ready.sort((a, b) => a.first.frame - b.first.frame);
    for (const path of ready) {
      this.#closedHops -= path.hops.length;
      this.#onPath(path);
    }
  }
}

/** pktmon: whether this appearance was there already, so that the number stands for another packet now. */
function isRepeated(path: PacketPath, packet: Packet, station: Station): boolean {
  if (packet.appearance === UNKNOWN) return false;
  return path.hops.some((hop) => hop.appearance === packet.appearance && hop.station === station);
}

/** Whether a frame with the same bytes can be the same packet, further on. */
function isElsewhere(path: PacketPath, packet: Packet, station: Station): boolean {
  const { place } = packet;
  // Two NBLs are two packets.
  if (packet.hasNbl && path.hasNbl) return false;
  return path.hops.every((hop) => {
    const other = hop.station;
    if (other === station || other.dropped) return false;
    if (other.place.source !== place.source) return true;
    if (place.source === 'vswitch') return other.place.miniportIfIndex === place.miniportIfIndex;
    // The same NIC again: the packet was sent again.
    return other.place !== place && other.direction === packet.direction;
  });
}

/** Mixes three numbers into 31 bits (multiplication by the golden ratio, Knuth 6.4). */
function hashOf(a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ 0x5bd1_e995, 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 15) ^ b, 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13) ^ c, 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
}
