import type { EventRecord } from '../etl/index.js';
import { formatHex } from './address.js';
import { type CompiledField, compileSchema, REST, readList } from './compile.js';
import { PayloadCursor } from './cursor.js';
import { type JsonScalar, scalarFormatter } from './format.js';
import { jsonText } from './safe-text.js';
import type { EventSchema, RawStruct, RawValue, SchemaOrigin } from './schema.js';
import { digest, metadataSummary } from './trace-metadata.js';

/** A value as JSON has it. Objects keep the schema's names and, except names that are numbers, its order. */
export type JsonValue = JsonScalar | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** How records about the trace itself are shown: embedded schemas and maps, and the performance assessment. */
export type MetadataDetail = 'short' | 'full';

/** An event's fields as JSON text. */
export interface EventData {
  /** One JSON object, without line breaks. */
  readonly json: string;
  /** A field was cut by the end of the payload. */
  readonly truncated: boolean;
  /** Where the layout came from. */
  readonly origin: SchemaOrigin | 'none';
  /** The text would be too long: `json` has the start of the payload as hexadecimal digits, its length and its hash. */
  readonly omitted?: true;
}

/**
 * Limit of characters for the data of one event: this, plus so many for each byte of the payload. Payloads of numbers
 * with long names stay below it; an array whose elements have names of hundreds of characters does not.
 */
const MAX_CHARACTERS = 16_384;
const MAX_CHARACTERS_PER_BYTE = 64;

/** Bytes of the payload that are shown of an event whose text would be too long. */
const SHOWN_BYTES = 4096;

/** Ends the writing of an event whose text is too long. */
class TooLong extends Error {}

/** Characters left for the current event. */
let charactersLeft = 0;

/** Counts the characters of a part of the current event. */
function spend(text: string): string {
  charactersLeft -= text.length;
  if (charactersLeft < 0) throw new TooLong();
  return text;
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
      ? (value) => spend(quote(format(value)))
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
    text += `${text === '' ? '' : ','}${spend(writer.member)}${writer.write(value)}`;
  }
  return `{${text}}`;
}

/**
 * Hot path. A record's payload as the `data` of its event, straight from the record's bytes to text.
 *
 * Bytes that no field took (fields that a newer build appended) are hex in a last member `bytes`, and so is the whole
 * payload if there is no schema. Never throws: where the text would be too long, the payload's start is all there is.
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
    if (summary !== undefined) return { json: jsonObject(summary), truncated: false, origin: 'builtin' };
    const bytes = record.payload();
    const json = bytes.length === 0 ? '{}' : `{"${REST}":"${formatHex(bytes)}"}`;
    return { json, truncated: false, origin: 'none' };
  }
  charactersLeft = MAX_CHARACTERS + MAX_CHARACTERS_PER_BYTE * record.payloadLength;
  try {
    return { json: fieldsJson(schema, record), truncated: cursor.truncated, origin: schema.origin };
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    return omittedData(schema, record);
  }
}

function fieldsJson(schema: EventSchema, record: EventRecord): string {
  const plan = compileSchema(schema);
  let text = '';
  cursor.start(record, plan.fieldCount);
  readList(plan.fields, cursor, undefined, (field, value) => {
    const writer = writerOf(field);
    text += `${text === '' ? '' : ','}${spend(writer.member)}${writer.write(value)}`;
  });
  if (cursor.at < cursor.end) {
    const rest = cursor.bytes.subarray(cursor.at, cursor.end);
    text += `${text === '' ? '' : ','}"${plan.restName}":"${formatHex(rest)}"`;
  }
  return `{${text}}`;
}

/** The data of an event that has a schema but cannot be shown by its fields. */
export function omittedData({ origin }: EventSchema, record: EventRecord): EventData {
  const bytes = record.payload();
  const shown = { [REST]: formatHex(bytes.subarray(0, SHOWN_BYTES)), ...digest(bytes) };
  return { json: jsonObject(shown), truncated: false, origin, omitted: true };
}

const jsonObject = (values: { readonly [name: string]: JsonScalar }): string =>
  `{${Object.entries(values)
    .map(([name, value]) => `${jsonText(name)}:${quote(value)}`)
    .join(',')}}`;
