import {
  ByteWriter,
  concat,
  type EmbeddedMap,
  type EmbeddedSchema,
  eventMapRecord,
  eventSchemaRecord,
  TraceClock,
  unixTime,
} from '../encoder/index.js';
import {
  arp,
  EtherType,
  ethernet,
  ipv4,
  ipv6,
  mac,
  overIpv4,
  overIpv6,
  padded,
  ping,
  ping6,
  TcpFlag,
  tcp,
  text,
  udp,
  WifiControl,
  wifiData,
} from '../packets/index.js';
import { WINDOWS_11 } from './host.js';
import {
  COMPONENT_MAPS,
  ComponentType,
  component,
  DirTag,
  type DirWord,
  DROP_REASONS,
  dropCounters,
  edgeCounters,
  type NblInfo,
  nblInformation,
  PAYLOAD_SCHEMAS,
  type PacketHeader,
  PacketType,
  PKTMON,
  PKTMON_MAPS,
  PktmonKeyword,
  Property,
  PropertyEvent,
  packetFilter,
  packetPayload,
  property,
  RUNDOWN_SCHEMAS,
} from './pktmon-events.js';
import { Random } from './random.js';
import { Recorder } from './recorder.js';
import type { Scenario, TruthDirection, TruthLinkType } from './truth.js';

const START = unixTime('2025-03-11T14:05:33.1234567Z');
const SCHEMA_CLASS = 'bbccf6c1-6cd1-48c4-80ff-839482e37671';
/** The process that stops the capture writes the rundown. */
const PKTMON_EXE = { pid: 10_252, tid: 7_880 };

interface PropertyRow {
  readonly event: number;
  readonly type: number;
  readonly value: ByteWriter;
}

export const numberProperty = (type: number, value: number): PropertyRow => ({
  event: PropertyEvent.number,
  type,
  value: new ByteWriter().u32(value),
});
export const ipProperty = (address: string): PropertyRow => ({
  event: PropertyEvent.ipv4,
  type: Property.ipAddress,
  value: new ByteWriter().bytes(ipv4(address)),
});
const switchName = (name: string): PropertyRow => ({
  event: PropertyEvent.text,
  type: Property.vmSwitchName,
  value: new ByteWriter().utf16z(name),
});
export const macProperty = (address: string): PropertyRow => ({
  event: PropertyEvent.bytes,
  type: Property.physAddress,
  value: new ByteWriter().u32(6).bytes(mac(address)),
});
const etherTypeProperty = (etherType: number): PropertyRow => ({
  event: PropertyEvent.etherType,
  type: Property.etherType,
  value: new ByteWriter().u16(etherType),
});
const mediumProperty = (medium: number): PropertyRow => ({
  event: PropertyEvent.medium,
  type: Property.ndisMedium,
  value: new ByteWriter().u16(medium),
});
const guidProperty = (guid: string): PropertyRow => ({
  event: PropertyEvent.guid,
  type: Property.ifGuid,
  value: new ByteWriter().guid(guid),
});

export interface Component {
  readonly id: number;
  readonly type: number;
  readonly name: string;
  readonly description: string;
  /** Names of its edges by id. */
  readonly edges: Readonly<Record<number, string>>;
  /** Its own property, or that of its interface's IP interface. */
  readonly compartment?: number;
  readonly properties: readonly PropertyRow[];
}

export const ETHERNET_MAC = '00:22:48:7b:b3:80';
export const ROUTER_MAC = '00:1b:21:3a:4f:50';
const WIFI_MAC = '3c:a9:f4:12:34:56';
const ACCESS_POINT = '74:ac:b9:aa:bb:cc';
export const CONTAINER_IP = '172.16.0.10';
export const HOST_IP = '10.0.0.4';
export const SERVER_IP = '192.0.2.80';
const UPPER = { 1: 'Upper' } as const;
const LOWER = { 1: 'Lower' } as const;
const BOTH = { 1: 'Upper', 2: 'Lower' } as const;

