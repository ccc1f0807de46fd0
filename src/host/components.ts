import { LimitLog } from '../etl/index.js';
import type { EventSchema, RawStruct, RawValue } from '../etw/index.js';
import { type IpAddress, ipAddress, ipv4FromField, macText } from './addresses.js';
import { HostLimitError } from './errors.js';
import { countField, firstField, numberField, textField } from './raw-values.js';

/** PKTMON component types (docs/format/packet-events.md, "Components"). */
export const ComponentType = {
  ndis: 1,
  miniport: 2,
  filter: 3,
  protocol: 4,
  vmsVmNic: 5,
  vmsMiniport: 6,
  vmsExtMiniport: 7,
  vmsProtocolNic: 8,
  netVsc: 9,
  http: 10,
  ipInterface: 11,
  slbmux: 12,
  ipsec: 13,
  netCx: 14,
  httpMessage: 15,
} as const;

/** pktmon writes this for a component without a driver name (observed: NetVsc's VF protocol). */
const NO_NAME = 'NULL';

/** Names for types that the trace's own value map does not name (pktmon of Server 2022 has no 11). */
const COMPONENT_TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'NDIS'],
  [2, 'Miniport'],
  [3, 'Filter'],
  [4, 'Protocol'],
  [5, 'VmsVmNic'],
  [6, 'VmsMiniport'],
  [7, 'VmsExtMiniport'],
  [8, 'VmsProtocolNic'],
  [9, 'NetVsc Miniport'],
  [10, 'HTTP Protocol'],
  [11, 'IpInterface'],
  [12, 'Slbmux'],
  [13, 'IPSec'],
  [14, 'NetCx'],
  [15, 'HTTPMessage'],
]);

/** Types by name, for files that have only the name. */
export const COMPONENT_TYPE_NUMBERS: ReadonlyMap<string, number> = new Map(
  Array.from(COMPONENT_TYPE_NAMES, ([type, name]) => [name, type]),
);

/** PKTMON component property types (docs/format/packet-events.md, "Components"). */
export const PropertyType = {
  ifIndex: 1,
  miniportIfIndex: 2,
  lowerIfIndex: 3,
  ifGuid: 4,
  ndisMedium: 5,
  physicalAddress: 6,
  etherType: 7,
  optimizedDataPath: 8,
  ndisObject: 9,
  vmSwitchName: 10,
  vmsExtIfIndex: 11,
  lowestIfIndex: 12,
  ipAddress: 13,
  ipIfIndex: 14,
  vsid: 15,
  vlan: 16,
  compartmentId: 17,
} as const;

const PROPERTY_TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'IfIndex'],
  [2, 'MiniportIfIndex'],
  [3, 'LowerIfIndex'],
  [4, 'IfGuid'],
  [5, 'NdisMedium'],
  [6, 'PhysAddress'],
  [7, 'EtherType'],
  [8, 'OptDataPath'],
  [9, 'NdisObject'],
  [10, 'VMSwitchName'],
  [11, 'VmsExtIfIndex'],
  [12, 'LowestIfIndex'],
  [13, 'IP Address'],
  [14, 'IpIfIndex'],
  [15, 'VSID'],
  [16, 'VLAN'],
  [17, 'Compartment ID'],
]);

/** Direction tags of edges and packets (docs/format/packet-events.md, "Packets: 160 and 170"). */
export const DIRECTION_TAGS: ReadonlyMap<number, string> = new Map([
  [0, 'None'],
  [1, 'In'],
  [2, 'Out'],
  [3, 'Rx'],
  [4, 'Tx'],
  [5, 'Ingress'],
  [6, 'Egress'],
]);

/** One property of a component. */
export interface ComponentProperty {
  /** See {@link PropertyType}; newer builds have others. */
  readonly type: number;
  /** From the trace's own value map if it has one. */
  readonly name: string;
  /** Numbers as numbers; GUIDs, names, MAC and IP addresses as text; other bytes as hexadecimal digits. */
  readonly value: number | string;
  /** The bytes of a MAC or IP address. */
  readonly bytes?: Uint8Array;
}

