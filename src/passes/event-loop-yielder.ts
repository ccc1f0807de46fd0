import { ConvertError } from './errors.js';

/** Work between two looks at signals, timers and the terminal. */
const TURN_MILLISECONDS = 40;

/** Gives the event loop a turn now and then, and notices that the caller gave up. */
export class EventLoopYielder {
  #last = performance.now();
  readonly #signal: AbortSignal | undefined;
  readonly #nextTurn: () => Promise<void>;

  /** @param nextTurn see Runtime.nextTurn */
  constructor(signal: AbortSignal | undefined, nextTurn: () => Promise<void>) {
    this.#signal = signal;
    this.#nextTurn = nextTurn;
  }

  /** Whether it is time for {@link take}. */
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
