import { basename } from 'node:path';
import { jsonText } from '../../etw/index.js';
import { type TraceInfo, traceInfoList } from '../../info/index.js';
import { Inputs, type TraceInput } from '../../io/index.js';
import { traceInfo } from '../../library/index.js';
import { compartmentsFile } from '../conversion-options.js';
import { Exit, type ExitCode, UsageError, worst } from '../exit.js';
import { assertPrintsIntoNoInput, onInterrupt, STANDARD_STREAM } from '../files.js';
import { tracesOf } from '../inputs.js';
import { parseCommandLine } from '../parse.js';
import { print } from '../print.js';
import { report } from '../print-error.js';
import { layOut } from '../text/display-width.js';
import { ProgressLine } from '../text/progress.js';
import { infoText } from '../text/trace-info.js';

const HELP = `
  Usage
    $ etlcap info FILE.etl …

  Says what is inside a trace without converting it: host and Windows version, times and clock,
  what was lost or damaged, providers with their events and packets, interfaces, the places where
  packets were seen, pktmon's components and counters, compartments, filters.

  Options
        --compartments FILE    names and addresses: ipconfig /allcompartments, Get-NetIPAddress
        --json                 everything, as one JSON object; {"traces":[…]} for several traces

  Examples
    $ etlcap info NetTrace.etl
    $ ssh host cat PktMon.etl | etlcap info -
    $ etlcap info --json PktMon.etl | jq '.components[] | select(.dropCounters.packetsIn != "0")'

  Exit codes
    0 said   1 a file could not be read   2 usage
`;

const FLAGS = {
  compartments: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** `etlcap info FILE.etl …` */
export async function infoCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags, input } = parseCommandLine(argv, {
    description: 'What is inside an ETL trace',
    help: HELP,
    flags: FLAGS,
  });
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  if (input.length === 0)
    throw new UsageError('no input; etlcap info FILE.etl, etlcap info --help says more');
  if (input.filter((name) => name === STANDARD_STREAM).length > 1) throw new UsageError('- stands twice');
  assertPrintsIntoNoInput(input);
  const compartments =
    flags.compartments === undefined ? undefined : await compartmentsFile(flags.compartments);

  const interruption = new AbortController();
  const { signal } = interruption;
  const stopListening = onInterrupt(interruption);
  const progress = new ProgressLine(true);
  const codes: ExitCode[] = [];
  const traces: TraceInfo[] = [];
  const inputs = new Inputs({ signal });
  let found = 0;
  const one = async (source: TraceInput): Promise<void> => {
    found += 1;
    try {
      const trace = await traceInfo(source, {
        ...(compartments && { compartments }),
        signal,
        onProgress: (state) => progress.update(basename(source.name), state),
      });
      progress.clear();
      if (!flags.json) {
        const text = await layOut(() => infoText(trace));
        await print(`${traces.length > 0 ? '\n' : ''}${text}\n`);
      }
      traces.push(trace);
    } catch (error) {
      progress.clear();
      codes.push(report(error));
    }
  };
  try {
    for (const name of input) {
      for (const source of await tracesOf(inputs, name, signal)) {
        if (signal.aborted) break;
        await one(source);
      }
    }
  } finally {
    inputs.close();
    progress.clear();
    stopListening();
  }
  const value = found === 1 ? traces[0] : traceInfoList(traces);
  if (flags.json && value !== undefined) await print(`${jsonText(value)}\n`);
  return worst(codes);
}
