import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventMapRecord, guidBytes, hexBytes, InType } from '../../samples/encoder/index.js';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import { describeInterfaces, HostLimitError, macText, operatingSystemText } from '../../src/host/index.js';
import {
  ByteWriter,
  captureLocation,
  component,
  configuration,
  counted,
  event,
  eventSchemaRecord,
  kernel,
  NDIS_PACKET_CAPTURE,
  numberProperty,
  PKTMON,
  surveyOf,
  TCPIP,
  VMSWITCH,
} from './feed.js';

const row = (index: number, alias: string, mac = '00:15:5d:01:02:03') =>
  configuration(
    36,
    interfaceRow({
      index,
      guid: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
      alias,
      description: `adapter ${index}`,
      mac: hexBytes(mac),
      speed: 1_000_000_000n,
    }),
  );

/** SystemConfig_CPU as the Windows SDK's MOF lays it out, up to the domain's name. */
const cpu = (computer: string, domain: string): ByteWriter =>
  new ByteWriter()
    .u32(2400)
    .u32(8)
    .u32(16_384)
    .u32(4096)
    .u32(65_536)
    .utf16Fixed(computer, 256)
    .utf16Fixed(domain, 134);

describe('the system', () => {
  it('has a computer name where the kernel logged its configuration', () => {
    expect(surveyOf([kernel(0x0b0a, 3, cpu('WEB01', 'contoso'))]).system).toEqual({
      computerName: 'WEB01',
      domainName: 'contoso',
      processors: 8,
      processorMhz: 2400,
      memory: 16_384,
    });
  });

  it('is Windows 11 from build 22000 on, though the registry still says Windows 10', () => {
    const product = 'Windows 10 Enterprise';
    expect(operatingSystemText({ product, version: '10.0.22000.613' })).toBe(
      'Windows 11 Enterprise (22000.613)',
    );
    expect(operatingSystemText({ product, version: '10.0.19045.1' })).toBe('Windows 10 Enterprise (19045.1)');
  });

  it('is told by the trace header where nothing else does', () => {
    const model = surveyOf([], { header: { majorVersion: 6, minorVersion: 1, build: 7601 } });
    expect(model.systemText).toBe('Windows 7 SP1 or Server 2008 R2 SP1 (7601)');
    expect(surveyOf([])).not.toHaveProperty('systemText');
  });

  it.each([
    [7601, 'Windows 7 SP1 or Server 2008 R2 SP1'],
    [9600, 'Windows 8.1 or Server 2012 R2'],
    [14_393, 'Windows 10 1607 or Server 2016'],
    [17_763, 'Windows 10 1809 or Server 2019'],
    [18_362, 'Windows 10 1903 or Server 1903'],
    [19_045, 'Windows 10 22H2'],
    [20_348, 'Windows Server 2022'],
    [22_631, 'Windows 11 23H2'],
    [25_398, 'Windows Server 23H2'],
    [26_100, 'Windows 11 24H2 or Server 2025'],
    [26_200, 'Windows 11 25H2'],
    [20_180, 'Windows 10 or Server'],
    [27_900, 'Windows 11 or Server'],
    [99_999, 'Windows 11 or Server'],
    [2600, 'Windows'],
  ])('of build %i without a product name is the release: %s', (build, release) => {
    const header = { majorVersion: build < 10_000 ? 6 : 10, minorVersion: 0, build };
    expect(operatingSystemText({}, header)).toBe(`${release} (${build})`);
    expect(operatingSystemText({ version: `10.0.${build}.42` }, header)).toBe(`${release} (${build}.42)`);
  });

  it('takes nothing from records that are cut short', () => {
    const model = surveyOf([
      configuration(32, new Uint8Array(7)),
      configuration(37, new Uint8Array(3)),
      configuration(
        36,
        interfaceRow({
          index: 1,
          guid: '00000000-0000-0000-0000-000000000001',
          alias: 'a',
          description: '',
          mac: new Uint8Array(6),
        }).subarray(0, 1351),
      ),
      kernel(0x0b0a, 3, new ByteWriter().u32(1)),
      kernel(0x0b0d, 3, new ByteWriter().u32(1)),
    ]);
    expect(model.system).toEqual({});
    expect(model.interfaces.size).toBe(0);
  });
});

