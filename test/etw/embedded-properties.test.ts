import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventData, InType, type RawValue, readFields, SchemaStore } from '../../src/etw/index.js';
import { ByteWriter } from './bytes.js';
import { encodeEventInfo, encodeMapInfo, type Property } from './embedded-encoder.js';
import { jsonValues } from './json-values.js';
import { classicRecord, eventRecord } from './records.js';

const METADATA = 'bbccf6c1-6cd1-48c4-80ff-839482e37671';
const PROVIDER = '11111111-2222-3333-4444-555555555555';

/** One or two fields that belong together: a length or a count precedes its field. */
interface Piece {
  readonly fields: readonly {
    readonly property: Omit<Property, 'name' | 'members'>;
    /** Where length or count point to the piece's own first field. */
    readonly measures?: 'length' | 'count';
    readonly members?: readonly Piece[];
    readonly bytes: Uint8Array;
    readonly value: unknown;
  }[];
}

const pointerSizes = fc.constantFrom<4 | 8>(4, 8);

const bytesOf = (write: (writer: ByteWriter) => ByteWriter): Uint8Array => write(new ByteWriter()).done();

const scalar = <T>(
  inType: number,
  values: fc.Arbitrary<T>,
  write: (writer: ByteWriter, value: T) => ByteWriter,
): fc.Arbitrary<{ inType: number; bytes: Uint8Array; value: T }> =>
  values.map((value) => ({ inType, bytes: bytesOf((writer) => write(writer, value)), value }));

const text = fc.string({ unit: 'binary', maxLength: 10 }).map((value) => value.replaceAll('\0', 'x'));
const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 10 });
const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const double = fc.double();

const scalars = (pointerSize: 4 | 8): fc.Arbitrary<{ inType: number; bytes: Uint8Array; value: unknown }> =>
  fc.oneof(
    scalar(InType.unicodeString, text, (writer, value) => writer.wideSz(value)),
    scalar(InType.ansiString, ascii, (writer, value) => writer.utf8Sz(value)),
    scalar(InType.int8, fc.integer({ min: -128, max: 127 }), (writer, value) => writer.u8(value)),
    scalar(InType.int16, fc.integer({ min: -32768, max: 32767 }), (writer, value) => writer.u16(value)),
    scalar(InType.int32, fc.integer(), (writer, value) => writer.u32(value)),
    scalar(InType.hexInt32, fc.nat(0xffff_ffff), (writer, value) => writer.u32(value)),
    scalar(InType.uint64, u64, (writer, value) => writer.u64(value)),
    scalar(InType.double, double, (writer, value) =>
      writer.bytes(new Uint8Array(Float64Array.of(value).buffer)),
    ),
    scalar(InType.boolean, fc.boolean(), (writer, value) => writer.u32(value ? 1 : 0)),
    scalar(InType.guid, fc.uuid(), (writer, value) => writer.guid(value)),
    scalar(
      InType.pointer,
      u64.map((value) => BigInt.asUintN(8 * pointerSize, value)),
      (writer, value) => writer.pointer(value, pointerSize),
    ),
    scalar(InType.fileTime, u64, (writer, value) => writer.u64(value)),
    scalar(InType.countedString, text, (writer, value) => writer.u16(2 * value.length).wide(value)),
    scalar(InType.reversedCountedString, text, (writer, value) =>
      writer
        .u8((2 * value.length) >> 8)
        .u8(2 * value.length)
        .wide(value),
    ),
    scalar(InType.hexDump, fc.uint8Array({ maxLength: 9 }), (writer, value) =>
      writer.u32(value.length).bytes(value),
    ),
    scalar(
      InType.sid,
      fc.array(fc.nat(0xffff_ffff), { maxLength: 4 }).map((parts) =>
        bytesOf((writer) => {
          writer.u8(1).u8(parts.length).bytes([0, 0, 0, 0, 0, 5]);
          for (const part of parts) writer.u32(part);
          return writer;
        }),
      ),
      (writer, value) => writer.bytes(value),
    ),
  );

const repeat = (bytes: Uint8Array, count: number): Uint8Array =>
  bytesOf((writer) => {
    for (let n = 0; n < count; n++) writer.bytes(bytes);
    return writer;
  });

