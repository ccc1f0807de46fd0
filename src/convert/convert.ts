import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { Writable } from 'node:stream';
import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { LINKTYPE_ETW } from '../events/index.js';
import { linkTypeName } from '../host/index.js';
import {
  type ConvertInput,
  type FileOutputOptions,
  fileOutput,
  limitError,
  type OpenInput,
  type Output,
  openInput,
  openInputs,
  packageVersion,
  StreamOutput,
  traceReader,
} from '../io/index.js';
import { checkOptions } from '../options/index.js';
import type { Packet } from '../packets/index.js';
import { PacketFilter } from '../packets/index.js';
import type { ConvertOptions, TraceReader, TraceSession } from '../passes/index.js';
import {
  ConvertError,
  type ConvertSummary,
  hintsOf,
  Interfaces,
  noEventsHint,
  prepare,
  Turns,
  traceSummary,
  type UnknownComponents,
} from '../passes/index.js';
import { sectionHeader } from './build-section-header.js';
import { Conversion } from './conversion.js';
import { EventFlow, type EventListener } from './event-flow.js';
import { sidecarHead } from './events-head.js';
import { PacketFiles } from './packet-files.js';

/** Where pcapng goes: a path, or a stream, which is written and not ended. */
export type ConvertOutput = string | Writable;

/**
 * Converts one trace to pcapng.
 *
 * A trace without packets gives a summary with `packets` 0 and no output. Nothing is left behind when it fails.
 *
 * @param input a path or a readable stream
 * @param output a path (with `split`, the name that the link types are put into), or a writable stream
 * @throws ConvertError
 */
export async function convert(
  input: ConvertInput,
  output: ConvertOutput,
  options: ConvertOptions = {},
): Promise<ConvertSummary> {
  checkOptions('convert', options);
  return run(async () => [await openInput(input, options)], output, options, undefined);
}

/**
 * Converts several traces into one file, in the order of time: the files of one pktmon session, or traces of several
 * hosts. See {@link convert}.
 */
export async function merge(
  inputs: readonly ConvertInput[],
  output: ConvertOutput,
  options: ConvertOptions = {},
): Promise<ConvertSummary> {
  checkOptions('merge', options);
  return run(() => openInputs(inputs, options), output, options, undefined);
}

/** {@link convert}, with a listener for what is not a packet. */
export const convertWith = (
  input: ConvertInput,
  output: ConvertOutput,
  options: ConvertOptions,
  onEvent: EventListener,
): Promise<ConvertSummary> => run(async () => [await openInput(input, options)], output, options, onEvent);

async function run(
  open: () => Promise<readonly OpenInput[]>,
  output: ConvertOutput,
  options: ConvertOptions,
  onEvent: EventListener | undefined,
): Promise<ConvertSummary> {
  const started = performance.now();
  if (options.split !== undefined && typeof output !== 'string') {
    throw new ConvertError('usage', 'split by link type needs an output name, not a stream');
  }
  const opened = await open();
  try {
    return await convertOpened(opened, output, options, onEvent, started);
  } finally {
    for (const input of opened) input.close();
  }
}

/**
 * {@link merge} of inputs that are open; they stay open.
 *
 * @param started of performance.now(), for the summary's seconds
 */
export async function convertOpened(
  inputs: readonly OpenInput[],
  output: ConvertOutput,
  options: ConvertOptions,
  onEvent?: EventListener,
  started = performance.now(),
): Promise<ConvertSummary> {
  const reader = traceReader(
    inputs.map(({ source }) => source),
    options.oneThread ?? false,
  );
  try {
    return await convertThrough(reader, inputs, output, options, onEvent, started);
  } finally {
    await reader.close();
  }
}

