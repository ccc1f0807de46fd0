import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ByteWriter,
  type ClockOptions,
  classicRecord,
  concat,
  type EventFields,
  encodeTrace,
  eventRecord,
  guidBytes,
  instanceRecord,
  messageRecord,
  opaqueRecord,
  perfinfoRecord,
  RecordType,
  systemRecord,
  TraceClock,
  type TraceOptions,
} from '../../samples/encoder/index.js';
import { type EventRecord, ExtendedType, formatGuid, NO_ID } from '../../src/etl/index.js';
import { PROVIDER, walk } from './walk.js';

const START = 17_180_507_150_000_000n;
const CLOCK: ClockOptions = { type: 'qpc', start: START, startTicks: 5_000_000_000n };
const T0 = 5_000_000_000n;
const EVENT_CLASS = '9b79ee91-b5fd-41c0-a243-4248e266e9d0';
const ACTIVITY = '01234567-89ab-cdef-0123-456789abcdef';
const NO_GUID = '00000000-0000-0000-0000-000000000000';
const PAYLOAD = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

/** The values of these records in a trace, on processor 3; without the trace header and similar records. */
function readBack<T>(
  records: readonly Uint8Array[],
  note: (record: EventRecord) => T,
  options: Omit<TraceOptions, 'clock'> = {},
): T[] {
  const file = encodeTrace({ clock: new TraceClock(CLOCK), ...options }, [{ processor: 3, records }]);
  const { trace, seen } = walk(file, (record) =>
    record.processor === 3 ? { noted: note(record) } : undefined,
  );
  expect(trace.damage.items).toEqual([]);
  return seen.filter((item) => item !== undefined).map(({ noted }) => noted);
}

const fields = (record: EventRecord) => ({
  kind: record.kind,
  headerType: record.headerType,
  pointerSize: record.pointerSize,
  providerId: record.providerId,
  id: record.id,
  version: record.version,
  channel: record.channel,
  level: record.level,
  opcode: record.opcode,
  task: record.task,
  keyword: (BigInt(record.keywordHigh) << 32n) | BigInt(record.keywordLow),
  processId: record.processId,
  threadId: record.threadId,
  activityId: record.activityId,
  raw: record.rawTime(),
  filetime: record.filetime(),
  payload: record.payload().slice(),
});

/** What a header that carries nothing but a time says. */
const NOTHING = {
  providerId: NO_GUID,
  id: 0,
  version: 0,
  channel: 0,
  level: 0,
  opcode: 0,
  task: 0,
  keyword: 0n,
  processId: NO_ID,
  threadId: NO_ID,
  activityId: NO_GUID,
  raw: T0 + 12_345n,
  filetime: 116_444_736_000_000_000n + START + 12_345n,
  payload: PAYLOAD,
};

