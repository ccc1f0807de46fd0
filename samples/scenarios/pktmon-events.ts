import {
  ByteWriter,
  type EmbeddedMap,
  type EmbeddedSchema,
  InType,
  type SchemaField,
} from '../encoder/index.js';
import { OutType } from '../encoder/schemas/embedded.js';

export const PKTMON = '4d4f80d9-c8bd-4d73-bb5b-19c90402c5ac';

/** Event keywords of the provider. */
export const PktmonKeyword = { rundown: 0x2n, nblInfo: 0x8n, payload: 0x10n } as const;

/** DirTag, by pktmon's printed names. */
export const DirTag = { None: 0, In: 1, Out: 2, Rx: 3, Tx: 4, Ingress: 5, Egress: 6 } as const;
export type DirWord = keyof typeof DirTag;

export const PacketType = { unknown: 0, ethernet: 1, wifi: 2, ip: 3 } as const;

/** Types of components (event 20). */
export const ComponentType = {
  ndis: 1,
  miniport: 2,
  filter: 3,
  protocol: 4,
  vmsVmNic: 5,
  vmsMiniport: 6,
  ipInterface: 11,
} as const;

/** Types of properties (events 30 to 75). */
export const Property = {
  ifIndex: 1,
  miniportIfIndex: 2,
  lowerIfIndex: 3,
  ifGuid: 4,
  ndisMedium: 5,
  physAddress: 6,
  etherType: 7,
  optDataPath: 8,
  ndisObject: 9,
  vmSwitchName: 10,
  vmsExtIfIndex: 11,
  ipAddress: 13,
  ipIfIndex: 14,
  vsid: 15,
  vlan: 16,
  compartmentId: 17,
} as const;

/** Events that describe components, one per kind of value. */
export const PropertyEvent = {
  number: 30,
  guid: 40,
  hex: 50,
  medium: 60,
  ipv4: 65,
  ipv6: 66,
  bytes: 70,
  text: 73,
  etherType: 75,
} as const;

/** The first fields of all events about packets. */
export interface PacketHeader {
  readonly groupId: bigint;
  readonly number: number;
  readonly appearance: number;
  readonly dirTag: number;
  readonly packetType: number;
  readonly componentId: number;
  readonly edgeId: number;
  readonly filterId: number;
  readonly dropReason: number;
  readonly dropLocation: number;
}

function header(packet: PacketHeader): ByteWriter {
  return new ByteWriter()
    .u64(packet.groupId)
    .u16(packet.number)
    .u16(packet.appearance)
    .u16(packet.dirTag)
    .u16(packet.packetType)
    .u16(packet.componentId)
    .u16(packet.edgeId)
    .u16(packet.filterId)
    .u32(packet.dropReason)
    .u32(packet.dropLocation);
}

/** 160 (and 170, the drop): the payload is at offset 34. */
export function packetPayload(packet: PacketHeader, originalSize: number, logged: Uint8Array): Uint8Array {
  return header(packet).u16(originalSize).u16(logged.length).bytes(logged).take();
}

/** Fields of 180 (and 190, the drop) about an NBL, as Windows has them in its slots. */
export interface NblInfo {
  readonly vlanId?: number;
  readonly hashValue?: number;
  readonly vsid?: number;
  readonly switchSourcePortId?: number;
}

export function nblInformation(packet: PacketHeader, info: NblInfo): Uint8Array {
  const port = info.switchSourcePortId;
  return header(packet)
    .u64(0n) // TcpIpChecksum
    .u64(0n) // TcpLargeSend
    .u64(BigInt((info.vlanId ?? 0) << 4))
    .u64(info.hashValue === undefined ? 0n : 0x101n) // HashInfo
    .u64(BigInt(info.hashValue ?? 0))
    .u64(BigInt(info.vsid ?? 0))
    .u64(0n) // TcpRecvSegCoalesceInfo
    .u64(0n) // NrtNameResolutionId
    .u64(0n) // TcpSendOffloadsSupplementalInfo
    .u64(port === undefined ? 0n : (BigInt(port) << 16n) | (1n << 42n))
    .u64(0n) // GftOffloadInfo
    .u64(0n) // GftFlowEntryId
    .take();
}

/** 20: a component. */
export function component(id: number, type: number, name: string, description: string): Uint8Array {
  return new ByteWriter().u16(id).u16(type).utf16z(name).utf16z(description).take();
}

