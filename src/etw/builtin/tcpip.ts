import type { BuiltinTable } from './parse.js';

/** Microsoft-Windows-TCPIP: the events that carry a compartment, an interface or an NBL. Notation: see parse.ts. */
export const TCPIP: BuiltinTable = {
  name: 'Microsoft-Windows-TCPIP',
  events: `
1010=TcpCreateEndpointAfFailure, 1011=TcpCreateEndpointCompartmentFailure,
  1012=TcpCreateEndpointInspectionFailure, 1013=TcpCreateEndpointComplete : %LocalAddress Status ProcessId
  CompartmentId AddressFamily
1010v1=TcpCreateEndpointAfFailure, 1011v1=TcpCreateEndpointCompartmentFailure,
  1012v1=TcpCreateEndpointInspectionFailure, 1013v1=TcpCreateEndpointComplete,
  1562=TcpCreateEndpointAccessFailure : %LocalAddress Status ProcessId CompartmentId AddressFamily
  ProcessStartKey:u64
1013v2=TcpCreateEndpointComplete : Endpoint:ptr %LocalAddress Status ProcessId CompartmentId AddressFamily
  ProcessStartKey:u64
1014=TcpAccpetListenerRouteLookupFailure, 1016=TcpAcceptListenerRejected, 1017=TcpAcceptListenerComplete,
  1018=TcpConnectTcbFailedAf, 1019=TcpConnectTcbFailedCompartment, 1020=TcpConnectTcbFailedInspect,
  1021=TcpConnectTcbFailedRoute, 1024=TcpConnectTcbCheckRateLimit, 1027=TcpConnectTcbRateLimitRelease,
  1029=TcpConnectTcbCancel, 1031=TcpConnectTcbProceeding, 1032=TcpConnectTcbRateLimitCancel,
  1033=TcpConnectTcbComplete, 1034=TcpConnectTcbFailure, 1035=TcpConnectTcbFailInspectConnectComplete,
  1036=TcpConnectTcbFailSessionState, 1037=TcpConnectTcbFailDontFragment, 1038=TcpCloseTcbRequest,
  1039=TcpAbortTcbRequest, 1040=TcpAbortTcbComplete, 1043=TcpDisconnectTcbComplete, 1044=TcpShutdownTcb,
  1045=TcpConnectTcbTimeout, 1046=TcpDisconnectTcbRtoTimeout, 1047=TcpDisconnectTcbKeepaliveTimeout,
  1048=TcpDisconnectTcbTimeout, 1049=TcpConnectTcbEstatsFailed, 1050=TcpConnectFailedPortAcquire,
  1200=TcpDisconnectTcbZeroWindowTimeout, 1201=TcpDisconnectTcbFinWait2Timeout, 1468=TcpSystemAbortTcb :
  %LocalAddress %RemoteAddress Status ProcessId Compartment Tcb:ptr
1014v1=TcpAccpetListenerRouteLookupFailure, 1016v1=TcpAcceptListenerRejected,
  1017v1=TcpAcceptListenerComplete, 1018v1=TcpConnectTcbFailedAf, 1019v1=TcpConnectTcbFailedCompartment,
  1020v1=TcpConnectTcbFailedInspect, 1021v1=TcpConnectTcbFailedRoute, 1024v1=TcpConnectTcbCheckRateLimit,
  1027v1=TcpConnectTcbRateLimitRelease, 1029v1=TcpConnectTcbCancel, 1031v1=TcpConnectTcbProceeding,
  1032v1=TcpConnectTcbRateLimitCancel, 1033v1=TcpConnectTcbComplete, 1034v1=TcpConnectTcbFailure,
  1035v1=TcpConnectTcbFailInspectConnectComplete, 1036v1=TcpConnectTcbFailSessionState,
  1037v1=TcpConnectTcbFailDontFragment, 1038v1=TcpCloseTcbRequest, 1039v1=TcpAbortTcbRequest,
  1040v1=TcpAbortTcbComplete, 1043v1=TcpDisconnectTcbComplete, 1044v1=TcpShutdownTcb,
  1045v1=TcpConnectTcbTimeout, 1046v1=TcpDisconnectTcbRtoTimeout, 1047v1=TcpDisconnectTcbKeepaliveTimeout,
  1048v1=TcpDisconnectTcbTimeout, 1049v1=TcpConnectTcbEstatsFailed, 1050v1=TcpConnectFailedPortAcquire,
  1200v1=TcpDisconnectTcbZeroWindowTimeout, 1201v1=TcpDisconnectTcbFinWait2Timeout, 1468v1=TcpSystemAbortTcb,
  1564=TcpConnectTcbFailedAccess : %LocalAddress %RemoteAddress Status ProcessId Compartment Tcb:ptr
  ProcessStartKey:u64
1043v2=TcpDisconnectTcbComplete : %LocalAddress %RemoteAddress Status ProcessId Compartment Tcb:ptr
  ProcessStartKey:u64 Inspect:bool
1061=TcpGlobalAddInterface, 1062=TcpGlobalDeleteInterface, 1403=UdpGlobalAddInterface,
  1404=UdpGlobalDeleteInterface, 1494=IpReassembly : InterfaceIndex AddressFamily
1090=TcpReleaseIndication : NBL:ptr
1106=TcpMediaDisconnect, 1136=FramingNdisPause, 1137=FramingNdisRestart, 1321=TcpipMediaConnect,
  1322=TcpipLimitedLinkConnectivity, 1323=TcpipLimitedLinkConnectivity : InterfaceIndex TraceString:asz
1106v1=TcpMediaDisconnect, 1136v1=FramingNdisPause, 1137v1=FramingNdisRestart, 1321v1=TcpipMediaConnect,
  1322v1=TcpipLimitedLinkConnectivity, 1323v1=TcpipLimitedLinkConnectivity : InterfaceIndex TraceString:asz
  CompartmentId
1112=TcpConnectionOffloadStatus,1113=TcpConnectionOffloadPmax : Tcb:ptr Status Interface PMax
1114=IpDadSuccessful : Interface Protocol:asz DadState@TCPIP_IP_DAD_STATE_ValueMap DlAddrLength
  DLAddress:bin*DlAddrLength IpAddrLength IPv4Address:ip4 IPv6Address:addr*IpAddrLength
  IPProtocol@TCPIP_Protocol_ValueMap
1114v1=IpDadSuccessful : Interface Protocol:asz DadState@TCPIP_IP_DAD_STATE_ValueMap DlAddrLength
  DLAddress:bin*DlAddrLength IpAddrLength IPv4Address:ip4 IPv6Address:addr*IpAddrLength
  IPProtocol@TCPIP_Protocol_ValueMap CompartmentId
1115=IpDadFailed, 1116=IpDadStarted, 1127=IpAddressAdded, 1128=IpAddressDeleted, 1138=IpAddressStatePreferred,
  1139=IpAddressStateNonPreferred : Interface Protocol:asz DadState DlAddrLength DLAddress:bin*DlAddrLength
  IpAddrLength IPv4Address:ip4 IPv6Address:addr*IpAddrLength IPProtocol
1115v1=IpDadFailed,1116v1=IpDadStarted,1127v1=IpAddressAdded,1128v1=IpAddressDeleted : Interface Protocol:asz
  DadState DlAddrLength DLAddress:bin*DlAddrLength IpAddrLength IPv4Address:ip4 IPv6Address:addr*IpAddrLength
  IPProtocol CompartmentId
1117=TcpListenerActivationFailedAf, 1118=TcpListenerActivationFailedCompartment,
  1119=TcpListenerActivationFailedInspection1, 1120=TcpListenerActivationFailedInspection2,
  1121=TcpListenerBindFailedResolution, 1122=TcpListenerBindFailedPort, 1123=TcpListenerActivated,
  1124=TcpListenerUnbound : Listener:ptr AddressLength SocketAddress:addr*AddressLength Status ProcessId
  CompartmentId AddressFamily
1117v1=TcpListenerActivationFailedAf, 1118v1=TcpListenerActivationFailedCompartment,
  1119v1=TcpListenerActivationFailedInspection1, 1120v1=TcpListenerActivationFailedInspection2,
  1121v1=TcpListenerBindFailedResolution, 1122v1=TcpListenerBindFailedPort, 1123v1=TcpListenerActivated,
  1124v1=TcpListenerUnbound : Listener:ptr AddressLength SocketAddress:addr*AddressLength Status ProcessId
  CompartmentId AddressFamily ProcessStartKey:u64
1127v2=IpAddressAdded : Interface Protocol:asz DadState DlAddrLength DLAddress:bin*DlAddrLength IpAddrLength
  IPv4Address:ip4 IPv6Address:addr*IpAddrLength IPProtocol CompartmentId PrefixOrigin SuffixOrigin
1130=FramingIfOperStatus : Interface OperationalStatus@TCPIP_IP_IF_STATUS_ValueMap Status:u64
1130v1=FramingIfOperStatus : Interface OperationalStatus@TCPIP_IP_IF_STATUS_ValueMap Status:u64 CompartmentId
1144=IpInterfacePropertyChange : Interface Advertise AdvertiseDefaultRoute Forward ForwardMulticast UseNud
  AdvertisingEnabled
1144v1=IpInterfacePropertyChange : Interface Advertise AdvertiseDefaultRoute Forward ForwardMulticast UseNud
  AdvertisingEnabled WeakHostSend WeakHostReceive CompartmentId AddressFamily
1144v2=IpInterfacePropertyChange : Interface Advertise AdvertiseDefaultRoute Forward ForwardMulticast UseNud
  AdvertisingEnabled WeakHostSend WeakHostReceive CompartmentId AddressFamily StrictSourceForwarding
1145=IpRouteCreated,1146=IpRouteDeleted,1147=IpRoutePropertyChange : Route:ptr Interface
  DestinationPrefixAddressLength NextHopAddressLength Protocol:asz DestinationPrefixLength
  DestinationPrefix:addr*DestinationPrefixAddressLength NextHopAddress:addr*NextHopAddressLength
  ValidLifetime:u64 PreferredLifetime:u64 Metric Loopback AutoconfigureAddress Publish Immortal
  IPv4DestinationPrefix:ip4 IPv4NextHopAddress:ip4 IPProtocol IPUnicastroutedeletionreason
1145v1=IpRouteCreated,1146v1=IpRouteDeleted,1147v1=IpRoutePropertyChange : Route:ptr Interface CompartmentId
  DestinationPrefixAddressLength DestinationPrefix:addr*DestinationPrefixAddressLength %NextHopAddress
  DestinationPrefixLength ValidLifetime:u64 PreferredLifetime:u64 Metric Loopback AutoconfigureAddress Publish
  Immortal IPUnicastroutedeletionreason
1148=IpNeighborUnreachable,1149=IpNeighborReachable : Interface DlAddrLength DlAddress:bin*DlAddrLength
  IpAddrLength IPv4Address:ip4 IPv6Address:addr*IpAddrLength IPProtocol
1202=IpInterfaceRundown,1203=IpInterfaceSpeedChange : IfIndex LinkSpeed:u64 IPProtocol IPv4Address:ip4
  IpAddrLength IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap
1202v1=IpInterfaceRundown,1203v1=IpInterfaceSpeedChange : IfIndex CurrLinkSpeed:u64 IPProtocol IPv4Address:ip4
  IpAddrLength IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap
  CompartmentId OldLinkSpeed:u64
1202v2=IpInterfaceRundown : IfIndex CurrLinkSpeed:u64 IPProtocol IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap CompartmentId
  OldLinkSpeed:u64 NetworkCategory@IP_INTERFACE_NETWORK_CATEGORY_ValueMap
1202v3=IpInterfaceRundown : IfIndex CurrLinkSpeed:u64 IPProtocol IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap CompartmentId
  OldLinkSpeed:u64 NetworkCategory@IP_INTERFACE_NETWORK_CATEGORY_ValueMap Metric Connected
  InternetConnectivityStatus Flags:u64
1202v4=InterfaceRundown : IfIndex CurrLinkSpeed:u64 IPProtocol IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap CompartmentId
  OldLinkSpeed:u64 NetworkCategory@IP_INTERFACE_NETWORK_CATEGORY_ValueMap Metric Connected
  InternetConnectivityStatus Flags:u64 IsolationId
1202v5=InterfaceRundown : IfIndex CurrLinkSpeed:u64 IPProtocol IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap CompartmentId
  OldLinkSpeed:u64 NetworkCategory@IP_INTERFACE_NETWORK_CATEGORY_ValueMap Metric Connected
  InternetConnectivityStatus Flags:u64 IsolationId NlMtu
1202v6=InterfaceRundown : IfIndex CurrLinkSpeed:u64 IPProtocol IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap CompartmentId
  OldLinkSpeed:u64 NetworkCategory@IP_INTERFACE_NETWORK_CATEGORY_ValueMap Metric Connected
  InternetConnectivityStatus Flags:u64 IsolationId NlMtu ForwardingTag
1203v2=IpInterfaceSpeedChange : IfIndex CurrLinkSpeed:u64 IPProtocol IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap CompartmentId
  OldLinkSpeed:u64 ReceiveLinkSpeed:u64 MediaConnectState@TCPIP_MEDIA_CONNECT_STATE_ValueMap
1205=TcpipReceiveSlowPath : Nbl:ptr IPTransportProtocol@TCPIP_Transport_Protocol_ValueMap AddressFamily
  SourceIPv4Address:ip4 DestIPv4Address:ip4 IPv6SourceIpAddrLength
  IPv6SourceAddress:addr*IPv6SourceIpAddrLength IPv6DestIpAddrLength IPv6DestAddress:addr*IPv6DestIpAddrLength
  Reason@TCPIP_SLOW_PATH_REASON_ValueMap NblCount IPProtocol
1206=TcpipSendSlowPath : Nbl:ptr IPTransportProtocol AddressFamily SourceIPv4Address:ip4 DestIPv4Address:ip4
  IPv6SourceIpAddrLength IPv6SourceAddress:addr*IPv6SourceIpAddrLength IPv6DestIpAddrLength
  IPv6DestAddress:addr*IPv6DestIpAddrLength Reason@TCPIP_SLOW_PATH_REASON_ValueMap NblCount IPProtocol
1215v1=TcpipNetworkPacketDrops : IPTransportProtocol AddressFamily SourceIPv4Address:ip4 DestIPv4Address:ip4
  IPv6SourceIpAddrLength IPv6SourceAddress:addr*IPv6SourceIpAddrLength IPv6DestIpAddrLength
  IPv6DestAddress:addr*IPv6DestIpAddrLength Reason@TCPIP_NETWORK_PACKET_DROP_REASON_ValueMap PacketCount
  IPProtocol %SourceAddress %DestAddress IfIndex PathDirection
1215v2=TcpipNetworkPacketDrops : IPTransportProtocol AddressFamily SourceIPv4Address:ip4 DestIPv4Address:ip4
  IPv6SourceIpAddrLength IPv6SourceAddress:addr*IPv6SourceIpAddrLength IPv6DestIpAddrLength
  IPv6DestAddress:addr*IPv6DestIpAddrLength Reason@TCPIP_NETWORK_PACKET_DROP_REASON_ValueMap PacketCount
  IPProtocol %SourceAddress %DestAddress IfIndex PathDirection Nbl:ptr
1226=TcpInterfaceRscStateChange : IfIndex StateV4@TCPIP_PROPERTY_ValueMap FailureReasonV4 StateV6
  FailureReasonV6@TCPIP_OFFLOAD_FAILURE_REASON_ValueMap Event@TCPIP_RSC_EVENT_ValueMap
1230=RssBindingChange : InterfaceIndex AddressFamily:u16@TCPIP_AF_ValueMap Bind
1231=RssPortChange : AdapterIndex InterfaceIndex PortNumber Bind@TCPIP_RSS_BINDING_NOTIFICATION_ValueMap
1232=RssPortReference : AdapterIndex ExistingInterfaceIndex ExistingPortNumber
  ReferenceAdded:u8@TCPIP_RSS_ADDING_ValueMap
1240=RssFailure : InterfaceIndex FailureDescription Status
1241=RssBindingBindComplete : InterfaceIndex AddressFamily:u16
1245=RssBindingRundown : InterfaceIndex AdapterIndex PortNumber
1247=RssBindingCapability : InterfaceIndex Capability@TCPIP_RSS_BINDING_CAPABILITY_ValueMap
1297=Ndkpi_Open_Adapter : InterfaceIndex NdkAdapter:ptr Status
1301=Ndkpi_Interface_Event : InterfaceIndex EventDescription NDKOperational StatusCode
1313=TcpipPlumbWakePatternOnInterface : InterfaceIndex AoAcCapable BitmapPatternSupported
  ARPNDOffloadSupported IPAddressWakeReady PatternPriority PhysicalMediumType IpAddrLength IPv4Address:ip4
  IPv6Address:addr*IpAddrLength IPProtocol Status
1313v1=TcpipPlumbWakePatternOnInterface : InterfaceIndex AoAcCapable BitmapPatternSupported
  ARPNDOffloadSupported IPAddressWakeReady PatternPriority PhysicalMediumType IpAddrLength IPv4Address:ip4
  IPv6Address:addr*IpAddrLength IPProtocol Status HasBeenAoAcCapable
1313v2=TcpipPlumbWakePatternOnInterface : InterfaceIndex AoAcCapable BitmapPatternSupported
  ARPNDOffloadSupported IPAddressWakeReady PatternPriority PhysicalMediumType IpAddrLength IPv4Address:ip4
  IPv6Address:addr*IpAddrLength IPProtocol Status HasBeenAoAcCapable WolHandle
1316 : Interface Protocol:asz IpAddrLength IPv4Address:ip4 IPv6Address:addr*IpAddrLength IPProtocol
  CurrentTime OldBaseTime OldValidTime OldPreferredTime NewBaseTime NewValidTime NewPreferredTime
1316v1=TcpipIpAddressLifetime : Interface Protocol:asz IpAddrLength IPv4Address:ip4
  IPv6Address:addr*IpAddrLength IPProtocol CurrentTime OldBaseTime OldValidTime OldPreferredTime NewBaseTime
  NewValidTime NewPreferredTime InterfaceGuid:guid IpAddressLifetimeChangeReason
1324=IpNeighborState : Interface IpAddrLength IPAddress:addr*IpAddrLength DlAddrLength
  DLAddress:bin*DlAddrLength OldNeighborState NewNeighborState@TCPIP_NEIGHBOR_STATE_ValueMap NeighborEvent
1324v1=IpNeighborState : Interface IpAddrLength IPAddress:addr*IpAddrLength DlAddrLength
  DLAddress:bin*DlAddrLength OldNeighborState NewNeighborState@TCPIP_NEIGHBOR_STATE_ValueMap NeighborEvent
  CompartmentId
1325=IpNeighborDiscovery : Interface IpAddrLength SourceIPAddress:addr*IpAddrLength
  TargetIPAddress:addr*IpAddrLength NeighborEvent@TCPIP_NEIGHBOR_EVENT_ValueMap
1325v1=IpNeighborDiscovery : Interface IpAddrLength SourceIPAddress:addr*IpAddrLength
  TargetIPAddress:addr*IpAddrLength NeighborEvent@TCPIP_NEIGHBOR_EVENT_ValueMap CompartmentId
1326=IpSourceAddressSelection : IpAddrLength PreferredSourceIPAddress:addr*IpAddrLength
  NonPreferredSourceIPAddress:addr*IpAddrLength DestinationIPAddress:addr*IpAddrLength CompartmentId Rule
  RuleExtension RuleName@IP_SOURCE_ADDRESS_PREFERENCE_RULE_ValueMap
1357=TcpipAoacFailFast : RequestType@TCPIP_AoAcFailFastRequestType_ValueMap TcbOrEndpoint:ptr %LocalAddress
  %RemoteAddress Status ProcessId InterfaceIndex
1357v1=TcpipAoacFailFast : RequestType@TCPIP_AoAcFailFastRequestType_ValueMap TcbOrEndpoint:ptr %LocalAddress
  %RemoteAddress Status ProcessId InterfaceIndex ProcessStartKey:u64
1358=TcpipUpdateInterfaceConfigFlags : InterfaceIndex Property:asz Value
  InterfaceUpdateEvent@TCPIP_INTERFACE_CONFIG_CHANGE_EVENT_ValueMap
1358v1=TcpipUpdateInterfaceConfigFlags : InterfaceIndex Property:asz Value
  InterfaceUpdateEvent@TCPIP_INTERFACE_CONFIG_CHANGE_EVENT_ValueMap CompartmentId AddressFamily
1360=TcpipNblClonedForRaw : Nbl:ptr ClonedNbl:ptr IPTransportProtocol AddressFamily
1361=TcpipCloneDropped : Nbl:ptr ClonedNbl:ptr AddressFamily
1362=IpAddressWolStateChange : Interface IpAddrLength IPAddress:addr*IpAddrLength WoLEvent Status
1363=IpWolContextChange : Interface IpAddrLength WolHandle DestinationIPAddress:addr*IpAddrLength
  TargetIPAddress1:addr*IpAddrLength TargetIPAddress2:addr*IpAddrLength Flags
  WoLEvent@TCPIP_IP_WOL_EVENT_ValueMap Status
1367=TcpipNblOob : Nbl:ptr PathDirection@TCPIP_Path_Direction_ValueMap TcpIpChecksumNetBufferListInfo:ptr
  TcpLargeSendNetBufferListInfo:ptr Ieee8021QNetBufferListInfo:ptr NetBufferListHashValue:ptr
  NetBufferListHashInfo:ptr VirtualSubnetInfo:ptr TcpRecvSegCoalesceInfo:ptr
1367v1=TcpipNblOob : Nbl:ptr PathDirection@TCPIP_Path_Direction_ValueMap TcpIpChecksumNetBufferListInfo:ptr
  TcpLargeSendNetBufferListInfo:ptr Ieee8021QNetBufferListInfo:ptr NetBufferListHashValue:ptr
  NetBufferListHashInfo:ptr VirtualSubnetInfo:ptr TcpRecvSegCoalesceInfo:ptr NrtNameResolutionInfo:ptr
1370=TcpipRouteLookup : API:asz IpAddrLength DestinationAddress:addr*IpAddrLength
  ConstrainSourceAddress:addr*IpAddrLength ConstrainInterfaceIndex ConstraintOverridden ReturnConstrained
  OutgoingInterfaceIndex NextHopAddress:addr*IpAddrLength Status
1370v1=TcpipRouteLookup : API:asz IpAddrLength DestinationAddress:addr*IpAddrLength
  ConstrainSourceAddress:addr*IpAddrLength ConstrainInterfaceIndex ConstrainForwardingTag ConstraintOverridden
  ReturnConstrained OutgoingInterfaceIndex NextHopAddress:addr*IpAddrLength Status
1371=TcpipSrcAddrLookup : IpAddrLength DestinationAddress:addr*IpAddrLength
  ConstrainSourceAddress:addr*IpAddrLength ConstrainInterfaceIndex OutgoingInterfaceIndex ReturnConstrained
  SelectedSourceAddress:addr*IpAddrLength
1381=TcpAssociateNameResContext : Endpoint:ptr NameResContext:ptr DnsName:sz InterfaceIndex IpCount %IpAddr1
  %IpAddr2 %IpAddr3 %IpAddr4 %IpAddr5 Status
1383=IpRouteSelection : CompartmentId %DestinationAddress PrDestinationPrefixLength
  PrDestinationPrefixAddressLength PrDestinationPrefix:addr*PrDestinationPrefixAddressLength %PrNextHopAddress
  PrInterfaceIndex PrInterfaceMetric PrRouteMetric NonPrDestinationPrefixLength
  NonPrDestinationPrefixAddressLength NonPrDestinationPrefix:addr*NonPrDestinationPrefixAddressLength
  %NonPrNextHopAddress NonPrInterfaceIndex NonPrInterfaceMetric NonPrRouteMetric PreferenceReason
1384=IpRouteBlocked : CompartmentId %DestinationAddress DestinationPrefixLength DestinationPrefixAddressLength
  DestinationPrefix:addr*DestinationPrefixAddressLength %NextHopAddress InterfaceIndex RouteMetric
  ConstrainInterfaceIndex ConstrainScope BlockReason
1389=UdpCreateEndpointAfFailure, 1390=UdpCreateEndpointCompartmentFailure, 1391=UdpCreateEndpointComplete,
  1392=UdpCreateEndpointInspectionFailure : Endpoint:ptr Status ProcessId CompartmentId AddressFamily
1389v1=UdpCreateEndpointAfFailure, 1390v1=UdpCreateEndpointCompartmentFailure,
  1391v1=UdpCreateEndpointComplete, 1392v1=UdpCreateEndpointInspectionFailure,
  1563=UdpCreateEndpointAccessFailure : Endpoint:ptr Status ProcessId CompartmentId AddressFamily
  ProcessStartKey:u64
1422=IcmpSendRecv : IPTransportProtocol PathDirection IcmpType@ICMPV4V6_TYPE_ValueMap IcmpCode CompartmentId
  %SourceAddress %DestAddress
1423=IcmpPacketDrops : IPTransportProtocol PathDirection IcmpType IcmpCode DropReason Status CompartmentId
  %SourceAddress %DestAddress
1423v1=IcmpPacketDrops : IPTransportProtocol PathDirection IcmpType IcmpCode DropReason Status CompartmentId
  %SourceAddress %DestAddress IfIndex
1424=IcmpEchoTimeout : IPTransportProtocol PathDirection IcmpType IcmpCode
  DropReason@ICMP_PACKET_DROP_REASON_ValueMap Status CompartmentId %SourceAddress %DestAddress
1427=IpCompartmentCreation,1428=IpCompartmentDeletion,1431=IpCompartmentCleanup : CompartmentId AddressFamily
  Private Status
1432=IpUpdateInterfaceNetworkCategoryState : IfIndex CompartmentId AddressFamily NetworkCategory
  DomainNetworkLocation@IP_INTERFACE_DOMAIN_NETWORK_LOCATION_ValueMap DomainType NetworkSignature:guid
1433=IpInterfaceCreation,1434=IpInterfaceDeletion,1435=IpInterfaceCleanup : IfIndex CompartmentId
  AddressFamily PhysicalMediumType Status
1436=IpSubInterfaceCreation,1437=IpSubInterfaceDeletion,1438=IpSubInterfaceCleanup : SubIfIndex IfIndex
  CompartmentId AddressFamily Status
1439=IpInterfaceChangeNotification : IfIndex CompartmentId AddressFamily Reason
1439v1=IpInterfaceChangeNotification : IfIndex CompartmentId AddressFamily Reason State NotificationType
1440=IpInterfaceInternetConnectivityStatus : IfIndex CompartmentId AddressFamily
  OldConnectivityStatus@IP_INTERFACE_INTERNET_CONNECTIVITY_STATUS_ValueMap NewConnectivityStatus
1441=IpAddressChangeNotification : %SourceAddress IfIndex CompartmentId Protocol:asz Reason
1441v1=IpAddressChangeNotification : %SourceAddress IfIndex CompartmentId Protocol:asz Reason State
  NotificationType DadState
1442=IpRouteChangeNotification : DestinationPrefixAddressLength
  DestinationPrefix:addr*DestinationPrefixAddressLength %NextHopAddress DestinationPrefixLength CompartmentId
  IfIndex NotifyFlags:u64
1442v1=IpRouteChangeNotification : DestinationPrefixAddressLength
  DestinationPrefix:addr*DestinationPrefixAddressLength %NextHopAddress DestinationPrefixLength CompartmentId
  IfIndex NotifyFlags:u64 State NotificationType
1443=IpNeighborChangeNotification : IpAddrLength IPAddress:addr*IpAddrLength DlAddrLength
  DLAddress:bin*DlAddrLength IfIndex CompartmentId NeighborState
  Reason@IP_NEIGHBOR_CHANGE_NOTIFY_REASON_ValueMap
1443v1=IpNeighborChangeNotification : IpAddrLength IPAddress:addr*IpAddrLength DlAddrLength
  DLAddress:bin*DlAddrLength IfIndex CompartmentId NeighborState
  Reason@IP_NEIGHBOR_CHANGE_NOTIFY_REASON_ValueMap NotificationState NotificationType
1444=IpAddressDadStateChange : %SourceAddress IfIndex CompartmentId OldDadState NewDadState Reason
1445=IpRouteDGDStateChange : DestinationPrefixAddressLength
  DestinationPrefix:addr*DestinationPrefixAddressLength %NextHopAddress DestinationPrefixLength CompartmentId
  IfIndex OldState@IP_ROUTE_STATE_ValueMap NewState OldProbeCount NewProbeCount OldUnreachablePaths
  NewUnreachablePaths OldMovedPaths NewMovedPaths TotalPaths OldStateChangeTick NewStateChangeTick
  DgdNeedsReset Reason
1446=IpInterfaceDisconnect : %Address IfIndex CompartmentId SkipLocal SkipOnLink
1450=IpRouterInformationChangeNotification : IfIndex CompartmentId AddressFamily
  Reason@IP_ROUTER_INFORMATION_CHANGE_NOTIFY_REASON_ValueMap
1451=IpRaDnsEvent : Event Interface CompartmentId RouterAddrLength RouterAddress:addr*RouterAddrLength
  DnsAddrLength DNSServerAddress:addr*DnsAddrLength DNSSuffix:asz Lifetime
1452=IpRouteRundown : Interface Compartment DestinationPrefixAddressLength
  DestinationPrefix:addr*DestinationPrefixAddressLength DestinationPrefixLength %NextHopAddress Metric State
  Origin@IP_ROUTE_ORIGIN_ValueMap Age:u64 ValidLifetime:u64 PreferredLifetime:u64 Flags
1462=FeatureFallbackNcsiNoConnectivity : CompartmentId IfIndex Feature ConnectivityStatus
1465=TcpipSourceConstraint : Compartment DestinationAddrLength DestinationAddress:addr*DestinationAddrLength
  ConstrainSourceAddrLength ConstrainSourceAddress:addr*ConstrainSourceAddrLength ConstrainInterfaceIndex
  ConstraintFlags
1465v1=TcpipSourceConstraint : Compartment DestinationAddrLength DestinationAddress:addr*DestinationAddrLength
  ConstrainSourceAddrLength ConstrainSourceAddress:addr*ConstrainSourceAddrLength ConstrainInterfaceIndex
  ConstraintFlags TransportProtocol IcmpType:u8 IcmpCode:u8
1468v2=TcpSystemAbortTcb : %LocalAddress %RemoteAddress Status ProcessId Compartment Tcb:ptr
  ProcessStartKey:u64 Reason
1472=InetWakeAcquirePort : AcquireType Port:u16 AddressFamily Interface Compartment
1476=TcpipLoopbackPacketTransmit : Nbl:ptr Interface Compartment AddressLength
  DestinationAddress:addr*AddressLength SourceAddress:addr*AddressLength IPTransportProtocol
1477v1=TcpConnectionSummary : Tcb:ptr DataBytesOut:u64 DataBytesIn:u64 DataSegmentsOut:u64 DataSegmentsIn:u64
  SegmentsOut:u64 SegmentsIn:u64 NonRecovDa NonRecovDaEpisodes DupAcksIn BytesRetrans Timeouts
  SpuriousRtoDetections FastRetran MaxSsthresh MaxSsCwnd MaxCaCwnd SndLimTransRwin SndLimTimeRwin
  SndLimBytesRwin:u64 SndLimTransCwnd SndLimTimeCwnd SndLimBytesCwnd:u64 SndLimTransSnd SndLimTimeRSnd
  SndLimBytesRSnd:u64 ConnectionTimeMs:u64 TimestampsEnabled RttUs MinRttUs MaxRttUs SynRetrans
  CongestionAlgorithm State %LocalAddress %RemoteAddress CWnd SsThresh RcvWnd RcvBuf SndWnd InterfaceIndex
  LocalPort IsLoopback:bool
1478=TcpipFramingPacketDrops : PathDirection AddressFamily Interface PacketCount Reason Data
1484=TcpipFramingInterfaceBindFailure : IfIndex AddressFamily FailureCode Status
1485=TcpipFramingOidFailure : IfIndex AddressFamily OID Status
1486=TcpipStatusIndication : IfIndex AddressFamily NdisStatus
1491=IpMulticast : MessageType@TCPIP_IP_MULTICAST_INFO_ValueMap IfIndex IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength Data
1492=IpMulticast : MessageType IfIndex IPv4Address:ip4 IpAddrLength IPv6Address:addr*IpAddrLength Data Status
1495=IpReassembly,1498=IpFlUpdateAddressList : IfIndex AddressFamily Status
1496=IpReassembly : FragmentContextDirection@TCPIP_IP_REASSEMBLY_WFP_ValueMap IfIndex AddressFamily
1497=IpMulticast : GroupChangeType@TCPIP_IP_GROUP_CHANGE_AT_FL_ValueMap IfIndex IPv4Address:ip4 IpAddrLength
  IPv6Address:addr*IpAddrLength Data Status
1499=IpTemporaryAddressCreation : IfIndex IPv4Address:ip4 IpAddrLength IPv6Address:addr*IpAddrLength
1500=IpSubInterfaceCreation : IfIndex Status
1501=TcpipMediaReconnect,1582=TcpipIndicationFilteredForIflist : IfIndex
1502=TcpipRegSyncInterface : IfIndex Field:sz Status
1503=TcpipActiveRefFailure : Release IfIndex Subtask Status
1504=TcpipIpRedirectPath : IfIndex IPv4DestinationAddress:ip4 IPv4NextHop IpAddrLength
  IPv6DestinationAddress:addr*IpAddrLength IPv6NextHop:addr*IpAddrLength
1505=TcpipIpRedirectPath : IfIndex IpAddrLength IPv6Address:addr*IpAddrLength
1506=IpReassembly : Release AddressFamily IfIndex
1507=IpReassembly : IfIndex ReassemblyId IPv4SourceAddress:ip4 IPv4DestinationAddress:ip4 IpAddrLength
  IPv6SourceAddress:addr*IpAddrLength IPv6DestinationAddress:addr*IpAddrLength
1514=TcpInterfaceRscStateChange : IfIndex TcpRscEnabledIpv4 OffloadRscEnabledIpv4 TcpRscEnabledIpv6
  OffloadRscEnabledIpv6
1518=IpInterfaceRundown : IfIndex CompartmentId AddressFamily ClientName:sz
1520=TcpipFramingTunnels : IfIndex TunnelType Reason
1521=TcpipFramingInterfaceStatus,1525=TcpipFramingPatterns : IfIndex AddressFamily CurrentProgress NtStatus
1522=TcpipFramingIsolation : IfIndex AddressFamily Reason
1523=TcpipFramingPatterns : IfIndex AddressFamily FailureType NtStatus
1524=TcpipFramingInterfaceMgmt : IfIndex AddressFamily FlicCode NtStatus
1526=TcpipFramingPnp : IfIndex AddressFamily Compartment Event Data
1527=InterfaceRundown : IfIndex IfLuid:u64 AddressFamily Compartment IsolationMode IsolalationId DlAddrLength
  DLAddress:bin*DlAddrLength InterfaceType PhysicalMediumType SwRscUroApplicable SwRscEnabled IfAlias:sz
1527v1=InterfaceRundown : IfIndex IfLuid:u64 AddressFamily Compartment IsolationMode IsolalationId
  DlAddrLength DLAddress:bin*DlAddrLength InterfaceType PhysicalMediumType SwRscUroApplicable SwRscEnabled
  IfAlias:sz SwUroEnabled
1531=RawEndpoint,1532=RawEndpoint : Endpoint:ptr AddressFamily IPTransportProtocol Compartment ProcessId
  ProcessSequenceNumber:u64 Reason Status
1536=IcmpRouterAdvertisement : IfIndex PreferredLifetime ValidLifetime
1537=IcmpRouterAdvertisement : IfIndex PrefixLength IdentifierLength
1538=ArpPacketDrops,1543=ArpPacketDrops : IfIndex DlAddrLength DlSourceAddress:bin*DlAddrLength
  IpSourceAddress IpTargetAddress DropReason
1539=ArpPacketDrops : IfIndex DlAddrLength DlSourceAddress:bin*DlAddrLength IpSourceAddress Directed
  DropReason
1542=NeighborRundown : IfIndex CompartmentId IpAddrLength IPAddress:addr*IpAddrLength DlAddrLength
  DLAddress:bin*DlAddrLength NeighborState LastReachableInMs IsUnreachable Flags
1578=IpInjectNbl,1579=IpInjectNbl,1580=IpInjectNbl,1581=IpInjectNbl : Nbl:ptr AddressFamily CompartmentId
  Interface IPTransportProtocol
1586=IpInterfaceChange : AddressFamily CompartmentId Interface PrefixSharing
1588=IpInterfaceChange : AddressFamily CompartmentId Interface OldForwardingTag NewForwardingTag
1590=TcpSendCompletionFailure : Tcb:ptr Nbl:ptr Status
1592=IpNeighborReset : Interface IpAddrLength IPAddress:addr*IpAddrLength DlAddrLength
  DLAddress:bin*DlAddrLength OldNeighborState ResetReason CompartmentId
1598=IpAddressAutoConfigurationLimitFailure : Interface CompartmentId Protocol:asz IpAddrLength
  IPv4Address:ip4 IPv6Address:ip6 IPProtocol
1599=IpRouteAutoConfigurationLimitFailure : Interface CompartmentId Protocol:asz
  DestinationPrefixAddressLength NextHopAddressLength DestinationPrefixLength DestinationPrefix:rest
1600=TcpipPBRFailure : Compartment DestinationAddrLength DestinationAddress:addr*DestinationAddrLength
  SourceAddrLength SourceAddress:addr*SourceAddrLength TransportProtocol IcmpType:u8 IcmpCode:u8
  PolicySourceAddrLength PolicySourceAddress:addr*PolicySourceAddrLength PolicyNextHopAddrLength
  PolicyNextHopAddress:addr*PolicyNextHopAddrLength PolicyInterfaceLuid:u64 FailureReason Status
1601=TcpRx : Tcb:ptr NewState FastPath NBL:ptr ThSeq ThAck ThFlags:u8 RSC CoalescedSegCount:u16
  RscTcpTimestampDelta EcnCePresent
1602=TcpProcessFastRxBatch : Tcb:ptr SegmentCount NumBytes NblHead:ptr NblTail:ptr Inspect
1616=TcpipGlobalPowerPolicySendRS,1617=TcpipGlobalPowerPolicyRequestRS : InterfaceIndex
  RouterSolicitationReason PowerPolicy
1618=TcpipIpRouteLifetime : Interface Protocol:asz Compartment DestinationPrefixAddressLength
  DestinationPrefix:addr*DestinationPrefixAddressLength DestinationPrefixLength %NextHopAddress Metric Origin
  CurrentTime OldBasetime OldValidTime OldPreferredTime NewBasetime NewValidTime NewPreferredTime
1619=IpSourceAddressSelection : IpAddrLength PreferredSourceIPAddress:addr*IpAddrLength
  NonPreferredSourceIPAddress:addr*IpAddrLength DestinationIPAddress:addr*IpAddrLength CompartmentId Rule
  RuleExtension RuleName
1621=FlVirtualInterfaceCreation,1622=FlVirtualInterfaceDeletion : IfLuid:u64 AddressFamily
  CompartmentGuid:guid CompartmentId IsolationMode IsolalationId Origin VirtualIfLuid:u64 VirtualIfIndex
1623=TcpipGlobalPowerPolicyTransitionAdjustment : InterfaceIndex DestinationPrefixAddressLength
  DestinationPrefix:addr*DestinationPrefixAddressLength DestinationPrefixLength %NextHopAddress
  EnteredStandbySystemTickCount:u64 CurrentTickCount ValidLifetimeHighWaterTickCount
1629=FlsnpiClientAttach : ClientName:sz AddressFamily ClientNpiVersion NblContextSize FailureReason Status
1631=FlsnpiClientInterfaceAttach : ClientName:sz AddressFamily CompartmentId IfIndex VirtualIfId Flags
  FailureReason Status
1632=FlsnpiClientInterfaceDetach : ClientName:sz AddressFamily CompartmentId IfIndex VirtualIfId FailureReason
  Status Flags
1633=FlsnpiDataPathFailure : Operation AddressFamily PathDirection ClientName:sz CompartmentId IfIndex
  VirtualIfId Flags FailureReason Status InjectionIfIndex
1634=FlsnpiClientSilentDrop : PathDirection AddressFamily ClientName:sz CompartmentId InterfaceIndex
  VirtualIfId PacketCount
1635=FlsnpiPacketStats : Direction AddressFamily CompartmentId InterfaceIndex VirtualIfId PacketsIndicated
  PacketsReturned PacketsInjected PacketsCloned PacketsClonedWithNBSplit PacketsDropped PacketsSilentlyDropped
1638=IpRaPref64Event : Event Interface CompartmentId RouterAddrLength RouterAddress:addr*RouterAddrLength
  PrefixAddrLength Prefix:addr*PrefixAddrLength PrefixLength Lifetime
1639=IpDestinationCacheInvalidation : CompartmentId AddressFamily RoutingEpoch:i32
1640=FlVirtualIfSetError,1641=FlVirtualIfGetError : NsiAction AddressFamily IfLuid:u64 CompartmentGuid:guid
  VirtualIfId IsolationMode Status FailureReason
1642=IpRecvPrefixOptionInRouterAdvertisement : InterfaceIndex InterfaceGuid:guid CompartmentId AddressLength
  SourceIpAddress:addr*AddressLength PrefixValue:addr*AddressLength PrefixLength ValidLifetime
  PreferredLifetime FlagsValue:u8 IsRoute:bool IsSitePrefix:bool IsRouterAddress:bool IsAutonomous:bool
  IsOnLink:bool
`,
  maps: `
TCPIP_IP_DAD_STATE_ValueMap 0=NldsInvalid|NldsTentative|NldsDuplicate|NldsDeprecated|NldsPreferred
TCPIP_IP_IF_STATUS_ValueMap 1=Operational|Unoperational|4=Unknown|Dormant
TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap 0=NdisPhysicalMediumUnspecified|NdisPhysicalMediumWirelessLan|
  NdisPhysicalMediumCableModem|NdisPhysicalMediumPhoneLine|5=NdisPhysicalMediumDSL|7=NdisPhysicalMedium1394|
  NdisPhysicalMediumWirelessWan|NdisPhysicalMediumNative802_11|NdisPhysicalMediumBluetooth|
  NdisPhysicalMediumInfiniband|NdisPhysicalMediumWiMax|14=NdisPhysicalMedium802_3|NdisPhysicalMedium802_5|
  NdisPhysicalMediumIrda|NdisPhysicalMediumWiredWAN
TCPIP_Transport_Protocol_ValueMap 1=ICMP|IGMP|6=TCP|17=UDP|43=ROUTING|FRAGMENT|47=GRE|50=ESP|AH|58=ICMPV6|
  256=Unknown
TCPIP_SLOW_PATH_REASON_ValueMap 0=IP checksum offload not computed|TCP checksum offload not computed|
  UDP checksum offload not computed|4=IP fragmentation|Source address is not unicast|8=IP options present|
  ESP over UDP|11=WFP filters present|Nexthop is unavailable|16=Session state is not compatible|
  TCP options present|21=TL Ancillary headers present|NL Ancillary headers present|Type of Service present|
  IpSec headers present|Interface is not Ethernet|Nbl check failed|Destination address is unknown|
  Loopback inspect failed|30=IP packet length is invalid|IP version is invalid
TCPIP_NETWORK_PACKET_DROP_REASON_ValueMap 1=Bad source address|Not locally destined|Protocol unreachable|
  Port unreachable|Bad length|Malformed Header|No route available|Beyond scope|Inspection drop|
  Too many decapsulations|Administratively prohibited|Bad checksum|128=Hop limit exceeded|Address unreachable|
  258=Fragment MTU exceeded|Buffer Length Exceeded|Address Resolution Timeout|Address Resolution Failure|
  IPsec failure|Extension Headers Failure|Allocation Failure|IPSNPI Client Drop|Unsupported Offload|
  Routing Failure|Ancillary Data Failure|Raw Data Failure|Session State Failure|IPSNPI Allocation Failure|
  IPSNPI Modified But Not Forwarded|IPSNPI No Next Hop Specified|IPSNPI Compartment Not Found|
  IPSNPI Interface Not Found|IPSNPI Subinterface Not Found|IPSNPI Interface disabled|
  IPSNPI Segmentation Failed|IPSNPI No Ethernet Header|IPSNPI Unexpected Fragment|
  IPSNPI Unsupported Interface Type
TCPIP_PROPERTY_ValueMap 0=Disabled|Enabled
TCPIP_OFFLOAD_FAILURE_REASON_ValueMap 0=No Failure|Unknown|System Policy|NIC Capacity Reached|
  System Low On Memory|WFP driver / Stream inspection|Weak Host Model Enabled|Forwarding Enabled|
  Hardware capability|NDIS filter/NIC property
TCPIP_AF_ValueMap 2=IPv4|23=IPv6
TCPIP_RSS_BINDING_NOTIFICATION_ValueMap 0=unbind|bind|port change
TCPIP_RSS_ADDING_ValueMap 0=removing|adding
TCPIP_RSS_BINDING_CAPABILITY_ValueMap 0=not available|available|available on ports
TCPIP_NEIGHBOR_STATE_ValueMap 0=Unreachable|Incomplete|Probe|Delay|Stale|Reachable|Permanent|Maximum
TCPIP_NEIGHBOR_EVENT_ValueMap 0=Map|Configure|TlSuspectsReachability|TlConfirmsReachability|
  NaConfirmsReachability|ProbeReachability|DadSolicitation|NewDlAddress|TriggerNud|Resolve|Timeout|
  Sending neighbor solicitation|Received neighbor solicitation|Sending neighbor advertisement|
  Received neighbor advertisement|Sending router solicitation|Received router solicitation|
  Sending router advertisement|Received router advertisement
TCPIP_IP_WOL_EVENT_ValueMap 0=CreateWolContext|DeleteWolContext|SetWolContext|ClearWolContext|
  WolContextEvicted|AddWolAddress|RemoveWolAddress
TCPIP_RSC_EVENT_ValueMap 0=Init|StatusIndication|GlobalSetting|Forwarding|IncompatibleCallout
IP_SOURCE_ADDRESS_PREFERENCE_RULE_ValueMap 16=Prefer Same Address|32=Prefer Appropriate Scope|
  48=Avoid Deprecated Addresses|64=Prefer Home Addresses|80=Prefer Outgoing Interface|
  Prefer Addresses Associated With NextHop|96=Prefer Matching Label|112=Prefer Temporary Addresses|
  System Defined Preference (Windows Specific)|128=Prefer Longest Matching Prefix
TCPIP_Path_Direction_ValueMap 0=Send|Receive
ICMPV4V6_TYPE_ValueMap 0=Echo Reply|Destination Unreachable|Packet Too Big|
  Destination Unreachable(v4)/Time Exceeded(v6)|Source Quench(v4)/Parameter Problem(v6)|Redirect|
  8=Echo Request|Router Advertisement|Router Solicitation|Time Exceeded|Parameter Problem|Timestamp Request|
  Timestamp Reply|17=Address Mask Request|Address Mask Reply|128=Echo Request|Echo Reply|
  Multicast Listener Query|Multicast Listener Report|Multicast Listener Done|Router Solicitation|
  Router Advertisement|Neighbor Solicitation|Neighbor Advertisement|Redirect Message|
  143=Multicast Listener Discovery|256=Not Parsed
ICMP_PACKET_DROP_REASON_ValueMap 0=General failure|Truncated header|Invalid checksum|Inspection drop|
  Rejecting loopback neighbor discovery|Unknown type/code|Truncated IP header|Oversized IP header|No handler|
  10=Invalid source|Interface rate limit|Path rate limit|No route|No matching request|Buffer too small|
  Failed to obtain ancillary data|Incorrect hop limit|Unknown code|Source not linklocal|Truncated ND header|
  Invalid ND option SourceLinkAddr|Invalid ND option MTU|Invalid ND option PrefixInformation|
  Invalid ND option RouteInformation|Invalid ND option RDNSS|Invalid ND option DNSSL|Packet parsing failure
IP_INTERFACE_DOMAIN_NETWORK_LOCATION_ValueMap 0=Remote|Link
IP_INTERFACE_INTERNET_CONNECTIVITY_STATUS_ValueMap 0=NoInternetConnectivity|NoInternetDnsResolutionSucceeded|
  InternetConnectivityDetected|4294967295=InternetConnectivityUnknown
IP_NEIGHBOR_CHANGE_NOTIFY_REASON_ValueMap 0=NeighborAddition|NeighborDeletion|NeighborUnreachable|
  NeighborReachable|NeighborAddressUpdate
IP_ROUTE_STATE_ValueMap 0=Alive|Dead|Probe
IP_ROUTER_INFORMATION_CHANGE_NOTIFY_REASON_ValueMap 1=RA DNS information change
IP_ROUTE_ORIGIN_ValueMap 0=Manual|WellKnown|DHCP|RouterAdvertisement|6to4
TCPIP_INTERFACE_CONFIG_CHANGE_EVENT_ValueMap 0=Received Router Advertisement|AdminConfigured|NetworkProperty
IP_INTERFACE_NETWORK_CATEGORY_ValueMap 0=Unknown|Public|Private|Domain
TCPIP_IP_MULTICAST_INFO_ValueMap 1=Successfully created multicast session state|
  6=Not modifying multicast group state|Updated multicast discovery version
TCPIP_IP_REASSEMBLY_WFP_ValueMap 0=WFP context to the fragment
TCPIP_IP_GROUP_CHANGE_AT_FL_ValueMap 0=leave|join
TCPIP_AoAcFailFastRequestType_ValueMap 0=TCP connect|TCP send|UDP send|RAW send
TCPIP_MEDIA_CONNECT_STATE_ValueMap 0=Unknown|Connected|Disconnected
`,
} as const;
