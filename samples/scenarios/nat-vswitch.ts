import {
  ByteWriter,
  type EmbeddedSchema,
  eventMapRecord,
  eventSchemaRecord,
  guidBytes,
  InType,
  TraceClock,
  TraceLoggingType,
  traceLoggingItems,
  unixTime,
} from '../encoder/index.js';
import {
  arp,
  dnsAnswer,
  dnsQuery,
  EtherType,
  ethernet,
  mac,
  overIpv4,
  padded,
  ping,
  TcpFlag,
  tcp,
  text,
  udp,
  VXLAN_PORT,
  vxlan,
} from '../packets/index.js';
import { SERVER_2022 } from './host.js';
import {
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  nblInfo,
  type OutOfBand,
  packetFragment,
  packetSourceInfo,
  type SwitchPort,
  switchPacketFragment,
} from './ndis-events.js';
import { Recorder } from './recorder.js';
import type { Scenario } from './truth.js';
import { dropped, HYPER_V_VMSWITCH, nicAndSwitch, routed, VMSWITCH_DATA_PATH } from './vmswitch-events.js';

const TCPIP = '2f07e2ee-15db-40f1-90ef-9d7ba282188a';
const DNS_CLIENT = '1c95126e-7eea-49a9-a3fe-a378b03ddb4d';
const WINSOCK_AFD = 'e53c6823-7bb8-44bb-90dc-3f86090d48a6';
const CONTAINER_AGENT = '6f1a52a1-8f3b-4c9e-9d2b-2f0a6d3c7e11';
const SCHEMA_CLASS = 'bbccf6c1-6cd1-48c4-80ff-839482e37671';

const START = unixTime('2024-09-18T07:41:12.0000000Z');

const HOST_NIC = { miniportIfIndex: 8, lowerIfIndex: 8 };
const VIRTUAL_SWITCH = { miniportIfIndex: 21, lowerIfIndex: 21 };
const SWITCH = {
  name: '1D0A1A2E-6C5B-4A1E-9E0A-5D2B7C8F9A10',
  friendlyName: 'nat',
};

interface SwitchNic {
  readonly port: SwitchPort;
  readonly friendlyName: string;
  readonly mac: string;
  readonly vlanId?: number;
  readonly vsid?: number;
}

const HOST_VNIC: SwitchNic = {
  port: {
    portId: 2,
    portName: 'A1B2C3D4-0002-4000-8000-000000000002',
    nicName: '7F0D4C1A-52B1-4E0B-8E57-1D4B2C3A5E60',
    nicType: 'Internal',
  },
  friendlyName: 'Container NIC nat host',
  mac: '00:15:5d:3c:90:01',
};
/** Both containers have the address 172.16.0.10: their compartments, VLANs and subnets keep them apart. */
const CONTAINER_A: SwitchNic = {
  port: {
    portId: 3,
    portName: 'A1B2C3D4-0003-4000-8000-000000000003',
    nicName: '0E5B2F7C-8E21-4F8B-B1A7-00155D3C900A--4C1D8D52-1A2B-4C3D-9E8F-00155D3C900A',
    nicType: 'Synthetic',
  },
  friendlyName: 'Container NIC web-frontend',
  mac: '00:15:5d:3c:90:0a',
  vlanId: 101,
  vsid: 5001,
};
const CONTAINER_B: SwitchNic = {
  port: {
    portId: 4,
    portName: 'A1B2C3D4-0004-4000-8000-000000000004',
    nicName: '0E5B2F7C-8E21-4F8B-B1A7-00155D3C900B--4C1D8D52-1A2B-4C3D-9E8F-00155D3C900B',
    nicType: 'Synthetic',
  },
  friendlyName: 'Container NIC db "test"',
  mac: '00:15:5d:3c:90:0b',
  vlanId: 102,
  vsid: 5002,
};
const MONITOR: SwitchNic = {
  port: {
    portId: 6,
    portName: 'A1B2C3D4-0006-4000-8000-000000000006',
    nicName: '0E5B2F7C-8E21-4F8B-B1A7-00155D3C900C--4C1D8D52-1A2B-4C3D-9E8F-00155D3C900C',
    nicType: 'Emulated',
  },
  friendlyName: 'Monitor VM',
  mac: '00:15:5d:3c:90:0c',
};

