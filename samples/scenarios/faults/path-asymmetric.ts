import { HOST_IP, MINIPORT, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { atAdapter, secondAdapter } from './second-adapter.js';
import { udpPacket } from './traffic.js';

const OTHER = secondAdapter('00:22:48:7b:b3:99');

/** Requests leave at the first adapter; answers arrive at the second one, or at the first. */
function traffic(isAsymmetric: boolean): FaultHost {
  const host = new FaultHost({ components: [OTHER] });
  for (let n = 0; n < 3; n++) {
    const request = udpPacket(HOST_IP, SERVER_IP, [50_090, 5000], new Uint8Array(30), 0x100 + n);
    const answer = udpPacket(SERVER_IP, HOST_IP, [5000, 50_090], new Uint8Array(40), 0x200 + n);
    host.at(`request ${n}`, { ms: 100 + 50 * n }, atAdapter(MINIPORT, 'Tx', request));
    host.at(`answer ${n}`, { ms: 110 + 50 * n }, atAdapter(isAsymmetric ? OTHER : MINIPORT, 'Rx', answer));
  }
  return host;
}

const ALL = [0, 1, 2].flatMap((n) => [`request ${n}`, `answer ${n}`]);

const faulty = (): DiagnosedTrace => ({
  scenario: traffic(true).finish('path-asymmetric'),
  findings: { 'path-asymmetric': ALL },
});

const healthy = (): DiagnosedTrace => ({
  scenario: traffic(false).finish('path-asymmetric-healthy'),
  findings: {},
});

export const pathAsymmetric: Fault = { id: 'path-asymmetric', faulty, healthy };
