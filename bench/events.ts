import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { measure, summarize } from './measure.js';
import { makeTrace } from './traces.js';

/** Manifest-style events with eight fields and a message (EIGHT_FIELDS), and four times as many: memory stays. */
const COUNTS = [500_000, 2_000_000] as const;

/** etlcap's exit code for a trace without packets: the events are written. */
const NO_PACKETS = 4;

const HEAD = ['events', 'seconds', 'CPU', 'events/s of CPU', 'peak MiB'];

/** Events to JSON, whole processes: the table's head and rows. */
export async function events(
  directory: string,
  command: string,
  times: number,
): Promise<[string[], string[][]]> {
  const output = join(directory, 'output.pcapng');
  const sidecar = join(directory, 'output.events.json');
  const rows: string[][] = [];
  for (const count of COUNTS) {
    const trace = makeTrace(directory, { name: 'events', kind: 'events', count });
    const runs = [];
    for (let n = 0; n < times; n++) {
      rmSync(sidecar, { force: true });
      runs.push(await measure([process.execPath, command, trace.path, '-o', output, '--quiet'], NO_PACKETS));
    }
    rmSync(sidecar, { force: true });
    const { cpu, peak, wall } = summarize(runs);
    rows.push([
      String(count),
      wall.toFixed(2),
      cpu?.toFixed(2) ?? '-',
      cpu === undefined ? '-' : (count / cpu).toFixed(0),
      peak === undefined ? '-' : (peak / 2 ** 20).toFixed(0),
    ]);
  }
  return [HEAD, rows];
}