const CONTAINER_IP = '172.16.0.10';
const GATEWAY_IP = '172.16.0.1';
const HOST_IP = '10.0.0.4';
const ROUTER_MAC = '00:1b:21:3a:4f:50';
const HOST_MAC = '00:0d:3a:fe:3f:ab';
const SERVER_IP = '93.184.216.34';

const NDIS_SCHEMAS: readonly EmbeddedSchema[] = [
  {
    provider: NDIS_PACKET_CAPTURE,
    providerName: 'Microsoft-Windows-NDIS-PacketCapture',
    id: 1001,
    channel: 16,
    level: 4,
    keyword: 0x8000_0600_0000_0001n,
    levelName: 'win:Informational',
    keywordNames: ['Ethernet802.3', 'ut:PiiPresent', 'ut:Packet'],
    message: 'Packet Fragment (%3 bytes)',
    fields: [
      { name: 'MiniportIfIndex', inType: InType.uint32 },
      { name: 'LowerIfIndex', inType: InType.uint32 },
      { name: 'FragmentSize', inType: InType.uint32 },
      { name: 'Fragment', inType: InType.binary, length: 'FragmentSize' },
      { name: 'GftFlowEntryId', inType: InType.uint64 },
      { name: 'GftOffloadInformation', inType: InType.uint64 },
    ],
  },
  {
    provider: NDIS_PACKET_CAPTURE,
    providerName: 'Microsoft-Windows-NDIS-PacketCapture',
    id: 1003,
    channel: 16,
    level: 4,
    keyword: 0x8000_0400_0100_0000n,
    levelName: 'win:Informational',
    keywordNames: ['VMSwitch', 'ut:Packet'],
    message: 'VMSwitch Packet Fragment (%9 bytes)',
    fields: [
      { name: 'MiniportIfIndex', inType: InType.uint32 },
      { name: 'LowerIfIndex', inType: InType.uint32 },
      { name: 'SourcePortId', inType: InType.uint32 },
      { name: 'SourcePortName', inType: InType.unicodeString },
      { name: 'SourceNicName', inType: InType.unicodeString },
      { name: 'SourceNicType', inType: InType.unicodeString },
      { name: 'DestinationCount', inType: InType.uint32 },
      {
        name: 'Destination',
        inType: 0,
        count: 'DestinationCount',
        members: [
          { name: 'DestinationPortId', inType: InType.uint32 },
          { name: 'DestinationPortName', inType: InType.unicodeString },
          { name: 'DestinationNicName', inType: InType.unicodeString },
          { name: 'DestinationNicType', inType: InType.unicodeString },
        ],
      },
      { name: 'FragmentSize', inType: InType.uint32 },
      { name: 'Fragment', inType: InType.binary, length: 'FragmentSize' },
      { name: 'OOBDataSize', inType: InType.uint32 },
      { name: 'OOBData', inType: InType.binary, length: 'OOBDataSize' },
    ],
  },
];

const DNS_SCHEMA: EmbeddedSchema = {
  provider: DNS_CLIENT,
  providerName: 'Microsoft-Windows-DNS-Client',
  id: 3006,
  channel: 16,
  level: 4,
  keyword: 0x8000_0000_0000_0000n,
  levelName: 'Information',
  channelName: 'Microsoft-Windows-DNS-Client/Operational',
  message: 'DNS query is called for the name %1, type %2, query options %3, Server List %4',
  fields: [
    { name: 'QueryName', inType: InType.unicodeString },
    { name: 'QueryType', inType: InType.uint32, map: 'QueryTypeMap' },
    { name: 'QueryOptions', inType: InType.uint64 },
    { name: 'ServerList', inType: InType.unicodeString },
    { name: 'IsNetworkQuery', inType: InType.uint32 },
    { name: 'NetworkQueryIndex', inType: InType.uint32 },
    { name: 'InterfaceIndex', inType: InType.uint32 },
    { name: 'IsAsyncQuery', inType: InType.uint32 },
  ],
};

const hex = (value: number | bigint): string => `0x${value.toString(16)}`;

class NatHost {
  readonly recorder = new Recorder(new TraceClock({ type: 'qpc', start: START }));