describe('a record of type', () => {
  it.each([
    [4, '0x12', RecordType.event32],
    [8, '0x13', RecordType.event64],
  ] as const)('EVENT_HEADER with %i-byte pointers (%s) has all its fields', (pointerSize, _, headerType) => {
    const event: EventFields = {
      provider: PROVIDER,
      id: 65_534,
      time: T0 + 12_345n,
      data: PAYLOAD,
      pointerSize,
      version: 254,
      channel: 16,
      level: 5,
      opcode: 240,
      task: 65_280,
      keyword: 0x8000_0600_0000_0001n,
      processId: 4_000_000_000,
      threadId: 632,
      activityId: ACTIVITY,
    };
    const { time: _time, provider, data: _data, ...same } = event;
    expect(readBack([eventRecord(event)], fields)).toEqual([
      { ...NOTHING, ...same, kind: 'event', headerType, providerId: provider },
    ]);
  });

  it.each([
    [4, '0x0A', RecordType.classic32],
    [8, '0x14', RecordType.classic64],
  ] as const)(
    'EVENT_TRACE_HEADER with %i-byte pointers (%s) has all its fields',
    (pointerSize, _, headerType) => {
      const same = { opcode: 36, level: 4, version: 513, processId: 70_000, threadId: 80_000 };
      const record = classicRecord({
        ...same,
        eventClass: EVENT_CLASS,
        time: T0 + 12_345n,
        data: PAYLOAD,
        pointerSize,
      });
      expect(readBack([record], fields)).toEqual([
        { ...NOTHING, ...same, kind: 'classic', headerType, pointerSize, providerId: EVENT_CLASS },
      ]);
    },
  );

  it.each([
    [4, '0x0B', RecordType.instance32],
    [8, '0x15', RecordType.instance64],
  ] as const)(
    'EVENT_INSTANCE_GUID_HEADER with %i-byte pointers (%s) has 72 bytes before its payload',
    (pointerSize, _, headerType) => {
      const same = { opcode: 2, level: 1, version: 3, processId: 7, threadId: 8 };
      const record = instanceRecord({
        ...same,
        eventClass: EVENT_CLASS,
        time: T0 + 12_345n,
        data: PAYLOAD,
        pointerSize,
        instanceId: 1,
        parentInstanceId: 2,
      });
      expect(readBack([record], fields)).toEqual([
        { ...NOTHING, ...same, kind: 'instance', headerType, pointerSize, providerId: EVENT_CLASS },
      ]);
    },
  );

  it('EVENT_INSTANCE_HEADER, too short for the GUIDs, has 56 bytes before its payload', () => {
    const whole = instanceRecord({
      opcode: 2,
      eventClass: EVENT_CLASS,
      time: T0 + 12_345n,
      data: PAYLOAD,
      instanceId: 1,
      parentInstanceId: 2,
    });
    for (const size of [56, 57, 71]) {
      const short = whole.slice(0, size);
      short[0] = size;
      expect(readBack([short], (record) => [record.kind, record.providerId, record.payloadLength])).toEqual([
        ['instance', NO_GUID, size - 56],
      ]);
    }
  });

  it.each([
    ['full', 4, RecordType.system32],
    ['full', 8, RecordType.system64],
    ['compact', 4, RecordType.compact32],
    ['compact', 8, RecordType.compact64],
  ] as const)(
    'SYSTEM_TRACE_HEADER (%s, %i-byte pointers) has hook id, thread, process and time',
    (form, pointerSize, headerType) => {
      const same = { processId: 1234, threadId: 5678, version: 4 };
      const record = systemRecord(
        { ...same, hook: 0x0303, time: T0 + 12_345n, data: PAYLOAD, pointerSize },
        form,
      );
      expect(readBack([record], fields)).toEqual([
        { ...NOTHING, ...same, kind: 'system', headerType, pointerSize, id: 0x0303, opcode: 3 },
      ]);
    },
  );

  it.each([
    [4, RecordType.perfinfo32],
    [8, RecordType.perfinfo64],
  ] as const)(
    'PERFINFO_TRACE_HEADER with %i-byte pointers has hook id and time, and no thread',
    (pointerSize, headerType) => {
      const record = perfinfoRecord({ hook: 0x0f2e, time: T0 + 12_345n, data: PAYLOAD, pointerSize });
      expect(readBack([record], fields)).toEqual([
        { ...NOTHING, kind: 'perfinfo', headerType, pointerSize, id: 0x0f2e, opcode: 0x2e, version: 2 },
      ]);
    },
  );

  it('perfinfo with n counters (marker bits 0x0700) has 8 n bytes between header and payload', () => {
    for (let count = 0; count <= 7; count++) {
      const counters = Array.from({ length: count }, (_, index) => BigInt(index));
      const record = perfinfoRecord({ hook: 0x0f2e, time: T0, data: PAYLOAD, version: 3, counters });
      expect(readBack([record], fields)).toMatchObject([{ version: 3, raw: T0, payload: PAYLOAD }]);
    }
  });

  it('system or perfinfo with the extended part (marker bit 0x8000) has 8 bytes more before its payload, beside counters', () => {
    for (const counters of [0, 1, 7]) {
      const data = concat([new Uint8Array(8 * (1 + counters)).fill(0xee), PAYLOAD]);
      const marker = 0x8000 | (counters << 8) | 2;
      const records = [
        perfinfoRecord({ hook: 0x0f2e, time: T0, data, version: marker }),
        systemRecord({ hook: 0x0524, time: T0, data, version: marker }),
        systemRecord({ hook: 0x0524, time: T0, data, version: marker }, 'compact'),
      ];
      const expected = { version: 2, raw: T0, payload: PAYLOAD };
      expect(readBack(records, fields)).toMatchObject([expected, expected, expected]);
    }
  });

  it.each([0x0c, RecordType.error, 0x0e])(
    '0x%s is walked over, with the time of the record before it',
    (type) => {
      const before = eventRecord({ provider: PROVIDER, id: 1, time: T0 + 77n, data: PAYLOAD });
      const after = eventRecord({ provider: PROVIDER, id: 2, time: T0 + 99n, data: PAYLOAD });
      const seen = readBack([before, opaqueRecord(type, PAYLOAD), after], fields);
      expect(seen.map(({ kind, raw }) => [kind, raw])).toEqual([
        ['event', T0 + 77n],
        ['other', T0 + 77n],
        ['event', T0 + 99n],
      ]);
      expect(seen[1]).toMatchObject({ headerType: type, id: 0, processId: NO_ID, payload: PAYLOAD });
    },
  );

  it('any size from its header to 65,535 bytes ends where it says, and the next starts at the next 8 bytes', () => {
    for (const length of [0, 1, 7, 8, 9, 8000, 65_535 - 80]) {
      const data = new Uint8Array(length).fill(0xc0);
      const next = eventRecord({ provider: PROVIDER, id: 2, time: T0, data: new Uint8Array(0) });
      const records = [eventRecord({ provider: PROVIDER, id: 1, time: T0, data }), next];
      const seen = readBack(records, (record) => [record.id, record.size, record.payloadLength], {
        bufferSize: 131_072,
      });
      expect(seen).toEqual([
        [1, 80 + length, length],
        [2, 80, 0],
      ]);
    }
  });
});

