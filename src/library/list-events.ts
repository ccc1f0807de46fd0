import type { Writable } from 'node:stream';
import { type ConvertInput, nodeRuntime, openInput, StreamOutput } from '../io/index.js';
import { type WriteEventsOptions, writeEvents } from '../listing/index.js';
import { checkOptions } from '../options/index.js';
import type { ConvertOptions } from './convert-options.js';

export interface ListEventsOptions extends WriteEventsOptions, Pick<ConvertOptions, 'spoolLimit'> {}

/**
 * Writes all events of a trace that are not packets as lines, in time order.
 *
 * @param input a path or a readable stream
 * @param output is written and not ended
 * @returns the number of events written
 * @throws ConvertError
 */
export async function listEvents(
  input: ConvertInput,
  output: Writable,
  options: ListEventsOptions = {},
): Promise<number> {
  checkOptions('listEvents', options);
  const opened = await openInput(input, options);
  try {
    return await writeEvents(opened, new StreamOutput(output, 'standard output'), options, nodeRuntime);
  } finally {
    opened.close();
  }
}
