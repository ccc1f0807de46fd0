import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arp,
  EtherType,
  ethernet,
  ethernetVlan,
  overIpv4,
  overIpv6,
  padded,
  ping,
  ping6,
  tcp,
  text,
  udp,
  vxlan,
  wifiData,
} from '../../../samples/packets/index.js';
import { Random } from '../../../samples/scenarios/index.js';
import '../../support/fast-check.js';
import {
  Capture,
  correlateMade,
  Dir,
  downThrough,
  Link,
  type Score,
  type Step,
  upThrough,
} from './simulated-host.js';

const HOST = '02:00:00:00:00:01';
const HOST_2 = '02:00:00:00:00:02';
const ROUTER = '02:00:00:00:00:99';
const ROUTER_2 = '02:00:00:00:00:98';
const CONTAINERS = ['00:15:5d:00:00:0a', '00:15:5d:00:00:0b'] as const;
const GATEWAY = '00:15:5d:00:00:01';
const HOST_IP = '10.0.0.4';
const PEER_IP = '10.0.0.9';
const SERVER_IP = '93.184.216.34';
const CONTAINER_IP = '172.16.0.10';

const received = (ip: Uint8Array): Uint8Array => ethernet({ from: ROUTER, to: HOST }, EtherType.ipv4, ip);
const sent = (ip: Uint8Array): Uint8Array => ethernet({ from: HOST, to: ROUTER }, EtherType.ipv4, ip);
const fromPeer = { from: PEER_IP, to: HOST_IP };
const toPeer = { from: HOST_IP, to: PEER_IP };
const datagram = (id = 7): Uint8Array =>
  overIpv4(fromPeer, udp([4000, 5000], text('the same datagram, again and again')), { id, ttl: 64 });

/** A journey's steps are 1 to 5 µs apart. */
const gaps = (random: Random) => (): number => random.between(10, 50) / 10;
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const runs = { numRuns: 12 };

/** Every packet has exactly its appearances. */
function expectExact(score: Score): void {
  expect(score.mixed).toBe(0);
  expect(score.exact).toBe(score.packets);
  expect(score.groups).toBe(score.packets);
}

/** The measure for traces in which records are missing. */
function expectNearlyExact(score: Score): void {
  expect(score.exact / score.packets).toBeGreaterThanOrEqual(0.99);
  expect(score.mixed / score.groups).toBeLessThanOrEqual(0.005);
}

/** The header that the IP interface makes up for a drop record: no identification, no flags, TTL 1, no checksum. */
function rebuilt(ip: Uint8Array): Uint8Array {
  const copy = ip.slice();
  copy.fill(0, 4, 8);
  copy[8] = 1;
  copy.fill(0, 10, 12);
  return copy;
}

const dropAtIp = (reason: number, ip: Uint8Array): Step => ({
  component: 5,
  edge: 0,
  dir: Dir.up,
  link: Link.raw,
  bytes: rebuilt(ip),
  drop: { reason, location: 0xe000_0000 + reason },
});

describe('10,000 identical packets a second', () => {
  it('each has its own appearances, on one processor or on four', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1, 4), (seed, processors) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 600; n++) {
          const at = n * 100 + random.between(0, 60);
          capture.journey(`${n}`, at, n % processors, upThrough(received(datagram())), gaps(random));
        }
        const score = correlateMade(capture.appearances);
        expectExact(score);
        expect(score.counts.ambiguous).toBe(0);
      }),
      runs,
    );
  });

  it('also where the clocks of processors differ by microseconds', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 4, maxLength: 4 }),
        (seed, skews) => {
          const random = new Random(seed);
          const capture = new Capture(skews);
          for (let n = 0; n < 400; n++) {
            const steps = upThrough(received(datagram(n))).map((step, at) =>
              at === 3 ? { ...step, processor: 3 } : step,
            );
            capture.journey(`${n}`, n * 100 + random.between(0, 60), n % 3, steps, gaps(random));
          }
          expectExact(correlateMade(capture.appearances));
        },
      ),
      runs,
    );
  });

  it('lists of up to 64 NBLs that are logged location by location', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        let at = 0;
        for (let n = 0; n < 40; n++) {
          const steps = upThrough(received(datagram()));
          const list = Array.from({ length: random.between(1, 64) }, (_, of) => ({
            packet: `${n}.${of}`,
            steps,
          }));
          at = capture.list(list, at, 0, gaps(random)) + random.between(20, 500);
        }
        expectExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it('packets that all change their processor halfway', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 600; n++) {
          const steps = upThrough(received(datagram())).map((step, at) =>
            at === 3 ? { ...step, processor: 5 } : step,
          );
          capture.journey(`${n}`, n * 100 + random.between(0, 60), 0, steps, gaps(random));
        }
        expectExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it('records that are missing do not shift the records of the packets after them', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0.002, 0.01, 0.03), (seed, share) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 1500; n++) {
          const steps = upThrough(received(datagram())).filter(
            () => random.between(0, 9999) >= share * 10_000,
          );
          capture.journey(`${n}`, n * 100 + random.between(0, 60), n % 2, steps, gaps(random));
        }
        expectNearlyExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it('a packet whose journey ends without a drop record does not take the records of the next ones', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 1500; n++) {
          const length = random.between(0, 99) < 2 ? random.between(1, 5) : 6;
          const steps = upThrough(received(datagram())).slice(0, length);
          capture.journey(`${n}`, n * 100 + random.between(0, 60), 0, steps, gaps(random));
        }
        expectNearlyExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });
});

