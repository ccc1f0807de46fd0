import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ByteWriter,
  type EmbeddedMap,
  type EmbeddedSchema,
  encodeTrace,
  eventMapRecord,
  eventRecord,
  eventSchemaRecord,
  InType,
  TraceClock,
  unixTime,
} from '../../samples/encoder/index.js';
import { EventRecord, mergeTraces, Trace } from '../../src/etl/index.js';
import { ProviderNames, SchemaStore } from '../../src/etw/index.js';
import { EventWriter, JsonBytes } from '../../src/events/index.js';
import { ProcessTable } from '../../src/host/index.js';
import { memorySource } from '../support/memory-source.js';

const PROVIDER = '5b0d3a6e-9c3f-4d2b-8a51-0c7f5e2d9b14';
const clock = new TraceClock({ type: 'qpc', start: unixTime('2025-05-05T05:05:05.9999990Z') });
const MAP: EmbeddedMap = {
  provider: PROVIDER,
  name: 'Colours',
  kind: 'value',
  entries: new Map([
    [0, 'none '],
    [1, 'red "light" '],
    [7, 'grün\t'],
  ]),
};

/** Text of everything that JSON treats in its own way: quotes, controls, other scripts, pairs and lone surrogates. */
const text = fc.string({
  unit: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1, max: 0x7f }).map((code) => String.fromCharCode(code)) },
    { weight: 3, arbitrary: fc.integer({ min: 0x80, max: 0xffff }).map((code) => String.fromCharCode(code)) },
    // Where UTF-8 takes one byte more, and where surrogates begin and end.
    {
      weight: 2,
      arbitrary: fc.constantFrom('\u007f', '\u0080', '\u07ff', '\u0800', '\u0850', '\ud7ff', '\ue000'),
    },
    { weight: 1, arbitrary: fc.constantFrom('\u{1f40d}', '\ud800', '\udfff') },
  ),
  maxLength: 12,
});
const number = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n });

/** A field's types, and bytes that hold one of its values. */
const field = fc.oneof(
  fc
    .tuple(fc.constantFrom(InType.uint8, InType.int8), fc.constantFrom(undefined, 3, 4, 16), number(8))
    .map(([inType, outType, value]) => ({
      inType,
      outType,
      bytes: new ByteWriter().u8(Number(value)).take(),
    })),
  fc
    .tuple(fc.constantFrom(InType.uint16, InType.int16), fc.constantFrom(undefined, 0, 6, 17, 22), number(16))
    .map(([inType, outType, value]) => ({
      inType,
      outType,
      bytes: new ByteWriter().u16(Number(value)).take(),
    })),
  fc
    .tuple(
      fc.constantFrom(InType.uint32, InType.int32, InType.hexInt32, InType.boolean),
      fc.constantFrom(undefined, 0, 8, 18, 20, 23, 29, 30, 31, 32, 13),
      fc.oneof(number(32), number(3)),
    )
    .map(([inType, outType, value]) => ({
      inType,
      outType,
      bytes: new ByteWriter().u32(Number(value)).take(),
    })),
  fc
    .tuple(
      fc.constantFrom(InType.uint64, InType.int64, InType.hexInt64, InType.pointer, InType.fileTime),
      fc.constantFrom(undefined, 0, 10, 19, 37),
      fc.oneof(number(64), number(53), number(33)),
    )
    .map(([inType, outType, value]) => ({ inType, outType, bytes: new ByteWriter().u64(value).take() })),
  number(32).map((value) => ({
    inType: InType.uint32,
    outType: undefined,
    map: 'Colours',
    bytes: new ByteWriter().u32(Number(value % 9n)).take(),
  })),
  fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => ({ inType: InType.guid, outType: undefined, bytes })),
  text.map((value) => ({
    inType: InType.unicodeString,
    outType: undefined,
    bytes: new ByteWriter().utf16z(value).take(),
  })),
  text.map((value) => ({
    inType: InType.ansiString,
    outType: undefined,
    bytes: new Uint8Array([...new TextEncoder().encode(value), 0]),
  })),
  fc.double().map((value) => ({
    inType: InType.double,
    outType: undefined,
    bytes: new Uint8Array(Float64Array.of(value).buffer),
  })),
);

const insert = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((at) => `%${at}`),
  fc.constantFrom('%%', '%n', '%2!x!', '%12!s!', '%0', ' and "', '\\', 'ü '),
);
const message = fc.option(
  fc.array(insert, { maxLength: 6 }).map((parts) => parts.join('-')),
  { nil: undefined },
);

const event = fc.record({
  fields: fc.array(field, { minLength: 0, maxLength: 9 }),
  message,
  /** Bytes that are missing at the end, or that a newer build appended. */
  change: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -9, max: 3 }) },
  ),
  keyword: number(64),
  pid: number(32),
  tid: number(32),
  afterFrame: fc.nat(),
  activityId: fc.option(fc.uuid(), { nil: undefined }),
  /** 100 ns: a tenth of a second and more, so that seconds pass. */
  wait: fc.bigInt({ min: 0n, max: 20_000_000n }),
});

test('both ways from a record to JSON give the same text', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (events) => {
      let time = clock.startTicks;
      const records = events.flatMap(({ fields, ...each }, id) => {
        const whole = new Uint8Array(fields.flatMap(({ bytes }) => [...bytes]));
        const { change } = each;
        const data =
          change < 0 ? whole.subarray(0, change) : new Uint8Array([...whole, ...new Uint8Array(change)]);
        const schema: EmbeddedSchema = {
          provider: PROVIDER,
          providerName: 'Test "Provider"',
          id,
          ...(each.message !== undefined && { message: each.message }),
          fields: fields.map(({ bytes: _bytes, outType, ...field }, at) => ({
            name: `Field ${at}`,
            ...field,
            ...(outType !== undefined && { outType }),
          })),
        };
        time += each.wait;
        return [
          eventSchemaRecord(schema, time),
          eventRecord({
            provider: PROVIDER,
            id,
            time,
            data,
            keyword: each.keyword,
            processId: Number(each.pid),
            threadId: Number(each.tid),
            ...(each.activityId !== undefined && { activityId: each.activityId }),
          }),
        ];
      });
      const etl = encodeTrace({ clock }, [
        { processor: 3, records: [eventMapRecord(MAP, clock.startTicks), ...records] },
      ]);
      const trace = new Trace(memorySource(etl));
      const schemas = new SchemaStore();
      trace.survey((record) => schemas.addFromTrace(record));
      const surroundings = {
        schemas,
        providers: new ProviderNames(schemas),
        processes: new ProcessTable(),
        build: 0,
      };
      const [one, other] = [new EventWriter(surroundings), new EventWriter(surroundings)];
      // Small, so that it has to grow.
      const out = new JsonBytes(64);
      const record = new EventRecord();
      for (const batch of mergeTraces([trace])) {
        for (let n = 0; n < batch.count; n++) {
          batch.load(n, record);
          const afterFrame = events[n]?.afterFrame ?? 0;
          one.write(record, afterFrame, undefined, out);
          expect(new TextDecoder().decode(out.take())).toBe(other.json(record, afterFrame));
        }
      }
    }),
    { numRuns: 150 },
  );
});
