import { diagnoseTraces } from '../listing/index.js';
import {
  type ConversionOptions,
  ConvertError,
  EventLoopYielder,
  limitError,
  type OpenInput,
  type Output,
  PacketIdentity,
  prepare,
  type Runtime,
  runPass,
  type TraceReader,
  warnOfChanges,
} from '../passes/index.js';
import type { TableFormat } from './file-format.js';
import { addFindings, TablePass } from './table-pass.js';
import { pathPart, type TableTarget, TableWriter } from './table-writer.js';
import { TABLE_NAMES, TABLES, type TableName } from './tables.js';

/** Which tables of a trace are written, and in which form. */
export interface TableOptions
  extends Pick<
    ConversionOptions,
    'compartments' | 'compartmentsEncoding' | 'hostInfo' | 'manifests' | 'onProgress' | 'signal'
  > {
  /** Default `parquet`. */
  readonly format?: TableFormat;
  /** Default: all. `findings` needs a second pass over the trace. */
  readonly tables?: readonly TableName[];
  /** Name of the trace in column `trace` and in file names. Default: the input's name without its directory. */
  readonly trace?: string;
  /** Called at the end for each change of the file while it was read; the message names the file. */
  readonly onWarning?: (message: string) => void;
}

/** One file of a table. */
export interface TableFileSummary {
  readonly path: string;
  readonly bytes: number;
}

/** The tables of one trace. JSON-ready. */
export interface TablesSummary {
  readonly trace: string;
  /** Rows by table. */
  readonly rows: { readonly [Name in TableName]?: number };
  readonly files: readonly TableFileSummary[];
  /** Packets of conversations that the table of conversations does not have, because there were too many. */
  readonly packetsOfOmittedConversations: number;
}

export interface TableRequest {
  /** Stays open. */
  readonly input: OpenInput;
  readonly reader: TraceReader;
  readonly options: TableOptions;
  readonly runtime: Runtime;
  readonly target: TableTarget;
  /** See ConversionOutputs. */
  readonly complete: (outputs: readonly Output[]) => Promise<void>;
}

/**
 * Writes the tables of a trace.
 *
 * @throws ConvertError
 */
export async function writeTraceTables(request: TableRequest): Promise<TablesSummary> {
  const { complete, input, options, reader, runtime, target } = request;
  const { format = 'parquet', signal, tables = TABLE_NAMES } = options;
  const trace = options.trace ?? /[^/\\]*$/u.exec(input.name)?.[0] ?? input.name;
  const outputs: Output[] = [];
  const yielder = new EventLoopYielder(signal, runtime.nextTurn);
  try {
    const [session] = await prepare([input], reader, options, undefined, yielder, runtime);
    if (session === undefined) throw new Error('no session for the input');
    const writers = new Map(
      TABLE_NAMES.filter((name) => tables.includes(name)).map((table) => [
        table,
        new TableWriter({
          table,
          columns: TABLES[table],
          format,
          createdBy: `etlcap ${runtime.version}`,
          host: session.host.system.computerName,
          fileName: pathPart(trace),
          target,
          onOutput: (output) => outputs.push(output),
        }),
      ]),
    );
    const pass = new TablePass(session, trace, writers);
    await runPass([session], pass, {
      identity: new PacketIdentity([session]),
      yielder,
      pump: runtime.pump,
      onProgress: options.onProgress,
    });
    pass.finish();
    const findings = writers.get('findings');
    if (findings !== undefined) {
      const { compartments, compartmentsEncoding, hostInfo, manifests } = options;
      const { document } = await diagnoseTraces(
        [input],
        {
          ...(compartments !== undefined && { compartments }),
          ...(compartmentsEncoding && { compartmentsEncoding }),
          ...(hostInfo && { hostInfo }),
          ...(manifests && { manifests }),
          ...(signal && { signal }),
        },
        runtime,
      );
      addFindings(document, trace, pass.startDay, findings);
    }
    for (const writer of writers.values()) await writer.finish(pass.startDay);
    if (signal?.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
    await complete(outputs);
    warnOfChanges([session], options.onWarning);
    return {
      trace,
      rows: Object.fromEntries([...writers].map(([name, { rows }]) => [name, rows])),
      files: outputs.map(({ bytes, name: path }) => ({ path, bytes })),
      packetsOfOmittedConversations: pass.conversations.omitted,
    };
  } catch (error) {
    for (const output of outputs) await output.discard();
    throw limitError(input.name, error);
  }
}
