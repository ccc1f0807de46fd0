import { Chunk } from './chunk.js';
import type { EnhancedPacket } from './enhanced-packet.js';

/** Magic number of pcap with nanoseconds (draft-ietf-opsawg-pcap, section 4). */
const MAGIC_NANOSECONDS = 0xa1b2_3c4d;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const VERSION_MAJOR = 2;
const VERSION_MINOR = 4;

const TICKS_PER_SECOND = 10_000_000;
const NANOSECONDS_PER_TICK = 100;
/** 2^32 ticks are 429 seconds and this many ticks. */
const SECONDS_PER_HIGH = 429;
const TICKS_PER_HIGH = 2 ** 32 - SECONDS_PER_HIGH * TICKS_PER_SECOND;

/** Packets of a pcap file: one link type for all. */
export type PcapPacket = Pick<
  EnhancedPacket,
  'bytes' | 'length' | 'originalLength' | 'start' | 'timeHigh' | 'timeLow'
>;

/**
 * Writes pcap (draft-ietf-opsawg-pcap), little-endian, with nanoseconds, into memory: append packets, and {@link take} the
 * bytes when enough are {@link pending}.
 */
export class PcapWriter {
  readonly #chunk: Chunk;

  /**
   * @param linkType of all packets (LINKTYPE_ value)
   * @param snapLength most bytes of a packet
   * @param chunkSize bytes to reserve at a time
   */
  constructor(linkType: number, snapLength: number, chunkSize: number) {
    this.#chunk = new Chunk(chunkSize);
    const { at, view } = this.#reserve(FILE_HEADER);
    view.setUint32(at, MAGIC_NANOSECONDS, true);
    view.setUint16(at + 4, VERSION_MAJOR, true);
    view.setUint16(at + 6, VERSION_MINOR, true);
    view.setUint32(at + 8, 0, true);
    view.setUint32(at + 12, 0, true);
    view.setUint32(at + 16, snapLength, true);
    view.setUint32(at + 20, linkType, true);
  }

  /** Bytes written and not yet taken. */
  get pending(): number {
    return this.#chunk.length;
  }

  /** The pending bytes, always whole packets. The caller owns them. */
  take(): Uint8Array {
    return this.#chunk.take();
  }

  /** Optional: returns the bytes of {@link take} after their last use, for reuse. */
  giveBack(taken: Uint8Array): void {
    this.#chunk.giveBack(taken);
  }

  /** Hot path. Appends a packet; its time is in ticks of 100 ns since 1970. */
  packet({ bytes, length, originalLength, start, timeHigh, timeLow }: PcapPacket): void {
    const { at, view } = this.#reserve(RECORD_HEADER + length);
    const rest = timeHigh * TICKS_PER_HIGH + timeLow;
    const seconds = timeHigh * SECONDS_PER_HIGH + Math.floor(rest / TICKS_PER_SECOND);
    view.setUint32(at, seconds, true);
    view.setUint32(at + 4, (rest % TICKS_PER_SECOND) * NANOSECONDS_PER_TICK, true);
    view.setUint32(at + 8, length, true);
    view.setUint32(at + 12, originalLength, true);
    this.#chunk.bytes.set(bytes.subarray(start, start + length), at + RECORD_HEADER);
  }

  #reserve(size: number): { readonly at: number; readonly view: DataView } {
    const chunk = this.#chunk;
    // The chunk leaves room for the frame of a block, which pcap does not have.
    chunk.reserveBlock(size);
    const at = chunk.length;
    chunk.length += size;
    return { at, view: chunk.view };
  }
}
