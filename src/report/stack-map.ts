import { ComponentType } from '../host/index.js';
import { Direction } from '../packets/index.js';
import { type HostPath, isProtocol, type PathNode, type PathSummary } from '../paths/index.js';
import type { MapLink, MapNode, StackMap } from './report-data.js';

/**
 * Limit of nodes on the map, which would not be readable with more. Those with the most packets and those with drops
 * are kept.
 */
const MAX_NODES = 80;
const MAX_LINKS = 300;

/** Rank of a vSwitch port from the top, by the type of its NIC: guests, then the host, then external. */
const PORT_RANKS: ReadonlyMap<string, number> = new Map([
  ['Internal', 1],
  ['External', 2],
]);

/**
 * Arranges the stack by the packets' paths: layers from the top to the wire, and a lane for each compartment and
 * vSwitch.
 *
 * A node is below those that outbound packets passed before it. If packets pass nodes in both orders, or in a circle,
 * most packets decide.
 */
export function stackMap(summary: PathSummary): StackMap {
  const { nodes } = summary.nodes;
  const kept = [...nodes].sort((a, b) => importance(b, summary) - importance(a, summary)).slice(0, MAX_NODES);
  const isKept = new Set(kept);
  const links = summary.links
    .values()
    .filter(({ from, to }) => isKept.has(from) && isKept.has(to))
    .sort((a, b) => b.packets - a.packets)
    .slice(0, MAX_LINKS);
  const layers = layersOf(kept, summary);
  const layerOf = (node: PathNode): number => layers.get(node) ?? 0;
  const laneName = laneNames(kept);
  const lanes = lanesOf(kept, layerOf, laneName);
  const lastSeen = lastSeenAt(summary);
  const columns = new Map<string, number>();
  const placed = kept
    .sort((a, b) => layerOf(a) - layerOf(b) || byName(a.facts.interface, b.facts.interface))
    .map((node): MapNode => {
      const layer = layerOf(node);
      const lane = lanes.indexOf(laneName(node));
      const cell = `${lane} ${layer}`;
      const column = columns.get(cell) ?? 0;
      columns.set(cell, column + 1);
      return {
        id: node.id,
        kind: node.kind,
        name: (node.kind === 'port' ? node.facts.nic : undefined) ?? node.facts.interface,
        about: aboutOf(node),
        packets: summary.packetsAt.get(node) ?? 0,
        dropped: summary.dropsAt.get(node) ?? 0,
        lastSeen: lastSeen.get(node) ?? 0,
        layer,
        column,
        lane,
      };
    });
  return {
    nodes: placed,
    links: links.map(({ from, packets, to }): MapLink => ({ from: from.id, to: to.id, packets })),
    lanes: lanes.map((name, lane) => ({
      name,
      columns: Math.max(1, ...placed.filter((node) => node.lane === lane).map(({ column }) => column + 1)),
    })),
    layers: Math.max(0, ...placed.map(({ layer }) => layer + 1)),
    nodesLeftOut: nodes.length - kept.length,
  };
}

/** Nodes with drops are always on the map. */
const importance = (node: PathNode, { dropsAt, packetsAt }: PathSummary): number =>
  (packetsAt.get(node) ?? 0) + ((dropsAt.get(node) ?? 0) > 0 ? Number.MAX_SAFE_INTEGER / 2 : 0);

/** The nodes of a path from the top down. */
function downward(hostPath: HostPath, { nodes }: PathSummary): PathNode[] {
  const passed = hostPath.hopLocations.flatMap((hopLocation) => nodes.nodesOf(hopLocation));
  const all = passed.filter((node, at) => node !== passed[at - 1]);
  const [first] = hostPath.hopLocations;
  // Ingress is inbound for the switch, from either side.
  const isUp = first?.direction === Direction.inbound && first.directionText !== 'Ingress';
  return isUp ? all.reverse() : all;
}

/** One node above another, and by how many packets. */
interface Order {
  readonly upper: PathNode;
  readonly lower: PathNode;
  packets: number;
}

/** Pairs of nodes that follow each other. Protocols that are offered a packet one after the other are above the same node. */
function neighbours(passed: readonly PathNode[]): { readonly upper: PathNode; readonly lower: PathNode }[] {
  return passed.flatMap((lower, at) => {
    const pairs: { upper: PathNode; lower: PathNode }[] = [];
    for (let n = at - 1; n >= 0; n--) {
      const upper = passed[n];
      if (upper === undefined || (isProtocol(upper) && isProtocol(lower))) break;
      if (upper !== lower) pairs.push({ upper, lower });
      if (!isProtocol(upper)) break;
    }
    return pairs;
  });
}

