import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { type CaptureLocation, linkTypeName } from '../host/index.js';
import type { Packet } from '../packets/index.js';
import { PacketFilter } from '../packets/index.js';
import type { ConversionOptions, OpenInput, Output, TraceReader, TraceSession } from '../passes/index.js';
import {
  type ChosenCopies,
  ConvertError,
  type ConvertSummary,
  chooseCopies,
  EventLoopYielder,
  type Hint,
  hintsOf,
  Interfaces,
  limitError,
  noEventsHint,
  outputLimitOf,
  PacketIdentity,
  type ProviderCounts,
  prepare,
  type Runtime,
  runPass,
  traceSummary,
  type UnknownComponents,
} from '../passes/index.js';
import { sectionHeader } from './build-section-header.js';
import { Conversion } from './conversion.js';
import { EventFlow, type EventListener } from './event-flow.js';
import { eventsHead } from './events-head.js';
import { PacketFiles } from './packet-files.js';

/** Said once for a pcap file: the events file and pcapng hold what it cannot. */
const PCAP_HINT: Hint = {
  id: 'pcapFormat',
  text: 'pcap holds packets and times only: interfaces, comments, packet ids, directions and statistics need pcapng (-o NAME.pcapng).',
  count: 1,
};

/** Opens the outputs of a conversion. */
export interface ConversionOutputs {
  /** @param kind of the contents, for a separate file: a link type, `etw` or `journal`; undefined: one file for all */
  openPackets(kind: string | undefined): Promise<Output> | Output;
  /** Format of the packet files; default pcapng. pcap has one link type, and packets only. */
  readonly format?: 'pcapng' | 'pcap';
  /** The events file; undefined if there is none. */
  openEvents(): Promise<Output | undefined>;
  /**
   * Makes finished outputs appear under their names: all of them or none.
   *
   * @throws ConvertError `exists` or `output`
   */
  complete(outputs: readonly Output[]): Promise<void>;
}

export interface ConversionRequest {
  /** Traces that become one capture. They stay open. */
  readonly inputs: readonly OpenInput[];
  readonly reader: TraceReader;
  readonly outputs: ConversionOutputs;
  readonly options: ConversionOptions;
  readonly runtime: Runtime;
  readonly onEvent?: EventListener | undefined;
  /** performance.now() at the start, for the seconds in the summary. */
  readonly started: number;
}

/**
 * Converts traces to pcapng and an events file: survey, main pass, outputs.
 *
 * @throws ConvertError
 */