/** 30 to 75: `value` is written as the event of that kind has it. */
export function property(componentId: number, type: number, value: ByteWriter): Uint8Array {
  return new ByteWriter().u16(componentId).u16(type).bytes(value.take()).take();
}

export interface Counters {
  readonly dirIn: number;
  readonly packetsIn: bigint;
  readonly bytesIn: bigint;
  readonly dirOut: number;
  readonly packetsOut: bigint;
  readonly bytesOut: bigint;
}

function counters(writer: ByteWriter, values: Counters): Uint8Array {
  return writer
    .u16(values.dirIn)
    .u64(values.packetsIn)
    .u64(values.bytesIn)
    .u16(values.dirOut)
    .u64(values.packetsOut)
    .u64(values.bytesOut)
    .take();
}

/** 80: packets that a component dropped. */
export function dropCounters(componentId: number, values: Counters): Uint8Array {
  return counters(new ByteWriter().u16(componentId), values);
}

/** 90: packets that passed a component's edge. */
export function edgeCounters(
  componentId: number,
  edge: string,
  edgeId: number,
  values: Counters,
): Uint8Array {
  return counters(new ByteWriter().u16(componentId).utf16z(edge).u16(edgeId), values);
}

export interface PacketFilter {
  readonly id: number;
  readonly name: string;
  readonly mac1?: Uint8Array;
  readonly etherType?: number;
  readonly vlanId?: number;
  /** 4 bytes for event 100, 16 for event 110. */
  readonly ip1: Uint8Array;
  readonly protocol?: number;
  readonly port1?: number;
  readonly tcpFlags?: number;
}

/** 100 (IPv4) and 110 (IPv6): a filter the user set. */
export function packetFilter(filter: PacketFilter): Uint8Array {
  return new ByteWriter()
    .u16(filter.id)
    .utf16z(filter.name)
    .bytes(filter.mac1 ?? new Uint8Array(6))
    .zeros(6)
    .u16(filter.etherType ?? 0)
    .u16(filter.vlanId ?? 0)
    .bytes(filter.ip1)
    .zeros(filter.ip1.length)
    .u8(filter.protocol ?? 0)
    .u16(filter.port1 ?? 0)
    .u16(0)
    .u8(filter.tcpFlags ?? 0)
    .take();
}

const map = (
  name: string,
  entries: readonly (readonly [number, string])[],
  kind: 'value' | 'bits' = 'value',
) => ({ provider: PKTMON, name, kind, entries: new Map(entries) }) satisfies EmbeddedMap;

/**
 * The texts of drop reasons as in a trace of build 20348 and later: texts of this sample, not of Windows, except where
 * a text is the reason's name. A conversion must print the trace's texts.
 */
export const DROP_REASONS: readonly (readonly [number, string])[] = [
  [0, 'Unspecified'],
  [1, 'Invalid Data'],
  [8, 'Filtered'],
  [9, 'Filtered VLAN'],
  [10, 'Unauthorized VLAN'],
  [11, 'Unauthorized MAC'],
  [16, 'MAC Spoofing'],
  [23, 'MTU Mismatch'],
  [38, 'Low Power'],
  [201, 'Adapter Paused'],
  [404, 'VMBus Error'],
  [707, 'IPv4 Guard'],
  [903, 'Protocol "Unreachable"'],
];

export const PKTMON_MAPS: readonly EmbeddedMap[] = [
  map('PacketDirectionTag', [
    [0, 'None'],
    [1, 'In'],
    [2, 'Out'],
    [3, 'Rx'],
    [4, 'Tx'],
    [5, 'Ingress'],
    [6, 'Egress'],
  ]),
  map('PacketType', [
    [0, 'Unknown'],
    [1, 'Ethernet'],
    [2, 'WiFi'],
    [3, 'IP'],
  ]),
  map('DropReason', DROP_REASONS),
];

