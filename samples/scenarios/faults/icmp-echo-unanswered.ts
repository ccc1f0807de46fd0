import { overIpv4, ping } from '../../packets/index.js';
import { HOST_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing } from './traffic.js';

const SILENT = '192.0.2.99';
const request = (sequence: number): Uint8Array =>
  overIpv4({ from: HOST_IP, to: SILENT }, ping('request', sequence, 5), { id: 0x100 + sequence });
const reply = (sequence: number): Uint8Array =>
  overIpv4({ from: SILENT, to: HOST_IP }, ping('reply', sequence, 5), { id: 0x200 + sequence });

/** No reply to three of four pings. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const n of [1, 2, 3, 4]) {
    host.send(`ping ${n}`, { ms: 1000 * n }, request(n));
    if (n === 2) host.receive('pong 2', { ms: 2003 }, reply(2));
  }
  lastPing(host, 9000);
  return {
    scenario: host.finish('icmp-echo-unanswered'),
    findings: { 'icmp-echo-unanswered': ['ping 1', 'ping 3', 'ping 4'] },
  };
}

/** A reply to each; the last ping comes just before the end. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  for (const n of [1, 2, 3, 4]) {
    host.send(`ping ${n}`, { ms: 1000 * n }, request(n));
    host.receive(`pong ${n}`, { ms: 1000 * n + 3 }, reply(n));
  }
  host.send('last', { ms: 5000 }, request(5));
  return { scenario: host.finish('icmp-echo-unanswered-healthy'), findings: {} };
}

export const icmpEchoUnanswered: Fault = { id: 'icmp-echo-unanswered', faulty, healthy };
