import { type CaptureLocation, ComponentType } from '../host/index.js';
import type { Destination } from '../packets/index.js';
import type { FactsOf } from './ending.js';
import type { CaptureLocationFacts, HopLocation } from './hop-location.js';

/** A component, a vSwitch port or a NIC on a path, in either direction. */
export interface PathNode {
  /** Counts the nodes of a table. */
  readonly id: number;
  readonly kind: 'component' | 'port' | 'nic';
  readonly host: number;
  readonly captureLocation: CaptureLocation;
  readonly facts: CaptureLocationFacts;
}

/** A protocol that is bound to an adapter: a received packet is offered to each of them, one after the other. */
export const isProtocol = ({ facts }: PathNode): boolean => facts.componentType === ComponentType.protocol;

/** The nodes of all hop locations. */
export class NodeTable {
  readonly nodes: PathNode[] = [];
  readonly #factsOf: FactsOf;
  readonly #byKey = new Map<string, PathNode>();
  readonly #byHopLocation = new Map<HopLocation, readonly PathNode[]>();

  constructor(factsOf: FactsOf) {
    this.#factsOf = factsOf;
  }

  /** Nodes of a hop location: after the switch's decision, the destination ports. */
  nodesOf(hopLocation: HopLocation): readonly PathNode[] {
    const known = this.#byHopLocation.get(hopLocation);
    if (known !== undefined) return known;
    const { destinations, host, captureLocation } = hopLocation;
    const nodes =
      destinations.length === 0
        ? [this.#node(captureLocation, host)]
        : destinations.map((port) => this.#node(portCaptureLocation(captureLocation, port), host));
    this.#byHopLocation.set(hopLocation, nodes);
    return nodes;
  }

  #node(captureLocation: CaptureLocation, host: number): PathNode {
    const key = `${host} ${nodeKey(captureLocation)}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const kind =
      captureLocation.source === 'pktmon'
        ? 'component'
        : captureLocation.source === 'vswitch'
          ? 'port'
          : 'nic';
    const node: PathNode = {
      id: this.nodes.length,
      kind,
      host,
      captureLocation,
      facts: this.#factsOf(captureLocation, host),
    };
    this.#byKey.set(key, node);
    this.nodes.push(node);
    return node;
  }
}

/** Link types, VLANs and subnets of one port or component are one node. */
function nodeKey(captureLocation: CaptureLocation): string {
  switch (captureLocation.source) {
    case 'pktmon':
      return `component ${captureLocation.componentId}`;
    case 'vswitch':
      return `port ${captureLocation.miniportIfIndex} ${captureLocation.portId} ${captureLocation.nicName}`;
    default:
      return captureLocation.key;
  }
}

/** The location of packets that enter at a port to which the switch sent one. */
function portCaptureLocation(
  from: CaptureLocation,
  { nicName, nicType, portId, portName }: Destination,
): CaptureLocation {
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
