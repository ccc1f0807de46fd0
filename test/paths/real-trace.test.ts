import { expect, it } from 'vitest';
import { summarizePaths } from '../../src/library/index.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { pathsOfFile } from './follow.js';

describeWithRealTraces('the paths of a ping that pktmon saw on a Server 2022', () => {
  const trace = realTrace('pktmon-azure-ping');

  it('19 requests come by components 59 and 61, 19 replies go by 61, 59, 50 and 48', async () => {
    const paths = await pathsOfFile(trace);
    const ways = paths.map(
      ({ detail, hops }) => `${detail}: ${hops.map((hop) => hop.ComponentId).join(' ')}`,
    );
    expect(ways).toHaveLength(38);
    expect(ways.filter((way) => way === 'echo request: 59 61')).toHaveLength(19);
    expect(ways.filter((way) => way === 'echo reply: 61 59 50 48')).toHaveLength(19);
    expect(paths.map(({ firstFrame }) => firstFrame)).toEqual(
      paths.map(({ firstFrame }) => firstFrame).sort((a, b) => a - b),
    );
  });

  it('the requests enter the XDP filter by its lower edge and never come to the upper one; the replies reach the NIC', async () => {
    const [request, reply] = await pathsOfFile(trace);
    expect(request?.outcome).toEqual({
      kind: 'last-seen',
      location: 'xdp.sys #61 Lower Rx',
      frame: 2,
      unseenEdges: ['Upper'],
    });
    expect(reply?.outcome).toEqual({
      kind: 'delivered',
      to: 'wire',
      location: 'mlx5.sys #48 Upper Tx',
      frame: 6,
    });
  });

  it('the summary has two ways, one place that took packets in, and one conversation with two ways', async () => {
    const summary = await summarizePaths([trace]);
    expect(
      summary.paths.map(({ locations, outcome, packets }) => [packets, locations.length, outcome]),
    ).toEqual([
      [19, 2, { kind: 'last-seen' }],
      [19, 4, { kind: 'delivered', to: 'wire' }],
    ]);
    expect(
      summary.neverLeft.map(({ location, packets, unseenEdges }) => [location, packets, unseenEdges]),
    ).toEqual([['xdp.sys #61 Lower Rx', 19, ['Upper']]]);
    expect(summary.conversations.map(({ a, b, packets }) => [a, b, packets])).toEqual([
      ['10.9.1.14', '10.9.1.22', 38],
    ]);
    expect(summary.asymmetric.map(({ onlyForward, onlyReverse }) => [onlyForward, onlyReverse])).toEqual([
      [[], ['NETVSCVFPP #50', 'mlx5.sys #48']],
    ]);
  });

  it('latency per hop is that of the 19 packets, sorted', async () => {
    const summary = await summarizePaths([trace]);
    const paths = await pathsOfFile(trace);
    const steps = paths
      .filter(({ hops }) => hops.length === 2)
      .map(({ hops }) => hops[1]?.sincePrevious ?? 0)
      .sort((a, b) => a - b);
    const { count, max, p50, p95 } = summary.paths[0]?.latency ?? { count: 0, max: 0, p50: 0, p95: 0 };
    // Nearest rank: the 10th and the 19th of 19. Exact, because they are below 6.4 µs.
    expect([count, p50, p95, max]).toEqual([19, steps[9], steps[18], steps[18]]);
  });
});
