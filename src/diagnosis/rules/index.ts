import type { Rule } from '../rule.js';
import { arpUnanswered } from './arp-unanswered.js';
import { captureDamaged } from './capture-damaged.js';
import { captureLostEvents } from './capture-lost-events.js';
import { captureNoPackets } from './capture-no-packets.js';
import { connectFailed } from './connect-failed.js';
import { dhcpClientError } from './dhcp-client-error.js';
import { dhcpRefused } from './dhcp-refused.js';
import { dhcpUnanswered } from './dhcp-unanswered.js';
import { dnsClientError } from './dns-client-error.js';
import { dnsFailed } from './dns-failed.js';
import { dnsUnanswered } from './dns-unanswered.js';
import { dropBenign } from './drop-benign.js';
import { DROP_REASON_RULES } from './drop-reasons.js';
import { dropVlan } from './drop-vlan.js';
import { hnsError } from './hns-error.js';
import { icmpEchoUnanswered } from './icmp-echo-unanswered.js';
import { icmpUnreachable } from './icmp-unreachable.js';
import { ipConflict } from './ip-conflict.js';
import { linkDown } from './link-down.js';
import { macMoved } from './mac-moved.js';
import { natError } from './nat-error.js';
import { ndUnanswered } from './nd-unanswered.js';
import { nicReset } from './nic-reset.js';
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
import { tlsError } from './tls-error.js';
import { vfSwitched } from './vf-switched.js';
import { vlanMismatch } from './vlan-mismatch.js';
import { vswitchError } from './vswitch-error.js';
import { wfpBlocked } from './wfp-blocked.js';
import { wlanDisconnected } from './wlan-disconnected.js';

/** All rules. A new one needs one file and one line; `drop-benign` precedes other rules that decide by a function. */
export const RULES: readonly Rule[] = [
  // Capture quality
  captureDamaged,
  captureLostEvents,
  captureNoPackets,
  // Drops
  dropBenign,
  dropVlan,
  ...DROP_REASON_RULES,
  // Journeys
  pathAsymmetric,
  pathChanged,
  pathFlood,
  pathLoop,
  pathSlowHop,
  pathSwallowed,
  // Conversations
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
  pmtuBlackhole,
  tcpSynUnanswered,
  tcpPortReuse,
  tcpRefused,
  tcpReset,
  tcpRetransmissions,
  tcpZeroWindow,
  vlanMismatch,
  // Logged errors
  connectFailed,
  dhcpClientError,
  dnsClientError,
  hnsError,
  linkDown,
  natError,
  nicReset,
  tlsError,
  vfSwitched,
  vswitchError,
  wfpBlocked,
  wlanDisconnected,
];
