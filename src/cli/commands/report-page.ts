import { basename } from 'node:path';
import { printable } from '../../etw/index.js';
import { plural } from '../../format/index.js';
import { writeReport } from '../../library/index.js';
import { assertInputs, command } from '../command.js';
import { Exit, UsageError } from '../exit.js';
import { STANDARD_STREAM, streamName, textStream } from '../files.js';
import { tracesTogether, withFailures } from '../inputs.js';
import { print } from '../print.js';
import { warn } from '../print-error.js';
import { readOptions } from '../read-options.js';
import { troubleLines, unknownComponentsText } from '../text/conversion-summary.js';
import { withTraces } from '../with-traces.js';

/** `etlcap report FILE.etl … -o report.html` */
export const reportPageCommand = command('report', async (flags, input) => {
  const { compartments, quiet } = flags;
  assertInputs('report', input);
  if (flags.output === undefined)
    throw new UsageError('missing output file; use -o report.html, or -o - for standard output');
  const output = streamName(flags.output);
  const options = await readOptions('report', flags);
  const [first = ''] = input;
  const stream = output === STANDARD_STREAM ? undefined : textStream([output]);
  return withTraces({ ...flags, showsProgress: !quiet }, async ({ inputs, progress, signal }) => {
    const { codes, traces } = await tracesTogether(inputs, input, signal);
    const packets = await writeReport(traces, output === STANDARD_STREAM ? process.stdout : output, {
      ...options,
      signal,
      ...(compartments !== undefined && { protectedFiles: [compartments] }),
      onWarning: (message) => {
        progress.clear();
        warn(message);
      },
      lossesOf: troubleLines,
      onUnknownComponents: (unknown) => process.stderr.write(`${unknownComponentsText(unknown)}\n`),
      onProgress: (state) => progress.update(basename(first), state),
    });
    progress.clear();
    if (packets === 0) {
      process.stderr.write(`etlcap: ${printable(input.join(', '))}: no packets matched; no report written\n`);
      return withFailures(Exit.noPackets, codes);
    }
    if (!quiet && stream !== undefined) {
      await print(`Wrote ${printable(output)}: ${plural(packets, 'packet')}\n`, stream);
    }
    return withFailures(Exit.converted, codes);
  });
});
