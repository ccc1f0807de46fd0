import {
  type FlowOwner,
  type FlowOwners,
  type HostModel,
  type ProcessTable,
  TeamMemberNames,
} from '../host/index.js';
import { FrameLayout, parseFrame } from '../net/index.js';
import { Direction, type NameLookup, type Packet, UNKNOWN } from '../packets/index.js';

export interface PacketFactSources {
  readonly processes: ProcessTable;
  readonly owners: FlowOwners;
  readonly host: HostModel;
  readonly names: NameLookup;
}

/**
 * Adds facts from other events to packets: the process in whose context a packet was logged, the owner of its flow, and
 * the name of its team member.
 */
export class PacketFacts {
  readonly #sources: PacketFactSources;
  readonly #layout = new FrameLayout();
  readonly #teams: TeamMemberNames;
  readonly #hasProcesses: boolean;
  readonly #hasOwners: boolean;
  /** Addresses of the host's interfaces, as characters of their bytes. */
  readonly #addresses: ReadonlySet<string>;

  constructor(sources: PacketFactSources) {
    this.#sources = sources;
    this.#teams = new TeamMemberNames(sources.host);
    this.#hasProcesses = !sources.processes.isEmpty;
    this.#hasOwners = !sources.owners.isEmpty;
    this.#addresses = new Set(
      this.#hasOwners
        ? [...sources.host.interfaces.values()].flatMap(({ addresses }) =>
            addresses.map(({ bytes }) => String.fromCharCode(...bytes)),
          )
        : [],
    );
  }

  /** Hot path. */
  apply(packet: Packet): void {
    if (this.#hasProcesses && packet.processId !== UNKNOWN) {
      packet.process = this.#sources.processes.nameAt(packet.processId, packet.timeHigh, packet.timeLow);
    }
    if (this.#hasOwners) packet.owner = this.#ownerOf(packet);
    const { captureLocation } = packet;
    packet.teamMember =
      packet.nicIndex === UNKNOWN
        ? this.#teams.ofLocation(captureLocation)
        : this.#teams.ofSwitch(captureLocation, packet.nicIndex);
  }

  #ownerOf(packet: Packet): FlowOwner | undefined {
    const { owners, names } = this.#sources;
    if (packet.flowHandleLow !== 0 || packet.flowHandleHigh !== 0) {
      const owner = owners.ownerOfHandle(packet.flowHandleHigh, packet.flowHandleLow, packet);
      if (owner !== undefined) return owner;
    }
    const layout = this.#layout;
    const { bytes, captureLocation } = packet;
    parseFrame(bytes, packet.start, packet.length, captureLocation.linkType, layout);
    if (layout.sourcePort < 0 || layout.destinationPort < 0) return undefined;
    const compartment =
      packet.compartmentId === UNKNOWN
        ? (names.compartmentId(captureLocation) ?? UNKNOWN)
        : packet.compartmentId;
    const isSource = this.#isSourceLocal(packet);
    const owner = owners.ownerOf(bytes, layout, isSource ?? true, compartment, packet);
    if (owner !== undefined || isSource === undefined) return owner;
    return owners.socketOwnerOf(bytes, layout, isSource, compartment, packet);
  }

  /** Whether the source, and not the destination, is this host's end; undefined if unknown. */
  #isSourceLocal(packet: Packet): boolean | undefined {
    const { direction, directionText } = packet;
    // A switch sees packets of the host and of its guests in both directions.
    if (directionText !== 'Ingress' && directionText !== 'Egress' && direction !== Direction.unknown) {
      return direction === Direction.outbound;
    }
    const isSource = this.#isHostAddress(packet.bytes, this.#layout.sourceAddress);
    const isDestination = this.#isHostAddress(packet.bytes, this.#layout.destinationAddress);
    return isSource === isDestination ? undefined : isSource;
  }

  #isHostAddress(bytes: Uint8Array, at: number): boolean {
    const { addressLength } = this.#layout;
    let text = '';
    for (let n = 0; n < addressLength; n++) text += String.fromCharCode(bytes[at + n] ?? 0);
    return this.#addresses.has(text);
  }
}
