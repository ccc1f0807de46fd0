import type { Writable } from 'node:stream';
import { type ConvertInput, fileOutput, nodeRuntime, pageAssets, StreamOutput } from '../io/index.js';
import type { Output } from '../passes/index.js';
import { type BuildReportOptions, buildReport } from '../report/index.js';
import type { ConvertOptions } from './convert-options.js';
import { withInputs } from './with-inputs.js';

export interface ReportOptions extends BuildReportOptions, Pick<ConvertOptions, 'force' | 'spoolLimit'> {}

/**
 * Writes a page about the paths of packets in traces. The page needs no other file.
 *
 * @param output a path, or a writable stream
 * @returns the number of packets on the page; without packets nothing is written
 * @throws ConvertError
 */
export async function writeReport(
  inputs: readonly ConvertInput[],
  output: string | Writable,
  options: ReportOptions = {},
): Promise<number> {
  const assets = pageAssets();
  const report = await withInputs(inputs, options, (opened) =>
    buildReport(opened, options, nodeRuntime, assets),
  );
  if (report === undefined) return 0;
  const target: Output =
    typeof output === 'string'
      ? await fileOutput(output, options)
      : new StreamOutput(output, 'standard output');
  try {
    await target.write(new TextEncoder().encode(report.html));
    await target.complete();
  } catch (error) {
    await target.discard();
    throw error;
  }
  return report.packets;
}
