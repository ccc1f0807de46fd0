import { FrameLayout, parseFrame } from '../net/index.js';
import { UNKNOWN } from '../packets/index.js';
import {
  type Ending,
  endingOf,
  endName,
  endpointsOf,
  type Flow,
  type Hop,
  type PacketPath,
  type PathNames,
} from '../paths/index.js';
import type { FindingFlow } from './finding.js';
import type { CopiedFrame } from './frame-copy.js';

/** The location at which a packet entered or left the host, if the trace has it. UNKNOWN (-1) otherwise. */
export interface Side {
  readonly compartment: number;
  /** Port of a virtual switch. */
  readonly port: number;
}

/** The part of a journey that is kept after the call. */
export interface JourneyNote {
  /** The packet's number: its identity. */
  readonly packet: number;
  /** The frame that findings list: the first drop record, or the first appearance. */
  readonly frame: number;
  /** Unix time of the first appearance in 100 ns. */
  readonly ticks: bigint;
  readonly host: number;
  /** At the hop nearest to the endpoint. */
  readonly flow: Flow;
  readonly compartment: number | undefined;
  readonly ending: Ending;
}

const layout = new FrameLayout();

/** A packet with all its appearances. Valid during the call; {@link note} may be kept. */
export class Journey {
  readonly path: PacketPath;
  /** The headers of the first appearance, as far as they were captured. */
  readonly frame: FrameLayout = layout;
  /** The bytes that {@link frame} has offsets in: the first 128, or all of a frame of at most 640. */
  readonly bytes: Uint8Array;
  /** Bytes of the frame before truncation. */
  readonly originalLength: number;
  /** The first appearance is a part of, or the whole of, earlier packets: its content is not new. */
  readonly isDerived: boolean;
  readonly #names: PathNames;
  #ending: Ending | undefined;
  #flows: readonly Flow[] | undefined;
  #note: JourneyNote | undefined;

  constructor(path: PacketPath, copy: CopiedFrame, names: PathNames) {
    this.path = path;
    this.bytes = copy.block.subarray(copy.start, copy.end);
    this.originalLength = copy.originalLength;
    this.isDerived = copy.isDerived;
    this.#names = names;
    parseFrame(this.bytes, 0, this.bytes.length, copy.linkType, layout);
  }

  get hops(): readonly Hop[] {
    return this.path.hops;
  }

  /** Which host's: traces of several can be merged. */
  get host(): number {
    return this.path.host;
  }

  get ending(): Ending {
    this.#ending ??= endingOf(this.path, this.#names.factsOf);
    return this.#ending;
  }

  /** At the hop nearest to the endpoint: before NAT. */
  get flow(): Flow {
    return this.path.inner.flow;
  }

  /** All flows of the packet, each once: NAT and tunnels change addresses. */
  get flows(): readonly Flow[] {
    this.#flows ??= flowsOf(this.path);
    return this.#flows;
  }

  get isDropped(): boolean {
    return this.path.drop !== undefined;
  }

  /** The side of the first appearance. */
  get origin(): Side {
    const { compartment, hopLocation } = this.path.first;
    return { compartment, port: hopLocation.captureLocation.portId ?? UNKNOWN };
  }

  /** The side of the last appearance. */
  get target(): Side {
    const { compartment, hopLocation } = this.path.last;
    const [destination, ...others] = hopLocation.destinations;
    const port = destination === undefined || others.length > 0 ? UNKNOWN : destination.portId;
    return { compartment, port };
  }

  /** A hop as text: `tcpip.sys #31 Out`, `Container NIC web port 3 Ingress`. */
  locationOf(hop: Hop): string {
    return endName(hop.hopLocation, this.#names.factsOf(hop.hopLocation.captureLocation, this.path.host));
  }

  note(): JourneyNote {
    const { drop, first, host, packet, ticks } = this.path;
    this.#note ??= {
      packet,
      frame: (drop ?? first).frame,
      ticks,
      host,
      flow: this.flow,
      compartment: this.path.compartment,
      ending: this.ending,
    };
    return this.#note;
  }
}

function flowsOf({ hops }: PacketPath): readonly Flow[] {
  const flows: Flow[] = [];
  for (const { flow, hopLocation } of hops) {
    // Drop records may have headers that the stack made up.
    if (hopLocation.dropped && flows.length > 0) continue;
    if (flows.at(-1) !== flow && !flows.includes(flow)) flows.push(flow);
  }
  return flows;
}

/** A flow as findings have it. */
export const findingFlow = (flow: Flow): FindingFlow => ({ protocol: flow.protocol, ...endpointsOf(flow) });

/** Whether two sides cannot be the same: both are known, and they differ. */
export const contradicts = (a: Side, b: Side): boolean =>
  (a.compartment !== UNKNOWN && b.compartment !== UNKNOWN && a.compartment !== b.compartment) ||
  (a.port !== UNKNOWN && b.port !== UNKNOWN && a.port !== b.port);
