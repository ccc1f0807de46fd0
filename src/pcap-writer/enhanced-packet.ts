import { type Chunk, padded, ROOM_BEHIND } from './chunk.js';
import { MAX_OPTION_LENGTH, OPT_COMMENT, OPTION_HEADER } from './options.js';
import { cutText } from './text.js';

const BLOCK_TYPE = 6;
/** Interface ID, Timestamp (two halves), Captured Packet Length, Original Packet Length. */
const FIXED_SIZE = 20;

const EPB_FLAGS = 2;
const EPB_PACKETID = 5;
const EPB_VERDICT = 7;
const EPB_PROCESSID_THREADID = 8;

/** Flags, packet id, process and thread id, the header of a comment and of a verdict, and opt_endofopt. */
const OPTIONS_ROOM = 6 * OPTION_HEADER + 4 + 8 + 8;

/** opt_endofopt, and its length 0. */
const END_OF_OPTIONS = 0;

/** Value of {@link EnhancedPacket} fields that are not known. */
const NONE = -1;

/** Up to this length copying by words is faster than a TypedArray view and its `set` (Node 20). */
const SHORT = 160;

/**
 * Hot path. Copies `length` bytes, rounded up to four words, because a loop for the rest would cost more: up to {@link
 * ROOM_BEHIND} bytes after them are read and written too.
 */
function copyWords(from: DataView, start: number, length: number, to: DataView, at: number): void {
  for (let offset = 0; offset < length; offset += 16) {
    to.setInt32(at + offset, from.getInt32(start + offset, true), true);
    to.setInt32(at + offset + 4, from.getInt32(start + offset + 4, true), true);
    to.setInt32(at + offset + 8, from.getInt32(start + offset + 8, true), true);
    to.setInt32(at + offset + 12, from.getInt32(start + offset + 12, true), true);
  }
}

/**
 * Hot path. Zeros the padding after `length` bytes at `at`, a multiple of four; if there is none, the next word, which
 * has not been written yet.
 */
function pad(view: DataView, at: number, length: number): void {
  const last = at + (length & ~3);
  view.setInt32(last, view.getInt32(last, true) & ((1 << (8 * (length & 3))) - 1), true);
}

/**
 * Enhanced Packet Block: "the standard container for storing the packets coming from the network". One object may be
 * filled repeatedly: the writer does not retain it.
 */
export interface EnhancedPacket {
  /** Interface ID, as the writer gave it in this section. */
  interfaceId: number;
  /** Timestamp in the units of the interface (if_tsresol), upper and lower 32 bits. */
  timeHigh: number;
  timeLow: number;
  /** Packet Data is `bytes[start … start + length)`. */
  bytes: Uint8Array;
  /** Optional: over exactly {@link bytes}, for short packets, which are copied faster with it. */
  view?: DataView | undefined;
  start: number;
  length: number;
  /** Original Packet Length; if it is less than {@link length}, length is written, as the format requires. */
  originalLength: number;
  /**
   * epb_flags, 32 bits; -1 for none. Bits 0-1: 1 inbound, 2 outbound; 9: checksum not ready, 10: checksum valid,
   * 11: segmentation offloaded.
   */
  flags: number;
  /** epb_packetid, if {@link hasPacketId}: "the same packet seen by multiple interfaces" has the same value. */
  hasPacketId: boolean;
  packetIdHigh: number;
  packetIdLow: number;
  /** epb_verdict: the verdict's type octet and its data, 1 to 65,535 bytes. */
  verdict: Uint8Array | undefined;
  /** epb_processid_threadid; -1 for unknown, which is written as 0 if the other one is known. */
  processId: number;
  threadId: number;
  /** opt_comment: the first `commentLength` bytes, valid UTF-8; over 65,535 bytes it is cut at a character. */
  comment: Uint8Array | undefined;
  commentLength: number;
  /** Optional: writes opt_comment in place; {@link comment} is then ignored. */
  commentWriter?: CommentWriter | undefined;
}

/** Writes the comments of packets, one after the other, without a copy in between. */
export interface CommentWriter {
  /** Bytes that the next comment can have at most; 65,535 or less. */
  readonly room: number;
  /**
   * Writes the next comment, valid UTF-8, at `at`. Up to 16 bytes after it may be overwritten as well.
   *
   * @returns its length
   */
  write(bytes: Uint8Array, view: DataView, at: number): number;
}

/**
 * Appends packets as Enhanced Packet Blocks.
 *
 * Hot path: two million small packets in well under a second. Nothing is allocated per packet except the view that
 * `set` needs for long data, and options, also comments (see {@link CommentWriter}), are written in place. All values
 * are computed before the setters are loaded: otherwise Turbofan (Node 20) does not inline them.
 * `test/pcap-writer/plain-enhanced-packet.ts` is a straightforward implementation, and a test compares the two.
 */
