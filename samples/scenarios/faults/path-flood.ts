import { EtherType, ethernet, overIpv4, udp } from '../../packets/index.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { VSwitchHost, vmPort } from './vswitch-host.js';

const SOURCE = vmPort(3, 'vm-a');
const OTHERS = [4, 5, 6].map((id) => vmPort(id, `vm-${id}`));

const frame = (to: string, n: number): Uint8Array =>
  ethernet(
    { from: '00:15:5d:00:00:0a', to },
    EtherType.ipv4,
    overIpv4({ from: '10.1.0.3', to: '10.1.0.9' }, udp([40_000, 5000], new Uint8Array(30)), {
      id: 0x100 + n,
    }),
  );

/** Packets to a MAC address that the switch does not learn. */
function faulty(): DiagnosedTrace {
  const host = new VSwitchHost();
  for (const n of [0, 1, 2, 3])
    host.frame(`packet ${n}`, 100 + 20 * n, SOURCE, OTHERS, frame('00:15:5d:00:00:99', n));
  return {
    scenario: host.finish('path-flood'),
    findings: { 'path-flood': [0, 1, 2, 3].map((n) => `packet ${n}`) },
  };
}

/** The switch learns the port after the first packet; broadcasts go to all. */
function healthy(): DiagnosedTrace {
  const host = new VSwitchHost();
  for (const n of [0, 1, 2, 3])
    host.frame(
      `packet ${n}`,
      100 + 20 * n,
      SOURCE,
      n === 0 ? OTHERS : OTHERS.slice(0, 1),
      frame('00:15:5d:00:00:99', n),
    );
  for (const n of [0, 1, 2, 3])
    host.frame(`broadcast ${n}`, 300 + 20 * n, SOURCE, OTHERS, frame('ff:ff:ff:ff:ff:ff', 0x50 + n));
  return { scenario: host.finish('path-flood-healthy'), findings: {} };
}

export const pathFlood: Fault = { id: 'path-flood', faulty, healthy };
