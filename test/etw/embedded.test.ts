import { describe, expect, test } from 'vitest';
import {
  type EventSchema,
  eventData,
  fixedLayout,
  formatMessage,
  InType,
  OutType,
  readFields,
  SchemaStore,
} from '../../src/etw/index.js';
import { ByteWriter } from './bytes.js';
import { type EventInfo, encodeEventInfo, encodeMapInfo } from './embedded-encoder.js';
import { classicRecord, eventRecord } from './records.js';

const METADATA = 'bbccf6c1-6cd1-48c4-80ff-839482e37671';
const PROVIDER = '11111111-2222-3333-4444-555555555555';

const storeOf = (...infos: EventInfo[]): SchemaStore => {
  const store = new SchemaStore();
  for (const info of infos) store.addFromTrace(classicRecord(METADATA, 32, encodeEventInfo(info)));
  return store;
};

const schemaOf = (info: EventInfo): EventSchema => {
  const schema = storeOf(info).locateById(info.providerId, info.id, info.version ?? 0);
  if (schema === undefined) throw new Error('no schema');
  return schema;
};

const data = (schema: EventSchema, payload: Uint8Array, pointerSize: 4 | 8 = 8): unknown =>
  JSON.parse(eventData(schema, eventRecord({ providerId: PROVIDER, payload, pointerSize })).json);

