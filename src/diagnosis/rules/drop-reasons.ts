import type { Drop } from '../drops/drop.js';
import { dropRule } from '../drops/drop-rule.js';
import type { FindingGroup } from '../finding-groups.js';
import { isFromOutside } from '../origin.js';
import type { Rule } from '../rule.js';

/** A rule about drops whose reason alone decides. */
interface ReasonRule {
  readonly id: string;
  /** The summary, and the beginning of titles: `blocked by a firewall filter`. */
  readonly effect: string;
  readonly meaning: string;
  readonly check: readonly string[];
  /** The paragraph of the explanation about its limits. */
  readonly limits: string;
  /** Names of reasons in Windows' enumeration, see `etw/builtin/pktmon-drops.ts`. */
  readonly reasons: readonly string[];
  /** Single unsolicited datagrams from outside are a note: scans, late answers, discovery. */
  readonly isNoteForDatagrams?: true;
}

const REASON_RULES: readonly ReasonRule[] = [
  {
    id: 'drop-firewall',
    effect: 'blocked by a firewall or WFP filter',
    meaning:
      'Windows Firewall or another filter of the Windows Filtering Platform blocked packets. ' +
      'The rule that blocks is known if WFP events were recorded; otherwise compare the rules for address, port and program.',
    check: [
      'Get-NetFirewallProfile | select Name,Enabled,DefaultInboundAction,DefaultOutboundAction',
      'Get-NetFirewallRule -Enabled True -Action Block',
      'netsh wfp show netevents file=-',
      'auditpol /set /subcategory:"Filtering Platform Packet Drop" /failure:enable',
    ],
    limits: 'the drop record does not name the filter.',
    reasons: [
      'NL_InspectionDrop',
      'NL_InspectionAbsorb',
      'NL_AdministrativelyProhibited',
      'NL_AdministrativelyConfigured',
      'NL_ArbitrationUnhandled',
      'NL_SessionStateFailure',
      'NL_IcmpInspection',
      'NL_IcmpDisallowed',
      'NL_IpsnpiClientDrop',
      'NL_IpsnpiModifiedButNotForwarded',
      'NL_NlClientDiscard',
      'INET_SessionState',
      'INET_ReceiveInspection',
      'INET_AcceptInspection',
      'INET_AcceptRedirection',
      'INET_ConnectedPath',
    ],
    isNoteForDatagrams: true,
  },
  {
    id: 'drop-no-listener',
    effect: 'no program listens',
    meaning:
      'Packets reached the host, and no program has a socket for their port or protocol. ' +
      'The program is not running, or it listens at another address or port.',
    check: [
      'Get-NetTCPConnection -State Listen',
      'Get-NetUDPEndpoint',
      'Get-Service',
      'netsh http show servicestate',
    ],
    limits: 'a late answer to a program that has closed its socket looks the same.',
    reasons: [
      'INET_EndpointNotFound',
      'NL_PortUnreachable',
      'NL_ProtocolUnreachable',
      'NL_IcmpNoHandler',
      'Http_ReceiveSuppressed',
    ],
    isNoteForDatagrams: true,
  },
  {
    id: 'drop-isolation',
    effect: 'not allowed by the isolation of the virtual network',
    meaning:
      'The virtual switch keeps networks apart, and the packet was in another one than its destination. ' +
      'Virtual subnet (VSID), routing domain or private VLAN of the two ports do not agree.',
    check: [
      'Get-VMNetworkAdapterIsolation',
      'Get-VMNetworkAdapterVlan | where OperationMode -eq Private',
      'Get-VMNetworkAdapterRoutingDomainMapping',
      'Get-NetVirtualizationLookupRecord',
    ],
    limits: 'which of the two ports has the wrong setting is not recorded.',
    reasons: ['FailedPvlanSetting', 'VirtualSubnetId', 'Wnv', 'NL_IpsnpiNoCompartment'],
  },
  {
    id: 'drop-spoofing',
    effect: 'rejected by a guard against spoofing',
    meaning:
      'The virtual switch rejected a packet because its sender address, or its role as DHCP server or router, is not allowed at the port. ' +
      'Nested virtualization, load balancers and teams in a guest need MAC address spoofing.',
    check: [
      'Get-VMNetworkAdapter * | select VMName,MacAddressSpoofing,DhcpGuard,RouterGuard,AllowTeaming',
      'Set-VMNetworkAdapter -VMName NAME -MacAddressSpoofing On',
      'vfpctrl /list-rule /port PORT',
    ],
    limits: 'the address that the port expects is not recorded.',
    reasons: [
      'UnauthorizedMAC',
      'MacSpoofing',
      'DhcpGuard',
      'RouterGuard',
      'InvalidSourceMac',
      'ArpGuard',
      'Ipv4Guard',
      'Ipv6Guard',
      'MacGuard',
      'NDPGuard',
    ],
  },
  {
    id: 'drop-acl',
    effect: 'blocked by an access control list of the port',
    meaning:
      'A rule of the virtual switch port blocked packets: a port ACL, an SDN rule, or a policy that blocks a kind of packet. ' +
      'The sender gets no answer.',
    check: [
      'Get-VMNetworkAdapterAcl',
      'Get-VMNetworkAdapterExtendedAcl',
      'vfpctrl /list-rule /port PORT',
      'Get-HnsPolicyList; Get-HnsEndpoint | select -ExpandProperty Policies',
    ],
    limits: 'the drop record does not name the rule; events of VfpExt do.',
    reasons: [
      'FailedSecurityPolicy',
      'BlockBroadcast',
      'BlockNonIp',
      'ArpFilter',
      'Intercept',
      'InterceptBlock',
      'PortBlocked',
    ],
  },
  {
    id: 'drop-mtu',
    effect: 'too large for the MTU',
    meaning:
      'A packet was larger than the next network allows, and it may not be fragmented. ' +
      'Transfers stop at the first large packet, while small ones pass.',
    check: [
      'Get-NetIPInterface | select InterfaceAlias,NlMtu',
      'Get-NetAdapterAdvancedProperty -RegistryKeyword *JumboPacket,*EncapOverhead',
      'ping DESTINATION -f -l 1472',
    ],
    limits: 'the MTU that the packet exceeded is not recorded.',
    reasons: [
      'MTUMismatch',
      'NL_DontFragmentMtuExceeded',
      'NL_BufferLengthExceeded',
      'NL_IpsnpiUroSegmentSizeExceedsMtu',
      'NL_IpsnpiSegmentationFailed',
      'SlbMux_PacketBiggerThanMTU',
    ],
  },
  {
    id: 'drop-no-route',
    effect: 'no route to the destination',
    meaning:
      'Windows, or the virtual switch, has no way to the destination of the packets. ' +
      'A route or default gateway is missing in the compartment, or the switch does not know the destination.',
    check: [
      'Get-NetRoute -IncludeAllCompartments',
      'Find-NetRoute -RemoteIPAddress ADDRESS',
      'Get-HnsEndpoint | select Name,GatewayAddress,Routes',
    ],
    limits: 'routes are not part of the trace.',
    reasons: [
      'NL_NoRoute',
      'NL_RoutingFailure',
      'NL_AddressUnreachable',
      'NL_BeyondScope',
      'NL_SmallerScope',
      'NL_IpsnpiNoNextHop',
      'NL_IcmpNoRoute',
      'UnicastNoDestination',
      'SlbMux_NoRoute',
      'SlbMux_UnexpectedRouteLookupFailure',
      'SlbMux_ExternalHairpinNexthopLookupFailure',
      'SlbMux_NexthopReferenceFailure',
      'SlbMux_NexthopNotOverExternalInterface',
    ],
  },
  {
    id: 'drop-no-neighbor',
    effect: 'the neighbor did not answer ARP or neighbor discovery',
    meaning:
      'Packets waited for the MAC address of the next hop, and no answer came. ' +
      'The neighbor or gateway is off, in another VLAN, or its address is wrong.',
    check: ['arp -a', 'Get-NetNeighbor', 'Get-NetRoute', 'Get-VMNetworkAdapterVlan'],
    limits: 'the requests themselves are in the capture only if ARP was not filtered.',
    reasons: ['NL_AddressResolutionTimeout', 'NL_AddressResolutionFailure'],
  },
  {
    id: 'drop-not-local',
    effect: 'not addressed to this host',
    meaning:
      'A packet arrived whose destination address this host, or this compartment, does not have. ' +
      'The sender has a wrong MAC address for the destination, or the address was removed here.',
    check: [
      'Get-NetIPAddress -IncludeAllCompartments',
      'arp -a',
      'Get-NetIPInterface | select InterfaceAlias,Forwarding',
    ],
    limits: 'with a mirror port or promiscuous capture, packets of others arrive by design.',
    reasons: [
      'NotAccepted',
      'InvalidDestMac',
      'FailedPacketFilter',
      'FL_InvalidDestinationType',
      'NL_NotLocallyDestined',
      'NL_IcmpNotLocallyDestined',
      'NL_ArpNotLocallyDestined',
      'INET_DestinationMulticast',
    ],
    isNoteForDatagrams: true,
  },
  {
    id: 'drop-checksum',
    effect: 'wrong checksum',
    meaning:
      'Windows dropped packets whose checksum is wrong. ' +
      'A device on the path, a driver or an offload of the NIC changed them.',
    check: [
      'Get-NetAdapterChecksumOffload',
      'Get-NetAdapterStatistics | select Name,ReceivedPacketErrors',
      'Disable-NetAdapterChecksumOffload -Name NAME',
    ],
    limits: 'outbound packets of a capture have no checksum where the NIC computes it; these are not meant.',
    reasons: [
      'NL_BadChecksum',
      'NL_IcmpInvalidChecksum',
      'INET_ChecksumInvalid',
      'NetCx_SoftwareChecksumFailure',
    ],
  },
  {
    id: 'drop-ttl',
    effect: 'TTL or hop limit exceeded',
    meaning:
      'The TTL (hop limit) of packets reached zero here. ' +
      'They took too many hops: often a routing loop; traceroute does it on purpose.',
    check: [
      'Test-NetConnection DESTINATION -TraceRoute',
      'Get-NetRoute',
      'Get-NetIPInterface | select InterfaceAlias,Forwarding',
    ],
    limits: 'traceroute sends such packets; see path-loop for loops through this host.',
    reasons: ['NL_HopLimitExceeded', 'NL_IcmpIncorrectHopLimit', 'SlbMux_HopLimitExceeded'],
  },
  {
    id: 'drop-queue-full',
    effect: 'a queue or limit was full',
    meaning:
      'Windows, the switch or the NIC had no room for packets, or a rate limit discarded them. ' +
      'The host is overloaded, a limit is too low, or a receiver does not keep up.',
    check: [
      'Get-NetAdapterStatistics | select Name,ReceivedDiscardedPackets,OutboundDiscardedPackets',
      'Get-NetAdapterRss; Get-NetAdapterVmq',
      'Get-VMNetworkAdapter * | select VMName,BandwidthSetting',
      'Get-NetQosPolicy',
    ],
    limits: 'which limit applied is known from the reason only.',
    reasons: [
      'Resources',
      'Busy',
      'Qos',
      'StormLimit',
      'InvalidPDQueue',
      'ArpLimiter',
      'DhcpLimiter',
      'Icmpv6Limiter',
      'NL_QueueFull',
      'NL_ReceivePathMax',
      'NL_ForwardPathMax',
      'NL_IcmpInterfaceRateLimit',
      'NL_IcmpPathRateLimit',
      'INET_PauseAccept',
      'INET_SynAttack',
      'INET_ClosedWindow',
      'Ipsec_NoMemory',
      'NetCx_NicQueueStop',
      'NetCx_BufferBounceFailureAndPacketIgnore',
    ],
  },
  {
    id: 'drop-link-down',
    effect: 'NIC, port or switch not ready',
    meaning:
      'The NIC, the port or the virtual switch was not connected, paused or disabled. ' +
      'Packets are lost until it works again.',
    check: [
      'Get-NetAdapter | select Name,Status,MediaConnectionState',
      'Get-VMNetworkAdapter * | select VMName,Connected,Status',
      'Get-VMSwitch',
      'Get-WinEvent -LogName System -MaxEvents 100',
    ],
    limits: 'why the link is down is not part of the drop record.',
    reasons: [
      'NotReady',
      'Disconnected',
      'NicDisabled',
      'SwitchDataFlowDisabled',
      'LowPower',
      'Pause',
      'Reset',
      'SendAborted',
      'ProtocolNotBound',
      'MicroportError',
      'VfNotReady',
      'MicroportNotReady',
      'VMBusError',
      'UnicastPortNotReady',
      'NicSuspended',
      'FL_InterfaceNotReady',
      'FL_ProviderNotReady',
      'FL_NoClientInterface',
      'NL_InterfaceDisabled',
      'NL_IpsnpiInterfaceDisabled',
      'NL_IpsnpiNoInterface',
      'NL_IpsnpiNoSubInterface',
    ],
  },
  {
    id: 'drop-extension',
    effect: 'discarded by a filter driver or switch extension',
    meaning:
      'A filter driver, or an extension of the virtual switch, discarded packets, or a required extension is missing. ' +
      'Security and monitoring software install such drivers.',
    check: [
      'Get-VMSwitchExtension -VMSwitchName *',
      'Get-NetAdapterBinding -AllBindings',
      'pktmon list --all',
    ],
    limits: 'the reason why the driver discarded them is known to it only.',
    reasons: [
      'Filtered',
      'RequiredExtensionMissing',
      'NativeFwdingReq',
      'SwitchCallbackFailed',
      'FailedDestinationListUpdate',
      'InjectedIcmp',
      'BridgeReserved',
    ],
  },
  {
    id: 'drop-ipsec',
    effect: 'rejected by IPsec',
    meaning:
      'IPsec did not accept packets: no security association, a failed check, or clear text where encryption is required. ' +
      'The rules or keys of the two sides do not agree.',
    check: [
      'Get-NetIPsecMainModeSA',
      'Get-NetIPsecQuickModeSA',
      'Get-NetIPsecRule -PolicyStore ActiveStore',
      'netsh wfp show state file=-',
    ],
    limits: 'keys and identities are not part of the trace.',
    reasons: [
      'Ipsec',
      'NL_IpsecFailure',
      'Ipsec_BadSpi',
      'Ipsec_SALifetimeExpired',
      'Ipsec_WrongSA',
      'Ipsec_ReplayCheckFailed',
      'Ipsec_InvalidPacket',
      'Ipsec_IntegrityCheckFailed',
      'Ipsec_ClearTextDrop',
      'Ipsec_AuthFirewallDrop',
      'Ipsec_ThrottleDrop',
      'Ipsec_Dosp_Block',
      'Ipsec_Dosp_ReceivedMulticast',
      'Ipsec_Dosp_InvalidPacket',
      'Ipsec_Dosp_StateLookupFailed',
      'Ipsec_Dosp_MaxEntries',
      'Ipsec_Dosp_KeymodNotAllowed',
      'Ipsec_Dosp_MaxPerIpRateLimitQueues',
      'Ipsec_Unsuccessful',
    ],
  },
  {
    id: 'drop-nat',
    effect: 'not translated by the NAT or load balancer',
    meaning:
      'The NAT or the software load balancer did not translate packets: no session, no mapping, no free port, or a policy. ' +
      'Connections through it fail.',
    check: [
      'Get-NetNat',
      'Get-NetNatStaticMapping',
      'Get-NetNatSession',
      'netsh int ipv4 show dynamicport tcp',
    ],
    limits: 'the mapping that was looked for is not recorded.',
    reasons: [
      'SlbMux_ParsingFailure',
      'SlbMux_FirstFragmentMiss',
      'SlbMux_ICMPErrorPayloadValidationFailure',
      'SlbMux_ICMPErrorPacketMatchNoSession',
      'SlbMux_NoMatchingStaticMapping',
      'SlbMux_CloningFailure',
      'SlbMux_TranslationFailure',
      'SlbMux_SessionCreationFailure',
      'SlbMux_NexthopExternalInterfaceMissNATInstance',
      'SlbMux_NATItselfCantBeInternalNexthop',
      'SlbMux_PacketRoutableInItsArrivalCompartment',
      'SlbMux_PacketTransportProtocolNotSupported',
      'SlbMux_PacketIsDestinedLocally',
      'SlbMux_PacketDestinationIPandPortNotSubjectToNAT',
      'SlbMux_MuxReject',
      'SlbMux_DipLookupFailure',
      'SlbMux_MuxEncapsulationFailure',
      'SlbMux_InvalidDiagPacketEncapType',
      'SlbMux_DiagPacketIsRedirect',
      'SlbMux_UnableToHandleRedirect',
    ],
  },
  {
    id: 'drop-invalid',
    effect: 'malformed or unexpected packet',
    meaning:
      'Windows dropped packets that are malformed, or that do not fit the state of their connection. ' +
      'A device on the path, a driver or an attack may be the cause.',
    check: [
      'Get-NetAdapterAdvancedProperty',
      'Get-NetAdapterLso; Get-NetAdapterRsc; Get-NetAdapterUso',
      'Get-NetAdapterStatistics',
    ],
    limits: 'the field that is wrong is known from the reason only.',
    reasons: [
      'InvalidData',
      'InvalidPacket',
      'InvalidConfig',
      'InvalidFirstNBTooSmall',
      'FL_InvalidSnapHeader',
      'FL_InvalidEthernetType',
      'FL_InvalidPacketLength',
      'FL_HeaderNotContiguous',
      'FL_InvalidLsoInfo',
      'FL_InvalidUsoInfo',
      'FL_InvalidMedium',
      'FL_InvalidArpHeader',
      'NL_BadSourceAddress',
      'NL_BadLength',
      'NL_MalformedHeader',
      'NL_TooManyDecapsulations',
      'NL_RscPacket',
      'NL_ExtensionHeadersFailure',
      'NL_UnsupportedOffload',
      'NL_AncillaryDataFailure',
      'NL_RawDataFailure',
      'NL_IpsnpiNoEthernetHeader',
      'NL_IpsnpiUnexpectedFragment',
      'NL_IpsnpiUnsupportedInterfaceType',
      'NL_IpsnpiInvalidLsoInfo',
      'NL_IpsnpiInvalidUsoInfo',
      'NL_BadOption',
      'NL_IcmpGeneric',
      'NL_IcmpTruncatedHeader',
      'NL_IcmpUnknownType',
      'NL_IcmpTruncatedIpHeader',
      'NL_IcmpOversizedIpHeader',
      'NL_IcmpRespondingToError',
      'NL_IcmpInvalidSource',
      'NL_IcmpMatchingRequestNotFound',
      'NL_IcmpBufferTooSmall',
      'NL_IcmpAncillaryDataQuery',
      'NL_IcmpUnknownCode',
      'NL_IcmpSourceNotLinkLocal',
      'NL_IcmpTruncatedNdHeader',
      'NL_IcmpInvalidNdOptSourceLinkAddr',
      'NL_IcmpInvalidNdOptMtu',
      'NL_IcmpInvalidNdOptPrefixInformation',
      'NL_IcmpInvalidNdOptRouteInformation',
      'NL_IcmpInvalidNdOptRdnss',
      'NL_IcmpInvalidNdOptDnssl',
      'NL_IcmpPacketParsingFailure',
      'NL_IcmpInvalidRouterAdvertisement',
      'NL_IcmpSourceFromDifferentLink',
      'NL_IcmpInvalidRedirectDestinationOrTarget',
      'NL_IcmpInvalidNdTarget',
      'NL_IcmpNaMulticastAndSolicited',
      'NL_IcmpNdLinkLayerAddressIsLocal',
      'NL_IcmpDuplicateEchoRequest',
      'NL_IcmpNotAPotentialRouter',
      'NL_IcmpInvalidMldQuery',
      'NL_IcmpInvalidMldReport',
      'NL_ArpInvalidSource',
      'NL_ArpInvalidTarget',
      'NL_ArpDlSourceIsLocal',
      'INET_SourceUnspecified',
      'INET_HeaderInvalid',
      'INET_AckInvalid',
      'INET_ExpectedSyn',
      'INET_Rst',
      'INET_SynRcvdSyn',
      'INET_SimultaneousConnect',
      'INET_PawsFailed',
      'INET_LandAttack',
      'INET_MissedReset',
      'INET_OutsideWindow',
      'INET_FinWait2',
      'INET_ReassemblyConflict',
      'INET_ListenerInvalidFlags',
      'INET_TcbNotInTcbTable',
      'INET_TimeWaitTcbSynAndOtherFlags',
      'INET_SynAckWithFastopenCookieRequest',
      'NetCx_NetPacketLayoutParseFailure',
      'NetCx_InvalidNetBufferLength',
      'NetCx_LSOFailure',
      'NetCx_USOFailure',
    ],
  },
];