describe('pointers', () => {
  it('of a record are as wide as its own header says, not as the trace says', () => {
    const event = { provider: PROVIDER, id: 1, time: T0, data: PAYLOAD };
    const records = [
      eventRecord({ ...event, pointerSize: 4 }),
      eventRecord({ ...event, pointerSize: 8 }),
      eventRecord({ ...event, pointerSize: 8, flags: 0x20 }),
      eventRecord({ ...event, pointerSize: 4, flags: 0x40 }),
      classicRecord({ eventClass: EVENT_CLASS, opcode: 1, time: T0, data: PAYLOAD, pointerSize: 4 }),
      messageRecord({ number: 10, time: T0, data: PAYLOAD }),
    ];
    for (const pointerSize of [4, 8] as const) {
      expect(readBack(records, (record) => record.pointerSize, { pointerSize })).toEqual([4, 8, 4, 8, 4, 8]);
    }
  });
});

describe('extended data', () => {
  const event = { provider: PROVIDER, id: 160, time: T0 + 12_345n, data: PAYLOAD };

  it('of every type is found, with its own length, and the payload starts behind the last item', () => {
    const extended = Object.values(ExtendedType).map((type) => ({
      type,
      data: new Uint8Array(type === ExtendedType.relatedActivityId ? 16 : type * 3).fill(type),
    }));
    const seen = readBack([eventRecord({ ...event, extended })], (record) => ({
      ...fields(record),
      items: record.extendedItems().map(({ type, bytes }) => ({ type, data: bytes.slice() })),
      stack: record.extendedItem(ExtendedType.stack64)?.slice(),
    }));
    const stack = new Uint8Array(18).fill(6);
    expect(seen).toMatchObject([{ id: 160, payload: PAYLOAD, items: extended, stack }]);
  });

  it('with a type twice: both are listed, the first is the one that is asked for', () => {
    const extended = [
      { type: 16, data: guidBytes(ACTIVITY) },
      { type: 16, data: guidBytes(PROVIDER) },
    ];
    const seen = readBack([eventRecord({ ...event, extended })], (record) => [
      ...record.extendedItems().map(({ bytes }) => formatGuid(bytes, 0)),
      formatGuid(record.extendedItem(16) ?? new Uint8Array(16), 0),
    ]);
    expect(seen).toEqual([[ACTIVITY, PROVIDER, ACTIVITY]]);
  });

  it('is not looked for where the event does not announce it', () => {
    const seen = readBack([eventRecord(event)], (record) => [
      record.extendedItems(),
      record.extendedItem(1),
      record.payloadLength,
    ]);
    expect(seen).toEqual([[[], undefined, PAYLOAD.length]]);
  });

  it('whose chain lies about itself never leaves the record', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.boolean(), (data, small) => {
        // Small lengths and types, so that chains of several items come up.
        const bytes = small ? data.map((byte, index) => (index % 2 === 1 ? 0 : byte % 32)) : data;
        const record = eventRecord({ ...event, data: bytes, flags: 1 });
        const seen = readBack([record], (read) => ({
          inside: read
            .extendedItems()
            .every(
              (item) =>
                item.bytes.byteOffset >= read.bytes.byteOffset + read.offset + 88 &&
                item.bytes.byteOffset + item.bytes.length <= read.bytes.byteOffset + read.offset + read.size,
            ),
          payload: read.payloadOffset >= read.offset + 80 && read.payloadLength >= 0,
          end: read.payloadOffset + read.payloadLength === read.offset + read.size,
        }));
        expect(seen).toEqual([{ inside: true, payload: true, end: true }]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a WPP message', () => {
  it('has the parts that its flags announce, in the order sequence, GUID or component, time, thread and process', () => {
    for (let flags = 0; flags < 0x100; flags++) {
      // TRACE_MESSAGE_* of evntrace.h; GUID and component id exclude each other, the GUID goes first.
      const parts = new ByteWriter();
      if (flags & 0x01) parts.u32(0x1111_1111);
      if (flags & 0x02) parts.guid(ACTIVITY);
      else if (flags & 0x04) parts.u32(0x2222_2222);
      if (flags & 0x08) parts.u64(T0 + 12_345n);
      if (flags & 0x20) parts.u32(632).u32(4);
      const body = concat([parts.take(), PAYLOAD]);
      const record = new ByteWriter()
        .u16(8 + body.length)
        .u8(RecordType.message)
        .u8(0x90)
        .u16(17)
        .u16(flags)
        .bytes(body)
        .take();
      const seen = readBack([record], fields, { form: 'windows7' });
      expect({ flags, seen }).toEqual({
        flags,
        seen: [
          {
            ...NOTHING,
            kind: 'message',
            headerType: RecordType.message,
            id: 17,
            pointerSize: flags & 0x40 ? 4 : 8,
            providerId: flags & 0x02 ? ACTIVITY : NO_GUID,
            ...(flags & 0x20 ? { threadId: 632, processId: 4 } : {}),
            ...(flags & 0x08 ? {} : { raw: T0, filetime: NOTHING.filetime - 12_345n }),
          },
        ],
      });
    }
  });

  it('of the encoder is read back', () => {
    const same = { threadId: 632, processId: 4 };
    const record = messageRecord({
      number: 11,
      sequence: 5,
      guid: ACTIVITY,
      time: T0 + 12_345n,
      data: PAYLOAD,
      ...same,
    });
    expect(readBack([record], fields)).toMatchObject([
      { ...NOTHING, ...same, kind: 'message', id: 11, providerId: ACTIVITY },
    ]);
  });

  it('without a type byte, as in old traces, is one too', () => {
    const record = messageRecord({ number: 11, guid: ACTIVITY, time: T0 + 12_345n, data: PAYLOAD });
    record[2] = 0;
    expect(readBack([record], fields)).toMatchObject([
      { ...NOTHING, kind: 'message', id: 11, providerId: ACTIVITY },
    ]);
  });

  it('without a time has that of the record before it, and before the first that of the trace header', () => {
    const timed = eventRecord({ provider: PROVIDER, id: 1, time: T0 + 500n, data: PAYLOAD });
    const untimed = messageRecord({ number: 1, guid: ACTIVITY, data: PAYLOAD });
    expect(readBack([untimed, timed, untimed], (record) => record.rawTime())).toEqual([
      T0,
      T0 + 500n,
      T0 + 500n,
    ]);
  });

  it('that ends inside its parts has no ids from beyond its end, and no payload', () => {
    const whole = messageRecord({
      number: 11,
      sequence: 5,
      guid: ACTIVITY,
      time: T0,
      threadId: 1,
      processId: 2,
      data: PAYLOAD,
    });
    for (let size = 8; size < 44; size++) {
      const cut = whole.slice(0, size);
      cut[0] = size;
      expect({ size, seen: readBack([cut], fields) }).toMatchObject({
        size,
        seen: [
          {
            processId: NO_ID,
            threadId: NO_ID,
            providerId: size < 28 ? NO_GUID : ACTIVITY,
            payload: new Uint8Array(0),
          },
        ],
      });
    }
  });
});
