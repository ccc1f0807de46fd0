import type { EventRecord } from '../etl/index.js';
import { compileSchema, fixedSize, readList } from './compile.js';
import { PayloadCursor } from './cursor.js';
import type { EventSchema, RawStruct, RawValue } from './schema.js';

/** The values of a payload. */
export interface DecodedFields {
  /** Raw values in the schema's order. Trailing fields that the payload does not have are absent. */
  readonly values: RawStruct;
  /** The end of the payload truncated a value; `values` has the values before it and the part that remains. */
  readonly truncated: boolean;
  /** The last text ended with the payload and not with a NUL. */
  readonly unterminated: boolean;
  /** Payload bytes that the fields took; fewer than the payload has where a newer build appended fields. */
  readonly consumed: number;
}

const cursor = new PayloadCursor();

/**
 * Reads a record's payload.
 *
 * Never throws. Binary values are views into the record: they are valid until the record moves on.
 */
export function readFields(schema: EventSchema, record: EventRecord): DecodedFields {
  const plan = compileSchema(schema);
  const values = new Map<string, RawValue>();
  cursor.start(record, plan.fieldCount);
  readList(plan.fields, cursor, undefined, (field, value) => values.set(field.name, value));
  const { truncated, unterminated } = cursor;
  return { values, truncated, unterminated, consumed: cursor.at - record.payloadOffset };
}

/** Offset and size of one field in the payload, in bytes. */
export interface FieldExtent {
  readonly offset: number;
  readonly size: number;
}

/** The leading part of an event that is laid out the same in every record of a pointer size. */
export interface FixedLayout {
  readonly fields: ReadonlyMap<string, FieldExtent>;
  /** Offset of the first field of variable size, or the payload's end if there is none. */
  readonly variableAt: number;
  /** Name of that field. */
  readonly variableField?: string;
}

/** The extents of the leading fields that do not depend on data, for hot readers. */
export function fixedLayout(schema: EventSchema, pointerSize: 4 | 8): FixedLayout {
  const fields = new Map<string, FieldExtent>();
  let offset = 0;
  for (const { name, schema: field } of compileSchema(schema).fields) {
    const size = fixedSize(field, pointerSize);
    if (size === 0) return { fields, variableAt: offset, variableField: name };
    fields.set(name, { offset, size });
    offset += size;
  }
  return { fields, variableAt: offset };
}
