import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { describe, expect, it } from 'vitest';
import { junitXml } from '../../src/batch/junit.js';
import { mergeReports, parseReport } from '../../src/batch/merge-reports.js';
import { type BatchReport, type FileReport, isLossy, totalsOf } from '../../src/batch/report.js';
import type { CorrelationCounts } from '../../src/packets/index.js';
import type { TraceSummary } from '../../src/passes/summary.js';

const file = (input: string, more: Partial<FileReport> = {}): FileReport => ({
  input,
  bytes: 1000,
  status: 'converted',
  outputs: [],
  records: 30,
  packets: 10,
  events: 20,
  dropped: 1,
  seconds: 0.5,
  ...more,
});

const report = (files: readonly FileReport[], more: Partial<BatchReport> = {}): BatchReport => ({
  format: 'etlcap-batch',
  formatVersion: 2,
  started: '2025-01-15T12:00:00.000Z',
  seconds: 2,
  interrupted: false,
  rules: { requirePackets: false, strict: false },
  list: 'abc',
  totals: totalsOf(files),
  files,
  ...more,
});

const elements = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child): child is XmlElement => child instanceof XmlElement && child.name === name);

function testCases(xml: string): { suite: XmlElement; cases: XmlElement[] } {
  const { root } = parseXml(xml);
  const [suite] = root === null ? [] : elements(root, 'testsuite');
  if (suite === undefined) throw new Error('no test suite');
  return { suite, cases: elements(suite, 'testcase') };
}

describe('totals', () => {
  it('add up the counts of packet identification of all files that were read', () => {
    const identity = (factor: number): CorrelationCounts => ({
      packets: 10 * factor,
      appearances: 30 * factor,
      ambiguous: factor,
      closedEarly: 2 * factor,
      dropRecords: 4 * factor,
      droppedPackets: 3 * factor,
      inferredDrops: 0,
      matches: {
        number: 5 * factor,
        content: 15 * factor,
        translated: 0,
        split: 0,
        joined: 0,
        encapsulated: 0,
      },
    });
    const files = [1, 2].map((factor) => file(`${factor}.etl`, { identity: identity(factor) }));
    expect(totalsOf([...files, file('failed.etl', { status: 'failed' })]).identity).toEqual(identity(3));
  });

  it('a report whose counts of packet identification are no numbers is none', () => {
    const broken = report([file('a.etl')]);
    const text = JSON.stringify(broken).replace(
      '"seconds":0.5',
      '"seconds":0.5,"identity":{"packets":"many"}',
    );
    expect(() => parseReport('broken.json', text)).toThrow('broken.json');
  });
});

describe('JUnit', () => {
  it('has one test case for each trace, and counts those that failed or were not run', () => {
    const { cases, suite } = testCases(
      junitXml(
        report([
          file('a.etl'),
          file('b.etl', { status: 'failed', error: { code: 'input', message: 'b.etl: not an ETL trace' } }),
          file('c.etl', { status: 'not-run' }),
          file('d.etl', { status: 'no-packets', packets: 0 }),
        ]),
      ),
    );
    expect(suite.attributes).toMatchObject({ tests: '4', failures: '1', errors: '0', skipped: '1' });
    expect(cases.map(({ attributes }) => attributes.name)).toEqual(['a.etl', 'b.etl', 'c.etl', 'd.etl']);
    const [, failed, notRun] = cases;
    expect(failed && elements(failed, 'failure')[0]?.attributes).toEqual({
      type: 'input',
      message: 'b.etl: not an ETL trace',
    });
    expect(notRun && elements(notRun, 'skipped')).toHaveLength(1);
  });

  it('counts a trace without packets as failed where packets are required', () => {
    const files = [file('d.etl', { status: 'no-packets', packets: 0 })];
    const { suite } = testCases(junitXml(report(files, { rules: { requirePackets: true, strict: false } })));
    expect(suite.attributes.failures).toBe('1');
  });

  it('stays XML whatever a file is called, and shows what XML cannot hold', () => {
    const name = 'a"<b>&\'\n\t\u001b[31m\u0000\ud800\uffff]]>.etl';
    const failed = file(name, { status: 'failed', error: { code: 'input', message: name } });
    const { cases } = testCases(junitXml(report([failed])));
    const shown = 'a"<b>&\'\n\t\\u{1b}[31m\\u{0}\\u{d800}\\u{ffff}]]>.etl';
    expect(cases[0]?.attributes.name).toBe(shown);
    const [failure] = cases[0] === undefined ? [] : elements(cases[0], 'failure');
    expect(failure?.text).toBe(shown);
  });
});

