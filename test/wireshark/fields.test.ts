import { beforeAll, expect, it } from 'vitest';
import type { TruthPacket } from '../../samples/scenarios/index.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { converted, truth, WITH_PLUGIN, withComments, withoutPacketNumbers } from './support.js';

const decimal = (text: string): string => text;
const hexadecimal = (text: string): string => BigInt(text.startsWith('0x') ? text : `0x${text}`).toString(16);

/** The field of each comment key, and how both texts are compared. */
const FIELDS: Readonly<Record<string, readonly [field: string, normal: (text: string) => string]>> = {
  PID: ['etl.pid', decimal],
  TID: ['etl.tid', decimal],
  CPU: ['etl.cpu', decimal],
  Dir: ['etl.dir', decimal],
  NBL: ['etl.nbl', hexadecimal],
  PktNumber: ['etl.pkt_number', decimal],
  Appearance: ['etl.appearance', decimal],
  Component: ['etl.component', decimal],
  ComponentId: ['etl.component_id', decimal],
  Edge: ['etl.edge', decimal],
  Filter: ['etl.filter', decimal],
  VlanId: ['etl.vlan', decimal],
  Priority: ['etl.priority', decimal],
  VSID: ['etl.vsid', decimal],
  Compartment: ['etl.compartment', decimal],
  SrcPortId: ['etl.vswitch.src_port', decimal],
  SrcNicType: ['etl.vswitch.src_nic_type', decimal],
  SrcNicName: ['etl.vswitch.src_nic', decimal],
  SrcPortName: ['etl.vswitch.src_port_name', decimal],
  DstNicCount: ['etl.vswitch.dst_count', decimal],
  DstPorts: ['etl.vswitch.dst_ports', (text) => text.replaceAll(',', '|')],
  HashValue: ['etl.rss_hash', hexadecimal],
  Drop: ['etl.drop', decimal],
  DropReason: ['etl.drop_reason', decimal],
  DropLocation: ['etl.drop_location', hexadecimal],
  PacketType: ['etl.packet_type', decimal],
  PhyId: ['etl.wifi.phy_id', decimal],
  Process: ['etl.process', decimal],
  CenterCh: ['etl.wifi.center', decimal],
  NumMPDUsReceived: ['etl.wifi.mpdus', decimal],
  RSSI: ['etl.wifi.rssi', decimal],
  DataRate: ['etl.wifi.data_rate', decimal],
};
const KEYS = Object.keys(FIELDS);

const SAMPLES = ['nat-vswitch', 'lbfo-team', 'wifi-laptop', 'win7-fragments', 'pktmon-drops'] as const;
const captures = new Map<string, Uint8Array>();

const fieldsOf = (name: string, fields: readonly string[], filter?: string): string[][] =>
  tsharkFields(captures.get(name) ?? new Uint8Array(), fields, [
    ...WITH_PLUGIN,
    ...(filter === undefined ? [] : ['-Y', filter]),
  ]);

const seconds = (ticks: bigint): string => (Number(ticks) / 1e7).toFixed(9);

/** Frames of one packet by NBL and packet number, in the order of the capture, from what the generator wrote. */
function journeys(packets: readonly TruthPacket[]): Map<string, number[]> {
  const frames = new Map<string, number[]>();
  for (const [at, { comment }] of packets.entries()) {
    if (comment.NBL === undefined) continue;
    const key = `${comment.NBL}/${comment.PktNumber ?? ''}`;
    frames.set(key, [...(frames.get(key) ?? []), at + 1]);
  }
  return frames;
}