export const MINIPORT: Component = {
  id: 3,
  type: ComponentType.miniport,
  name: 'e1dn.sys',
  description: 'Intel(R) Ethernet Connection (17) I219-LM',
  edges: UPPER,
  compartment: 1,
  properties: [
    macProperty(ETHERNET_MAC),
    mediumProperty(0),
    guidProperty('a52a0b03-325d-414c-8c3e-f211f325aa3c'),
    numberProperty(Property.ifIndex, 8),
    numberProperty(Property.ndisObject, 1),
  ],
};
export const PACER: Component = {
  id: 9,
  type: ComponentType.filter,
  name: 'pacer.sys',
  description: 'QoS Packet Scheduler',
  edges: BOTH,
  compartment: 1,
  properties: [
    numberProperty(Property.optDataPath, 1),
    numberProperty(Property.lowerIfIndex, 8),
    numberProperty(Property.miniportIfIndex, 8),
    numberProperty(Property.ifIndex, 20),
    numberProperty(Property.ndisObject, 1),
  ],
};
export const TCPIP: Component = {
  id: 25,
  type: ComponentType.protocol,
  name: 'tcpip.sys',
  description: 'TCPIP',
  edges: LOWER,
  compartment: 1,
  properties: [
    etherTypeProperty(EtherType.arp),
    etherTypeProperty(EtherType.ipv4),
    numberProperty(Property.miniportIfIndex, 8),
    numberProperty(Property.ndisObject, 1),
  ],
};
export const HOST_INTERFACE: Component = {
  id: 31,
  type: ComponentType.ipInterface,
  name: 'tcpip.sys',
  description: 'TCP/IPv4 - L3/L4',
  edges: {},
  compartment: 1,
  properties: [
    ipProperty(HOST_IP),
    numberProperty(Property.compartmentId, 1),
    numberProperty(Property.ipIfIndex, 8),
  ],
};
export const HOST_INTERFACE_6: Component = {
  id: 34,
  type: ComponentType.ipInterface,
  name: 'tcpip.sys',
  description: 'TCP/IPv6 - L3/L4',
  edges: {},
  compartment: 1,
  properties: [
    {
      event: PropertyEvent.ipv6,
      type: Property.ipAddress,
      value: new ByteWriter().bytes(ipv6('2001:db8::4')),
    },
    numberProperty(Property.compartmentId, 1),
    numberProperty(Property.ipIfIndex, 8),
  ],
};
export const SWITCH_MINIPORT: Component = {
  id: 50,
  type: ComponentType.vmsMiniport,
  name: 'vmswitch.sys',
  description: 'Hyper-V Virtual Ethernet Adapter',
  edges: UPPER,
  properties: [
    switchName('nat'),
    macProperty('00:15:5d:3c:90:01'),
    mediumProperty(0),
    numberProperty(Property.ifIndex, 21),
    numberProperty(Property.vmsExtIfIndex, 22),
    // A value that this build has and the documentation has not.
    { event: PropertyEvent.hex, type: 18, value: new ByteWriter().u32(0xc0de_0001) },
  ],
};
export const vmNic = (id: number, name: string, vlan: number, vsid: number, address: string): Component => ({
  id,
  type: ComponentType.vmsVmNic,
  name: 'vmswitch.sys',
  description: name,
  edges: { 1: 'VM NIC' },
  properties: [
    switchName('nat'),
    macProperty(address),
    numberProperty(Property.vlan, vlan),
    numberProperty(Property.vsid, vsid),
  ],
});
export const NIC_A = vmNic(61, 'Container A', 101, 5001, '00:15:5d:3c:90:0a');
export const NIC_B = vmNic(62, 'Container B', 102, 5002, '00:15:5d:3c:90:0b');
const containerInterface = (id: number, compartment: number): Component => ({
  id,
  type: ComponentType.ipInterface,
  name: 'tcpip.sys',
  description: 'TCP/IPv4 - L3/L4',
  edges: {},
  compartment,
  properties: [
    ipProperty(CONTAINER_IP),
    numberProperty(Property.compartmentId, compartment),
    numberProperty(Property.ipIfIndex, 20 + compartment),
  ],
});
export const INTERFACE_A = containerInterface(71, 2);
export const INTERFACE_B = containerInterface(72, 3);
const WIFI_MINIPORT: Component = {
  id: 80,
  type: ComponentType.miniport,
  name: 'Netwtw14.sys',
  description: 'Intel(R) Wi-Fi 6E AX211 160MHz',
  edges: UPPER,
  properties: [
    macProperty(WIFI_MAC),
    mediumProperty(16),
    guidProperty('5d1c1b0e-3f0a-4f6e-9c3a-3ca9f4123456'),
    numberProperty(Property.ifIndex, 12),
    numberProperty(Property.ndisObject, 1),
  ],
};
const NATIVE_WIFI: Component = {
  id: 81,
  type: ComponentType.filter,
  name: 'nwifi.sys',
  description: 'Native WiFi Filter Driver',
  edges: BOTH,
  properties: [
    numberProperty(Property.miniportIfIndex, 12),
    numberProperty(Property.ifIndex, 13),
    numberProperty(Property.ndisObject, 1),
  ],
};
/** In the order of the rundown, top of the stack first. */
const COMPONENTS = [
  INTERFACE_B,
  INTERFACE_A,
  NIC_B,
  NIC_A,
  SWITCH_MINIPORT,
  HOST_INTERFACE_6,
  HOST_INTERFACE,
  TCPIP,
  PACER,
  MINIPORT,
  NATIVE_WIFI,
  WIFI_MINIPORT,
];

