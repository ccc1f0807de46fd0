import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { EventRecord, formatGuid, isoTime, mergeTraces } from '../../src/etl/index.js';

import { type ReferenceRecord, readReference } from '../support/reference-reader.js';
import { describeWithRealTraces, REAL_TRACE_RECORDS, REAL_TRACES, realTrace } from '../support/shared.js';
import { bytesOf, inOrder, type Walked, walk } from './walk.js';

const TRACES = Object.entries(REAL_TRACE_RECORDS).map(([name, records]) => ({ name, records }));

interface Seen {
  readonly bufferPosition: number;
  readonly headerType: number;
  readonly raw: bigint;
  readonly bytes: Uint8Array;
}

const seenOf = (record: EventRecord): Seen => ({
  bufferPosition: record.bufferPosition,
  headerType: record.headerType,
  raw: record.rawTime(),
  bytes: bytesOf(record),
});

const read = (name: string): Uint8Array => new Uint8Array(readFileSync(realTrace(name)));

describeWithRealTraces('traces that Windows wrote', () => {
  it('are all among those that are checked here', () => {
    const files = readdirSync(REAL_TRACES).filter((name) => name.endsWith('.etl'));
    expect(files.sort()).toEqual(TRACES.map(({ name }) => `${name}.etl`).sort());
  });

  describe.each(TRACES)('$name', ({ name, records }) => {
    let plain: (ReferenceRecord & { readonly position: number })[];
    let walked: Walked<Seen>;
    beforeAll(() => {
      const file = read(name);
      const { buffers, rest } = readReference(file);
      expect(rest).toBe(0);
      plain = buffers.flatMap(({ position, records }) => records.map((record) => ({ ...record, position })));
      walked = walk(file, seenOf);
    });

    it(`has ${records} records and no damage`, () => {
      expect(walked.trace.damage.items).toEqual([]);
      expect(walked.survey.records).toBe(records);
      expect(plain).toHaveLength(records);
    });

    it('is read to its last byte: records, bytes and times are those of a second reading', () => {
      expect(walked.seen.length).toBe(plain.length);
      const different = walked.seen.findIndex(({ bufferPosition, headerType, raw, bytes }, index) => {
        const other = plain[index];
        return (
          other === undefined ||
          other.position !== bufferPosition ||
          other.type !== headerType ||
          other.time !== raw ||
          Buffer.compare(other.bytes, bytes) !== 0
        );
      });
      expect(different).toBe(-1);
    });

    it('is merged into the order of time, with every record once', () => {
      const merged = inOrder(mergeTraces([walked.trace]), new EventRecord(), (record) => record.rawTime());
      const sorted = walked.seen.map(({ raw }) => raw).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(merged).toEqual(sorted);
    });
  });

  it('pktmon-azure-ping has 114 packets (event 160), the first at 2024-06-10 20:18:35.4891721 UTC', () => {
    const { trace } = walk(read('pktmon-azure-ping'), () => 0);
    const times = inOrder(mergeTraces([trace]), new EventRecord(), (record) =>
      record.kind === 'event' && record.id === 160 ? isoTime(record.filetime()) : undefined,
    ).filter((time) => time !== undefined);
    expect(times).toHaveLength(114);
    expect(times[0]).toBe('2024-06-10T20:18:35.4891721Z');
  });

  it('pktmon-azure-ping says that Windows Server 2022 (20348) wrote it, through the Relogger', () => {
    const { trace, survey } = walk(read('pktmon-azure-ping'), () => 0);
    expect(trace.header).toMatchObject({
      build: 20348,
      pointerSize: 8,
      clockType: 'qpc',
      loggerName: 'Relogger',
    });
    expect(survey.compressedBuffers).toBe(2);
  });

  it('shutdown-kernel holds nothing but kernel records, with system and with perfinfo headers', () => {
    const { seen } = walk(read('shutdown-kernel'), ({ kind }) => kind);
    expect(new Set(seen)).toEqual(new Set(['system', 'perfinfo']));
  });

  it('win7-kernel-network stamps with 2,994,853 Hz, and its times lie between the start and end of its header', () => {
    const { trace, survey } = walk(read('win7-kernel-network'), () => 0);
    expect(trace.header.perfFrequency).toBe(2_994_853n);
    expect(survey.buffers).toBe(trace.header.buffersWritten);
    expect(survey.firstTime).toBeGreaterThanOrEqual(trace.header.startTime);
    expect(survey.lastTime).toBeLessThanOrEqual(trace.header.endTime);
  });

  it('win7-http-cross-machine: events carry related activity ids as extended data', () => {
    const { seen } = walk(read('win7-http-cross-machine'), (record) => {
      const item = record.extendedItem(1);
      return item === undefined ? undefined : { length: item.length, text: formatGuid(item, 0) };
    });
    const ids = seen.filter((item) => item !== undefined);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every(({ length }) => length === 16)).toBe(true);
  });
});
