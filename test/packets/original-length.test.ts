import { describe, expect, it } from 'vitest';
import { concat } from '../../samples/encoder/index.js';
import { LinkType } from '../../src/net/numbers.js';
import { originalLength, unwrappedLength } from '../../src/packets/original-length.js';
import { counting, ethernet, ipv4, ipv6 } from './sources/build.js';

const lengthOf = (linkType: number, bytes: Uint8Array): number =>
  originalLength(linkType, bytes, 0, bytes.length);

describe('the length before truncation', () => {
  it('is the Ethernet header and the IPv4 total length', () => {
    expect(lengthOf(LinkType.ethernet, ethernet([0x0800], ipv4(1500, 82)))).toBe(1514);
  });

  it('is the Ethernet header, the IPv6 header and its payload length', () => {
    expect(lengthOf(LinkType.ethernet, ethernet([0x86dd], ipv6(1440, 60)))).toBe(14 + 40 + 1440);
  });

  it('counts a VLAN tag', () => {
    expect(lengthOf(LinkType.ethernet, ethernet([0x8100, 0x0800], ipv4(1500, 82)))).toBe(1518);
  });

  it('counts both tags of QinQ', () => {
    expect(lengthOf(LinkType.ethernet, ethernet([0x88a8, 0x8100, 0x86dd], ipv6(1000, 60)))).toBe(22 + 1040);
  });

  it('adds no Ethernet header to raw IP', () => {
    expect(lengthOf(LinkType.raw, ipv4(1400, 100))).toBe(1400);
    expect(lengthOf(LinkType.raw, ipv6(1360, 100))).toBe(1400);
  });

  it('is the captured length where the IP length is 0 (large send offload, jumbogram)', () => {
    expect(lengthOf(LinkType.ethernet, ethernet([0x0800], ipv4(0, 20_000)))).toBe(20_014);
    expect(lengthOf(LinkType.ethernet, ethernet([0x86dd], ipv6(0, 20_000)))).toBe(20_014);
    expect(lengthOf(LinkType.raw, ipv6(0, 500))).toBe(500);
  });

  it('is never below the captured length, as with the padding of short Ethernet frames', () => {
    const padded = concat([ethernet([0x0800], ipv4(28, 28)), new Uint8Array(18)]);
    expect(lengthOf(LinkType.ethernet, padded)).toBe(60);
  });

  it('is the captured length without an IP header to read: ARP, 802.11, cut inside the header, nothing at all', () => {
    expect(lengthOf(LinkType.ethernet, ethernet([0x0806], counting(28)))).toBe(42);
    expect(lengthOf(LinkType.ieee80211, ipv4(1500, 82))).toBe(82);
    expect(lengthOf(LinkType.ethernet, ethernet([0x0800], ipv4(1500, 30).subarray(0, 19)))).toBe(33);
    expect(lengthOf(LinkType.ethernet, new Uint8Array(0))).toBe(0);
    expect(lengthOf(LinkType.ethernet, ethernet([0x8100, 0x8100, 0x8100], new Uint8Array(0)))).toBe(22);
  });
});

describe('a length of 16 bits', () => {
  const unwrapped = (linkType: number, bytes: Uint8Array, stated: number): number =>
    unwrappedLength(linkType, bytes, 0, bytes.length, stated);

  it('that is not below the captured length is the length', () => {
    expect(unwrapped(LinkType.ethernet, ethernet([0x0800], ipv4(9000, 114)), 9014)).toBe(9014);
    expect(unwrapped(LinkType.ethernet, ethernet([0x0800], ipv4(65_521, 114)), 65_535)).toBe(65_535);
    // Padding: the IP packet is shorter than the frame.
    expect(unwrapped(LinkType.ethernet, ethernet([0x0800], ipv4(28, 46)), 60)).toBe(60);
  });

  it.each([
    ['Ethernet', LinkType.ethernet, ethernet([0x0800], ipv4(65_535, 114)), 65_535 + 14],
    ['Ethernet, exactly 65,536', LinkType.ethernet, ethernet([0x0800], ipv4(65_522, 114)), 65_536],
    ['a VLAN tag', LinkType.ethernet, ethernet([0x8100, 0x0800], ipv4(65_530, 110)), 65_530 + 18],
    ['IPv6', LinkType.ethernet, ethernet([0x86dd], ipv6(65_535, 114)), 65_535 + 40 + 14],
    ['raw IPv6', LinkType.raw, ipv6(65_500, 128), 65_500 + 40],
    ['IPv6, cut within its header', LinkType.ethernet, ethernet([0x86dd], ipv6(65_535, 26)), 65_535 + 54],
  ])('that wrapped gives way to the IP header: %s', (_, linkType, bytes, length) => {
    expect(unwrapped(linkType, bytes, length & 0xffff)).toBe(length);
  });

  it('that wrapped in a large send without IP length is 65,536 more', () => {
    expect(unwrapped(LinkType.ethernet, ethernet([0x0800], ipv4(0, 114)), 14)).toBe(65_550);
    expect(unwrapped(LinkType.ethernet, ethernet([0x86dd], ipv6(0, 114)), 54)).toBe(65_590);
  });

  it('that wrapped is the captured length without an IP header', () => {
    expect(unwrapped(LinkType.ieee80211, counting(128), 0)).toBe(128);
    expect(unwrapped(LinkType.ethernet, ethernet([0x0806], counting(46)), 10)).toBe(60);
  });
});
