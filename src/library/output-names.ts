import { extname } from 'node:path';
import { linkTypeName } from '../host/index.js';
import { LinkType } from '../net/index.js';
import type { ConvertOptions } from './convert-options.js';

/** The extension of an output that is removed to form the name of the events file. */
const CAPTURE_EXTENSION = /\.(?:pcapng|pcap|cap|ntar)$/iu;

/**
 * `x.ethernet.pcapng` for `x.pcapng`.
 *
 * @param kind of the contents: the name of a link type, or `etw` or `journal` for events
 */
export function splitName(output: string, kind: string): string {
  const extension = extname(output);
  const stem = output.slice(0, output.length - extension.length);
  return `${stem}.${kind}${extension || '.pcapng'}`;
}

/** `x.events.json` for `x.pcapng`. */
export const eventsName = (output: string, events: 'json' | 'ndjson'): string =>
  `${output.replace(CAPTURE_EXTENSION, '')}.events.${events}`;

/** All files that a conversion with this output can write; which of them depends on the trace. */
export function possibleOutputs(
  output: string,
  { events = 'json', eventsOutput, inlineEvents, split }: ConvertOptions,
): string[] {
  const kinds = [...Object.values(LinkType).map(linkTypeName), ...(inlineEvents ? [inlineEvents] : [])];
  const names = split === undefined ? [output] : kinds.map((kind) => splitName(output, kind));
  if (events === 'none') return names;
  if (eventsOutput === undefined) return [...names, eventsName(output, events)];
  return typeof eventsOutput === 'string' ? [...names, eventsOutput] : names;
}
