import { Batch, type BatchReport, parseShard, type Shard, shardFromEnvironment } from '../../batch/index.js';
import { jsonText } from '../../etw/index.js';
import { choice, spreadGreedy } from '../arguments.js';
import {
  BATCH_FLAGS,
  BATCH_HELP,
  type ReportFile,
  reportFiles,
  wholeNumber,
  workOptions,
} from '../batch-options.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { parseCommandLine } from '../parse.js';
import { print } from '../print.js';
import { report as reportError } from '../print-error.js';
import { batchLog } from '../text/batch-log.js';
import { BatchProgress } from '../text/batch-progress.js';
import { batchExit, reportText, writeReport } from '../text/batch-report.js';
import { layOut } from '../text/display-width.js';
import { annotations, GROUP_END, groupStart, isGitHub } from '../text/github.js';

const HELP = `
  Usage
    $ etlcap batch DIR|GLOB|FILE … -o OUTDIR

  Converts every trace it finds: .etl, .etl.gz, .etl.zst, and those in .zip, .cab, .tar, .tar.gz and .tar.zst, at most
  four archives deep. The tree keeps its shape; an archive becomes a directory of its name. What an
  earlier run has done is not done again, so that the same command goes on after Ctrl-C.

    -o, --output OUTDIR         where the outputs go
    -j, --jobs N                conversions at a time, each on one core (default: one for each core)
    -f, --force                 also what an earlier run has done
        --fail-fast             end at the first failure
        --shard 3/8             the third of eight shares, equal by size; without it, what the CI engine says
        --shards 8              the number of shares, where the engine only says which (Kubernetes)
${BATCH_HELP}

  Examples
    $ etlcap batch traces/ -o captures/
    $ etlcap batch 'logs/**/*.etl' -o captures/ --report traces.xml --require-packets
    $ etlcap batch /traces -o /captures --shard 3/8 --report share3.json
    $ etlcap report merge share*.json -o all.json

  Exit codes
    0 all converted, or without packets   1 some failed   2 usage   3 lost or damaged, with --strict
`;

const FLAGS = {
  ...BATCH_FLAGS,
  failFast: { type: 'boolean', default: false },
  shard: { type: 'string' },
  shards: { type: 'string' },
} as const;

/** Shares at most. */
const MAX_SHARDS = 10_000;

/** `etlcap batch DIR … -o OUTDIR` */
export async function batchCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags, input } = parseCommandLine(spreadGreedy(argv), {
    description: 'Converts directories of ETL traces',
    help: HELP,
    flags: FLAGS,
  });
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  if (input.length === 0) throw new UsageError('no input; etlcap batch DIR -o OUTDIR');
  const shard = shardOf(flags.shard, wholeNumber('--shards', flags.shards, MAX_SHARDS));
  const reports = reportFiles(flags.report);
  const format = choice('--log-format', flags.logFormat, ['text', 'json']) ?? 'text';
  const work = await workOptions(flags);
  const progress = new BatchProgress(flags.quiet);
  const batch = new Batch(
    { ...work, inputs: input, failFast: flags.failFast, ...(shard && { shard }) },
    batchLog(progress, format, flags.quiet),
  );
  const stopListening = onSignals(() => {
    progress.above('etlcap: ending; once more ends at once');
    batch.interrupt();
  });
  const isGrouped = isGitHub && format === 'text' && !flags.quiet;
  let report: BatchReport;
  try {
    await progress.start();
    if (isGrouped) process.stderr.write(`${groupStart('etlcap batch')}\n`);
    report = await batch.run();
  } finally {
    stopListening();
    progress.stop();
    if (isGrouped) process.stderr.write(`${GROUP_END}\n`);
  }
  if (isGitHub && format === 'text')
    for (const line of annotations(report)) process.stderr.write(`${line}\n`);
  return finish(report, reports, flags);
}

/** Writes and prints the report. */
export async function finish(
  report: BatchReport,
  files: readonly ReportFile[],
  { json, quiet }: { readonly json: boolean; readonly quiet: boolean },
): Promise<ExitCode> {
  let code = batchExit(report);
  for (const file of files) {
    try {
      await writeReport(file, report);
    } catch (error) {
      // The traces are converted: the other reports are written all the same.
      reportError(error);
      code = Exit.failed;
    }
  }
  if (json) await print(`${jsonText(report)}\n`);
  else if (!quiet) await print(`${await layOut(() => reportText(report))}\n`);
  return code;
}

/** @throws UsageError or ConvertError `usage` */
function shardOf(text: string | undefined, count: number | undefined): Shard | undefined {
  if (text !== undefined && count !== undefined)
    throw new UsageError('--shard says how many: leave --shards');
  const shard = text === undefined ? shardFromEnvironment(process.env, count) : parseShard(text);
  // One share of one is the whole, whoever says it.
  return shard?.count === 1 ? undefined : shard;
}

/** Calls back at each signal that asks for an end; the process goes on. */
export function onSignals(callback: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, callback);
  return () => {
    for (const signal of signals) process.removeListener(signal, callback);
  };
}
