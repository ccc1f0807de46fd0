import type { Writable } from 'node:stream';
import { type ConvertInput, nodeRuntime, StreamOutput } from '../io/index.js';
import {
  type FollowOptions,
  type ListedPaths,
  type PathSummaryResult,
  sumUpPaths,
  type WritePathsOptions,
  writePaths,
} from '../listing/index.js';
import { checkOptions } from '../options/index.js';
import type { ConvertOptions } from './convert-options.js';
import { withInputs } from './with-inputs.js';

export interface PathOptions extends FollowOptions, Pick<ConvertOptions, 'spoolLimit'> {}

export interface ListPathsOptions extends WritePathsOptions, Pick<ConvertOptions, 'spoolLimit'> {}

/**
 * Writes the paths of packets, in the order of their first frames.
 *
 * @param inputs traces of one capture: frames count as in a merged file
 * @param output is written and not ended
 * @throws ConvertError
 */
export async function listPaths(
  inputs: readonly ConvertInput[],
  output: Writable,
  options: ListPathsOptions = {},
): Promise<ListedPaths> {
  checkOptions('listPaths', options);
  return withInputs(inputs, options, (opened) =>
    writePaths(opened, new StreamOutput(output, 'standard output'), options, nodeRuntime),
  );
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
  return withInputs(inputs, options, (opened) => sumUpPaths(opened, options, nodeRuntime));
}
