import type { IpAddress } from '../addresses.js';
import type { CompartmentList } from '../compartment-file.js';

/** Contents that files saved on a host may have. */
export const HOST_INFO_KINDS = [
  'components',
  'adapters',
  'switches',
  'virtualNics',
  'ports',
  'networks',
  'endpoints',
  'namespaces',
  'addresses',
  'processes',
  'routes',
  'neighbors',
] as const;
export type HostInfoKind = (typeof HOST_INFO_KINDS)[number];

/** A component of pktmon, from `pktmon list`. */
export interface ListedComponent {
  readonly id: number;
  /** Newer builds give some components a second id; packets may have either. */
  readonly secondaryId?: number;
  /** `Miniport`, `Filter`, …; empty where the list does not have it. */
  readonly type: string;
  /** The driver: `tcpip.sys`; may be empty. */
  readonly driver: string;
  readonly description: string;
  /** Lower case, with colons. */
  readonly mac?: string;
  readonly ifIndex?: number;
  /** Name and value of each property. */
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/** A network adapter, from Get-NetAdapter. */
export interface ListedAdapter {
  readonly alias: string;
  readonly description: string;
  readonly ifIndex?: number;
  /** Lower case, no braces. */
  readonly guid?: string;
  readonly mac?: string;
}

/** A port of a virtual switch with its NIC, from `vfpctrl /list-vmswitch-port`. */
export interface ListedPort {
  /** A GUID, as the tool prints it. */
  readonly name: string;
  readonly friendlyName: string;
  readonly switchName: string;
  readonly switchFriendlyName: string;
  readonly nicName: string;
  readonly nicFriendlyName: string;
  readonly mac?: string;
  readonly vmName: string;
}

/** From Get-VMSwitch. */
export interface ListedSwitch {
  /** Lower case, no braces. */
  readonly id: string;
  readonly name: string;
}

/** A virtual NIC, from Get-VMNetworkAdapter. */
export interface ListedVirtualNic {
  readonly name: string;
  /** Empty for NICs of the host. */
  readonly vmName: string;
  /** `vm guid--nic guid` or `nic guid`, lower case: how the virtual switch may name it. */
  readonly nicName: string;
  readonly switchId: string;
  readonly switchName: string;
  readonly mac?: string;
}

/** A network of the Host Networking Service. */
export interface ListedNetwork {
  readonly id: string;
  readonly name: string;
}

/** An endpoint of the Host Networking Service: a NIC of a container. */
export interface ListedEndpoint {
  /** GUIDs: lower case, no braces. */
  readonly id: string;
  readonly name: string;
  readonly networkId: string;
  readonly networkName: string;
  readonly mac?: string;
  readonly addresses: readonly IpAddress[];
  readonly dns: readonly string[];
  /** Empty where the endpoint is in no namespace, or the file does not have it. */
  readonly namespaceId: string;
  /** Names of its ports at the virtual switch: GUIDs. */
  readonly portNames: readonly string[];
  /** Ids of the containers that use it. */
  readonly containers: readonly string[];
}

/** A network namespace of containers. */
export interface ListedNamespace {
  readonly id: string;
  readonly compartmentId: number;
  readonly compartmentGuid: string;
  readonly endpointIds: readonly string[];
}

/** A process, from tasklist. */
export interface ListedProcess {
  readonly pid: number;
  readonly name: string;
}

/** How a file was used, or why not. */
export interface HostInfoFileReport {
  readonly name: string;
  /** Entries of each kind. */
  readonly contents: Readonly<Partial<Record<HostInfoKind, number>>>;
  /** Why the file, or a part of it, was not used. */
  readonly problem?: string;
}

/** The content of files saved on a host. */
export interface HostInfo {
  readonly components: readonly ListedComponent[];
  readonly adapters: readonly ListedAdapter[];
  readonly switches: readonly ListedSwitch[];
  readonly virtualNics: readonly ListedVirtualNic[];
  readonly ports: readonly ListedPort[];
  readonly networks: readonly ListedNetwork[];
  readonly endpoints: readonly ListedEndpoint[];
  readonly namespaces: readonly ListedNamespace[];
  readonly processes: readonly ListedProcess[];
  /** Compartments and IP interfaces: ipconfig, Get-NetIPAddress and the like. */
  readonly addresses: CompartmentList;
  readonly files: readonly HostInfoFileReport[];
}
