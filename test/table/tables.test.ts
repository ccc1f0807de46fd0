import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { committedScenarios, FAULTS } from '../../samples/scenarios/index.js';
import { etlcap, sample, useDirectory } from '../cli/run.js';
import { describeWithRealTraces, realTrace } from '../support/shared.js';
import { describeWithTshark, tshark } from '../support/wireshark.js';
import { query, type Row, table } from './database.js';

const directory = useDirectory();
const SAMPLES = committedScenarios().map((scenario) => scenario().name);

async function tablesOf(trace: string, ...options: readonly string[]): Promise<string> {
  const out = directory.file('tables');
  const { code, stderr } = await etlcap(['table', trace, '-o', out, '-q', ...options]);
  expect(code, stderr).toBe(0);
  return out;
}

async function capture(trace: string, ...options: readonly string[]): Promise<string> {
  const out = directory.file('x.pcapng');
  const { code, stderr } = await etlcap([trace, '-o', out, '-q', '-f', ...options]);
  expect(code, stderr).toBe(0);
  return out;
}

/** The first value of fields in each frame, as tshark dissects it; empty: none. */
function dissected(path: string, fields: readonly string[], filter?: string): string[][] {
  const args = [
    '-r',
    path,
    '-T',
    'fields',
    '-E',
    'occurrence=f',
    ...fields.flatMap((field) => ['-e', field]),
  ];
  const text = tshark([...args, ...(filter === undefined ? [] : ['-Y', filter])]);
  return text === ''
    ? []
    : text
        .replace(/\n$/u, '')
        .split('\n')
        .map((line) => line.split('\t'));
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/** The trace of a fault as a file. */
function faultFile(id: string): string {
  const path = directory.file(`${id}.etl`);
  writeFileSync(path, FAULTS.find((each) => each.id === id)?.faulty().scenario.plain ?? '');
  return path;
}

const FIELDS = [
  'frame.number',
  'frame.time_epoch',
  'frame.len',
  'frame.cap_len',
  'eth.src',
  'eth.dst',
  'ip.src',
  'ip.dst',
  'ipv6.src',
  'ipv6.dst',
  'tcp.srcport',
  'udp.srcport',
  'tcp.flags',
  'frame.comment',
] as const;

const flags = (hex: string | undefined): string => (hex ? String(Number(hex) & 0xff) : '');

/** Compares each frame with its row. @returns the number of frames */
async function compareWithTshark(trace: string): Promise<number> {
  const frames = dissected(await capture(trace), FIELDS);
  const rows = await query(`FROM ${table(await tablesOf(trace), 'packets')} ORDER BY frame`);
  expect(rows).toHaveLength(frames.length);
  for (const [at, frame] of frames.entries()) {
    const row: Row = rows[at] ?? {};
    const value = Object.fromEntries(FIELDS.map((field, n) => [field, frame[n] ?? '']));
    expect(text(row.frame)).toBe(value['frame.number']);
    const [seconds = '', fraction = ''] = (value['frame.time_epoch'] ?? '').split('.');
    expect(text(row.ticks)).toBe(`${seconds}${fraction.slice(0, 7)}`);
    expect(text(row.length)).toBe(value['frame.len']);
    expect(text(row.captured_length)).toBe(value['frame.cap_len']);
    if (value['eth.src']) {
      expect([row.source_mac, row.destination_mac]).toEqual([value['eth.src'], value['eth.dst']]);
    }
    // In IPv6 in IPv4 the outer header is that of IPv4; no sample has IPv4 in IPv6.
    const source = value['ip.src'] || value['ipv6.src'];
    if (source) {
      expect([row.source, row.destination]).toEqual([source, value['ip.dst'] || value['ipv6.dst']]);
    }
    if (row.protocol === 'TCP') {
      expect([text(row.source_port), text(row.tcp_flags)]).toEqual([
        value['tcp.srcport'],
        flags(value['tcp.flags']),
      ]);
    }
    if (row.protocol === 'UDP') expect(text(row.source_port)).toBe(value['udp.srcport']);
    const comment = value['frame.comment'] ?? '';
    expect(text(row.packet)).toBe(/\bPacket=(\d+)/u.exec(comment)?.[1]);
    expect(text(row.hop)).toBe(/\bHop=(\d+)/u.exec(comment)?.[1] ?? '1');
    expect(text(row.match)).toBe(/\bMatch=(\w+)/u.exec(comment)?.[1] ?? '');
    expect(row.dropped).toBe(/\bDrop=/u.test(comment));
  }
  return frames.length;
}

describeWithTshark('the table of packets', () => {
  it.each(SAMPLES)(
    'of %s has the frames of the conversion, with the values that tshark dissects',
    async (name) => {
      expect(await compareWithTshark(sample(name))).toBeGreaterThan(0);
    },
  );

  it('of a trace with conversations reports retransmissions and resets as tshark does', async () => {
    for (const id of ['tcp-retransmissions', 'tcp-reset']) {
      const trace = faultFile(id);
      const path = await capture(trace, '--one-copy', 'first');
      const [row] = await query(
        `SELECT sum(retransmissions)::INT AS again, sum(resets)::INT AS resets FROM ${table(await tablesOf(trace, '-f'), 'conversations')} WHERE trace = '${id}.etl'`,
      );
      expect(row?.again, id).toBe(dissected(path, ['frame.number'], 'tcp.analysis.retransmission').length);
      expect(row?.resets, id).toBe(dissected(path, ['frame.number'], 'tcp.flags.reset == 1').length);
    }
  });

  it('has the round-trip time of the handshake that tshark calculates', async () => {
    const path = await capture(sample('lbfo-team'), '--one-copy', 'first');
    const expected = new Set(
      dissected(path, ['tcp.analysis.initial_rtt'], 'tcp.analysis.initial_rtt').flat(),
    );
    const rows = await query(
      `SELECT round_trip_us FROM ${table(await tablesOf(sample('lbfo-team')), 'conversations')} WHERE round_trip_us IS NOT NULL`,
    );
    expect(rows.map(({ round_trip_us: us }) => Number(us))).toEqual(
      [...expected].map((seconds) => Math.round(Number(seconds) * 1e7) / 10),
    );
    expect(rows).toHaveLength(1);
  });
});

describe('the tables', () => {
  it('of events has the events of the events file', async () => {
    const path = await capture(sample('pktmon-drops'));
    const document = JSON.parse(await readFile(path.replace(/pcapng$/u, 'events.json'), 'utf8'));
    const rows = await query(
      `SELECT provider, id, data FROM ${table(await tablesOf(sample('pktmon-drops')), 'events')} ORDER BY ticks, after_frame`,
    );
    const sorted = (values: readonly string[]): string[] => [...values].sort();
    expect(
      sorted(rows.map(({ data, id, provider }) => `${text(provider)} ${text(id)} ${text(data)}`)),
    ).toEqual(
      sorted(
        document.events.map(
          (event: { provider?: string; id?: number; data: object }) =>
            `${text(event.provider)} ${text(event.id)} ${JSON.stringify(event.data)}`,
        ),
      ),
    );
  });

  it('of interfaces has the interfaces of the summary, with their packets', async () => {
    const { stdout } = await etlcap([sample('nat-vswitch'), '-o', directory.file('x.pcapng'), '--json']);
    const { interfaces } = JSON.parse(stdout.toString());
    const rows = await query(
      `SELECT interface AS name, packets::INT AS packets FROM ${table(await tablesOf(sample('nat-vswitch')), 'interfaces')} ORDER BY name`,
    );
    const expected = interfaces.map(({ name, packets }: { name: string; packets: number }) => ({
      name,
      packets,
    }));
    expect(rows).toEqual(
      expected.sort((a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1)),
    );
  });

  it('of findings has those of etlcap diagnose', async () => {
    const { stdout } = await etlcap(['diagnose', sample('pktmon-drops'), '--json']);
    const { findings } = JSON.parse(stdout.toString());
    const rows = await query(`SELECT id FROM ${table(await tablesOf(sample('pktmon-drops')), 'findings')}`);
    expect(rows.map(({ id }) => id)).toEqual(findings.map(({ id }: { id: string }) => id));
    expect(rows.length).toBeGreaterThan(0);
  });

  it('count packets of both sides of a NAT in one conversation', async () => {
    const rows = await query(
      `SELECT a, b, translated_a, packets::INT AS packets, packets_from_a::INT AS sent FROM ${table(await tablesOf(sample('nat-vswitch')), 'conversations')} WHERE translated_a IS NOT NULL ORDER BY packets`,
    );
    const between = { a: '172.16.0.10', b: '93.184.216.34' };
    expect(rows).toEqual([
      { ...between, translated_a: '10.0.0.4:1187', packets: 5, sent: 3 },
      { ...between, translated_a: '10.0.0.4', packets: 16, sent: 8 },
    ]);
  });

  it('have the same values as CSV', async () => {
    const parquet = await tablesOf(sample('pktmon-drops'));
    const csv = directory.file('csv');
    expect((await etlcap(['table', sample('pktmon-drops'), '-o', csv, '-q', '--format', 'csv'])).code).toBe(
      0,
    );
    for (const name of ['packets', 'conversations']) {
      const of = (out: string, format: 'csv' | 'parquet'): Promise<Row[]> =>
        query(
          `SELECT COLUMNS(c -> c NOT IN ('time', 'first', 'last'))::VARCHAR FROM ${table(out, name, format)} ORDER BY ALL`,
        );
      expect(await of(csv, 'csv')).toEqual(await of(parquet, 'parquet'));
    }
    const times = await query(
      `SELECT time::TIMESTAMP AS t FROM ${table(csv, 'packets', 'csv')} ORDER BY ALL`,
    );
    expect(times).toEqual(await query(`SELECT time AS t FROM ${table(parquet, 'packets')} ORDER BY ALL`));
  });

  it('have a file even without rows, so that a query over all tables succeeds', async () => {
    expect(await query(`FROM ${table(await tablesOf(sample('lbfo-team')), 'findings')}`)).toEqual([]);
  });

  it('are limited to those of --tables', async () => {
    const out = await tablesOf(sample('lbfo-team'), '--tables', 'events', 'packets');
    const [row] = await query(`SELECT count(*)::INT AS n FROM glob('${out}/**/*.parquet')`);
    expect(row).toEqual({ n: 2 });
  });
});

describeWithRealTraces('tables of real traces', () => {
  describeWithTshark('with tshark', () => {
    it.each(['pktmon-azure-ping', 'pktmon-24h2-excerpt'] as const)(
      '%s: has the frames of the conversion',
      async (name) => {
        expect(await compareWithTshark(realTrace(name))).toBeGreaterThan(0);
      },
    );
  });
});
