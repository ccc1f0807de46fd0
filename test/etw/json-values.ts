import { type CompiledField, compileSchema } from '../../src/etw/compile.js';
import { scalarFormatter } from '../../src/etw/format.js';
import type { EventSchema, JsonValue, RawStruct, RawValue } from '../../src/etw/index.js';

/** The raw values of `readFields` as JSON values: a second path to the JSON text of an event. */
export function jsonValues(schema: EventSchema, values: RawStruct): { readonly [name: string]: JsonValue } {
  return structOf(compileSchema(schema).fields, values);
}

function structOf(
  fields: readonly CompiledField[],
  values: RawStruct,
): { readonly [name: string]: JsonValue } {
  const members: [string, JsonValue][] = [];
  for (const field of fields) {
    const value = values.get(field.name);
    if (value !== undefined) members.push([field.name, jsonValueOf(field, value)]);
  }
  // Defines own properties: a field called __proto__ is a member like any other.
  return Object.fromEntries(members);
}

function jsonValueOf(field: CompiledField, value: RawValue): JsonValue {
  const { members } = field;
  const format = scalarFormatter(field.schema, 'json');
  const one = (item: RawValue): JsonValue =>
    members === undefined ? format(item) : item instanceof Map ? structOf(members, item) : null;
  return field.schema.count !== undefined && Array.isArray(value) ? value.map(one) : one(value);
}
