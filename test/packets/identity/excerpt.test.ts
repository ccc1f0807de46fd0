import { beforeAll, expect, it } from 'vitest';
import { describeWithRealTraces, realTrace } from '../../support/shared.js';
import { correlate, type Decoded, decodeFile, groupsOf } from './decoded.js';

/**
 * Journeys of pktmon-24h2-excerpt.etl, read by hand from the bytes. Numbers are positions in time order, from 0.
 *
 * The Wi-Fi stack of this host from below: 13 Netwtw14.sys, then the filters 42 wfplwfs.sys, 41 vwififlt.sys, 40 nwifi.sys
 * (802.11 at its edge 2, Ethernet at edge 1) and 39 npcap.sys, each with lower edge 2 and upper edge 1 (their LowerIfIndex
 * properties: 0x23, 0x24, 0x25 stand on each other), then the protocols 77 ndisuio.sys, 78 lltdio.sys, 80 TCPIP, 81 TCPIP6,
 * and the IP interfaces 98 (IPv4) and 104 (IPv6). USB Ethernet: 1 AxUsbEth.sys, 17, 16, 49 TCPIP6, 108.
 */
const JOURNEYS: readonly { readonly reason: string; readonly appearances: string }[] = [
  {
    reason:
      'an SSH segment that was received: IP identification d4eb and TCP sequence 0823dc9c in all twelve, 802.11 up to nwifi, ' +
      'Ethernet above; 39:2 says WiFi, but the bytes are Ethernet',
    appearances: '0 1 2 3 4 5 6 7 8 9 10 11',
  },
  {
    reason:
      'its acknowledgement 55 ms later: identification 2b07, IP checksum 0 at all ten, from TCPIP down to the radio',
    appearances: '12 13 14 15 16 17 18 19 20 21',
  },
  {
    reason:
      'a router announcement to 224.0.0.102 with identification 0: its drop record 34 (902, no link layer) has the same UDP ' +
      'checksum 6802 and payload 51 µs later',
    appearances: '22 23 24 25 26 27 28 29 30 31 32 33 34',
  },
  {
    reason: 'an 802.11 null frame: 24 bytes, equal to those at 96; it ends at nwifi',
    appearances: '48 49 50 51 52 53',
  },
  {
    reason: 'the next null frame 512 ms later: the same bytes at the same six places, so another packet',
    appearances: '96 97 98 99 100 101',
  },
  {
    reason:
      'DNS over IPv6 on an interface that is down: two components give up (922, 923), 17 µs apart, and it is seen nowhere else',
    appearances: '54 55',
  },
  {
    reason:
      'mDNS over IPv4 in one list with the next journey, which alternates with it place by place. After TCPIP (78), nine drop ' +
      'records for listeners that did not want it. Their IP header was made up again (identification 0 for c737, TTL 1 for ' +
      '255, checksum 0); UDP length 0042, UDP checksum 41ee and the payload are the same',
    appearances: '56 58 60 62 64 66 68 70 72 74 76 78 79 80 81 82 83 84 85 86 87',
  },
  {
    reason:
      'the same question over IPv6: TCPIP6 (88) handles it after the other one is through; seven drop records without flow ' +
      'label (0c0e00 before) and with hop limit 1',
    appearances: '57 59 61 63 65 67 69 71 73 75 77 88 89 90 91 92 93 94 95',
  },
  {
    reason:
      'the first of a list of six: it is always the first of six neighbours, and its drop record is 526, not 527',
    appearances: '456 462 468 474 480 486 492 498 504 510 516 522 526',
  },
  {
    reason:
      'the third of that list (mDNS, 484 bytes of IP, UDP checksum 9870): its nine drop records alternate with those of the ' +
      'fifth (79 bytes of IP, checksum 7a13)',
    appearances: '458 464 470 476 482 488 494 500 506 512 518 524 528 530 532 534 536 538 540 542 544',
  },
  {
    reason:
      'the fourth of that list (mDNS over IPv6, 536 bytes with its 802.11 header): TCPIP6 takes it up 1.2 ms later (546)',
    appearances: '459 465 471 477 483 489 495 501 507 514 520 546 548 550 552 554 556 558 560',
  },
  {
    reason: 'a neighbour solicitation on USB Ethernet, from TCPIP6 (49) down to the adapter (1)',
    appearances: '209 210 211 212 213 214',
  },
  {
    reason: 'a segment that the loopback interface (97) dropped: seen nowhere else',
    appearances: '840',
  },
];

describeWithRealTraces('Windows 11 24H2: every appearance has a number of its own', () => {
  let trace: Decoded;
  let groups: readonly string[];
  beforeAll(async () => {
    trace = await decodeFile(realTrace('pktmon-24h2-excerpt'));
    groups = groupsOf(correlate(trace, trace.packets).seen.map(({ packet }) => packet));
  });

  it.each(JOURNEYS)('$appearances: $reason', ({ appearances }) => {
    expect(groups).toContain(appearances);
  });

  it('1,200 appearances are 97 packets, 55 of them dropped with 231 records, and none is ambiguous', () => {
    const { counts } = correlate(trace, trace.packets);
    expect(counts).toMatchObject({ appearances: 1200, packets: 97, ambiguous: 0, closedEarly: 0 });
    expect(counts.dropRecords).toBe(trace.packets.filter(({ dropped }) => dropped).length);
    expect(counts.droppedPackets).toBe(55);
  });

  it('no packet changes its processor, and none is seen twice at one place except by drop records', () => {
    for (const group of groups) {
      const members = group.split(' ').map((at) => trace.packets[Number(at)]);
      expect(new Set(members.map((packet) => packet?.processor)).size).toBe(1);
      const passed = members.filter((packet) => packet?.dropped === false);
      const places = new Set(passed.map((packet) => `${packet?.captureLocation.key} ${packet?.edgeId}`));
      expect(places.size).toBe(passed.length);
    }
  });

  it('with headers that were made up again left apart, 13 multicasts over IPv4 and their drop records are 110 packets', () => {
    const { counts } = correlate(trace, trace.packets, { joinRebuiltHeaders: false });
    expect(counts.packets).toBe(97 + 13);
  });
});
