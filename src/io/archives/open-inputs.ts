import type { Readable } from 'node:stream';
import type { OpenInput } from '../../passes/index.js';
import { ConvertError } from '../../passes/index.js';
import { openPathOrStream } from '../input.js';
import { Archives, type ArchivesOptions } from './archives.js';
import { listOpened, openTraceAt, TraceInput } from './expand.js';

/**
 * A trace: a path, a stream of its bytes, which is spooled into a temporary file first, or one of expandInputs. A path and a
 * stream may be an archive of traces.
 */
export type ConvertInput = string | Readable | TraceInput;

/** Names of traces that a message has. */
const NAMED_TRACES = 3;

/**
 * Opens inputs; for an archive, all traces in it.
 *
 * @throws ConvertError `input`, or `output` where a temporary file cannot be written
 */
export async function openInputs(
  inputs: readonly ConvertInput[],
  options: ArchivesOptions,
): Promise<OpenInput[]> {
  const opened: OpenInput[] = [];
  try {
    for (const input of inputs) opened.push(...(await openAll(input, options)));
    return opened;
  } catch (error) {
    for (const input of opened) input.close();
    throw error;
  }
}

/**
 * Opens an input that has to be one trace.
 *
 * @throws ConvertError as {@link openInputs}, and `usage` if it is an archive with several
 */
export async function openInput(input: ConvertInput, options: ArchivesOptions): Promise<OpenInput> {
  const [only] = await openAll(input, options, true);
  if (only === undefined) throw new Error('an input that is no trace is refused');
  return only;
}

async function openAll(
  input: ConvertInput,
  options: ArchivesOptions,
  isSingle = false,
): Promise<readonly OpenInput[]> {
  if (input instanceof TraceInput) return [await input.open()];
  const itself = await openPathOrStream(input, options.spoolLimit);
  const archives = new Archives(options);
  archives.hold(itself);
  let isHeld = true;
  const opened: OpenInput[] = [];
  try {
    const origins = await listOpened(archives, itself);
    const { length } = origins;
    if (isSingle && length > 1) {
      const names = origins.slice(0, NAMED_TRACES).map(({ name }) => name);
      throw new ConvertError(
        'usage',
        `${itself.name}: contains ${length} traces, but one is expected: ${names.join(', ')}${length > NAMED_TRACES ? ', …' : ''}; ` +
          'convert them one by one (expandInputs), or merge them',
      );
    }
    for (const origin of origins) {
      const trace = await openTraceAt(archives, origin);
      isHeld = origin.steps.length > 0;
      opened.push(isHeld ? trace : itself);
    }
    return opened;
  } catch (error) {
    for (const trace of opened) trace.close();
    throw error;
  } finally {
    if (isHeld) archives.close();
  }
}
