import { ConvertError } from './errors.js';

/** Interval at which signals, timers and the terminal are served. */
const TURN_MILLISECONDS = 40;

/** Yields to the event loop regularly, and notices when the caller aborts. */
export class EventLoopYielder {
  #last = performance.now();
  readonly #signal: AbortSignal | undefined;
  readonly #nextTurn: () => Promise<void>;

  /** @param nextTurn see Runtime.nextTurn */
  constructor(signal: AbortSignal | undefined, nextTurn: () => Promise<void>) {
    this.#signal = signal;
    this.#nextTurn = nextTurn;
  }

  /** Whether {@link take} should be called. */
  get due(): boolean {
    return performance.now() - this.#last >= TURN_MILLISECONDS;
  }

  /** @throws ConvertError `aborted` */
  async take(): Promise<void> {
    await this.#nextTurn();
    this.#last = performance.now();
    if (this.#signal?.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
  }
}
