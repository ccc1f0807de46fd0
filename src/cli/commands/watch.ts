import { type BatchReport, Watch } from '../../batch/index.js';
import { command } from '../command.js';
import { UsageError } from '../exit.js';
import { report as reportError } from '../print-error.js';
import { batchLog } from '../text/batch-log.js';
import { BatchProgress } from '../text/batch-progress.js';
import { writeReport } from '../text/batch-report.js';
import { workOptions } from '../work-options.js';
import { finish, onSignals } from './batch.js';

/** `etlcap watch DIR -o OUTDIR` */
export const watchCommand = command('watch', async (flags, input) => {
  const [directory, ...others] = input;
  if (directory === undefined || others.length > 0) {
    throw new UsageError('one directory required: etlcap watch DIR -o OUTDIR');
  }
  const { interval = 2, logFormat = 'text', settle = 5, settleOpen = 300 } = flags;
  const watch = new Watch(
    {
      ...(await workOptions(flags)),
      directory,
      interval,
      settle,
      settleUnclosed: Math.max(settle, settleOpen),
    },
    // The number of traces is unknown: lines, no progress.
    batchLog(new BatchProgress(true, false), logFormat, flags.quiet),
  );
  const stopListening = onSignals(() => watch.stop());
  try {
    const report = await watch.run(async (soFar: BatchReport) => {
      for (const path of flags.report) await writeReport(path, soFar).catch(reportError);
    });
    return await finish(report, flags.report, flags);
  } finally {
    stopListening();
  }
});
