import type { Damage, RecordCounts } from '../etl/index.js';
import { EventRecord, LimitLog, type OpenOptions, type TraceSurvey } from '../etl/index.js';
import {
  BuiltinProviderId,
  type EventSchema,
  type ManifestProblem,
  ProviderNames,
  SchemaStore,
} from '../etw/index.js';
import { EventWriter } from '../events/index.js';
import {
  type CaptureLocation,
  type CompartmentList,
  FlowOwners,
  type HostInfo,
  type HostInfoFileReport,
  type HostModel,
  HostSurvey,
  LocationRegistry,
  ProcessTable,
  type TraceLoss,
} from '../host/index.js';
import { CaptureDecoder, hostNames, type NameLookup, NatSessions, type Packet } from '../packets/index.js';
import type { EventLoopYielder } from './event-loop-yielder.js';
import { type HostIdentity, hostIdentity } from './host-identity.js';
import type { OpenInput } from './open-input.js';
import type { Progress } from './options.js';
import { PacketFacts } from './packet-facts.js';
import { ProviderCounts } from './provider-counts.js';
import type { ReadableTrace, TraceReader } from './trace-reader.js';

/** RT_LostEvent (classic class of real-time sessions): events, buffers or a whole session's file were lost. */
const RT_LOST_EVENT = '6a399ae0-4bc6-4de9-870b-3657f8947e7e';

/** Packet events whose layout the trace may redefine after the packets. */
const PKTMON_PACKET_EVENTS = [160, 170, 240] as const;

/** Damaged packet events that are listed. */
const MAX_REASONS = 100;

/**
 * State shared by the traces of one host and one boot: in pktmon's multi-file logs one file describes the components,
 * and a component is the same interface in all.
 */
export class HostGroup {
  /** Omissions of limits. */
  readonly limits = new LimitLog();
  readonly schemas = new SchemaStore(this.limits);
  readonly survey = new HostSurvey(this.schemas, this.limits);
  readonly registry = new LocationRegistry(this.limits);
  readonly processes = new ProcessTable(this.limits);
  readonly owners = new FlowOwners(this.limits);
  readonly nat = new NatSessions(this.limits);
  /** Manifests, of the trace or the user, that could not be read. */
  readonly manifestProblems: ManifestProblem[] = [];
  readonly providerNames = new ProviderNames(this.schemas, this.limits);
  /** Files saved on the host, and how they were used; empty without any. */
  hostInfoFiles: readonly HostInfoFileReport[] = [];
  #model: HostModel | undefined;
  #reporter: TraceSession | undefined;

  /** Omissions of limits, for the first trace that calls it: the traces of a host share the limits. */
  limitsFor(session: TraceSession): ReturnType<LimitLog['counts']> {
    this.#reporter ??= session;
    return this.#reporter === session ? this.limits.counts() : {};
  }

  /** The model, once the survey of all its traces is done. */
  finish(
    session: TraceSession,
    compartments: CompartmentList | undefined,
    hostInfo: HostInfo | undefined,
  ): HostModel {
    if (this.#model !== undefined) return this.#model;
    this.schemas.setBuild(session.trace.header.build);
    const schemaOf = (record: EventRecord): EventSchema | undefined => this.schemas.locate(record);
    for (const { name, pid } of hostInfo?.processes ?? []) this.processes.addListed(pid, name);
    this.processes.finish(schemaOf);
    this.nat.finish(schemaOf);
    this.owners.finish(schemaOf, (pid, high, low) => this.processes.nameAt(pid, high, low));
    const { model, problems } = this.survey.finishWithFiles({
      header: session.trace.header,
      ...(compartments && { compartments }),
      ...(hostInfo && { hostInfo }),
    });
    this.hostInfoFiles = hostInfo === undefined ? [] : withProblems(hostInfo.files, problems);
    this.#model = model;
    return model;
  }
}

/** Problems with components are those of the files that list some. */
function withProblems(
  files: readonly HostInfoFileReport[],
  problems: readonly string[],
): readonly HostInfoFileReport[] {
  const [problem] = problems;
  if (problem === undefined) return files;
  return files.map((file) =>
    file.contents.components === undefined || file.problem !== undefined ? file : { ...file, problem },
  );
}

/** A packet event that contradicts its layout. */
export interface DamagedPacket {
  /** Byte offset of the buffer that holds it. */
  readonly bufferOffset: number;
  readonly eventId: number;
  readonly reason: string;
}

/** One trace during both passes. */
export class TraceSession {
  readonly input: OpenInput;
  /** Of {@link trace}. */
  readonly reader: TraceReader;
  readonly trace: ReadableTrace;
  readonly group: HostGroup;
  /** The host as this trace alone describes it; present if other traces may be of the same host. */
  readonly #ownSurvey: HostSurvey | undefined;
  /** Records by provider, from the survey. */
  readonly providers = new ProviderCounts();
  /** RT_LostEvent records. */
  realTimeLosses = 0;
  /** The second pass' decoder. */
  decoder: CaptureDecoder;
  readonly damagedPackets: DamagedPacket[] = [];
  damagedPacketCount = 0;
  /** How the file changed while it was read; complete after the main pass. */
  changes: readonly Damage[] = [];
  readonly #captureLocations = new Set<CaptureLocation>();
  readonly #allCaptureLocations = new Set<CaptureLocation>();
  #survey: TraceSurvey | undefined;
  #model: HostModel | undefined;
  #names: NameLookup | undefined;
  #facts: PacketFacts | undefined;
  #events: EventWriter | undefined;

