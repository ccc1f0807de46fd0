// Written by scripts/event-tables.ts; do not edit.
export const TCPIP = {
  name: 'Microsoft-Windows-TCPIP',
  events: `
~ Status:nt CompartmentId AddressFamily IpAddrLength IfIndex IPv6Address:ip6*IpAddrLength Reason IPProtocol IPv4Address:ip4 ProcessStartKey:u64 ProcessId Compartment IPTransportProtocol ProcessSequenceNumber:u64 DlAddrLength Interface State DestinationPrefixAddressLength DestinationPrefixLength InterfaceIndex %LocalSockAddr FailureReason Tcb:ptr %LocalAddress %NextHopAddress %RemoteAddress %RemoteSockAddr DLAddress:bin*DlAddrLength DestinationPrefix:addr*DestinationPrefixAddressLength NumBytes RequestContext:ptr SackedBytes SeqNo %SourceAddress BytesInFlight Flags:h32 Metric NewState SndNxt SndUna VirtualIfId %DestAddress AddressLength ClientName:sz ConstrainInterfaceIndex NotificationType PacketCount PathDirection PrivateDataLength Protocol:asz RecoveryMax RttSample SendAvailable SndMax SndWnd SrcPort:u16 TcpState ThAck ActivityID:ptr ChannelStatus CongestionState DestIPv4Address:ip4 DestPort:u16 DisconnectEventContext:ptr DropReason DupAckCount Endpoint:ptr Feature GroupNumber:u16 IPAddress:addr*IpAddrLength IPv4SourceAddress:ip4 IPv6DestAddress:ip6*IPv6DestIpAddrLength IPv6DestIpAddrLength IPv6SourceAddress:ip6*IPv6SourceIpAddrLength IPv6SourceIpAddrLength IfLuid:h64 Injected:sz IsLoopback IsolationMode NameResContext:ptr Nbl:ptr NtStatus:nt Origin@IP_ROUTE_ORIGIN_ValueMap OutgoingInterfaceIndex PhysicalMediumType PreferredLifetime:h64 PrefixLength RcvWnd ReturnConstrained RexmitCount SSThresh SndLimBytesCwnd:u64 SndLimBytesRwin:u64 SourceIPv4Address:ip4 ValidLifetime:h64 %EndpointAddress %SendAddress ActiveAffinity:h64 AdapterIndex AutoconfigureAddress CoalescedSegCount:u16 CompartmentGuid:guid ConstrainSourceAddress:addr*IpAddrLength ConstraintOverridden CurrentTime DataBytesIn:u64 DestinationAddress:addr*IpAddrLength DestinationIPAddress:addr*IpAddrLength DestinationPrefix:ip6*DestinationPrefixAddressLength DnsName:sz EcnCePresent EverRetransmitted FailureReasonFlags:h32 GroupAffinity:h64 IPUnicastroutedeletionreason IPv4DestinationAddress:ip4 IPv4DestinationPrefix:ip4 IPv4NextHopAddress:ip4 IPv6DestinationAddress:ip6*IpAddrLength IPv6SourceAddress:ip6*IpSourceAddrLength IcmpCode:u8 IcmpType:u8 InFlightCount InRecovery IndirectionTable:bin*IndirectionTableSize IndirectionTableSize InterfaceGuid:guid IpSourceAddrLength IsolalationId Length:ptr LocalAddress:addr*AddressLength LocalIPv4Address:ip4 LocalIPv6Address:ip6*IpAddrLength LossDetected LossRecoveryEpisodes LowMemoryEvent MaximumProcessors NcmContext:ptr NdkConnector:ptr NdkQp:ptr NeighborState NewPreferredTime NewValidTime NextHopAddress:addr*IpAddrLength NextHopAddress:ip6*NextHopAddressLength NextHopAddressLength NonPreferredSourceIPAddress:addr*IpAddrLength NumEntries:u64 NumMessages NumberOfPorts:u16 OldPreferredTime OldValidTime PacingRate PartitionId:u64 PhysicalMediumType@TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap PortNumber PreferredLifetime PreviousAdapterIndex ProcessorIndex PtoEpisodes PushNotificationGuid:guid RcvBufSet Reason@TCPIP_SLOW_PATH_REASON_ValueMap RemoteAddress:addr*AddressLength RscTcpTimestampDelta RtoEpisodes RuleExtension SackBytes SackInFlight SackIsLost SackIsLostSeq SegmentSize SndLimBytesSnd:u64 StartPort:u16 Succeeded SwUroEnabled Timestamps TransportProtocol ValidLifetime WolHandle
1446=IpInterfaceDisconnect : %Address ~4 ~1 SkipLocal SkipOnLink
1092=TcpAutoTuningBegin,1093=TcpAutoTuningEnd,1094=TcpAutoTuningFailedRttEstimation,1095=TcpAutoTuningFailedBandwidthEstimation,1096=TcpAutoTuningFailedAllocationFailure,1097=TcpAutoTuningChangeRcvBufferSize : ~n ~p BufferSize
1022=TcpConnectTcbSkipRateLimit,1023=TcpConnectTcbPassRateLimit,1026=TcpRateLimitPathRelease,1028=TcpRateLimitPathCancel : ^2 Path:ptr
1014=TcpAccpetListenerRouteLookupFailure,1016=TcpAcceptListenerRejected,1017=TcpAcceptListenerComplete,1018=TcpConnectTcbFailedAf,1019=TcpConnectTcbFailedCompartment,1020=TcpConnectTcbFailedInspect,1021=TcpConnectTcbFailedRoute,1024=TcpConnectTcbCheckRateLimit,1027=TcpConnectTcbRateLimitRelease,1029=TcpConnectTcbCancel,1031=TcpConnectTcbProceeding,1032=TcpConnectTcbRateLimitCancel,1033=TcpConnectTcbComplete,1034=TcpConnectTcbFailure,1035=TcpConnectTcbFailInspectConnectComplete,1036=TcpConnectTcbFailSessionState,1037=TcpConnectTcbFailDontFragment,1038=TcpCloseTcbRequest,1039=TcpAbortTcbRequest,1040=TcpAbortTcbComplete,1043=TcpDisconnectTcbComplete,1044=TcpShutdownTcb,1045=TcpConnectTcbTimeout,1046=TcpDisconnectTcbRtoTimeout,1047=TcpDisconnectTcbKeepaliveTimeout,1048=TcpDisconnectTcbTimeout,1049=TcpConnectTcbEstatsFailed,1050=TcpConnectFailedPortAcquire,1200=TcpDisconnectTcbZeroWindowTimeout,1201=TcpDisconnectTcbFinWait2Timeout,1468=TcpSystemAbortTcb : ^2 ~0 ~a ~b ~m
1014v1@19041,1016v1@19041,1017v1@19041,1018v1@19041,1019v1@19041,1020v1@19041,1021v1@19041,1024v1@19041,1027v1@19041,1029v1@19041,1031v1@19041,1032v1@19041,1033v1@19041,1034v1@19041,1035v1@19041,1036v1@19041,1037v1@19041,1038v1@19041,1039v1@19041,1040v1@19041,1043v1@19041,1044v1@19041,1045v1@19041,1046v1@19041,1047v1@19041,1048v1@19041,1049v1@19041,1050v1@19041,1200v1@19041,1201v1@19041,1468v1@19041,1564=TcpConnectTcbFailedAccess : ^6 ~9
1043v2 : ^7 Inspect:bool
1468v2 : ^7 ~6
1382=TcpInspectConnectWithNameResContext : ^2 ~m ~27 ~31 ~0
1005=TcpBindEndpointResolutionFailure,1006=TcpBindEndpointPortFailure,1007=TcpBindEndpointInspectionFailure,1008=TcpBindEndpointComplete,1009=TcpCloseEndpoint,1366=TcpDeferPortSelection,1470=TcpBindEndpointWakeFailure : ^1 ~0
1393=UdpBindEndpointResolutionFailure,1394=UdpBindEndpointPortFailure,1395=UdpBindEndpointInspectionFailure,1396=UdpBindEndpointComplete,1397=UdpCloseEndpointBound,1398=UdpCloseEndpointUnBound,1471=UdpBindEndpointWakeFailure : ^2 ~1u
1396v1 : ^3 Pid ~9
1010=TcpCreateEndpointAfFailure,1011=TcpCreateEndpointCompartmentFailure,1012=TcpCreateEndpointInspectionFailure,1013=TcpCreateEndpointComplete : ^2 ~a ~1 ~2
1010v1@19041,1011v1@19041,1012v1@19041,1013v1@19041,1562=TcpCreateEndpointAccessFailure : ^5 ~9
1444=IpAddressDadStateChange : ~x ~4 ~1 OldDadState NewDadState ~6
1441=IpAddressChangeNotification : ^3 ~1d ~6
1441v1 : ^5 ~g ~19 DadState
1370v1 : API:asz ~3 ~2y ~2u ~18 ConstrainForwardingTag ~2v ~2g ~2b ~3z ~0
1370=TcpipRouteLookup : ^5 ~2v ~2g ~2b ~3z ~0
1472=InetWakeAcquirePort : AcquireType Port:u16 ~2 ~f ~b
1242=RssPortBindComplete,1243=RssPortNotSupported : ~2q
1233=RssPortCapabilities : ^1 CapabilitiesFlags:h32 NumberOfInterruptMessages NumberOfReceiveQueues
1232=RssPortReference : ^1 ExistingInterfaceIndex ExistingPortNumber ReferenceAdded:u8@TCPIP_RSS_ADDING_ValueMap
1234=RssPortProcessors : ^1 ~1w ~3s ~35
1234v1 : ^4 AvailableProcessorsSize AvailableProcessors:bin*AvailableProcessorsSize
1246=RssPortRundown,1246v1 : ^1 HashInfo:h32 ~3s ~1w ~35 ~2p ActiveMode@TCPIP_RSS_SETTING_VALUE_ValueMap ~3h ~3g
1237=RssIndirectionChange : ^1 IndirectionIndex:u16 OldProcessorIndex NewProcessorIndex
1244=RssInitializeIndirectionTable : ^1 ~3h ~3g ~1w ~2p
1231=RssPortChange : ^1 ~j ~4b Bind@TCPIP_RSS_BINDING_NOTIFICATION_ValueMap
1238=RssProcessorConsolidation : ^1 ProcessorIndex:u8
1239=RssConfigurationChange : ^1 Setting Value
1303=TcpipWakePacketIndicated : AdapterLuid:h64 PatternFriendlyName:sz ~e SrcDLAddress:bin*DlAddrLength DestDLAddress:bin*DlAddrLength ~3 SrcAddress:ip6*IpAddrLength DestAddress:ip6*IpAddrLength Protocol ~1j ~1q
1302=TcpipWakePacketIndicated : ^5 SrcAddress:ip4 DestAddress:ip4 Protocol ~1j ~1q
1588=IpInterfaceChange : ~2 ~1 ~f OldForwardingTag NewForwardingTag
1586=IpInterfaceChange : ^3 PrefixSharing
1517=UdpGlobalParameters : ^1 DisableUro:u8
1517v1 : ^2 DisableUso:u8
1110=TcpGlobalParameters : ^1 EnablePMTUDiscovery:u8 TcpUseRFC1122UrgentPointer:u8 DisableTaskOffload:u8 EnablePMTUBHDetect:u8 DisableTcpChimneyOffload:u8 DisableRss:u8 EcnCapability:u8 TcpMaxDataRetransmissions:u8 KeepAliveTime KeepAliveInterval TcpTimedWaitDelay SillyWindowTimeout TcpFinWait2Delay CongestionAlgorithm:u8 Tcp1323Opts:u8 AutoTuningLevelLocal AutoTuningLevelGroupPolicy
1540=UpperLayerProtocolFailure : ^1 ~c
1541=UpperLayerProtocolFailure : ^2 ~0
1589=TcpAfRundown : ^1 RssEnabled
1597=TcpAutoTuningPausedForMemoryUsage : ^1 ~m TotalBytesBuffered:u64 UpperLimit:u64
1620=RemoteEndpointCleanup : ~16 ~3m ~4j CurrentTick:u64 LastTick:u64 LifeTime LifetimeFactor:u16
1466=RemoteEndpoint,1467=RemoteEndpoint : ^3 ~49 ~43
1374=RemoteEndpoint,1375=RemoteEndpoint : ^1 ~4j RemotePort:u64 ~3m LocalPort:u16 ~49 ~43
1109=TcpMemoryFailures : AllocationObjectString:sz
1353=TcpipGeneric : ^1 Param1:ptr Param2:ptr Param3 Param4
1464=TcpFastopenIncompatCallout : BaseEndpoint:ptr
1493=IpReassembly : Ce Ect0 Ect1 NotEct
1630=FlsnpiClientDetach : ~17 ~2
1629=FlsnpiClientAttach : ^2 ClientNpiVersion NblContextSize ~l ~0
1632=FlsnpiClientInterfaceDetach : ^2 ~1 ~4 ~14 ~l ~0 ~z
1631=FlsnpiClientInterfaceAttach : ^5 ~z ~l ~0
1465=TcpipSourceConstraint : ~b DestinationAddrLength DestinationAddress:addr*DestinationAddrLength ConstrainSourceAddrLength ConstrainSourceAddress:addr*ConstrainSourceAddrLength ~18 ConstraintFlags:h32
1465v1 : ^7 ~4x ~3d ~3c
1600=TcpipPBRFailure : ^3 SourceAddrLength SourceAddress:addr*SourceAddrLength ~4x ~3d ~3c PolicySourceAddrLength PolicySourceAddress:addr*PolicySourceAddrLength PolicyNextHopAddrLength PolicyNextHopAddress:addr*PolicyNextHopAddrLength PolicyInterfaceLuid:h64 ~l ~0
1384=IpRouteBlocked : ~1 %DestinationAddress ~i ~h ~s ~o ~j RouteMetric ~18 ConstrainScope BlockReason
1383=IpRouteSelection : ^2 PrDestinationPrefixLength PrDestinationPrefixAddressLength PrDestinationPrefix:addr*PrDestinationPrefixAddressLength %PrNextHopAddress PrInterfaceIndex PrInterfaceMetric PrRouteMetric NonPrDestinationPrefixLength NonPrDestinationPrefixAddressLength NonPrDestinationPrefix:addr*NonPrDestinationPrefixAddressLength %NonPrNextHopAddress NonPrInterfaceIndex NonPrInterfaceMetric NonPrRouteMetric PreferenceReason
1427=IpCompartmentCreation,1428=IpCompartmentDeletion,1431=IpCompartmentCleanup : ^1 ~2 Private ~0
1639=IpDestinationCacheInvalidation : ^2 RoutingEpoch:i32
1462=FeatureFallbackNcsiNoConnectivity : ^1 ~4 ~1v ConnectivityStatus
1283=Ndkpi_Connect_Event_Callback : ConnectEventContext:ptr ~3u
1442=IpRouteChangeNotification : ~h ~s ~o ~i ~1 ~4 NotifyFlags:h64
1442v1 : ^7 ~g ~19
1445=IpRouteDGDStateChange : ^6 OldState@IP_ROUTE_STATE_ValueMap ~11 OldProbeCount NewProbeCount OldUnreachablePaths NewUnreachablePaths OldMovedPaths NewMovedPaths TotalPaths OldStateChangeTick NewStateChangeTick DgdNeedsReset ~6
1635=FlsnpiPacketStats : Direction ~2 ~1 ~j ~14 PacketsIndicated PacketsReturned PacketsInjected PacketsCloned PacketsClonedWithNBSplit PacketsDropped PacketsSilentlyDropped
1282=Ndkpi_Disconnect_Event_Callback : ~1r
1604=Ndkpi_Disconnect_Event_Callback_Ex : ^1 ProviderDisconnectReason
1535=RawEndpoint : ~1u
1399=UdpSendMessagesResolutionFailure,1400=UdpSendMessagesValidationFailure,1401=UdpSendMessagesSrcAddrSelectionFailure,1402=UdpSendMessagesFullPendingJoinPathQueue,1411=UdpSendMessagesSendContextResourceFailure,1412=UdpSendMessagesPathAfFailure,1413=UdpSendMessagesPathNextHopMissingFailure,1414=UdpSendMessagesPathNextHopAddrFailure : ^1 ~2n ~2o ~0
1005v1,1006v1,1007v1,1008v1,1009v1,1470v1 : ^1 ~n ~0
1013v2 : ^3 ~a ~1 ~2 ~9
1531=RawEndpoint,1532=RawEndpoint : ^1 ~2 ~c ~b ~a ~d ~6 ~0
1483=UdpUsoFallback : ^1 FailureReason@UDP_OFFLOAD_FAILURE_REASON_ValueMap ~4r ~k ~q
1530=RawEndpoint : ^1 ~c ~2n ~2o ~6 ~0
1533=RawEndpoint,1534=RawEndpoint : ^2 ~k ~6 ~0
1528=RawEndpoint,1529=RawEndpoint : ^2 ~44 ~t ~k ~q
1381 : ^1 ~27 ~31 ~j IpCount %IpAddr1 %IpAddr2 %IpAddr3 %IpAddr4 %IpAddr5 ~0
1169=UdpEndpointSendMessages,1170=UdpEndpointReceiveMessages : ^1 ~44 ~t ~k ~q Pid
1169v1,1170v1 : ^6 ~9
1515=UdpUroNblOobInfo : ^1 SegCount:u16 SegSize:u16 DataLength
1482=UdpSegmentMessage : ^1 ~4r MessageLength:u64 HwDatagrams HwSegments SwSegments ~0
1482v1 : ^6 SubMssSegments ~0
1389=UdpCreateEndpointAfFailure,1390=UdpCreateEndpointCompartmentFailure,1391=UdpCreateEndpointComplete,1392=UdpCreateEndpointInspectionFailure : ^1 ~0 ~a ~1 ~2
1389v1,1390v1,1391v1,1392v1 : ^5 ~d
1389v1@19041,1390v1@19041,1391v1@19041,1392v1@19041,1563=UdpCreateEndpointAccessFailure : ^5 ~9
1381v1=TcpAssociateNameResContext : EndpointObj:ptr IsConnectionObj ~27 ~0
1451=IpRaDnsEvent : Event ~f ~1 RouterAddrLength RouterAddress:ip6*RouterAddrLength DnsAddrLength DNSServerAddress:ip6*DnsAddrLength DNSSuffix:asz Lifetime
1638=IpRaPref64Event : ^5 PrefixAddrLength Prefix:ip6*PrefixAddrLength ~2e Lifetime
1410=UdpStartEndpointModuleFailure : FailedQueueString:sz ~0
1456=FeatureFallback,1457=FeatureFallback,1458=FeatureFallback,1459=FeatureFallback,1460=FeatureFallback : Fallback:ptr ~1v Failed ~4u InProbe PathsProbed ~0
1448=FeatureFallback : ^1 Feature@FEATURE_FALLBACK_INDEX_ValueMap ~6 Confidence:i32 Successes Failures
1463=FeatureFallbackLoopback,1469=FeatureFallbackNoNextHop : ~1v
1496=IpReassembly : FragmentContextDirection@TCPIP_IP_REASSEMBLY_WFP_ValueMap ~4 ~2
1497=IpMulticast : GroupChangeType@TCPIP_IP_GROUP_CHANGE_AT_FL_ValueMap ~4 ~8 ~3 ~5 Data ~0
1376=Memory,1377=Memory,1378=Memory,1379=Memory : HighMemoryEvent HighNonPagedPoolEvent ~3r LowNonPagedPoolEvent
1059=TcpGlobalIsbBeginThrottle,1060=TcpGlobalIsbEndThrottle : ^1 HighPagedPoolEvent ~3r LowPagedPoolEvent
1214=TcpipTransportPacketDrops : ~c ~2 ~k ~q Reason@TCPIP_TRANSPORT_PACKET_DROP_REASON_ValueMap ~1a
1215=TcpipNetworkPacketDrops : ^2 ~2l ~1p ~22 ~21 ~20 ~1z Reason@TCPIP_NETWORK_PACKET_DROP_REASON_ValueMap ~1a ~7
1215v1 : ^11 ~x ~15 ~4 ~1b
1215v2 : ^15 ~28
1423=IcmpPacketDrops : ^1 ~1b IcmpType IcmpCode ~1s ~0 ~1 ~x ~15
1423v1 : ^9 ~4
1424=IcmpEchoTimeout : ^4 DropReason@ICMP_PACKET_DROP_REASON_ValueMap ~0 ~1 ~x ~15
1422=IcmpSendRecv : ^2 IcmpType@ICMPV4V6_TYPE_ValueMap IcmpCode ~1 ~x ~15
1501=TcpipMediaReconnect,1582=TcpipIndicationFilteredForIflist : ~4
1526=TcpipFramingPnp : ^1 ~2 ~b Event Data
1521=TcpipFramingInterfaceStatus,1525=TcpipFramingPatterns : ^2 CurrentProgress ~29
1484=TcpipFramingInterfaceStatus : ^2 FailureCode ~0
1523=TcpipFramingPatterns : ^2 FailureType ~29
1524=TcpipFramingInterfaceMgmt : ^2 FlicCode:h32 ~29
1486=TcpipStatusIndication : ^2 NdisStatus:h32
1485=TcpipFramingOidFailure : ^2 OID:h32 ~0
1522=TcpipFramingIsolation : ^2 ~6
1495=IpReassembly,1498=IpFlUpdateAddressList : ^2 ~0
1518=InterfaceRundown : ^1 ~1 ~2 ~17
1432=IpUpdateInterfaceNetworkCategoryState : ^3 NetworkCategory DomainNetworkLocation@IP_INTERFACE_DOMAIN_NETWORK_LOCATION_ValueMap DomainType NetworkSignature:guid
1440=IpInterfaceInternetConnectivityStatus : ^3 OldConnectivityStatus@IP_INTERFACE_INTERNET_CONNECTIVITY_STATUS_ValueMap NewConnectivityStatus
1433=IpInterfaceCreation,1434=IpInterfaceDeletion,1435=IpInterfaceCleanup : ^3 ~2c ~0
1439=IpInterfaceChangeNotification : ^3 ~6
1439v1 : ^4 ~g ~19
1450=IpRouterInformationChangeNotification : ^3 Reason@IP_ROUTER_INFORMATION_CHANGE_NOTIFY_REASON_ValueMap
1542=NeighborRundown : ^2 ~3 ~1x ~e ~r ~3w LastReachableInMs IsUnreachable ~z
1202v1,1203v1 : ^1 CurrLinkSpeed:u64 ~7 ~8 ~3 ~5 ~4a ~1 OldLinkSpeed:u64
1202v2 : ^9 NetworkCategory@IP_INTERFACE_NETWORK_CATEGORY_ValueMap
1202v3 : ^10 ~10 Connected InternetConnectivityStatus Flags:h64
1202v4 : ^14 IsolationId
1202v5 : ^15 NlMtu
1202v6 : ^16 ForwardingTag
1203v2 : ^9 ReceiveLinkSpeed:u64 MediaConnectState@TCPIP_MEDIA_CONNECT_STATE_ValueMap
1539=ArpPacketDrops : ^1 ~e DlSourceAddress:bin*DlAddrLength IpSourceAddress:ip4 Directed ~1s
1538=ArpPacketDrops,1543=ArpPacketDrops : ^4 IpTargetAddress:ip4 ~1s
1502=TcpipRegSyncInterface : ^1 Field:sz ~0
1499=IpTemporaryAddressCreation : ^1 ~8 ~3 ~5
1504=TcpipIpRedirectPath : ^1 ~37 IPv4NextHop:ip4 ~3 ~3a IPv6NextHop:ip6*IpAddrLength
1527=InterfaceRundown : ^1 ~23 ~2 ~b ~26 ~3k ~e ~r InterfaceType ~2c SwRscUroApplicable SwRscEnabled IfAlias:sz
1527v1 : ^13 ~4v
1505=TcpipIpRedirectPath : ^1 ~3 ~5
1202=InterfaceRundown,1203=IpInterfaceSpeedChange : ^1 LinkSpeed:u64 ~7 ~8 ~3 ~5 ~4a
1536=IcmpRouterAdvertisement : ^1 ~4c ~4y
1537=IcmpRouterAdvertisement : ^1 ~2e IdentifierLength
1507=IpReassembly : ^1 ReassemblyId ~1y ~37 ~3 IPv6SourceAddress:ip6*IpAddrLength ~3a
1226=TcpInterfaceRscStateChange : ^1 StateV4@TCPIP_PROPERTY_ValueMap FailureReasonV4 StateV6 FailureReasonV6@TCPIP_OFFLOAD_FAILURE_REASON_ValueMap Event@TCPIP_RSC_EVENT_ValueMap
1500=IpSubInterfaceCreation : ^1 ~0
1514=TcpInterfaceRscStateChange : ^1 TcpRscEnabledIpv4 OffloadRscEnabledIpv4 TcpRscEnabledIpv6 OffloadRscEnabledIpv6
1520=TcpipFramingTunnels : ^1 TunnelType ~6
1621=FlVirtualInterfaceCreation,1622=FlVirtualInterfaceDeletion : ~23 ~2 ~2t ~1 ~26 ~3k ~2a VirtualIfLuid:h64 VirtualIfIndex
1627=UdpOffloadHwUroChangeScheduled : ^1 ChangeReason NewUroState CurrentUroState LastScheduledState
1627v1 : ^5 ~34
1628=UdpOffloadHwUroChangeComplete : ^3 ~0
1628v1 : ^4 ~34
1144=IpInterfacePropertyChange : ~f Advertise AdvertiseDefaultRoute Forward ForwardMulticast UseNud AdvertisingEnabled
1144v1 : ^7 WeakHostSend WeakHostReceive ~1 ~2
1144v2 : ^11 StrictSourceForwarding
1452=IpRouteRundown : ^1 ~b ~h ~s ~i ~o ~10 ~g ~2a Age:h64 ~2m ~2d ~z
1599=IpRouteAutoConfigurationLimitFailure : ^1 ~1 ~1d ~h ~41 ~i ~30 ~40 ~38 ~39 ~7
1598=IpAddressAutoConfigurationLimitFailure : ^3 ~3 ~8 ~5 ~7
1148=IpNeighborUnreachable,1149=IpNeighborReachable : ^1 ~e DlAddress:bin*DlAddrLength ~3 ~8 ~5 ~7
1324=IpNeighborState : ^1 ~3 ~1x ~e ~r OldNeighborState NewNeighborState@TCPIP_NEIGHBOR_STATE_ValueMap NeighborEvent
1324v1 : ^8 ~1
1592=IpNeighborReset : ^6 ResetReason ~1
1362=IpAddressWolStateChange : ^3 WoLEvent ~0
1325=IpNeighborDiscovery : ^2 SourceIPAddress:addr*IpAddrLength TargetIPAddress:addr*IpAddrLength NeighborEvent@TCPIP_NEIGHBOR_EVENT_ValueMap
1325v1 : ^5 ~1
1363=IpWolContextChange : ^2 ~4z ~2z TargetIPAddress1:addr*IpAddrLength TargetIPAddress2:addr*IpAddrLength Flags WoLEvent@TCPIP_IP_WOL_EVENT_ValueMap ~0
1130=FramingIfOperStatus : ^1 OperationalStatus@TCPIP_IP_IF_STATUS_ValueMap Status:u64
1130v1 : ^3 ~1
1618=TcpipIpRouteLifetime : ^1 ~1d ~b ~h ~s ~i ~o ~10 ~2a ~2w OldBasetime ~47 ~46 NewBasetime ~3y ~3x
1115=IpDadFailed,1116=IpDadStarted,1127=IpAddressAdded,1128=IpAddressDeleted,1138=IpAddressStatePreferred,1139=IpAddressStateNonPreferred : ^2 DadState ~e ~r ~3 ~8 ~5 ~7
1115v1,1116v1,1127v1,1128v1 : ^9 ~1
1127v2 : ^10 PrefixOrigin SuffixOrigin
1114=IpDadSuccessful : ^2 DadState@TCPIP_IP_DAD_STATE_ValueMap ~e ~r ~3 ~8 ~5 IPProtocol@TCPIP_Protocol_ValueMap
1114v1 : ^9 ~1
1316=TcpipIpAddressLifetime : ^2 ~3 ~8 ~5 ~7 ~2w OldBaseTime ~47 ~46 NewBaseTime ~3y ~3x
1316v1 : ^13 ~3i IpAddressLifetimeChangeReason
1245=RssBindingRundown : ~j ~2q ~4b
1061=TcpGlobalAddInterface,1062=TcpGlobalDeleteInterface,1403=UdpGlobalAddInterface,1404=UdpGlobalDeleteInterface,1494=IpReassembly : ^1 ~2
1241=RssBindingBindComplete : ^1 AddressFamily:u16
1230=RssBindingChange : ^1 AddressFamily:u16@TCPIP_AF_ValueMap Bind
1313=TcpipPlumbWakePatternOnInterface : ^1 AoAcCapable BitmapPatternSupported ARPNDOffloadSupported IPAddressWakeReady PatternPriority ~2c ~3 ~8 ~5 ~7 ~0
1313v1 : ^12 HasBeenAoAcCapable
1313v2 : ^13 WolHandle:h32
1247=RssBindingCapability : ^1 Capability@TCPIP_RSS_BINDING_CAPABILITY_ValueMap
1623=TcpipGlobalPowerPolicyTransitionAdjustment : ^1 ~h ~s ~i ~o EnteredStandbySystemTickCount:h64 CurrentTickCount ValidLifetimeHighWaterTickCount
1301=Ndkpi_Interface_Event : ^1 EventDescription NDKOperational StatusCode:nt
1240=RssFailure : ^1 FailureDescription ~0
1642=IpRecvPrefixOptionInRouterAdvertisement : ^1 ~3i ~1 ~16 SourceIpAddress:ip6*AddressLength PrefixValue:ip6*AddressLength ~2e ~4y ~4c FlagsValue:h8 IsRoute:bool IsSitePrefix:bool IsRouterAddress:bool IsAutonomous:bool IsOnLink:bool
1297=Ndkpi_Open_Adapter : ^1 NdkAdapter:ptr ~0
1358=TcpipUpdateInterfaceConfigFlags : ^1 Property:asz Value InterfaceUpdateEvent@TCPIP_INTERFACE_CONFIG_CHANGE_EVENT_ValueMap
1358v1 : ^4 ~1 ~2
1616=TcpipGlobalPowerPolicySendRS,1617=TcpipGlobalPowerPolicyRequestRS : ^1 RouterSolicitationReason PowerPolicy
1106=TcpMediaDisconnect,1136=FramingNdisPause,1137=FramingNdisRestart,1321=TcpipMediaConnect,1322=TcpipLimitedLinkConnectivity,1323=TcpipLimitedLinkConnectivity : ^1 TraceString:asz
1106v1,1136v1,1137v1,1321v1,1322v1,1323v1 : ^2 ~1
1371=TcpipSrcAddrLookup : ~3 ~2y ~2u ~18 ~2b ~2g SelectedSourceAddress:addr*IpAddrLength
1443=IpNeighborChangeNotification : ^1 ~1x ~e ~r ~4 ~1 ~3w Reason@IP_NEIGHBOR_CHANGE_NOTIFY_REASON_ValueMap
1443v1 : ^8 NotificationState ~19
1619=IpSourceAddressSelection : ^1 PreferredSourceIPAddress:addr*IpAddrLength ~42 ~2z ~1 Rule ~4m RuleName
1326@14393 : ^7 RuleName@IP_SOURCE_ADDRESS_PREFERENCE_RULE_ValueMap
1326=IpSourceAddressSelection : ^4 Rule ~4m
1327=IpSortedAddressPairs : ^2 PreferredDestinationIPAddress:addr*IpAddrLength ~42 NonPreferredDestinationIPAddress:addr*IpAddrLength SortOption RuleType:asz RuleMajor RuleMinor
1327v1 : ^9 RuleName
1067=TcpTcbChangeIsb : IsbSize Cwnd ~1i ~1g ~2i
1042=TcpDisconnectTcbRequest : ~3l Timeout:h64 ~24
1117=TcpListenerActivationFailedAf,1118=TcpListenerActivationFailedCompartment,1119=TcpListenerActivationFailedInspection1,1120=TcpListenerActivationFailedInspection2,1121=TcpListenerBindFailedResolution,1122=TcpListenerBindFailedPort,1123=TcpListenerActivated,1124=TcpListenerUnbound : Listener:ptr ~16 SocketAddress:addr*AddressLength ~0 ~a ~1 ~2
1117v1,1118v1,1119v1,1120v1,1121v1,1122v1,1123v1,1124v1 : ^7 ~d
1117v1@19041,1118v1@19041,1119v1@19041,1120v1@19041,1121v1@19041,1122v1@19041,1123v1@19041,1124v1@19041 : ^7 ~9
1014v1,1016v1,1017v1,1018v1,1019v1,1020v1,1021v1,1024v1,1027v1,1029v1,1031v1,1032v1,1033v1,1034v1,1035v1,1036v1,1037v1,1038v1,1039v1,1040v1,1043v1,1044v1,1045v1,1046v1,1047v1,1048v1,1049v1,1050v1,1200v1,1201v1,1468v1 : LocalAddressLength LocalAddress:bin*LocalAddressLength ~p ~0 ~a ~b ~m ~d
1010v1,1011v1,1012v1,1013v1 : ^2 ~0 ~a ~1 ~2 ~d
1417=TcpFastopenKeyUpdateFailure : Location ~0
1492=IpMulticast : MessageType ~4 ~8 ~3 ~5 Data ~0
1491=IpMulticast : MessageType@TCPIP_IP_MULTICAST_INFO_ValueMap ~4 ~8 ~3 ~5 Data
1107=TcpModuleStarted,1108=TcpModuleStopped : ModuleNameString:sz
1090=TcpReleaseIndication : NBL:ptr
1578=IpInjectNbl,1579=IpInjectNbl,1580=IpInjectNbl,1581=IpInjectNbl : ~28 ~2 ~1 ~f ~c
1361=TcpipCloneDropped : ^1 ClonedNbl:ptr ~2
1360=TcpipNblClonedForRaw : ^2 ~c ~2
1206=TcpipSendSlowPath : ^1 ~c ~2 ~2l ~1p ~22 ~21 ~20 ~1z ~4i NblCount ~7
1205=TcpipReceiveSlowPath : ^1 IPTransportProtocol@TCPIP_Transport_Protocol_ValueMap ~2 ~2l ~1p ~22 ~21 ~20 ~1z ~4i NblCount ~7
1476=TcpipLoopbackPacketTransmit : ^1 ~f ~b ~16 DestinationAddress:addr*AddressLength SourceAddress:addr*AddressLength ~c
1367=TcpipNblOob : ^1 PathDirection@TCPIP_Path_Direction_ValueMap TcpIpChecksumNetBufferListInfo:ptr TcpLargeSendNetBufferListInfo:ptr Ieee8021QNetBufferListInfo:ptr NetBufferListHashValue:ptr NetBufferListHashInfo:ptr VirtualSubnetInfo:ptr TcpRecvSegCoalesceInfo:ptr
1367v1 : ^9 NrtNameResolutionInfo:ptr
1266=Ndkpi_Complete_Connect,1606=Ndkpi_Complete_Connect_Ex : ~3u ~1r ~u
1288=Ndkpi_Get_Connect_Data : ^1 IRD ORD ~1c ~0
1264=Ndkpi_Connect,1265=Ndkpi_Connect_Shared_Endpoint : ^1 ~3v %SrcSockAddr %DestSockAddr IRD ORD ~u NdkSharedEndpoint:ptr ~1c
1267=Ndkpi_Accept,1605=Ndkpi_Accept_Ex : ^2 IRD ORD ~1r ~u ~1c
1287=Ndkpi_Reject : ^1 ~1c ~0
1286=Ndkpi_Get_Sockaddr_Failure : NdkObject:ptr NdkObjectType SockAddrType ~0
1268=Ndkpi_Disconnect,1276=Ndkpi_Create_Connector : ^1 ~u
1289=Ndkpi_Work_Request_Inline_Failure : ~3v ~u ~0
1296=Ndkpi_Srq_Work_Request_Inline_Failure : NdkSrq:ptr ~u ~0
1235=RssProcessorAssignment : NewAdapterIndex ~4e ~4d TriggeringProcessorIndex
1640=FlVirtualIfSetError,1641=FlVirtualIfGetError : NsiAction ~2 ~23 ~2t ~14 ~26 ~0 ~l
1051=TcpTcbStateChange : OldState ~11 ~12 ~m
1633=FlsnpiDataPathFailure : Operation ~2 ~1b ~17 ~1 ~4 ~14 ~z ~l ~0 InjectionIfIndex
1553=TcpAcceptRedirect : OriginalListener:ptr RedirectedListener:ptr ~4u Redirected CodePath SockAddrLength ?
1454=InetInspect : Owner:ptr InspectHandle:ptr InspectType InspectAction@INET_INSPECT_ACTION_ValueMap ~0
1455=InetInspect : ^3 InspectPort@INET_INSPECT_PORT_ACTION_ValueMap ~0
1634=FlsnpiClientSilentDrop : ~1b ~2 ~17 ~1 ~j ~14 ~1a
1478=TcpipFramingPacketDrops : ^2 ~f ~1a ~6 Data:h32
1191=TcpAcquirePort,1192=TcpAcquireWeakRefPort,1193=TcpReleasePort,1194=TcpReplacePort,1195=TcpAssignedWeakReferencePort : PortAcquirer:ptr PortNumber:u16 WeakReference OriginalAcquirer:ptr
1236=RssProcessorUnassignment : ~4d ~4e
1519=TcpGlobalPortReservation : ~a ~0 ReservationType ~c ~4t ~45 ~d
1052=TcpEndpointAcquirePortReservation,1053=TcpEndpointFailedPortReservation,1054=TcpGlobalPortReservation : ^2 ~4t ~45
1052v1,1053v1,1054v1 : ^4 ~d
1052v1@19041,1053v1@19041,1054v1@19041 : ^4 ~9
1609=Ndkpi_Open_Adapter_Unexpected_Provider_Version : ProviderSupportedNDKVersionMajor:u16 ProviderSupportedNDKVersionMinor:u16 ConsumerSpecifiedNdkpiVersionMajor:u16 ConsumerSpecifiedNdkpiVersionMinor:u16 IF_INDEX
1511=IpAncillaryData,1512=IpAncillaryData : ~6
1510=IpAncillaryData : ^1 Option@IPV6_OPTION_TYPE_ValueMap
1508=IpAncillaryData : Reason@IP_INVALID_ANCILLARY_DATA_REASON_ValueMap SocketLevel SocketOption
1509=IpAncillaryData : Reason@IP_INVALID_IPV4_OPTION_REASON_ValueMap Option@IPV4_OPTION_TYPE_ValueMap
1513=IpAncillaryData : Reason@IP_INVALID_PKTINFO_OPTION_REASON_ValueMap
1506=IpReassembly : Release ~2 ~4
1503=TcpipActiveRefFailure : ^1 ~4 Subtask ~0
1490=IpSessionMulticastOperation : RequestType ~8 ~1y ~3 ~3j ~5 ~3b
1489=IpSessionMulticastOperation : RequestType@SESSION_MULTICAST_OPERATION_TYPE_ValueMap ~8 ~1y ~3 ~3j ~5 ~3b ~l ~0
1357=TcpipAoacFailFast : RequestType@TCPIP_AoAcFailFastRequestType_ValueMap TcbOrEndpoint:ptr ~n ~p ~0 ~a ~j
1357v1 : ^7 ~d
1357v1@19041 : ^7 ~9
1145v1,1146v1,1147v1 : Route:ptr ~f ~1 ~h ~s ~o ~i ~2m ~2d ~10 Loopback ~2r Publish Immortal ~36
1145=IpRouteCreated,1146=IpRouteDeleted,1147=IpRoutePropertyChange : ^2 ~h ~41 ~1d ~i ~30 ~40 ~2m ~2d ~10 Loopback ~2r Publish Immortal ~38 ~39 ~7 ~36
1488=IpSessionFailure : SocketIoctl@SOCKET_IOCTL_ValueMap ~0
1487=IpSessionFailure : SocketOptionLevel@SOCKET_OPT_LEVEL_ValueMap SocketOptionValue ~0
1068=TcpRssTableChange : SourceProcessor SourceActivity DestinationProcessor DestinationActivity PartitionMovesRemaining TableEntry:u8
1405=UdpStartInetModuleFailure,1406=UdpStartNlnpiClientFailure,1407=UdpStartNsiProviderFailure,1408=UdpStartTlnpiProviderFailure,1409=UdpStartQosClientFailure,1591=TcpipAllocHooksSetup : ~0
1480=TcpRecentConnectionFailure : ^1 ~k ~q ~1k ~a Hour:u16 Minute:u16 Second:u16 ~6
1480v1 : ^9 ~d
1480v1@19041 : ^9 ~9
1001=TcpEndpointCreation : ^1 ~1u AddressFamily@TCPIP_ADDRESS_FAMILY_TYPE_ValueMap Pid
1436=IpSubInterfaceCreation,1437=IpSubInterfaceDeletion,1438=IpSubInterfaceCleanup : SubIfIndex ~4 ~1 ~2 ~0
1614=TcpipFramingUroStatus : ~4v HwUroEnabled
1025=TcpSecurityRateLimit,1055=TcpGlobalSynAttackEntry,1056=TcpGlobalReassemblyLimitViolation,1057=TcpGlobalConnectionRateLimitViolation,1058=TcpGlobalLandAttackSegmentDrop,1063=TcpGlobalSynAttackExit : SynAttacksDetected ReassemblyLimitViolations ConnectionRateLimitBacklog ConnectionRateLimitViolations LandAttackSegmentsDropped ConnectionRateLimitDepth
1449=TcpLoopbackFastPathSuccess,1474=TcpFastopenRequested,1549=TcpSendTrackerEnabled : ~m
1030=TcpConnectTcbFailInsertion,1182=TcpInitiateSynRstValidation,1183=TcpConnectTcbFailedRcvdRst,1184=TcpConnectionTerminatedRcvdRst,1185=TcpConnectionTerminatedRcvdSyn,1186=TcpConnectRestransmit,1187=TcpDataTransferRestransmit,1364=TcpInsertConnectionTuple,1365=TcpRemoveConnectionTuple : ^1 ~n ~p ~11 ~2h
1002=TcpRequestConnect,1015=TcpAcceptListenerInsertionFailure : ^3 NewState@TCP_CONNECTION_STATE_ValueMap ~2h
1300=TcpConnectionRundown : ^3 ~g Pid
1300v1 : ^5 ~d
1300v1@19041 : ^5 ~9
1300v2 : ^6 SendTrackerEnabled
1300v3 : ^7 ~4h
1550=TcpSendTrackerAck : ^1 AckNo Start End ~4w ~33 ~v ~y
1550v1 : ^8 ~g
1084=TcpBlackHoleDetectionEntry,1085=TcpBlackHoleDetectionExit,1086=TcpBlackHoleDetectionFailed : ^1 BHMSS OriginalMSS TraceString:sz
1111=TcpLso : ^1 BytesInSegment BytesRemaining
1418=TcpLossRecoverySend,1419=TcpLossRecoverySend,1420=TcpLossRecoverySend,1421=TcpLossRecoverySend : ^1 BytesToSend ~12
1228=TcpLoopbackFastPathFailReason : ^1 Cause@TCPIP_LOOPBACK_FASTPATH_FAIL_REASON_ValueMap
1227=TcpRscNblOobInfo : ^1 ~2s DupAckCount:u16 ~4k HeaderFlags:u16 ~32
1348=TcpCtcpDataTransferTimeout,1349=TcpCtcpDataTransferSpuriousTimeout,1350=TcpSlowStartToCongestionAvoidance : ^1 Cwnd ~2i
1343=TcpDataTransferDupAck,1344=TcpCtcpDataTransferDupAck : ^3 ~1t ~w
1430=TcpCubicDataTransferDupAck : ^5 CwrMax
1069=TcpDataTransferTimeout,1070=TcpDataTransferRttSample,1071=TcpDataTransferCumAck,1072=TcpDataTransferDupAck,1073=TcpDataTransferSend,1076=TcpDataTransferSpuriousTimeout,1077=TcpDataTransferRetransmitRound,1082=TcpSlowStartToCongestionAvoidance,1087=TcpSpuriousRtoDetectionBegin,1088=TcpSpuriousRtoDetectionEnd,1091=TcpAppSendBufferSize,1098=TcpRttResiliencyDetection,1150=TcpCtcpDataTransferTimeout,1151=TcpCtcpDataTransferCumAck,1152=TcpCtcpDataTransferDupAck,1153=TcpCtcpDataTransferSend,1155=TcpCtcpDataTransferSpuriousTimeout : ^3 ~1f ~t ~w ~13 Round SRTT RTO DWnd BaseRtt ~1t
1453=TcpCubicDataTransferEcn : ^3 ~13
1075=TcpDataTransferEcn,1154=TcpCtcpDataTransferEcn : ^4 Mss ~1l DWnd BaseRtt
1330=TcpDataTransferCumAck,1331=TcpCtcpDataTransferCumAck : ^2 ~1i BytesAcked ~w
1429=TcpCubicDataTransferCumAck : ^5 InRecovery:u8 TimeSinceLastLossMS:u64 CubicCwnd:u64 AimdCwnd K:u64 Wmax LastWmax MaxSndWnd
1429v1 : ^13 IsLimitedSlowStart:u8
1447=TcpPacingSend : ^3 BytesAvailable BytesOutstanding ChunkSize
1447v1 : ^5 QuantizedAllowance Allowance OriginalBytesToSend
1332=TcpDataTransferSend,1333=TcpCtcpDataTransferSend : ^3 BytesSent ~w SRtt RttVar RTO
1332v1,1333v1 : ^8 ~2f
1332v2 : ^9 ~48
1332v3 : ^10 ~1k ~1o ~13 ~1h ~1e
1332v4 : ^15 ~4h MaxRcvBuf
1332v5 : ^17 ~n ~p
1352=TcpConnectionSummary : ^1 DataBytesOut:u64 ~2x DataSegmentsOut:u64 DataSegmentsIn:u64 SegmentsOut:u64 SegmentsIn:u64 NonRecovDa NonRecovDaEpisodes DupAcksIn BytesRetrans Timeouts SpuriousRtoDetections FastRetran MaxSsthresh MaxSsCwnd MaxCaCwnd SndLimTransRwin SndLimTimeRwin ~2k SndLimTransCwnd SndLimTimeCwnd ~2j SndLimTransSnd SndLimTimeRSnd SndLimBytesRSnd:u64
1477=TcpConnectionSummary : ^26 ConnectionTimeMs:u64 TimestampsEnabled RttUs MinRttUs MaxRttUs SynRetrans CongestionAlgorithm ~g ~n ~p CWnd SsThresh ~2f RcvBuf ~1i
1477v1 : ^41 ~j LocalPort IsLoopback:bool
1189=TcpDeliveryStateChange : ^1 Delivery:ptr OldDeliveryState@TCPIP_TCP_DELIVERY_STATE_ValueMap NewDeliveryState
1041=TcpDisconnectTcbInjectFailed,1156=TcpReceiveRequest,1157=TcpDeliveryIndicated,1158=TcpDeliverySatisfied,1171=TcpDeliveryFlush,1172=TcpTcbInjectRcvFailure,1173=TcpDeliveryInjectingData,1174=TcpTcbInjectFinFailure,1175=TcpDeliveryAccept,1176=TcpDeliveryFin,1178=TcpDeliveryPush,1180=TcpTcbInjectFinComplete,1181=TcpDeliveryCompleting,1190=TcpDeliveryDataDropped : ^2 Request:ptr NumBytes:ptr RequestFlags ~3l RequestStatus:nt IsUrgentDelivery FullySatisfiedORDelayedPush RcvNxt
1461=TcpFastopenFallbackUpdate : ^1 FastopenState ~2x ShutdownStatus:nt ProbeStatus:nt
1479=TcpRstSend : ^1 ~c ~2 ~k ~q ~6
1004=TcpTcbSynSend : ^1 ISN ~2f RcvWndScale:u8
1159=TcpSendPosted,1160=TcpSendTransmitted,1161=TcpSendAdvance,1426=TcpSendComplete : ^1 ~24 ~t ~12
1426v1 : ^4 ~1m
1161v1 : ^4 ~1g
1159v1 : ^5 ~1m
1159v2 : ^6 ~4s ~2k ~2j CWnd SRtt ~3q ~4l ~4f
1315=TcpCreateNotificationChannelRequestProcessing : ^1 IsRedirected WfpFailure ~0 WaitStatus:nt ~3 ~3n ~3o ~7 RemoteIPv4Address:ip4 RemoteIPv6Address:ip6*IpAddrLength ~1j ~1q
1473=TcpSackUpdateLimitReached : ^1 Location
1566=TcpSendTrackerSackReorderingDetected : ^1 MaxReorderingBytes Fack EndSeq
1577=TcpSendTrackerUpdateReoWnd : ^1 Multiplier Persist Reownd ReorderingSeen DSackSeenOnLatestAck InLossRecovery DupAckCountReached DSackRound DSackRoundValid
1590=TcpSendCompletionFailure : ^1 ~28 ~0
1307=TcpCreateNotificationChannelRequestProcessed : ^1 ~3t Pid ~0 ~4g
1305=TcpCreateNotificationChannelRequest,1309=TcpDetachNotificationChannel,1310=TcpUnlinkNotificationChannel : ^2 ~g Pid ~25 ~1n ~0
1359=TcpCreateNotificationChannelUnmarkRequest : ^5 IsShutdown ~0
1601=TcpRx : ^1 ~11 FastPath NBL:ptr ThSeq ~1l ThFlags:h8 RSC ~2s ~4k ~32
1074=TcpDataTransferReceive : ^1 ~t ~w
1074v1 : ^3 NumPkt
1637=TcpSendAcked : ^2 ~12 ~1m ~4s ~2k ~2j CWnd SRtt ~3q ~4l ~4f
1221=TcpCwndRestart,1222=TcpInitialCwndAdjusted,1229=TcpCwndRestart,1625=TcpCwndRestart : ^1 OldCwnd NewCwnd Processor CurrentTick IdleTick Rto
1624=TcpFlowLabelRefresh : ^1 OldFlowLabel NewFlowLabel
1565=TcpCongestionStateChange : ^1 OldState ~11
1388=TcpFastopenStateChange : ^2 NewState@TCP_FASTOPEN_STATE_ValueMap
1105=TcpSetTcpSoOption : ^1 OptionType@TCP_OPTION_TYPE_ValueMap SoOptionType
1104=TcpSetTcpOption : ^2 SoOptionType@TCP_SO_OPTION_TYPE_ValueMap
1387=TcpRack : ^1 RackEvent RackMinRtt RackReoWind RackTimeSlotDeltaMin SequenceNumber Timestamp ~1f
1585=TcpSendTrackerRackUpdate : ^1 RackXmitTimeStampValid RackXmitTimeStampInUs RackEndSeq RackRttInUs NowInUs TimeStampInUs
1341=TcpDataTransferRttSample,1342=TcpRttResiliencyDetection : ^1 ~1f RttVar SRTT
1481=TcpPrrSend : ^1 ~4q ~4o ~4n ~4p SsThresh HeadSeq AckedData ~y BytesToSend:i64 PrrDelivered PrrOut
1602=TcpProcessFastRxBatch : ^1 SegmentCount ~t NblHead:ptr NblTail:ptr Inspect
1626=TcpLimitingFactor : ^1 SenderLimitedBytes:u64 ReceiverLimitedBytes:u64 CongestionLimitedBytes:u64
1345=TcpDataTransferSpuriousTimeout,1346=TcpSpuriousRtoDetectionBegin,1347=TcpSpuriousRtoDetectionEnd : ^1 ~w
1166=TcpSrttMeasurementStarted,1167=TcpSrttMeasurementComplete,1168=TcpSrttMeasurementCancelled : ^1 SeqNum Tick ~1f NewSrtt
1304=TcpipSilentMode : ^1 SilentModeEvent@TCPIP_SILENT_MODE_EVENT_ValueMap Context:ptr
1225=TcpDataTransferEcnAlpha : ^1 SndRound EcnTotalByteCount EcnTotalMarkedCount ~1l EcnAlpha
1351=TcpDataTransferRetransmitRound : ^1 ~13 ~2h SRTT RTO
1351v1 : ^5 ~1h ~1e ~1k ~1o Frto TotalRT MaxRT
1415=TcpEarlyRetransmit : ^2 ~4q ~1t
1078=TcpLossRecoveryEntry,1079=TcpLossRecoveryExit,1102=TcpZeroWindowProbingBegin,1103=TcpZeroWindowProbingEnd,1188=TcpConnectionKeepAlive,1198=TcpReassemblyEntry,1199=TcpReassemblyExit : ^2 ~1h
1547=TcpReceiveSackBlock : ^3 Ack SLE SRE
1554=TcpSendTrackerSackLimitReached : ^6 NumSackTransmits Limit
1548=TcpReceiveSack : ^4 ~v ~3p ~3f NumSackBlocks DSackCount NewSackInfo ~1e
1548v1 : ^11 NewSackedBytes
1556=TcpRateBasedPacingTimeout : ^3 PacingAllowance ~48
1081=TcpLossRecoverySackExit,1196=TcpBhDetectFullSizeAck,1197=TcpFlushSack,1204=TcpReassemblyFlush : ^3 Reason:sz IsSack
1080=TcpLossRecoverySackEntry : ^4 IsSack@TCPIP_BOOLEAN_ValueMap
1354=TcpSackUpdate : ^3 SackCount ~4n ~4o ~4p
1545=TcpRackTimeout : ^3 ~v ~3p ~3f
1546=TcpArmRackTimer : ^6 DeltaTicks
1385=TcpTailLossProbe : ^3 ~1g TailProbeSeq TailProbeLast ControlsToSend ThFlags:u8
1552=TcpSendTrackerDetectLoss : ^1 Start End ~4w ~33 ~3e ~v ~y
1584=TcpSendTrackerMarkRexmit : ^4 ~3e ~v ~y
1551=TcpSendTrackerSend : ^4 ~v ~y
1551v1 : ^6 NoNewTransmitCreated
1603=TcpDisconnect : ^1 ~g ~24 DataLength:u64
1555=TcpConnectionTerminatedByNsi : ^2 Pid ~9 Shutdown
1475=TcpCubicHystartStateChange : ^1 State:u16@TCP_CUBIC_HYSTART_STATE_ValueMap Cwnd ~2i
1003=TcpInspectConnectComplete,1089=TcpConnectTcbFailedActiveConnect,1162=TcpCTcpDelayWndwInactive : ^1 ~0 ~2
1112=TcpConnectionOffloadStatus,1113=TcpConnectionOffloadPmax : ^2 ~f PMax
1416=TcpFastopenSynRcvdLimit : ^1 SynRcvdLimit
1311=TcpPlumbWakePattern,1312=TcpDeplumbWakePattern : ^1 SystemReserved ~4z ~0
1587=TcpCarefulAck : ^1 ~1l ~13 ~1h ~1e ~1i SndWndChanged SackUpdated ~1k ~1o Frto
1100=TcpSwsAvoidanceBegin,1101=TcpSwsAvoidanceEnd : ^1 TimerValue BytesToSend:ptr ~1g Cwnd MaxSndWnd:ptr
1386=TcpTailLossProbe : ^1 TlpEvent@TCP_TAIL_LOSS_PROBE_EVENT_ValueMap
1099=TcpConnectionOffloadStateChange : TcbState OcbState@TCP_CONNECTION_OFFLOAD_STATE_ValueMap ~12 RcvNxt ~m ~0
1516=SoftwareReceiveOffloadGlobalState : TcpRscDisabledMask:i32 UdpUroDisabledMask:i32
1340=UdpCreateNotificationChannelRequestProcessing : UdpEndpoint:ptr ~3 ~3n ~3o ~7 ~1j
1338=UdpDetachNotificationChannel,1339=UdpUnlinkNotificationChannel : ^1 ~3t Activated Pid ~25 ~1n ~0
1334=UdpCreateNotificationChannelRequest : ^2 Activated@UDP_ENDPOINT_STATE_ValueMap Pid ~25 ~1n ~0
1336=UdpCreateNotificationChannelRequestProcessed : ^2 Pid ~0 ~4g
1613=SendOffloadGlobalState : UdpUsoDisabledMask:i32
`,
  maps: `
FEATURE_FALLBACK_INDEX_ValueMap 0=TCP Fastopen
ICMPV4V6_TYPE_ValueMap 0=Echo Reply|Destination Unreachable|Packet Too Big|Destination Unreachable(v4)/Time Exceeded(v6)|Source Quench(v4)/Parameter Problem(v6)|Redirect|8=Echo Request|Router Advertisement|Router Solicitation|Time Exceeded|Parameter Problem|Timestamp Request|Timestamp Reply|17=Address Mask Request|Address Mask Reply|128=Echo Request|Echo Reply|Multicast Listener Query|Multicast Listener Report|Multicast Listener Done|Router Solicitation|Router Advertisement|Neighbor Solicitation|Neighbor Advertisement|Redirect Message|143=Multicast Listener Discovery|256=Not Parsed
ICMP_PACKET_DROP_REASON_ValueMap 0=General failure|Truncated header|Invalid checksum|Inspection drop|Rejecting loopback neighbor discovery|Unknown type/code|Truncated IP header|Oversized IP header|No handler|10=Invalid source|Interface rate limit|Path rate limit|No route|No matching request|Buffer too small|Failed to obtain ancillary data|Incorrect hop limit|Unknown code|Source not linklocal|Truncated ND header|Invalid ND option SourceLinkAddr|Invalid ND option MTU|Invalid ND option PrefixInformation|Invalid ND option RouteInformation|Invalid ND option RDNSS|Invalid ND option DNSSL|Packet parsing failure
INET_INSPECT_ACTION_ValueMap 0=Drop|Allow|Pend|DropAndSendIcmp
INET_INSPECT_PORT_ACTION_ValueMap 0=Allow|Deny|Authorize|RetryWithHint
IPV4_OPTION_TYPE_ValueMap 0=End of list|No operation|7=Record route|68=Timestamp|130=Security|Loose source route|136=Stream ID|Struct source route|148=Router alert|Multi-destination
IPV6_OPTION_TYPE_ValueMap 0=Single byte pad|Multiple byte pad|4=Tunnel limit|Router alert|192=Jumbogram|NSAP address
IP_INTERFACE_DOMAIN_NETWORK_LOCATION_ValueMap 0=Remote|Link
IP_INTERFACE_INTERNET_CONNECTIVITY_STATUS_ValueMap 0=NoInternetConnectivity|NoInternetDnsResolutionSucceeded|InternetConnectivityDetected|4294967295=InternetConnectivityUnknown
IP_INTERFACE_NETWORK_CATEGORY_ValueMap 0=Unknown|Public|Private|Domain
IP_INVALID_ANCILLARY_DATA_REASON_ValueMap 3=Invalid message type|Invalid message level|6=Invalid hop limit value|Invalid type of service value|Invalid hop-by-hop options|Invalid routing header|Invalid ECN field value
IP_INVALID_IPV4_OPTION_REASON_ValueMap 1=Invalid option|8=Invalid flags|10=Invalid pointer value|Invalid address value
IP_INVALID_PKTINFO_OPTION_REASON_ValueMap 3=Invalid message level|Invalid IP_PKTINFO_EX option length|Invalid option length|Interface not found
IP_NEIGHBOR_CHANGE_NOTIFY_REASON_ValueMap 0=NeighborAddition|NeighborDeletion|NeighborUnreachable|NeighborReachable|NeighborAddressUpdate
IP_ROUTER_INFORMATION_CHANGE_NOTIFY_REASON_ValueMap 1=RA DNS information change
IP_ROUTE_ORIGIN_ValueMap 0=Manual|WellKnown|DHCP|RouterAdvertisement|6to4
IP_ROUTE_STATE_ValueMap 0=Alive|Dead|Probe
IP_SOURCE_ADDRESS_PREFERENCE_RULE_ValueMap 16=Prefer Same Address|32=Prefer Appropriate Scope|48=Avoid Deprecated Addresses|64=Prefer Home Addresses|80=Prefer Outgoing Interface|Prefer Addresses Associated With NextHop|96=Prefer Matching Label|112=Prefer Temporary Addresses|System Defined Preference (Windows Specific)|128=Prefer Longest Matching Prefix
SESSION_MULTICAST_OPERATION_TYPE_ValueMap 1=join group|leave group|join group and add source|leave group and drop source|block source|unblock source|set filter
SOCKET_IOCTL_ValueMap 1074033791=SIO_GET_INTERFACE_LIST|2147775612=SIO_GET_MULTICAST_FILTER|SIO_SET_MULTICAST_FILTER|SIOCSMSFILTER|SIOCGMSFILTER|2281701385=SIO_MULTIPOINT_LOOPBACK|SIO_MULTICAST_SCOPE|2550136833=SIO_RCVALL|SIO_RCVALL_MCAST|SIO_RCVALL_IGMPMCAST|2550136845=SIO_RCVALL_MCAST_IF|SIO_RCVALL_IF|3355443225=SIO_ADDRESS_LIST_SORT
SOCKET_OPT_LEVEL_ValueMap 0=IPPROTO_IP|41=IPPROTO_IPV6|65535=SOL_SOCKET
TCPIP_ADDRESS_FAMILY_TYPE_ValueMap 2=IPV4|23=IPV6
TCPIP_AF_ValueMap 2=IPv4|23=IPv6
TCPIP_AoAcFailFastRequestType_ValueMap 0=TCP connect|TCP send|UDP send|RAW send
TCPIP_BOOLEAN_ValueMap 0=FALSE|TRUE
TCPIP_INTERFACE_CONFIG_CHANGE_EVENT_ValueMap 0=Received Router Advertisement|AdminConfigured|NetworkProperty
TCPIP_IP_DAD_STATE_ValueMap 0=NldsInvalid|NldsTentative|NldsDuplicate|NldsDeprecated|NldsPreferred
TCPIP_IP_GROUP_CHANGE_AT_FL_ValueMap 0=leave|join
TCPIP_IP_IF_STATUS_ValueMap 1=Operational|Unoperational|4=Unknown|Dormant
TCPIP_IP_MULTICAST_INFO_ValueMap 1=Successfully created multicast session state|6=Not modifying multicast group state|Updated multicast discovery version
TCPIP_IP_PHYSICALMEDIUM_TYPE_ValueMap 0=NdisPhysicalMediumUnspecified|NdisPhysicalMediumWirelessLan|NdisPhysicalMediumCableModem|NdisPhysicalMediumPhoneLine|5=NdisPhysicalMediumDSL|7=NdisPhysicalMedium1394|NdisPhysicalMediumWirelessWan|NdisPhysicalMediumNative802_11|NdisPhysicalMediumBluetooth|NdisPhysicalMediumInfiniband|NdisPhysicalMediumWiMax|14=NdisPhysicalMedium802_3|NdisPhysicalMedium802_5|NdisPhysicalMediumIrda|NdisPhysicalMediumWiredWAN
TCPIP_IP_REASSEMBLY_WFP_ValueMap 0=WFP context to the fragment
TCPIP_IP_WOL_EVENT_ValueMap 0=CreateWolContext|DeleteWolContext|SetWolContext|ClearWolContext|WolContextEvicted|AddWolAddress|RemoveWolAddress
TCPIP_MEDIA_CONNECT_STATE_ValueMap 0=Unknown|Connected|Disconnected
TCPIP_NEIGHBOR_EVENT_ValueMap 0=Map|Configure|TlSuspectsReachability|TlConfirmsReachability|NaConfirmsReachability|ProbeReachability|DadSolicitation|NewDlAddress|TriggerNud|Resolve|Timeout|Sending neighbor solicitation|Received neighbor solicitation|Sending neighbor advertisement|Received neighbor advertisement|Sending router solicitation|Received router solicitation|Sending router advertisement|Received router advertisement
TCPIP_NEIGHBOR_STATE_ValueMap 0=Unreachable|Incomplete|Probe|Delay|Stale|Reachable|Permanent|Maximum
TCPIP_NETWORK_PACKET_DROP_REASON_ValueMap 1=Bad source address|Not locally destined|Protocol unreachable|Port unreachable|Bad length|Malformed Header|No route available|Beyond scope|Inspection drop|Too many decapsulations|Administratively prohibited|Bad checksum|128=Hop limit exceeded|Address unreachable|258=Fragment MTU exceeded|Buffer Length Exceeded|Address Resolution Timeout|Address Resolution Failure|IPsec failure|Extension Headers Failure|Allocation Failure|IPSNPI Client Drop|Unsupported Offload|Routing Failure|Ancillary Data Failure|Raw Data Failure|Session State Failure|IPSNPI Allocation Failure|IPSNPI Modified But Not Forwarded|IPSNPI No Next Hop Specified|IPSNPI Compartment Not Found|IPSNPI Interface Not Found|IPSNPI Subinterface Not Found|IPSNPI Interface disabled|IPSNPI Segmentation Failed|IPSNPI No Ethernet Header|IPSNPI Unexpected Fragment|IPSNPI Unsupported Interface Type
TCPIP_OFFLOAD_FAILURE_REASON_ValueMap 0=No Failure|Unknown|System Policy|NIC Capacity Reached|System Low On Memory|WFP driver / Stream inspection|Weak Host Model Enabled|Forwarding Enabled|Hardware capability|NDIS filter/NIC property
TCPIP_PROPERTY_ValueMap 0=Disabled|Enabled
TCPIP_Path_Direction_ValueMap 0=Send|Receive
TCPIP_RSC_EVENT_ValueMap 0=Init|StatusIndication|GlobalSetting|Forwarding|IncompatibleCallout
TCPIP_RSS_ADDING_ValueMap 0=removing|adding
TCPIP_RSS_BINDING_CAPABILITY_ValueMap 0=not available|available|available on ports
TCPIP_RSS_BINDING_NOTIFICATION_ValueMap 0=unbind|bind|port change
TCPIP_RSS_SETTING_VALUE_ValueMap 1000=none|receive hash|receive scale|enabled|disabled
TCPIP_SILENT_MODE_EVENT_ValueMap 0=Enabled|Send request dropped|Receive dropped|Disconnect request dropped|Reset dropped
TCPIP_SLOW_PATH_REASON_ValueMap 0=IP checksum offload not computed|TCP checksum offload not computed|UDP checksum offload not computed|4=IP fragmentation|Source address is not unicast|8=IP options present|ESP over UDP|11=WFP filters present|Nexthop is unavailable|16=Session state is not compatible|TCP options present|21=TL Ancillary headers present|NL Ancillary headers present|Type of Service present|IpSec headers present|Interface is not Ethernet|Nbl check failed|Destination address is unknown|Loopback inspect failed|30=IP packet length is invalid|IP version is invalid
TCPIP_TCP_DELIVERY_STATE_ValueMap 0=Indicate|Pend|Satisfy
TCPIP_TRANSPORT_PACKET_DROP_REASON_ValueMap 1=Destination is multicast|Header is invalid|Checksum is invalid|Transport endpoint was not found|Connected path error|Session state error
TCPIP_Transport_Protocol_ValueMap 1=ICMP|IGMP|6=TCP|17=UDP|43=ROUTING|FRAGMENT|47=GRE|50=ESP|AH|58=ICMPV6|256=Unknown
TCP_CONNECTION_OFFLOAD_STATE_ValueMap 0=TcpConnectionOffloadStateInHost|2=TcpConnectionOffloadStateOffloaded
TCP_CONNECTION_STATE_ValueMap 0=ClosedState|ListenState|SynSentState|SynRcvdState|EstablishedState|FinWait1State|FinWait2State|CloseWaitState|ClosingState|LastAckState|TimeWaitState
TCP_CUBIC_HYSTART_STATE_ValueMap 0=NotFound|Found|Done
TCP_FASTOPEN_STATE_ValueMap 0=TcpFastopenOff|TcpFastopenAccepting|TcpFastopenServerSendingCookie|TcpFastopenServerSentCookie|TcpFastopenNegotiate|TcpFastopenAttempt|TcpFastopenNegotiateSuccess|TcpFastopenAttemptSuccess|TcpFastopenCookieRollover|TcpFastopenFailed|TcpFastopenFailedBlocklist|TcpFastopenServerAcceptSuccess|TcpFastopenServerAcceptTimeout|TcpFastopenServerAcceptSendData|TcpFastopenFailedSimultaneousConnect|TcpFastopenFailedInvalidCookie|TcpFastopenFailedSynTimeout|TcpFastopenFailedTimeout|TcpFastopenFailedReset|TcpFastopenFallback|TcpFastopenCookieRequestDeclined|TcpFastopenFailedSuddenRttIncrease|TcpFastopenFailedSynAckWithCookieRequest|TcpFastopenFailedNoNextHop
TCP_OPTION_TYPE_ValueMap 0=TCP_OFFLOAD_NO_PREFERENCE|TCP_OFFLOAD_NOT_PREFERRED|TCP_OFFLOAD_PREFERRED|TCP_KEEPALIVE|TCP_MAXSEG|TCP_MAXRT|TCP_STDURG|TCP_NOURG|TCP_ATMARK|TCP_NOSYNRETRIES|TCP_TIMESTAMPS|TCP_OFFLOAD_PREFERENCE|TCP_CONGESTION_ALGORITHM|TCP_DELAY_FIN_ACK
TCP_SO_OPTION_TYPE_ValueMap 1=SO_DEBUG|SO_ACCEPTCONN|4=SO_REUSEADDR|8=SO_KEEPALIVE|16=SO_DONTROUTE|32=SO_BROADCAST|64=SO_USELOOPBACK|128=SO_LINGER|256=SO_OOBINLINE|4097=SO_SNDBUF|SO_RCVBUF|12290=SO_CONDITIONAL_ACCEPT|SO_PAUSE_ACCEPT|SO_COMPARTMENT_ID|SO_RANDOMIZE_PORT|SO_PORT_SCALABILITY
TCP_TAIL_LOSS_PROBE_EVENT_ValueMap 1=TimerArmed|TimerFired|Failed
UDP_ENDPOINT_STATE_ValueMap 0=Not Activated|Activated
UDP_OFFLOAD_FAILURE_REASON_ValueMap 1=Incompatible next hop|SegmentSize is larger than MTU|Raw listeners on path|IP extension headers present|Exceeds hardware capabilities|Incompatible inspection callout
`,
};
