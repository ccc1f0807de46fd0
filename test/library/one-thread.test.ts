import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StreamOptions } from '../../samples/scenarios/index.js';
import type { ConvertOptions } from '../../src/library/convert-options.js';
import { writeTraceFile } from '../support/trace-file.js';

/** Built, because the reader thread is: it starts only if its file is next to the library's. */
const DIST = new URL('../../dist/bundle/', import.meta.url);
const READER = fileURLToPath(new URL('reader-worker.js', DIST));
const SAMPLE = fileURLToPath(new URL('../../samples/nat-vswitch.etl', import.meta.url));
/** From this size on, a thread reads compressed traces. */
const WORTH_A_THREAD = 8 * 1024 * 1024;

let library: typeof import('../../src/index.js');
const directory = mkdtempSync(join(tmpdir(), 'one-thread-'));
beforeAll(async () => {
  library = await import(new URL('library.js', DIST).href);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Writes a compressed trace. */
function compressedTrace(name: string, options: Omit<StreamOptions, 'trace'>): string {
  const path = join(directory, `${name}.etl`);
  const trace = { form: 'merged', compression: 'matches', bufferSize: 1024 * 1024 } as const;
  writeTraceFile(path, { ...options, trace });
  return path;
}

/** All results of a conversion: the summary except the time, packets, events; and the number of started threads. */
async function everything(inputs: readonly string[], options: ConvertOptions) {
  const output = join(directory, 'x.pcapng');
  let threads = 0;
  const count = (): void => {
    threads += 1;
  };
  process.on('worker', count);
  const { seconds: _, ...summary } = await library
    .merge(inputs, output, { ...options, force: true })
    .finally(() => process.off('worker', count));
  return {
    threads,
    summary,
    pcapng: readFileSync(output),
    events: readFileSync(join(directory, 'x.events.json')),
  };
}

/** @returns the threads that several are */
async function expectTheSame(inputs: readonly string[], options: ConvertOptions = {}): Promise<number> {
  const many = await everything(inputs, options);
  const one = await everything(inputs, { ...options, oneThread: true });
  expect(one.threads).toBe(0);
  expect(one.summary).toEqual(many.summary);
  expect(one.pcapng.equals(many.pcapng)).toBe(true);
  expect(one.events.equals(many.events)).toBe(true);
  return many.threads;
}

/** Threads are started where the machine has a processor for them. */
const someThreads = availableParallelism() > 1 ? 1 : 0;

describe('in one thread a conversion gives, byte for byte, what it gives in several', () => {
  it('(there are several: the reader is built where the library looks for it)', () => {
    expect(existsSync(READER)).toBe(true);
  });

  it('of a small trace', async () => {
    await expectTheSame([SAMPLE]);
  });

  it('of a small trace, with its events between the packets', async () => {
    await expectTheSame([SAMPLE], { inlineEvents: 'etw', comments: 'brief' });
  });

  it('of a large one that is compressed', async () => {
    const trace = compressedTrace('ndis', { kind: 'ndis', count: 20_000 });
    expect(statSync(trace).size).toBeGreaterThan(WORTH_A_THREAD);
    expect(await expectTheSame([trace])).toBeGreaterThanOrEqual(someThreads);
  });

  it('of two that are merged, packets and events, of several processors', async () => {
    const payloadSize = [600, 1400] as const;
    const packets = compressedTrace('pktmon', { kind: 'pktmon', count: 10_000, payloadSize, processors: 7 });
    const events = compressedTrace('events', { kind: 'events', count: 20_000 });
    expect(statSync(packets).size).toBeGreaterThan(WORTH_A_THREAD);
    expect(await expectTheSame([packets, events])).toBeGreaterThanOrEqual(someThreads);
  });
});