  /**
   * @param hasCompanions whether other traces may be of the same host; see {@link identity}
   * @throws EtlError where the input is no trace
   */
  constructor(
    input: OpenInput,
    reader: TraceReader,
    group: HostGroup,
    options: OpenOptions,
    hasCompanions = false,
  ) {
    this.#ownSurvey = hasCompanions ? new HostSurvey(group.schemas) : undefined;
    this.input = input;
    this.group = group;
    this.reader = reader;
    this.trace = reader.open(input.source, options);
    this.decoder = this.#newDecoder();
  }

  get survey(): TraceSurvey {
    if (this.#survey === undefined) throw new Error('the survey is not done');
    return this.#survey;
  }

  get host(): HostModel {
    if (this.#model === undefined) throw new Error('the survey is not done');
    return this.#model;
  }

  get names(): NameLookup {
    if (this.#names === undefined) throw new Error('the survey is not done');
    return this.#names;
  }

  /** Adds facts from other events to packets. */
  get facts(): PacketFacts {
    if (this.#facts === undefined) throw new Error('the survey is not done');
    return this.#facts;
  }

  /** Locations of packets for which `keeps` is true. */
  get captureLocations(): readonly CaptureLocation[] {
    return [...this.#captureLocations];
  }

  /** Locations of all packets. */
  get allCaptureLocations(): readonly CaptureLocation[] {
    return [...this.#allCaptureLocations];
  }

  /** FILETIMEs from the first start to the last end of the traces in the file; no end if one was never closed. */
  get times(): { readonly start: bigint; readonly end: bigint | undefined } {
    const { header, headers } = this.trace;
    let start = header.startTime;
    let end: bigint | undefined = header.endTime;
    for (const each of headers) {
      if (each.startTime < start) start = each.startTime;
      if (end !== undefined && each.endTime > end) end = each.endTime;
      if (each.endTime === 0n) end = undefined;
    }
    return { start, end };
  }

  /** Events and buffers lost during capture; the sum if several traces were concatenated. */
  get loss(): TraceLoss {
    const { realTimeLosses, survey, trace } = this;
    const { buffersAfterLoss, missingBuffers } = survey;
    return {
      eventsLost: trace.headers.reduce((sum, header) => sum + header.eventsLost, 0),
      buffersLost: trace.headers.reduce((sum, header) => sum + header.buffersLost, 0),
      realTimeLosses,
      buffersAfterLoss,
      missingBuffers,
    };
  }

  /**
   * The survey.
   *
   * @param keeps whether a packet counts for {@link captureLocations}; undefined: every one does
   * @throws ConvertError `aborted`
   */
  async runSurvey(
    keeps: ((packet: Packet) => boolean) | undefined,
    yielder: EventLoopYielder,
    onProgress: ((progress: Progress) => void) | undefined,
  ): Promise<void> {
    const { nat, owners, processes, providerNames, schemas, survey } = this.group;
    const own = this.#ownSurvey;
    const layoutBefore = this.#packetLayout();
    let lastCaptureLocation: CaptureLocation | undefined;
    let lastSeen: CaptureLocation | undefined;
    const note = (record: EventRecord): boolean => {
      if (keeps === undefined && this.decoder.repeats(record)) return true;
      if (this.decoder.decode(record) !== 'packet') return false;
      const { packet } = this.decoder;
      const { captureLocation } = packet;
      if (captureLocation !== lastSeen) {
        lastSeen = captureLocation;
        this.#allCaptureLocations.add(captureLocation);
      }
      if (captureLocation !== lastCaptureLocation && (keeps === undefined || keeps(packet))) {
        lastCaptureLocation = captureLocation;
        this.#captureLocations.add(captureLocation);
      }
      return true;
    };
    const schemaOf = (record: EventRecord): EventSchema | undefined => schemas.locate(record);
    const observe = (record: EventRecord): void => {
      this.providers.count(record, 'other');
      if (note(record)) return;
      survey.observe(record);
      own?.observe(record);
      providerNames.observe(record);
      if (schemas.addFromTrace(record)) return;
      processes.observe(record, schemaOf);
      owners.observe(record, schemaOf);
      nat.observe(record, schemaOf);
      if (record.kind === 'classic' && record.providerId === RT_LOST_EVENT) this.realTimeLosses += 1;
    };
    const record = new EventRecord();
    const steps = this.trace.surveyRecords();
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      const records = step.value;
      if (records === undefined) {
        await yielder.take();
        continue;
      }
      for (let n = 0; n < records.count; n++) {
        records.load(n, record);
        observe(record);
      }
      onProgress?.({
        phase: 'survey',
        fraction: (0.5 * records.walked) / Math.max(1, this.input.source.size),
        packets: 0,
      });
      records.release();
      if (yielder.due) await yielder.take();
    }
    this.#survey = step.value;

    if (this.#packetLayout() !== layoutBefore) {
      // The trace has its own layout of packet events, which follows them: locations are collected once more.
      this.#captureLocations.clear();
      this.#allCaptureLocations.clear();
      lastCaptureLocation = undefined;
      lastSeen = undefined;
      this.decoder = this.#newDecoder();
      for (const batch of this.reader.merge([this.trace])) {
        if (batch === undefined) {
          await yielder.take();
          continue;
        }
        for (let n = 0; n < batch.count; n++) {
          batch.load(n, record);
          note(record);
        }
        batch.release();
        if (yielder.due) await yielder.take();
      }
    }
    this.decoder = this.#newDecoder();
  }

  /** Call it once after the survey, if the trace has companions. */
  identity(): HostIdentity {
    const { header } = this.trace;
    const own = this.#ownSurvey ?? new HostSurvey(this.group.schemas);
    return hostIdentity(own.finish({ header }), header);
  }

  /**
   * Call it when the surveys of all traces of the group are complete.
   *
   * @param number of the trace, if several are written into one file
   */
  finishSurvey(
    compartments: CompartmentList | undefined,
    hostInfo: HostInfo | undefined,
    number: number | undefined,
  ): void {
    this.#model = this.group.finish(this, compartments, hostInfo);
    this.#names = hostNames(this.#model, this.group.schemas, this.trace.header.build);
    const { owners, processes, providerNames: providers, schemas } = this.group;
    this.#facts = new PacketFacts({ processes, owners, host: this.#model, names: this.#names });
    const { build } = this.trace.header;
    this.#events = new EventWriter({
      schemas,
      providers,
      processes,
      build,
      limits: this.group.limits,
      ...(number !== undefined && { trace: number }),
    });
  }

  /** Whether {@link allPlaces} has it. */
  sees(captureLocation: CaptureLocation): boolean {
    return this.#allCaptureLocations.has(captureLocation);
  }

  /** The name of a provider: from its events, the trace's schemas, the user's manifests or the built-in tables. */
  providerName(id: string): string | undefined {
    return this.group.providerNames.nameOf(id);
  }

  /** Writes the trace's events. */
  get events(): EventWriter {
    if (this.#events === undefined) throw new Error('the survey is not done');
    return this.#events;
  }

  /**
   * Compares the main pass with the survey, and the file with its state when it was opened.
   *
   * @param found the records of the main pass
   */
  noteChanges(found: RecordCounts): void {
    const changes = [...this.input.changes()];
    const surveyed = this.survey.recordsByProcessor;
    const processors = new Set([...surveyed.keys(), ...found.byProcessor.keys()]);
    for (const processor of [...processors].sort((a, b) => a - b)) {
      const before = surveyed.get(processor) ?? 0;
      const after = found.byProcessor.get(processor) ?? 0;
      if (before === after) continue;
      const reason =
        `the file changed while it was read: the first pass found ${before} records of processor ${processor}, ` +
        `the second ${after}`;
      changes.push({ kind: 'changed', offset: 0, bytes: 0, reason });
    }
    this.changes = changes;
  }

  noteDamage(record: EventRecord, reason: string): void {
    this.damagedPacketCount += 1;
    if (this.damagedPackets.length < MAX_REASONS) {
      this.damagedPackets.push({ bufferOffset: record.bufferPosition, eventId: record.id, reason });
    }
  }

  /** Resets the state of a pass between survey and main pass. */
  restart(): void {
    this.decoder = this.#newDecoder();
    this.damagedPackets.length = 0;
    this.damagedPacketCount = 0;
    this.changes = [];
  }

  #newDecoder(): CaptureDecoder {
    const { limits, registry, schemas } = this.group;
    return new CaptureDecoder({ limits, registry, schemas });
  }

  /** The fields of PktMon's packet events as they are known now, as text to compare. */
  #packetLayout(): string {
    const { schemas } = this.group;
    return PKTMON_PACKET_EVENTS.map((id) =>
      (schemas.locateById(BuiltinProviderId.pktMon, id, 0)?.fields ?? [])
        .map(({ name, inType }) => `${name}:${inType}`)
        .join(),
    ).join(';');
  }
}
