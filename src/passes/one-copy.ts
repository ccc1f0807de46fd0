import { type CaptureLocation, driverName } from '../host/index.js';
import { Direction, type Location, type Packet, type PacketFilter, type Sighting } from '../packets/index.js';
import type { EventLoopYielder } from './event-loop-yielder.js';
import { PacketIdentity } from './packet-identity.js';
import { runPass } from './run-pass.js';
import type { Pump } from './runtime.js';
import type { TraceSession } from './trace-session.js';

/** The copy of a packet that is written: the one at the adapter, the one at TCP/IP, the first or the last in time. */
export const COPY_CHOICES = ['nic', 'stack', 'first', 'last'] as const;
export type CopyChoice = (typeof COPY_CHOICES)[number];

/** Results of one-copy selection. JSON-ready. */
export interface OneCopySummary {
  readonly choice: CopyChoice;
  /** Packets of which a copy was written. */
  readonly packets: number;
  /** Of those, packets without an appearance at the requested layer: their last one was written. */
  readonly elsewhere: number;
  /** Wholes of which the parts were written, and parts of which the whole was. */
  readonly replaced: number;
}

/** Number of packets that the correlator keeps open: an older packet cannot have another appearance. */
const REMEMBERED = 1 << 18;
/** Bytes of the bit field that are added at a time: 8,388,608 appearances. */
const CHUNK = 1 << 20;

/** Levels for `nic`, the wire is lowest. */
const Wire = {
  nic: 0,
  height: 2,
  unknown: 1000,
  upper: 3000,
  external: 4000,
  port: 5000,
  virtual: 6000,
} as const;
/** Levels for `stack`, TCP/IP is lowest. */
const Stack = { ip: 0, tcpip: 1, drop: 2, below: 3 } as const;
const EXTERNAL = 'External';
const TCPIP = 'tcpip.sys';

const Flag = { local: 1, excluded: 2, reached: 4, outbound: 8 } as const;

/**
 * Chooses one copy of each packet, in a separate pass over the traces: the lowest appearance is known only after the
 * last one, and the interfaces and link types of the output must be known before its first packet. The main pass
 * therefore delays nothing, and packets and events stay in time order.
 *
 * Memory is 11 MiB for the last 262,144 packets and one bit for each appearance. A packet is decided when 262,144 newer
 * ones have begun, or at the end: the correlator would not add an appearance to it after that. A journey that the
 * correlator closes early (see PacketCorrelator) counts as a separate packet.
 *
 * @param filter appearances that it rejects are not candidates
 * @param sessions of one reader; afterwards ready for the main pass
 */
export async function chooseCopies(
  sessions: readonly TraceSession[],
  choice: CopyChoice,
  filter: PacketFilter,
  { pump, yielder }: { readonly yielder: EventLoopYielder; readonly pump?: Pump },
): Promise<ChosenCopies> {
  const identity = new PacketIdentity(sessions);
  const chooser = new CopyChooser(choice, filter, identity, sessions);
  await runPass(sessions, chooser, { identity, yielder, ...(pump && { pump }) });
  for (const session of sessions) session.restart();
  return chooser.finish();
}

/** The copies that are written. */
export interface ChosenCopies {
  readonly summary: OneCopySummary;
  readonly captureLocations: ReadonlySet<CaptureLocation>;
  /** Hot path. @param appearance its position among all packets of the traces, from 0 */
  has(appearance: number): boolean;
}

/** Visitor that decides for each packet. */
class CopyChooser {
  readonly #choice: CopyChoice;
  readonly #filter: PacketFilter;
  readonly #identity: PacketIdentity;
  readonly #hasLayer: boolean;
  readonly #tcpip = new Set<CaptureLocation>();
  readonly #bits = new Bits();
  readonly #captureLocations = new Map<CaptureLocation, number>();
  readonly #usedPlaces = new Set<number>();
  #appearances = 0;
  #packets = 0;
  #elsewhere = 0;
  #replaced = 0;
  // By packet number, in a ring.
  readonly #packet = new Float64Array(REMEMBERED);
  readonly #best = new Float64Array(REMEMBERED).fill(-1);
  readonly #last = new Float64Array(REMEMBERED);
  readonly #level = new Float64Array(REMEMBERED);
  readonly #location: (Location | undefined)[] = [];
  readonly #bestPlace = new Uint32Array(REMEMBERED);
  readonly #lastCaptureLocation = new Uint32Array(REMEMBERED);
  readonly #flags = new Uint8Array(REMEMBERED);
  /** Of parts whose whole came before. */
  readonly #parents = new Map<number, number>();
  /** Of wholes whose parts came before. */
  readonly #parts = new Map<number, readonly number[]>();

