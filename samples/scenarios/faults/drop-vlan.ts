import { overIpv4, TcpFlag, text, udp } from '../../packets/index.js';
import { CONTAINER_IP, HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { CONTAINER_B, FaultHost } from './fault-host.js';
import { type Connection, segment, syn } from './traffic.js';

/** Unauthorized VLAN at the port of a virtual NIC. */
const WRONG_VLAN = { reason: 10, location: 0xe000_200d };

const LOCAL: Connection = { client: CONTAINER_IP, server: SERVER_IP, ports: [49_300, 443] };
const TRANSLATED: Connection = { client: HOST_IP, server: SERVER_IP, ports: [2_100, 443] };

const datagram = (): Uint8Array =>
  overIpv4({ from: CONTAINER_IP, to: SERVER_IP }, udp([40_100, 5_000], text('status')), { id: 0x11 });
const translatedDatagram = (): Uint8Array =>
  overIpv4({ from: HOST_IP, to: SERVER_IP }, udp([2_101, 5_000], text('status')), { id: 0x11, ttl: 127 });

/** Container B tags its packets with VLAN 999: a datagram and the SYN of a connection, three times. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  host.dropAtSwitch('datagram', { ms: 10 }, CONTAINER_B, datagram(), WRONG_VLAN, 999);
  for (const [n, ms] of [100, 1100, 3100].entries()) {
    host.dropAtSwitch(`SYN ${n + 1}`, { ms }, CONTAINER_B, syn(LOCAL, 0x20 + n), WRONG_VLAN, 999);
  }
  const syns = ['SYN 1', 'SYN 2', 'SYN 3'];
  return {
    scenario: host.finish('drop-vlan'),
    findings: { 'drop-vlan': ['datagram', ...syns], 'tcp-syn-unanswered': syns },
  };
}

function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  host.sendFromContainer('datagram', { ms: 10 }, CONTAINER_B, datagram(), translatedDatagram());
  const synAck = { sequence: 9000, acknowledgement: 1001, flags: TcpFlag.syn | TcpFlag.ack };
  const ack = { sequence: 1001, acknowledgement: 9001, flags: TcpFlag.ack };
  host.sendFromContainer('SYN', { ms: 100 }, CONTAINER_B, syn(LOCAL, 0x20), syn(TRANSLATED, 0x20));
  host.receiveInContainer(
    'SYN-ACK',
    { ms: 105 },
    CONTAINER_B,
    segment(TRANSLATED, 'server', synAck, 0x900),
    segment(LOCAL, 'server', synAck, 0x900),
  );
  host.sendFromContainer(
    'ACK',
    { ms: 106 },
    CONTAINER_B,
    segment(LOCAL, 'client', ack, 0x21),
    segment(TRANSLATED, 'client', ack, 0x21),
  );
  // The capture continues for longer than the time limit of an answer.
  host.sendFromContainer('datagram 2', { ms: 6000 }, CONTAINER_B, datagram(), translatedDatagram());
  return { scenario: host.finish('drop-vlan-healthy'), findings: {} };
}

export const dropVlan: Fault = { id: 'drop-vlan', faulty, healthy };
