import type { Figures, Part } from './figures.js';
import { measureOnQuietDisk, peakMiB, type Run, summarize } from './measure.js';
import { cell } from './table.js';
import { makeTrace, type TraceRecipe } from './traces.js';

/** Packets with many hops, packets and events, and packets that are recorded once. */
const RECIPES: readonly TraceRecipe[] = [
  { name: 'diagnose-pktmon', kind: 'pktmon', count: 1_000_000 },
  { name: 'diagnose-host', kind: 'host', count: 500_000 },
  { name: 'diagnose-ndis', kind: 'ndis', count: 500_000, payloadSize: [6, 66] },
];

const HEAD = ['diagnose', 'seconds', 'CPU', 'x path --summary, CPU', 'peak MiB'];

/** `diagnose` beside `path --summary`, which reads the same packets and follows the same journeys. */
export async function diagnosis(directory: string, command: string, times: number): Promise<Part> {
  const figures = new Map<string, Figures>();
  const rows: string[][] = [];
  for (const recipe of RECIPES) {
    const { path } = makeTrace(directory, recipe);
    const run = (args: readonly string[]): Promise<Run> =>
      measureOnQuietDisk([process.execPath, command, ...args, '--quiet', path]);
    const runs: Record<'diagnose' | 'summary', Run[]> = { diagnose: [], summary: [] };
    for (let n = 0; n < times; n++) {
      runs.summary.push(await run(['path', '--summary']));
      runs.diagnose.push(await run(['diagnose']));
    }
    const [ours, beside] = [summarize(runs.diagnose), summarize(runs.summary)];
    // On a shared machine, CPU time is more accurate than wall time.
    const overSummary = (ours.cpu || ours.wall) / (beside.cpu || beside.wall);
    const of = { overSummary, peak: peakMiB(ours) };
    figures.set(recipe.name, of);
    rows.push([recipe.name, cell(ours.wall, 2), cell(ours.cpu, 2), cell(overSummary, 2), cell(of.peak, 0)]);
  }
  return { head: HEAD, rows, figures };
}
