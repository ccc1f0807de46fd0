export {
  type EventFraming,
  jsonFraming,
  NDJSON_FRAMING,
  SIDECAR_FORMAT,
  SIDECAR_FORMAT_VERSION,
  type SidecarHead,
} from './document.js';
export { etwFrame, LINKTYPE_ETW } from './etw-frame.js';
export type { EventContext, EventSchemaOrigin, SidecarEvent } from './event.js';
export { type EventSurroundings, EventWriter } from './event-writer.js';
export { EventFilter, type EventFilterOptions, isProviderNamed } from './filter.js';
export { type JournalEntryField, journalEntry } from './journal.js';
export { JsonBytes } from './json-bytes.js';
export { ProcessTable } from './processes.js';
export { KERNEL, ProviderNames, providerKey } from './provider-names.js';
export type {
  SidecarCompartment,
  SidecarComponent,
  SidecarCounters,
  SidecarInterface,
  SidecarProvider,
  SidecarTrace,
} from './sections.js';
export { eventText, eventTitle, fieldsText } from './text.js';
