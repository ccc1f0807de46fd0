import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { measure, type Run, summarize } from './measure.js';
import { makeTrace } from './traces.js';

const RUNS = 15;

/** How long the command takes to start, beside a program that does nothing. */
export async function startUp(directory: string, command: string): Promise<[string[], string[][]]> {
  // One buffer of 64 KiB behind the header's.
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
  const rows = [...runs].map(([name, of]) => {
    const { wall } = summarize(of);
    return [name, (wall * 1000).toFixed(0), (wall / idle).toFixed(2), (wall / (1.5 * idle + 0.1)).toFixed(2)];
  });
  return [['start', 'ms', 'x node -e 0', 'of 1.5 x node + 100 ms'], rows];
}
