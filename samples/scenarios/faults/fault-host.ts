import { type ByteWriter, type TraceOptions, unixTime } from '../../encoder/index.js';
import { EtherType, ethernet, mac, padded } from '../../packets/index.js';
import { WINDOWS_11 } from '../host.js';
import { NdisHost } from '../ndis-host.js';
import {
  type Component,
  containerIn,
  containerOut,
  ETHERNET_MAC,
  HOST_INTERFACE,
  type HopLocation,
  INTERFACE_A,
  INTERFACE_B,
  MINIPORT,
  NIC_A,
  NIC_B,
  PACER,
  PktmonHost,
  ROUTER_MAC,
  SWITCH_MINIPORT,
  TCPIP,
} from '../pktmon-drops.js';
import {
  COMPONENT_MAPS,
  ComponentType,
  PAYLOAD_SCHEMAS,
  PacketType,
  PKTMON_MAPS,
  RUNDOWN_SCHEMAS,
} from '../pktmon-events.js';
import type { Recorder } from '../recorder.js';
import type { Scenario } from '../truth.js';

const START = unixTime('2025-04-02T10:00:00Z');
const MILLISECOND = 10_000n;
const GATEWAY_MAC = '00:15:5d:3c:90:01';

/** Top of the stack first. */
const COMPONENTS: readonly Component[] = [
  INTERFACE_B,
  INTERFACE_A,
  NIC_B,
  NIC_A,
  SWITCH_MINIPORT,
  HOST_INTERFACE,
  TCPIP,
  PACER,
  MINIPORT,
];

const outside = { from: ETHERNET_MAC, to: ROUTER_MAC };
const inside = { from: ROUTER_MAC, to: ETHERNET_MAC };

/** Container A: compartment 2, VLAN 101. Container B: compartment 3, VLAN 102. Both have 172.16.0.10. */
export interface Container {
  readonly nic: Component;
  readonly ip: Component;
  readonly mac: string;
  readonly vlanId: number;
  readonly vsid: number;
  readonly port: number;
}
export const CONTAINER_A: Container = {
  nic: NIC_A,
  ip: INTERFACE_A,
  mac: '00:15:5d:3c:90:0a',
  vlanId: 101,
  vsid: 5001,
  port: 3,
};
export const CONTAINER_B: Container = {
  nic: NIC_B,
  ip: INTERFACE_B,
  mac: '00:15:5d:3c:90:0b',
  vlanId: 102,
  vsid: 5002,
  port: 4,
};

/** Why and where a packet is dropped: a number of pktmon's reasons and a location (0xE000gxxx). */
export interface DropAt {
  readonly reason: number;
  readonly location: number;
}

/**
 * How the packets of a host were recorded:
 *
 * - `joined`: pktmon, all appearances of a packet have one number
 * - `each`: pktmon of Windows 11 24H2 and later, every appearance has its own number
 * - `adapter`: pktmon at the adapters only (`--comp nics`), numbered as `each`
 * - `ndis`: NDIS-PacketCapture (netsh trace) at the adapters
 * - `ndis-layers`: the same, also above and below a filter driver
 *
 * The last three do not see locations above the adapters, nor drops there.
 */
export type CaptureStyle = 'joined' | 'each' | 'adapter' | 'ndis' | 'ndis-layers';

let defaultStyle: CaptureStyle = 'joined';

/** Makes a trace in another style than `joined`. */
export function inStyle<Result>(style: CaptureStyle, make: () => Result): Result {
  const before = defaultStyle;
  defaultStyle = style;
  try {
    return make();
  } finally {
    defaultStyle = before;
  }
}

/** Time of a packet, in milliseconds since the start of the trace, and its processor. */
export interface When {
  readonly ms: number;
  readonly processor?: number;
  /** Milliseconds between two locations; by default 0.0037. */
  readonly spacing?: number;
}

/**
 * A Windows 11 host with an Ethernet adapter and two containers behind its NAT, recorded by `pktmon start --capture`, with
 * events of other providers between the packets. Packets are named; findings refer to the names.
 */
export class FaultHost {
  readonly #host: PktmonHost;
  readonly #style = defaultStyle;
  readonly #ndis: NdisHost | undefined;
  #last = 0;

