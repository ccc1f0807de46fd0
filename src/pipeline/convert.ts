import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { linkTypeName, type Packet, type Place } from '../capture/index.js';
import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { packageVersion } from '../wireshark/index.js';
import { checkOptions } from './check-options.js';
import { Conversion } from './conversion.js';
import { ConvertError } from './errors.js';
import { EventFlow, type EventListener } from './event-flow.js';
import { PacketFilter } from './filter.js';
import { limitError, type OpenInput, openInput } from './input.js';
import { InputGuard } from './input-guard.js';
import { removeLeftovers } from './leftovers.js';
import { manifestPaths } from './manifests.js';
import type { ConvertOptions } from './options.js';
import { completeTogether, type Output } from './output.js';
import { eventsName, splitName } from './output-names.js';
import { OutputSet } from './output-set.js';
import { PacketFiles } from './packet-files.js';
import { prepare } from './prepare.js';
import { type TraceReader, traceReader } from './reading/index.js';
import { sectionHeader } from './section.js';
import type { TraceSession } from './session.js';
import { sidecarHead } from './sidecar-head.js';
import { isDescriptorName } from './standard-stream.js';
import { Turns } from './streams.js';
import { type ConvertSummary, traceSummary } from './summary.js';

/** A trace: a path, or a stream of its bytes, which is spooled into a temporary file first. */
export type ConvertInput = string | Readable;

/** Where pcapng goes: a path, or a stream, which is written and not ended. */
export type ConvertOutput = string | Writable;

/**
 * Converts one trace to pcapng.
 *
 * A trace without packets gives a summary with `packets` 0 and no pcapng, unless `inlineEvents` puts events into it. After
 * a failure, all previous files are as they were.
 *
 * @param input a path or a readable stream
 * @param output a path (with `split`, the name that the link types are put into), or a writable stream
 * @throws ConvertError
 */
export function convert(
  input: ConvertInput,
  output: ConvertOutput,
  options: ConvertOptions = {},
): Promise<ConvertSummary> {
  return merge([input], output, options);
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
  return run(inputs, output, options, undefined);
}

