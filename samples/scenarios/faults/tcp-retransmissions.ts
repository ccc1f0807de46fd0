import { TcpFlag } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { type Connection, dataSegment, handshake, segment } from './traffic.js';

const CONNECTION: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_030, 445] };
const SIZE = 400;

/** Segments of the client, each acknowledged; `repeated` are sent a second time. */
function transfer(repeated: readonly number[]): FaultHost {
  const host = new FaultHost();
  handshake(host, 'open', 100, CONNECTION);
  for (let n = 0; n < 10; n++) {
    const sequence = 1001 + n * SIZE;
    const ms = 200 + n * 300;
    host.send(`data ${n}`, { ms }, dataSegment(CONNECTION, 'client', sequence, 9001, SIZE, 0x100 + n));
    if (repeated.includes(n))
      host.send(
        `data ${n} again`,
        { ms: ms + 250 },
        dataSegment(CONNECTION, 'client', sequence, 9001, SIZE, 0x200 + n),
      );
    const ack = { sequence: 9001, acknowledgement: sequence + SIZE, flags: TcpFlag.ack };
    host.receive(`ack ${n}`, { ms: ms + 260 }, segment(CONNECTION, 'server', ack, 0x300 + n));
  }
  return host;
}

const faulty = (): DiagnosedTrace => ({
  scenario: transfer([2, 5, 7]).finish('tcp-retransmissions'),
  findings: { 'tcp-retransmissions': ['data 2 again', 'data 5 again', 'data 7 again'] },
});

/** Keep-alives repeat the last byte. */
function healthy(): DiagnosedTrace {
  const host = transfer([]);
  const last = 1001 + 10 * SIZE;
  for (const n of [1, 2]) {
    host.send(
      `keep-alive ${n}`,
      { ms: 4000 + 1000 * n },
      dataSegment(CONNECTION, 'client', last - 1, 9001, 1, 0x400 + n),
    );
    const ack = { sequence: 9001, acknowledgement: last, flags: TcpFlag.ack };
    host.receive(`alive ${n}`, { ms: 4005 + 1000 * n }, segment(CONNECTION, 'server', ack, 0x500 + n));
  }
  return { scenario: host.finish('tcp-retransmissions-healthy'), findings: {} };
}

export const tcpRetransmissions: Fault = { id: 'tcp-retransmissions', faulty, healthy };
