import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BufferContent,
  encodeTrace,
  eventRecord,
  TraceClock,
  type TraceOptions,
} from '../../samples/encoder/index.js';
import { Random } from '../../samples/scenarios/index.js';
import { EventRecord, mergeTraces, Trace } from '../../src/etl/index.js';
import { FileSource } from '../../src/pipeline/file-source.js';
import { ReaderThread } from '../../src/pipeline/reading/index.js';
import { PROVIDER } from '../etl/walk.js';

/** The worker runs compiled: `npm run build` makes it. */
const WORKER = pathToFileURL(
  fileURLToPath(new URL('../../dist/pipeline/reading/reader-worker.js', import.meta.url)),
);
const T0 = 5_000_000_000n;
const clock = new TraceClock({ type: 'qpc', start: 17_180_507_150_000_000n, startTicks: T0 });

const directory = mkdtempSync(join(tmpdir(), 'reader-thread-'));
let thread: ReaderThread;
beforeAll(() => {
  thread = new ReaderThread(WORKER);
});
afterAll(async () => {
  await thread.close();
  rmSync(directory, { recursive: true, force: true });
});

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

/** All that a trace gives: its records as the file has them, as the merge has them, and its damage. */
function everything(path: string, reader: ReaderThread | undefined) {
  const source = new FileSource(path);
  try {
    const trace = new Trace(source, { ...(reader && { reading: reader.reading(source) }) });
    const inFile = createHash('sha256');
    const survey = trace.survey((record) => note(inFile, record));
    const inTime = createHash('sha256');
    const record = new EventRecord();
    for (const batch of mergeTraces([trace])) {
      for (let n = 0; n < batch.count; n++) {
        batch.load(n, record);
        note(inTime, record);
      }
      batch.release();
    }
    const { items, total } = trace.damage;
    return { survey, inFile: inFile.digest('hex'), inTime: inTime.digest('hex'), items, total };
  } finally {
    source.close();
  }
}

function note(hash: ReturnType<typeof createHash>, record: EventRecord): void {
  hash.update(`${record.rawTime()} ${record.processor} ${record.bufferPosition} ${record.kind}\n`);
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

describe('a reader thread gives what reading in the same thread gives', () => {
  const MEBIBYTE = 1024 * 1024;

  it.each([
    ['plain', 'none'],
    ['compressed', 'matches'],
  ] as const)('%s buffers larger than a piece, on three processors', (name, compression) => {
    const path = write(
      name,
      { form: 'merged', bufferSize: 2 * MEBIBYTE, compression },
      buffers(3, 2, 300, 4000),
    );
    const direct = everything(path, undefined);
    // The trace header, and twice that the rundown is complete.
    expect(direct.survey.records).toBe(3 * 2 * 300 + 3);
    expect(everything(path, thread)).toEqual(direct);
  });

  it('more processors than its rings have entries', () => {
    const path = write('many', { bufferSize: 1024 }, buffers(5000, 2, 3, 64));
    const direct = everything(path, undefined);
    expect(direct.survey.processors).toBe(5000);
    expect(everything(path, thread)).toEqual(direct);
  });

  it('damage, in the order of the file', () => {
    const path = write(
      'damaged',
      { form: 'merged', bufferSize: MEBIBYTE, compression: 'matches' },
      buffers(2, 8, 60, 2000),
    );
    const source = new FileSource(path);
    const bytes = new Uint8Array(source.size);
    source.read(0, bytes);
    source.close();
    const random = new Random(3);
    for (let n = 0; n < 40; n++) bytes[random.between(2000, bytes.length - 1)] = random.between(0, 255);
    writeFileSync(path, bytes.subarray(0, bytes.length - 5000));
    const direct = everything(path, undefined);
    expect(direct.items.length).toBeGreaterThan(2);
    expect(everything(path, thread)).toEqual(direct);
  });

  it('an error of the file system, with its code', () => {
    const path = write('gone', { bufferSize: 65_536 }, buffers(1, 4, 20, 1000));
    const source = new FileSource(path);
    const trace = new Trace(source, { reading: thread.reading(source) });
    trace.survey();
    source.close();
    expect(() => [...mergeTraces([trace])]).toThrow(expect.objectContaining({ code: 'EBADF' }));
  });
});
