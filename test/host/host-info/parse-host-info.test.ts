import { describe, expect, test } from 'vitest';
import { type HostInfo, parseHostInfo } from '../../../src/host/index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As `>` of Windows PowerShell writes it. */
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

const parse = (text: string | Uint8Array, name = 'file'): HostInfo =>
  parseHostInfo([{ name, bytes: typeof text === 'string' ? bytes(text) : text }]);

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\r\n`).join('');

describe('pktmon list', () => {
  // The layout of Windows 11 and Server 2025; ids are right-aligned and may be wider than their heading.
  const TABLE = lines(
    '',
    'Network Adapters:',
    '   Id MAC Address       Name',
    '   -- -----------       ----',
    '    3 00-0D-3A-5C-45-AE Mellanox ConnectX-4 Lx Virtual Ethernet Adapter',
    '  125 00-15-5D-31-44-75 vEthernet (nat)',
  );

  test('the table of network adapters gives id, MAC and name', () => {
    const { components, files } = parse(TABLE);
    expect(components).toMatchObject([
      { id: 3, mac: '00:0d:3a:5c:45:ae', description: 'Mellanox ConnectX-4 Lx Virtual Ethernet Adapter' },
      { id: 125, mac: '00:15:5d:31:44:75', description: 'vEthernet (nat)' },
    ]);
    expect(files).toEqual([{ name: 'file', contents: { components: 2 } }]);
  });

  test('translated headings make no difference, nor does UTF-16', () => {
    const german = TABLE.replace('Network Adapters', 'Netzwerkadapter').replace('MAC Address', 'MAC-Adresse');
    expect(parse(utf16(german)).components).toEqual(parse(TABLE).components);
  });

  test('--all has blocks with a driver, filters and protocols', () => {
    const { components } = parse(
      lines(
        'NIC: Synthetic NIC',
        '    Id: 1',
        '    Driver: netvsc.sys',
        '    MAC Address: 00-15-5D-31-44-75',
        '    ifIndex: 12',
        '',
        '    Filter Drivers:',
        '        Id Driver            Name',
        '        -- ------            ----',
        '         6 wfplwfs.sys       WFP Native Filter',
        '',
        '    Protocols:',
        '        Id Driver     Name        EtherType',
        '        -- ------     ----        ---------',
        '        12 tcpip.sys  TCPIP       IPv4, ARP',
        '         9            NETVSCVFPP  * (All)',
      ),
    );
    expect(components).toMatchObject([
      { id: 1, driver: 'netvsc.sys', description: 'Synthetic NIC', mac: '00:15:5d:31:44:75', ifIndex: 12 },
      { id: 6, driver: 'wfplwfs.sys', description: 'WFP Native Filter' },
      { id: 12, driver: 'tcpip.sys', description: 'TCPIP' },
      { id: 9, driver: '', description: 'NETVSCVFPP' },
    ]);
  });

  test('--json has groups of components with types, second ids and properties', () => {
    const { components } = parse(
      JSON.stringify([
        {
          Group: 'Microsoft Hyper-V Network Adapter',
          Components: [
            {
              Name: 'Microsoft Hyper-V Network Adapter',
              Type: 'Miniport',
              DriverName: 'netvsc.sys',
              Id: 9,
              SecondaryId: 10,
              Properties: [
                { Name: 'MAC Address', Value: '00-15-5D-31-44-75' },
                { Name: 'ifIndex', Value: 12 },
              ],
              Counters: [{ Name: 'Upper' }],
            },
            { Name: 'no id' },
          ],
        },
      ]),
    );
    expect(components).toMatchObject([
      {
        id: 9,
        secondaryId: 10,
        type: 'Miniport',
        driver: 'netvsc.sys',
        mac: '00:15:5d:31:44:75',
        ifIndex: 12,
      },
    ]);
  });
});

describe('vfpctrl /list-vmswitch-port', () => {
  const PORTS = lines(
    'ITEM LIST',
    '===========',
    '',
    '  Port name             : 924950C2-4D3F-47E2-A7BA-C0E322C51C66',
    '  Port Friendly name    : Dynamic Ethernet Switch Port',
    '  Switch name           : 5D81E4BB-3056-4BA3-A7A5-469AEAFB366D',
    '  Switch Friendly name  : vSwitch00',
    '  PortId                : 3',
    '  SR-IOV Weight         : 0',
    '  Port type:            : Synthetic',
    '   Port is Initialized.',
    '  NIC name           : 11223344-1122-4455-6655-ABCDEF123456--33E0CC89-3DB0-4A5A-7845-123456789ABC',
    '  NIC Friendly name  : Network Adapter',
    '  MTU                : 1500',
    '  MAC address        : 00-15-5D-0A-0B-0C',
    '  VM name            : vm00-2019',
    '  VM ID              : 11223344-1122-4455-6655-ABCDEF123456',
    '',
    '  Port name             : B1B2B3B4-4D3F-47E2-A7BA-C0E322C51C66',
    '  Port Friendly name    : B5F4E943-756D-4EE8-A70C-DF5AD7C74715',
    'Command list-vmswitch-port succeeded!',
    'Get-port-counter for port:  B1B2B3B4-4D3F-47E2-A7BA-C0E322C51C66',
    '  MAC address        : counters follow, which are no members of a port',
  );

  test('gives names of port, NIC, switch and VM, and the MAC; counters after the list are passed over', () => {
    const { files, ports } = parse(PORTS, 'ports.txt');
    expect(ports).toEqual([
      {
        name: '924950C2-4D3F-47E2-A7BA-C0E322C51C66',
        friendlyName: 'Dynamic Ethernet Switch Port',
        switchName: '5D81E4BB-3056-4BA3-A7A5-469AEAFB366D',
        switchFriendlyName: 'vSwitch00',
        nicName: '11223344-1122-4455-6655-ABCDEF123456--33E0CC89-3DB0-4A5A-7845-123456789ABC',
        nicFriendlyName: 'Network Adapter',
        mac: '00:15:5d:0a:0b:0c',
        vmName: 'vm00-2019',
      },
      expect.objectContaining({ friendlyName: 'B5F4E943-756D-4EE8-A70C-DF5AD7C74715', vmName: '' }),
    ]);
    expect(files[0]?.contents).toEqual({ ports: 2 });
  });
});

describe('tasklist', () => {
  const expected = [
    { pid: 0, name: 'System Idle Process' },
    { pid: 4, name: 'System' },
    { pid: 4321, name: 'chrome.exe' },
  ];

  test('the table, in any language', () => {
    const { processes } = parse(
      lines(
        '',
        'Abbildname                     PID Sitzungsname       Sitz.-Nr. Speichernutzung Status',
        '========================= ======== ================ =========== =============== ===============',
        'System Idle Process              0 Services                   0             8 K Unknown',
        'System                           4 Services                   0           136 K Unknown',
        'chrome.exe                    4321 Console                    1       98.472 K Running',
      ),
    );
    expect(processes).toEqual(expected);
  });

  test('/fo csv', () => {
    const { processes } = parse(
      lines(
        '"Image Name","PID","Session Name","Session#","Mem Usage"',
        '"System Idle Process","0","Services","0","8 K"',
        '"System","4","Services","0","136 K"',
        '"chrome.exe","4321","Console","1","98,472 K"',
      ),
    );
    expect(processes).toEqual(expected);
  });
});

describe('PowerShell objects as JSON', () => {
  test('Get-NetAdapter', () => {
    const { adapters } = parse(
      JSON.stringify([
        {
          ifAlias: 'vEthernet (nat)',
          InterfaceAlias: 'vEthernet (nat)',
          ifIndex: 21,
          ifDesc: 'Hyper-V Virtual Ethernet Adapter',
          InterfaceDescription: 'Hyper-V Virtual Ethernet Adapter',
          InterfaceGuid: '{7F0D4C1A-52B1-4E0B-8E57-1D4B2C3A5E60}',
          MacAddress: '00-15-5D-3C-90-01',
          CimClass: { CimClassName: 'MSFT_NetAdapter' },
        },
      ]),
    );
    expect(adapters).toEqual([
      {
        alias: 'vEthernet (nat)',
        description: 'Hyper-V Virtual Ethernet Adapter',
        ifIndex: 21,
        guid: '7f0d4c1a-52b1-4e0b-8e57-1d4b2c3a5e60',
        mac: '00:15:5d:3c:90:01',
      },
    ]);
  });

  test('Get-VMSwitch, and Get-VMNetworkAdapter of VMs and of the host', () => {
    const { switches, virtualNics } = parse(
      [
        JSON.stringify([{ Name: 'nat', Id: 'C08CB7B8-9B3C-408E-8E30-5E16A3AEB444', SwitchType: 1 }], null, 2),
        JSON.stringify(
          [
            {
              Name: 'Network Adapter',
              Id: 'Microsoft:11223344-1122-4455-6655-ABCDEF123456\\33E0CC89-3DB0-4A5A-7845-123456789ABC',
              VMId: '11223344-1122-4455-6655-abcdef123456',
              VMName: 'web01',
              IsManagementOs: false,
              SwitchName: 'nat',
              SwitchId: 'c08cb7b8-9b3c-408e-8e30-5e16a3aeb444',
              MacAddress: '00155D0A0B0C',
            },
            {
              Name: 'host',
              DeviceId: '{7F0D4C1A-52B1-4E0B-8E57-1D4B2C3A5E60}',
              IsManagementOs: true,
              SwitchName: 'nat',
              MacAddress: '00155D3C9001',
            },
          ],
          null,
          2,
        ),
      ].join('\n'),
    );
    expect(switches).toEqual([{ id: 'c08cb7b8-9b3c-408e-8e30-5e16a3aeb444', name: 'nat' }]);
    expect(virtualNics).toMatchObject([
      {
        vmName: 'web01',
        nicName: '11223344-1122-4455-6655-abcdef123456--33e0cc89-3db0-4a5a-7845-123456789abc',
        mac: '00:15:5d:0a:0b:0c',
      },
      { vmName: '', nicName: '7f0d4c1a-52b1-4e0b-8e57-1d4b2c3a5e60', mac: '00:15:5d:3c:90:01' },
    ]);
  });

  // Members of both schema versions: hcsshim's HNSEndpoint and HostComputeEndpoint.
  test('Get-HnsEndpoint, Get-HnsNetwork and Get-HnsNamespace of both schemas', () => {
    const { endpoints, namespaces, networks } = parse(
      [
        {
          ID: 'B5F4E943-756D-4EE8-A70C-DF5AD7C74715',
          Name: 'web',
          VirtualNetwork: 'AAAAAAAA-756D-4EE8-A70C-DF5AD7C74715',
          VirtualNetworkName: 'l2bridge',
          MacAddress: '00-15-5D-C3-31-45',
          IPAddress: '10.244.1.5',
          PrefixLength: 24,
          DNSServerList: '10.96.0.10,10.96.0.11',
          SharedContainers: ['0123456789ab'.padEnd(64, 'c')],
          Resources: { Allocators: [{ EndpointPortGuid: '924950C2-4D3F-47E2-A7BA-C0E322C51C66' }] },
        },
        {
          ID: 'C5F4E943-756D-4EE8-A70C-DF5AD7C74715',
          Name: 'db',
          HostComputeNetwork: 'AAAAAAAA-756D-4EE8-A70C-DF5AD7C74715',
          HostComputeNamespace: 'DDDDDDDD-756D-4EE8-A70C-DF5AD7C74715',
          MacAddress: '00-15-5D-C3-31-46',
          IpConfigurations: [{ IpAddress: '10.244.1.6', PrefixLength: 24 }],
        },
        { ID: 'AAAAAAAA-756D-4EE8-A70C-DF5AD7C74715', Name: 'l2bridge', Type: 'L2Bridge', Subnets: [] },
        {
          ID: 'DDDDDDDD-756D-4EE8-A70C-DF5AD7C74715',
          NamespaceId: 3,
          NamespaceGuid: 'EEEEEEEE-756D-4EE8-A70C-DF5AD7C74715',
          Type: 'Guest',
          Resources: [{ Type: 'Endpoint', Data: { Id: 'B5F4E943-756D-4EE8-A70C-DF5AD7C74715' } }],
        },
      ]
        .map((object) => JSON.stringify(object, null, 4))
        .join('\r\n'),
    );
    expect(endpoints).toMatchObject([
      {
        id: 'b5f4e943-756d-4ee8-a70c-df5ad7c74715',
        name: 'web',
        networkName: 'l2bridge',
        mac: '00:15:5d:c3:31:45',
        addresses: [{ text: '10.244.1.5', prefixLength: 24 }],
        dns: ['10.96.0.10', '10.96.0.11'],
        portNames: ['924950c2-4d3f-47e2-a7ba-c0e322c51c66'],
      },
      {
        name: 'db',
        namespaceId: 'dddddddd-756d-4ee8-a70c-df5ad7c74715',
        addresses: [{ text: '10.244.1.6', prefixLength: 24 }],
      },
    ]);
    expect(networks).toEqual([{ id: 'aaaaaaaa-756d-4ee8-a70c-df5ad7c74715', name: 'l2bridge' }]);
    expect(namespaces).toEqual([
      {
        id: 'dddddddd-756d-4ee8-a70c-df5ad7c74715',
        compartmentId: 3,
        compartmentGuid: 'eeeeeeee-756d-4ee8-a70c-df5ad7c74715',
        endpointIds: ['b5f4e943-756d-4ee8-a70c-df5ad7c74715'],
      },
    ]);
  });

  test('a list before the JSON, as collectlogs.ps1 writes namespaces.txt, is read too', () => {
    const { namespaces } = parse(
      utf16(
        `${lines(
          '',
          'ID              : DDDDDDDD-756D-4EE8-A70C-DF5AD7C74715',
          'CompartmentID   : 3',
          'CompartmentGuid : EEEEEEEE-756D-4EE8-A70C-DF5AD7C74715',
          'Type            : Guest',
          'EndpointID      : {B5F4E943-756D-4EE8-A70C-DF5AD7C74715, C5F4E943-756D-4EE8-A70C-DF5AD7C74',
          '                  715}',
          '',
        )}[\r\n  {\r\n    "ID": "11111111-756D-4EE8-A70C-DF5AD7C74715",\r\n    "NamespaceId": 4,\r\n    "Resources": []\r\n  }\r\n]\r\n`,
      ),
    );
    expect(namespaces.map(({ compartmentId, endpointIds }) => [compartmentId, endpointIds])).toEqual([
      [4, []],
      [3, ['b5f4e943-756d-4ee8-a70c-df5ad7c74715', 'c5f4e943-756d-4ee8-a70c-df5ad7c74715']],
    ]);
  });
});

describe('addresses', () => {
  test('ip.txt of collectlogs.ps1: ipconfig, Get-NetIPAddress and Get-NetIPInterface in one UTF-16 file', () => {
    const { addresses, files } = parse(
      utf16(
        lines(
          '',
          'Windows IP Configuration',
          '',
          '==============================================================================',
          'Network Information for Compartment 3',
          '==============================================================================',
          '   Host Name . . . . . . . . . . . . : node1',
          '',
          'Ethernet adapter vEthernet (Ethernet):',
          '',
          '   Physical Address. . . . . . . . . : 00-15-5D-C3-31-45',
          '   IPv4 Address. . . . . . . . . . . : 10.244.1.5(Preferred)',
          '   Subnet Mask . . . . . . . . . . . : 255.255.255.0',
          '',
          '',
          'IPAddress         : 192.168.9.9',
          'InterfaceIndex    : 44',
          'InterfaceAlias    : Ethernet',
          'AddressFamily     : IPv4',
          'PrefixLength      : 16',
          '',
        ),
      ),
      'ip.txt',
    );
    expect(addresses.compartments).toEqual([{ id: 3 }]);
    expect(addresses.interfaces).toMatchObject([
      { compartmentId: 3, mac: '00:15:5d:c3:31:45', addresses: [{ text: '10.244.1.5', prefixLength: 24 }] },
      { ifIndex: 44, addresses: [{ text: '192.168.9.9', prefixLength: 16 }] },
    ]);
    expect(files[0]?.contents.addresses).toBe(2);
  });

  test('routes and neighbors are recognized, and give the host no addresses', () => {
    const { addresses, files } = parse(
      lines(
        '',
        'ifIndex IPAddress       LinkLayerAddress      State       PolicyStore',
        '------- ---------       ----------------      -----       -----------',
        '21      10.0.0.1        12-34-56-78-9A-BC     Reachable   ActiveStore',
      ),
    );
    expect(addresses.interfaces).toEqual([]);
    expect(files[0]?.contents).toEqual({ neighbors: 1 });
  });
});

describe('files that cannot be used', () => {
  test.each([
    ['', 'empty'],
    ['hello\r\nworld:\r\n', 'not recognized: no output of a supported command'],
    ['[{"Group": "x", "Components": [', 'JSON without an end: the file is cut, or is no JSON'],
    ['[{"a": 1,}]', 'not valid JSON'],
  ])('%j is reported', (text, problem) => {
    const { files } = parse(text);
    expect(files[0]?.contents).toEqual({});
    expect(files[0]?.problem).toContain(problem);
  });

  test('no text makes the reader fail or slow: deep nesting, many brackets, long lines, random bytes', () => {
    const started = performance.now();
    const size = 2_000_000;
    const hostile = [
      '['.repeat(size),
      `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`,
      '{\n'.repeat(size / 2),
      '{}\n'.repeat(size / 3),
      `"${'\\'.repeat(size)}`,
      `[{"Group":"g","Components":[${'{"Id":1},'.repeat(200_000)}{"Id":2}]}]`,
      `Port name : ${'a'.repeat(size)}\n`,
      'Port name : a\n'.repeat(100_000),
      `${'= '.repeat(size / 2)}\n`,
      `${'-- '.repeat(size / 3)}\n1 a.sys b\n`,
      `${' '.repeat(size)}x`,
      `a${' '.repeat(size)}:`,
      `========================= ======== ================ ===========\n${' '.repeat(size)}1\n`,
      Buffer.from(Uint8Array.from({ length: size }, (_, n) => (n * 2654435761) >>> 24)).toString('latin1'),
    ];
    for (const text of hostile) {
      const { files } = parse(text);
      expect(files).toHaveLength(1);
    }
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test('entries beyond 65,536 of a kind are counted', () => {
    const { components, files } = parse(
      JSON.stringify([{ Group: 'g', Components: Array.from({ length: 65_540 }, (_, Id) => ({ Id })) }]),
    );
    expect(components).toHaveLength(65_536);
    expect(files[0]?.problem).toContain('4 entries beyond the limit');
  });

  test('a name longer than any is cut to 1,024 characters', () => {
    const { components } = parse(
      JSON.stringify([{ Group: 'g', Components: [{ Id: 1, Name: 'n'.repeat(5000) }] }]),
    );
    expect(components[0]?.description).toHaveLength(1024);
  });
});
