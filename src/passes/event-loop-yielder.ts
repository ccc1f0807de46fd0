import { setImmediate as nextTurn } from 'node:timers/promises';
import { RecordCounts, type Records } from '../etl/index.js';
import { ConvertError } from './errors.js';
import type { TraceSession } from './trace-session.js';

/** Work between two looks at signals, timers and the terminal. */
const TURN_MILLISECONDS = 40;

/** Gives the event loop a turn now and then, and notices that the caller gave up. */
export class Turns {
  #last = performance.now();
  readonly #signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** Whether it is time for {@link take}. */
  get due(): boolean {
    return performance.now() - this.#last >= TURN_MILLISECONDS;
  }

  /** @throws ConvertError `aborted` */
  async take(): Promise<void> {
    await nextTurn();
    this.#last = performance.now();
    if (this.#signal?.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
  }
}

/**
 * The main pass: the records of all traces in the order of time, as a source of batches for a Node stream. Every batch must
 * be released. At the end each session knows how its file changed since it was opened.
 *
 * @param sessions of one reader, in the order of their trace indexes
 */
export async function* batches(
  sessions: readonly TraceSession[],
  turns: Turns,
): AsyncGenerator<Records, void, undefined> {
  const reader = sessions[0]?.reader;
  if (reader === undefined) return;
  const counts = sessions.map(() => new RecordCounts());
  for (const batch of reader.merge(sessions.map(({ trace }) => trace))) {
    if (batch !== undefined) {
      batch.countInto(counts);
      yield batch;
    }
    if (batch === undefined || turns.due) await turns.take();
  }
  for (const [at, session] of sessions.entries()) session.noteChanges(counts[at] ?? new RecordCounts());
}

/** Passes on how files changed while they were read, one message each; to be called after the main pass. */
export function warnOfChanges(
  sessions: readonly TraceSession[],
  onWarning: ((message: string) => void) | undefined,
): void {
  for (const { changes, input } of sessions) {
    for (const { reason } of changes) onWarning?.(`${input.name}: ${reason}`);
  }
}
