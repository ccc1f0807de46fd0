import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/host/index.js';
import { LinkType } from '../../src/net/index.js';
import { type NameLookup, Packet } from '../../src/packets/index.js';
import { type PacketPath, PathTracker } from '../../src/paths/index.js';

const NAMES: NameLookup = {
  componentName: () => undefined,
  dropReasonText: () => undefined,
  compartmentId: () => undefined,
};

const MILLISECOND = 10_000;
const SECOND = 10_000_000;

const component = (componentId: number): Place => ({
  source: 'pktmon',
  linkType: LinkType.ethernet,
  key: `component ${componentId}`,
  componentId,
});
const COMPONENTS = Array.from({ length: 16 }, (_, id) => component(id));

const nic = (miniportIfIndex: number): Place => ({
  source: 'ndis',
  linkType: LinkType.ethernet,
  key: `nic ${miniportIfIndex}`,
  miniportIfIndex,
  lowerIfIndex: miniportIfIndex,
});
const [TEAM, MEMBER] = [nic(14), nic(6)];

interface Seen {
  /** Ticks since the start. */
  readonly at: number;
  readonly place?: Place | undefined;
  readonly group?: number;
  readonly appearance?: number;
  readonly bytes?: Uint8Array;
  readonly direction?: 1 | 2;
}

/** What is seen, in the order of time. @returns frames of each path, in the order given out, and the most hops open */
function follow(seen: Iterable<Seen>, options: { window?: number; maxOpenHops?: number } = {}) {
  const paths: PacketPath[] = [];
  const tracker = new PathTracker({ ...options, onPath: (path) => paths.push(path) });
  const packet = new Packet(component(0));
  let frame = 0;
  let unfinished = 0;
  let mostUnfinished = 0;
  for (const { appearance = 1, at, bytes = new Uint8Array(60), direction = 1, group, place } of seen) {
    packet.reset();
    packet.timeLow = at % 2 ** 32;
    packet.timeHigh = 100 + Math.floor(at / 2 ** 32);
    packet.place = place ?? component(0);
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
  it('at equal times the appearance decides about the order of hops', () => {
    const { frames } = follow([
      { at: 0, group: 1, appearance: 2, place: COMPONENTS[1] },
      { at: 0, group: 1, appearance: 1, place: COMPONENTS[0] },
      { at: 5, group: 1, appearance: 3, place: COMPONENTS[2] },
    ]);
    expect(frames).toEqual([[2, 1, 3]]);
  });

  it('a number that is used again stands for another packet: the same appearance at the same place', () => {
    const { frames } = follow([
      { at: 0, group: 7, appearance: 1, place: COMPONENTS[0] },
      { at: 1, group: 7, appearance: 2, place: COMPONENTS[1] },
      { at: 2, group: 7, appearance: 1, place: COMPONENTS[0] },
      { at: 3, group: 7, appearance: 2, place: COMPONENTS[1] },
    ]);
    expect(frames).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('copies of one packet at other places stay with it, though their appearances are equal', () => {
    const { frames } = follow([
      { at: 0, group: 7, appearance: 1, place: COMPONENTS[0] },
      { at: 1, group: 7, appearance: 2, place: COMPONENTS[1] },
      { at: 2, group: 7, appearance: 2, place: COMPONENTS[2] },
    ]);
    expect(frames).toEqual([[1, 2, 3]]);
  });

  it('an appearance more than a second behind the last is another packet, one within it the same', () => {
    const { frames } = follow([
      { at: 0, group: 7, appearance: 1, place: COMPONENTS[0] },
      { at: SECOND, group: 7, appearance: 2, place: COMPONENTS[1] },
      { at: 2 * SECOND + 1, group: 7, appearance: 3, place: COMPONENTS[2] },
    ]);
    expect(frames).toEqual([[1, 2], [3]]);
  });

  it('times are right across the carry from the lower to the upper half', () => {
    const { paths } = follow([
      { at: 2 ** 32 - 3, group: 7, appearance: 1, place: COMPONENTS[0] },
      { at: 2 ** 32 + 4, group: 7, appearance: 2, place: COMPONENTS[1] },
    ]);
    expect(paths.map(({ hops }) => hops.map(({ since }) => since))).toEqual([[0, 7]]);
  });
});

describe('without a name, equal bytes are a guess', () => {
  const frame = Uint8Array.from({ length: 300 }, (_, n) => n & 0xff);

  it('at another NIC within 50 ms and in the same direction they are one packet', () => {
    const { frames, paths } = follow([
      { at: 0, place: TEAM, bytes: frame },
      { at: 50 * MILLISECOND, place: MEMBER, bytes: frame },
    ]);
    expect(frames).toEqual([[1, 2]]);
    expect(paths[0]?.guess).toBe(true);
  });

  it.each([
    ['later', { at: 50 * MILLISECOND + 1, place: MEMBER, bytes: frame }],
    ['in the other direction', { at: 1, place: MEMBER, bytes: frame, direction: 2 as const }],
    ['at the same NIC', { at: 1, place: TEAM, bytes: frame }],
    ['with another length', { at: 1, place: MEMBER, bytes: frame.subarray(0, 299) }],
    ['with another byte', { at: 1, place: MEMBER, bytes: frame.map((byte, n) => (n === 150 ? 0 : byte)) }],
  ])('%s they are two packets, and nothing is guessed', (_, second) => {
    const { frames, paths } = follow([{ at: 0, place: TEAM, bytes: frame }, second]);
    expect(frames).toEqual([[1], [2]]);
    expect(paths.some(({ guess }) => guess)).toBe(false);
  });
});

describe('paths are closed when they are old', () => {
  it('each is given out once, complete, and in the order of first frames', () => {
    // Packets of a second each that overlap; every third is seen again and again.
    const seen = Array.from({ length: 4000 }, (_, n): Seen & { readonly group: number } => ({
      at: n * 5 * MILLISECOND,
      group: n % 3 === 0 ? 1 + Math.floor(n / 300) : 1000 + n,
      appearance: n,
      place: component(n % 16),
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
      place: COMPONENTS[0],
    }));
    expect(follow(seen).mostUnfinished).toBeLessThanOrEqual(2002);
  });

  it('where more is open than may be, paths are closed early, and those that may go on say so', () => {
    const seen = Array.from({ length: 10_000 }, (_, n) => ({ at: n, group: n + 1, place: COMPONENTS[0] }));
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
      appearance: n,
      place: COMPONENTS[n % 16],
    }));
    const { paths } = follow(seen);
    expect(paths.map(({ cut, hops }) => [hops.length, cut])).toEqual([
      [256, 'hops'],
      [256, 'hops'],
      [88, undefined],
    ]);
  });

  it('a trace of packets with one hash and one name takes time in proportion to its length', () => {
    // Equal bytes at one NIC: every packet is a path of its own, and all are looked for under one hash.
    const seen = (count: number): Seen[] =>
      Array.from({ length: count }, (_, n) => ({ at: n, place: TEAM, bytes: new Uint8Array(60) }));
    const time = (count: number): number => {
      const start = performance.now();
      expect(follow(seen(count)).frames).toHaveLength(count);
      return performance.now() - start;
    };
    time(2000);
    expect(time(40_000)).toBeLessThan(40 * Math.max(20, time(4000)));
  });
});
