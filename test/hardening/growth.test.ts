import { describe, expect, it } from 'vitest';
import { nestedGzip, nestedZip, overlappingZip, tar, zip } from './hostile/archives.js';
import * as manifests from './hostile/manifests.js';
import { type AttackFiles, attack, ENGINE_LIMIT, MEMORY_LIMIT, type Outcome } from './hostile/run.js';
import * as traces from './hostile/traces.js';

/** What a dimension that is ten times as large may cost, in terms of the smaller one. */
const GROWTH = 15;

const CONVERT = ['-q', '--force', '-o', 'out.pcapng'] as const;
/** Packets, or none in the trace. */
const CONVERTED = [0, 4];
/** A refusal that says why. */
const REFUSED = [1, 2];

type Case = readonly [
  name: string,
  files: (scale: 1 | 10) => AttackFiles,
  args: readonly string[],
  codes: readonly number[],
];
type Attack = readonly [
  name: string,
  files: (scale: 1 | 10) => AttackFiles,
  args?: readonly string[],
  codes?: readonly number[],
];

const of = (make: (scale: 1 | 10) => Uint8Array): ((scale: 1 | 10) => AttackFiles) => {
  return (scale) => ({ 'in.etl': make(scale) });
};
const tiny = (count: number): { name: string; content: Uint8Array }[] =>
  Array.from({ length: count }, (_, n) => ({ name: `${n}.txt`, content: Uint8Array.of(n) }));
const one = (): Uint8Array => traces.trace([traces.ndisPacket(1)]);

const ATTACKS: readonly Attack[] = [
  ['events', of((n) => traces.plainEvents(8000 * n))],
  ['schemas', of((n) => traces.schemas(1000 * n))],
  ['TraceLogging schemas', of((n) => traces.traceLoggingSchemas(3000 * n))],
  ['ids of one TraceLogging schema', of((n) => traces.traceLoggingIds(6000 * n))],
  ['fields', of((n) => traces.manyFields(130 * n, 100))],
  ['fields of one name', of((n) => traces.equalFields(130 * n, 100))],
  ['length of names', of((n) => traces.traceLoggingNames(5000 * n, 2000, 4))],
  ['elements of an array with long names', of((n) => traces.traceLoggingNames(10_000, 4000 * n, 2))],
  ['nesting of structures', of((n) => traces.traceLoggingNesting(200 * n, 100))],
  ['flags', of((n) => traces.bitMaps(300 * n, 4, 300, 20))],
  ['values of flags', of((n) => traces.bitMaps(250, 4, 300 * n, 20))],
  ['mapped values', of((n) => traces.valueMaps(20_000, 200 * n, 20))],
  ['message inserts', of((n) => traces.messageInserts(1500 * n, 20))],
  ['message inserts of binary values', of((n) => traces.slowMessageInserts(1500 * n, 20))],
  ['message inserts of arrays', of((n) => traces.arrayInserts(1500 * n, 20))],
  ['small events of a large schema', of((n) => traces.smallEvents(8000, 500 * n))],
  ['providers', of((n) => traces.providers(4000 * n))],
  ['EventSources', of((n) => traces.eventSources(150 * n, `<a>${'<b c="d"/>'.repeat(500)}</a>`))],
  ['processors', of((n) => traces.processors(2000 * n))],
  [
    'processors with compressed buffers',
    of((n) => traces.compressedProcessors(80 * n)),
    ['--events', 'none'],
  ],
  ['filters', of((n) => traces.filters(100 * n, 700, 100 * n))],
  ['components', of((n) => traces.components(1000 * n, 60))],
  ['properties', of((n) => traces.properties(2500 * n, 20))],
  ['length of properties', of((n) => traces.properties(100, 3000 * n))],
  ['interfaces', of((n) => traces.interfaces(400 * n))],
  ['RAS connections', of((n) => traces.rasNames(1500 * n, 10))],
  ['length of RAS names', of((n) => traces.rasNames(100, 3000 * n))],
  ['length of switch names', of((n) => traces.switchNames(100, 1000 * n))],
  ['identical packets', of((n) => traces.identicalPackets(5000 * n))],
  ['appearances of identical packets', of((n) => traces.identicalAppearances(5000 * n))],
  ['open journeys', of((n) => traces.openJourneys(5000 * n))],
  ['drops', of((n) => traces.drops(1500 * n))],
  [
    'messages of a manifest',
    (n) => ({
      'in.etl': manifests.manifestEvents(35 * n, 10_000),
      'm.man': manifests.manifestMessages(35 * n, 3000),
    }),
    ['--manifest', 'm.man'],
  ],
  [
    'elements of a manifest',
    (n) => ({ 'in.etl': manifests.manifestEvents(1, 1), 'm.man': manifests.manifestSiblings(18_000 * n) }),
    ['--manifest', 'm.man'],
  ],
  [
    'nesting of a manifest',
    (n) => ({ 'in.etl': manifests.manifestEvents(1, 1), 'm.man': manifests.manifestNesting(3000 * n) }),
    ['--manifest', 'm.man'],
  ],
  [
    'keywords of a manifest',
    (n) => ({
      'in.etl': manifests.manifestEvents(1500 * n, 1),
      'm.man': manifests.manifestKeywords(1500 * n, 1500 * n),
    }),
    ['--manifest', 'm.man'],
  ],
  [
    'keywords of an event of a manifest',
    (n) => ({
      'in.etl': manifests.manifestEvents(10 * n, 1),
      'm.man': manifests.manifestKeywordLists(1000, 10 * n),
    }),
    ['--manifest', 'm.man'],
  ],
  [
    'fields of a manifest',
    (n) => ({ 'in.etl': manifests.manifestEvents(10, 1), 'm.man': manifests.manifestFields(400 * n, 10) }),
    ['--manifest', 'm.man'],
  ],
  [
    'nesting of JSON',
    (n) => ({ 'in.etl': one(), 'c.json': manifests.nestedJson(20_000 * n) }),
    ['--compartments', 'c.json'],
    REFUSED,
  ],
  [
    'columns of a table of compartments',
    (n) => ({ 'in.etl': one(), 'c.txt': manifests.wideTable(3000 * n) }),
    ['--compartments', 'c.txt'],
  ],
  [
    'members of a zip archive',
    (n) => ({ 'in.zip': zip([...tiny(200 * n), { name: 'a.etl', content: one() }]) }),
  ],
  [
    'members of a tar archive',
    (n) => ({ 'in.tar': tar([...tiny(400 * n), { name: 'a.etl', content: one() }]) }),
  ],
  [
    'overlapping members',
    (n) => ({ 'in.zip': overlappingZip(200 * n, traces.plainEvents(2000)) }),
    [],
    REFUSED,
  ],
  ['nesting of archives', (n) => ({ 'in.zip': nestedZip(3 * n, one()) }), [], [...CONVERTED, ...REFUSED]],
  ['nesting of gzip', (n) => ({ 'in.etl.gz': nestedGzip(3 * n, one()) }), [], [...CONVERTED, ...REFUSED]],
];