async function convertThrough(
  reader: TraceReader,
  inputs: readonly OpenInput[],
  output: ConvertOutput,
  options: ConvertOptions,
  onEvent: EventListener | undefined,
  started: number,
): Promise<ConvertSummary> {
  const outputOptions: OutputOptions = { ...options, writesHere: writesHere(reader, options) };
  const turns = new Turns(options.signal);
  const sessions = await prepare(inputs, reader, options, surveyFilter(options), turns);
  const interfaces = new Interfaces(sessions);
  const selection = options.components && interfaces.select(options.components);
  const filter = new PacketFilter(options, selection?.accepts);
  const files = new PacketFiles(sectionHeader(sessions, packageVersion()), options.verdict ?? false);
  let sidecar: Output | undefined;
  const places = sessions.map((session) => session.places.filter((place) => filter.acceptsPlace(place)));
  const linkTypes = [...new Set(places.flat())].map(({ linkType }) => linkType).sort((a, b) => a - b);
  try {
    const isSplit = options.split === 'linktype';
    const isInline = options.inlineEvents !== undefined;
    if (linkTypes.length > 0 || (isInline && !isSplit)) {
      await files.open(linkTypes, isSplit, (linkType) => openOutput(output, linkType, outputOptions));
    }
    sidecar = await openSidecar(output, outputOptions);
    const events = new EventFlow({ files, options, output: sidecar, onEvent });
    const conversion = new Conversion({ sessions, interfaces, files, filter, options, turns, events });
    for (const details of interfaces.ordered(new Set(places.flat()))) conversion.addInterface(details);
    if (options.inlineEvents === 'etw') {
      const own = isSplit ? await openOutput(output, LINKTYPE_ETW, outputOptions) : undefined;
      files.openEvents(interfaces.takeName('ETW events'), own);
    }
    events.start(() => sidecarHead(sessions, conversion.interfaceSummaries()));
    await conversion.run();
    await conversion.finish();
    if (options.signal?.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
    const hasFrames = conversion.packets > 0 || (isInline && events.events > 0);
    const outputs = hasFrames ? await files.complete() : [];
    if (!hasFrames) await files.discard();
    const summary = summarize(sessions, conversion, events, outputs, selection?.unknown, options, started);
    if (!hasFrames && conversion.filtered > 0) {
      // The options left nothing over: a second try with others must not find half of this one in its way.
      await sidecar?.discard();
      return summary;
    }
    await events.complete(sidecarSummary(summary));
    return sidecar === undefined
      ? summary
      : { ...summary, sidecar: { path: sidecar.name, bytes: sidecar.bytes, events: events.events } };
  } catch (error) {
    await files.discard();
    await sidecar?.discard();
    throw limitError(inputs.map(({ name }) => name).join(', '), error);
  }
}

/** What the survey can decide about a packet: names and order are not known yet. Undefined where it takes all. */
function surveyFilter({ drops, since, until }: ConvertOptions): ((packet: Packet) => boolean) | undefined {
  if (drops === undefined && since === undefined && until === undefined) return undefined;
  const filter = new PacketFilter({
    ...(drops && { drops }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  });
  return (packet) => filter.accepts(packet);
}

type OutputOptions = ConvertOptions & FileOutputOptions;

/** Another thread writes only where a processor is left for it: it would take one from those who read. */
const writesHere = ({ threads }: TraceReader, { oneThread = false }: ConvertOptions): boolean =>
  oneThread || threads >= availableParallelism();

function openOutput(
  output: ConvertOutput,
  linkType: number | undefined,
  options: OutputOptions,
): Promise<Output> | Output {
  if (typeof output !== 'string') return new StreamOutput(output, 'standard output');
  if (linkType === undefined) return fileOutput(output, options);
  const extension = extname(output);
  const stem = output.slice(0, output.length - extension.length);
  const kind = linkType === LINKTYPE_ETW ? 'etw' : linkTypeName(linkType);
  return fileOutput(`${stem}.${kind}${extension || '.pcapng'}`, options);
}

/** Where the events go; undefined where nobody asked for them. */
async function openSidecar(output: ConvertOutput, options: OutputOptions): Promise<Output | undefined> {
  const { events = 'json', eventsOutput } = options;
  if (events === 'none') return undefined;
  if (eventsOutput !== undefined) {
    return typeof eventsOutput === 'string'
      ? fileOutput(eventsOutput, options)
      : new StreamOutput(eventsOutput, 'the stream for events');
  }
  // Nothing is put beside a device or a named pipe.
  if (typeof output !== 'string' || !(await isPlainName(output))) return undefined;
  return fileOutput(`${output.replace(CAPTURE_EXTENSION, '')}.events.${events}`, options);
}

/** What is taken off an output's name to make the sidecar's. */
const CAPTURE_EXTENSION = /\.(?:pcapng|pcap|cap|ntar)$/iu;

const isPlainName = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => true,
  );

function summarize(
  sessions: readonly TraceSession[],
  conversion: Conversion,
  events: EventFlow,
  outputs: ConvertSummary['outputs'],
  unknownComponents: UnknownComponents | undefined,
  options: ConvertOptions,
  started: number,
): ConvertSummary {
  const providers = conversion.providers.summary((id) => providerName(id, sessions));
  const { firstTicks, lastTicks } = conversion;
  return {
    traces: sessions.map(traceSummary),
    outputs,
    packets: conversion.packets,
    filtered: conversion.filtered,
    drops: conversion.drops.summary(),
    ...(firstTicks !== undefined && { firstPacket: isoTime(firstTicks + UNIX_EPOCH_AS_FILETIME) }),
    ...(lastTicks !== undefined && { lastPacket: isoTime(lastTicks + UNIX_EPOCH_AS_FILETIME) }),
    events: providers.reduce((sum, provider) => sum + provider.events, 0),
    eventsLeftOut: events.leftOut,
    providers,
    manifestProblems: [...new Set(sessions.map(({ group }) => group))].flatMap(
      ({ manifestProblems }) => manifestProblems,
    ),
    processes: conversion.processes.summary(),
    interfaces: conversion.interfaceSummaries(),
    hints: [
      ...hintsOf({
        sessions,
        seen: conversion.seen,
        excluded: conversion.excluded,
        linkTypes: outputs.map(({ linkTypes }) => linkTypes),
        undecoded: undecodedEvents(sessions),
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

/** The summary as it stands behind the events: what became of every record. */
function sidecarSummary(summary: ConvertSummary): object {
  const { drops, eventsLeftOut, filtered, firstPacket, interfaces, lastPacket, processes, providers } =
    summary;
  const sum = (part: 'packets' | 'merged' | 'others'): number =>
    providers.reduce((total, provider) => total + provider[part], 0);
  return {
    records: summary.events,
    packets: sum('packets'),
    merged: sum('merged'),
    events: sum('others'),
    packetsLeftOut: filtered,
    eventsLeftOut,
    ...(firstPacket !== undefined && { firstPacket }),
    ...(lastPacket !== undefined && { lastPacket }),
    providers,
    interfaces: interfaces.map(({ drops: dropped, id, name, packets }) => ({
      id,
      name,
      packets,
      drops: dropped,
    })),
    drops,
    processes,
  };
}

function providerName(id: string, sessions: readonly TraceSession[]): string | undefined {
  for (const session of sessions) {
    const name = session.providerName(id);
    if (name !== undefined) return name;
  }
  return undefined;
}
