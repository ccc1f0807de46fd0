import { type IpAddress, parseIpAddress } from '../addresses.js';
import type { HostInfoCollector } from './collector.js';
import type { ListedEndpoint } from './listed.js';
import { guidOf, guidsIn, macOf } from './names.js';
import { readPktmonGroups } from './pktmon-list.js';
import {
  elementsOf,
  membersOf,
  numberMember,
  type PowerShellObject,
  textMember,
  textsMember,
} from './powershell-objects.js';

/** Takes a JSON document: one object of a command, or an array of them. */
export function readDocument(document: unknown, into: HostInfoCollector): void {
  if (readPktmonGroups(document, into)) return;
  for (const element of elementsOf(document)) {
    const object = membersOf(element);
    if (object !== undefined) readObject(object, into);
  }
}

/**
 * Takes an object of a PowerShell command, which its members tell. Of Get-HnsNetwork, Get-HnsEndpoint and
 * Get-HnsNamespace both versions of the schema (microsoft/SDN, hns.v1.psm1 and hns.v2.psm1).
 */
export function readObject(object: PowerShellObject, into: HostInfoCollector): void {
  const has = (...names: readonly string[]): boolean => names.some((name) => object.has(name));
  const id = guidOf(textMember(object, 'id'));
  const mac = macOf(textMember(object, 'macaddress'));
  if (has('destinationprefix')) into.count('routes');
  else if (has('linklayeraddress') && has('ipaddress')) into.count('neighbors');
  else if (has('switchtype') && id !== '') {
    into.add('switches', into.switches, { id, name: textMember(object, 'name') });
  } else if (has('switchname', 'switchid') && has('vmname', 'ismanagementos')) {
    into.add('virtualNics', into.virtualNics, {
      name: textMember(object, 'name'),
      vmName: textMember(object, 'vmname'),
      nicName: virtualNicName(object),
      switchId: guidOf(textMember(object, 'switchid')),
      switchName: textMember(object, 'switchname'),
      ...(mac !== undefined && { mac }),
    });
  } else if (has('virtualnetwork', 'hostcomputenetwork', 'ipconfigurations') && id !== '') {
    into.add('endpoints', into.endpoints, endpoint(object, id, mac));
  } else if (has('namespaceid', 'resourcelist', 'endpointid') && id !== '') {
    readNamespace(object, id, into);
  } else if (has('interfacedescription', 'ifdesc') && has('ifindex', 'interfaceindex', 'interfaceguid')) {
    const ifIndex = numberMember(object, 'ifindex', 'interfaceindex');
    const guid = guidOf(textMember(object, 'interfaceguid'));
    into.add('adapters', into.adapters, {
      alias: textMember(object, 'interfacealias', 'ifalias', 'name'),
      description: textMember(object, 'interfacedescription', 'ifdesc'),
      ...(ifIndex !== undefined && { ifIndex }),
      ...(guid !== '' && { guid }),
      ...(mac !== undefined && { mac }),
    });
  } else if (has('subnets', 'ipams', 'macpools', 'managementip') && has('type') && id !== '') {
    into.add('networks', into.networks, { id, name: textMember(object, 'name') });
  }
}

/**
 * Get-VMNetworkAdapter's Id is `Microsoft:<vm>\<nic>` for NICs of VMs; the NIC's GUID is the last one. The virtual switch
 * names such a NIC `vm--nic`, and NICs of the host by their GUID.
 */
function virtualNicName(object: PowerShellObject): string {
  const guids = guidsIn(textMember(object, 'id'));
  const nic = guidsIn(textMember(object, 'adapterid', 'deviceid')).at(-1) ?? guids.at(-1) ?? '';
  const vm = guidOf(textMember(object, 'vmid')) || (guids.length > 1 ? (guids[0] ?? '') : '');
  const isHost =
    object.get('ismanagementos') === true || /^true$/i.test(textMember(object, 'ismanagementos'));
  return isHost || vm === '' || nic === '' ? nic : `${vm}--${nic}`;
}

function endpoint(object: PowerShellObject, id: string, mac: string | undefined): ListedEndpoint {
  const nested = (name: string): PowerShellObject[] =>
    elementsOf(object.get(name)).flatMap((each) => membersOf(each) ?? []);
  const addresses = [
    [textMember(object, 'ipaddress'), numberMember(object, 'prefixlength')] as const,
    [textMember(object, 'ipv6address'), numberMember(object, 'ipv6prefixlength')] as const,
    ...nested('ipconfigurations').map(
      (each) => [textMember(each, 'ipaddress'), numberMember(each, 'prefixlength')] as const,
    ),
  ].flatMap(([text, prefixLength]): IpAddress[] => {
    const found = parseIpAddress(text, prefixLength);
    return found === undefined ? [] : [found.address];
  });
  const allocators = nested('resources').flatMap((each) => elementsOf(each.get('allocators')));
  const servers = [
    ...textsMember(object, 'dnsserverlist'),
    ...nested('dns').flatMap((each) => textsMember(each, 'serverlist')),
  ];
  return {
    id,
    name: textMember(object, 'name'),
    networkId: guidOf(textMember(object, 'virtualnetwork', 'hostcomputenetwork')),
    networkName: textMember(object, 'virtualnetworkname'),
    ...(mac !== undefined && { mac }),
    addresses,
    dns: servers.flatMap((text) => parseIpAddress(text)?.address.text ?? []),
    namespaceId:
      guidOf(textMember(object, 'hostcomputenamespace')) ||
      nested('namespace').map((each) => guidOf(textMember(each, 'id')))[0] ||
      '',
    portNames: allocators.flatMap((each) => {
      const found = guidOf(textMember(membersOf(each) ?? new Map(), 'endpointportguid'));
      return found === '' ? [] : [found];
    }),
    containers: textsMember(object, 'sharedcontainers'),
  };
}

/** NamespaceId of schema 2 is the number of the compartment; a namespace without one is of another host or was removed. */
function readNamespace(object: PowerShellObject, id: string, into: HostInfoCollector): void {
  const compartmentId = numberMember(object, 'compartmentid', 'namespaceid');
  if (compartmentId === undefined || compartmentId === 0) return;
  const resources = [...elementsOf(object.get('resourcelist')), ...elementsOf(object.get('resources'))];
  const inside = resources.flatMap((each) => {
    const data = membersOf(membersOf(each)?.get('data'));
    return data === undefined ? [] : guidsIn(textMember(data, 'id'));
  });
  into.add('namespaces', into.namespaces, {
    id,
    compartmentId,
    compartmentGuid: guidOf(textMember(object, 'compartmentguid', 'namespaceguid')),
    endpointIds: [...new Set([...inside, ...textsMember(object, 'endpointid').flatMap(guidsIn)])],
  });
}