  constructor(
    choice: CopyChoice,
    filter: PacketFilter,
    identity: PacketIdentity,
    sessions: readonly TraceSession[],
  ) {
    this.#choice = choice;
    this.#filter = filter;
    this.#identity = identity;
    let hasLayer = false;
    for (const session of sessions) {
      for (const captureLocation of session.allCaptureLocations) {
        const component = session.host.components.get(captureLocation.componentId ?? -1);
        if (component !== undefined && driverName(component).toLowerCase() === TCPIP)
          this.#tcpip.add(captureLocation);
        if (filter.acceptsCaptureLocation(captureLocation))
          hasLayer ||= this.#isAtLayer(captureLocation, identity.locationOf(captureLocation, session));
      }
    }
    this.#hasLayer = hasLayer;
  }

  #isAtLayer(captureLocation: CaptureLocation, { isUpper, isVirtual, role }: Location): boolean {
    if (this.#choice === 'nic') {
      // NDIS capture may have no location below a filter: the lowest of the adapter is its NIC then.
      return !isVirtual && !isUpper && (role === 'nic' || captureLocation.source === 'ndis');
    }
    return (
      this.#choice === 'stack' && (role === 'ip' || (role === 'protocol' && this.#tcpip.has(captureLocation)))
    );
  }

  /** Hot path. */
  packet(packet: Packet): void {
    const appearance = this.#appearances;
    this.#appearances += 1;
    const { sighting } = packet;
    const { location } = this.#identity;
    if (sighting === undefined || location === undefined) return;
    const slot = sighting.packet & (REMEMBERED - 1);
    if (this.#packet[slot] !== sighting.packet) this.#begin(slot, sighting, packet, location);
    if (!this.#filter.accepts(packet)) return;
    const isFirst = (this.#best[slot] ?? -1) < 0;
    if (isFirst) this.#relate(slot, sighting.packet);
    const place = this.#captureLocationNumber(packet.captureLocation);
    this.#last[slot] = appearance;
    this.#lastCaptureLocation[slot] = place;
    const flags = this.#flags[slot] ?? 0;
    const level = this.#levelOf(packet, location);
    const isLocal = (flags & Flag.local) !== 0;
    const isOutbound = packet.direction === Direction.outbound;
    if (!isFirst && !this.#isBetter(slot, level, location, isLocal, isOutbound)) return;
    this.#best[slot] = appearance;
    this.#bestPlace[slot] = place;
    this.#level[slot] = level;
    this.#location[slot] = location;
    const kept = flags & (Flag.local | Flag.excluded);
    this.#flags[slot] =
      kept |
      (this.#isAtLayer(packet.captureLocation, location) ? Flag.reached : 0) |
      (isOutbound ? Flag.outbound : 0);
  }

  #begin(slot: number, sighting: Sighting, packet: Packet, location: Location): void {
    this.#decide(slot);
    this.#packet[slot] = sighting.packet;
    this.#best[slot] = -1;
    this.#flags[slot] = isFromHere(packet, location) ? Flag.local : 0;
    if (sighting.parent !== 0) this.#parents.set(sighting.packet, sighting.parent);
    if (sighting.parts.length > 0) this.#parts.set(sighting.packet, [...sighting.parts]);
  }

  /** A whole and its parts hold the same bytes: of both, one is written. */
  #relate(slot: number, packet: number): void {
    const parent = this.#parents.get(packet);
    if (parent !== undefined && this.#isCandidate(parent)) {
      const keepsWhole = this.#choice === 'stack' || this.#choice === 'first';
      this.#exclude(keepsWhole ? slot : parent & (REMEMBERED - 1));
    }
    const parts = (this.#parts.get(packet) ?? []).filter((part) => this.#isCandidate(part));
    if (parts.length === 0) return;
    if (this.#choice === 'nic' || this.#choice === 'first') this.#exclude(slot);
    else for (const part of parts) this.#exclude(part & (REMEMBERED - 1));
  }

  /** Whether an appearance of the packet can be written. */
  #isCandidate(packet: number): boolean {
    const slot = packet & (REMEMBERED - 1);
    return (
      this.#packet[slot] === packet &&
      (this.#best[slot] ?? -1) >= 0 &&
      ((this.#flags[slot] ?? 0) & Flag.excluded) === 0
    );
  }

  #exclude(slot: number): void {
    this.#flags[slot] = (this.#flags[slot] ?? 0) | Flag.excluded;
  }

  /** Hot path. */
  #levelOf(packet: Packet, location: Location): number {
    switch (this.#choice) {
      case 'nic':
        return 2 * wireLevel(packet, location) + (packet.dropped ? 1 : 0);
      case 'stack':
        return stackLevel(packet, location, this.#tcpip);
      default:
        return 0;
    }
  }

  #isBetter(slot: number, level: number, location: Location, isLocal: boolean, isOutbound: boolean): boolean {
    if (this.#choice === 'first') return false;
    if (this.#choice === 'last') return true;
    const best = this.#level[slot] ?? 0;
    if (level !== best) return level < best;
    if (this.#choice === 'stack') return !isLocal;
    const other = this.#location[slot];
    const wasOutbound = ((this.#flags[slot] ?? 0) & Flag.outbound) !== 0;
    if (other !== undefined && other.adapter !== location.adapter && isOutbound !== wasOutbound) {
      // A packet forwarded between adapters: the copies of both directions of a connection come from the same adapter.
      return location.adapter < other.adapter;
    }
    return isLocal;
  }

  #decide(slot: number): void {
    const packet = this.#packet[slot] ?? 0;
    if (packet === 0) return;
    this.#parents.delete(packet);
    this.#parts.delete(packet);
    const best = this.#best[slot] ?? -1;
    if (best < 0) return;
    const flags = this.#flags[slot] ?? 0;
    if ((flags & Flag.excluded) !== 0) {
      this.#replaced += 1;
      return;
    }
    const isElsewhere = this.#hasLayer && (flags & Flag.reached) === 0;
    this.#packets += 1;
    if (isElsewhere) this.#elsewhere += 1;
    this.#bits.set(isElsewhere ? (this.#last[slot] ?? 0) : best);
    this.#usedPlaces.add((isElsewhere ? this.#lastCaptureLocation[slot] : this.#bestPlace[slot]) ?? 0);
  }

  #captureLocationNumber(captureLocation: CaptureLocation): number {
    const known = this.#captureLocations.get(captureLocation);
    if (known !== undefined) return known;
    this.#captureLocations.set(captureLocation, this.#captureLocations.size);
    return this.#captureLocations.size - 1;
  }

  finish(): ChosenCopies {
    for (let slot = 0; slot < REMEMBERED; slot++) this.#decide(slot);
    const bits = this.#bits;
    return {
      summary: {
        choice: this.#choice,
        packets: this.#packets,
        elsewhere: this.#elsewhere,
        replaced: this.#replaced,
      },
      captureLocations: new Set(
        [...this.#captureLocations]
          .filter(([, at]) => this.#usedPlaces.has(at))
          .map(([captureLocation]) => captureLocation),
      ),
      has: (appearance) => bits.has(appearance),
    };
  }
}

/** Whether a journey begins on this host, or at a guest of its switch, and not on the wire. */
function isFromHere(
  { destinations, direction, captureLocation }: Packet,
  { isIngress, isPort, role }: Location,
): boolean {
  if (role !== 'switch') return direction === Direction.outbound;
  if (captureLocation.source === 'vswitch') {
    return isIngress
      ? captureLocation.nicType !== EXTERNAL
      : destinations.some(({ nicType }) => nicType === EXTERNAL);
  }
  return isPort ? direction === Direction.inbound : direction === Direction.outbound;
}

/** Hot path. The wire is 0. */
function wireLevel({ destinations, captureLocation }: Packet, location: Location): number {
  const { height, isPort, isUpper, isVirtual, role } = location;
  if (role === 'switch') {
    const isExternal =
      captureLocation.source === 'vswitch'
        ? captureLocation.nicType === EXTERNAL || destinations.some(({ nicType }) => nicType === EXTERNAL)
        : !isPort;
    return isExternal ? Wire.external : Wire.port;
  }
  if (isVirtual) return Wire.virtual + Math.max(0, height);
  if (isUpper) return Wire.upper + Math.max(0, height);
  if (role === 'nic') return Wire.nic;
  return height < 0 ? Wire.unknown : Wire.height + height;
}

/** Hot path. TCP/IP is 0; drop records may have headers that the stack made up. */
function stackLevel(
  { dropped, captureLocation }: Packet,
  { role }: Location,
  tcpip: ReadonlySet<CaptureLocation>,
): number {
  if (role === 'ip') return dropped ? Stack.drop : Stack.ip;
  return role === 'protocol' && tcpip.has(captureLocation) ? Stack.tcpip : Stack.below;
}

/** A bit for each appearance. */
class Bits {
  readonly #chunks: Uint8Array[] = [];

  set(at: number): void {
    const byte = Math.floor(at / 8);
    const number = Math.floor(byte / CHUNK);
    while (this.#chunks.length <= number) this.#chunks.push(new Uint8Array(CHUNK));
    const chunk = this.#chunks[number];
    if (chunk !== undefined) chunk[byte % CHUNK] = (chunk[byte % CHUNK] ?? 0) | (1 << (at % 8));
  }

  has(at: number): boolean {
    const byte = Math.floor(at / 8);
    return ((this.#chunks[Math.floor(byte / CHUNK)]?.[byte % CHUNK] ?? 0) & (1 << (at % 8))) !== 0;
  }
}
