export { formatHex } from './address.js';
export { BuiltinProviderId, builtinProviderName, dropLocationName, dropReasonText } from './builtin/index.js';
export { type ClassicName, classicName } from './classic/index.js';
export { type DecodedFields, type FieldPlace, type FixedLayout, fixedLayout, readFields } from './decode.js';
export { FieldRanges } from './field-ranges.js';
export { type EventData, eventData, type JsonValue, jsonValues } from './json.js';
export { formatMessage } from './message.js';
export { isProcessEvent, type ProcessEvent, type ProcessEventKind, processEvent } from './process-events.js';
export { isHiddenUnit, jsonText, printable } from './safe-text.js';
export {
  type EventSchema,
  type Extent,
  type FieldSchema,
  InType,
  OutType,
  type RawStruct,
  type RawValue,
  type SchemaOrigin,
  type ValueMap,
} from './schema.js';
export { type ManifestProblem, SchemaStore } from './store.js';
