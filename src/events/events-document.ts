import { jsonText } from '../etw/index.js';

/** Value of the member `format`, by which programs identify the document. */
export const EVENTS_FORMAT = 'etlcap-events';
/** Raised when a member changes its meaning; new members do not raise it. */
export const EVENTS_FORMAT_VERSION = 2;

/** The members that precede the events. */
export interface EventsHead {
  /** One trace; a list if several were merged. */
  readonly trace: object;
  readonly interfaces: readonly object[];
  readonly components: readonly object[];
  readonly compartments: readonly object[];
  readonly providers: readonly object[];
}

/** Framing of events in a file. */
export interface EventFraming {
  /** Before the first event. */
  readonly head: string;
  /** Between two events. */
  readonly separator: string;
  /** After the last event. */
  tail(summary: object): string;
}

/** One valid JSON document, with one event per line so that line tools work on it. */
export function jsonFraming(head: EventsHead): EventFraming {
  const list = (name: string, items: readonly object[]): string =>
    items.length === 0
      ? `"${name}":[],\n`
      : `"${name}":[\n${items.map((item) => jsonText(item)).join(',\n')}\n],\n`;
  return {
    head:
      `{"format":"${EVENTS_FORMAT}","formatVersion":${EVENTS_FORMAT_VERSION},\n` +
      `"trace":${jsonText(head.trace)},\n` +
      list('interfaces', head.interfaces) +
      list('components', head.components) +
      list('compartments', head.compartments) +
      list('providers', head.providers) +
      '"events":[\n',
    separator: ',\n',
    tail: (summary) => `\n],\n"summary":${jsonText(summary)}\n}\n`,
  };
}

/** One event per line without any framing. */
export const NDJSON_FRAMING: EventFraming = { head: '', separator: '\n', tail: () => '\n' };
