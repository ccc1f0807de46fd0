import type { UnixTicks } from '../etl/index.js';
import type { FlowOwner, SourceName } from '../host/index.js';
import {
  Direction,
  type Location,
  type MatchKind,
  type Packet,
  type Sighting,
  UNKNOWN,
} from '../packets/index.js';
import type { Flow } from './flow.js';
import type { HopLocation } from './hop-location.js';
import { sortHops } from './hop-order.js';
import type { JourneyStep } from './journey-steps.js';

/** One appearance of a packet. Unknown numbers are UNKNOWN (-1). */
export interface Hop {
  /** Number of the packet in the pcapng that a conversion without filters writes, from 1. */
  readonly frame: number;
  /** Ticks of 100 ns since the path's earliest hop. */
  readonly since: number;
  readonly hopLocation: HopLocation;
  /** The hop location's position in the host's stack. */
  readonly location: Location | undefined;
  readonly flow: Flow;
  readonly compartment: number;
  /** See {@link Sighting.hop}. */
  readonly number: number;
  /** See {@link Sighting.match}. */
  readonly match: MatchKind | undefined;
  /** Another packet would have matched as well. */
  readonly ambiguous: boolean;
  readonly appearance: number;
  readonly processor: number;
  readonly vlanId: number;
  readonly vsid: number;
  /** Bytes before truncation. */
  readonly length: number;
  readonly dropReason: number;
  readonly dropLocation: number;
  readonly process: string | undefined;
  readonly owner: FlowOwner | undefined;
  readonly teamMember: string | undefined;
  /** Bits of Offload. */
  readonly offload: number;
}

/** The reason why a path was closed although its packet may have further appearances. */
export type PathCut = 'hops' | 'memory';

/** The appearances of one packet. */
export class PacketPath {
  /** In time order, see {@link sortHops}; complete when the path is closed. */
  readonly hops: Hop[] = [];
  /** Events about the packet, in time order: rules, translations. */
  readonly steps: JourneyStep[] = [];
  /** The packet's number: its identity. */
  readonly packet: number;
  readonly source: SourceName;
  /** Unix time of the earliest hop in 100 ns, upper and lower 32 bits. */
  readonly firstHigh: number;
  readonly firstLow: number;
  /** The whole that this packet is a part of; 0: none. */
  parent = 0;
  /** The parts that this packet was split into or joined from. */
  readonly parts: number[] = [];
  /** Whether the packet continues as its parts or as a whole. */
  continuesAs: 'parts' | 'whole' | undefined;
  /** Not all appearances have the same bytes, as far as the packet's identity tells. */
  mayChangeFlow = false;
  /** Some appearances were matched by content: inferred, not recorded. */
  inferred = false;
  /** For some appearances, another packet would have matched as well. */
  ambiguous = false;
  /** pktmon's PktGroupId or the NBL pointer, if all appearances that have one have the same. */
  hasNbl = false;
  nblHigh = 0;
  nblLow = 0;
  packetNumber = UNKNOWN;
  /** Set if later appearances may be missing or form a separate path. */
  cut: PathCut | undefined;
  #hasVariousNbls = false;

  /**
   * @param packet the first appearance
   * @param firstFrame its frame, the lowest of all hops
   * @param host which host's: traces of several can be merged
   */
  constructor(
    packet: Packet,
    readonly firstFrame: number,
    readonly host: number,
  ) {
    this.packet = packet.sighting?.packet ?? 0;
    this.source = packet.captureLocation.source;
    this.firstHigh = packet.timeHigh;
    this.firstLow = packet.timeLow;
  }

