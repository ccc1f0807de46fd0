import type { ExitCode } from '../exit.js';

/** `etlcap report FILE.etl … -o report.html` and `etlcap report merge …` */
export async function reportCommand(argv: readonly string[]): Promise<ExitCode> {
  const [first, ...rest] = argv;
  return first === 'merge'
    ? (await import('./report-merge.js')).reportMergeCommand(rest)
    : (await import('./report-page.js')).reportPageCommand(argv);
}