export const COMPONENT_MAPS: readonly EmbeddedMap[] = [
  map('ComponentType', [
    [1, 'NDIS'],
    [2, 'Miniport'],
    [3, 'Filter'],
    [4, 'Protocol'],
    [5, 'VMS VM NIC'],
    [6, 'VMS Miniport'],
    [11, 'IP Interface'],
  ]),
  map('PropertyType', [
    [1, 'IfIndex'],
    [2, 'MiniportIfIndex'],
    [3, 'LowerIfIndex'],
    [4, 'IfGuid'],
    [5, 'NdisMedium'],
    [6, 'PhysAddress'],
    [7, 'EtherType'],
    [8, 'OptDataPath'],
    [9, 'NdisObject'],
    [10, 'VMSwitchName'],
    [11, 'VmsExtIfIndex'],
    [13, 'IpAddress'],
    [14, 'IpIfIndex'],
    [15, 'Vsid'],
    [16, 'Vlan'],
    [17, 'CompartmentId'],
  ]),
  map('NdisMedium', [
    [0, 'Ethernet'],
    [16, 'WiFi'],
    [19, 'MBB'],
  ]),
  map('EtherType', [
    [0x0800, 'IPv4'],
    [0x0806, 'ARP'],
    [0x8100, 'VLAN'],
    [0x86dd, 'IPv6'],
    [0x88cc, 'LLDP'],
    [0x88d9, 'LLTD'],
  ]),
  map('IPProtocol', [
    [1, 'ICMP'],
    [6, 'TCP'],
    [17, 'UDP'],
    [58, 'ICMPv6'],
  ]),
  map(
    'TCPFlags',
    [
      [1, 'FIN'],
      [2, 'SYN'],
      [4, 'RST'],
      [8, 'PSH'],
      [16, 'ACK'],
      [32, 'URG'],
      [64, 'ECE'],
      [128, 'CWR'],
    ],
    'bits',
  ),
];

const number16 = (name: string, mapName?: string): SchemaField => ({
  name,
  inType: InType.uint16,
  ...(mapName === undefined ? {} : { map: mapName }),
});

const schema = (
  id: number,
  keyword: bigint,
  message: string,
  fields: readonly SchemaField[],
): EmbeddedSchema => ({
  provider: PKTMON,
  providerName: 'Microsoft-Windows-PktMon',
  id,
  level: 4,
  keyword,
  levelName: 'win:Informational',
  keywordNames: [
    keyword === PktmonKeyword.payload ? 'Payload' : keyword === PktmonKeyword.nblInfo ? 'NblInfo' : 'Rundown',
  ],
  message,
  fields,
});

const PACKET_FIELDS: readonly SchemaField[] = [
  { name: 'PktGroupId', inType: InType.uint64 },
  number16('PktNumber'),
  number16('AppearanceCount'),
  number16('DirTag', 'PacketDirectionTag'),
  number16('PacketType', 'PacketType'),
  number16('ComponentId'),
  number16('EdgeId'),
  number16('FilterId'),
  { name: 'DropReason', inType: InType.uint32, map: 'DropReason' },
  { name: 'DropLocation', inType: InType.uint32, outType: OutType.hexInt32 },
];

const PAYLOAD_FIELDS: readonly SchemaField[] = [
  ...PACKET_FIELDS,
  number16('OriginalPayloadSize'),
  number16('LoggedPayloadSize'),
  { name: 'Payload', inType: InType.binary, length: 'LoggedPayloadSize' },
];

const NBL_INFO_FIELDS: readonly SchemaField[] = [
  ...PACKET_FIELDS.map((field) => (field.name === 'PktNumber' ? { ...field, name: 'PktCount' } : field)),
  ...[
    'TcpIpChecksum',
    'TcpLargeSend',
    'Ieee8021Q',
    'HashInfo',
    'HashValue',
    'VirtualSubnetInfo',
    'TcpRecvSegCoalesceInfo',
    'NrtNameResolutionId',
    'TcpSendOffloadsSupplementalInfo',
  ].map((name) => ({ name, inType: InType.pointer })),
  ...['SwitchForwardingDetail', 'GftOffloadInfo', 'GftFlowEntryId'].map((name) => ({
    name,
    inType: InType.uint64,
  })),
];

const COUNTER_FIELDS: readonly SchemaField[] = [
  number16('DirTagIn', 'PacketDirectionTag'),
  { name: 'PacketsIn', inType: InType.uint64 },
  { name: 'BytesIn', inType: InType.uint64 },
  number16('DirTagOut', 'PacketDirectionTag'),
  { name: 'PacketsOut', inType: InType.uint64 },
  { name: 'BytesOut', inType: InType.uint64 },
];

