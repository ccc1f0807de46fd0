import { describe, expect, it } from 'vitest';
import { EtherType, ethernet, overIpv4, text, udp } from '../../../samples/packets/index.js';
import type { Appearance } from '../../../src/packets/identity/appearance.js';
import { LocationTable, PacketCorrelator } from '../../../src/packets/index.js';
import { Capture, correlateMade, Dir, type Made, TOPOLOGY, upThrough } from './simulated-host.js';

const frame = (id: number): Uint8Array =>
  ethernet(
    { from: '02:00:00:00:00:09', to: '02:00:00:00:00:01' },
    EtherType.ipv4,
    overIpv4({ from: '10.0.0.9', to: '10.0.0.4' }, udp([4000, 5000], text('some data')), { id, ttl: 64 }),
  );

const gap = (): number => 2;

/** The appearances with pktmon's numbers as Windows before 24H2 wrote them. */
function numberedAs(
  made: readonly Made[],
  numbers: readonly { readonly group: number; readonly number?: number; readonly count: number }[],
): Made[] {
  return made.map((appearance, at) => {
    const { count = 0, group = 0, number = 1 } = numbers[at] ?? {};
    return { ...appearance, nblHigh: 0, nblLow: group, packetNumber: number, appearance: count };
  });
}

describe('pktmon numbers that join appearances', () => {
  it('win over equal bytes', () => {
    const capture = new Capture();
    capture.journey('', 0, 0, upThrough(frame(1)).slice(0, 4), gap);
    const made = numberedAs(capture.appearances, [
      { group: 10, count: 1 },
      { group: 11, count: 1 },
      { group: 10, count: 2 },
      { group: 11, count: 2 },
    ]);
    expect(correlateMade(made).numbers).toEqual([1, 2, 1, 2]);
  });

  it('tell the packets of one group apart by PktNumber', () => {
    const capture = new Capture();
    capture.journey('', 0, 0, upThrough(frame(1)).slice(0, 4), gap);
    const made = numberedAs(capture.appearances, [
      { group: 10, number: 1, count: 1 },
      { group: 10, number: 2, count: 1 },
      { group: 10, number: 1, count: 2 },
      { group: 10, number: 2, count: 2 },
    ]);
    expect(correlateMade(made).numbers).toEqual([1, 2, 1, 2]);
  });

  it('are used again: a count that does not go up begins the next packet', () => {
    const capture = new Capture();
    capture.journey('', 0, 0, upThrough(frame(1)).slice(0, 5), gap);
    const counts = [1, 2, 3, 1, 2];
    const made = numberedAs(
      capture.appearances,
      counts.map((count) => ({ group: 10, count })),
    );
    expect(correlateMade(made).numbers).toEqual([1, 1, 1, 2, 2]);
  });

  it('survive clocks of two processors that put the second appearance first', () => {
    const capture = new Capture([0, -6]);
    const steps = upThrough(frame(1)).slice(0, 3);
    capture.journey(
      '',
      0,
      0,
      steps.map((step, at) => (at === 1 ? { ...step, processor: 1 } : { ...step, processor: 0 })),
      gap,
    );
    const order = capture.appearances.map(({ processor }) => (processor === 1 ? 2 : 0));
    expect(order).toEqual([2, 0, 0]);
    const made = numberedAs(
      capture.appearances,
      [2, 1, 3].map((count) => ({ group: 10, count })),
    );
    expect(correlateMade(made).numbers).toEqual([1, 1, 1]);
  });

  it('a group number of 0 names nothing: the content decides', () => {
    const capture = new Capture();
    capture.journey('', 0, 0, upThrough(frame(1)).slice(0, 2), gap);
    capture.journey('', 50, 0, upThrough(frame(2)).slice(0, 2), gap);
    const made = numberedAs(
      capture.appearances,
      [1, 2, 1, 2].map((count) => ({ group: 0, count })),
    );
    const score = correlateMade(made);
    expect(score.numbers).toEqual([1, 1, 2, 2]);
    expect(score.counts.matches.content).toBe(2);
  });
});

describe('a sighting', () => {
  it('numbers packets from 1 in order of first appearance, and their appearances in time order', () => {
    const capture = new Capture();
    const [first, second] = [upThrough(frame(1)).slice(0, 3), upThrough(frame(2)).slice(0, 3)];
    capture.list(
      [
        { packet: 'a', steps: first },
        { packet: 'b', steps: second },
      ],
      0,
      0,
      gap,
    );
    const locations = new LocationTable();
    locations.addHost(0, TOPOLOGY);
    const correlator = new PacketCorrelator();
    const seen = capture.appearances.map((appearance) => {
      const { hop, match, packet } = correlator.see(appearance, locations.locate(appearance, 0));
      return [packet, hop, match];
    });
    expect(seen).toEqual([
      [1, 1, undefined],
      [2, 1, undefined],
      [1, 2, 'content'],
      [2, 2, 'content'],
      [1, 3, 'content'],
      [2, 3, 'content'],
    ]);
  });

  it('packets of two hosts of a merged conversion are never one, whatever their bytes', () => {
    const capture = new Capture();
    capture.journey('', 0, 0, upThrough(frame(1)).slice(0, 4), gap);
    const locations = new LocationTable();
    const correlator = new PacketCorrelator();
    const packets = capture.appearances.map((appearance, at) => {
      const captureLocation = { ...appearance.captureLocation, host: at % 2 };
      return correlator.see(appearance, locations.locate({ ...appearance, captureLocation }, at % 2)).packet;
    });
    expect(packets).toEqual([1, 2, 1, 2]);
  });

  it('a record without bytes and without a number is a packet of its own', () => {
    const capture = new Capture();
    const empty = new Uint8Array(0);
    capture.record('', 0, 0, { component: 1, dir: Dir.up, bytes: empty });
    capture.record('', 1, 0, { component: 2, edge: 2, dir: Dir.up, bytes: empty });
    expect(correlateMade(capture.appearances).numbers).toEqual([1, 2]);
  });
});

describe('memory', () => {
  /** As many packets as wanted, all within a millisecond, so that all are open. */
  function flood(correlator: PacketCorrelator, packets: number): void {
    const locations = new LocationTable();
    locations.addHost(0, TOPOLOGY);
    const bytes = frame(1);
    const capture = new Capture();
    capture.record('', 0, 0, { component: 1, dir: Dir.up, bytes });
    const [made] = capture.appearances;
    if (made === undefined) throw new Error('one appearance was recorded');
    const location = locations.locate(made, 0);
    const view = new DataView(bytes.buffer);
    const appearance: Appearance = made;
    for (let n = 0; n < packets; n++) {
      view.setUint32(38, n);
      correlator.see(appearance, location);
    }
  }

  it('packets beyond the most that can be open are closed early, and counted', () => {
    const correlator = new PacketCorrelator({ maxOpen: 4096 });
    flood(correlator, 4096);
    expect(correlator.counts).toMatchObject({ packets: 4096, closedEarly: 0 });
    flood(correlator, 1000);
    expect(correlator.counts.closedEarly).toBe(1000);
  });

  it('the default takes less than 100 MiB at any rate', () => {
    const before = process.memoryUsage().arrayBuffers;
    const correlator = new PacketCorrelator();
    flood(correlator, 300_000);
    expect(correlator.counts.closedEarly).toBe(300_000 - 262_144);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
  });
});
