import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figures, Part } from './figures.js';
import { measureOnQuietDisk, peakMiB, type Run } from './measure.js';
import { cell } from './table.js';
import { makeTrace, type TraceRecipe } from './traces.js';

/** Each packet has six appearances: with pktmon's numbers, and as Windows 11 24H2 numbers them. */
const RECIPES: readonly TraceRecipe[] = [
  { name: 'journeys', kind: 'journeys', count: 2_000_000, payloadSize: [6, 66] },
  { name: 'journeys-24h2', kind: 'journeys-24h2', count: 2_000_000, payloadSize: [6, 66] },
];

/** build/bench/identity.js: the project is two folders up. */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

const HEAD = ['identity', 'CPU', 'without', 'x without', 'path --summary, CPU', 'x conversion', 'MiB more'];

/**
 * Conversion with and without packet identity, and `path --summary`. The least CPU time of interleaved runs: other
 * programs on the machine can only add to it.
 */
export async function identity(directory: string, command: string, times: number): Promise<Part> {
  // The sources that `tsc` compiled read the version from the project.
  copyFileSync(join(PROJECT, 'package.json'), join(PROJECT, 'build', 'package.json'));
  const child = join(PROJECT, 'build', 'bench', 'identity-child.js');
  const output = join(directory, 'output.pcapng');
  const figures = new Map<string, Figures>();
  const rows: string[][] = [];
  for (const recipe of RECIPES) {
    const { path } = makeTrace(directory, recipe);
    const convert = (...mode: readonly string[]): Promise<Run> =>
      measureOnQuietDisk([process.execPath, child, path, output, ...mode]);
    const runs: Record<'with' | 'without' | 'summary', Run[]> = { with: [], without: [], summary: [] };
    for (let n = 0; n < times; n++) {
      runs.without.push(await convert('without'));
      runs.with.push(await convert());
      runs.summary.push(
        await measureOnQuietDisk([process.execPath, command, 'path', '--summary', '--quiet', path]),
      );
    }
    const least = (of: readonly Run[]): number => Math.min(...of.map(({ cpu, wall }) => cpu ?? wall));
    const [ours, without, summary] = [least(runs.with), least(runs.without), least(runs.summary)];
    const peak = (of: readonly Run[]): number => Math.min(...of.map((run) => peakMiB(run) ?? 0));
    const of = {
      overWithout: ours / without,
      overConversion: summary / ours,
      moreMemory: peak(runs.with) - peak(runs.without),
    };
    figures.set(recipe.name, of);
    rows.push([
      recipe.name,
      cell(ours, 2),
      cell(without, 2),
      cell(of.overWithout, 3),
      cell(summary, 2),
      cell(of.overConversion, 2),
      cell(of.moreMemory, 0),
    ]);
  }
  return { head: HEAD, rows, figures };
}
