import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventData, readFields, SchemaStore } from '../../src/etw/index.js';
import { ByteWriter } from './bytes.js';
import { eventRecord } from './records.js';

const PROVIDER = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const METADATA_ITEM = 11;
const TRAITS_ITEM = 12;

/** A field as TraceLoggingProvider.h describes it; the numbers are its own. */
interface Field {
  readonly name: string;
  readonly inType: number;
  readonly outType?: number;
  readonly tags?: number;
  readonly count?: number | 'variable';
  readonly members?: readonly Field[];
}

const STRUCT = 24;

function writeFields(writer: ByteWriter, fields: readonly Field[]): void {
  for (const { name, inType, outType, tags, count, members } of fields) {
    writer.utf8Sz(name);
    const out = members === undefined ? outType : members.length;
    const chained = out !== undefined || tags !== undefined;
    const countBits = count === undefined ? 0 : count === 'variable' ? 0x40 : 0x20;
    writer.u8(inType | countBits | (chained ? 0x80 : 0));
    if (chained) writer.u8((out ?? 0) | (tags === undefined ? 0 : 0x80));
    if (tags !== undefined) writeTags(writer, tags);
    if (typeof count === 'number') writer.u16(count);
    if (members !== undefined) writeFields(writer, members);
  }
}

function writeTags(writer: ByteWriter, tags: number): void {
  for (const shift of [21, 14, 7]) writer.u8(((tags >>> shift) & 0x7f) | 0x80);
  writer.u8(tags & 0x7f);
}

function metadata(name: string, fields: readonly Field[], tags?: number): Uint8Array {
  const writer = new ByteWriter();
  if (tags === undefined) writer.u8(0);
  else writeTags(writer, tags);
  writer.utf8Sz(name);
  writeFields(writer, fields);
  return new ByteWriter()
    .u16(writer.length + 2)
    .bytes(writer.done())
    .done();
}

function traits(name: string, group?: string): Uint8Array {
  const writer = new ByteWriter().utf8Sz(name);
  if (group !== undefined) writer.u16(19).u8(1).guid(group);
  return new ByteWriter()
    .u16(writer.length + 2)
    .bytes(writer.done())
    .done();
}

function decode(fields: readonly Field[], payload: Uint8Array, truncatedMetadata?: number): unknown {
  const described = metadata('Event', fields).subarray(0, truncatedMetadata);
  const record = eventRecord({ providerId: PROVIDER, payload, extended: [[METADATA_ITEM, described]] });
  return JSON.parse(eventData(new SchemaStore().locate(record), record).json);
}

