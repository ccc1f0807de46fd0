import { type EventRecord, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import type { SidecarEvent } from './event.js';
import { eventText } from './event-text.js';

/** LINKTYPE_ETW (https://www.tcpdump.org/linktypes/LINKTYPE_ETW.html). */
export const LINKTYPE_ETW = 290;

/**
 * EVENT_HEADER 80 bytes, ETW_BUFFER_CONTEXT 4, three lengths, as released Wireshark versions read them (packet-etw.c).
 */
const HEADER_SIZE = 96;
/** EVENT_HEADER as in a record. */
const EVENT_HEADER_SIZE = 80;
/** EVENT_HEADER_FLAG_CLASSIC_HEADER (evntcons.h). */
const CLASSIC_HEADER = 0x0100;
/** Characters of a message that are kept: with the longest payload, a frame stays below the snap length of 262,144. */
const MAX_MESSAGE_LENGTH = 32_767;
const MAX_NAME_LENGTH = 1024;

const padded = (length: number): number => (length + 3) & ~3;

/**
 * An event as a LINKTYPE_ETW record, little-endian: the event header with the time as FILETIME, then the lengths and
 * the bytes of payload, message and provider name, each padded to 4. Texts are UTF-16 with NUL. The message is never
 * empty: without one Wireshark shows only the provider's GUID.
 *
 * @param ticks Unix time in 100 ns
 */
export function etwFrame(record: EventRecord, event: SidecarEvent, ticks: bigint): Uint8Array {
  const message = eventText(event).slice(0, MAX_MESSAGE_LENGTH);
  const name = (event.provider ?? event.providerId ?? 'unknown').slice(0, MAX_NAME_LENGTH);
  const payload = record.payload();
  const messageSize = 2 * (message.length + 1);
  const nameSize = 2 * (name.length + 1);
  const messageAt = HEADER_SIZE + padded(payload.length);
  const nameAt = messageAt + padded(messageSize);
  const frame = new Uint8Array(nameAt + padded(nameSize));
  const view = new DataView(frame.buffer);
  if (record.kind === 'event') {
    frame.set(record.bytes.subarray(record.offset, record.offset + EVENT_HEADER_SIZE));
  } else {
    writeClassicHeader(view, record, event.providerId);
  }
  view.setUint16(0, Math.min(EVENT_HEADER_SIZE + payload.length, 0xffff), true);
  // In the file this field has the record type; consumers of events get 0.
  view.setUint16(2, 0, true);
  view.setBigUint64(16, ticks + UNIX_EPOCH_AS_FILETIME, true);
  view.setUint8(80, record.processor & 0xff);
  view.setUint8(81, record.pointerSize);
  view.setUint32(84, payload.length, true);
  view.setUint32(88, messageSize, true);
  view.setUint32(92, nameSize, true);
  frame.set(payload, HEADER_SIZE);
  writeUtf16(view, messageAt, message);
  writeUtf16(view, nameAt, name);
  return frame;
}

/** The EVENT_HEADER that Windows hands to a consumer for a record that has none. */
function writeClassicHeader(view: DataView, record: EventRecord, classId: string | undefined): void {
  view.setUint16(4, CLASSIC_HEADER, true);
  view.setUint32(8, record.threadId, true);
  view.setUint32(12, record.processId, true);
  writeGuid(view, 24, classId ?? record.providerId);
  view.setUint8(42, record.version);
  view.setUint8(44, record.level);
  view.setUint8(45, record.opcode);
}

/** Data1 u32, Data2 u16, Data3 u16 little-endian, then eight bytes in order (guiddef.h). */
function writeGuid(view: DataView, at: number, guid: string): void {
  const digits = guid.replaceAll('-', '');
  const number = (from: number, to: number): number => Number.parseInt(digits.slice(from, to), 16);
  view.setUint32(at, number(0, 8), true);
  view.setUint16(at + 4, number(8, 12), true);
  view.setUint16(at + 6, number(12, 16), true);
  for (let n = 0; n < 8; n++) view.setUint8(at + 8 + n, number(16 + 2 * n, 18 + 2 * n));
}

function writeUtf16(view: DataView, at: number, text: string): void {
  for (let n = 0; n < text.length; n++) view.setUint16(at + 2 * n, text.charCodeAt(n), true);
}
