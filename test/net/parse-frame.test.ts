import { describe, expect, test } from 'vitest';
import { FrameLayout, LinkType, parseFrame, parseInnerFrame } from '../../src/net/index.js';
import { DESTINATION, ethernet, hex, ipv4, ipv6, SOURCE, snap, tcp, u16, udp } from './frames.js';

/** Parses a frame that has other bytes before and after it in the array: offsets count from the array's start. */
const START = 5;
function parse(frame: readonly number[], linkType: number = LinkType.ethernet, captured = frame.length) {
  const bytes = Uint8Array.from([...Array(START).fill(0xee), ...frame, ...Array(7).fill(0xee)]);
  const layout = new FrameLayout();
  parseFrame(bytes, START, captured, linkType, layout);
  return { bytes, layout, at: (offset: number) => offset - START };
}

const IPV4 = u16(0x0800);
const IPV6 = u16(0x86dd);

describe('Ethernet', () => {
  test('IPv4 and TCP: every field of the headers', () => {
    const { at, bytes, layout } = parse(ethernet(IPV4, ipv4({ protocol: 6, payload: tcp([1, 2, 3]) })));
    expect(layout).toMatchObject({
      end: 'complete',
      vlanTags: 0,
      vlanId: -1,
      etherType: 0x0800,
      network: 'ipv4',
      networkHeaderLength: 20,
      totalLength: 43,
      addressLength: 4,
      trafficClass: 0xb8,
      ttl: 64,
      protocol: 6,
      identification: 0x1234,
      fragmentOffset: 0,
      moreFragments: false,
      transportHeaderLength: 20,
      sourcePort: 49152,
      destinationPort: 443,
      tcpFlags: 0x18,
      tunnel: 'none',
    });
    expect(at(layout.destinationMac)).toBe(0);
    expect(at(layout.sourceMac)).toBe(6);
    expect(at(layout.networkStart)).toBe(14);
    expect(at(layout.transportStart)).toBe(34);
    expect([...bytes.subarray(layout.sourceAddress, layout.sourceAddress + 4)]).toEqual([192, 0, 2, 1]);
    expect([...bytes.subarray(layout.payloadStart, layout.payloadEnd)]).toEqual([1, 2, 3]);
  });

  test('padding to 60 bytes is not payload: the IP header states the length', () => {
    const frame = ethernet(IPV4, ipv4({ protocol: 17, payload: udp(53, [9]) }));
    const { layout } = parse([...frame, ...Array(60 - frame.length).fill(0)]);
    expect(layout.payloadEnd - layout.payloadStart).toBe(1);
  });

  test.each([
    ['one 802.1Q tag', '8100 6065', { vlanTags: 1, vlanId: 101, vlanPriority: 3, innerVlanId: -1 }],
    ['a priority tag', '8100 e000', { vlanTags: 1, vlanId: 0, vlanPriority: 7, innerVlanId: -1 }],
    ['802.1ad over 802.1Q', '88a8 0fff 8100 6065', { vlanTags: 2, vlanId: 4095, innerVlanId: 101 }],
    ['three tags', '9100 0001 8100 0002 8100 0003', { vlanTags: 3, vlanId: 1, innerVlanId: 3 }],
  ])('%s before IPv4', (_, tags, expected) => {
    const type = [...hex(tags), ...IPV4];
    const { at, layout } = parse(ethernet(type, ipv4({ protocol: 6, payload: tcp() })));
    expect(layout).toMatchObject({ ...expected, network: 'ipv4', destinationPort: 443, end: 'complete' });
    expect(at(layout.networkStart)).toBe(12 + type.length);
  });

  test('802.3 with a length: LLC/SNAP leads to IPv4, the length excludes padding', () => {
    const packet = snap(0x0800, ipv4({ protocol: 17, payload: udp(53, []), totalLength: 0 }));
    const { layout } = parse(ethernet(u16(packet.length), [...packet, 0, 0, 0]));
    expect(layout).toMatchObject({ network: 'ipv4', destinationPort: 53, end: 'complete' });
    expect(layout.payloadEnd).toBe(layout.payloadStart);
  });

  test('802.3 with another LLC header (spanning tree): unknown, with the offset of LLC', () => {
    const { at, layout } = parse(ethernet(u16(7), hex('424203 00000000')));
    expect(layout).toMatchObject({ end: 'unknown', etherType: -1, network: 'none' });
    expect(at(layout.llc)).toBe(14);
  });

  test('an ARP request: sender and target address (RFC 826)', () => {
    const body = hex('0001 0800 06 04 0001 00155d010203 c0000201 000000000000 c0000202');
    const { at, layout } = parse(ethernet(u16(0x0806), [...body, ...Array(18).fill(0)]));
    expect(layout).toMatchObject({ network: 'arp', arpOperation: 1, addressLength: 4, end: 'complete' });
    expect(at(layout.sourceAddress)).toBe(14 + 14);
    expect(at(layout.destinationAddress)).toBe(14 + 24);
  });
});

