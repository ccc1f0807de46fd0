import type { Writable } from 'node:stream';
import { jsonText } from '../etw/index.js';
import type { ConvertInput } from '../io/index.js';
import { StreamOutput } from '../io/index.js';
import { checkOptions } from '../options/index.js';
import { type TraceSummary, traceSummary } from '../passes/index.js';
import {
  type PacketPath,
  type PathJson,
  type PathNames,
  PathSummary,
  type PathSummaryJson,
  pathJson,
  summaryJson,
} from '../paths/index.js';
import { followPackets, type PathOptions } from './follow-packets.js';

/** Characters that are collected before they are written. */
const WRITE_CHARACTERS = 64 * 1024;

export interface ListPathsOptions extends PathOptions {
  /** A path as text that ends in a line break, `number` from 1; absent: as JSON, one line each. */
  readonly textOf?: (path: PathJson, number: number) => string;
}

/** What listing paths went through. */
export interface ListedPaths {
  /** Paths written. */
  readonly paths: number;
  /** Packet events followed, that is appearances. */
  readonly packets: number;
  /** Paths closed early; their packets may go on as paths of their own. */
  readonly cut: number;
}

/**
 * Writes the paths of packets, in the order of their first frames.
 *
 * @param inputs traces that belong together: frames count as in one merged capture
 * @param output is written and not ended
 * @throws ConvertError
 */
export async function listPaths(
  inputs: readonly ConvertInput[],
  output: Writable,
  options: ListPathsOptions = {},
): Promise<ListedPaths> {
  checkOptions('listPaths', options);
  const { textOf = (path) => `${jsonText(path)}\n` } = options;
  const target = new StreamOutput(output, 'standard output');
  const encoder = new TextEncoder();
  let waiting: PacketPath[] = [];
  let text = '';
  let paths = 0;
  const write = async (): Promise<void> => {
    const bytes = encoder.encode(text);
    text = '';
    await target.write(bytes);
  };
  // Many paths are closed at once: they are described and written piece by piece.
  const drain = async (names: PathNames): Promise<void> => {
    const closed = waiting;
    waiting = [];
    for (const path of closed) {
      paths += 1;
      text += textOf(pathJson(path, names), paths);
      if (text.length >= WRITE_CHARACTERS) await write();
    }
  };
  const { cut, names, packets } = await followPackets(inputs, options, {
    onPath: (path) => waiting.push(path),
    drain,
  });
  await drain(names);
  if (text !== '') await write();
  return { paths, packets, cut };
}

/** What the packets of traces have in common, and what the traces lost: a lost event is a hop that is not there. */
export interface PathSummaryResult extends PathSummaryJson {
  readonly traces: readonly TraceSummary[];
  readonly cut: number;
}

/**
 * Sums up the paths of packets.
 *
 * @throws ConvertError
 */
export async function summarizePaths(
  inputs: readonly ConvertInput[],
  options: PathOptions = {},
): Promise<PathSummaryResult> {
  checkOptions('summarizePaths', options);
  let summary: PathSummary | undefined;
  const { cut, names, sessions } = await followPackets(inputs, options, {
    onPath: (path, pathNames) => {
      summary ??= new PathSummary(pathNames);
      summary.add(path);
    },
  });
  return {
    traces: sessions.map(traceSummary),
    ...summaryJson(summary ?? new PathSummary(names), names),
    cut,
  };
}
