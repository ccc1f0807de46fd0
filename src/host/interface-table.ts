import { LinkType } from '../net/index.js';
import { type IpAddress, macText, maskOfPrefix } from './addresses.js';
import { joinTokens, token } from './comment-tokens.js';
import { adapterIndex, type Component } from './components.js';
import { filterExpression } from './filters.js';
import type { HostInterface, HostModel } from './host-model.js';
import type { Place, SourceName } from './location.js';
import { uniqueNames } from './unique-names.js';
import { nameKey, type VirtualNic, type VirtualPort } from './vswitch-names.js';

/** What becomes one Interface Description Block, as data. Members that nothing told are absent. */
export interface InterfaceDetails {
  readonly place: Place;
  readonly source: SourceName;
  readonly linkType: number;
  /** if_name: unique in the file. */
  readonly name: string;
  /** if_description. */
  readonly description?: string;
  /** if_MACaddr: 6 bytes. */
  readonly mac?: Uint8Array;
  /** Of both families, in the order of the model. */
  readonly addresses: readonly IpAddress[];
  readonly ipv4: readonly {
    readonly address: Uint8Array;
    readonly mask: Uint8Array;
  }[];
  readonly ipv6: readonly {
    readonly address: Uint8Array;
    readonly prefixLength: number;
  }[];
  /** Bits per second in both directions; absent where they differ. */
  readonly speed?: bigint;
  readonly txSpeed?: bigint;
  readonly rxSpeed?: bigint;
  /** if_filter: pktmon's filters. */
  readonly filter?: string;
  /** if_os. */
  readonly os?: string;
  /** What the other options have no room for, as `key=value` tokens. */
  readonly comment: string;
  /** The adapter's name in Windows, where {@link name} is something else. */
  readonly alias?: string;
  /** NDIS and vSwitch: the index that packets were captured above; pktmon: the component's own, or its adapter's. */
  readonly ifIndex?: number;
  readonly miniportIfIndex?: number;
  readonly guid?: string;
  readonly vSwitch?: string;
  readonly portId?: number;
  readonly portName?: string;
  /** The virtual NIC as people call it. */
  readonly nic?: string;
  /** As the source names it. */
  readonly nicName?: string;
  readonly nicType?: string;
  readonly vlan?: number;
  readonly vsid?: number;
  readonly compartment?: number;
  readonly compartmentName?: string;
  readonly componentId?: number;
  readonly componentName?: string;
  readonly componentType?: string;
  readonly routingDomainId?: string;
  readonly userName?: string;
  readonly layer?: string;
}

/** The order of sources in the file. */
const SOURCE_ORDER: readonly SourceName[] = ['ndis', 'vswitch', 'pktmon', 'ras', 'wfp'];

/** What a name without a table starts with, as etl2pcapng has it: `eth:8`. */
const MEDIUM_NAMES: ReadonlyMap<number, string> = new Map([
  [LinkType.ethernet, 'eth'],
  [LinkType.ieee80211, 'wifi'],
  [LinkType.raw, 'mbb'],
]);

/** What tells two places of one name apart, where it is the link type. */
const LINK_TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [LinkType.ethernet, 'Ethernet'],
  [LinkType.ieee80211, '802.11'],
  [LinkType.raw, 'raw IP'],
]);

/** All that the model says about one place. */
interface Context {
  readonly place: Place;
  /** The adapter as Windows' users know it: the miniport, the IP interface, the vNIC. */
  readonly adapter?: HostInterface;
  readonly component?: Component;
  readonly nic?: VirtualNic;
  readonly port?: VirtualPort;
}

/** Look-ups in the model that places of all sources share. */
class Host {
  readonly #byGuid: ReadonlyMap<string, HostInterface>;
  readonly #switchByIndex: ReadonlyMap<number, string>;

