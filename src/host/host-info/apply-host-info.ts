import { AddressSet, macText } from '../addresses.js';
import { COMPONENT_TYPE_NUMBERS, type Component } from '../components.js';
import type { Compartment, HostInterface, HostModel } from '../host-model.js';
import { nameKey, type VirtualNic, type VirtualPort } from '../vswitch-names.js';
import type { HostInfo, ListedAdapter, ListedComponent } from './listed.js';
import { guidOf } from './names.js';
import { Owners } from './owners.js';

/** The model with the facts of the files, and why some were not used. */
export interface AppliedHostInfo {
  readonly model: HostModel;
  readonly problems: readonly string[];
}

/**
 * Completes the model of a trace by files saved on its host. Facts of the trace are never replaced: files fill in names,
 * addresses, components and ports that the trace does not have.
 */
export function applyHostInfo(model: HostModel, info: HostInfo): AppliedHostInfo {
  const owners = new Owners(info);
  const components = applyComponents(model.components, info.components);
  const interfaces = applyAdapters(model.interfaces, info.adapters);
  const compartments = applyNamespaces(model.compartments, info, owners);
  return {
    model: {
      ...model,
      interfaces: new Map([...applyEndpoints(interfaces, owners)].sort(([a], [b]) => a - b)),
      components: components.all,
      compartments: new Map([...compartments].sort(([a], [b]) => a - b)),
      ...applyPorts(model, info, owners),
      owners: owners.byMac,
    },
    problems: components.problems,
  };
}

/** Components by id; ids are given anew at each boot, so a list that contradicts the trace is not used at all. */
function applyComponents(
  known: ReadonlyMap<number, Component>,
  listed: readonly ListedComponent[],
): { readonly all: ReadonlyMap<number, Component>; readonly problems: readonly string[] } {
  const other = listed.find((each) => contradicts(known.get(each.id), each));
  if (other !== undefined) {
    const name = known.get(other.id)?.name ?? '';
    return {
      all: known,
      problems: [
        `the list of components is of another boot: number ${other.id} is ${other.driver || other.description} ` +
          `there and ${name || known.get(other.id)?.description} in the trace; it was not used`,
      ],
    };
  }
  const all = new Map(known);
  for (const each of listed) {
    const existing = all.get(each.id);
    if (existing === undefined || (existing.name === '' && existing.description === '')) {
      all.set(each.id, { ...component(each, each.id), ...(existing && withoutNames(existing)) });
    }
  }
  for (const each of listed) {
    const { secondaryId } = each;
    if (secondaryId !== undefined && !all.has(secondaryId))
      all.set(secondaryId, component(each, secondaryId));
  }
  return { all: new Map([...all].sort(([a], [b]) => a - b)), problems: [] };
}

function contradicts(known: Component | undefined, listed: ListedComponent): boolean {
  if (known === undefined) return false;
  const mac = known.mac && macText(known.mac);
  if (mac !== undefined && listed.mac !== undefined && mac !== listed.mac) return true;
  const { driver } = listed;
  return known.name !== '' && driver !== '' && known.name.toLowerCase() !== driver.toLowerCase();
}

/** The trace's facts about a component besides its name and type. */
function withoutNames({
  description: _description,
  name: _name,
  type,
  typeName,
  ...rest
}: Component): Partial<Component> {
  return { ...rest, ...(type !== 0 && { type, typeName }) };
}

function component(listed: ListedComponent, id: number): Component {
  const { description, driver, ifIndex, mac, properties, type } = listed;
  return {
    id,
    type: COMPONENT_TYPE_NUMBERS.get(type) ?? 0,
    typeName: type || (mac === undefined ? 'component' : 'NIC'),
    name: driver,
    description,
    present: true,
    properties: properties.map(([name, value]) => ({ type: 0, name, value })),
    edges: [],
    addresses: [],
    ...indexesOf(properties),
    ...(ifIndex !== undefined && { ifIndex }),
    ...(mac !== undefined && { mac: macBytes(mac) }),
  };
}