describe('IPv4', () => {
  test('options are part of the header', () => {
    const { at, layout } = parse(
      ipv4({ protocol: 6, options: hex('94040000'), payload: tcp([], hex('01010101')) }),
      LinkType.raw,
    );
    expect(layout).toMatchObject({ networkHeaderLength: 24, transportHeaderLength: 24, sourcePort: 49152 });
    expect(at(layout.transportStart)).toBe(24);
  });

  test('a later fragment has no transport header; its offset is in bytes', () => {
    const { layout } = parse(
      ipv4({ protocol: 17, fragment: 0x2000 | 185, payload: udp(53, []) }),
      LinkType.raw,
    );
    expect(layout).toMatchObject({
      end: 'fragment',
      fragmentOffset: 1480,
      moreFragments: true,
      protocol: 17,
      sourcePort: -1,
      transportStart: -1,
    });
  });

  test('the first fragment has the transport header', () => {
    const { layout } = parse(ipv4({ protocol: 17, fragment: 0x2000, payload: udp(53, []) }), LinkType.raw);
    expect(layout).toMatchObject({ end: 'complete', moreFragments: true, destinationPort: 53 });
  });

  test('a total length of 0 (large send offload): everything captured is payload', () => {
    const frame = ipv4({ protocol: 6, totalLength: 0, payload: tcp(Array(3000).fill(1)) });
    const { layout } = parse(frame, LinkType.raw);
    expect(layout).toMatchObject({ totalLength: 0, end: 'complete' });
    expect(layout.payloadEnd - layout.payloadStart).toBe(3000);
  });

  test('an authentication header (RFC 4302) is passed: 24 bytes are length field 4', () => {
    const header = [6, 4, 0, 0, ...Array(20).fill(0xaa)];
    const { layout } = parse(ipv4({ protocol: 51, payload: [...header, ...tcp()] }), LinkType.raw);
    expect(layout).toMatchObject({ protocol: 6, networkHeaderLength: 44, destinationPort: 443 });
  });

  test('ESP is encrypted', () => {
    const { layout } = parse(ipv4({ protocol: 50, payload: Array(24).fill(0xaa) }), LinkType.raw);
    expect(layout).toMatchObject({ end: 'encrypted', protocol: 50 });
  });

  test.each([
    ['a header of 16 bytes', [0x44, ...ipv4({ protocol: 6, payload: tcp() }).slice(1)], 'none'],
    ['version 5', [0x55, ...ipv4({ protocol: 6, payload: tcp() }).slice(1)], 'none'],
    ['a total length less than the header', ipv4({ protocol: 6, payload: tcp(), totalLength: 19 }), 'ipv4'],
  ])('%s is malformed', (_, packet, network) => {
    const { layout } = parse(packet, LinkType.raw);
    expect(layout).toMatchObject({ end: 'malformed', network, transportStart: -1 });
  });
});