  constructor(readonly model: HostModel) {
    const interfaces = [...model.interfaces.values()];
    this.#byGuid = new Map(
      interfaces.flatMap((found) => (found.guid === undefined ? [] : [[found.guid, found]])),
    );
    const components = [...model.components.values()];
    this.#switchByIndex = new Map(
      components.flatMap(({ ifIndex, vmsExtIfIndex, vSwitch }) =>
        [ifIndex, vmsExtIfIndex].flatMap((index): [number, string][] =>
          index === undefined || vSwitch === undefined ? [] : [[index, vSwitch]],
        ),
      ),
    );
  }

  context(place: Place): Context {
    const component =
      place.componentId === undefined ? undefined : this.model.components.get(place.componentId);
    const nic = this.model.nics.get(nameKey(place.nicName ?? ''));
    const port = this.model.ports.get(nameKey(place.portName ?? ''));
    const adapter = this.#adapter(place, component);
    return {
      place,
      ...(adapter && { adapter }),
      ...(component && { component }),
      ...(nic && { nic }),
      ...(port && { port }),
    };
  }

  /**
   * The adapter of a place.
   *
   * NDIS names a place by two indexes: the miniport's, which is the adapter that people know, and that of the layer
   * right below the capture driver, which is the miniport itself or a filter above it with a row of its own
   * ("Ethernet 2-QoS Packet Scheduler-0000"). MAC, addresses and speed are the miniport's. In an LBFO team each
   * member and the team NIC are miniports, so the miniport's index is right there as well.
   */
  #adapter(place: Place, component: Component | undefined): HostInterface | undefined {
    const byIndex = (index: number | undefined): HostInterface | undefined =>
      index === undefined ? undefined : this.model.interfaces.get(index);
    switch (place.source) {
      case 'ndis':
        return byIndex(place.miniportIfIndex) ?? byIndex(place.lowerIfIndex);
      case 'vswitch':
        return this.#nicInterface(place.nicName ?? '');
      case 'pktmon':
        if (component === undefined) return undefined;
        return byIndex(adapterIndex(component)) ?? this.#byGuid.get(component.guid ?? '');
      default:
        return undefined;
    }
  }

  /** Names of vNICs of the host are the GUIDs of its interfaces; those of VMs have the VM's GUID before theirs. */
  #nicInterface(nicName: string): HostInterface | undefined {
    for (const part of nameKey(nicName).split('--')) {
      const found = this.#byGuid.get(part);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  switchName({ adapter, component, nic, place, port }: Context): string | undefined {
    const candidates = [
      nic?.switchFriendlyName,
      port?.switchFriendlyName,
      nic?.switchName,
      port?.switchName,
      component?.vSwitch,
      this.#switchByIndex.get(place.miniportIfIndex ?? -1),
      place.source === 'pktmon' ? this.#switchByIndex.get(adapter?.ifIndex ?? -1) : undefined,
    ];
    return candidates.find((name) => name !== undefined && name !== '');
  }
}

/** Look-ups that were made of a model: interfaces may be described one at a time, each would make them anew. */
const hosts = new WeakMap<HostModel, Host>();

function hostOf(model: HostModel): Host {
  const known = hosts.get(model);
  if (known !== undefined) return known;
  const fresh = new Host(model);
  hosts.set(model, fresh);
  return fresh;
}

/** Gives the compartment of a place's interface; undefined where nothing told it. */
export function compartmentLookup(model: HostModel): (place: Place) => number | undefined {
  const host = hostOf(model);
  return (place) => compartment(host.context(place));
}

const compartment = ({ adapter, component }: Context): number | undefined =>
  component?.compartmentId ?? adapter?.compartmentId;

/**
 * The interfaces of a capture file, in the file's order: source, interface index or component, port, VLAN, link type.
 * The order does not depend on that of `places`.
 *
 * @param places without duplicates
 * @param finalName changes a name that another host's interface has; names of this host differ already
 */
export function describeInterfaces(
  places: Iterable<Place>,
  model: HostModel,
  finalName: (name: string) => string = (name) => name,
): InterfaceDetails[] {
  const host = hostOf(model);
  const contexts = [...places].sort(comparePlaces).map((place) => host.context(place));
  const names = uniqueNames(
    contexts.map((context) => ({
      base: baseName(context),
      qualifiers: qualifiers(context, model, host.switchName(context)),
    })),
  );
  return contexts.map((context, n) => describe(context, finalName(names[n] ?? ''), host));
}

