import type { EventRecord } from '../etl/index.js';
import { formatHex } from './address.js';
import { type CompiledField, compileSchema, REST, readList } from './compile.js';
import { PayloadCursor } from './cursor.js';
import { type JsonScalar, scalarFormatter } from './format.js';
import { jsonText } from './safe-text.js';
import type { EventSchema, RawStruct, RawValue } from './schema.js';
import { metadataSummary } from './trace-metadata.js';

/** A value as JSON has it. Objects keep the schema's names and, but for names that are numbers, its order. */
export type JsonValue = JsonScalar | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** How records about the trace itself are shown: embedded schemas and maps, and the performance assessment. */
export type MetadataDetail = 'short' | 'full';

/** An event's fields as JSON text. */
export interface EventData {
  /** One JSON object, without line breaks. */
  readonly json: string;
  /** A field was cut by the end of the payload. */
  readonly truncated: boolean;
}

const cursor = new PayloadCursor();

type WriteValue = (value: RawValue) => string;

interface FieldWriter {
  /** The name as a JSON member, colon included. */
  readonly member: string;
  readonly write: WriteValue;
}

const writers = new WeakMap<CompiledField, FieldWriter>();

function writerOf(field: CompiledField): FieldWriter {
  const known = writers.get(field);
  if (known !== undefined) return known;
  const fresh = { member: `${jsonText(field.name)}:`, write: compileWrite(field) };
  writers.set(field, fresh);
  return fresh;
}

const quote = (value: JsonScalar): string => (typeof value === 'string' ? jsonText(value) : String(value));

function compileWrite(field: CompiledField): WriteValue {
  const { members } = field;
  const format = scalarFormatter(field.schema, 'json');
  const one: WriteValue =
    members === undefined
      ? (value) => quote(format(value))
      : (value) => (value instanceof Map ? writeStruct(members, value) : 'null');
  return field.schema.count === undefined
    ? one
    : (value) => (Array.isArray(value) ? `[${value.map(one).join(',')}]` : one(value));
}

function writeStruct(members: readonly CompiledField[], values: RawStruct): string {
  let text = '';
  for (const member of members) {
    const value = values.get(member.name);
    if (value === undefined) break;
    const writer = writerOf(member);
    text += `${text === '' ? '' : ','}${writer.member}${writer.write(value)}`;
  }
  return `{${text}}`;
}

/**
 * Hot path. A record's payload as the `data` of its event, straight from
 * the record's bytes to text.
 *
 * Bytes that no field took (fields that a newer build appended) are hex in a last member `bytes`, and so is the whole
 * payload where there is no schema. Never throws.
 *
 * @param metadata records about the trace itself, which only serve to decode others, in short or with all their bytes
 */
export function eventData(
  schema: EventSchema | undefined,
  record: EventRecord,
  metadata: MetadataDetail = 'short',
): EventData {
  if (schema === undefined) {
    const summary = metadata === 'short' ? metadataSummary(record) : undefined;
    if (summary !== undefined) return { json: jsonObject(summary), truncated: false };
    const bytes = record.payload();
    return { json: bytes.length === 0 ? '{}' : `{"${REST}":"${formatHex(bytes)}"}`, truncated: false };
  }
  const plan = compileSchema(schema);
  let text = '';
  cursor.start(record, plan.fieldCount);
  readList(plan.fields, cursor, undefined, (field, value) => {
    const writer = writerOf(field);
    text += `${text === '' ? '' : ','}${writer.member}${writer.write(value)}`;
  });
  if (cursor.at < cursor.end) {
    const rest = cursor.bytes.subarray(cursor.at, cursor.end);
    text += `${text === '' ? '' : ','}"${plan.restName}":"${formatHex(rest)}"`;
  }
  return { json: `{${text}}`, truncated: cursor.truncated };
}

const jsonObject = (values: { readonly [name: string]: JsonScalar }): string =>
  `{${Object.entries(values)
    .map(([name, value]) => `${jsonText(name)}:${quote(value)}`)
    .join(',')}}`;

/** Raw values (see readFields) as plain JSON values, for callers who want objects and not text. */
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
