import { EtherType, ethernet, overIpv4, text, udp } from '../../packets/index.js';
import { HOST_INTERFACE, HOST_IP, MINIPORT, ROUTER_MAC, SERVER_IP, TCPIP } from '../pktmon-drops.js';
import { PacketType } from '../pktmon-events.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { wholeConnection } from './traffic.js';

/** NL_NotLocallyDestined at TCPIP_NL_RCV_DISPATCH4; INET_DuplicateSegment at TCPIP_TL_RCV_TCP_CAREFUL13. */
const NOT_LOCAL = { reason: 902, location: 0xe000_4138 };
const DUPLICATE = { reason: 1217, location: 0xe000_4513 };

const hsrp = (id: number): Uint8Array =>
  overIpv4({ from: '10.0.0.2', to: '224.0.0.102' }, udp([1985, 1985], text('hello')), { id, ttl: 1 });

/** HSRP without a listener on the host, and a repeated segment. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (let n = 0; n < 3; n++) {
    const packet = hsrp(0x300 + n);
    const frame = ethernet({ from: ROUTER_MAC, to: '01:00:5e:00:00:66' }, EtherType.ipv4, packet);
    host.at(`HSRP ${n + 1}`, { ms: 1000 * n }, [
      { component: MINIPORT, edge: 1, dir: 'Rx', bytes: frame },
      { component: TCPIP, edge: 1, dir: 'Rx', bytes: frame },
      {
        component: HOST_INTERFACE,
        edge: 0,
        dir: 'In',
        packetType: PacketType.ip,
        bytes: packet,
        drop: NOT_LOCAL,
      },
    ]);
  }
  wholeConnection(host, 'web', 100, { client: HOST_IP, server: SERVER_IP, ports: [50_001, 80] });
  const again = overIpv4({ from: SERVER_IP, to: HOST_IP }, udp([80, 50_001], text('again')), { id: 0x999 });
  host.receiveDropped('second copy', { ms: 200 }, again, DUPLICATE);
  return {
    scenario: host.finish('drop-benign'),
    findings: { 'drop-benign': ['HSRP 1', 'HSRP 2', 'HSRP 3', 'second copy'] },
  };
}

function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  wholeConnection(host, 'web', 100, { client: HOST_IP, server: SERVER_IP, ports: [50_001, 80] });
  return { scenario: host.finish('drop-benign-healthy'), findings: {} };
}

export const dropBenign: Fault = { id: 'drop-benign', faulty, healthy };
