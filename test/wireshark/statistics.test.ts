import { beforeAll, expect, it } from 'vitest';
import { describeWithTshark, tshark } from '../support/wireshark.js';
import { converted, truth, WITH_PLUGIN, withComments } from './support.js';

let pktmon: Uint8Array;
let vswitch: Uint8Array;

/** Rows of a statistic; columns stand two spaces or more apart. */
function rows(capture: Uint8Array, statistic: string): string[][] {
  const text = tshark(['-q', ...WITH_PLUGIN, '-z', statistic], { input: capture });
  const lines = text.split('\n').filter((line) => line !== '' && !/^(=+$|ETL |Filter:)/u.test(line));
  return lines.map((line) => line.split(/ {2,}/u));
}

describeWithTshark('statistics of the plugin', () => {
  beforeAll(async () => {
    [pktmon, vswitch] = await Promise.all([converted('pktmon-drops'), converted('nat-vswitch')]);
  });

  it('-z etl,nbl has one line for each packet, with its hops and the places where they began and ended', () => {
    const [head, ...lines] = rows(pktmon, 'etl,nbl');
    expect(head).toEqual(['Frame', 'NBL', 'Hops', 'Seconds', 'From', 'To', 'Result']);
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

  it('-z etl,nbl names the ports that a vSwitch sends a packet to', () => {
    const broadcast = rows(vswitch, 'etl,nbl').find(([frame]) => frame === '1');
    expect(broadcast?.[4]).toContain('web-frontend');
    expect(broadcast?.[5]).toMatch(/nat host \(Internal\) port 2, port 6$/u);
  });

  it('-z etl,drops counts drops by reason, component and location', () => {
    expect(rows(pktmon, 'etl,drops')).toEqual([
      ['Packets', 'Reason', 'Component', 'Location', 'First frame'],
      ['1', 'Unauthorized VLAN (10)', 'vmswitch.sys #62', '0xe000200d', '63'],
      ['1', 'Protocol "Unreachable" (903)', 'tcpip.sys #31', '0xe0004151', '66'],
    ]);
  });

  it('the most frequent drop comes first', () => {
    const drop = (reason: number): string => `PID=4 TID=8 CPU=1 Drop="reason ${reason}" DropReason=${reason}`;
    const lines = rows(withComments([drop(1), drop(2), drop(2)]), 'etl,drops');
    expect(lines.slice(1).map(([count, reason]) => [count, reason])).toEqual([
      ['2', 'reason 2 (2)'],
      ['1', 'reason 1 (1)'],
    ]);
  });

  it('take a display filter behind a second comma', () => {
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
