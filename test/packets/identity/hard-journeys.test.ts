import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  EtherType,
  ethernet,
  overIpv4,
  ping,
  text,
  udp,
  vxlan,
  wifiData,
} from '../../../samples/packets/index.js';
import { natSession, Random } from '../../../samples/scenarios/index.js';
import '../../support/fast-check.js';
import { sessionsOf } from '../changes/nat-events.js';
import {
  Capture,
  correlateMade,
  Dir,
  downThrough,
  Link,
  type Score,
  type Step,
  TOPOLOGY,
  upThrough,
} from './simulated-host.js';

const HOST = '02:00:00:00:00:01';
const ROUTER = '02:00:00:00:00:99';
const STATION = '02:00:00:00:00:98';
const CONTAINERS = ['00:15:5d:00:00:0a', '00:15:5d:00:00:0b', '00:15:5d:00:00:0c'] as const;
const GATEWAY = '00:15:5d:00:00:01';
const HOST_IP = '10.0.0.4';
const SERVER_IP = '93.184.216.34';
const UDP = 17;

const inbound = { from: '10.0.0.9', to: HOST_IP };
const outbound = { from: HOST_IP, to: '10.0.0.9' };
const received = (ip: Uint8Array): Uint8Array => ethernet({ from: ROUTER, to: HOST }, EtherType.ipv4, ip);
const sent = (ip: Uint8Array): Uint8Array => ethernet({ from: HOST, to: ROUTER }, EtherType.ipv4, ip);
const datagram = (id = 7): Uint8Array =>
  overIpv4(inbound, udp([4000, 5000], text('always the same')), { id, ttl: 64 });

const gaps = (random: Random) => (): number => random.between(5, 50) / 10;
const seeds = fc.integer({ min: 1, max: 1_000_000 });
const runs = { numRuns: 6 };

function expectExact(score: Score): void {
  expect(score.mixed).toBe(0);
  expect(score.exact).toBe(score.packets);
  expect(score.groups).toBe(score.packets);
}

/** The journeys that a function records, correlated, for several seeds. */
function forSeeds(record: (capture: Capture, random: Random) => void, check = expectExact): void {
  fc.assert(
    fc.property(seeds, (seed) => {
      const capture = new Capture();
      record(capture, new Random(seed));
      check(correlateMade(capture.appearances));
    }),
    runs,
  );
}

/** An IPv4 packet with any payload. */
function ipOver(protocol: number, ends: typeof inbound, payload: Uint8Array, id: number): Uint8Array {
  const empty = { protocol, bytes: new Uint8Array(payload.length), checksumAt: 0, pseudoHeader: false };
  const ip = overIpv4(ends, empty, { id });
  ip.set(payload, 20);
  return ip;
}

/** A drop record of the IP interface, with the header that it makes up. */
function dropAtIp(reason: number, ip: Uint8Array, more: Partial<Step> = {}): Step {
  const bytes = ip.slice();
  bytes.fill(0, 4, 8);
  bytes[8] = 1;
  bytes.fill(0, 10, 12);
  const drop = { reason, location: 0xe000_0000 + reason };
  return { component: 5, edge: 0, dir: Dir.up, link: Link.raw, bytes, drop, ...more };
}

describe('packets of a virtual switch', () => {
  it('of two containers with equal MAC and IP addresses on one processor: what left the switch does not come in again', () => {
    forSeeds((capture, random) => {
      const ip = overIpv4({ from: '172.16.0.10', to: outbound.to }, udp([1, 2], text('x')), { id: 0 });
      const frame = ethernet({ from: CONTAINERS[0], to: ROUTER }, EtherType.ipv4, ip);
      for (let n = 0; n < 400; n++) {
        const port = 21 + (n % 2);
        const steps: Step[] = [
          { component: port, dir: Dir.up, bytes: frame },
          { component: 24, dir: Dir.down, bytes: frame },
          ...downThrough(frame),
        ];
        capture.journey(`${n}`, n * 60 + random.between(0, 5), 0, steps, () => random.between(5, 30) / 10);
      }
    });
  });

  it('the same inner packet leaves in NVGRE and comes in from NVGRE', () => {
    forSeeds((capture, random) => {
      const inner = ethernet(
        { from: CONTAINERS[0], to: CONTAINERS[1] },
        EtherType.ipv4,
        overIpv4({ from: '172.16.0.10', to: '172.16.0.11' }, ping('request', 1), { id: 1 }),
      );
      // RFC 7637: the key is present, the protocol is Transparent Ethernet Bridging.
      const nvgre = Uint8Array.from([0x20, 0, 0x65, 0x58, 0, 0x13, 0x89, 0, ...inner]);
      for (let n = 0; n < 300; n++) {
        const out: Step[] = [
          { component: 21, dir: Dir.up, bytes: inner },
          { component: 24, dir: Dir.down, bytes: inner },
          ...downThrough(sent(ipOver(47, outbound, nvgre, n))),
        ];
        const back: Step[] = [
          ...upThrough(received(ipOver(47, inbound, nvgre, n))),
          { component: 24, dir: Dir.up, bytes: inner },
          { component: 22, dir: Dir.down, bytes: inner },
        ];
        capture.journey(`out ${n}`, n * 200 + random.between(0, 30), n % 2, out, gaps(random));
        capture.journey(`back ${n}`, n * 200 + 100 + random.between(0, 30), n % 2, back, gaps(random));
      }
    });
  });
});

