import { describe, expect, it } from 'vitest';
import { TcpFlag } from '../../../samples/packets/index.js';
import { CONTAINER_A, CONTAINER_B, FaultHost } from '../../../samples/scenarios/faults/fault-host.js';
import { type Connection, segment, syn, wholeConnection } from '../../../samples/scenarios/faults/traffic.js';
import { FAULTS } from '../../../samples/scenarios/index.js';
import { CONTAINER_IP, HOST_IP, SERVER_IP } from '../../../samples/scenarios/pktmon-drops.js';
import { diagnosisOf, only } from '../diagnose.js';

const ID = 'tcp-syn-unanswered';
const SILENT: Connection = { client: HOST_IP, server: '192.0.2.99', ports: [50_002, 8443] };
const OTHER: Connection = { client: HOST_IP, server: SERVER_IP, ports: [50_003, 443] };

async function idsOf(host: FaultHost, options: Parameters<FaultHost['finish']>[1] = {}): Promise<string[]> {
  const { findings } = await diagnosisOf(host.finish('t', options).plain);
  return findings.map(({ id }) => id);
}

describe(ID, () => {
  it('states the last location, the attempts, and commands', async () => {
    const fault = FAULTS.find(({ id }) => id === ID);
    const finding = only(await diagnosisOf(fault?.faulty().scenario.plain ?? new Uint8Array()), ID);
    expect(finding).toMatchObject({
      count: 3,
      flow: { protocol: 'TCP', source: '10.0.0.4:50002', destination: '192.0.2.99:8443' },
      evidence: { location: 'e1dn.sys #3 Upper Tx', values: { attempts: 3 } },
      causes: [],
    });
    expect(finding.title).toContain('3 SYNs, sent to the network at e1dn.sys #3 Upper Tx');
  });

  it('of which a VLAN drop is the cause names it, and follows it', async () => {
    const fault = FAULTS.find(({ id }) => id === 'drop-vlan');
    const document = await diagnosisOf(fault?.faulty().scenario.plain ?? new Uint8Array());
    expect(document.findings.map(({ id }) => id)).toEqual(['drop-vlan', ID]);
    const finding = only(document, ID);
    expect(finding.causes).toEqual(['drop-vlan']);
    expect(finding.title).toContain('dropped at vmswitch.sys #62 VM NIC Ingress');
  });

  it('two SYNs less than 0.9 s apart at the end of the capture are not reported', async () => {
    const host = new FaultHost();
    host.send('SYN 1', { ms: 100 }, syn(SILENT, 1));
    host.send('SYN 2', { ms: 600 }, syn(SILENT, 2));
    expect(await idsOf(host)).toEqual([]);
  });

  it('a RST is an answer', async () => {
    const host = new FaultHost();
    host.send('SYN', { ms: 100 }, syn(SILENT, 1));
    const rst = { sequence: 0, acknowledgement: 1001, flags: TcpFlag.rst | TcpFlag.ack };
    host.receive('RST', { ms: 101 }, segment(SILENT, 'server', rst, 2));
    wholeConnection(host, 'web', 6000, OTHER);
    expect((await idsOf(host)).filter((id) => id === ID)).toEqual([]);
  });

  it('a sender that goes on has its answer, though the capture does not show it', async () => {
    const host = new FaultHost();
    host.send('SYN', { ms: 100 }, syn(SILENT, 1));
    const ack = { sequence: 1001, acknowledgement: 9001, flags: TcpFlag.ack };
    host.send('ACK', { ms: 110 }, segment(SILENT, 'client', ack, 2));
    host.send('ACK 2', { ms: 6000 }, segment(SILENT, 'client', ack, 3));
    expect((await idsOf(host)).filter((id) => id === ID)).toEqual([]);
  });

  it('a single SYN from outside is a port scan', async () => {
    const host = new FaultHost();
    const scan: Connection = { client: '198.51.100.7', server: HOST_IP, ports: [40_000, 23] };
    host.receive('SYN', { ms: 100 }, syn(scan, 1));
    wholeConnection(host, 'web', 6000, OTHER);
    expect((await idsOf(host)).filter((id) => id === ID)).toEqual([]);
  });

  it('a single SYN is not reported if events were lost: its answer may be among them', async () => {
    const host = new FaultHost();
    host.send('SYN', { ms: 100 }, syn(SILENT, 1));
    wholeConnection(host, 'web', 6000, OTHER);
    expect(await idsOf(host, { eventsLost: 5 })).toEqual(['capture-lost-events']);
  });

  it('of two containers with equal addresses and ports, the one without an answer is reported', async () => {
    const host = new FaultHost();
    const local: Connection = { client: CONTAINER_IP, server: SERVER_IP, ports: [49_700, 443] };
    const natA: Connection = { client: HOST_IP, server: SERVER_IP, ports: [2_001, 443] };
    const natB: Connection = { client: HOST_IP, server: SERVER_IP, ports: [2_002, 443] };
    const synAck = { sequence: 9000, acknowledgement: 1001, flags: TcpFlag.syn | TcpFlag.ack };
    host.sendFromContainer('SYN A', { ms: 100 }, CONTAINER_A, syn(local, 0x11), syn(natA, 0x11));
    host.sendFromContainer('SYN B', { ms: 101 }, CONTAINER_B, syn(local, 0x12), syn(natB, 0x12));
    host.receiveInContainer(
      'SYN-ACK A',
      { ms: 110 },
      CONTAINER_A,
      segment(natA, 'server', synAck, 0x91),
      segment(local, 'server', synAck, 0x91),
    );
    wholeConnection(host, 'web', 6000, OTHER);
    const scenario = host.finish('t');
    const finding = only(await diagnosisOf(scenario.plain), ID);
    expect(finding.compartment).toBe(3);
    expect(finding.frames.map((frame) => scenario.truth.packets[frame - 1]?.packet)).toEqual(['SYN B']);
  });
});
