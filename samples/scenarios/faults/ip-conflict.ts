import { arp } from '../../packets/index.js';
import { ETHERNET_MAC } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';

const ADDRESS = '10.0.0.20';
const ALL = 'ff:ff:ff:ff:ff:ff';
const claim = (from: string): Uint8Array =>
  arp('request', { from, to: ALL }, { from: ADDRESS, to: '10.0.0.1' });
const A = '00:50:56:00:00:0a';
const B = '00:50:56:00:00:0b';

/** Two devices of the network claim one address in turn; a third answers the probe of this host for another one. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [n, mac] of [A, B, A, B].entries())
    host.frame(`claim ${n}`, { ms: 100 + 500 * n }, 'Rx', claim(mac));
  const probe = arp('request', { from: ETHERNET_MAC, to: ALL }, { from: '0.0.0.0', to: '10.0.0.30' });
  host.frame('probe', { ms: 3000 }, 'Tx', probe);
  const defence = arp('reply', { from: A, to: ETHERNET_MAC }, { from: '10.0.0.30', to: '0.0.0.0' });
  host.frame('defence', { ms: 3001 }, 'Rx', defence);
  return {
    scenario: host.finish('ip-conflict'),
    findings: { 'ip-conflict': ['claim 0', 'claim 1', 'claim 2', 'claim 3', 'probe', 'defence'] },
  };
}

/** An address moves once, as in a failover; a virtual router has two MAC addresses. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [n, mac] of [A, A, B, B].entries())
    host.frame(`claim ${n}`, { ms: 100 + 500 * n }, 'Rx', claim(mac));
  const virtual = '00:00:0c:07:ac:01';
  const router = (from: string): Uint8Array =>
    arp('request', { from, to: ALL }, { from: '10.0.0.1', to: '10.0.0.9' });
  for (const [n, mac] of [virtual, A, virtual, A].entries())
    host.frame(`router ${n}`, { ms: 3000 + 500 * n }, 'Rx', router(mac));
  return { scenario: host.finish('ip-conflict-healthy'), findings: {} };
}

export const ipConflict: Fault = { id: 'ip-conflict', faulty, healthy };
