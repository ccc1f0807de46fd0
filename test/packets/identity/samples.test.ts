import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  lbfoTeam,
  natVswitch,
  pktmonDrops,
  type Scenario,
  wifiLaptop,
  win1124h2,
} from '../../../samples/scenarios/index.js';
import type { Packet } from '../../../src/packets/index.js';
import { describeWithRealTraces, realTrace } from '../../support/shared.js';
import { correlate, type Decoded, decodeFile, groupsOf, type Seen, withoutNumbers } from './decoded.js';

async function decode({ name, plain }: Scenario): Promise<Decoded> {
  const directory = await mkdtemp(join(tmpdir(), 'etlcap-identity-'));
  try {
    const input = join(directory, `${name}.etl`);
    await writeFile(input, plain);
    return await decodeFile(input);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The packets by pktmon's own numbers. */
const numbered = (packets: readonly Packet[]): string[] =>
  groupsOf(packets.map(({ nblHigh, nblLow, packetNumber }) => `${nblHigh}/${nblLow}/${packetNumber}`));

const grouped = (seen: readonly Seen[]): string[] => groupsOf(seen.map(({ packet }) => packet));

/** A journey as the generator notes it: `61:1 dropped`, `port 3 egress`, `NIC 8 send`. */
function hopLocationsOf(packets: readonly Packet[], groups: readonly string[]): string[] {
  const hopLocationOf = ({
    destinations,
    directionText,
    dropped,
    edgeId,
    captureLocation,
  }: Packet): string => {
    const suffix = dropped ? ' dropped' : '';
    if (captureLocation.componentId !== undefined) return `${captureLocation.componentId}:${edgeId}${suffix}`;
    if (captureLocation.portId === undefined) return `NIC ${captureLocation.lowerIfIndex} ${directionText}`;
    return `port ${captureLocation.portId} ${destinations.length === 0 ? 'ingress' : 'egress'}${suffix}`;
  };
  return groups
    .map((group) =>
      group
        .split(' ')
        .map((at) => packets[Number(at)])
        .map((packet) => (packet === undefined ? '' : hopLocationOf(packet)))
        .join(' > '),
    )
    .sort();
}

const truthOf = ({ truth }: Scenario): string[] =>
  Object.values(truth.paths)
    .map((hopLocations) => hopLocations.join(' > '))
    .sort();

describe('generated traces', () => {
  it('pktmon: by its numbers, each packet has exactly the stations that it passed', async () => {
    const scenario = pktmonDrops();
    const trace = await decode(scenario);
    const { counts, seen } = correlate(trace, trace.packets);
    expect(hopLocationsOf(trace.packets, grouped(seen))).toEqual(truthOf(scenario));
    expect(counts.matches.number).toBe(counts.appearances - counts.packets);
  });

  it('pktmon without its numbers: the same packets, through NAT as well, by their content', async () => {
    const trace = await decode(pktmonDrops());
    const { counts, seen } = correlate(trace, withoutNumbers(trace.packets));
    expect(grouped(seen)).toEqual(numbered(trace.packets));
    // Four pings of two containers, there and back.
    expect(counts.matches).toMatchObject({ number: 0, translated: 8 });
    expect(counts).toMatchObject({ ambiguous: 0, dropRecords: 2, droppedPackets: 2 });
  });

  it('a vSwitch with NAT: from the container through the switch and the translation to the NIC, and back', async () => {
    const scenario = natVswitch();
    const trace = await decode(scenario);
    const { counts, seen } = correlate(trace, trace.packets);
    expect(hopLocationsOf(trace.packets, grouped(seen))).toEqual(truthOf(scenario));
    expect(counts.ambiguous).toBe(0);
  });

  it('a team: switch, team and the member that carried the packet', async () => {
    const scenario = lbfoTeam();
    const trace = await decode(scenario);
    const { seen } = correlate(trace, trace.packets);
    expect(hopLocationsOf(trace.packets, grouped(seen))).toEqual(truthOf(scenario));
  });

  it('Windows 11 24H2: floods, retransmissions, drops, NAT, tunnels and branches, each packet with its appearances', async () => {
    const { truth, ...scenario } = win1124h2();
    const trace = await decode({ ...scenario, truth });
    const names = truth.packets.map(({ packet = '' }) => packet);
    const { counts, seen } = correlate(trace, trace.packets);
    expect(grouped(seen)).toEqual(groupsOf(names));
    expect(counts).toMatchObject({ dropRecords: 16, droppedPackets: 2 });
    expect(counts.matches).toMatchObject({ number: 0, translated: 8, encapsulated: 8, split: 4, joined: 1 });
  });

  it('Windows 11 24H2: segments of a large send name it, and a joined segment names its parts', async () => {
    const { truth, ...scenario } = win1124h2();
    const trace = await decode({ ...scenario, truth });
    const names = truth.packets.map(({ packet = '' }) => packet);
    const { seen } = correlate(trace, trace.packets);
    const nameOf = (packet: number): string => names[seen.findIndex((one) => one.packet === packet)] ?? '';
    const found = seen.flatMap(({ match, packet, parent, parts }) => {
      if (match === 'split') return [[nameOf(packet), nameOf(parent)]];
      return parts.map((part) => [nameOf(part), nameOf(packet)]);
    });
    expect(Object.fromEntries(found)).toEqual(truth.wholes);
  });

  it('a laptop whose packets are seen once: each appearance is a packet', async () => {
    const trace = await decode(wifiLaptop());
    const { counts } = correlate(trace, trace.packets);
    expect(counts.packets).toBe(counts.appearances);
  });
});

describeWithRealTraces('traces of Windows, and cases made for this project', () => {
  it('a ping that a Server 2022 answered: 38 packets, by number and without their numbers', async () => {
    const trace = await decodeFile(realTrace('pktmon-azure-ping'));
    const truth = numbered(trace.packets);
    expect(truth).toHaveLength(38);
    expect(grouped(correlate(trace, trace.packets).seen)).toEqual(truth);
    expect(grouped(correlate(trace, withoutNumbers(trace.packets)).seen)).toEqual(truth);
  });

  it('an NDIS capture at four layers: 80 appearances of 20 packets, four of each', async () => {
    const trace = await decodeFile(realTrace('../cases/multilayer'));
    const groups = grouped(correlate(trace, trace.packets).seen);
    expect(groups.map((group) => group.split(' ').length)).toEqual(Array.from({ length: 20 }, () => 4));
  });
});