  /** Hot path. Stores an appearance's facts about the packet. */
  learn(packet: Packet, { ambiguous, hop, match, parent, parts }: Sighting): void {
    if (parent !== 0) this.parent = parent;
    if (parts.length > 0) this.parts.push(...parts);
    if (ambiguous) this.ambiguous = true;
    if (hop > 1 && match !== undefined && match !== 'number') this.inferred = true;
    if (match !== undefined && match !== 'content') this.mayChangeFlow = true;
    if (packet.hasNbl && !this.#hasVariousNbls) this.#learnNbl(packet);
  }

  #learnNbl({ nblHigh, nblLow, packetNumber }: Packet): void {
    if (!this.hasNbl) {
      this.hasNbl = true;
      this.nblHigh = nblHigh;
      this.nblLow = nblLow;
      this.packetNumber = packetNumber;
    } else if (nblLow !== this.nblLow || nblHigh !== this.nblHigh || packetNumber !== this.packetNumber) {
      this.#hasVariousNbls = true;
      this.hasNbl = false;
      this.packetNumber = UNKNOWN;
    }
  }

  /** Ticks from the earliest hop to a packet. */
  ticksSinceFirst({ timeHigh, timeLow }: UnixTicks): number {
    return (timeHigh - this.firstHigh) * 2 ** 32 + (timeLow - this.firstLow);
  }

  /** Ticks since the newest hop, while the path is open. */
  age(packet: Packet): number {
    return this.ticksSinceFirst(packet) - this.last.since;
  }

  /** Sorts the hops; no further one follows. */
  close(): void {
    sortHops(this.hops);
    this.steps.sort((a, b) => this.ticksSinceFirst(a) - this.ticksSinceFirst(b));
  }

  get first(): Hop {
    return hopAt(this.hops, 0);
  }

  get last(): Hop {
    return hopAt(this.hops, this.hops.length - 1);
  }

  /** The hop where the packet was dropped. Later drop records report the same drop. */
  get drop(): Hop | undefined {
    return this.hops.find(({ hopLocation }) => hopLocation.dropped);
  }

  /** The hops without the drop records that repeat the first one. */
  get journey(): readonly Hop[] {
    const { drop, hops } = this;
    return drop === undefined ? hops : hops.filter((hop) => hop === drop || !hop.hopLocation.dropped);
  }

  /**
   * The hop nearest to the endpoint on this host: its addresses are those before or after translation that the endpoint
   * uses. Drop records may have reconstructed headers: they count only if there is nothing else.
   */
  get inner(): Hop {
    const { first, hops } = this;
    if (!this.#isUpward) return first;
    return lastOf(hops, ({ hopLocation }) => !hopLocation.dropped) ?? first;
  }

  /** Unix time of the earliest hop, in 100 ns. */
  get ticks(): bigint {
    return (BigInt(this.firstHigh) << 32n) | BigInt(this.firstLow);
  }

  /** Ticks from the earliest hop to the latest. */
  get duration(): number {
    return durationOf(this.hops);
  }

  /** The compartment nearest to the endpoint; undefined if no hop has one. */
  get compartment(): number | undefined {
    const { hops } = this;
    const isKnown = ({ compartment }: Hop): boolean => compartment !== UNKNOWN;
    return (this.#isUpward ? lastOf(hops, isKnown) : hops.find(isKnown))?.compartment;
  }

  /**
   * Whether the packet was received. A vSwitch states the direction at the switch, not whether the packet was received
   * from outside.
   */
  get #isUpward(): boolean {
    const { hopLocation } = this.first;
    return (
      this.source !== 'vswitch' &&
      hopLocation.direction === Direction.inbound &&
      hopLocation.directionText !== 'Ingress'
    );
  }
}

/** Ticks from the earliest hop of a path to the latest of these. */
export const durationOf = (hops: readonly Hop[]): number =>
  hops.reduce((longest, { since }) => Math.max(longest, since), 0);

function lastOf(hops: readonly Hop[], isWanted: (hop: Hop) => boolean): Hop | undefined {
  for (let at = hops.length - 1; at >= 0; at--) {
    const hop = hops[at];
    if (hop !== undefined && isWanted(hop)) return hop;
  }
  return undefined;
}

function hopAt(hops: readonly Hop[], at: number): Hop {
  const hop = hops[at];
  if (hop === undefined) throw new Error('a path has a hop');
  return hop;
}