describe('IPv6', () => {
  test('traffic class, hop limit and addresses', () => {
    const { at, layout } = parse(ethernet(IPV6, ipv6(6, tcp([7]))));
    expect(layout).toMatchObject({
      end: 'complete',
      network: 'ipv6',
      trafficClass: 0xa5,
      ttl: 255,
      protocol: 6,
      addressLength: 16,
      networkHeaderLength: 40,
      totalLength: 61,
      destinationPort: 443,
    });
    expect(at(layout.sourceAddress)).toBe(22);
    expect(at(layout.destinationAddress)).toBe(38);
  });

  // Each begins with the next header; lengths are in 8-byte words without the first one.
  const hopByHop = (next: number): number[] => [next, 0, ...hex('0502 0000 0100')];
  const routing = (next: number, left: number): number[] => [next, 2, 0, left, ...Array(20).fill(0)];
  const options = (next: number): number[] => [next, 1, ...Array(14).fill(0)];
  const fragment = (next: number, units: number, more: number): number[] => [
    next,
    0,
    ...u16((units << 3) | more),
    ...hex('89abcdef'),
  ];
  // In 4-byte words without the first two.
  const authentication = (next: number): number[] => [next, 4, ...Array(22).fill(0)];

  test('hop-by-hop, routing, fragment, authentication and destination options are passed', () => {
    const chain = [
      ...hopByHop(43),
      ...routing(44, 0),
      ...fragment(51, 0, 1),
      ...authentication(60),
      ...options(17),
    ];
    const { layout } = parse(ipv6(0, [...chain, ...udp(546, [])]), LinkType.raw);
    expect(layout).toMatchObject({
      end: 'complete',
      protocol: 17,
      networkHeaderLength: 40 + chain.length,
      moreFragments: true,
      fragmentOffset: 0,
      identification: 0x89abcdef,
      isSourceRouted: false,
      destinationPort: 546,
    });
  });

  test('mobility, HIP and Shim6 headers with a payload are passed', () => {
    const extension = (next: number): number[] => [next, 0, 0, 0, 0, 0, 0, 0];
    const { layout } = parse(
      ipv6(135, [...extension(139), ...extension(140), ...extension(6), ...tcp()]),
      LinkType.raw,
    );
    expect(layout).toMatchObject({ protocol: 6, destinationPort: 443 });
  });

  test('a mobility header without payload is itself the protocol', () => {
    const { layout } = parse(ipv6(135, [59, 0, 5, 0, 0, 0, 0, 0]), LinkType.raw);
    expect(layout).toMatchObject({ end: 'unknown', protocol: 135 });
  });

  test('a later fragment has the protocol of the fragment header and no ports', () => {
    const { layout } = parse(ipv6(44, [...fragment(17, 181, 0), ...udp(53, [])]), LinkType.raw);
    expect(layout).toMatchObject({
      end: 'fragment',
      protocol: 17,
      fragmentOffset: 1448,
      moreFragments: false,
      destinationPort: -1,
    });
  });

  test('segments left: the destination is not the final one', () => {
    const { layout } = parse(ipv6(43, [...routing(6, 1), ...tcp()]), LinkType.raw);
    expect(layout).toMatchObject({ isSourceRouted: true, destinationPort: 443 });
  });

  test('no next header ends the packet', () => {
    const { layout } = parse(ipv6(59, []), LinkType.raw);
    expect(layout).toMatchObject({ end: 'complete', protocol: 59, transportStart: -1 });
  });

  test('a neighbor solicitation is ICMPv6 135', () => {
    const { layout } = parse(ipv6(58, [135, 0, ...Array(22).fill(0)]), LinkType.raw);
    expect(layout).toMatchObject({ icmpType: 135, icmpCode: 0, transportHeaderLength: 8, end: 'complete' });
  });
});

