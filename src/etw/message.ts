import { exceedsBytes, startOf } from '../format/index.js';
import { type CompiledField, compileSchema } from './compile.js';
import { scalarFormatter } from './format.js';
import type { EventSchema, FieldSchema, RawStruct, RawValue } from './schema.js';
import { statusKind, statusName } from './status/index.js';

/** Bytes of UTF-8 that are kept of a message; longer ones are truncated. */
const MAX_BYTES = 8192;
/** Characters of one inserted value; a format width, and the names of an array's members, are data from the trace. */
const MAX_INSERT_LENGTH = 65_536;
/** Texts and inserts of one template; real ones have about ten. The rest of the template is copied. */
const MAX_PARTS = 32_768;
/** Widths beyond this are the width: FormatMessage's own callers use two digits. */
const MAX_WIDTH = 4096;

/** One value that a message may insert. */
interface Insert {
  readonly raw: RawValue;
  readonly text: () => string;
}

/** `%1` … `%99`, with an optional printf format between exclamation marks. */
const INSERT = /^%([1-9]\d?)(?:!([^!]*)!)?/;

/** Escapes of FormatMessage (Windows SDK, winbase.h) for single characters. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', ' '],
]);

/** An event's message. */
export interface Message {
  /** At most 8 KiB, then `…`. */
  readonly text: string;
  /** Present where the text is truncated: UTF-16 units of the whole message. */
  readonly fullLength?: number;
}

/** An insert of a template. */
interface TemplateInsert {
  /** The text in the template, which Windows shows if the payload does not have the value. */
  readonly whole: string;
  /** From 1. */
  readonly number: number;
  readonly format: string | undefined;
}

const templates = new WeakMap<EventSchema, readonly (string | TemplateInsert)[]>();

/**
 * An event's message with its values inserted as FormatMessage does: `%1` to `%99`, `%1!x!`-style formats, `%n`, `%t`,
 * `%r`, `%b`, `%%` and other escaped characters; `%0` ends the message.
 *
 * An insert without a value remains as text, `%7`, as in Windows. For a schema without a message the result names the
 * error codes among the values: `Status 0xC0000022 (STATUS_ACCESS_DENIED)`.
 *
 * @param values result of readFields
 * @returns undefined if the schema has no message and the values have no error code with a known name
 */
export function formatMessage(schema: EventSchema, values: RawStruct): Message | undefined {
  const { message } = schema;
  if (message === undefined) {
    const text = statusText(schema, values);
    return text === undefined ? undefined : truncated(text, text.length);
  }
  const inserts = insertsOf(schema, values);
  const known = new Map<TemplateInsert, string>();
  let text = '';
  let length = 0;
  for (const part of templateOf(schema, message)) {
    let shown = part;
    if (typeof shown !== 'string') {
      const insertion = shown;
      shown = known.get(insertion) ?? insert(inserts, insertion.number, insertion.format) ?? insertion.whole;
      known.set(insertion, shown);
    }
    length += shown.length;
    if (text.length <= MAX_BYTES) text += shown.slice(0, MAX_BYTES + 1);
  }
  return truncated(text, length);
}

const truncated = (text: string, length: number): Message =>
  exceedsBytes(text, MAX_BYTES) ? { text: `${startOf(text, MAX_BYTES)}…`, fullLength: length } : { text };

/** The texts and inserts of a template, equal inserts as one object. */
function templateOf(schema: EventSchema, message: string): readonly (string | TemplateInsert)[] {
  const known = templates.get(schema);
  if (known !== undefined) return known;
  const parts: (string | TemplateInsert)[] = [];
  const inserts = new Map<string, TemplateInsert>();
  let text = '';
  let at = 0;
  while (at < message.length) {
    const percent = parts.length < MAX_PARTS ? message.indexOf('%', at) : -1;
    if (percent === -1 || percent === message.length - 1) {
      text += message.slice(at);
      break;
    }
    text += message.slice(at, percent);
    // Long enough for any insert; keeps the whole linear.
    const match = INSERT.exec(message.slice(percent, percent + 64));
    if (match !== null) {
      const [whole, number, format] = match;
      const same = inserts.get(whole) ?? { whole, number: Number(number), format };
      inserts.set(whole, same);
      if (text !== '') parts.push(text);
      text = '';
      parts.push(same);
      at = percent + whole.length;
      continue;
    }
    const escaped = message.charAt(percent + 1);
    if (escaped === '0') break;
    text += ESCAPES.get(escaped) ?? escaped;
    at = percent + 2;
  }
  if (text !== '') parts.push(text);
  templates.set(schema, parts);
  return parts;
}

const withStatusText = new WeakMap<EventSchema, boolean>();

/** Hot path. Whether {@link formatMessage} makes a message of error codes, because the schema has none. */
export function hasStatusText(schema: EventSchema): boolean {
  if (schema.message !== undefined) return false;
  let known = withStatusText.get(schema);
  if (known === undefined) {
    known = schema.fields.some(isStatusField);
    withStatusText.set(schema, known);
  }
  return known;
}