describe('equal bytes that are separate packets', () => {
  it('a segment that is retransmitted within a millisecond', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 200; n++) {
          const segment = tcp({
            ports: [443, 50_000],
            sequence: n * 100,
            acknowledgement: 1,
            flags: 16,
            payload: text('data'),
          });
          const steps = downThrough(sent(overIpv4(toPeer, segment, { id: n })));
          const end = capture.journey(`${n}`, n * 2000, 0, steps, gaps(random));
          capture.journey(
            `${n} again`,
            end + random.between(5, 900),
            random.between(0, 1),
            steps,
            gaps(random),
          );
        }
        expectExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it('repeated ARP requests, padded at the NIC and not above it', () => {
    const random = new Random(3);
    const capture = new Capture();
    const request = arp('request', { from: ROUTER, to: ROUTER }, { from: PEER_IP, to: HOST_IP });
    for (let n = 0; n < 100; n++) {
      const steps = upThrough(request).map((step, at) =>
        at === 0 ? { ...step, bytes: padded(request) } : step,
      );
      capture.journey(`${n}`, n * 300, n % 2, steps, gaps(random));
    }
    expectExact(correlateMade(capture.appearances));
  });

  it('identical pings and their replies', () => {
    const random = new Random(4);
    const capture = new Capture();
    for (let n = 0; n < 200; n++) {
      const request = overIpv4(fromPeer, ping('request', 1), { id: 1, ttl: 64 });
      const reply = overIpv4(toPeer, ping('reply', 1), { id: 1, ttl: 128 });
      const end = capture.journey(`request ${n}`, n * 400, 0, upThrough(received(request)), gaps(random));
      capture.journey(`reply ${n}`, end + 3, 0, downThrough(sent(reply)), gaps(random));
    }
    expectExact(correlateMade(capture.appearances));
  });

  it('a broadcast that two adapters hear', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        const request = padded(arp('request', { from: ROUTER, to: ROUTER }, { from: PEER_IP, to: HOST_IP }));
        for (let n = 0; n < 200; n++) {
          capture.journey(`one ${n}`, n * 1000, 0, upThrough(request, 1), gaps(random));
          const at = n * 1000 + random.between(0, 30);
          capture.journey(`two ${n}`, at, random.between(0, 1), upThrough(request, 2), gaps(random));
        }
        expectExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it('packets of two containers with equal addresses', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        const ip = overIpv4({ from: CONTAINER_IP, to: '172.16.0.1' }, ping('request', 1), { id: 1 });
        for (let n = 0; n < 200; n++) {
          CONTAINERS.forEach((from, of) => {
            const frame = ethernet({ from, to: GATEWAY }, EtherType.ipv4, ip);
            const steps: Step[] = [
              { component: 21 + of, dir: Dir.up, bytes: frame },
              { component: 24, dir: Dir.down, bytes: frame },
              { component: 20, dir: Dir.up, bytes: frame },
            ];
            capture.journey(`${n} of ${from}`, n * 100 + random.between(0, 10), 0, steps, gaps(random));
          });
        }
        expectExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });
});

