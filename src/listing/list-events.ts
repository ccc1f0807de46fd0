import type { Writable } from 'node:stream';
import { EventRecord } from '../etl/index.js';
import { EventFilter, JsonBytes, type SidecarEvent } from '../events/index.js';
import type { OpenInput } from '../io/index.js';
import { type ConvertInput, openInput, StreamOutput } from '../io/index.js';
import { checkOptions } from '../options/index.js';
import type { ConvertOptions } from '../passes/index.js';
import { batches, DirectReader, type Hint, noEventsHint, prepare, Turns } from '../passes/index.js';

/** Bytes that are collected before they are written. */
const WRITE_BYTES = 64 * 1024;

export interface ListEventsOptions
  extends Pick<
    ConvertOptions,
    'compartments' | 'level' | 'manifests' | 'onProgress' | 'providers' | 'signal' | 'spoolLimit'
  > {
  /** An event as one line, without a line break; absent: as JSON. */
  readonly lineOf?: (event: SidecarEvent) => string;
  /** Called where the options match no event. */
  readonly onHint?: (hint: Hint) => void;
}

/**
 * Writes everything in a trace that is not a packet as lines, in the order of time.
 *
 * @param input a path or a readable stream
 * @param output is written and not ended
 * @returns the number of events written
 * @throws ConvertError
 */
export async function listEvents(
  input: ConvertInput,
  output: Writable,
  options: ListEventsOptions = {},
): Promise<number> {
  checkOptions('listEvents', options);
  const opened = await openInput(input, options);
  try {
    return await list(opened, new StreamOutput(output, 'standard output'), options);
  } finally {
    opened.close();
  }
}

async function list(input: OpenInput, output: StreamOutput, options: ListEventsOptions): Promise<number> {
  const { level, lineOf, providers } = options;
  const turns = new Turns(options.signal);
  const [session] = await prepare([input], new DirectReader(), options, () => false, turns);
  if (session === undefined) throw new Error('no session for the input');
  const filter = new EventFilter(
    { ...(level !== undefined && { level }), ...(providers && { providers }) },
    session.group.providerNames,
  );
  const { decoder, events } = session;
  const record = new EventRecord();
  const lines = new JsonBytes(WRITE_BYTES);
  let packets = 0;
  let written = 0;
  let excluded = 0;
  let records = 0;
  const add = (event: EventRecord, damage: string | undefined): void => {
    if (!filter.accepts(event)) {
      excluded += 1;
      return;
    }
    if (lineOf === undefined) events.write(event, packets, damage, lines);
    else lines.text(lineOf(events.describe(event, packets, damage)));
    lines.ascii('\n');
    written += 1;
  };
  decoder.onOrphan = add;
  for await (const batch of batches([session], turns)) {
    for (let n = 0; n < batch.count; n++) {
      batch.load(n, record);
      const outcome = decoder.decode(record);
      if (outcome === 'packet') packets += 1;
      else if (outcome === 'damaged') add(record, decoder.damage);
      else if (outcome === 'event') add(record, undefined);
    }
    records += batch.count;
    batch.release();
    options.onProgress?.({
      phase: 'convert',
      fraction: 0.5 + (0.5 * records) / Math.max(1, session.survey.records),
      packets,
    });
    if (lines.length >= WRITE_BYTES) await output.write(lines.take());
  }
  decoder.finish();
  if (lines.length > 0) await output.write(lines.take());
  const isFiltered = level !== undefined || providers !== undefined;
  if (isFiltered && written === 0) options.onHint?.(noEventsHint(options, excluded, [session]));
  return written;
}
