import { readFile } from 'node:fs/promises';
import { type BatchReport, mergeReports, parseReport } from '../../batch/index.js';
import { InputGuard, removeLeftovers, systemReason } from '../../io/index.js';
import { ConvertError } from '../../passes/index.js';
import { assertInputs, command } from '../command.js';
import { finish } from './batch.js';

/** `etlcap report merge SHARD.json …` */
export const reportMergeCommand = command('report merge', async (flags, input) => {
  assertInputs('report merge', input);
  const guard = new InputGuard();
  for (const path of input) guard.add(path);
  for (const path of flags.joinedReports) guard.check(path);
  await removeLeftovers(flags.joinedReports);
  const reports = new Map<string, BatchReport>();
  for (const path of input) reports.set(path, parseReport(path, await readText(path)));
  return finish(mergeReports(reports), flags.joinedReports, flags);
});

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConvertError('input', `${path}: ${systemReason(error)}`, { cause: error });
  }
}