/** {@link merge}, with a listener for what is not a packet. */
export async function run(
  inputs: readonly ConvertInput[],
  output: ConvertOutput,
  options: ConvertOptions,
  onEvent: EventListener | undefined,
): Promise<ConvertSummary> {
  const started = performance.now();
  checkOptions(options);
  if (options.split !== undefined && typeof output !== 'string') {
    throw new ConvertError('usage', 'split by link type needs an output name, not a stream');
  }
  const opened: OpenInput[] = [];
  try {
    for (const input of inputs) opened.push(await openInput(input, options.spoolLimit));
    const { eventsOutput } = options;
    await removeLeftovers([output, eventsOutput].filter((each) => typeof each === 'string'));
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
  const turns = new Turns(options.signal);
  const sessions = await prepare(inputs, reader, options, surveyFilter(options), turns);
  const filter = new PacketFilter(options, (place) => namesOf(place, sessions));
  const files = new PacketFiles(sectionHeader(sessions, packageVersion()), options.verdict ?? false);
  const outputSet = new OutputSet(await guardOf(inputs, options), {
    ...options,
    writesHere: writesHere(reader, options),
  });
  let sidecar: Output | undefined;
  const places = sessions.map((session) => session.places.filter((place) => filter.acceptsPlace(place)));
  const linkTypes = [...new Set(places.flat())].map(({ linkType }) => linkType).sort((a, b) => a - b);
  try {
    const isSplit = options.split === 'linktype';
    const isInline = options.inlineEvents !== undefined;
    if (linkTypes.length > 0 || (isInline && !isSplit)) {
      await files.open(linkTypes, isSplit, (linkType) => openOutput(outputSet, output, kindOf(linkType)));
    } else if (options.inlineEvents === 'journal') {
      files.openForEvents(await openOutput(outputSet, output, 'journal'));
    }
    sidecar = await openSidecar(outputSet, output, options);
    const events = new EventFlow({ files, options, output: sidecar, onEvent });
    const conversion = new Conversion({ sessions, files, filter, options, turns, events });
    const described = new Set<Place>();
    for (const [at, session] of sessions.entries()) {
      const own = (places[at] ?? []).filter((place) => !described.has(place));
      for (const place of own) described.add(place);
      conversion.addPlaces(session, own);
    }
    if (options.inlineEvents === 'etw') {
      files.openEvents(isSplit ? await openOutput(outputSet, output, 'etw') : undefined);
    }
    events.start(() => sidecarHead(sessions, conversion.interfaceSummaries()));
    await conversion.run();
    const hasFrames = conversion.packets > 0 || (isInline && events.events > 0);
    if (hasFrames) await conversion.finish();
    else await files.discard();
    const outputs = hasFrames ? files.summaries() : [];
    const summary = summarize(sessions, conversion, events, outputs, started);
    if (!hasFrames && conversion.filtered > 0) {
      // The options excluded all packets: a second try with others must not find half of this one in its way.
      await sidecar?.discard();
      assertNotAborted(options);
      return summary;
    }
    await events.finish(sidecarSummary(summary));
    assertNotAborted(options);
    await completeTogether([...(hasFrames ? files.outputs : []), ...(sidecar ? [sidecar] : [])]);
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
  const filter = new PacketFilter(
    { ...(drops && { drops }), ...(since !== undefined && { since }), ...(until !== undefined && { until }) },
    () => [],
  );
  return (packet) => filter.accepts(packet);
}

/** The names under which `--component` finds a place. */
function namesOf(place: Place, sessions: readonly TraceSession[]): string[] {
  const names: (string | undefined)[] = [place.componentId?.toString(), place.nicName, place.portName];
  for (const session of sessions) {
    if (!session.hasPlace(place)) continue;
    for (const details of session.describe([place])) {
      names.push(
        details.name,
        details.alias,
        details.componentName,
        details.nic,
        details.nicName,
        details.portName,
      );
    }
  }
  return names.filter((name) => name !== undefined && name !== '').map(String);
}

function assertNotAborted({ signal }: ConvertOptions): void {
  if (signal?.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
}

/** The files that this conversion reads, and those that the caller protects. */
async function guardOf(inputs: readonly OpenInput[], options: ConvertOptions): Promise<InputGuard> {
  const guard = new InputGuard();
  for (const { descriptor, name, path } of inputs) {
    if (path !== undefined) guard.add(path, name);
    if (descriptor !== undefined) guard.addDescriptor(descriptor, name);
  }
  for (const path of options.protectedFiles ?? []) guard.add(path);
  for (const path of options.manifests ?? []) for (const file of await manifestPaths(path)) guard.add(file);
  return guard;
}

/** Another thread writes only where a processor is left for it: it would take one from those who read. */
const writesHere = ({ threads }: TraceReader, { oneThread = false }: ConvertOptions): boolean =>
  oneThread || threads >= availableParallelism();

const kindOf = (linkType: number | undefined): string | undefined =>
  linkType === undefined ? undefined : linkTypeName(linkType);

/** @param kind what a file of its own holds: a link type, `etw` or `journal`; undefined where there is one file */
function openOutput(
  outputs: OutputSet,
  output: ConvertOutput,
  kind: string | undefined,
): Promise<Output> | Output {
  if (typeof output !== 'string') return outputs.stream(output, 'standard output');
  if (kind === undefined) return outputs.file(output);
  return outputs.file(splitName(output, kind));
}

/** Where the events go; undefined where nobody asked for them. */
async function openSidecar(
  outputs: OutputSet,
  output: ConvertOutput,
  { events = 'json', eventsOutput }: ConvertOptions,
): Promise<Output | undefined> {
  if (events === 'none') return undefined;
  if (eventsOutput !== undefined) {
    return typeof eventsOutput === 'string'
      ? outputs.file(eventsOutput)
      : outputs.stream(eventsOutput, 'the stream for events');
  }
  // Nothing is put beside a device or a named pipe.
  if (typeof output !== 'string' || !(await isPlainName(output))) return undefined;
  return outputs.file(eventsName(output, events));
}

const isPlainName = async (path: string): Promise<boolean> =>
  !isDescriptorName(path) &&
  (await stat(path).then(
    (found) => found.isFile(),
    () => true,
  ));

function summarize(
  sessions: readonly TraceSession[],
  conversion: Conversion,
  events: EventFlow,
  outputs: ConvertSummary['outputs'],
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
    seconds: Math.round(performance.now() - started) / 1000,
  };
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