describe('reports of shares', () => {
  const share = (index: number, files: readonly FileReport[], more: Partial<BatchReport> = {}): BatchReport =>
    report(files, { shard: { index, count: 3 }, ...more });
  const three = (): Map<string, BatchReport> =>
    new Map([
      ['one.json', share(1, [file('c.etl'), file('a.etl')])],
      ['two.json', share(2, [file('b.etl', { status: 'failed', packets: 0 })], { seconds: 7 })],
      ['three.json', share(3, [], { rules: { requirePackets: false, strict: true } })],
    ]);

  it('become one report, in the order of the names', () => {
    const joined = mergeReports(three());
    expect(joined.files.map(({ input }) => input)).toEqual(['a.etl', 'b.etl', 'c.etl']);
    expect(joined.totals).toMatchObject({ files: 3, converted: 2, failed: 1, packets: 20 });
    expect(joined).toMatchObject({ seconds: 7, rules: { strict: true } });
    expect(joined).not.toHaveProperty('shard');
  });

  it('do not join where a share is missing', () => {
    const reports = three();
    reports.delete('two.json');
    expect(() => mergeReports(reports)).toThrow('shard 2 of 3 missing');
  });

  it('do not join where a share stands twice, is of another batch, or of another number of shares', () => {
    const twice = three().set('again.json', share(2, []));
    expect(() => mergeReports(twice)).toThrow('two.json and again.json are both shard 2 of 3');
    const other = three().set('two.json', share(2, [], { list: 'def' }));
    expect(() => mergeReports(other)).toThrow('two.json: made from another list');
    const eight = three().set('two.json', share(2, [], { shard: { index: 2, count: 8 } }));
    expect(() => mergeReports(eight)).toThrow('shard 2 of 8, others of 3');
  });

  it('are read back as they were written, and nothing else is taken for one', () => {
    const [one] = three().values();
    expect(parseReport('one.json', JSON.stringify(one))).toEqual(one);
    for (const text of [
      '',
      '{',
      '[]',
      'null',
      '{"format":"etlcap-batch"}',
      JSON.stringify({ ...one, files: [{}] }),
    ]) {
      expect(() => parseReport('x.json', text), text).toThrow('x.json: not');
    }
  });
});

describe('loss', () => {
  const none = { events: 0, buffers: 0, buffersAfterLoss: 0, realTime: 0, missingBuffers: 0 };
  const intact = { sections: 0, bytes: 0, items: [], gaps: [], repeatedBuffers: 0, packetEvents: [] };
  const trace: TraceSummary = {
    input: 'a.etl',
    bytes: 1000,
    build: 20348,
    processors: 1,
    start: '2025-01-15T12:00:00.0000000Z',
    end: '2025-01-15T12:00:01.0000000Z',
    closed: true,
    clock: { type: 'qpc', frequency: 10_000_000 },
    logger: { name: '', fileName: '', modes: [], modeBits: '0x00000000', pointerSize: 8 },
    filters: [],
    lost: none,
    damage: intact,
    incomplete: { damagedPackets: 0 },
  };

  it('is none where nothing was lost', () => {
    expect(isLossy(file('a.etl', { trace }))).toBe(false);
    expect(isLossy(file('b.etl', { status: 'not-run' }))).toBe(false);
  });

  it.each<[string, Partial<TraceSummary>]>([
    ['events that Windows lost', { lost: { ...none, events: 1 } }],
    ['buffers that are missing', { lost: { ...none, missingBuffers: 1 } }],
    ['damage', { damage: { ...intact, sections: 1 } }],
    ['buffers that stand twice', { damage: { ...intact, repeatedBuffers: 1 } }],
    ['packets without their end', { incomplete: { packetsWithoutEnd: 1 } }],
    ['a trace that was never closed', { closed: false }],
  ])('is %s', (_name, facts) => {
    expect(isLossy(file('a.etl', { trace: { ...trace, ...facts } }))).toBe(true);
  });
});
