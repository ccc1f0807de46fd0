import { expect, it } from 'vitest';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { WITH_PLUGIN, withComments } from './support.js';

const START = 'PID=4 TID=8 CPU=0 Dir=Rx';
const numbered = (packet: number, hop: number, rest = ''): string =>
  `${START} Packet=${packet} Hop=${hop}${rest}`;

/** Values of these fields for each frame. */
const read = (comments: readonly string[], fields: readonly string[], ...args: string[]): string[][] =>
  tsharkFields(
    withComments(comments),
    fields.map((field) => `etl.${field}`),
    [...WITH_PLUGIN, ...args],
  );
/** Links to later frames exist in the second pass; tshark dissects in the first one only for a read filter. */
const TWO_PASSES = ['-2', '-R', 'frame'];
const LINKS = ['first_frame', 'previous_frame', 'next_frame'];

describeWithTshark('packets that etlcap numbered', () => {
  it('Packet, Hop, Match, Parent and Parts are fields', () => {
    const comments = [
      `${START} Packet=4294967295 Hop=300 Match=translated Parent=7 Parts=8,9,10 NBL=0x1`,
      numbered(3, 1),
    ];
    expect(read(comments, ['packet', 'hop', 'match', 'parent', 'parts'])).toEqual([
      ['4294967295', '300', 'translated', '7', '8|9|10'],
      ['3', '1', '', '', ''],
    ]);
  });

  it('Packet and Parts compare as numbers, Match as text', () => {
    const comments = [numbered(9, 1), numbered(10, 2, ' Match=content Parts=9,11')];
    const framesOf = (filter: string): string[] =>
      tsharkFields(withComments(comments), ['frame.number'], [...WITH_PLUGIN, '-Y', filter]).flat();
    expect(framesOf('etl.packet > 9')).toEqual(['2']);
    expect(framesOf('etl.parts == 11')).toEqual(['2']);
    expect(framesOf('etl.match == "content"')).toEqual(['2']);
  });

  it('frames of one packet are linked, whatever NBL they have', () => {
    const comments = [
      numbered(1, 1, ' NBL=0x10 PktNumber=1'),
      numbered(2, 1, ' NBL=0x20 PktNumber=1'),
      numbered(1, 2, ' Match=content NBL=0x30 PktNumber=1'),
      numbered(1, 3, ' Match=content'),
    ];
    expect(read(comments, LINKS, ...TWO_PASSES)).toEqual([
      ['1', '', '3'],
      ['2', '', ''],
      ['1', '1', '4'],
      ['1', '3', ''],
    ]);
  });

  it('packets of one NBL, seen at the same interface, are separate', () => {
    const comments = [numbered(1, 1, ' NBL=0x10'), numbered(2, 1, ' NBL=0x10'), numbered(1, 2, ' NBL=0x10')];
    expect(read(comments, LINKS, ...TWO_PASSES)).toEqual([
      ['1', '', '3'],
      ['2', '', ''],
      ['1', '1', ''],
    ]);
  });

  it('times are those since the previous frame and the first frame of the packet', () => {
    const comments = [numbered(1, 1), numbered(2, 1), numbered(1, 2), numbered(1, 3)];
    expect(read(comments, ['since_previous', 'since_first'])).toEqual([
      ['', '0.000000000'],
      ['', '0.000000000'],
      ['2.000000000', '2.000000000'],
      ['1.000000000', '3.000000000'],
    ]);
  });

  it('Hop is the value of the comment where earlier appearances are not in the file', () => {
    expect(read([numbered(5, 3), numbered(5, 7)], ['hop', 'first_frame'])).toEqual([
      ['3', '1'],
      ['7', '1'],
    ]);
  });

  it('a second hop 1 of one number, as in joined captures, is another packet', () => {
    const comments = [numbered(1, 1), numbered(1, 2), numbered(1, 1), numbered(1, 2)];
    expect(read(comments, LINKS, ...TWO_PASSES)).toEqual([
      ['1', '', '2'],
      ['1', '1', ''],
      ['3', '', '4'],
      ['3', '3', ''],
    ]);
  });

  it('parts that follow their whole and the whole are linked in both directions', () => {
    const comments = [
      numbered(1, 1),
      numbered(1, 2),
      numbered(2, 1, ' Parent=1'),
      numbered(3, 1, ' Parent=1'),
      numbered(2, 2),
    ];
    expect(read(comments, ['parent_frame', 'part_frame'], ...TWO_PASSES)).toEqual([
      ['', '3|4'],
      ['', '3|4'],
      ['1', ''],
      ['1', ''],
      ['1', ''],
    ]);
  });

  it('a whole that follows its parts and the parts are linked in both directions', () => {
    const comments = [numbered(1, 1), numbered(2, 1), numbered(3, 1, ' Match=joined Parts=1,2,9')];
    expect(read(comments, ['parent_frame', 'part_frame'], ...TWO_PASSES)).toEqual([
      ['3', ''],
      ['3', ''],
      ['', '1|2'],
    ]);
  });

  it('a packet that claims to be its own part has no link', () => {
    expect(read([numbered(1, 1, ' Parent=1 Parts=1')], ['parent_frame', 'part_frame'])).toEqual([['', '']]);
  });

  it('all frames of a dropped packet are linked to its first drop record', () => {
    const drop = ' Drop=Checksum DropReason=4';
    const comments = [numbered(1, 1), numbered(1, 2, drop), numbered(1, 3, drop), numbered(2, 1)];
    expect(read(comments, ['drop_frame'], ...TWO_PASSES)).toEqual([['2'], [''], ['2'], ['']]);
  });

  it('only the first drop record of a packet is a warning', () => {
    const drop = ' Drop=Checksum DropReason=4';
    const comments = [numbered(1, 1, drop), numbered(1, 2, drop), numbered(2, 1, drop), `${START}${drop}`];
    const framesOf = (filter: string): string[] =>
      tsharkFields(withComments(comments), ['frame.number'], [...WITH_PLUGIN, '-Y', filter]).flat();
    expect(framesOf('etl.dropped_here')).toEqual(['1', '3', '4']);
    expect(framesOf('etl.dropped_again')).toEqual(['2']);
  });

  it.each(['0x1', '-1', '4294967296', '1.5', 'x'])('Packet=%s is no number: the NBL joins frames', (text) => {
    const comments = ['Rx', 'Tx'].map((dir) => `PID=4 TID=8 CPU=0 Dir=${dir} Packet=${text} NBL=0x10`);
    expect(read(comments, ['packet', 'hop', 'first_frame'])).toEqual([
      ['', '1', '1'],
      ['', '2', '1'],
    ]);
  });

  it('a frame with neither packet number nor NBL has no journey', () => {
    expect(read([START], ['hop', 'first_frame', 'since_first'])).toEqual([['', '', '']]);
  });
});
