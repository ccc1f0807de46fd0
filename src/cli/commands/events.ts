import { Inputs } from '../../io/index.js';
import { type ListEventsOptions, listEvents } from '../../library/index.js';
import type { Hint } from '../../passes/index.js';
import { spreadGreedy } from '../arguments.js';
import { EVENT_FLAGS, eventOptions } from '../conversion-options.js';
import { Exit, type ExitCode, UsageError, worst } from '../exit.js';
import { assertPrintsIntoNoInput, onInterrupt, STANDARD_STREAM } from '../files.js';
import { tracesOf } from '../inputs.js';
import { parseCommandLine } from '../parse.js';
import { print } from '../print.js';
import { report, warn } from '../print-error.js';
import { noEventsText } from '../text/conversion-summary.js';
import { eventLine } from '../text/event-line.js';

const HELP = `
  Usage
    $ etlcap events FILE.etl …

  Prints everything in a trace that is not a packet, in the order of time: one line for each event.

  Options
        --ndjson, --json          one JSON object for each event, as in FILE.events.ndjson
        --providers NAME|GUID …   only events of these providers
        --level LEVEL             up to critical, error, warning, info or verbose
        --manifest FILE|DIR       manifests for events that the trace does not describe

  Examples
    $ etlcap events NetTrace.etl --level warning
    $ etlcap events PktMon.etl --ndjson | jq 'select(.name == "ComponentInfo") | .data.Name'
    $ etlcap events NetTrace.etl --providers Microsoft-Windows-TCPIP | less

  Exit codes
    0 said   1 a file could not be read   2 usage
`;

const FLAGS = {
  ...EVENT_FLAGS,
  ndjson: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** `etlcap events FILE.etl …` */
export async function eventsCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags, input } = parseCommandLine(spreadGreedy(argv), {
    description: 'The events of an ETL trace that are not packets',
    help: HELP,
    flags: FLAGS,
  });
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  if (input.length === 0) {
    throw new UsageError('no input; etlcap events FILE.etl, etlcap events --help says more');
  }
  if (input.filter((name) => name === STANDARD_STREAM).length > 1) throw new UsageError('- stands twice');
  assertPrintsIntoNoInput(input);
  const isJson = flags.ndjson || flags.json;
  return printAll(input, { ...eventOptions(flags), ...(!isJson && { lineOf: eventLine }) });
}

async function printAll(input: readonly string[], options: ListEventsOptions): Promise<ExitCode> {
  const interruption = new AbortController();
  const { signal } = interruption;
  const stopListening = onInterrupt(interruption);
  const codes: ExitCode[] = [];
  const inputs = new Inputs({ signal });
  try {
    for (const name of input) {
      for (const source of await tracesOf(inputs, name, signal)) {
        if (signal.aborted) return worst(codes);
        try {
          const hints: Hint[] = [];
          const onHint = (hint: Hint): void => void hints.push(hint);
          await listEvents(source, process.stdout, { ...options, signal, onHint, onWarning: warn });
          const noEvents = noEventsText(source.name, hints);
          if (noEvents !== undefined) process.stderr.write(noEvents);
        } catch (error) {
          // `etlcap events … | head`: the reader has seen enough.
          if (isReaderGone(error)) return worst(codes);
          codes.push(report(error));
        }
      }
    }
  } finally {
    inputs.close();
    stopListening();
  }
  return worst(codes);
}

/** The write that found the pipe closed, or a later one to a stream that is destroyed since. */
const READER_GONE: ReadonlySet<unknown> = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

function isReaderGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && READER_GONE.has(error.code)) || isReaderGone(error.cause);
}
