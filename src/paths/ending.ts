import { type CaptureLocation, ComponentType } from '../host/index.js';
import { Direction, UNKNOWN } from '../packets/index.js';
import type { CaptureLocationFacts, HopLocation } from './hop-location.js';
import type { Hop, PacketPath } from './packet-path.js';

/** Facts about a location of a host. */
export type FactsOf = (captureLocation: CaptureLocation, host: number) => CaptureLocationFacts;

/**
 * The destination after the last hop location, if a packet left the part of the stack in the trace:
 *
 * - `wire`: sent at an adapter's miniport, or at an NDIS NIC
 * - `stack`: received at the IP stack, or another protocol
 * - `vnic`: sent from a vSwitch to a virtual NIC
 * - `port`: sent to switch ports
 * - `parts`, `whole`: split, or joined with others, and continued as these
 */
export type DeliveredTo = 'wire' | 'stack' | 'vnic' | 'port' | 'parts' | 'whole';

/** How a packet's path ends. */
export type Ending =
  | { readonly kind: 'delivered'; readonly to: DeliveredTo; readonly hop: Hop }
  /** `inferred`: only a keyword bit marks the drop (see Packet.dropped). */
  | { readonly kind: 'dropped'; readonly hop: Hop; readonly inferred: boolean }
  /**
   * Neither delivered nor dropped. `unseenEdges` are the edges of its last component ahead of the packet at which it
   * did not appear: it entered and did not leave.
   */
  | { readonly kind: 'last-seen'; readonly hop: Hop; readonly unseenEdges: readonly number[] };

/** Types of components without a component of pktmon below them, and above them. */
const BOTTOM: ReadonlySet<number> = new Set([
  ComponentType.miniport,
  ComponentType.netVsc,
  ComponentType.netCx,
]);
const TOP: ReadonlySet<number> = new Set([
  ComponentType.protocol,
  ComponentType.http,
  ComponentType.ipInterface,
  ComponentType.httpMessage,
]);

/** Edges of a component between two neighbours of the stack, as pktmon numbers them. */
const UPPER_EDGE = 1;
const LOWER_EDGE = 2;

/**
 * The ending of a path. A drop record ends it, at the location of the first one: with a reason, this is certain. Otherwise its last
 * hop decides: delivered means that the last component in the trace passed the packet on, not that the destination
 * received it.
 */
export function endingOf(path: PacketPath, factsOf: FactsOf): Ending {
  const { drop, last: hop } = path;
  if (drop !== undefined) return { kind: 'dropped', hop: drop, inferred: drop.dropReason === UNKNOWN };
  const { hopLocation } = hop;
  const to = destinationOf(hop, factsOf(hopLocation.captureLocation, path.host)) ?? path.continuesAs;
  if (to !== undefined) return { kind: 'delivered', to, hop };
  return { kind: 'last-seen', hop, unseenEdges: unseenEdges(path, factsOf) };
}

function destinationOf({ hopLocation }: Hop, facts: CaptureLocationFacts): DeliveredTo | undefined {
  const { direction, directionText, captureLocation } = hopLocation;
  switch (captureLocation.source) {
    case 'vswitch':
      return hopLocation.destinations.length > 0 ? 'port' : undefined;
    case 'ndis':
      return direction === Direction.outbound ? 'wire' : undefined;
    case 'pktmon': {
      const type = facts.componentType ?? 0;
      if (type === ComponentType.vmsVmNic) return directionText === 'Egress' ? 'vnic' : undefined;
      if (direction === Direction.outbound && BOTTOM.has(type)) return 'wire';
      return direction === Direction.inbound && TOP.has(type) ? 'stack' : undefined;
    }
    default:
      return undefined;
  }
}

function unseenEdges({ hops, host, last }: PacketPath, factsOf: FactsOf): number[] {
  const { captureLocation } = last.hopLocation;
  const edges = [...factsOf(captureLocation, host).edges.keys()].filter((edge) =>
    liesAhead(edge, last.hopLocation),
  );
  const seen = new Set(
    hops
      .filter(({ hopLocation }) => hopLocation.captureLocation === captureLocation)
      .map(({ hopLocation }) => hopLocation.edgeId),
  );
  return edges.filter((edge) => !seen.has(edge));
}

/** A received packet passes a component from its lower edge to its upper one, a sent packet in reverse. */
function liesAhead(edge: number, { direction, directionText, edgeId }: HopLocation): boolean {
  if (edge === edgeId) return false;
  const isBetweenNeighbours = [edge, edgeId].every((id) => id === UPPER_EDGE || id === LOWER_EDGE);
  if (!isBetweenNeighbours || directionText === 'Ingress' || directionText === 'Egress') return true;
  if (direction === Direction.inbound) return edge === UPPER_EDGE;
  return direction !== Direction.outbound || edge === LOWER_EDGE;
}