const DIMENSIONS = ATTACKS.map(
  ([name, files, args = [], codes = CONVERTED]): Case => [name, files, args, codes],
);

function check({ code, memory, outputs, stderr }: Outcome, codes: readonly number[]): void {
  expect(stderr).not.toMatch(ENGINE_LIMIT);
  expect(codes, stderr).toContain(code);
  if (code === 1 || code === 2) expect(stderr).toMatch(/^etlcap: \S/u);
  expect(memory).toBeLessThan(MEMORY_LIMIT);
  expect([...outputs.keys()].filter((name) => name.endsWith('.part'))).toEqual([]);
  const events = outputs.get('out.events.json');
  if (events !== undefined) expect(JSON.parse(new TextDecoder().decode(events))).toHaveProperty('format');
}

describe('ten times as many, or ten times as long, costs at most 15 times the processor time', () => {
  it.each(DIMENSIONS)('%s', async (_, files, args, codes) => {
    const outcomes: Outcome[] = [];
    for (const scale of [1, 10] as const) {
      const made = files(scale);
      const [input = ''] = Object.keys(made);
      const outcome = await attack(made, [input, ...CONVERT, ...args]);
      check(outcome, codes);
      outcomes.push(outcome);
    }
    const [small, large] = outcomes;
    expect((large?.cpu ?? Number.NaN) / (small?.cpu ?? Number.NaN)).toBeLessThanOrEqual(GROWTH);
  });
});

describe('findings: ten times as many packets cost at most 15 times the processor time', () => {
  it.each<readonly [string, (scale: 1 | 10) => Uint8Array]>([
    ['drops', (n) => traces.drops(700 * n)],
    ['connections that nobody answers', (n) => traces.unansweredConnections(1000 * n)],
    ['retransmissions', (n) => traces.retransmissions(1000 * n)],
    ['fragments without their rest', (n) => traces.lonelyFragments(1000 * n)],
    ['questions that nobody answers', (n) => traces.dnsQuestions(1000 * n)],
    ['segments in another order', (n) => traces.segments(1000 * n)],
  ])('%s', async (_, make) => {
    const small = await attack({ 'in.etl': make(1) }, ['diagnose', 'in.etl', '--json']);
    const large = await attack({ 'in.etl': make(10) }, ['diagnose', 'in.etl', '--json']);
    for (const outcome of [small, large]) {
      check(outcome, [0]);
      expect(JSON.parse(outcome.stdout)).toHaveProperty('findings');
    }
    expect(large.cpu / small.cpu).toBeLessThanOrEqual(GROWTH);
  });
});

describe('a report page', () => {
  /** Bytes. */
  const PAGE_LIMIT = 8_000_000;

  it.each<readonly [string, () => Uint8Array]>([
    ['components with long names', () => traces.components(1000, 1000)],
    ['RAS connections with long names', () => traces.rasNames(2000, 1000)],
    ['switch ports with names that are escaped', () => traces.switchNames(1000, 900, '<')],
    ['drops at many components', () => traces.drops(20_000)],
  ])('of %s is at most 8 MB, and states how many rows its lists have', async (_, make) => {
    const outcome = await attack({ 'in.etl': make() }, ['report', 'in.etl', '-q', '-o', 'out.html']);
    check(outcome, [0]);
    const page = outcome.outputs.get('out.html') ?? new Uint8Array();
    expect(page.length).toBeGreaterThan(0);
    expect(page.length).toBeLessThanOrEqual(PAGE_LIMIT);
    const [, json = '{}'] = /id="data">(.*?)<\/script>/su.exec(new TextDecoder().decode(page)) ?? [];
    const { paths, timeline, totals } = JSON.parse(json);
    expect(totals.paths).toBeGreaterThanOrEqual(paths.length);
    expect(totals.interfaces).toBeGreaterThanOrEqual(timeline.interfaces.length);
    expect(totals.paths).toBeGreaterThan(20);
  });
});
