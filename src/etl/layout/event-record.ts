import type { Clock, UnixTicks } from './clock.js';
import { GuidCache } from './guid.js';
import {
  EventFlags,
  type HeaderLayout,
  headerLayout,
  MARKER_COUNTERS_MASK,
  MARKER_COUNTERS_SHIFT,
  MARKER_EXTENDED_PART,
  MessageFlags,
  type RecordKind,
  recordType,
} from './record-header.js';

/** Process and thread ids that the header does not carry. */
export const NO_ID = 0xffff_ffff;

const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** One item of an event's extended data; `bytes` is a view into the record. */
export interface ExtendedItem {
  /** See ExtendedType. */
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** A record's bytes and time, kept beyond the moment: see {@link EventRecord.copy}. */
export interface RecordCopy {
  readonly bytes: Uint8Array;
  readonly processor: number;
  readonly bufferPosition: number;
  readonly clock: Clock;
  readonly rawHigh: number;
  readonly rawLow: number;
}

/**
 * A record in its buffer: a window that moves from record to record, so that reading a trace allocates no object per
 * record. Getters read the bytes when they are called. After the window moved, only numbers and strings taken from it
 * remain valid.
 */
export class EventRecord {
  /** The expanded buffer that holds the record. */
  bytes: Uint8Array = new Uint8Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Where the record starts in {@link bytes}. */
  offset = 0;
  /** Bytes of the record, header included, padding excluded. */
  size = 0;
  headerType = 0;
  kind: RecordKind = 'other';
  /** Processor whose buffer holds the record. */
  processor = 0;
  /** 4 or 8: the size of pointers in the payload, from the record's own header. */
  pointerSize: 4 | 8 = 8;
  /** Where the payload (user data) starts in {@link bytes}, and its length. */
  payloadOffset = 0;
  payloadLength = 0;
  /** Where the file has the record's buffer (bytes), for messages about damage. */
  bufferPosition = 0;
  readonly #guids = new GuidCache();
  #layout: HeaderLayout | undefined;
  #clock: Clock | undefined;
  #rawHigh = 0;
  #rawLow = 0;

  /**
   * Hot path. Moves the window to a record whose size the caller has checked against its buffer. Fields that are
   * usually equal to the previous record's are compared before they are stored: storing references costs more.
   *
   * @param view over the same memory as `bytes`
   * @param rawHigh upper 32 bits (signed) of the raw time; of the neighbouring record's time if this one has none
   */
  moveTo(
    bytes: Uint8Array,
    view: DataView,
    offset: number,
    size: number,
    processor: number,
    bufferPosition: number,
    clock: Clock,
    rawHigh: number,
    rawLow: number,
  ): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = view;
    }
    if (clock !== this.#clock) this.#clock = clock;
    this.offset = offset;
    this.size = size;
    this.processor = processor;
    this.bufferPosition = bufferPosition;
    this.#rawHigh = rawHigh;
    this.#rawLow = rawLow;
    const headerType = recordType(view.getUint32(offset, true));
    if (headerType !== this.headerType) this.#changeType(headerType);
    const layout = this.#layout;
    if (layout === undefined) {
      this.#setPayload(offset + Math.min(8, size));
      return;
    }
    this.pointerSize = layout.pointerSize;
    let start = offset + layout.headerSize;
    switch (layout.kind) {
      case 'event': {
        const flags = view.getUint16(offset + 4, true);
        if (flags & EventFlags.header32Bit) this.pointerSize = 4;
        else if (flags & EventFlags.header64Bit) this.pointerSize = 8;
        if (flags & EventFlags.extendedInfo) start = this.#behindExtendedData(start);
        break;
      }
      case 'system':
      case 'perfinfo': {
        const marker = view.getUint16(offset, true);
        if (marker & MARKER_EXTENDED_PART) start += 8;
        start += 8 * ((marker >> MARKER_COUNTERS_SHIFT) & MARKER_COUNTERS_MASK);
        break;
      }
      case 'instance':
        // EVENT_INSTANCE_GUID_HEADER is 72 bytes, EVENT_INSTANCE_HEADER 56 (evntrace.h).
        if (size >= 72) start = offset + 72;
        break;
      case 'message':
        start = this.#behindMessageParts(start);
        break;
    }
    this.#setPayload(start);
  }

