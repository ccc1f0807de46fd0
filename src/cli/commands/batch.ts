import { Batch, type BatchReport, parseShard, type Shard, shardFromEnvironment } from '../../batch/index.js';
import { jsonText } from '../../etw/index.js';
import { usesColor } from '../colors.js';
import { assertInputs, command } from '../command.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { print } from '../print.js';
import { report as reportError } from '../print-error.js';
import { batchLog } from '../text/batch-log.js';
import { BatchProgress } from '../text/batch-progress.js';
import { batchExit, reportText, writeReport } from '../text/batch-report.js';
import { layOut } from '../text/display-width.js';
import { annotations, GROUP_END, groupStart, isGitHub } from '../text/github.js';
import { workOptions } from '../work-options.js';

/** `etlcap batch DIR … -o OUTDIR` */
export const batchCommand = command('batch', async (flags, input) => {
  assertInputs('batch', input);
  const shard = shardOf(flags.shard, flags.shards);
  const { logFormat: format = 'text' } = flags;
  const work = await workOptions(flags);
  const progress = new BatchProgress(flags.quiet, usesColor(flags.noColor));
  const batch = new Batch(
    { ...work, inputs: input, failFast: flags.failFast, ...(shard && { shard }) },
    batchLog(progress, format, flags.quiet),
  );
  const stopListening = onSignals(() => {
    progress.above('etlcap: stopping; press Ctrl-C again to stop at once');
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
  return finish(report, flags.report, flags);
});

/** Writes and prints the report. */
export async function finish(
  report: BatchReport,
  files: readonly string[],
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
    throw new UsageError('--shards cannot be combined with --shard N/M');
  const shard = text === undefined ? shardFromEnvironment(process.env, count) : parseShard(text);
  // One shard of one is the whole.
  return shard?.count === 1 ? undefined : shard;
}

/** Calls back at each signal that ends a process; the process continues. */
export function onSignals(callback: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, callback);
  return () => {
    for (const signal of signals) process.removeListener(signal, callback);
  };
}