describe('a TraceLogging event', () => {
  test('names itself, its provider and the provider group', () => {
    const group = '12345678-9abc-def0-1122-334455667788';
    const record = eventRecord({
      providerId: PROVIDER,
      payload: new Uint8Array(0),
      extended: [
        [METADATA_ITEM, metadata('BreakPoint', [], 0x0123_4567)],
        [TRAITS_ITEM, traits('Microsoft.Some.Provider', group)],
      ],
    });
    expect(new SchemaStore().locate(record)).toEqual({
      origin: 'tracelogging',
      providerId: PROVIDER,
      providerName: 'Microsoft.Some.Provider',
      providerGroup: group,
      id: 0,
      version: 0,
      name: 'BreakPoint',
      tags: 0x0123_4567,
      fields: [],
    });
  });

  test('has a schema of its own: events of one provider and id may differ', () => {
    const store = new SchemaStore();
    const first = eventRecord({
      providerId: PROVIDER,
      payload: Uint8Array.of(1),
      extended: [[METADATA_ITEM, metadata('First', [{ name: 'a', inType: 4 }])]],
    });
    const second = eventRecord({
      providerId: PROVIDER,
      payload: Uint8Array.of(1),
      extended: [[METADATA_ITEM, metadata('Second', [{ name: 'b', inType: 4 }])]],
    });
    expect(store.locate(first)?.name).toBe('First');
    expect(store.locate(second)?.name).toBe('Second');
    // Found once and kept: compiled readers hang on the schema.
    expect(store.locate(first)).toBe(store.locate(first));
  });

  test('has counted strings and binary with their length in front', () => {
    const fields = [
      { name: 'counted', inType: 22 },
      { name: 'narrow', inType: 23 },
      { name: 'blob', inType: 14 },
      { name: 'counted blob', inType: 25 },
    ];
    const payload = new ByteWriter().u16(4).wide('hi').u16(2).bytes([0x68, 0x69]);
    payload.u16(2).bytes([1, 2]).u16(1).bytes([3]);
    expect(decode(fields, payload.done())).toEqual({
      counted: 'hi',
      narrow: 'hi',
      blob: '0102',
      'counted blob': '03',
    });
  });

  test('shows values by out-type', () => {
    const fields = [
      { name: 'flag', inType: 4, outType: 3 },
      { name: 'hex', inType: 8, outType: 4 },
      { name: 'port', inType: 6, outType: 7 },
      { name: 'ip', inType: 8, outType: 8 },
      { name: 'char', inType: 6, outType: 2 },
      { name: 'result', inType: 7, outType: 15, tags: 0x1_0000 },
      { name: 'text', inType: 2, outType: 35 },
    ];
    const payload = new ByteWriter().u8(1).u32(0xbeef).bytes([0x00, 0x35]).bytes([127, 0, 0, 1]);
    payload.wide('x').u32(0x8000_4005).utf8Sz('ünïcode');
    expect(decode(fields, payload.done())).toEqual({
      flag: true,
      hex: '0xbeef',
      port: 53,
      ip: '127.0.0.1',
      char: 'x',
      result: '0x80004005',
      text: 'ünïcode',
    });
  });

  test('has arrays, structures, arrays of structures, and structures in structures', () => {
    const fields: Field[] = [
      { name: 'fixed', inType: 6, count: 2 },
      { name: 'variable', inType: 4, count: 'variable' },
      { name: 'text', inType: 6, outType: 2, count: 'variable' },
      {
        name: 'list',
        inType: STRUCT,
        count: 'variable',
        members: [
          { name: 'id', inType: 4 },
          { name: 'inner', inType: STRUCT, members: [{ name: 'name', inType: 1 }] },
        ],
      },
      { name: 'last', inType: 4 },
    ];
    const payload = new ByteWriter().u16(1).u16(2).u16(3).bytes([7, 8, 9]).u16(2).wide('ok').u16(2);
    payload.u8(1).wideSz('a').u8(2).wideSz('').u8(99);
    expect(decode(fields, payload.done())).toEqual({
      fixed: [1, 2],
      variable: [7, 8, 9],
      text: 'ok',
      list: [
        { id: 1, inner: { name: 'a' } },
        { id: 2, inner: { name: '' } },
      ],
      last: 99,
    });
  });

  test('whose metadata is cut keeps the fields before the cut, and every payload byte', () => {
    const fields = [
      { name: 'a', inType: 4 },
      { name: 'b', inType: 6, count: 2 },
    ];
    const payload = Uint8Array.of(1, 2, 0, 3, 0);
    const size = metadata('Event', fields).length;
    expect(decode(fields, payload)).toEqual({ a: 1, b: [2, 3] });
    expect(decode(fields, payload, size - 1)).toEqual({ a: 1, bytes: '02000300' });
    expect(decode(fields, payload, 3)).toEqual({ bytes: '0102000300' });
  });
});

