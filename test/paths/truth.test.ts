import { describe, expect, it } from 'vitest';
import {
  lbfoTeam,
  natVswitch,
  pktmonDrops,
  type Scenario,
  wifiLaptop,
  win1124h2,
} from '../../samples/scenarios/index.js';
import type { HopJson, PathJson } from '../../src/paths/index.js';
import { pathsOf } from './follow.js';

/** A hop as the generator notes it: `61:1 dropped`, `port 3 egress`, `NIC 8 send`. */
function hopLocation(path: PathJson, hop: HopJson, frames: readonly string[]): string {
  if (hop.ComponentId !== undefined) {
    return `${hop.ComponentId}:${hop.Edge}${hop.Drop === undefined ? '' : ' dropped'}`;
  }
  if (hop.SrcPortId !== undefined) {
    return `port ${hop.SrcPortId} ${hop.Dir?.toLowerCase()}${hop.Drop === undefined ? '' : ' dropped'}`;
  }
  return frames[hop.frame - 1] ?? `${path.source} frame ${hop.frame}`;
}

/** The NIC of each frame, as the generator notes it. */
const nicFrames = ({ truth }: Scenario): string[] =>
  truth.packets.map(({ comment, captureLocation }) => `NIC ${captureLocation.lowerIfIndex} ${comment.Dir}`);

const hopLocationsOf = (paths: readonly PathJson[], scenario: Scenario): string[] => {
  const frames = nicFrames(scenario);
  return paths.map((path) => path.hops.map((hop) => hopLocation(path, hop, frames)).join(' > ')).sort();
};

const truthOf = ({ truth }: Scenario): string[] =>
  Object.values(truth.paths)
    .map((hopLocations) => hopLocations.join(' > '))
    .sort();

describe.each(['plain', 'compressed'] as const)('the paths of the generated traces, %s', (form) => {
  it('pktmon: each PktGroupId and PktNumber has exactly the stations that its packet passed', async () => {
    const scenario = pktmonDrops();
    const paths = await pathsOf(scenario[form]);
    const byNumber = Object.fromEntries(
      paths.map((path) => [
        `${path.NBL}/${path.PktNumber}`,
        path.hops.map((hop) => hopLocation(path, hop, nicFrames(scenario))),
      ]),
    );
    expect(byNumber).toEqual(scenario.truth.paths);
    expect(paths.some(({ inferred }) => inferred)).toBe(false);
  });

  it('a vSwitch with NAT: from the container through the switch and the translation to the NIC, and back', async () => {
    const scenario = natVswitch();
    const paths = await pathsOf(scenario[form]);
    expect(hopLocationsOf(paths, scenario)).toEqual(truthOf(scenario));
    // The NBL tells the steps at the switch; that the translated packet at the NIC is the same one is inferred.
    for (const path of paths) {
      const sources = new Set(path.hops.map(({ SrcPortId }) => SrcPortId === undefined));
      expect(path.inferred).toBe(sources.size === 2);
    }
  });

  it('a team: switch, team and the member that carried the packet, by their bytes and marked as inferred', async () => {
    const scenario = lbfoTeam();
    const paths = await pathsOf(scenario[form]);
    expect(hopLocationsOf(paths, scenario)).toEqual(truthOf(scenario));
    expect(paths.every(({ inferred }) => inferred)).toBe(true);
  });

  it('a laptop whose packets are seen once: a path for each', async () => {
    const scenario = wifiLaptop();
    const paths = await pathsOf(scenario[form]);
    expect(paths.map(({ hops }) => hops.map(({ frame }) => frame))).toEqual(
      scenario.truth.packets.map((_, at) => [at + 1]),
    );
  });
});

