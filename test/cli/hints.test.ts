import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { TraceInfo } from '../../src/info/trace-info.js';
import type { Hint } from '../../src/passes/hints.js';
import type { ConvertSummary } from '../../src/passes/summary.js';
import { caseFile, describeWithCases, hasRealTraces, realTrace } from '../support/shared.js';
import { readCapture } from './captures.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();

const summaryOf = async (input: string, ...args: string[]): Promise<ConvertSummary> => {
  const { stdout } = await etlcap([input, '-f', '--json', '-o', directory.file('a.pcapng'), ...args]);
  return JSON.parse(stdout.toString());
};
const infoOf = async (input: string): Promise<TraceInfo> =>
  JSON.parse((await etlcap(['info', '--json', input])).stdout.toString());
const hint = ({ hints }: { readonly hints: readonly Hint[] }, id: Hint['id']): Hint | undefined =>
  hints.find((each) => each.id === id);
const ids = ({ hints }: { readonly hints: readonly Hint[] }): string[] => hints.map(({ id }) => id);

describeWithCases('a pktmon trace with counters and without packets', () => {
  test('reports the counters, and does not advise to start a capture', async () => {
    const { code, stderr, stdout } = await etlcap([
      caseFile('counters-only.etl'),
      '-o',
      directory.file('a.pcapng'),
    ]);
    expect(code).toBe(4);
    expect(stdout.toString()).toMatch(/9,000 packets passed and 17 dropped/u);
    expect(stdout.toString() + stderr).not.toMatch(/pktmon start --capture|netsh trace start/u);
  });

  test('has them in JSON of the conversion, of info and of a batch', async () => {
    const input = caseFile('counters-only.etl');
    expect(hint(await summaryOf(input), 'countersWithoutPackets')?.count).toBe(9017);
    expect(hint(await infoOf(input), 'countersWithoutPackets')?.count).toBe(9017);
    const { stdout } = await etlcap(['batch', input, '-q', '--json', '-o', directory.file('out')]);
    expect(hint(JSON.parse(stdout.toString()).files[0], 'countersWithoutPackets')?.count).toBe(9017);
  });
});

