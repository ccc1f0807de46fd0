export { BufferFlag } from './buffer-header.js';
export type { BufferGap } from './buffer-table.js';
export { type ByteSource, memorySource } from './byte-source.js';
export { Clock, type ClockType, isoTime, UNIX_EPOCH_AS_FILETIME, type UnixTicks } from './clock.js';
export { type Damage, type DamageKind, DamageLog, type DamageSummary } from './damage.js';
export { EtlError, type EtlErrorCode } from './errors.js';
export { EventRecord, type ExtendedItem, NO_ID, type RecordCopy } from './event-record.js';
export { formatGuid } from './guid.js';
export { LZ77_WINDOW, Lz77Expander, type Lz77Failure } from './lz77.js';
export { mergeTraces } from './merge.js';
export { type Piece, PiecePool } from './piece.js';
export {
  BATCH_MEMORY,
  type BatchHome,
  MAX_HELD,
  RecordBatch,
  type Records,
  Stretch,
} from './record-batch.js';
export { RecordCounts } from './record-counts.js';
export { EventFlags, ExtendedType, HeaderType, MessageFlags, type RecordKind } from './record-header.js';
export { type BufferClaims, type OpenOptions, type SurveyShare, Trace, type TraceSurvey } from './trace.js';
export { LOG_FILE_MODES, LogFileMode, readTraceHeader, type TraceHeader } from './trace-header.js';