  /** A packet at the host's own NIC. */
  hostNic(
    at: bigint,
    processor: number,
    direction: 'send' | 'receive',
    frame: Uint8Array,
    path: string,
    isDropped = false,
  ): void {
    const pid = direction === 'send' ? 4 : 0;
    let keyword =
      NdisKeyword.ethernet |
      NdisKeyword.packetStart |
      NdisKeyword.packetEnd |
      NdisKeyword.packet |
      NdisKeyword[direction];
    if (isDropped) keyword |= NdisKeyword.dropped;
    this.recorder.event(
      { at: START + at, processor, pid, tid: pid === 0 ? 0 : 2180 + processor },
      {
        provider: NDIS_PACKET_CAPTURE,
        id: 1001,
        channel: 16,
        level: 4,
        keyword,
        data: packetFragment(HOST_NIC, frame, { flowEntryId: 0n, offloadInformation: 0n }),
      },
      {
        bytes: frame,
        originalLength: frame.length,
        direction: direction === 'send' ? 'outbound' : 'inbound',
        linkType: 1,
        captureLocation: { source: 'ndis', ...HOST_NIC },
        // The keyword marks the drop, without a reason.
        comment: { Dir: direction, ...(isDropped ? { Drop: 'Dropped' } : {}) },
        ...(isDropped ? { dropped: true } : {}),
      },
    );
    this.recorder.passed(path, `NIC 8 ${direction}`);
  }

