import { describe, expect, it } from 'vitest';
import { readPcapng, readSection } from '../support/pcapng-reader.js';
import { capture, hex, packet, utf8 } from './build.js';

const SECTION = '0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000';
const INTERFACE = '01000000 14000000 0100 0000 00000000 14000000';
/** A packet of one byte, and what follows it. */
const packetWith = (options: string): string => {
  const total = (36 + options.replaceAll(' ', '').length / 2).toString(16).padStart(2, '0');
  return `06000000 ${total}000000 00000000 00000000 00000000 01000000 01000000 aa000000 ${options} ${total}000000`;
};
const file = (...blocks: string[]): Uint8Array => hex([SECTION, INTERFACE, ...blocks].join(''));

describe("the tests' own reader", () => {
  it('reads a file that was written by hand, in either byte order', () => {
    const big =
      '0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c' +
      '00000001 00000014 0001 0000 00000000 00000014' +
      '00000006 00000034 00000000 00000001 00000002 00000001 00000009 aa000000 0008 0008 000004d2 00000000 0000 0000 00000034';
    const [little, other] = readPcapng(
      hex(`${SECTION}${INTERFACE}${packetWith('0200 0400 02000000 0000 0000')}${big}`),
    );
    expect(little?.packets[0]).toMatchObject({ data: hex('aa'), flags: 2, originalLength: 1 });
    expect(other?.packets[0]).toMatchObject({
      timestamp: 0x1_0000_0002n,
      originalLength: 9,
      processId: 1234,
      threadId: 0,
    });
  });

  it.each([
    ['an option list without its end', [packetWith('0200 0400 02000000')], /opt_endofopt/],
    ['bytes behind the end of options', [packetWith('0200 0400 02000000 00000000 00000000')], /behind/],
    ['an option that goes beyond its block', [packetWith('0100 1000 61616161 00000000')], /are left/],
    ['an option of the wrong length', [packetWith('0200 0200 02000000 00000000')], /option 2 has 2/],
    ['an option twice', [packetWith('0200 0400 02000000 0200 0400 02000000 00000000')], /more than once/],
    ['an unknown option', [packetWith('6300 0000 00000000')], /option 99/],
    ['padding that is not zero', [packetWith('0100 0100 61000001 00000000')], /padding/],
    ['a comment that is not UTF-8', [packetWith('0100 0200 c3280000 00000000')], /UTF-8/],
    ['a comment with a zero octet', [packetWith('0100 0300 61006200 00000000')], /zero octet/],
    ['two lengths that differ', [INTERFACE.replace(/14000000$/, '18000000')], /differ/],
    ['a length that is no multiple of 4', [INTERFACE.replaceAll('14000000', '15000000')], /total length 21/],
    ['an unknown block', [INTERFACE.replace('01000000', '63000000')], /block type/],
    [
      'a packet longer than the original',
      [packetWith('').replace('01000000 01000000', '01000000 00000000')],
      /captured 1/,
    ],
    ['statistics of no interface', ['05000000 18000000 05000000 00000000 00000000 18000000'], /interface 5/],
    ['names without an end', ['04000000 0c000000 0c000000'], /are left/],
    ['a journal entry without a time', ['09000000 10000000 413d620a 10000000'], /REALTIME/],
    [
      'a journal entry that ends in a value',
      ['09000000 18000000 410a 0900000000000000 6162 18000000'],
      /without an end/,
    ],
  ])('refuses %s', (_, blocks, problem) => {
    expect(() => readPcapng(file(...blocks))).toThrow(problem);
  });

  it('refuses any file that was cut', () => {
    const whole = capture((writer) => writer.enhancedPacket(packet({ comment: utf8('x'), flags: 1 })));
    const boundaries = new Set([28, 28 + 32]);
    for (let length = 0; length < whole.length; length++) {
      if (boundaries.has(length)) continue;
      expect(() => readSection(whole.subarray(0, length)), `cut to ${length}`).toThrow();
    }
  });
});
