import { describe, expect, it } from 'vitest';
import type { CaptureLocation } from '../../src/host/index.js';
import { LinkType } from '../../src/net/index.js';
import {
  type HostTopology,
  LocationTable,
  type NameLookup,
  Packet,
  PacketCorrelator,
} from '../../src/packets/index.js';
import { type PacketPath, PathTracker } from '../../src/paths/index.js';

const NAMES: NameLookup = {
  componentName: () => undefined,
  dropReasonText: () => undefined,
  compartmentId: () => undefined,
};

const MILLISECOND = 10_000;
const SECOND = 10_000_000;

const component = (componentId: number): CaptureLocation => ({
  source: 'pktmon',
  linkType: LinkType.ethernet,
  key: `component ${componentId}`,
  componentId,
});
const COMPONENTS = Array.from({ length: 16 }, (_, id) => component(id));

const nic = (miniportIfIndex: number): CaptureLocation => ({
  source: 'ndis',
  linkType: LinkType.ethernet,
  key: `nic ${miniportIfIndex}`,
  miniportIfIndex,
  lowerIfIndex: miniportIfIndex,
});
const [TEAM, MEMBER] = [nic(14), nic(6)];

/** A stack of a miniport, a filter, a protocol and an IP interface; a team and its member. Components below 10 are not described. */
const TOPOLOGY: HostTopology = {
  components: new Map([
    [10, { type: 2, ifIndex: 20 }],
    [11, { type: 3, ifIndex: 21, miniportIfIndex: 20 }],
    [12, { type: 4, miniportIfIndex: 20 }],
    [13, { type: 11, ipIfIndex: 20 }],
  ]),
  interfaces: new Map([[14, { isUpper: true }]]),
};
const [MINIPORT, FILTER, PROTOCOL, IP] = [10, 11, 12, 13].map((id) => COMPONENTS[id]);
const LOWER = 2;
const UPPER = 1;

interface Seen {
  /** Ticks since the start. */
  readonly at: number;
  readonly captureLocation?: CaptureLocation | undefined;
  readonly group?: number;
  readonly appearance?: number;
  readonly bytes?: Uint8Array;
  readonly direction?: 1 | 2;
  readonly edge?: number;
  readonly processor?: number;
  readonly drop?: number;
}

/** What is seen, in time order. @returns frames of each path, in the order received, and the most hops open */
function follow(seen: Iterable<Seen>, options: { window?: number; maxOpenHops?: number } = {}) {
  const paths: PacketPath[] = [];
  const tracker = new PathTracker({ ...options, onPath: (path) => paths.push(path) });
  const packet = new Packet(component(0));
  const correlator = new PacketCorrelator();
  const locations = new LocationTable();
  locations.addHost(0, TOPOLOGY);
  let frame = 0;
  let unfinished = 0;
  let mostUnfinished = 0;
  for (const one of seen) {
    const { appearance = 1, at, bytes = new Uint8Array(60), direction = 1, group, captureLocation } = one;
    packet.reset();
    packet.timeLow = at % 2 ** 32;
    packet.timeHigh = 100 + Math.floor(at / 2 ** 32);
    packet.captureLocation = captureLocation ?? component(0);
    packet.bytes = bytes;
    packet.length = bytes.length;
    packet.originalLength = bytes.length;
    packet.direction = direction;
    packet.directionText = direction === 1 ? 'Rx' : 'Tx';
    if (group !== undefined) {
      packet.hasNbl = true;
      packet.nblLow = group;
      packet.packetNumber = 1;
      packet.appearance = appearance;
    }
    packet.edgeId = one.edge ?? -1;
    packet.processor = one.processor ?? 0;
    if (one.drop !== undefined) {
      packet.dropped = true;
      packet.dropReason = one.drop;
    }
    packet.sighting = correlator.see(packet, locations.locate(packet, 0));
    frame += 1;
    const before = paths.length;
    tracker.add(packet, frame, 0, NAMES);
    unfinished += 1;
    for (const path of paths.slice(before)) unfinished -= path.hops.length;
    mostUnfinished = Math.max(mostUnfinished, unfinished);
  }
  tracker.finish();
  return { frames: paths.map(({ hops }) => hops.map((hop) => hop.frame)), paths, tracker, mostUnfinished };
}

