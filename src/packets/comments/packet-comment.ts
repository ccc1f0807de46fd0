import type { CaptureLocation } from '../../host/index.js';
import { type FlowOwner, flowOwnerText, joinTokens, token } from '../../host/index.js';
import type { Sighting } from '../identity/appearance.js';
import { offloadText } from '../offload.js';
import { type Destination, type Packet, UNKNOWN } from '../packet.js';

/** Extent of comments; `brief` omits tokens that the packet's interface has already. */
export type CommentMode = 'full' | 'brief' | 'none';

/** A trace's names for numbers in packets. Undefined if it has none. */
export interface NameLookup {
  componentName(componentId: number): string | undefined;
  /** The trace's own text for a drop reason, else the one of the trace's build. */
  dropReasonText(reason: number): string | undefined;
  /** The compartment of the location's interface. */
  compartmentId(captureLocation: CaptureLocation): number | undefined;
  /** The host's name; present only if traces of several hosts are merged. */
  readonly host?: string;
}

/**
 * A packet's comment: `key=value` tokens in the order of dissector-notes.md ("Packet comments"); a key without a value is
 * omitted. Numbers are decimal, except: NBL, DropLocation, GftFlow and ReceiveFlags `0x` and lower-case hexadecimal digits,
 * HashValue eight lower-case digits (as etl2pcapng writes it). Edge and Filter are pktmon's numbers; the interface states
 * their names.
 */
export function packetComment(packet: Packet, names: NameLookup, mode: CommentMode): string {
  if (mode === 'none') return '';
  const isFull = mode === 'full';
  const { captureLocation } = packet;
  const { componentId } = captureLocation;
  const hasCaptureLocationVlan = captureLocation.vlanId !== undefined;
  const hasCaptureLocationVsid = captureLocation.vsid !== undefined;
  return joinTokens([
    commentPrefix(packet),
    ...identityTokens(packet.sighting),
    token('NBL', packet.hasNbl ? hex64(packet.nblHigh, packet.nblLow) : undefined),
    token('PktNumber', known(packet.packetNumber)),
    token('Appearance', known(packet.appearance)),
    token('Component', isFull && componentId !== undefined ? names.componentName(componentId) : undefined),
    token('ComponentId', isFull ? componentId : undefined),
    token('Edge', known(packet.edgeId)),
    token('Filter', known(packet.filterId) || undefined),
    token('VlanId', isFull || !hasCaptureLocationVlan ? known(packet.vlanId) : undefined),
    token('Priority', known(packet.priority)),
    token('VSID', isFull || !hasCaptureLocationVsid ? known(packet.vsid) : undefined),
    token('Compartment', compartment(packet, names, isFull)),
    token(
      'SrcPortId',
      isFull && captureLocation.portId !== undefined ? captureLocation.portId : known(packet.sourcePortId),
    ),
    token('SrcNicType', isFull ? captureLocation.nicType : undefined),
    token('SrcNicName', isFull ? captureLocation.nicName : undefined),
    token('SrcPortName', isFull ? captureLocation.portName : undefined),
    ...destinationTokens(packet.destinations),
    token('HashValue', packet.hashValue === UNKNOWN ? undefined : hex32(packet.hashValue)),
    token('RoutingDomainID', isFull ? captureLocation.routingDomainId : undefined),
    token('Username', isFull ? captureLocation.userName : undefined),
    token('Drop', drop(packet, names)),
    token('DropReason', packet.dropped ? known(packet.dropReason) : undefined),
    token('DropLocation', dropLocation(packet)),
    token('GftFlow', gftFlow(packet)),
    token('PacketType', packet.packetType),
    token('OriginalLength', packet.lengthUnknown ? 'unknown' : undefined),
    wifi(packet),
    processToken(packet.process),
    ownerToken(packet.owner),
    teamMemberToken(packet.teamMember),
    offloadToken(packet.offload),
    token('Host', isFull ? names.host : undefined),
  ]);
}

export const processToken = (name: string | undefined): string => token('Process', name);

/** `Owner=chrome.exe(4321)`, or `Owner=4321` where the trace does not name the process. */
export const ownerToken = (owner: FlowOwner | undefined): string =>
  token('Owner', owner && flowOwnerText(owner));

export const teamMemberToken = (name: string | undefined): string => token('TeamMember', name);

export const offloadToken = (bits: number): string => token('Offload', offloadText(bits) || undefined);

/** The first tokens of every comment. */
export const commentPrefix = (packet: Packet): string =>
  joinTokens([
    token('PID', known(packet.processId)),
    token('TID', known(packet.threadId)),
    token('CPU', packet.processor),
    token('Dir', packet.directionText),
  ]);

/** The packet of which this is an appearance; empty if packets were not identified. */
const identityTokens = (sighting: Sighting | undefined): string[] =>
  sighting === undefined
    ? []
    : [
        token('Packet', sighting.packet),
        token('Hop', sighting.hop),
        token('Match', sighting.match),
        token('Parent', sighting.parent || undefined),
        token('Parts', sighting.parts.join(',')),
      ];

/** Where a packet went; `DstPorts=` are the destinations' ports, with commas between them. */
export const destinationTokens = (destinations: readonly Destination[]): string[] => [
  token('DstNicCount', destinations.length || undefined),
  token('DstPorts', destinations.map(({ portId }) => portId).join(',')),
];

const known = (value: number): number | undefined => (value === UNKNOWN ? undefined : value);

const hex32 = (value: number): string => value.toString(16).padStart(8, '0');

const hex64 = (high: number, low: number): string =>
  high === 0 ? `0x${low.toString(16)}` : `0x${high.toString(16)}${hex32(low)}`;

function compartment(packet: Packet, names: NameLookup, isFull: boolean): number | undefined {
  if (packet.compartmentId === UNKNOWN)
    return isFull ? names.compartmentId(packet.captureLocation) : undefined;
  if (!isFull && names.compartmentId(packet.captureLocation) === packet.compartmentId) return undefined;
  return packet.compartmentId;
}

/** An inferred drop has no reason; the text is the name of its keyword bit. */
function drop(packet: Packet, names: NameLookup): string | undefined {
  if (!packet.dropped) return undefined;
  return packet.dropReason === UNKNOWN ? 'Dropped' : names.dropReasonText(packet.dropReason);
}

function dropLocation({ dropped, dropLocation: location }: Packet): string | undefined {
  return dropped && location !== UNKNOWN ? `0x${location.toString(16)}` : undefined;
}

function gftFlow({ gftFlowHigh, gftFlowLow }: Packet): string | undefined {
  return gftFlowHigh === 0 && gftFlowLow === 0 ? undefined : hex64(gftFlowHigh, gftFlowLow);
}

function wifi({ wifi: metadata }: Packet): string {
  if (metadata === undefined) return '';
  return joinTokens([
    token('ReceiveFlags', `0x${metadata.receiveFlags.toString(16)}`),
    token('PhyId', metadata.phyId),
    token('CenterCh', metadata.centerChannel),
    token('NumMPDUsReceived', metadata.mpdusReceived),
    token('RSSI', metadata.rssi),
    token('DataRate', metadata.dataRate),
  ]);
}