const FILTERS = [
  { id: 1, name: 'ping and web', ip1: new Uint8Array(4), etherType: EtherType.ipv4 },
  { id: 2, name: 'v6', ip1: ipv6('2001:db8::80'), etherType: EtherType.ipv6, protocol: 58 },
] as const;

/** A location on a packet's path, and the packet's form there. */
export interface HopLocation {
  readonly component: Component;
  readonly edge: number;
  readonly dir: DirWord;
  readonly packetType?: number;
  readonly bytes: Uint8Array;
  /** The bytes that a conversion writes, if they differ from the event's. */
  readonly written?: Uint8Array;
  readonly linkType?: TruthLinkType;
  readonly info?: NblInfo;
  readonly infoFirst?: boolean;
  readonly drop?: { readonly reason: number; readonly location: number };
  readonly extraComment?: Readonly<Record<string, string>>;
}

export interface Journey {
  /** Of the packet, for the truth; by default its numbers. */
  readonly name?: string;
  /** Units of 100 ns between stations; by default 37. */
  readonly spacing?: bigint;
  readonly at: bigint;
  readonly processor: number;
  readonly filterId?: number;
  readonly number?: number;
  readonly hopLocations: readonly HopLocation[];
  readonly pid?: number;
  readonly tid?: number;
}

/** `pktmon start --pkt-size`, whose default is 128. */
const PACKET_SIZE = 128;

const DIRECTIONS: Readonly<Record<DirWord, TruthDirection>> = {
  None: 'unknown',
  In: 'inbound',
  Out: 'outbound',
  Rx: 'inbound',
  Tx: 'outbound',
  Ingress: 'inbound',
  Egress: 'outbound',
};
const LINK_TYPES: Readonly<Record<number, TruthLinkType>> = {
  [PacketType.ethernet]: 1,
  [PacketType.wifi]: 105,
  [PacketType.ip]: 101,
};
const DROP_TEXTS = new Map(DROP_REASONS);

export interface PktmonHostOptions {
  readonly start: bigint;
  /** In the order of the rundown. */
  readonly components: readonly Component[];
  /**
   * `joined`: all appearances of a packet have one PktGroupId and are counted. `each`: as in Windows 11 24H2 (26100)
   * and later, every appearance has a different PktGroupId (processor << 48 and a counter) and AppearanceCount is 0.
   */
  readonly numbering: 'joined' | 'each';
  /** The user set two filters. */
  readonly hasFilters?: boolean;
  /** Bytes kept of each packet; by default 128. */
  readonly packetSize?: number;
}

export class PktmonHost {
  readonly recorder: Recorder;
  readonly #options: PktmonHostOptions;
  #groups = 0x10_5a26n;
  readonly #counters = new Map<number, bigint>();
  readonly #edges = new Map<string, { packets: bigint; bytes: bigint }>();
  readonly #drops = new Map<number, { packets: bigint; bytes: bigint }>();

