import type { DirectionValue } from '../packet.js';
import type { Location } from './location.js';

/**
 * One record of a packet at one location. The members are those of the packet that decoders fill, so that a packet can be
 * passed as it is; all are read during the call only.
 */
export interface Appearance {
  /** Unix time in 100 ns, upper and lower 32 bits, both unsigned. */
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly processor: number;
  /** The captured bytes are `bytes[start … start + length)`. */
  readonly bytes: Uint8Array;
  /** Over the same memory as {@link bytes}. */
  readonly view?: DataView | undefined;
  readonly start: number;
  readonly length: number;
  /** Bytes before truncation. */
  readonly originalLength: number;
  /** See {@link LinkType}. */
  readonly captureLocation: { readonly linkType: number };
  readonly direction: DirectionValue;
  /** pktmon: PktGroupId; vSwitch: the NBL pointer. */
  readonly hasNbl: boolean;
  readonly nblHigh: number;
  readonly nblLow: number;
  /** pktmon: PktNumber and AppearanceCount. */
  readonly packetNumber: number;
  readonly appearance: number;
  readonly dropped: boolean;
  readonly dropReason: number;
  readonly dropLocation: number;
}

/** How an appearance after the first was recognized; on a part: how its whole was. */
export const MATCH_KINDS = ['number', 'content', 'translated', 'split', 'joined', 'encapsulated'] as const;
export type MatchKind = (typeof MATCH_KINDS)[number];

/** The identity of one appearance. The correlator fills one object repeatedly: it is valid until the next call. */
export class Sighting {
  /** The packet, from 1 in order of first appearance. */
  packet = 0;
  /** The appearance's position in the packet's journey, from 1, in time order. */
  hop = 0;
  /** Undefined on a first appearance that is no part and no whole. */
  match: MatchKind | undefined;
  /** On the first appearance of a part that follows its whole: the whole. 0: none. */
  parent = 0;
  /** On the first appearance of a whole that follows its parts: the parts, ascending. Empty: none. */
  readonly parts: number[] = [];
  /** Another packet would have fitted as well. */
  ambiguous = false;
  /** The first drop record of this packet: here the packet was dropped; later ones report the same drop. */
  firstDrop = false;
  /** The location of the appearance. */
  location: Location | undefined;
}

/** Sums over all appearances since the beginning. */
export interface CorrelationCounts {
  readonly packets: number;
  readonly appearances: number;
  /** Appearances whose packet was one of several that fitted equally well. */
  readonly ambiguous: number;
  /** Packets that were forgotten before their time because memory was full. */
  readonly closedEarly: number;
  readonly dropRecords: number;
  /** Packets with at least one drop record. */
  readonly droppedPackets: number;
  /** Of {@link droppedPackets}, those whose first drop record has no reason: only a keyword bit marks the drop. */
  readonly inferredDrops: number;
  /** Appearances after the first, by how they were recognized. */
  readonly matches: Readonly<Record<MatchKind, number>>;
}
