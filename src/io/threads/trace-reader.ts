import { availableParallelism } from 'node:os';
import { type ByteSource, EtlError, LogFileMode, Trace } from '../../etl/index.js';
import { DirectReader, type TraceReader } from '../../passes/index.js';
import { readerThread } from '../installation.js';
import { ThreadReader } from './thread-reader.js';

/** Below this size, starting a thread takes longer than it saves. */
const WORTH_A_THREAD = 8 * 1024 * 1024;

/**
 * The reader for the traces of a conversion. A second thread helps if they are compressed, unless they are small, on
 * one processor, with `oneThread`, and in a program that was bundled without the worker's file. (With plain buffers the
 * work saved is less than the cost of two threads sharing two processors with those that write and optimise.)
 */
export function traceReader(sources: readonly ByteSource[], oneThread: boolean): TraceReader {
  const bytes = sources.reduce((sum, { size }) => sum + size, 0);
  const isWorthOne =
    !oneThread && bytes >= WORTH_A_THREAD && availableParallelism() > 1 && sources.some(isCompressed);
  const thread = isWorthOne ? readerThread() : undefined;
  if (thread === undefined) return new DirectReader();
  try {
    return new ThreadReader(thread);
  } catch {
    // A process that may not start threads.
    return new DirectReader();
  }
}

function isCompressed(source: ByteSource): boolean {
  try {
    return (new Trace(source).header.logFileMode & LogFileMode.compressed) !== 0;
  } catch (error) {
    // Opening reports it.
    if (error instanceof EtlError) return false;
    throw error;
  }
}
