import { describe, expect, it } from 'vitest';
import {
  lbfoTeam,
  natVswitch,
  pktmonDrops,
  type Scenario,
  wifiLaptop,
} from '../../samples/scenarios/index.js';
import type { HopJson, PathJson } from '../../src/paths/index.js';
import { pathsOf } from './follow.js';

/** A hop as the generator notes it: `61:1 dropped`, `port 3 egress`, `NIC 8 send`. */
function station(path: PathJson, hop: HopJson, frames: readonly string[]): string {
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
  truth.packets.map(({ comment, place }) => `NIC ${place.lowerIfIndex} ${comment.Dir}`);

const stationsOf = (paths: readonly PathJson[], scenario: Scenario): string[] => {
  const frames = nicFrames(scenario);
  return paths.map((path) => path.hops.map((hop) => station(path, hop, frames)).join(' > ')).sort();
};

const truthOf = ({ truth }: Scenario): string[] =>
  Object.values(truth.paths)
    .map((stations) => stations.join(' > '))
    .sort();

describe.each(['plain', 'compressed'] as const)('the paths of the generated traces, %s', (form) => {
  it('pktmon: each PktGroupId and PktNumber has exactly the stations that its packet passed', async () => {
    const scenario = pktmonDrops();
    const paths = await pathsOf(scenario[form]);
    const byNumber = Object.fromEntries(
      paths.map((path) => [
        `${path.NBL}/${path.PktNumber}`,
        path.hops.map((hop) => station(path, hop, nicFrames(scenario))),
      ]),
    );
    expect(byNumber).toEqual(scenario.truth.paths);
    expect(paths.some(({ guess }) => guess)).toBe(false);
  });

  it('a vSwitch with NAT: from the container through the switch and the translation to the NIC, and back', async () => {
    const scenario = natVswitch();
    const paths = await pathsOf(scenario[form]);
    expect(stationsOf(paths, scenario)).toEqual(truthOf(scenario));
    // The NBL tells the steps at the switch; that the translated packet at the NIC is the same one is a guess.
    for (const path of paths) {
      const sources = new Set(path.hops.map(({ SrcPortId }) => SrcPortId === undefined));
      expect(path.guess).toBe(sources.size === 2);
    }
  });

  it('a team: switch, team and the member that carried the packet, by their bytes and marked as a guess', async () => {
    const scenario = lbfoTeam();
    const paths = await pathsOf(scenario[form]);
    expect(stationsOf(paths, scenario)).toEqual(truthOf(scenario));
    expect(paths.every(({ guess }) => guess)).toBe(true);
  });

  it('a laptop whose packets are seen once: a path for each', async () => {
    const scenario = wifiLaptop();
    const paths = await pathsOf(scenario[form]);
    expect(paths.map(({ hops }) => hops.map(({ frame }) => frame))).toEqual(
      scenario.truth.packets.map((_, at) => [at + 1]),
    );
  });
});

describe.each([pktmonDrops, natVswitch, lbfoTeam].map((make) => make()))(
  'every packet of $name stands in one path',
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
      const expected = scenario.truth.packets.map(({ comment, place, time }, at) => ({
        frame: at + 1,
        ticks: time,
        since: time,
        Dir: comment.Dir,
        ComponentId: comment.ComponentId,
        Edge: comment.Edge,
        SrcPortId: place.portId?.toString(),
        VlanId: comment.VlanId,
        VSID: comment.VSID,
        Compartment: comment.Compartment,
        Drop: comment.Drop,
        DropReason: comment.DropReason,
        DropLocation: comment.DropLocation,
      }));
      expect(found).toEqual(expected);
    });

    it('and a path ends as dropped exactly where its last packet was', async () => {
      const paths = await pathsOf(scenario.plain);
      for (const { hops, outcome } of paths) {
        const last = hops.at(-1);
        expect(outcome.frame).toBe(last?.frame);
        expect(outcome.kind === 'dropped').toBe(scenario.truth.packets[outcome.frame - 1]?.dropped === true);
      }
    });
  },
);

/** Unix time in 100 ns of ISO 8601 with seven decimals. */
function ticksOf(iso: string): bigint {
  const [, seconds = '', fraction = ''] = /^(.*)\.(\d{7})Z$/u.exec(iso) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 10_000n + BigInt(fraction);
}
