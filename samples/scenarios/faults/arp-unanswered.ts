import { arp } from '../../packets/index.js';
import { ETHERNET_MAC, HOST_IP, ROUTER_MAC } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing } from './traffic.js';

const ours = { from: ETHERNET_MAC, to: 'ff:ff:ff:ff:ff:ff' };
const request = (from: string, to: string): Uint8Array => arp('request', ours, { from, to });

/** A neighbor that does not answer. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [n, ms] of [100, 1100, 2100].entries())
    host.frame(`ask ${n + 1}`, { ms }, 'Tx', request(HOST_IP, '10.0.0.77'));
  lastPing(host, 6000);
  return {
    scenario: host.finish('arp-unanswered'),
    findings: { 'arp-unanswered': ['ask 1', 'ask 2', 'ask 3'] },
  };
}

/** The neighbor answers; a probe, an announcement, and requests of another host need no answer here. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  for (const ms of [100, 1100]) host.frame(`probe ${ms}`, { ms }, 'Tx', request('0.0.0.0', HOST_IP));
  host.frame('announcement', { ms: 2100 }, 'Tx', request(HOST_IP, HOST_IP));
  const foreign = { from: '00:50:56:01:02:03', to: 'ff:ff:ff:ff:ff:ff' };
  for (const ms of [200, 1200, 2200])
    host.frame(
      `foreign ${ms}`,
      { ms },
      'Rx',
      arp('request', foreign, { from: '10.0.0.50', to: '10.0.0.51' }),
    );
  host.frame('ask', { ms: 3000 }, 'Tx', request(HOST_IP, '10.0.0.77'));
  const back = { from: ROUTER_MAC, to: ETHERNET_MAC };
  host.frame('answer', { ms: 3001 }, 'Rx', arp('reply', back, { from: '10.0.0.77', to: HOST_IP }));
  lastPing(host, 9000);
  return { scenario: host.finish('arp-unanswered-healthy'), findings: {} };
}

export const arpUnanswered: Fault = { id: 'arp-unanswered', faulty, healthy };
