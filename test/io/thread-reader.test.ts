import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type BufferContent,
  concat,
  encodeTrace,
  eventRecord,
  TraceClock,
  type TraceOptions,
} from '../../samples/encoder/index.js';
import { Random } from '../../samples/scenarios/index.js';
import { EventRecord, type RecordBatch, type Records } from '../../src/etl/index.js';
import { FileSource } from '../../src/io/file-source.js';
import { ThreadReader } from '../../src/io/threads/thread-reader.js';
import { DirectReader, type ReadableTrace, type TraceReader } from '../../src/passes/trace-reader.js';
import { PROVIDER } from '../etl/walk.js';

/** The worker runs compiled: `npm run build` makes it. */
const WORKER = pathToFileURL(fileURLToPath(new URL('../../dist/bundle/reader-worker.js', import.meta.url)));
const T0 = 5_000_000_000n;
const START = 17_180_507_150_000_000n;
const clock = new TraceClock({ type: 'qpc', start: START, startTicks: T0 });

const directory = mkdtempSync(join(tmpdir(), 'thread-reader-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Buffers whose records overlap in time between processors, and here and there inside one. */
function buffers(processors: number, each: number, records: number, length: number): BufferContent[] {
  const random = new Random(7);
  return Array.from({ length: processors * each }, (_, index) => ({
    processor: index % processors,
    records: Array.from({ length: records }, (_, n) => {
      const data = new Uint8Array(random.between(4, length));
      for (let at = 0; at < data.length; at += 3) data[at] = random.between(0, 255);
      const place = Math.floor(index / processors) * records + n;
      return eventRecord({
        provider: PROVIDER,
        id: 1,
        time: T0 + BigInt(place * 100 + random.between(0, 150)),
        data,
      });
    }),
  }));
}

type Hash = ReturnType<typeof createHash>;

/** The batches of a merge, however long they are waited for. */
function* merged(reader: TraceReader, traces: readonly ReadableTrace[]): Generator<RecordBatch> {
  for (const batch of reader.merge(traces)) if (batch !== undefined) yield batch;
}

/** Walks a trace for the first time. @returns the number of records */
function survey(trace: ReadableTrace): number {
  let records = 0;
  for (const block of trace.surveyRecords()) {
    records += block?.count ?? 0;
    block?.release();
  }
  return records;
}

/** All that traces give: their records as the files have them, as the merge has them, and their damage. */
async function everything(paths: readonly string[], reader: TraceReader, meanwhile?: () => void) {
  const sources = paths.map((path) => new FileSource(path));
  meanwhile?.();
  try {
    const traces = sources.map((source, traceIndex) => reader.open(source, { keyBase: START, traceIndex }));
    const inFile = createHash('sha256');
    const surveys = traces.map((trace) => {
      const steps = trace.surveyRecords();
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return step.value;
        if (step.value !== undefined) noteAll(step.value, inFile);
      }
    });
    const inTime = createHash('sha256');
    for (const batch of merged(reader, traces)) noteAll(batch, inTime);
    const again = createHash('sha256');
    for (const batch of merged(reader, traces)) noteAll(batch, again);
    return {
      surveys,
      inFile: inFile.digest('hex'),
      inTime: inTime.digest('hex'),
      again: again.digest('hex'),
      damage: traces.map(({ damage }) => ({ ...damage })),
      headers: traces.map(({ headers }) => headers),
    };
  } finally {
    await reader.close();
    for (const source of sources) source.close();
  }
}

const directly = (...paths: readonly string[]) => everything(paths, new DirectReader());
const withThread = (...paths: readonly string[]) => everything(paths, new ThreadReader(WORKER));

function noteAll(records: Records, hash: Hash): void {
  const record = new EventRecord();
  for (let n = 0; n < records.count; n++) {
    hash.update(`${records.load(n, record)} `);
    note(hash, record);
  }
  records.release();
}

function note(hash: Hash, record: EventRecord): void {
  const { bufferPosition, kind, processor } = record;
  hash.update(`${record.rawTime()} ${record.filetime()} ${processor} ${bufferPosition} ${kind}\n`);
  hash.update(record.bytes.slice(record.offset, record.offset + record.size));
}

function write(
  name: string,
  options: Omit<TraceOptions, 'clock'>,
  content: readonly BufferContent[],
): string {
  const path = join(directory, `${name}.etl`);
  writeFileSync(path, encodeTrace({ ...options, clock }, content));
  return path;
}

describe('reading with a second thread gives what reading in one gives', () => {
  const MEBIBYTE = 1024 * 1024;
  const LARGE = { form: 'merged', bufferSize: 2 * MEBIBYTE } as const;

  it.each([
    ['plain', 'none'],
    ['compressed', 'matches'],
  ] as const)('%s buffers larger than a piece, on three processors', async (name, compression) => {
    const path = write(name, { ...LARGE, compression }, buffers(3, 2, 300, 4000));
    const direct = await directly(path);
    // The trace header, and twice that the rundown is complete.
    expect(direct.surveys).toMatchObject([{ records: 3 * 2 * 300 + 3 }]);
    expect(direct.again).toBe(direct.inTime);
    expect(await withThread(path)).toEqual(direct);
  });

  it('more buffers, of more processors, than its ring has entries', async () => {
    const path = write('many', { bufferSize: 1024 }, buffers(5000, 2, 3, 64));
    const direct = await directly(path);
    expect(direct.surveys).toMatchObject([{ processors: 5000 }]);
    expect(await withThread(path)).toEqual(direct);
  });

  it('several traces, one of them two that were put together', async () => {
    const one = write('one', { ...LARGE, compression: 'matches' }, buffers(2, 3, 200, 3000));
    const two = write('two', { bufferSize: 65_536 }, buffers(4, 9, 100, 900));
    const both = join(directory, 'both.etl');
    writeFileSync(both, concat([readFileSync(two), readFileSync(one)]));
    const direct = await directly(both, one);
    expect(direct.headers.map(({ length }) => length)).toEqual([2, 1]);
    expect(await withThread(both, one)).toEqual(direct);
  });

  it('damage, in the order of the file; of much the first thousand places', async () => {
    const options = { form: 'merged', bufferSize: 16_384, compression: 'matches' } as const;
    const path = write('damaged', options, buffers(2, 1500, 20, 800));
    const bytes = readFileSync(path);
    const random = new Random(3);
    for (let n = 0; n < 4000; n++) bytes[random.between(2000, bytes.length - 1)] = random.between(0, 255);
    writeFileSync(path, bytes.subarray(0, bytes.length - 5000));
    const direct = await directly(path);
    const [damage] = direct.damage;
    expect(damage?.total).toBeGreaterThan(1000);
    expect(damage?.items).toHaveLength(1000);
    const offsets = damage?.items.map(({ offset }) => offset) ?? [];
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    expect(await withThread(path)).toEqual(direct);
  });

  it('a file that grows meanwhile: as much of it as there was when it was opened', async () => {
    const path = write('growing', { ...LARGE, compression: 'matches' }, buffers(2, 3, 200, 3000));
    const direct = await directly(path);
    const bytes = readFileSync(path);
    const growing = await everything([path], new ThreadReader(WORKER), () =>
      writeFileSync(path, concat([bytes, bytes])),
    );
    expect(growing).toEqual(direct);
  });

  it('where the thread does not start', async () => {
    const path = write('alone', { ...LARGE, compression: 'matches' }, buffers(3, 2, 300, 4000));
    const broken = join(directory, 'broken.mjs');
    writeFileSync(broken, "throw new Error('broken')");
    expect(await everything([path], new ThreadReader(pathToFileURL(broken)))).toEqual(await directly(path));
  });

  it('to whoever keeps more batches than the thread is ahead', async () => {
    const path = write('kept', { bufferSize: 65_536 }, buffers(4, 60, 100, 900));
    const source = new FileSource(path);
    const reader = new ThreadReader(WORKER);
    const trace = reader.open(source, {});
    const records = survey(trace);
    const kept = [...merged(reader, [trace])];
    expect(kept.length).toBeGreaterThan(20);
    expect(kept.reduce((sum, { count }) => sum + count, 0)).toBe(records);
    await reader.close();
    source.close();
  });

  it('an error of the file system: the file, the offset and the reason', async () => {
    const path = write('gone', { bufferSize: 65_536 }, buffers(1, 4, 60, 1000));
    const source = new FileSource(path);
    const reader = new ThreadReader(WORKER);
    const trace = reader.open(source, {});
    survey(trace);
    source.close();
    expect(() => [...reader.merge([trace])]).toThrow(
      expect.objectContaining({ code: 'input', message: `${path}: cannot be read at offset 72: EBADF` }),
    );
    await reader.close();
  });
});
