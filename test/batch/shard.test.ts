import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseShard, shardFromEnvironment, shareOf } from '../../src/batch/shard.js';

interface Sized {
  readonly input: string;
  readonly size: number;
}

const list = (sizes: readonly number[]): Sized[] =>
  sizes.map((size, at) => ({ input: `trace-${at}.etl`, size }));

const allShares = (items: readonly Sized[], count: number): Sized[][] =>
  Array.from({ length: count }, (_, at) => shareOf(items, { index: at + 1, count }));

const total = (items: readonly Sized[]): number => items.reduce((sum, { size }) => sum + size, 0);

describe('shares of a batch', () => {
  it('hold every trace exactly once, whatever the sizes and the order they are listed in', () => {
    const sizes = fc.array(fc.nat(10_000_000), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 12 }), (all, count) => {
        const items = list(all);
        const shares = allShares(items, count);
        expect(
          shares
            .flat()
            .map(({ input }) => input)
            .sort(),
        ).toEqual(items.map(({ input }) => input).sort());
        expect(allShares([...items].reverse(), count)).toEqual(shares);
      }),
      { numRuns: 200 },
    );
  });

  it('differ by no more than the largest trace', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 60 }), (all) => {
        const loads = allShares(list(all), 5).map(total);
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...all));
      }),
      { numRuns: 200 },
    );
  });

  it('share out empty files by number', () => {
    expect(allShares(list(new Array(9).fill(0)), 3).map(({ length }) => length)).toEqual([3, 3, 3]);
  });

  it('are written 3/8, from 1', () => {
    expect(parseShard('3/8')).toEqual({ index: 3, count: 8 });
    for (const text of ['0/8', '9/8', '3', '3/0', '-1/8', '1.5/8', '3/8/9', ' 3/8', '1/999999']) {
      expect(() => parseShard(text), text).toThrow('3/8');
    }
  });
});

describe('shares that CI engines give', () => {
  // Variables and their first value from the manuals of the engines.
  it.each([
    ['GitLab, from 1', { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '8' }],
    ['Buildkite, from 0', { BUILDKITE_PARALLEL_JOB: '2', BUILDKITE_PARALLEL_JOB_COUNT: '8' }],
    ['CircleCI, from 0', { CIRCLE_NODE_INDEX: '2', CIRCLE_NODE_TOTAL: '8' }],
    ['AWS Batch, from 0', { AWS_BATCH_JOB_ARRAY_INDEX: '2', AWS_BATCH_JOB_ARRAY_SIZE: '8' }],
    [
      'Slurm, --array=10-17',
      { SLURM_ARRAY_TASK_ID: '12', SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_COUNT: '8' },
    ],
    [
      'Slurm, --array=0-35:5',
      {
        SLURM_ARRAY_TASK_ID: '10',
        SLURM_ARRAY_TASK_MIN: '0',
        SLURM_ARRAY_TASK_STEP: '5',
        SLURM_ARRAY_TASK_COUNT: '8',
      },
    ],
  ])('%s', (_engine, environment) => {
    expect(shardFromEnvironment(environment)).toEqual({ index: 3, count: 8 });
  });

  it('Kubernetes says which, the user how many', () => {
    expect(shardFromEnvironment({ JOB_COMPLETION_INDEX: '2' }, 8)).toEqual({ index: 3, count: 8 });
    expect(() => shardFromEnvironment({ JOB_COMPLETION_INDEX: '2' })).toThrow('use --shards N');
    expect(() => shardFromEnvironment({ JOB_COMPLETION_INDEX: '8' }, 8)).toThrow('do not name a shard');
  });

  it('are none where no engine says anything, and a mistake where a number is given all the same', () => {
    expect(shardFromEnvironment({ HOME: '/root', CI_NODE_INDEX: '' })).toBeUndefined();
    expect(() => shardFromEnvironment({}, 8)).toThrow('no CI system');
  });

  it('are refused where they make no sense, or contradict the user', () => {
    expect(() => shardFromEnvironment({ CI_NODE_INDEX: '0', CI_NODE_TOTAL: '8' })).toThrow(
      'do not name a shard',
    );
    expect(() => shardFromEnvironment({ CI_NODE_INDEX: 'x', CI_NODE_TOTAL: '8' })).toThrow(
      'do not name a shard',
    );
    expect(() => shardFromEnvironment({ CI_NODE_INDEX: '1', CI_NODE_TOTAL: '8' }, 4)).toThrow('--shards 4');
    const step = { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_TASK_STEP: '5', SLURM_ARRAY_TASK_COUNT: '8' };
    expect(() => shardFromEnvironment(step)).toThrow('do not name a shard');
  });
});
