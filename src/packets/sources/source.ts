import { type EventRecord, type LimitLog, NO_ID, type RecordCopy } from '../../etl/index.js';
import type { SchemaStore } from '../../etw/index.js';
import type { LocationRegistry, SourceName } from '../../host/index.js';
import { type Packet, UNKNOWN } from '../packet.js';
import type { VSwitchNblTracker } from './vswitch-nbl-tracker.js';

/**
 * What became of a record.
 * - `packet`: the packet is filled
 * - `merged`: its content went or will go into a packet: a fragment, 802.11 metadata, out-of-band data
 * - `event`: an event like any other
 * - `damaged`: a packet event that is not as its layout says; it goes to the events, with the reason
 */
export type Outcome = 'packet' | 'merged' | 'event' | 'damaged';

/** What could not become packets although its events were whole. */
export interface CaptureLosses {
  /** Events with a later part of a packet whose beginning is not in the trace. */
  fragmentsWithoutStart: number;
  /** Packets whose last part is not in the trace. */
  packetsWithoutEnd: number;
  /** Runs of packet parts longer than any packet: they stay events. */
  oversizedPackets: number;
  /** Packets longer than the snap length, written without the bytes beyond it. */
  truncatedPackets: number;
  /** 802.11 metadata that no packet followed. */
  metadataWithoutPacket: number;
}

/** What the decoders of a trace share. */
export interface SourceContext {
  readonly registry: LocationRegistry;
  /** Truncates names, and counts those. */
  readonly limits: LimitLog;
  readonly losses: CaptureLosses;
  readonly nblTracker: VSwitchNblTracker;
  /** The trace's own schemas and the built-in ones. */
  readonly schemas: SchemaStore;
  /** Counts a packet record that no link type describes, by the source's name for its type. It stays an event. */
  unwritable(type: string): void;
  /** Notes why the record at hand is not a packet. */
  damaged(reason: string): 'damaged';
  /** Whether somebody takes {@link orphaned} records: then what is `merged` must be kept until its packet is whole. */
  wantsOrphans(): boolean;
  /** A record that was `merged` into a packet which never became whole: it is an event after all. */
  orphaned(copy: RecordCopy, reason: string): void;
}

export interface PacketDecoder {
  /**
   * Called for the source's own events, in time order. On `packet`, `packet` is valid until the next call.
   *
   * @param id the record's event id, read once for all
   */
  decode(record: EventRecord, id: number, packet: Packet): Outcome;
  /**
   * Whether the record is a whole packet at a place that {@link decode} has given before; told from a few fields, for the
   * survey, which learns nothing more from such a record. False where that is not certain.
   */
  repeats?(record: EventRecord, id: number): boolean;
  /** The trace is at its end: counts what is still waiting for its rest. */
  finish?(): void;
}

/** One row of the table of packet sources. */
export interface PacketSource {
  readonly name: SourceName;
  /** Lower case, no braces. */
  readonly providerId: string;
  readonly eventIds: readonly number[];
  createDecoder(context: SourceContext): PacketDecoder;
}

/** Hot path. Forgets the last packet and takes from the record's header what every source takes. */
export function beginPacket(record: EventRecord, packet: Packet): void {
  packet.reset();
  record.unixTicks(packet);
  const { processId, threadId } = record;
  packet.processId = processId === NO_ID ? UNKNOWN : processId;
  packet.threadId = threadId === NO_ID ? UNKNOWN : threadId;
  packet.processor = record.processor;
}