/** The field of a length or count: any unsigned type. */
const measure = (value: number): fc.Arbitrary<Piece['fields'][number]> =>
  fc
    .constantFrom(InType.uint8, InType.uint16, InType.uint32)
    .map((inType) => ({ property: { inType }, bytes: measureBytes(inType, value), value }));

const measureBytes = (inType: number, value: number): Uint8Array =>
  bytesOf((writer) =>
    inType === InType.uint8
      ? writer.u8(value)
      : inType === InType.uint16
        ? writer.u16(value)
        : writer.u32(value),
  );

const flatPieces = (pointerSize: 4 | 8): fc.Arbitrary<Piece> =>
  fc.oneof(
    scalars(pointerSize).map(({ inType, bytes, value }) => ({
      fields: [{ property: { inType }, bytes, value }],
    })),
    // Arrays, fixed and counted.
    fc.tuple(scalars(pointerSize), fc.nat(3)).map(([{ inType, bytes, value }, count]) => ({
      fields: [
        {
          property: { inType, count },
          bytes: repeat(bytes, count),
          value: Array.from({ length: count }, () => value),
        },
      ],
    })),
    fc.tuple(scalars(pointerSize), fc.nat(3)).chain(([{ inType, bytes, value }, count]) =>
      measure(count).map((own) => ({
        fields: [
          own,
          {
            property: { inType },
            measures: 'count' as const,
            bytes: repeat(bytes, count),
            value: Array.from({ length: count }, () => value),
          },
        ],
      })),
    ),
    // Binary and strings with their length in a separate field.
    fc.uint8Array({ maxLength: 9 }).chain((bytes) =>
      measure(bytes.length).map((own) => ({
        fields: [
          own,
          { property: { inType: InType.binary }, measures: 'length' as const, bytes, value: bytes },
        ],
      })),
    ),
    text.chain((value) =>
      measure(value.length).map((own) => ({
        fields: [
          own,
          {
            property: { inType: InType.unicodeString },
            measures: 'length' as const,
            bytes: bytesOf((writer) => writer.wide(value)),
            value,
          },
        ],
      })),
    ),
  );

const bytesOfPieces = (pieces: readonly Piece[]): Uint8Array =>
  bytesOf((writer) => {
    for (const { fields } of pieces) for (const { bytes } of fields) writer.bytes(bytes);
    return writer;
  });

/** Names are what test and reader agree on: place and depth. */
const valueOfPieces = (pieces: readonly Piece[]): Map<string, unknown> =>
  new Map(pieces.flatMap(({ fields }) => fields).map(({ value }, n) => [`f${n}`, value] as const));

const structures = (of: fc.Arbitrary<Piece>): fc.Arbitrary<Piece> =>
  fc.tuple(fc.array(of, { minLength: 1, maxLength: 3 }), fc.nat(3)).chain(([members, count]) => {
    const bytes = repeat(bytesOfPieces(members), count);
    const value = Array.from({ length: count }, () => valueOfPieces(members));
    return fc.oneof(
      fc.constant<Piece>({ fields: [{ property: { count }, members, bytes, value }] }),
      fc.constant<Piece>({
        fields: [{ property: {}, members, bytes: bytesOfPieces(members), value: valueOfPieces(members) }],
      }),
      measure(count).map(
        (own): Piece => ({
          fields: [own, { property: {}, members, measures: 'count', bytes, value }],
        }),
      ),
    );
  });

const events = pointerSizes.chain((pointerSize) => {
  const flat = flatPieces(pointerSize);
  const any = fc.oneof(flat, structures(fc.oneof(flat, structures(flat))));
  return fc.record({ pointerSize: fc.constant(pointerSize), pieces: fc.array(any, { maxLength: 5 }) });
});

