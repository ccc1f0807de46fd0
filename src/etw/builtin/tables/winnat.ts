// Written by scripts/event-tables.ts; do not edit.
export const WINNAT = {
  name: 'Microsoft-Windows-WinNat',
  events: `
~ Status:nt TransportProtocol CompartmentId Action InternalCompartmentId AddressLength IcmpQueryTimeout InternalRoutingDomainId:guid TcpEstablishedConnectionTimeout TcpTransientConnectionTimeout UdpFilteringBehavior UdpIdleSessionTimeout UdpInboundRefresh:bool CapturedIPHeaderLength CapturedTransportHeaderLength ContinuousLength ExternalAddrLen ExternalInterfaceIndex ExternalTransportAddress:addr*AddressLength ForwardCompartmentId ForwardInterfaceIndex ICMPErrorCapturedIPHeaderLength ICMPErrorCapturedTransportHeaderLength ICMPErrorIPHeader:bin*ICMPErrorCapturedIPHeaderLength ICMPErrorTransportHeader:bin*ICMPErrorCapturedTransportHeaderLength ICMPErrorTransportProtocol IPHeader:bin*CapturedIPHeaderLength InterfaceLuid:u64 InternalTransportAddress:addr*AddressLength PacketLength RemoteAddressPrefix:addr*AddressLength RemoteAddressPrefixLength TcpFilteringBehavior TcpSessionState TransportHeader:bin*CapturedTransportHeaderLength
1034=WinNatMSkippedIPv4Packet,1035=WinNatMForwardedIPv4Packet : ActionReason@WINNATM_PACKET_ACTION_REASON_ValueMap ArrivalCompartmentId ArrivalInterfaceIndex ArrivalNetwork ~1 ~j ~k ~t ~f ~d ~e ~p ~l ~m ~q ~y ~n ~o
1030=WinNatMDroppedIPv4Packet : ^3 ArrivalNetwork@WINNATM_PACKET_SOURCE_ValueMap ~1 ~j ~k ~t ~f ~d ~e ~p ~l ~m ~q ~y ~n ~o
1031=WinNatMImproperDefaultRoute,1032=WinNatMImproperDefaultRouteOper : ~2 InterfaceIndex
1016=WinNatMemoryAllocationFailure : Description:sz
1036=WinNatMGeneralError : ErrorID ErrorContext:sz ErrorMisc ~0
1009=WinNatTranslation : IncomingAddrLen IncomingSrcAddr:addr*IncomingAddrLen IncomingDstAddr:addr*IncomingAddrLen TranslatedAddrLen TranslatedSrcAddr:addr*TranslatedAddrLen TranslatedDstAddr:addr*TranslatedAddrLen Identification ~1 ~0 IcmpType IcmpCode IcmpPayload:bool
1038=WinNatMTaskGenericEventInformational,1039=WinNatMTaskGenericEventError,1040=WinNatMTaskGenericEventError,1044=WinNatIPxlatGenericTrace : Info:sz
1013=WinNatAddressPoolConfig,1014=WinNatAddressChangeNotify : InstanceName:sz Address:ip4 StartingPort:u16 EndingPort:u16 ~r ~3 ~0
1045=WinNatMInternalAddressAddition,1046=WinNatMInternalAddressRemoval : ^1 ~5 IPAddress:addr*AddressLength IfIndex
1024=WinNatMExternalAddressAddition,1025=WinNatMExternalAddressRemoval,1026=WinNatMExternalAddressRundown : ^3 PortStart:u16 PortEnd:u16
1012=WinNatWFPFilterEvent : ^1 InternalPrefixAddrLength InternalSrcPrefix:addr*InternalPrefixAddrLength InternalSrcPrefixLength InternaDstlPrefix:addr*InternalPrefixAddrLength InternalDstPrefixLength IPv4Prefix:ip4 IPv4PrefixLength Nat64:bool ~r FilterId:u64 ~3 ~0
1011=WinNatPacketFilterEvent : ^11 Action@WINNAT_OBJECT_ACTION_ValueMap ~0
1019=WinNatMInstanceCreation,1020=WinNatMInstanceModification,1021=WinNatMInstanceExternalInterfaceAssociation,1022=WinNatMInstanceDeletion,1023=WinNatMInstanceRundown,1037=WinNatMInstanceCreationWithNoMatchingPrefix : ^1 ~7 ExternalIPInterfaceAddressPrefixLength ExternalIPInterfaceAddressPrefix:ip4 ~2 ~h ~b ~9 ~8 ~6 ~w ~a ~c
1023v1,1037v1 : ^2 PrefixLength AddressPrefix:ip4 ~2 ~h ~b ~9 ~8 ~6 ~w ~a ~c InstanceType
1019v1 : ^13 InstanceType@WINNATM_INSTANCE_TYPE_ValueMap
1033=WinNatMOutOfPortsOper : ^1 ~1
1027=WinNatMStaticMappingAddition,1029=WinNatMStaticMappingRundown : ^2 MappingType ~5 ~i ~s ~7 ~2 ~u ~v
1028=WinNatMStaticMappingRemoval : ^2 MappingType@WINNAT_STATIC_MAPPING_TYPE_ValueMap ~5 ~i ~s ~7 ~2 ~u ~v
1010=WinNatInstanceEvent : ^1 ~b ~9 ~8 ~6 TcpFilteringBehavior@WINNAT_FILTERING_BEHAVIOR_ValueMap ~a ~c Enabled:bool ~0 ~3
1041=WinNatIPxlatInstanceCreate,1042=WinNatIPxlatInstanceModify,1043=WinNatIPxlatInstanceDelete : InterfaceLuid:h64 FallbackIPv4Address:ip4 SyntheticIPv4Address:ip4 SyntheticIPv6Address:ip6 RemotePrefix:ip6 RemotePrefixLength LocalPrefix:ip6 LocalPrefixLength
1015=WinNatStaticBindingEvent : InternalAddrLen InternalAddr:addr*InternalAddrLen ~g ExternalAddr:addr*ExternalAddrLen ~1 ~3 ~0
1006=WinNatBindingCreate,1007=WinNatBindingDelete,1008=WinNatBindingSessionCount : ^5 SessionCount Configured:bool
1006v1,1007v1,1008v1 : ^7 ~4
1017=WinNatSessionCreateOperational,1018=WinNatSessionDeleteOperational : ^1 InternalSrcAddr:addr*InternalAddrLen InternalDstAddr:addr*InternalAddrLen ~g ExternalSrcAddr:addr*ExternalAddrLen ExternalDstAddr:addr*ExternalAddrLen ~1
1003=WinNatSessionTcpStateUpdate,1004=WinNatSessionTimeout,1005=WinNatSessionDelete : ^7 Lifetime ~x
1003v1,1004v1,1005v1 : ^9 ~4
1002=WinNatSessionTimerUpdate : ^8 TcpSessionState@WINNAT_TCPSTATE_ValueMap
1002v1 : ^9 ~4
1001=WinNatSessionCreate : ^6 TransportProtocol@WINNAT_TRANSPORT_PROTOCOL_ValueMap Lifetime ~x
1001v1 : ^9 ~4
1047=WinNatDriverStateRundown : PortChunkSize RSCAware:bool UROAware:bool FragmentAware:bool ForceInternalRoute:bool UdpSessionTimeout ClampMssEnabled:bool
`,
  maps: `
WINNATM_INSTANCE_TYPE_ValueMap 1=InternalPrefixInstance|ExternalPrefixInstance
WINNATM_PACKET_ACTION_REASON_ValueMap 0=None|Parsing failure|First fragment missing|Bad packet inside an ICMP error|ICMP error without a session|No next hop for hairpin|No mapping for inbound packet|Failed to reference the next hop|Failed to clone the packet|Failed to translate the packet|Hop limit exceeded|Packet too big and may not be fragmented|Unexpected route look-up failure|No route|No session object|Egress interface is not external|No instance on the egress interface|NAT machine used as internal host|Would be routed in its own compartment|Protocol not supported|Packet to the NAT itself|Port outside the external port ranges|Winnat MUX rejected the packet|Mux found no VIP or DIP|Mux failed to send the encapsulated packet|No instance on the ingress interface
WINNATM_PACKET_SOURCE_ValueMap 1=INTERNAL|EXTERNAL
WINNAT_FILTERING_BEHAVIOR_ValueMap 0=Endpoint independent|Adress dependent
WINNAT_OBJECT_ACTION_ValueMap 0=modify|create|createandmodify|delete
WINNAT_STATIC_MAPPING_TYPE_ValueMap 1=one-to-one|one-to-many with remote IP prefix
WINNAT_TCPSTATE_ValueMap 0=Closed/NA|Internal SYN received|External SYN received|Established|Internal FIN received|External FIN received|Both FIN received|4 minute timewait
WINNAT_TRANSPORT_PROTOCOL_ValueMap 1=ICMPv4|6=TCP|17=UDP|58=ICMPv6
`,
};
