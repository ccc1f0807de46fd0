import {
  BlockPool,
  type ByteSource,
  type Clock,
  type DamageSummary,
  mergeTraces,
  type OpenOptions,
  type RecordBatch,
  type Records,
  Trace,
  type TraceHeader,
  type TraceSurvey,
} from '../etl/index.js';

/** A trace that a {@link TraceReader} walks. */
export interface ReadableTrace {
  readonly header: TraceHeader;
  /** That of {@link header}. */
  readonly clock: Clock;
  /** More than one where traces were concatenated; complete after the survey, as is {@link damage}. */
  readonly headers: readonly TraceHeader[];
  readonly damage: DamageSummary;
  /** The first walk: see Trace.surveyRecords. Undefined if no batch is ready: yield to the event loop. */
  surveyRecords(): Generator<Records | undefined, TraceSurvey, undefined>;
}

/** Reader of the traces of a conversion. One walk at a time. */
export interface TraceReader {
  /** Threads that read. The conversion's own is one of them. */
  readonly threads: number;
  /** @throws EtlError if it is not a trace */
  open(source: ByteSource, options: OpenOptions): ReadableTrace;
  /**
   * The second walk: all records of some of the traces that were opened here, in time order; see mergeTraces. Every
   * batch must be released. Undefined if no batch is ready: yield to the event loop.
   *
   * @returns see mergeTraces
   */
  merge(traces: readonly ReadableTrace[]): Generator<RecordBatch | undefined, number, undefined>;
  close(): Promise<void>;
}

/** Reads in the thread that asks. */
export class DirectReader implements TraceReader {
  readonly threads = 1;
  readonly #traces: Trace[] = [];
  readonly #pool = new BlockPool();

  open(source: ByteSource, options: OpenOptions): ReadableTrace {
    const trace = new Trace(source, { ...options, pool: this.#pool });
    this.#traces.push(trace);
    return trace;
  }

  merge(traces: readonly ReadableTrace[]): Generator<RecordBatch, number, undefined> {
    return mergeTraces(this.#traces.filter((trace) => traces.includes(trace)));
  }

  async close(): Promise<void> {}
}
