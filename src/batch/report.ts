import type { CorrelationCounts, MatchKind } from '../packets/index.js';
import type { JobResult } from './job.js';
import type { Shard } from './shard.js';

/** One trace in a report. */
export interface FileReport extends Omit<JobResult, 'status'> {
  /** The path; of a member of an archive `path#member`. */
  readonly input: string;
  /** Bytes of the trace, of a member expanded. */
  readonly bytes: number;
  readonly status:
    | JobResult['status']
    /** Not begun: the batch was interrupted, or --fail-fast ended it. */
    | 'not-run'
    /** Another name of a file that is in the report under `sameAs`. */
    | 'duplicate'
    /** An archive without a trace: `reason` lists its contents. */
    | 'no-trace';
  /** True if an earlier run converted it: the other members are that run's. */
  readonly skipped?: boolean;
  /** True if it was skipped because of a newer output, which was not examined: packets and events are 0. */
  readonly unchecked?: boolean;
  readonly sameAs?: string;
  readonly reason?: string;
}

/** Counts over all files of a report. */
export interface BatchTotals {
  readonly files: number;
  readonly converted: number;
  readonly noPackets: number;
  readonly failed: number;
  readonly duplicates: number;
  /** Archives without a trace. */
  readonly noTrace: number;
  /** Aborted or not started. */
  readonly notRun: number;
  /** Of those converted or without packets: done by an earlier run. */
  readonly skipped: number;
  /** Something was lost or damaged. */
  readonly lossy: number;
  readonly bytes: number;
  readonly records: number;
  readonly packets: number;
  /** Records that are neither packets nor parts of packets. */
  readonly events: number;
  /** Of {@link packets}, the dropped ones. */
  readonly dropped: number;
  /** Counts of packet identification, over all files that were read. */
  readonly identity: CorrelationCounts;
}

/** Value of the member `format`. */
export const REPORT_FORMAT = 'etlcap-batch';
/** Raised when a member changes its meaning; new members do not raise it. */
export const REPORT_FORMAT_VERSION = 2;

/** The results of a batch: the content of `--report FILE.json`. */
export interface BatchReport {
  readonly format: typeof REPORT_FORMAT;
  readonly formatVersion: typeof REPORT_FORMAT_VERSION;
  /** ISO 8601. */
  readonly started: string;
  /** From start to end, by a monotonic clock. */
  readonly seconds: number;
  readonly interrupted: boolean;
  readonly rules: BatchRules;
  /** Absent where the batch was not shared out, and in joined reports. */
  readonly shard?: Shard;
  /** Hash of the list that was divided into shards: equal for all shards of one batch. */
  readonly list: string;
  readonly totals: BatchTotals;
  /** In the order of their names. */
  readonly files: readonly FileReport[];
}

/** Criteria of success. */
export interface BatchRules {
  /** A trace without packets is a failure. */
  readonly requirePackets: boolean;
  /** Something lost or damaged makes the batch end with 3. */
  readonly strict: boolean;
}

/** Whether something was lost or damaged, or may have been. */
export function isLossy({ trace }: FileReport): boolean {
  if (trace === undefined) return false;
  const { closed, damage, incomplete, lost } = trace;
  if (!closed || damage.sections > 0 || damage.repeatedBuffers > 0) return true;
  return [...Object.values(lost), ...Object.values(incomplete)].some((count) => count > 0);
}

/** Whether a file counts as failed under these rules. */
export const isFailure = (file: FileReport, { requirePackets }: BatchRules): boolean =>
  file.status === 'failed' || (requirePackets && isWithoutPackets(file));

/** Whether a trace is known to have no packets, also if its events are in a pcapng. */
const isWithoutPackets = ({ packets, status, unchecked }: FileReport): boolean =>
  status === 'no-packets' ||
  status === 'no-trace' ||
  (status === 'converted' && packets === 0 && unchecked !== true);

/** Counts the files of a report. */
export function totalsOf(files: readonly FileReport[]): BatchTotals {
  const count = (wanted: (file: FileReport) => boolean): number => files.filter(wanted).length;
  const sum = (value: (file: FileReport) => number): number =>
    files.reduce((total, file) => total + value(file), 0);
  return {
    files: files.length,
    converted: count(({ status }) => status === 'converted'),
    noPackets: count(({ status }) => status === 'no-packets'),
    failed: count(({ status }) => status === 'failed'),
    duplicates: count(({ status }) => status === 'duplicate'),
    noTrace: count(({ status }) => status === 'no-trace'),
    notRun: count(({ status }) => status === 'not-run' || status === 'aborted'),
    skipped: count(({ skipped }) => skipped === true),
    lossy: count(isLossy),
    bytes: sum(({ bytes, status }) => (status === 'duplicate' ? 0 : bytes)),
    records: sum(({ records }) => records),
    packets: sum(({ packets }) => packets),
    events: sum(({ events }) => events),
    dropped: sum(({ dropped }) => dropped),
    identity: identitySums(files),
  };
}

function identitySums(files: readonly FileReport[]): CorrelationCounts {
  const sum = (value: (counts: CorrelationCounts) => number): number =>
    files.reduce((total, { identity }) => total + (identity === undefined ? 0 : value(identity)), 0);
  const sumOf = (kind: MatchKind): number => sum(({ matches }) => matches[kind]);
  return {
    packets: sum(({ packets }) => packets),
    appearances: sum(({ appearances }) => appearances),
    ambiguous: sum(({ ambiguous }) => ambiguous),
    closedEarly: sum(({ closedEarly }) => closedEarly),
    dropRecords: sum(({ dropRecords }) => dropRecords),
    droppedPackets: sum(({ droppedPackets }) => droppedPackets),
    inferredDrops: sum(({ inferredDrops }) => inferredDrops),
    matches: {
      number: sumOf('number'),
      content: sumOf('content'),
      translated: sumOf('translated'),
      split: sumOf('split'),
      joined: sumOf('joined'),
      encapsulated: sumOf('encapsulated'),
    },
  };
}
