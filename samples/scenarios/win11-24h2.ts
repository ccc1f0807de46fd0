import { unixTime } from '../encoder/index.js';
import {
  EtherType,
  ethernet,
  mac,
  overIpv4,
  overIpv6,
  ping,
  TcpFlag,
  tcp,
  text,
  udp,
  VXLAN_PORT,
  vxlan,
} from '../packets/index.js';
import { WINDOWS_11_24H2 } from './host.js';
import {
  CONTAINER_IP,
  containerIn,
  containerOut,
  ETHERNET_MAC,
  HOST_INTERFACE,
  HOST_INTERFACE_6,
  HOST_IP,
  type HopLocation,
  INTERFACE_A,
  INTERFACE_B,
  MINIPORT,
  NIC_A,
  NIC_B,
  PACER,
  PktmonHost,
  ROUTER_MAC,
  SERVER_IP,
  SWITCH_MINIPORT,
  TCPIP,
  vmNic,
} from './pktmon-drops.js';
import {
  COMPONENT_MAPS,
  PAYLOAD_SCHEMAS,
  PacketType,
  PKTMON_MAPS,
  RUNDOWN_SCHEMAS,
} from './pktmon-events.js';
import type { Scenario } from './truth.js';

const START = unixTime('2025-06-03T09:12:45.7654321Z');
const MILLISECOND = 10_000n;

const MAC_A = '00:15:5d:3c:90:0a';
const MAC_B = '00:15:5d:3c:90:0b';
const GATEWAY_MAC = '00:15:5d:3c:90:01';
const PEER_IP = '10.0.0.9';
const NIC_C = vmNic(63, 'Container C', 103, 5003, '00:15:5d:3c:90:0c');

/** Where a real trace of this build has such drops, by the numbers of this sample's reasons. */
const DROP_LOCATIONS: Readonly<Record<number, number>> = {
  1: 0xe000_4602,
  8: 0xe000_4600,
  16: 0xe000_4134,
  23: 0xe000_4704,
};

/** Top of the stack first. */
const COMPONENTS = [
  INTERFACE_B,
  INTERFACE_A,
  NIC_C,
  NIC_B,
  NIC_A,
  SWITCH_MINIPORT,
  HOST_INTERFACE_6,
  HOST_INTERFACE,
  TCPIP,
  PACER,
  MINIPORT,
];

const outside = { from: ETHERNET_MAC, to: ROUTER_MAC };
const inside = { from: ROUTER_MAC, to: ETHERNET_MAC };
const toHost = { from: PEER_IP, to: HOST_IP };
const toPeer = { from: HOST_IP, to: PEER_IP };
const received = (ip: Uint8Array): Uint8Array => ethernet(inside, EtherType.ipv4, ip);
const sent = (ip: Uint8Array): Uint8Array => ethernet(outside, EtherType.ipv4, ip);

const up = (bytes: Uint8Array): HopLocation[] => [
  { component: MINIPORT, edge: 1, dir: 'Rx', bytes },
  { component: PACER, edge: 2, dir: 'Rx', bytes },
  { component: PACER, edge: 1, dir: 'Rx', bytes },
  { component: TCPIP, edge: 1, dir: 'Rx', bytes },
];
const down = (bytes: Uint8Array): HopLocation[] =>
  up(bytes)
    .reverse()
    .map((hopLocation) => ({ ...hopLocation, dir: 'Tx' }));

/** 10,000 equal datagrams a second, on three processors. */
function flood(host: PktmonHost): void {
  const datagram = overIpv4(toHost, udp([4_000, 5_000], text('again')), { id: 7, ttl: 64 });
  for (let n = 0; n < 20; n++) {
    const at = 10n * MILLISECOND + BigInt(n) * 1_000n;
    host.packet({ name: `flood ${n}`, at, processor: n % 3, hopLocations: up(received(datagram)) });
  }
}

/** The same segment twice within a millisecond. */
function retransmissions(host: PktmonHost): void {
  for (let n = 0; n < 3; n++) {
    const segment = tcp({
      ports: [50_100, 443],
      sequence: 1_000 + n,
      acknowledgement: 1,
      flags: TcpFlag.ack | TcpFlag.psh,
      payload: text('?'),
    });
    const hopLocations = down(sent(overIpv4(toPeer, segment, { id: 0x300 + n })));
    const at = 30n * MILLISECOND + BigInt(n) * 2n * MILLISECOND;
    host.packet({ name: `segment ${n}`, at, processor: 1, hopLocations });
    host.packet({ name: `segment ${n} again`, at: at + 4_000n, processor: 1, hopLocations });
  }
}

/** The header that the IP interface makes up for its drop records: no identification, no flags, TTL 1, no checksum. */
function rebuilt(ip: Uint8Array): Uint8Array {
  const made = ip.slice();
  made.fill(0, 4, 8);
  made[8] = 1;
  made.fill(0, 10, 12);
  return made;
}

