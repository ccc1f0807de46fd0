import { MATCH_KINDS } from '../packets/index.js';
import { ConvertError } from '../passes/index.js';
import { compare } from './find.js';
import { type BatchReport, REPORT_FORMAT, REPORT_FORMAT_VERSION, totalsOf } from './report.js';

const IDENTITY_COUNTS = [
  'packets',
  'appearances',
  'ambiguous',
  'closedEarly',
  'dropRecords',
  'droppedPackets',
  'inferredDrops',
];

/**
 * Joins the reports of all shards of a batch.
 *
 * @param reports by their names in messages
 * @throws ConvertError `input` if a shard is missing or repeated, or if they are not of one batch
 */
export function mergeReports(reports: ReadonlyMap<string, BatchReport>): BatchReport {
  const [first] = reports.values();
  if (first === undefined) throw new ConvertError('usage', 'no reports to merge');
  const count = first.shard?.count ?? 1;
  const byIndex = new Map<number, string>();
  for (const [name, { list, shard = { index: 1, count: 1 } }] of reports) {
    if (shard.count !== count) {
      throw new ConvertError('input', `${name}: shard ${shard.index} of ${shard.count}, others of ${count}`);
    }
    const other = byIndex.get(shard.index);
    if (other !== undefined) {
      throw new ConvertError('input', `${other} and ${name} are both shard ${shard.index} of ${count}`);
    }
    if (list !== first.list) {
      throw new ConvertError(
        'input',
        `${name}: made from another list of traces than the others: directories differed or changed between shards`,
      );
    }
    byIndex.set(shard.index, name);
  }
  const missing: number[] = [];
  for (let index = 1; index <= count; index++) if (!byIndex.has(index)) missing.push(index);
  if (missing.length > 0) {
    const shown = missing.slice(0, 10).join(', ');
    const more = missing.length > 10 ? ' …' : '';
    throw new ConvertError(
      'input',
      `${missing.length === 1 ? 'shard' : 'shards'} ${shown}${more} of ${count} missing`,
    );
  }
  const all = [...reports.values()];
  const files = all.flatMap((report) => report.files).sort((a, b) => compare(a.input, b.input));
  return {
    format: REPORT_FORMAT,
    formatVersion: REPORT_FORMAT_VERSION,
    started: all.map(({ started }) => started).sort()[0] ?? first.started,
    seconds: all.reduce((sum, { seconds }) => Math.max(sum, seconds), 0),
    interrupted: all.some(({ interrupted }) => interrupted),
    rules: {
      requirePackets: all.some(({ rules }) => rules.requirePackets),
      strict: all.some(({ rules }) => rules.strict),
    },
    list: first.list,
    totals: totalsOf(files),
    files,
  };
}

/**
 * Parses a report.
 *
 * @param name for messages
 * @throws ConvertError `input` if it is not one
 */
export function parseReport(name: string, text: string): BatchReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConvertError('input', `${name}: not JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (!isReport(value))
    throw new ConvertError(
      'input',
      `${name}: not a report of etlcap batch (version ${REPORT_FORMAT_VERSION})`,
    );
  return value;
}

/** Whether a value has the members needed for joining; others are not checked. */
function isReport(value: unknown): value is BatchReport {
  if (typeof value !== 'object' || value === null) return false;
  if (!('format' in value && 'formatVersion' in value && 'files' in value && 'list' in value)) return false;
  if (!('rules' in value && 'seconds' in value && 'started' in value && 'interrupted' in value)) return false;
  const { files, rules, seconds, started } = value;
  if (
    value.format !== REPORT_FORMAT ||
    value.formatVersion !== REPORT_FORMAT_VERSION ||
    typeof value.list !== 'string'
  )
    return false;
  if (typeof seconds !== 'number' || typeof started !== 'string') return false;
  if (typeof rules !== 'object' || rules === null || !Array.isArray(files) || !files.every(isFileReport))
    return false;
  return !('shard' in value) || isShard(value.shard);
}

function isShard(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('index' in value && 'count' in value)) return false;
  const { count, index } = value;
  return (
    Number.isSafeInteger(count) && Number.isSafeInteger(index) && Number(index) >= 1 && Number(count) <= 1e6
  );
}

function isFileReport(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!('input' in value && 'status' in value && 'bytes' in value && 'outputs' in value)) return false;
  if ('identity' in value && !isIdentity(value.identity)) return false;
  const numbers = ['bytes', 'records', 'packets', 'events', 'dropped', 'seconds'].map((key) =>
    Reflect.get(value, key),
  );
  return (
    typeof value.input === 'string' &&
    typeof value.status === 'string' &&
    Array.isArray(value.outputs) &&
    numbers.every((number) => typeof number === 'number')
  );
}

function isIdentity(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('matches' in value)) return false;
  const { matches } = value;
  if (typeof matches !== 'object' || matches === null) return false;
  const counts = [
    ...IDENTITY_COUNTS.map((key): unknown => Reflect.get(value, key)),
    ...MATCH_KINDS.map((kind): unknown => Reflect.get(matches, kind)),
  ];
  return counts.every((number) => typeof number === 'number');
}
