import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAULTS, flowOwners } from '../../samples/scenarios/index.js';
import { etlcap, sample, useDirectory } from '../cli/run.js';
import { query, type Row } from '../table/database.js';
import { fences, section } from './markdown.js';

const directory = useDirectory();
const text = readFileSync(new URL('../../docs/queries.md', import.meta.url), 'utf8');
const headings = [...text.matchAll(/^## (.+)$/gmu)]
  .map(([, name = '']) => name)
  .filter((name) => name !== 'Columns');

const SAMPLES = ['nat-vswitch', 'pktmon-drops', 'lbfo-team', 'win11-24h2'];
const FAULT_IDS = ['tcp-retransmissions', 'tcp-reset'];
/** A scenario without a file that has a warning. */
const OWNERS = 'flow-owners';

/** The tables of samples and faults. */
async function writeTables(): Promise<void> {
  const faults = FAULT_IDS.map((id) => {
    writeFileSync(
      directory.file(`${id}.etl`),
      FAULTS.find((each) => each.id === id)?.faulty().scenario.plain ?? '',
    );
    return directory.file(`${id}.etl`);
  });
  writeFileSync(directory.file(`${OWNERS}.etl`), flowOwners().plain);
  const { code, stderr } = await etlcap([
    'table',
    directory.file(`${OWNERS}.etl`),
    ...SAMPLES.map(sample),
    ...faults,
    '-o',
    directory.file('tables'),
    '-q',
  ]);
  expect(code, stderr).toBe(0);
}

/** The result of the query below a heading. */
async function run(heading: string): Promise<Row[]> {
  await writeTables();
  const [views = []] = fences(text, 'sql').map(({ lines }) => lines);
  const [statement] = fences(section(text, heading), 'sql').map(({ lines }) => lines.join('\n'));
  const here = (sql: string): string => sql.replaceAll("'tables/", `'${directory.file('tables')}/`);
  return query(...views.map(here), statement ?? '');
}

describe('docs/queries.md', () => {
  it('has ten queries', () => {
    expect(headings).toHaveLength(10);
  });

  it.each(headings)('has a query with a result: %s', async (heading) => {
    expect((await run(heading)).length).toBeGreaterThan(0);
  });

  it('counts the packets that the summaries of conversions count', async () => {
    const rows = await run('One row for each packet');
    for (const name of ['nat-vswitch', 'pktmon-drops', 'win11-24h2']) {
      const { stdout } = await etlcap([sample(name), '-o', directory.file(`${name}.pcapng`), '--json']);
      const { identity } = JSON.parse(stdout.toString());
      expect(rows.filter(({ trace }) => trace === `${name}.etl`)).toHaveLength(identity.packets);
    }
  });

  it('counts drops as the summaries do', async () => {
    const rows = await run('Drops by reason and host');
    let expected = 0;
    for (const name of [...SAMPLES, ...FAULT_IDS, OWNERS]) {
      const trace = SAMPLES.includes(name) ? sample(name) : directory.file(`${name}.etl`);
      const { stdout } = await etlcap([trace, '-o', directory.file(`${name}.pcapng`), '--json']);
      expected += JSON.parse(stdout.toString()).identity.droppedPackets;
    }
    expect(rows.reduce((sum, { packets }) => sum + Number(packets), 0)).toBe(expected);
    expect(expected).toBeGreaterThan(3);
  });

  it('finds the warning of the scenario, and no other event', async () => {
    const rows = await run('Errors and warnings by provider');
    expect(rows.map(({ events }) => Number(events))).toEqual([1]);
  });

  it('finds the connections with retransmissions and resets that the faults have', async () => {
    const rows = await run('Retransmissions and resets per conversation');
    expect(new Set(rows.map(({ trace }) => trace))).toEqual(new Set(FAULT_IDS.map((id) => `${id}.etl`)));
  });

  it('finds the translations of the NAT', async () => {
    const rows = await run('Journeys across NAT');
    const sent = rows.filter(({ trace, source }) => trace === 'nat-vswitch.etl' && source === '172.16.0.10');
    expect(new Set(sent.map(({ new_source: source }) => source))).toEqual(new Set(['10.0.0.4']));
    expect(sent.length).toBeGreaterThan(3);
  });
});
