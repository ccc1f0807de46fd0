import type { DropAt } from '../../samples/scenarios/faults/fault-host.js';
import { type CaptureStyle, FaultHost, inStyle } from '../../samples/scenarios/faults/fault-host.js';
import {
  HOST_INTERFACE,
  HOST_INTERFACE_6,
  type HopLocation,
  MINIPORT,
  PACER,
  TCPIP,
} from '../../samples/scenarios/pktmon-drops.js';
import { PacketType } from '../../samples/scenarios/pktmon-events.js';
import type { Scenario } from '../../samples/scenarios/truth.js';

/** Bytes before the IP header of a frame without and with an 802.1Q tag. */
const ETHERNET = 14;
const TAGGED = 18;

/** A host that sends and receives whole frames: IPv4, IPv6 and others, with and without VLAN. Frames have names. */
export class TrafficHost {
  readonly #host: FaultHost;
  #count = 0;

  constructor(style: CaptureStyle, packetSize = 1600) {
    this.#host = inStyle(style, () => new FaultHost({ components: [HOST_INTERFACE_6], packetSize }));
  }

  /** A frame that the host sends. @returns its name */
  out(ms: number, frame: Uint8Array, drop?: DropAt): string {
    const name = this.#name('out');
    const ip = ipInterfaceHop(frame, 'Out');
    const wire = drop === undefined ? wireHops(frame, 'Tx') : [];
    this.#host.at(name, { ms, processor: 2 }, [...ip, ...(drop ? dropHop(frame, 'Out', drop) : []), ...wire]);
    return name;
  }

  /** A frame that the host receives. @returns its name */
  in(ms: number, frame: Uint8Array, drop?: DropAt): string {
    const name = this.#name('in');
    const ip = drop === undefined ? ipInterfaceHop(frame, 'In') : dropHop(frame, 'In', drop);
    this.#host.at(name, { ms, processor: 3 }, [...wireHops(frame, 'Rx'), ...ip]);
    return name;
  }

  finish(): Scenario {
    return this.#host.finish('traffic');
  }

  #name(direction: string): string {
    this.#count += 1;
    return `${direction} ${this.#count}`;
  }
}

function wireHops(bytes: Uint8Array, dir: 'Tx' | 'Rx'): HopLocation[] {
  const down: HopLocation[] = [
    { component: TCPIP, edge: 1, dir, bytes },
    { component: PACER, edge: 1, dir, bytes },
    { component: PACER, edge: 2, dir, bytes },
    { component: MINIPORT, edge: 1, dir, bytes },
  ];
  return dir === 'Tx' ? down : down.reverse();
}

function ipInterfaceHop(frame: Uint8Array, dir: 'Out' | 'In'): HopLocation[] {
  const isTagged = frame[12] === 0x81 && frame[13] === 0;
  const start = isTagged ? TAGGED : ETHERNET;
  const etherType = ((frame[start - 2] ?? 0) << 8) | (frame[start - 1] ?? 0);
  if (etherType !== 0x0800 && etherType !== 0x86dd) return [];
  const component = etherType === 0x0800 ? HOST_INTERFACE : HOST_INTERFACE_6;
  return [{ component, edge: 0, dir, packetType: PacketType.ip, bytes: frame.subarray(start) }];
}

const dropHop = (frame: Uint8Array, dir: 'Out' | 'In', drop: DropAt): HopLocation[] =>
  ipInterfaceHop(frame, dir).map((hop) => ({ ...hop, drop }));