  #vmSwitch(at: bigint, processor: number, id: number, data: Uint8Array): void {
    this.recorder.event(
      { at: START + at, processor, pid: 4, tid: 2180 + processor },
      { provider: HYPER_V_VMSWITCH, id, channel: 16, level: 5, keyword: VMSWITCH_DATA_PATH, data },
    );
  }

  #atSwitch(
    at: bigint,
    processor: number,
    nic: SwitchNic,
    destinations: readonly SwitchNic[],
    frame: Uint8Array,
    nbl: bigint,
    hashValue: number | undefined,
    isDropped: boolean,
  ): void {
    const egress = destinations.length > 0;
    const tags: OutOfBand = {
      ...(nic.vlanId === undefined ? {} : { vlanId: nic.vlanId }),
      ...(nic.vsid === undefined ? {} : { vsid: nic.vsid }),
      ...(hashValue === undefined ? {} : { hashValue }),
      sourcePortId: nic.port.portId,
    };
    let keyword =
      NdisKeyword.ethernet |
      NdisKeyword.vmSwitch |
      NdisKeyword.packetStart |
      NdisKeyword.packetEnd |
      NdisKeyword.packet;
    keyword |= egress ? NdisKeyword.send : NdisKeyword.receive;
    if (isDropped) keyword |= NdisKeyword.dropped;
    this.recorder.event(
      { at: START + at, processor, pid: 4, tid: 2180 + processor },
      {
        provider: NDIS_PACKET_CAPTURE,
        id: 1003,
        channel: 16,
        level: 4,
        keyword,
        data: switchPacketFragment(
          VIRTUAL_SWITCH,
          nic.port,
          destinations.map(({ port }) => port),
          frame,
          nblInfo(tags),
        ),
      },
      {
        bytes: frame,
        originalLength: frame.length,
        direction: egress ? 'outbound' : 'inbound',
        linkType: 1,
        captureLocation: {
          source: 'vswitch',
          ...VIRTUAL_SWITCH,
          ...nic.port,
          ...(nic.vlanId === undefined ? {} : { vlanId: nic.vlanId }),
          ...(nic.vsid === undefined ? {} : { vsid: nic.vsid }),
        },
        comment: {
          Dir: egress ? 'Egress' : 'Ingress',
          NBL: hex(nbl),
          ...(nic.vlanId === undefined ? {} : { VlanId: `${nic.vlanId}` }),
          ...(nic.vsid === undefined ? {} : { VSID: `${nic.vsid}` }),
          SrcPortId: `${nic.port.portId}`,
          SrcNicType: nic.port.nicType,
          SrcNicName: nic.port.nicName,
          SrcPortName: nic.port.portName,
          ...(egress
            ? {
                DstNicCount: `${destinations.length}`,
                DstPorts: destinations.map(({ port }) => port.portId).join(','),
              }
            : {}),
          ...(hashValue === undefined ? {} : { HashValue: hashValue.toString(16).padStart(8, '0') }),
          ...(isDropped ? { Drop: 'Dropped' } : {}),
        },
        ...(isDropped ? { dropped: true } : {}),
      },
    );
  }

  /** A packet that crosses the switch, with its events in this order: 56, 1003, 57, 1003, 58. */
  throughSwitch(
    at: bigint,
    processor: number,
    from: SwitchNic,
    to: readonly SwitchNic[],
    frame: Uint8Array,
    nbl: bigint,
    path: string,
    hashValue?: number,
  ): void {
    const fromName = { name: from.port.nicName, friendlyName: from.friendlyName };
    this.#vmSwitch(at, processor, 56, nicAndSwitch(fromName, SWITCH, nbl));
    this.#atSwitch(at + 11n, processor, from, [], frame, nbl, hashValue, false);
    this.recorder.passed(path, `port ${from.port.portId} ingress`);
    const [first] = to;
    if (first === undefined) throw new RangeError('a packet that crosses the switch goes somewhere');
    const toName = { name: first.port.nicName, friendlyName: first.friendlyName };
    this.#vmSwitch(at + 23n, processor, 57, routed(fromName, toName, SWITCH, nbl));
    this.#atSwitch(at + 31n, processor, from, to, frame, nbl, hashValue, false);
    this.recorder.passed(path, `port ${from.port.portId} egress`);
    this.#vmSwitch(at + 44n, processor, 58, nicAndSwitch(toName, SWITCH, nbl));
  }

  /** A packet that the switch rejects: 56, 1003 with the Dropped keyword, 54 with the reason. */
  droppedAtSwitch(
    at: bigint,
    processor: number,
    from: SwitchNic,
    frame: Uint8Array,
    nbl: bigint,
    reason: number,
    path: string,
  ): void {
    const name = { name: from.port.nicName, friendlyName: from.friendlyName };
    this.#vmSwitch(at, processor, 56, nicAndSwitch(name, SWITCH, nbl));
    this.#atSwitch(at + 11n, processor, from, [], frame, nbl, undefined, true);
    this.#vmSwitch(at + 19n, processor, 54, dropped(name, SWITCH, reason));
    this.recorder.passed(path, `port ${from.port.portId} ingress dropped`);
  }

  /** TCPIP 1476: an NBL with an interface and a compartment. */
  loopbackTransmit(at: bigint, processor: number, nbl: bigint, compartment: number): void {
    const address = (last: number): Uint8Array =>
      Uint8Array.of(2, 0, 0, 80, 127, 0, 0, last, 0, 0, 0, 0, 0, 0, 0, 0);
    this.recorder.event(
      { at: START + at, processor, pid: 3412, tid: 5108 },
      {
        provider: TCPIP,
        id: 1476,
        channel: 16,
        level: 4,
        keyword: 0x8000_0000_0000_0000n,
        data: new ByteWriter()
          .u64(nbl)
          .u32(1)
          .u32(compartment)
          .u32(16)
          .bytes(address(1))
          .bytes(address(1))
          .u32(6)
          .take(),
      },
    );
  }
}

