import { describe, expect, it } from 'vitest';
import { hexBytes } from '../../samples/encoder/index.js';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import type { CaptureLocation } from '../../src/host/capture-location.js';
import {
  compartmentLookup,
  describeInterfaces,
  interfaceStatistics,
  macText,
  type TraceLoss,
} from '../../src/host/index.js';
import { LinkType } from '../../src/net/numbers.js';
import {
  ByteWriter,
  captureLocation,
  component,
  configuration,
  counted,
  event,
  ndis,
  numberProperty,
  PKTMON,
  surveyOf,
  VMSWITCH,
} from './feed.js';

const NAT_GUID = '5a6b7c8d-0000-4000-8000-00000000001e';

const row = (
  index: number,
  alias: string,
  more: { guid?: string; mac?: string; speed?: bigint } = {},
): Uint8Array =>
  configuration(
    36,
    interfaceRow({
      index,
      guid: more.guid ?? `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
      alias,
      description: `Adapter of ${alias}`,
      mac: hexBytes(more.mac ?? '00:15:5d:01:02:03'),
      speed: more.speed ?? 10_000_000_000n,
    }),
  );

const namesOf = (
  captureLocations: readonly CaptureLocation[],
  records: readonly Uint8Array[] = [],
): string[] => describeInterfaces(captureLocations, surveyOf(records)).map(({ name }) => name);

describe('addresses of interfaces', () => {
  it('have a mask or prefix in their options only if the source has one; others are in the comment', () => {
    const [tcpip] = describeInterfaces(
      [captureLocation({ source: 'pktmon', componentId: 7 })],
      surveyOf([
        component(7, 11, 'tcpip.sys', ''),
        event(
          PKTMON,
          65,
          new ByteWriter()
            .u16(7)
            .u16(13)
            .bytes(Uint8Array.of(10, 9, 1, 22)),
        ),
        event(
          PKTMON,
          66,
          new ByteWriter().u16(7).u16(13).bytes(hexBytes('20:01:0d:b8:00:00:00:00:00:00:00:00:00:00:00:07')),
        ),
        event(
          PKTMON,
          66,
          new ByteWriter().u16(7).u16(13).bytes(hexBytes('fe:80:00:00:00:00:00:00:00:00:00:00:00:00:00:07')),
        ),
      ]),
    );
    expect(tcpip?.addresses.map(({ text }) => text)).toEqual(['10.9.1.22', '2001:db8::7', 'fe80::7']);
    expect(tcpip?.ipv4).toEqual([]);
    // RFC 4291, 2.5.6: the prefix of link-local addresses has 64 bits.
    expect(tcpip?.ipv6.map(({ prefixLength }) => prefixLength)).toEqual([64]);
    expect(tcpip?.comment).toContain('Addresses=10.9.1.22,2001:db8::7');
  });
});

describe('names of NDIS interfaces', () => {
  it('are medium and index without an interface table, as etl2pcapng has them', () => {
    expect(namesOf([ndis(8, 8), ndis(9, 9, LinkType.ieee80211), ndis(10, 10, LinkType.raw)])).toEqual([
      'eth:8',
      'wifi:9',
      'mbb:10',
    ]);
  });

  it('are the alias of the miniport, also where a filter stands between', () => {
    const records = [row(9, 'Ethernet 2'), row(14, 'Ethernet 2-QoS Packet Scheduler-0000')];
    const [only] = describeInterfaces([ndis(9, 14)], surveyOf(records));
    expect(only).toMatchObject({
      name: 'Ethernet 2',
      description: 'Adapter of Ethernet 2, captured above QoS Packet Scheduler',
      ifIndex: 14,
      miniportIfIndex: 9,
      comment: 'IfIndex=14 MiniportIfIndex=9 GUID=00000000-0000-0000-0000-000000000009',
      speed: 10_000_000_000n,
    });
  });

  it('are the filter’s alias where only it has a row', () => {
    expect(namesOf([ndis(9, 14)], [row(14, 'Ethernet 2-QoS Packet Scheduler-0000')])).toEqual([
      'Ethernet 2-QoS Packet Scheduler-0000',
    ]);
  });

  it('tell the layers above one miniport apart', () => {
    const records = [
      row(9, 'Ethernet 2'),
      row(14, 'Ethernet 2-QoS Packet Scheduler-0000'),
      row(15, 'Ethernet 2-Npcap Packet Driver (NPCAP)-0000'),
    ];
    expect(namesOf([ndis(9, 15), ndis(9, 9), ndis(9, 14), ndis(9, 16)], records)).toEqual([
      'Ethernet 2',
      'Ethernet 2 above QoS Packet Scheduler',
      'Ethernet 2 above Npcap Packet Driver (NPCAP)',
      'Ethernet 2 lower 16',
    ]);
  });

  it('are those of team members and team NIC on a host with an LBFO team: each is a miniport', () => {
    const records = [row(3, 'NIC1'), row(4, 'NIC2'), row(20, 'Team1', { speed: 20_000_000_000n })];
    const found = describeInterfaces([ndis(20, 20), ndis(3, 3), ndis(4, 4)], surveyOf(records));
    expect(found.map(({ name, speed }) => [name, speed])).toEqual([
      ['NIC1', 10_000_000_000n],
      ['NIC2', 10_000_000_000n],
      ['Team1', 20_000_000_000n],
    ]);
  });

  it('differ by link type where one index has two', () => {
    expect(namesOf([ndis(8, 8, LinkType.ieee80211), ndis(8, 8)], [row(8, 'Wi-Fi 2')])).toEqual([
      'Wi-Fi 2 Ethernet',
      'Wi-Fi 2 802.11',
    ]);
  });

  it('are unique, however alike the aliases of a hostile trace are', () => {
    const records = [row(1, 'LAN'), row(2, 'LAN'), row(3, 'LAN index 1')];
    const names = namesOf([ndis(1, 1), ndis(2, 2), ndis(3, 3)], records);
    expect(names).toEqual(['LAN index 1', 'LAN index 2', 'LAN index 1 (2)']);
  });
});

describe('interfaces of a vSwitch', () => {
  const port = (portId: number, more: Partial<CaptureLocation> = {}): CaptureLocation =>
    captureLocation({
      source: 'vswitch',
      miniportIfIndex: 30,
      lowerIfIndex: 30,
      portId,
      nicType: 'Internal',
      ...more,
    });

  it('are called NIC name (type) port vlan, with the friendly name from VmSwitch events', () => {
    const names = new ByteWriter();
    for (const text of ['{VM}--{NIC-1}', 'web container', 'SW-GUID', 'nat']) counted(names, text);
    const [found] = describeInterfaces(
      [port(3, { nicName: 'vm--nic-1', nicType: 'Synthetic', portName: 'P3', vlanId: 101 })],
      surveyOf([event(VMSWITCH, 56, names.u64(1n))]),
    );
    expect(found).toMatchObject({
      name: 'web container (Synthetic) port 3 vlan 101',
      vSwitch: 'nat',
      nic: 'web container',
      portId: 3,
      vlan: 101,
      comment:
        'IfIndex=30 MiniportIfIndex=30 VSwitch=nat VlanId=101 SrcPortId=3 SrcNicType=Synthetic SrcNicName=vm--nic-1 SrcPortName=P3',
    });
  });

  it('take alias, MAC and compartment of the host’s vNIC whose GUID the NIC name is', () => {
    const records = [
      row(30, 'vEthernet (nat)', { guid: NAT_GUID, mac: '00:15:5d:aa:bb:cc' }),
      component(9, 11, 'tcpip.sys', 'TCP/IPv4 - L3/L4'),
      numberProperty(9, 14, 30),
      numberProperty(9, 17, 1),
    ];
    const model = surveyOf(records);
    const at = port(2, { nicName: `{${NAT_GUID.toUpperCase()}}` });
    const [found] = describeInterfaces([at], model);
    expect(found).toMatchObject({
      name: 'vEthernet (nat) (Internal) port 2',
      compartment: 1,
      guid: NAT_GUID,
    });
    expect(macText(found?.mac ?? new Uint8Array())).toBe('00:15:5d:aa:bb:cc');
    expect(compartmentLookup(model)(at)).toBe(1);
  });

  it('stay apart by port, VLAN and VSID', () => {
    const captureLocations = [
      port(3, { vlanId: 101 }),
      port(3),
      port(2),
      port(3, { vlanId: 100 }),
      port(3, { vsid: 5001 }),
    ];
    expect(namesOf(captureLocations)).toEqual([
      'vSwitch (Internal) port 2',
      'vSwitch (Internal) port 3',
      'vSwitch (Internal) port 3 vsid 5001',
      'vSwitch (Internal) port 3 vlan 100',
      'vSwitch (Internal) port 3 vlan 101',
    ]);
  });
});

describe('other interfaces', () => {
  it('are named by component, user or layer', () => {
    const captureLocations = [
      captureLocation({ source: 'wfp', layer: 'INBOUND_MAC_FRAME' }),
      captureLocation({
        source: 'ras',
        userName: 'contoso\\anna',
        routingDomainId: '{1}',
        linkType: LinkType.raw,
      }),
      captureLocation({ source: 'pktmon', componentId: 25 }),
      captureLocation({ source: 'pktmon', componentId: 99 }),
    ];
    expect(namesOf(captureLocations, [component(25, 4, 'tcpip.sys', 'TCPIP')])).toEqual([
      'tcpip.sys #25',
      'pktmon #99',
      'RAS contoso\\anna',
      'WFP INBOUND_MAC_FRAME',
    ]);
  });

  it('quote values in comments that have blanks or backslashes', () => {
    const [found] = describeInterfaces(
      [captureLocation({ source: 'ras', userName: 'contoso\\anna b', routingDomainId: '{1}' })],
      surveyOf([]),
    );
    expect(found?.comment).toBe('RoutingDomainID={1} Username="contoso\\\\anna b"');
  });
});

describe('the order of interfaces', () => {
  it('is source, index, port, whatever the order in which places were met', () => {
    const captureLocations = [
      captureLocation({ source: 'pktmon', componentId: 3 }),
      ndis(9, 9),
      captureLocation({ source: 'vswitch', miniportIfIndex: 2, lowerIfIndex: 2, portId: 1 }),
      ndis(4, 4),
      captureLocation({ source: 'pktmon', componentId: 20 }),
    ];
    const order = (list: readonly CaptureLocation[]) =>
      describeInterfaces(list, surveyOf([])).map(({ captureLocation: at }) => at.key);
    const expected = [
      captureLocations[3],
      captureLocations[1],
      captureLocations[2],
      captureLocations[0],
      captureLocations[4],
    ].map((at) => at?.key);
    expect(order(captureLocations)).toEqual(expected);
    expect(order([...captureLocations].reverse())).toEqual(expected);
  });
});

const NO_LOSS: TraceLoss = {
  eventsLost: 0,
  buffersLost: 0,
  realTimeLosses: 0,
  buffersAfterLoss: 0,
  missingBuffers: 0,
};

describe('statistics', () => {
  const counters = (id: number, writer: ByteWriter, packetsIn: bigint, packetsOut: bigint): Uint8Array =>
    event(PKTMON, id, writer.u16(3).u64(packetsIn).u64(0n).u16(4).u64(packetsOut).u64(0n));

  it('are passed and dropped packets of a component, told once where it has two link types', () => {
    const model = surveyOf([
      component(5, 2, 'a.sys', 'A'),
      counters(90, new ByteWriter().u16(5).utf16z('Upper').u16(1), 10n, 4n),
      counters(90, new ByteWriter().u16(5).utf16z('Lower').u16(2), 9n, 4n),
      counters(80, new ByteWriter().u16(5), 1n, 2n),
    ]);
    const captureLocations = [LinkType.ethernet, LinkType.raw].map((linkType) =>
      captureLocation({ source: 'pktmon', componentId: 5, linkType }),
    );
    const interfaces = describeInterfaces(captureLocations, model);
    expect(interfaceStatistics(interfaces, model, NO_LOSS)).toEqual([
      { interfaceIndex: 0, ifRecv: 27n, ifDrop: 3n, comment: '' },
    ]);
  });

  it('tell the losses of the trace at its first interface', () => {
    const model = surveyOf([]);
    const interfaces = describeInterfaces([ndis(1, 1), ndis(2, 2)], model);
    const loss = { ...NO_LOSS, eventsLost: 7, buffersLost: 1 };
    expect(interfaceStatistics(interfaces, model, loss)).toEqual([
      { interfaceIndex: 0, osDrop: 7n, comment: 'TraceEventsLost=7 TraceBuffersLost=1' },
    ]);
    expect(interfaceStatistics(interfaces, model, NO_LOSS)).toEqual([]);
  });

  it.each([
    ['realTimeLosses', 'TraceRealTimeLosses=4'],
    ['buffersAfterLoss', 'TraceBuffersAfterLoss=4'],
    ['missingBuffers', 'TraceBuffersMissing=4'],
  ] as const)('tell losses that the trace header does not count: %s', (kind, text) => {
    const model = surveyOf([]);
    const interfaces = describeInterfaces([ndis(1, 1)], model);
    const [first] = interfaceStatistics(interfaces, model, { ...NO_LOSS, [kind]: 4 });
    expect(first).toEqual({
      interfaceIndex: 0,
      osDrop: 0n,
      comment: `TraceEventsLost=0 TraceBuffersLost=0 ${text}`,
    });
  });
});