export class EnhancedPacketWriter {
  readonly #chunk: Chunk;

  constructor(chunk: Chunk) {
    this.#chunk = chunk;
  }

  /** @throws RangeError where packet or comment is not within its bytes, or the verdict is empty or too long */
  write(packet: EnhancedPacket): void {
    const { bytes, start, length, verdict } = packet;
    if (start < 0 || length < 0 || start + length > bytes.length) {
      throw new RangeError(`packet of ${length} bytes at ${start} in ${bytes.length}`);
    }
    let comment = packet.comment;
    let commentLength = packet.commentLength;
    if (comment !== undefined) {
      if (commentLength < 0 || commentLength > comment.length) {
        throw new RangeError(`comment of ${commentLength} bytes in ${comment.length}`);
      }
      if (commentLength > MAX_OPTION_LENGTH) {
        comment = cutText(comment.subarray(0, commentLength), MAX_OPTION_LENGTH);
        commentLength = comment.length;
      }
    }

    const writer = packet.commentWriter;
    const dataSize = padded(length);
    const commentRoom = writer === undefined ? commentLength : writer.room;
    const verdictSize = verdict === undefined ? 0 : padded(verdictLength(verdict));
    if (!(commentRoom >= 0 && commentRoom <= MAX_OPTION_LENGTH)) {
      throw new RangeError(`room for a comment of ${commentRoom} bytes, an option has 65535 at most`);
    }
    let at = this.#chunk.reserveBlock(
      FIXED_SIZE + dataSize + padded(commentRoom) + verdictSize + OPTIONS_ROOM,
    );
    const into = this.#chunk.bytes;
    const view = this.#chunk.view;
    const originalLength = Math.max(packet.originalLength, length);
    view.setUint32(at, packet.interfaceId, true);
    view.setUint32(at + 4, packet.timeHigh, true);
    view.setUint32(at + 8, packet.timeLow, true);
    view.setUint32(at + 12, length, true);
    view.setUint32(at + 16, originalLength, true);
    at += FIXED_SIZE;
    if (length <= SHORT && packet.view !== undefined && start + length + ROOM_BEHIND <= bytes.length) {
      copyWords(packet.view, start, length, view, at);
    } else {
      into.set(bytes.subarray(start, start + length), at);
    }
    pad(view, at, length);
    at += dataSize;

    const optionsAt = at;
    if (packet.flags !== NONE) {
      startOption(view, at, EPB_FLAGS, 4);
      view.setUint32(at + 4, packet.flags, true);
      at += OPTION_HEADER + 4;
    }
    if (packet.hasPacketId) {
      startOption(view, at, EPB_PACKETID, 8);
      view.setUint32(at + 4, packet.packetIdLow, true);
      view.setUint32(at + 8, packet.packetIdHigh, true);
      at += OPTION_HEADER + 8;
    }
    if (verdict !== undefined) {
      startOption(view, at, EPB_VERDICT, verdict.length);
      at += OPTION_HEADER;
      into.set(verdict, at);
      pad(view, at, verdict.length);
      at += padded(verdict.length);
    }
    if (packet.processId !== NONE || packet.threadId !== NONE) {
      const processId = Math.max(packet.processId, 0);
      const threadId = Math.max(packet.threadId, 0);
      startOption(view, at, EPB_PROCESSID_THREADID, 8);
      view.setUint32(at + 4, processId, true);
      view.setUint32(at + 8, threadId, true);
      at += OPTION_HEADER + 8;
    }
    // The last option: Scapy 2.5 stops to read options at a comment.
    if (writer !== undefined) {
      const written = writer.write(into, view, at + OPTION_HEADER);
      if (!(written >= 0 && written <= commentRoom)) {
        throw new RangeError(`comment of ${written} bytes where there was room for ${commentRoom}`);
      }
      startOption(view, at, OPT_COMMENT, written);
      at += OPTION_HEADER;
      pad(view, at, written);
      at += padded(written);
    } else if (comment !== undefined) {
      startOption(view, at, OPT_COMMENT, commentLength);
      at += OPTION_HEADER;
      into.set(comment.subarray(0, commentLength), at);
      pad(view, at, commentLength);
      at += padded(commentLength);
    }
    if (at !== optionsAt) {
      view.setUint32(at, END_OF_OPTIONS, true);
      at += OPTION_HEADER;
    }
    this.#chunk.endBlock(BLOCK_TYPE, at);
  }
}

function startOption(view: DataView, at: number, code: number, length: number): void {
  view.setUint32(at, code | (length << 16), true);
}

function verdictLength(verdict: Uint8Array): number {
  if (verdict.length === 0 || verdict.length > MAX_OPTION_LENGTH) {
    throw new RangeError(`epb_verdict of ${verdict.length} bytes, it has 1 to 65535`);
  }
  return verdict.length;
}
