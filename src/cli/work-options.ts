import { availableParallelism } from 'node:os';
import type { WorkOptions } from '../batch/index.js';
import type { Flags } from '../options/index.js';
import { UsageError } from './exit.js';
import { STANDARD_STREAM } from './files.js';
import { readOptions } from './read-options.js';

/** The work of `batch` and `watch`. @throws UsageError */
export async function workOptions(flags: Flags<'batch'> | Flags<'watch'>): Promise<WorkOptions> {
  const { compartments, diagnose, force, jobs, outputDirectory, report, requirePackets, sha256, strict } =
    flags;
  if (outputDirectory === undefined || outputDirectory === STANDARD_STREAM) {
    throw new UsageError('missing output directory; use -o OUTDIR');
  }
  const { force: _, ...options } = await readOptions('batch', flags);
  return {
    outputDirectory,
    jobs: jobs ?? availableParallelism(),
    options: { ...options, ...(compartments !== undefined && { protectedFiles: [compartments] }) },
    reports: report,
    force,
    sha256,
    diagnose,
    table: 'table' in flags && flags.table,
    rules: { requirePackets, strict },
  };
}
