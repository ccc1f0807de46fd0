import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BufferContent,
  type ClockOptions,
  encodeTrace,
  eventRecord,
  TraceClock,
  type TraceOptions,
} from '../../samples/encoder/index.js';
import { type ByteSource, EventRecord, mergeTraces, Trace } from '../../src/etl/index.js';
import { memorySource } from '../support/memory-source.js';
import { bytesOf, inOrder, PROVIDER } from './walk.js';

const START = 17_180_507_150_000_000n;
const T0 = 5_000_000_000n;
const clock = new TraceClock({ type: 'qpc', start: START, startTicks: T0 });
const KIBIBYTE = 1024;

/** An event that names itself: which trace, and which one of its events. */
const event = (name: number, time: bigint, length = 4): Uint8Array => {
  const data = new Uint8Array(length);
  new DataView(data.buffer).setUint32(0, name, true);
  return eventRecord({ provider: PROVIDER, id: 1, time, data });
};

const nameOf = (record: EventRecord): number =>
  record.kind === 'event' ? record.view.getUint32(record.payloadOffset, true) : -1;

const merged = (...traces: readonly Trace[]): number[] =>
  inOrder(mergeTraces(traces), new EventRecord(), nameOf).filter((name) => name >= 0);

/** A file in memory that notes how much of it was read, and up to where. */
function watched(file: Uint8Array): { source: ByteSource; reads: { to: number; bytes: number } } {
  const memory = memorySource(file);
  const reads = { to: 0, bytes: 0 };
  const source: ByteSource = {
    size: memory.size,
    read(position, into) {
      reads.to = Math.max(reads.to, position + into.length);
      reads.bytes += into.length;
      return memory.read(position, into);
    },
  };
  return { source, reads };
}

/** The most pieces that are open in use at once: from the first to the last record that the merge gives of each. */
function mostInUse(trace: Trace): number {
  const uses = inOrder(mergeTraces([trace]), new EventRecord(), ({ bytes }) => bytes);
  const lastUse = new Map(uses.map((bytes, place) => [bytes, place]));
  const open = new Set<Uint8Array>();
  let most = 0;
  uses.forEach((bytes, place) => {
    open.add(bytes);
    most = Math.max(most, open.size);
    if (lastUse.get(bytes) === place) open.delete(bytes);
  });
  return most;
}

interface Planned {
  readonly processor: number;
  readonly times: readonly bigint[];
}

/** Buffers of events, named by their place. */
function planned(plan: readonly Planned[]): {
  buffers: BufferContent[];
  byPlace: { time: bigint; processor: number }[];
} {
  const byPlace: { time: bigint; processor: number }[] = [];
  const buffers = plan.map(({ processor, times }) => ({
    processor,
    records: times.map((time) => event(byPlace.push({ time, processor }) - 1, time)),
  }));
  return { buffers, byPlace };
}

/** What a merge is: a sort by time, then processor, then place. */
const sorted = (byPlace: readonly { time: bigint; processor: number }[]): number[] =>
  byPlace
    .map((item, name) => ({ ...item, name }))
    .sort((a, b) =>
      a.time < b.time ? -1 : a.time > b.time ? 1 : a.processor - b.processor || a.name - b.name,
    )
    .map(({ name }) => name);

/** Buffers one after the other, with times that step back inside a buffer and into the one or two before it. */
const plans: fc.Arbitrary<Planned[]> = fc
  .array(
    fc.record({
      processor: fc.nat(3),
      steps: fc.array(fc.integer({ min: -40, max: 60 }), { minLength: 1, maxLength: 12 }),
    }),
    { maxLength: 24 },
  )
  .map((drafts) => {
    const counts = new Map<number, number>();
    return drafts.map(({ processor, steps }) => {
      const nth = counts.get(processor) ?? 0;
      counts.set(processor, nth + 1);
      // Each buffer spans 100 ticks and starts 50 behind the one before it: a time lies in at most three of them.
      return {
        processor,
        times: steps.map((step) => T0 + BigInt(100 + 50 * nth + ((step + 40) % 100))),
      };
    });
  });

