import type { EventRecord, RecordCopy } from '../../etl/index.js';
import { SNAP_LENGTH } from '../../host/index.js';
import type { Packet } from '../packet.js';
import { isEnd, isStart } from './ndis-keywords.js';
import type { Outcome, SourceContext } from './source.js';

/** Far more than any send offload produces: a longer run of parts is not one packet. */
const MAX_PACKET = 16 * 1024 * 1024;
/** Why the parts of a longer one stay events. */
const TOO_LARGE = 'the packet is larger than 16 MiB';
/** Limit in bytes of incomplete packets; above it the oldest is discarded. */
const MAX_OPEN_BYTES = 16 * 1024 * 1024;
const FIRST_CAPACITY = 4096;
/** Limit of incomplete packets: each allocates {@link FIRST_CAPACITY} even if its parts are empty. */
const MAX_OPEN = MAX_OPEN_BYTES / FIRST_CAPACITY;

interface Assembly {
  bytes: Uint8Array;
  /** Bytes stored: at most {@link SNAP_LENGTH}. */
  length: number;
  /** Bytes of all parts. */
  wholeLength: number;
  oversized: boolean;
  /** The records of its parts, for the case that it never becomes whole. */
  parts: RecordCopy[];
  /** Bytes of {@link parts}. */
  partBytes: number;
}

/**
 * Assembles packets from several events: PacketStart … PacketEnd, bits of the keyword. A key identifies a writer of one
 * packet at a time.
 */
export class FragmentAssembler {
  readonly #open = new Map<number, Assembly>();
  readonly #context: SourceContext;
  #openBytes = 0;
  #spare: Assembly | undefined;
  #completed: Assembly = emptyAssembly(0);

  constructor(context: SourceContext) {
    this.#context = context;
  }

  /** Bytes of the packet that {@link assemble} completed last, also those beyond the snap length. */
  get wholeLength(): number {
    return this.#completed.wholeLength;
  }

  /** Whether no packet is unfinished. */
  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /**
   * Adds the part of a packet that `packet` refers to, from `record`.
   *
   * @returns `packet`: it is complete, and `packet` refers to it until the next call, truncated to {@link SNAP_LENGTH};
   *   {@link wholeLength} is its true length. `merged`: parts are missing; `damaged`: its first part is missing, or it
   *   is too large
   */
  assemble(key: number, keywordLow: number, packet: Packet, record: EventRecord): Outcome {
    const first = isStart(keywordLow);
    const last = isEnd(keywordLow);
    if (first) {
      this.#abandon(key);
      if (last) {
        this.#completed.wholeLength = packet.length;
        return 'packet';
      }
      this.#open.set(key, this.#fresh());
    }
    const assembly = this.#open.get(key);
    if (assembly === undefined) {
      this.#context.losses.fragmentsWithoutStart++;
      return this.#context.damaged("the packet's first part is not in the trace");
    }
    if (last) this.#open.delete(key);
    if (assembly.oversized || assembly.wholeLength + packet.length > MAX_PACKET) {
      this.#giveUp(assembly);
      return this.#context.damaged(TOO_LARGE);
    }
    assembly.wholeLength += packet.length;
    const stored = Math.min(packet.length, SNAP_LENGTH - assembly.length);
    append(assembly, packet.bytes, packet.start, stored);
    this.#openBytes += stored;
    if (!last) {
      this.#keepPart(assembly, record);
      this.#makeRoom(key);
      return 'merged';
    }
    this.#openBytes -= assembly.length + assembly.partBytes;
    assembly.parts = [];
    assembly.partBytes = 0;
    if (assembly.wholeLength > SNAP_LENGTH) this.#context.losses.truncatedPackets++;
    this.#spare = this.#completed;
    this.#completed = assembly;
    packet.point(assembly.bytes, undefined, 0, assembly.length);
    return 'packet';
  }

  finish(): void {
    for (const key of [...this.#open.keys()]) this.#abandon(key);
  }

  /** Another packet came where the rest of this one was due. */
  #abandon(key: number): void {
    const assembly = this.#open.get(key);
    if (assembly === undefined) return;
    this.#open.delete(key);
    this.#openBytes -= assembly.length;
    if (!assembly.oversized) this.#context.losses.packetsWithoutEnd++;
    this.#orphanParts(assembly, "the packet's last part is not in the trace");
  }

  #keepPart(assembly: Assembly, record: EventRecord): void {
    if (!this.#context.wantsOrphans()) return;
    assembly.parts.push(record.copy());
    assembly.partBytes += record.size;
    this.#openBytes += record.size;
  }

  #orphanParts(assembly: Assembly, reason: string): void {
    this.#openBytes -= assembly.partBytes;
    const { parts } = assembly;
    assembly.parts = [];
    assembly.partBytes = 0;
    for (const part of parts) this.#context.orphaned(part, reason);
  }

  #fresh(): Assembly {
    const assembly = this.#spare ?? emptyAssembly(FIRST_CAPACITY);
    this.#spare = undefined;
    assembly.length = 0;
    assembly.wholeLength = 0;
    assembly.oversized = false;
    return assembly;
  }

  #giveUp(assembly: Assembly): void {
    if (assembly.oversized) return;
    this.#context.losses.oversizedPackets++;
    this.#openBytes -= assembly.length;
    assembly.length = 0;
    assembly.bytes = new Uint8Array(0);
    assembly.oversized = true;
    this.#orphanParts(assembly, TOO_LARGE);
  }

  #makeRoom(newest: number): void {
    for (const key of this.#open.keys()) {
      if (this.#openBytes <= MAX_OPEN_BYTES && this.#open.size <= MAX_OPEN) return;
      if (key !== newest) this.#abandon(key);
    }
  }
}

const emptyAssembly = (capacity: number): Assembly => ({
  bytes: new Uint8Array(capacity),
  length: 0,
  wholeLength: 0,
  oversized: false,
  parts: [],
  partBytes: 0,
});

function append(assembly: Assembly, bytes: Uint8Array, start: number, length: number): void {
  const needed = assembly.length + length;
  if (needed > assembly.bytes.length) {
    const grown = new Uint8Array(Math.max(needed, 2 * assembly.bytes.length, FIRST_CAPACITY));
    grown.set(assembly.bytes.subarray(0, assembly.length));
    assembly.bytes = grown;
  }
  assembly.bytes.set(bytes.subarray(start, start + length), assembly.length);
  assembly.length = needed;
}