describe('a schema that the trace carries', () => {
  test('is found for the events of its provider, id and version, and for no others', () => {
    const store = storeOf({
      providerId: PROVIDER,
      id: 7,
      version: 1,
      providerName: 'Some-Provider ',
      name: 'Something',
      keywords: ['One', 'Two'],
      message: 'number %1',
      properties: [{ name: 'Number', inType: InType.uint32 }],
    });
    expect(store.locateById(PROVIDER, 7, 0)).toBeUndefined();
    expect(store.locateById(PROVIDER, 8, 1)).toBeUndefined();
    expect(
      store.locate(eventRecord({ providerId: PROVIDER, id: 7, version: 1, payload: new Uint8Array(4) })),
    ).toMatchObject({
      origin: 'embedded',
      providerId: PROVIDER,
      providerName: 'Some-Provider',
      id: 7,
      version: 1,
      name: 'Something',
      keywordNames: ['One', 'Two'],
      message: 'number %1',
      fields: [{ name: 'Number', inType: InType.uint32, outType: 0 }],
    });
  });

  test('names its provider, also for events that have none', () => {
    const store = storeOf({ providerId: PROVIDER, id: 7, providerName: 'Some-Provider', properties: [] });
    expect(store.providerName(PROVIDER)).toBe('Some-Provider');
    expect(store.providerName('e53c6823-7bb8-44bb-90dc-3f86090d48a6')).toBe('Microsoft-Windows-Winsock-AFD');
    expect(store.providerName('00000000-0000-0000-0000-000000000001')).toBeUndefined();
  });

  test('goes before the built-in table', () => {
    const ndisCapture = '2ed6006e-4729-4609-b423-3ee7bcd678ef';
    const store = storeOf({ providerId: ndisCapture, id: 1001, properties: [] });
    expect(store.locateById(ndisCapture, 1001, 0)?.origin).toBe('embedded');
    expect(store.locateById(ndisCapture, 1002, 0)?.origin).toBe('builtin');
  });

  test('finds its value maps whether they come before or after it, and after it was used', () => {
    const store = storeOf({
      providerId: PROVIDER,
      id: 1,
      message: '%1',
      properties: [{ name: 'Reason', inType: InType.uint8, map: 'Reasons' }],
    });
    const record = eventRecord({ providerId: PROVIDER, id: 1, payload: Uint8Array.of(2) });
    expect(eventData(store.locate(record), record).json).toBe('{"Reason":2}');
    store.addFromTrace(classicRecord(METADATA, 33, encodeMapInfo(PROVIDER, 'Reasons', [[2, 'Too late']])));
    const schema = store.locate(record);
    expect(eventData(schema, record).json).toBe('{"Reason":"Too late"}');
    // Windows writes the blank that ends every text; in a message it stays.
    expect(schema && formatMessage(schema, readFields(schema, record).values)?.text).toBe('Too late ');
  });

  test('has bit maps whose value is a set of flags', () => {
    const store = storeOf({
      providerId: PROVIDER,
      id: 1,
      properties: [{ name: 'Flags', inType: InType.uint8, map: 'TcpFlags' }],
    });
    const entries = [
      [1, 'FIN'],
      [2, 'SYN'],
      [16, 'ACK'],
    ] as const;
    store.addFromTrace(classicRecord(METADATA, 33, encodeMapInfo(PROVIDER, 'TcpFlags', entries, 2)));
    const shown = (flags: number): unknown => {
      const record = eventRecord({ providerId: PROVIDER, id: 1, payload: Uint8Array.of(flags) });
      return JSON.parse(eventData(store.locate(record), record).json).Flags;
    };
    expect(shown(0x12)).toBe('SYN|ACK');
    expect(shown(0x92)).toBe('SYN|ACK|0x80');
    expect(shown(0)).toBe(0);
  });

  test('has structures: members stand behind the top-level properties', () => {
    const schema = schemaOf({
      providerId: PROVIDER,
      id: 1,
      topLevelCount: 3,
      properties: [
        { name: 'Count', inType: InType.uint16 },
        { name: 'Layers', members: { first: 3, count: 3 }, count: { property: 0 } },
        { name: 'Last', inType: InType.uint8 },
        { name: 'Id', inType: InType.uint32 },
        { name: 'Size', inType: InType.uint8 },
        { name: 'Bytes', inType: InType.binary, length: { property: 4 } },
      ],
    });
    const payload = new ByteWriter().u16(2).u32(7).u8(2).bytes([1, 2]).u32(8).u8(0).u8(9).done();
    expect(data(schema, payload)).toEqual({
      Count: 2,
      Layers: [
        { Id: 7, Size: 2, Bytes: '0102' },
        { Id: 8, Size: 0, Bytes: '' },
      ],
      Last: 9,
    });
  });

  test('has members whose length is a field of the event around them', () => {
    const schema = schemaOf({
      providerId: PROVIDER,
      id: 1,
      topLevelCount: 2,
      properties: [
        { name: 'Size', inType: InType.uint16 },
        { name: 'Body', members: { first: 2, count: 1 } },
        { name: 'Bytes', inType: InType.binary, length: { property: 0 } },
      ],
    });
    expect(data(schema, new ByteWriter().u16(3).bytes([1, 2, 3]).done())).toEqual({
      Size: 3,
      Body: { Bytes: '010203' },
    });
  });

  test('is refused where a structure contains itself, or properties leave the record', () => {
    const own = { providerId: PROVIDER, id: 1 };
    const circular = [
      { name: 'A', members: { first: 1, count: 1 } },
      { name: 'B', members: { first: 0, count: 2 } },
    ];
    const shared = [
      { name: 'A', members: { first: 2, count: 1 } },
      { name: 'B', members: { first: 2, count: 1 } },
      { name: 'C', inType: InType.uint8 },
    ];
    expect(
      storeOf({ ...own, topLevelCount: 1, properties: circular }).locateById(PROVIDER, 1, 0),
    ).toBeUndefined();
    expect(
      storeOf({ ...own, topLevelCount: 2, properties: shared }).locateById(PROVIDER, 1, 0),
    ).toBeUndefined();
    const huge = encodeEventInfo({ ...own, properties: [] });
    new DataView(huge.buffer).setUint32(100, 0xffff_ffff, true);
    const store = new SchemaStore();
    expect(store.addFromTrace(classicRecord(METADATA, 32, huge))).toBe(true);
    expect(store.locateById(PROVIDER, 1, 0)).toBeUndefined();
  });

  test('gives a forward reference no length', () => {
    const schema = schemaOf({
      providerId: PROVIDER,
      id: 1,
      properties: [
        { name: 'Bytes', inType: InType.binary, length: { property: 1 } },
        { name: 'Size', inType: InType.uint8 },
      ],
    });
    expect(data(schema, Uint8Array.of(5))).toEqual({ Bytes: '', Size: 5 });
  });
});

