import { TcpFlag } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { type Connection, dataSegment, handshake, segment } from './traffic.js';

const CONNECTION: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_040, 445] };
/** Offset of the window in an IPv4 packet without options, and of the TCP checksum. */
const WINDOW_AT = 20 + 14;
const CHECKSUM_AT = 20 + 16;

/** An acknowledgement with a window; its checksum is left to the NIC. */
function acknowledge(acknowledgement: number, window: number, id: number): Uint8Array {
  const packet = segment(CONNECTION, 'server', { sequence: 9001, acknowledgement, flags: TcpFlag.ack }, id);
  packet.set([window >> 8, window & 0xff], WINDOW_AT);
  packet.set([0, 0], CHECKSUM_AT);
  return packet;
}

/** The window stays closed for this many milliseconds. */
function stalled(milliseconds: number): FaultHost {
  const host = new FaultHost();
  handshake(host, 'open', 100, CONNECTION);
  host.send('data', { ms: 200 }, dataSegment(CONNECTION, 'client', 1001, 9001, 500, 0x41));
  host.receive('closed', { ms: 210 }, acknowledge(1501, 0, 0x61));
  host.receive('open again', { ms: 210 + milliseconds }, acknowledge(1501, 4096, 0x62));
  host.send('more', { ms: 215 + milliseconds }, dataSegment(CONNECTION, 'client', 1501, 9001, 500, 0x42));
  return host;
}

const faulty = (): DiagnosedTrace => ({
  scenario: stalled(3000).finish('tcp-zero-window'),
  findings: { 'tcp-zero-window': ['closed'] },
});

const healthy = (): DiagnosedTrace => ({
  scenario: stalled(20).finish('tcp-zero-window-healthy'),
  findings: {},
});

export const tcpZeroWindow: Fault = { id: 'tcp-zero-window', faulty, healthy };
