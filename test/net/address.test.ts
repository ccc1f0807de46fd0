import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseIpv6 } from '../../src/net/address.js';
import {
  formatIp,
  formatIpv4,
  formatIpv6,
  formatMac,
  isInPrefix,
  parseIp,
  parseIpPrefix,
  parseMac,
} from '../../src/net/index.js';
import { hex } from './frames.js';

const groups = (...values: readonly number[]): Uint8Array =>
  Uint8Array.from(values.flatMap((value) => [value >> 8, value & 0xff]));

describe('IPv6 addresses as text', () => {
  test.each([
    ['4.1: leading zeros', groups(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), '2001:db8::1'],
    ['4.2.1: as short as possible', groups(0x2001, 0xdb8, 0, 0, 0, 0, 2, 1), '2001:db8::2:1'],
    ['4.2.2: one zero group is not ::', groups(0x2001, 0xdb8, 0, 1, 1, 1, 1, 1), '2001:db8:0:1:1:1:1:1'],
    ['4.2.3: the longest run', groups(0x2001, 0, 0, 1, 0, 0, 0, 1), '2001:0:0:1::1'],
    ['4.2.3: the first of equal runs', groups(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1), '2001:db8::1:0:0:1'],
    ['4.3: lower case', groups(0xabcd, 0xef, 1, 2, 3, 4, 5, 6), 'abcd:ef:1:2:3:4:5:6'],
    ['5: IPv4-mapped', groups(0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201), '::ffff:192.0.2.1'],
    ['the unspecified address', groups(0, 0, 0, 0, 0, 0, 0, 0), '::'],
    ['the loopback address', groups(0, 0, 0, 0, 0, 0, 0, 1), '::1'],
    ['zeros at the end', groups(0xfe80, 0, 0, 0, 0, 0, 0, 0), 'fe80::'],
    [
      'ffff in another group is not mapped',
      groups(0, 0, 0, 0, 0xffff, 0, 0xc000, 0x0201),
      '::ffff:0:c000:201',
    ],
  ])('RFC 5952 %s', (_, bytes, text) => {
    expect(formatIpv6(bytes)).toBe(text);
  });

  test('are those of inet_ntop, except that only mapped addresses have a dotted part', () => {
    const zeroOften = fc.oneof(fc.constant(0), fc.constant(0xffff), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(zeroOften, { minLength: 8, maxLength: 8 }), (values) => {
        // inet_ntop writes the deprecated IPv4-compatible addresses as ::a.b.c.d (RFC 4291, 2.5.5.1).
        fc.pre(values.slice(0, 6).some((value) => value !== 0));
        const plain = values.map((value) => value.toString(16)).join(':');
        const { address } = new SocketAddress({ address: plain, family: 'ipv6' });
        expect(formatIpv6(groups(...values))).toBe(address);
      }),
    );
  });

  test('at an offset in a larger array', () => {
    const bytes = Uint8Array.from([9, 9, 9, 192, 0, 2, 1, ...hex('20010db8000000000000000000000001'), 9]);
    expect(formatIpv4(bytes, 3)).toBe('192.0.2.1');
    expect(formatIp(bytes, 3, 4)).toBe('192.0.2.1');
    expect(formatIp(bytes, 7, 16)).toBe('2001:db8::1');
  });
});

describe('the address parser', () => {
  test.each([
    '1.2.3.4:5:6:7:8:9:a',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '01.2.3.4',
    '1.2.3.04',
    '::ffff:01.2.3.4',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.-4',
    '1.2.3.+4',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '0x7f.0.0.1',
    '1..2.3',
    '127.1',
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4:5:6:7:1.2.3.4',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:',
    '12345::',
    'g::',
    '[::1]',
    '::1/64',
    '::%1',
    '١.2.3.4',
  ])('rejects %j', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  test.each([
    ['0.0.0.0', '00000000'],
    ['255.255.255.255', 'ffffffff'],
    ['192.0.2.10', 'c000020a'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['2001:DB8::A', '20010db800000000000000000000000a'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['64:ff9b::192.0.2.33', '0064ff9b0000000000000000c0000221'],
    ['0001:0002:0003:0004:0005:0006:192.168.100.100', '000100020003000400050006c0a86464'],
  ])('reads %s', (text, bytes) => {
    expect([...(parseIp(text) ?? [])]).toEqual(hex(bytes));
  });

  test('accepts what inet_pton accepts', () => {
    const part = fc.constantFrom(
      '0',
      '1',
      '01',
      '10',
      '255',
      '256',
      'f',
      'ffff',
      'fffff',
      '',
      '1.2.3.4',
      '1.2.3.04',
    );
    const joiner = fc.constantFrom(':', ':', ':', '::', '.');
    const text = fc
      .array(fc.tuple(part, joiner), { minLength: 1, maxLength: 9 })
      .map((parts) => parts.map(([value, mark]) => value + mark).join(''))
      .chain((joined) => fc.constantFrom(joined, joined.slice(0, -1)));
    fc.assert(
      fc.property(text, (candidate) => {
        expect(parseIp(candidate) !== undefined).toBe(isIPv4(candidate) || isIPv6(candidate));
      }),
      { numRuns: 2000 },
    );
  });

  test('reads back every address that the formatter writes', () => {
    const address = fc.oneof(
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(address, (bytes) => {
        expect(parseIp(formatIp(bytes))).toEqual(bytes);
      }),
    );
  });
});

describe('prefixes', () => {
  test.each([
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/',
    '10.0.0.0/+8',
    '10.0.0.0/8/8',
    '::/129',
    '10.0/8',
    '/8',
  ])('%s is rejected', (text) => {
    expect(parseIpPrefix(text)).toBeUndefined();
  });

  test.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['192.0.2.128/25', '192.0.2.200', true],
    ['192.0.2.128/25', '192.0.2.100', false],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '192.0.2.1', false],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['::ffff:10.0.0.0/104', '::ffff:11.1.2.3', false],
  ])('%s and %s: %s', (prefix, address, isInside) => {
    const [wanted, bytes] = [parseIpPrefix(prefix), parseIp(address)];
    expect(wanted !== undefined && bytes !== undefined && isInPrefix(bytes, wanted)).toBe(isInside);
    expect(wanted).toBeDefined();
  });
});

describe('MAC addresses', () => {
  test('have colons and lower case', () => {
    expect(formatMac(Uint8Array.from(hex('ff 00155D0A0B0C')), 1)).toBe('00:15:5d:0a:0b:0c');
  });

  test.each(['00:15:5d:0a:0b:0c', '00-15-5D-0A-0B-0C'])('%s is read', (text) => {
    expect([...(parseMac(text) ?? [])]).toEqual(hex('00155d0a0b0c'));
  });

  test.each([
    '00:15-5d:0a:0b:0c',
    '00:15:5d:0a:0b',
    '0:15:5d:0a:0b:0c',
    '00155d0a0b0c',
    '00:15:5d:0a:0b:0c:0d',
  ])('%s is rejected', (text) => {
    expect(parseMac(text)).toBeUndefined();
  });
});

test('an IPv6 address with a long text is read: six groups and a dotted part', () => {
  expect(parseIpv6('ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255')).toEqual(new Uint8Array(16).fill(255));
});
