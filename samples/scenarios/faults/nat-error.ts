import { ByteWriter } from '../../encoder/index.js';
import { overIpv4, text, udp } from '../../packets/index.js';
import { CONTAINER_IP, HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { CONTAINER_A, FaultHost } from './fault-host.js';

const WIN_NAT = '66c07ecd-6667-43fc-93f8-05cf07f446ec';
/** WINNATM_PACKET_ACTION_REASON: no route. */
const NO_ROUTE = 13;
const IPV4_HEADER = 20;
const UDP = 17;

const local = (id: number, to = SERVER_IP): Uint8Array =>
  overIpv4({ from: CONTAINER_IP, to }, udp([40_200, 123], text('time?')), { id });
const translated = (id: number): Uint8Array =>
  overIpv4({ from: HOST_IP, to: SERVER_IP }, udp([2_200, 123], text('time?')), { id, ttl: 127 });

/** 1030, WinNatMDroppedIPv4Packet, as manifests of builds 15063 to 28000 lay it out. */
export function natDropped(packet: Uint8Array, reason: number, compartment: number): ByteWriter {
  const transport = packet.subarray(IPV4_HEADER, IPV4_HEADER + 8);
  return new ByteWriter()
    .u32(reason)
    .u32(compartment)
    .u32(21) // ArrivalInterfaceIndex
    .u32(1) // ArrivalNetwork
    .u32(UDP)
    .u32(1) // ForwardCompartmentId
    .u32(8) // ForwardInterfaceIndex
    .u32(packet.length)
    .u32(packet.length) // ContinuousLength
    .u32(IPV4_HEADER)
    .u32(transport.length)
    .u32(0) // ICMPError…
    .u32(0)
    .u32(0)
    .bytes(packet.subarray(0, IPV4_HEADER))
    .bytes(transport);
}

/** Two datagrams that the NAT drops; a third event is about a packet that was not captured. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const n of [1, 2]) {
    const packet = local(0x500 + n);
    const [ip, nic, vSwitch] = host.containerHops(CONTAINER_A, packet, packet);
    host.at(
      `datagram ${n}`,
      { ms: 100 * n },
      [ip, nic, vSwitch].flatMap((hop) => hop ?? []),
    );
    host.event(
      { ms: 100 * n + 0.02 },
      { provider: WIN_NAT, id: 1030, data: natDropped(packet, NO_ROUTE, 2) },
    );
  }
  host.event({ ms: 350 }, { provider: WIN_NAT, id: 1030, data: natDropped(local(0x600), NO_ROUTE, 2) });
  return {
    scenario: host.finish('nat-error'),
    findings: { 'nat-error': ['datagram 1', 'datagram 2'] },
  };
}

/** The same datagrams are translated. A multicast is not translated. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  for (const n of [1, 2]) {
    host.sendFromContainer(
      `datagram ${n}`,
      { ms: 100 * n },
      CONTAINER_A,
      local(0x500 + n),
      translated(0x500 + n),
    );
  }
  host.event(
    { ms: 350 },
    { provider: WIN_NAT, id: 1030, data: natDropped(local(0x600, '224.0.0.251'), NO_ROUTE, 2) },
  );
  return { scenario: host.finish('nat-error-healthy'), findings: {} };
}

export const natError: Fault = { id: 'nat-error', faulty, healthy };
