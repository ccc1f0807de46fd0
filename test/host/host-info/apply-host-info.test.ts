import { describe, expect, test } from 'vitest';
import type { Component } from '../../../src/host/components.js';
import { applyHostInfo } from '../../../src/host/host-info/apply-host-info.js';
import type { HostInterface } from '../../../src/host/host-model.js';
import { type HostInfo, type HostModel, parseHostInfo } from '../../../src/host/index.js';
import { surveyOf } from '../feed.js';

const ENDPOINT = 'b5f4e943-756d-4ee8-a70c-df5ad7c74715';
const PORT = '924950c2-4d3f-47e2-a7ba-c0e322c51c66';
const NIC = 'c1111111-1122-4455-6655-abcdef123456--33e0cc89-3db0-4a5a-7845-123456789abc';

const info = (...objects: readonly (object | string)[]): HostInfo =>
  parseHostInfo(
    objects.map((object, n) => ({
      name: `file ${n}`,
      bytes: new TextEncoder().encode(typeof object === 'string' ? object : JSON.stringify(object)),
    })),
  );

const empty = surveyOf([]);

const withInterfaces = (...interfaces: readonly Partial<HostInterface>[]): HostModel => ({
  ...empty,
  interfaces: new Map(
    interfaces.map((each) => {
      const found = { ifIndex: 0, alias: '', description: '', addresses: [], dns: [], ...each };
      return [found.ifIndex, found];
    }),
  ),
});

const mac = (last: number): Uint8Array => Uint8Array.of(0, 0x15, 0x5d, 0, 0, last);

const pktmonList = (...components: readonly object[]): object => [{ Group: 'g', Components: components }];

const component = (id: number, name: string, more: Partial<Component> = {}): Component => ({
  id,
  type: 4,
  typeName: 'Protocol',
  name,
  description: '',
  present: true,
  properties: [],
  edges: [],
  addresses: [],
  ...more,
});

const withComponents = (...components: readonly Component[]): HostModel => ({
  ...empty,
  components: new Map(components.map((each) => [each.id, each])),
});

describe('components', () => {
  const list = info(
    pktmonList(
      {
        Id: 9,
        SecondaryId: 10,
        Name: 'TCP/IP',
        Type: 'Protocol',
        DriverName: 'tcpip.sys',
        Properties: [{ Name: 'MiniportIfIndex', Value: 8 }],
      },
      { Id: 25, Name: 'NIC', DriverName: 'e1dn.sys' },
    ),
  );

  test('those that the trace does not describe come from the list, under both ids', () => {
    const { model, problems } = applyHostInfo(withComponents(component(25, 'e1dn.sys')), list);
    expect(problems).toEqual([]);
    expect([...model.components.keys()]).toEqual([9, 10, 25]);
    expect(model.components.get(10)).toMatchObject({
      name: 'tcpip.sys',
      description: 'TCP/IP',
      type: 4,
      typeName: 'Protocol',
      miniportIfIndex: 8,
    });
    // The trace's own description stays as it is.
    expect(model.components.get(25)).toEqual(component(25, 'e1dn.sys'));
  });

  test('a component without a name in the trace gets one, and keeps its counters', () => {
    const counters = { inTag: 'Rx', packetsIn: 5n, bytesIn: 0n, outTag: 'Tx', packetsOut: 0n, bytesOut: 0n };
    const edges = [{ id: 1, name: 'Upper', counters }];
    const known = component(9, '', { type: 0, typeName: '0', edges });
    const { model } = applyHostInfo(withComponents(known), list);
    expect(model.components.get(9)).toMatchObject({ name: 'tcpip.sys', typeName: 'Protocol', edges });
  });

  test('a list with another driver or MAC for one number is of another boot: none of it is used', () => {
    for (const other of [component(9, 'ndisuio.sys'), component(9, 'tcpip.sys', { mac: mac(1) })]) {
      const listed = info(
        pktmonList(
          {
            Id: 9,
            DriverName: 'tcpip.sys',
            Properties: [{ Name: 'MAC Address', Value: '00-15-5D-00-00-02' }],
          },
          { Id: 30, DriverName: 'x.sys' },
        ),
      );
      const { model, problems } = applyHostInfo(withComponents(other), listed);
      expect([...model.components.keys()]).toEqual([9]);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain('another boot');
    }
  });
});