describe('pktmon: PktGroupId and PktNumber name a packet', () => {
  it('at equal times of two processors the appearance decides about the order of hops', () => {
    const { frames } = follow([
      { at: 0, group: 1, appearance: 2, captureLocation: COMPONENTS[1], processor: 1 },
      { at: 0, group: 1, appearance: 1, captureLocation: COMPONENTS[0] },
      { at: 5, group: 1, appearance: 3, captureLocation: COMPONENTS[2] },
    ]);
    expect(frames).toEqual([[2, 1, 3]]);
  });

  it('a number that is used again stands for another packet: the same appearance at the same place', () => {
    const { frames } = follow([
      { at: 0, group: 7, appearance: 1, captureLocation: COMPONENTS[0] },
      { at: 1, group: 7, appearance: 2, captureLocation: COMPONENTS[1] },
      { at: 2, group: 7, appearance: 1, captureLocation: COMPONENTS[0] },
      { at: 3, group: 7, appearance: 2, captureLocation: COMPONENTS[1] },
    ]);
    expect(frames).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('an appearance more than a second behind the last is another packet, one within it the same', () => {
    const { frames } = follow([
      { at: 0, group: 7, appearance: 1, captureLocation: COMPONENTS[0] },
      { at: SECOND, group: 7, appearance: 2, captureLocation: COMPONENTS[1] },
      { at: 2 * SECOND + 1, group: 7, appearance: 3, captureLocation: COMPONENTS[2] },
    ]);
    expect(frames).toEqual([[1, 2], [3]]);
  });

  it('times are right across the carry from the lower to the upper half', () => {
    const { paths } = follow([
      { at: 2 ** 32 - 3, group: 7, appearance: 1, captureLocation: COMPONENTS[0] },
      { at: 2 ** 32 + 4, group: 7, appearance: 2, captureLocation: COMPONENTS[1] },
    ]);
    expect(paths.map(({ hops }) => hops.map(({ since }) => since))).toEqual([[0, 7]]);
  });
});

describe('without numbers, content matches appearances', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, n) => n & 0xff);
  const direction = 2;

  it('at the next NIC within 100 ms and in the same direction they are one packet, which is inferred', () => {
    const { frames, paths } = follow([
      { at: 0, captureLocation: TEAM, bytes, direction },
      { at: 100 * MILLISECOND, captureLocation: MEMBER, bytes, direction },
    ]);
    expect(frames).toEqual([[1, 2]]);
    expect(paths[0]?.inferred).toBe(true);
    expect(paths[0]?.hops.map(({ match }) => match)).toEqual([undefined, 'content']);
  });

  it.each<[string, Seen]>([
    ['later', { at: 100 * MILLISECOND + 1, captureLocation: MEMBER, bytes, direction }],
    ['in the other direction', { at: 1, captureLocation: MEMBER, bytes, direction: 1 }],
    ['at the same NIC', { at: 1, captureLocation: TEAM, bytes, direction }],
    [
      'with another byte',
      { at: 1, captureLocation: MEMBER, bytes: bytes.map((byte, n) => (n === 50 ? 0 : byte)), direction },
    ],
  ])('%s they are two packets, and nothing is inferred', (_, second) => {
    const { frames, paths } = follow([{ at: 0, captureLocation: TEAM, bytes, direction }, second]);
    expect(frames).toEqual([[1], [2]]);
    expect(paths.some(({ inferred }) => inferred)).toBe(false);
  });
});

