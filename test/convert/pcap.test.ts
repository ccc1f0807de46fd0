import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { etlcap, sample, useDirectory } from '../cli/run.js';
import { describeWithPython } from '../support/python.js';
import { describeWithTshark, tcpdump, tshark } from '../support/wireshark.js';
import { truth } from '../wireshark/support.js';

const directory = useDirectory();
const NAME = 'lbfo-team';

async function converted(): Promise<string> {
  const path = directory.file('x.pcap');
  const { code, stdout } = await etlcap([sample(NAME), '-o', path]);
  expect(stdout.toString()).toContain('pcap holds packets and times only');
  expect(code).toBe(0);
  return path;
}

describe('-o NAME.pcap writes pcap', () => {
  it('with the magic number of nanoseconds and the link type of the trace', async () => {
    const bytes = readFileSync(await converted());
    expect(bytes.readUInt32LE(0)).toBe(0xa1b23c4d);
    expect(bytes.readUInt32LE(20)).toBe(1);
  });

  it('and the events file', async () => {
    await converted();
    expect(JSON.parse(readFileSync(directory.file('x.events.json'), 'utf8')).format).toBe('etlcap-events');
  });

  it('not with several link types: the message names them and the remedy', async () => {
    const { code, stderr } = await etlcap([sample('pktmon-drops'), '-o', directory.file('y.pcap')]);
    expect(code).toBe(2);
    expect(stderr).toContain('a pcap file has one link type, and this trace has ethernet, raw, wifi');
    expect(stderr).toContain('--split linktype');
  });

  it('with --split linktype one file for each link type', async () => {
    const { code } = await etlcap([
      sample('pktmon-drops'),
      '-q',
      '-o',
      directory.file('z.pcap'),
      '--split',
      'linktype',
    ]);
    expect(code).toBe(0);
    const types = ['ethernet', 'raw', 'wifi'].map((kind) =>
      readFileSync(directory.file(`z.${kind}.pcap`)).readUInt32LE(20),
    );
    expect(types).toEqual([1, 101, 105]);
  });

  it('not with inline events', async () => {
    const { code, stderr } = await etlcap([
      sample(NAME),
      '-o',
      directory.file('w.pcap'),
      '--inline-events',
      'etw',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('--inline-events needs pcapng');
  });
});

describeWithTshark('Wireshark and tcpdump read the file', () => {
  it('with the packets of the trace, to 100 ns', async () => {
    const path = await converted();
    const args = ['-r', path, '-T', 'fields', '-e', 'frame.time_epoch', '-e', 'frame.len'];
    const lines = tshark(args).trim().split('\n');
    expect(lines).toEqual(
      truth(NAME).map(({ originalLength, time }) => {
        const ticks = BigInt(time);
        return `${ticks / 10_000_000n}.${String(ticks % 10_000_000n).padStart(7, '0')}00\t${originalLength}`;
      }),
    );
    const read = tcpdump(['-n'], { input: readFileSync(path) });
    expect(
      read
        .trim()
        .split('\n')
        .filter((line) => /^\d\d:/u.test(line)),
    ).toHaveLength(lines.length);
  });
});

describeWithPython('readers written in Python', () => {
  it('dpkt reads all packets with their bytes', async () => {
    const path = await converted();
    const bytes = truth(NAME).map((packet) => Buffer.from(packet.bytes).toString('hex'));
    const script =
      'import dpkt, sys\nfor _, data in dpkt.pcap.Reader(open(sys.argv[1], "rb")): print(data.hex())';
    const read = execFileSync('/usr/bin/python3', ['-c', script, path], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(read).toEqual(bytes);
  });
});