/** For pairs of consecutive nodes, which one is above the other; pairs with most packets first. */
function ordersOf(summary: PathSummary, kept: ReadonlySet<PathNode>): Order[] {
  const orders = new Map<string, Order>();
  for (const hostPath of summary.hostPaths.values()) {
    const passed = downward(hostPath, summary).filter((node) => kept.has(node));
    for (const { lower, upper } of neighbours(passed)) {
      const key = `${upper.id} ${lower.id}`;
      const order = orders.get(key) ?? { upper, lower, packets: 0 };
      order.packets += hostPath.packets;
      orders.set(key, order);
    }
  }
  return [...orders.values()]
    .map((order) => {
      const { lower, upper } = order;
      // A switch sends packets from any port to any: their types decide.
      if (upper.kind === 'port' && lower.kind === 'port') {
        return { ...order, packets: rankOf(lower) > rankOf(upper) ? order.packets : 0 };
      }
      const opposite = orders.get(`${lower.id} ${upper.id}`)?.packets ?? 0;
      return { ...order, packets: order.packets - opposite };
    })
    .filter(({ packets }) => packets > 0)
    .sort((a, b) => b.packets - a.packets || a.upper.id - b.upper.id || a.lower.id - b.lower.id);
}

const rankOf = ({ captureLocation }: PathNode): number => PORT_RANKS.get(captureLocation.nicType ?? '') ?? 0;

/** The length of the longest path down to each node, without orders that close a circle. */
function layersOf(kept: readonly PathNode[], summary: PathSummary): Map<PathNode, number> {
  const below = new Map<PathNode, PathNode[]>();
  const isBelow = (node: PathNode, start: PathNode): boolean => {
    const open = [start];
    const seen = new Set(open);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === node) return true;
      for (const lower of below.get(next) ?? []) {
        if (!seen.has(lower)) open.push(lower);
        seen.add(lower);
      }
    }
    return false;
  };
  for (const { lower, upper } of ordersOf(summary, new Set(kept))) {
    if (!isBelow(upper, lower)) below.set(upper, [...(below.get(upper) ?? []), lower]);
  }
  const layers = new Map(kept.map((node) => [node, 0]));
  // As many iterations as the longest path has nodes: without circles the result is stable then.
  for (let round = 0; round < kept.length; round++) {
    for (const [upper, lowers] of below) {
      for (const lower of lowers) {
        layers.set(lower, Math.max(layers.get(lower) ?? 0, (layers.get(upper) ?? 0) + 1));
      }
    }
  }
  // NICs without neighbours are at the wire like the others.
  const lowest = Math.max(0, ...layers.values());
  const joined = new Set([...below].flatMap(([upper, lowers]) => [upper, ...lowers]));
  for (const node of kept) if (node.kind === 'nic' && !joined.has(node)) layers.set(node, lowest);
  return layers;
}

/**
 * Components of a vSwitch; others that refer to one, such as the IP interface above it, belong to their compartment.
 */
const SWITCH_TYPES: ReadonlySet<number | undefined> = new Set([
  ComponentType.vmsVmNic,
  ComponentType.vmsMiniport,
  ComponentType.vmsExtMiniport,
  ComponentType.vmsProtocolNic,
]);

/** The name of a node's lane. A port without a name is in the lane of its switch's other ports. */
function laneNames(nodes: readonly PathNode[]): (node: PathNode) => string {
  const switchKey = ({ host, captureLocation }: PathNode): string =>
    `${host} ${captureLocation.miniportIfIndex}`;
  const switches = new Map<string, string>();
  for (const node of nodes) {
    const { vSwitch } = node.facts;
    if (node.kind === 'port' && vSwitch !== undefined) switches.set(switchKey(node), `vSwitch ${vSwitch}`);
  }
  return (node) => {
    const { compartment, componentType, vSwitch } = node.facts;
    if (node.kind === 'port')
      return switches.get(switchKey(node)) ?? `vSwitch (index ${node.captureLocation.miniportIfIndex})`;
    if (vSwitch !== undefined && SWITCH_TYPES.has(componentType)) return `vSwitch ${vSwitch}`;
    return compartment === undefined ? 'Host' : `Compartment ${compartment}`;
  };
}

/** Lanes from the left: those that reach highest first. */
function lanesOf(
  nodes: readonly PathNode[],
  layerOf: (node: PathNode) => number,
  laneName: (node: PathNode) => string,
): string[] {
  const lanes = new Map<string, number[]>();
  for (const node of nodes) {
    const name = laneName(node);
    lanes.set(name, [...(lanes.get(name) ?? []), layerOf(node)]);
  }
  const mean = (layers: readonly number[]): number => layers.reduce((sum, n) => sum + n, 0) / layers.length;
  return [...lanes].sort(([a, x], [b, y]) => mean(x) - mean(y) || byName(a, b)).map(([name]) => name);
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

function lastSeenAt(summary: PathSummary): Map<PathNode, number> {
  const counts = new Map<PathNode, number>();
  for (const { lastSeen, hopLocation } of summary.hopLocations.values()) {
    const [node] = summary.nodes.nodesOf(hopLocation);
    if (node !== undefined) counts.set(node, (counts.get(node) ?? 0) + lastSeen);
  }
  return counts;
}

function aboutOf({ facts, kind, captureLocation }: PathNode): string {
  if (kind === 'port')
    return [captureLocation.nicType, `port ${captureLocation.portId}`].filter((part) => part).join(', ');
  return [facts.componentTypeName, facts.description].filter((part) => part).join(', ');
}
