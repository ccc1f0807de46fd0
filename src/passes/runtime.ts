import type { ByteSource, Records } from '../etl/index.js';
import type { HostInfoFile } from '../host/index.js';
import type { TraceReader } from './trace-reader.js';

/** An instrumentation manifest that the user gave. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Moves batches of records, in order: `step` turns each batch into a result, and `deliver` is waited for with each result
 * that is not undefined.
 */
export type Pump = <T>(
  batches: AsyncIterable<Records>,
  step: (batch: Records) => T | undefined,
  deliver: (result: T) => Promise<void>,
) => Promise<void>;

/** Moves batches by plain iteration: the next batch is read after the last result was delivered. */
export const plainPump: Pump = async (batches, step, deliver) => {
  for await (const batch of batches) {
    const result = step(batch);
    if (result !== undefined) await deliver(result);
  }
};

/** The services that passes need from their platform: Node.js or a browser. */
export interface Runtime {
  /** Version of etlcap. */
  readonly version: string;
  /** Resolves after the event loop ran: signals, timers, input and output. */
  nextTurn(): Promise<void>;
  /**
   * A reader for traces, with another thread if that is faster.
   *
   * @param oneThread do not use other threads
   */
  openReader(sources: readonly ByteSource[], oneThread: boolean): TraceReader;
  /**
   * Reads the manifests that describe providers of a trace.
   *
   * @param paths files, or directories with manifests
   * @param isNeeded whether a provider (GUID, lower case) is in the trace
   * @throws ConvertError `usage` if one cannot be read
   */
  readManifests(paths: readonly string[], isNeeded: (providerId: string) => boolean): Promise<ManifestFile[]>;
  /**
   * Reads files saved on a host.
   *
   * @param paths files, or directories with them
   * @throws ConvertError `usage` if one cannot be read
   */
  readHostInfo(paths: readonly string[]): Promise<HostInfoFile[]>;
  readonly pump: Pump;
}