describe('values', () => {
  const one = (
    inType: number,
    bytes: Uint8Array,
    more: { outType?: number; length?: number; count?: number } = {},
    pointerSize: 4 | 8 = 8,
  ): unknown => {
    const schema = schemaOf({ providerId: PROVIDER, id: 1, properties: [{ name: 'V', inType, ...more }] });
    const shown: unknown = data(schema, bytes, pointerSize);
    return typeof shown === 'object' && shown !== null && 'V' in shown ? shown.V : undefined;
  };
  const bytes = (): ByteWriter => new ByteWriter();

  test('64-bit integers are decimal strings, smaller ones numbers', () => {
    expect(one(InType.uint64, bytes().u64(0xffff_ffff_ffff_ffffn).done())).toBe('18446744073709551615');
    expect(one(InType.int64, bytes().u64(-2n).done())).toBe('-2');
    expect(one(InType.uint32, bytes().u32(0xffff_ffff).done())).toBe(4294967295);
    expect(one(InType.int8, Uint8Array.of(0xff))).toBe(-1);
  });

  test('pointers have the size of the record and are hexadecimal', () => {
    expect(one(InType.pointer, bytes().u64(0xffff_c40a_0000_1234n).done())).toBe('0xffffc40a00001234');
    expect(one(InType.pointer, bytes().u32(0x8000_1234).done(), {}, 4)).toBe('0x80001234');
  });

  test('times are ISO 8601, to the 100 ns', () => {
    expect(one(InType.fileTime, bytes().u64(133_625_243_154_891_721n).done())).toBe(
      '2024-06-10T20:18:35.4891721Z',
    );
    const system = bytes().u16(2021).u16(9).u16(4).u16(9).u16(14).u16(59).u16(35).u16(799).done();
    expect(one(InType.systemTime, system)).toBe('2021-09-09T14:59:35.799');
    expect(one(InType.systemTime, system, { outType: OutType.dateTimeUtc })).toBe('2021-09-09T14:59:35.799Z');
    expect(one(InType.systemTime, new Uint8Array(16))).toBe('00'.repeat(16));
  });

  test('addresses and ports are in network order', () => {
    expect(one(InType.uint32, Uint8Array.of(10, 9, 1, 22), { outType: OutType.ipv4 })).toBe('10.9.1.22');
    expect(one(InType.uint16, Uint8Array.of(0x01, 0xbb), { outType: OutType.port })).toBe(443);
    const address = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0xfb, 0x0f, 0x50, 0x39, 0xc3, 0xe9, 0xad, 0xf7];
    expect(one(InType.binary, Uint8Array.from(address), { outType: OutType.ipv6 })).toBe(
      'fe80::fb0f:5039:c3e9:adf7',
    );
    expect(one(InType.binary, new Uint8Array(16), { outType: OutType.ipv6 })).toBe('::');
    const socket4 = bytes().u16(2).bytes([0x00, 0x50, 192, 168, 0, 1]).u64(0n).done();
    expect(one(InType.binary, socket4, { outType: OutType.socketAddress, length: 16 })).toBe(
      '192.168.0.1:80',
    );
    const socket6 = bytes().u16(23).bytes([0x00, 0x50]).u32(0).bytes(address).u32(5).done();
    expect(one(InType.binary, socket6, { outType: OutType.socketAddress, length: 28 })).toBe(
      '[fe80::fb0f:5039:c3e9:adf7%5]:80',
    );
  });

  test('IPv6 addresses are written as RFC 5952 says', () => {
    const shown = (...groups: number[]): unknown =>
      one(InType.binary, Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff])), {
        outType: OutType.ipv6,
      });
    expect(shown(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1)).toBe('2001:db8::1:0:0:1');
    expect(shown(0x2001, 0xdb8, 0, 1, 1, 1, 1, 1)).toBe('2001:db8:0:1:1:1:1:1');
    expect(shown(0x2001, 0, 0, 1, 0, 0, 0, 1)).toBe('2001:0:0:1::1');
    expect(shown(0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201)).toBe('::ffff:192.0.2.1');
    expect(shown(1, 0, 0, 0, 0, 0, 0, 0)).toBe('1::');
  });

  test('SIDs, GUIDs and error codes are what people know them as', () => {
    const admins = bytes().u8(1).u8(2).bytes([0, 0, 0, 0, 0, 5]).u32(32).u32(544).done();
    expect(one(InType.sid, admins)).toBe('S-1-5-32-544');
    expect(one(InType.guid, bytes().guid(PROVIDER).done())).toBe(PROVIDER);
    expect(one(InType.uint32, bytes().u32(0xc000_0022).done(), { outType: OutType.ntStatus })).toBe(
      '0xc0000022',
    );
    expect(one(InType.int32, bytes().u32(0x8007_0005).done(), { outType: OutType.hresult })).toBe(
      '0x80070005',
    );
    expect(one(InType.uint32, bytes().u32(5).done(), { outType: OutType.win32Error })).toBe(5);
    expect(one(InType.uint16, bytes().u16(0x800).done(), { outType: OutType.hexInt16 })).toBe('0x800');
  });

  test('a kernel SID stands behind a TOKEN_USER of two pointers, or is four zero bytes', () => {
    const sid = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];
    expect(one(InType.wbemSid, bytes().u64(0xffff_8000_1234_5678n).u64(0n).bytes(sid).done())).toBe(
      'S-1-5-18',
    );
    expect(one(InType.wbemSid, bytes().u32(0x8000_1234).u32(0).bytes(sid).done(), {}, 4)).toBe('S-1-5-18');
    expect(one(InType.wbemSid, bytes().u32(0).done())).toBe('');
  });

  test('strings of every kind are read to their end and no further', () => {
    expect(one(InType.unicodeString, bytes().wideSz('vEthernet (nät)').done())).toBe('vEthernet (nät)');
    expect(one(InType.ansiString, bytes().utf8Sz('grün').done())).toBe('grün');
    expect(one(InType.ansiString, Uint8Array.of(0x67, 0x72, 0xfc, 0x6e, 0))).toBe('grün');
    expect(one(InType.unicodeString, bytes().wide('ab\0?').done(), { length: 4 })).toBe('ab');
    expect(one(InType.countedString, bytes().u16(4).wide('ab').done())).toBe('ab');
    expect(one(InType.reversedCountedString, bytes().bytes([0, 4]).wide('ab').done())).toBe('ab');
    expect(one(InType.countedAnsiString, bytes().u16(2).bytes([0x61, 0x62]).done())).toBe('ab');
    expect(one(InType.nonNullTerminatedString, bytes().wide('ab').done())).toBe('ab');
    expect(one(InType.unicodeChar, bytes().wide('ab').done(), { count: 2 })).toBe('ab');
    expect(one(InType.hexDump, bytes().u32(2).bytes([0xca, 0xfe]).done())).toBe('cafe');
  });

  test('booleans are four bytes in ETW, and a byte where the out-type makes one of a number', () => {
    expect(one(InType.boolean, bytes().u32(1).done())).toBe(true);
    expect(one(InType.uint8, Uint8Array.of(0), { outType: OutType.boolean })).toBe(false);
  });

  test('floats are as short as they can be, and what JSON cannot write is a word', () => {
    const float = (value: number): Uint8Array => new Uint8Array(Float32Array.of(value).buffer);
    const double = (value: number): Uint8Array => new Uint8Array(Float64Array.of(value).buffer);
    expect(one(InType.float, float(0.1))).toBe(0.1);
    expect(one(InType.double, double(0.1))).toBe(0.1);
    expect(one(InType.double, double(Number.NaN))).toBe('NaN');
    expect(one(InType.float, float(Number.NEGATIVE_INFINITY))).toBe('-Infinity');
  });

  test('an unknown in-type takes the rest as hexadecimal', () => {
    expect(one(999, Uint8Array.of(0xde, 0xad))).toBe('dead');
  });
});