describe('802.11', () => {
  const BSSID = hex('020000 000001');
  const OTHER = hex('020000 000002');
  const packet = ipv4({ protocol: 6, payload: tcp() });
  const body = snap(0x0800, packet);

  interface WifiFields {
    /** As bytes on the air. */
    readonly control: string;
    readonly addresses: readonly (readonly number[])[];
    readonly fourth?: readonly number[];
    readonly rest?: readonly number[];
    readonly fragment?: number;
  }
  /** Frame control, duration, three addresses, sequence control, fourth address, the rest. */
  const wifi = ({ addresses, control, fourth = [], fragment = 0, rest = [] }: WifiFields): number[] => [
    ...hex(control),
    ...hex('2c00'),
    ...addresses.flat(),
    ...[0x10 | fragment, 0x2a],
    ...fourth,
    ...rest,
  ];

  test.each([
    ['from the access point', '0802', [DESTINATION, BSSID, SOURCE], [4, 16]],
    ['to the access point', '0801', [BSSID, SOURCE, DESTINATION], [16, 10]],
    ['in an IBSS', '0800', [DESTINATION, SOURCE, BSSID], [4, 10]],
  ])('a data frame %s: destination and source (table 9-30)', (_, control, addresses, [to, from]) => {
    const { at, layout } = parse(wifi({ control, addresses, rest: body }), LinkType.ieee80211);
    expect(layout).toMatchObject({
      wifiHeaderLength: 24,
      network: 'ipv4',
      destinationPort: 443,
      end: 'complete',
    });
    expect([at(layout.destinationMac), at(layout.sourceMac)]).toEqual([to, from]);
  });

  test.each([
    ['QoS', '8802', [], hex('0500'), 26],
    ['QoS and HT control', '8882', [], hex('0500 00000000'), 30],
    ['four addresses', '0803', SOURCE, [], 30],
    ['four addresses, QoS and HT control', '8883', SOURCE, hex('0500 00000000'), 36],
    ['the order bit without QoS, which has no HT control', '0882', [], [], 24],
  ])('a data frame with %s', (_, control, fourth, fields, length) => {
    const addresses = [DESTINATION, BSSID, fourth.length > 0 ? DESTINATION : SOURCE];
    const { at, layout } = parse(
      wifi({ control, addresses, fourth, rest: [...fields, ...body] }),
      LinkType.ieee80211,
    );
    expect(layout).toMatchObject({ wifiHeaderLength: length, network: 'ipv4', destinationPort: 443 });
    expect(at(layout.llc)).toBe(length);
    if (fourth.length > 0) expect([at(layout.destinationMac), at(layout.sourceMac)]).toEqual([16, 24]);
  });

  test('an A-MSDU: addresses and length are those of the first subframe', () => {
    const subframe = [...OTHER, ...SOURCE, ...u16(body.length), ...body];
    const rest = [...hex('8500'), ...subframe, ...hex('0000'), ...subframe];
    const { at, layout } = parse(
      wifi({ control: '8802', addresses: [DESTINATION, BSSID, BSSID], rest }),
      LinkType.ieee80211,
    );
    expect(layout).toMatchObject({
      isAmsdu: true,
      wifiHeaderLength: 26,
      destinationPort: 443,
      end: 'complete',
    });
    expect([at(layout.destinationMac), at(layout.sourceMac)]).toEqual([26, 32]);
    expect(at(layout.payloadEnd)).toBe(26 + 14 + body.length);
  });

  test('SNAP directly after the header: no A-MSDU, although the QoS control field says so', () => {
    const { layout } = parse(
      wifi({ control: '8842', addresses: [DESTINATION, BSSID, SOURCE], rest: [...hex('8500'), ...body] }),
      LinkType.ieee80211,
    );
    expect(layout).toMatchObject({ isAmsdu: false, network: 'ipv4', destinationPort: 443, end: 'complete' });
  });

  test.each([
    ['is plain text where SNAP follows the header', body, 'complete', 'ipv4'],
    ['is encrypted otherwise', hex('0100002000000000 d41d8cd98f00b204e9800998ecf8427e'), 'encrypted', 'none'],
  ])('the body of a frame with the Protected bit %s', (_, rest, end, network) => {
    const { layout } = parse(
      wifi({ control: '0842', addresses: [DESTINATION, BSSID, SOURCE], rest }),
      LinkType.ieee80211,
    );
    expect(layout).toMatchObject({ end, network });
  });

  test('a beacon is a management frame without payload protocol', () => {
    const { layout } = parse(
      wifi({ control: '8000', addresses: [DESTINATION, SOURCE, SOURCE], rest: Array(40).fill(0) }),
      LinkType.ieee80211,
    );
    expect(layout).toMatchObject({ end: 'complete', wifiHeaderLength: 24, network: 'none' });
    expect(layout.frameControl).toBe(0x0080);
  });

  test('a management frame with the order bit has an HT control field', () => {
    const { layout } = parse(
      wifi({ control: 'd080', addresses: [DESTINATION, SOURCE, BSSID], rest: Array(10).fill(0) }),
      LinkType.ieee80211,
    );
    expect(layout.wifiHeaderLength).toBe(28);
  });

  test('QoS null has no body', () => {
    const { layout } = parse(
      wifi({ control: 'c801', addresses: [BSSID, SOURCE, DESTINATION], rest: hex('0000') }),
      LinkType.ieee80211,
    );
    expect(layout).toMatchObject({ end: 'complete', wifiHeaderLength: 26, network: 'none' });
  });

  test('a later fragment has no LLC header', () => {
    const { layout } = parse(
      wifi({ control: '0802', addresses: [DESTINATION, BSSID, SOURCE], fragment: 1, rest: body }),
      LinkType.ieee80211,
    );
    expect(layout).toMatchObject({ end: 'fragment', llc: -1, network: 'none' });
  });
});

