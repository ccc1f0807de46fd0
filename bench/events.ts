import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './figures.js';
import { measureOnQuietDisk, peakMiB, type Run, summarize } from './measure.js';
import { cell } from './table.js';
import { makeTrace } from './traces.js';

/**
 * Manifest-style events with eight fields and a message (EIGHT_FIELDS), and four times as many: memory must be equal.
 */
const COUNTS = [500_000, 2_000_000] as const;

/** etlcap's exit code for a trace without packets: the events are written. */
const NO_PACKETS = 4;

const HEAD = ['events', 'seconds', 'CPU', 'events/s of CPU', 'peak MiB'];

/** Events to JSON, whole processes. */
export async function events(directory: string, command: string, times: number): Promise<Part> {
  const output = join(directory, 'output.pcapng');
  const sidecar = join(directory, 'output.events.json');
  const rows: string[][] = [];
  const all: Run[] = [];
  for (const count of COUNTS) {
    const trace = makeTrace(directory, { name: 'events', kind: 'events', count });
    const runs = [];
    for (let n = 0; n < times; n++) {
      rmSync(sidecar, { force: true });
      const convert = [process.execPath, command, trace.path, '-o', output, '--quiet'];
      runs.push(await measureOnQuietDisk(convert, NO_PACKETS));
    }
    rmSync(sidecar, { force: true });
    all.push(...runs);
    const run = summarize(runs);
    rows.push([
      String(count),
      cell(run.wall, 2),
      cell(run.cpu, 2),
      cell(run.cpu && count / run.cpu, 0),
      cell(peakMiB(run), 0),
    ]);
  }
  return { head: HEAD, rows, figures: new Map([['events', { peak: peakMiB(summarize(all)) }]]) };
}