function comparePlaces(a: Place, b: Place): number {
  const isAbove = (place: Place): number => (place.lowerIfIndex === place.miniportIfIndex ? 0 : 1);
  const keys = (place: Place): number[] => [
    SOURCE_ORDER.indexOf(place.source),
    place.componentId ?? place.miniportIfIndex ?? 0,
    // The miniport itself before the filters above it, as etl2pcapng sorts.
    isAbove(place),
    place.lowerIfIndex ?? 0,
    place.portId ?? 0,
    place.vlanId ?? 0,
    place.vsid ?? 0,
    place.linkType,
  ];
  const others = keys(b);
  for (const [n, key] of keys(a).entries()) {
    const difference = key - (others[n] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** The name before clashes are settled. */
function baseName(context: Context): string {
  const { adapter, component, place } = context;
  switch (place.source) {
    case 'ndis': {
      if (adapter !== undefined && adapter.alias !== '') return adapter.alias;
      return `${MEDIUM_NAMES.get(place.linkType) ?? 'if'}:${place.lowerIfIndex ?? place.miniportIfIndex ?? 0}`;
    }
    case 'vswitch':
      return switchPortName(context);
    case 'pktmon':
      return `${component === undefined ? 'pktmon' : driverName(component)} #${place.componentId ?? 0}`;
    case 'ras':
      return place.userName ? `RAS ${place.userName}` : 'RAS';
    case 'wfp':
      return place.layer ? `WFP ${place.layer}` : 'WFP';
  }
}

/** Drivers that do not say their name are called NULL (seen: NetVsc's VF protocol): then the description serves. */
export const driverName = ({ description, name }: Component): string =>
  name === '' || name === 'NULL' ? description || 'pktmon' : name;

/** `NIC name (type) port 3 vlan 101`. */
function switchPortName(context: Context): string {
  const { place } = context;
  const type = place.nicType ? ` (${place.nicType})` : '';
  const vlan = place.vlanId === undefined ? '' : ` vlan ${place.vlanId}`;
  const vsid = place.vsid === undefined ? '' : ` vsid ${place.vsid}`;
  return `${nicText(context) ?? 'vSwitch'}${type} port ${place.portId ?? 0}${vlan}${vsid}`;
}

/** The NIC at a vSwitch port as people call it, or its port's name. */
function nicText({ adapter, nic, place, port }: Context): string | undefined {
  const candidates = [nic?.friendlyName, adapter?.alias, place.nicName, port?.friendlyName, place.portName];
  return candidates.find((name) => name !== undefined && name !== '');
}

/** What tells places of one name apart, the most telling first. */
function qualifiers(context: Context, model: HostModel, vSwitch: string | undefined): string[] {
  const { adapter, place } = context;
  const isAboveFilter = place.lowerIfIndex !== place.miniportIfIndex;
  const lower = place.lowerIfIndex === undefined ? undefined : model.interfaces.get(place.lowerIfIndex);
  return [
    isAboveFilter && lower !== undefined ? `above ${filterName(lower, adapter)}` : '',
    isAboveFilter && place.lowerIfIndex !== undefined ? `lower ${place.lowerIfIndex}` : '',
    LINK_TYPE_NAMES.get(place.linkType) ?? `link type ${place.linkType}`,
    vSwitch ?? '',
    place.miniportIfIndex === undefined ? '' : `index ${place.miniportIfIndex}`,
    place.routingDomainId ?? '',
    place.source,
  ];
}

/** Windows names a filter's row `<adapter's alias>-<filter's name>-<number>`. */
function filterName(lower: HostInterface, adapter: HostInterface | undefined): string {
  const prefix = `${adapter?.alias ?? ''}-`;
  if (!lower.alias.startsWith(prefix)) return lower.alias || `index ${lower.ifIndex}`;
  return lower.alias.slice(prefix.length).replace(/-\d{4}$/, '');
}

function describe(context: Context, name: string, host: Host): InterfaceDetails {
  const { adapter, component, nic, place, port } = context;
  const { model } = host;
  const isPktMon = place.source === 'pktmon';
  const mac = component?.mac ?? adapter?.mac;
  const addresses = component?.addresses.length ? component.addresses : (adapter?.addresses ?? []);
  const { receiveSpeed, transmitSpeed } = adapter ?? {};
  const compartmentId = compartment(context);
  const alias = adapter?.alias === name ? undefined : adapter?.alias;
  const ifIndex =
    component === undefined ? (place.lowerIfIndex ?? place.miniportIfIndex) : componentIndex(component);

  const facts = {
    ...some('alias', alias),
    ...some('ifIndex', ifIndex),
    ...some('miniportIfIndex', place.miniportIfIndex ?? component?.miniportIfIndex),
    ...some('guid', component?.guid ?? adapter?.guid),
    ...some('vSwitch', host.switchName(context)),
    ...some('portId', place.portId),
    ...some('portName', place.portName ?? (isPktMon ? undefined : nic?.portName)),
    ...some('nic', place.source === 'vswitch' ? nicText(context) : undefined),
    ...some('nicName', place.nicName),
    ...some('nicType', place.nicType),
    ...some('vlan', place.vlanId ?? component?.vlanId),
    ...some('vsid', place.vsid ?? component?.vsid),
    ...some('compartment', compartmentId),
    ...some(
      'compartmentName',
      compartmentId === undefined ? undefined : model.compartments.get(compartmentId)?.name,
    ),
    ...some('componentId', place.componentId),
    ...some('componentName', component && driverName(component)),
    ...some('componentType', component?.typeName),
    ...some('routingDomainId', place.routingDomainId),
    ...some('userName', place.userName),
    ...some('layer', place.layer),
  };
  return {
    place,
    source: place.source,
    linkType: place.linkType,
    name,
    ...some('description', descriptionOf(context, model, port)),
    ...(mac?.length === 6 && { mac }),
    addresses,
    ipv4: addresses.filter(isIpv4).map(({ bytes, prefixLength }) => ({
      address: bytes,
      mask: maskOfPrefix(prefixLength ?? 32),
    })),
    ipv6: addresses
      .filter((address) => !isIpv4(address))
      .map((address) => ({ address: address.bytes, prefixLength: ipv6Prefix(address) })),
    ...(transmitSpeed === receiveSpeed && some('speed', transmitSpeed)),
    ...some('txSpeed', transmitSpeed),
    ...some('rxSpeed', receiveSpeed),
    ...some('filter', isPktMon ? filterExpression(model.filters) : undefined),
    ...some('os', model.systemText),
    comment: interfaceComment(facts, component, mac),
    ...facts,
  };
}

/** `{ key: value }`, or nothing for a value that is absent or empty. */
function some<K extends string, V extends string | number | bigint>(
  key: K,
  value: V | undefined,
): { readonly [P in K]?: V };
function some(key: string, value: string | number | bigint | undefined): object {
  return value === undefined || value === '' ? {} : { [key]: value };
}

const isIpv4 = ({ bytes }: IpAddress): boolean => bytes.length === 4;

/** Link-local addresses have 64-bit prefixes on Windows; for others without a known prefix only the address is sure. */
const ipv6Prefix = ({ bytes, prefixLength }: IpAddress): number =>
  prefixLength ?? (bytes[0] === 0xfe && bytes[1] === 0x80 ? 64 : 128);

const componentIndex = (component: Component): number | undefined =>
  component.ifIndex ?? component.ipIfIndex ?? component.miniportIfIndex ?? component.vmsExtIfIndex;

function descriptionOf(
  { adapter, component, place }: Context,
  model: HostModel,
  port: VirtualPort | undefined,
): string | undefined {
  switch (place.source) {
    case 'ndis': {
      const text = adapter?.description ?? '';
      const lower = place.lowerIfIndex === undefined ? undefined : model.interfaces.get(place.lowerIfIndex);
      if (place.lowerIfIndex === place.miniportIfIndex || lower === undefined || lower === adapter)
        return text;
      return `${text ? `${text}, ` : ''}captured above ${filterName(lower, adapter)}`;
    }
    case 'vswitch':
      return adapter?.description || port?.friendlyName;
    case 'pktmon': {
      if (component === undefined) return undefined;
      const what = `${component.description || component.name} (${component.typeName})`;
      return adapter?.alias ? `${what} on ${adapter.alias}` : what;
    }
    case 'ras':
      return 'remote access (Ras-NdisWanPacketCapture)';
    case 'wfp':
      return 'Windows Filtering Platform capture';
  }
}

/** The comment of an interface; its keys are those of packet comments where packets have the same. */
function interfaceComment(
  facts: Partial<InterfaceDetails>,
  component: Component | undefined,
  mac: Uint8Array | undefined,
): string {
  return joinTokens([
    token('IfIndex', facts.ifIndex),
    token('MiniportIfIndex', facts.miniportIfIndex),
    token('LowerIfIndex', component?.lowerIfIndex),
    token('Alias', facts.alias),
    token('GUID', facts.guid),
    // if_MACaddr holds six bytes only.
    token('PhysAddress', mac === undefined || mac.length === 6 ? undefined : macText(mac)),
    token('Component', facts.componentName),
    token('ComponentId', facts.componentId),
    token('ComponentType', facts.componentType),
    token('Edges', component?.edges.map(({ id, name }) => `${id}:${name}`).join(',')),
    token('VSwitch', facts.vSwitch),
    token('VlanId', facts.vlan),
    token('VSID', facts.vsid),
    token('Compartment', facts.compartment),
    token('CompartmentName', facts.compartmentName),
    token('SrcPortId', facts.portId),
    token('SrcNicType', facts.nicType),
    token('SrcNicName', facts.nicName),
    token('SrcPortName', facts.portName),
    token('RoutingDomainID', facts.routingDomainId),
    token('Username', facts.userName),
    token('Layer', facts.layer),
  ]);
}

/** The interfaces of one capture file, and which place is which of them. */
export class InterfaceTable {
  /** In the file's order. */
  readonly interfaces: readonly InterfaceDetails[];
  readonly #byPlace = new Map<Place, number>();

  constructor(places: Iterable<Place>, model: HostModel) {
    this.interfaces = describeInterfaces(places, model);
    for (const [n, { place }] of this.interfaces.entries()) this.#byPlace.set(place, n);
  }

  /** Hot path. The position of a place in {@link interfaces}; undefined for a place that was not given. */
  placeToInterface(place: Place): number | undefined {
    return this.#byPlace.get(place);
  }
}