describe('adapters are matched by GUID, then MAC, then index', () => {
  const adapter = {
    InterfaceAlias: 'Ethernet 3',
    InterfaceDescription: 'Contoso NIC',
    ifIndex: 12,
    InterfaceGuid: '{7F0D4C1A-52B1-4E0B-8E57-1D4B2C3A5E60}',
    MacAddress: '00-15-5D-00-00-01',
  };
  const aliasOf = (model: HostModel): object =>
    Object.fromEntries([...model.interfaces.values()].map(({ alias, ifIndex }) => [ifIndex, alias]));

  test.each([
    ['GUID', { ifIndex: 5, guid: '7f0d4c1a-52b1-4e0b-8e57-1d4b2c3a5e60' }, { 5: 'Ethernet 3' }],
    ['MAC', { ifIndex: 5, mac: mac(1) }, { 5: 'Ethernet 3' }],
    ['index', { ifIndex: 12 }, { 12: 'Ethernet 3' }],
    ['no interface of the trace', { ifIndex: 5, mac: mac(2) }, { 5: '', 12: 'Ethernet 3' }],
    ['an index that another adapter has now', { ifIndex: 12, mac: mac(2) }, { 12: '' }],
    ['an interface that has an alias', { ifIndex: 12, alias: 'LAN' }, { 12: 'LAN' }],
  ])('%s', (_what, known, expected) => {
    expect(aliasOf(applyHostInfo(withInterfaces(known), info(adapter)).model)).toEqual(expected);
  });

  test('a MAC that two have tells nothing', () => {
    const model = withInterfaces({ ifIndex: 5, mac: mac(1) }, { ifIndex: 6, mac: mac(1) });
    expect(aliasOf(applyHostInfo(model, info({ ...adapter, ifIndex: undefined })).model)).toEqual({
      5: '',
      6: '',
    });
  });
});

describe('containers', () => {
  const files = info(
    {
      ID: ENDPOINT,
      Name: `${'0123456789ab'.padEnd(64, 'c')}_cbr0`,
      HostComputeNetwork: 'aaaaaaaa-756d-4ee8-a70c-df5ad7c74715',
      MacAddress: '00-15-5D-00-00-07',
      IpConfigurations: [{ IpAddress: '10.244.1.5', PrefixLength: 24 }],
      Dns: { ServerList: ['10.96.0.10'] },
    },
    {
      ID: 'dddddddd-756d-4ee8-a70c-df5ad7c74715',
      NamespaceId: 3,
      NamespaceGuid: 'eeeeeeee-756d-4ee8-a70c-df5ad7c74715',
      Resources: [{ Type: 'Endpoint', Data: { Id: ENDPOINT } }],
    },
    { ID: 'aaaaaaaa-756d-4ee8-a70c-df5ad7c74715', Name: 'cbr0', Type: 'L2Bridge', Ipams: [] },
    `Port name : ${PORT.toUpperCase()}\nPort Friendly name : ${ENDPOINT.toUpperCase()}\nSwitch Friendly name : cbr0\nNIC name : ${NIC}\nNIC Friendly name : Container NIC b5f4e943\nMAC address : 00-15-5D-00-00-07\n`,
  );
  const { model } = applyHostInfo(withInterfaces({ ifIndex: 33, mac: mac(7) }), files);

  test('the port and the NIC have the endpoint of their id; ids of containers are shortened', () => {
    expect(model.ports.get(PORT)).toMatchObject({
      friendlyName: '0123456789ab_cbr0',
      switchFriendlyName: 'cbr0',
    });
    expect(model.nics.get(NIC)).toMatchObject({
      friendlyName: 'Container NIC b5f4e943',
      owner: '0123456789ab_cbr0',
      compartmentId: 3,
      addresses: [{ text: '10.244.1.5' }],
    });
  });

  test('the interface with the MAC of the endpoint is in the compartment of its namespace', () => {
    expect(model.interfaces.get(33)).toMatchObject({
      compartmentId: 3,
      addresses: [{ text: '10.244.1.5', prefixLength: 24 }],
      dns: ['10.96.0.10'],
    });
    expect(model.compartments.get(3)).toMatchObject({
      guid: 'eeeeeeee-756d-4ee8-a70c-df5ad7c74715',
      name: '0123456789ab_cbr0',
      addresses: [{ text: '10.244.1.5' }],
      dns: ['10.96.0.10'],
    });
  });

  test('a MAC of two endpoints has no owner', () => {
    const twice = info(
      { ID: ENDPOINT, Name: 'a', IpConfigurations: [], MacAddress: '00-15-5D-00-00-07' },
      {
        ID: ENDPOINT.replace('b', 'c'),
        Name: 'b',
        IpConfigurations: [],
        MacAddress: '00-15-5D-00-00-07',
      },
    );
    expect(applyHostInfo(empty, twice).model.owners.size).toBe(0);
    expect(model.owners.get('00:15:5d:00:00:07')).toBe('0123456789ab_cbr0');
  });
});

test('names of the trace come before those of the files, which complete them', () => {
  const known: HostModel = {
    ...empty,
    nics: new Map([
      [NIC, { name: NIC, friendlyName: 'Frontend', switchName: PORT, switchFriendlyName: '', portName: '' }],
    ]),
  };
  const files = info(
    { Name: 'external', Id: PORT, SwitchType: 2 },
    {
      Name: 'Network Adapter',
      Id: `Microsoft:${NIC.split('--').join('\\')}`,
      VMName: 'web01',
      IsManagementOs: false,
      SwitchName: 'external',
      MacAddress: '00155D000001',
    },
  );
  expect(applyHostInfo(known, files).model.nics.get(NIC)).toMatchObject({
    friendlyName: 'Frontend',
    switchFriendlyName: 'external',
    owner: 'web01',
  });
});
