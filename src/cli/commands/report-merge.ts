import { readFile } from 'node:fs/promises';
import { type BatchReport, mergeReports, parseReport } from '../../batch/index.js';
import { InputGuard, removeLeftovers, systemReason } from '../../io/index.js';
import { ConvertError } from '../../passes/index.js';
import { reportFiles } from '../batch-options.js';
import { Exit, type ExitCode, UsageError } from '../exit.js';
import { parseCommandLine } from '../parse.js';
import { print } from '../print.js';
import { finish } from './batch.js';

const HELP = `
  Usage
    $ etlcap report merge SHARE.json … [-o ALL.json] [-o ALL.xml]

  Joins the reports of all shares of a batch (etlcap batch --shard … --report SHARE.json). Fails where a share is missing.

    -o, --output FILE    .json or .xml (JUnit); may stand twice
        --json           the joined report on standard output
    -q, --quiet          only what went wrong

  Exit codes
    those of the batch as a whole; 1 also where shares are missing or do not belong together
`;

const FLAGS = {
  output: { type: 'string', short: 'o', multiple: true },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
} as const;

/** `etlcap report merge SHARE.json …` */
export async function reportMergeCommand(argv: readonly string[]): Promise<ExitCode> {
  const { answer, flags, input } = parseCommandLine(argv, {
    description: "Joins the reports of a batch's shares",
    help: HELP,
    flags: FLAGS,
  });
  if (answer !== undefined) {
    await print(answer);
    return Exit.converted;
  }
  if (input.length === 0) throw new UsageError('no reports; etlcap report merge SHARE.json …');
  const outputs = reportFiles(flags.output);
  const guard = new InputGuard();
  for (const path of input) guard.add(path);
  for (const { path } of outputs) guard.check(path);
  await removeLeftovers(outputs.map(({ path }) => path));
  const reports = new Map<string, BatchReport>();
  for (const path of input) reports.set(path, parseReport(path, await readText(path)));
  return finish(mergeReports(reports), outputs, flags);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConvertError('input', `${path}: ${systemReason(error)}`, { cause: error });
  }
}
