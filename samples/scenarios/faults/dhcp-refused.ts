import { ETHERNET_MAC } from '../pktmon-drops.js';
import { Dhcp, fromClient, fromServer } from './dhcp.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';

/** The server refuses the address of the last lease; no other packets follow. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost({ packetSize: 0x600 });
  host.send('request', { ms: 100 }, fromClient(Dhcp.request, 0x1234_5678, 0x10, ETHERNET_MAC, '10.0.9.9'));
  host.receive('refusal', { ms: 110 }, fromServer(Dhcp.refuse, 0x1234_5678, 0x20));
  return { scenario: host.finish('dhcp-refused'), findings: { 'dhcp-refused': ['refusal'] } };
}

/** The server grants it. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost({ packetSize: 0x600 });
  host.send('request', { ms: 100 }, fromClient(Dhcp.request, 0x1234_5678, 0x10, ETHERNET_MAC, '10.0.9.9'));
  host.receive('acknowledge', { ms: 110 }, fromServer(Dhcp.acknowledge, 0x1234_5678, 0x20));
  return { scenario: host.finish('dhcp-refused-healthy'), findings: {} };
}

export const dhcpRefused: Fault = { id: 'dhcp-refused', faulty, healthy };
