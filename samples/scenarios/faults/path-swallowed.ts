import { EtherType, ethernet, overIpv4, udp } from '../../packets/index.js';
import {
  ETHERNET_MAC,
  HOST_INTERFACE,
  HOST_IP,
  PACER,
  ROUTER_MAC,
  SERVER_IP,
  TCPIP,
} from '../pktmon-drops.js';
import { PacketType } from '../pktmon-events.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing } from './traffic.js';

const packet = (n: number, port: number): Uint8Array =>
  overIpv4({ from: HOST_IP, to: SERVER_IP }, udp([50_070, port], new Uint8Array(30)), { id: 0x100 + n });

/** Nine packets go on at the filter; `swallowed` enter it and do not leave. */
function traffic(swallowed: number): FaultHost {
  const host = new FaultHost();
  for (let n = 0; n < 9; n++) host.send(`packet ${n}`, { ms: 100 + 20 * n }, packet(n, 5000));
  for (let n = 0; n < swallowed; n++) {
    const bytes = packet(0x50 + n, 6000);
    const frame = ethernet({ from: ETHERNET_MAC, to: ROUTER_MAC }, EtherType.ipv4, bytes);
    host.at(`lost ${n}`, { ms: 300 + 20 * n }, [
      { component: HOST_INTERFACE, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes },
      { component: TCPIP, edge: 1, dir: 'Tx', bytes: frame },
      { component: PACER, edge: 1, dir: 'Tx', bytes: frame },
    ]);
  }
  lastPing(host, 6000);
  return host;
}

const faulty = (): DiagnosedTrace => ({
  scenario: traffic(2).finish('path-swallowed'),
  findings: { 'path-swallowed': ['lost 0', 'lost 1'] },
});

const healthy = (): DiagnosedTrace => ({
  scenario: traffic(0).finish('path-swallowed-healthy'),
  findings: {},
});

export const pathSwallowed: Fault = { id: 'path-swallowed', faulty, healthy };
