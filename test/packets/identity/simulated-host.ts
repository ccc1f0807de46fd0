import type { Appearance } from '../../../src/packets/identity/appearance.js';
import type { LocatedPacket } from '../../../src/packets/identity/location.js';
import {
  type HostTopology,
  LocationTable,
  type NatSessions,
  PacketCorrelator,
} from '../../../src/packets/index.js';

/** Directions as epb_flags has them. */
export const Dir = { none: 0, up: 1, down: 2 } as const;
export type DirOf = (typeof Dir)[keyof typeof Dir];
export const Link = { ethernet: 1, raw: 101, wifi: 105 } as const;

/** Component types of pktmon's event 20. */
const Type = { miniport: 2, filter: 3, protocol: 4, vmNic: 5, vmsMiniport: 6, ip: 11 } as const;

/** Interface indexes. */
const ETHERNET = 20;
const SECOND = 30;
const VIRTUAL = 40;

const component = (type: number, more: object = {}) => ({ type, ...more });

/**
 * A host with two Ethernet adapters (each: miniport, two filters, TCPIP, IP interface) and a virtual switch (three
 * container ports and the host's own adapter), as pktmon would describe it.
 */
export const TOPOLOGY: HostTopology = {
  components: new Map([
    [1, component(Type.miniport, { ifIndex: ETHERNET, mac: Uint8Array.of(2, 0, 0, 0, 0, 1) })],
    [2, component(Type.filter, { ifIndex: 21, miniportIfIndex: ETHERNET })],
    [3, component(Type.filter, { ifIndex: 22, miniportIfIndex: ETHERNET, lowerIfIndex: 21 })],
    [4, component(Type.protocol, { miniportIfIndex: ETHERNET })],
    [5, component(Type.ip, { ipIfIndex: ETHERNET })],
    [11, component(Type.miniport, { ifIndex: SECOND, mac: Uint8Array.of(2, 0, 0, 0, 0, 2) })],
    [12, component(Type.filter, { ifIndex: 31, miniportIfIndex: SECOND })],
    [14, component(Type.protocol, { miniportIfIndex: SECOND })],
    [15, component(Type.ip, { ipIfIndex: SECOND })],
    [20, component(Type.vmsMiniport, { ifIndex: VIRTUAL })],
    [21, component(Type.vmNic)],
    [22, component(Type.vmNic)],
    [23, component(Type.vmNic)],
    [24, component(Type.vmNic)],
    [25, component(Type.protocol, { miniportIfIndex: VIRTUAL })],
    [26, component(Type.ip, { ipIfIndex: VIRTUAL })],
  ]),
  interfaces: new Map(),
};

/** A location of a packet. */
export interface Step {
  readonly component: number;
  readonly edge?: number;
  readonly dir: DirOf;
  readonly bytes: Uint8Array;
  readonly link?: number;
  readonly drop?: { readonly reason: number; readonly location: number };
  /** Microseconds since the step before; default by the journey. */
  readonly after?: number;
  /** Where the packet changes its processor. */
  readonly processor?: number;
}

/** One appearance as it was made: `packet` names the packet that it is of. */
export type Made = Appearance & LocatedPacket & { readonly packet: string };

type PktmonCaptureLocation = Made['captureLocation'];

const PKTMON_LOCATIONS = new Map<string, PktmonCaptureLocation>();

/** A place is the same object each time, as decoders give it. */
function captureLocationOf(componentId: number, linkType: number): PktmonCaptureLocation {
  const key = `${componentId}:${linkType}`;
  const captureLocation = PKTMON_LOCATIONS.get(key) ?? { source: 'pktmon', linkType, componentId };
  PKTMON_LOCATIONS.set(key, captureLocation);
  return captureLocation;
}

/** Records what a capture session would. Times are microseconds. */
export class Capture {
  readonly #made: { readonly at: number; readonly order: number; readonly made: Made }[] = [];
  readonly #counters = new Map<number, number>();

  /** @param skews microseconds that the clocks of processors are ahead */
  constructor(readonly skews: readonly number[] = []) {}

