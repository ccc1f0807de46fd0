import { type EventRecord, type LimitLog, NO_ID, type RecordCopy } from '../../etl/index.js';
import type { SchemaStore } from '../../etw/index.js';
import type { LocationRegistry, SourceName } from '../../host/index.js';
import { type Packet, UNKNOWN } from '../packet.js';
import type { VSwitchNblTracker } from './vswitch-nbl-tracker.js';

/**
 * The outcome of decoding a record.
 *
 * - `packet`: the packet is filled
 * - `merged`: its content is part of a packet: a fragment, 802.11 metadata, out-of-band data
 * - `event`: an event like any other
 * - `damaged`: a packet event that contradicts its layout; it becomes an event, with the reason
 */
export type Outcome = 'packet' | 'merged' | 'event' | 'damaged';

/** Packets that were lost although their events were not damaged. */
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

/** Shared by the decoders of a trace. */
export interface SourceContext {
  readonly registry: LocationRegistry;
  /** Truncates and counts long names. */
  readonly limits: LimitLog;
  readonly losses: CaptureLosses;
  readonly nblTracker: VSwitchNblTracker;
  /** The trace's own schemas and the built-in ones. */
  readonly schemas: SchemaStore;
  /** Counts a packet record that no link type describes, by the source's name for its type. It stays an event. */
  unwritable(type: string): void;
  /** Notes why the current record is not a packet. */
  damaged(reason: string): 'damaged';
  /** Whether {@link orphaned} records are wanted: then `merged` records are kept until their packet is complete. */
  wantsOrphans(): boolean;
  /** A record that was `merged` into a packet which never became whole: it is an event after all. */
  orphaned(copy: RecordCopy, reason: string): void;
}

export interface PacketDecoder {
  /**
   * Called for the source's own events, in time order. After `packet`, `packet` is valid until the next call.
   *
   * @param id the record's event id
   */
  decode(record: EventRecord, id: number, packet: Packet): Outcome;
  /**
   * Whether the record is a whole packet at a location that {@link decode} has returned before; decided from a few
   * fields, for the survey, which needs nothing else of it. False if that is not certain.
   */
  repeats?(record: EventRecord, id: number): boolean;
  /** Called at the end of the trace: counts incomplete packets. */
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

/** Hot path. Resets the packet and sets the members that all sources have in the record's header. */
export function beginPacket(record: EventRecord, packet: Packet): void {
  packet.reset();
  record.unixTicks(packet);
  const { processId, threadId } = record;
  packet.processId = processId === NO_ID ? UNKNOWN : processId;
  packet.threadId = threadId === NO_ID ? UNKNOWN : threadId;
  packet.processor = record.processor;
}
