import { type DescribeTraceOptions, describeTrace, type TraceInfo } from '../info/index.js';
import { type ConvertInput, nodeRuntime, openInput } from '../io/index.js';
import { checkOptions } from '../options/index.js';
import type { ConvertOptions } from './convert-options.js';

export interface TraceInfoOptions extends DescribeTraceOptions, Pick<ConvertOptions, 'spoolLimit'> {}

/**
 * Describes the contents of a trace without converting it.
 *
 * @param input a path or a readable stream
 * @throws ConvertError
 */
export async function traceInfo(input: ConvertInput, options: TraceInfoOptions = {}): Promise<TraceInfo> {
  checkOptions('traceInfo', options);
  const opened = await openInput(input, options);
  try {
    return await describeTrace(opened, options, nodeRuntime);
  } finally {
    opened.close();
  }
}
