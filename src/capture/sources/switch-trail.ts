import type { EventRecord } from '../../etl/index.js';
import type { Packet } from '../packet.js';
import { RegionCache } from './region-cache.js';
import type { Outcome, PacketDecoder, PacketSource, SourceContext } from './source.js';
import { decodeUtf16 } from './text.js';

/** Events of Microsoft-Windows-Hyper-V-VmSwitch that name what 1003 gives as GUIDs. */
const EventId = {
  /** VM_NBL_RECEIVE: the switch got an NBL from a NIC. */
  receive: 56,
  /** VM_NBL_ROUTE: it chose a destination. */
  route: 57,
  /** VM_NBL_DELIVER: it handed the NBL to a NIC. */
  deliver: 58,
  /** VM_PORT_CREATED. */
  portCreated: 67,
  /** Names a NIC's port. */
  nicConnected: 232,
  /** The layouts of 56, 58 and 57 again; their names are not public. */
  receiveAgain: 240,
  deliverAgain: 241,
  routeAgain: 242,
} as const;

/** Counted strings before BufferAddress: each a u32 count of UTF-16 units and the units, no NUL. */
const NIC_SWITCH = ['nic', 'nicFriendly', 'switch', 'switchFriendly'] as const;
const LAYOUTS: ReadonlyMap<number, readonly string[]> = new Map<number, readonly string[]>([
  [EventId.receive, NIC_SWITCH],
  [EventId.receiveAgain, NIC_SWITCH],
  [EventId.deliver, NIC_SWITCH],
  [EventId.deliverAgain, NIC_SWITCH],
  [EventId.route, ['nic', 'nicFriendly', 'destination', 'destinationFriendly', 'switch', 'switchFriendly']],
  [
    EventId.routeAgain,
    ['nic', 'nicFriendly', 'destination', 'destinationFriendly', 'switch', 'switchFriendly'],
  ],
  [EventId.portCreated, ['port', 'portFriendly', 'switch', 'switchFriendly']],
  [EventId.nicConnected, ['nic', 'nicFriendly', 'port', 'portFriendly', 'switch', 'switchFriendly']],
]);

/** What the trace calls the parts of its virtual switches. */
export interface SwitchNames {
  /** Name that people gave a NIC and the switch it is on, by the NIC's name in event 1003. */
  nic(nicName: string): { readonly friendlyName: string; readonly switchName: string } | undefined;
  portFriendlyName(portName: string): string | undefined;
  switchFriendlyName(switchName: string): string | undefined;
}

/** Where an NBL was last seen on one processor. */
interface TrailPoint {
  nblHigh: number;
  nblLow: number;
  /** The NIC it came from, in lower case. */
  nicKey: string;
  /** A packet took this NBL, or the switch delivered it. */
  used: boolean;
  /** Another NBL was seen right before and its packet was not: which packet is whose cannot be told. */
  ambiguous: boolean;
}

/**
 * What the vSwitch's own events tell about the packets of event 1003, which carries no NBL: the order in traces is 56,
 * 1003 (ingress), 57, 1003 (egress), 58 on one processor. So the NBL of a 1003 is inferred: it is that of the last 56 or
 * 57 on the same processor, if the NIC is the same and no other NBL came between.
 */
export class SwitchTrail implements SwitchNames {
  readonly #points = new Map<number, TrailPoint>();
  readonly #nics = new Map<string, { friendlyName: string; switchName: string }>();
  readonly #ports = new Map<string, string>();
  readonly #switches = new Map<string, string>();

  nic(nicName: string): { readonly friendlyName: string; readonly switchName: string } | undefined {
    return this.#nics.get(nameKey(nicName));
  }

  portFriendlyName(portName: string): string | undefined {
    return this.#ports.get(nameKey(portName));
  }

  switchFriendlyName(switchName: string): string | undefined {
    return this.#switches.get(nameKey(switchName));
  }

  /** Hot path. Gives a packet its NBL where one can be told. */
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
  seen(processor: number, nicKey: string, nblHigh: number, nblLow: number): void {
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

  /** An NBL left the switch: what follows belongs to another. */
  delivered(processor: number): void {
    this.#points.delete(processor);
  }

  /** Learns names; empty ones and a friendly name that only repeats the name are not kept. */
  learn(fields: ReadonlyMap<string, string>): void {
    const switchName = fields.get('switch') ?? '';
    keep(this.#switches, switchName, fields.get('switchFriendly'));
    keep(this.#ports, fields.get('port') ?? '', fields.get('portFriendly'));
    for (const role of ['nic', 'destination']) {
      const name = fields.get(role) ?? '';
      const friendlyName = fields.get(`${role}Friendly`) ?? '';
      if (name !== '' && friendlyName !== '') this.#nics.set(nameKey(name), { friendlyName, switchName });
    }
  }
}

/** Names are GUIDs, which providers may write in either case. */
export const nameKey = (name: string): string => name.toLowerCase();

function keep(names: Map<string, string>, name: string, friendlyName: string | undefined): void {
  if (name !== '' && friendlyName !== undefined && friendlyName !== '')
    names.set(nameKey(name), friendlyName);
}

/** Microsoft-Windows-Hyper-V-VmSwitch: no packets, but their NBLs and names. Its events stay events. */
export const switchTrailSource: PacketSource = {
  name: 'vswitch',
  providerId: '67dc0d66-3695-47c0-9642-33f76f7bd7ad',
  eventIds: [...LAYOUTS.keys()],
  createDecoder: (context) => new SwitchTrailDecoder(context),
};

class SwitchTrailDecoder implements PacketDecoder {
  readonly #trail: SwitchTrail;
  /** The NIC's name key, by the bytes of the event's strings. */
  readonly #known = new RegionCache<string>();

  constructor(context: SourceContext) {
    this.#trail = context.trail;
  }

  decode(record: EventRecord): Outcome {
    const { id, view, payloadOffset, payloadLength, processor } = record;
    const nicKey = this.#known.find(id, view, payloadOffset, payloadLength) ?? this.#learn(record);
    if (nicKey === undefined) return 'event';
    if (id === EventId.deliver || id === EventId.deliverAgain) {
      this.#trail.delivered(processor);
      return 'event';
    }
    if (id === EventId.portCreated || id === EventId.nicConnected) return 'event';
    // BufferAddress, absent before Windows Server 2016; 8 bytes, or a pointer's.
    const at = payloadOffset + this.#known.foundLength;
    const rest = payloadLength - this.#known.foundLength;
    if (rest >= 8)
      this.#trail.seen(processor, nicKey, view.getUint32(at + 4, true), view.getUint32(at, true));
    else if (rest >= 4) this.#trail.seen(processor, nicKey, 0, view.getUint32(at, true));
    return 'event';
  }

  /** Reads strings that were not seen before; undefined where they do not fit the event. */
  #learn(record: EventRecord): string | undefined {
    const { id, bytes, view, payloadOffset, payloadLength } = record;
    const end = payloadOffset + payloadLength;
    const fields = new Map<string, string>();
    let at = payloadOffset;
    for (const name of LAYOUTS.get(id) ?? []) {
      if (at + 4 > end) return undefined;
      const size = 2 * view.getUint32(at, true);
      at += 4;
      if (size > end - at) return undefined;
      fields.set(name, decodeUtf16(bytes, at, size));
      at += size;
    }
    this.#trail.learn(fields);
    const nicKey = nameKey(fields.get('nic') ?? '');
    this.#known.add(id, bytes, payloadOffset, at - payloadOffset, nicKey);
    this.#known.foundLength = at - payloadOffset;
    return nicKey;
  }
}
