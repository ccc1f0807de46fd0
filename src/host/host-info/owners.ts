import { nameKey } from '../vswitch-names.js';
import type { HostInfo, ListedEndpoint, ListedPort } from './listed.js';
import { guidOf } from './names.js';

/** Ids of containers are 64 hexadecimal digits; tools show the first twelve. */
const LONG_ID = /\b([0-9a-f]{12})[0-9a-f]{52}(?=\b|_)/gi;

/** Owners of NICs, ports and compartments: endpoints of containers, and VMs. */
export class Owners {
  /** Names by MAC (lower case, colons); a MAC that several have is absent. */
  readonly byMac: ReadonlyMap<string, string>;
  /** Names by the GUID of a port. */
  readonly byPort = new Map<string, string>();
  readonly #endpoints = new Map<string, ListedEndpoint>();
  readonly #endpointByPort = new Map<string, ListedEndpoint>();
  readonly #endpointByMac = new Map<string, ListedEndpoint | undefined>();
  readonly #networkNames: ReadonlyMap<string, string>;
  /** Compartments by endpoint. */
  readonly #compartments = new Map<string, number>();
  readonly #inCompartment = new Map<number, string[]>();

  constructor(info: HostInfo) {
    this.#networkNames = new Map(info.networks.map(({ id, name }) => [id, name]));
    for (const endpoint of info.endpoints) {
      const known = this.#endpoints.get(endpoint.id);
      this.#endpoints.set(endpoint.id, known === undefined ? endpoint : joined(known, endpoint));
    }
    const compartmentOf = new Map(info.namespaces.map(({ compartmentId, id }) => [id, compartmentId]));
    for (const { compartmentId, endpointIds } of info.namespaces) {
      for (const id of endpointIds) this.#place(id, compartmentId);
    }
    for (const endpoint of this.#endpoints.values()) {
      const { id, mac, namespaceId, portNames } = endpoint;
      const compartment = compartmentOf.get(namespaceId);
      if (compartment !== undefined) this.#place(id, compartment);
      if (mac !== undefined)
        this.#endpointByMac.set(mac, this.#endpointByMac.has(mac) ? undefined : endpoint);
      for (const port of portNames) {
        this.#endpointByPort.set(port, endpoint);
        this.byPort.set(port, this.label(endpoint));
      }
    }
    this.byMac = this.#macs(info);
  }

  endpoint(id: string): ListedEndpoint | undefined {
    return this.#endpoints.get(id);
  }

  endpointOfMac(mac: string): ListedEndpoint | undefined {
    return this.#endpointByMac.get(mac);
  }

  compartmentOf(endpointId: string): number | undefined {
    return this.#compartments.get(endpointId);
  }

  endpointsIn(compartmentId: number): readonly string[] {
    return this.#inCompartment.get(compartmentId) ?? [];
  }

  /** The name of an endpoint for people; ids of containers are shortened. */
  label({ containers, id, name, networkId, networkName }: ListedEndpoint): string {
    const text = (name || `endpoint ${id.slice(0, 8)}`).replace(LONG_ID, '$1');
    const network = networkName || this.#networkNames.get(networkId) || '';
    // Docker calls each endpoint "Ethernet".
    const [container = ''] = containers;
    const short = container.replace(LONG_ID, '$1').slice(0, 36);
    const details = [
      ...(short !== '' && !text.includes(short.slice(0, 12)) ? [`container ${short}`] : []),
      ...(network !== '' && !text.includes(network) ? [`network ${network}`] : []),
    ];
    return details.length === 0 ? text : `${text} (${details.join(', ')})`;
  }

  /** The endpoint of a port: HNS calls the port by the endpoint's GUID, or the endpoint names its port. */
  endpointOfPort({ friendlyName, mac, name }: ListedPort): ListedEndpoint | undefined {
    return (
      this.#endpoints.get(guidOf(friendlyName)) ??
      this.#endpointByPort.get(nameKey(name)) ??
      this.endpointOfMac(mac ?? '')
    );
  }

  /** Owner of a port; empty if unknown. */
  ofPort(port: ListedPort): string {
    const endpoint = this.endpointOfPort(port);
    return endpoint === undefined ? port.vmName : this.label(endpoint);
  }

  #place(endpointId: string, compartmentId: number): void {
    if (this.#compartments.has(endpointId)) return;
    this.#compartments.set(endpointId, compartmentId);
    const inside = this.#inCompartment.get(compartmentId);
    if (inside === undefined) this.#inCompartment.set(compartmentId, [endpointId]);
    else inside.push(endpointId);
  }

  #macs({ ports, virtualNics }: HostInfo): ReadonlyMap<string, string> {
    const found = new Map<string, Set<string>>();
    const add = (mac: string | undefined, owner: string): void => {
      if (mac === undefined || owner === '') return;
      const known = found.get(mac);
      if (known === undefined) found.set(mac, new Set([owner]));
      else known.add(owner);
    };
    for (const endpoint of this.#endpoints.values()) add(endpoint.mac, this.label(endpoint));
    for (const port of ports) add(port.mac, this.ofPort(port));
    for (const { mac, vmName } of virtualNics) add(mac, vmName);
    return new Map(
      [...found].flatMap(([mac, names]) => {
        const [only] = names;
        return names.size === 1 && only !== undefined ? [[mac, only] as const] : [];
      }),
    );
  }
}

/** One endpoint that both versions of the schema describe. */
function joined(a: ListedEndpoint, b: ListedEndpoint): ListedEndpoint {
  const mac = a.mac ?? b.mac;
  return {
    id: a.id,
    name: a.name || b.name,
    networkId: a.networkId || b.networkId,
    networkName: a.networkName || b.networkName,
    ...(mac !== undefined && { mac }),
    addresses: a.addresses.length > 0 ? a.addresses : b.addresses,
    dns: a.dns.length > 0 ? a.dns : b.dns,
    namespaceId: a.namespaceId || b.namespaceId,
    portNames: [...new Set([...a.portNames, ...b.portNames])],
    containers: [...new Set([...a.containers, ...b.containers])],
  };
}
