import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { transform } from 'stream-transform';
import type { Records } from '../etl/index.js';
import type { Pump, Runtime } from '../passes/index.js';
import { readHostInfo } from './host-info-files.js';
import { packageVersion } from './installation.js';
import { readManifests } from './manifests.js';
import { traceReader } from './threads/trace-reader.js';

/**
 * Moves batches through Node.js streams: reading and decoding continue while an output is written, and a slow reader of an
 * output slows the reading of the trace.
 */
const streamPump: Pump = async <T>(
  batches: AsyncIterable<Records>,
  step: (batch: Records) => T | undefined,
  deliver: (result: T) => Promise<void>,
): Promise<void> => {
  await pipeline(
    batches,
    // One batch at a time: packets keep their order, and the handler is synchronous.
    transform({ parallel: 1, highWaterMark: 2 }, (batch: Records) => step(batch) ?? null),
    new Writable({
      objectMode: true,
      // Some results wait, so that the conversion continues while a pipe is written.
      highWaterMark: 6,
      write: (result: T, _encoding, done) => {
        deliver(result).then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    }),
  );
};

/** The services of Node.js for passes over traces. */
export const nodeRuntime: Runtime = {
  get version() {
    return packageVersion();
  },
  nextTurn: () => nextTurn(),
  openReader: traceReader,
  readManifests,
  readHostInfo,
  pump: streamPump,
};
