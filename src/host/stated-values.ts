import type { EventRecord, LimitLog } from '../etl/index.js';
import { type EventSchema, type RawStruct, type RawValue, readFields } from '../etw/index.js';

/** Fields of an event about the host; texts are names, of which at most the first 1,024 bytes are kept. */
export function statedValues(schema: EventSchema, record: EventRecord, limits: LimitLog): RawStruct {
  const { values } = readFields(schema, record);
  return shortStruct(values, limits);
}

const shortStruct = (values: RawStruct, limits: LimitLog): RawStruct =>
  new Map([...values].map(([name, value]) => [name, shortValue(value, limits)]));

function shortValue(value: RawValue, limits: LimitLog): RawValue {
  if (typeof value === 'string') return limits.name(value);
  if (Array.isArray(value)) return value.map((item: RawValue) => shortValue(item, limits));
  return value instanceof Map ? shortStruct(value, limits) : value;
}
