import {
  Diagnoser,
  type DiagnoserOptions,
  type Diagnosis,
  type DiagnosisResult,
  RULES,
} from '../diagnosis/index.js';
import type { EventRecord, UnixTicks } from '../etl/index.js';
import {
  type ConversionOptions,
  ConvertError,
  type OpenInput,
  type Runtime,
  type TraceSession,
  type TraceSummary,
  traceSummary,
} from '../passes/index.js';
import { followPackets, type PathListeners, type PathPass } from './follow-packets.js';

export interface DiagnoseOptions
  extends Pick<
      ConversionOptions,
      'compartments' | 'compartmentsEncoding' | 'hostInfo' | 'manifests' | 'onProgress' | 'signal'
    >,
    DiagnoserOptions {
  /** Called at the end for each change of a file while it was read; the message names the file. */
  readonly onWarning?: (message: string) => void;
}

/** The findings of traces that are one capture. JSON-ready. */
export interface DiagnosisDocument extends Diagnosis {
  readonly format: 'etlcap-diagnosis';
  readonly formatVersion: 1;
  /** A list if several traces are one capture. */
  readonly trace: TraceSummary | readonly TraceSummary[];
  /** Ids of the rules that were used. */
  readonly rules: readonly string[];
}

/** A diagnosis, with the depth of each finding for text output; see {@link DiagnosisResult}. */
export interface DiagnosedTraces {
  readonly document: DiagnosisDocument;
  readonly depths: readonly number[];
}

/**
 * Examines packets and events of traces with all rules.
 *
 * @param inputs traces of one capture; stay open
 * @throws ConvertError
 */
export async function diagnoseTraces(
  inputs: readonly OpenInput[],
  options: DiagnoseOptions,
  runtime: Runtime,
): Promise<DiagnosedTraces> {
  const diagnosis = new DiagnosisPass(options);
  const pass = await followPackets(
    inputs,
    options,
    { ...diagnosis.listeners, onPath: () => undefined },
    runtime,
  );
  return diagnosis.finish(pass);
}

/** Diagnoses traces while a pass follows their packets. */
export class DiagnosisPass {
  /** To be given to {@link followPackets}, beside the listeners of others. */
  readonly listeners: Pick<PathListeners, 'begin' | 'onAnyPath' | 'onEvent' | 'onPacket'>;
  readonly #ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  #diagnoser: Diagnoser | undefined;

  /** @throws ConvertError `usage` for an unknown id of a finding */
  constructor({ ignore, only }: DiagnoserOptions) {
    for (const id of [...(ignore ?? []), ...(only ?? [])]) assertRule(id);
    this.listeners = {
      begin: (names, hosts) => {
        const all = hosts.map(({ host: model, trace }) => ({ model, build: trace.header.build }));
        this.#diagnoser = new Diagnoser(names, all, { ...(ignore && { ignore }), ...(only && { only }) });
      },
      onPacket: (packet) => this.#diagnoser?.packet(packet),
      onAnyPath: (path) => this.#diagnoser?.path(path),
      onEvent: (record, session, host, afterFrame, damage) =>
        this.#event(record, session, host, afterFrame, damage),
    };
  }

  #event(
    record: EventRecord,
    { events }: TraceSession,
    host: number,
    afterFrame: number,
    damage: string | undefined,
  ): void {
    const diagnoser = this.#diagnoser;
    // Records of other kinds have neither provider nor event id.
    if (record.kind !== 'event' || diagnoser === undefined || !diagnoser.wants(record)) return;
    const ticks = this.#ticks;
    record.unixTicks(ticks);
    diagnoser.event({
      ticks: (BigInt(ticks.timeHigh) << 32n) | BigInt(ticks.timeLow),
      providerId: record.providerId,
      id: record.id,
      level: record.level,
      processor: record.processor,
      host,
      json: events.describe(record, afterFrame, damage),
    });
  }

  /** The findings, after the pass. */
  finish({ providers, sessions }: Pick<PathPass, 'providers' | 'sessions'>): DiagnosedTraces {
    const diagnoser = this.#diagnoser;
    if (diagnoser === undefined) throw new Error('the pass did not begin');
    const traces = sessions.map(traceSummary);
    const nameOf = (id: string): string | undefined =>
      sessions.map((session) => session.providerName(id)).find((name) => name !== undefined);
    const [first] = traces;
    if (first === undefined) throw new Error('no trace was read');
    const { depths, ...diagnosis }: DiagnosisResult = diagnoser.finish(traces, providers.summary(nameOf));
    return {
      document: {
        format: 'etlcap-diagnosis',
        formatVersion: 1,
        trace: traces.length === 1 ? first : traces,
        ...diagnosis,
        rules: RULES.map(({ id }) => id),
      },
      depths,
    };
  }
}

function assertRule(id: string): void {
  if (RULES.some((rule) => rule.id === id)) return;
  throw new ConvertError('usage', `no finding has the id '${id}'; etlcap diagnose --explain all lists them`);
}
