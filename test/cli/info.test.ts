import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { classicRecord, encodeTrace, hexBytes, TraceClock } from '../../samples/encoder/index.js';
import { interfaceRow } from '../../samples/encoder/schemas/system-configuration.js';
import { streamTrace } from '../../samples/scenarios/index.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();

/** Class of the records that describe the system of a merged trace. */
const SYSTEM_CONFIGURATION = '9b79ee91-b5fd-41c0-a243-4248e266e9d0';

/** `etlcap info --json` of one trace. */
async function info(...args: string[]) {
  const { code, stderr, stdout } = await etlcap(['info', '--json', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.toString().trimEnd().split('\n')).toHaveLength(1);
  return JSON.parse(stdout.toString());
}

const text = async (path: string): Promise<string> => (await etlcap(['info', path])).stdout.toString();

describe('etlcap info', () => {
  test('says host, times, clock, buffers and counts, and writes no file', async () => {
    const { code, stderr, stdout } = await etlcap(['info', sample('nat-vswitch')], { cwd: directory.path });
    expect([code, stderr]).toEqual([0, '']);
    expect(directory.files()).toEqual([]);
    const said = stdout.toString();
    expect(said).toContain('Windows Server 2022 Datacenter (20348.2461)');
    expect(said).toMatch(/Started +2024-09-18 07:41:12\.000 UTC\n/u);
    expect(said).toMatch(/Clock +QPC, 10 MHz\n/u);
    expect(said).toMatch(/Microsoft-Windows-NDIS-PacketCapture +75 +74 +1\n/u);
    expect(said).toContain('Trace complete: no events lost, no damaged buffers.');
  });

  test('names the places as a conversion names its interfaces, with the same counts', async () => {
    for (const name of ['nat-vswitch', 'lbfo-team', 'pktmon-drops', 'wifi-laptop', 'win7-fragments']) {
      const { stdout } = await etlcap([sample(name), '-o', directory.path, '--json']);
      const { interfaces, packets } = JSON.parse(stdout.toString());
      const inside = await info(sample(name));
      const withoutOutput = ({ output: _, ...rest }: { output: string }) => rest;
      expect(inside.interfaces).toEqual(interfaces.map(withoutOutput));
      expect(inside.packets.count).toBe(packets);
    }
  });

  test('lists interfaces with alias, index, MAC, addresses, speed and status', async () => {
    const { hostInterfaces } = await info(sample('pktmon-drops'));
    expect(hostInterfaces[0]).toMatchObject({
      alias: 'Ethernet',
      ifIndex: 8,
      mac: '00:22:48:7b:b3:80',
      addresses: ['10.0.0.4', '2001:db8::4'],
      transmitSpeed: '1000000000',
      status: 'up',
      compartment: 1,
    });
  });

  test('lists components with properties, edges and counters, compartments, filters and capture sources', async () => {
    const { compartments, components, filters } = await info(sample('pktmon-drops'));
    const container = components.find(({ id }: { id: number }) => id === 62);
    expect(container).toMatchObject({ name: 'vmswitch.sys', description: 'Container B' });
    expect(container.edges.length).toBeGreaterThan(0);
    expect(container.properties.length).toBeGreaterThan(0);
    expect(BigInt(container.dropCounters.packetsIn) + BigInt(container.dropCounters.packetsOut)).toBe(1n);
    expect(compartments.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3]);
    expect(filters.map(({ name }: { name: string }) => name)).toEqual(['ping and web', 'v6']);
    const { captureSources, switchNics } = await info(sample('nat-vswitch'));
    expect(captureSources).toMatchObject([{ ifIndex: 21, kind: 'VM-Switch' }]);
    expect(switchNics.map(({ friendlyName }: { friendlyName: string }) => friendlyName)).toContain(
      'Container NIC db "test"',
    );
  });

  test('a trace that was never closed is said to be, and lasts until its last record', async () => {
    const pieces: Uint8Array[] = [];
    streamTrace({ kind: 'ndis', count: 1001, interval: 10_000n }, (bytes) => pieces.push(bytes.slice()));
    writeFileSync(directory.file('open.etl'), Buffer.concat(pieces));
    const inside = await info(directory.file('open.etl'));
    expect(inside.closed).toBe(false);
    expect(inside).not.toHaveProperty('end');
    // The first record is one interval behind the start.
    expect(inside.seconds).toBeCloseTo(1.001, 6);
    expect(await text(directory.file('open.etl'))).toMatch(/Stopped +never: /u);
  });

  test('names from the trace are printed escaped, and stand in JSON as they are', async () => {
    const loggerName = 'evil\u001b]0;title\u0007\u202e';
    const pieces: Uint8Array[] = [];
    streamTrace({ kind: 'ndis', count: 10, trace: { loggerName } }, (bytes) => pieces.push(bytes.slice()));
    writeFileSync(directory.file('evil.etl'), Buffer.concat(pieces));
    const said = await text(directory.file('evil.etl'));
    expect(said).toContain('evil\\u{1b}]0;title\\u{7}\\u{202e}');
    for (const character of ['\u001b', '\u0007', '\u202e']) expect(said.includes(character)).toBe(false);
    expect((await info(directory.file('evil.etl'))).logger.name).toBe(loggerName);
  });

  test('fits on 100 columns', async () => {
    for (const name of ['nat-vswitch', 'lbfo-team', 'pktmon-drops', 'wifi-laptop', 'win7-fragments']) {
      const said = (
        await etlcap(['info', `${name}.etl`], { cwd: new URL('../../samples', import.meta.url).pathname })
      ).stdout;
      expect(
        said
          .toString()
          .split('\n')
          .filter((line) => line.length > 100),
      ).toEqual([]);
    }
  });

  test('a hardware address of 32 octets, as a tunnel can have, does not widen the table', async () => {
    const clock = new TraceClock({ type: 'qpc', start: 17_180_507_150_000_000n, startTicks: 5_000_000_000n });
    const row = (index: number, alias: string, mac: Uint8Array): Uint8Array => {
      const guid = `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`;
      const data = interfaceRow({ index, guid, alias, description: '', mac, speed: 100_000n });
      return classicRecord({ eventClass: SYSTEM_CONFIGURATION, opcode: 36, time: 5_000_000_100n, data });
    };
    const records = [
      row(9, 'Ethernet', hexBytes('00:15:5d:0a:0b:0c')),
      row(12, 'Teredo Tunneling Pseudo-Interface', new Uint8Array(32).fill(0xe0)),
      row(13, 'isatap', hexBytes('00:00:00:00:00:00:00:e0')),
    ];
    const path = directory.file('tunnel.etl');
    writeFileSync(path, encodeTrace({ clock }, [{ processor: 0, records }]));
    const printed = (await text(path)).split('\n');
    expect(printed.filter((line) => line.length > 100)).toEqual([]);
    expect(printed.join('\n')).toContain('00:00:00:00:00:00:00:e0');
    expect(printed.join('\n')).toContain('e0:e0:e0:e0:e0:e0:e0:e…');
    const { hostInterfaces } = await info(path);
    expect(hostInterfaces[1].mac).toBe(Array.from({ length: 32 }, () => 'e0').join(':'));
  });

  test('several files: one after the other; as JSON, one object with all', async () => {
    const { stdout } = await etlcap(['info', sample('nat-vswitch'), sample('lbfo-team')]);
    expect(stdout.toString()).toContain('nat-vswitch.etl: ');
    expect(stdout.toString()).toContain(`\n\n${sample('lbfo-team')}: `);
    const { traces } = await info(sample('nat-vswitch'), sample('lbfo-team'));
    expect(traces.map(({ packets }: { packets: { count: number } }) => packets.count)).toEqual([74, 33]);
  });

  test('- reads standard input', async () => {
    const { code, stdout } = await etlcap(['info', '-', '--json'], {
      input: readFileSync(sample('lbfo-team')),
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout.toString())).toMatchObject({ input: 'standard input', packets: { count: 33 } });
  });

  test('a file that is no trace: exit 1 and one line; the others are said', async () => {
    writeFileSync(directory.file('bad.etl'), 'no trace');
    const { code, stderr, stdout } = await etlcap(['info', directory.file('bad.etl'), sample('lbfo-team')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^etlcap: .*bad\.etl: not an ETL trace at offset 0: .*\n$/u);
    expect(stdout.toString()).toContain('Team1');
  });

  test('--help is short, on 100 columns, with examples', async () => {
    const { code, stdout } = await etlcap(['info', '--help']);
    expect(code).toBe(0);
    const lines = stdout.toString().split('\n');
    expect(lines.length).toBeLessThan(40);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(stdout.toString()).toContain('$ etlcap info NetTrace.etl');
  });
});

describeWithRealTraces('etlcap info of real traces', () => {
  test('pktmon on Server 2022: 114 packets at 4 places, 44 components, 1 filter', async () => {
    const inside = await info(realTrace('pktmon-azure-ping'));
    expect(inside).toMatchObject({
      os: 'Windows Server 2022 Datacenter Azure Edition (20348.2461)',
      build: 20348,
      closed: true,
      records: { count: 467 },
      packets: { count: 114, first: '2024-06-10T20:18:35.4891721Z' },
      buffers: { compressed: 2 },
    });
    expect(inside.components).toHaveLength(44);
    expect(inside.filters).toHaveLength(1);
    expect(inside.interfaces).toHaveLength(4);
    // What pktmon counted at its edges is what the trace holds: nothing was lost.
    for (const place of inside.interfaces) {
      const { edges } = inside.components.find(({ id }: { id: number }) => id === place.componentId);
      const passed = edges.reduce(
        (sum: number, { counters }: { counters: { packetsIn: string; packetsOut: string } }) =>
          sum + Number(counters.packetsIn) + Number(counters.packetsOut),
        0,
      );
      expect(passed).toBe(place.packets);
    }
  });

  test('a trace that lost events says so', async () => {
    expect(await text(realTrace('amsi-tracelogging'))).toContain('3 events lost');
  });

  test.each([
    ['lxcore-tracelogging', 'Microsoft.Windows.Subsystem.LxCore'],
    ['eventsource-manifest', 'MSOpenTech-Tx-BinaryEventSource'],
    ['win7-kernel-network', 'Microsoft-Windows-Kernel-Network'],
  ])('%s: the provider that wrote it is %s', async (name, provider) => {
    const { providers } = await info(realTrace(name));
    expect(providers[0].name).toBe(provider);
  });
});
