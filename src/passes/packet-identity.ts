import type { CaptureLocation, HostModel } from '../host/index.js';
import {
  type CorrelationCounts,
  type HostFacts,
  type HostTopology,
  type Location,
  LocationTable,
  type Packet,
  PacketCorrelator,
  type Sighting,
  UNKNOWN,
} from '../packets/index.js';
import type { HostGroup, TraceSession } from './trace-session.js';

/** Descriptions of adapters that Windows itself creates: virtual ones of a switch, and teams above other adapters. */
const VIRTUAL_ADAPTER = 'Hyper-V Virtual Ethernet Adapter';
const TEAM_ADAPTER = 'Microsoft Network Adapter Multiplexor Driver';

/** Identifies the packets of traces: which appearances are one packet. Packets of different hosts never are. */
export class PacketIdentity {
  readonly #locations = new LocationTable();
  readonly #correlator = new PacketCorrelator();
  readonly #hosts = new Map<HostGroup, number>();
  /** That of the last packet, and its host. */
  #lastSession: TraceSession | undefined;
  #lastHost = 0;
  /** Location of the last packet. */
  location: Location | undefined;

  /** @param sessions whose surveys are done */
  constructor(sessions: readonly TraceSession[]) {
    for (const { group, host } of sessions) {
      if (this.#hosts.has(group)) continue;
      const number = this.#hosts.size;
      this.#locations.addHost(number, topologyOf(host));
      this.#hosts.set(group, number);
    }
    for (const [group, number] of this.#hosts) {
      const ofHost = sessions.filter((session) => session.group === group);
      this.#correlator.addHost(number, group.nat, this.#factsOf(ofHost));
    }
  }

  #factsOf(sessions: readonly TraceSession[]): HostFacts {
    const adapters = new Set<number>();
    let isSwitched = false;
    let mayRebuild = false;
    for (const session of sessions) {
      for (const captureLocation of session.allCaptureLocations) {
        const { adapter, isVirtual, role } = this.locationOf(captureLocation, session);
        adapters.add(adapter);
        isSwitched ||= isVirtual || role === 'switch';
        mayRebuild ||= role === 'ip' || role === 'transport';
      }
    }
    return { isOneAdapter: !isSwitched && adapters.size === 1 && !adapters.has(UNKNOWN), mayRebuild };
  }

  /**
   * Hot path. Must be called for each packet in time order, before packets are selected.
   *
   * @returns valid until the next call
   */
  see(packet: Packet, session: TraceSession): Sighting {
    const location = this.#locations.locate(packet, this.#hostOf(session));
    if (location !== this.location) this.location = location;
    return this.#correlator.see(packet, location);
  }

  /** The correlator's location; for a component that of its edge 1. */
  locationOf(captureLocation: CaptureLocation, session: TraceSession): Location {
    return this.#locations.locate({ captureLocation, edgeId: 1, destinations: [] }, this.#hostOf(session));
  }

  #hostOf(session: TraceSession): number {
    if (session !== this.#lastSession) {
      this.#lastSession = session;
      this.#lastHost = this.#hosts.get(session.group) ?? 0;
    }
    return this.#lastHost;
  }

  get counts(): CorrelationCounts {
    return this.#correlator.counts;
  }
}

/** The order of locations in the host, as far as the trace describes it. */
function topologyOf({ components, interfaces }: HostModel): HostTopology {
  const facts = [...interfaces].map(
    ([ifIndex, { description, mac }]) =>
      [
        ifIndex,
        {
          ...(mac && { mac }),
          isVirtual: description.startsWith(VIRTUAL_ADAPTER),
          isUpper: description.startsWith(TEAM_ADAPTER),
        },
      ] as const,
  );
  return { components, interfaces: new Map(facts) };
}
