import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { win1124h2 } from '../../samples/scenarios/index.js';
import type { ConvertSummary } from '../../src/passes/index.js';
import { caseFile, describeWithCases, describeWithRealTraces, realTrace } from '../support/shared.js';
import { describeWithTshark, tsharkFields } from '../support/wireshark.js';
import { readCapture } from './captures.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();

type Choice = 'nic' | 'stack' | 'first' | 'last';

/** A conversion with one copy of each packet. */
interface Converted {
  readonly file: string;
  readonly summary: ConvertSummary;
}

async function convert(inputs: readonly string[], choice: Choice, ...args: string[]): Promise<Converted> {
  const file = directory.file(`${choice}.pcapng`);
  const target = inputs.length > 1 ? ['--merge', file] : ['-o', file];
  const { code, stderr, stdout } = await etlcap([
    ...inputs,
    ...target,
    '-f',
    '--json',
    '--one-copy',
    choice,
    ...args,
  ]);
  expect(code, stderr).toBe(0);
  return { file, summary: JSON.parse(stdout.toString()) };
}

/** Frames by interface name and direction: `e1dn.sys #3 1`. */
function framesBy(file: string): Record<string, number> {
  const { interfaces, packets } = readCapture(file);
  const counts: Record<string, number> = {};
  for (const { flags, interfaceId } of packets) {
    const key = `${interfaces[interfaceId]?.name} ${(flags ?? 0) & 3}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function expectOneCopyInOrder(file: string): void {
  const { interfaces, packets } = readCapture(file);
  const ids = packets.map(({ packetId }) => packetId);
  expect(new Set(ids).size).toBe(ids.length);
  const times = packets.map(({ timestamp }) => timestamp);
  expect(times).toEqual([...times].sort((a, b) => Number(a - b)));
  // Interfaces without packets would bring their link types into the file.
  expect(new Set(packets.map(({ interfaceId }) => interfaceId)).size).toBe(interfaces.length);
}

const pathsOfSample = Object.values(win1124h2().truth.paths);

describe('--one-copy', () => {
  test('first and last: the first and the last appearance of each packet in time', async () => {
    const { truth } = win1124h2();
    expect(Object.keys(truth.wholes)).not.toHaveLength(0);
    for (const choice of ['first', 'last'] as const) {
      const { file, summary } = await convert([sample('win11-24h2')], choice);
      expectOneCopyInOrder(file);
      // One packet was split into four and four were joined into one: of each, the four or the one are written.
      const wholes = new Set(Object.values(truth.wholes)).size;
      const parts = Object.keys(truth.wholes).length;
      expect([wholes, parts]).toEqual([2, 8]);
      expect(summary.oneCopy?.packets).toBe(pathsOfSample.length - 4 - 1);
      const times = new Set(readCapture(file).packets.map(({ timestamp }) => timestamp));
      const byPacket = new Map<string, bigint[]>();
      for (const { packet, time } of truth.packets) {
        if (packet === undefined || packet in truth.wholes || Object.values(truth.wholes).includes(packet))
          continue;
        byPacket.set(packet, [...(byPacket.get(packet) ?? []), time]);
      }
      expect(byPacket.size).toBeGreaterThan(40);
      for (const of of byPacket.values()) expect(times).toContain(choice === 'first' ? of[0] : of.at(-1));
    }
  });

  test('nic: each packet at the miniport, in both directions, and large sends as their segments', async () => {
    const { file, summary } = await convert([sample('win11-24h2')], 'nic');
    expectOneCopyInOrder(file);
    const atMiniport = pathsOfSample.filter((path) =>
      path.some((hopLocation) => hopLocation.startsWith('3:')),
    );
    expect(framesBy(file)).toEqual({
      'e1dn.sys #3 1': atMiniport.filter((path) => path[0]?.startsWith('3:')).length,
      'e1dn.sys #3 2': atMiniport.filter((path) => path.at(-1)?.startsWith('3:')).length,
    });
    expect(summary.oneCopy).toMatchObject({ choice: 'nic', elsewhere: 0, replaced: 2 });
    expect(summary.outputs.map(({ linkTypes }) => linkTypes)).toEqual([['ethernet']]);
  });

  test('stack: a packet that never reached TCP/IP has its last location, and is counted', async () => {
    const { file, summary } = await convert([sample('win11-24h2')], 'stack');
    expectOneCopyInOrder(file);
    const counts = framesBy(file);
    const elsewhere = Object.entries(counts).filter(([name]) => !name.startsWith('tcpip.sys'));
    expect(elsewhere.reduce((sum, [, count]) => sum + count, 0)).toBe(summary.oneCopy?.elsewhere);
    // Guests send through the switch to the wire and receive from it: the host's TCP/IP has no part in that.
    expect(Object.keys(Object.fromEntries(elsewhere)).sort()).toEqual([
      'e1dn.sys #3 2',
      'vmswitch.sys #61 2',
      'vmswitch.sys #63 2',
    ]);
  });

  test('of a switch with NAT: each ping once, from container to wire', async () => {
    for (const choice of ['nic', 'stack', 'first', 'last'] as const) {
      const { file, summary } = await convert([sample('nat-vswitch')], choice);
      expectOneCopyInOrder(file);
      expect(summary.oneCopy?.packets).toBe(28);
    }
    const { file } = await convert([sample('nat-vswitch')], 'nic');
    // Five of the 28 journeys never reach the NIC.
    const counts = framesBy(file);
    expect((counts['Ethernet 1'] ?? 0) + (counts['Ethernet 2'] ?? 0)).toBe(28 - 5);
  });

  test('of a team: at its member', async () => {
    const { file } = await convert([sample('lbfo-team')], 'nic');
    expectOneCopyInOrder(file);
    const names = Object.keys(framesBy(file)).map((key) => key.slice(0, -2));
    expect(new Set(names)).toEqual(new Set(['SLOT 2 Port 1', 'SLOT 2 Port 2']));
  });

  test('chooses among what other options select', async () => {
    const { file, summary } = await convert(
      [sample('pktmon-drops')],
      'nic',
      '--component',
      'tcpip.sys #25',
      'pacer.sys #9',
    );
    expectOneCopyInOrder(file);
    expect(Object.keys(framesBy(file)).every((key) => /^(?:tcpip\.sys #25|pacer\.sys #9)/u.test(key))).toBe(
      true,
    );
    expect(summary.oneCopy?.packets).toBe(summary.packets);
  });

  test('splits by link type of what is written', async () => {
    const { summary } = await convert([sample('win11-24h2')], 'nic', '--split', 'linktype');
    expect(summary.outputs.map(({ linkTypes }) => linkTypes)).toEqual([['ethernet']]);
  });
});

describeWithCases('--one-copy of other traces', () => {
  test('NDIS capture at four layers: 20 of 80, at the lowest', async () => {
    const { file, summary } = await convert([caseFile('multilayer.etl')], 'nic');
    expectOneCopyInOrder(file);
    expect(framesBy(file)).toEqual({ 'Ethernet 2': 20 });
    expect(summary.identity).toMatchObject({ appearances: 80, packets: 20, ambiguous: 0 });
  });

  test('merged traces of two hosts: one copy for each host', async () => {
    const files = ['real-A.etl', 'real-B.etl'].map(caseFile);
    const alone = await Promise.all(
      files.map(async (name) => {
        const { stdout } = await etlcap([
          name,
          '--json',
          '-f',
          '-o',
          directory.file(`${name.at(-5)}.pcapng`),
        ]);
        const summary: ConvertSummary = JSON.parse(stdout.toString());
        return summary.identity.packets;
      }),
    );
    const { summary } = await convert(files, 'nic');
    expect(summary.oneCopy?.packets).toBe(alone.reduce((sum, packets) => sum + packets, 0));
  });
});

describeWithRealTraces('--one-copy of real traces', () => {
  test('24H2: 97 packets of 1,200 appearances; at the NIC all of Wi-Fi is 802.11, both ways', async () => {
    const { file, summary } = await convert([realTrace('pktmon-24h2-excerpt')], 'nic');
    expectOneCopyInOrder(file);
    expect(framesBy(file)).toEqual({
      'Netwtw14.sys #13 1': 78,
      'Netwtw14.sys #13 2': 13,
      'AxUsbEth.sys #1 2': 3,
      'tcpip.sys #97 1': 1,
      'tcpip.sys #108 2': 2,
    });
    expect(summary.oneCopy).toEqual({ choice: 'nic', packets: 97, elsewhere: 3, replaced: 0 });
    expect(summary.identity).toMatchObject({
      appearances: 1200,
      packets: 97,
      dropRecords: 231,
      droppedPackets: 55,
    });
  });

  test('a trace without TCP/IP: the uppermost location in both directions', async () => {
    const { file, summary } = await convert([realTrace('pktmon-azure-ping')], 'stack');
    expect(framesBy(file)).toEqual({ 'xdp.sys #61 1': 19, 'xdp.sys #61 2': 19 });
    expect(summary.oneCopy).toEqual({ choice: 'stack', packets: 38, elsewhere: 0, replaced: 0 });
  });
});

describeWithTshark('Wireshark on one copy of each packet', () => {
  test.each(['nic', 'stack'] as const)('%s: no retransmission or duplicate that was none', async (choice) => {
    for (const name of ['win11-24h2', 'pktmon-drops', 'nat-vswitch', 'lbfo-team']) {
      const { file } = await convert([sample(name)], choice);
      const pcapng = new Uint8Array(readFileSync(file));
      const filter = 'tcp.analysis.retransmission || tcp.analysis.duplicate_ack || tcp.analysis.out_of_order';
      const frames = tsharkFields(pcapng, ['frame.number', 'tcp.seq', 'tcp.len'], ['-Y', filter]);
      expect(frames, `${name} ${choice}`).toEqual([]);
    }
  });

  test.each(['nic', 'stack'] as const)('%s: TCP streams have both directions', async (choice) => {
    for (const name of ['nat-vswitch', 'lbfo-team']) {
      const { file } = await convert([sample(name)], choice);
      const pcapng = new Uint8Array(readFileSync(file));
      const frames = tsharkFields(pcapng, ['tcp.stream', 'tcp.srcport'], ['-Y', 'tcp']);
      const sources = new Map<string, Set<string>>();
      for (const [stream = '', port = ''] of frames)
        sources.set(stream, (sources.get(stream) ?? new Set()).add(port));
      // The sample has one connection, from its SYN on.
      expect(
        [...sources.values()].map(({ size }) => size),
        `${name} ${choice}`,
      ).toEqual([2]);
      const [flags] = tsharkFields(pcapng, ['tcp.flags.syn', 'tcp.flags.ack'], ['-Y', 'tcp']);
      expect(flags).toEqual(['1', '0']);
    }
  });
});