  #changeType(headerType: number): void {
    this.headerType = headerType;
    this.#layout = headerLayout(headerType);
    this.kind = this.#layout?.kind ?? 'other';
    this.pointerSize = 8;
  }

  #setPayload(start: number): void {
    const end = this.offset + this.size;
    this.payloadOffset = Math.min(start, end);
    this.payloadLength = end - this.payloadOffset;
  }

  /** Walks the chain of extended data items; a chain that leaves the record ends where the record does. */
  #behindExtendedData(start: number): number {
    const end = this.offset + this.size;
    let at = start;
    while (at + 8 <= end) {
      const length = this.view.getUint16(at, true);
      const linkage = this.view.getUint16(at + 4, true);
      if (length < 8) return at;
      at += length;
      if ((linkage & 1) === 0) return at;
    }
    return end;
  }

  #behindMessageParts(start: number): number {
    const flags = this.view.getUint16(this.offset + 6, true);
    let at = start;
    if (flags & MessageFlags.sequence) at += 4;
    if (flags & MessageFlags.guid) at += 16;
    else if (flags & MessageFlags.componentId) at += 4;
    if (flags & MessageFlags.timestamp) at += 8;
    if (flags & MessageFlags.systemInfo) at += 8;
    if (flags & MessageFlags.pointer32) this.pointerSize = 4;
    return at;
  }

  /**
   * The record, to be kept and looked at again with {@link restore}.
   *
   * @throws Error where the window was never moved to a record
   */
  copy(): RecordCopy {
    const { bufferPosition, offset, processor, size } = this;
    if (this.#clock === undefined) throw new Error('there is no record in the window');
    return {
      bytes: this.bytes.slice(offset, offset + size),
      processor,
      bufferPosition,
      clock: this.#clock,
      rawHigh: this.#rawHigh,
      rawLow: this.#rawLow,
    };
  }

  /** Points the window at a copy. */
  restore({ bufferPosition, bytes, clock, processor, rawHigh, rawLow }: RecordCopy): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.moveTo(bytes, view, 0, bytes.length, processor, bufferPosition, clock, rawHigh, rawLow);
  }

  /** The payload, as a view into the buffer. */
  payload(): Uint8Array {
    return this.bytes.subarray(this.payloadOffset, this.payloadOffset + this.payloadLength);
  }

  /** The raw clock value. */
  rawTime(): bigint {
    return (BigInt(this.#rawHigh) << 32n) | BigInt(this.#rawLow);
  }

  /** FILETIME: 100 ns since 1601-01-01 UTC. */
  filetime(): bigint {
    return this.#clock === undefined ? 0n : this.#clock.filetime(this.rawTime());
  }

  /**
   * Hot path. Unix time in 100 ns.
   *
   * @returns false if the time was before 1970 and became 0.
   */
  unixTicks(into: UnixTicks): boolean {
    return this.#clock === undefined ? false : this.#clock.unixTicks(this.#rawHigh, this.#rawLow, into);
  }

  /**
   * Provider (`event`), event class (`classic`) or message GUID (`message`), lower case; all zeros where the header has
   * none.
   */
  get providerId(): string {
    switch (this.kind) {
      case 'event':
      case 'classic':
        return this.#guids.text(this.view, this.offset + 24);
      case 'instance':
        return this.size >= 72 ? this.#guids.text(this.view, this.offset + 24) : NO_GUID;
      case 'message': {
        const flags = this.view.getUint16(this.offset + 6, true);
        const at = this.offset + 8 + (flags & MessageFlags.sequence ? 4 : 0);
        return flags & MessageFlags.guid && at + 16 <= this.offset + this.size
          ? this.#guids.text(this.view, at)
          : NO_GUID;
      }
      default:
        return NO_GUID;
    }
  }

  /** Event id (`event`), message number (`message`), hook id: group << 8 | opcode (`system`, `perfinfo`); else 0. */
  get id(): number {
    switch (this.kind) {
      case 'event':
        return this.view.getUint16(this.offset + 40, true);
      case 'message':
        return this.view.getUint16(this.offset + 4, true);
      case 'system':
      case 'perfinfo':
        return this.view.getUint16(this.offset + 6, true);
      default:
        return 0;
    }
  }

  get version(): number {
    switch (this.kind) {
      case 'event':
        return this.view.getUint8(this.offset + 42);
      case 'classic':
      case 'instance':
        return this.view.getUint16(this.offset + 6, true);
      case 'system':
      case 'perfinfo':
        return this.view.getUint8(this.offset);
      default:
        return 0;
    }
  }

  get channel(): number {
    return this.kind === 'event' ? this.view.getUint8(this.offset + 43) : 0;
  }

  get level(): number {
    if (this.kind === 'event') return this.view.getUint8(this.offset + 44);
    return this.kind === 'classic' || this.kind === 'instance' ? this.view.getUint8(this.offset + 5) : 0;
  }

  /** Opcode (`event`, `classic`); the low byte of the hook id (`system`, `perfinfo`). */
  get opcode(): number {
    switch (this.kind) {
      case 'event':
        return this.view.getUint8(this.offset + 45);
      case 'classic':
      case 'instance':
        return this.view.getUint8(this.offset + 4);
      case 'system':
      case 'perfinfo':
        return this.view.getUint8(this.offset + 6);
      default:
        return 0;
    }
  }

  get task(): number {
    return this.kind === 'event' ? this.view.getUint16(this.offset + 46, true) : 0;
  }

  /** EVENT_HEADER.Flags, see EventFlags; 0 for other kinds. */
  get flags(): number {
    return this.kind === 'event' ? this.view.getUint16(this.offset + 4, true) : 0;
  }

  /** Lower 32 bits of the keyword. */
  get keywordLow(): number {
    return this.kind === 'event' ? this.view.getUint32(this.offset + 48, true) : 0;
  }

  /** Upper 32 bits of the keyword. */
  get keywordHigh(): number {
    return this.kind === 'event' ? this.view.getUint32(this.offset + 52, true) : 0;
  }

  /** {@link NO_ID} where the header carries none. */
  get threadId(): number {
    switch (this.kind) {
      case 'event':
      case 'classic':
      case 'instance':
      case 'system':
        return this.view.getUint32(this.offset + 8, true);
      case 'message':
        return this.#messageId(0);
      default:
        return NO_ID;
    }
  }

  /** {@link NO_ID} where the header carries none. */
  get processId(): number {
    switch (this.kind) {
      case 'event':
      case 'classic':
      case 'instance':
      case 'system':
        return this.view.getUint32(this.offset + 12, true);
      case 'message':
        return this.#messageId(4);
      default:
        return NO_ID;
    }
  }

  #messageId(part: 0 | 4): number {
    const flags = this.view.getUint16(this.offset + 6, true);
    // The ids are the last part; in a truncated message the payload does not start after them.
    const at = this.#behindMessageParts(this.offset + 8) - 8;
    return flags & MessageFlags.systemInfo && at + 8 <= this.offset + this.size
      ? this.view.getUint32(at + part, true)
      : NO_ID;
  }

  /** All zeros if there is none. */
  get activityId(): string {
    return this.kind === 'event' ? this.#guids.text(this.view, this.offset + 64) : NO_GUID;
  }

  /** The event's extended data items, in order; empty for records without. */
  extendedItems(): ExtendedItem[] {
    if (this.kind !== 'event' || (this.flags & EventFlags.extendedInfo) === 0) return [];
    const items: ExtendedItem[] = [];
    const end = this.payloadOffset;
    let at = this.offset + 80;
    while (at + 8 <= end) {
      const length = this.view.getUint16(at, true);
      if (length < 8) break;
      const type = this.view.getUint16(at + 2, true);
      const dataSize = Math.min(this.view.getUint16(at + 6, true), length - 8, end - at - 8);
      items.push({ type, bytes: this.bytes.subarray(at + 8, at + 8 + dataSize) });
      at += length;
    }
    return items;
  }

  /** The first extended data item of a type, see ExtendedType. */
  extendedItem(type: number): Uint8Array | undefined {
    if (this.kind !== 'event' || (this.flags & EventFlags.extendedInfo) === 0) return undefined;
    return this.extendedItems().find((item) => item.type === type)?.bytes;
  }
}
