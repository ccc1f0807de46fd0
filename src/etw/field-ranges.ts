import type { EventRecord } from '../etl/index.js';
import { fixedSize } from './compile.js';
import { type EventSchema, type FieldSchema, InType } from './schema.js';
import { ansiLength, utf16Length } from './text.js';

/** Finds where a field ends. */
interface Step {
  readonly isWanted: boolean;
  /** Bytes of the field; -1: text up to a UTF-16 NUL; -2: text up to a NUL byte; -3: `length` of `source`. */
  readonly size: number;
  /** Position of the field that holds the length. */
  readonly source: number;
  readonly unitSize: 1 | 2;
}

const WIDE = -1;
const NARROW = -2;
const COUNTED = -3;

/** Integer types that may hold a length, and their sizes. */
const LENGTH_SIZES: ReadonlyMap<number, 1 | 2 | 4> = new Map([
  [InType.uint8, 1],
  [InType.uint16, 2],
  [InType.uint32, 4],
  [InType.hexInt32, 4],
]);

/** More fields than this are not walked: positions are kept in arrays of this size. */
const MAX_FIELDS = 256;

const positions = new Int32Array(MAX_FIELDS);

/**
 * Locates fields of a schema in a record without decoding them.
 *
 * For hot readers that compare the fields of two records byte by byte.
 */
export class FieldRanges {
  /** Offsets in the record's bytes: start and end of each field found, in the schema's order. */
  readonly ranges: Int32Array;
  readonly #steps: readonly Step[];
  readonly #lengthSizes: readonly (1 | 2 | 4 | 0)[];

  private constructor(steps: readonly Step[], fields: readonly FieldSchema[]) {
    this.#steps = steps;
    this.#lengthSizes = fields.map(({ inType }) => LENGTH_SIZES.get(inType) ?? 0);
    this.ranges = new Int32Array(2 * steps.filter(({ isWanted }) => isWanted).length);
  }

  /**
   * @param isWanted whether the field of this name is to be located
   * @returns undefined if a field up to the last wanted one has a type whose size is not found without decoding it
   */
  static of(
    schema: EventSchema,
    pointerSize: 4 | 8,
    isWanted: (name: string) => boolean,
  ): FieldRanges | undefined {
    const count = schema.fields.reduce((end, { name }, n) => (isWanted(name) ? n + 1 : end), 0);
    const fields = schema.fields.slice(0, count);
    if (fields.length > MAX_FIELDS) return undefined;
    const steps: Step[] = [];
    for (const field of fields) {
      const step = stepOf(field, steps.length, fields, pointerSize, isWanted(field.name));
      if (step === undefined) return undefined;
      steps.push(step);
    }
    return new FieldRanges(steps, fields);
  }

  /**
   * Hot path. Fills {@link ranges}.
   *
   * @returns the number of entries filled, fewer than all where the payload ends before a field; -1 if the payload ends
   *   inside a field
   */
  locate(record: EventRecord): number {
    const { bytes, payloadLength, payloadOffset } = record;
    const end = payloadOffset + payloadLength;
    let at = payloadOffset;
    let found = 0;
    for (let n = 0; n < this.#steps.length; n++) {
      const step = this.#steps[n];
      if (step === undefined) return -1;
      if (at >= end) return found;
      positions[n] = at;
      const start = at;
      let next: number;
      if (step.size >= 0) {
        next = at + step.size;
      } else if (step.size === WIDE) {
        const units = utf16Length(bytes, at, end);
        next = units === -1 ? end + 1 : at + 2 * units + 2;
      } else if (step.size === NARROW) {
        const length = ansiLength(bytes, at, end);
        next = length === -1 ? end + 1 : at + length + 1;
      } else {
        next = at + step.unitSize * this.#number(record, step.source);
      }
      if (next > end) return -1;
      at = next;
      if (step.isWanted) {
        this.ranges[found++] = start;
        this.ranges[found++] = at;
      }
    }
    return found;
  }

  #number({ view }: EventRecord, field: number): number {
    const at = positions[field] ?? 0;
    switch (this.#lengthSizes[field]) {
      case 1:
        return view.getUint8(at);
      case 2:
        return view.getUint16(at, true);
      default:
        return view.getUint32(at, true);
    }
  }
}

function stepOf(
  field: FieldSchema,
  position: number,
  fields: readonly FieldSchema[],
  pointerSize: 4 | 8,
  isWanted: boolean,
): Step | undefined {
  const size = fixedSize(field, pointerSize);
  const step = { isWanted, size, source: 0, unitSize: 1 } as const;
  if (size > 0) return step;
  if (field.members !== undefined || field.count !== undefined) return undefined;
  const { inType, length } = field;
  const isWide = inType === InType.unicodeString;
  if (!isWide && inType !== InType.ansiString && inType !== InType.binary) return undefined;
  if (length === undefined) {
    return inType === InType.binary ? undefined : { ...step, size: isWide ? WIDE : NARROW };
  }
  if (length.kind !== 'field' || length.index >= position) return undefined;
  if (!LENGTH_SIZES.has(fields[length.index]?.inType ?? -1)) return undefined;
  return { ...step, size: COUNTED, source: length.index, unitSize: isWide ? 2 : 1 };
}
