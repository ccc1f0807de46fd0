import { TcpFlag } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { type Connection, segment, syn, wholeConnection } from './traffic.js';

const CLOSED: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_010, 8080] };
const refusal = { sequence: 0, acknowledgement: 1001, flags: TcpFlag.rst | TcpFlag.ack };

/** A port without a listener; Windows tries three times. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  for (const [n, ms] of [100, 600, 1100].entries()) {
    host.send(`SYN ${n + 1}`, { ms }, syn(CLOSED, 0x40 + n));
    host.receive(`RST ${n + 1}`, { ms: ms + 5 }, segment(CLOSED, 'server', refusal, 0x60 + n));
  }
  return {
    scenario: host.finish('tcp-refused'),
    findings: { 'tcp-refused': ['SYN 1', 'SYN 2', 'SYN 3'] },
  };
}

/** A listener; and a port scan from outside that this host refuses. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  wholeConnection(host, 'web', 100, CLOSED);
  const scan: Connection = { client: '198.51.100.7', server: HOST_IP, ports: [40_000, 23] };
  host.receive('scan', { ms: 500 }, syn(scan, 0x50));
  host.send('refusal', { ms: 501 }, segment(scan, 'server', refusal, 0x51));
  return { scenario: host.finish('tcp-refused-healthy'), findings: {} };
}

export const tcpRefused: Fault = { id: 'tcp-refused', faulty, healthy };
