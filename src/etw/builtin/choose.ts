import type { EventRecord } from '../../etl/index.js';
import { compileSchema } from '../compile.js';
import { readFields } from '../decode.js';
import type { EventSchema } from '../schema.js';
import type { BuiltinVariant } from './parse.js';

/** The layout of a build of Windows; the newest if the build is unknown. */
export function variantOfBuild(
  variants: readonly BuiltinVariant[],
  build: number | undefined,
): EventSchema | undefined {
  if (build === undefined) return variants.at(-1)?.schema;
  let found = variants[0];
  for (const variant of variants) if (variant.fromBuild <= build) found = variant;
  return found?.schema;
}

/** How well a layout explains a payload. */
const Fit = { none: 0, bytesLeft: 1, fieldsMissing: 2, unterminated: 3, whole: 4 } as const;

function fitOf(schema: EventSchema, record: EventRecord): number {
  const { values, truncated, unterminated, consumed } = readFields(schema, record);
  if (truncated) return Fit.none;
  if (consumed < record.payloadLength) return Fit.bytesLeft;
  if (values.size < compileSchema(schema).fields.length) return Fit.fieldsMissing;
  return unterminated ? Fit.unterminated : Fit.whole;
}

/** Whether a layout explains a payload to the last byte, and the payload has all its fields. */
export const isWhole = (schema: EventSchema, record: EventRecord): boolean =>
  fitOf(schema, record) >= Fit.unterminated;

/**
 * Hot path. The layout that explains a record's payload best: all bytes read and all fields present, else all bytes
 * read, else no field cut. Among equals the preferred one wins, then the newest.
 */
export function bestVariant(
  variants: readonly BuiltinVariant[],
  preferred: EventSchema,
  record: EventRecord,
): EventSchema {
  let best = preferred;
  let bestFit = fitOf(preferred, record);
  for (let n = variants.length - 1; n >= 0 && bestFit !== Fit.whole; n--) {
    const schema = variants[n]?.schema;
    if (schema === undefined || schema === preferred) continue;
    const fit = fitOf(schema, record);
    if (fit > bestFit) {
      best = schema;
      bestFit = fit;
    }
  }
  return best;
}
