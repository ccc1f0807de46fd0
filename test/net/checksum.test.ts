import { describe, expect, test } from 'vitest';
import { ipv4ChecksumState, transportChecksumState } from '../../src/net/checksum.js';
import { FrameLayout, internetSum, LinkType, parseFrame } from '../../src/net/index.js';
import { hex, ipv4, ipv6, tcp, u16, udp } from './frames.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(hex(text));

function states(packet: readonly number[], captured = packet.length): [string, string] {
  const bytes = Uint8Array.from(packet);
  const layout = new FrameLayout();
  parseFrame(bytes, 0, captured, LinkType.raw, layout);
  return [ipv4ChecksumState(bytes, layout), transportChecksumState(bytes, layout)];
}

const transportState = (packet: readonly number[], captured = packet.length): string =>
  states(packet, captured)[1];

/** Adds 16-bit words with end-around carry, one at a time: the definition in RFC 1071, section 1. */
function sumOf(words: readonly number[]): number {
  let sum = 0;
  for (let n = 0; n < words.length; n += 2) {
    sum += ((words[n] ?? 0) << 8) | (words[n + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return sum;
}

/** Source, destination, protocol, length of {@link ipv4} and {@link ipv6} packets. */
const pseudo4 = (protocol: number, length: number): number[] => [
  ...hex('c0000201 c6336402 00'),
  protocol,
  ...u16(length),
];
const pseudo6 = (protocol: number, length: number): number[] => [
  ...hex('20010db8000000000000000000000001 20010db8000000000000000000000002 0000'),
  ...u16(length),
  ...hex('000000'),
  protocol,
];

const put = (bytes: readonly number[], at: number, value: number): number[] => [
  ...bytes.slice(0, at),
  ...u16(value),
  ...bytes.slice(at + 2),
];
const inverted = (sum: number): number => sum ^ 0xffff;

describe('the Internet checksum', () => {
  test('of RFC 1071, section 3, is ddf2', () => {
    expect(internetSum(bytesOf('0001 f203 f4f5 f6f7'), 0, 8)).toBe(0xddf2);
  });

  test('pads a last odd byte with zero', () => {
    expect(internetSum(bytesOf('0001 f2'), 0, 3)).toBe(0xf201);
  });

  test('of a range does not depend on the bytes around it', () => {
    expect(internetSum(bytesOf('ff 0001 f203 f4f5 f6f7 ff'), 1, 9)).toBe(0xddf2);
  });

  test('carries until nothing is left to carry', () => {
    expect(internetSum(new Uint8Array(65_534).fill(255), 0, 65_534, 0xffff)).toBe(0xffff);
  });
});

describe('the IPv4 header checksum', () => {
  // 192.168.0.1 to 192.168.0.199, UDP; checksum b861.
  const header = '45000073 00004000 4011b861 c0a80001 c0a800c7';

  test('is valid, or invalid after one changed bit', () => {
    expect(states(hex(`${header} ${'00'.repeat(95)}`))[0]).toBe('valid');
    expect(states(hex(`${header.replace('4011', '3f11')} ${'00'.repeat(95)}`))[0]).toBe('invalid');
  });

  test('is that of the header without what follows', () => {
    const packet = ipv4({ protocol: 51, payload: [6, 4, ...Array(22).fill(0x55), ...tcp()] });
    expect(states(put(packet, 10, inverted(sumOf(packet.slice(0, 20)))))[0]).toBe('valid');
  });

  test('is absent in IPv6', () => {
    expect(states(ipv6(6, tcp()))[0]).toBe('absent');
  });
});

describe('transport checksums', () => {
  const segment = tcp([1, 2, 3]);
  const datagram = udp(53, [1, 2, 3]);
  const echo = [8, 0, 0, 0, ...hex('0001 0002 616263')];
  const solicitation = [135, 0, 0, 0, ...Array(20).fill(7)];
  const odd = (bytes: readonly number[]): number[] => (bytes.length % 2 === 0 ? [...bytes] : [...bytes, 0]);
  const checked = (bytes: readonly number[], at: number, pseudo: readonly number[]): number[] =>
    put(bytes, at, inverted(sumOf([...pseudo, ...odd(bytes)])));

  const PACKETS: [string, number[]][] = [
    ['TCP over IPv4', ipv4({ protocol: 6, payload: checked(segment, 16, pseudo4(6, segment.length)) })],
    ['UDP over IPv4', ipv4({ protocol: 17, payload: checked(datagram, 6, pseudo4(17, datagram.length)) })],
    ['ICMP', ipv4({ protocol: 1, payload: checked(echo, 2, []) })],
    ['TCP over IPv6', ipv6(6, checked(segment, 16, pseudo6(6, segment.length)))],
    ['UDP over IPv6', ipv6(17, checked(datagram, 6, pseudo6(17, datagram.length)))],
    ['ICMPv6', ipv6(58, checked(solicitation, 2, pseudo6(58, solicitation.length)))],
  ];

  test.each(PACKETS)('%s: valid, and invalid after one changed bit', (_, packet) => {
    expect(transportState(packet)).toBe('valid');
    const last = packet.length - 1;
    expect(transportState([...packet.slice(0, last), (packet[last] ?? 0) ^ 1])).toBe('invalid');
  });

  test.each(PACKETS)('%s: unknown where the capture cut the packet', (_, packet) => {
    expect(transportState(packet, packet.length - 1)).toBe('unknown');
  });

  test('do not include the padding of a short frame', () => {
    const [, packet = []] = PACKETS[0] ?? [];
    expect(transportState([...packet, 9, 9, 9])).toBe('valid');
  });

  test.each([
    ['with the length', segment.length],
    ['without the length, as for segmentation', 0],
  ])('the sum of the pseudo header %s is a partial checksum', (_, length) => {
    const partial = put(segment, 16, sumOf(pseudo4(6, length)));
    expect(transportState(ipv4({ protocol: 6, payload: partial }))).toBe('partial');
  });

  test('a partial checksum is recognised where segmentation offload leaves the total length 0', () => {
    const partial = put(segment, 16, sumOf(pseudo4(6, 0)));
    expect(transportState(ipv4({ protocol: 6, totalLength: 0, payload: partial }))).toBe('partial');
  });

  test('UDP without checksum: absent over IPv4, invalid over IPv6', () => {
    expect(transportState(ipv4({ protocol: 17, payload: datagram }))).toBe('absent');
    expect(transportState(ipv6(17, datagram))).toBe('invalid');
  });

  test('of a first fragment is unknown', () => {
    const payload = checked(datagram, 6, pseudo4(17, datagram.length));
    expect(transportState(ipv4({ protocol: 17, fragment: 0x2000, payload }))).toBe('unknown');
  });

  test('of a packet with segments left in a routing header is unknown: the final destination counts', () => {
    expect(transportState(ipv6(43, [6, 0, 0, 1, 0, 0, 0, 0, ...segment]))).toBe('unknown');
  });

  test('protocols without a known checksum have none', () => {
    expect(transportState(ipv4({ protocol: 47, payload: hex('0000 0800 00') }))).toBe('absent');
  });
});
