import { basename } from 'node:path';
import { namedTraces } from '../../batch/index.js';
import { printable } from '../../etw/index.js';
import { count, plural, size } from '../../format/index.js';
import { Archives, TraceInput } from '../../io/index.js';
import { writeTables } from '../../library/index.js';
import type { TablesSummary } from '../../table/index.js';
import { assertInputs, command } from '../command.js';
import { type ExitCode, UsageError, worst } from '../exit.js';
import { STANDARD_STREAM } from '../files.js';
import { print } from '../print.js';
import { report, warn } from '../print-error.js';
import { readOptions } from '../read-options.js';
import { withTraces } from '../with-traces.js';

/** `etlcap table FILE|DIR … -o OUTDIR` */
export const tableCommand = command('table', async (flags, input) => {
  const { compartments, outputDirectory, quiet, spoolLimit } = flags;
  assertInputs('table', input);
  if (outputDirectory === undefined || outputDirectory === STANDARD_STREAM) {
    throw new UsageError('missing output directory; use -o OUTDIR');
  }
  const options = await readOptions('table', flags);
  return withTraces({ ...flags, showsProgress: !quiet }, async ({ progress, signal }) => {
    const archives = new Archives({ signal, spoolLimit });
    const codes: ExitCode[] = [];
    try {
      for (const { name, origin } of await namedTraces(input, outputDirectory, spoolLimit)) {
        if (signal.aborted) break;
        try {
          const summary = await writeTables(new TraceInput(origin, archives), outputDirectory, {
            ...options,
            ...(compartments !== undefined && { protectedFiles: [compartments] }),
            trace: name,
            signal,
            onProgress: (state) => progress.update(basename(name), state),
            onWarning: (message) => {
              progress.clear();
              warn(message);
            },
          });
          progress.clear();
          if (!quiet) await print(`${summaryText(origin.name, summary)}\n`);
        } catch (error) {
          progress.clear();
          codes.push(report(error));
        }
      }
    } finally {
      archives.close();
    }
    return worst(codes);
  });
});

/** `PktMon.etl: 12 packets, 40 events, 3 conversations, 2 interfaces, 1 finding (5 files, 24.1 KiB)` */
function summaryText(
  name: string,
  { files, packetsOfOmittedConversations: omitted, rows }: TablesSummary,
): string {
  const rowsText = Object.entries(rows)
    .map(([table, number]) => (number === 1 ? `1 ${table.slice(0, -1)}` : `${count(number)} ${table}`))
    .join(', ');
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const note =
    omitted === 0
      ? ''
      : `; too many conversations: ${plural(omitted, 'packet')} of further ones in no row of conversations`;
  return `${printable(name)}: ${rowsText} (${plural(files.length, 'file')}, ${size(bytes)})${note}`;
}
