import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../samples/encoder/index.js';
import { EtherType, ethernet, ipv4 } from '../../../samples/packets/index.js';
import { CONTAINER_A, FaultHost } from '../../../samples/scenarios/faults/fault-host.js';
import { udpPacket } from '../../../samples/scenarios/faults/traffic.js';
import { CONTAINER_IP, SERVER_IP } from '../../../samples/scenarios/pktmon-drops.js';
import { PacketType } from '../../../samples/scenarios/pktmon-events.js';
import { diagnosisOf, only } from '../diagnose.js';

const VFP = '9f2660ea-cfe7-428f-9850-aeca612619b0';
const IPV4_GUARD = 7;
const NO_DESTINATIONS = 10;

/** Ports of these events are in network order. */
const port = (value: number): number => ((value & 0xff) << 8) | (value >> 8);

/** 55 L4V4Drop as builds from 22621 on write it. */
const layer4 = (reason: number, from: string, to: string, ports: readonly [number, number]): ByteWriter =>
  new ByteWriter()
    .u32(3)
    .u8(0)
    .u8(reason)
    .utf16z('00-15-5D-3C-90-0A')
    .utf16z('00-15-5D-3C-90-01')
    .bytes(ipv4(from))
    .bytes(ipv4(to))
    .u8(17)
    .u16(port(ports[0]))
    .u16(port(ports[1]))
    .u32(0)
    .utf16z('C0FFEE00-0001')
    .utf16z('web')
    .u32(0);

/** A packet of a container that is seen at its port and not after it. */
function lastSeenAtPort(host: FaultHost, name: string, ms: number, destinationPort: number): void {
  const bytes = udpPacket(CONTAINER_IP, SERVER_IP, [40_200, destinationPort], new Uint8Array(20), 0x100 + ms);
  const frame = ethernet({ from: CONTAINER_A.mac, to: '00:15:5d:3c:90:01' }, EtherType.ipv4, bytes);
  host.at(name, { ms }, [
    { component: CONTAINER_A.ip, edge: 0, dir: 'Out', packetType: PacketType.ip, bytes },
    { component: CONTAINER_A.nic, edge: 1, dir: 'Ingress', bytes: frame },
  ]);
}

describe('drops by events of VfpExt', () => {
  it('with the addresses of a packet that was not seen again: it was dropped, for the reason of the event', async () => {
    const host = new FaultHost();
    lastSeenAtPort(host, 'blocked', 100, 5000);
    lastSeenAtPort(host, 'other', 100, 6000);
    host.event(
      { ms: 100.1, processor: 2 },
      { provider: VFP, id: 55, level: 4, data: layer4(IPV4_GUARD, CONTAINER_IP, SERVER_IP, [40_200, 5000]) },
    );
    const finding = only(await diagnosisOf(host.finish('vfp').plain), 'drop-spoofing');
    expect(finding).toMatchObject({
      count: 1,
      frames: [1],
      flow: { protocol: 'UDP', source: `${CONTAINER_IP}:40200`, destination: `${SERVER_IP}:5000` },
      evidence: { provider: 'Microsoft-Windows-Hyper-V-VfpExt', eventId: 55 },
    });
  });

  it('without packets: the event alone is a drop', async () => {
    const host = new FaultHost();
    host.event(
      { ms: 100 },
      { provider: VFP, id: 55, level: 4, data: layer4(IPV4_GUARD, CONTAINER_IP, SERVER_IP, [40_200, 5000]) },
    );
    const finding = only(await diagnosisOf(host.finish('vfp').plain), 'drop-spoofing');
    expect(finding).toMatchObject({ count: 1, frames: [], flow: { destination: `${SERVER_IP}:5000` } });
    expect(finding.title).toContain('VFP port web');
  });

  it('of a broadcast without a receiver are benign', async () => {
    const host = new FaultHost();
    host.event(
      { ms: 100 },
      {
        provider: VFP,
        id: 55,
        level: 4,
        data: layer4(NO_DESTINATIONS, CONTAINER_IP, '172.16.0.255', [137, 137]),
      },
    );
    const { findings } = await diagnosisOf(host.finish('vfp').plain);
    expect(findings.map(({ id }) => id)).toEqual(['drop-benign']);
  });
});