  /**
   * @param options packet size: bytes kept of each packet, by default 128; components: further ones, such as a second adapter;
   *   numbering: `each` as from Windows 11 24H2 on
   */
  constructor({
    components = [],
    numbering = defaultStyle === 'joined' ? 'joined' : 'each',
    packetSize,
  }: {
    readonly components?: readonly Component[];
    readonly numbering?: 'joined' | 'each';
    readonly packetSize?: number;
  } = {}) {
    this.#host = new PktmonHost({
      start: START,
      components: [...COMPONENTS, ...components],
      numbering,
      ...(packetSize !== undefined && { packetSize }),
    });
    if (this.#style.startsWith('ndis'))
      this.#ndis = new NdisHost({ type: 'qpc', start: START }, { gft: true });
    else this.#host.schemas(START + 100n, PAYLOAD_SCHEMAS, PKTMON_MAPS);
  }

  get #recorder(): Recorder {
    return this.#ndis?.recorder ?? this.#host.recorder;
  }

  /** An IPv4 packet that the host sends: IP interface, protocol, QoS filter, adapter. */
  send(name: string, when: When, packet: Uint8Array): void {
    this.at(name, when, [
      { component: HOST_INTERFACE, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes: packet },
      ...hostWire(ethernet(outside, EtherType.ipv4, packet), 'Tx'),
    ]);
  }

  /** An IPv4 packet that the host receives and delivers to its stack. */
  receive(name: string, when: When, packet: Uint8Array): void {
    this.at(name, when, [
      ...hostWire(padded(ethernet(inside, EtherType.ipv4, packet)), 'Rx'),
      { component: HOST_INTERFACE, edge: 0, dir: 'In', packetType: PacketType.ip, bytes: packet },
    ]);
  }

  /** A received IPv4 packet that the IP interface drops. */
  receiveDropped(name: string, when: When, packet: Uint8Array, drop: DropAt): void {
    this.at(name, when, [
      ...hostWire(padded(ethernet(inside, EtherType.ipv4, packet)), 'Rx'),
      { component: HOST_INTERFACE, edge: 0, dir: 'In', packetType: PacketType.ip, bytes: packet, drop },
    ]);
  }

  /** A frame, such as ARP, that the host sends or receives: no IP interface. */
  frame(name: string, when: When, direction: 'Tx' | 'Rx', frame: Uint8Array): void {
    this.at(name, when, hostWire(frame, direction));
  }

  /**
   * A packet of a container through the switch and the NAT to the wire.
   *
   * @param local as the container sends it
   * @param translated the same with the host's address
   */
  sendFromContainer(
    name: string,
    when: When,
    container: Container,
    local: Uint8Array,
    translated: Uint8Array,
  ): void {
    this.at(name, when, this.containerHops(container, local, translated));
  }

  /** The hops of {@link sendFromContainer}: IP interface, virtual NIC, switch, then the host's stack to the wire. */
  containerHops(
    { ip, mac: from, nic, port, vlanId, vsid }: Container,
    local: Uint8Array,
    translated: Uint8Array,
  ): HopLocation[] {
    const info = { vlanId, vsid, switchSourcePortId: port };
    return containerOut(nic, ip, info, { from, to: GATEWAY_MAC }, local, translated);
  }

  /** A packet from the wire through the NAT and the switch to a container. */
  receiveInContainer(
    name: string,
    when: When,
    container: Container,
    translated: Uint8Array,
    local: Uint8Array,
  ): void {
    const { ip, nic, vlanId, vsid } = container;
    const info = { vlanId, vsid, switchSourcePortId: 2 };
    this.at(
      name,
      when,
      containerIn(nic, ip, info, { from: GATEWAY_MAC, to: container.mac }, translated, local),
    );
  }

  /** A packet of a container that its port of the switch drops. `vlanId`: from its out-of-band data. */
  dropAtSwitch(
    name: string,
    when: When,
    { ip, mac: from, nic, vlanId: own, vsid }: Container,
    packet: Uint8Array,
    drop: DropAt,
    vlanId = own,
  ): void {
    const bytes = ethernet({ from, to: GATEWAY_MAC }, EtherType.ipv4, packet);
    this.at(name, when, [
      { component: ip, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes: packet },
      { component: nic, edge: 1, dir: 'Ingress', bytes },
      { component: nic, edge: 1, dir: 'Ingress', bytes, drop, info: { vlanId, vsid } },
    ]);
  }

  /** A packet at any locations, 3.7 µs apart. */
  at(name: string, { ms, processor = 1, spacing }: When, hopLocations: readonly HopLocation[]): void {
    this.#note(ms);
    if (this.#ndis !== undefined) {
      this.#atNdis(
        this.#ndis,
        name,
        { ms, processor, ...(spacing !== undefined && { spacing }) },
        hopLocations,
      );
      return;
    }
    this.#host.packet({
      name,
      at: ticks(ms),
      processor,
      hopLocations: this.#style === 'adapter' ? hopLocations.filter(isAtAdapter) : hopLocations,
      pid: 4,
      tid: 64 + processor,
      ...(spacing !== undefined && { spacing: ticks(spacing) }),
    });
  }

  #atNdis(
    ndis: NdisHost,
    name: string,
    { ms, processor = 1, spacing = 0.0037 }: When,
    hopLocations: readonly HopLocation[],
  ): void {
    hopLocations.forEach(({ bytes, component, dir, drop, edge, linkType = 1 }, index) => {
      if (drop !== undefined || linkType !== 1) return;
      const lowerIfIndex = ndisLayerOf(component, edge, this.#style);
      if (lowerIfIndex === undefined) return;
      ndis.packet(
        {
          ids: {
            miniportIfIndex: component.type === ComponentType.miniport ? lowerIfIndex : 8,
            lowerIfIndex,
          },
          media: 'ethernet',
          direction: dir === 'Tx' ? 'send' : 'receive',
          bytes,
          name,
          path: name,
        },
        { at: START + ticks(ms + index * spacing), processor, pid: 4, tid: 64 + processor },
      );
    });
  }

  /** An event of another provider. */
  event(
    { ms, processor = 1 }: When,
    event: {
      readonly provider: string;
      readonly id: number;
      readonly version?: number;
      readonly level?: number;
      readonly pid?: number;
      readonly data: ByteWriter;
    },
  ): void {
    this.#note(ms);
    const { data, pid = 4, ...fields } = event;
    this.#recorder.event(
      { at: START + ticks(ms), processor, pid, tid: pid + 8 },
      { level: 3, channel: 16, keyword: 0x8000_0000_0000_0000n, ...fields, data: data.take() },
    );
  }

  /**
   * The trace, with the records of `pktmon stop` at its end.
   *
   * @param options of the container: losses, a trace that was not closed
   */
  finish(name: string, options: Omit<TraceOptions, 'clock'> = {}): Scenario {
    const end = START + ticks(this.#last) + 10_000_000n;
    if (this.#ndis === undefined) {
      this.#host.rundown(end);
      this.#host.schemas(end + 10_000n, RUNDOWN_SCHEMAS, COMPONENT_MAPS);
    }
    this.#recorder.systemConfiguration(end + 20_000n, {
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
      ],
    });
    const all: Omit<TraceOptions, 'clock'> = {
      form: 'merged',
      end: end + 1_000_000n,
      windows: { major: 10, minor: 0, build: WINDOWS_11.build },
      logFileName: 'C:\\Users\\admin\\PktMon.etl',
      bufferSize: 0x4000,
      ...options,
    };
    return this.#recorder.scenario(name, all, all);
  }

  #note(ms: number): void {
    this.#last = Math.max(this.#last, ms);
  }
}

const ticks = (ms: number): bigint => BigInt(Math.round(ms * Number(MILLISECOND)));

/** The hops between the IP interface and the wire. */
function hostWire(bytes: Uint8Array, dir: 'Tx' | 'Rx'): HopLocation[] {
  const down: HopLocation[] = [
    { component: TCPIP, edge: 1, dir, bytes },
    { component: PACER, edge: 1, dir, bytes },
    { component: PACER, edge: 2, dir, bytes },
    { component: MINIPORT, edge: 1, dir, bytes },
  ];
  return dir === 'Tx' ? down : down.reverse();
}

const isAtAdapter = ({ component: { type } }: HopLocation): boolean => type === ComponentType.miniport;

/** The interface index of an NDIS layer; undefined for other locations. */
function ndisLayerOf({ id, type }: Component, edge: number, style: CaptureStyle): number | undefined {
  if (type === ComponentType.miniport) return id === MINIPORT.id ? 8 : id;
  if (style === 'ndis' || id !== PACER.id) return undefined;
  return edge === 1 ? 21 : 20;
}