describe('one packet that changes on its way', () => {
  const frameOf = (ip: Uint8Array): Uint8Array => ethernet({ from: HOST, to: ROUTER }, EtherType.ipv4, ip);

  it('802.11 below and Ethernet above, with a VLAN tag, without a link layer, with padding, cut, checksum filled in', () => {
    const random = new Random(5);
    const capture = new Capture();
    for (let n = 0; n < 50; n++) {
      const ip = overIpv4(toPeer, tcp({ ports: [50_000, 443], sequence: n, acknowledgement: 1, flags: 16 }), {
        id: n,
      });
      const unsummed = ip.slice();
      unsummed.fill(0, 10, 12);
      unsummed.fill(0xab, 36, 38);
      const macs = { from: HOST, to: ROUTER };
      const steps: Step[] = [
        { component: 5, edge: 0, dir: Dir.down, link: Link.raw, bytes: unsummed },
        { component: 4, dir: Dir.down, bytes: frameOf(unsummed) },
        { component: 3, edge: 1, dir: Dir.down, bytes: ethernetVlan(macs, 7, EtherType.ipv4, ip) },
        { component: 3, edge: 2, dir: Dir.down, bytes: padded(frameOf(ip)) },
        { component: 2, edge: 1, dir: Dir.down, bytes: frameOf(ip).subarray(0, 74) },
        {
          component: 1,
          dir: Dir.down,
          link: Link.wifi,
          bytes: wifiData({ ...macs, bssid: ROUTER_2 }, 'toAccessPoint', EtherType.ipv4, ip, n),
        },
      ];
      capture.journey(`${n}`, n * 50, 0, steps, gaps(random));
    }
    expectExact(correlateMade(capture.appearances));
  });

  it('routed from one adapter to the other, or back out of the same', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(1 as const, 2 as const), (seed, adapter) => {
        const random = new Random(seed);
        const capture = new Capture();
        const macs = { from: adapter === 1 ? HOST : HOST_2, to: ROUTER_2 };
        for (let n = 0; n < 300; n++) {
          const over = (ttl: number): Uint8Array =>
            overIpv4({ from: PEER_IP, to: '10.9.0.4' }, udp([4000, 5000], text('to be routed')), {
              id: 0,
              ttl,
            });
          const steps = [
            ...upThrough(received(over(64))),
            ...downThrough(ethernet(macs, EtherType.ipv4, over(63)), adapter),
          ];
          capture.journey(`${n}`, n * 100 + random.between(0, 30), n % 3, steps, gaps(random));
        }
        expectExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  const natted = (out: boolean, container: number, n: number): Step[] => {
    const inner = { from: CONTAINER_IP, to: SERVER_IP };
    const outer = { from: HOST_IP, to: SERVER_IP };
    const back = ({ from, to }: typeof inner): typeof inner => ({ from: to, to: from });
    const port = 1024 + ((n * 7 + container) % 5000);
    const macs = { from: CONTAINERS[container] ?? '', to: GATEWAY };
    const payload = text(`query ${n}`);
    if (out) {
      const local = overIpv4(inner, udp([5000 + container, 53], payload), { id: n, ttl: 128 });
      const frame = ethernet(macs, EtherType.ipv4, local);
      return [
        { component: 21 + container, dir: Dir.up, bytes: frame },
        { component: 24, dir: Dir.down, bytes: frame },
        { component: 20, dir: Dir.up, bytes: frame },
        ...downThrough(sent(overIpv4(outer, udp([port, 53], payload), { id: n, ttl: 127 }))),
      ];
    }
    const local = overIpv4(back(inner), udp([53, 5000 + container], payload), { id: n, ttl: 51 });
    const frame = ethernet(back(macs), EtherType.ipv4, local);
    return [
      ...upThrough(received(overIpv4(back(outer), udp([53, port], payload), { id: n, ttl: 52 }))),
      { component: 20, dir: Dir.down, bytes: frame },
      { component: 24, dir: Dir.up, bytes: frame },
      { component: 21 + container, dir: Dir.down, bytes: frame },
    ];
  };

  it.each([true, false])('translated (NAT) for two containers with equal addresses; outbound: %s', (out) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 200; n++) {
          for (const container of [0, 1]) {
            const at = n * 200 + random.between(0, 30);
            capture.journey(`${n}.${container}`, at, container, natted(out, container, n), gaps(random));
          }
        }
        const score = correlateMade(capture.appearances);
        expectExact(score);
        expect(score.counts.matches.translated).toBe(400);
      }),
      runs,
    );
  });

  it('of equal packets some of which end before the NAT, no other takes their place', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 1000; n++) {
          const steps = natted(true, 0, 5).slice(0, random.between(0, 99) < 3 ? 3 : 9);
          capture.journey(`${n}`, n * 100 + random.between(0, 30), 0, steps, gaps(random));
        }
        expectNearlyExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it.each([true, false])('in VXLAN and out of it, with equal inner packets; outbound: %s', (out) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        const [a, b] = out ? CONTAINERS : [CONTAINERS[1], CONTAINERS[0]];
        for (let n = 0; n < 300; n++) {
          const inner = ethernet(
            { from: a, to: b },
            EtherType.ipv4,
            overIpv4({ from: CONTAINER_IP, to: '172.16.0.11' }, ping('request', n % 4), { id: n % 4 }),
          );
          const tunnel = udp([50_000, 4789], vxlan(5001, inner));
          const port: Step[] = [
            { component: 21, dir: out ? Dir.up : Dir.down, bytes: inner },
            { component: 24, dir: out ? Dir.down : Dir.up, bytes: inner },
          ];
          const steps = out
            ? [...port, ...downThrough(sent(overIpv4(toPeer, tunnel, { id: n })))]
            : [...upThrough(received(overIpv4(fromPeer, tunnel, { id: n }))), ...port.reverse()];
          capture.journey(`${n}`, n * 100 + random.between(0, 30), n % 2, steps, gaps(random));
        }
        const score = correlateMade(capture.appearances);
        expectExact(score);
        expect(score.counts.matches.encapsulated).toBe(300);
      }),
      runs,
    );
  });

  it.each([true, false])(
    'in IPsec ESP, guessed by order and length and marked as ambiguous; outbound: %s',
    (out) => {
      const random = new Random(13);
      const capture = new Capture();
      for (let n = 0; n < 100; n++) {
        const ends = out ? toPeer : fromPeer;
        const frameFor = out ? sent : received;
        const payload = text('secret '.repeat(1 + (n % 9)));
        const clear = frameFor(overIpv4(ends, udp([4000, 5000], payload), { id: n, ttl: 128 }));
        const hidden = Uint8Array.from({ length: payload.length + 48 }, () => random.between(0, 255));
        const esp = { protocol: 50, bytes: hidden, checksumAt: 0, pseudoHeader: false };
        const encrypted = frameFor(overIpv4(ends, esp, { id: n + 1000, ttl: 128 }));
        const steps = out
          ? [...downThrough(clear).slice(0, 2), ...downThrough(encrypted).slice(2)]
          : [...upThrough(encrypted).slice(0, 4), ...upThrough(clear).slice(4)];
        capture.journey(`${n}`, n * 60, n % 2, steps, gaps(random));
      }
      const score = correlateMade(capture.appearances);
      expectExact(score);
      expect(score.counts.matches.encapsulated).toBe(100);
      expect(score.counts.ambiguous).toBe(100);
    },
  );

  it('a multicast delivered to three ports of a switch: one arrival, three branches', () => {
    const random = new Random(6);
    const capture = new Capture();
    const mdns = overIpv4({ from: PEER_IP, to: '224.0.0.251' }, udp([5353, 5353], text('who is')), {
      id: 0,
      ttl: 255,
    });
    const frame = ethernet({ from: ROUTER, to: '01:00:5e:00:00:fb' }, EtherType.ipv4, mdns);
    for (let n = 0; n < 200; n++) {
      const branches: Step[] = [21, 22, 23].map((component) => ({ component, dir: Dir.down, bytes: frame }));
      capture.journey(
        `${n}`,
        n * 100,
        n % 2,
        [{ component: 24, dir: Dir.up, bytes: frame }, ...branches],
        gaps(random),
      );
    }
    expectExact(correlateMade(capture.appearances));
  });
});