/** Members of a component by the name of the property in pktmon's events, lower case. */
const INDEX_MEMBERS: ReadonlyMap<string, 'ipIfIndex' | 'lowerIfIndex' | 'lowestIfIndex' | 'miniportIfIndex'> =
  new Map([
    ['miniportifindex', 'miniportIfIndex'],
    ['lowerifindex', 'lowerIfIndex'],
    ['lowestifindex', 'lowestIfIndex'],
    ['ipifindex', 'ipIfIndex'],
  ]);

function indexesOf(properties: ListedComponent['properties']): Partial<Component> {
  const found = properties.flatMap(([name, value]) => {
    const member = INDEX_MEMBERS.get(name.replace(/\s/g, '').toLowerCase());
    return member === undefined || !/^\d{1,10}$/.test(value) ? [] : [[member, Number(value)] as const];
  });
  return Object.fromEntries(found);
}

const macBytes = (mac: string): Uint8Array =>
  Uint8Array.from(mac.split(':'), (digits) => Number.parseInt(digits, 16));

/** Finds values by a key that only one of them has. */
function uniqueBy<T>(values: Iterable<T>, keyOf: (value: T) => string | undefined): ReadonlyMap<string, T> {
  const found = new Map<string, T | undefined>();
  for (const value of values) {
    const key = keyOf(value);
    if (key !== undefined) found.set(key, found.has(key) ? undefined : value);
  }
  return new Map([...found].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])));
}

const macOfInterface = ({ mac }: HostInterface): string | undefined => mac && macText(mac);

/** Adapters by GUID, then by MAC where only one has it, then by index where nothing contradicts. */
function applyAdapters(
  known: ReadonlyMap<number, HostInterface>,
  listed: readonly ListedAdapter[],
): ReadonlyMap<number, HostInterface> {
  const all = new Map(known);
  const byGuid = uniqueBy(known.values(), ({ guid }) => guid);
  const byMac = uniqueBy(known.values(), macOfInterface);
  const listedByMac = uniqueBy(listed, ({ mac }) => mac);
  for (const adapter of listed) {
    const { alias, description, guid, ifIndex, mac } = adapter;
    const isOnly = mac !== undefined && listedByMac.get(mac) === adapter;
    const match =
      byGuid.get(guid ?? '') ??
      (isOnly ? byMac.get(mac) : undefined) ??
      (ifIndex === undefined ? undefined : all.get(ifIndex));
    const index = match?.ifIndex ?? ifIndex;
    if (index === undefined) continue;
    if (match !== undefined && isOther(match, adapter)) continue;
    const fresh: HostInterface = match ?? { ifIndex: index, alias, description, addresses: [], dns: [] };
    all.set(index, {
      ...fresh,
      alias: fresh.alias || alias,
      description: fresh.description || description,
      ...(fresh.guid === undefined && guid !== undefined && { guid }),
      ...(fresh.mac === undefined && mac !== undefined && { mac: macBytes(mac) }),
    });
  }
  return all;
}

/** Whether an interface with the index of an adapter is another one: indexes change when adapters are added. */
function isOther(found: HostInterface, { guid, mac }: ListedAdapter): boolean {
  if (found.guid !== undefined && guid !== undefined) return found.guid !== guid;
  const own = macOfInterface(found);
  return own !== undefined && mac !== undefined && own !== mac;
}

/** Interfaces of containers, by the MAC of their endpoint: compartment and addresses. */
function applyEndpoints(
  known: ReadonlyMap<number, HostInterface>,
  owners: Owners,
): ReadonlyMap<number, HostInterface> {
  const byMac = uniqueBy(known.values(), macOfInterface);
  const all = new Map(known);
  for (const [mac, found] of byMac) {
    const endpoint = owners.endpointOfMac(mac);
    if (endpoint === undefined) continue;
    const addresses = new AddressSet();
    addresses.addAll(found.addresses);
    addresses.addAll(endpoint.addresses);
    const compartmentId = found.compartmentId ?? owners.compartmentOf(endpoint.id);
    all.set(found.ifIndex, {
      ...found,
      addresses: addresses.list(),
      dns: [...new Set([...found.dns, ...endpoint.dns])],
      ...(compartmentId !== undefined && { compartmentId }),
    });
  }
  return all;
}