  constructor(options: PktmonHostOptions) {
    this.#options = options;
    this.recorder = new Recorder(new TraceClock({ type: 'qpc', start: options.start }));
  }

  /** One packet at all its stations, a few microseconds apart. */
  packet(journey: Journey): void {
    this.list([journey]);
  }

  /** Packets of one list of NBLs: they pass the hop locations together, 0.6 µs apart. */
  list(journeys: readonly Journey[]): void {
    const joined = journeys.map(({ processor }) => {
      const groupId = (BigInt(processor) << 48n) | this.#groups;
      this.#groups += 1n;
      return groupId;
    });
    const most = Math.max(...journeys.map(({ hopLocations }) => hopLocations.length));
    for (let index = 0; index < most; index++) {
      journeys.forEach((journey, position) => {
        this.#hopLocation(journey, index, position, joined[position] ?? 0n);
      });
    }
  }

  /** PktGroupId of an appearance. */
  #groupId(processor: number, joined: bigint): bigint {
    if (this.#options.numbering === 'joined') return joined;
    const count = (this.#counters.get(processor) ?? 0n) + 1n;
    this.#counters.set(processor, count);
    return (BigInt(processor) << 48n) | count;
  }

  #hopLocation(journey: Journey, index: number, position: number, joined: bigint): void {
    const hopLocation = journey.hopLocations[index];
    if (hopLocation === undefined) return;
    const number = journey.number ?? 1;
    const path = journey.name ?? `0x${joined.toString(16)}/${number}`;
    const offset = BigInt(index) * (journey.spacing ?? 37n) + BigInt(position) * 6n;
    const at = this.#options.start + journey.at + offset;
    const header: PacketHeader = {
      groupId: this.#groupId(journey.processor, joined),
      number,
      appearance: this.#options.numbering === 'joined' ? index + 1 : 0,
      dirTag: DirTag[hopLocation.dir],
      packetType: hopLocation.packetType ?? PacketType.ethernet,
      componentId: hopLocation.component.id,
      edgeId: hopLocation.edge,
      filterId: journey.filterId ?? 0,
      dropReason: hopLocation.drop?.reason ?? 0,
      dropLocation: hopLocation.drop?.location ?? 0,
    };
    if (hopLocation.info !== undefined && hopLocation.infoFirst === true)
      this.#information(at - 3n, journey, header, hopLocation.info);
    this.#payload(at, journey, header, hopLocation, path);
    if (hopLocation.info !== undefined && hopLocation.infoFirst !== true)
      this.#information(at + 3n, journey, header, hopLocation.info);
    this.#count(hopLocation);
    const { id } = hopLocation.component;
    this.recorder.passed(
      path,
      hopLocation.drop === undefined ? `${id}:${hopLocation.edge}` : `${id}:${hopLocation.edge} dropped`,
    );
  }

