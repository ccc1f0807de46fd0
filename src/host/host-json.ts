/** The JSON shapes of the host model; each document of etlcap uses them. Members without a value are absent. */

import { type IpAddress, macText } from './addresses.js';
import { linkTypeName, type SourceName } from './capture-location.js';
import type { Component, FlowCounters } from './components.js';
import type { Compartment, HostInterface } from './host-model.js';
import type { InterfaceDetails } from './interface-table.js';
import { OPER_STATUS } from './mib-if-row.js';
import type { VirtualPort } from './vswitch-names.js';

/** An interface of the pcapng: a location where packets were captured. */
export interface InterfaceJson {
  /** `if_name`: unique within the file. */
  readonly name: string;
  readonly description?: string;
  readonly packetSource: SourceName;
  readonly linkType: string;
  readonly mac?: string;
  /** With prefix lengths where known: `10.0.0.4/24`. */
  readonly addresses: readonly string[];
  readonly ifIndex?: number;
  /** Lower case, no braces. */
  readonly guid?: string;
  readonly componentId?: number;
  readonly portId?: number;
  readonly portName?: string;
  /** Friendly name of the virtual NIC. */
  readonly nic?: string;
  /** As the packet source names it. */
  readonly nicName?: string;
  readonly nicType?: string;
  readonly vSwitch?: string;
  readonly vlanId?: number;
  readonly vsid?: number;
  /** Number of its compartment. */
  readonly compartment?: number;
}

/** A network interface of the host, whether or not packets were captured there. */
export interface HostInterfaceJson {
  readonly ifIndex: number;
  readonly alias: string;
  readonly description: string;
  readonly guid?: string;
  readonly mac?: string;
  /** With prefix lengths where known: `10.0.0.4/24`. */
  readonly addresses: readonly string[];
  readonly dns: readonly string[];
  /** Bits per second, decimal. */
  readonly transmitSpeed?: string;
  readonly receiveSpeed?: string;
  /** IF_OPER_STATUS: up, down, … */
  readonly status?: string;
  /** Bytes. */
  readonly mtu?: number;
  /** IANA ifType. */
  readonly type?: number;
  /** Number of its compartment. */
  readonly compartment?: number;
  /** Since the interface came up, decimal. */
  readonly counters?: Readonly<Record<string, string>>;
}

/** Packets and bytes that pktmon counted in two directions; the numbers have 64 bits and are decimal text. */
export interface CountersJson {
  readonly inTag: string;
  readonly packetsIn: string;
  readonly bytesIn: string;
  readonly outTag: string;
  readonly packetsOut: string;
  readonly bytesOut: string;
}

/** A component of pktmon. */
export interface ComponentJson {
  readonly id: number;
  readonly type: string;
  /** The driver: `tcpip.sys`. */
  readonly name: string;
  readonly description: string;
  /** False if the component was removed while the trace ran. */
  readonly present: boolean;
  readonly properties: readonly { readonly name: string; readonly value: number | string }[];
  readonly edges: readonly { readonly id: number; readonly name: string; readonly counters: CountersJson }[];
  /** Packets dropped by the component. */
  readonly dropCounters?: CountersJson;
  readonly vSwitch?: string;
  /** Number of its compartment. */
  readonly compartment?: number;
}

/** A network compartment. */
export interface CompartmentJson {
  readonly id: number;
  readonly guid?: string;
  readonly name?: string;
  readonly ifIndexes: readonly number[];
  /** Aliases of its host interfaces. */
  readonly aliases: readonly string[];
  /** With prefix lengths where known: `10.0.0.4/24`. */
  readonly addresses: readonly string[];
  readonly dns: readonly string[];
}

/** A NIC or port of a virtual switch, as Hyper-V-VmSwitch names it. */
export interface SwitchNameJson {
  readonly name: string;
  readonly friendlyName: string;
  readonly vSwitch: string;
}

