export { etwFrame, LINKTYPE_ETW } from './etw-frame.js';
export type { SidecarEvent } from './event.js';
export { EventFilter, isProviderNamed } from './event-filter.js';
export { eventText, eventTitle } from './event-text.js';
export { EventWriter } from './event-writer.js';
export { type EventFraming, jsonFraming, NDJSON_FRAMING, type SidecarHead } from './events-document.js';
export { journalEntry } from './journal-entry.js';
export { JsonBytes } from './json-bytes.js';
export type {
  SidecarCompartment,
  SidecarComponent,
  SidecarCounters,
  SidecarInterface,
  SidecarTrace,
} from './sections.js';
