import { Duplex, Readable, Writable } from 'node:stream';
import type { SidecarEvent } from '../events/index.js';
import { checkOptions } from '../options/index.js';
import type { ConvertSummary } from '../passes/index.js';
import { convertWith } from './convert.js';
import type { ConvertOptions } from './convert-options.js';

/** Options that a stream can follow: it has one output, and no name for others. */
export type StreamOptions = Omit<ConvertOptions, 'split' | 'force' | 'signal'>;

/** The events of {@link EtlToPcapng}, besides those of every Duplex. */
export interface EtlToPcapngEvents {
  /** All events of the trace, in time order. Decoded only if there is a listener. */
  event: [event: SidecarEvent];
  /** The conversion's summary, before `end`. With `packets` 0 the stream is empty. */
  summary: [summary: ConvertSummary];
}

type AnyListener = Parameters<Duplex['on']>[1];

/**
 * A stream from the bytes of an ETL trace to those of a pcapng file.
 *
 * The trace is spooled into a temporary file: the descriptions of its packets are at its end, so the output starts
 * after the end of the input. Errors are {@link ConvertError}.
 */
export class EtlToPcapng extends Duplex {
  readonly #input: Readable;
  readonly #abort = new AbortController();
  #inputHasRoom: (() => void) | undefined;
  #outputHasRoom: (() => void) | undefined;

  constructor(options: StreamOptions = {}) {
    super({ allowHalfOpen: true });
    checkOptions('etlToPcapng', options);
    this.#input = new Readable({
      read: () => {
        const resume = this.#inputHasRoom;
        this.#inputHasRoom = undefined;
        resume?.();
      },
    });
    const output = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => {
        if (this.push(chunk)) done();
        else this.#outputHasRoom = done;
      },
    });
    void this.#run(output, options);
  }

  override on<E extends keyof EtlToPcapngEvents>(
    event: E,
    listener: (...args: EtlToPcapngEvents[E]) => void,
  ): this;
  override on(event: string | symbol, listener: AnyListener): this;
  override on(event: string | symbol, listener: AnyListener): this {
    return super.on(event, listener);
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    if (this.#input.push(chunk)) done();
    else this.#inputHasRoom = done;
  }

  override _final(done: () => void): void {
    this.#input.push(null);
    done();
  }

  override _read(): void {
    const resume = this.#outputHasRoom;
    this.#outputHasRoom = undefined;
    resume?.();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#abort.abort();
    this.#input.destroy(error ?? undefined);
    this.#outputHasRoom?.();
    done(error);
  }

  async #run(output: Writable, options: StreamOptions): Promise<void> {
    try {
      const summary = await convertWith(
        this.#input,
        output,
        { ...options, signal: this.#abort.signal },
        (describe) => {
          if (this.listenerCount('event') > 0) this.emit('event', describe());
        },
      );
      this.emit('summary', summary);
      this.push(null);
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

/** See {@link EtlToPcapng}. */
export const etlToPcapng = (options: StreamOptions = {}): EtlToPcapng => new EtlToPcapng(options);
