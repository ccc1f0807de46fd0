import { expect, it } from 'vitest';
import { describeWithTshark, tshark } from '../support/wireshark.js';
import { WITH_PLUGIN, withComments } from './support.js';

/** Characters that move the cursor of a terminal, hide text or change its order. */
const HOSTILE = [
  '\u0001',
  '\u0007',
  '\u0008',
  '\u001b',
  '\u007f',
  '\u0080',
  '\u0085',
  '\u009b',
  '\u009f',
  '\u00ad',
  '\u061c',
  '\u200b',
  '\u200e',
  '\u200f',
  '\u2028',
  '\u2029',
  '\u202a',
  '\u202b',
  '\u202c',
  '\u202d',
  '\u202e',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
  '\ufeff',
  '\u{e0041}',
];
/** All characters of these kinds that a comment can hold: U+0000 is replaced, surrogates do not occur. */
const ALL_HOSTILE = Array.from({ length: 0x11_0000 }, (_, code) => code)
  .filter((code) => code !== 0 && (code < 0xd800 || code > 0xdfff))
  .map((code) => String.fromCodePoint(code))
  .filter((character) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character));
const HARMLESS = 'Büro „Ж日本 🦈 é';

/** Line feeds are the only control characters that a table has. */
const UNSAFE = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufffd]/u;

const UNSAFE_IN_TREE = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\ufffd]/u;

/** A name in the grammar of comments: controls are escaped there, and other characters are themselves. */
const quoted = (text: string): string =>
  `"${text.replace(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

const TEXT_KEYS = [
  'Process',
  'Dir',
  'Match',
  'Component',
  'SrcNicType',
  'SrcNicName',
  'SrcPortName',
  'RoutingDomainID',
  'Username',
  'Drop',
  'PacketType',
  'Owner',
  'TeamMember',
  'Offload',
  'Interface',
];
const NUMBER_KEYS = [
  'Packet',
  'Hop',
  'Parent',
  'Parts',
  'NBL',
  'PktNumber',
  'Appearance',
  'ComponentId',
  'SrcPortId',
  'DstPorts',
  'DropReason',
  'DropLocation',
];

/** Two comments of one packet in which every key has the value. */
function comments(value: string): string[] {
  const all = [...TEXT_KEYS, ...NUMBER_KEYS].map((key) => `${key}=${quoted(value)}`).join(' ');
  const texts = TEXT_KEYS.map((key) => `${key}=${quoted(value)}`).join(' ');
  return [
    `PID=4 TID=8 CPU=1 ${all}`,
    `PID=4 TID=8 CPU=1 NBL=0x12 PktNumber=1 SrcPortId=2 DstPorts=2,3 DropReason=4 ${texts}`,
  ];
}

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
};

describeWithTshark('names of a hostile trace in what the plugin prints', () => {
  const capture = withComments(comments(`a${HOSTILE.join('b')}c ${HARMLESS}`));

  it.each(['etl,packets', 'etl,drops'])(
    '-z %s prints them escaped, and other scripts as they are',
    (statistic) => {
      const input = withComments(comments(`a${ALL_HOSTILE.join('b')}c ${HARMLESS}`));
      const text = tshark(['-q', ...WITH_PLUGIN, '-z', statistic], { input });
      expect(text).toContain(`a${ALL_HOSTILE.map(escaped).join('b')}c ${HARMLESS}`);
      expect(text).not.toMatch(UNSAFE);
    },
  );

  it('-z etl,drops prints bytes that are not UTF-8 as hexadecimal', () => {
    const input = withComments(['PID=4 TID=8 CPU=1 Drop=[QQQQ]']);
    Buffer.from(input.buffer).set([0x9b, 0xc2, 0xe2, 0x80], Buffer.from(input).indexOf('QQQQ'));
    const text = tshark(['-q', ...WITH_PLUGIN, '-z', 'etl,drops'], { input });
    expect(text).toContain('[\\x9b\\xc2\\xe2\\x80]');
  });

  it.each([
    [
      'a display filter in a statistic',
      ['-q', '-z', `etl,packets,etl.drop != "${HOSTILE.slice(6).join('')}"`],
    ],
    ['expert information', ['-q', '-z', 'expert,warn']],
  ])('%s is safe to print', (_, args) => {
    const text = tshark([...WITH_PLUGIN, ...args], { input: capture });
    expect(text).not.toBe('');
    expect(text).not.toMatch(UNSAFE);
  });

  it('the fields in the tree are safe to print, apart from separators, which Wireshark itself prints', () => {
    const trees = tshark([...WITH_PLUGIN, '-O', 'etl'], { input: capture }).split(/^(?=ETL trace$)/mu);
    expect(trees).toHaveLength(3);
    for (const tree of trees.slice(1))
      expect(tree.split(/^Packet comments$/mu)[0]).not.toMatch(UNSAFE_IN_TREE);
  });
});