/** `10.0.0.4/24`; without a known prefix length only the address. */
const addressText = ({ prefixLength, text }: IpAddress): string =>
  prefixLength === undefined ? text : `${text}/${prefixLength}`;

export function interfaceJson(details: InterfaceDetails): InterfaceJson {
  const { compartment, componentId, description, guid, ifIndex, nic, nicName, nicType } = details;
  const { portId, portName, vSwitch, vlan, vsid } = details;
  const mac = details.mac && macText(details.mac);
  return {
    name: details.name,
    ...(description !== undefined && { description }),
    packetSource: details.source,
    linkType: linkTypeName(details.linkType),
    ...(mac !== undefined && { mac }),
    addresses: details.addresses.map(addressText),
    ...(ifIndex !== undefined && { ifIndex }),
    ...(guid !== undefined && { guid }),
    ...(componentId !== undefined && { componentId }),
    ...(portId !== undefined && { portId }),
    ...(portName !== undefined && { portName }),
    ...(nic !== undefined && { nic }),
    ...(nicName !== undefined && { nicName }),
    ...(nicType !== undefined && { nicType }),
    ...(vSwitch !== undefined && { vSwitch }),
    ...(vlan !== undefined && { vlanId: vlan }),
    ...(vsid !== undefined && { vsid }),
    ...(compartment !== undefined && { compartment }),
  };
}

export function hostInterfaceJson(found: HostInterface): HostInterfaceJson {
  const { addresses, alias, compartmentId, description, dns, guid, ifIndex, receiveSpeed, row } = found;
  const { transmitSpeed } = found;
  const mac = found.mac && macText(found.mac);
  return {
    ifIndex,
    alias,
    description,
    ...(guid !== undefined && { guid }),
    ...(mac !== undefined && { mac }),
    addresses: addresses.map(addressText),
    dns,
    ...(transmitSpeed !== undefined && { transmitSpeed: String(transmitSpeed) }),
    ...(receiveSpeed !== undefined && { receiveSpeed: String(receiveSpeed) }),
    ...(row && {
      status: OPER_STATUS.get(row.operStatus) ?? String(row.operStatus),
      mtu: row.mtu,
      type: row.type,
    }),
    ...(compartmentId !== undefined && { compartment: compartmentId }),
    ...(row && {
      counters: Object.fromEntries(
        Object.entries(row.counters).map(([name, value]) => [name, String(value)]),
      ),
    }),
  };
}

export function componentJson(component: Component): ComponentJson {
  const { compartmentId, description, drops, edges, id, name, present, properties, typeName, vSwitch } =
    component;
  return {
    id,
    type: typeName,
    name,
    description,
    present,
    properties: properties.map((property) => ({ name: property.name, value: property.value })),
    edges: edges.map((edge) => ({ id: edge.id, name: edge.name, counters: countersJson(edge.counters) })),
    ...(drops && { dropCounters: countersJson(drops) }),
    ...(vSwitch !== undefined && { vSwitch }),
    ...(compartmentId !== undefined && { compartment: compartmentId }),
  };
}

const countersJson = (counters: FlowCounters): CountersJson => ({
  inTag: counters.inTag,
  packetsIn: String(counters.packetsIn),
  bytesIn: String(counters.bytesIn),
  outTag: counters.outTag,
  packetsOut: String(counters.packetsOut),
  bytesOut: String(counters.bytesOut),
});

export const compartmentJson = (compartment: Compartment): CompartmentJson => ({
  id: compartment.id,
  ...(compartment.guid !== undefined && { guid: compartment.guid }),
  ...(compartment.name !== undefined && { name: compartment.name }),
  ifIndexes: compartment.ifIndexes,
  aliases: compartment.aliases,
  addresses: compartment.addresses.map(addressText),
  dns: compartment.dns,
});

export const switchNameJson = (named: VirtualPort): SwitchNameJson => ({
  name: named.name,
  friendlyName: named.friendlyName,
  vSwitch: named.switchFriendlyName || named.switchName,
});
