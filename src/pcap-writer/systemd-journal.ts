import { type Chunk, padded } from './chunk.js';

const BLOCK_TYPE = 9;
/** The field that every entry must have: microseconds since 1970-01-01 UTC, decimal. */
const REALTIME_TIMESTAMP = '__REALTIME_TIMESTAMP';
/** The maximum length of names in journald. */
const MAX_NAME_LENGTH = 64;
/** The length before a value in the binary form: 64 bits unsigned, always little-endian. */
const BINARY_LENGTH_SIZE = 8;

const EQUALS = 0x3d;
const NEWLINE = 0x0a;

const encoder = new TextEncoder();

/** A name and a value: a string, or octets. */
export type JournalField = readonly [name: string, value: string | Uint8Array];

/**
 * systemd Journal Export Block: one entry, "a series of field names followed by text or binary field data".
 *
 * @throws RangeError without a `__REALTIME_TIMESTAMP`
 */
export function writeSystemdJournal(chunk: Chunk, fields: readonly JournalField[]): void {
  if (!fields.some(([name]) => name === REALTIME_TIMESTAMP)) {
    throw new RangeError(`a journal entry needs ${REALTIME_TIMESTAMP}`);
  }
  const encoded = fields.map(encodeField);
  let size = 0;
  for (const field of encoded) size += field.length;

  let at = chunk.startBlock(BLOCK_TYPE, padded(size));
  for (const field of encoded) {
    chunk.bytes.set(field, at);
    at += field.length;
  }
}

/**
 * Text is `NAME=value` and a newline; octets, and text with control characters other than a tab, are the name, a
 * newline, the value's length, the value and a newline (Journal Export Format).
 */
function encodeField([name, value]: JournalField): Uint8Array {
  const key = encoder.encode(journalName(name));
  const data = typeof value === 'string' ? encoder.encode(value) : value;
  if (typeof value === 'string' && !hasControls(data)) {
    const field = new Uint8Array(key.length + 1 + data.length + 1);
    field.set(key);
    field[key.length] = EQUALS;
    field.set(data, key.length + 1);
    field[field.length - 1] = NEWLINE;
    return field;
  }
  const start = key.length + 1 + BINARY_LENGTH_SIZE;
  const field = new Uint8Array(start + data.length + 1);
  field.set(key);
  field[key.length] = NEWLINE;
  new DataView(field.buffer).setBigUint64(key.length + 1, BigInt(data.length), true);
  field.set(data, start);
  field[field.length - 1] = NEWLINE;
  return field;
}

/** A valid name for journald: ASCII upper-case letters, digits and underscores, not starting with a digit. */
function journalName(name: string): string {
  const valid = name.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
  return (/^[A-Z_]/.test(valid) ? valid : `_${valid}`).slice(0, MAX_NAME_LENGTH);
}

function hasControls(utf8: Uint8Array): boolean {
  return utf8.some((octet) => octet < 0x20 && octet !== 0x09);
}