describe('IP in IP', () => {
  it('the packet above the tunnel and the one below it are one', () => {
    forSeeds((capture, random) => {
      for (let n = 0; n < 200; n++) {
        const inner = overIpv4({ from: '172.16.0.10', to: '172.16.0.11' }, ping('request', 1), { id: n });
        const steps: Step[] = [
          { component: 25, dir: Dir.down, bytes: inner, link: Link.raw },
          ...downThrough(sent(ipOver(4, outbound, inner, 0))),
        ];
        capture.journey(`${n}`, n * 200, n % 2, steps, gaps(random));
      }
    });
  });
});

describe('address translation (NAT)', () => {
  const natted = (container: number, id: number): Step[] => {
    const query = text('query');
    const inside = { from: `172.16.0.1${container}`, to: SERVER_IP };
    const outside = { from: HOST_IP, to: SERVER_IP };
    const frame = ethernet(
      { from: CONTAINERS[container] ?? '', to: GATEWAY },
      EtherType.ipv4,
      overIpv4(inside, udp([5000, 53], query), { id, ttl: 128 }),
    );
    return [
      { component: 21 + container, dir: Dir.up, bytes: frame },
      { component: 24, dir: Dir.down, bytes: frame },
      { component: 20, dir: Dir.up, bytes: frame },
      ...downThrough(sent(overIpv4(outside, udp([1024 + container, 53], query), { id, ttl: 127 }))),
    ];
  };

  /** Three containers send equal datagrams on one processor, and the NAT sends the last one first. */
  function reversed(random: Random): Capture {
    const capture = new Capture();
    for (let n = 0; n < 200; n++) {
      for (const container of [0, 1, 2]) {
        const steps = natted(container, n);
        const name = `${n} of ${container}`;
        capture.journey(name, n * 300 + 10 * container, 0, steps.slice(0, 3), () => 2);
        capture.journey(
          name,
          n * 300 + 100 - 20 * container,
          0,
          steps.slice(3),
          () => random.between(5, 20) / 10,
        );
      }
    }
    return capture;
  }

  it('by events of WinNat, where content alone cannot tell which of three equal datagrams it is', () => {
    const sessions = sessionsOf(
      ...[0, 1, 2].map((container) => {
        const server = { address: SERVER_IP, port: 53 };
        const inside = { address: `172.16.0.1${container}`, port: 5000 };
        const outside = { address: HOST_IP, port: 1024 + container };
        const data = natSession(UDP, [inside, server], [outside, server], 2);
        return [1001, 0, data, 1] satisfies [number, number, Uint8Array, number];
      }),
    );
    const { appearances } = reversed(new Random(1));
    const known = correlateMade(appearances, TOPOLOGY, sessions);
    expectExact(known);
    expect(known.counts).toMatchObject({ ambiguous: 0, matches: { translated: 600 } });
    expect(correlateMade(appearances).counts.ambiguous).toBeGreaterThan(0);
  });

  it('a session that no event states is found by content', () => {
    const unrelated = natSession(
      UDP,
      [
        { address: '172.16.9.9', port: 1 },
        { address: SERVER_IP, port: 53 },
      ],
      [
        { address: HOST_IP, port: 2 },
        { address: SERVER_IP, port: 53 },
      ],
      2,
    );
    const capture = new Capture();
    for (let n = 0; n < 100; n++) capture.journey(`${n}`, n * 100, 0, natted(0, n), () => 2);
    const score = correlateMade(capture.appearances, TOPOLOGY, sessionsOf([1001, 0, unrelated, 1]));
    expectExact(score);
    expect(score.counts.matches.translated).toBe(100);
  });

  it('where only the port of the container and the NIC were captured', () => {
    forSeeds((capture, random) => {
      for (let n = 0; n < 200; n++) {
        const steps = natted(0, n).filter(({ component }) => component !== 20 && component !== 24);
        capture.journey(`${n}`, n * 100, 0, steps, gaps(random));
      }
    });
  });
});

describe('an access point', () => {
  it('sends on what a station sent to another one: the same addresses, the other direction', () => {
    forSeeds((capture, random) => {
      const macs = { from: ROUTER, to: STATION, bssid: HOST };
      for (let n = 0; n < 200; n++) {
        const up = wifiData(macs, 'toAccessPoint', EtherType.ipv4, datagram(), n);
        const down = wifiData(macs, 'fromAccessPoint', EtherType.ipv4, datagram(), n);
        const steps: Step[] = [
          { component: 1, dir: Dir.up, bytes: up, link: Link.wifi },
          { component: 2, edge: 2, dir: Dir.up, bytes: up, link: Link.wifi },
          { component: 2, edge: 2, dir: Dir.down, bytes: down, link: Link.wifi },
          { component: 1, dir: Dir.down, bytes: down, link: Link.wifi },
        ];
        capture.journey(`${n}`, n * 100 + random.between(0, 30), n % 2, steps, gaps(random));
      }
    });
  });
});