export async function convertTraces(request: ConversionRequest): Promise<ConvertSummary> {
  const { inputs, onEvent, options, outputs: to, reader, runtime, started } = request;
  const yielder = new EventLoopYielder(options.signal, runtime.nextTurn);
  const sessions = await prepare(inputs, reader, options, surveyFilter(options), yielder, runtime);
  const interfaces = new Interfaces(sessions);
  const selection = options.components && interfaces.select(options.components);
  const filter = new PacketFilter(options, selection?.accepts);
  const limit = outputLimitOf(options, inputs);
  const { format = 'pcapng' } = to;
  const files = new PacketFiles(
    sectionHeader(sessions, runtime.version),
    options.verdict ?? false,
    limit,
    format,
  );
  let sidecar: Output | undefined;
  const copies =
    options.oneCopy === undefined
      ? undefined
      : await chooseCopies(sessions, options.oneCopy, filter, { yielder, pump: runtime.pump });
  const isWritten = (captureLocation: CaptureLocation): boolean =>
    copies?.captureLocations.has(captureLocation) ?? filter.acceptsCaptureLocation(captureLocation);
  const captureLocations = sessions.map((session) => session.captureLocations.filter(isWritten));
  const linkTypes = [...new Set(captureLocations.flat())]
    .map(({ linkType }) => linkType)
    .sort((a, b) => a - b);
  try {
    const isSplit = options.split === 'linktype';
    const isInline = options.inlineEvents !== undefined;
    if (format === 'pcap') assertFitsPcap(linkTypes, isSplit, isInline);
    if (linkTypes.length > 0 || (isInline && !isSplit)) {
      await files.open(linkTypes, isSplit, (linkType) =>
        to.openPackets(linkType === undefined ? undefined : linkTypeName(linkType)),
      );
    } else if (options.inlineEvents === 'journal') {
      files.openForEvents(await to.openPackets('journal'));
    }
    sidecar = await to.openEvents();
    const events = new EventFlow({ files, options, output: sidecar, onEvent, limit });
    const conversion = new Conversion({
      sessions,
      interfaces,
      files,
      filter,
      copies,
      options,
      events,
      limit,
    });
    for (const details of interfaces.ordered(new Set(captureLocations.flat())))
      conversion.addInterface(details);
    if (options.inlineEvents === 'etw') {
      const own = isSplit ? await to.openPackets('etw') : undefined;
      files.openEvents(interfaces.takeName('ETW events'), own);
    }
    events.start(() => eventsHead(sessions, conversion.interfaceSummaries()));
    const identity = new PacketIdentity(sessions);
    const providers = await runPass(sessions, conversion, {
      identity,
      yielder,
      pump: runtime.pump,
      onProgress: options.onProgress,
    });
    const hasFrames = conversion.packets > 0 || (isInline && events.events > 0);
    if (hasFrames) await conversion.finish();
    else await files.discard();
    const outputs = hasFrames ? files.summaries() : [];
    const summary = summarize(
      sessions,
      conversion,
      identity,
      copies,
      providers,
      events,
      outputs,
      selection?.unknown,
      options,
      started,
      format,
    );
    if (!hasFrames && conversion.filtered > 0) {
      // Filters excluded all packets: a second run with other options must not find an events file in its way.
      await sidecar?.discard();
      assertNotAborted(options);
      return summary;
    }
    await events.finish(eventsSummary(summary));
    assertNotAborted(options);
    await to.complete([...(hasFrames ? files.outputs : []), ...(sidecar ? [sidecar] : [])]);
    return sidecar === undefined
      ? summary
      : { ...summary, eventsFile: { path: sidecar.name, bytes: sidecar.bytes, events: events.events } };
  } catch (error) {
    await files.discard();
    await sidecar?.discard();
    throw limitError(inputs.map(({ name }) => name).join(', '), error);
  }
}

