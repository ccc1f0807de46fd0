import { jsonText } from '../etw/index.js';
import type { OpenInput, Output, Runtime } from '../passes/index.js';
import { type TraceSummary, traceSummary } from '../passes/index.js';
import {
  comparePaths,
  type PacketPath,
  type PathComparison,
  type PathJson,
  type PathNames,
  PathSummary,
  type PathSummaryJson,
  pathJson,
  summaryJson,
} from '../paths/index.js';
import { type FollowOptions, followPackets, type PathListeners } from './follow-packets.js';

/** Characters that are collected before they are written. */
const WRITE_CHARACTERS = 64 * 1024;

export interface WritePathsOptions extends FollowOptions {
  /** A path as text that ends in a line break; absent: as JSON, one line each. */
  readonly textOf?: (path: PathJson) => string;
}

/** Counts of a listing of paths. */
export interface ListedPaths {
  /** Paths written. */
  readonly paths: number;
  /** Packet events followed, that is appearances. */
  readonly packets: number;
  /** Paths closed early; their packets may continue as separate paths. */
  readonly cut: number;
  /** Events about packets (VFP, WinNat, HNS) that no packet was found for. */
  readonly unjoinedSteps: number;
}

/**
 * Writes the paths of packets, in the order of their first frames.
 *
 * @param inputs traces of one capture: frames count as in a merged file
 * @throws ConvertError
 */
export async function writePaths(
  inputs: readonly OpenInput[],
  output: Output,
  options: WritePathsOptions,
  runtime: Runtime,
): Promise<ListedPaths> {
  const { textOf = (path) => `${jsonText(path)}\n` } = options;
  const encoder = new TextEncoder();
  let waiting: PacketPath[] = [];
  let text = '';
  let paths = 0;
  const write = async (): Promise<void> => {
    const bytes = encoder.encode(text);
    text = '';
    await output.write(bytes);
  };
  // Many paths are closed at once: they are described and written piece by piece.
  const drain = async (names: PathNames): Promise<void> => {
    const closed = waiting;
    waiting = [];
    for (const path of closed) {
      paths += 1;
      text += textOf(pathJson(path, names));
      if (text.length >= WRITE_CHARACTERS) await write();
    }
  };
  const listeners: PathListeners = { onPath: (path) => waiting.push(path), drain };
  const { cut, names, packets, unjoinedSteps } = await followPackets(inputs, options, listeners, runtime);
  await drain(names);
  if (text !== '') await write();
  return { paths, packets, cut, unjoinedSteps };
}

/** The paths of all packets, and the losses of the traces: a lost event is a missing hop. */
export interface PathSummaryResult extends PathSummaryJson {
  readonly format: 'etlcap-path-summary';
  readonly formatVersion: 1;
  readonly traces: readonly TraceSummary[];
  /** Paths closed early; their packets may continue as separate paths. */
  readonly pathsClosedEarly: number;
}

/** The paths of two captures, and their differences. */
export interface PathComparisonResult {
  readonly format: 'etlcap-path-comparison';
  readonly formatVersion: 1;
  readonly before: PathSummaryResult;
  readonly after: PathSummaryResult;
  readonly comparison: PathComparison;
}

/** Compares two summaries; see {@link comparePaths}. */
export const pathComparison = (
  before: PathSummaryResult,
  after: PathSummaryResult,
): PathComparisonResult => ({
  format: 'etlcap-path-comparison',
  formatVersion: 1,
  before,
  after,
  comparison: comparePaths(before, after),
});

/**
 * Sums up the paths of packets.
 *
 * @throws ConvertError
 */
export async function sumUpPaths(
  inputs: readonly OpenInput[],
  options: FollowOptions,
  runtime: Runtime,
): Promise<PathSummaryResult> {
  let summary: PathSummary | undefined;
  const onPath: PathListeners['onPath'] = (path, pathNames) => {
    summary ??= new PathSummary(pathNames);
    summary.add(path);
  };
  const { cut, names, sessions } = await followPackets(inputs, options, { onPath }, runtime);
  return {
    format: 'etlcap-path-summary',
    formatVersion: 1,
    traces: sessions.map(traceSummary),
    ...summaryJson(summary ?? new PathSummary(names), names),
    pathsClosedEarly: cut,
  };
}
