import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BufferFlag,
  BufferType,
  type ClockOptions,
  encodeRecords,
  encodeTrace,
  eventRecord,
  type PlacedRecord,
  TraceClock,
  type TraceOptions,
} from '../../samples/encoder/index.js';
import {
  committedScenarios,
  gftFlow,
  neverClosed,
  pings,
  rasVpn,
  stepsBack,
  switch32Bit,
  wfpCapture,
  wrapped,
} from '../../samples/scenarios/index.js';
import { type ByteSource, EventRecord, mergeTraces, Trace } from '../../src/etl/index.js';
import { memorySource } from '../support/memory-source.js';
import { recordLists } from './random-records.js';
import { bytesOf, inOrder, PROVIDER, walk } from './walk.js';

const START = 17_180_507_150_000_000n;
const T0 = 5_000_000_000n;
const CLOCK: ClockOptions = { type: 'qpc', start: START, startTicks: T0 };
const clock = new TraceClock(CLOCK);
/** Hook of the record that Windows puts after the trace header and into the first buffer of merged files. */
const RUNDOWN_COMPLETE = 0x5050;
const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * 1024;

const event = (id: number, time: bigint, length = 0): Uint8Array =>
  eventRecord({ provider: PROVIDER, id, time, data: new Uint8Array(length).fill(id) });

const isOwn = (record: EventRecord): boolean =>
  record.kind === 'system' && (record.id === 0 || record.id === RUNDOWN_COMPLETE);

/** The records of each processor as hex, in the order in which they lie; the container's own left out. */
function byProcessor(file: Uint8Array): Map<number, string[]> {
  const { trace, seen } = walk(file, (record) =>
    isOwn(record)
      ? undefined
      : { processor: record.processor, hex: Buffer.from(bytesOf(record)).toString('hex') },
  );
  expect(trace.damage.items).toEqual([]);
  return grouped(seen.filter((item) => item !== undefined));
}

function grouped(items: readonly { processor: number; hex: string }[]): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const { processor, hex } of items) groups.set(processor, [...(groups.get(processor) ?? []), hex]);
  return groups;
}

const written = (records: readonly PlacedRecord[]): Map<number, string[]> =>
  grouped(records.map(({ processor, record }) => ({ processor, hex: Buffer.from(record).toString('hex') })));

const ids = (file: Uint8Array): number[] =>
  walk(file, (record) => (record.kind === 'event' ? record.id : undefined)).seen.filter(
    (id) => id !== undefined,
  );

const idsByTime = (file: Uint8Array): number[] =>
  inOrder(mergeTraces([new Trace(memorySource(file))]), new EventRecord(), (record) =>
    record.kind === 'event' ? record.id : undefined,
  ).filter((id) => id !== undefined);

