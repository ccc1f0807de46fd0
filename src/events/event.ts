import type { JsonValue, SchemaOrigin } from '../etw/index.js';

/** Where the layout of an event's payload came from. */
export type EventSchemaOrigin = SchemaOrigin | 'none';

/** Facts about a packet that an event states, under the keys of the packet comments. NBL and DropLocation are hexadecimal. */
export interface EventContext {
  readonly NBL?: string;
  readonly PktNumber?: number;
  readonly Compartment?: number;
  readonly SrcPortId?: number;
  readonly DstPorts?: readonly number[];
  readonly Drop?: string;
  readonly DropReason?: number;
  readonly DropLocation?: string;
}

/** One event: a record that is not a packet. Members without a value are absent. The order is that of the file. */
export interface SidecarEvent {
  /** ISO 8601, UTC, seven decimals. */
  readonly time: string;
  /** Number of the packet frame before it in the pcapng (`frame.number` in Wireshark); 0 before the first. */
  readonly afterFrame: number;
  /** `kernel` for kernel records; the event class for classic ones. */
  readonly provider?: string;
  /** Lower case, no braces; for classic and kernel records the event class. */
  readonly providerId?: string;
  readonly name?: string;
  /** Event id; for kernel records the hook id. Classic records have none. */
  readonly id?: number;
  readonly version?: number;
  /** 0 always, 1 critical, 2 error, 3 warning, 4 information, 5 verbose. */
  readonly level?: number;
  readonly opcode?: number;
  readonly task?: number;
  /** Hexadecimal, 64 bits. */
  readonly keywords?: string;
  readonly pid?: number;
  readonly tid?: number;
  readonly cpu: number;
  /** Image name of the process that had `pid` at that time. */
  readonly process?: string;
  readonly activityId?: string;
  readonly relatedActivityId?: string;
  readonly containerId?: string;
  readonly context?: EventContext;
  /** Fields by the schema's names, in its order; `{"bytes":"…"}` if there is no schema. */
  readonly data: { readonly [field: string]: JsonValue };
  /** The payload ends inside a field. */
  readonly truncated?: true;
  /** At most 8 KiB of UTF-8, then `…`. */
  readonly message?: string;
  /** Present where {@link message} is truncated: the length of the whole, in UTF-16 units. */
  readonly messageLength?: number;
  /**
   * The event's text would be too long (more than 16,384 characters and 64 for each byte of its payload): `data` has the
   * first 4 KiB of the payload as `bytes`, its `length` and its `hash`.
   */
  readonly omitted?: true;
  readonly schema: EventSchemaOrigin;
  /** A packet event that could not become a packet: why. */
  readonly damage?: string;
  /** With several traces in one file: which one, counted from 0. */
  readonly trace?: number;
}