describe('tunnels', () => {
  const inner = ethernet(IPV4, ipv4({ protocol: 6, payload: tcp([1]) }));

  function innerOf(frame: readonly number[]): { readonly outer: FrameLayout; readonly inside: FrameLayout } {
    const { bytes, layout: outer } = parse(frame, LinkType.raw);
    const inside = new FrameLayout();
    parseInnerFrame(bytes, outer, inside);
    return { outer, inside };
  }

  test('VXLAN (RFC 7348): UDP port 4789, flag I, 24 bits of VNI', () => {
    const vxlan = [...hex('08000000 00138900'), ...inner];
    const { inside, outer } = innerOf(ipv4({ protocol: 17, payload: udp(4789, vxlan) }));
    expect(outer).toMatchObject({ tunnel: 'vxlan', tunnelId: 5001, sourcePort: 50000 });
    expect(inside).toMatchObject({ network: 'ipv4', destinationPort: 443, end: 'complete' });
    expect(inside.payloadEnd - inside.payloadStart).toBe(1);
  });

  test('UDP port 4789 without the flag is no tunnel', () => {
    const { layout } = parse(ipv4({ protocol: 17, payload: udp(4789, Array(8).fill(0)) }), LinkType.raw);
    expect(layout).toMatchObject({ tunnel: 'none', end: 'complete' });
  });

  test('NVGRE (RFC 7637): GRE with a key of 24 bits VSID and 8 bits flow', () => {
    const { inside, outer } = innerOf(
      ipv4({ protocol: 47, payload: [...hex('2000 6558 00138907'), ...inner] }),
    );
    expect(outer).toMatchObject({ tunnel: 'nvgre', tunnelId: 5001, protocol: 47 });
    expect(inside).toMatchObject({ network: 'ipv4', destinationPort: 443 });
  });

  test('GRE with checksum, key and sequence number (RFC 2890) around IPv6', () => {
    const header = hex('b000 86dd 12340000 00000007 00000001');
    const { inside, outer } = innerOf(ipv4({ protocol: 47, payload: [...header, ...ipv6(6, tcp())] }));
    expect(outer).toMatchObject({ tunnel: 'gre', tunnelId: 7, transportHeaderLength: 16 });
    expect(inside).toMatchObject({ network: 'ipv6', destinationPort: 443 });
  });

  test('GRE version 1 is PPTP and not looked into', () => {
    const { layout } = parse(
      ipv4({ protocol: 47, payload: hex('3081 880b 0000 0000 00000000') }),
      LinkType.raw,
    );
    expect(layout).toMatchObject({ tunnel: 'none', end: 'unknown' });
  });

  test.each([
    ['IPv4 in IPv4', ipv4({ protocol: 4, payload: ipv4({ protocol: 6, payload: tcp() }) }), 'ipv4'],
    ['IPv6 in IPv4', ipv4({ protocol: 41, payload: ipv6(6, tcp()) }), 'ipv6'],
    ['IPv4 in IPv6', ipv6(4, ipv4({ protocol: 6, payload: tcp() })), 'ipv4'],
  ])('%s', (_, packet, network) => {
    const { inside, outer } = innerOf(packet);
    expect(outer).toMatchObject({ tunnel: 'ip', tunnelId: -1, end: 'complete' });
    expect(inside).toMatchObject({ network, destinationPort: 443 });
  });

  test('one layout can be used to descend through several tunnels', () => {
    const packet = ipv4({ protocol: 4, payload: ipv4({ protocol: 41, payload: ipv6(6, tcp()) }) });
    const { bytes, layout } = parse(packet, LinkType.raw);
    while (layout.tunnel !== 'none') parseInnerFrame(bytes, layout, layout);
    expect(layout).toMatchObject({ network: 'ipv6', destinationPort: 443 });
  });
});

