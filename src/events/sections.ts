/** The sections of the sidecar that stand before the events. Members that nothing told are absent. */

/** Where a trace comes from and how far it can be trusted. */
export interface SidecarTrace {
  readonly input: string;
  readonly bytes: number;
  readonly host?: string;
  readonly os?: string;
  readonly build: number;
  /** ISO 8601, UTC. */
  readonly start: string;
  readonly end?: string;
  readonly closed: boolean;
  readonly clock: string;
  readonly processors: number;
  readonly pointerSize: number;
  readonly logger?: string;
  readonly filters: readonly { readonly id: number; readonly name: string; readonly text: string }[];
  readonly lost: { readonly events: number; readonly buffers: number };
  readonly damage: { readonly places: number; readonly bytes: number };
}

/** One interface of the pcapng. */
export interface SidecarInterface {
  /** Interface number in the pcapng. */
  readonly id: number;
  readonly name: string;
  readonly description?: string;
  /** The packet source: ndis, vswitch, pktmon, ras, wfp. */
  readonly source: string;
  readonly linkType: string;
  readonly mac?: string;
  readonly addresses?: readonly string[];
  readonly ifIndex?: number;
  readonly componentId?: number;
  readonly portId?: number;
  readonly vlan?: number;
  readonly vsid?: number;
  readonly vSwitch?: string;
  readonly compartment?: number;
  /** The computer's name, or the number of the host; present if traces are merged. */
  readonly host?: string;
  /** The inputs whose packets were seen there; present if traces are merged. */
  readonly traces?: readonly string[];
}

/** Packets and bytes in two directions; 64-bit numbers are decimal text. */
export interface SidecarCounters {
  readonly inTag: string;
  readonly packetsIn: string;
  readonly bytesIn: string;
  readonly outTag: string;
  readonly packetsOut: string;
  readonly bytesOut: string;
}

/** A driver or layer that pktmon watched. */
export interface SidecarComponent {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly present: boolean;
  readonly properties: readonly { readonly name: string; readonly value: number | string }[];
  readonly edges: readonly {
    readonly id: number;
    readonly name: string;
    readonly counters: SidecarCounters;
  }[];
  readonly drops?: SidecarCounters;
}

/** A network compartment. */
export interface SidecarCompartment {
  readonly id: number;
  readonly guid?: string;
  readonly name?: string;
  readonly interfaces: readonly string[];
  readonly ifIndexes: readonly number[];
  readonly addresses: readonly string[];
}

/** A provider of the trace. */
export interface SidecarProvider {
  /** GUID, lower case, or `kernel`. */
  readonly id: string;
  readonly name?: string;
  /** Records of it in the trace. */
  readonly events: number;
}
