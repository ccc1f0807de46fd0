import type { Packet } from './packet.js';

/** Second byte of the 802.11 frame control field: the Protected Frame bit (IEEE 802.11-2020, 9.2.4.1.9). */
const PROTECTED = 0x40;
/** Second byte: To DS and From DS; both: a fourth address. */
const TO_AND_FROM_DS = 0x03;
/** Second byte: +HTC/Order, in QoS data frames an HT control field. */
const ORDER = 0x80;
/** First byte: type and the subtype bits "no data" and "QoS". */
const TYPE_MASK = 0x0c;
const TYPE_DATA = 0x08;
const SUBTYPE_NO_DATA = 0x40;
const SUBTYPE_QOS = 0x80;
/** First byte of the QoS control field: A-MSDU present. */
const AMSDU_PRESENT = 0x80;
const AMSDU_SUBFRAME_HEADER = 14;

/**
 * Clears the Protected bit of 802.11 data frames that Windows decrypted, in a copy: a trace's own bytes are never
 * changed.
 *
 * Drivers leave the bit set in frames that they decrypted. The same capture also has frames that are still encrypted,
 * for example protected management frames (IEEE 802.11w): those keep the bit.
 */
export class ProtectedBitClearer {
  #copy = new Uint8Array(4096);

  /** Clears the bit if the body is evidently plain text. The packet's bytes are valid until the next call. */
  clear(packet: Packet): void {
    const { bytes, start, length } = packet;
    if (length < 2 || ((bytes[start + 1] ?? 0) & PROTECTED) === 0) return;
    if (!hasPlainBody(bytes, start, length)) return;
    if (this.#copy.length < length) this.#copy = new Uint8Array(2 * length);
    this.#copy.set(bytes.subarray(start, start + length));
    this.#copy[1] = (this.#copy[1] ?? 0) & ~PROTECTED;
    packet.point(this.#copy, undefined, 0, length);
  }
}

/**
 * Whether the body of an 802.11 data frame is evidently plain text: LLC/SNAP follows the header or, if the QoS field
 * announces an A-MSDU, the first subframe header.
 */
function hasPlainBody(bytes: Uint8Array, start: number, length: number): boolean {
  const type = bytes[start] ?? 0;
  const flags = bytes[start + 1] ?? 0;
  if (length < 24 || (type & TYPE_MASK) !== TYPE_DATA || (type & SUBTYPE_NO_DATA) !== 0) return false;
  let body = 24 + ((flags & TO_AND_FROM_DS) === TO_AND_FROM_DS ? 6 : 0);
  if ((type & SUBTYPE_QOS) !== 0) {
    const isAmsdu = ((bytes[start + body] ?? 0) & AMSDU_PRESENT) !== 0;
    body += 2 + ((flags & ORDER) !== 0 ? 4 : 0);
    if (isAmsdu && isSnap(bytes, start, body + AMSDU_SUBFRAME_HEADER, length)) return true;
  }
  return isSnap(bytes, start, body, length);
}

/** AA-AA-03 and the OUI 00-00-00 (RFC 1042) or 00-00-F8 (bridge tunnel, IEEE 802.1H). */
function isSnap(bytes: Uint8Array, start: number, at: number, length: number): boolean {
  const b = (index: number): number | undefined => bytes[start + at + index];
  return (
    at + 8 <= length &&
    b(0) === 0xaa &&
    b(1) === 0xaa &&
    b(2) === 0x03 &&
    b(3) === 0 &&
    b(4) === 0 &&
    (b(5) === 0 || b(5) === 0xf8)
  );
}
