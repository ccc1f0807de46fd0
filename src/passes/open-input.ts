import type { ByteSource, Damage, EtlError } from '../etl/index.js';
import { type HostInfoFile, HostLimitError } from '../host/index.js';
import { ConvertError } from './errors.js';

/** An open input, and how to close it. */
export interface OpenInput {
  /** For people: the path, or `standard input`. */
  readonly name: string;
  readonly source: ByteSource;
  /** The file of the bytes, which no output may replace; for an archive's member, the archive. */
  readonly path?: string;
  /** Descriptor of the open file behind a stream, such as standard input. */
  readonly descriptor?: number;
  /** Files saved on the host that are beside the trace in its archive. */
  readonly hostFiles?: readonly HostInfoFile[];
  /**
   * Damage for each change of the file since it was opened; none for a temporary file, which other processes do not
   * change.
   */
  changes(): readonly Damage[];
  close(): void;
}

/** The error that names the trace if it exceeds the limit of interfaces or components; any other error unchanged. */
export function limitError(name: string, error: unknown): unknown {
  return error instanceof HostLimitError
    ? new ConvertError('input', `${name}: ${error.message}; it is damaged, or made to exhaust memory`, {
        cause: error,
      })
    : error;
}

/** The error for an input that is not a trace: file, offset, reason and remedy. */
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