  #payload(
    at: bigint,
    journey: Journey,
    header: PacketHeader,
    hopLocation: HopLocation,
    packet: string,
  ): void {
    const { component: place, drop, info } = hopLocation;
    const { packetSize = PACKET_SIZE } = this.#options;
    const logged = hopLocation.bytes.subarray(0, packetSize);
    this.recorder.event(
      { at, processor: journey.processor, pid: journey.pid ?? 0, tid: journey.tid ?? 0 },
      {
        provider: PKTMON,
        id: drop === undefined ? 160 : 170,
        level: 4,
        keyword: PktmonKeyword.payload,
        kernelTime: 1467,
        userTime: 7537,
        data: packetPayload(header, hopLocation.bytes.length, logged),
      },
      {
        bytes: (hopLocation.written ?? hopLocation.bytes).subarray(0, packetSize),
        originalLength: hopLocation.bytes.length,
        packet,
        direction: DIRECTIONS[hopLocation.dir],
        linkType: hopLocation.linkType ?? LINK_TYPES[header.packetType] ?? 1,
        captureLocation: {
          source: 'pktmon',
          componentId: place.id,
          edgeId: header.edgeId,
          ...(header.filterId === 0 ? {} : { filterId: header.filterId }),
        },
        comment: {
          ...(hopLocation.dir === 'None' ? {} : { Dir: hopLocation.dir }),
          NBL: `0x${header.groupId.toString(16)}`,
          PktNumber: `${header.number}`,
          Appearance: `${header.appearance}`,
          Component: place.name,
          ComponentId: `${place.id}`,
          Edge: `${hopLocation.edge}`,
          ...(header.filterId === 0 ? {} : { Filter: `${header.filterId}` }),
          ...(info?.vlanId === undefined ? {} : { VlanId: `${info.vlanId}` }),
          ...(info?.vsid === undefined ? {} : { VSID: `${info.vsid}` }),
          ...(place.compartment === undefined ? {} : { Compartment: `${place.compartment}` }),
          ...(info?.switchSourcePortId === undefined ? {} : { SrcPortId: `${info.switchSourcePortId}` }),
          ...(info?.hashValue === undefined
            ? {}
            : { HashValue: info.hashValue.toString(16).padStart(8, '0') }),
          ...(drop === undefined
            ? {}
            : {
                Drop: DROP_TEXTS.get(drop.reason) ?? '',
                DropReason: `${drop.reason}`,
                DropLocation: `0x${drop.location.toString(16)}`,
              }),
          ...hopLocation.extraComment,
        },
        ...(drop === undefined ? {} : { dropped: true }),
      },
    );
  }

  #information(at: bigint, journey: Journey, header: PacketHeader, info: NblInfo): void {
    this.recorder.event(
      { at, processor: journey.processor, pid: journey.pid ?? 0, tid: journey.tid ?? 0 },
      {
        provider: PKTMON,
        id: header.dropReason === 0 ? 180 : 190,
        level: 4,
        keyword: PktmonKeyword.nblInfo,
        data: nblInformation(header, info),
      },
    );
  }

  #count(hopLocation: HopLocation): void {
    const size = BigInt(hopLocation.bytes.length);
    const add = (
      counter: { packets: bigint; bytes: bigint } | undefined,
    ): { packets: bigint; bytes: bigint } => ({
      packets: (counter?.packets ?? 0n) + 1n,
      bytes: (counter?.bytes ?? 0n) + size,
    });
    const { id } = hopLocation.component;
    const outward = DIRECTIONS[hopLocation.dir] === 'outbound' ? 'out' : 'in';
    if (hopLocation.drop === undefined) {
      const key = `${id}:${hopLocation.edge}:${outward}`;
      this.#edges.set(key, add(this.#edges.get(key)));
    } else {
      this.#drops.set(id, add(this.#drops.get(id)));
    }
  }

  /** The records of `pktmon stop`: components with properties and counters, filters. */
  rundown(at: bigint): void {
    let tick = 0n;
    const write = (id: number, data: Uint8Array): void => {
      tick += 4n;
      this.recorder.event(
        { at: at + tick, processor: 2, ...PKTMON_EXE },
        { provider: PKTMON, id, level: 4, keyword: PktmonKeyword.rundown, userTime: 1, data },
      );
    };
    const none = { packets: 0n, bytes: 0n };
    for (const entry of this.#options.components) {
      write(20, component(entry.id, entry.type, entry.name, entry.description));
      for (const row of entry.properties) write(row.event, property(entry.id, row.type, row.value));
      const drops = this.#drops.get(entry.id) ?? none;
      write(
        80,
        dropCounters(entry.id, {
          dirIn: DirTag.Rx,
          packetsIn: drops.packets,
          bytesIn: drops.bytes,
          dirOut: DirTag.Tx,
          packetsOut: 0n,
          bytesOut: 0n,
        }),
      );
      for (const [edgeId, name] of Object.entries(entry.edges)) {
        const inward = this.#edges.get(`${entry.id}:${edgeId}:in`) ?? none;
        const outward = this.#edges.get(`${entry.id}:${edgeId}:out`) ?? none;
        write(
          90,
          edgeCounters(entry.id, name, Number(edgeId), {
            dirIn: DirTag.Rx,
            packetsIn: inward.packets,
            bytesIn: inward.bytes,
            dirOut: DirTag.Tx,
            packetsOut: outward.packets,
            bytesOut: outward.bytes,
          }),
        );
      }
    }
    if (!this.#options.hasFilters) return;
    write(100, packetFilter(FILTERS[0]));
    write(110, packetFilter(FILTERS[1]));
  }

  schemas(at: bigint, schemas: readonly EmbeddedSchema[], maps: readonly EmbeddedMap[]): void {
    for (const schema of schemas) {
      this.recorder.encodedClassic(at, SCHEMA_CLASS, 32, (time) => eventSchemaRecord(schema, time));
    }
    for (const map of maps) {
      this.recorder.encodedClassic(at, SCHEMA_CLASS, 33, (time) => eventMapRecord(map, time));
    }
  }
}