function applyNamespaces(
  known: ReadonlyMap<number, Compartment>,
  info: HostInfo,
  owners: Owners,
): ReadonlyMap<number, Compartment> {
  const all = new Map(known);
  for (const { compartmentGuid, compartmentId: id, endpointIds } of info.namespaces) {
    const found: Compartment = all.get(id) ?? { id, ifIndexes: [], aliases: [], addresses: [], dns: [] };
    const endpoints = [...new Set([...endpointIds, ...owners.endpointsIn(id)])].flatMap(
      (endpointId) => owners.endpoint(endpointId) ?? [],
    );
    const addresses = new AddressSet();
    addresses.addAll(found.addresses);
    for (const endpoint of endpoints) addresses.addAll(endpoint.addresses);
    const name = endpoints.map((endpoint) => owners.label(endpoint)).join(', ');
    all.set(id, {
      ...found,
      addresses: addresses.list(),
      dns: [...new Set([...found.dns, ...endpoints.flatMap(({ dns }) => dns)])],
      ...(found.guid === undefined && compartmentGuid !== '' && { guid: compartmentGuid }),
      ...(found.name === undefined && name !== '' && { name }),
    });
  }
  return all;
}

/** Fills in the members of a name that are empty. */
function completed<T extends VirtualPort>(known: T | undefined, fresh: T): T {
  if (known === undefined) return fresh;
  const given = Object.entries(known).filter(([, text]) => text !== '' && text !== undefined);
  return { ...fresh, ...Object.fromEntries(given) };
}

/** NICs and ports of virtual switches by their names, which are GUIDs. */
function applyPorts(
  { nics, ports }: HostModel,
  info: HostInfo,
  owners: Owners,
): Pick<HostModel, 'nics' | 'ports'> {
  const allNics = new Map(nics);
  const allPorts = new Map(ports);
  const addNic = (fresh: VirtualNic): void => {
    const key = nameKey(fresh.name);
    if (key !== '') allNics.set(key, completed(allNics.get(key), fresh));
  };
  const addPort = (fresh: VirtualPort): void => {
    const key = nameKey(fresh.name);
    if (key !== '') allPorts.set(key, completed(allPorts.get(key), fresh));
  };
  for (const port of info.ports) {
    const { friendlyName, name, nicFriendlyName, nicName, switchFriendlyName, switchName } = port;
    const owner = owners.ofPort(port);
    const endpoint = owners.endpointOfPort(port);
    const compartmentId = endpoint && owners.compartmentOf(endpoint.id);
    addPort({ name, friendlyName: readable(friendlyName) || owner, switchName, switchFriendlyName });
    addNic({
      name: nicName,
      friendlyName: readable(nicFriendlyName),
      switchName,
      switchFriendlyName,
      portName: name,
      ...(owner !== '' && { owner }),
      ...(port.mac !== undefined && { mac: macBytes(port.mac) }),
      ...(endpoint && { addresses: endpoint.addresses }),
      ...(compartmentId !== undefined && { compartmentId }),
    });
  }
  for (const { mac, name, nicName, switchId, switchName, vmName } of info.virtualNics) {
    addNic({
      name: nicName,
      friendlyName: name,
      switchName: switchId,
      switchFriendlyName: switchName,
      portName: '',
      ...(vmName !== '' && { owner: vmName }),
      ...(mac !== undefined && { mac: macBytes(mac) }),
    });
  }
  for (const [name, owner] of owners.byPort) {
    addPort({ name, friendlyName: owner, switchName: '', switchFriendlyName: '' });
  }
  const switchNames = new Map(info.switches.map(({ id, name }) => [id, name]));
  for (const all of [allNics, allPorts]) nameSwitches(all, switchNames);
  return { nics: allNics, ports: allPorts };
}

function nameSwitches<T extends VirtualPort>(
  all: Map<string, T>,
  switchNames: ReadonlyMap<string, string>,
): void {
  for (const [key, each] of all) {
    const name = switchNames.get(nameKey(each.switchName));
    if (each.switchFriendlyName === '' && name !== undefined)
      all.set(key, { ...each, switchFriendlyName: name });
  }
}

/** A name that people gave; HNS calls the ports of containers by the GUID of their endpoint. */
const readable = (name: string): string => (guidOf(name) === '' ? name : '');
