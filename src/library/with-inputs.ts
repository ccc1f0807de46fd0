import { type ConvertInput, openInputs } from '../io/index.js';
import type { OpenInput } from '../passes/index.js';
import type { ConvertOptions } from './convert-options.js';

/**
 * Opens inputs for a use case and closes them after it.
 *
 * @throws ConvertError, and errors of the use case
 */
export async function withInputs<T>(
  inputs: readonly ConvertInput[],
  options: Pick<ConvertOptions, 'spoolLimit'>,
  use: (opened: readonly OpenInput[]) => Promise<T>,
): Promise<T> {
  const opened = await openInputs(inputs, options);
  try {
    return await use(opened);
  } finally {
    for (const input of opened) input.close();
  }
}
