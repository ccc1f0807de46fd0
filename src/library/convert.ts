import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Writable } from 'node:stream';
import { type ConversionOutputs, convertTraces, type EventListener } from '../convert/index.js';
import {
  type ConvertInput,
  completeTogether,
  hostInfoPaths,
  InputGuard,
  isDescriptorName,
  manifestPaths,
  nodeRuntime,
  OutputSet,
  openInput,
  openInputs,
  removeLeftovers,
} from '../io/index.js';
import { checkOptions } from '../options/index.js';
import {
  ConvertError,
  type ConvertSummary,
  type OpenInput,
  type Output,
  type TraceReader,
} from '../passes/index.js';
import type { ConvertOptions } from './convert-options.js';
import { eventsName, splitName } from './output-names.js';

/** Destination of pcapng: a path, or a stream, which is written and not ended. */
export type ConvertOutput = string | Writable;

/**
 * Converts one trace to pcapng.
 *
 * For a trace without packets the summary has `packets` 0 and there is no pcapng, unless `inlineEvents` writes events
 * into it. After a failure, all previous files are unchanged.
 *
 * @param input a path or a readable stream
 * @param output a path (with `split`, the base of the names of the files), or a writable stream
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
 * Converts several traces into one file, in time order: the files of one pktmon session, or traces of several hosts.
 * See {@link convert}.
 */
export async function merge(
  inputs: readonly ConvertInput[],
  output: ConvertOutput,
  options: ConvertOptions = {},
): Promise<ConvertSummary> {
  checkOptions('merge', options);
  return run(() => openInputs(inputs, options), output, options, undefined);
}

/** {@link convert}, with a listener for events. */
export const convertWith = (
  input: ConvertInput,
  output: ConvertOutput,
  options: ConvertOptions,
  onEvent: EventListener,
): Promise<ConvertSummary> => run(async () => [await openInput(input, options)], output, options, onEvent);

/** Files with this extension are written as pcap. */
const PCAP_EXTENSION = /\.pcap$/iu;

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
  const reader = nodeRuntime.openReader(
    inputs.map(({ source }) => source),
    options.oneThread ?? false,
  );
  try {
    const set = new OutputSet(await guardOf(inputs, options), {
      ...options,
      writesHere: writesHere(reader, options),
    });
    const outputs: ConversionOutputs = {
      format: typeof output === 'string' && PCAP_EXTENSION.test(output) ? 'pcap' : 'pcapng',
      openPackets: (kind) => openPackets(set, output, kind, options),
      openEvents: () => openEvents(set, output, options),
      complete: completeTogether,
    };
    return await convertTraces({ inputs, reader, outputs, options, runtime: nodeRuntime, onEvent, started });
  } finally {
    await reader.close();
  }
}

/** Another thread writes only if a processor is free for it: otherwise it would slow down the readers. */
const writesHere = ({ threads }: TraceReader, { oneThread = false }: ConvertOptions): boolean =>
  oneThread || threads >= availableParallelism();

/** The input files of this conversion, and those that the caller protects. */
export async function guardOf(
  inputs: readonly OpenInput[],
  options: Pick<ConvertOptions, 'hostInfo' | 'manifests' | 'protectedFiles'>,
): Promise<InputGuard> {
  const guard = new InputGuard();
  for (const { descriptor, name, path } of inputs) {
    if (path !== undefined) guard.add(path, name);
    if (descriptor !== undefined) guard.addDescriptor(descriptor, name);
  }
  for (const path of options.protectedFiles ?? []) guard.add(path);
  for (const path of options.hostInfo ?? []) for (const file of await hostInfoPaths(path)) guard.add(file);
  for (const path of options.manifests ?? []) for (const file of await manifestPaths(path)) guard.add(file);
  return guard;
}

/** @param kind of a separate file: the name of a link type, `etw` or `journal`; undefined: one file for all */
function openPackets(
  outputs: OutputSet,
  output: ConvertOutput,
  kind: string | undefined,
  { split }: ConvertOptions,
): Promise<Output> | Output {
  if (typeof output !== 'string') return outputs.stream(output, 'standard output');
  return outputs.file(kind === undefined || split === undefined ? output : splitName(output, kind));
}

/** Where the events go; undefined if there is no events file. */
async function openEvents(
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
  // Devices and named pipes have no events file next to them.
  if (typeof output !== 'string' || !(await isPlainName(output))) return undefined;
  return outputs.file(eventsName(output, events));
}

const isPlainName = async (path: string): Promise<boolean> =>
  !isDescriptorName(path) &&
  (await stat(path).then(
    (found) => found.isFile(),
    () => true,
  ));
