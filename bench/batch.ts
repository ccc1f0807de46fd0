import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { measure, type Run, summarize } from './measure.js';
import { type BenchTrace, makeTrace, type TraceRecipe } from './traces.js';

/** 64 KiB. */
const SMALL_TRACE: TraceRecipe = {
  name: 'batch-small',
  kind: 'ndis',
  count: 75,
  processors: 1,
  trace: { bufferSize: 16 * 1024 },
};
/** 100 MiB. */
const LARGE_TRACE: TraceRecipe = { name: 'batch-large', kind: 'ndis', count: 184_000 };
const SMALL_FILES = 2000;
const LARGE_FILES = 8;

/**
 * Batches: many small traces, and eight large ones with one job and with two, in turns.
 *
 * @param times runs of each batch of large traces
 */
export async function batches(
  directory: string,
  command: string,
  times: number,
): Promise<[string[], string[][]]> {
  const run = (input: string, jobs: number): Promise<Run> => {
    const output = join(directory, 'batch-output');
    rmSync(output, { recursive: true, force: true });
    const args = ['batch', input, '-o', output, '--jobs', String(jobs), '--quiet'];
    return measure([process.execPath, command, ...args]);
  };
  const small = makeTrace(directory, SMALL_TRACE);
  const manySmall = copies(directory, small, SMALL_FILES);
  const runs = { small: [await run(manySmall, 2)], one: [] as Run[], two: [] as Run[] };
  rmSync(manySmall, { recursive: true });
  const large = makeTrace(directory, LARGE_TRACE);
  const fewLarge = copies(directory, large, LARGE_FILES);
  for (let n = 0; n < times; n++) {
    runs.one.push(await run(fewLarge, 1));
    runs.two.push(await run(fewLarge, 2));
  }
  rmSync(fewLarge, { recursive: true });
  rmSync(join(directory, 'batch-output'), { recursive: true, force: true });
  const one = summarize(runs.one);
  const row = (name: string, of: Run, files: number, { size }: BenchTrace): string[] => [
    name,
    of.wall.toFixed(2),
    (files / of.wall).toFixed(1),
    ((files * size) / 1e6 / of.wall).toFixed(0),
    files === LARGE_FILES ? (one.wall / of.wall).toFixed(2) : '-',
    of.peak === undefined ? '-' : (of.peak / 2 ** 20).toFixed(0),
  ];
  return [
    ['batch', 'seconds', 'files/s', 'MB/s', 'x one job', 'peak MiB a job'],
    [
      row(
        `${SMALL_FILES} of ${Math.round(small.size / 1024)} KiB, 2 jobs`,
        summarize(runs.small),
        SMALL_FILES,
        small,
      ),
      row(`${LARGE_FILES} of ${Math.round(large.size / 2 ** 20)} MiB, 1 job`, one, LARGE_FILES, large),
      row(
        `${LARGE_FILES} of ${Math.round(large.size / 2 ** 20)} MiB, 2 jobs`,
        summarize(runs.two),
        LARGE_FILES,
        large,
      ),
    ],
  ];
}

/** A directory with so many copies of a trace. */
function copies(directory: string, { path }: BenchTrace, count: number): string {
  const input = join(directory, 'batch-input');
  rmSync(input, { recursive: true, force: true });
  mkdirSync(input, { recursive: true });
  for (let n = 0; n < count; n++) copyFileSync(path, join(input, `${n}.etl`));
  return input;
}
