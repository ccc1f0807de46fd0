import { beforeAll, expect, it } from 'vitest';
import { describeWithTshark, tshark } from '../support/wireshark.js';
import { converted, truth, WITH_PLUGIN, withComments, withoutPacketNumbers } from './support.js';

let pktmon: Uint8Array;
let vswitch: Uint8Array;

/** The lines of a statistic after its title and filter. */
function lines(capture: Uint8Array, statistic: string): string[] {
  const text = tshark(['-q', ...WITH_PLUGIN, '-z', statistic], { input: capture });
  return text.split('\n').filter((line) => line !== '' && !/^(=+$|ETL |Filter:)/u.test(line));
}

/** The line with the totals. */
const total = (capture: Uint8Array, statistic: string): string | undefined => lines(capture, statistic)[0];

/** Rows of the table below the totals; columns are two spaces or more apart. */
const rows = (capture: Uint8Array, statistic: string): string[][] =>
  lines(capture, statistic)
    .slice(1)
    .map((line) => line.split(/ {2,}/u));

const numbered = (packet: number, hop: number, rest = ''): string =>
  `PID=4 TID=8 CPU=1 Dir=Rx Packet=${packet} Hop=${hop}${rest}`;
const DROP = ' Drop="Bad checksum" DropReason=4';
/** Packet 1 at three interfaces and dropped twice; packet 2 at one, with packet 1 in between. */
const DROPPED_TWICE = withComments([
  { at: 'NIC', comment: numbered(1, 1) },
  { at: 'NIC', comment: numbered(2, 1, ' NBL=0x10') },
  { at: 'filter', comment: numbered(1, 2, ' Match=content NBL=0x20') },
  { at: 'filter', comment: numbered(1, 3, ` Match=content NBL=0x30${DROP}`) },
  { at: 'stack', comment: numbered(1, 4, ` Match=content NBL=0x40${DROP}`) },
]);

describeWithTshark('statistics of the plugin', () => {
  beforeAll(async () => {
    [pktmon, vswitch] = await Promise.all([converted('pktmon-drops'), converted('nat-vswitch')]);
  });

  it('-z etl,packets has one line for each packet, from its first appearance to its last', () => {
    expect(rows(DROPPED_TWICE, 'etl,packets')).toEqual([
      ['Frame', 'Packet', 'Hops', 'Seconds', 'From', 'To', 'Result'],
      ['1', '1', '4', '4.000000000', 'NIC', 'stack', 'dropped at filter: Bad checksum (4)'],
      ['2', '2', '1', '0.000000000', 'NIC', 'NIC'],
    ]);
  });

  it('-z etl,packets counts packets, appearances, and packets that were dropped', () => {
    expect(total(DROPPED_TWICE, 'etl,packets')).toBe('2 packets, 5 appearances, 1 dropped');
    expect(total(DROPPED_TWICE, 'etl,packets,etl.packet == 2')).toBe('1 packet, 1 appearance, 0 dropped');
  });

  it('-z etl,nbl is the earlier name of -z etl,packets', () => {
    expect(lines(DROPPED_TWICE, 'etl,nbl')).toEqual(lines(DROPPED_TWICE, 'etl,packets'));
  });

  it('captures without packet numbers: one line for each NBL and packet number of pktmon', () => {
    const [head, ...lines] = rows(withoutPacketNumbers(pktmon), 'etl,packets');
    expect(head).toEqual(['Frame', 'Packet', 'Hops', 'Seconds', 'From', 'To', 'Result']);
    const packets = new Map<string, { from: string; to: string; hops: number; dropped: boolean }>();
    for (const { comment, dropped } of truth('pktmon-drops')) {
      const id = `${comment.NBL} #${comment.PktNumber}`;
      const place = `${comment.Component} #${comment.ComponentId}`;
      const known = packets.get(id) ?? { from: place, to: place, hops: 0, dropped: false };
      packets.set(id, { ...known, to: place, hops: known.hops + 1, dropped: dropped === true });
    }
    const read = lines.map(([, id, hops, , from, to, result]) => [
      id,
      { from, to, hops: Number(hops), dropped: result !== undefined },
    ]);
    expect(read).toEqual([...packets]);
  });

  it('-z etl,packets names the ports that a vSwitch sends a packet to', () => {
    const broadcast = rows(vswitch, 'etl,packets').find(([frame]) => frame === '1');
    expect(broadcast?.[4]).toContain('web-frontend');
    expect(broadcast?.[5]).toMatch(/nat host \(Internal\) port 2, port 6$/u);
  });

  it('-z etl,drops counts drops by reason, component and location', () => {
    expect(rows(pktmon, 'etl,drops')).toEqual([
      ['Packets', 'Records', 'Reason', 'Component', 'Location', 'First frame'],
      ['1', '1', 'Unauthorized VLAN (10)', 'vmswitch.sys #62', '0xe000200d', '63'],
      ['1', '1', 'Protocol "Unreachable" (903)', 'tcpip.sys #31', '0xe0004151', '66'],
    ]);
  });

  it('-z etl,drops counts a packet once, at its first drop record', () => {
    expect(total(DROPPED_TWICE, 'etl,drops')).toBe('1 packet dropped, 2 drop records');
    // The column of the drop location is empty.
    expect(rows(DROPPED_TWICE, 'etl,drops').slice(1)).toEqual([
      ['1', '1', 'Bad checksum (4)', 'filter', '4'],
      ['0', '1', 'Bad checksum (4)', 'stack', '5'],
    ]);
  });

  it('the most frequent drop comes first', () => {
    const drop = (reason: number): string => `PID=4 TID=8 CPU=1 Drop="reason ${reason}" DropReason=${reason}`;
    const counts = rows(withComments([drop(1), drop(2), drop(2)]), 'etl,drops').slice(1);
    expect(counts.map((row) => row.slice(0, 3))).toEqual([
      ['2', '2', 'reason 2 (2)'],
      ['1', '1', 'reason 1 (1)'],
    ]);
  });

  it('take a display filter after a second comma', () => {
    expect(rows(pktmon, 'etl,drops,etl.component == "tcpip.sys"')).toHaveLength(2);
  });

  it('refuse what is no display filter', () => {
    expect(() => rows(pktmon, 'etl,drops,no such filter')).toThrow(
      /etl,drops: not a display filter: no such filter/u,
    );
  });

  it('print control characters of names escaped', () => {
    const capture = withComments(['PID=4 TID=8 CPU=1 Drop="\\u001b[31mred"']);
    const text = tshark(['-q', ...WITH_PLUGIN, '-z', 'etl,drops'], { input: capture });
    expect(text).toContain('\\x1b[31mred');
    expect(text).not.toContain('\u001b');
  });
});