function assertNotAborted({ signal }: ConversionOptions): void {
  if (signal?.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
}

/**
 * The part of the filter that the survey can decide: names and order are not known yet. Undefined if it includes all
 * packets.
 */
function surveyFilter({ drops, since, until }: ConversionOptions): ((packet: Packet) => boolean) | undefined {
  if (drops === undefined && since === undefined && until === undefined) return undefined;
  const filter = new PacketFilter({
    ...(drops && { drops }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  });
  return (packet) => filter.accepts(packet);
}

/** @throws ConvertError `usage` if a pcap file cannot hold what was requested */
function assertFitsPcap(linkTypes: readonly number[], isSplit: boolean, isInline: boolean): void {
  if (isInline) {
    throw new ConvertError('usage', '--inline-events needs pcapng: pcap holds packets only');
  }
  const names = [...new Set(linkTypes)].map(linkTypeName);
  if (names.length < 2 || isSplit) return;
  throw new ConvertError(
    'usage',
    `a pcap file has one link type, and this trace has ${names.join(', ')}; write .pcapng, or use --split linktype; ` +
      '--one-copy nic or stack may leave one link type',
  );
}

function summarize(
  sessions: readonly TraceSession[],
  conversion: Conversion,
  { counts: identity }: PacketIdentity,
  copies: ChosenCopies | undefined,
  providerCounts: ProviderCounts,
  events: EventFlow,
  outputs: ConvertSummary['outputs'],
  unknownComponents: UnknownComponents | undefined,
  options: ConversionOptions,
  started: number,
  format: 'pcapng' | 'pcap',
): ConvertSummary {
  const providers = providerCounts.summary((id) => providerName(id, sessions));
  const { firstTicks, lastTicks } = conversion;
  const sum = (part: 'events' | 'records'): number =>
    providers.reduce((total, provider) => total + provider[part], 0);
  return {
    format: 'etlcap-summary',
    formatVersion: 1,
    traces: sessions.map(traceSummary),
    outputs,
    records: sum('records'),
    packets: conversion.packets,
    packetsExcluded: conversion.filtered,
    events: sum('events'),
    eventsExcluded: events.leftOut,
    drops: conversion.drops.summary(),
    identity,
    ...(copies && { oneCopy: copies.summary }),
    ...(firstTicks !== undefined && { firstPacket: isoTime(firstTicks + UNIX_EPOCH_AS_FILETIME) }),
    ...(lastTicks !== undefined && { lastPacket: isoTime(lastTicks + UNIX_EPOCH_AS_FILETIME) }),
    providers,
    manifestProblems: [...new Set(sessions.map(({ group }) => group))].flatMap(
      ({ manifestProblems }) => manifestProblems,
    ),
    processes: conversion.processes.summary(),
    owners: conversion.owners.summary(),
    checksumsLeftToNic: conversion.checksums.summary(),
    interfaces: conversion.interfaceSummaries(),
    hints: [
      ...(format === 'pcap' && outputs.length > 0 ? [PCAP_HINT] : []),
      ...(conversion.limitHint ? [conversion.limitHint] : []),
      ...hintsOf({
        sessions,
        seen: conversion.seen,
        excluded: conversion.excluded,
        furtherCopies:
          copies === undefined ? conversion.copiesWritten.further : identity.appearances - identity.packets,
        linkTypes: outputs.map(({ linkTypes }) => linkTypes),
        undecoded: undecodedEvents(sessions),
        checksumsLeft: conversion.checksums.summary().frames,
        options,
      }),
      ...(events.matchNothing ? [noEventsHint(options, events.leftOut, sessions)] : []),
    ],
    ...(unknownComponents && { unknownComponents }),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

/** Events without a schema, by provider. */
function undecodedEvents(sessions: readonly TraceSession[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const session of sessions) {
    for (const [id, count] of session.events.undecoded) counts.set(id, (counts.get(id) ?? 0) + count);
  }
  return counts;
}

/** The member `summary` of the events document: the outcome of every record. */
function eventsSummary(summary: ConvertSummary): object {
  const { drops, events, eventsExcluded, firstPacket, interfaces, lastPacket, packetsExcluded } = summary;
  const { checksumsLeftToNic, owners, processes, providers, records } = summary;
  const sum = (part: 'packets' | 'merged'): number =>
    providers.reduce((total, provider) => total + provider[part], 0);
  const changes = summary.traces.flatMap(({ damage, input }) =>
    damage.items.filter(({ kind }) => kind === 'changed').map(({ reason }) => ({ input, reason })),
  );
  const limit = summary.hints.find(({ id }) => id === 'outputLimitReached');
  return {
    ...(limit && { incomplete: limit.text }),
    records,
    packets: sum('packets'),
    merged: sum('merged'),
    events,
    packetsExcluded,
    eventsExcluded,
    ...(changes.length > 0 && { changes }),
    ...(firstPacket !== undefined && { firstPacket }),
    ...(lastPacket !== undefined && { lastPacket }),
    providers,
    interfaces: interfaces.map(({ dropped, id, name, packets }) => ({ id, name, packets, dropped })),
    drops,
    processes,
    owners,
    checksumsLeftToNic,
  };
}

function providerName(id: string, sessions: readonly TraceSession[]): string | undefined {
  for (const session of sessions) {
    const name = session.providerName(id);
    if (name !== undefined) return name;
  }
  return undefined;
}