describe('truncation', () => {
  const frame = ethernet([...hex('8100 0065'), ...IPV4], ipv4({ protocol: 6, payload: tcp([1, 2, 3]) }));

  test.each([
    ['inside the Ethernet header', 13, { end: 'truncated', destinationMac: -1, etherType: -1 }],
    ['inside the VLAN tag', 17, { end: 'truncated', vlanTags: 0, etherType: 0x8100 }],
    ['inside the IPv4 header', 37, { end: 'truncated', vlanId: 101, etherType: 0x0800, network: 'none' }],
    ['before the transport header', 38, { end: 'truncated', network: 'ipv4', protocol: 6, sourcePort: -1 }],
    ['after the ports', 42, { end: 'truncated', sourcePort: 49152, destinationPort: 443, tcpFlags: -1 }],
    ['before the payload', 58, { end: 'complete', transportHeaderLength: 20 }],
  ])('%s: what was captured is there', (_, captured, expected) => {
    const { layout } = parse(frame, LinkType.ethernet, captured);
    expect(layout).toMatchObject(expected);
    expect(layout.payloadEnd).toBe(START + captured);
  });

  test.each([
    ['IPv4', ipv4({ protocol: 6, payload: tcp() }), 4, 40],
    ['IPv6', ipv6(6, tcp()), 6, 60],
  ])(
    'inside the %s header after the length field: the length of the packet is there',
    (_, packet, captured, total) => {
      const { at, layout } = parse(packet, LinkType.raw, captured);
      expect(layout).toMatchObject({
        end: 'truncated',
        network: 'none',
        totalLength: total,
        sourceAddress: -1,
      });
      expect(at(layout.networkStart)).toBe(0);
      expect(parse(packet, LinkType.raw, captured - 1).layout).toMatchObject({
        networkStart: -1,
        totalLength: 0,
      });
    },
  );

  test('nothing of the frame before is left in the result', () => {
    const { bytes, layout } = parse(frame);
    parseFrame(bytes, 0, 0, LinkType.ethernet, layout);
    const empty = new FrameLayout();
    parseFrame(bytes, 0, 0, LinkType.ethernet, empty);
    expect(layout).toEqual(empty);
  });

  test('of a link type that is not known nothing is read', () => {
    expect(parse(frame, 228).layout).toMatchObject({ end: 'unknown', network: 'none', etherType: -1 });
  });
});