/** Events unrelated to packets: a described, a self-describing and an unknown one. */
function unrelatedEvents(recorder: Recorder): void {
  recorder.event(
    { at: START + 15_000n, processor: 1, pid: 1284, tid: 1532 },
    {
      provider: DNS_CLIENT,
      id: 3006,
      channel: 16,
      level: 4,
      keyword: 0x8000_0000_0000_0000n,
      activityId: 'd8a1f3b0-2c11-4d5e-8f60-71a2b3c4d5e6',
      data: new ByteWriter()
        .utf16z('example.com')
        .u32(1)
        .u64(0x4000_6000n)
        .utf16z('')
        .u32(0)
        .u32(0)
        .u32(21)
        .u32(0)
        .take(),
    },
  );
  recorder.event(
    { at: START + 25_013n, processor: 2, pid: 3412, tid: 5108 },
    {
      provider: CONTAINER_AGENT,
      id: 0,
      channel: 11,
      level: 4,
      keyword: 1n,
      extended: traceLoggingItems(
        'Contoso.ContainerAgent',
        'EndpointAttached',
        [
          { name: 'EndpointName', type: TraceLoggingType.unicodeString },
          { name: 'CompartmentId', type: TraceLoggingType.uint32 },
          { name: 'EndpointId', type: TraceLoggingType.guid },
          { name: 'Ports', type: TraceLoggingType.uint16, count: 'counted' },
        ],
        '4f50731a-89cf-4782-b3e0-dce8c90476ba',
      ),
      data: new ByteWriter()
        .utf16z('web-frontend')
        .u32(2)
        .bytes(guidBytes('4c1d8d52-1a2b-4c3d-9e8f-00155d3c900a'))
        .u16(2)
        .u16(80)
        .u16(443)
        .take(),
    },
  );
  for (let index = 0; index < 6; index++) {
    recorder.event(
      { at: START + 4_000n + BigInt(index) * 9_007n, processor: index % 4, pid: 3412, tid: 5108 },
      {
        provider: WINSOCK_AFD,
        id: 1004,
        version: 1,
        channel: 16,
        level: 4,
        opcode: 12,
        task: 1000 + index,
        keyword: 0x8000_0000_0000_0004n,
        data: new ByteWriter()
          .u64(0xffff_8a0c_5e3b_1080n)
          .u32(2)
          .u64(BigInt(3412))
          .u64(0xffff_8a0c_61d2_7a20n)
          .u32(0)
          .u32(512)
          .take(),
      },
    );
  }
}

/**
 * A container host with a NAT vSwitch. Two containers have the same address in two compartments; their pings and their
 * web request leave through the host's NIC with the host's address. One broadcast, one VXLAN packet, two drops.
 */
