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
/**
 * 100 MiB each. Traces of hosts have events too: a real pktmon trace has three for each packet, and so has this one.
 * Packets alone are the fastest case of one job, in which the start of a second one counts most.
 */
const LARGE_TRACES: readonly (TraceRecipe & { readonly what: string })[] = [
  { name: 'batch-large', what: 'packets and events', kind: 'host', count: 345_000 },
  { name: 'batch-large-packets', what: 'packets', kind: 'ndis', count: 184_000 },
];
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
  const ofSmall = figuresOf(many, SMALL_FILES, small);
  const rows = [row(`${SMALL_FILES} of ${Math.round(small.size / 1024)} KiB, 2 jobs`, many, ofSmall)];
  const figures = new Map<string, Figures>([['batch-small', ofSmall]]);
  for (const { what, ...recipe } of LARGE_TRACES) {
    const large = makeTrace(directory, recipe);
    const fewLarge = copies(directory, large, LARGE_FILES);
    const runs: Record<'one' | 'two', Run[]> = { one: [], two: [] };
    for (let n = 0; n < times; n++) {
      runs.one.push(await run(fewLarge, 1));
      runs.two.push(await run(fewLarge, 2));
    }
    rmSync(fewLarge, { recursive: true });
    const one = summarize(runs.one);
    const two = summarize(runs.two);
    const ofOne = { ...figuresOf(one, LARGE_FILES, large), overOneJob: 1 };
    const ofTwo = { ...figuresOf(two, LARGE_FILES, large), overOneJob: one.wall / two.wall };
    const ofLarge = `${LARGE_FILES} of ${Math.round(large.size / 2 ** 20)} MiB, ${what}`;
    rows.push(row(`${ofLarge}, 1 job`, one, ofOne), row(`${ofLarge}, 2 jobs`, two, ofTwo));
    figures.set(`${recipe.name}, 1 job`, ofOne).set(`${recipe.name}, 2 jobs`, ofTwo);
  }
  rmSync(join(directory, 'batch-output'), { recursive: true, force: true });
  return { head: HEAD, rows, figures };
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

/** A directory with this many copies of a trace. */
function copies(directory: string, { path }: BenchTrace, count: number): string {
  const input = join(directory, 'batch-input');
  rmSync(input, { recursive: true, force: true });
  mkdirSync(input, { recursive: true });
  for (let n = 0; n < count; n++) copyFileSync(path, join(input, `${n}.etl`));
  return input;
}