describe('the order of hops', () => {
  const bytes = Uint8Array.from({ length: 80 }, (_, n) => n);
  // Windows 11 24H2: every appearance has a group number of its own, and the count is 0.
  const up = (
    at: number,
    captureLocation: CaptureLocation | undefined,
    edge: number,
    processor: number,
  ): Seen => ({
    at,
    captureLocation,
    edge,
    processor,
    bytes,
    group: at + 1,
    appearance: 0,
  });

  it('of two processors is that of their locations where times are within 12 µs: the clocks differ', () => {
    const { paths } = follow([
      up(0, MINIPORT, UPPER, 0),
      up(30, FILTER, UPPER, 1),
      up(40, FILTER, LOWER, 0),
      up(120, PROTOCOL, LOWER, 1),
    ]);
    expect(paths.map(({ hops }) => hops.map(({ frame, since }) => [frame, since]))).toEqual([
      [
        [1, 0],
        [3, 40],
        [2, 30],
        [4, 120],
      ],
    ]);
    expect(paths[0]?.hops.map(({ number }) => number)).toEqual([1, 3, 2, 4]);
    expect(paths[0]?.duration).toBe(120);
  });

  it('where the first hop is not the earliest, times count from the earliest, and the first frame is the lowest', () => {
    const { paths } = follow([up(0, FILTER, LOWER, 1), up(50, MINIPORT, UPPER, 0)]);
    const [path] = paths;
    expect(path?.hops.map(({ frame, since }) => [frame, since])).toEqual([
      [2, 50],
      [1, 0],
    ]);
    expect([path?.firstFrame, path?.duration]).toEqual([1, 50]);
  });

  it('with numbers, the count decides between two processors', () => {
    const { frames } = follow([
      { at: 0, group: 1, appearance: 1, captureLocation: COMPONENTS[0] },
      { at: 10, group: 1, appearance: 3, captureLocation: COMPONENTS[2], processor: 1 },
      { at: 15, group: 1, appearance: 2, captureLocation: COMPONENTS[1], processor: 0 },
    ]);
    expect(frames).toEqual([[1, 3, 2]]);
  });
});

describe('drop records', () => {
  it('of one packet are one drop, at the first one, and all are hops', () => {
    const { frames, paths } = follow([
      { at: 0, group: 1, appearance: 1, captureLocation: MINIPORT },
      { at: 10, group: 1, appearance: 2, captureLocation: PROTOCOL },
      { at: 500, group: 1, appearance: 3, captureLocation: IP, drop: 902 },
      { at: 600, group: 1, appearance: 4, captureLocation: IP, drop: 1206 },
    ]);
    expect(frames).toEqual([[1, 2, 3, 4]]);
    const [path] = paths;
    expect([path?.drop?.frame, path?.drop?.dropReason]).toEqual([3, 902]);
    expect(path?.journey.map(({ frame }) => frame)).toEqual([1, 2, 3]);
  });
});

describe('paths are closed when they are old', () => {
  it('each is received once, complete, and in the order of first frames', () => {
    // Packets of a second each that overlap; every third is seen repeatedly.
    const seen = Array.from({ length: 4000 }, (_, n): Seen & { readonly group: number } => ({
      at: n * 5 * MILLISECOND,
      group: n % 3 === 0 ? 1 + Math.floor(n / 300) : 1000 + n,
      appearance: n + 1,
      captureLocation: component(n % 16),
    }));
    const { frames } = follow(seen);
    const firsts = frames.map(([first = 0]) => first);
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    const expected = new Map<number, number[]>();
    for (const [at, { group }] of seen.entries()) {
      expected.set(group, [...(expected.get(group) ?? []), at + 1]);
    }
    expect(frames).toEqual([...expected.values()].sort(([a = 0], [b = 0]) => a - b));
  });

  it('no more than two seconds of packets are kept', () => {
    const seen = Array.from({ length: 20_000 }, (_, n) => ({
      at: n * MILLISECOND,
      group: n + 1,
      captureLocation: COMPONENTS[0],
    }));
    expect(follow(seen).mostUnfinished).toBeLessThanOrEqual(2002);
  });

  it('where more is open than may be, paths are closed early, and those that may go on say so', () => {
    const seen = Array.from({ length: 10_000 }, (_, n) => ({
      at: n,
      group: n + 1,
      captureLocation: COMPONENTS[0],
    }));
    const { frames, mostUnfinished, paths, tracker } = follow(seen, { maxOpenHops: 1000 });
    expect(frames).toEqual(seen.map((_, n) => [n + 1]));
    expect(mostUnfinished).toBeLessThanOrEqual(2000);
    expect(tracker.cut).toBe(paths.filter(({ cut }) => cut === 'memory').length);
    expect(tracker.cut).toBeGreaterThan(0);
  });

  it('a packet that runs in circles begins a new path after 256 hops', () => {
    const seen = Array.from({ length: 600 }, (_, n) => ({
      at: n,
      group: 1,
      appearance: n + 1,
      captureLocation: COMPONENTS[n % 16],
    }));
    const { paths } = follow(seen);
    expect(paths.map(({ cut, hops }) => [hops.length, cut])).toEqual([
      [256, 'hops'],
      [256, 'hops'],
      [88, undefined],
    ]);
  });
});
