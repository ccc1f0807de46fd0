import { EtherType, ethernet, ipv6, mac, overIpv6, WireWriter } from '../../packets/index.js';
import { ETHERNET_MAC, ROUTER_MAC } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { lastPing } from './traffic.js';

const HOST = 'fd00::4';
const NEIGHBOR = 'fd00::77';
const ICMPV6 = 58;

/** A neighbor discovery message (RFC 4861, 4.3 and 4.4) with a link-layer address option. */
function message(
  what: 'solicitation' | 'advertisement',
  from: string,
  to: string,
  target: string,
): Uint8Array {
  const bytes = new WireWriter()
    .u8(what === 'solicitation' ? 135 : 136)
    .u8(0)
    .u16(0)
    .u32(0)
    .bytes(ipv6(target))
    .u8(what === 'solicitation' ? 1 : 2)
    .u8(1)
    .bytes(mac(ETHERNET_MAC))
    .take();
  return overIpv6({ from, to }, { protocol: ICMPV6, bytes, checksumAt: 2, pseudoHeader: true }, 255);
}

const sent = (packet: Uint8Array): Uint8Array =>
  ethernet({ from: ETHERNET_MAC, to: '33:33:ff:00:00:77' }, EtherType.ipv6, packet);

/** A neighbor that does not answer. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [n, ms] of [100, 1100, 2100].entries())
    host.frame(
      `ask ${n + 1}`,
      { ms },
      'Tx',
      sent(message('solicitation', HOST, 'ff02::1:ff00:77', NEIGHBOR)),
    );
  lastPing(host, 6000);
  return {
    scenario: host.finish('nd-unanswered'),
    findings: { 'nd-unanswered': ['ask 1', 'ask 2', 'ask 3'] },
  };
}

/** The neighbor answers; duplicate address detection expects no answer. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  host.frame('detection', { ms: 100 }, 'Tx', sent(message('solicitation', '::', 'ff02::1:ff00:4', HOST)));
  host.frame('ask', { ms: 200 }, 'Tx', sent(message('solicitation', HOST, 'ff02::1:ff00:77', NEIGHBOR)));
  const answer = message('advertisement', NEIGHBOR, HOST, NEIGHBOR);
  host.frame(
    'answer',
    { ms: 201 },
    'Rx',
    ethernet({ from: ROUTER_MAC, to: ETHERNET_MAC }, EtherType.ipv6, answer),
  );
  lastPing(host, 6000);
  return { scenario: host.finish('nd-unanswered-healthy'), findings: {} };
}

export const ndUnanswered: Fault = { id: 'nd-unanswered', faulty, healthy };