const outside = { from: ETHERNET_MAC, to: ROUTER_MAC };
const inside = { from: ROUTER_MAC, to: ETHERNET_MAC };

/** The stations from a container's stack to the wire; the address changes at the host's own stack. */
export function containerOut(
  nic: Component,
  ip: Component,
  info: NblInfo,
  macs: { readonly from: string; readonly to: string },
  local: Uint8Array,
  translated: Uint8Array,
): HopLocation[] {
  const frame = ethernet(macs, EtherType.ipv4, local);
  const wire = ethernet(outside, EtherType.ipv4, translated);
  return [
    { component: ip, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes: local },
    { component: nic, edge: 1, dir: 'Ingress', bytes: frame, info },
    { component: SWITCH_MINIPORT, edge: 1, dir: 'Rx', bytes: frame },
    { component: HOST_INTERFACE, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes: translated },
    { component: TCPIP, edge: 1, dir: 'Tx', bytes: wire },
    { component: PACER, edge: 1, dir: 'Tx', bytes: wire },
    { component: PACER, edge: 2, dir: 'Tx', bytes: wire },
    { component: MINIPORT, edge: 1, dir: 'Tx', bytes: wire },
  ];
}

/** The reverse direction. */
export function containerIn(
  nic: Component,
  ip: Component,
  info: NblInfo,
  macs: { readonly from: string; readonly to: string },
  translated: Uint8Array,
  local: Uint8Array,
): HopLocation[] {
  const frame = ethernet(macs, EtherType.ipv4, local);
  const wire = padded(ethernet(inside, EtherType.ipv4, translated));
  return [
    { component: MINIPORT, edge: 1, dir: 'Rx', bytes: wire },
    { component: PACER, edge: 2, dir: 'Rx', bytes: wire },
    { component: PACER, edge: 1, dir: 'Rx', bytes: wire },
    { component: TCPIP, edge: 1, dir: 'Rx', bytes: wire },
    { component: SWITCH_MINIPORT, edge: 1, dir: 'Tx', bytes: frame },
    { component: nic, edge: 1, dir: 'Egress', bytes: frame, info, infoFirst: true },
    { component: ip, edge: 0, dir: 'In', packetType: PacketType.ip, bytes: local },
  ];
}

function pings(host: PktmonHost): void {
  const containers = [
    { nic: NIC_A, ip: INTERFACE_A, mac: '00:15:5d:3c:90:0a', vlanId: 101, vsid: 5001, port: 3 },
    { nic: NIC_B, ip: INTERFACE_B, mac: '00:15:5d:3c:90:0b', vlanId: 102, vsid: 5002, port: 4 },
  ];
  for (let sequence = 1; sequence <= 2; sequence++) {
    containers.forEach((container, index) => {
      const { nic, ip, vlanId, vsid, port } = container;
      const identifier = index + 1;
      const packet = (what: 'request' | 'reply', from: string, to: string): Uint8Array =>
        overIpv4({ from, to }, ping(what, sequence, identifier), { id: 0x2000 + sequence });
      const at = BigInt(sequence) * 10_000_000n + BigInt(index) * 17n;
      host.packet({
        at,
        processor: index,
        filterId: 1,
        pid: 3676,
        tid: 5720 + index,
        hopLocations: containerOut(
          nic,
          ip,
          { vlanId, vsid, switchSourcePortId: port },
          { from: container.mac, to: '00:15:5d:3c:90:01' },
          packet('request', CONTAINER_IP, SERVER_IP),
          packet('request', HOST_IP, SERVER_IP),
        ),
      });
      host.packet({
        at: at + 41_003n,
        processor: 3 - index,
        filterId: 1,
        hopLocations: containerIn(
          nic,
          ip,
          { vlanId, vsid, hashValue: 0x0c2f_9a00 + identifier, switchSourcePortId: 2 },
          { from: '00:15:5d:3c:90:01', to: container.mac },
          packet('reply', SERVER_IP, HOST_IP),
          packet('reply', SERVER_IP, CONTAINER_IP),
        ),
      });
    });
  }
}

