import { UNKNOWN } from '../packet.js';

/** Types of pktmon components (event 20, value map ComponentType of Windows' own traces). */
const ComponentType = {
  ndis: 1,
  miniport: 2,
  filter: 3,
  protocol: 4,
  vmsVmNic: 5,
  vmsMiniport: 6,
  vmsExtMiniport: 7,
  vmsProtocolNic: 8,
  netVsc: 9,
  ipInterface: 11,
  netCx: 14,
} as const;

/** Edges of filters as pktmon numbers them: 1 is the upper one. */
const LOWER_EDGE = 2;

/** The virtual switch's NIC type for the host itself; guests have Synthetic or Emulated. */
const HOST_NIC_TYPE = 'Internal';

const HEIGHT_PROTOCOL = 1000;
const HEIGHT_IP = 2000;

/** More than any host has; locations beyond are one for each host. */
const MAX_LOCATIONS = 20_000;

/** Number of locations found without a look-up, a power of two. */
const RECENT = 256;

/** The part of the stack that a location is in. `transport` is above IP: its headers are reconstructed. */
export type LocationRole = 'nic' | 'filter' | 'protocol' | 'ip' | 'transport' | 'switch' | 'unknown';

/** A location at which packets are recorded. The same location is the same object. */
export interface Location {
  /** From 0, over all hosts. */
  readonly index: number;
  readonly host: number;
  readonly role: LocationRole;
  /** Interface index of the miniport whose stack the location is in. {@link UNKNOWN}: not known. */
  readonly adapter: number;
  /** Adapters above each other (a team, a synthetic adapter above its virtual function) have the same number. */
  readonly stack: number;
  /** Position in the stack, 0 is the miniport. {@link UNKNOWN}: not known. */
  readonly height: number;
  /** An adapter of the host at a virtual switch: packets that it receives were sent elsewhere on the host. */
  readonly isVirtual: boolean;
  /** An adapter above others: a team, a bridge. */
  readonly isUpper: boolean;
  /** A switch port that one NIC is connected to. */
  readonly isPort: boolean;
  /** A switch port that the host's own stack sends to. */
  readonly isHostPort: boolean;
  /** vSwitch capture: before the forwarding decision. For pktmon the direction decides. */
  readonly isIngress: boolean;
  /** Numbers that join appearances: pktmon's if they have a count, and NBL pointers. */
  readonly numbers: 'counted' | 'pointer';
}

/** A trace's facts about a pktmon component. */
export interface ComponentFacts {
  readonly type: number;
  readonly ifIndex?: number;
  readonly miniportIfIndex?: number;
  readonly lowerIfIndex?: number;
  readonly ipIfIndex?: number;
  readonly mac?: Uint8Array;
}

/** A trace's facts about an interface. */
export interface InterfaceFacts {
  readonly mac?: Uint8Array;
  /** An adapter of the host at a virtual switch ("Hyper-V Virtual Ethernet Adapter"). */
  readonly isVirtual?: boolean;
  /** An adapter above others ("Microsoft Network Adapter Multiplexor Driver"). */
  readonly isUpper?: boolean;
}

/** A trace's facts about capture locations. All may be missing. */
export interface HostTopology {
  /** pktmon's components by id. */
  readonly components: ReadonlyMap<number, ComponentFacts>;
  /** Interfaces by index. */
  readonly interfaces: ReadonlyMap<number, InterfaceFacts>;
  /** Interface indexes of adapters above each other: a team and its members. */
  readonly stacked?: readonly (readonly number[])[];
}

/** A location as decoders describe it. */
export interface CaptureLocationFacts {
  readonly source: string;
  readonly miniportIfIndex?: number;
  readonly lowerIfIndex?: number;
  readonly componentId?: number;
  readonly portId?: number;
  readonly nicType?: string;
}

/** The members of a packet that determine its location. */
export interface LocatedPacket {
  readonly captureLocation: CaptureLocationFacts;
  readonly edgeId: number;
  readonly destinations: readonly { readonly portId: number }[];
}

interface RecentLocation extends LocatedPacket {
  readonly location: Location;
}

interface HostPlan {
  readonly topology: HostTopology;
  /** Stack numbers by interface index. */
  readonly stacks: ReadonlyMap<number, number>;
  /** Depths of filters by component id. */
  readonly depths: ReadonlyMap<number, number>;
  /** Interface indexes of the host's adapters at virtual switches. */
  readonly virtual: ReadonlySet<number>;
}

const UNKNOWN_HOST: HostPlan = {
  topology: { components: new Map(), interfaces: new Map() },
  stacks: new Map(),
  depths: new Map(),
  virtual: new Set(),
};