const isStatusField = (field: FieldSchema): boolean =>
  field.map === undefined && field.count === undefined && statusKind(field, 0xffff_ffff) !== undefined;

/** The values that are error codes, with their names; undefined if there are none. */
function statusText(schema: EventSchema, values: RawStruct): string | undefined {
  const parts = compileSchema(schema).fields.flatMap((field) => {
    const value = values.get(field.name);
    if (typeof value !== 'number' || value === 0 || !isStatusField(field.schema)) return [];
    const kind = statusKind(field.schema, value);
    const name = kind && statusName(kind, value);
    return name === undefined ? [] : [`${field.name} ${textOf(field, value)} (${name})`];
  });
  return parts.length === 0 ? undefined : parts.join(', ');
}

function insertsOf(schema: EventSchema, values: RawStruct): (Insert | undefined)[] {
  return compileSchema(schema).fields.map((field) => {
    const raw = values.get(field.name);
    return raw === undefined ? undefined : { raw, text: () => textOf(field, raw) };
  });
}

/** Arrays and structures, which Windows has no words for, become lists; long ones end with `…`. */
function textOf(field: CompiledField, value: RawValue): string {
  if (Array.isArray(value)) return listText(value, (item: RawValue) => textOf(field, item));
  if (value instanceof Map) {
    const present = field.members?.filter(({ name }) => value.has(name)) ?? [];
    return `{${listText(present, (member) => `${member.name}=${textOf(member, value.get(member.name))}`)}}`;
  }
  return String(scalarFormatter(field.schema, 'message')(value) ?? '');
}

function listText<T>(items: readonly T[], textOfItem: (item: T) => string): string {
  let text = '';
  for (const item of items) {
    if (text.length > MAX_INSERT_LENGTH) return `${text.slice(0, MAX_INSERT_LENGTH)}…`;
    text += `${text === '' ? '' : ', '}${textOfItem(item)}`;
  }
  return text;
}

function insert(
  inserts: readonly (Insert | undefined)[],
  number: number,
  format: string | undefined,
): string | undefined {
  if (format === undefined) return inserts[number - 1]?.text();
  const [, flags = '', width = '', precision, type = 's'] =
    /^([-+ 0#]*)(\*|\d*)(?:\.(\*|\d*))?(?:hh|h|ll|l|I32|I64|I|w|z|j)?([a-zA-Z])$/.exec(format) ?? [];
  // Each asterisk consumes a value before the one that is shown.
  let next = number - 1;
  const count = (text: string | undefined): number | undefined => {
    if (text === undefined) return undefined;
    const value = text === '*' ? Number(inserts[next++]?.raw) : Number(text);
    return Number.isInteger(value) ? Math.min(Math.abs(value), MAX_WIDTH) : 0;
  };
  const columns = count(width === '' ? undefined : width) ?? 0;
  const digits = count(precision);
  const shown = inserts[next];
  return shown && pad(print(shown, type, flags, digits), columns, flags, type);
}

function pad(text: string, columns: number, flags: string, type: string): string {
  if (flags.includes('-')) return text.padEnd(columns);
  if (!flags.includes('0') || !/[duxXoip]/.test(type)) return text.padStart(columns);
  const sign = /^(?:[-+ ]|0[xX])/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(columns - sign.length, '0');
}

/** One value formatted as by printf; a type that does not match the value has no effect. */
function print(value: Insert, type: string, flags: string, precision: number | undefined): string {
  const { raw } = value;
  const number =
    typeof raw === 'bigint' || (typeof raw === 'number' && Number.isInteger(raw)) ? BigInt(raw) : undefined;
  if (number !== undefined && /^[diuxXop]$/.test(type))
    return printInteger(number, raw, type, flags, precision);
  if (number !== undefined && /^[cC]$/.test(type))
    return String.fromCharCode(Number(BigInt.asUintN(16, number)));
  if (typeof raw === 'number' && /^[fFeEgG]$/.test(type)) return raw.toFixed(Math.min(precision ?? 6, 100));
  const text = value.text();
  return precision === undefined || !/^[sS]$/.test(type) ? text : text.slice(0, precision);
}

function printInteger(
  number: bigint,
  raw: RawValue,
  type: string,
  flags: string,
  precision: number | undefined,
): string {
  const least = precision ?? 1;
  if (type === 'd' || type === 'i') {
    const sign = number < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    return sign + (number < 0n ? -number : number).toString().padStart(least, '0');
  }
  // Everything else is unsigned, of the value's own width.
  const bits = BigInt.asUintN(typeof raw === 'bigint' ? 64 : 32, number);
  switch (type) {
    case 'x':
      return (flags.includes('#') && bits !== 0n ? '0x' : '') + bits.toString(16).padStart(least, '0');
    case 'X':
      return (
        (flags.includes('#') && bits !== 0n ? '0X' : '') +
        bits.toString(16).toUpperCase().padStart(least, '0')
      );
    case 'p':
      return bits
        .toString(16)
        .toUpperCase()
        .padStart(typeof raw === 'bigint' ? 16 : 8, '0');
    case 'o':
      return bits.toString(8).padStart(least, '0');
    default:
      return bits.toString().padStart(least, '0');
  }
}
