import { TcpFlag } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { type Connection, dataSegment, handshake, segment, wholeConnection } from './traffic.js';

const CONNECTION: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_020, 443] };

/** The server resets the connection after a request. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  handshake(host, 'open', 100, CONNECTION);
  host.send('request', { ms: 120 }, dataSegment(CONNECTION, 'client', 1001, 9001, 200, 0x41));
  const reset = { sequence: 9001, acknowledgement: 1201, flags: TcpFlag.rst | TcpFlag.ack };
  host.receive('reset', { ms: 130 }, segment(CONNECTION, 'server', reset, 0x61));
  return { scenario: host.finish('tcp-reset'), findings: { 'tcp-reset': ['reset'] } };
}

/** A RST after both FINs; a port check that resets its connection. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  wholeConnection(host, 'web', 100, CONNECTION);
  const reset = { sequence: 1020, acknowledgement: 0, flags: TcpFlag.rst };
  host.send('late reset', { ms: 300 }, segment(CONNECTION, 'client', reset, 0x62));
  const probe: Connection = { ...CONNECTION, ports: [50_021, 443] };
  handshake(host, 'probe', 400, probe, 0x3100);
  const end = { sequence: 1001, acknowledgement: 9001, flags: TcpFlag.rst | TcpFlag.ack };
  host.send('end of probe', { ms: 410 }, segment(probe, 'client', end, 0x3110));
  return { scenario: host.finish('tcp-reset-healthy'), findings: {} };
}

export const tcpReset: Fault = { id: 'tcp-reset', faulty, healthy };
