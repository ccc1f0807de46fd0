import { jsonText } from '../etw/index.js';
import type {
  SidecarCompartment,
  SidecarComponent,
  SidecarInterface,
  SidecarProvider,
  SidecarTrace,
} from './sections.js';

/** Value of the member `format`: what a program looks for first. */
export const SIDECAR_FORMAT = 'etlcap-events';
/** Raised when a member changes its meaning; new members do not raise it. */
export const SIDECAR_FORMAT_VERSION = 1;

/** What stands before the events. */
export interface SidecarHead {
  /** One trace; a list where several went into one file. */
  readonly trace: SidecarTrace | readonly SidecarTrace[];
  readonly interfaces: readonly SidecarInterface[];
  readonly components: readonly SidecarComponent[];
  readonly compartments: readonly SidecarCompartment[];
  readonly providers: readonly SidecarProvider[];
}

/** How events are put into a file. */
export interface EventFraming {
  /** Before the first event. */
  readonly head: string;
  /** Between two events. */
  readonly separator: string;
  /** Behind the last event. */
  tail(summary: object): string;
}

/** One valid JSON document, with one event per line so that line tools work on it. */
export function jsonFraming(head: SidecarHead): EventFraming {
  const list = (name: string, items: readonly object[]): string =>
    items.length === 0
      ? `"${name}":[],\n`
      : `"${name}":[\n${items.map((item) => jsonText(item)).join(',\n')}\n],\n`;
  return {
    head:
      `{"format":"${SIDECAR_FORMAT}","formatVersion":${SIDECAR_FORMAT_VERSION},\n` +
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

/** One event per line and nothing else. */
export const NDJSON_FRAMING: EventFraming = { head: '', separator: '\n', tail: () => '\n' };
