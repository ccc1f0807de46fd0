/** WMI_BUFFER_HEADER, the first 72 bytes of each buffer (docs/format/etl-container.md, "Buffers"). */
export const BUFFER_HEADER_SIZE = 72;

/** Buffers larger than this are treated as damaged: Windows allows 16 MiB, also in merged traces after expansion. */
export const MAX_BUFFER_SIZE = 64 * 1024 * 1024;

export const BufferFlag = {
  flushMarker: 0x01,
  eventsLost: 0x02,
  bufferLost: 0x04,
  rtBackupCorrupt: 0x08,
  rtBackup: 0x10,
  processorIndexValid: 0x20,
  compressed: 0x40,
} as const;

export const BufferType = {
  generic: 0,
  rundown: 1,
  contextSwap: 2,
  reftime: 3,
  header: 4,
  batched: 5,
  empty: 6,
  debugInfo: 7,
} as const;
const LAST_BUFFER_TYPE = BufferType.debugInfo;

/** State (ETW_BUFFER_STATE): 0 free … 4 maximum; files have 3 (flush). */
const LAST_BUFFER_STATE = 6;

export interface BufferHeader {
  /** Bytes of the buffer in the file, header included. */
  readonly bufferSize: number;
  /** End of the records, header included, once expanded. */
  readonly filledBytes: number;
  /** Raw clock value, in merged files wall-clock time. Only good for ordering. */
  readonly timeStamp: number;
  readonly sequenceNumber: number;
  readonly processor: number;
  readonly loggerId: number;
  /** See {@link BufferFlag}. */
  readonly flags: number;
  /** See {@link BufferType}. */
  readonly type: number;
}

/** Reads the header at `offset`; 72 bytes must be there. */
export function readBufferHeader(view: DataView, offset: number): BufferHeader {
  const flags = view.getUint16(offset + 52, true);
  const filled = view.getUint32(offset + 48, true);
  return {
    bufferSize: view.getUint32(offset, true),
    // 0 in old files (observed); then SavedOffset is the end.
    filledBytes: filled === 0 ? view.getUint32(offset + 4, true) : filled,
    timeStamp: readInt64(view, offset + 16),
    sequenceNumber: readInt64(view, offset + 24),
    // Up to Windows 7 this is ETW_BUFFER_CONTEXT: ProcessorNumber u8, Alignment u8 (observed: 0x08 in the high byte).
    processor:
      flags & BufferFlag.processorIndexValid ? view.getUint16(offset + 40, true) : view.getUint8(offset + 40),
    loggerId: view.getUint16(offset + 42, true),
    flags,
    type: view.getUint16(offset + 54, true),
  };
}

/** As a double: creating a bigint first would take longer than the rest of the function. */
const readInt64 = (view: DataView, at: number): number =>
  view.getInt32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);

/** Whether the bytes at `offset` (72 of them must be there) have the shape of a buffer header. */
export function looksLikeBufferHeader(view: DataView, offset: number): boolean {
  const bufferSize = view.getUint32(offset, true);
  if (bufferSize < BUFFER_HEADER_SIZE || bufferSize > MAX_BUFFER_SIZE) return false;
  const flags = view.getUint16(offset + 52, true);
  if (flags > 0xff || view.getUint16(offset + 54, true) > LAST_BUFFER_TYPE) return false;
  if (view.getUint32(offset + 44, true) > LAST_BUFFER_STATE) return false;
  const filled = view.getUint32(offset + 48, true);
  const end = filled === 0 ? view.getUint32(offset + 4, true) : filled;
  if (end !== 0 && end < BUFFER_HEADER_SIZE) return false;
  return end <= (flags & BufferFlag.compressed ? MAX_BUFFER_SIZE : bufferSize);
}
