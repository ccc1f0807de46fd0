import { concat } from '../../encoder/index.js';
import { overIpv4, WireWriter } from '../../packets/index.js';
import { HOST_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing, udpPacket } from './traffic.js';

const ROUTER = '10.0.0.1';
const TARGET = '198.51.100.9';

/** Destination unreachable (RFC 792) about a packet. */
function unreachable(from: string, to: string, code: number, about: Uint8Array, id: number): Uint8Array {
  const header = new WireWriter().u8(3).u8(code).u16(0).u32(0).take();
  const bytes = concat([header, about.subarray(0, 28)]);
  return overIpv4({ from, to }, { protocol: 1, bytes, checksumAt: 2, pseudoHeader: false }, { id });
}

/** The router has no route to the host. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const n of [1, 2]) {
    const packet = udpPacket(HOST_IP, TARGET, [50_100, 9999], new Uint8Array(20), 0x40 + n);
    host.send(`packet ${n}`, { ms: 100 * n }, packet);
    host.receive(`error ${n}`, { ms: 100 * n + 5 }, unreachable(ROUTER, HOST_IP, 1, packet, 0x60 + n));
  }
  lastPing(host, 6000);
  return {
    scenario: host.finish('icmp-unreachable'),
    findings: { 'icmp-unreachable': ['error 1', 'error 2'] },
  };
}

/** This host reports a late answer; another host has no NetBIOS. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  const late = udpPacket('10.0.0.53', HOST_IP, [53, 50_200], new Uint8Array(20), 0x40);
  host.receive('late answer', { ms: 100 }, late);
  host.send('port unreachable', { ms: 101 }, unreachable(HOST_IP, '10.0.0.53', 3, late, 0x60));
  const names = udpPacket(HOST_IP, '10.0.0.60', [137, 137], new Uint8Array(50), 0x41);
  host.send('names', { ms: 200 }, names);
  host.receive('no names', { ms: 201 }, unreachable('10.0.0.60', HOST_IP, 3, names, 0x61));
  lastPing(host, 6000);
  return { scenario: host.finish('icmp-unreachable-healthy'), findings: {} };
}

export const icmpUnreachable: Fault = { id: 'icmp-unreachable', faulty, healthy };
