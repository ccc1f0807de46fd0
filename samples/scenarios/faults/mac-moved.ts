import { EtherType, ethernet, overIpv4, udp } from '../../packets/index.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { VSwitchHost, vmPort } from './vswitch-host.js';

const A = vmPort(3, 'vm-a');
const B = vmPort(4, 'vm-b');
const SERVER = vmPort(9, 'server');
const MAC_A = '00:15:5d:00:00:0a';
const MAC_B = '00:15:5d:00:00:0b';

const frame = (from: string, ip: string, n: number): Uint8Array =>
  ethernet(
    { from, to: '00:15:5d:00:00:09' },
    EtherType.ipv4,
    overIpv4({ from: ip, to: '10.1.0.9' }, udp([40_000, 5000], new Uint8Array(30)), { id: 0x100 + n }),
  );

/** Two virtual machines, of which the second has the MAC address of the first, or its own. */
function traffic(macOfB: string): VSwitchHost {
  const host = new VSwitchHost();
  for (const n of [0, 1, 2]) {
    host.frame(`a ${n}`, 100 + 20 * n, A, [SERVER], frame(MAC_A, '10.1.0.3', n));
    host.frame(`b ${n}`, 300 + 20 * n, B, [SERVER], frame(macOfB, '10.1.0.4', 0x50 + n));
  }
  return host;
}

const faulty = (): DiagnosedTrace => ({
  scenario: traffic(MAC_A).finish('mac-moved'),
  findings: { 'mac-moved': ['a 0', 'b 0', 'b 1', 'b 2'] },
});

const healthy = (): DiagnosedTrace => ({
  scenario: traffic(MAC_B).finish('mac-moved-healthy'),
  findings: {},
});

export const macMoved: Fault = { id: 'mac-moved', faulty, healthy };