/** pktmon's counters for the two directions of a component or edge. */
export interface FlowCounters {
  /** Tags of the directions: Rx and Tx, In and Out, Ingress and Egress. */
  readonly inTag: string;
  readonly packetsIn: bigint;
  readonly bytesIn: bigint;
  readonly outTag: string;
  readonly packetsOut: bigint;
  readonly bytesOut: bigint;
}

/** One side of a component, where pktmon sees packets pass. */
export interface Edge {
  readonly id: number;
  readonly name: string;
  readonly counters: FlowCounters;
}

/** A driver or layer of the network stack that pktmon watched. */
export interface Component {
  /** Assigned anew at each boot. */
  readonly id: number;
  /** See {@link ComponentType}. */
  readonly type: number;
  readonly typeName: string;
  /** The driver: `tcpip.sys`; empty for a component without one. */
  readonly name: string;
  readonly description: string;
  /** False where the component went away while the trace ran (event 280). */
  readonly present: boolean;
  readonly properties: readonly ComponentProperty[];
  readonly edges: readonly Edge[];
  /** Packets dropped here; absent if pktmon did not write the counters. */
  readonly drops?: FlowCounters;
  /** The component's own index (miniports, filters). */
  readonly ifIndex?: number;
  /** The miniport below the component. */
  readonly miniportIfIndex?: number;
  readonly lowerIfIndex?: number;
  readonly lowestIfIndex?: number;
  /** The IP interface, for components of the IP stack. */
  readonly ipIfIndex?: number;
  readonly vmsExtIfIndex?: number;
  readonly guid?: string;
  readonly mac?: Uint8Array;
  readonly addresses: readonly IpAddress[];
  readonly vSwitch?: string;
  /** 24 bits. */
  readonly vsid?: number;
  readonly vlanId?: number;
  readonly compartmentId?: number;
}

/** An index of the component's adapter: the miniport below it, otherwise its own. */
export function adapterIndex(component: Component): number | undefined {
  return component.miniportIfIndex ?? component.ipIfIndex ?? component.ifIndex ?? component.vmsExtIfIndex;
}

/** More than any host has; component ids have 16 bits in all known builds. */
const MAX_COMPONENTS = 1_000_000;

/** Approximate memory of a component and of a property without their texts, in bytes. */
const COMPONENT_BYTES = 48;
const PROPERTY_BYTES = 64;

/** Different values of one component's properties. */
const MAX_PROPERTIES = 65_536;

interface PendingComponent {
  type: number;
  typeName: string;
  name: string;
  description: string;
  present: boolean;
  /** By type and value: pktmon may write its rundown more than once. Absent: none, as of most in a hostile million. */
  properties: Map<string, ComponentProperty> | undefined;
  edges: Map<number, Edge> | undefined;
  drops: FlowCounters | undefined;
}

const pendingComponent = (): PendingComponent => ({
  type: 0,
  typeName: '',
  name: '',
  description: '',
  present: true,
  properties: undefined,
  edges: undefined,
  drops: undefined,
});

/** The text of a mapped field; Windows ends the texts of its maps with a space. */
function mapped(
  schema: EventSchema,
  field: string,
  value: number,
  fallback: ReadonlyMap<number, string>,
): string {
  const map = schema.fields.find(({ name }) => name === field)?.map;
  return map?.entries.get(value)?.trim() ?? fallback.get(value) ?? String(value);
}