/** All locations of the hosts of a conversion. Add each host before its first packet. */
export class LocationTable {
  readonly locations: Location[] = [];
  readonly #plans: HostPlan[] = [];
  readonly #byCaptureLocation = new Map<CaptureLocationFacts, Map<number, Location>>();
  /** By identity: decoders repeat the lists. */
  readonly #lists = new Map<readonly { readonly portId: number }[], number>();
  readonly #listTexts = new Map<string, number>();
  #stacks = 0;
  /** Locations of the last packets, by the numbers of their components and edges, or ports. */
  readonly #recent: RecentLocation[] = [];

  /** @param host number of the host, from 0 */
  addHost(host: number, topology: HostTopology): void {
    this.#plans[host] = {
      topology,
      stacks: this.#numberStacks(topology),
      depths: filterDepths(topology.components),
      virtual: virtualAdapters(topology),
    };
  }

  /** Hot path. */
  locate(packet: LocatedPacket, host: number): Location {
    const { destinations, edgeId, captureLocation } = packet;
    const slot =
      ((captureLocation.componentId ?? captureLocation.portId ?? captureLocation.lowerIfIndex ?? 0) * 4 +
        edgeId) &
      (RECENT - 1);
    const recent = this.#recent[slot];
    if (
      recent !== undefined &&
      recent.captureLocation === captureLocation &&
      recent.edgeId === edgeId &&
      recent.destinations === destinations
    ) {
      return recent.location;
    }
    const location = this.#find(packet, host);
    this.#recent[slot] = { captureLocation, edgeId, destinations, location };
    return location;
  }

  #find(packet: LocatedPacket, host: number): Location {
    const { destinations, edgeId, captureLocation } = packet;
    const list = destinations.length === 0 ? 0 : this.#listNumber(destinations);
    const key = list * 0x1_0000 + edgeId + 1;
    const ofCaptureLocation = this.#ofCaptureLocation(captureLocation);
    return ofCaptureLocation.get(key) ?? this.#add(packet, host, key, ofCaptureLocation);
  }

  #ofCaptureLocation(captureLocation: CaptureLocationFacts): Map<number, Location> {
    let known = this.#byCaptureLocation.get(captureLocation);
    if (known === undefined) {
      known = new Map();
      this.#byCaptureLocation.set(captureLocation, known);
    }
    return known;
  }

  #listNumber(destinations: readonly { readonly portId: number }[]): number {
    const known = this.#lists.get(destinations);
    if (known !== undefined) return known;
    const text = destinations.map(({ portId }) => portId).join();
    const number = this.#listTexts.get(text) ?? this.#listTexts.size + 1;
    this.#listTexts.set(text, number);
    if (this.#lists.size >= MAX_LOCATIONS) this.#lists.clear();
    this.#lists.set(destinations, number);
    return number;
  }

  #add(packet: LocatedPacket, host: number, key: number, ofCaptureLocation: Map<number, Location>): Location {
    const last = this.locations.at(-1);
    if (last !== undefined && this.locations.length >= MAX_LOCATIONS) return last;
    const { captureLocation } = packet;
    const plan = this.#plans[host] ?? UNKNOWN_HOST;
    const base = { index: this.locations.length, host };
    const location =
      captureLocation.source === 'pktmon'
        ? pktmonLocation(base, packet, plan)
        : otherLocation(base, packet, plan);
    this.locations.push(location);
    ofCaptureLocation.set(key, location);
    return location;
  }

  /** Adapters with one MAC address are parts of one adapter: netvsc and its virtual function, a VLAN adapter and its base. */
  #numberStacks({ components, interfaces, stacked = [] }: HostTopology): ReadonlyMap<number, number> {
    const stacks = new Map<number, number>();
    const byMac = new Map<string, number>();
    const join = (ifIndex: number, stack: number): void => {
      const old = stacks.get(ifIndex);
      if (old === undefined) stacks.set(ifIndex, stack);
      else for (const [other, number] of stacks) if (number === old) stacks.set(other, stack);
    };
    const addMac = (ifIndex: number | undefined, mac: Uint8Array | undefined): void => {
      if (ifIndex === undefined || mac === undefined || mac.every((byte) => byte === 0)) return;
      const text = mac.join();
      const stack = byMac.get(text) ?? ++this.#stacks;
      byMac.set(text, stack);
      join(ifIndex, stack);
    };
    for (const { ifIndex, mac, type } of components.values()) if (isAdapter(type)) addMac(ifIndex, mac);
    for (const [ifIndex, { isVirtual, mac }] of interfaces) if (isVirtual !== true) addMac(ifIndex, mac);
    for (const group of stacked) {
      const stack = ++this.#stacks;
      for (const ifIndex of group) join(ifIndex, stack);
    }
    return stacks;
  }
}

const isAdapter = (type: number): boolean =>
  type === ComponentType.miniport || type === ComponentType.netVsc || type === ComponentType.netCx;

