import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { natVswitch, pktmonDrops, type TruthPacket } from '../../samples/scenarios/index.js';
import { type PcapngSection, readSection } from '../support/pcapng-reader.js';
import { describeWithTshark, tcpdump, tsharkFields } from '../support/wireshark.js';
import { keys, readCapture, ticksOf, timesOf } from './captures.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();

/** Converts a sample with options, and reads the result. */
async function converted(name: string, ...options: string[]): Promise<PcapngSection> {
  const output = directory.file('converted.pcapng');
  const { code, stderr } = await etlcap([sample(name), '-o', output, '--force', ...options]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return readCapture(output);
}

describe('--comments', () => {
  const packets = pktmonDrops().truth.packets;

  test('full, the default: every packet says its component', async () => {
    const section = await converted('pktmon-drops');
    const ids = section.packets.map(({ comments }) => keys(comments).get('ComponentId'));
    expect(ids).toEqual(packets.map(({ captureLocation }) => String(captureLocation.componentId)));
    expect((await converted('pktmon-drops', '--comments', 'full')).packets).toEqual(section.packets);
  });

  test('brief: leaves out what the interface says, keeps what is the packet’s own', async () => {
    const { packets: brief } = await converted('pktmon-drops', '--comments', 'brief');
    expect(brief.filter(({ comments }) => keys(comments).has('ComponentId'))).toEqual([]);
    expect(brief.filter(({ comments }) => keys(comments).has('Edge'))).toHaveLength(packets.length);
  });

  test('none: no packet has a comment', async () => {
    const { packets: bare } = await converted('pktmon-drops', '--comments', 'none');
    expect(bare).toHaveLength(packets.length);
    expect(bare.flatMap(({ comments }) => comments)).toEqual([]);
  });

  test('another word: usage error that names the words there are', async () => {
    const { code, stderr } = await etlcap([sample('lbfo-team'), '--comments', 'long']);
    expect(code).toBe(2);
    expect(stderr).toBe("etlcap: invalid --comments 'long': expected full, brief, none\n");
  });
});

describe('--split linktype', () => {
  // Raw IP at several places is written as 12, DLT_RAW: libpcap refuses a second interface with LINKTYPE_RAW, 101.
  const LINK_TYPES = { ethernet: [1, 1], raw: [101, 12], wifi: [105, 105] } as const;

  test('writes one file for each link type, and loses no packet', async () => {
    const { code, stdout } = await etlcap([
      sample('pktmon-drops'),
      '-o',
      directory.file('drops.pcapng'),
      '--split',
      'linktype',
      '--json',
    ]);
    expect(code).toBe(0);
    const names = Object.keys(LINK_TYPES).map((word) => `drops.${word}.pcapng`);
    expect(directory.captures()).toEqual(names);
    for (const [word, [linkType, written]] of Object.entries(LINK_TYPES)) {
      const section = readCapture(directory.file(`drops.${word}.pcapng`));
      expect(new Set(section.interfaces.map((found) => found.linkType))).toEqual(new Set([written]));
      const expected = pktmonDrops().truth.packets.filter((packet) => packet.linkType === linkType);
      expect(timesOf(section)).toEqual(ticksOf(expected));
    }
    expect(JSON.parse(stdout.toString()).outputs).toHaveLength(3);
  });

  test('to standard output: usage error', async () => {
    expect((await etlcap([sample('lbfo-team'), '-o', '-', '--split', 'linktype'])).code).toBe(2);
  });
});

describeWithTshark('--split linktype for tools built on libpcap', () => {
  test('tcpdump reads each file to its end, that of raw IP at several places too', async () => {
    await etlcap([sample('pktmon-drops'), '-o', directory.file('d.pcapng'), '--split', 'linktype']);
    for (const name of ['d.ethernet.pcapng', 'd.raw.pcapng', 'd.wifi.pcapng']) {
      const bytes = new Uint8Array(readFileSync(directory.file(name)));
      const lines = tcpdump(['-n'], { input: bytes }).trimEnd().split('\n');
      expect(lines.filter((line) => /^\d\d:/u.test(line))).toHaveLength(readSection(bytes).packets.length);
      expect(tsharkFields(bytes, ['frame.number'], ['-Y', '_ws.malformed'])).toEqual([]);
    }
  });
});

describe('what is taken', () => {
  const { packets } = pktmonDrops().truth;
  const dropped = packets.filter((packet) => packet.dropped === true);
  const others = packets.filter((packet) => packet.dropped !== true);
  const at = (...ids: number[]): TruthPacket[] =>
    packets.filter(
      ({ captureLocation }) =>
        captureLocation.componentId !== undefined && ids.includes(captureLocation.componentId),
    );

  test('--drops only: dropped packets alone', async () => {
    expect(timesOf(await converted('pktmon-drops', '--drops', 'only'))).toEqual(ticksOf(dropped));
    expect(dropped.length).toBeGreaterThan(0);
  });

  test('--drops exclude: all others', async () => {
    expect(timesOf(await converted('pktmon-drops', '--drops', 'exclude'))).toEqual(ticksOf(others));
  });

  test('--verdict marks dropped packets, and only these', async () => {
    const section = await converted('pktmon-drops', '--verdict');
    const marked = section.packets.filter(({ verdicts }) => verdicts.length > 0);
    expect(marked.map(({ timestamp }) => timestamp)).toEqual(ticksOf(dropped));
    // Type 2 is Linux eBPF XDP, its value 1 XDP_DROP, 64 bits (pcapng, epb_verdict; linux/bpf.h).
    for (const { verdicts } of marked)
      expect(verdicts.map((each) => [...each])).toEqual([[2, 1, 0, 0, 0, 0, 0, 0, 0]]);
    expect((await converted('pktmon-drops')).packets.flatMap(({ verdicts }) => verdicts)).toEqual([]);
  });

  test.each([
    ['one id', ['--component', '50']],
    ['its name in the interface table, any case', ['--component', 'VMSWITCH.sys #50']],
    ['with =', ['--component=50']],
  ])('--component takes %s', async (_, options) => {
    expect(timesOf(await converted('pktmon-drops', ...options))).toEqual(ticksOf(at(50)));
    expect(at(50).length).toBeGreaterThan(0);
  });

  test.each([
    ['repeated', ['--component', '3', '--component', '9']],
    ['separated by commas', ['--component', '3,9']],
    ['with = and commas', ['--component=3,9']],
    ['separated by spaces', ['--component', '3', '9']],
    ['before another option', ['--component', '3', '9', '--comments', 'none']],
  ])('--component takes several, %s', async (_, options) => {
    expect(timesOf(await converted('pktmon-drops', ...options))).toEqual(ticksOf(at(3, 9)));
  });

  test('--component before the inputs: a trace is not taken for a component', async () => {
    const output = directory.file('x.pcapng');
    const { code } = await etlcap(['--component', '3', '9', sample('pktmon-drops'), '-o', output]);
    expect(code).toBe(0);
    expect(timesOf(readCapture(output))).toEqual(ticksOf(at(3, 9)));
  });

  test('--component takes a driver’s name: all its components', async () => {
    const section = await converted('pktmon-drops', '--component', 'vmswitch.sys');
    expect(timesOf(section)).toEqual(ticksOf(at(50, 61, 62)));
  });

  test('--component takes the name of a virtual NIC', async () => {
    const section = await converted('nat-vswitch', '--component', 'Container NIC web-frontend');
    const expected = natVswitch().truth.packets.filter(({ captureLocation }) => captureLocation.portId === 3);
    expect(timesOf(section)).toEqual(ticksOf(expected));
    expect(expected.length).toBeGreaterThan(0);
  });

  test('--component that no packet was seen at: exit 4, says so, and no file', async () => {
    const output = directory.file('x.pcapng');
    const { code, stderr } = await etlcap([sample('pktmon-drops'), '-o', output, '--component', '4711']);
    expect(code).toBe(4);
    expect(stderr).toContain('All 78 packets were excluded by your filters (--component)');
    expect(directory.captures()).toEqual([]);
  });

  test('--one-copy first: the first copy of each packet', async () => {
    const section = await converted('pktmon-drops', '--one-copy', 'first');
    const seen = new Set<string>();
    const expected = packets.filter(({ comment }) => {
      const key = `${comment.NBL}/${comment.PktNumber}`;
      return !seen.has(key) && seen.add(key);
    });
    expect(timesOf(section)).toEqual(ticksOf(expected));
    expect(expected.length).toBeLessThan(packets.length);
  });

  test('--since takes packets from a time on, --until those before it: together all, each once', async () => {
    const middle = packets[40];
    if (middle === undefined) throw new Error('too few packets');
    const seconds = new Date(Number(middle.time / 10_000n)).toISOString().slice(0, 19);
    const time = `${seconds}.${String(middle.time % 10_000_000n).padStart(7, '0')}Z`;
    const late = await converted('pktmon-drops', '--since', time);
    const early = await converted('pktmon-drops', '--until', time);
    expect(timesOf(early)).toEqual(ticksOf(packets.filter((packet) => packet.time < middle.time)));
    expect(timesOf(late)).toEqual(ticksOf(packets.filter((packet) => packet.time >= middle.time)));
  });

  test('a time with an offset is taken as such; without one it is UTC', async () => {
    const all = timesOf(await converted('pktmon-drops'));
    expect(timesOf(await converted('pktmon-drops', '--since', '2025-03-11 15:05:34+01:00'))).toEqual(all);
    expect(timesOf(await converted('pktmon-drops', '--since', '2025-03-11 14:05:34'))).toEqual(all);
    const none = await etlcap([
      sample('pktmon-drops'),
      '-o',
      directory.file('n'),
      '--since',
      '2025-03-11T15:05:34',
    ]);
    expect(none.code).toBe(4);
  });

  test.each([
    ['--since', 'yesterday'],
    ['--until', '2024-02-31'],
    ['--since', '2024-13-01'],
  ])('%s %s: usage error', async (option, value) => {
    const { code, stderr } = await etlcap([sample('lbfo-team'), option, value]);
    expect(code).toBe(2);
    expect(stderr).toContain(`: expected a time such as`);
  });
});

describe('--compartments', () => {
  const IPCONFIG = [
    '',
    'Windows IP Configuration',
    '',
    '==============================================================================',
    'Network Information for Compartment 2',
    '==============================================================================',
    '',
    'Ethernet adapter vEthernet (nat):',
    '',
    '   Connection-specific DNS Suffix  . :',
    '   IPv4 Address. . . . . . . . . . . : 172.20.48.1',
    '   Subnet Mask . . . . . . . . . . . : 255.255.240.0',
    '   Default Gateway . . . . . . . . . :',
    '',
  ].join('\r\n');

  test('adds compartments and addresses to the interfaces they belong to', async () => {
    writeFileSync(directory.file('ipconfig.txt'), IPCONFIG);
    const output = directory.file('x.pcapng');
    const { stdout } = await etlcap([
      sample('nat-vswitch'),
      '-o',
      output,
      '--json',
      '--compartments',
      directory.file('ipconfig.txt'),
    ]);
    const { interfaces } = JSON.parse(stdout.toString());
    expect(interfaces[1]).toMatchObject({ compartment: 2, addresses: ['172.20.48.1/20'] });
    expect(readCapture(output).interfaces[1]?.ipv4).toEqual([
      { address: Uint8Array.of(172, 20, 48, 1), mask: Uint8Array.of(255, 255, 240, 0) },
    ]);
  });

  test('a file that lists none: usage error that says what is expected, and nothing is written', async () => {
    writeFileSync(directory.file('hello.txt'), 'hello');
    const { code, stderr } = await etlcap(
      [sample('nat-vswitch'), '-o', 'x.pcapng', '--compartments', 'hello.txt'],
      { cwd: directory.path },
    );
    expect(code).toBe(2);
    expect(stderr).toContain('ipconfig /allcompartments');
    expect(directory.files()).toEqual(['hello.txt']);
  });

  test('a file that is not there: usage error', async () => {
    const { code, stderr } = await etlcap([sample('nat-vswitch'), '--compartments', '/nowhere/x']);
    expect(code).toBe(2);
    expect(stderr).toBe('etlcap: --compartments /nowhere/x: no such file or directory\n');
  });
});
