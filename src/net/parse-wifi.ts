import type { FrameLayout } from './frame-layout.js';
import { isSnap, parseLlc } from './parse-ethernet.js';

/** Frame control field, read little-endian (IEEE 802.11-2020, 9.2.4.1). */
export const FrameControl = {
  typeMask: 0x000c,
  management: 0x0000,
  control: 0x0004,
  data: 0x0008,
  /** Data frames: subtype bits "no data" and "QoS". */
  noData: 0x0040,
  qos: 0x0080,
  toDs: 0x0100,
  fromDs: 0x0200,
  protected: 0x4000,
  /** QoS data and management frames: an HT control field is present. */
  htControl: 0x8000,
} as const;

/** Offsets and lengths in the MAC header (IEEE 802.11-2020, 9.3.2.1). */
const ADDRESS_1 = 4;
const ADDRESS_2 = 10;
const ADDRESS_3 = 16;
const SEQUENCE_CONTROL = 22;
const ADDRESS_4 = 24;
const HEADER = 24;
const MAC_LENGTH = 6;
const QOS_CONTROL = 2;
const HT_CONTROL = 4;
/** First byte of the QoS control field: A-MSDU present. */
const AMSDU_PRESENT = 0x80;
/** DA, SA, length (IEEE 802.11-2020, 9.3.2.2.2). */
const AMSDU_SUBFRAME_HEADER = 14;

/**
 * Hot path. An 802.11 data or management frame without radiotap header and frame check sequence. Of control frames only
 * the frame control field is read.
 *
 * Windows captures above decryption, and the Protected bit may still be set: a body that starts with SNAP is plain text
 * whether the bit is set or not.
 */
export function parseWifi(bytes: Uint8Array, start: number, into: FrameLayout): void {
  const end = into.payloadEnd;
  if (start + 2 > end) {
    into.end = 'truncated';
    return;
  }
  const control = (bytes[start] ?? 0) | ((bytes[start + 1] ?? 0) << 8);
  into.frameControl = control;
  const type = control & FrameControl.typeMask;
  if (type !== FrameControl.data && type !== FrameControl.management) return;
  const length = headerLength(control);
  if (start + length > end) {
    into.end = 'truncated';
    return;
  }
  into.wifiHeaderLength = length;
  into.payloadStart = start + length;
  setAddresses(start, control, into);
  const isLaterFragment = ((bytes[start + SEQUENCE_CONTROL] ?? 0) & 0xf) !== 0;
  if (isLaterFragment) into.end = 'fragment';
  else if (type === FrameControl.data) parseBody(bytes, start, control, into);
  else into.end = (control & FrameControl.protected) === 0 ? 'complete' : 'encrypted';
}

function headerLength(control: number): number {
  const isData = (control & FrameControl.typeMask) === FrameControl.data;
  const isQos = isData && (control & FrameControl.qos) !== 0;
  const hasHtControl = (control & FrameControl.htControl) !== 0 && (isQos || !isData);
  return (
    HEADER +
    (isData && hasFourAddresses(control) ? MAC_LENGTH : 0) +
    (isQos ? QOS_CONTROL : 0) +
    (hasHtControl ? HT_CONTROL : 0)
  );
}

const hasFourAddresses = (control: number): boolean =>
  (control & FrameControl.toDs) !== 0 && (control & FrameControl.fromDs) !== 0;

/** IEEE 802.11-2020, table 9-30; management frames (9.3.3.1) are not sent through the distribution system. */
function setAddresses(start: number, control: number, into: FrameLayout): void {
  const isData = (control & FrameControl.typeMask) === FrameControl.data;
  const isToDs = isData && (control & FrameControl.toDs) !== 0;
  const isFromDs = isData && (control & FrameControl.fromDs) !== 0;
  into.destinationMac = start + (isToDs ? ADDRESS_3 : ADDRESS_1);
  into.sourceMac = start + (isFromDs ? (isToDs ? ADDRESS_4 : ADDRESS_3) : ADDRESS_2);
}

function parseBody(bytes: Uint8Array, start: number, control: number, into: FrameLayout): void {
  if ((control & FrameControl.noData) !== 0) {
    into.end = 'complete';
    return;
  }
  const isProtected = (control & FrameControl.protected) !== 0;
  const body = into.payloadStart;
  if ((control & FrameControl.qos) !== 0) {
    const qos = start + HEADER + (hasFourAddresses(control) ? MAC_LENGTH : 0);
    const isMarked = ((bytes[qos] ?? 0) & AMSDU_PRESENT) !== 0;
    // A driver that splits A-MSDUs may leave the A-MSDU bit set: then SNAP follows the header, not a subframe header.
    into.isAmsdu = isMarked && !isSnap(bytes, body, into.payloadEnd);
  }
  const llc = body + (into.isAmsdu ? AMSDU_SUBFRAME_HEADER : 0);
  if (isProtected && !isSnap(bytes, llc, into.payloadEnd)) {
    into.end = 'encrypted';
    return;
  }
  if (into.isAmsdu) {
    if (llc > into.payloadEnd) {
      into.end = 'truncated';
      return;
    }
    const size = ((bytes[body + 12] ?? 0) << 8) | (bytes[body + 13] ?? 0);
    into.destinationMac = body;
    into.sourceMac = body + MAC_LENGTH;
    into.payloadStart = llc;
    into.payloadEnd = Math.min(into.payloadEnd, llc + size);
  }
  parseLlc(bytes, into);
}
