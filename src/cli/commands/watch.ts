import { type BatchReport, Watch } from '../../batch/index.js';
import { choice, spreadGreedy } from '../arguments.js';
import { BATCH_FLAGS, BATCH_HELP, reportFiles, seconds, workOptions } from '../batch-options.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { parseCommandLine } from '../parse.js';
import { print } from '../print.js';
import { report as reportError } from '../print-error.js';
import { batchLog } from '../text/batch-log.js';
import { BatchProgress } from '../text/batch-progress.js';
import { writeReport } from '../text/batch-report.js';
import { finish, onSignals } from './batch.js';

const HELP = `
  Usage
    $ etlcap watch DIR -o OUTDIR

  Converts traces as they arrive in DIR, until SIGTERM or Ctrl-C. What is in work then is given up without a trace of it;
  the next watch takes it up.

    -o, --output OUTDIR         where the outputs go
    -j, --jobs N                conversions at a time (default: one for each core)
    -f, --force                 also what an earlier run has done
        --interval SECONDS      between two looks at the directory (default: 2)
        --settle SECONDS        a trace is complete when it has not changed for so long and its session is closed
                                (default: 5)
        --settle-open SECONDS   … or for so long, where the session was never closed (default: 300)
${BATCH_HELP}

  Example
    $ etlcap watch /incoming -o /captures --report /captures/report.json
`;

const FLAGS = {
  ...BATCH_FLAGS,
  interval: { type: 'string' },
  settle: { type: 'string' },
  settleOpen: { type: 'string' },
} as const;

/** `etlcap watch DIR -o OUTDIR` */
export async function watchCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags, input } = parseCommandLine(spreadGreedy(argv), {
    description: 'Converts ETL traces as they arrive',
    help: HELP,
    flags: FLAGS,
  });
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  const [directory, ...others] = input;
  if (directory === undefined || others.length > 0) throw new UsageError('etlcap watch takes one directory');
  const reports = reportFiles(flags.report);
  const format = choice('--log-format', flags.logFormat, ['text', 'json']) ?? 'text';
  const settle = seconds('--settle', flags.settle, 5);
  const watch = new Watch(
    {
      ...(await workOptions(flags)),
      directory,
      interval: seconds('--interval', flags.interval, 2),
      settle,
      settleUnclosed: Math.max(settle, seconds('--settle-open', flags.settleOpen, 300)),
    },
    // Nobody knows how much is still to come: lines, no progress.
    batchLog(new BatchProgress(true), format, flags.quiet),
  );
  const stopListening = onSignals(() => watch.stop());
  try {
    const report = await watch.run(async (soFar: BatchReport) => {
      for (const file of reports) await writeReport(file, soFar).catch(reportError);
    });
    return await finish(report, reports, flags);
  } finally {
    stopListening();
  }
}
