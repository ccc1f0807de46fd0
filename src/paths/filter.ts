import { type CaptureLocation, ownerSelection } from '../host/index.js';
import type { Flow } from './flow.js';
import type { PacketPath } from './packet-path.js';

/** Which paths are wanted. Members are joined by "and", the values of one member by "or". */
export interface PathCriteria {
  /** Source or destination at any hop; called once for each address. */
  readonly isAddress?: (address: string) => boolean;
  /** Source or destination port at any hop. */
  readonly ports?: readonly number[];
  /** As {@link Flow.protocol} has it. */
  readonly protocols?: readonly string[];
  readonly compartments?: readonly number[];
  /** Whether a location is selected. */
  readonly isCaptureLocation?: (captureLocation: CaptureLocation) => boolean;
  /** `only`: paths with a drop; `exclude`: those without. */
  readonly drops?: 'only' | 'exclude';
  /** Ticks of 100 ns from the first hop to the last: only paths that took longer. */
  readonly slowerThan?: number;
  /** A hop's flow is owned by one of these processes: process ids, image names or paths, in any case. */
  readonly processes?: readonly string[];
  /** The path of this frame. */
  readonly frame?: number;
}

/** Whether a path is wanted. */
export class PathFilter {
  readonly #criteria: PathCriteria;
  readonly #isOwner: ReturnType<typeof ownerSelection> | undefined;
  readonly #flows = new WeakMap<Flow, boolean>();

  constructor(criteria: PathCriteria) {
    this.#criteria = criteria;
    this.#isOwner = criteria.processes && ownerSelection(criteria.processes);
  }

  accepts(path: PacketPath): boolean {
    const { compartments, drops, frame, isCaptureLocation, slowerThan } = this.#criteria;
    const { hops } = path;
    if (slowerThan !== undefined && path.duration <= slowerThan) return false;
    if (drops !== undefined && hops.some(({ hopLocation }) => hopLocation.dropped) !== (drops === 'only'))
      return false;
    if (frame !== undefined && !hops.some((hop) => hop.frame === frame)) return false;
    if (compartments !== undefined && !hops.some((hop) => compartments.includes(hop.compartment)))
      return false;
    const isOwner = this.#isOwner;
    if (isOwner !== undefined && !hops.some(({ owner }) => isOwner(owner))) return false;
    if (!hops.some((hop) => this.#acceptsFlow(hop.flow))) return false;
    return (
      isCaptureLocation === undefined ||
      hops.some(({ hopLocation }) => isCaptureLocation(hopLocation.captureLocation))
    );
  }

  #acceptsFlow(flow: Flow): boolean {
    const known = this.#flows.get(flow);
    if (known !== undefined) return known;
    const { isAddress, ports, protocols } = this.#criteria;
    const isWanted =
      (protocols?.includes(flow.protocol) ?? true) &&
      (ports?.some((port) => port === flow.sourcePort || port === flow.destinationPort) ?? true) &&
      (isAddress === undefined ||
        [flow.source, flow.destination].some((address) => address !== undefined && isAddress(address)));
    this.#flows.set(flow, isWanted);
    return isWanted;
  }
}
