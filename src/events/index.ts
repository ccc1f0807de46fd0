export { etwFrame, LINKTYPE_ETW } from './etw-frame.js';
export type { SidecarEvent } from './event.js';
export { EventFilter, isProviderNamed } from './event-filter.js';
export { eventText, eventTitle } from './event-text.js';
export { EventWriter } from './event-writer.js';
export { type EventFraming, type EventsHead, jsonFraming, NDJSON_FRAMING } from './events-document.js';
export { journalEntry } from './journal-entry.js';
export { JsonBytes } from './json-bytes.js';
