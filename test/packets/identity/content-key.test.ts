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
  wifiData,
} from '../../../samples/packets/index.js';
import { ContentKey } from '../../../src/packets/identity/content-key.js';
import { Link } from './simulated-host.js';

const MACS = { from: '02:00:00:00:00:01', to: '02:00:00:00:00:02' };
const OTHER_MACS = { from: '02:00:00:00:00:03', to: '02:00:00:00:00:04' };
const ENDS = { from: '10.0.0.4', to: '10.0.0.9' };

function keyOf(bytes: Uint8Array, link: number = Link.ethernet, originalLength = bytes.length): string {
  const key = new ContentKey();
  key.take(bytes, 0, bytes.length, originalLength, link);
  return `${key.a} ${key.b}`;
}

const segment = (payload: string, sequence = 1): ReturnType<typeof tcp> =>
  tcp({ ports: [50_000, 443], sequence, acknowledgement: 1, flags: 16, payload: text(payload) });
const ip = overIpv4(ENDS, segment('some data'), { id: 7, ttl: 128 });
const frame = ethernet(MACS, EtherType.ipv4, ip);

/** A copy with other bytes from an offset on. */
function patched(bytes: Uint8Array, at: number, ...values: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, at);
  return copy;
}

describe('the content of a packet does not depend on', () => {
  it.each<[string, Uint8Array, number?, number?]>([
    ['MAC addresses', ethernet(OTHER_MACS, EtherType.ipv4, ip)],
    ['TTL', patched(frame, 14 + 8, 127)],
    ['the IPv4 checksum, which is 0 where the NIC computes it', patched(frame, 14 + 10, 0, 0)],
    ['the TCP checksum', patched(frame, 14 + 20 + 16, 0xab, 0xcd)],
    ['the type of service, which a router may change', patched(frame, 14 + 1, 0xb8)],
    ['a VLAN tag', ethernetVlan(MACS, 7, EtherType.ipv4, ip)],
    ['padding', padded(frame)],
    ['the lack of a link layer', ip, Link.raw],
    [
      '802.11 framing',
      wifiData({ ...MACS, bssid: OTHER_MACS.to }, 'toAccessPoint', EtherType.ipv4, ip, 9),
      Link.wifi,
    ],
  ])('%s', (_, bytes, link = Link.ethernet) => {
    expect(keyOf(bytes, link)).toBe(keyOf(frame));
  });

  it('truncation beyond 40 bytes of the payload', () => {
    const long = ethernet(MACS, EtherType.ipv4, overIpv4(ENDS, segment('x'.repeat(1400))));
    expect(keyOf(long.subarray(0, 74), Link.ethernet, long.length)).toBe(keyOf(long));
  });

  it("IPv6's flow label and hop limit", () => {
    const v6 = overIpv6({ from: '2001:db8::1', to: '2001:db8::2' }, ping6('request', 1));
    expect(keyOf(patched(patched(v6, 1, 0x0c, 0x0e, 0x01), 7, 3), Link.raw)).toBe(keyOf(v6, Link.raw));
  });

  it("ARP's padding at the NIC", () => {
    const request = arp('request', MACS, ENDS);
    expect(padded(request).length).toBeGreaterThan(request.length);
    expect(keyOf(padded(request))).toBe(keyOf(request));
  });
});

describe('packets differ by', () => {
  const over = (
    transport: Parameters<typeof overIpv4>[1],
    options: Parameters<typeof overIpv4>[2] = { id: 7 },
  ) => keyOf(overIpv4(ENDS, transport, options), Link.raw);

  it.each<[string, string, string]>([
    ['identification', over(segment('a')), over(segment('a'), { id: 8 })],
    ['fragment offset', over(segment('a')), over(segment('a'), { id: 7, fragment: 0x00b9 })],
    ['sequence number', over(segment('a')), over(segment('a', 2))],
    ['payload', over(udp([1, 2], text('a'))), over(udp([1, 2], text('b')))],
    ['ports', over(udp([1, 2], text('a'))), over(udp([1, 3], text('a')))],
    ['sequence of a ping', over(ping('request', 1)), over(ping('request', 2))],
    [
      'length: a segment and the large send that begins with it',
      over(segment('x'.repeat(60))),
      over(segment('x'.repeat(90))),
    ],
    [
      'addresses',
      keyOf(overIpv4({ ...ENDS, from: '10.0.0.5' }, udp([1, 2], text('a'))), Link.raw),
      over(udp([1, 2], text('a'))),
    ],
  ])('%s', (_, one, other) => {
    expect(one).not.toBe(other);
  });

  it('MAC addresses, where there is neither IP nor ARP to go by', () => {
    const lldp = (macs: typeof MACS): string => keyOf(ethernet(macs, 0x88cc, text('chassis')));
    expect(lldp(MACS)).not.toBe(lldp(OTHER_MACS));
  });
});
