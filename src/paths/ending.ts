import { type CaptureLocation, ComponentType } from '../host/index.js';
import { Direction, UNKNOWN } from '../packets/index.js';
import type { CaptureLocationFacts, HopLocation } from './hop-location.js';
import type { Hop, PacketPath } from './packet-path.js';

/** What is known of a place of a host. */
export type FactsOf = (captureLocation: CaptureLocation, host: number) => CaptureLocationFacts;

/**
 * What stands after the last hop location, where a packet left the part of the stack that the trace shows:
 * - `wire`: it was sent at an adapter's miniport, or at an NDIS NIC
 * - `stack`: it was received at the IP stack, or another protocol
 * - `vnic`: it left a vSwitch towards a virtual NIC
 * - `port`: the switch chose the ports it goes to
 * - `parts`, `whole`: it was split, or joined with others, and continues as these
 */
export type DeliveredTo = 'wire' | 'stack' | 'vnic' | 'port' | 'parts' | 'whole';

/** How a packet's path ends. */
export type Ending =
  | { readonly kind: 'delivered'; readonly to: DeliveredTo; readonly hop: Hop }
  /** `inferred`: only a keyword bit tells of the drop (see Packet.dropped). */
  | { readonly kind: 'dropped'; readonly hop: Hop; readonly inferred: boolean }
  /**
   * Neither: it was not seen any more. `unseenEdges` are the edges of its last component that lie ahead and that it did
   * not reach: it entered and did not leave.
   */
  | { readonly kind: 'last-seen'; readonly hop: Hop; readonly unseenEdges: readonly number[] };

/** Types of components with nothing that pktmon sees below them, and above them. */
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
 * The end of a path. A drop record ends it, at the location of the first one; with a reason, this is certain. Otherwise its last hop
 * decides: delivered means that the last component that could see the packet handed it on, not that somebody got it.
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

/** A received packet passes a component from its lower edge to its upper one, a sent packet the other way round. */
function liesAhead(edge: number, { direction, directionText, edgeId }: HopLocation): boolean {
  if (edge === edgeId) return false;
  const isBetweenNeighbours = [edge, edgeId].every((id) => id === UPPER_EDGE || id === LOWER_EDGE);
  if (!isBetweenNeighbours || directionText === 'Ingress' || directionText === 'Egress') return true;
  if (direction === Direction.inbound) return edge === UPPER_EDGE;
  return direction !== Direction.outbound || edge === LOWER_EDGE;
}
