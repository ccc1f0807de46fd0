import { EtherType, ethernet, overIpv4, udp } from '../../packets/index.js';
import { ETHERNET_MAC, HOST_INTERFACE, HOST_IP, MINIPORT, ROUTER_MAC, SERVER_IP } from '../pktmon-drops.js';
import { PacketType } from '../pktmon-events.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';

/** Twenty packets; four of them have the given latency between two locations. */
function traffic(milliseconds: number): FaultHost {
  const host = new FaultHost();
  for (let n = 0; n < 20; n++) {
    const bytes = overIpv4({ from: HOST_IP, to: SERVER_IP }, udp([50_080, 5000], new Uint8Array(30)), {
      id: 0x100 + n,
    });
    const frame = ethernet({ from: ETHERNET_MAC, to: ROUTER_MAC }, EtherType.ipv4, bytes);
    host.at(`packet ${n}`, { ms: 100 + 400 * n, ...(n % 5 === 3 && { spacing: milliseconds }) }, [
      { component: HOST_INTERFACE, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes },
      { component: MINIPORT, edge: 1, dir: 'Tx', bytes: frame },
    ]);
  }
  return host;
}

const faulty = (): DiagnosedTrace => ({
  scenario: traffic(60).finish('path-slow-hop'),
  findings: { 'path-slow-hop': ['packet 3', 'packet 8', 'packet 13', 'packet 18'] },
});

const healthy = (): DiagnosedTrace => ({
  scenario: traffic(0.02).finish('path-slow-hop-healthy'),
  findings: {},
});

export const pathSlowHop: Fault = { id: 'path-slow-hop', faulty, healthy };
