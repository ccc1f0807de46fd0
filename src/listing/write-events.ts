import type { EventRecord } from '../etl/index.js';
import { EventFilter, JsonBytes, type SidecarEvent } from '../events/index.js';
import type { ConversionOptions } from '../passes/index.js';
import {
  DirectReader,
  EventLoopYielder,
  type Hint,
  noEventsHint,
  type OpenInput,
  type Output,
  type OutputBytes,
  type PassVisitor,
  prepare,
  type Runtime,
  runPass,
  type TraceSession,
  warnOfChanges,
} from '../passes/index.js';

/** Bytes that are collected before they are written. */
const WRITE_BYTES = 64 * 1024;

export interface WriteEventsOptions
  extends Pick<
    ConversionOptions,
    | 'compartments'
    | 'compartmentsEncoding'
    | 'hostInfo'
    | 'level'
    | 'manifests'
    | 'onProgress'
    | 'providers'
    | 'signal'
  > {
  /** An event as one line, without a line break; absent: as JSON. */
  readonly lineOf?: (event: SidecarEvent) => string;
  /** Called if no event matches the options. */
  readonly onHint?: (hint: Hint) => void;
  /** Called at the end for each change of the file while it was read; the message names the file. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Writes all events of a trace that are not packets as lines, in time order.
 *
 * @param input stays open
 * @returns the number of events written
 * @throws ConvertError
 */
export async function writeEvents(
  input: OpenInput,
  output: Output,
  options: WriteEventsOptions,
  runtime: Runtime,
): Promise<number> {
  const { level, lineOf, onProgress, providers } = options;
  const yielder = new EventLoopYielder(options.signal, runtime.nextTurn);
  const [session] = await prepare([input], new DirectReader(), options, () => false, yielder, runtime);
  if (session === undefined) throw new Error('no session for the input');
  const filter = new EventFilter(
    { ...(level !== undefined && { level }), ...(providers && { providers }) },
    session.group.providerNames,
  );
  const lines = new EventLines(filter, output, lineOf);
  await runPass([session], lines, { yielder, onProgress });
  for (const { bytes } of lines.takeRest()) await output.write(bytes);
  const isFiltered = level !== undefined || providers !== undefined;
  if (isFiltered && lines.written === 0) options.onHint?.(noEventsHint(options, lines.excluded, [session]));
  warnOfChanges([session], options.onWarning);
  return lines.written;
}

/** Visitor of the main pass that writes events as lines. */
class EventLines implements PassVisitor {
  written = 0;
  /** Events that the options exclude. */
  excluded = 0;
  #packets = 0;
  readonly #filter: EventFilter;
  readonly #output: Output;
  readonly #lineOf: WriteEventsOptions['lineOf'];
  readonly #lines = new JsonBytes(WRITE_BYTES);

  constructor(filter: EventFilter, output: Output, lineOf: WriteEventsOptions['lineOf']) {
    this.#filter = filter;
    this.#output = output;
    this.#lineOf = lineOf;
  }

  packet(): void {
    this.#packets += 1;
  }

  event(record: EventRecord, { events }: TraceSession, damage: string | undefined): void {
    if (!this.#filter.accepts(record)) {
      this.excluded += 1;
      return;
    }
    const lines = this.#lines;
    if (this.#lineOf === undefined) events.write(record, this.#packets, damage, lines);
    else lines.text(this.#lineOf(events.describe(record, this.#packets, damage)));
    lines.ascii('\n');
    this.written += 1;
  }

  takeOutput(): readonly OutputBytes[] {
    return this.#lines.length >= WRITE_BYTES ? [this.#take()] : [];
  }

  #take(): OutputBytes {
    return { output: this.#output, bytes: this.#lines.take() };
  }

  /** The lines that are left after the last batch. */
  takeRest(): readonly OutputBytes[] {
    return this.#lines.length > 0 ? [this.#take()] : [];
  }
}
