import { LinkType } from '../net/index.js';
import { type IpAddress, macText, maskOfPrefix } from './addresses.js';
import type { CaptureLocation, SourceName } from './capture-location.js';
import { joinTokens, token } from './comment-tokens.js';
import { adapterIndex, type Component } from './components.js';
import { filterExpression } from './filters.js';
import type { HostInterface, HostModel } from './host-model.js';
import { type PortPolicy, policyText } from './switch-facts.js';
import { uniqueNames } from './unique-names.js';
import { nameKey, type VirtualNic, type VirtualPort } from './vswitch-names.js';

/** The contents of one Interface Description Block. Unknown members are absent. */
export interface InterfaceDetails {
  readonly captureLocation: CaptureLocation;
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
  /** Addresses with a known prefix length. */
  readonly ipv4: readonly {
    readonly address: Uint8Array;
    readonly mask: Uint8Array;
  }[];
  readonly ipv6: readonly {
    readonly address: Uint8Array;
    readonly prefixLength: number;
  }[];
  /** Bits per second in both directions; absent if they differ. */
  readonly speed?: bigint;
  readonly txSpeed?: bigint;
  readonly rxSpeed?: bigint;
  /** if_filter: pktmon's filters. */
  readonly filter?: string;
  /** if_os. */
  readonly os?: string;
  /** Facts for which pcapng has no option, as `key=value` tokens. */
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

/** Prefixes of names without an interface table, as in etl2pcapng: `eth:8`. */
const MEDIUM_NAMES: ReadonlyMap<number, string> = new Map([
  [LinkType.ethernet, 'eth'],
  [LinkType.ieee80211, 'wifi'],
  [LinkType.raw, 'mbb'],
]);

/** Distinguish two locations with one name that differ in link type. */
const LINK_TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [LinkType.ethernet, 'Ethernet'],
  [LinkType.ieee80211, '802.11'],
  [LinkType.raw, 'raw IP'],
]);

/** The model's facts about one location. */
interface Context {
  readonly captureLocation: CaptureLocation;
  /** The adapter that Windows shows to users: the miniport, the IP interface, the vNIC. */
  readonly adapter?: HostInterface;
  readonly component?: Component;
  readonly nic?: VirtualNic;
  readonly port?: VirtualPort;
}

/** Look-ups in the model for locations of all sources. */
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

  context(captureLocation: CaptureLocation): Context {
    const component =
      captureLocation.componentId === undefined
        ? undefined
        : this.model.components.get(captureLocation.componentId);
    const nic = this.model.nics.get(nameKey(captureLocation.nicName ?? ''));
    const port = this.model.ports.get(nameKey(captureLocation.portName ?? ''));
    const adapter = this.#adapter(captureLocation, component);
    return {
      captureLocation,
      ...(adapter && { adapter }),
      ...(component && { component }),
      ...(nic && { nic }),
      ...(port && { port }),
    };
  }

  /**
   * The adapter of a location.
   *
   * NDIS describes a location by two indexes: the miniport's, which is the adapter that users know, and that of the
   * layer below the capture driver, which is the miniport itself or a filter above it with its own row ("Ethernet 2-QoS
   * Packet Scheduler-0000"). MAC, addresses and speed are the miniport's. In an LBFO team each member and the team NIC
   * are miniports, so the miniport's index is correct there as well.
   */
  #adapter(captureLocation: CaptureLocation, component: Component | undefined): HostInterface | undefined {
    const byIndex = (index: number | undefined): HostInterface | undefined =>
      index === undefined ? undefined : this.model.interfaces.get(index);
    switch (captureLocation.source) {
      case 'ndis':
        return byIndex(captureLocation.miniportIfIndex) ?? byIndex(captureLocation.lowerIfIndex);
      case 'vswitch':
        return this.#nicInterface(captureLocation.nicName ?? '');
      case 'pktmon':
        if (component === undefined) return undefined;
        return byIndex(adapterIndex(component)) ?? this.#byGuid.get(component.guid ?? '');
      default:
        return undefined;
    }
  }

  /** Names of the host's vNICs are the GUIDs of its interfaces; those of VMs start with the VM's GUID. */
  #nicInterface(nicName: string): HostInterface | undefined {
    for (const part of nameKey(nicName).split('--')) {
      const found = this.#byGuid.get(part);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  switchName({ adapter, component, nic, captureLocation, port }: Context): string | undefined {
    const candidates = [
      nic?.switchFriendlyName,
      port?.switchFriendlyName,
      nic?.switchName,
      port?.switchName,
      component?.vSwitch,
      this.#switchByIndex.get(captureLocation.miniportIfIndex ?? -1),
      captureLocation.source === 'pktmon' ? this.#switchByIndex.get(adapter?.ifIndex ?? -1) : undefined,
    ];
    return candidates.find((name) => name !== undefined && name !== '');
  }
}