describe('the records of a trace', () => {
  it('are the same in plain and in compressed buffers of any size', () => {
    const forms: fc.Arbitrary<Omit<TraceOptions, 'clock'>> = fc.record({
      form: fc.constantFrom('live', 'merged', 'windows7'),
      compression: fc.constantFrom('none', 'matches', 'literals'),
      bufferSize: fc.constantFrom(4096, 4104, 8192, 65_536, 100_000, MEBIBYTE),
      pointerSize: fc.constantFrom(4, 8),
      circular: fc.boolean(),
    });
    fc.assert(
      fc.property(recordLists(60, 3000), forms, (records, form) => {
        expect(byProcessor(encodeRecords({ clock, ...form }, records))).toEqual(written(records));
      }),
      { numRuns: 150 },
    );
  });

  it('are found where compressed buffers start at odd offsets', () => {
    const buffers = Array.from({ length: 9 }, (_, index) => ({
      processor: index % 2,
      records: [event(index, T0 + BigInt(index), 50 * index)],
    }));
    const file = encodeTrace({ clock, compression: 'matches' }, buffers);
    const { seen } = walk(file, (record) => record.bufferPosition % 8);
    expect(new Set(seen).size).toBeGreaterThan(3);
    expect(ids(file)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('may lie across the 256 KiB in which large buffers are read, at any 8 bytes', () => {
    const size = (records: readonly PlacedRecord[]): number =>
      records.reduce((sum, { record }) => sum + Math.ceil(record.length / 8) * 8, 0);
    const placed = (record: Uint8Array): PlacedRecord => ({ processor: 0, record });
    const before = [0, 65_376, 65_376, 65_376, 65_376].map((length, id) => placed(event(id, T0, length)));
    // Merged files start with a record of 80 bytes of their own.
    const room = 256 * KIBIBYTE - 80 - size(before);
    for (let inFirst = 0; inFirst <= 80; inFirst += 8) {
      const filler = placed(event(5, T0, room - inFirst - 80));
      const across = placed(event(6, T0, 8));
      expect(80 + size([...before, filler]) + inFirst).toBe(256 * KIBIBYTE);
      const records = [...before, filler, across, placed(event(7, T0, 65_000)), placed(event(8, T0, 1))];
      for (const compression of ['none', 'matches'] as const) {
        const file = encodeRecords({ clock, form: 'merged', compression }, records);
        expect(byProcessor(file)).toEqual(written(records));
      }
    }
  });

  it('may repeat those 8,192 bytes before them, which is how far LZ77 looks back, across pieces', () => {
    let state = 1;
    const data = new Uint8Array(8192 - 80).map(() => {
      state = Math.imul(state, 1_103_515_245) + 12_345;
      return state >>> 16;
    });
    const record = eventRecord({ provider: PROVIDER, id: 1, time: T0, data });
    // The first record keeps the ends of pieces away from those of records.
    const records = [event(9, T0), ...Array.from({ length: 100 }, () => record)].map((bytes) => ({
      processor: 0,
      record: bytes,
    }));
    const options = { clock, form: 'windows7', bufferSize: MEBIBYTE, compression: 'matches' } as const;
    expect(byProcessor(encodeRecords(options, records))).toEqual(written(records));
  });

  it.each(['none', 'matches'] as const)(
    'of a 16 MiB buffer (compression: %s) are read with less than 400 KiB of it in memory at a time',
    (compression) => {
      const records: PlacedRecord[] = [];
      for (let n = 0; n < 16 * MEBIBYTE - 100 * KIBIBYTE; n += 40_000) {
        records.push({ processor: 0, record: event(records.length, T0 + BigInt(n), 40_000 - 80) });
      }
      const file = encodeRecords({ clock, form: 'merged', compression }, records);
      const memory = memorySource(file);
      let largestRead = 0;
      const source: ByteSource = {
        size: memory.size,
        read(position, into) {
          largestRead = Math.max(largestRead, into.length);
          return memory.read(position, into);
        },
      };
      const trace = new Trace(source);
      let largestPiece = 0;
      const seen: number[] = [];
      const survey = trace.survey((record) => {
        largestPiece = Math.max(largestPiece, record.bytes.length);
        if (record.kind === 'event') seen.push(record.id);
      });
      expect(survey.buffers).toBe(2);
      expect(survey.compressedBuffers).toBe(compression === 'none' ? 0 : 1);
      expect(seen).toEqual(records.map((_, index) => index));
      expect(largestRead).toBeLessThanOrEqual(256 * KIBIBYTE);
      expect(largestPiece).toBeLessThan(400 * KIBIBYTE);
    },
  );

  const scenarios = [
    ...committedScenarios().map((scenario) => scenario()),
    rasVpn(),
    wfpCapture(),
    gftFlow(),
    switch32Bit(),
    neverClosed(),
    stepsBack(),
    pings(40, { type: 'cpuCycles', cpuMegahertz: 3066 }, { pointerSize: 4 }),
  ];

  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    'of the generated trace %s are those that its truth counts, plain and compressed',
    (_, scenario) => {
      const { plain, compressed, truth } = scenario;
      for (const file of [plain, compressed]) {
        const counts: Record<string, number> = {};
        const { trace } = walk(file, (record) => {
          if (isOwn(record)) return;
          const key =
            record.kind === 'event'
              ? `${record.providerId}/${record.id}`
              : record.kind === 'classic'
                ? `${record.providerId}:${record.opcode}`
                : `hook 0x${record.id.toString(16).padStart(4, '0')}`;
          counts[key] = (counts[key] ?? 0) + 1;
        });
        expect(trace.damage.items).toEqual([]);
        expect(counts).toEqual(truth.events);
      }
      expect(byProcessor(compressed)).toEqual(byProcessor(plain));
    },
  );
});

describe('buffers', () => {
  const buffers = [0, 1, 2, 3, 4, 5].map((index) => ({
    processor: index % 2,
    records: [event(2 * index, T0 + BigInt(20 * index)), event(2 * index + 1, T0 + BigInt(20 * index + 1))],
  }));
  const ordered = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

  it('of a circular file that wrapped are ordered by sequence number, not by place', () => {
    const file = encodeTrace({ clock, circular: true }, buffers, [4, 5, 0, 1, 2, 3]);
    expect(ids(file)).toEqual([8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7]);
    expect(idsByTime(file)).toEqual(ordered);
  });

  it('of a generated file that wrapped lack the oldest, and come in the order of time', () => {
    const { plain, truth } = wrapped();
    const trace = new Trace(memorySource(plain));
    const times = inOrder(mergeTraces([trace]), new EventRecord(), (record) =>
      record.kind === 'event' ? record.filetime() - 116_444_736_000_000_000n : undefined,
    ).filter((time) => time !== undefined);
    expect(times).toHaveLength(Object.values(truth.events).reduce((sum, count) => sum + count, 0));
    expect(times).toEqual(truth.packets.map(({ time }) => time));
  });

  it('of one sequence number are ordered by time stamp, then by place', () => {
    const same = [
      { processor: 0, sequence: 7n, timeStamp: 30n, records: [event(3, T0)] },
      { processor: 0, sequence: 7n, timeStamp: 10n, records: [event(1, T0)] },
      { processor: 0, sequence: 7n, timeStamp: 30n, records: [event(4, T0)] },
      { processor: 0, sequence: 6n, timeStamp: 90n, records: [event(0, T0)] },
      { processor: 0, sequence: 7n, timeStamp: 20n, records: [event(2, T0)] },
    ];
    expect(idsByTime(encodeTrace({ clock }, same))).toEqual([0, 1, 2, 3, 4]);
  });

  it('of a file that was never closed (no end time, no count of buffers) are all read', () => {
    const file = encodeTrace({ clock, closed: false }, buffers);
    const { trace, survey } = walk(file, () => 0);
    expect(trace.header).toMatchObject({ endTime: 0n, buffersWritten: 0 });
    expect(survey.buffers).toBe(7);
    expect(idsByTime(file)).toEqual(ordered);
  });

  it('of a merged file may stand in any order on disk', () => {
    const file = encodeTrace({ clock, form: 'merged', compression: 'matches' }, buffers, [5, 3, 1, 0, 2, 4]);
    expect(idsByTime(file)).toEqual(ordered);
  });

  it('up to Windows 7 have the processor in one byte, the alignment in the next', () => {
    const file = encodeTrace({ clock, form: 'windows7' }, [{ processor: 5, records: [event(1, T0)] }]);
    expect(file[8192 + 41]).toBe(8);
    expect(walk(file, (record) => record.processor).seen).toEqual([0, 5]);
  });

  it('since Windows 8 may be of more than 256 processors', () => {
    const file = encodeTrace({ clock }, [
      { processor: 300, records: [event(1, T0)] },
      { processor: 300 % 256, records: [event(2, T0)] },
    ]);
    const { seen, survey } = walk(file, (record) => (record.kind === 'event' ? record.processor : undefined));
    expect(seen.filter((processor) => processor !== undefined)).toEqual([300, 44]);
    // Processor 0 has the trace header.
    expect(survey.processors).toBe(3);
  });

  it('without FilledBytes end where SavedOffset says', () => {
    const records = [event(1, T0), event(2, T0 + 1n)];
    expect(ids(encodeTrace({ clock }, [{ processor: 0, filledBytes: 0, records }]))).toEqual([1, 2]);
  });

  it('without records are no damage', () => {
    const { survey, trace, seen } = walk(encodeTrace({ clock }, [{ processor: 3, records: [] }]), () => 0);
    expect({ buffers: survey.buffers, records: seen.length }).toEqual({ buffers: 2, records: 2 });
    expect(trace.damage.items).toEqual([]);
  });

  it('of all types but context switches are read; those are named as unread', () => {
    const types = [0, 1, 3, 5, 7].map((type, index) => ({ processor: 0, type, records: [event(index, T0)] }));
    const file = encodeTrace({ clock }, [
      ...types,
      { processor: 0, type: BufferType.contextSwap, records: [event(99, T0)] },
      { processor: 0, type: BufferType.contextSwap, records: [], filledBytes: 72 },
    ]);
    expect(ids(file)).toEqual([0, 1, 2, 3, 4]);
    expect(walk(file, () => 0).trace.damage.items).toEqual([
      expect.objectContaining({ kind: 'unread-buffer', offset: 6 * 8192, bytes: 80 }),
    ]);
  });

  it('after which Windows lost events or a buffer are counted', () => {
    const flagged = [0, BufferFlag.eventsLost, BufferFlag.bufferLost, BufferFlag.eventsLost].map((flags) => ({
      processor: 0,
      flags,
      records: [event(1, T0)],
    }));
    expect(walk(encodeTrace({ clock }, flagged), () => 0).survey.buffersAfterLoss).toBe(3);
  });

  it('give the trace the times of its first and last record, wherever they lie', () => {
    const file = encodeTrace({ clock, form: 'windows7' }, [
      { processor: 1, records: [event(2, T0 + 5n), event(1, T0 + 3n), event(3, T0 + 4n)] },
      { processor: 0, records: [event(0, T0 + 2n), event(5, T0 + 9n), event(4, T0 + 1n)] },
    ]);
    const { survey } = walk(file, () => 0);
    const filetime = (ticks: bigint): bigint => 116_444_736_000_000_000n + START + ticks;
    expect([survey.firstTime, survey.lastTime]).toEqual([filetime(1n), filetime(9n)]);
  });

  it('none but the first: a trace with no times', () => {
    const { survey } = walk(encodeTrace({ clock }, []), () => 0);
    expect(survey).toMatchObject({ buffers: 1, firstTime: undefined, lastTime: undefined });
  });
});

describe('the trace header', () => {
  it.each([
    [4, 272],
    [8, 280],
  ] as const)('of a trace with %i-byte pointers (%i bytes) has all its fields', (pointerSize, size) => {
    const file = encodeTrace(
      {
        clock: new TraceClock({ ...CLOCK, perfFrequency: 2_994_853n, cpuMegahertz: 2112 }),
        pointerSize,
        bufferSize: 16_384,
        processors: 12,
        windows: { major: 6, minor: 1, build: 7601 },
        circular: true,
        end: START + 600_000_000n,
        loggerName: 'Möbius',
        logFileName: 'C:\\Users\\me\\trace 1.etl',
        timeZoneBias: -60,
        timeZoneName: '@tzres.dll,-322',
        bootTime: START - 10_000_000n,
        eventsLost: 3,
        buffersLost: 2,
      },
      [{ processor: 1, records: [event(1, T0)] }],
    );
    const { trace, seen } = walk(file, (record) => [record.id, record.payloadLength]);
    const names = 2 * ('Möbius'.length + 1 + 'C:\\Users\\me\\trace 1.etl'.length + 1);
    expect(seen[0]).toEqual([0, size + names]);
    const epoch = 116_444_736_000_000_000n;
    expect(trace.header).toEqual({
      bufferSize: 16_384,
      majorVersion: 6,
      minorVersion: 1,
      build: 7601,
      processors: 12,
      startTime: epoch + START,
      endTime: epoch + START + 600_000_000n,
      bootTime: epoch + START - 10_000_000n,
      timerResolution: 156_250,
      maximumFileSize: 512,
      logFileMode: 2,
      buffersWritten: 2,
      pointerSize,
      eventsLost: 3,
      buffersLost: 2,
      cpuMhz: 2112,
      perfFrequency: 2_994_853n,
      clockType: 'qpc',
      timeZone: {
        bias: -60,
        standardName: '@tzres.dll,-322',
        standardBias: 0,
        daylightName: '@tzres.dll,-321',
        daylightBias: -60,
      },
      loggerName: 'Möbius',
      fileName: 'C:\\Users\\me\\trace 1.etl',
    });
  });
});
