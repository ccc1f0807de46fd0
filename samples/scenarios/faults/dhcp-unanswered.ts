import { Dhcp, fromClient, fromServer } from './dhcp.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing } from './traffic.js';

/** No server answers. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost({ packetSize: 0x600 });
  for (const [n, ms] of [100, 4100, 12_100].entries())
    host.send(`discover ${n + 1}`, { ms }, fromClient(Dhcp.discover, 0x1234_5678, 0x10 + n));
  lastPing(host, 14_000);
  return {
    scenario: host.finish('dhcp-unanswered'),
    findings: { 'dhcp-unanswered': ['discover 1', 'discover 2', 'discover 3'] },
  };
}

/** A lease; a DHCPINFORM without an answer, and a request of another host. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost({ packetSize: 0x600 });
  host.send('discover', { ms: 100 }, fromClient(Dhcp.discover, 0x1234_5678, 0x10));
  host.receive('offer', { ms: 110 }, fromServer(Dhcp.offer, 0x1234_5678, 0x20));
  host.send('request', { ms: 120 }, fromClient(Dhcp.request, 0x1234_5678, 0x11));
  host.receive('acknowledge', { ms: 130 }, fromServer(Dhcp.acknowledge, 0x1234_5678, 0x21));
  host.send('inform', { ms: 200 }, fromClient(Dhcp.inform, 0x2222_0001, 0x12));
  const foreign = '00:50:56:01:02:03';
  for (const [n, ms] of [300, 4300].entries())
    host.receive(`foreign ${n + 1}`, { ms }, fromClient(Dhcp.discover, 0x3333_0001, 0x30 + n, foreign));
  lastPing(host, 14_000);
  return { scenario: host.finish('dhcp-unanswered-healthy'), findings: {} };
}

export const dhcpUnanswered: Fault = { id: 'dhcp-unanswered', faulty, healthy };