/** Look-ups by model: interfaces may be described one at a time, which would build them again for each. */
const hosts = new WeakMap<HostModel, Host>();

function hostOf(model: HostModel): Host {
  const known = hosts.get(model);
  if (known !== undefined) return known;
  const fresh = new Host(model);
  hosts.set(model, fresh);
  return fresh;
}

/** Returns a function for the compartment of a location's interface; undefined if it is not known. */
export function compartmentLookup(
  model: HostModel,
): (captureLocation: CaptureLocation) => number | undefined {
  const host = hostOf(model);
  return (captureLocation) => compartment(host.context(captureLocation));
}

const compartment = ({ adapter, component, nic }: Context): number | undefined =>
  component?.compartmentId ?? adapter?.compartmentId ?? nic?.compartmentId;

/**
 * The interfaces of a capture file, in the file's order: source, interface index or component, port, VLAN, link type.
 * The order does not depend on that of `captureLocations`.
 *
 * @param captureLocations without duplicates
 * @param finalName changes a name that another host's interface has; names of this host differ already
 */
export function describeInterfaces(
  captureLocations: Iterable<CaptureLocation>,
  model: HostModel,
  finalName: (name: string) => string = (name) => name,
): InterfaceDetails[] {
  const host = hostOf(model);
  const contexts = [...captureLocations]
    .sort(compareCaptureLocations)
    .map((captureLocation) => host.context(captureLocation));
  const names = uniqueNames(
    contexts.map((context) => ({
      base: baseName(context),
      qualifiers: qualifiers(context, model, host.switchName(context)),
    })),
  );
  return contexts.map((context, n) => describe(context, finalName(names[n] ?? ''), host));
}

