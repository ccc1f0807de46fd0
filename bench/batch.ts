import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures, Part } from './figures.js';
import { measureOnQuietDisk, peakMiB, type Run, summarize } from './measure.js';
import { cell } from './table.js';
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

const HEAD = ['batch', 'seconds', 'files/s', 'MB/s', 'x one job', 'peak MiB a job'];

/**
 * Batches: many small traces, and eight large ones with one job and with two, in turns.
 *
 * @param times runs of each batch of large traces
 */
export async function batches(directory: string, command: string, times: number): Promise<Part> {
  const run = (input: string, jobs: number): Promise<Run> => {
    const output = join(directory, 'batch-output');
    rmSync(output, { recursive: true, force: true });
    const args = ['batch', input, '-o', output, '--jobs', String(jobs), '--quiet'];
    return measureOnQuietDisk([process.execPath, command, ...args]);
  };
  const small = makeTrace(directory, SMALL_TRACE);
  const manySmall = copies(directory, small, SMALL_FILES);
  const many = await run(manySmall, 2);
  rmSync(manySmall, { recursive: true });
  const large = makeTrace(directory, LARGE_TRACE);
  const fewLarge = copies(directory, large, LARGE_FILES);
  const runs: Record<'one' | 'two', Run[]> = { one: [], two: [] };
  for (let n = 0; n < times; n++) {
    runs.one.push(await run(fewLarge, 1));
    runs.two.push(await run(fewLarge, 2));
  }
  rmSync(fewLarge, { recursive: true });
  rmSync(join(directory, 'batch-output'), { recursive: true, force: true });
  const one = summarize(runs.one);
  const two = summarize(runs.two);
  const figures = {
    small: figuresOf(many, SMALL_FILES, small),
    one: { ...figuresOf(one, LARGE_FILES, large), overOneJob: 1 },
    two: { ...figuresOf(two, LARGE_FILES, large), overOneJob: one.wall / two.wall },
  };
  const ofSmall = `${SMALL_FILES} of ${Math.round(small.size / 1024)} KiB`;
  const ofLarge = `${LARGE_FILES} of ${Math.round(large.size / 2 ** 20)} MiB`;
  return {
    head: HEAD,
    rows: [
      row(`${ofSmall}, 2 jobs`, many, figures.small),
      row(`${ofLarge}, 1 job`, one, figures.one),
      row(`${ofLarge}, 2 jobs`, two, figures.two),
    ],
    figures: new Map([
      ['batch-small', figures.small],
      ['batch-1-job', figures.one],
      ['batch-2-jobs', figures.two],
    ]),
  };
}

function figuresOf(run: Run, files: number, { size }: BenchTrace): Figures {
  return {
    filesPerSecond: files / run.wall,
    speed: (files * size) / 1e6 / run.wall,
    peak: peakMiB(run),
  };
}

function row(name: string, { wall }: Run, { filesPerSecond, speed, overOneJob, peak }: Figures): string[] {
  return [name, cell(wall, 2), cell(filesPerSecond, 1), cell(speed, 0), cell(overOneJob, 2), cell(peak, 0)];
}

/** A directory with so many copies of a trace. */
function copies(directory: string, { path }: BenchTrace, count: number): string {
  const input = join(directory, 'batch-input');
  rmSync(input, { recursive: true, force: true });
  mkdirSync(input, { recursive: true });
  for (let n = 0; n < count; n++) copyFileSync(path, join(input, `${n}.etl`));
  return input;
}
