import { ComponentType, type Place } from '../host/index.js';
import type { Destination } from '../packets/index.js';
import type { FactsOf } from './ending.js';
import type { PlaceFacts, Station } from './station.js';

/** What a packet passes, whichever way: a component, a vSwitch port, a NIC. */
export interface PathNode {
  /** Counts the nodes of a table. */
  readonly id: number;
  readonly kind: 'component' | 'port' | 'nic';
  readonly host: number;
  readonly place: Place;
  readonly facts: PlaceFacts;
}

/** A protocol that is bound to an adapter: a received packet is offered to each of them, one after the other. */
export const isProtocol = ({ facts }: PathNode): boolean => facts.componentType === ComponentType.protocol;

/** The nodes of all stations. */
export class NodeTable {
  readonly nodes: PathNode[] = [];
  readonly #factsOf: FactsOf;
  readonly #byKey = new Map<string, PathNode>();
  readonly #byStation = new Map<Station, readonly PathNode[]>();

  constructor(factsOf: FactsOf) {
    this.#factsOf = factsOf;
  }

  /** Where a packet is at a station: behind the switch's decision it is at the ports that it goes to. */
  nodesOf(station: Station): readonly PathNode[] {
    const known = this.#byStation.get(station);
    if (known !== undefined) return known;
    const { destinations, host, place } = station;
    const nodes =
      destinations.length === 0
        ? [this.#node(place, host)]
        : destinations.map((port) => this.#node(portPlace(place, port), host));
    this.#byStation.set(station, nodes);
    return nodes;
  }

  #node(place: Place, host: number): PathNode {
    const key = `${host} ${nodeKey(place)}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const kind = place.source === 'pktmon' ? 'component' : place.source === 'vswitch' ? 'port' : 'nic';
    const node: PathNode = { id: this.nodes.length, kind, host, place, facts: this.#factsOf(place, host) };
    this.#byKey.set(key, node);
    this.nodes.push(node);
    return node;
  }
}

/** Link types, VLANs and subnets of one port or component are one node. */
function nodeKey(place: Place): string {
  switch (place.source) {
    case 'pktmon':
      return `component ${place.componentId}`;
    case 'vswitch':
      return `port ${place.miniportIfIndex} ${place.portId} ${place.nicName}`;
    default:
      return place.key;
  }
}

/** The place of packets that come in at a port to which the switch sent one. */
function portPlace(from: Place, { nicName, nicType, portId, portName }: Destination): Place {
  const { linkType, lowerIfIndex, miniportIfIndex } = from;
  return {
    source: 'vswitch',
    linkType,
    key: `vswitch destination ${miniportIfIndex} ${portId} ${nicName}`,
    portId,
    portName,
    nicName,
    nicType,
    ...(miniportIfIndex !== undefined && { miniportIfIndex }),
    ...(lowerIfIndex !== undefined && { lowerIfIndex }),
  };
}