describe('clocks that differ by more than order allows', () => {
  it('do not split the journey of a packet whose bytes no other packet has', () => {
    const random = new Random(3);
    const capture = new Capture([0, 0, -40]);
    for (let n = 0; n < 300; n++) {
      const steps = upThrough(received(datagram(n))).map((step, at) =>
        at === 3 ? { ...step, processor: 2 } : step,
      );
      capture.journey(`${n}`, n * 100, n % 2, steps, gaps(random));
    }
    expectExact(correlateMade(capture.appearances));
  });
});

describe('frames without IP', () => {
  it('of 299 and 300 bytes are two packets, and a padded one is what it is above', () => {
    const capture = new Capture();
    const frame = (length: number): Uint8Array =>
      ethernet({ from: ROUTER, to: HOST }, 0x8899, new Uint8Array(length).fill(0, 10).fill(1, 0, 10));
    capture.journey('300', 0, 0, upThrough(frame(300)).slice(0, 3), () => 2);
    capture.journey('299', 10, 0, upThrough(frame(299)).slice(3), () => 2);
    const short = upThrough(frame(20)).map((step, at) => (at === 0 ? { ...step, bytes: frame(46) } : step));
    capture.journey('short', 50, 0, short, () => 2);
    expectExact(correlateMade(capture.appearances));
  });
});

describe('drop records', () => {
  it('on another processor than their packets, for each of equal packets', () => {
    forSeeds((capture, random) => {
      for (let n = 0; n < 300; n++) {
        const drops = [1207, 1206].map((reason) => dropAtIp(reason, datagram(), { processor: 3 }));
        const steps = [...upThrough(received(datagram())), ...drops];
        capture.journey(`${n}`, n * 100 + random.between(0, 10), n % 2, steps, gaps(random));
      }
    });
  });

  it('of a filter and then of the IP interface above it, of a packet on its way down', () => {
    forSeeds((capture, random) => {
      const ip = overIpv4(outbound, udp([1, 2], text('out')), { id: 9 });
      const above: Step = { component: 5, edge: 0, dir: Dir.down, link: Link.raw, bytes: ip };
      const frame = sent(ip);
      for (let n = 0; n < 300; n++) {
        const steps: Step[] = [
          above,
          ...downThrough(frame).slice(0, 2),
          { component: 3, edge: 1, dir: Dir.down, bytes: frame, drop: { reason: 1, location: 2 } },
          { ...above, drop: { reason: 3, location: 4 } },
        ];
        capture.journey(`${n}`, n * 100, n % 2, steps, gaps(random));
      }
    });
  });

  it('with an identification of 0 that was made up do not go to the packet that really has it', () => {
    const capture = new Capture();
    for (let n = 0; n < 200; n++) {
      const ip = datagram(n % 4);
      const steps = [...upThrough(received(ip)), dropAtIp(1207, ip), dropAtIp(1206, ip)];
      capture.journey(`${n}`, n * 60, n % 2, steps, () => 2);
    }
    expectExact(correlateMade(capture.appearances));
  });

  it('that come later than the next equal packets make no additional packets', () => {
    const random = new Random(5);
    const capture = new Capture();
    for (let n = 0; n < 300; n++) {
      const late = dropAtIp(1207, datagram(), { after: 700 + random.between(0, 20) });
      const steps = [...upThrough(received(datagram())), late, dropAtIp(1206, datagram())];
      capture.journey(`${n}`, n * 100 + random.between(0, 10), 0, steps, gaps(random));
    }
    expect(correlateMade(capture.appearances).counts.packets).toBe(300);
  });
});

describe('multicast in a tunnel', () => {
  it('one arrival in VXLAN, three branches', () => {
    forSeeds((capture, random) => {
      const inner = ethernet(
        { from: CONTAINERS[0], to: '01:00:5e:00:00:fb' },
        EtherType.ipv4,
        overIpv4({ from: '172.16.0.10', to: '224.0.0.251' }, udp([5353, 5353], text('x')), { id: 1 }),
      );
      const branches: Step[] = [21, 22, 23].map((component) => ({ component, dir: Dir.down, bytes: inner }));
      for (let n = 0; n < 200; n++) {
        const outer = received(overIpv4(inbound, udp([5, 4789], vxlan(5001, inner)), { id: n }));
        const steps: Step[] = [
          ...upThrough(outer),
          { component: 24, dir: Dir.up, bytes: inner },
          ...branches,
        ];
        capture.journey(`${n}`, n * 200 + random.between(0, 30), n % 2, steps, gaps(random));
      }
    });
  });
});