function compareCaptureLocations(a: CaptureLocation, b: CaptureLocation): number {
  const isAbove = (captureLocation: CaptureLocation): number =>
    captureLocation.lowerIfIndex === captureLocation.miniportIfIndex ? 0 : 1;
  const keys = (captureLocation: CaptureLocation): number[] => [
    SOURCE_ORDER.indexOf(captureLocation.source),
    captureLocation.componentId ?? captureLocation.miniportIfIndex ?? 0,
    // The miniport itself before the filters above it, as etl2pcapng sorts.
    isAbove(captureLocation),
    captureLocation.lowerIfIndex ?? 0,
    captureLocation.portId ?? 0,
    captureLocation.vlanId ?? 0,
    captureLocation.vsid ?? 0,
    captureLocation.linkType,
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
  const { adapter, component, captureLocation } = context;
  switch (captureLocation.source) {
    case 'ndis': {
      if (adapter !== undefined && adapter.alias !== '') return adapter.alias;
      return `${MEDIUM_NAMES.get(captureLocation.linkType) ?? 'if'}:${captureLocation.lowerIfIndex ?? captureLocation.miniportIfIndex ?? 0}`;
    }
    case 'vswitch':
      return switchPortName(context);
    case 'pktmon':
      return `${component === undefined ? 'pktmon' : driverName(component)} #${captureLocation.componentId ?? 0}`;
    case 'ras':
      return captureLocation.userName ? `RAS ${captureLocation.userName}` : 'RAS';
    case 'wfp':
      return captureLocation.layer ? `WFP ${captureLocation.layer}` : 'WFP';
  }
}

/** The name of a component's driver; the description of a component without one. */
export const driverName = ({ description, name }: Component): string => name || description || 'pktmon';

/** `NIC name (type) port 3 vlan 101`. */
function switchPortName(context: Context): string {
  const { captureLocation } = context;
  const type = captureLocation.nicType ? ` (${captureLocation.nicType})` : '';
  const vlan = captureLocation.vlanId === undefined ? '' : ` vlan ${captureLocation.vlanId}`;
  const vsid = captureLocation.vsid === undefined ? '' : ` vsid ${captureLocation.vsid}`;
  return `${nicText(context) ?? 'vSwitch'}${type} port ${captureLocation.portId ?? 0}${vlan}${vsid}`;
}

/** The NIC at a vSwitch port as people call it, or its port's name; the VM or endpoint before a name that others have too. */
function nicText({ adapter, nic, captureLocation, port }: Context): string | undefined {
  const owner = nic?.owner ?? '';
  const ownName = nic?.friendlyName ?? '';
  const candidates = [
    owner === '' || ownName.startsWith(owner) ? ownName : `${owner} ${ownName}`.trimEnd(),
    adapter?.alias,
    captureLocation.nicName,
    port?.friendlyName,
    captureLocation.portName,
  ];
  return candidates.find((name) => name !== undefined && name !== '');
}

/** Texts that distinguish locations with one name, the most useful first. */
function qualifiers(context: Context, model: HostModel, vSwitch: string | undefined): string[] {
  const { adapter, captureLocation } = context;
  const isAboveFilter = captureLocation.lowerIfIndex !== captureLocation.miniportIfIndex;
  const lower =
    captureLocation.lowerIfIndex === undefined
      ? undefined
      : model.interfaces.get(captureLocation.lowerIfIndex);
  return [
    isAboveFilter && lower !== undefined ? `above ${filterName(lower, adapter)}` : '',
    isAboveFilter && captureLocation.lowerIfIndex !== undefined
      ? `lower ${captureLocation.lowerIfIndex}`
      : '',
    LINK_TYPE_NAMES.get(captureLocation.linkType) ?? `link type ${captureLocation.linkType}`,
    vSwitch ?? '',
    captureLocation.miniportIfIndex === undefined ? '' : `index ${captureLocation.miniportIfIndex}`,
    captureLocation.routingDomainId ?? '',
    captureLocation.source,
  ];
}

/** Windows names a filter's row `<adapter's alias>-<filter's name>-<number>`. */
function filterName(lower: HostInterface, adapter: HostInterface | undefined): string {
  const prefix = `${adapter?.alias ?? ''}-`;
  if (!lower.alias.startsWith(prefix)) return lower.alias || `index ${lower.ifIndex}`;
  return lower.alias.slice(prefix.length).replace(/-\d{4}$/, '');
}

function describe(context: Context, name: string, host: Host): InterfaceDetails {
  const { adapter, component, nic, captureLocation, port } = context;
  const { model } = host;
  const isPktMon = captureLocation.source === 'pktmon';
  const mac = component?.mac ?? adapter?.mac ?? nic?.mac;
  const addresses = component?.addresses.length
    ? component.addresses
    : (adapter?.addresses ?? nic?.addresses ?? []);
  const { receiveSpeed, transmitSpeed } = adapter ?? {};
  const compartmentId = compartment(context);
  const alias = adapter?.alias === name ? undefined : adapter?.alias;
  const ifIndex =
    component === undefined
      ? (captureLocation.lowerIfIndex ?? captureLocation.miniportIfIndex)
      : componentIndex(component);

  const facts = {
    ...some('alias', alias),
    ...some('ifIndex', ifIndex),
    ...some('miniportIfIndex', captureLocation.miniportIfIndex ?? component?.miniportIfIndex),
    ...some('guid', component?.guid ?? adapter?.guid),
    ...some('vSwitch', host.switchName(context)),
    ...some('portId', captureLocation.portId),
    ...some('portName', captureLocation.portName ?? (isPktMon ? undefined : nic?.portName)),
    ...some('nic', captureLocation.source === 'vswitch' ? nicText(context) : undefined),
    ...some('nicName', captureLocation.nicName),
    ...some('nicType', captureLocation.nicType),
    ...some('vlan', captureLocation.vlanId ?? component?.vlanId),
    ...some('vsid', captureLocation.vsid ?? component?.vsid),
    ...some('compartment', compartmentId),
    ...some(
      'compartmentName',
      compartmentId === undefined ? undefined : model.compartments.get(compartmentId)?.name,
    ),
    ...some('componentId', captureLocation.componentId),
    ...some('componentName', component && driverName(component)),
    ...some('componentType', component?.typeName),
    ...some('routingDomainId', captureLocation.routingDomainId),
    ...some('userName', captureLocation.userName),
    ...some('layer', captureLocation.layer),
  };
  return {
    captureLocation,
    source: captureLocation.source,
    linkType: captureLocation.linkType,
    name,
    ...some('description', descriptionOf(context, model, port)),
    ...(mac?.length === 6 && { mac }),
    addresses,
    ipv4: addresses.flatMap(({ bytes, prefixLength }) =>
      bytes.length === 4 && prefixLength !== undefined
        ? [{ address: bytes, mask: maskOfPrefix(prefixLength) }]
        : [],
    ),
    ipv6: addresses.flatMap((address) => {
      const prefixLength = ipv6Prefix(address);
      return address.bytes.length === 16 && prefixLength !== undefined
        ? [{ address: address.bytes, prefixLength }]
        : [];
    }),
    ...(transmitSpeed === receiveSpeed && some('speed', transmitSpeed)),
    ...some('txSpeed', transmitSpeed),
    ...some('rxSpeed', receiveSpeed),
    ...some('filter', isPktMon ? filterExpression(model.filters) : undefined),
    ...some('os', model.systemText),
    comment: interfaceComment(
      facts,
      component,
      mac,
      addresses,
      facts.portName === undefined ? undefined : model.portPolicies.get(nameKey(facts.portName)),
    ),
    ...facts,
  };
}

/** `{ key: value }`, or an empty object if the value is absent or empty. */
function some<K extends string, V extends string | number | bigint>(
  key: K,
  value: V | undefined,
): { readonly [P in K]?: V };
function some(key: string, value: string | number | bigint | undefined): object {
  return value === undefined || value === '' ? {} : { [key]: value };
}

/** Link-local addresses have 64-bit prefixes (RFC 4291, 2.5.6); for others the source has to state it. */
const ipv6Prefix = ({ bytes, prefixLength }: IpAddress): number | undefined =>
  prefixLength ?? (bytes[0] === 0xfe && bytes[1] === 0x80 ? 64 : undefined);

/** Addresses that if_IPv4addr and if_IPv6addr cannot hold: both require a prefix, which the trace does not contain. */
const withoutPrefix = (addresses: readonly IpAddress[]): string =>
  addresses
    .filter(
      (address) => (address.bytes.length === 4 ? address.prefixLength : ipv6Prefix(address)) === undefined,
    )
    .map(({ text }) => text)
    .join(',');

const componentIndex = (component: Component): number | undefined =>
  component.ifIndex ?? component.ipIfIndex ?? component.miniportIfIndex ?? component.vmsExtIfIndex;

function descriptionOf(
  { adapter, component, captureLocation }: Context,
  model: HostModel,
  port: VirtualPort | undefined,
): string | undefined {
  switch (captureLocation.source) {
    case 'ndis': {
      const text = adapter?.description ?? '';
      const lower =
        captureLocation.lowerIfIndex === undefined
          ? undefined
          : model.interfaces.get(captureLocation.lowerIfIndex);
      if (
        captureLocation.lowerIfIndex === captureLocation.miniportIfIndex ||
        lower === undefined ||
        lower === adapter
      )
        return text;
      return `${text ? `${text}, ` : ''}captured above ${filterName(lower, adapter)}`;
    }
    case 'vswitch':
      return adapter?.description || port?.friendlyName || undefined;
    case 'pktmon': {
      if (component === undefined) return undefined;
      const owner = component.mac && model.owners.get(macText(component.mac) ?? '');
      const name = component.description || driverName(component);
      const what = `${name} (${component.typeName})${owner ? ` of ${owner}` : ''}`;
      return adapter?.alias ? `${what} on ${adapter.alias}` : what;
    }
    case 'ras':
      return 'remote access (Ras-NdisWanPacketCapture)';
    case 'wfp':
      return 'Windows Filtering Platform capture';
  }
}

/** The comment of an interface; its keys equal those of packet comments for the same facts. */
function interfaceComment(
  facts: Partial<InterfaceDetails>,
  component: Component | undefined,
  mac: Uint8Array | undefined,
  addresses: readonly IpAddress[],
  policy: PortPolicy | undefined,
): string {
  return joinTokens([
    token('IfIndex', facts.ifIndex),
    token('MiniportIfIndex', facts.miniportIfIndex),
    token('LowerIfIndex', component?.lowerIfIndex),
    token('Alias', facts.alias),
    token('GUID', facts.guid),
    // if_MACaddr holds six bytes only.
    token('PhysAddress', mac === undefined || mac.length === 6 ? undefined : macText(mac)),
    token('Addresses', withoutPrefix(addresses) || undefined),
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
    token('PortPolicy', policy && policyText(policy)),
    token('PortAcls', policy?.acls.join('; ')),
    token('AclDrops', policy?.aclDrops.join(', ')),
    token('RoutingDomainID', facts.routingDomainId),
    token('Username', facts.userName),
    token('Layer', facts.layer),
  ]);
}