/** The same for IPv6: no flow label, hop limit 1. */
function rebuilt6(ip: Uint8Array): Uint8Array {
  const made = ip.slice();
  made.fill(0, 1, 4);
  made[7] = 1;
  return made;
}

/** A question that no process of the host listens for, over IPv4 and IPv6 in one list: nine and seven drop records. */
function multicastDrops(host: PktmonHost): void {
  const question = udp([5_353, 5_353], text('who is printer.local?'));
  const over4 = overIpv4({ from: PEER_IP, to: '224.0.0.251' }, question, { id: 0xc737, ttl: 255 });
  const over6 = overIpv6({ from: 'fe80::9', to: 'ff02::fb' }, question, 255);
  over6[1] = 0x0c;
  over6[2] = 0x0e;
  const dropped = (
    component: HopLocation['component'],
    bytes: Uint8Array,
    reasons: readonly number[],
  ): HopLocation[] =>
    reasons.map((reason) => ({
      component,
      edge: 0,
      dir: 'Rx',
      packetType: PacketType.ip,
      bytes,
      drop: { reason, location: DROP_LOCATIONS[reason] ?? 0 },
    }));
  host.list([
    {
      name: 'question over IPv4',
      at: 40n * MILLISECOND,
      processor: 0,
      hopLocations: [
        ...up(ethernet({ from: ROUTER_MAC, to: '01:00:5e:00:00:fb' }, EtherType.ipv4, over4)),
        ...dropped(HOST_INTERFACE, rebuilt(over4), [8, 1, 1, 1, 8, 1, 1, 1, 1]),
      ],
    },
    {
      name: 'question over IPv6',
      at: 40n * MILLISECOND,
      processor: 0,
      hopLocations: [
        ...up(ethernet({ from: ROUTER_MAC, to: '33:33:00:00:00:fb' }, EtherType.ipv6, over6)),
        ...dropped(HOST_INTERFACE_6, rebuilt6(over6), [1, 8, 8, 1, 1, 23, 16]),
      ],
    },
  ]);
}

/** A large send that is split below the filter (LSO), and segments that are joined below it (RSC). */
function largeSegments(host: PktmonHost): void {
  const payload = Uint8Array.from({ length: 5_840 }, (_, n) => (n * 31) & 0xff);
  const segment = (ends: typeof toPeer, from: number, length: number): Uint8Array =>
    overIpv4(
      ends,
      tcp({
        ports: [443, 50_200],
        sequence: 90_000 + from,
        acknowledgement: 1,
        flags: TcpFlag.ack,
        payload: payload.subarray(from, from + length),
      }),
      { id: 0x400 + from / 1460 },
    );
  const { recorder } = host;
  let at = 50n * MILLISECOND;
  host.packet({
    name: 'LSO',
    at,
    processor: 2,
    hopLocations: down(sent(segment(toPeer, 0, 5_840))).slice(0, 2),
  });
  for (let from = 0; from < 5_840; from += 1_460) {
    at += 150n;
    const hopLocations = down(sent(segment(toPeer, from, 1_460))).slice(2);
    host.packet({ name: `LSO from ${from}`, at, processor: 2, hopLocations });
    recorder.part(`LSO from ${from}`, 'LSO');
  }
  at = 55n * MILLISECOND;
  for (let from = 0; from < 5_840; from += 1_460) {
    const hopLocations = up(received(segment(toHost, from, 1_460))).slice(0, 2);
    host.packet({ name: `RSC from ${from}`, at, processor: 2, hopLocations });
    recorder.part(`RSC from ${from}`, 'RSC');
    at += 150n;
  }
  host.packet({
    name: 'RSC',
    at,
    processor: 2,
    hopLocations: up(received(segment(toHost, 0, 5_840))).slice(2),
  });
}

/** Pings of two containers with one address, through NAT. */
function translated(host: PktmonHost): void {
  const containers = [
    { name: 'A', nic: NIC_A, ip: INTERFACE_A, address: MAC_A },
    { name: 'B', nic: NIC_B, ip: INTERFACE_B, address: MAC_B },
  ];
  for (let sequence = 1; sequence <= 2; sequence++) {
    containers.forEach(({ address, ip, name, nic }, index) => {
      const packet = (what: 'request' | 'reply', from: string, to: string, port: number, ttl: number) =>
        overIpv4({ from, to }, ping(what, sequence, port), { id: 0x500 + sequence, ttl });
      const at = 60n * MILLISECOND + BigInt(sequence) * 5n * MILLISECOND + BigInt(index) * 17n;
      host.packet({
        name: `ping ${sequence} of ${name}`,
        at,
        processor: index,
        hopLocations: containerOut(
          nic,
          ip,
          {},
          { from: address, to: GATEWAY_MAC },
          packet('request', CONTAINER_IP, SERVER_IP, 1, 128),
          packet('request', HOST_IP, SERVER_IP, 1_000 + index, 127),
        ),
      });
      host.packet({
        name: `reply ${sequence} to ${name}`,
        at: at + 20_000n,
        processor: 3 - index,
        hopLocations: containerIn(
          nic,
          ip,
          {},
          { from: GATEWAY_MAC, to: address },
          packet('reply', SERVER_IP, HOST_IP, 1_000 + index, 52),
          packet('reply', SERVER_IP, CONTAINER_IP, 1, 51),
        ),
      });
    });
  }
}