function drops(host: PktmonHost): void {
  const fromB = { from: '00:15:5d:3c:90:0b', to: '00:15:5d:3c:90:01' };
  const forbidden = overIpv4(
    { from: CONTAINER_IP, to: '172.16.0.1' },
    udp([40_000, 5_000], text('not allowed')),
  );
  const frame = ethernet(fromB, EtherType.ipv4, forbidden);
  // Unauthorized VLAN, at the switch.
  host.packet({
    at: 31_000_000n,
    processor: 1,
    hopLocations: [
      { component: INTERFACE_B, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes: forbidden },
      { component: NIC_B, edge: 1, dir: 'Ingress', bytes: frame },
      {
        component: NIC_B,
        edge: 1,
        dir: 'Ingress',
        bytes: frame,
        drop: { reason: 10, location: 0xe000_200d },
        info: { vlanId: 999 },
      },
    ],
  });
  // A reason that is in the trace's map with quotes, in the host's stack.
  const unreachable = overIpv4(
    { from: SERVER_IP, to: HOST_IP },
    udp([5_300, 5_301], text('nobody listens')),
    { ttl: 52 },
  );
  const wire = ethernet(inside, EtherType.ipv4, unreachable);
  host.packet({
    at: 32_000_000n,
    processor: 2,
    filterId: 1,
    hopLocations: [
      { component: MINIPORT, edge: 1, dir: 'Rx', bytes: wire },
      { component: TCPIP, edge: 1, dir: 'Rx', bytes: wire },
      {
        component: HOST_INTERFACE,
        edge: 0,
        dir: 'In',
        packetType: PacketType.ip,
        bytes: unreachable,
        drop: { reason: 903, location: 0xe000_4151 },
      },
    ],
  });
}

/** A large segment, cut at 128 bytes. */
function longSegment(host: PktmonHost): void {
  const random = new Random(20_250_311);
  const payload = Uint8Array.from({ length: 1400 }, () => random.between(0x20, 0x7e));
  const packet = overIpv4(
    { from: SERVER_IP, to: HOST_IP },
    tcp({
      ports: [443, 50_123],
      sequence: 77_000,
      acknowledgement: 5_000,
      flags: TcpFlag.ack | TcpFlag.psh,
      payload,
    }),
    { ttl: 52 },
  );
  const wire = ethernet(inside, EtherType.ipv4, packet);
  host.packet({
    at: 33_000_000n,
    processor: 3,
    number: 2,
    filterId: 1,
    hopLocations: [
      { component: MINIPORT, edge: 1, dir: 'Rx', bytes: wire },
      { component: TCPIP, edge: 1, dir: 'Rx', bytes: wire },
      { component: HOST_INTERFACE, edge: 0, dir: 'In', packetType: PacketType.ip, bytes: packet },
    ],
  });
}

