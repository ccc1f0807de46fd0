import type { RawStruct, RawValue } from '../etw/index.js';

/** An integer field as a number; undefined if the field is absent or something else. */
export function numberField(values: RawStruct, name: string): number | undefined {
  const value = values.get(name);
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : undefined;
}

/** An integer field of up to 64 bits, 0 if the field is absent. */
export function countField(values: RawStruct, name: string): bigint {
  const value = values.get(name);
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : 0n;
}

/** A text field, empty if the field is absent. */
export function textField(values: RawStruct, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}

/** A binary field, as a view into the record. */
export function bytesField(values: RawStruct, name: string): Uint8Array | undefined {
  const value = values.get(name);
  return value instanceof Uint8Array ? value : undefined;
}

/** The first of some fields that is present. */
export function firstField(values: RawStruct, names: readonly string[]): RawValue | undefined {
  for (const name of names) {
    const value = values.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
