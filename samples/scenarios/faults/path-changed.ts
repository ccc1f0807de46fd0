import { ETHERNET_MAC, HOST_IP, MINIPORT, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { atAdapter, secondAdapter } from './second-adapter.js';
import { udpPacket } from './traffic.js';

const FUNCTION = secondAdapter(ETHERNET_MAC);

/** Packets of one flow at the virtual function, and from one of them on at the synthetic adapter. */
function traffic(changesAt: number): FaultHost {
  const host = new FaultHost({ components: [FUNCTION] });
  for (let n = 0; n < 10; n++) {
    const packet = udpPacket(HOST_IP, SERVER_IP, [50_091, 5000], new Uint8Array(30), 0x100 + n);
    host.at(
      `packet ${n}`,
      { ms: 100 + 50 * n },
      atAdapter(n < changesAt ? FUNCTION : MINIPORT, 'Tx', packet),
    );
  }
  return host;
}

const faulty = (): DiagnosedTrace => ({
  scenario: traffic(5).finish('path-changed'),
  findings: { 'path-changed': ['packet 5'] },
});

const healthy = (): DiagnosedTrace => ({
  scenario: traffic(10).finish('path-changed-healthy'),
  findings: {},
});

export const pathChanged: Fault = { id: 'path-changed', faulty, healthy };
