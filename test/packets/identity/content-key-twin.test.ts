import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EtherType, ethernet, ethernetVlan, overIpv4, padded } from '../../../samples/packets/index.js';
import { ContentKey, type KeyPair } from '../../../src/packets/identity/content-key.js';
import '../../support/fast-check.js';
import { Link } from './simulated-host.js';

const MACS = { from: '02:00:00:00:00:01', to: '02:00:00:00:00:02' };
const ENDS = { from: '10.0.0.4', to: '10.0.0.9' };
const TCP = 6;
const UDP = 17;
const ICMP = 1;
const GRE = 47;
const HEADER = 20;
const COMPARED = 40;
/** Offsets of the checksum in the transport header (RFC 9293, RFC 768, RFC 792). */
const CHECKSUMS = new Map([
  [TCP, 16],
  [UDP, 6],
  [ICMP, 2],
]);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The payload's first 40 bytes with zeros at some offsets. */
function masked(ip: Uint8Array, ...zeros: number[]): string {
  const payload = ip.slice(HEADER, HEADER + COMPARED);
  for (const at of zeros) if (at < payload.length) payload[at] = 0;
  return hex(payload);
}

/** The content that identifies an IPv4 packet without options, in a straightforward form. */
function plainContent(ip: Uint8Array): string {
  const checksum = CHECKSUMS.get(ip[9] ?? 0) ?? COMPARED;
  const length = hex(ip.subarray(2, 4));
  const identification = hex(ip.subarray(4, 6));
  const fragment = `${(ip[6] ?? 0) & 0x1f}.${ip[7]}`;
  return [
    length,
    identification,
    fragment,
    ip[9],
    hex(ip.subarray(12, 20)),
    masked(ip, checksum, checksum + 1),
  ].join();
}

/** The same without the address and port that a NAT changes; undefined for packets that it does not translate. */
function plainTranslation(ip: Uint8Array, side: 'source' | 'destination'): string | undefined {
  const protocol = ip[9] ?? 0;
  const checksum = CHECKSUMS.get(protocol);
  if (checksum === undefined) return undefined;
  const port = protocol === ICMP ? 4 : side === 'source' ? 2 : 0;
  const address = side === 'source' ? ip.subarray(12, 16) : ip.subarray(16, 20);
  const payload = masked(ip, checksum, checksum + 1, port, port + 1);
  return [hex(ip.subarray(2, 4)), hex(ip.subarray(4, 6)), protocol, hex(address), payload].join();
}

function keyOf(frame: Uint8Array, link: number = Link.ethernet): ContentKey {
  const key = new ContentKey();
  key.take(frame, 0, frame.length, frame.length, link);
  return key;
}

function translationOf(key: ContentKey, side: 'source' | 'destination'): string | undefined {
  const pair: KeyPair = { a: 0, b: 0 };
  return key.takeTranslation(side, pair) ? `${pair.a} ${pair.b}` : undefined;
}

const packets = fc.record({
  protocol: fc.constantFrom(TCP, UDP, ICMP, GRE),
  payload: fc.uint8Array({ minLength: 8, maxLength: 60 }),
  id: fc.integer({ min: 0, max: 3 }),
});

const ipOf = (protocol: number, payload: Uint8Array, id: number): Uint8Array => {
  const bytes = new Uint8Array(payload.length);
  const ip = overIpv4(ENDS, { protocol, bytes, checksumAt: 0, pseudoHeader: false }, { id });
  ip.set(payload, HEADER);
  return ip;
};

describe('the key of an IPv4 packet', () => {
  it('is equal where the plain content is equal, and different where it is different', () => {
    const framings = fc.constantFrom<(ip: Uint8Array) => readonly [Uint8Array, number]>(
      (ip: Uint8Array) => [ip, Link.raw],
      (ip: Uint8Array) => [ethernet(MACS, EtherType.ipv4, ip), Link.ethernet],
      (ip: Uint8Array) => [padded(ethernet(MACS, EtherType.ipv4, ip)), Link.ethernet],
      (ip: Uint8Array) => [ethernetVlan(MACS, 9, EtherType.ipv4, ip), Link.ethernet],
    );
    const change = fc.record({ at: fc.integer({ min: 4, max: 79 }), by: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(packets, change, framings, framings, ({ id, payload, protocol }, { at, by }, one, two) => {
        const ip = ipOf(protocol, payload, id);
        const other = ip.slice();
        if (at < other.length) other[at] = ((other[at] ?? 0) + by) & 0xff;
        const first = keyOf(...one(ip));
        const second = keyOf(...two(other));
        const isEqual = plainContent(ip) === plainContent(other);
        expect(first.a === second.a && first.b === second.b).toBe(isEqual);
        for (const side of ['source', 'destination'] as const) {
          const [a, b] = [translationOf(first, side), translationOf(second, side)];
          // Fragments are not translated by content.
          if (a === undefined || b === undefined) continue;
          expect(a === b).toBe(plainTranslation(ip, side) === plainTranslation(other, side));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('any bytes', () => {
  it('have a key, whatever their headers state and wherever they are cut', () => {
    const starts = fc.constantFrom<readonly number[]>(
      [],
      [...new Uint8Array(12), 8, 0, 0x4f],
      [...new Uint8Array(12), 0x86, 0xdd, 0x60, 0, 0, 0, 0, 8, 0],
      [0x88, 3],
      [0x45, 0, 0, 0, 0, 0, 0, 0, 9, UDP],
      [0x60, 0, 0, 0, 0, 9, 60, 1],
    );
    const links = fc.constantFrom(Link.ethernet, Link.raw, Link.wifi);
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 90 }), links, (start, rest, link) => {
        const key = keyOf(Uint8Array.from([...start, ...rest]), link);
        translationOf(key, 'source');
        expect(Number.isInteger(key.a) && Number.isInteger(key.b)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
