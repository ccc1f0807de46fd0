import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import type { Writable } from 'node:stream';
import { type ConversionOutputs, convertTraces, type EventListener } from '../convert/index.js';
import { LINKTYPE_ETW } from '../events/index.js';
import { linkTypeName } from '../host/index.js';
import {
  type ConvertInput,
  type FileOutputOptions,
  fileOutput,
  nodeRuntime,
  openInput,
  openInputs,
  StreamOutput,
} from '../io/index.js';
import {
  ConvertError,
  type ConvertSummary,
  type OpenInput,
  type Output,
  type TraceReader,
} from '../passes/index.js';
import { checkOptions } from './check-options.js';
import type { ConvertOptions } from './convert-options.js';

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
  checkOptions(options);
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
  const reader = nodeRuntime.openReader(
    inputs.map(({ source }) => source),
    options.oneThread ?? false,
  );
  try {
    const outputOptions = { ...options, writesHere: writesHere(reader, options) };
    const outputs: ConversionOutputs = {
      openPackets: (linkType) => openOutput(output, linkType, outputOptions),
      openEvents: () => openSidecar(output, outputOptions),
    };
    return await convertTraces({ inputs, reader, outputs, options, runtime: nodeRuntime, onEvent, started });
  } finally {
    await reader.close();
  }
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
