export { BuiltinProviderId, builtinProviderName, dropLocationName, dropReasonText } from './builtin/index.js';
export { type DecodedFields, type FieldPlace, type FixedLayout, fixedLayout, readFields } from './decode.js';
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
export { SchemaStore } from './store.js';
