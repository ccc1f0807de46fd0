import { createHash } from 'node:crypto';
import { ConvertError } from '../passes/index.js';
import { compare } from './find.js';

/** A share of a batch: number `index` of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Limit of the shards of one batch. */
const MAX_SHARDS = 10_000;

/**
 * `3/8`
 *
 * @throws ConvertError `usage`
 */
export function parseShard(text: string): Shard {
  const [, index = '', count = ''] = /^(\d{1,6})\/(\d{1,6})$/u.exec(text) ?? [];
  return checked(
    { index: Number(index), count: Number(count) },
    `invalid --shard '${text}': expected a shard such as 3/8`,
  );
}

function checked(shard: Shard, message: string): Shard {
  const { count, index } = shard;
  const isShard =
    Number.isInteger(index) && Number.isInteger(count) && index >= 1 && index <= count && count <= MAX_SHARDS;
  if (!isShard) throw new ConvertError('usage', message);
  return shard;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Engine {
  readonly index: string;
  /** Variable with the number of shards; undefined if the CI system does not set one. */
  readonly count: string | undefined;
  /** The first shard's index, or the variable that has it. */
  readonly first: number | { readonly variable: string; readonly step: string };
}

/** Variables of the engines, from their manuals. */
const ENGINES: readonly Engine[] = [
  // Kubernetes indexed jobs
  { index: 'JOB_COMPLETION_INDEX', count: undefined, first: 0 },
  // GitLab CI, parallel:
  { index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 1 },
  // Buildkite, parallelism:
  { index: 'BUILDKITE_PARALLEL_JOB', count: 'BUILDKITE_PARALLEL_JOB_COUNT', first: 0 },
  // CircleCI, parallelism:
  { index: 'CIRCLE_NODE_INDEX', count: 'CIRCLE_NODE_TOTAL', first: 0 },
  // Slurm, --array=
  {
    index: 'SLURM_ARRAY_TASK_ID',
    count: 'SLURM_ARRAY_TASK_COUNT',
    first: { variable: 'SLURM_ARRAY_TASK_MIN', step: 'SLURM_ARRAY_TASK_STEP' },
  },
  // AWS Batch array jobs
  { index: 'AWS_BATCH_JOB_ARRAY_INDEX', count: 'AWS_BATCH_JOB_ARRAY_SIZE', first: 0 },
];

/**
 * The shard that a CI system assigns to this machine.
 *
 * @param count the number of shards, if the CI system does not set it; otherwise it must agree
 * @returns undefined if no CI system sets one
 * @throws ConvertError `usage` if its variables are not a valid shard
 */
export function shardFromEnvironment(environment: Environment, count?: number): Shard | undefined {
  const engine = ENGINES.find(({ index }) => (environment[index] ?? '') !== '');
  if (engine === undefined) {
    if (count === undefined) return undefined;
    throw new ConvertError(
      'usage',
      `--shards ${count}: no CI system sets the index of this shard; use --shard`,
    );
  }
  const ofEngine = engine.count === undefined ? undefined : environment[engine.count];
  if (ofEngine === undefined && count === undefined) {
    const missing = engine.count === undefined ? '' : ` and ${engine.count} is not`;
    throw new ConvertError(
      'usage',
      `${engine.index} is set${missing}: use --shards N, or --shard 1/1 if the batch is not divided`,
    );
  }
  const total = ofEngine === undefined ? count : Number(ofEngine);
  if (count !== undefined && total !== count) {
    throw new ConvertError('usage', `--shards ${count}, but ${engine.count} is ${ofEngine}`);
  }
  const value = environment[engine.index] ?? '';
  const index = Number(value);
  const shard = { index: position(engine, index, environment), count: total ?? 0 };
  return checked(
    shard,
    `${engine.index} and the number of shards do not name a shard: '${value} of ${total}'`,
  );
}

function position({ first }: Engine, index: number, environment: Environment): number {
  if (typeof first === 'number') return index - first + 1;
  const start = Number(environment[first.variable] ?? 0);
  const step = Number(environment[first.step] ?? 1);
  return (index - start) / step + 1;
}

/**
 * The part of a list that belongs to a shard. Every machine with the same list computes the same shards, without
 * communication: the largest first, each to the shard with the least bytes so far.
 */
export function shareOf<T extends { readonly input: string; readonly size: number }>(
  items: readonly T[],
  { count, index }: Shard,
): T[] {
  const loads = new Array<number>(count).fill(0);
  const counts = new Array<number>(count).fill(0);
  const share: T[] = [];
  for (const item of biggestFirst(items)) {
    let least = 0;
    for (let n = 1; n < count; n++) {
      const difference = (loads[n] ?? 0) - (loads[least] ?? 0);
      // Empty files have no bytes, but each is work.
      if (difference < 0 || (difference === 0 && (counts[n] ?? 0) < (counts[least] ?? 0))) least = n;
    }
    loads[least] = (loads[least] ?? 0) + item.size;
    counts[least] = (counts[least] ?? 0) + 1;
    if (least === index - 1) share.push(item);
  }
  return share.sort((a, b) => compare(a.input, b.input));
}

/** Largest first, equal ones by name. */
export function biggestFirst<T extends { readonly input: string; readonly size: number }>(
  items: readonly T[],
): T[] {
  return [...items].sort((a, b) => b.size - a.size || compare(a.input, b.input));
}

/** A hash over the names and sizes of a list: equal for all shards of one batch. */
export function listHash(items: readonly { readonly input: string; readonly size: number }[]): string {
  const hash = createHash('sha256');
  for (const { input, size } of items) hash.update(`${JSON.stringify(input)} ${size}\n`);
  return hash.digest('hex');
}
