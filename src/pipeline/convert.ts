import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { linkTypeName, type Packet, type Place } from '../capture/index.js';
import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { Conversion, type EventListener } from './conversion.js';
import { ConvertError } from './errors.js';
import { PacketFilter } from './filter.js';
import { type OpenInput, openFile, spool } from './input.js';
import type { ConvertOptions } from './options.js';
import { fileOutput, type Output, StreamOutput } from './output.js';
import { PacketFiles } from './packet-files.js';
import { prepare } from './prepare.js';
import { sectionHeader } from './section.js';
import type { TraceSession } from './session.js';
import { Turns } from './streams.js';
import { type ConvertSummary, traceSummary } from './summary.js';

/** A trace: a path, or a stream of its bytes, which is spooled into a temporary file first. */
export type ConvertInput = string | Readable;

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
  if (options.split !== undefined && typeof output !== 'string') {
    throw new ConvertError('usage', 'split by link type needs an output name, not a stream');
  }
  const opened: OpenInput[] = [];
  try {
    for (const input of inputs) opened.push(await open(input, options.spoolLimit));
    return await convertOpen(opened, output, options, onEvent, started);
  } finally {
    for (const input of opened) input.close();
  }
}

const open = async (input: ConvertInput, spoolLimit: number | undefined): Promise<OpenInput> =>
  typeof input === 'string' ? openFile(input) : spool(input, 'standard input', spoolLimit);

async function convertOpen(
  inputs: readonly OpenInput[],
  output: ConvertOutput,
  options: ConvertOptions,
  onEvent: EventListener | undefined,
  started: number,
): Promise<ConvertSummary> {
  const turns = new Turns(options.signal);
  const sessions = await prepare(inputs, options, surveyFilter(options), turns);
  const filter = new PacketFilter(options, (place) => namesOf(place, sessions));
  const files = new PacketFiles(sectionHeader(sessions, version()), options.verdict ?? false);
  const conversion = new Conversion({ sessions, files, filter, options, turns, onEvent });
  const places = sessions.map((session) => session.places.filter((place) => filter.acceptsPlace(place)));
  const linkTypes = [...new Set(places.flat().map(({ linkType }) => linkType))].sort((a, b) => a - b);
  try {
    if (linkTypes.length > 0) {
      await files.open(linkTypes, options.split === 'linktype', (linkType) =>
        openOutput(output, linkType, options),
      );
    }
    const described = new Set<Place>();
    for (const [at, session] of sessions.entries()) {
      const own = (places[at] ?? []).filter((place) => !described.has(place));
      for (const place of own) described.add(place);
      conversion.addPlaces(session, own);
    }
    await conversion.run();
    await conversion.finish();
    if (options.signal?.aborted) throw new ConvertError('aborted', 'interrupted; nothing was written');
    const outputs = conversion.packets === 0 ? [] : await files.complete();
    if (conversion.packets === 0) await files.discard();
    return summarize(sessions, conversion, outputs, started);
  } catch (error) {
    await files.discard();
    throw error;
  }
}

/** What the survey can decide about a packet: names and order are not known yet. */
function surveyFilter({ drops, since, until }: ConvertOptions): (packet: Packet) => boolean {
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
    if (!session.places.includes(place)) continue;
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

function openOutput(
  output: ConvertOutput,
  linkType: number | undefined,
  options: ConvertOptions,
): Promise<Output> | Output {
  if (typeof output !== 'string') return new StreamOutput(output, 'standard output');
  if (linkType === undefined) return fileOutput(output, options);
  const extension = extname(output);
  const stem = output.slice(0, output.length - extension.length);
  return fileOutput(`${stem}.${linkTypeName(linkType)}${extension || '.pcapng'}`, options);
}

function summarize(
  sessions: readonly TraceSession[],
  conversion: Conversion,
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
    events: providers.reduce((sum, { events }) => sum + events, 0),
    providers,
    interfaces: conversion.interfaceSummaries(),
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

function providerName(id: string, sessions: readonly TraceSession[]): string | undefined {
  for (const session of sessions) {
    const name = session.providerName(id);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The package's version, for the section header. */
function version(): string {
  const manifest: unknown = createRequire(import.meta.url)('../../package.json');
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : '';
}
