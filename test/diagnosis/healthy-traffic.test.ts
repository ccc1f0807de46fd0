import { describe, expect, it } from 'vitest';
import { ethernet, ethernetVlan, ping } from '../../samples/packets/index.js';
import type { CaptureStyle } from '../../samples/scenarios/faults/fault-host.js';
import { diagnosisOf } from './diagnose.js';
import {
  ACK,
  advertisement,
  arpFrame,
  datagram,
  dhcp,
  dns,
  FIN,
  GATEWAY_MAC,
  HOST,
  HOST_6,
  HOST_MAC,
  icmp,
  icmp6,
  ipFrame,
  PSH,
  RST,
  SYN,
  solicitation,
  TcpTalk,
} from './frames.js';
import { TrafficHost } from './traffic-host.js';

const SERVER = '198.51.100.20';
const SERVER_6 = '2001:db8:5::20';
const PEER = '10.0.0.77';
const PEER_MAC = '00:50:56:aa:00:77';
const LINK_LOCAL = 'fe80::222:48ff:fe7b:b380';

/** SYN, SYN-ACK, ACK. */
function open(host: TrafficHost, ms: number, talk: TcpTalk, isServer = false): void {
  const steps = [talk.segment('client', SYN), talk.segment('server', SYN | ACK), talk.segment('client', ACK)];
  steps.forEach((frame, n) => {
    if ((n === 1) === isServer) host.out(ms + 4 * n, frame);
    else host.in(ms + 4 * n, frame);
  });
}

/** The capture goes on for a while: an answered ping. */
function later(host: TrafficHost, ms: number): void {
  host.out(ms, ipFrame({ from: HOST, to: SERVER }, ping('request', ms & 0xffff, 77)));
  host.in(ms + 3, ipFrame({ from: SERVER, to: HOST }, ping('reply', ms & 0xffff, 77)));
}

const payload = (length: number): Uint8Array => new Uint8Array(length).fill(0x55);