function wifi(host: PktmonHost): void {
  const macs = { from: WIFI_MAC, to: ROUTER_MAC, bssid: ACCESS_POINT };
  const packet = overIpv4({ from: '192.0.2.17', to: SERVER_IP }, ping('request', 9, 3));
  const clear = wifiData(macs, 'toAccessPoint', EtherType.ipv4, packet, 77);
  const marked = wifiData(macs, 'toAccessPoint', EtherType.ipv4, packet, 77, WifiControl.protected);
  const asEthernet = ethernet({ from: WIFI_MAC, to: ROUTER_MAC }, EtherType.ipv4, packet);
  const wifiType = PacketType.wifi;
  // Protected is set although LLC and SNAP directly follow the header; the filter's lower edge has Ethernet.
  host.packet({
    at: 34_000_000n,
    processor: 0,
    hopLocations: [
      {
        component: NATIVE_WIFI,
        edge: 2,
        dir: 'Tx',
        packetType: wifiType,
        bytes: asEthernet,
        linkType: 1,
        extraComment: { PacketType: 'WiFi' },
      },
      { component: WIFI_MINIPORT, edge: 1, dir: 'Tx', packetType: wifiType, bytes: marked, written: clear },
    ],
  });
  // Really encrypted: CCMP header (packet number 1, key 0) and random bytes.
  const random = new Random(80_211);
  const body = Uint8Array.from({ length: 48 }, () => random.between(0, 255));
  const header = wifiData(
    { from: ROUTER_MAC, to: WIFI_MAC, bssid: ACCESS_POINT },
    'fromAccessPoint',
    EtherType.ipv4,
    new Uint8Array(0),
    1201,
    WifiControl.protected,
  ).subarray(0, 24);
  const encrypted = concat([header, Uint8Array.of(1, 0, 0, 0x20, 0, 0, 0, 0), body]);
  host.packet({
    at: 34_500_000n,
    processor: 0,
    hopLocations: [{ component: WIFI_MINIPORT, edge: 1, dir: 'Rx', packetType: wifiType, bytes: encrypted }],
  });
}

/** IPv6, ARP, and a component without direction. */
function others(host: PktmonHost): void {
  const request = overIpv6({ from: '2001:db8::4', to: '2001:db8::80' }, ping6('request', 1));
  const frame = ethernet(outside, EtherType.ipv6, request);
  host.packet({
    at: 35_000_000n,
    processor: 2,
    filterId: 2,
    hopLocations: [
      { component: HOST_INTERFACE_6, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes: request },
      { component: TCPIP, edge: 1, dir: 'Tx', bytes: frame },
      { component: MINIPORT, edge: 1, dir: 'Tx', bytes: frame },
    ],
  });
  const who = padded(arp('request', inside, { from: '10.0.0.1', to: HOST_IP }));
  host.packet({
    at: 36_000_000n,
    processor: 3,
    hopLocations: [
      { component: MINIPORT, edge: 1, dir: 'Rx', bytes: who },
      { component: PACER, edge: 2, dir: 'None', bytes: who },
      { component: TCPIP, edge: 1, dir: 'Rx', bytes: who },
    ],
  });
}

/**
 * `pktmon start --capture` on a Windows 11 laptop with two containers: every packet at each component on its path, two
 * drops with reason and location, out-of-band data before and after its packet, a segment truncated at 128 bytes,
 * Wi-Fi.
 */
export function pktmonDrops(): Scenario {
  const host = new PktmonHost({
    start: START,
    components: COMPONENTS,
    numbering: 'joined',
    hasFilters: true,
  });
  const { recorder } = host;
  host.schemas(START + 100n, PAYLOAD_SCHEMAS, PKTMON_MAPS);
  pings(host);
  drops(host);
  longSegment(host);
  wifi(host);
  others(host);
  host.rundown(START + 50_000_000n);
  const end = START + 60_000_000n;
  host.schemas(end, RUNDOWN_SCHEMAS, COMPONENT_MAPS);
  recorder.systemConfiguration(end, {
    ...WINDOWS_11,
    interfaces: [
      {
        index: 8,
        guid: 'a52a0b03-325d-414c-8c3e-f211f325aa3c',
        alias: 'Ethernet',
        description: 'Intel(R) Ethernet Connection (17) I219-LM',
        mac: mac(ETHERNET_MAC),
        speed: 1_000_000_000n,
      },
      {
        index: 12,
        guid: '5d1c1b0e-3f0a-4f6e-9c3a-3ca9f4123456',
        alias: 'WLAN „Büro"',
        description: 'Intel(R) Wi-Fi 6E AX211 160MHz',
        mac: mac(WIFI_MAC),
        type: 71,
        medium: 16,
        physicalMedium: 9,
        speed: 1_201_000_000n,
      },
    ],
  });
  const options = {
    form: 'merged',
    end: START + 60_500_000n,
    windows: { major: 10, minor: 0, build: WINDOWS_11.build },
    logFileName: 'C:\\Users\\admin\\PktMon.etl',
    bootTime: unixTime('2025-03-08T06:15:02Z'),
  } as const;
  return recorder.scenario('pktmon-drops', { ...options, bufferSize: 0x4000 }, options);
}