describe('a merge', () => {
  it('is a sort by time, processor and place, where times step back inside buffers and buffers overlap', () => {
    const forms: fc.Arbitrary<Omit<TraceOptions, 'clock'>> = fc.record({
      form: fc.constantFrom('live', 'merged'),
      compression: fc.constantFrom('none', 'matches'),
    });
    fc.assert(
      fc.property(plans, forms, (plan, form) => {
        const { buffers, byPlace } = planned(plan);
        const trace = new Trace(memorySource(encodeTrace({ clock, ...form }, buffers)));
        expect(merged(trace)).toEqual(sorted(byPlace));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same whatever the order of the buffers on disk', () => {
    fc.assert(
      fc.property(plans, fc.integer(), (plan, seed) => {
        const { buffers, byPlace } = planned(plan);
        const order = buffers
          .map((_, index) => ({ index, key: Math.imul(index + 1, seed | 1) }))
          .sort((a, b) => a.key - b.key || a.index - b.index)
          .map(({ index }) => index);
        const trace = new Trace(memorySource(encodeTrace({ clock }, buffers, order)));
        expect(merged(trace)).toEqual(sorted(byPlace));
      }),
      { numRuns: 100 },
    );
  });

  it('of a clock that is set back is a sort too, where less than 1 MiB of a processor was written twice', () => {
    const plan = Array.from({ length: 40 }, (_, index) => ({
      processor: index % 2,
      times: [1, 2, 3].map((step) => T0 + BigInt(index < 20 ? 10 * index + step : 10 * (index - 19) + step)),
    }));
    const { buffers, byPlace } = planned(plan);
    expect(merged(new Trace(memorySource(encodeTrace({ clock }, buffers))))).toEqual(sorted(byPlace));
  });

  it('of a clock that is set back over more than that loses nothing, is the same on every run, and keeps its memory', () => {
    const perBuffer = 200;
    const buffers = Array.from({ length: 40 }, (_, index) => ({
      processor: 0,
      records: Array.from({ length: perBuffer }, (_, n) =>
        event(perBuffer * index + n, T0 + BigInt(index < 20 ? 10_000 + index : index), 1200),
      ),
    }));
    const { source, reads } = watched(encodeTrace({ clock, bufferSize: 256 * KIBIBYTE }, buffers));
    const trace = new Trace(source);
    trace.survey();
    reads.bytes = 0;
    const record = new EventRecord();
    const once: number[] = [];
    for (const batch of mergeTraces([trace])) {
      once.push(...inOrder([batch], record, nameOf));
      // 1 MiB is four buffers and a part of a fifth.
      expect(reads.bytes - once.length * event(0, T0, 1200).length).toBeLessThanOrEqual(5 * 256 * KIBIBYTE);
    }
    const names = once.filter((name) => name >= 0);
    expect(merged(trace)).toEqual(names);
    expect(names.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 * perBuffer }, (_, name) => name));
  });

  it('with a record before all others in a later buffer puts it first', () => {
    const { buffers } = planned([
      { processor: 0, times: [T0 + 100n] },
      { processor: 0, times: [T0 + 50n, T0 + 120n] },
      { processor: 1, times: [T0 + 60n, T0 + 110n] },
    ]);
    expect(merged(new Trace(memorySource(encodeTrace({ clock }, buffers))))).toEqual([1, 3, 0, 4, 2]);
  });

  it('gives a batch at most 1,024 records, and batches stay good while later ones are read', () => {
    const times = Array.from({ length: 5000 }, (_, index) => T0 + BigInt(index));
    const { buffers, byPlace } = planned([{ processor: 0, times }]);
    const file = encodeTrace({ clock, bufferSize: 1024 * KIBIBYTE, compression: 'matches' }, buffers);
    const batches = [...mergeTraces([new Trace(memorySource(file))])];
    expect(batches.map(({ count }) => count).slice(0, 4)).toEqual([1024, 1024, 1024, 1024]);
    const record = new EventRecord();
    expect(inOrder(batches, record, nameOf).filter((name) => name >= 0)).toEqual(
      byPlace.map((_, name) => name),
    );
  });
});

describe('batches that are given back', () => {
  it('let their memory be used again, and the records that follow are the same', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom('none', 'matches'), (plan, compression) => {
        const long = plan.map(({ processor, times }, index) => ({
          processor,
          // Buffers of many sizes, so that memory is used again for less and for more.
          times: Array.from({ length: 1 + (index % 5) * 90 }, (_, n) => times[n % times.length] ?? T0),
        }));
        const { buffers, byPlace } = planned(long);
        const file = encodeTrace({ clock, bufferSize: 64 * KIBIBYTE, compression }, buffers);
        const record = new EventRecord();
        const names: number[] = [];
        for (const batch of mergeTraces([new Trace(memorySource(file))])) {
          names.push(...inOrder([batch], record, nameOf));
          batch.release();
        }
        expect(names.filter((name) => name >= 0)).toEqual(sorted(byPlace));
      }),
      { numRuns: 40 },
    );
  });
});

