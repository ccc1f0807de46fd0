import { closeSync, openSync, writeSync } from 'node:fs';
import { type StreamOptions, streamTrace } from '../../samples/scenarios/index.js';

/**
 * Writes a trace of any size to a file, piece by piece: a test that is to notice something at once must not have a gigabyte
 * to collect meanwhile.
 */
export function writeTraceFile(path: string, options: StreamOptions): void {
  const file = openSync(path, 'w');
  const header = streamTrace(options, (bytes) => void writeSync(file, bytes));
  writeSync(file, header, 0, header.length, 0);
  closeSync(file);
}
