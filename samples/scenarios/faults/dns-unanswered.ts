import { dnsAnswer, dnsQuery } from '../../packets/index.js';
import { HOST_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing, udpPacket } from './traffic.js';

const SILENT = '10.0.0.53';
const SERVER = '10.0.0.54';

const query = (server: string, id: number, name: string, ipId: number): Uint8Array =>
  udpPacket(HOST_IP, server, [55_000 + id, 53], dnsQuery(id, name), ipId);
const answer = (server: string, id: number, name: string, ipId: number): Uint8Array =>
  udpPacket(server, HOST_IP, [53, 55_000 + id], dnsAnswer(id, name, '192.0.2.80'), ipId);

/** One server does not answer, another does. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [n, ms] of [100, 1100, 3100].entries())
    host.send(`query ${n + 1}`, { ms }, query(SILENT, 7, 'db.example', 0x100 + n));
  host.send('other query', { ms: 4000 }, query(SERVER, 8, 'db.example', 0x200));
  host.receive('other answer', { ms: 4003 }, answer(SERVER, 8, 'db.example', 0x300));
  lastPing(host, 9000);
  return {
    scenario: host.finish('dns-unanswered'),
    findings: { 'dns-unanswered': ['query 1', 'query 2', 'query 3'] },
  };
}

/** All answer; multicast DNS and LLMNR have no server that must; the last query comes just before the end. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [server, id] of [
    [SILENT, 7],
    [SERVER, 8],
  ] as const) {
    host.send(`query ${id}`, { ms: 100 * id }, query(server, id, 'db.example', 0x100 + id));
    host.receive(`answer ${id}`, { ms: 100 * id + 4 }, answer(server, id, 'db.example', 0x300 + id));
  }
  const llmnr = udpPacket(HOST_IP, '224.0.0.252', [56_000, 5355], dnsQuery(1, 'printer'), 0x400);
  for (const ms of [2000, 2400]) host.send(`LLMNR ${ms}`, { ms }, llmnr);
  lastPing(host, 9000);
  host.send('last query', { ms: 9100 }, query(SERVER, 9, 'late.example', 0x500));
  return { scenario: host.finish('dns-unanswered-healthy'), findings: {} };
}

export const dnsUnanswered: Fault = { id: 'dns-unanswered', faulty, healthy };