const HEALTHY: Readonly<Record<string, (host: TrafficHost) => void>> = {
  'TCP keep-alives with and without a byte, answered, and one whose answer was not captured': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_000, 443]);
    open(host, 100, talk);
    host.out(120, talk.segment('client', PSH | ACK, { bytes: 200 }));
    host.in(125, talk.segment('server', PSH | ACK, { bytes: 900 }));
    for (let n = 1; n <= 5; n++) {
      host.out(1000 * n, talk.segment('client', ACK, { back: 1, bytes: 1 }));
      host.in(1000 * n + 5, talk.segment('server', ACK));
      host.in(1000 * n + 500, talk.segment('server', ACK, { back: 1 }));
      host.out(1000 * n + 501, talk.segment('client', ACK));
    }
    host.out(7000, talk.segment('client', ACK, { back: 1, bytes: 1 }));
    later(host, 9000);
  },

  'keep-alives of a connection that began before the capture': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_001, 3389]);
    for (let n = 1; n <= 6; n++) {
      host.out(1000 * n, talk.segment('client', ACK, { back: 1, bytes: 1 }));
      host.in(1000 * n + 4, talk.segment('server', ACK));
    }
    later(host, 9000);
  },

  'zero-window probes while a receiver is full for a short time': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_002, 445]);
    open(host, 100, talk);
    host.out(120, talk.segment('client', PSH | ACK, { bytes: 1400 }));
    host.in(122, talk.segment('server', ACK, { window: 0 }));
    host.in(190, talk.segment('server', ACK, { window: 8192 }));
    host.out(191, talk.segment('client', PSH | ACK, { bytes: 1400 }));
    host.in(193, talk.segment('server', ACK));
    later(host, 5000);
  },

  'a late RST after both FINs, and a RST instead of the last ACK': (host) => {
    for (const n of [0, 1]) {
      const talk = new TcpTalk(HOST, SERVER, [51_010 + n, 443]);
      const at = 100 + 1000 * n;
      open(host, at, talk);
      host.out(at + 20, talk.segment('client', PSH | ACK, { bytes: 300 }));
      host.in(at + 30, talk.segment('server', PSH | ACK, { bytes: 3000 }));
      host.out(at + 40, talk.segment('client', FIN | ACK));
      host.in(at + 45, talk.segment('server', FIN | ACK));
      if (n === 0) host.out(at + 46, talk.segment('client', ACK));
      host.out(at + 60, talk.segment('client', RST | ACK));
    }
    later(host, 6000);
  },

  'RST instead of FIN after a finished exchange: browsers, health checks of load balancers': (host) => {
    const browser = new TcpTalk(HOST, SERVER, [51_020, 443]);
    open(host, 100, browser);
    host.out(120, browser.segment('client', PSH | ACK, { bytes: 500 }));
    host.in(140, browser.segment('server', PSH | ACK, { bytes: 4000 }));
    host.out(141, browser.segment('client', ACK));
    host.out(900, browser.segment('client', RST | ACK));
    for (let n = 0; n < 4; n++) {
      const check = new TcpTalk('168.63.129.16', HOST, [50_300 + n, 80]);
      open(host, 2000 + 1000 * n, check, true);
      host.in(2050 + 1000 * n, check.segment('client', PSH | ACK, { bytes: 80 }));
      host.out(2055 + 1000 * n, check.segment('server', PSH | ACK, { bytes: 200 }));
      host.in(2060 + 1000 * n, check.segment('client', RST | ACK));
    }
    later(host, 9000);
  },

  'a port check: SYN, SYN-ACK, RST, without data': (host) => {
    for (let n = 0; n < 3; n++) {
      const inbound = new TcpTalk(PEER, HOST, [40_000 + n, 443]);
      host.in(100 + 1000 * n, inbound.segment('client', SYN));
      host.out(101 + 1000 * n, inbound.segment('server', SYN | ACK));
      host.in(103 + 1000 * n, inbound.segment('client', RST));
      const outbound = new TcpTalk(HOST, SERVER, [40_100 + n, 443]);
      host.out(500 + 1000 * n, outbound.segment('client', SYN));
      host.in(505 + 1000 * n, outbound.segment('server', SYN | ACK));
      host.out(506 + 1000 * n, outbound.segment('client', RST));
    }
    later(host, 9000);
  },

  'ARP: announcements, probes, requests of others, unicast refreshes': (host) => {
    const none = '00:00:00:00:00:00';
    // Own duplicate address detection and announcement.
    for (const ms of [100, 1100, 2100])
      host.out(ms, arpFrame({ operation: 1, sender: [HOST_MAC, '0.0.0.0'], target: [none, HOST] }));
    for (const ms of [3100, 5100])
      host.out(ms, arpFrame({ operation: 1, sender: [HOST_MAC, HOST], target: [none, HOST] }));
    host.out(
      5200,
      arpFrame({ operation: 2, sender: [HOST_MAC, HOST], target: [HOST_MAC, HOST], to: 'ff:ff:ff:ff:ff:ff' }),
    );
    // Others ask for absent hosts, again and again.
    for (let n = 0; n < 8; n++)
      host.in(
        200 + 1000 * n,
        arpFrame({ operation: 1, sender: [PEER_MAC, PEER], target: [none, '10.0.0.200'] }),
      );
    // The router refreshes its entry by unicast, and this host does.
    host.in(
      6000,
      arpFrame({ operation: 1, sender: [GATEWAY_MAC, '10.0.0.1'], target: [HOST_MAC, HOST], to: HOST_MAC }),
    );
    host.out(6001, arpFrame({ operation: 2, sender: [HOST_MAC, HOST], target: [GATEWAY_MAC, '10.0.0.1'] }));
    host.out(
      7000,
      arpFrame({
        operation: 1,
        sender: [HOST_MAC, HOST],
        target: [GATEWAY_MAC, '10.0.0.1'],
        to: GATEWAY_MAC,
      }),
    );
    host.in(7002, arpFrame({ operation: 2, sender: [GATEWAY_MAC, '10.0.0.1'], target: [HOST_MAC, HOST] }));
    later(host, 12_000);
  },

  'ARP probe of another host for its own address, then its announcement': (host) => {
    const none = '00:00:00:00:00:00';
    for (const ms of [100, 1100, 2100])
      host.in(ms, arpFrame({ operation: 1, sender: [PEER_MAC, '0.0.0.0'], target: [none, PEER] }));
    host.in(4100, arpFrame({ operation: 1, sender: [PEER_MAC, PEER], target: [none, PEER] }));
    later(host, 9000);
  },

  'an address that moved to another MAC address once (failover)': (host) => {
    const none = '00:00:00:00:00:00';
    host.in(100, arpFrame({ operation: 1, sender: [PEER_MAC, PEER], target: [none, PEER] }));
    host.in(2000, arpFrame({ operation: 1, sender: ['00:50:56:aa:00:88', PEER], target: [none, PEER] }));
    host.in(2500, arpFrame({ operation: 1, sender: ['00:50:56:aa:00:88', PEER], target: [none, PEER] }));
    later(host, 9000);
  },

  'IPv6: duplicate address detection, router solicitation without a router, neighbors of others, refreshes': (
    host,
  ) => {
    const target = 'ff02::1:ff7b:b380';
    host.out(100, ipFrame({ from: '::', to: target }, solicitation(LINK_LOCAL)));
    host.out(150, ipFrame({ from: '::', to: 'ff02::1:ff00:4' }, solicitation(HOST_6)));
    host.out(
      1200,
      ipFrame({ from: LINK_LOCAL, to: 'ff02::1' }, advertisement(LINK_LOCAL, HOST_MAC, 0x2000_0000)),
    );
    for (const ms of [1300, 5300, 9300])
      host.out(ms, ipFrame({ from: LINK_LOCAL, to: 'ff02::2' }, icmp6(133, 0, 0, payload(8))));
    for (let n = 0; n < 6; n++)
      host.in(
        400 + 1000 * n,
        ipFrame({ from: 'fe80::77', to: 'ff02::1:ff00:99' }, solicitation('fe80::99', PEER_MAC)),
      );
    host.out(7000, ipFrame({ from: LINK_LOCAL, to: 'fe80::1' }, solicitation('fe80::1', HOST_MAC)));
    host.in(7002, ipFrame({ from: 'fe80::1', to: LINK_LOCAL }, advertisement('fe80::1', GATEWAY_MAC)));
    host.in(8000, ipFrame({ from: 'fe80::1', to: HOST_6 }, solicitation(HOST_6, GATEWAY_MAC)));
    host.out(8001, ipFrame({ from: HOST_6, to: 'fe80::1' }, advertisement(HOST_6, HOST_MAC)));
    later(host, 15_000);
  },

  'DNS: AAAA answers without records, a retry answered late, a second server that answers, NXDOMAIN of suffixes':
    (host) => {
      const ask = (ms: number, server: string, port: number, id: number, name: string, type = 1): void => {
        host.out(ms, ipFrame({ from: HOST, to: server }, datagram([port, 53], dns(id, name, { type }))));
      };
      const answer = (
        ms: number,
        server: string,
        port: number,
        id: number,
        name: string,
        options = {},
      ): void => {
        host.in(
          ms,
          ipFrame(
            { from: server, to: HOST },
            datagram([53, port], dns(id, name, { response: true, ...options })),
          ),
        );
      };
      ask(100, '10.0.0.53', 61_000, 1, 'www.example.com', 28);
      answer(110, '10.0.0.53', 61_000, 1, 'www.example.com', { type: 28 });
      ask(101, '10.0.0.53', 61_001, 2, 'www.example.com');
      answer(112, '10.0.0.53', 61_001, 2, 'www.example.com', { answers: 1 });
      // A retry; one late answer.
      ask(1000, '10.0.0.53', 61_002, 3, 'slow.example.com');
      ask(2000, '10.0.0.53', 61_002, 3, 'slow.example.com');
      answer(2500, '10.0.0.53', 61_002, 3, 'slow.example.com', { answers: 1 });
      // The client asks both servers after a second; the second one answers, the first one later.
      ask(4000, '10.0.0.53', 61_003, 4, 'two.example.com');
      ask(5000, '10.0.0.54', 61_003, 4, 'two.example.com');
      answer(5010, '10.0.0.54', 61_003, 4, 'two.example.com', { answers: 1 });
      answer(5800, '10.0.0.53', 61_003, 4, 'two.example.com', { answers: 1 });
      // Search suffixes.
      ask(6000, '10.0.0.53', 61_004, 5, 'intranet.corp.example.com');
      answer(6005, '10.0.0.53', 61_004, 5, 'intranet.corp.example.com', { code: 3 });
      ask(6006, '10.0.0.53', 61_005, 6, 'intranet.example.com');
      answer(6010, '10.0.0.53', 61_005, 6, 'intranet.example.com', { answers: 1 });
      ask(7000, '10.0.0.53', 61_006, 7, 'wpad.corp.example.com');
      answer(7005, '10.0.0.53', 61_006, 7, 'wpad.corp.example.com', { code: 3 });
      ask(7100, '10.0.0.53', 61_007, 8, '4.0.0.10.in-addr.arpa', 12);
      answer(7105, '10.0.0.53', 61_007, 8, '4.0.0.10.in-addr.arpa', { code: 3, type: 12 });
      later(host, 15_000);
    },

  'names and services without an answer: mDNS, LLMNR, NetBIOS, SSDP, WS-Discovery, over IPv4 and IPv6': (
    host,
  ) => {
    const groups: readonly (readonly [string, string, number])[] = [
      [HOST, '224.0.0.251', 5353],
      [HOST, '224.0.0.252', 5355],
      [HOST, '10.0.0.255', 137],
      [HOST, '239.255.255.250', 1900],
      [HOST, '239.255.255.250', 3702],
      [LINK_LOCAL, 'ff02::fb', 5353],
      [LINK_LOCAL, 'ff02::1:3', 5355],
      [LINK_LOCAL, 'ff02::c', 1900],
      [LINK_LOCAL, 'ff02::c', 3702],
    ];
    for (let n = 0; n < 4; n++) {
      groups.forEach(([from, to, port], at) => {
        const own = port === 5353 || port === 137 ? port : 62_000 + at;
        host.out(100 + 1500 * n + at, ipFrame({ from, to }, datagram([own, port], dns(n, 'printer.local'))));
      });
    }
    host.in(300, ipFrame({ from: PEER, to: '10.0.0.255' }, datagram([138, 138], payload(180))));
    later(host, 12_000);
  },

  'HSRP, VRRP, STP, LLDP and CDP of the network': (host) => {
    for (let n = 0; n < 4; n++) {
      const at = 100 + 1000 * n;
      host.in(
        at,
        ipFrame({ from: '10.0.0.2', to: '224.0.0.2' }, datagram([1985, 1985], payload(20)), { ttl: 1 }),
      );
      host.in(
        at + 1,
        ipFrame(
          { from: '10.0.0.3', to: '224.0.0.18' },
          { protocol: 112, bytes: payload(20), checksumAt: 6, pseudoHeader: false },
          { ttl: 255, macs: { from: '00:00:5e:00:01:01', to: '01:00:5e:00:00:12' } },
        ),
      );
      host.in(at + 2, ethernet({ from: GATEWAY_MAC, to: '01:80:c2:00:00:00' }, 38, payload(46)));
      host.in(at + 3, ethernet({ from: GATEWAY_MAC, to: '01:80:c2:00:00:0e' }, 0x88cc, payload(60)));
      host.in(at + 4, ethernet({ from: GATEWAY_MAC, to: '01:00:0c:cc:cc:cc' }, 300, payload(300)));
      host.out(at + 5, ethernet({ from: HOST_MAC, to: '01:80:c2:00:00:0e' }, 0x88cc, payload(60)));
    }
    later(host, 9000);
  },

  'DHCP: a lease, a unicast renewal, INFORM without an answer, requests of others': (host) => {
    const send = (
      ms: number,
      ips: { from: string; to: string },
      ports: readonly [number, number],
      fields: Parameters<typeof dhcp>[0],
    ): void => {
      const frame = ipFrame(ips, datagram(ports, dhcp(fields)));
      if (ips.from === '0.0.0.0' || ips.from === HOST) host.out(ms, frame);
      else host.in(ms, frame);
    };
    const client = HOST_MAC;
    const all = '255.255.255.255';
    send(100, { from: '0.0.0.0', to: all }, [68, 67], { type: 1, transaction: 0x1111_2222, client });
    send(120, { from: '10.0.0.1', to: HOST }, [67, 68], {
      type: 2,
      transaction: 0x1111_2222,
      client,
      yiaddr: HOST,
    });
    send(121, { from: '0.0.0.0', to: all }, [68, 67], {
      type: 3,
      transaction: 0x1111_2222,
      client,
      requested: HOST,
    });
    send(140, { from: '10.0.0.1', to: HOST }, [67, 68], {
      type: 5,
      transaction: 0x1111_2222,
      client,
      yiaddr: HOST,
    });
    send(2000, { from: HOST, to: '10.0.0.1' }, [68, 67], {
      type: 3,
      transaction: 0x3333_4444,
      client,
      ciaddr: HOST,
    });
    send(2010, { from: '10.0.0.1', to: HOST }, [67, 68], {
      type: 5,
      transaction: 0x3333_4444,
      client,
      yiaddr: HOST,
    });
    for (const ms of [3000, 6000])
      send(ms, { from: HOST, to: all }, [68, 67], {
        type: 8,
        transaction: 0x5555_6666,
        client,
        ciaddr: HOST,
      });
    for (const ms of [3500, 7500]) {
      const frame = ipFrame(
        { from: '0.0.0.0', to: all },
        datagram([68, 67], dhcp({ type: 1, transaction: 0x7777_8888, client: PEER_MAC })),
        { macs: { from: PEER_MAC, to: 'ff:ff:ff:ff:ff:ff' } },
      );
      host.in(ms, frame);
    }
    later(host, 15_000);
  },

  'answers before their requests were captured, and requests just before the end': (host) => {
    host.in(1, ipFrame({ from: SERVER, to: HOST }, ping('reply', 4000, 9)));
    host.in(
      2,
      ipFrame(
        { from: '10.0.0.53', to: HOST },
        datagram([53, 61_100], dns(9, 'early.example.com', { response: true, answers: 1 })),
      ),
    );
    const old = new TcpTalk(HOST, SERVER, [51_100, 443]);
    host.in(3, old.segment('server', PSH | ACK, { bytes: 1200 }));
    host.out(4, old.segment('client', ACK));
    host.in(5, new TcpTalk(HOST, SERVER, [51_101, 443]).segment('server', SYN | ACK));
    later(host, 6000);
    host.out(6500, new TcpTalk(HOST, SERVER, [51_102, 443]).segment('client', SYN));
    host.out(
      6510,
      ipFrame({ from: HOST, to: '10.0.0.53' }, datagram([61_101, 53], dns(10, 'end.example.com'))),
    );
    host.out(6520, ipFrame({ from: HOST, to: SERVER }, ping('request', 5000, 9)));
    host.out(
      6530,
      arpFrame({ operation: 1, sender: [HOST_MAC, HOST], target: ['00:00:00:00:00:00', '10.0.0.9'] }),
    );
  },

  'happy eyeballs: the IPv6 attempt is reset when IPv4 answered first': (host) => {
    const v6 = new TcpTalk(HOST_6, SERVER_6, [51_200, 443]);
    const v4 = new TcpTalk(HOST, SERVER, [51_201, 443]);
    host.out(100, v6.segment('client', SYN));
    open(host, 300, v4);
    host.out(320, v4.segment('client', PSH | ACK, { bytes: 500 }));
    host.in(330, v4.segment('server', PSH | ACK, { bytes: 900 }));
    later(host, 9000);
  },

  'TCP Fast Open: data in the SYN': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_300, 443]);
    host.out(100, talk.segment('client', SYN, { bytes: 300 }));
    host.in(110, talk.segment('server', SYN | ACK));
    host.in(112, talk.segment('server', PSH | ACK, { bytes: 900 }));
    host.out(113, talk.segment('client', ACK));
    host.out(200, talk.segment('client', FIN | ACK));
    host.in(205, talk.segment('server', FIN | ACK));
    host.out(206, talk.segment('client', ACK));
    later(host, 6000);
  },

  'segments out of order, and a single tail-loss probe': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_400, 443]);
    open(host, 100, talk);
    host.out(120, talk.segment('client', PSH | ACK, { bytes: 300 }));
    const parts = Array.from({ length: 30 }, () => talk.segment('server', ACK, { bytes: 1400 }));
    const [a, b] = [parts[5], parts[6]];
    if (a !== undefined && b !== undefined) parts.splice(5, 2, b, a);
    for (const [n, part] of parts.entries()) host.in(140 + n * 0.2, part);
    host.out(150, talk.segment('client', ACK));
    host.out(400, talk.segment('client', PSH | ACK, { bytes: 700 }));
    host.out(640, talk.segment('client', PSH | ACK, { back: 700, bytes: 700 }));
    host.in(645, talk.segment('server', ACK));
    later(host, 6000);
  },

  'IGMP and MLD reports, and multicast that this host sends and hears itself': (host) => {
    for (let n = 0; n < 3; n++) {
      const at = 100 + 2000 * n;
      host.in(
        at,
        ipFrame(
          { from: '10.0.0.1', to: '224.0.0.1' },
          { protocol: 2, bytes: payload(8), checksumAt: 2, pseudoHeader: false },
          { ttl: 1 },
        ),
      );
      host.out(
        at + 300,
        ipFrame(
          { from: HOST, to: '224.0.0.22' },
          { protocol: 2, bytes: payload(16), checksumAt: 2, pseudoHeader: false },
          { ttl: 1 },
        ),
      );
      host.out(
        at + 400,
        ipFrame({ from: LINK_LOCAL, to: 'ff02::16' }, icmp6(143, 0, 1, payload(20)), { ttl: 1 }),
      );
      const multicast = ipFrame({ from: HOST, to: '239.1.2.3' }, datagram([5000, 5000], payload(100)));
      host.out(at + 500, multicast);
      host.in(at + 500.1, multicast);
    }
    later(host, 12_000);
  },

  'ICMP unreachable of this host for a stray datagram, and of others for closed discovery ports': (host) => {
    const stray = ipFrame({ from: PEER, to: HOST }, datagram([40_000, 161], payload(40)));
    host.in(100, stray);
    host.out(100.2, ipFrame({ from: HOST, to: PEER }, icmp(3, 3, 0, stray.subarray(14, 14 + 28))));
    const query = ipFrame({ from: HOST, to: PEER }, datagram([137, 137], payload(50)));
    host.out(1000, query);
    host.in(1002, ipFrame({ from: PEER, to: HOST }, icmp(3, 3, 0, query.subarray(14, 14 + 28))));
    later(host, 6000);
  },

  'traceroute by ping and by UDP: time exceeded on purpose, a router that is silent, port unreachable at the end':
    (host) => {
      for (let ttl = 1; ttl <= 6; ttl++) {
        const echo = ipFrame({ from: HOST, to: SERVER }, ping('request', 100 + ttl, 5), { ttl });
        host.out(100 * ttl, echo);
        const probe = ipFrame({ from: HOST, to: SERVER }, datagram([45_000, 33_433 + ttl], payload(32)), {
          ttl,
        });
        host.out(2000 + 100 * ttl, probe);
        const reporter = ttl === 6 ? SERVER : `203.0.113.${ttl}`;
        host.in(
          2010 + 100 * ttl,
          ipFrame(
            { from: reporter, to: HOST },
            icmp(ttl === 6 ? 3 : 11, ttl === 6 ? 3 : 0, 0, probe.subarray(14, 14 + 28)),
          ),
        );
        if (ttl === 3) continue;
        if (ttl === 6) host.in(100 * ttl + 20, ipFrame({ from: SERVER, to: HOST }, ping('reply', 106, 5)));
        else
          host.in(
            100 * ttl + 10,
            ipFrame({ from: `203.0.113.${ttl}`, to: HOST }, icmp(11, 0, 0, echo.subarray(14, 14 + 28))),
          );
      }
      later(host, 9000);
    },

  'path MTU discovery that works: the sender follows the smaller MTU': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_500, 443]);
    open(host, 100, talk);
    for (let n = 0; n < 5; n++) {
      host.out(120 + n, talk.segment('client', ACK, { bytes: 100 }));
      host.in(122 + n, talk.segment('server', ACK));
    }
    const large = talk.segment('client', PSH | ACK, { bytes: 1460 });
    host.out(140, large);
    host.in(145, ipFrame({ from: '203.0.113.1', to: HOST }, icmp(3, 4, 1400, large.subarray(14, 14 + 28))));
    host.out(146, talk.segment('client', ACK, { back: 1460, bytes: 1360 }));
    host.out(146.1, talk.segment('client', PSH | ACK, { back: 100, bytes: 100 }));
    host.in(160, talk.segment('server', ACK));
    for (let n = 0; n < 5; n++) {
      host.out(170 + n, talk.segment('client', PSH | ACK, { bytes: 1360 }));
      host.in(180 + n, talk.segment('server', ACK));
    }
    later(host, 6000);
  },

  'QUIC without an answer on UDP 443, then TCP': (host) => {
    for (const ms of [100, 400, 1000, 2200])
      host.out(ms, ipFrame({ from: HOST, to: SERVER }, datagram([52_000, 443], payload(1250))));
    const talk = new TcpTalk(HOST, SERVER, [51_600, 443]);
    open(host, 2500, talk);
    host.out(2520, talk.segment('client', PSH | ACK, { bytes: 500 }));
    host.in(2540, talk.segment('server', PSH | ACK, { bytes: 900 }));
    later(host, 9000);
  },

  'the same traffic with 802.1Q tags': (host) => {
    const options = { vlan: 30 };
    const talk = new TcpTalk(HOST, SERVER, [51_700, 443], options);
    open(host, 100, talk);
    host.out(120, talk.segment('client', PSH | ACK, { bytes: 200 }));
    host.in(140, talk.segment('server', PSH | ACK, { bytes: 900 }));
    host.out(
      150,
      arpFrame({
        operation: 1,
        sender: [HOST_MAC, HOST],
        target: ['00:00:00:00:00:00', '10.0.0.1'],
        vlan: 30,
      }),
    );
    host.in(
      152,
      arpFrame({ operation: 2, sender: [GATEWAY_MAC, '10.0.0.1'], target: [HOST_MAC, HOST], vlan: 30 }),
    );
    host.in(160, ethernetVlan({ from: GATEWAY_MAC, to: '01:80:c2:00:00:0e' }, 30, 0x88cc, payload(60)));
    later(host, 6000);
  },

  'a tagged request and an answer whose tag the NIC removed': (host) => {
    host.out(
      150,
      arpFrame({
        operation: 1,
        sender: [HOST_MAC, HOST],
        target: ['00:00:00:00:00:00', '10.0.0.1'],
        vlan: 30,
      }),
    );
    host.in(152, arpFrame({ operation: 2, sender: [GATEWAY_MAC, '10.0.0.1'], target: [HOST_MAC, HOST] }));
    later(host, 6000);
  },

  'a scan of this host: single SYNs to many ports, refused with RST': (host) => {
    for (let port = 20; port < 40; port++) {
      const talk = new TcpTalk('203.0.113.66', HOST, [60_000 + port, port]);
      host.in(100 + port, talk.segment('client', SYN));
      if (port % 2 === 0) host.out(100.2 + port, talk.segment('server', RST | ACK));
    }
    later(host, 6000);
  },

  'fragments of a large datagram, answered': (host) => {
    const big = ipFrame({ from: HOST, to: SERVER }, ping('request', 1, 3), { id: 0x7777 });
    host.out(100, big);
    host.in(104, ipFrame({ from: SERVER, to: HOST }, ping('reply', 1, 3)));
    later(host, 6000);
  },

  'a connection on its own host as seen by the stack alone': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_800, 8080]);
    open(host, 100, talk);
    host.out(120, talk.segment('client', PSH | ACK, { bytes: 200 }));
    host.in(121, talk.segment('server', ACK));
    host.in(125, talk.segment('server', FIN | ACK));
    host.out(126, talk.segment('client', ACK));
    host.out(3000, talk.segment('client', PSH | ACK, { bytes: 200 }));
    host.in(3005, talk.segment('server', RST));
    later(host, 6000);
  },

  'an idle connection that a server ends with RST after a minute': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_900, 443]);
    open(host, 100, talk);
    host.out(120, talk.segment('client', PSH | ACK, { bytes: 200 }));
    host.in(140, talk.segment('server', PSH | ACK, { bytes: 900 }));
    host.out(180, talk.segment('client', ACK));
    host.in(60_000, talk.segment('server', RST | ACK));
    later(host, 70_000);
  },

  'a window of small size that is never closed, and a zero window in a RST': (host) => {
    const talk = new TcpTalk(HOST, SERVER, [51_950, 443]);
    open(host, 100, talk);
    host.out(120, talk.segment('client', PSH | ACK, { bytes: 200, window: 12 }));
    host.in(140, talk.segment('server', PSH | ACK, { bytes: 900 }));
    host.out(180, talk.segment('client', ACK, { window: 1 }));
    host.out(190, talk.segment('client', FIN | ACK, { window: 0 }));
    host.in(200, talk.segment('server', RST | ACK, { window: 0 }));
    later(host, 9000);
  },

  'a source port that is used again two minutes later, and at once for another server': (host) => {
    for (const [at, server] of [
      [100, SERVER],
      [600, '198.51.100.21'],
      [130_000, SERVER],
    ] as const) {
      const talk = new TcpTalk(HOST, server, [49_999, 443]);
      open(host, at, talk);
      host.out(at + 20, talk.segment('client', PSH | ACK, { bytes: 200 }));
      host.in(at + 30, talk.segment('server', FIN | PSH | ACK, { bytes: 900 }));
      host.out(at + 40, talk.segment('client', FIN | ACK));
      host.in(at + 44, talk.segment('server', ACK));
    }
    later(host, 140_000);
  },
};

const STYLES: readonly CaptureStyle[] = ['joined', 'each', 'adapter', 'ndis', 'ndis-layers'];

describe.each(Object.entries(HEALTHY))('stays silent: %s', (_name, traffic) => {
  it.each(STYLES)('%s', async (style) => {
    const host = new TrafficHost(style);
    traffic(host);
    const { findings } = await diagnosisOf(host.finish().plain);
    expect(
      findings.filter(({ severity }) => severity !== 'note').map(({ id, title }) => `${id}: ${title}`),
    ).toEqual([]);
  });
});
