import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTables } from '../../src/library/index.js';
import { schemaErrors } from '../support/json-schemas.js';
import { query, table } from '../table/database.js';
import { etlcap, sample, useDirectory } from './run.js';

const directory = useDirectory();
const filesBelow = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(path, name)).isFile())
    .sort();

describe('etlcap table', () => {
  it('writes the traces of directories; those with one name in two directories are two traces', async () => {
    for (const name of ['a', 'b']) {
      mkdirSync(directory.file(`in/${name}`), { recursive: true });
      copyFileSync(sample(name === 'a' ? 'lbfo-team' : 'wifi-laptop'), directory.file(`in/${name}/x.etl`));
    }
    const out = directory.file('out');
    const { code, stdout } = await etlcap(['table', directory.file('in'), '-o', out]);
    expect(code).toBe(0);
    expect(stdout.toString().trimEnd().split('\n')).toHaveLength(2);
    const rows = await query(
      `SELECT trace, count(*)::INT AS n FROM ${table(out, 'packets')} GROUP BY ALL ORDER BY ALL`,
    );
    expect(rows).toEqual([
      { trace: 'a/x.etl', n: 33 },
      { trace: 'b/x.etl', n: 18 },
    ]);
  });

  it('keeps the files of an earlier run without --force, and replaces them with it', async () => {
    const args = ['table', sample('lbfo-team'), '-o', directory.file('out'), '-q'];
    expect((await etlcap(args)).code).toBe(0);
    const before = filesBelow(directory.file('out'));
    const again = await etlcap(args);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('already exists; use --force');
    expect(filesBelow(directory.file('out'))).toEqual(before);
    expect((await etlcap([...args, '--force'])).code).toBe(0);
    expect(filesBelow(directory.file('out'))).toEqual(before);
  });

  it('reports a file that is no trace, and writes the others', async () => {
    const { code, stderr } = await etlcap([
      'table',
      join(process.cwd(), 'package.json'),
      sample('lbfo-team'),
      '-o',
      directory.file('out'),
      '-q',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('package.json');
    expect(filesBelow(directory.file('out'))).toHaveLength(5);
  });

  it('needs an output directory', async () => {
    const { code, stderr } = await etlcap(['table', sample('lbfo-team')]);
    expect(code).toBe(2);
    expect(stderr).toContain('missing output directory; use -o OUTDIR');
  });

  it('leaves nothing after an abort', async () => {
    const run = writeTables(sample('win11-24h2'), directory.file('out'), { signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: 'aborted' });
    if (existsSync(directory.file('out'))) expect(filesBelow(directory.file('out'))).toEqual([]);
  });

  it('rejects a table that there is not, in the library as well', async () => {
    const { code } = await etlcap([
      'table',
      sample('lbfo-team'),
      '-o',
      directory.file('out'),
      '--tables',
      'x',
    ]);
    expect(code).toBe(2);
    const run = writeTables(sample('lbfo-team'), directory.file('out'), JSON.parse('{"tables":["x"]}'));
    await expect(run).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('etlcap batch --table', () => {
  const args = (): string[] => [
    ...['batch', sample('lbfo-team'), sample('nat-vswitch'), '-o', directory.file('out'), '--table'],
    ...['--report', directory.file('report.json'), '-q'],
  ];

  it('writes the tables of all traces to OUTDIR/tables, and lists the files in the report', async () => {
    expect((await etlcap(args())).code).toBe(0);
    const rows = await query(
      `SELECT trace, count(*)::INT AS n FROM ${table(directory.file('out/tables'), 'packets')} GROUP BY ALL ORDER BY ALL`,
    );
    expect(rows).toEqual([
      { trace: 'lbfo-team', n: 33 },
      { trace: 'nat-vswitch', n: 74 },
    ]);
    const report = JSON.parse(readFileSync(directory.file('report.json'), 'utf8'));
    expect(schemaErrors('batch', report)).toEqual([]);
    for (const { tables } of report.files) {
      expect(tables).toHaveLength(5);
      for (const { bytes, path } of tables) expect(statSync(path).size).toBe(bytes);
    }
  });

  it('skips a trace whose tables exist, and writes them again if one is missing', async () => {
    await etlcap(args());
    const skipped = async (): Promise<unknown[]> => {
      await etlcap(args());
      const report = JSON.parse(readFileSync(directory.file('report.json'), 'utf8'));
      return report.files.map((file: { skipped?: boolean }) => file.skipped ?? false);
    };
    expect(await skipped()).toEqual([true, true]);
    const [first = ''] = filesBelow(directory.file('out/tables')).filter((name) => name.includes('lbfo'));
    rmSync(join(directory.file('out/tables'), first));
    expect(await skipped()).toEqual([false, true]);
  });
});
