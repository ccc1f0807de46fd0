import { describe, expect, test } from 'vitest';
import {
  BufferFlag,
  classicRecord,
  encodeTrace,
  eventRecord,
  instanceRecord,
  messageRecord,
  opaqueRecord,
  perfinfoRecord,
  systemRecord,
  TraceClock,
  unixTime,
} from '../../samples/encoder/index.js';
import { readReference, referenceTime } from '../support/reference-reader.js';

const START = unixTime('2024-06-10T20:18:35.4891721Z');
const PROVIDER = '2ed6006e-4729-4609-b423-3ee7bcd678ef';
const data = Uint8Array.of(1, 2, 3);
const clock = new TraceClock({ type: 'qpc', start: START });
const event = (time: bigint): Uint8Array => eventRecord({ provider: PROVIDER, id: 7, time, data });

describe('traces as the generator writes them', () => {
  test.each([
    ['qpc', 10_000_000n],
    ['qpc', 2_994_853n],
    ['qpc', 3_579_545n],
    ['systemTime', undefined],
    ['cpuCycles', undefined],
  ] as const)('a record keeps its time to one tick on the clock %s %s', (type, perfFrequency) => {
    const ticking = new TraceClock({
      type,
      start: START,
      ...(perfFrequency === undefined ? {} : { perfFrequency }),
    });
    const wanted = START + 36_000_123_457n;
    const record = event(ticking.raw(wanted));
    const { header, buffers } = readReference(
      encodeTrace({ clock: ticking }, [{ processor: 0, records: [record] }]),
    );
    const read = referenceTime(header, buffers[1]?.records[0]?.time ?? 0n);
    expect(read).toBe(ticking.asRead(wanted));
    const ticks = Number(read - wanted);
    expect(ticks).toBeGreaterThanOrEqual(-1);
    expect(ticks * Number(ticking.ticksPerSecond)).toBeLessThanOrEqual(10_000_000);
  });

  test('every type of record header is walked, with its kind and its time', () => {
    const fields = { eventClass: PROVIDER, opcode: 10, time: 1001n, data };
    const kernel = { hook: 0x0303, time: 1001n, data };
    const records = [
      event(1001n),
      eventRecord({ provider: PROVIDER, id: 7, time: 1001n, data, pointerSize: 4 }),
      classicRecord(fields),
      classicRecord({ ...fields, pointerSize: 4 }),
      instanceRecord({ ...fields, instanceId: 1, parentInstanceId: 2 }),
      systemRecord(kernel),
      systemRecord({ ...kernel, pointerSize: 4 }),
      systemRecord(kernel, 'compact'),
      systemRecord({ ...kernel, pointerSize: 4 }, 'compact'),
      perfinfoRecord(kernel),
      perfinfoRecord({ ...kernel, pointerSize: 4, counters: [5n, 6n] }),
      messageRecord({ number: 12, sequence: 1, guid: PROVIDER, time: 1001n, threadId: 1, data }),
      opaqueRecord(0x0d, data),
    ];
    const { buffers } = readReference(encodeTrace({ clock }, [{ processor: 2, records }]));
    const read = buffers[1]?.records.map(({ type, time, kind, size }) => [type, time, kind, size]);
    expect(read).toEqual([
      [0x13, 1001n, `${PROVIDER}/7`, 83],
      [0x12, 1001n, `${PROVIDER}/7`, 83],
      [0x14, 1001n, `${PROVIDER}:10`, 51],
      [0x0a, 1001n, `${PROVIDER}:10`, 51],
      [0x15, 1001n, `${PROVIDER}:10`, 75],
      [0x02, 1001n, 'hook 0x0303', 35],
      [0x01, 1001n, 'hook 0x0303', 35],
      [0x04, 1001n, 'hook 0x0303', 27],
      [0x03, 1001n, 'hook 0x0303', 27],
      [0x11, 1001n, 'hook 0x0303', 19],
      [0x10, 1001n, 'hook 0x0303', 35],
      [0x0f, undefined, 'type 0x0f', 8 + 4 + 16 + 8 + 8 + 3],
      [0x0d, undefined, 'type 0x0d', 11],
    ]);
  });

  test('extended data stands between header and payload, each item says whether another follows', () => {
    const bytes = eventRecord({
      provider: PROVIDER,
      id: 7,
      time: 0n,
      data,
      extended: [
        { type: 1, data: new Uint8Array(16) },
        { type: 11, data: Uint8Array.of(5, 0, 0, 0x41, 0) },
      ],
    });
    const view = new DataView(bytes.buffer);
    const u16 = (at: number): number => view.getUint16(at, true);
    expect(u16(4)).toBe(1);
    expect([u16(80), u16(82), u16(84), u16(86)]).toEqual([24, 1, 1, 16]);
    expect([u16(104), u16(106), u16(108), u16(110)]).toEqual([16, 11, 0, 5]);
    expect(bytes.slice(120)).toEqual(data);
  });

  test('a 32-bit trace has a header of 272 bytes, a 64-bit one of 280', () => {
    const sizes = ([4, 8] as const).map((pointerSize) => {
      const options = { clock, pointerSize, loggerName: 'L', logFileName: 'F' };
      const { header, buffers } = readReference(encodeTrace(options, []));
      expect([header.pointerSize, header.loggerName, header.logFileName]).toEqual([pointerSize, 'L', 'F']);
      return buffers[0]?.records[0]?.size;
    });
    expect(sizes).toEqual([32 + 272 + 8, 32 + 280 + 8]);
  });

  test('Windows 7 writes the processor as a byte and no flag for it', () => {
    const file = encodeTrace({ clock, form: 'windows7' }, [{ processor: 3, records: [event(1n)] }]);
    const view = new DataView(file.buffer);
    expect([view.getUint8(8192 + 40), view.getUint8(8192 + 41), view.getUint16(8192 + 52, true)]).toEqual([
      3,
      8,
      BufferFlag.flushMarker,
    ]);
    expect(readReference(file).buffers[1]?.processor).toBe(3);
  });

  test('a file that was never closed has no end, no count and no lost buffers', () => {
    const options = { clock, closed: false, buffersLost: 3 };
    const { header } = readReference(encodeTrace(options, [{ processor: 0, records: [event(1n)] }]));
    expect([header.endTime, header.buffersWritten]).toEqual([0n, 0]);
    expect(readReference(encodeTrace({ clock }, [])).header.buffersWritten).toBe(1);
  });

  test('buffers stand on disk in the order that is asked for', () => {
    const buffers = [1n, 2n, 3n].map((time) => ({ processor: 0, records: [event(time)] }));
    const read = readReference(encodeTrace({ clock, circular: true }, buffers, [2, 0, 1]));
    expect(read.buffers.slice(1).map(({ sequence }) => sequence)).toEqual([3n, 1n, 2n]);
    expect(read.header.logFileMode).toBe(0x2);
  });

  test('a buffer whose FilledBytes is 0 ends where SavedOffset says', () => {
    const records = [event(1n), event(2n)];
    const read = readReference(encodeTrace({ clock }, [{ processor: 0, records, filledBytes: 0 }]));
    expect(read.buffers[1]?.records).toHaveLength(2);
  });

  test('a merged file has small buffers at any alignment behind a header buffer of one KiB', () => {
    const options = { clock, form: 'merged', compression: 'matches' } as const;
    const records = Array.from({ length: 50 }, (_, index) => event(BigInt(index)));
    const { buffers, rest, header } = readReference(encodeTrace(options, [{ processor: 1, records }]));
    expect(buffers.map(({ compressed }) => compressed)).toEqual([false, true]);
    expect(buffers[0]?.sizeOnDisk).toBe(1024);
    // The first data buffer of a merged file starts with a rundown-complete record.
    expect(buffers[1]?.records.map(({ kind }) => kind)).toEqual([
      'hook 0x5050',
      ...records.map(() => `${PROVIDER}/7`),
    ]);
    expect([rest, header.logFileMode, header.loggerName]).toEqual([0, 0x0401_0001, 'Relogger']);
  });

  test('a record that does not fit a buffer is refused', () => {
    const large = eventRecord({ provider: PROVIDER, id: 7, time: 0n, data: new Uint8Array(8200) });
    expect(() => encodeTrace({ clock }, [{ processor: 0, records: [large] }])).toThrow(RangeError);
    expect(() => eventRecord({ provider: PROVIDER, id: 7, time: 0n, data: new Uint8Array(65_500) })).toThrow(
      RangeError,
    );
  });
});
