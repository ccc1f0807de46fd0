import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BufferContent,
  concat,
  encodeRecords,
  encodeTrace,
  eventRecord,
  opaqueRecord,
  TraceClock,
  type TraceOptions,
} from '../../samples/encoder/index.js';
import { type ByteSource, type Damage, EtlError, mergeTraces, Trace } from '../../src/etl/index.js';
import { count } from '../../src/format/index.js';
import { memorySource } from '../support/memory-source.js';
import { recordLists } from './random-records.js';
import { PROVIDER, walk } from './walk.js';

const START = 17_180_507_150_000_000n;
const T0 = 5_000_000_000n;
const clock = new TraceClock({ type: 'qpc', start: START, startTicks: T0 });
const BUFFER = 8192;
const HEADER = 72;
const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;
/** An event of ours: 80 bytes of header and 8 of payload. */
const EVENT = 88;

const event = (id: number, length = 8): Uint8Array =>
  eventRecord({ provider: PROVIDER, id, time: T0 + BigInt(id), data: new Uint8Array(length).fill(0x41) });

/** Buffers of three events each, named 10, 11, 12, then 20, 21, 22 … */
const threeEach = (count: number): BufferContent[] =>
  Array.from({ length: count }, (_, index) => ({
    processor: index % 2,
    records: [0, 1, 2].map((n) => event(10 * (index + 1) + n)),
  }));

/** Windows 7's form has nothing but the trace header in the first buffer. */
const plain = (buffers: readonly BufferContent[], options: Partial<TraceOptions> = {}): Uint8Array =>
  encodeTrace({ clock, form: 'windows7', bufferSize: BUFFER, ...options }, buffers);

interface Salvaged {
  readonly ids: number[];
  readonly damage: readonly Damage[];
}

function salvage(file: Uint8Array): Salvaged {
  const { trace, seen, survey } = walk(file, (record) => (record.kind === 'event' ? record.id : -1));
  expect(trace.damage.total).toBe(trace.damage.items.length);
  expect(trace.damage.bytes).toBe(trace.damage.items.reduce((sum, { bytes }) => sum + bytes, 0));
  expect(survey.records).toBe(seen.length);
  return { ids: seen.filter((id) => id >= 0), damage: trace.damage.items };
}

/** A copy with these bytes written over it. */
const changed = (file: Uint8Array, offset: number, bytes: Uint8Array): Uint8Array => {
  const copy = file.slice();
  copy.set(bytes, offset);
  return copy;
};
const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >> 8);
const u32 = (value: number): Uint8Array => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);

/** Bytes that are no record and no header at any place: the marker byte never has its top bit. */
const garbage = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => 0x21 + (index % 80));

/** The cost of reading: number and sizes of reads of the source. */
function counted(file: Uint8Array): { source: ByteSource; cost: { reads: number; bytes: number } } {
  const memory = memorySource(file);
  const cost = { reads: 0, bytes: 0 };
  const source: ByteSource = {
    size: memory.size,
    read(position, into) {
      const read = memory.read(position, into);
      cost.reads += 1;
      cost.bytes += read;
      return read;
    },
  };
  return { source, cost };
}

