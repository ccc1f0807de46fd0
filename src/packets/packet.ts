import type { UnixTicks } from '../etl/index.js';
import type { CaptureLocation, FlowOwner } from '../host/index.js';
import type { Sighting } from './identity/appearance.js';

/** Value of packet fields that the source does not have. */
export const UNKNOWN = -1;

/** Direction, as in epb_flags (pcapng, Enhanced Packet Block flags word, bits 0-1). */
export const Direction = { unknown: 0, inbound: 1, outbound: 2 } as const;
export type DirectionValue = (typeof Direction)[keyof typeof Direction];

/** One destination of a packet that left the vSwitch. */
export interface Destination {
  readonly portId: number;
  readonly portName: string;
  readonly nicName: string;
  readonly nicType: string;
}

/** The driver's metadata of an 802.11 frame (event 1002, DOT11_EXTSTA_RECV_CONTEXT in windot11.h). */
export interface WifiMetadata {
  readonly receiveFlags: number;
  /** uPhyId: position in the adapter's table of PHY types, which traces do not contain. */
  readonly phyId: number;
  /** Centre frequency, MHz. */
  readonly centerChannel: number;
  /** MPDU fragments from which the frame was reassembled. */
  readonly mpdusReceived: number;
  /** dBm. */
  readonly rssi: number;
  /**
   * ucDataRate: 2 to 127. The index of a rate in the adapter's table; for the standard rates up to 54 Mbit/s it equals the
   * rate in 500 kbit/s.
   */
  readonly dataRate: number;
}

/**
 * One appearance of a packet. A decoder fills one object repeatedly: all members are valid until its next call. Numbers
 * that the source does not have are {@link UNKNOWN}.
 */
export class Packet implements UnixTicks {
  /** Unix time in 100 ns, upper and lower 32 bits. */
  timeHigh = 0;
  timeLow = 0;
  captureLocation: CaptureLocation;
  /** The captured bytes are `bytes[start … start + length)`. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Over the same memory as {@link bytes}, where the source has one. */
  view: DataView | undefined;
  start = 0;
  length = 0;
  /** Bytes the packet had on the wire or in the NBL; at least {@link length}. */
  originalLength = 0;
  /** The source marks the packet as truncated, and no header states its length: {@link originalLength} is too small. */
  lengthUnknown = false;
  direction: DirectionValue = Direction.unknown;
  /** The source's term for the direction: Rx, Tx, In, Out, Ingress, Egress; send, receive; undefined if none. */
  directionText: string | undefined;
  processId = UNKNOWN;
  threadId = UNKNOWN;
  processor = 0;
  /** pktmon: PktGroupId; vSwitch: the NBL pointer if it is known. Two halves; valid if {@link hasNbl}. */
  hasNbl = false;
  nblHigh = 0;
  nblLow = 0;
  /** pktmon: PktNumber, AppearanceCount, EdgeId, FilterId (0: none). */
  packetNumber = UNKNOWN;
  appearance = UNKNOWN;
  edgeId = UNKNOWN;
  filterId = UNKNOWN;
  /** From the NBL's out-of-band data. VLAN 1 to 4094, 802.1p priority 0 to 7, VSID 24 bits, RSS hash 32 bits unsigned. */
  vlanId = UNKNOWN;
  priority = UNKNOWN;
  vsid = UNKNOWN;
  hashValue = UNKNOWN;
  /** vSwitch port from which the packet came, if the location does not have it (pktmon's out-of-band data). */
  sourcePortId = UNKNOWN;
  /** Compartment id, if the packet's own event has it. */
  compartmentId = UNKNOWN;
  /** vSwitch, after the forwarding decision: the destination ports. */
  destinations: readonly Destination[] = NO_DESTINATIONS;
  /** GFT flow entry id; both halves 0 if there is none. */
  gftFlowHigh = 0;
  gftFlowLow = 0;
  /**
   * True where the packet was dropped here. Without a {@link dropReason} this is inferred: NDIS-PacketCapture sets keyword bit
   * 0x10000000000, which no known manifest of this provider defines (docs/format/packet-events.md).
   */
  dropped = false;
  /** Number of the reason, {@link UNKNOWN} where only the fact is known. */
  dropReason = UNKNOWN;
  dropLocation = UNKNOWN;
  wifi: WifiMetadata | undefined;
  /** The packet's identity: which packet this is an appearance of. Undefined in passes that do not identify packets. */
  sighting: Sighting | undefined;
  /** The event's FlowHandle, if the source has one (Pef-WFP); both halves 0 if there is none. */
  flowHandleHigh = 0;
  flowHandleLow = 0;
  /** Bits of Offload, from the NBL's out-of-band data. */
  offload = 0;
  /** vSwitch: index of the team member that the packet came through, 1 to 32 (SourceNicIndex of the forwarding detail). */
  nicIndex = UNKNOWN;
  // Set by the pass, from the tables of the survey.
  /** Image name of the process in whose context the event was logged. */
  process: string | undefined;
  /** The process that owns the packet's flow. */
  owner: FlowOwner | undefined;
  /** Name of the team member. */
  teamMember: string | undefined;
  /** The source's packet type where the link type hides it (an Ethernet frame that was reported as WiFi). */
  packetType: string | undefined;

  constructor(captureLocation: CaptureLocation) {
    this.captureLocation = captureLocation;
  }

  /** Hot path. Points the packet at its bytes. */
  point(bytes: Uint8Array, view: DataView | undefined, start: number, length: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = view;
    }
    this.start = start;
    this.length = length;
  }

  /** Resets the members that only some sources or events set. */
  reset(): void {
    this.direction = Direction.unknown;
    this.directionText = undefined;
    this.processId = UNKNOWN;
    this.threadId = UNKNOWN;
    this.hasNbl = false;
    this.nblHigh = 0;
    this.nblLow = 0;
    this.packetNumber = UNKNOWN;
    this.appearance = UNKNOWN;
    this.edgeId = UNKNOWN;
    this.filterId = UNKNOWN;
    this.vlanId = UNKNOWN;
    this.priority = UNKNOWN;
    this.vsid = UNKNOWN;
    this.hashValue = UNKNOWN;
    this.sourcePortId = UNKNOWN;
    this.compartmentId = UNKNOWN;
    this.destinations = NO_DESTINATIONS;
    this.gftFlowHigh = 0;
    this.gftFlowLow = 0;
    this.dropped = false;
    this.dropReason = UNKNOWN;
    this.dropLocation = UNKNOWN;
    this.wifi = undefined;
    this.packetType = undefined;
    this.lengthUnknown = false;
    this.flowHandleHigh = 0;
    this.flowHandleLow = 0;
    this.offload = 0;
    this.nicIndex = UNKNOWN;
    this.process = undefined;
    this.owner = undefined;
    this.teamMember = undefined;
  }
}

const NO_DESTINATIONS: readonly Destination[] = [];
