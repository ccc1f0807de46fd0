import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFile } from '../../src/io/input.js';
import { nodeRuntime } from '../../src/io/node-runtime.js';
import { Counter } from '../../src/io/threads/shared-state.js';
import { ThreadReader } from '../../src/io/threads/thread-reader.js';
import { EventLoopYielder } from '../../src/passes/event-loop-yielder.js';
import { runPass } from '../../src/passes/run-pass.js';
import { prepare } from '../../src/passes/survey.js';
import { writeTraceFile } from '../support/trace-file.js';

/** Built, because the reader thread is. */
const WORKER = new URL('../../dist/bundle/reader-worker.js', import.meta.url);
const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));
/** The parts of the program that a process with a small heap needs. */
const PASS = `
export { nodeRuntime, openFile } from './io/index.js';
export { ThreadReader } from './io/threads/thread-reader.js';
export { EventLoopYielder } from './passes/event-loop-yielder.js';
export { prepare } from './passes/survey.js';
`;
const NODE_MODULE = { bundle: true, format: 'esm', platform: 'node', logLevel: 'error' } as const;
const directory = mkdtempSync(join(tmpdir(), 'reader-end-'));
const COMPRESSED = join(directory, 'compressed.etl');

beforeAll(() => {
  const trace = { form: 'merged', compression: 'matches', bufferSize: 1024 * 1024 } as const;
  writeTraceFile(COMPRESSED, { kind: 'ndis', count: 60_000, trace });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A thread that starts, takes a buffer of the survey, so that the conversion has to wait for it, and then does this. */
function workerThat(name: string, does: string): URL {
  const path = join(directory, `${name}.mjs`);
  writeFileSync(
    path,
    `import { workerData } from 'node:worker_threads';
     const Counter = ${JSON.stringify(Counter)};
     const { control } = workerData;
     Atomics.store(control, Counter.up, 1);
     Atomics.wait(control, Counter.commands, 0);
     while (Atomics.load(control, Counter.unclaimed) === 0);
     Atomics.add(control, Counter.unclaimed, 1);
     ${does}`,
  );
  return pathToFileURL(path);
}

/** A reader whose thread runs. */
async function startedReader(file: URL): Promise<{ reader: ThreadReader; worker: Worker }> {
  const started = new Promise<Worker>((resolve) => process.once('worker', resolve));
  const reader = new ThreadReader(file);
  const worker = await started;
  await new Promise((resolve) => worker.once('online', resolve));
  // A thread that is not ready when the survey starts may be done without.
  await delay(1000);
  return { reader, worker };
}

/** The survey of the trace with this thread. */
async function survey(file: URL, signal?: AbortSignal): Promise<void> {
  const input = await openFile(COMPRESSED);
  const { reader } = await startedReader(file);
  try {
    await prepare(
      [input],
      reader,
      {},
      undefined,
      new EventLoopYielder(signal, nodeRuntime.nextTurn),
      nodeRuntime,
    );
  } finally {
    await reader.close();
    input.close();
  }
}

describe('a reader thread that ends after it started ends the conversion with an error', () => {
  it.each([
    ['throws', "throw new Error('a mistake');", /ended early: a mistake; try again$/u],
    ['exits', 'process.exit(7);', /ended early: exit code 7; try again$/u],
    ['returns', '', /ended early: exit code 0; try again$/u],
  ])('where it %s', async (name, does, message) => {
    await expect(survey(workerThat(name, does))).rejects.toMatchObject({
      code: 'crashed',
      message: expect.stringMatching(message),
    });
  });

  it('where it runs out of memory', async () => {
    const worker = workerThat('memory', 'const all = []; for (;;) all.push(new Array(10_000).fill({}));');
    const library = join(directory, 'library.mjs');
    await build({ stdin: { contents: PASS, resolveDir: SOURCE }, outfile: library, ...NODE_MODULE });
    const script = `
      const { EventLoopYielder, nodeRuntime, openFile, prepare, ThreadReader } = await import(process.argv[1]);
      const input = await openFile(process.argv[2]);
      const reader = new ThreadReader(new URL(process.argv[3]));
      await new Promise((resolve) => setTimeout(resolve, 1000));
      try {
        await prepare([input], reader, {}, undefined, new EventLoopYielder(undefined, nodeRuntime.nextTurn), nodeRuntime);
      } catch ({ code, message }) {
        console.log(code, message);
      } finally {
        await reader.close();
      }
    `;
    const args = ['--max-old-space-size=64', '--input-type=module', '-e', script];
    const child = spawn(process.execPath, [...args, pathToFileURL(library).href, COMPRESSED, worker.href]);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    await new Promise((resolve) => child.once('close', resolve));
    expect(output).toMatch(/^crashed the reader thread ended early: .*memory.*; try again\n$/u);
  });

  it('where somebody ends it during the main pass', async () => {
    const { reader, worker } = await startedReader(WORKER);
    const input = await openFile(COMPRESSED);
    try {
      const yielder = new EventLoopYielder(undefined, nodeRuntime.nextTurn);
      const sessions = await prepare([input], reader, {}, undefined, yielder, nodeRuntime);
      let isFirst = true;
      const visitor = {
        packet: () => undefined,
        afterBatch: async () => {
          if (isFirst) await worker.terminate();
          isFirst = false;
        },
      };
      await expect(runPass(sessions, visitor, { yielder })).rejects.toMatchObject({
        code: 'crashed',
        message: 'the reader thread ended early: exit code 1; try again',
      });
    } finally {
      await reader.close();
      input.close();
    }
  });
});

describe('a signal ends a conversion', () => {
  it('that waits for a reader thread which never answers', async () => {
    const controller = new AbortController();
    const waiting = survey(workerThat('waits', 'Atomics.wait(control, Counter.up, 1);'), controller.signal);
    setTimeout(() => controller.abort(), 200);
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  });
});
