import type { ConvertOptions } from '../library/index.js';
import type { DiagnosisDocument } from '../listing/index.js';
import type { CorrelationCounts } from '../packets/index.js';
import type {
  EventsFileSummary,
  Hint,
  OutputSummary,
  TraceSummary,
  UnknownComponents,
} from '../passes/index.js';
import type { TableFileSummary } from '../table/index.js';

/** One trace to convert. */
export interface Job {
  /** Name in reports: the path, and for a member of an archive `path#member`. Unique in a batch. */
  readonly input: string;
  readonly path: string;
  /** The members of archives that lead to it, by their positions; empty: the file itself. */
  readonly steps: readonly number[];
  /** Bytes, of a member expanded: for the order of work and for shares. */
  readonly size: number;
  /** Nanoseconds since 1970 at which the file was changed last. Compared, never calculated with. */
  readonly changed: string;
  /** The path of the pcapng file. */
  readonly target: string;
  /** `target` relative to the output directory, with `/`: the same on every machine. */
  readonly key: string;
}

/** Messages to a worker. */
export type ToWorker =
  | {
      readonly type: 'convert';
      readonly job: Job;
      readonly options: ConvertOptions;
      readonly sha256: boolean;
      readonly diagnose: boolean;
      /** Directory for tables. */
      readonly tables: string | undefined;
    }
  | { readonly type: 'abort' };

/** Messages from a worker. */
export type FromWorker =
  | { readonly type: 'progress'; readonly fraction: number }
  | { readonly type: 'done'; readonly result: JobResult };

/** Findings of one trace that a report lists. */
export const MAX_FINDINGS = 100;

/** A finding in a report; `etlcap diagnose` prints the rest. */
export type BatchFinding = Pick<
  DiagnosisDocument['findings'][number],
  'basis' | 'count' | 'filter' | 'frames' | 'id' | 'severity' | 'title'
>;

/** Damaged sections that a report lists. */
export const MAX_DAMAGE_ITEMS = 20;

/** Outcome of a job. JSON-ready. */
export interface JobResult {
  readonly status: /** There is a pcapng. Its packets can be 0 where it holds events. */
    | 'converted'
    /** A trace without packets: there is no pcapng. */
    | 'no-packets'
    | 'failed'
    /** Ended early: nothing was written. */
    | 'aborted';
  readonly outputs: readonly OutputSummary[];
  /** The file with the events. */
  readonly eventsFile?: EventsFileSummary;
  readonly packets: number;
  /** Counts of packet identification; absent if nothing was read. */
  readonly identity?: CorrelationCounts;
  readonly records: number;
  /** Records that are neither packets nor parts of packets. */
  readonly events: number;
  /** Of {@link packets}, the dropped ones. */
  readonly dropped: number;
  /** Absent if nothing was read; with at most {@link MAX_DAMAGE_ITEMS} items in each list of damage. */
  readonly trace?: TraceSummary;
  /** Facts about the trace that a user may want to act on; absent if nothing was read. */
  readonly hints?: readonly Hint[];
  /** Names given as components that no interface of the trace has; absent if all have a match. */
  readonly unknownComponents?: UnknownComponents;
  /** With `diagnose`, the most severe first, at most {@link MAX_FINDINGS}. */
  readonly findings?: readonly BatchFinding[];
  /** With `table`: the files of the tables. */
  readonly tables?: readonly TableFileSummary[];
  /** SHA-256 of the trace, expanded; hexadecimal. */
  readonly sha256?: string;
  readonly seconds: number;
  readonly error?: JobError;
}

export interface JobError {
  /**
   * `input`, `output`, `exists`, `usage`: see ConvertError. `crashed`: the worker was killed or ran out of memory.
   * `internal`: a mistake in etlcap.
   */
  readonly code: 'input' | 'output' | 'exists' | 'usage' | 'crashed' | 'internal';
  readonly message: string;
}

const NOTHING = { outputs: [], records: 0, packets: 0, events: 0, dropped: 0 } as const;

/** The result of a job that failed. */
export const failedResult = (error: JobError, seconds = 0): JobResult => ({
  ...NOTHING,
  status: 'failed',
  seconds,
  error,
});

/** The result of a job that was aborted or not started. */
export const abortedResult = (seconds = 0): JobResult => ({ ...NOTHING, status: 'aborted', seconds });