describeWithCases('a rotated capture', () => {
  test('the first file alone: the last file of the capture describes the components', async () => {
    const { stdout } = await etlcap([caseFile('rot-PktMon1.etl'), '-o', directory.file('a.pcapng')]);
    expect(stdout.toString()).toMatch(/pktmon's 3 components .*last file of a capture.*--merge/u);
    expect(hint(await infoOf(caseFile('rot-PktMon1.etl')), 'componentsElsewhere')?.count).toBe(3);
  });

  test('all files together: no such hint', async () => {
    const both = [caseFile('rot-PktMon1.etl'), caseFile('rot-PktMon2.etl')];
    const { stdout } = await etlcap([...both, '--merge', directory.file('a.pcapng'), '--json']);
    expect(ids(JSON.parse(stdout.toString()))).not.toContain('componentsElsewhere');
  });
});

describeWithCases('pktmon lengths that wrapped at 65,536', () => {
  test('are the IP length and the Ethernet header', async () => {
    await summaryOf(caseFile('lso-pktmon.etl'));
    const lengths = readCapture(directory.file('a.pcapng')).packets.map(
      ({ originalLength }) => originalLength,
    );
    expect(lengths.slice(0, 5)).toEqual([9000, 65_521, 65_522, 65_530, 65_535].map((ip) => ip + 14));
    // Large sends without an IP length: 65,536 bytes of IP wrapped, 4,478 bytes are not below what was captured.
    expect(lengths.slice(5)).toEqual([65_550, 4478]);
  });
});

describeWithCases('pktmon packet types', () => {
  test('what can be a packet is one, the rest is counted by type', async () => {
    const summary = await summaryOf(caseFile('pktmon-types.etl'));
    expect(summary.packets).toBe(5);
    const found = hint(summary, 'payloadWithoutHeaders');
    expect(found?.count).toBe(8);
    expect(found?.details?.map(({ count, name }) => `${name} ${count}`).sort()).toEqual(
      ['AH 1', 'ARP 1', 'ESP 1', 'HTTP 1', 'ICMP 1', 'L4Payload 1', 'TCP 1', 'UDP 1'].sort(),
    );
  });
});

describe('truncated packets', () => {
  test('are counted once, with the option that captures whole ones', async () => {
    const { stdout } = await etlcap([sample('pktmon-drops'), '-o', directory.file('a.pcapng')]);
    const lines = stdout.toString().split('\n');
    const truncated = readCapture(directory.file('a.pcapng')).packets.filter(
      ({ data, originalLength }) => data.length < originalLength,
    ).length;
    const told = lines.filter((line) => line.includes('--pkt-size 0'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`${truncated} of 78 packets are truncated (at most 128 bytes`);
  });

  test('are those that were written', async () => {
    const all = hint(await summaryOf(sample('pktmon-drops')), 'truncatedPackets')?.count ?? 0;
    const one = hint(
      await summaryOf(sample('pktmon-drops'), '--first-appearance'),
      'truncatedPackets',
    )?.count;
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(all);
  });
});

describe('several link types and several copies', () => {
  test('name the tools that reject the file or count twice, and the options', async () => {
    const text = (await etlcap([sample('pktmon-drops'), '-o', directory.file('a.pcapng')])).stdout.toString();
    expect(text).toMatch(/3 link types .*tcpdump, Zeek, Suricata.*--split linktype/u);
    // 15 packets at 78 places.
    expect(text).toMatch(/63 of 78 frames are further copies .*--first-appearance/u);
  });

  test('are not mentioned where the options were used', async () => {
    const summary = await summaryOf(sample('pktmon-drops'), '--split', 'linktype', '--first-appearance');
    expect(ids(summary)).not.toContain('severalLinkTypes');
    expect(ids(summary)).not.toContain('severalCopies');
  });

  test('of a switch are counted by capture point, with --component', async () => {
    expect(hint(await summaryOf(sample('nat-vswitch')), 'severalCopies')).toMatchObject({
      count: 4,
      option: '--component',
    });
  });
});

describe('pktmon counters', () => {
  test('that equal the packets are no hint', async () => {
    expect(ids(await summaryOf(sample('pktmon-drops')))).not.toContain('countersExceedPackets');
  });

  test.runIf(hasRealTraces)('that exceed the packets are reported with numbers, filters or not', async () => {
    const info = await infoOf(realTrace('pktmon-24h2-excerpt'));
    const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
    const counted = sum(
      info.components.flatMap(({ dropCounters, edges }) =>
        [...edges.map(({ counters }) => counters), ...(dropCounters ? [dropCounters] : [])].map(
          ({ packetsIn, packetsOut }) => Number(packetsIn) + Number(packetsOut),
        ),
      ),
    );
    const excess = counted - info.packets.count;
    expect(hint(info, 'countersExceedPackets')?.count).toBe(excess);
    const filtered = await summaryOf(realTrace('pktmon-24h2-excerpt'), '--drops', 'only');
    expect(hint(filtered, 'countersExceedPackets')?.count).toBe(excess);
  });
});

describe('undecoded events', () => {
  test('are counted by provider, with the option that takes a manifest', async () => {
    const found = hint(await summaryOf(sample('nat-vswitch')), 'undecodedEvents');
    expect(found).toMatchObject({
      count: 6,
      option: '--manifest',
      details: [{ name: 'Microsoft-Windows-Winsock-AFD', count: 6 }],
    });
    const document = JSON.parse(readFileSync(directory.file('a.events.json'), 'utf8'));
    const undecoded = document.events.filter(
      (event: { schema: string; provider: string }) =>
        event.schema === 'none' && event.provider === 'Microsoft-Windows-Winsock-AFD',
    );
    expect(undecoded).toHaveLength(6);
    expect(hint(await infoOf(sample('nat-vswitch')), 'undecodedEvents')).toEqual(found);
  });
});

describe('options that match no event', () => {
  test.each([
    [['--providers', 'nosuch'], /no events match --providers .*no provider called "nosuch" in this trace\n/u],
    [['--level', 'critical'], /no events match --level \(105 excluded\)\n/u],
    [['--providers', 'Microsoft-Windows-DNS-Client', '--level', 'critical'], /--level \(105 excluded\)\n/u],
  ])('events %j: one line on standard error', async (args, expected) => {
    const { code, stderr, stdout } = await etlcap(['events', sample('nat-vswitch'), ...args]);
    expect([code, stdout.toString()]).toEqual([0, '']);
    expect(stderr).toMatch(expected);
    expect(stderr.trimEnd()).not.toContain('\n');
  });

  test('convert: the same line, the packets are written', async () => {
    const { code, stderr } = await etlcap([
      sample('nat-vswitch'),
      '-o',
      directory.file('a.pcapng'),
      '--providers',
      'nosuch',
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain('no events match --providers (105 excluded); no provider called "nosuch"');
  });

  test('that match some are no hint', async () => {
    const args = ['events', sample('nat-vswitch'), '--providers', 'microsoft-windows-dns-client'];
    expect((await etlcap(args)).stderr).toBe('');
  });
});
