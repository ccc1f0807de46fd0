import type { EventRecord } from '../../etl/index.js';
import { nameKey } from '../../host/index.js';
import type { Packet } from '../packet.js';
import { RegionCache } from './region-cache.js';
import type { Outcome, PacketDecoder, PacketSource, SourceContext } from './source.js';
import { decodeUtf16 } from './text.js';

/** Fields of an event of Microsoft-Windows-Hyper-V-VmSwitch about an NBL, and its strings before BufferAddress. */
interface NblEvent {
  readonly step: 'enters' | 'leaves';
  /** Name and friendly name of one or two NICs, the first the source, and of the switch. */
  readonly strings: number;
}

const NIC_AND_SWITCH = 4;
const TWO_NICS_AND_SWITCH = 6;

/**
 * 56 VM_NBL_RECEIVE (from a NIC), 57 VM_NBL_ROUTE (got a destination), 58 VM_NBL_DELIVER (to a NIC); 240 to 242 have the
 * same layouts as 56, 58 and 57, their names are not public.
 */
const EVENTS: ReadonlyMap<number, NblEvent> = new Map<number, NblEvent>([
  [56, { step: 'enters', strings: NIC_AND_SWITCH }],
  [57, { step: 'enters', strings: TWO_NICS_AND_SWITCH }],
  [58, { step: 'leaves', strings: NIC_AND_SWITCH }],
  [240, { step: 'enters', strings: NIC_AND_SWITCH }],
  [241, { step: 'leaves', strings: NIC_AND_SWITCH }],
  [242, { step: 'enters', strings: TWO_NICS_AND_SWITCH }],
]);

/** The last event of an NBL on one processor. */
interface NblPoint {
  nblHigh: number;
  nblLow: number;
  /** The NIC it came from, see nameKey. */
  nicKey: string;
  /** A packet took this NBL. */
  used: boolean;
  /** Another NBL had an event immediately before, without a packet: the packet's NBL cannot be decided. */
  ambiguous: boolean;
}

/**
 * Infers the NBL of the packets of event 1003, which does not contain it, from the vSwitch's own events: in traces the
 * order is 56, 1003 (ingress), 57, 1003 (egress), 58 on one processor. The NBL of a 1003 is that of the last 56 or 57
 * on the same processor, if the NIC is the same and no other NBL came between.
 */
export class VSwitchNblTracker {
  readonly #points = new Map<number, NblPoint>();

  /** Hot path. Sets a packet's NBL if it can be inferred. */
  applyNbl(packet: Packet, nicKey: string): void {
    const point = this.#points.get(packet.processor);
    if (point === undefined || point.nicKey !== nicKey) return;
    point.used = true;
    if (point.ambiguous) return;
    packet.hasNbl = true;
    packet.nblHigh = point.nblHigh;
    packet.nblLow = point.nblLow;
  }

  /** Hot path: an NBL came from a NIC or got a destination. */
  enters(processor: number, nicKey: string, nblHigh: number, nblLow: number): void {
    const point = this.#points.get(processor);
    if (point === undefined) {
      this.#points.set(processor, { nblHigh, nblLow, nicKey, used: false, ambiguous: false });
      return;
    }
    const isSameNbl = point.nblHigh === nblHigh && point.nblLow === nblLow;
    point.ambiguous = !isSameNbl && !point.used;
    point.used = false;
    point.nblHigh = nblHigh;
    point.nblLow = nblLow;
    point.nicKey = nicKey;
  }

  /** An NBL left the switch: later packets belong to another. */
  leaves(processor: number): void {
    this.#points.delete(processor);
  }
}

/** Microsoft-Windows-Hyper-V-VmSwitch: no packets, but the NBLs of 1003's. Its events stay events. */
export const vswitchNblSource: PacketSource = {
  name: 'vswitch',
  providerId: '67dc0d66-3695-47c0-9642-33f76f7bd7ad',
  eventIds: [...EVENTS.keys()],
  createDecoder: (context) => new VSwitchNblTrackerDecoder(context),
};

class VSwitchNblTrackerDecoder implements PacketDecoder {
  readonly #nblTracker: VSwitchNblTracker;
  /** The first NIC's name key, by the bytes of the event's strings. */
  readonly #nicKeys = new RegionCache<string>();

  constructor(context: SourceContext) {
    this.#nblTracker = context.nblTracker;
  }

  /** Hot path: known names are compared, not decoded. */
  decode(record: EventRecord, id: number): Outcome {
    const { view, payloadOffset, payloadLength, processor } = record;
    const event = EVENTS.get(id);
    if (event === undefined) return 'event';
    if (event.step === 'leaves') {
      this.#nblTracker.leaves(processor);
      return 'event';
    }
    const nicKey =
      this.#nicKeys.find(id, view, payloadOffset, payloadLength) ?? this.#readNames(record, event.strings);
    if (nicKey === undefined) return 'event';
    // BufferAddress, absent in the first builds: 8 bytes, or a pointer's.
    const at = payloadOffset + this.#nicKeys.foundLength;
    const rest = payloadLength - this.#nicKeys.foundLength;
    if (rest >= 8)
      this.#nblTracker.enters(processor, nicKey, view.getUint32(at + 4, true), view.getUint32(at, true));
    else if (rest >= 4) this.#nblTracker.enters(processor, nicKey, 0, view.getUint32(at, true));
    return 'event';
  }

  /**
   * Reads strings that are not known yet: each a u32 count of UTF-16 units and the units, no NUL.
   *
   * @returns undefined if they do not fit the event
   */
  #readNames(record: EventRecord, strings: number): string | undefined {
    const { id, bytes, view, payloadOffset, payloadLength } = record;
    const end = payloadOffset + payloadLength;
    let nicKey = '';
    let at = payloadOffset;
    for (let i = 0; i < strings; i++) {
      if (at + 4 > end) return undefined;
      const size = 2 * view.getUint32(at, true);
      at += 4;
      if (size > end - at) return undefined;
      if (i === 0) nicKey = nameKey(decodeUtf16(bytes, at, size));
      at += size;
    }
    this.#nicKeys.add(id, bytes, payloadOffset, at - payloadOffset, nicKey);
    this.#nicKeys.foundLength = at - payloadOffset;
    return nicKey;
  }
}
