import { TcpFlag } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { type Connection, segment, wholeConnection } from './traffic.js';

const CONNECTION: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_050, 443] };

/** A SYN with the port of a connection that ended two seconds before; the server acknowledges the old one. */
function faulty(): DiagnosedTrace {
  const host = new FaultHost();
  wholeConnection(host, 'first', 100, CONNECTION);
  const again = { sequence: 77_000, acknowledgement: 0, flags: TcpFlag.syn };
  host.send('SYN again', { ms: 2200 }, segment(CONNECTION, 'client', again, 0x71));
  const answer = { sequence: 500_000, acknowledgement: 77_001, flags: TcpFlag.syn | TcpFlag.ack };
  host.receive('SYN-ACK', { ms: 2205 }, segment(CONNECTION, 'server', answer, 0x72));
  const last = { sequence: 77_001, acknowledgement: 500_001, flags: TcpFlag.ack };
  host.send('ACK', { ms: 2206 }, segment(CONNECTION, 'client', last, 0x73));
  return { scenario: host.finish('tcp-port-reuse'), findings: { 'tcp-port-reuse': ['SYN again'] } };
}

/** The second connection has another port. */
function healthy(): DiagnosedTrace {
  const host = new FaultHost();
  wholeConnection(host, 'first', 100, CONNECTION);
  wholeConnection(host, 'second', 2200, { ...CONNECTION, ports: [50_051, 443] }, 200);
  return { scenario: host.finish('tcp-port-reuse-healthy'), findings: {} };
}

export const tcpPortReuse: Fault = { id: 'tcp-port-reuse', faulty, healthy };