describe('parts and wholes', () => {
  const payload = Uint8Array.from({ length: 6000 }, (_, n) => (n * 31) & 0xff);
  const segment = (ends: typeof toPeer, from: number, length: number, n: number): Uint8Array =>
    overIpv4(
      ends,
      tcp({
        ports: [443, 50_000],
        sequence: n * 6000 + from,
        acknowledgement: 1,
        flags: 16,
        payload: payload.subarray(from, from + length),
      }),
      { id: n },
    );

  it('a large send that a filter splits (LSO): each segment is a packet that names its whole', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 60; n++) {
          const whole = downThrough(sent(segment(toPeer, 0, 6000, n))).slice(0, 4);
          let at = capture.journey(`${n}`, n * 1000, 0, whole, gaps(random));
          for (let from = 0; from < 6000; from += 1460) {
            const part = sent(segment(toPeer, from, Math.min(1460, 6000 - from), n));
            at = capture.journey(`${n} from ${from}`, at + 1, 0, downThrough(part).slice(4), gaps(random));
          }
        }
        const { appearances } = capture;
        const score = correlateMade(appearances);
        expectExact(score);
        const parents = parentsOf(score, appearances);
        expect(parents.size).toBe(300);
        for (const [part, whole] of parents) expect(whole).toBe(part.split(' ')[0]);
      }),
      runs,
    );
  });

  it('a segment that is sent again from the top is no part of the large send before it', () => {
    const random = new Random(7);
    const capture = new Capture();
    const at = capture.journey('whole', 0, 0, downThrough(sent(segment(toPeer, 0, 6000, 1))), gaps(random));
    capture.journey('again', at + 100, 0, downThrough(sent(segment(toPeer, 1460, 1460, 1))), gaps(random));
    const score = correlateMade(capture.appearances);
    expectExact(score);
    expect(score.counts.matches.split).toBe(0);
  });

  it('segments that the stack joins (RSC): the whole names its parts', () => {
    const random = new Random(8);
    const capture = new Capture();
    for (let n = 0; n < 60; n++) {
      let at = n * 1000;
      for (let of = 0; of < 4; of++) {
        const part = received(segment(fromPeer, of * 1460, 1460, n));
        at = capture.journey(`${n}.${of}`, at + 1, 0, upThrough(part).slice(0, 3), gaps(random));
      }
      const whole = received(segment(fromPeer, 0, 5840, n));
      capture.journey(`${n}`, at + 1, 0, upThrough(whole).slice(3), gaps(random));
    }
    const { appearances } = capture;
    const score = correlateMade(appearances);
    expectExact(score);
    const wholes = score.sightings.flatMap(({ match, parts }, at) =>
      match === 'joined'
        ? [[appearances[at]?.packet, parts.map((part) => nameOf(score, appearances, part))]]
        : [],
    );
    expect(wholes).toEqual(
      Array.from({ length: 60 }, (_, n) => [`${n}`, [0, 1, 2, 3].map((of) => `${n}.${of}`)]),
    );
  });

  it('a large datagram that is split below (USO), known by flow, order and length', () => {
    const random = new Random(9);
    const capture = new Capture();
    const large = udp([4000, 5000], payload);
    for (let n = 0; n < 40; n++) {
      const whole = sent(overIpv4(toPeer, large, { id: n * 8 }));
      let at = capture.journey(`${n}`, n * 1000, 0, downThrough(whole).slice(0, 3), gaps(random));
      for (let from = 0; from < 6000; from += 1400) {
        const part = udp([4000, 5000], payload.subarray(from, Math.min(from + 1400, 6000)));
        const frame = sent(overIpv4(toPeer, part, { id: n * 8 + from / 1400 }));
        at = capture.journey(`${n} from ${from}`, at + 1, 0, downThrough(frame).slice(3), gaps(random));
      }
    }
    const { appearances } = capture;
    const parents = parentsOf(correlateMade(appearances), appearances);
    expect(parents.size).toBe(200);
    for (const [part, whole] of parents) expect(whole).toBe(part.split(' ')[0]);
  });

  it('fragments of a datagram name the whole that was seen above', () => {
    const random = new Random(10);
    const capture = new Capture();
    const whole = overIpv4(toPeer, udp([4000, 5000], payload.subarray(0, 2952)), { id: 0x77, fragment: 0 });
    const body = whole.subarray(20);
    const fragment = (from: number, to: number): Uint8Array => {
      const header = whole.slice(0, 20);
      const view = new DataView(header.buffer);
      view.setUint16(2, 20 + to - from);
      view.setUint16(6, (to < body.length ? 0x2000 : 0) | (from / 8));
      return sent(Uint8Array.from([...header, ...body.subarray(from, to)]));
    };
    let at = capture.journey('whole', 0, 0, downThrough(sent(whole)).slice(0, 3), gaps(random));
    at = capture.journey('first', at + 1, 0, downThrough(fragment(0, 1480)).slice(3), gaps(random));
    capture.journey('second', at + 1, 0, downThrough(fragment(1480, 2960)).slice(3), gaps(random));
    const { appearances } = capture;
    const score = correlateMade(appearances);
    expectExact(score);
    expect([...parentsOf(score, appearances)]).toEqual([
      ['first', 'whole'],
      ['second', 'whole'],
    ]);
  });
});

