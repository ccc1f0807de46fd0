export { EtlError, type EtlErrorCode } from './errors.js';
export { Clock, type ClockType, isoTime, UNIX_EPOCH_AS_FILETIME, type UnixTicks } from './layout/clock.js';
export { EventRecord, NO_ID, type RecordCopy } from './layout/event-record.js';
export { formatGuid } from './layout/guid.js';
export { EventFlags, ExtendedType, HeaderType, type RecordKind } from './layout/record-header.js';
export { zoneTimeAt } from './layout/time-zone.js';
export { LOG_FILE_MODES, LogFileMode, type TraceHeader } from './layout/trace-header.js';
export { LimitLog } from './limits.js';
export { mergeTraces } from './merge/merge-traces.js';
export { type BatchHome, BlockBytes, MAX_HELD, RecordBatch, type Records } from './merge/record-batch.js';
export type { BufferGap } from './read/buffer-table.js';
export type { ByteSource } from './read/byte-source.js';
export type { Damage, DamageKind, DamageSummary } from './read/damage.js';

export { BlockPool, RecordBlock } from './read/record-block.js';
export {
  type BufferClaims,
  type OpenOptions,
  type SurveyShare,
  Trace,
  type TraceSurvey,
} from './read/trace.js';
export { RecordCounts } from './record-counts.js';
