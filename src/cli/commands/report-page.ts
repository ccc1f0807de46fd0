import { basename } from 'node:path';
import { printable } from '../../etw/index.js';
import { plural } from '../../format/index.js';
import { Inputs } from '../../io/index.js';
import { writeReport } from '../../library/index.js';
import { spreadGreedy } from '../arguments.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { assertPrintsIntoNoInput, onInterrupt, STANDARD_STREAM, streamName, textStream } from '../files.js';
import { tracesTogether, withFailures } from '../inputs.js';
import { parseCommandLine } from '../parse.js';
import { PATH_FLAGS, PATH_HELP, pathOptions } from '../path-options.js';
import { print } from '../print.js';
import { warn } from '../print-error.js';
import { troubleLines } from '../text/conversion-summary.js';
import { ProgressLine } from '../text/progress.js';

const HELP = `
  Usage
    $ etlcap report FILE.etl … -o report.html    one page about the ways of packets, to be read in a browser
    $ etlcap report merge SHARE.json …           join reports of etlcap batch (etlcap report merge --help)

  The page needs nothing else and asks for nothing: it can be sent, and read offline. It shows packets and drops
  over time, the stack with what went where, the time from hop to hop, conversations, and every drop.

${PATH_HELP}

  Output
    -o, --output FILE        the page; - for standard output
    -f, --force              replace a page that exists
    -q, --quiet              say nothing but what went wrong

  Examples
    $ etlcap report PktMon.etl -o report.html
    $ etlcap report PktMon.etl --drops only -o drops.html

  Exit codes
    0 written   1 failed   2 usage   4 no packets, or none that fits: no page
`;

const FLAGS = {
  ...PATH_FLAGS,
  output: { type: 'string', short: 'o' },
  force: { type: 'boolean', short: 'f', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
} as const;

/** `etlcap report FILE.etl … -o report.html` */
export async function reportPageCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags, input } = parseCommandLine(spreadGreedy(argv), {
    description: 'A page about the ways of packets through a Windows host',
    help: HELP,
    flags: FLAGS,
  });
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  const { compartments, force, quiet } = flags;
  if (input.length === 0) throw new UsageError('no input; etlcap report FILE.etl -o report.html');
  if (flags.output === undefined) throw new UsageError('where does the page go? -o report.html, or -o -');
  const output = streamName(flags.output);
  if (input.filter((name) => name === STANDARD_STREAM).length > 1) throw new UsageError('- stands twice');
  assertPrintsIntoNoInput(input);
  const interruption = new AbortController();
  const { signal } = interruption;
  const stopListening = onInterrupt(interruption);
  const progress = new ProgressLine(!quiet);
  const [first = ''] = input;
  const stream = output === STANDARD_STREAM ? undefined : textStream([output]);
  const inputs = new Inputs({ signal });
  try {
    const { codes, traces } = await tracesTogether(inputs, input, signal);
    const packets = await writeReport(traces, output === STANDARD_STREAM ? process.stdout : output, {
      ...(await pathOptions(flags)),
      force,
      ...(compartments !== undefined && { protectedFiles: [compartments] }),
      signal,
      onWarning: (message) => {
        progress.clear();
        warn(message);
      },
      lossesOf: troubleLines,
      onProgress: (state) => progress.update(basename(first), state),
    });
    progress.clear();
    if (packets === 0) {
      process.stderr.write(
        `etlcap: ${printable(input.join(', '))}: no packets, or none that fits; no page written\n`,
      );
      return withFailures(Exit.noPackets, codes);
    }
    if (!quiet && stream !== undefined) {
      await print(`Wrote ${printable(output)}: ${plural(packets, 'packet')}\n`, stream);
    }
    return withFailures(Exit.converted, codes);
  } finally {
    inputs.close();
    progress.clear();
    stopListening();
  }
}
