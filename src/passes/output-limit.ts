import { size } from '../format/index.js';
import type { Hint } from './hints.js';
import type { OpenInput } from './open-input.js';
import type { ConversionOptions } from './options.js';

/** Default of `--output-limit`: this factor times the size of the inputs, plus a constant number of bytes. */
const DEFAULT_FACTOR = 20;
const DEFAULT_BYTES = 1024 ** 3;

/** Bytes that each output may have before a conversion ends early. */
export const outputLimitOf = (
  { outputLimit }: Pick<ConversionOptions, 'outputLimit'>,
  inputs: readonly OpenInput[],
): number =>
  outputLimit ?? DEFAULT_FACTOR * inputs.reduce((sum, { source }) => sum + source.size, 0) + DEFAULT_BYTES;

/**
 * The hint for a conversion that ended early.
 *
 * @param output the name of the output that reached the limit
 */
export const outputLimitHint = (output: string, limit: number): Hint => ({
  id: 'outputLimitReached',
  text:
    `${output}: reached the output limit of ${size(limit)}. The outputs are complete up to that point; ` +
    'what follows in the trace is not in them. --output-limit SIZE allows more.',
  count: limit,
  option: '--output-limit',
});
