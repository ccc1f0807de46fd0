import { describe, expect, test } from 'vitest';
import {
  type EventSchema,
  eventData,
  type FieldSchema,
  formatMessage,
  InType,
  OutType,
  type RawValue,
  readFields,
  SchemaStore,
} from '../../src/etw/index.js';
import { ByteWriter } from './bytes.js';
import { eventRecord } from './records.js';

const schemaWith = (message: string, fields: readonly Partial<FieldSchema>[]): EventSchema => ({
  origin: 'manifest',
  providerId: '11111111-2222-3333-4444-555555555555',
  id: 1,
  version: 0,
  message,
  fields: fields.map((field, n) => ({
    name: `V${n + 1}`,
    inType: InType.uint32,
    outType: OutType.null,
    ...field,
  })),
});

const fill = (message: string, ...values: readonly RawValue[]): string | undefined => {
  const fields = values.map((value) =>
    typeof value === 'string'
      ? { inType: InType.unicodeString }
      : { inType: typeof value === 'bigint' ? InType.uint64 : InType.int32 },
  );
  return formatMessage(
    schemaWith(message, fields),
    new Map(values.map((value, n) => [`V${n + 1}`, value] as const)),
  )?.text;
};

describe('a message', () => {
  test('takes values by their number, in any order, more than once', () => {
    expect(fill('%2 %1 %2!s!', 'a', 'b')).toBe('b a b');
    expect(fill('%10%1', ...Array.from({ length: 10 }, (_, n) => n + 1))).toBe('101');
  });

  test('has the escapes of FormatMessage', () => {
    expect(fill('100%% of%n%t%1%.%!%b|', 7)).toBe('100% of\n\t7.! |');
    expect(fill('%1%0 never seen', 7)).toBe('7');
    expect(fill('ends in %', 7)).toBe('ends in %');
    expect(fill('%%1', 7)).toBe('%1');
  });

  test('prints numbers in printf formats', () => {
    expect(fill('%1!x! %1!08X! %1!#x! %1!5d!| %1!-5d!| %1!05d! %1!+d! %1!o!', 254)).toBe(
      'fe 000000FE 0xfe   254| 254  | 00254 +254 376',
    );
    expect(fill('%1!u! %1!x!', -1)).toBe('4294967295 ffffffff');
    expect(fill('%1!I64x! %1!llu!', 0xffff_ffff_ffffn)).toBe('ffffffffffff 281474976710655');
    expect(fill('%1!5s!|%1!-5s!|%1!.2s!', 'abc')).toBe('  abc|abc  |ab');
    expect(fill('%1!*d!', 4, 7)).toBe('   7');
  });

  test('prints a text where a format asks for a number', () => {
    expect(fill('%1!d!', 'seven')).toBe('seven');
  });

  test('leaves an insert that the event does not have', () => {
    expect(fill('%1 and %2', 7)).toBe('7 and %2');
  });

  test('writes hexadecimal numbers, pointers, GUIDs and binary as Windows does', () => {
    const fields: Partial<FieldSchema>[] = [
      { inType: InType.hexInt32 },
      { inType: InType.pointer },
      { inType: InType.guid },
      { inType: InType.binary },
    ];
    const values = new Map<string, RawValue>([
      ['V1', 0xc000006d],
      ['V2', 0xffff_c40an],
      ['V3', '2ed6006e-4729-4609-b423-3ee7bcd678ef'],
      ['V4', Uint8Array.of(0, 0x22, 0xab)],
    ]);
    expect(formatMessage(schemaWith('%1 %2 %3 %4', fields), values)?.text).toBe(
      '0xC000006D 0xffffc40a {2ed6006e-4729-4609-b423-3ee7bcd678ef} 0x0022AB',
    );
  });

  test('is bounded, however wide a format says', () => {
    const text = fill(`%1!${'9'.repeat(9)}d!`.repeat(100), 1);
    expect(text?.length).toBeLessThan(500_000);
  });

  test('is absent where the schema has none', () => {
    const { message: _, ...silent } = schemaWith('', []);
    expect(formatMessage(silent, new Map())).toBeUndefined();
  });
});

describe('an event that EventWriteString wrote', () => {
  test('has its text as data and as message (EVENT_HEADER_FLAG_STRING_ONLY, 0x4)', () => {
    const store = new SchemaStore();
    const providerId = '11111111-2222-3333-4444-555555555555';
    for (const payload of [new ByteWriter().wideSz('link 100% up'), new ByteWriter().wide('link 100% up')]) {
      const record = eventRecord({ providerId, flags: 0x4, payload: payload.done() });
      const schema = store.locate(record);
      expect(JSON.parse(eventData(schema, record).json)).toEqual({ Message: 'link 100% up' });
      expect(schema && formatMessage(schema, readFields(schema, record).values)?.text).toBe('link 100% up');
    }
  });
});