describeWithTshark('fields that the Wireshark plugin makes of the comments', () => {
  beforeAll(async () => {
    for (const name of SAMPLES) captures.set(name, await converted(name));
  });

  it.each(SAMPLES)('%s: each field has the value that the generator put into the trace', (name) => {
    const rows = fieldsOf(
      name,
      KEYS.map((key) => FIELDS[key]?.[0] ?? ''),
    );
    const read = rows.map((row) =>
      Object.fromEntries(
        KEYS.flatMap((key, at) => {
          const value = row[at] ?? '';
          const normal = FIELDS[key]?.[1] ?? decimal;
          return value === '' ? [] : [[key, normal(value)]];
        }),
      ),
    );
    const expected = truth(name).map(({ comment }) =>
      Object.fromEntries(
        KEYS.flatMap((key) => {
          const value = comment[key];
          return value === undefined ? [] : [[key, (FIELDS[key]?.[1] ?? decimal)(value)]];
        }),
      ),
    );
    expect(read).toHaveLength(expected.length);
    for (const [at, values] of expected.entries()) expect(read[at]).toMatchObject(values);
  });

  it.each(['pktmon-drops', 'nat-vswitch'])(
    '%s without packet numbers: frames of one NBL are numbered, linked and timed',
    (name) => {
      const packets = truth(name);
      const capture = withoutPacketNumbers(captures.get(name) ?? new Uint8Array());
      const fields = ['hop', 'first_frame', 'previous_frame', 'since_first', 'since_previous'];
      const rows = tsharkFields(
        capture,
        fields.map((field) => `etl.${field}`),
        WITH_PLUGIN,
      );
      const timeOf = (frame: number): bigint => packets[frame - 1]?.time ?? 0n;
      const frames = [...journeys(packets).values()];
      expect(frames.some(({ length }) => length > 1)).toBe(true);
      for (const journey of frames) {
        const first = journey[0] ?? 0;
        for (const [at, frame] of journey.entries()) {
          const previous = journey[at - 1];
          expect(rows[frame - 1]).toEqual([
            String(at + 1),
            String(first),
            previous === undefined ? '' : String(previous),
            seconds(timeOf(frame) - timeOf(first)),
            previous === undefined ? '' : seconds(timeOf(frame) - timeOf(previous)),
          ]);
        }
      }
    },
  );

  it('an NBL address that Windows uses again, seen at the same place and in the same direction, is another packet', () => {
    const switched = (dir: string): string => `PID=4 TID=8 CPU=0 Dir=${dir} NBL=0xffff8001 SrcPortId=3`;
    const capture = withComments([
      switched('Ingress'),
      switched('Egress'),
      switched('Ingress'),
      switched('Egress'),
    ]);
    expect(tsharkFields(capture, ['etl.hop', 'etl.first_frame'], WITH_PLUGIN)).toEqual([
      ['1', '1'],
      ['2', '1'],
      ['1', '3'],
      ['2', '3'],
    ]);
  });

  it('a drop that pktmon logs with the appearance of the frame before it belongs to the same packet', () => {
    const seen = 'PID=4 TID=8 CPU=0 Dir=Rx NBL=0x10 PktNumber=1 Appearance=1';
    const capture = withComments([seen, `${seen} Drop=Checksum DropReason=4`, seen]);
    expect(tsharkFields(capture, ['etl.hop', 'etl.first_frame'], WITH_PLUGIN)).toEqual([
      ['1', '1'],
      ['2', '1'],
      ['1', '3'],
    ]);
  });

  const number = (text: string | undefined): number => Number(text ?? Number.NaN);
  it.each<[name: string, filter: string, isMeant: (packet: TruthPacket) => boolean]>([
    ['nat-vswitch', 'etl.vlan in {100..101}', ({ comment }) => comment.VlanId === '101'],
    ['nat-vswitch', 'etl.vsid >= 5002', ({ comment }) => number(comment.VSID) >= 5002],
    [
      'nat-vswitch',
      'etl.vswitch.dst_ports in {5..6}',
      ({ comment }) => /\b[56]\b/u.test(comment.DstPorts ?? ''),
    ],
    [
      'nat-vswitch',
      'etl.vswitch.src_nic_type == "Internal"',
      ({ comment }) => comment.SrcNicType === 'Internal',
    ],
    ['pktmon-drops', 'etl.nbl == 0x105a26', ({ comment }) => comment.NBL === '0x105a26'],
    ['pktmon-drops', 'etl.nbl > 0xffffffff', ({ comment }) => BigInt(comment.NBL ?? 0) > 0xffff_ffffn],
    [
      'pktmon-drops',
      'etl.drop_location in {0xe0002000..0xe0002fff}',
      ({ comment }) => comment.DropReason === '10',
    ],
    ['pktmon-drops', 'etl.drop contains "Unreachable"', ({ comment }) => comment.DropReason === '903'],
    ['pktmon-drops', 'etl.dropped_here', ({ dropped }) => dropped === true],
    ['pktmon-drops', 'etl.compartment in {2, 3}', ({ comment }) => /^[23]$/u.test(comment.Compartment ?? '')],
    [
      'pktmon-drops',
      'etl.appearance > 1 && etl.component == "tcpip.sys"',
      ({ comment }) => number(comment.Appearance) > 1 && comment.Component === 'tcpip.sys',
    ],
    ['wifi-laptop', 'etl.wifi.rssi < -55', ({ comment }) => number(comment.RSSI) < -55],
  ])('%s: the filter %s finds what the generator wrote, and nothing else', (name, filter, isMeant) => {
    const expected = truth(name).flatMap((packet, at) => (isMeant(packet) ? [[String(at + 1)]] : []));
    expect(expected).not.toEqual([]);
    expect(fieldsOf(name, ['frame.number'], filter)).toEqual(expected);
  });

  it('brief comments: component and id come from the name of the interface', async () => {
    const capture = await converted('pktmon-drops', { comments: 'brief' });
    const rows = tsharkFields(capture, ['etl.component', 'etl.component_id'], WITH_PLUGIN);
    expect(rows).toEqual(
      truth('pktmon-drops').map(({ comment }) => [comment.Component, comment.ComponentId]),
    );
  });

  it('a dropped packet has expert information that names place and reason', () => {
    const [row] = fieldsOf('pktmon-drops', ['_ws.expert.message'], 'etl.drop_reason == 10');
    expect(row?.join('')).toContain('Dropped here at vmswitch.sys #62: Unauthorized VLAN (10)');
  });
});