/** The rules about drops whose reason alone decides, and the rule for all other reasons. */
export const DROP_REASON_RULES: readonly Rule[] = [
  ...REASON_RULES.map(reasonRule),
  dropRule({
    id: 'drop-other',
    summary: 'Packets dropped for another reason',
    meaning:
      'Windows dropped packets for a reason that no other finding is about. ' +
      'The reason and the location name the component that dropped them.',
    check: ['pktmon list --all', 'pktmon counters --drop-reason', 'Get-NetAdapterBinding -AllBindings'],
    explain: [
      'Reports drop records and events about drops whose reason no other rule claims. Drops with one reason at one location are one ' +
        'finding. There is no threshold: Windows logs the reason.',
      'Limits: reasons of newer builds have no name here; the number is shown.',
    ],
    drops: { isRest: true },
    titleOf: ({ json, location }) => `dropped at ${location}: ${json.Drop}`,
  }),
];

function reasonRule({ check, effect, id, isNoteForDatagrams, limits, meaning, reasons }: ReasonRule): Rule {
  return dropRule({
    id,
    summary: `Packets dropped: ${effect}`,
    meaning,
    check,
    explain: [
      `Examines drop records of pktmon and of the vSwitch capture, and events about drops, with these reasons: ${reasons.join(', ')}. ` +
        'Drops with one reason at one location are one finding. There is no threshold: Windows logs the reason.',
      ...(isNoteForDatagrams
        ? [
            'A single UDP datagram or ICMP packet that came from outside is a note: scans, discovery and late answers look like this.',
          ]
        : []),
      `Limits: ${limits}`,
    ],
    drops: { reasons },
    titleOf: ({ json, location }) => `${effect} at ${location} (${json.Drop})`,
    onDrop: (drop, group) => {
      if (isNoteForDatagrams) rate(drop, group);
      linkNeighbor(drop, group);
    },
  });
}

/** One datagram from outside is a note, until a second one of the same kind comes. */
function rate({ flow, journey }: Drop, group: FindingGroup): void {
  if (group.subject === undefined) return;
  const isDatagram = flow?.protocol !== 'TCP' && journey !== undefined && isFromOutside(journey);
  group.subject = { ...group.subject, severity: isDatagram && group.count < 2 ? 'note' : 'error' };
}

/** Findings about requests to the same address have the drop as a cause. */
function linkNeighbor({ flow }: Drop, group: FindingGroup): void {
  if (flow?.destination !== undefined) group.link(`neighbor ${flow.destination}`);
}