function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function propertyValue(
  type: number,
  raw: RawValue,
): { value: number | string; bytes?: Uint8Array } | undefined {
  if (type === PropertyType.ipAddress) {
    const address =
      typeof raw === 'number' ? ipv4FromField(raw) : raw instanceof Uint8Array ? ipAddress(raw) : undefined;
    if (address !== undefined) return { value: address.text, bytes: address.bytes };
  }
  if (raw instanceof Uint8Array) {
    const isMac = type === PropertyType.physicalAddress;
    return isMac ? { value: macText(raw) ?? '', bytes: raw.slice() } : { value: hexText(raw) };
  }
  if (typeof raw === 'number' || typeof raw === 'string') return { value: raw };
  return typeof raw === 'bigint' ? { value: Number(raw) } : undefined;
}

/** PktMon's events that describe components, by id (docs/format/packet-events.md). */
export const ComponentEvent = {
  component: 20,
  /** 30 u32, 40 GUID, 50 hexadecimal u32, 60 NDIS medium, 65 IPv4, 66 IPv6, 70 bytes, 73 text, 75 EtherType. */
  properties: [30, 40, 50, 60, 65, 66, 70, 73, 75],
  drops: 80,
  flow: 90,
  register: 270,
  unregister: 280,
} as const;

const PROPERTY_EVENTS: ReadonlySet<number> = new Set(ComponentEvent.properties);

/** Builds pktmon's components from their events. */
export class ComponentTable {
  readonly #components = new Map<number, PendingComponent>();
  readonly #limits: LimitLog;