describe('interfaces', () => {
  it('take addresses and DNS servers from the kernel’s NIC records', () => {
    const nic = new ByteWriter()
      .bytes(hexBytes('00155d0a0b0c0000'))
      .u32(6)
      .u32(12)
      .u32(12)
      .utf16z('Intel I219')
      .utf16z('192.168.7.20;fe80::1;')
      .utf16z('192.168.7.1;');
    const found = surveyOf([kernel(0x0b0d, 2, nic)]).interfaces.get(12);
    expect(found).toMatchObject({ description: 'Intel I219', dns: ['192.168.7.1'] });
    expect(found?.addresses.map(({ text }) => text)).toEqual(['192.168.7.20', 'fe80::1']);
    expect(macText(found?.mac ?? new Uint8Array())).toBe('00:15:5d:0a:0b:0c');
  });

  it('have an address of at most 32 bytes, whatever its length says', () => {
    const bytes = interfaceRow({
      index: 3,
      guid: '00000000-0000-0000-0000-000000000003',
      alias: 'a',
      description: '',
      mac: hexBytes('01'),
    });
    new DataView(bytes.buffer).setUint32(1056, 0xffff_ffff, true);
    expect(surveyOf([configuration(36, bytes)]).interfaces.get(3)?.mac).toHaveLength(32);
  });

  it('have no speed where Windows did not know one (all ones)', () => {
    const bytes = interfaceRow({
      index: 3,
      guid: '00000000-0000-0000-0000-000000000003',
      alias: 'a',
      description: '',
      mac: hexBytes('01'),
    });
    bytes.fill(0xff, 1192, 1208);
    expect(surveyOf([configuration(36, bytes)]).interfaces.get(3)).not.toHaveProperty('transmitSpeed');
  });

  it('are at most 65,536, then the trace is refused with a typed error', () => {
    const bytes = interfaceRow({
      index: 0,
      guid: '00000000-0000-0000-0000-000000000003',
      alias: '',
      description: '',
      mac: new Uint8Array(0),
    });
    const view = new DataView(bytes.buffer);
    const rows = function* () {
      for (let index = 0; index <= 65_536; index++) {
        view.setUint32(8, index, true);
        yield configuration(36, bytes);
      }
    };
    let error: unknown;
    try {
      surveyOf([...rows()]);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(HostLimitError);
    expect(error).toMatchObject({ limit: 'interfaces', maximum: 65_536 });
  });
});

describe('pktmon components', () => {
  it('without a driver name ("NULL") are named by their description', () => {
    const model = surveyOf([component(50, 4, 'NULL', 'NETVSCVFPP'), component(51, 4, 'NULL', '')]);
    expect(model.components.get(50)?.name).toBe('');
    const [named, nameless] = describeInterfaces(
      [50, 51].map((componentId) => captureLocation({ source: 'pktmon', componentId })),
      model,
    );
    expect(named).toMatchObject({ name: 'NETVSCVFPP #50', componentName: 'NETVSCVFPP' });
    expect(`${nameless?.name} ${nameless?.description} ${nameless?.comment}`).not.toContain('NULL');
  });

  it('are read by the trace’s own schema, even where it stands behind them and differs from the known one', () => {
    const changed = new ByteWriter().u32(7).utf16z('new.sys').u16(2).utf16z('Described');
    const model = surveyOf([
      event(PKTMON, 20, changed),
      eventSchemaRecord(
        {
          provider: PKTMON,
          providerName: 'Microsoft-Windows-PktMon',
          id: 20,
          fields: [
            { name: 'Id', inType: InType.uint32 },
            { name: 'Name', inType: InType.unicodeString },
            { name: 'Type', inType: InType.uint16, map: 'ComponentType' },
            { name: 'Description', inType: InType.unicodeString },
          ],
        },
        0n,
      ),
      eventMapRecord(
        { provider: PKTMON, name: 'ComponentType', kind: 'value', entries: new Map([[2, 'Renamed type ']]) },
        0n,
      ),
    ]);
    expect(model.components.get(7)).toMatchObject({
      name: 'new.sys',
      typeName: 'Renamed type',
      description: 'Described',
    });
  });

  it('appear once, however often pktmon writes its rundown; counters are those of the last one', () => {
    const flow = (packets: bigint) =>
      event(
        PKTMON,
        90,
        new ByteWriter().u16(5).utf16z('Upper').u16(1).u16(3).u64(packets).u64(0n).u16(4).u64(0n).u64(0n),
      );
    const rundown = (packets: bigint) => [
      component(5, 2, 'a.sys', 'A'),
      numberProperty(5, 1, 12),
      event(PKTMON, 75, new ByteWriter().u16(5).u16(7).u16(0x0800)),
      event(PKTMON, 75, new ByteWriter().u16(5).u16(7).u16(0x0806)),
      flow(packets),
    ];
    const found = surveyOf([...rundown(1n), ...rundown(9n)]).components.get(5);
    expect(found?.properties.map(({ name, value }) => [name, value])).toEqual([
      ['IfIndex', 12],
      ['EtherType', 0x0800],
      ['EtherType', 0x0806],
    ]);
    expect(found?.edges.map(({ counters }) => counters.packetsIn)).toEqual([9n]);
  });

  it('lose their properties where their id is given to another one (events 280 and 270)', () => {
    const model = surveyOf([
      component(5, 2, 'old.sys', 'Old'),
      numberProperty(5, 1, 12),
      component(5, 2, 'old.sys', 'Old', 280),
      component(5, 3, 'new.sys', 'New', 270),
    ]);
    expect(model.components.get(5)).toMatchObject({ name: 'new.sys', properties: [], present: true });
    expect(surveyOf([component(6, 2, 'b.sys', 'B', 280)]).components.get(6)?.present).toBe(false);
  });

  it('know their vSwitch, VSID, VLAN and compartment', () => {
    const found = surveyOf([
      component(8, 7, 'vmswitch.sys', 'Extension miniport'),
      event(PKTMON, 73, new ByteWriter().u16(8).u16(10).utf16z('nat')),
      numberProperty(8, 11, 30),
      numberProperty(8, 15, 5001),
      numberProperty(8, 16, 101),
      numberProperty(8, 17, 2),
    ]).components.get(8);
    expect(found).toMatchObject({
      vSwitch: 'nat',
      vmsExtIfIndex: 30,
      vsid: 5001,
      vlanId: 101,
      compartmentId: 2,
    });
  });

  it('keep names that would be special elsewhere', () => {
    const model = surveyOf([
      component(1, 2, '__proto__', 'constructor'),
      counterlessNic('__proto__', 'toString'),
    ]);
    expect(model.components.get(1)).toMatchObject({ name: '__proto__', description: 'constructor' });
    expect(model.nics.get('__proto__')?.friendlyName).toBe('toString');
  });
});

/** VmSwitch event 56 without its last field, as the 2015 manifest has it. */
function counterlessNic(name: string, friendly: string): Uint8Array {
  const writer = new ByteWriter();
  for (const text of [name, friendly, 'SWITCH', 'nat']) counted(writer, text);
  return event(VMSWITCH, 56, writer);
}

describe('pktmon filters', () => {
  const macs = (writer: ByteWriter) => writer.zeros(12);
  const filter4 = (write: (writer: ByteWriter) => ByteWriter): Uint8Array =>
    event(PKTMON, 100, write(macs(new ByteWriter().u16(1).utf16z('dns'))));
  const textOf = (bytes: Uint8Array): string | undefined => surveyOf([bytes]).filters[0]?.text;

  it('read like a capture filter', () => {
    const dns = filter4((w) => w.u16(0).u16(0).bytes(hexBytes('0a000001')).u32(0).u8(0).u16(53).u16(0).u8(0));
    expect(textOf(dns)).toBe('IPv4 host 10.0.0.1 and port 53');
    const syn = filter4((w) => w.u16(0x0800).u16(101).u32(0).u32(0).u8(6).u16(443).u16(8443).u8(0x12));
    expect(textOf(syn)).toBe('vlan 101 and IPv4 and TCP and port 443 and port 8443 and TCP flags SYN+ACK');
    const odd = filter4((w) => w.u16(0x88f7).u16(0).u32(0).u32(0).u8(47).u16(0).u16(0).u8(0));
    expect(textOf(odd)).toBe('ethertype 0x88f7 and protocol 47');
    const everything = filter4((w) => w.u16(0).u16(0).u32(0).u32(0).u8(0).u16(0).u16(0).u8(0));
    expect(textOf(everything)).toBe('all');
  });

  it('have IPv6 hosts in event 110', () => {
    const writer = macs(new ByteWriter().u16(2).utf16z('')).u16(0).u16(0);
    writer
      .bytes(hexBytes('20010db8000000000000000000000001'))
      .bytes(hexBytes('fe800000000000000001000000000002'));
    const bytes = event(PKTMON, 110, writer.u8(58).u16(0).u16(0).u8(0));
    expect(textOf(bytes)).toBe('IPv6 host 2001:db8::1 and host fe80::1:0:0:2 and ICMPv6');
  });
});

describe('vSwitch names', () => {
  it('come from the NICs of a routed packet (57) and from the connection to a port (232)', () => {
    const routed = new ByteWriter();
    for (const text of ['{AAAA}--{BBBB}', 'Container 1', 'CCCC', 'External', 'SW', 'nat'])
      counted(routed, text);
    const connected = new ByteWriter();
    for (const text of ['{aaaa}--{bbbb}', 'Container 1', 'PORT-7', 'Port seven', 'SW', 'nat'])
      counted(connected, text);
    const model = surveyOf([event(VMSWITCH, 57, routed.u64(0xffffn)), event(VMSWITCH, 232, connected)]);
    expect(model.nics.get('aaaa--bbbb')).toMatchObject({
      friendlyName: 'Container 1',
      switchFriendlyName: 'nat',
      portName: 'PORT-7',
    });
    expect(model.nics.get('cccc')?.friendlyName).toBe('External');
    expect(model.ports.get('port-7')?.friendlyName).toBe('Port seven');
  });
});

describe('vSwitch names that come late', () => {
  /** VmSwitch 57: a packet was routed from one NIC to another. */
  const routed = (name: string, friendlyName: string): Uint8Array => {
    const data = new ByteWriter();
    for (const text of [name, friendlyName, 'CCCC', 'External', 'SW', 'nat']) counted(data, text);
    return event(VMSWITCH, 57, data.u64(0xffffn));
  };
  const repeated = new Array<Uint8Array>(3000).fill(routed('AAAA', ''));

  it('are learned from a single event', () => {
    const model = surveyOf([...repeated, routed('BBBB', 'web'), ...repeated]);
    expect(model.nics.get('bbbb')?.friendlyName).toBe('web');
  });

  it('complete a NIC that had no friendly name, and replace a friendly name that changed', () => {
    expect(surveyOf([...repeated, routed('AAAA', 'web')]).nics.get('aaaa')?.friendlyName).toBe('web');
    const renamed = [...repeated, routed('AAAA', 'web'), routed('AAAA', 'db'), ...repeated];
    expect(surveyOf(renamed).nics.get('aaaa')?.friendlyName).toBe('db');
  });
});

describe('NDIS capture sources', () => {
  it('are interfaces with their layers (event 5101)', () => {
    const data = new ByteWriter().u8(1).utf16z('Ethernet').u32(8).u16(2);
    data.u32(0).utf16z('miniport').u32(3).utf16z('LWF');
    expect(surveyOf([event(NDIS_PACKET_CAPTURE, 5101, data)]).captureSources).toEqual([
      {
        kind: 'NDIS',
        name: 'Ethernet',
        ifIndex: 8,
        layers: [
          { id: 0, name: 'miniport' },
          { id: 3, name: 'LWF' },
        ],
      },
    ]);
  });
});

describe('compartments', () => {
  /** TCPIP 1127 version 1: an address was added to an interface. */
  const addressAdded = (ifIndex: number, ipv4: string, compartmentId: number): Uint8Array =>
    event(
      TCPIP,
      1127,
      new ByteWriter()
        .u32(ifIndex)
        .ansiz('IPv4')
        .u32(4)
        .u32(6)
        .bytes(hexBytes('00155d0a0b0c'))
        .u32(0)
        .bytes(hexBytes(ipv4))
        .u32(4)
        .u32(compartmentId),
      1,
    );

  it('have the interfaces and addresses that TCPIP events tell', () => {
    const model = surveyOf([addressAdded(40, 'ac1e0005', 3), row(40, 'vEthernet (Container NIC 1)')]);
    expect(model.compartments.get(3)).toMatchObject({
      ifIndexes: [40],
      aliases: ['vEthernet (Container NIC 1)'],
    });
    expect(model.compartments.get(3)?.addresses.map(({ text }) => text)).toEqual(['172.30.0.5']);
    expect(model.interfaces.get(40)?.compartmentId).toBe(3);
  });

  it('have the local addresses of connections (SOCKADDR), but no loopback or wildcard', () => {
    const connected = (local: string) =>
      event(
        TCPIP,
        1033,
        new ByteWriter()
          .u32(16)
          .bytes(hexBytes(local))
          .u32(16)
          .bytes(hexBytes('020001bb08080808 0000000000000000'))
          .u32(0)
          .u32(4)
          .u32(2)
          .u64(1n),
      );
    const model = surveyOf([
      connected('0200c000ac100005 0000000000000000'),
      connected('0200c0007f000001 0000000000000000'),
      connected('0200c00000000000 0000000000000000'),
    ]);
    expect(model.compartments.get(2)?.addresses.map(({ text }) => text)).toEqual(['172.16.0.5']);
  });

  it('are learned from a single event, wherever it is among thousands of repetitions', () => {
    const same = new Array<Uint8Array>(5000).fill(addressAdded(40, 'ac1e0005', 3));
    for (const position of [0, 1, 1024, 1025, 1039, 1040, 4999, 5000]) {
      const records = [...same];
      records.splice(position, 0, addressAdded(77, 'ac1e0006', 4));
      const model = surveyOf(records);
      expect([...model.compartments.keys()]).toEqual([3, 4]);
      expect(model.interfaces.get(77)?.compartmentId).toBe(4);
    }
  });

  it('are those of the last event that names one, also if it repeats an earlier event', () => {
    const [first, second] = [addressAdded(40, 'ac1e0005', 3), addressAdded(40, 'ac1e0005', 4)];
    const repeated = new Array<Uint8Array>(2000).fill(first);
    expect(surveyOf([...repeated, second]).interfaces.get(40)?.compartmentId).toBe(4);
    expect(surveyOf([...repeated, second, first]).interfaces.get(40)?.compartmentId).toBe(3);
  });

  it('follow any order of events as if each event was read', () => {
    const step = fc.record({
      ifIndex: fc.integer({ min: 1, max: 6 }),
      compartment: fc.integer({ min: 1, max: 3 }),
      address: fc.integer({ min: 1, max: 4 }),
      times: fc.constantFrom(1, 1, 1, 40),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const compartments = new Map<number, number>();
        const addresses = new Map<number, Set<string>>();
        const records: Uint8Array[] = [];
        for (const { address, compartment, ifIndex, times } of steps) {
          compartments.set(ifIndex, compartment);
          const known = addresses.get(ifIndex) ?? new Set();
          addresses.set(ifIndex, known.add(`172.30.0.${address}`));
          const record = addressAdded(ifIndex, `ac1e000${address}`, compartment);
          for (let n = 0; n < times; n++) records.push(record);
        }
        const { interfaces } = surveyOf(records);
        expect(interfaces.size).toBe(compartments.size);
        for (const [ifIndex, compartment] of compartments) {
          const found = interfaces.get(ifIndex);
          expect(found?.compartmentId).toBe(compartment);
          expect(found?.addresses.map(({ text }) => text)).toEqual([...(addresses.get(ifIndex) ?? [])]);
        }
      }),
    );
  });

  it('have the address of each socket, however many ports one address has', () => {
    const connected = (address: string, port: number) =>
      event(
        TCPIP,
        1033,
        new ByteWriter()
          .u32(16)
          .bytes(hexBytes(`0200${port.toString(16).padStart(4, '0')}${address}0000000000000000`))
          .u32(16)
          .bytes(hexBytes('020001bb08080808 0000000000000000'))
          .u32(0)
          .u32(4)
          .u32(2)
          .u64(1n),
      );
    const records = Array.from({ length: 3000 }, (_, n) => connected('ac100005', n));
    records.push(connected('ac100006', 80));
    const { compartments } = surveyOf(records);
    expect(compartments.get(2)?.addresses.map(({ text }) => text)).toEqual(['172.16.0.5', '172.16.0.6']);
  });

  it('come from events whose schema stands after them in the trace', () => {
    const iphlpsvc = '6600e712-c3b6-44a2-8a48-935c511f28c8';
    const named = event(iphlpsvc, 4167, new ByteWriter().u32(77).u32(6).utf16z('vEthernet (late)'));
    const schema = eventSchemaRecord(
      {
        provider: iphlpsvc,
        providerName: 'Microsoft-Windows-Iphlpsvc-Trace',
        id: 4167,
        fields: [
          { name: 'IfIndex', inType: InType.uint32 },
          { name: 'CompartmentId', inType: InType.uint32 },
          { name: 'IfAlias', inType: InType.unicodeString },
        ],
      },
      0n,
    );
    for (const records of [
      [named, schema],
      [schema, named],
    ]) {
      const model = surveyOf(records);
      expect(model.interfaces.get(77)).toMatchObject({ alias: 'vEthernet (late)', compartmentId: 6 });
    }
  });

  it('come from property 17 of an IP interface', () => {
    const model = surveyOf([
      component(9, 11, 'tcpip.sys', 'TCP/IPv4 - L3/L4'),
      numberProperty(9, 14, 40),
      numberProperty(9, 17, 2),
      event(PKTMON, 65, new ByteWriter().u16(9).u16(13).bytes(hexBytes('ac1e0005'))),
    ]);
    expect(model.compartments.get(2)).toMatchObject({ ifIndexes: [40] });
    expect(model.compartments.get(2)?.addresses.map(({ text }) => text)).toEqual(['172.30.0.5']);
  });
});

it('records of other providers teach nothing', () => {
  const model = surveyOf([
    event('11111111-2222-3333-4444-555555555555', 20, new ByteWriter().bytes(guidBytes(PKTMON))),
  ]);
  expect(model.components.size + model.interfaces.size + model.compartments.size).toBe(0);
});
