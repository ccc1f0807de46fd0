import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures, Part } from './figures.js';
import { measure, type Run, summarize } from './measure.js';
import { cell } from './table.js';
import { makeTrace } from './traces.js';

const RUNS = 15;

/**
 * Start-up time of the command, compared with a program that does nothing.
 *
 * It writes very little: no run has to wait for the writes of the previous one.
 */
export async function startUp(directory: string, command: string): Promise<Part> {
  // One buffer of 64 KiB after the header's.
  const { path } = makeTrace(directory, { name: 'tiny', kind: 'ndis', count: 100, processors: 1 });
  const output = join(directory, 'tiny.pcapng');
  const { execPath } = process;
  const commands: Readonly<Record<string, readonly string[]>> = {
    'node -e 0': [execPath, '-e', '0'],
    'etlcap --version': [execPath, command, '--version'],
    'etlcap, a trace of 64 KiB': [execPath, command, path, '-o', output, '--quiet', '--events', 'none'],
  };
  const runs = new Map<string, Run[]>(Object.keys(commands).map((name) => [name, []]));
  for (let n = 0; n < RUNS; n++) {
    for (const [name, what] of Object.entries(commands)) {
      rmSync(output, { force: true });
      runs.get(name)?.push(await measure(what));
    }
  }
  rmSync(output, { force: true });
  const idle = summarize(runs.get('node -e 0') ?? []).wall;
  const figures = new Map<string, Figures>();
  const rows = [...runs].map(([name, of]) => {
    const { wall } = summarize(of);
    const ofBudget = wall / (1.5 * idle + 0.1);
    figures.set(name, { ofBudget });
    return [name, cell(wall * 1000, 0), cell(wall / idle, 2), cell(ofBudget, 2)];
  });
  return { head: ['start', 'ms', 'x node -e 0', 'of 1.5 x node + 100 ms'], rows, figures };
}
