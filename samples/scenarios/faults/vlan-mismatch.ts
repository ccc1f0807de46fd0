import { arp } from '../../packets/index.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { VSwitchHost, vmPort } from './vswitch-host.js';

const A = vmPort(3, 'vm-a');
const B = vmPort(4, 'vm-b');
const ROUTER = vmPort(9, 'router');
const ALL = 'ff:ff:ff:ff:ff:ff';
const a = { mac: '00:15:5d:00:00:0a', ip: '10.1.0.3' };
const b = { mac: '00:15:5d:00:00:0b', ip: '10.1.0.4' };
const router = { mac: '00:15:5d:00:00:01', ip: '10.1.0.1' };

type Host = typeof a;
const ask = (from: Host, to: Host): Uint8Array =>
  arp('request', { from: from.mac, to: ALL }, { from: from.ip, to: to.ip });
const answer = (from: Host, to: Host): Uint8Array =>
  arp('reply', { from: from.mac, to: to.mac }, { from: from.ip, to: to.ip });

/** Virtual machine B is in the same VLAN as A, or in another one, where it reaches the router. */
function traffic(vlanOfB: number): VSwitchHost {
  const host = new VSwitchHost();
  host.frame('b asks', 100, B, [ROUTER], ask(b, router), vlanOfB);
  host.frame('router answers', 101, ROUTER, [B], answer(router, b), vlanOfB);
  for (const [n, ms] of [1000, 2000, 3000].entries()) {
    if (vlanOfB === 101 && n > 0) break;
    host.frame(`a asks ${n}`, ms, A, vlanOfB === 101 ? [B] : [ROUTER], ask(a, b), 101);
  }
  if (vlanOfB === 101) host.frame('b answers', 1001, B, [A], answer(b, a), 101);
  host.frame('b asks again', 9000, B, [ROUTER], ask(b, router), vlanOfB);
  host.frame('router answers again', 9001, ROUTER, [B], answer(router, b), vlanOfB);
  return host;
}

const ASKED = ['a asks 0', 'a asks 1', 'a asks 2'];

const faulty = (): DiagnosedTrace => ({
  scenario: traffic(102).finish('vlan-mismatch'),
  findings: { 'vlan-mismatch': ASKED, 'arp-unanswered': ASKED },
});

const healthy = (): DiagnosedTrace => ({
  scenario: traffic(101).finish('vlan-mismatch-healthy'),
  findings: {},
});

export const vlanMismatch: Fault = { id: 'vlan-mismatch', faulty, healthy };
