import { dnsAnswer, dnsQuery } from '../../packets/index.js';
import { HOST_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing, udpPacket } from './traffic.js';

const SERVER = '10.0.0.53';
const SERVFAIL = 2;
const NXDOMAIN = 3;

/** A response without records: the query with the response bit and a code. */
function failure(id: number, name: string, code: number): Uint8Array {
  const bytes = dnsQuery(id, name);
  bytes[2] = 0x81;
  bytes[3] = 0x80 | code;
  return bytes;
}

function ask(host: FaultHost, name: string, id: number, ms: number, response: Uint8Array): void {
  const ports = [55_000 + id, 53] as const;
  host.send(`query ${name}`, { ms }, udpPacket(HOST_IP, SERVER, ports, dnsQuery(id, name), 0x100 + id));
  host.receive(
    `answer ${name}`,
    { ms: ms + 3 },
    udpPacket(SERVER, HOST_IP, [53, ports[0]], response, 0x300 + id),
  );
}

/** One name that does not exist, one that the server cannot resolve. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  ask(host, 'missing.example.com', 1, 100, failure(1, 'missing.example.com', NXDOMAIN));
  ask(host, 'broken.example.com', 2, 200, failure(2, 'broken.example.com', SERVFAIL));
  lastPing(host, 9000);
  return {
    scenario: host.finish('dns-failed'),
    findings: { 'dns-failed': ['answer missing.example.com', 'answer broken.example.com'] },
  };
}

/** Names that exist, and one without records of the type. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  ask(host, 'web.example.com', 1, 100, dnsAnswer(1, 'web.example.com', '192.0.2.80'));
  ask(host, 'v4only.example.com', 2, 200, failure(2, 'v4only.example.com', 0));
  lastPing(host, 9000);
  return { scenario: host.finish('dns-failed-healthy'), findings: {} };
}

export const dnsFailed: Fault = { id: 'dns-failed', faulty, healthy };
