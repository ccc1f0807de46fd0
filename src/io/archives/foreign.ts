import type { OpenInput } from '../../passes/index.js';
import { ConvertError } from '../../passes/index.js';
import { headOf } from './archives.js';
import { type Format, formatOf } from './format.js';

/** The error for a file that is something else than a trace; undefined if it is a trace, or may be one. */
export function foreignError(name: string, format: Format | undefined): ConvertError | undefined {
  if (format === undefined || format.kind === 'trace') return undefined;
  const remedy =
    format.kind === 'foreign'
      ? format.remedy
      : 'pass its path instead of a stream: its traces are then converted';
  return new ConvertError(
    'input',
    `${name}: not an ETL trace at offset 0: no ETL buffer header found: this is ${format.name}; ${remedy}`,
  );
}

/**
 * Refuses a file that is evidently no trace, before the reader searches it for buffers: stored archives hold such.
 *
 * @throws ConvertError `input`
 */
export function assertTrace(input: OpenInput): void {
  const error = foreignError(input.name, formatOf(headOf(input.source)));
  if (error !== undefined) throw error;
}