describe('a file that is no trace', () => {
  const opening = (bytes: Uint8Array): EtlError => {
    try {
      new Trace(memorySource(bytes));
    } catch (error) {
      if (error instanceof EtlError) return error;
      throw error;
    }
    throw new Error('it was opened');
  };

  it('is refused as empty where it has no bytes', () => {
    expect(opening(new Uint8Array(0))).toMatchObject({ code: 'empty', offset: 0 });
  });

  it('is refused where it is text, zeros, a pcapng or one byte', () => {
    const pcapng = concat([Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0, 0), new Uint8Array(200)]);
    for (const bytes of [
      new TextEncoder().encode('Frame,Time,Source\r\n'.repeat(100)),
      new Uint8Array(BUFFER),
      new Uint8Array(BUFFER).fill(0xff),
      pcapng,
      Uint8Array.of(0),
    ]) {
      expect(opening(bytes)).toMatchObject({ code: 'not-etl', offset: 0 });
    }
  });

  it('is refused where the trace header is cut at any byte, and read where only its names are', () => {
    const file = plain(threeEach(1));
    // 72 of the buffer, 32 of the record, 280 of TRACE_LOGFILE_HEADER.
    const needed = 72 + 32 + 280;
    for (let cut = 1; cut < needed; cut++) {
      expect(opening(file.subarray(0, cut)).code).toBe('not-etl');
    }
    expect(new Trace(memorySource(file.subarray(0, needed))).header.build).toBe(20348);
  });

  it('is refused where a buffer header stands before no record, at the place of that record', () => {
    const file = plain(threeEach(1)).subarray(0, BUFFER);
    expect(opening(changed(file, HEADER, new Uint8Array(8)))).toMatchObject({
      code: 'not-etl',
      offset: HEADER,
    });
  });

  it('throws nothing but EtlError, whatever its bytes', () => {
    const file = plain(threeEach(2)).subarray(0, 2 * BUFFER);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 20 }),
        fc.uint8Array({ maxLength: 300 }),
        (edits, start) => {
          const copy = file.slice();
          copy.set(start);
          for (const [at, byte] of edits) copy[at] = byte;
          for (const bytes of [copy, start]) {
            try {
              walk(bytes, (record) => [record.filetime(), record.providerId, record.extendedItems()]);
            } catch (error) {
              expect(error).toBeInstanceOf(EtlError);
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a torn last buffer', () => {
  const file = plain(threeEach(2));
  const filled = HEADER + 3 * EVENT;

  it('that lacks only the unused rest behind its records is no damage', () => {
    for (const size of [2 * BUFFER + filled, 2 * BUFFER + filled + 1, 3 * BUFFER - 1]) {
      expect(salvage(file.subarray(0, size))).toEqual({ ids: [10, 11, 12, 20, 21, 22], damage: [] });
    }
  });

  it('that lacks records gives those that are whole, and says where it is torn and how much is missing', () => {
    for (const size of [HEADER + EVENT, HEADER + 2 * EVENT - 1, HEADER + 2 * EVENT, filled - 1]) {
      const { ids, damage } = salvage(file.subarray(0, 2 * BUFFER + size));
      const whole = Math.floor((size - HEADER) / EVENT);
      expect(ids).toEqual([10, 11, 12, 20, 21, 22].slice(0, 3 + whole));
      expect(damage.filter(({ kind }) => kind === 'torn-buffer')).toEqual([
        {
          kind: 'torn-buffer',
          offset: 2 * BUFFER,
          bytes: BUFFER - size,
          reason: `file ends mid-buffer (${count(size)} of 8,192 bytes present)`,
        },
      ]);
      const cut = (size - HEADER) % EVENT;
      expect(damage.filter(({ kind }) => kind === 'record').map(({ bytes }) => bytes)).toEqual(
        cut === 0 ? [] : [cut],
      );
    }
  });

  it('inside its header is damage of as many bytes', () => {
    expect(salvage(file.subarray(0, 2 * BUFFER + 50))).toMatchObject({
      ids: [10, 11, 12],
      damage: [{ kind: 'torn-buffer', offset: 2 * BUFFER, bytes: 50 }],
    });
  });

  it('that is compressed gives the records that expand, wherever it is torn', () => {
    const records = Array.from({ length: 200 }, (_, id) => ({ processor: 0, record: event(id, id) }));
    const packed = encodeRecords(
      { clock, form: 'windows7', bufferSize: MEBIBYTE, compression: 'matches' },
      records,
    );
    const start = new DataView(packed.buffer).getUint32(0, true);
    let most = 0;
    for (let size = start + HEADER; size < packed.length; size += 97) {
      const { ids, damage } = salvage(packed.subarray(0, size));
      expect(ids).toEqual(Array.from({ length: ids.length }, (_, id) => id));
      expect(ids.length).toBeGreaterThanOrEqual(most);
      most = ids.length;
      expect(damage.map(({ kind }) => kind)).toContain('torn-buffer');
      expect(damage.map(({ kind }) => kind)).toContain('lz77');
      for (const { offset } of damage) expect(offset).toBe(start);
    }
    expect(most).toBeGreaterThan(190);
  });

  it('whose last record is cut finds no records in the bytes of that record', () => {
    // A payload in which some bytes have the shape of an event header of 80 bytes.
    const decoy = new Uint8Array(4000);
    for (let at = 0; at < decoy.length; at += 504) decoy.set([80, 0, 0x13, 0xc0], at);
    const record = eventRecord({ provider: PROVIDER, id: 11, time: T0, data: decoy });
    const whole = plain([{ processor: 0, records: [event(10), record] }]);
    expect(salvage(whole).ids).toEqual([10, 11]);
    expect(salvage(whole.subarray(0, BUFFER + 4100)).ids).toEqual([10]);
  });
});

describe('between buffers', () => {
  const file = plain(threeEach(4));

  it('a zeroed page in place of a buffer is skipped, and the buffers behind it are read', () => {
    const { ids, damage } = salvage(changed(file, 2 * BUFFER, new Uint8Array(BUFFER)));
    expect(ids).toEqual([10, 11, 12, 30, 31, 32, 40, 41, 42]);
    expect(damage).toEqual([
      { kind: 'no-buffer', offset: 2 * BUFFER, bytes: BUFFER, reason: 'zeroed bytes' },
    ]);
  });

  it('garbage of any length is skipped to the byte', () => {
    for (const length of [1, 7, 8, 9, 71, 72, 73, 4096, 65_535, 65_536, 65_537, 200_000]) {
      const parts = [file.subarray(0, 2 * BUFFER), garbage(length), file.subarray(2 * BUFFER)];
      const { ids, damage } = salvage(concat(parts));
      expect(ids).toEqual([10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42]);
      expect(damage).toEqual([
        { kind: 'no-buffer', offset: 2 * BUFFER, bytes: length, reason: 'bytes that are not a buffer' },
      ]);
    }
  });

  it('garbage in front of a buffer that is the last 80 bytes of the file is skipped to the byte', () => {
    const last = plain([{ processor: 0, records: [opaqueRecord(0x0c, new Uint8Array(0))] }]).subarray(
      BUFFER,
      BUFFER + 80,
    );
    last[72 + 2] = 0x0f;
    last[72 + 3] = 0x90;
    const { trace, survey } = walk(concat([file, garbage(100), last]), () => 0);
    expect(survey.records).toBe(1 + 12 + 1);
    expect(trace.damage.items).toMatchObject([{ kind: 'no-buffer', offset: file.length, bytes: 100 }]);
  });

  it('garbage in front of a compressed buffer is skipped to the byte', () => {
    const packed = encodeTrace({ clock, compression: 'matches' }, threeEach(3));
    const second = packed.length - sizeOfLast(packed);
    const { ids, damage } = salvage(
      concat([packed.subarray(0, second), garbage(333), packed.subarray(second)]),
    );
    expect(ids).toEqual([10, 11, 12, 20, 21, 22, 30, 31, 32]);
    expect(damage).toMatchObject([{ kind: 'no-buffer', offset: second, bytes: 333 }]);
  });

  it('garbage at the end is counted, zeros too', () => {
    for (const tail of [garbage(5000), new Uint8Array(5000), garbage(20)]) {
      const { ids, damage } = salvage(concat([file, tail]));
      expect(ids).toHaveLength(12);
      expect(damage).toMatchObject([{ offset: file.length, bytes: tail.length }]);
    }
  });

  it.each([
    ['a size of 0', 0, u32(0)],
    ['a size below its header', 0, u32(71)],
    ['a size of 4 GiB', 0, u32(0xffff_ffff)],
    ['more filled than its size', 48, u32(BUFFER + 1)],
    ['less filled than its header', 48, u32(71)],
    ['an unknown state', 44, u32(0x41414141)],
    ['an unknown type', 54, u16(8)],
    ['unknown flags', 52, u16(0x4100)],
  ])('a buffer header with %s is skipped with its buffer, and no other is lost', (_, at, bytes) => {
    const { ids, damage } = salvage(changed(file, 2 * BUFFER + at, bytes));
    expect(ids).toEqual([10, 11, 12, 30, 31, 32, 40, 41, 42]);
    expect(damage).toMatchObject([{ kind: 'no-buffer', offset: 2 * BUFFER, bytes: BUFFER }]);
  });

  it.each([
    ['into the next buffer', BUFFER + 4000],
    ['over two buffers', 2 * BUFFER + 100],
    ['beyond the end of the file', 10 * MEBIBYTE],
    ['into its own unused rest', 4000],
  ])('a buffer whose size leads %s costs no record', (_, size) => {
    const { ids, damage } = salvage(changed(file, BUFFER, u32(size)));
    expect(ids).toEqual([10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42]);
    expect(damage).toMatchObject([
      size < BUFFER ? { kind: 'no-buffer' } : { kind: 'buffer-header', offset: BUFFER },
    ]);
  });

  it('another trace is read with its own clock', () => {
    const later = new TraceClock({ type: 'systemTime', start: START + 77n });
    const other = encodeTrace({ clock: later, form: 'windows7' }, [
      {
        processor: 0,
        records: [eventRecord({ provider: PROVIDER, id: 9, time: later.raw(START + 99n), data: garbage(1) })],
      },
    ]);
    const { trace, seen } = walk(concat([file, other]), (record) => [record.id, record.filetime()]);
    expect(trace.damage.items).toEqual([]);
    expect(trace.headers.map(({ clockType }) => clockType)).toEqual(['qpc', 'system-time']);
    expect(seen.at(-1)).toEqual([9, 116_444_736_000_000_000n + START + 99n]);
    expect(seen.at(-3)).toEqual([42, 116_444_736_000_000_000n + START + 42n]);
  });
});

/** Bytes of the last buffer: found by walking, as a reader of intact files would. */
function sizeOfLast(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  let size = 0;
  for (let at = 0; at < file.length; at += size) size = view.getUint32(at, true);
  return size;
}

describe('inside a buffer', () => {
  const five = [10, 11, 12, 13, 14];
  const file = plain([{ processor: 0, records: five.map((id) => event(id)) }]);
  const third = BUFFER + HEADER + 2 * EVENT;

  it.each([
    ['of size 0', u16(0)],
    ['smaller than its header', u16(79)],
    ['larger than its buffer', u16(BUFFER)],
    ['of a type that Windows does not write', Uint8Array.of(EVENT, 0, 0x3f)],
    ['that is garbage', garbage(EVENT)],
    ['that is zeroed', new Uint8Array(EVENT)],
  ])('a record %s is skipped, and those behind it are read', (_, bytes) => {
    const { ids, damage } = salvage(changed(file, third, bytes));
    expect(ids).toEqual([10, 11, 13, 14]);
    expect(damage).toMatchObject([{ kind: 'record', offset: third, bytes: EVENT }]);
  });

  it('a record whose time is far from its neighbours is still found, as a record follows it', () => {
    const far = eventRecord({ provider: PROVIDER, id: 12, time: T0 + (1n << 45n), data: garbage(8) });
    const broken = plain([{ processor: 0, records: [event(10), garbage(EVENT), far, event(13)] }]);
    expect(salvage(broken).ids).toEqual([10, 12, 13]);
  });

  it('zeros or ones behind the last record are padding, not damage', () => {
    for (const byte of [0, 0xff]) {
      const padded = plain([{ processor: 0, records: [event(10), new Uint8Array(400).fill(byte)] }]);
      expect(salvage(padded)).toEqual({ ids: [10], damage: [] });
    }
  });

  it.each(['none', 'matches'] as const)(
    'damage anywhere around the 256 KiB in which large buffers are read costs only what it hits (compression: %s)',
    (compression) => {
      const events = Array.from({ length: 40 }, (_, id) => event(id, 10_000));
      const size = events[0]?.length ?? 0;
      // The place, in the records, where a piece ends; damage starts in each of the records around it.
      const boundary = Math.floor((256 * KIBIBYTE) / size);
      for (const length of [1, 2, 8]) {
        for (let first = boundary - length - 1; first <= boundary + 1; first++) {
          for (const filling of [garbage(length * size), new Uint8Array(length * size)]) {
            const records = events.map((record, id) =>
              id >= first && id < first + length
                ? filling.subarray((id - first) * size, (id - first + 1) * size)
                : record,
            );
            const damaged = plain([{ processor: 0, records }], { bufferSize: MEBIBYTE, compression });
            const { ids, damage } = salvage(damaged);
            expect({ first, ids }).toEqual({
              first,
              ids: events.map((_, id) => id).filter((id) => id < first || id >= first + length),
            });
            expect(damage.every(({ kind }) => kind === 'record')).toBe(true);
            expect(damage.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(length * size);
            const places = damage.map(({ offset, reason }) => (compression === 'none' ? offset : reason));
            expect(places).toContainEqual(
              compression === 'none'
                ? MEBIBYTE + HEADER + first * size
                : expect.stringContaining(`at ${HEADER + first * size} of the expanded buffer`),
            );
          }
        }
      }
    },
  );

  it('a compressed stream that points outside itself gives what stood before, and the buffers behind it are read', () => {
    const packed = encodeTrace({ clock, form: 'windows7', compression: 'matches' }, [
      { processor: 0, records: [event(10), event(11)] },
      { processor: 1, records: [event(20)] },
    ]);
    const first = new DataView(packed.buffer).getUint32(0, true);
    // The first flag word's bits all set: the stream starts with a match.
    const { ids, damage } = salvage(changed(packed, first + HEADER, u32(0xffff_ffff)));
    expect(ids).toEqual([20]);
    expect(damage).toEqual([expect.objectContaining({ kind: 'lz77', offset: first, bytes: 2 * EVENT })]);
    expect(damage[0]?.reason).toContain('points outside itself');
  });

  it('damage keeps its first thousand places and counts the rest', () => {
    const records = Array.from({ length: 1500 }, (_, id) => [event(id), garbage(8)]).flat();
    const { trace, seen } = walk(plain([{ processor: 0, records }], { bufferSize: MEBIBYTE }), () => 0);
    expect(seen).toHaveLength(1501);
    expect(trace.damage.items).toHaveLength(1000);
    expect(trace.damage).toMatchObject({ total: 1500, bytes: 1500 * 8 });
    expect(trace.damage.counts.get('record')).toBe(1500);
  });
});

describe('any damage', () => {
  it('never throws; every record lies inside its buffer, and a merge gives as many as the survey', () => {
    const base = recordLists(40, 600).map((records) =>
      encodeRecords({ clock, form: 'windows7', bufferSize: 4096 }, records),
    );
    const packed = recordLists(40, 600).map((records) =>
      encodeRecords({ clock, form: 'windows7', bufferSize: 4096, compression: 'matches' }, records),
    );
    fc.assert(
      fc.property(
        fc.oneof(base, packed),
        fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.integer({ min: 1, max: 40 })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.nat(),
        (file, edits, cut) => {
          const copy = file.slice();
          const body = copy.length - 1024;
          for (const [where, byte, length] of edits) {
            const at = 1024 + (where % Math.max(1, body));
            copy.fill(byte, at, at + length);
          }
          const torn = copy.subarray(0, 1024 + (cut % Math.max(1, body + 1)));
          const { trace, survey, seen } = walk(torn, (record) => {
            const end = record.payloadOffset + record.payloadLength;
            record.extendedItems();
            return end === record.offset + record.size && end <= record.bytes.length;
          });
          expect(seen.every((inside) => inside)).toBe(true);
          expect(survey.records).toBe(seen.length);
          const damaged = trace.damage.total;
          expect([...mergeTraces([trace])].reduce((sum, { count }) => sum + count, 0)).toBe(seen.length);
          expect(trace.damage.total).toBe(damaged);
          for (const { offset, bytes } of trace.damage.items) {
            expect(offset).toBeLessThan(torn.length);
            expect(bytes).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a hostile file', () => {
  const head = plain([], { bufferSize: 1024 });
  /** A buffer header with these values, in 72 bytes. */
  const bufferHeader = (size: number, filled: number, flags: number, type = 0): Uint8Array => {
    const bytes = new Uint8Array(HEADER);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, size, true);
    view.setUint32(48, filled, true);
    view.setUint16(52, flags, true);
    view.setUint16(54, type, true);
    return bytes;
  };
  const repeated = (part: Uint8Array, total: number): Uint8Array => {
    const bytes = new Uint8Array(Math.floor(total / part.length) * part.length);
    for (let at = 0; at < bytes.length; at += part.length) bytes.set(part, at);
    return bytes;
  };
  const SIZE = 2 * MEBIBYTE;

  it.each([
    ['near-headers at every 8 bytes', repeated(concat([u32(200), u32(0)]), SIZE)],
    [
      'headers whose sizes lead nowhere',
      repeated(concat([bufferHeader(65_536, 80, 0), u32(0xc00d0008), u32(0)]), SIZE),
    ],
    [
      'headers that lead beyond the file',
      repeated(concat([bufferHeader(60 * MEBIBYTE, 80, 0), u32(0xc00d0008), u32(0)]), SIZE),
    ],
    ['the smallest buffers', repeated(concat([bufferHeader(80, 80, 0), u32(0xc00d0008), u32(0)]), SIZE)],
    [
      // Buffer type 4 and a system record of group and type 0, but the record is too short for a TRACE_LOGFILE_HEADER.
      'trace headers that are too short',
      repeated(concat([bufferHeader(60 * MEBIBYTE, 80, 0, 4), u32(0xc0020002), u32(8)]), SIZE),
    ],
    ['bytes that are no header', repeated(garbage(8), SIZE)],
  ])('of %s is read about once: reads and bytes grow with its size', (_, body) => {
    const { source, cost } = counted(concat([head, body]));
    new Trace(source).survey();
    // The search reads some bytes twice where buffers are close together; a buffer's header is read with the one before it, and once more.
    expect(cost.bytes).toBeLessThan(8 * SIZE);
    expect(cost.reads).toBeLessThan(SIZE / 16);
  });

  it('of compressed buffers that claim 60 MiB each expands no more than 4,096 bytes for each of its own', () => {
    // One literal byte 0, then a match of 4 GiB.
    const bomb = concat([u32(0x7fff_ffff), Uint8Array.of(0, 7, 0, 15, 255, 0, 0), u32(0xffff_ffff)]);
    const size = HEADER + bomb.length;
    const file = concat([head, repeated(concat([bufferHeader(size, 60 * MEBIBYTE, 0x40), bomb]), 4 * size)]);
    const { trace, survey } = walk(file, () => 0);
    expect(survey.compressedBuffers).toBe(4);
    expect(trace.damage.counts.get('buffer-header')).toBe(4);
    expect(trace.damage.items[0]).toMatchObject({
      kind: 'buffer-header',
      offset: head.length,
      bytes: 60 * MEBIBYTE - HEADER - bomb.length * 4096,
    });
  });

  it('with a buffer that claims 64 MiB is read in pieces of at most 256 KiB', () => {
    const file = concat([head, bufferHeader(64 * MEBIBYTE, 64 * MEBIBYTE, 0), event(1)]);
    const memory = memorySource(file);
    let largest = 0;
    const trace = new Trace({
      size: memory.size,
      read(position, into) {
        largest = Math.max(largest, into.length);
        return memory.read(position, into);
      },
    });
    expect(trace.survey().records).toBe(2);
    expect(largest).toBeLessThanOrEqual(256 * KIBIBYTE);
  });
});