export function natVswitch(): Scenario {
  const host = new NatHost();
  const { recorder } = host;
  const running = { at: START + 100n, processor: 0 };
  recorder.process(running, 'running', { processId: 4, imageName: 'System', parentId: 0 });
  recorder.process({ ...running, at: START + 110n }, 'running', {
    processId: 1284,
    parentId: 712,
    sessionId: 0,
    imageName: 'svchost.exe',
    commandLine: 'C:\\Windows\\system32\\svchost.exe -k NetworkService -p',
  });
  recorder.process({ ...running, at: START + 120n }, 'running', {
    processId: 3412,
    parentId: 1284,
    sessionId: 0,
    imageName: 'containerd.exe',
  });
  recorder.event(
    { at: START + 200n, processor: 0, pid: 4, tid: 2180 },
    {
      provider: NDIS_PACKET_CAPTURE,
      id: 5101,
      channel: 16,
      level: 4,
      data: packetSourceInfo(2, 'VM-Switch', 21, [{ id: 0, name: 'nat' }]),
    },
  );

  const fromA = { from: CONTAINER_A.mac, to: HOST_VNIC.mac };
  const toA = { from: HOST_VNIC.mac, to: CONTAINER_A.mac };
  const fromB = { from: CONTAINER_B.mac, to: HOST_VNIC.mac };
  const toB = { from: HOST_VNIC.mac, to: CONTAINER_B.mac };
  const outside = { from: HOST_MAC, to: ROUTER_MAC };
  const inside = { from: ROUTER_MAC, to: HOST_MAC };

  // Container A asks for its gateway: a broadcast, to every port of the switch.
  host.throughSwitch(
    10_000n,
    1,
    CONTAINER_A,
    [HOST_VNIC, MONITOR],
    arp('request', { from: CONTAINER_A.mac, to: HOST_VNIC.mac }, { from: CONTAINER_IP, to: GATEWAY_IP }),
    0xffff_ca86_9c01_1a20n,
    'arp request A',
  );
  host.throughSwitch(
    10_401n,
    1,
    HOST_VNIC,
    [CONTAINER_A],
    arp('reply', toA, { from: GATEWAY_IP, to: CONTAINER_IP }),
    0xffff_ca86_9c01_1d70n,
    'arp reply A',
  );

  const query = overIpv4(
    { from: CONTAINER_IP, to: GATEWAY_IP },
    udp([53211, 53], dnsQuery(0x2f31, 'example.com')),
    { id: 0x3001 },
  );
  host.throughSwitch(
    20_007n,
    1,
    CONTAINER_A,
    [HOST_VNIC],
    ethernet(fromA, EtherType.ipv4, query),
    0xffff_ca86_9c01_2100n,
    'dns query A',
  );
  const answer = overIpv4(
    { from: GATEWAY_IP, to: CONTAINER_IP },
    udp([53, 53211], dnsAnswer(0x2f31, 'example.com', SERVER_IP)),
    { id: 0x4001 },
  );
  host.throughSwitch(
    20_911n,
    0,
    HOST_VNIC,
    [CONTAINER_A],
    ethernet(toA, EtherType.ipv4, answer),
    0xffff_ca86_9c01_2480n,
    'dns answer A',
  );

  // Both containers ping the same server from the same address, on two processors at nearly the same time.
  for (let sequence = 1; sequence <= 4; sequence++) {
    const base = 30_000n + BigInt(sequence) * 10_000n;
    const step = BigInt(sequence) * 0x380n;
    const [containers, macsOut, macsIn] = [
      [CONTAINER_A, CONTAINER_B],
      [fromA, fromB],
      [toA, toB],
    ] as const;
    containers.forEach((container, index) => {
      const processor = index === 0 ? 1 : 3;
      const offset = base + BigInt(index) * 7n;
      const name = `ping ${index === 0 ? 'A' : 'B'} ${sequence}`;
      const identifier = index + 1;
      const nbl = 0xffff_ca86_a000_0000n + BigInt(index) * 0x10_0000n + step;
      const request = (from: string, ttl: number): Uint8Array =>
        overIpv4({ from, to: SERVER_IP }, ping('request', sequence, identifier), {
          id: 0x5000 + sequence,
          ttl,
        });
      const reply = (to: string, ttl: number): Uint8Array =>
        overIpv4({ from: SERVER_IP, to }, ping('reply', sequence, identifier), {
          id: 0x6000 + sequence,
          ttl,
        });
      host.throughSwitch(
        offset,
        processor,
        container,
        [HOST_VNIC],
        ethernet(macsOut[index] ?? fromA, EtherType.ipv4, request(CONTAINER_IP, 128)),
        nbl,
        `${name} request`,
      );
      host.hostNic(
        offset + 101n,
        processor,
        'send',
        ethernet(outside, EtherType.ipv4, request(HOST_IP, 127)),
        `${name} request`,
      );
      host.hostNic(
        offset + 5_003n,
        processor === 1 ? 2 : 0,
        'receive',
        ethernet(inside, EtherType.ipv4, reply(HOST_IP, 52)),
        `${name} reply`,
      );
      host.throughSwitch(
        offset + 5_102n,
        processor === 1 ? 2 : 0,
        HOST_VNIC,
        [container],
        ethernet(macsIn[index] ?? toA, EtherType.ipv4, reply(CONTAINER_IP, 51)),
        nbl + 0x1c0n,
        `${name} reply`,
        0x3fa2_0000 + identifier * 0x111 + sequence,
      );
    });
  }

  // Container B opens a web page; the host's NIC sees the translated port.
  const request = text('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n');
  const body = text('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  const steps = [
    { out: true, sequence: 1000, acknowledgement: 0, flags: TcpFlag.syn },
    { out: false, sequence: 9000, acknowledgement: 1001, flags: TcpFlag.syn | TcpFlag.ack },
    { out: true, sequence: 1001, acknowledgement: 9001, flags: TcpFlag.ack },
    { out: true, sequence: 1001, acknowledgement: 9001, flags: TcpFlag.psh | TcpFlag.ack, payload: request },
    {
      out: false,
      sequence: 9001,
      acknowledgement: 1001 + request.length,
      flags: TcpFlag.psh | TcpFlag.ack,
      payload: body,
    },
  ];
  steps.forEach((step, index) => {
    const at = 90_000n + BigInt(index) * 1_009n;
    const nbl = 0xffff_ca86_b000_0000n + BigInt(index) * 0x380n;
    const path = `web B ${index + 1}`;
    const { out, ...fields } = step;
    const segment = (port: number): ReturnType<typeof tcp> =>
      tcp({ ...fields, ports: out ? [port, 80] : [80, port] });
    if (out) {
      const local = overIpv4({ from: CONTAINER_IP, to: SERVER_IP }, segment(49_201));
      host.throughSwitch(at, 3, CONTAINER_B, [HOST_VNIC], ethernet(fromB, EtherType.ipv4, local), nbl, path);
      const translated = overIpv4({ from: HOST_IP, to: SERVER_IP }, segment(1_187), { ttl: 127 });
      host.hostNic(at + 103n, 3, 'send', ethernet(outside, EtherType.ipv4, translated), path);
    } else {
      const fromServer = overIpv4({ from: SERVER_IP, to: HOST_IP }, segment(1_187), { ttl: 52 });
      host.hostNic(at, 0, 'receive', padded(ethernet(inside, EtherType.ipv4, fromServer)), path);
      const translated = overIpv4({ from: SERVER_IP, to: CONTAINER_IP }, segment(49_201), { ttl: 51 });
      host.throughSwitch(
        at + 97n,
        0,
        HOST_VNIC,
        [CONTAINER_B],
        ethernet(toB, EtherType.ipv4, translated),
        nbl,
        path,
        0x51c0_77aa,
      );
    }
  });

  host.loopbackTransmit(100_003n, 2, 0xffff_ca86_b100_0a20n, 3);

  // An overlay packet on the wire: Wireshark shows the inner ping with the same address again.
  const inner = ethernet(
    fromA,
    EtherType.ipv4,
    overIpv4({ from: CONTAINER_IP, to: '172.16.0.11' }, ping('request', 1)),
  );
  const overlay = overIpv4({ from: HOST_IP, to: '10.0.0.5' }, udp([50_000, VXLAN_PORT], vxlan(5001, inner)), {
    id: 0x7001,
  });
  host.hostNic(101_011n, 2, 'send', ethernet(outside, EtherType.ipv4, overlay), 'overlay');

  // Drops: a container that sends with a VLAN it may not use, and a packet at the host's NIC.
  const forbidden = overIpv4(
    { from: CONTAINER_IP, to: GATEWAY_IP },
    udp([40_000, 5_000], text('not allowed')),
  );
  host.droppedAtSwitch(
    110_002n,
    3,
    CONTAINER_B,
    ethernet(fromB, EtherType.ipv4, forbidden),
    0xffff_ca86_b200_0000n,
    10,
    'forbidden B',
  );
  const late = overIpv4({ from: SERVER_IP, to: HOST_IP }, udp([443, 61_000], text('late')), { ttl: 52 });
  host.hostNic(111_004n, 0, 'receive', padded(ethernet(inside, EtherType.ipv4, late)), 'late', true);

  unrelatedEvents(recorder);

  const end = START + 200_000n;
  for (const schema of [...NDIS_SCHEMAS, DNS_SCHEMA]) {
    recorder.encodedClassic(end, SCHEMA_CLASS, 32, (time) => eventSchemaRecord(schema, time));
  }
  recorder.encodedClassic(end, SCHEMA_CLASS, 33, (time) =>
    eventMapRecord(
      {
        provider: DNS_CLIENT,
        name: 'QueryTypeMap',
        kind: 'value',
        entries: new Map([
          [1, 'A'],
          [28, 'AAAA'],
        ]),
      },
      time,
    ),
  );
  recorder.systemConfiguration(end, {
    ...SERVER_2022,
    interfaces: [
      {
        index: 8,
        guid: 'a52a0b03-325d-414c-8c3e-f211f325aa3c',
        alias: 'Ethernet',
        description: 'Microsoft Hyper-V Network Adapter',
        mac: mac(HOST_MAC),
        speed: 50_000_000_000n,
      },
      {
        index: 21,
        guid: '7f0d4c1a-52b1-4e0b-8e57-1d4b2c3a5e60',
        alias: 'vEthernet (nat)',
        description: 'Hyper-V Virtual Ethernet Adapter',
        mac: mac(HOST_VNIC.mac),
        speed: 10_000_000_000n,
        flags: 0,
      },
    ],
  });

  const options = { form: 'merged', end: START + 210_000n, logFileName: 'C:\\Traces\\NetTrace.etl' } as const;
  return recorder.scenario('nat-vswitch', { ...options, bufferSize: 0x4000 }, options);
}