/** Equal pings in VXLAN: from a container's port to the wire, and back. */
function tunnels(host: PktmonHost): void {
  for (let n = 0; n < 4; n++) {
    const over = (what: 'request' | 'reply', from: string, to: string, macs: typeof outside): Uint8Array =>
      ethernet(macs, EtherType.ipv4, overIpv4({ from, to }, ping(what, 1), { id: 1 }));
    const request = over('request', CONTAINER_IP, '172.16.0.11', { from: MAC_A, to: MAC_B });
    const reply = over('reply', '172.16.0.11', CONTAINER_IP, { from: MAC_B, to: MAC_A });
    const wrap = (ends: typeof toPeer, inner: Uint8Array, id: number): Uint8Array =>
      overIpv4(ends, udp([50_000, VXLAN_PORT], vxlan(5001, inner)), { id });
    const at = 80n * MILLISECOND + BigInt(n) * MILLISECOND;
    host.packet({
      name: `tunnelled request ${n}`,
      at,
      processor: 1,
      hopLocations: [
        { component: NIC_A, edge: 1, dir: 'Ingress', bytes: request },
        { component: MINIPORT, edge: 1, dir: 'Tx', bytes: sent(wrap(toPeer, request, 0x600 + n)) },
      ],
    });
    host.packet({
      name: `tunnelled reply ${n}`,
      at: at + 3_000n,
      processor: 1,
      hopLocations: [
        { component: MINIPORT, edge: 1, dir: 'Rx', bytes: received(wrap(toHost, reply, 0x700 + n)) },
        { component: NIC_A, edge: 1, dir: 'Egress', bytes: reply },
      ],
    });
  }
}

/** A multicast that the switch delivers to three ports. */
function branches(host: PktmonHost): void {
  const hello = overIpv4({ from: PEER_IP, to: '224.0.0.102' }, udp([1_985, 1_985], text('hello')), {
    ttl: 1,
  });
  const bytes = ethernet({ from: ROUTER_MAC, to: '01:00:5e:00:00:66' }, EtherType.ipv4, hello);
  for (let n = 0; n < 3; n++) {
    host.packet({
      name: `hello ${n}`,
      at: 90n * MILLISECOND + BigInt(n) * 1_000n,
      processor: 3,
      hopLocations: [
        { component: MINIPORT, edge: 1, dir: 'Rx', bytes },
        ...[NIC_A, NIC_B, NIC_C].map(
          (component): HopLocation => ({ component, edge: 1, dir: 'Egress', bytes }),
        ),
      ],
    });
  }
}

/**
 * `pktmon start --capture` on Windows 11 24H2: every appearance has a different PktGroupId and AppearanceCount is 0, so
 * that only the content shows which appearances are one packet. Floods and retransmissions of equal bytes, several drop
 * records of one packet with a reconstructed header, large segments, NAT, VXLAN, multicast to three ports.
 */
export function win1124h2(): Scenario {
  const host = new PktmonHost({ start: START, components: COMPONENTS, numbering: 'each' });
  const { recorder } = host;
  host.schemas(START + 100n, PAYLOAD_SCHEMAS, PKTMON_MAPS);
  flood(host);
  retransmissions(host);
  multicastDrops(host);
  largeSegments(host);
  translated(host);
  tunnels(host);
  branches(host);
  host.rundown(START + 200n * MILLISECOND);
  const end = START + 300n * MILLISECOND;
  host.schemas(end, RUNDOWN_SCHEMAS, COMPONENT_MAPS);
  recorder.systemConfiguration(end, {
    ...WINDOWS_11_24H2,
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
  const options = {
    form: 'merged',
    end: START + 310n * MILLISECOND,
    windows: { major: 10, minor: 0, build: WINDOWS_11_24H2.build },
    logFileName: 'C:\\Users\\admin\\PktMon.etl',
    bootTime: unixTime('2025-06-01T06:15:02Z'),
  } as const;
  return recorder.scenario('win11-24h2', { ...options, bufferSize: 0x4000 }, options);
}
