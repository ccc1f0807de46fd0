import { type ExitCode, UsageError } from './exit.js';

/** `etlcap report merge …` */
export async function reportCommand(argv: readonly string[]): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first !== 'merge')
    throw new UsageError('etlcap report merge SHARE.json … joins reports of etlcap batch');
  return (await import('./report-merge.js')).reportMergeCommand(rest);
}