  record(packet: string, at: number, processor: number, step: Step): void {
    const { bytes, component: id, dir, drop, edge = 1, link = Link.ethernet } = step;
    const ticks = Math.round((at + (this.skews[processor] ?? 0)) * 10) + 1_000_000;
    const count = (this.#counters.get(processor) ?? 0) + 1;
    this.#counters.set(processor, count);
    this.#made.push({
      at: ticks,
      order: this.#made.length,
      made: {
        packet,
        timeHigh: 0x1da_0000,
        timeLow: ticks,
        processor,
        captureLocation: captureLocationOf(id, link),
        edgeId: edge,
        destinations: [],
        bytes,
        start: 0,
        length: bytes.length,
        originalLength: bytes.length,
        direction: dir,
        hasNbl: true,
        nblHigh: processor << 16,
        nblLow: count,
        packetNumber: 1,
        appearance: 0,
        dropped: drop !== undefined,
        dropReason: drop?.reason ?? -1,
        dropLocation: drop?.location ?? -1,
      },
    });
  }

  /**
   * One packet from step to step.
   *
   * @param gap microseconds between two steps
   * @returns the time of its last appearance
   */
  journey(packet: string, at: number, processor: number, steps: readonly Step[], gap: () => number): number {
    let time = at;
    let cpu = processor;
    steps.forEach((step, index) => {
      if (index > 0) time += step.after ?? gap();
      cpu = step.processor ?? cpu;
      this.record(packet, time, cpu, step);
    });
    return time;
  }

  /** NBLs of one list, logged location by location. */
  list(
    packets: readonly { readonly packet: string; readonly steps: readonly Step[] }[],
    at: number,
    processor: number,
    gap: () => number,
  ): number {
    let time = at;
    const most = Math.max(...packets.map(({ steps }) => steps.length));
    for (let n = 0; n < most; n++) {
      for (const { packet, steps } of packets) {
        const step = steps[n];
        if (step === undefined) continue;
        this.record(packet, time, processor, step);
        time += 0.3;
      }
      time += gap();
    }
    return time;
  }

  /** In order of time, as a trace gives them. */
  get appearances(): readonly Made[] {
    return [...this.#made].sort((a, b) => a.at - b.at || a.order - b.order).map(({ made }) => made);
  }
}

/** Results of a correlation. */
export interface Score {
  readonly packets: number;
  /** Packets that have exactly their appearances. */
  readonly exact: number;
  /** Groups with appearances of several packets. */
  readonly mixed: number;
  readonly groups: number;
  readonly counts: PacketCorrelator['counts'];
  /** By appearance. */
  readonly numbers: readonly number[];
  readonly sightings: readonly {
    readonly match: string | undefined;
    readonly parent: number;
    readonly parts: readonly number[];
  }[];
}

/** @param translations from events of WinNat */
export function correlateMade(
  made: readonly Made[],
  topology: HostTopology = TOPOLOGY,
  translations?: NatSessions,
): Score {
  const locations = new LocationTable();
  locations.addHost(0, topology);
  const correlator = new PacketCorrelator();
  correlator.addHost(0, translations);
  const numbers: number[] = [];
  const sightings: Score['sightings'][number][] = [];
  const truth = new Map<string, number[]>();
  const found = new Map<number, number[]>();
  made.forEach((appearance, at) => {
    const { match, packet, parent, parts } = correlator.see(appearance, locations.locate(appearance, 0));
    numbers.push(packet);
    sightings.push({ match, parent, parts: [...parts] });
    push(truth, appearance.packet, at);
    push(found, packet, at);
  });
  const wanted = new Set([...truth.values()].map((group) => group.join()));
  const groups = [...found.values()];
  return {
    packets: truth.size,
    exact: groups.filter((group) => wanted.has(group.join())).length,
    mixed: groups.filter((group) => new Set(group.map((at) => made[at]?.packet)).size > 1).length,
    groups: groups.length,
    counts: correlator.counts,
    numbers,
    sightings,
  };
}

function push<K>(map: Map<K, number[]>, key: K, value: number): void {
  const values = map.get(key) ?? [];
  values.push(value);
  map.set(key, values);
}

/** Steps up through the first adapter to TCPIP. */
export const upThrough = (bytes: Uint8Array, adapter: 1 | 2 = 1): Step[] =>
  adapter === 1
    ? [
        { component: 1, dir: Dir.up, bytes },
        { component: 2, edge: 2, dir: Dir.up, bytes },
        { component: 2, edge: 1, dir: Dir.up, bytes },
        { component: 3, edge: 2, dir: Dir.up, bytes },
        { component: 3, edge: 1, dir: Dir.up, bytes },
        { component: 4, dir: Dir.up, bytes },
      ]
    : [
        { component: 11, dir: Dir.up, bytes },
        { component: 12, edge: 2, dir: Dir.up, bytes },
        { component: 12, edge: 1, dir: Dir.up, bytes },
        { component: 14, dir: Dir.up, bytes },
      ];

/** Steps from TCPIP down to the wire. */
export const downThrough = (bytes: Uint8Array, adapter: 1 | 2 = 1): Step[] =>
  upThrough(bytes, adapter)
    .reverse()
    .map((step) => ({ ...step, dir: Dir.down }));
