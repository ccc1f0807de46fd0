export { BuiltinProviderId, dropLocationName, dropReasonText } from './builtin/index.js';
export { classicName } from './classic/index.js';
export { csvCell } from './csv-cell.js';
export { type FieldExtent, type FixedLayout, fixedLayout, readFields } from './decode.js';
export { FieldRanges } from './field-ranges.js';
export { type EventData, eventData, type JsonValue, type MetadataDetail, omittedData } from './json.js';
export { formatMessage, hasStatusText } from './message.js';
export { isProcessEvent, type ProcessEventKind, processEvent } from './process-events.js';
export { KERNEL, ProviderNames, providerKey } from './provider-names.js';
export { isHiddenUnit, jsonText, printable } from './safe-text.js';
export {
  type EventSchema,
  type FieldSchema,
  InType,
  OutType,
  type RawStruct,
  type RawValue,
  type SchemaOrigin,
  type ValueMap,
} from './schema.js';

export { statusName } from './status/index.js';
export { type ManifestProblem, SchemaStore } from './store.js';