describe('a payload that does not fit its schema', () => {
  const schema = schemaOf({
    providerId: PROVIDER,
    id: 1,
    properties: [
      { name: 'A', inType: InType.uint16 },
      { name: 'Size', inType: InType.uint8 },
      { name: 'B', inType: InType.binary, length: { property: 1 } },
      { name: 'C', inType: InType.unicodeString },
      { name: 'D', inType: InType.uint64 },
    ],
  });
  const whole = new ByteWriter().u16(1).u8(2).bytes([7, 8]).wideSz('x').u64(9n).done();
  const read = (length: number): { data: unknown; truncated: boolean } => {
    const record = eventRecord({ providerId: PROVIDER, id: 1, payload: whole.subarray(0, length) });
    const { json, truncated } = eventData(schema, record);
    return { data: JSON.parse(json), truncated };
  };

  test('lacks trailing fields of newer builds without being truncated', () => {
    expect(read(9)).toEqual({ data: { A: 1, Size: 2, B: '0708', C: 'x' }, truncated: false });
    expect(read(5)).toEqual({ data: { A: 1, Size: 2, B: '0708' }, truncated: false });
    expect(read(0)).toEqual({ data: {}, truncated: false });
  });

  test('gives what there is of a field that is cut, and says so', () => {
    expect(read(4)).toEqual({ data: { A: 1, Size: 2, B: '07' }, truncated: true });
    expect(read(3)).toEqual({ data: { A: 1, Size: 2, B: '' }, truncated: true });
    expect(read(7)).toEqual({ data: { A: 1, Size: 2, B: '0708', C: 'x' }, truncated: true });
    // The bytes of a number that is cut are not lost.
    expect(read(12)).toEqual({
      data: { A: 1, Size: 2, B: '0708', C: 'x', bytes: '090000' },
      truncated: true,
    });
  });

  test('keeps bytes behind the last field', () => {
    const payload = new ByteWriter().bytes(whole).u16(0xabcd).done();
    expect(data(schema, payload)).toMatchObject({ D: '9', bytes: 'cdab' });
  });

  test('ends an array of structures without bytes in time', () => {
    const empty = schemaOf({
      providerId: PROVIDER,
      id: 1,
      topLevelCount: 2,
      properties: [
        { name: 'Count', inType: InType.uint32 },
        { name: 'Many', members: { first: 2, count: 1 }, count: { property: 0 } },
        { name: 'Nothing', inType: InType.binary, length: { property: 2 } },
      ],
    });
    const record = eventRecord({ providerId: PROVIDER, payload: new ByteWriter().u32(0xffff_ffff).done() });
    expect(eventData(empty, record).truncated).toBe(true);
    expect(readFields(empty, record).values.get('Many')).toHaveProperty(
      'length',
      expect.toSatisfy((n) => n < 1000),
    );
  });

  test('cannot reach the prototype of what it is read into', () => {
    const sneaky = schemaOf({
      providerId: PROVIDER,
      id: 1,
      properties: [
        { name: '__proto__', inType: InType.uint8 },
        { name: '2', inType: InType.uint8 },
        { name: '1', inType: InType.uint8 },
        { name: '1', inType: InType.uint8 },
      ],
    });
    const record = eventRecord({ providerId: PROVIDER, payload: Uint8Array.of(5, 6, 7, 8) });
    // Order and every value are kept, also of repeated names.
    expect(eventData(sneaky, record).json).toBe('{"__proto__":5,"2":6,"1":7,"1_2":8}');
    expect([...readFields(sneaky, record).values.keys()]).toEqual(['__proto__', '2', '1', '1_2']);
  });
});

test('the fixed layout ends at the first field whose size depends on data', () => {
  const schema = schemaOf({
    providerId: PROVIDER,
    id: 1,
    properties: [
      { name: 'Id', inType: InType.uint64 },
      { name: 'Nbl', inType: InType.pointer },
      { name: 'Mac', inType: InType.binary, length: 6 },
      { name: 'Name', inType: InType.unicodeString },
      { name: 'After', inType: InType.uint8 },
    ],
  });
  const layout = fixedLayout(schema, 4);
  expect(layout.variableAt).toBe(18);
  expect(layout.variableField).toBe('Name');
  expect([...layout.fields]).toEqual([
    ['Id', { offset: 0, size: 8 }],
    ['Nbl', { offset: 8, size: 4 }],
    ['Mac', { offset: 12, size: 6 }],
  ]);
  expect(fixedLayout(schema, 8).variableAt).toBe(22);
});