describeWithTshark('comments that look like something else', () => {
  const OWN = 'PID=4 TID=8 CPU=1';
  const FIELD_NAMES = ['etl.nbl', 'etl.vswitch.src_nic', 'etl.drop', 'etl.vlan'];
  const readOne = (comment: string, fields = FIELD_NAMES): string[] | undefined =>
    tsharkFields(withComments([comment]), fields, WITH_PLUGIN)[0];

  it('a key inside a quoted value is part of the value', () => {
    expect(readOne(`${OWN} SrcNicName="x NBL=0x1 Drop=no \\" VlanId=7" VlanId=5`)).toEqual([
      '',
      'x NBL=0x1 Drop=no " VlanId=7',
      '',
      '5',
    ]);
  });

  it('escapes give the characters that they stand for', () => {
    const [name] = readOne(`${OWN} SrcNicName="a\\\\b\\"c \\u0007\\u2028d"`, ['etl.vswitch.src_nic']) ?? [];
    // tshark prints BEL as \a.
    expect(name?.replace('\\a', '\u0007')).toBe('a\\b"c \u0007\u2028d');
  });

  it('newlines and control characters are values, not ends of values', () => {
    const filter = 'etl.vswitch.src_nic == "one\\x0a\\x0d\\x09two" && etl.vlan == 5';
    const capture = withComments([`${OWN} SrcNicName="one\\n\\r\\ttwo" VlanId=5`]);
    expect(tsharkFields(capture, ['frame.number'], [...WITH_PLUGIN, '-Y', filter])).toEqual([['1']]);
  });

  it('a value of 60 KiB is read to its end, and so is what stands behind it', () => {
    const long = 'NBL=0x1 '.repeat(7680);
    const capture = withComments([`${OWN} SrcNicName="${long}" VlanId=5`]);
    const filter = `len(etl.vswitch.src_nic) == ${long.length} && etl.vlan == 5 && !etl.nbl`;
    expect(tsharkFields(capture, ['frame.number'], [...WITH_PLUGIN, '-Y', filter])).toEqual([['1']]);
  });

  it('a comment that was cut gives what stands before the cut', () => {
    expect(readOne(`${OWN} NBL=0x10 VlanId=5 SrcNicName="cut …[cut]`)).toEqual([
      '0x0000000000000010',
      '',
      '',
      '5',
    ]);
  });

  it('numbers out of range are no values', () => {
    expect(readOne(`${OWN} NBL=0x11112222333344445 VlanId=65536 DropReason=4294967296`)).toEqual([
      '',
      '',
      '',
      '',
    ]);
    expect(readOne(`${OWN} NBL=0xfffffffffffffffe VlanId=65535`)).toEqual([
      '0xfffffffffffffffe',
      '',
      '',
      '65535',
    ]);
  });

  it('a packet without a single byte has its fields', () => {
    const capture = withComments([`${OWN} NBL=0x10`], 0);
    expect(tsharkFields(capture, ['etl.nbl', 'etl.hop'], WITH_PLUGIN)).toEqual([['0x0000000000000010', '1']]);
  });

  it('comments that etlcap did not write are left alone', () => {
    const foreign = [
      'NBL=0x1 VlanId=3',
      'PID=4 NBL=0x1',
      'CPU=x NBL=0x1',
      'CPU=1, NBL=0x1',
      'seen at NBL=0x1 CPU=1',
      'PID=4\nTID=5\nCPU=1\nNBL=0x1',
      'TID=5 PID=4 CPU=1 NBL=0x1',
      '',
    ];
    const capture = withComments([...foreign, `${OWN} NBL=0x1`]);
    const found = tsharkFields(capture, ['frame.number'], [...WITH_PLUGIN, '-Y', 'etl']);
    expect(found).toEqual([[String(foreign.length + 1)]]);
  });
});