function pktmonLocation(
  base: Pick<Location, 'index' | 'host'>,
  { edgeId, captureLocation }: LocatedPacket,
  { depths, stacks, topology, virtual }: HostPlan,
): Location {
  const id = captureLocation.componentId ?? UNKNOWN;
  const component = topology.components.get(id);
  const type = component?.type ?? UNKNOWN;
  const role = pktmonRole(type);
  const adapter = adapterOf(component, role);
  return {
    ...base,
    role,
    adapter,
    stack: stacks.get(adapter) ?? UNKNOWN,
    height: heightOf(role, depths.get(id), edgeId),
    isVirtual: type === ComponentType.vmsMiniport || virtual.has(adapter),
    isUpper: topology.interfaces.get(adapter)?.isUpper === true,
    isPort: type === ComponentType.vmsVmNic,
    isHostPort: false,
    isIngress: false,
    numbers: 'counted',
  };
}

function pktmonRole(type: number): LocationRole {
  switch (type) {
    case ComponentType.miniport:
    case ComponentType.vmsMiniport:
    case ComponentType.netVsc:
    case ComponentType.netCx:
      return 'nic';
    case ComponentType.filter:
      return 'filter';
    case ComponentType.protocol:
      return 'protocol';
    case ComponentType.ipInterface:
      return 'ip';
    case ComponentType.vmsVmNic:
    case ComponentType.vmsExtMiniport:
    case ComponentType.vmsProtocolNic:
      return 'switch';
    default:
      return 'unknown';
  }
}

function adapterOf(component: ComponentFacts | undefined, role: LocationRole): number {
  if (component === undefined || role === 'switch') return UNKNOWN;
  if (role === 'ip') return component.ipIfIndex ?? UNKNOWN;
  if (role === 'nic') return component.ifIndex ?? component.miniportIfIndex ?? UNKNOWN;
  return component.miniportIfIndex ?? UNKNOWN;
}

function heightOf(role: LocationRole, depth: number | undefined, edgeId: number): number {
  switch (role) {
    case 'nic':
      return 0;
    case 'filter':
      return depth === undefined ? UNKNOWN : 2 * depth + (edgeId === LOWER_EDGE ? 0 : 1);
    case 'protocol':
      return HEIGHT_PROTOCOL;
    case 'ip':
      return HEIGHT_IP;
    default:
      return UNKNOWN;
  }
}

function virtualAdapters({ components, interfaces }: HostTopology): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { ifIndex, type } of components.values()) {
    if (type === ComponentType.vmsMiniport && ifIndex !== undefined) found.add(ifIndex);
  }
  for (const [ifIndex, { isVirtual }] of interfaces) if (isVirtual === true) found.add(ifIndex);
  return found;
}

/** Number of filters from the miniport up to each filter, itself included. */
function filterDepths(components: ReadonlyMap<number, ComponentFacts>): ReadonlyMap<number, number> {
  const byIfIndex = new Map<number, ComponentFacts>();
  for (const facts of components.values()) {
    if (facts.type === ComponentType.filter && facts.ifIndex !== undefined)
      byIfIndex.set(facts.ifIndex, facts);
  }
  const depths = new Map<number, number>();
  for (const [id, facts] of components) {
    if (facts.type !== ComponentType.filter) continue;
    let depth = 1;
    let at: ComponentFacts | undefined = facts;
    // Ends: a chain is no longer than there are filters, unless a damaged one is a ring.
    while (
      at?.lowerIfIndex !== undefined &&
      at.lowerIfIndex !== at.miniportIfIndex &&
      depth <= byIfIndex.size
    ) {
      depth += 1;
      at = byIfIndex.get(at.lowerIfIndex);
    }
    depths.set(id, depth);
  }
  return depths;
}

/** NDIS-PacketCapture (1001, 1003), RAS and WFP capture. */
function otherLocation(
  base: Pick<Location, 'index' | 'host'>,
  { destinations, captureLocation }: LocatedPacket,
  { stacks, topology, virtual }: HostPlan,
): Location {
  const isSwitch = captureLocation.source === 'vswitch';
  const adapter = captureLocation.source === 'ndis' ? (captureLocation.miniportIfIndex ?? UNKNOWN) : UNKNOWN;
  const isLowest =
    captureLocation.source === 'ndis' && captureLocation.lowerIfIndex === captureLocation.miniportIfIndex;
  return {
    ...base,
    role: isSwitch ? 'switch' : captureLocation.source === 'wfp' ? 'transport' : isLowest ? 'nic' : 'unknown',
    adapter,
    stack: stacks.get(adapter) ?? UNKNOWN,
    height: isLowest ? 0 : UNKNOWN,
    isVirtual: virtual.has(adapter),
    isUpper: topology.interfaces.get(adapter)?.isUpper === true,
    isPort: isSwitch,
    isHostPort: isSwitch && captureLocation.nicType === HOST_NIC_TYPE,
    isIngress: isSwitch && destinations.length === 0,
    numbers: 'pointer',
  };
}