describe('drop records', () => {
  it('several of one packet are one drop, and no packets of their own', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 300; n++) {
          const drops = [1207, 1206, 1206, 1206, 1207].map((reason) => dropAtIp(reason, datagram()));
          const steps = [...upThrough(received(datagram())), ...drops];
          capture.journey(`${n}`, n * 100 + random.between(0, 30), n % 2, steps, gaps(random));
        }
        const score = correlateMade(capture.appearances);
        expectExact(score);
        expect(score.counts).toMatchObject({ dropRecords: 1500, droppedPackets: 300 });
      }),
      runs,
    );
  });

  it('of a list whose equal packets are dropped in turn', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        let at = 0;
        const drops = [1207, 1206, 1206].map((reason) => dropAtIp(reason, datagram()));
        const steps = [...upThrough(received(datagram())), ...drops];
        for (let n = 0; n < 60; n++) {
          const list = Array.from({ length: random.between(1, 8) }, (_, of) => ({
            packet: `${n}.${of}`,
            steps,
          }));
          at = capture.list(list, at, 0, gaps(random)) + random.between(20, 500);
        }
        expectExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it('of every fifth packet, as a full socket has them', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const random = new Random(seed);
        const capture = new Capture();
        for (let n = 0; n < 1000; n++) {
          const drops =
            random.between(0, 4) === 0 ? [1207, 1206].map((reason) => dropAtIp(reason, datagram())) : [];
          const steps = [...upThrough(received(datagram())), ...drops];
          capture.journey(`${n}`, n * 100 + random.between(0, 30), 0, steps, gaps(random));
        }
        expectNearlyExact(correlateMade(capture.appearances));
      }),
      runs,
    );
  });

  it('IPv6: the flow label and hop limit that the stack leaves out do not count', () => {
    const random = new Random(11);
    const capture = new Capture();
    for (let n = 0; n < 50; n++) {
      const ip = overIpv6({ from: '2001:db8::1', to: '2001:db8::4' }, ping6('request', n), 255);
      ip[1] = 0x0c;
      ip[2] = 0x0e;
      const made = ip.slice();
      made.fill(0, 1, 4);
      made[7] = 1;
      const drop = { reason: 1204, location: 0xe000_4704 };
      const steps: Step[] = [
        ...upThrough(ethernet({ from: ROUTER, to: HOST }, EtherType.ipv6, ip)),
        { component: 5, edge: 0, dir: Dir.up, link: Link.raw, bytes: made, drop },
      ];
      capture.journey(`${n}`, n * 100, 0, steps, gaps(random));
    }
    expectExact(correlateMade(capture.appearances));
  });

  it('of packets that were never seen before: the same pair of records again is the next packet', () => {
    const random = new Random(12);
    const capture = new Capture();
    const ip = overIpv4(toPeer, udp([4000, 5000], text('unreachable')), { id: 0 });
    for (let n = 0; n < 200; n++) {
      const steps = [922, 923].map((reason) => ({ ...dropAtIp(reason, ip), dir: Dir.down }));
      capture.journey(`${n}`, n * 100 + random.between(0, 60), 0, steps, gaps(random));
    }
    const score = correlateMade(capture.appearances);
    expectExact(score);
    expect(score.counts).toMatchObject({ dropRecords: 400, droppedPackets: 200 });
  });
});

type Appearances = Capture['appearances'];

const nameOf = ({ numbers }: Score, appearances: Appearances, packet: number): string | undefined =>
  appearances[numbers.indexOf(packet)]?.packet;

/** The names of parts and of their wholes. */
const parentsOf = (score: Score, appearances: Appearances): Map<string, string | undefined> =>
  new Map(
    score.sightings.flatMap(({ match, parent }, at) =>
      match === 'split' ? [[appearances[at]?.packet ?? '', nameOf(score, appearances, parent)] as const] : [],
    ),
  );
