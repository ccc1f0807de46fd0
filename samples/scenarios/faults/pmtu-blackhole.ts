import { TcpFlag } from '../../packets/index.js';
import { HOST_IP, SERVER_IP } from '../pktmon-drops.js';
import type { DiagnosedTrace, Fault } from './fault.js';
import { FaultHost } from './fault-host.js';
import { type Connection, dataSegment, handshake, segment } from './traffic.js';

const CONNECTION: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_060, 443] };
const LARGE = 1460;

function transfer(isLargeLost: boolean): FaultHost {
  const host = new FaultHost();
  const ack = (acknowledgement: number) => ({ sequence: 9001, acknowledgement, flags: TcpFlag.ack });
  handshake(host, 'open', 100, CONNECTION);
  host.send('small', { ms: 150 }, dataSegment(CONNECTION, 'client', 1001, 9001, 200, 0x41));
  host.receive('ack small', { ms: 160 }, segment(CONNECTION, 'server', ack(1201), 0x61));
  for (const [n, ms] of (isLargeLost ? [200, 500, 1100, 2300] : [200]).entries())
    host.send(`large ${n}`, { ms }, dataSegment(CONNECTION, 'client', 1201, 9001, LARGE, 0x50 + n));
  if (!isLargeLost)
    host.receive('ack large', { ms: 210 }, segment(CONNECTION, 'server', ack(1201 + LARGE), 0x62));
  return host;
}

const LOST = ['large 1', 'large 2', 'large 3'];

const faulty = (): DiagnosedTrace => ({
  scenario: transfer(true).finish('pmtu-blackhole'),
  findings: { 'pmtu-blackhole': LOST, 'tcp-retransmissions': LOST },
});

const healthy = (): DiagnosedTrace => ({
  scenario: transfer(false).finish('pmtu-blackhole-healthy'),
  findings: {},
});

export const pmtuBlackhole: Fault = { id: 'pmtu-blackhole', faulty, healthy };
