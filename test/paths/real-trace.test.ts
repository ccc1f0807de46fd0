import { expect, it } from 'vitest';
import { nodeRuntime } from '../../src/io/node-runtime.js';
import { summarizePaths } from '../../src/library/index.js';
import { withInputs } from '../../src/library/with-inputs.js';
import { followPackets } from '../../src/listing/follow-packets.js';
import { PathSummary } from '../../src/paths/index.js';
import { stackMap } from '../../src/report/stack-map.js';
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

describeWithRealTraces(
  'the paths of a Windows 11 24H2, where every appearance has a number of its own',
  () => {
    const trace = realTrace('pktmon-24h2-excerpt');

    it('1,200 appearances are 97 packets; 231 drop records are 55 dropped packets', async () => {
      const { appearances, ambiguous, delivered, dropped, dropRecords, neverLeft, packets, ...summary } =
        await summarizePaths([trace]);
      expect({ appearances, ambiguous, packets, dropped, dropRecords }).toEqual({
        appearances: 1200,
        ambiguous: 0,
        packets: 97,
        dropped: 55,
        dropRecords: 231,
      });
      expect(summary.droppedPackets).toHaveLength(55);
      expect(sum(summary.drops)).toBe(55);
      expect(sum(summary.conversations.map(({ dropped: packets }) => ({ packets })))).toBe(55);
      expect(delivered + dropped + sum(neverLeft)).toBe(97);
      expect(sum(summary.paths)).toBe(97);
      expect(summary.leftOut).toEqual({});
    });

    // The journeys are those that test/packets/identity/excerpt.test.ts explains; frames count from 1.
    it('a received segment goes from the radio to the IP protocol, its acknowledgement the other way', async () => {
      const [received, sent] = await pathsOfFile(trace);
      expect(received?.hops.map(({ ComponentId, frame }) => `${frame}: ${ComponentId}`)).toEqual([
        ...['1: 13', '2: 42', '3: 42', '4: 41', '5: 41', '6: 40', '7: 40', '8: 39', '9: 39', '10: 77'],
        ...['11: 78', '12: 80'],
      ]);
      expect(received).toMatchObject({
        source: '10.77.0.1:22',
        destination: '10.77.0.2:1637',
        inferred: true,
        Packet: 1,
      });
      expect(received).not.toHaveProperty('NBL');
      expect(received?.hops.map(({ Hop, Match }) => [Hop, Match])).toEqual([
        [1, undefined],
        ...Array.from({ length: 11 }, (_, n) => [n + 2, 'content']),
      ]);
      expect(received?.outcome).toEqual({
        kind: 'delivered',
        to: 'stack',
        location: 'tcpip.sys #80 Lower Rx',
        frame: 12,
      });
      expect(sent?.hops.map(({ ComponentId }) => ComponentId)).toEqual([
        80, 39, 39, 40, 40, 41, 41, 42, 42, 13,
      ]);
      expect(sent).toMatchObject({ source: '10.77.0.2:1637', destination: '10.77.0.1:22', Packet: 2 });
      expect(sent?.outcome).toEqual({
        kind: 'delivered',
        to: 'wire',
        location: 'Netwtw14.sys #13 Upper Tx',
        frame: 22,
      });
    });

    it('a multicast with nine drop records was dropped once, at the first of them', async () => {
      const paths = await pathsOfFile(trace, { frame: 57 });
      expect(paths).toHaveLength(1);
      const [path] = paths;
      expect(path?.hops.filter(({ Drop }) => Drop !== undefined).map(({ frame }) => frame)).toEqual([
        80, 81, 82, 83, 84, 85, 86, 87, 88,
      ]);
      expect(path?.outcome).toMatchObject({ kind: 'dropped', frame: 80 });
    });

    it('an 802.11 null frame ends inside nwifi: the edge ahead is missing, not the one it came by', async () => {
      const [path] = await pathsOfFile(trace, { frame: 49 });
      expect(path?.outcome).toMatchObject({ kind: 'last-seen', frame: 54, unseenEdges: ['Upper'] });
      const { neverLeft } = await summarizePaths([trace]);
      expect(neverLeft.map(({ packets, unseenEdges }) => [packets, unseenEdges])).toEqual([[19, ['Upper']]]);
    });

    it('the map has the protocols ndisuio (77), lltdio (78) and TCPIP (80) side by side above npcap (39)', async () => {
      let summary: PathSummary | undefined;
      await withInputs([trace], {}, (inputs) =>
        followPackets(
          inputs,
          {},
          {
            onPath: (path, names) => {
              summary ??= new PathSummary(names);
              summary.add(path);
            },
          },
          nodeRuntime,
        ),
      );
      const map = summary && stackMap(summary);
      const nodeOf = (id: number) =>
        map?.nodes.find(({ name }) => name.endsWith(`#${id}`) || name.includes(`#${id} `));
      const links = map?.links.map(({ from, to }) => `${from} > ${to}`) ?? [];
      const link = (from: number, to: number): string => `${nodeOf(from)?.id} > ${nodeOf(to)?.id}`;
      expect(links).toEqual(expect.arrayContaining([link(39, 77), link(39, 78), link(39, 80), link(80, 39)]));
      expect(links).not.toContain(link(77, 78));
      expect(links).not.toContain(link(78, 80));
      for (const protocol of [77, 78, 80]) {
        expect(nodeOf(protocol)?.layer).toBeLessThan(nodeOf(39)?.layer ?? 0);
      }
      // Each packet once for each component: 72 passed npcap, by both of its edges.
      expect(nodeOf(39)?.packets).toBe(72);
    });

    it('replies take the way of the requests: other protocols that are offered a received packet do not count', async () => {
      const { asymmetric, conversations } = await summarizePaths([trace]);
      expect(asymmetric).toEqual([]);
      expect(conversations).toContainEqual(
        expect.objectContaining({ protocol: 'TCP', a: '10.77.0.1:22', b: '10.77.0.2:1637', packets: 12 }),
      );
    });
  },
);

const sum = (rows: readonly { readonly packets: number }[]): number =>
  rows.reduce((total, { packets }) => total + packets, 0);
