/** LINKTYPE_ETHERNET, LINKTYPE_RAW, LINKTYPE_IEEE802_11 (tcpdump.org). */
export type TruthLinkType = 1 | 101 | 105;
export type TruthDirection = 'inbound' | 'outbound' | 'unknown';

/** The location of a packet, as far as its event has it. */
export interface TruthCaptureLocation {
  readonly source: 'ndis' | 'vswitch' | 'pktmon' | 'ras' | 'wfp';
  readonly miniportIfIndex?: number;
  readonly lowerIfIndex?: number;
  readonly portId?: number;
  readonly portName?: string;
  readonly nicName?: string;
  readonly nicType?: string;
  readonly vlanId?: number;
  readonly vsid?: number;
  readonly componentId?: number;
  readonly edgeId?: number;
  readonly filterId?: number;
}

/** One packet that a conversion must write. */
export interface TruthPacket {
  /** Unix time in 100 ns, by the trace's clock. For a packet in fragments: of its last one. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  readonly direction: TruthDirection;
  readonly linkType: TruthLinkType;
  readonly processor: number;
  readonly pid: number;
  readonly tid: number;
  readonly captureLocation: TruthCaptureLocation;
  /** Values by comment key, before quoting. */
  readonly comment: Readonly<Record<string, string>>;
  /** Name of the packet in {@link Truth.paths}, if the generator has one. */
  readonly packet?: string;
  /** True if the packet was dropped at this location. */
  readonly dropped?: boolean;
  /** Times of all fragments, if there is more than one. */
  readonly fragmentTimes?: readonly bigint[];
}

/** A network interface of the host, as the trace's own table has it. */
export interface TruthInterface {
  readonly index: number;
  readonly alias: string;
  readonly description: string;
  readonly mac: string;
  /** Bits a second; 0 if down. */
  readonly speed: bigint;
}

/** The hop locations of one packet, in order: a component and edge, or a vSwitch port and direction. */
export type TruthPath = readonly string[];

export interface Truth {
  /** In output order: by time, ties in the order of writing. */
  readonly packets: readonly TruthPacket[];
  /**
   * Records by kind: `provider/id` for events, `class:opcode` for classic ones, `hook 0x….` for kernel ones. The
   * container's own records (trace header, rundown complete) do not count.
   */
  readonly events: Readonly<Record<string, number>>;
  readonly interfaces: readonly TruthInterface[];
  /** By name of the packet, or for pktmon by `PktGroupId/PktNumber` (hexadecimal/decimal). */
  readonly paths: Readonly<Record<string, TruthPath>>;
  /** Names of segments and of the large packets that they were split from or joined to. */
  readonly wholes: Readonly<Record<string, string>>;
}

/** A trace and everything that is to be found in it. */
export interface Scenario {
  readonly name: string;
  readonly plain: Uint8Array;
  readonly compressed: Uint8Array;
  readonly truth: Truth;
}
