import { EventRecord, mergeTraces, Trace, type TraceHeader, type TraceSurvey } from '../etl/index.js';
import { FileSource, foreignError, formatOf, headOf, systemReason } from '../io/index.js';
import { ConvertError, type DamageJson } from '../passes/index.js';

/** A trace in a file, for reading its records. */
export interface OpenedTrace {
  readonly header: TraceHeader;
  /** Reads the whole file once: counts and times. */
  survey(): TraceSurvey;
  /** Sections of the file skipped or repaired so far; complete after {@link survey}, or after the last record. */
  damage(): Pick<DamageJson, 'bytes' | 'items' | 'sections'>;
  /** All records in time order. The generator returns the same object each time, with the next record. */
  records(): Generator<EventRecord, void, undefined>;
  close(): void;
}

/**
 * Opens an ETL file for reading its records.
 *
 * @throws ConvertError `input` if the file cannot be read, or is something else such as an archive; EtlError if it is
 *   not a trace
 */
export function openTrace(path: string): OpenedTrace {
  const source = openSource(path);
  try {
    const foreign = foreignError(path, formatOf(headOf(source)));
    if (foreign !== undefined) throw foreign;
    const trace = new Trace(source);
    return {
      header: trace.header,
      survey: () => trace.survey(),
      damage: () => {
        const { bytes, items, total } = trace.damage;
        return { sections: total, bytes, items: [...items] };
      },
      *records() {
        const record = new EventRecord();
        for (const batch of mergeTraces([trace])) {
          for (let n = 0; n < batch.count; n++) {
            batch.load(n, record);
            yield record;
          }
          batch.release();
        }
      },
      close: () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

function openSource(path: string): FileSource {
  try {
    return new FileSource(path);
  } catch (error) {
    throw new ConvertError('input', `${path}: ${systemReason(error)}`, { cause: error });
  }
}
