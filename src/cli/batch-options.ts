import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { WorkOptions } from '../batch/index.js';
import { choice } from './arguments.js';
import { CONVERSION_FLAGS, conversionOptions } from './conversion-options.js';
import { UsageError } from './exit.js';

/** Options that `batch` and `watch` share. */
export const BATCH_FLAGS = {
  output: { type: 'string', short: 'o' },
  jobs: { type: 'string', short: 'j' },
  force: { type: 'boolean', short: 'f', default: false },
  ...CONVERSION_FLAGS,
  requirePackets: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  fsync: { type: 'boolean', default: false },
  sha256: { type: 'boolean', default: false },
  report: { type: 'string', multiple: true },
  logFormat: { type: 'string' },
  json: { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
} as const;

/** Help for them, below what a command has of its own. */
export const BATCH_HELP = `
  What counts, and what is said
        --require-packets       a trace without packets is a failure
        --strict                exit 3 where something was lost or damaged
        --report FILE           .json: everything; .xml: JUnit, one test case for each trace; may stand twice
        --fsync                 wait until outputs are on the disk
        --sha256                the hash of each trace in the report
        --log-format text|json  lines on standard error; json: one object for each file
        --json                  the report on standard output
    -q, --quiet                 only what went wrong

  Options of the conversion are those of etlcap FILE.etl: --events, --comments, --split, --drops …
  --spool-limit also limits what a compressed trace may expand to.`;

type BatchFlags = Parameters<typeof conversionOptions>[0] & {
  readonly jobs?: string | undefined;
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly fsync: boolean;
  readonly sha256: boolean;
  readonly requirePackets: boolean;
  readonly strict: boolean;
  readonly report?: readonly string[] | undefined;
};

/** More workers than this are a slip of the finger. */
const MAX_JOBS = 1024;

/** @throws UsageError */
export async function workOptions(flags: BatchFlags): Promise<WorkOptions> {
  const { compartments, force, fsync, output, report = [], requirePackets, sha256, strict } = flags;
  if (output === undefined || output === '-') throw new UsageError('-o OUTDIR says where the outputs go');
  return {
    outputDirectory: output,
    jobs: wholeNumber('--jobs', flags.jobs, MAX_JOBS) ?? availableParallelism(),
    options: {
      ...(await conversionOptions(flags)),
      fsync,
      ...(compartments !== undefined && { protectedFiles: [compartments] }),
    },
    reports: report,
    force,
    sha256,
    rules: { requirePackets, strict },
  };
}

/** A number from 1 to `most`, or nothing. */
export function wholeNumber(option: string, value: string | undefined, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d+$/u.test(value) ? Number(value) : 0;
  if (number < 1 || number > most) {
    throw new UsageError(`${option} takes a number from 1 to ${most}; not '${value}'`);
  }
  return number;
}

/** A number of seconds, or what stands for it where none is given. */
export function seconds(option: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const number = /^\d+(?:\.\d+)?$/u.test(value) ? Number(value) : Number.NaN;
  // Timers hold 2^31 ms.
  if (!(number <= 2_000_000)) throw new UsageError(`${option} takes a number of seconds; not '${value}'`);
  return number;
}

/** Where reports go, and in which form. */
export interface ReportFile {
  readonly path: string;
  readonly form: 'json' | 'xml';
}

/** @throws UsageError for names whose ending says no form */
export function reportFiles(paths: readonly string[] | undefined): ReportFile[] {
  return (paths ?? []).map((path) => {
    const form = choice('--report FILE, by its ending,', extname(path).slice(1).toLowerCase(), [
      'json',
      'xml',
    ]);
    if (form === undefined) throw new UsageError(`--report ${path}: .json or .xml`);
    return { path, form };
  });
}
