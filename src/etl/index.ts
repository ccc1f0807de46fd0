export { type ByteSource, memorySource } from './byte-source.js';
export { Clock, type ClockType, isoTime, UNIX_EPOCH_AS_FILETIME, type UnixTicks } from './clock.js';
export { EtlError, type EtlErrorCode } from './errors.js';
export { EventRecord, type ExtendedItem, NO_ID } from './event-record.js';
export { formatGuid } from './guid.js';
export { EventFlags, ExtendedType, HeaderType, MessageFlags, type RecordKind } from './record-header.js';
