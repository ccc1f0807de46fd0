import { overIpv4, udp } from '../../packets/index.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';

/** A packet between two other hosts that this host receives; the TTL shows how often it was forwarded. */
const packet = (ttl: number, id: number): Uint8Array =>
  overIpv4({ from: '10.0.0.50', to: '203.0.113.9' }, udp([40_000, 5000], new Uint8Array(30)), { id, ttl });

/** One packet returns with a smaller TTL each time. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (let n = 0; n < 5; n++) host.receive(`pass ${n}`, { ms: 100 + 20 * n }, packet(64 - 2 * n, 0x1111));
  return {
    scenario: host.finish('path-loop'),
    findings: { 'path-loop': [0, 1, 2, 3, 4].map((n) => `pass ${n}`) },
  };
}

/** Five packets, of which two have the same identification and a larger TTL. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  for (let n = 0; n < 5; n++) host.receive(`packet ${n}`, { ms: 100 + 20 * n }, packet(64, 0x2222 + n));
  return { scenario: host.finish('path-loop-healthy'), findings: {} };
}

export const pathLoop: Fault = { id: 'path-loop', faulty, healthy };