describe('several traces', () => {
  const clocks: Omit<ClockOptions, 'start'>[] = [
    { type: 'qpc', startTicks: 777n },
    { type: 'qpc', perfFrequency: 2_994_853n, startTicks: 9_000_000_000_000n },
    { type: 'systemTime' },
    { type: 'cpuCycles', cpuMegahertz: 2594 },
  ];

  it('of different clocks and starts merge by the time of day, with one key base', () => {
    const unixTimes = Array.from({ length: 400 }, (_, index) => START + 50_000_000n + BigInt(index) * 1000n);
    const files = clocks.map((options, which) => {
      const own = new TraceClock({ ...options, start: START + BigInt(which) * 7_000_000n });
      const times = unixTimes
        .filter((_, index) => index % clocks.length === which)
        .map((time) => own.raw(time));
      const names = unixTimes.map((_, index) => index).filter((index) => index % clocks.length === which);
      const records = times.map((time, index) => event(names[index] ?? 0, time));
      return encodeTrace({ clock: own }, [
        { processor: 0, records: records.slice(0, 50) },
        { processor: 1, records: records.slice(50) },
      ]);
    });
    const keyBase = 116_444_736_000_000_000n + START;
    const traces = files.map((file, traceIndex) => new Trace(memorySource(file), { keyBase, traceIndex }));
    const seen = inOrder(mergeTraces(traces), new EventRecord(), (record, traceIndex) => [
      nameOf(record),
      traceIndex,
    ]);
    const events = seen.filter(([name]) => name !== -1);
    expect(events).toEqual(unixTimes.map((_, index) => [index, index % clocks.length]));
  });

  it('with the same times follow each other in the order in which they were given', () => {
    const file = encodeTrace({ clock }, [{ processor: 0, records: [event(5, T0), event(6, T0 + 1n)] }]);
    const keyBase = 116_444_736_000_000_000n + START;
    const traces = [0, 1, 2].map((traceIndex) => new Trace(memorySource(file), { keyBase, traceIndex }));
    const seen = inOrder(mergeTraces(traces), new EventRecord(), (record, traceIndex) => [
      nameOf(record),
      traceIndex,
    ]);
    expect(seen.filter(([name]) => name !== -1)).toEqual([
      [5, 0],
      [5, 1],
      [5, 2],
      [6, 0],
      [6, 1],
      [6, 2],
    ]);
  });

  it('none, or without records, are no batches', () => {
    expect([...mergeTraces([])]).toEqual([]);
  });
});

describe('memory', () => {
  it.each(['none', 'matches'] as const)(
    'is one piece of 256 KiB for each processor, however large the trace (compression: %s)',
    (compression) => {
      const processors = 3;
      const perBuffer = 25;
      const buffersEach = 16;
      const length = 40_000;
      const buffers = Array.from({ length: processors * buffersEach }, (_, index) => ({
        processor: index % processors,
        records: Array.from({ length: perBuffer }, (_, n) =>
          event(index, T0 + BigInt((Math.floor(index / processors) * perBuffer + n) * 100), length),
        ),
      }));
      const file = encodeTrace({ clock, form: 'merged', bufferSize: 1024 * KIBIBYTE, compression }, buffers);
      const trace = new Trace(memorySource(file));
      trace.survey();

      // The header buffer is processor 0's first piece.
      expect(mostInUse(trace)).toBe(processors);
      const sizes = inOrder(mergeTraces([trace]), new EventRecord(), ({ bytes }) => bytes.length);
      expect(Math.max(...sizes)).toBeLessThanOrEqual((256 + 64) * KIBIBYTE);
    },
  );

  it('is filled as records are asked for: no buffer is read long before its first time is reached', () => {
    const buffers = Array.from({ length: 40 }, (_, index) => ({
      processor: index % 2,
      records: Array.from({ length: 200 }, (_, n) =>
        event(200 * index + n, T0 + BigInt(200 * index + n), 1200),
      ),
    }));
    const { source, reads } = watched(encodeTrace({ clock, bufferSize: 256 * KIBIBYTE }, buffers));
    const trace = new Trace(source);
    trace.survey();
    reads.to = 0;
    const record = new EventRecord();
    let delivered = 0;
    for (const batch of mergeTraces([trace])) {
      batch.load(batch.count - 1, record);
      expect(reads.to).toBeLessThanOrEqual(record.bufferPosition + 256 * KIBIBYTE);
      delivered += batch.count;
    }
    expect(delivered).toBe(8000 + 2);
  });
});

describe('a record in a merge', () => {
  it('is byte for byte the one that was written, also where it lies across pieces', () => {
    const records = Array.from({ length: 30 }, (_, index) => event(index, T0 + BigInt(index), 30_001));
    const file = encodeTrace({ clock, form: 'merged', compression: 'matches' }, [{ processor: 0, records }]);
    const trace = new Trace(memorySource(file));
    const seen = inOrder(mergeTraces([trace]), new EventRecord(), (record) =>
      record.kind === 'event' ? bytesOf(record) : undefined,
    ).filter((bytes) => bytes !== undefined);
    expect(seen.map((bytes, index) => Buffer.compare(bytes, records[index] ?? new Uint8Array(0)))).toEqual(
      records.map(() => 0),
    );
  });
});
