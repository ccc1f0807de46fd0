/**
 * Byte 2 of every record is the header type, byte 3 the marker flags. Source: docs/format/etl-container.md, "Records";
 * Windows SDK, evntcons.h.
 */
export const HeaderType = {
  system32: 0x01,
  system64: 0x02,
  compact32: 0x03,
  compact64: 0x04,
  classic32: 0x0a,
  instance32: 0x0b,
  timed: 0x0c,
  error: 0x0d,
  wnode: 0x0e,
  message: 0x0f,
  perfinfo32: 0x10,
  perfinfo64: 0x11,
  event32: 0x12,
  event64: 0x13,
  classic64: 0x14,
  instance64: 0x15,
} as const;

/**
 * The families of records.
 * - `system`: kernel records named by a hook id (group << 8 | opcode), with or without times of use, with thread
 * - `perfinfo`: kernel records named by a hook id, without thread
 * - `classic`: EVENT_TRACE_HEADER, named by an event class GUID and an opcode; `instance` the same with instance ids
 * - `event`: EVENT_HEADER, named by provider, id and version
 * - `message`: WPP
 * - `other`: known to be a record, not known inside
 */
export type RecordKind = 'system' | 'perfinfo' | 'classic' | 'instance' | 'event' | 'message' | 'other';

export interface HeaderLayout {
  readonly kind: RecordKind;
  /** Bytes before extended data or payload. */
  readonly headerSize: number;
  /** Offset of the record's size (u16). */
  readonly sizeAt: number;
  /** Offset of the raw time (i64); -1 if the header has none at a fixed offset. */
  readonly timeAt: number;
  readonly pointerSize: 4 | 8;
}

const layout = (
  kind: RecordKind,
  headerSize: number,
  sizeAt: number,
  timeAt: number,
  pointerSize: 4 | 8,
): HeaderLayout => ({ kind, headerSize, sizeAt, timeAt, pointerSize });

const LAYOUTS: readonly (HeaderLayout | undefined)[] = (() => {
  const table: (HeaderLayout | undefined)[] = new Array(256).fill(undefined);
  table[HeaderType.system32] = layout('system', 32, 4, 16, 4);
  table[HeaderType.system64] = layout('system', 32, 4, 16, 8);
  table[HeaderType.compact32] = layout('system', 24, 4, 16, 4);
  table[HeaderType.compact64] = layout('system', 24, 4, 16, 8);
  table[HeaderType.classic32] = layout('classic', 48, 0, 16, 4);
  table[HeaderType.classic64] = layout('classic', 48, 0, 16, 8);
  table[HeaderType.instance32] = layout('instance', 56, 0, 16, 4);
  table[HeaderType.instance64] = layout('instance', 56, 0, 16, 8);
  table[HeaderType.timed] = layout('other', 8, 0, -1, 8);
  table[HeaderType.error] = layout('other', 8, 0, -1, 8);
  table[HeaderType.wnode] = layout('other', 8, 0, -1, 8);
  table[HeaderType.message] = layout('message', 8, 0, -1, 8);
  table[HeaderType.perfinfo32] = layout('perfinfo', 16, 4, 8, 4);
  table[HeaderType.perfinfo64] = layout('perfinfo', 16, 4, 8, 8);
  table[HeaderType.event32] = layout('event', 80, 0, 16, 4);
  table[HeaderType.event64] = layout('event', 80, 0, 16, 8);
  return table;
})();

/** The layout of a record header, undefined for a type that Windows does not write. */
export const headerLayout = (headerType: number): HeaderLayout | undefined => LAYOUTS[headerType];

/** Markers of the records that Windows writes: TRACE_HEADER_FLAG with TRACE_HEADER_EVENT_TRACE, or with TRACE_MESSAGE. */
const MARKER_EVENT = 0xc0;
const MARKER_MESSAGE = 0x90;

/**
 * The header type in a record's first word. WPP messages carry TRACE_MESSAGE in the marker (0x90), and in old traces no
 * type (MESSAGE_TRACE_HEADER). The top bit, TRACE_HEADER_FLAG, is set in every record.
 */
export const recordType = (word: number): number => {
  const type = (word >>> 16) & 0xff;
  return type === 0 && word >>> 24 === MARKER_MESSAGE ? HeaderType.message : type;
};

/** The layout of the record that starts at `offset`, where the four bytes there (they must be there) can start one. */
export const startOfRecord = (view: DataView, offset: number): HeaderLayout | undefined => {
  const word = view.getUint32(offset, true);
  const marker = word >>> 24;
  if (marker !== MARKER_EVENT && marker !== MARKER_MESSAGE) return undefined;
  const found = headerLayout(recordType(word));
  return found?.kind === 'other' ? undefined : found;
};

/** System and perfinfo markers (u16 at 0): one 8-byte part after the header. */
export const MARKER_EXTENDED_PART = 0x8000;
/** System and perfinfo markers: the number of 8-byte counters after the header. */
export const MARKER_COUNTERS_SHIFT = 8;
export const MARKER_COUNTERS_MASK = 0x7;

/** EVENT_HEADER.Flags (evntcons.h, EVENT_HEADER_FLAG_*). */
export const EventFlags = {
  extendedInfo: 0x0001,
  privateSession: 0x0002,
  stringOnly: 0x0004,
  traceMessage: 0x0008,
  noCpuTime: 0x0010,
  header32Bit: 0x0020,
  header64Bit: 0x0040,
  decodeGuid: 0x0080,
  classicHeader: 0x0100,
  processorIndex: 0x0200,
} as const;

/** WPP option flags (evntrace.h, TRACE_MESSAGE_*): the parts between header and payload, in this order. */
export const MessageFlags = {
  sequence: 0x01,
  guid: 0x02,
  componentId: 0x04,
  timestamp: 0x08,
  performanceTimestamp: 0x10,
  systemInfo: 0x20,
  pointer32: 0x40,
  pointer64: 0x80,
} as const;

/** EVENT_HEADER_EXTENDED_DATA_ITEM.ExtType (evntcons.h). */
export const ExtendedType = {
  relatedActivityId: 1,
  sid: 2,
  terminalSession: 3,
  instanceInfo: 4,
  stack32: 5,
  stack64: 6,
  pebsIndex: 7,
  pmcCounters: 8,
  psmKey: 10,
  traceLoggingSchema: 11,
  providerTraits: 12,
  processStartKey: 13,
  controlGuid: 14,
  qpcDelta: 15,
  containerId: 16,
} as const;