describe('Windows 11 24H2: every appearance has a number of its own', () => {
  const scenario = win1124h2();
  const { packets, wholes } = scenario.truth;
  const nameOf = (frame: number): string => packets[frame - 1]?.packet ?? '';

  it('each path has exactly the appearances of its packet: floods, drops, NAT, tunnels and branches', async () => {
    const paths = await pathsOf(scenario.plain);
    const found = paths.map(({ hops }) => hops.map(({ frame }) => frame).sort((a, b) => a - b));
    const expected = new Map<string, number[]>();
    for (const [at, { packet = '' }] of packets.entries()) {
      expected.set(packet, [...(expected.get(packet) ?? []), at + 1]);
    }
    expect(found).toEqual([...expected.values()]);
    expect(paths.map(({ Packet }) => Packet)).toEqual(paths.map((_, at) => at + 1));
  });

  it('parts and wholes name each other, and a packet that was split or joined continues as these', async () => {
    const paths = await pathsOf(scenario.plain);
    const names = new Map(paths.map(({ Packet, firstFrame: frame }) => [Packet, nameOf(frame)]));
    const parents = paths.flatMap(({ Packet, Parent }) =>
      Parent === undefined ? [] : [[names.get(Packet), names.get(Parent)]],
    );
    const parts = paths.flatMap(({ Packet, Parts = [] }) =>
      Parts.map((part) => [names.get(part), names.get(Packet)]),
    );
    expect(Object.fromEntries(parents)).toEqual(wholes);
    expect(Object.fromEntries(parts)).toEqual(wholes);
    const outcomes = paths
      .filter(({ Parent, Parts }) => Parent !== undefined || Parts !== undefined)
      .map(
        ({ Parts, outcome, hops: [first] }) =>
          `${first?.Dir} ${Parts === undefined ? 'part' : 'whole'}: ${outcome.to}`,
      );
    expect(new Set(outcomes)).toEqual(
      new Set(['Tx whole: parts', 'Tx part: wire', 'Rx part: whole', 'Rx whole: stack']),
    );
  });

  it('16 drop records are two dropped packets, each dropped at its first record', async () => {
    const paths = await pathsOf(scenario.plain, { drops: 'only' });
    expect(paths).toHaveLength(2);
    for (const { hops, outcome } of paths) {
      const records = hops.filter(({ Drop }) => Drop !== undefined);
      expect(outcome.frame).toBe(Math.min(...records.map(({ frame }) => frame)));
    }
    const all = packets.flatMap(({ dropped }, at) => (dropped === true ? [at + 1] : []));
    const listed = paths.flatMap(({ hops }) =>
      hops.filter(({ Drop }) => Drop !== undefined).map(({ frame }) => frame),
    );
    expect(listed.sort((a, b) => a - b)).toEqual(all);
  });
});

describe.each([pktmonDrops, natVswitch, lbfoTeam, win1124h2].map((make) => make()))(
  'every appearance of $name is in one path',
  (scenario) => {
    it('with its own time, direction, place, compartment and drop', async () => {
      const paths = await pathsOf(scenario.plain);
      const hops = paths.flatMap((path) => path.hops.map((hop) => ({ hop, path })));
      hops.sort((a, b) => a.hop.frame - b.hop.frame);
      const found = hops.map(({ hop, path }) => ({
        frame: hop.frame,
        ticks: ticksOf(hop.time),
        since: ticksOf(path.time) + BigInt(Math.round(hop.sinceFirst * 1e7)),
        Dir: hop.Dir,
        ComponentId: hop.ComponentId?.toString(),
        Edge: hop.Edge?.toString(),
        SrcPortId: hop.SrcPortId?.toString(),
        VlanId: hop.VlanId?.toString(),
        VSID: hop.VSID?.toString(),
        Compartment: hop.Compartment?.toString(),
        Drop: hop.Drop,
        DropReason: hop.DropReason?.toString(),
        DropLocation: hop.DropLocation,
      }));
      const expected = scenario.truth.packets.map(({ comment, captureLocation, time }, at) => ({
        frame: at + 1,
        ticks: time,
        since: time,
        Dir: comment.Dir,
        ComponentId: comment.ComponentId,
        Edge: comment.Edge,
        SrcPortId: captureLocation.portId?.toString(),
        VlanId: comment.VlanId,
        VSID: comment.VSID,
        Compartment: comment.Compartment,
        Drop: comment.Drop,
        DropReason: comment.DropReason,
        DropLocation: comment.DropLocation,
      }));
      expect(found).toEqual(expected);
    });

    it('and a path ends at its first drop record, or as not dropped at its last hop', async () => {
      const paths = await pathsOf(scenario.plain);
      for (const { hops, outcome } of paths) {
        const drop = hops.find(({ frame }) => scenario.truth.packets[frame - 1]?.dropped === true);
        expect(outcome.kind === 'dropped').toBe(drop !== undefined);
        expect(outcome.frame).toBe((drop ?? hops.at(-1))?.frame);
      }
    });
  },
);

/** Unix time in 100 ns of ISO 8601 with seven decimals. */
function ticksOf(iso: string): bigint {
  const [, seconds = '', fraction = ''] = /^(.*)\.(\d{7})Z$/u.exec(iso) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 10_000n + BigInt(fraction);
}
