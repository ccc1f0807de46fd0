import type { BatchListener, FileReport } from '../../batch/index.js';
import { jsonText, printable } from '../../etw/index.js';
import type { BatchProgress } from './batch-progress.js';
import { fileLine } from './batch-report.js';

export type LogFormat = 'text' | 'json';

/**
 * Log of a batch on standard error: failures at once; without a progress line, a line for every file; with `json`, one
 * object for each file and nothing else.
 */
export function batchLog(progress: BatchProgress, format: LogFormat, isQuiet: boolean): BatchListener {
  const says = (file: FileReport): boolean =>
    file.status === 'failed' || (!isQuiet && !progress.isShown && file.status !== 'not-run');
  return {
    onPlan: (files, bytes) => progress.onPlan(files, bytes),
    onStart: (input) => progress.onStart(input),
    onProgress: (input, fraction) => progress.onProgress(input, fraction),
    onFile: (file) => {
      progress.done(file.input, file.bytes, file.skipped === true);
      if (format === 'json') progress.above(jsonText({ type: 'file', ...file }));
      else if (says(file)) progress.above(`etlcap: ${fileLine(file)}`);
    },
    onWarning: (message) => {
      progress.above(
        format === 'json' ? jsonText({ type: 'warning', message }) : `etlcap: ${printable(message)}`,
      );
    },
  };
}