  /** @param limits counts properties beyond the limit */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  /**
   * Adds one event of PktMon; ignores events that do not describe components.
   *
   * @throws HostLimitError
   */
  add(schema: EventSchema, values: RawStruct): void {
    const { id } = schema;
    if (
      id === ComponentEvent.component ||
      id === ComponentEvent.register ||
      id === ComponentEvent.unregister
    ) {
      this.#addComponent(schema, values);
      return;
    }
    const componentId = numberField(values, 'ComponentId');
    if (componentId === undefined) return;
    if (PROPERTY_EVENTS.has(id)) this.#addProperty(componentId, schema, values);
    else if (id === ComponentEvent.drops) {
      const known = this.#component(componentId);
      if (known !== undefined) known.drops = readCounters(schema, values);
    } else if (id === ComponentEvent.flow) {
      const edgeId = numberField(values, 'EdgeId') ?? 0;
      const counters = readCounters(schema, values);
      const name = textField(values, 'EdgeName');
      const known = this.#component(componentId);
      if (known === undefined || !this.#limits.mayKeep('componentsLeftOut', COMPONENT_BYTES + name.length))
        return;
      known.edges ??= new Map();
      known.edges.set(edgeId, { id: edgeId, name, counters });
    }
  }

  #addComponent(schema: EventSchema, values: RawStruct): void {
    const id = numberField(values, 'Id');
    if (id === undefined) return;
    const type = numberField(values, 'Type') ?? 0;
    const name = textField(values, 'Name');
    const description = textField(values, 'Description');
    if (!this.#limits.mayKeep('componentsLeftOut', name.length + description.length)) return;
    const known = this.#component(id);
    if (known === undefined) return;
    // The id of a removed component is reused: the new component does not have the old one's properties.
    const reused = known.name !== '' && (known.name !== name || known.type !== type);
    if (reused) this.#components.set(id, pendingComponent());
    const entry = this.#component(id);
    if (entry === undefined) return;
    Object.assign(entry, {
      type,
      typeName: mapped(schema, 'Type', type, COMPONENT_TYPE_NAMES),
      name,
      description,
      present: schema.id !== ComponentEvent.unregister,
    });
  }

  #addProperty(componentId: number, schema: EventSchema, values: RawStruct): void {
    const type = numberField(values, 'Type');
    const raw = firstField(values, ['Value', 'IpAddress', 'EtherType']);
    const found = type === undefined || raw === undefined ? undefined : propertyValue(type, raw);
    if (type === undefined || found === undefined) return;
    const known = this.#component(componentId);
    if (known === undefined) return;
    known.properties ??= new Map();
    const { properties } = known;
    const value = typeof found.value === 'string' ? this.#limits.name(found.value) : found.value;
    const key = `${type} ${value}`;
    if (!properties.has(key)) {
      if (properties.size >= MAX_PROPERTIES) {
        this.#limits.add('propertiesLeftOut');
        return;
      }
      if (!this.#limits.mayKeep('propertiesLeftOut', PROPERTY_BYTES + key.length)) return;
    }
    properties.set(key, {
      type,
      name: mapped(schema, 'Type', type, PROPERTY_TYPE_NAMES),
      ...found,
      value,
    });
  }

  /** @returns undefined if the limit of components is reached */
  #component(id: number): PendingComponent | undefined {
    const known = this.#components.get(id);
    if (known !== undefined) return known;
    if (this.#components.size >= MAX_COMPONENTS) throw new HostLimitError('components', MAX_COMPONENTS);
    if (!this.#limits.mayKeep('componentsLeftOut', COMPONENT_BYTES)) return undefined;
    const fresh = pendingComponent();
    this.#components.set(id, fresh);
    return fresh;
  }

  /** By id, ascending. */
  list(): Component[] {
    return [...this.#components].sort(([a], [b]) => a - b).map(([id, pending]) => component(id, pending));
  }
}

function readCounters(schema: EventSchema, values: RawStruct): FlowCounters {
  const tag = (field: string): string =>
    mapped(schema, field, numberField(values, field) ?? 0, DIRECTION_TAGS);
  return {
    inTag: tag('DirTagIn'),
    packetsIn: countField(values, 'PacketsIn'),
    bytesIn: countField(values, 'BytesIn'),
    outTag: tag('DirTagOut'),
    packetsOut: countField(values, 'PacketsOut'),
    bytesOut: countField(values, 'BytesOut'),
  };
}

/** Numeric members of {@link Component}, and the property of each. */
const NUMBER_MEMBERS = [
  ['ifIndex', PropertyType.ifIndex],
  ['miniportIfIndex', PropertyType.miniportIfIndex],
  ['lowerIfIndex', PropertyType.lowerIfIndex],
  ['lowestIfIndex', PropertyType.lowestIfIndex],
  ['ipIfIndex', PropertyType.ipIfIndex],
  ['vmsExtIfIndex', PropertyType.vmsExtIfIndex],
  ['vsid', PropertyType.vsid],
  ['vlanId', PropertyType.vlan],
  ['compartmentId', PropertyType.compartmentId],
] as const;
type NumberMember = (typeof NUMBER_MEMBERS)[number][0];

const textOf = (property: ComponentProperty | undefined): string | undefined =>
  typeof property?.value === 'string' && property.value !== '' ? property.value : undefined;

function component(id: number, pending: PendingComponent): Component {
  const { drops, edges, name, properties, ...rest } = pending;
  const list = [...(properties?.values() ?? [])];
  const lastByType = new Map(list.map((property) => [property.type, property]));
  const last = (type: number): ComponentProperty | undefined => lastByType.get(type);
  const numbers: { -readonly [K in NumberMember]?: number } = {};
  for (const [member, type] of NUMBER_MEMBERS) {
    const value = last(type)?.value;
    if (typeof value === 'number') numbers[member] = value;
  }
  const guid = textOf(last(PropertyType.ifGuid));
  const vSwitch = textOf(last(PropertyType.vmSwitchName));
  const mac = last(PropertyType.physicalAddress)?.bytes;
  const addresses = list
    .filter(({ type }) => type === PropertyType.ipAddress)
    .flatMap(({ bytes }) => (bytes && ipAddress(bytes)) ?? []);
  return {
    id,
    ...rest,
    name: name === NO_NAME ? '' : name,
    properties: list,
    edges: [...(edges?.values() ?? [])].sort((a, b) => a.id - b.id),
    ...(drops && { drops }),
    ...numbers,
    ...(guid && { guid }),
    ...(mac && { mac }),
    addresses,
    ...(vSwitch && { vSwitch }),
  };
}
