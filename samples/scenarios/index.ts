import { lbfoTeam } from './lbfo-team.js';
import { natVswitch } from './nat-vswitch.js';
import { pktmonDrops } from './pktmon-drops.js';
import type { Scenario } from './truth.js';
import { wifiLaptop } from './wifi-laptop.js';
import { win7Fragments } from './win7-fragments.js';
import { win1124h2 } from './win11-24h2.js';

export { type DiagnosedTrace, FAULTS, type Fault } from './faults/index.js';
export {
  type FlowEnd,
  KERNEL_NETWORK,
  natSession,
  natTranslation,
  PEF_WFP,
  pefFlow,
  TCPIP,
  tcpBound,
  tcpConnection,
  tcpEndpoint,
  udpTransfer,
  VFP_EXT,
  vfpNoRule,
  vfpRewrite,
  vfpRule,
  WIN_NAT,
} from './flow-events.js';
export { flowOwners } from './flow-owners.js';
export { lbfoTeam } from './lbfo-team.js';
export { gftFlow, neverClosed, pings, rasVpn, stepsBack, switch32Bit, wfpCapture, wrapped } from './more.js';
export { natVswitch } from './nat-vswitch.js';
export {
  NDIS_PACKET_CAPTURE,
  NdisKeyword,
  nblInfo,
  packetFragment,
  switchPacketFragment,
} from './ndis-events.js';
export { type FragmentMoment, NdisHost, type NdisMedia, type NdisPacket } from './ndis-host.js';
export { pktmonDrops } from './pktmon-drops.js';
export { PKTMON } from './pktmon-events.js';
export { Random } from './random.js';
export { type Moment, type PacketTruth, Recorder } from './recorder.js';
export { EIGHT_FIELDS, type StreamKind, type StreamOptions, streamTrace } from './stream.js';
export type {
  Scenario,
  Truth,
  TruthCaptureLocation,
  TruthDirection,
  TruthInterface,
  TruthLinkType,
  TruthPacket,
  TruthPath,
} from './truth.js';
export { aclDropped, HYPER_V_VMSWITCH, portAcl, portSecurity, teamMember } from './vmswitch-events.js';
export { wifiLaptop } from './wifi-laptop.js';
export { win7Fragments } from './win7-fragments.js';
export { win1124h2 } from './win11-24h2.js';

/** The scenarios whose traces are in the repository, as functions that create them. */
export function committedScenarios(): readonly (() => Scenario)[] {
  return [natVswitch, lbfoTeam, wifiLaptop, win7Fragments, pktmonDrops, win1124h2];
}