const propertySchema = (id: number, value: readonly SchemaField[], message: string): EmbeddedSchema =>
  schema(id, PktmonKeyword.rundown, message, [
    number16('ComponentId'),
    number16('Type', 'PropertyType'),
    ...value,
  ]);

const filterFields = (address: Omit<SchemaField, 'name'>): readonly SchemaField[] => [
  number16('FilterId'),
  { name: 'FilterName', inType: InType.unicodeString },
  { name: 'MacAddress1', inType: InType.binary, length: 6 },
  { name: 'MacAddress2', inType: InType.binary, length: 6 },
  number16('EtherType', 'EtherType'),
  number16('VlanId'),
  { ...address, name: 'IpAddress1' },
  { ...address, name: 'IpAddress2' },
  { name: 'Protocol', inType: InType.uint8, map: 'IPProtocol' },
  number16('Port1'),
  number16('Port2'),
  { name: 'TCPFlags', inType: InType.uint8, map: 'TCPFlags' },
];

const IPV4_FIELD = { inType: InType.uint32, outType: OutType.ipv4 } as const;
const IPV6_FIELD = { inType: InType.binary, outType: OutType.ipv6, length: 16 } as const;

/** 160 and 170, before the packets. */
export const PAYLOAD_SCHEMAS: readonly EmbeddedSchema[] = [160, 170].map((id) =>
  schema(
    id,
    PktmonKeyword.payload,
    'PktGroupId %1, PktNumber %2, Appearance %3, Direction %4, Type %5, Component %6, Edge %7, Filter %8',
    PAYLOAD_FIELDS,
  ),
);

/** The other events, at the end. */
export const RUNDOWN_SCHEMAS: readonly EmbeddedSchema[] = [
  schema(
    180,
    PktmonKeyword.nblInfo,
    'PktGroupId %1, PktCount %2, Appearance %3, 802.1Q %13',
    NBL_INFO_FIELDS,
  ),
  schema(20, PktmonKeyword.rundown, 'Component %1, Type %2, Name %3, %4', [
    number16('Id'),
    number16('Type', 'ComponentType'),
    { name: 'Name', inType: InType.unicodeString },
    { name: 'Description', inType: InType.unicodeString },
  ]),
  propertySchema(30, [{ name: 'Value', inType: InType.uint32 }], 'Property: Component %1, %2 = %3'),
  propertySchema(40, [{ name: 'Value', inType: InType.guid }], 'Property: Component %1, %2 = %3'),
  propertySchema(
    50,
    [{ name: 'Value', inType: InType.uint32, outType: OutType.hexInt32 }],
    'Property: Component %1, %2 = %3',
  ),
  propertySchema(60, [number16('Value', 'NdisMedium')], 'Property: Component %1, %2 = %3'),
  propertySchema(65, [{ ...IPV4_FIELD, name: 'IpAddress' }], 'Property: Component %1, %2 = %3'),
  propertySchema(66, [{ ...IPV6_FIELD, name: 'IpAddress' }], 'Property: Component %1, %2 = %3'),
  propertySchema(
    70,
    [
      { name: 'Size', inType: InType.uint32 },
      { name: 'Value', inType: InType.binary, length: 'Size' },
    ],
    'Property: Component %1, %2 = %4',
  ),
  propertySchema(73, [{ name: 'Value', inType: InType.unicodeString }], 'Property: Component %1, %2 = %3'),
  propertySchema(75, [number16('EtherType', 'EtherType')], 'Property: Component %1, %2 = %3'),
  schema(80, PktmonKeyword.rundown, 'Drop Counters: Component %1, Packets In %3, Packets Out %6', [
    number16('ComponentId'),
    ...COUNTER_FIELDS,
  ]),
  schema(90, PktmonKeyword.rundown, 'Flow Counters: Component %1, Edge %2, Edge Id %3', [
    number16('ComponentId'),
    { name: 'EdgeName', inType: InType.unicodeString },
    number16('EdgeId'),
    ...COUNTER_FIELDS,
  ]),
  schema(100, PktmonKeyword.rundown, 'Packet Filter %1, Name %2', filterFields(IPV4_FIELD)),
  schema(110, PktmonKeyword.rundown, 'Packet Filter %1, Name %2', filterFields(IPV6_FIELD)),
];
