import type { ByteSource, Damage, EtlError } from '../etl/index.js';
import { HostLimitError } from '../host/index.js';
import { ConvertError } from './errors.js';

/** An input that is open, and what to do when it is no longer needed. */
export interface OpenInput {
  /** For people: the path, or `standard input`. */
  readonly name: string;
  readonly source: ByteSource;
  /** The file that the bytes come from, which no output may replace; of an archive's member, the archive. */
  readonly path?: string;
  /** Number of the open file that a stream comes from, such as standard input. */
  readonly descriptor?: number;
  /** Damage for each change of the file since it was opened; none for a temporary file, which nobody else changes. */
  changes(): readonly Damage[];
  close(): void;
}

/** A trace with more interfaces or components than any host has, as the error that names it; any other as it is. */
export function limitError(name: string, error: unknown): unknown {
  return error instanceof HostLimitError
    ? new ConvertError('input', `${name}: ${error.message}; it is damaged, or made to exhaust memory`, {
        cause: error,
      })
    : error;
}

/** Text for an input that is no trace: file, place, reason, and what to do. */
export function notATrace(name: string, error: EtlError): ConvertError {
  const remedy =
    error.code === 'empty'
      ? 'was the trace stopped (netsh trace stop, pktmon stop) and copied whole?'
      : 'expected a file that netsh trace, pktmon or New-NetEventSession wrote';
  return new ConvertError(
    'input',
    `${name}: not an ETL trace at offset ${error.offset}: ${error.message}; ${remedy}`,
    { cause: error },
  );
}
