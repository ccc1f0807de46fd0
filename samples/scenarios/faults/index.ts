import { arpUnanswered } from './arp-unanswered.js';
import { captureDamaged } from './capture-damaged.js';
import { captureLostEvents } from './capture-lost-events.js';
import { captureNoPackets } from './capture-no-packets.js';
import { dhcpRefused } from './dhcp-refused.js';
import { dhcpUnanswered } from './dhcp-unanswered.js';
import { dnsFailed } from './dns-failed.js';
import { dnsUnanswered } from './dns-unanswered.js';
import { dropBenign } from './drop-benign.js';
import { DROP_REASON_FAULTS } from './drop-reasons.js';
import { dropVlan } from './drop-vlan.js';
import type { Fault } from './fault.js';
import { icmpEchoUnanswered } from './icmp-echo-unanswered.js';
import { icmpUnreachable } from './icmp-unreachable.js';
import { ipConflict } from './ip-conflict.js';
import { LOGGED_ERRORS } from './logged-errors.js';
import { macMoved } from './mac-moved.js';
import { natError } from './nat-error.js';
import { ndUnanswered } from './nd-unanswered.js';
import { overlap } from './overlap.js';
import { pathAsymmetric } from './path-asymmetric.js';
import { pathChanged } from './path-changed.js';
import { pathFlood } from './path-flood.js';
import { pathLoop } from './path-loop.js';
import { pathSlowHop } from './path-slow-hop.js';
import { pathSwallowed } from './path-swallowed.js';
import { pmtuBlackhole } from './pmtu-blackhole.js';
import { tcpPortReuse } from './tcp-port-reuse.js';
import { tcpRefused } from './tcp-refused.js';
import { tcpReset } from './tcp-reset.js';
import { tcpRetransmissions } from './tcp-retransmissions.js';
import { tcpSynUnanswered } from './tcp-syn-unanswered.js';
import { tcpZeroWindow } from './tcp-zero-window.js';
import { vlanMismatch } from './vlan-mismatch.js';

export type { DiagnosedTrace, Fault } from './fault.js';

/** A fault for each id of a finding: a new one needs one file and one line. */
export const FAULTS: readonly Fault[] = [
  captureDamaged,
  captureLostEvents,
  captureNoPackets,
  dropBenign,
  dropVlan,
  ...DROP_REASON_FAULTS,
  tcpSynUnanswered,
  natError,
  ...LOGGED_ERRORS,
  arpUnanswered,
  dhcpRefused,
  dhcpUnanswered,
  dnsFailed,
  dnsUnanswered,
  icmpEchoUnanswered,
  icmpUnreachable,
  ipConflict,
  macMoved,
  ndUnanswered,
  overlap,
  pathAsymmetric,
  pathChanged,
  pathFlood,
  pathLoop,
  pathSlowHop,
  pathSwallowed,
  pmtuBlackhole,
  tcpPortReuse,
  tcpRefused,
  tcpReset,
  tcpRetransmissions,
  tcpZeroWindow,
  vlanMismatch,
];
