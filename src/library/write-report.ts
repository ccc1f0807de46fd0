import { Readable, type Writable } from 'node:stream';
import {
  type ConvertInput,
  hostInfoPaths,
  InputGuard,
  nodeRuntime,
  OutputSet,
  pageAssets,
  removeLeftovers,
} from '../io/index.js';
import { checkOptions } from '../options/index.js';
import { type BuildReportOptions, buildReport } from '../report/index.js';
import type { ConvertOptions } from './convert-options.js';
import { withInputs } from './with-inputs.js';

export interface ReportOptions
  extends BuildReportOptions,
    Pick<ConvertOptions, 'force' | 'protectedFiles' | 'spoolLimit'> {}

/**
 * Writes a report on the paths of packets. It needs no other file.
 *
 * @param output a path, or a writable stream
 * @returns the number of packets in the report; without packets nothing is written
 * @throws ConvertError
 */
export async function writeReport(
  inputs: readonly ConvertInput[],
  output: string | Writable,
  options: ReportOptions = {},
): Promise<number> {
  checkOptions('writeReport', options);
  const assets = pageAssets();
  // Checked before the work, which takes time.
  if (typeof output === 'string') (await guardOf(inputs, options)).check(output);
  const report = await withInputs(inputs, options, (opened) =>
    buildReport(opened, options, nodeRuntime, assets),
  );
  if (report === undefined) return 0;
  if (typeof output === 'string') await removeLeftovers([output]);
  const outputs = new OutputSet(await guardOf(inputs, options), options);
  const target = await (typeof output === 'string'
    ? outputs.file(output)
    : outputs.stream(output, 'standard output'));
  try {
    await target.write(new TextEncoder().encode(report.html));
    await target.complete();
  } catch (error) {
    await target.discard();
    throw error;
  }
  return report.packets;
}

async function guardOf(
  inputs: readonly ConvertInput[],
  { hostInfo = [], protectedFiles = [] }: ReportOptions,
): Promise<InputGuard> {
  const guard = new InputGuard();
  for (const input of inputs) {
    if (typeof input === 'string' || input instanceof Readable) guard.addInput(input);
    else guard.add(input.origin.path, input.name);
  }
  for (const path of protectedFiles) guard.add(path);
  for (const path of hostInfo) for (const file of await hostInfoPaths(path)) guard.add(file);
  return guard;
}
