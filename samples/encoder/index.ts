export { ByteWriter, concat, guidBytes, hexBytes } from './byte-writer.js';
export { type ClockOptions, FILETIME_OF_UNIX_EPOCH, TraceClock, unixTime } from './clock.js';
export { type CompressionMode, compressLz77 } from './lz77.js';
export {
  type ClassicFields,
  classicRecord,
  type EventFields,
  type ExtendedItem,
  eventRecord,
  instanceRecord,
  type KernelFields,
  type MessageFields,
  messageRecord,
  opaqueRecord,
  perfinfoRecord,
  RecordType,
  systemRecord,
} from './records.js';
export {
  type EmbeddedMap,
  type EmbeddedSchema,
  eventMapRecord,
  eventSchemaRecord,
  InType,
  type SchemaField,
} from './schemas/embedded.js';
export { type ProcessRow, processRecord } from './schemas/process.js';
export {
  type InterfaceRow,
  systemConfigurationRecords,
  type WindowsHost,
} from './schemas/system-configuration.js';
export {
  providerTraits,
  type TraceLoggingField,
  TraceLoggingType,
  traceLoggingItems,
} from './schemas/tracelogging.js';
export {
  type BufferContent,
  BufferFlag,
  type BufferOverrides,
  BufferType,
  encodeRecords,
  encodeTrace,
  type PlacedRecord,
  type TraceForm,
  type TraceOptions,
  TraceWriter,
  type WindowsVersion,
} from './trace.js';
