import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { EventsHeadJson } from '../../src/convert/events-head.js';
import type { SidecarEvent } from '../../src/events/event.js';
import { convert, merge } from '../../src/library/convert.js';
import type { ConvertOptions } from '../../src/library/convert-options.js';
import type { ConvertSummary } from '../../src/passes/summary.js';

/** The events document for tests. */
export interface Document extends EventsHeadJson {
  readonly format: string;
  readonly formatVersion: number;
  readonly events: readonly SidecarEvent[];
  readonly summary: {
    readonly records: number;
    readonly packets: number;
    readonly merged: number;
    readonly events: number;
    readonly eventsExcluded: number;
    readonly providers: readonly {
      readonly id: string;
      readonly name?: string;
      readonly records: number;
      readonly packets: number;
      readonly merged: number;
      readonly events: number;
    }[];
    readonly processes: readonly { readonly pid: number; readonly name?: string; readonly packets: number }[];
  };
}

export interface Converted {
  readonly summary: ConvertSummary;
  /** Text of the events file; empty if there is none. */
  readonly text: string;
  /** The sidecar, where it is one JSON document. */
  readonly document: Document;
  readonly pcapng: Uint8Array;
  readonly directory: string;
}

let directory = '';
let runs = 0;

/** Converts traces in a separate directory, removed after the tests of the file. */
export function useConversions(): (
  inputs: string | Uint8Array | readonly string[],
  options?: ConvertOptions,
) => Promise<Converted> {
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'etlcap-sidecar-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  return async (inputs, options = {}) => {
    const own = join(directory, String(runs++));
    const output = `${own}.pcapng`;
    const summary = await run(inputs, own, output, options);
    const text = summary.eventsFile === undefined ? '' : readFileSync(summary.eventsFile.path, 'utf8');
    const pcapng = summary.outputs.length === 0 ? new Uint8Array() : new Uint8Array(readFileSync(output));
    const document: Document = text.startsWith('{"format"') ? JSON.parse(text) : undefined;
    return { summary, text, document, pcapng, directory };
  };
}

function run(
  inputs: string | Uint8Array | readonly string[],
  own: string,
  output: string,
  options: ConvertOptions,
): Promise<ConvertSummary> {
  if (inputs instanceof Uint8Array) {
    writeFileSync(`${own}.etl`, inputs);
    return convert(`${own}.etl`, output, options);
  }
  return typeof inputs === 'string' ? convert(inputs, output, options) : merge(inputs, output, options);
}