/** Lays the fields out as TDH does: a list's own properties first, members of its structures behind all lists before. */
function propertiesOf(pieces: readonly Piece[]): { properties: Property[]; topLevelCount: number } {
  const properties: Property[] = [];
  const place = (list: readonly Piece[]): { first: number; count: number } => {
    const fields = list.flatMap(({ fields }) => fields.map((field, n) => ({ field, measuring: n > 0 })));
    const first = properties.length;
    for (const [n, { field, measuring }] of fields.entries()) {
      const target = { property: first + n - 1 };
      properties.push({
        ...field.property,
        name: `f${n}`,
        ...(measuring && field.measures === 'length' && { length: target }),
        ...(measuring && field.measures === 'count' && { count: target }),
      });
    }
    for (const [n, { field }] of fields.entries()) {
      const property = properties[first + n];
      if (field.members === undefined || property === undefined) continue;
      properties[first + n] = { ...property, members: place(field.members) };
    }
    return { first, count: fields.length };
  };
  const { count } = place(pieces);
  return { properties, topLevelCount: count };
}

const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return [...value];
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? [...value].map(([key, item]) => [key, plain(item)]) : value;
};

describe('any event with an embedded schema', () => {
  test('is read back as it was written, as values, as JSON values and as JSON text', () => {
    fc.assert(
      fc.property(events, ({ pointerSize, pieces }) => {
        const store = new SchemaStore();
        const info = encodeEventInfo({ providerId: PROVIDER, id: 1, ...propertiesOf(pieces) });
        store.addFromTrace(classicRecord(METADATA, 32, info));
        const payload = bytesOfPieces(pieces);
        const record = eventRecord({ providerId: PROVIDER, id: 1, payload, pointerSize });
        const schema = store.locate(record);
        if (schema === undefined) throw new Error('no schema');
        const { values, truncated, consumed } = readFields(schema, record);
        expect(plain(new Map<string, RawValue>(values))).toEqual(plain(valueOfPieces(pieces)));
        expect({ truncated, consumed }).toEqual({ truncated: false, consumed: payload.length });
        const { json } = eventData(schema, record);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(jsonValues(schema, values))));
        expect(json).not.toContain('\n');
      }),
      { numRuns: 400 },
    );
  });

  test('that is cut anywhere is no error, takes no byte twice, and loses none', () => {
    fc.assert(
      fc.property(events, fc.nat(120), ({ pointerSize, pieces }, cut) => {
        const store = new SchemaStore();
        const info = encodeEventInfo({ providerId: PROVIDER, id: 1, ...propertiesOf(pieces) });
        store.addFromTrace(classicRecord(METADATA, 32, info));
        const payload = bytesOfPieces(pieces).subarray(0, cut);
        const record = eventRecord({ providerId: PROVIDER, id: 1, payload, pointerSize });
        const schema = store.locate(record);
        if (schema === undefined) throw new Error('no schema');
        const { consumed } = readFields(schema, record);
        const { json } = eventData(schema, record);
        const data: Record<string, unknown> = JSON.parse(json);
        const rest = typeof data.bytes === 'string' ? data.bytes.length / 2 : 0;
        expect(consumed + rest).toBe(payload.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('any bytes', () => {
  test('in the place of a schema, a map and a payload are no error', () => {
    const names = [
      { name: 'A', inType: InType.uint8, map: 'M' },
      { name: 'S', members: { first: 2, count: 1 } },
    ];
    const info = encodeEventInfo({
      providerId: PROVIDER,
      id: 1,
      topLevelCount: 2,
      message: 'a %1 %2',
      properties: [...names, { name: 'B', inType: InType.binary, length: { property: 0 } }],
    });
    const map = encodeMapInfo(PROVIDER, 'M', [[1, 'one']]);
    const spoiled = (whole: Uint8Array): fc.Arbitrary<Uint8Array> =>
      fc
        .tuple(
          fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 }),
          fc.nat(whole.length),
        )
        .map(([changes, length]) => {
          const bytes = whole.slice();
          for (const [at, value] of changes) bytes[at] = value;
          return bytes.subarray(0, length < 20 ? length : whole.length);
        });
    fc.assert(
      fc.property(
        spoiled(info),
        spoiled(map),
        fc.uint8Array({ maxLength: 40 }),
        (badInfo, badMap, payload) => {
          const store = new SchemaStore();
          store.addFromTrace(classicRecord(METADATA, 32, badInfo));
          store.addFromTrace(classicRecord(METADATA, 33, badMap));
          const record = eventRecord({ providerId: PROVIDER, id: 1, payload });
          expect(typeof JSON.parse(eventData(store.locate(record), record).json)).toBe('object');
        },
      ),
      { numRuns: 500 },
    );
  });
});
