import type { SourceName } from '../host/index.js';
import { Direction } from '../packets/index.js';
import type { Flow } from './flow.js';
import type { Station } from './station.js';

/** One appearance of a packet. Numbers that nothing told are UNKNOWN (-1). */
export interface Hop {
  /** Number of the packet in the pcapng that a conversion without filters writes, from 1. */
  readonly frame: number;
  /** Ticks of 100 ns since the path's first hop. */
  readonly since: number;
  readonly station: Station;
  readonly flow: Flow;
  readonly compartment: number;
  readonly appearance: number;
  readonly processor: number;
  readonly vlanId: number;
  readonly vsid: number;
  /** Bytes before truncation. */
  readonly length: number;
  readonly dropReason: number;
  readonly dropLocation: number;
}

/** Why a path ended before its packet was old. */
export type PathCut = 'hops' | 'memory';

/** All appearances of one packet, as far as they could be told to be the same packet's. */
export class PacketPath {
  /** In the order of time, then of {@link Hop.appearance}; complete when the path is closed. */
  readonly hops: Hop[] = [];
  /** True where appearances were put together because their bytes are the same. */
  guess = false;
  /** Set where appearances behind the last hop may be missing or be a path of their own. */
  cut: PathCut | undefined;

  /**
   * @param host which host's: traces of several can be merged
   * @param firstHigh Unix time of the first hop in 100 ns, upper 32 bits; `firstLow` the lower ones
   */
  constructor(
    readonly host: number,
    readonly source: SourceName,
    readonly firstHigh: number,
    readonly firstLow: number,
    public hasNbl: boolean,
    public nblHigh: number,
    public nblLow: number,
    readonly packetNumber: number,
  ) {}

  get first(): Hop {
    return hopAt(this.hops, 0);
  }

  get last(): Hop {
    return hopAt(this.hops, this.hops.length - 1);
  }

  /**
   * The hop nearest to who speaks or listens on this host: what its packet says is not yet, or no longer, translated.
   */
  get inner(): Hop {
    return isUpward(this) ? this.last : this.first;
  }

  /** Unix time of the first hop, in 100 ns. */
  get ticks(): bigint {
    return (BigInt(this.firstHigh) << 32n) | BigInt(this.firstLow);
  }

  /** Ticks from the first hop to the last. */
  get duration(): number {
    return this.last.since;
  }

  /** The compartment nearest to who speaks or listens; undefined where no hop tells one. */
  get compartment(): number | undefined {
    const { hops } = this;
    const known = hops.filter(({ compartment }) => compartment >= 0);
    return (isUpward(this) ? known.at(-1) : known[0])?.compartment;
  }
}

/** Whether a packet came from the wire. A vSwitch says how packets move at it, not where they came from. */
function isUpward({ first, source }: PacketPath): boolean {
  return (
    source !== 'vswitch' &&
    first.station.direction === Direction.inbound &&
    first.station.directionText !== 'Ingress'
  );
}

function hopAt(hops: readonly Hop[], at: number): Hop {
  const hop = hops[at];
  if (hop === undefined) throw new Error('a path has a hop');
  return hop;
}

/** The order of hops: time, then appearance, then frame. */
export const byAppearance = (a: Hop, b: Hop): number =>
  a.since - b.since || a.appearance - b.appearance || a.frame - b.frame;