describe('any TraceLogging event', () => {
  /** A value in the format, and the expected result of reading it. */
  interface Sample {
    readonly inType: number;
    readonly bytes: Uint8Array;
    readonly value: unknown;
  }
  const sample = <T>(
    inType: number,
    values: fc.Arbitrary<T>,
    write: (writer: ByteWriter, value: T) => ByteWriter,
  ): fc.Arbitrary<Sample> =>
    values.map((value) => ({ inType, bytes: write(new ByteWriter(), value).done(), value }));
  const utf16 = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', 'x'));
  const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
  const scalar = fc.oneof(
    sample(1, utf16, (writer, text) => writer.wideSz(text)),
    sample(2, ascii, (writer, text) => writer.utf8Sz(text)),
    sample(3, fc.integer({ min: -128, max: 127 }), (writer, value) => writer.u8(value)),
    sample(4, fc.nat(255), (writer, value) => writer.u8(value)),
    sample(5, fc.integer({ min: -32768, max: 32767 }), (writer, value) => writer.u16(value)),
    sample(6, fc.nat(65535), (writer, value) => writer.u16(value)),
    sample(7, fc.integer(), (writer, value) => writer.u32(value)),
    sample(8, fc.nat(0xffff_ffff), (writer, value) => writer.u32(value)),
    sample(9, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (writer, value) => writer.u64(value)),
    sample(10, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (writer, value) => writer.u64(value)),
    sample(13, fc.boolean(), (writer, value) => writer.u32(value ? 1 : 0)),
    sample(15, fc.uuid(), (writer, value) => writer.guid(value)),
    sample(22, utf16, (writer, text) => writer.u16(2 * text.length).wide(text)),
    sample(25, fc.uint8Array({ maxLength: 9 }), (writer, bytes) => writer.u16(bytes.length).bytes(bytes)),
  );
  const name = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 });

  interface Node {
    readonly field: Field;
    readonly bytes: Uint8Array;
    readonly value: unknown;
  }
  const joined = (parts: readonly Uint8Array[]): Uint8Array => {
    const writer = new ByteWriter();
    for (const part of parts) writer.bytes(part);
    return writer.done();
  };
  const leaf = fc.record({ name, scalar }).map(
    (made): Node => ({
      field: { name: made.name, inType: made.scalar.inType },
      bytes: made.scalar.bytes,
      value: made.scalar.value,
    }),
  );
  const repeated = fc
    .record({ name, scalar, count: fc.nat(3), variable: fc.boolean() })
    .map(({ name, scalar, count, variable }): Node => {
      const items = joined(Array.from({ length: count }, () => scalar.bytes));
      return {
        field: { name, inType: scalar.inType, count: variable ? 'variable' : count },
        bytes: variable ? new ByteWriter().u16(count).bytes(items).done() : items,
        value: Array.from({ length: count }, () => scalar.value),
      };
    });
  const uniqueNames = (nodes: readonly Node[]): Node[] =>
    nodes.map((node, n) => ({ ...node, field: { ...node.field, name: `${node.field.name}#${n}` } }));
  const structure = (of: fc.Arbitrary<Node>): fc.Arbitrary<Node> =>
    fc.record({ name, members: fc.array(of, { minLength: 1, maxLength: 3 }) }).map((made): Node => {
      const members = uniqueNames(made.members);
      return {
        field: { name: made.name, inType: STRUCT, members: members.map(({ field }) => field) },
        bytes: joined(members.map(({ bytes }) => bytes)),
        value: new Map(members.map(({ field, value }) => [field.name, value])),
      };
    });
  const flat = fc.oneof(leaf, repeated);
  const nested = fc.oneof(flat, structure(fc.oneof(flat, structure(flat))));
  const events = fc.array(nested, { maxLength: 6 }).map(uniqueNames);

  const decodeNodes = (nodes: readonly Node[], length?: number): ReturnType<typeof readFields> => {
    const record = eventRecord({
      providerId: PROVIDER,
      payload: joined(nodes.map(({ bytes }) => bytes)).subarray(0, length),
      extended: [
        [
          METADATA_ITEM,
          metadata(
            'Event',
            nodes.map(({ field }) => field),
          ),
        ],
      ],
    });
    const schema = new SchemaStore().locate(record);
    if (schema === undefined) throw new Error('no schema');
    JSON.parse(eventData(schema, record).json);
    const decoded = readFields(schema, record);
    return { ...decoded, values: new Map(decoded.values) };
  };
  // Views into the record become plain arrays, so that they compare by content.
  const plain = (value: unknown): unknown => {
    if (value instanceof Uint8Array) return [...value];
    if (Array.isArray(value)) return value.map(plain);
    return value instanceof Map ? [...value].map(([key, item]) => [key, plain(item)]) : value;
  };

  test('is read back as it was written', () => {
    fc.assert(
      fc.property(events, (nodes) => {
        const { values, truncated, consumed } = decodeNodes(nodes);
        expect(plain(values)).toEqual(nodes.map(({ field, value }) => [field.name, plain(value)]));
        expect(truncated).toBe(false);
        expect(consumed).toBe(joined(nodes.map(({ bytes }) => bytes)).length);
      }),
      { numRuns: 300 },
    );
  });

  test('that is cut anywhere keeps the whole fields before the cut', () => {
    fc.assert(
      fc.property(events, fc.nat(200), (nodes, cut) => {
        let whole = 0;
        let at = 0;
        for (const { bytes } of nodes) {
          at += bytes.length;
          if (at > cut) break;
          whole += 1;
        }
        const { values, consumed } = decodeNodes(nodes, cut);
        const kept = [...values].slice(0, whole);
        expect(kept.length).toBe(whole);
        expect(plain(new Map(kept))).toEqual(
          nodes.slice(0, kept.length).map(({ field, value }) => [field.name, plain(value)]),
        );
        expect(consumed).toBeLessThanOrEqual(cut);
      }),
      { numRuns: 200 },
    );
  });

  test('with any bytes for metadata, traits and payload is no error', () => {
    const anyBytes = fc.uint8Array({ maxLength: 80 });
    fc.assert(
      fc.property(anyBytes, anyBytes, anyBytes, (described, named, payload) => {
        // A size that covers the bytes: else random metadata ends at once.
        const sized = new ByteWriter()
          .u16(described.length + 2)
          .bytes(described)
          .done();
        const record = eventRecord({
          providerId: PROVIDER,
          payload,
          extended: [
            [METADATA_ITEM, sized],
            [TRAITS_ITEM, named],
          ],
        });
        const { json } = eventData(new SchemaStore().locate(record), record);
        expect(typeof JSON.parse(json)).toBe('object');
      }),
      { numRuns: 500 },
    );
  });
});
