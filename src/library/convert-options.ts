import type { Writable } from 'node:stream';
import type { ConversionOptions } from '../passes/index.js';

/** Options of a conversion in Node.js. */
export interface ConvertOptions extends ConversionOptions {
  /** Maximum bytes of a stream that are spooled into a temporary file. Default 16 GiB. */
  readonly spoolLimit?: number;
  /** Where the events go instead. A stream is written and not ended. */
  readonly eventsOutput?: string | Writable;
  /** Files that no output may replace, besides the inputs and the manifests of this conversion. */
  readonly protectedFiles?: readonly string[];
  /** Replace outputs that exist. An input is never replaced. */
  readonly force?: boolean;
  /** Wait until outputs, and their names, are on the disk: a crash of the machine leaves the old file or the new one. */
  readonly fsync?: boolean;
  /**
   * Reads, converts and writes files in the calling thread alone, for programs that run a conversion on each processor.
   * By default other threads decompress and write if there are processors for them.
   */
  readonly oneThread?: boolean;
}
