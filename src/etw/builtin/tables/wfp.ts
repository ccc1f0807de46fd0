// Written by scripts/event-tables.ts; do not edit.
export const WFP = {
  name: 'Microsoft-Windows-WFP',
  events: `
~ MMFilterId:h64 SaLuid:h64 AuthenticationAlgorithm DiffieHellmanGroup EncryptionAlgorithm Impersonation LifetimeMinutes QMFilterId:h64 QMLimit AuthenticationMethodType %LocalAddress %MainModeLocalAddress %MainModePeerAddress %RemoteAddress FilterId:h64 LayerId:h16 UMImpersonation IPProtocol KeyingModule SaRole:h32 DestinationvSwitchPort Direction EndCertHash:bin*20 FailureErrorCode:win32 FailurePoint:h32 FailureStatus:nt Flags:h32 ICookie:h64 InboundSPI InterfaceLuid:u64 KeyingModuleType:h32 LocalSpn:sz LocalUmCertDnIssuer:sz LocalUmCertDnRoot:sz LocalUmCertDnSubject:sz LocalUmCertShaThumbprint:bin*LocalUmCertShaThumbprintLength LocalUmCertShaThumbprintLength MMSaLuid:h64 OutboundSPI PeerSpn:sz PeerUmCertDnIssuer:sz PeerUmCertDnRoot:sz PeerUmCertDnSubject:sz PeerUmCertShaThumbprint:bin*PeerUmCertShaThumbprintLength PeerUmCertShaThumbprintLength ProfileId ProviderContextKey:guid QMSaLuid:h64 RCookie:h64 SourcevSwitchPort UMAuthenticationMethodType UMLocalSPN:sz UMPeerSPN:sz VirtualIFTrafficSelectorId:h64 VirtualIFTunnelId:h64 VirtualIfTunnelId:h64 VlanTag:h16 vSwitchId:sz
1020,1021,1022,1042 :
1028 : ~a LocalAddressMask:sz %LocalTunnelEndpoint ~d RemoteAddressMask:sz %RemoteTunnelEndpoint ~h KeyingModuleName:u8@KeyModMap AHAuthType:u8@AuthTypeMap ESPAuthType:u8@AuthTypeMap ESPCipherType:u8@CipherTypeMap LifetimeSeconds LifetimeKilobytes LifetimePackets Mode:u8@ModeMap Role:u8@RoleMap TransportFilterId:h64 ~11 ~1b ~s ~12 ~1i ~1h
1028v1 : ^23 RekeySPI
1027 : ^7 ~1b ~1i ~1h
1027v1 : ^10 ~s ~12
1043 : ~b ~c ~i ~9 ~4 ~2 ~3 ~6 ~8 Role ~5 ~0 ~1 ~1a ~1j ~r ~1c
1013 : ^3 ~1
1013v1 : ^4 ~r ~1c
1037,1038,1041 : Counter
1039,1040 : ^1 ~a ~d ~h
1033,1034 : ^1 AppSID:sid
1031,1032 : ^1 FilePath:sz
1035,1036 : ^1 SecurityDescriptor:sz
1026 : Function:asz ErrorCode:win32
1024 : ICookie:asz RCookie:asz ExchangeType:asz Length NextPayload:asz Flags:h8 MessageID LocalAddress:sz LocalPort LocalProtocol RemoteAddress:sz RemotePort RemoteProtocol ~t
1025 : ^14 ~19
1023 : KeyingModule:asz AcquireContext:u64 ~a ~d Mode:sz FilterId:u64 ~h ~t ~19 LocalUdpEncapPort:u16 RemoteUdpEncapPort:u16 MMTargetName:sz EMTargetName:sz NumTokens Token1Type:sz Token1Principal:sz Token1Mode:sz Token1:u64 Token2Type:sz Token2Principal:sz Token2Mode:sz Token2:u64 Token3Type:sz Token3Principal:sz Token3Mode:sz Token3:u64 Token4Type:sz Token4Principal:sz Token4Mode:sz Token4:u64 ~1j TrafficSelectorId:h64 ~q RekeySPI OrigVirtualIfTunnelId:h64 %PacketLocalAddress %PacketRemoteAddress PacketIPProtocol PacketInterfaceLuid:u64 PacketProfileId
1016 : LocalCertDnSubject:sz LocalCertShaThumbprintLength LocalCertShaThumbprint:bin*LocalCertShaThumbprintLength LocalCertDnIssuer:sz LocalCertDnRoot:sz PeerCertDnSubject:sz PeerCertShaThumbprintLength PeerCertShaThumbprint:bin*PeerCertShaThumbprintLength PeerCertDnIssuer:sz PeerCertDnRoot:sz ~b ~c ~4 ~2 ~3 ~6 ~8 Role ~5 ~0 ~1 ~y ~10 ~z ~w ~x ~16 ~18 ~17 ~14 ~15 ~g ~7
1017 : ^21 ~1f ~1g ~1e ~g ~7
1015 : ^12 ~i ~9 ~4 ~2 ~3 ~6 ~8 Role ~5 ~0 ~1
1018 : LocalSPN:sz PeerSPN:sz ~b ~c ~9 ~4 ~2 ~3 ~6 ~8 Role ~5 ~0 ~1 ~y ~10 ~z ~w ~x ~16 ~18 ~17 ~14 ~15 ~g ~7
1019 : ~v ~13 ~b ~c ~9 ~4 ~2 ~3 ~6 ~8 Role ~5 ~0 ~1 ~1f ~1g ~1e ~g ~7
1014 : ^4 ~i ~9 ~4 ~2 ~3 ~6 ~8 Role ~5 ~0 ~1
1030 : ProcessId TxnTimeInMSec CommitTimeInMSec WatchdogTimeoutInMSec
1029@10240 : Timestamp:filetime ~a ~d EtherType:h16 MediaType InterfaceType ~1k ~e ~f
1029v1 : ^9 ~1l ~1d ~k
1029 : ^4 SnapControl SnapOui ~1k ~e ~f
1007 : ^3 ScopeId AppId:sz UserSID:sid ~n ~o ~u QMState:h32 ~j SaTrafficType:h32 ~7
1007v1 : ^13 ~11 MMProviderContextKey:guid
1003 : ^6 ~p ~l SPI:h32 ~e ~f
1011 : ^6 InternetHostAddress:ip4 CorpnetHostAddress:ip4 ~p ~l
1005,1009 : ^6 ~v ~13 LocalGroupSidCount ?
1009@10240 : ^9 LocalGroupSidLength LocalGroupSids:sz#LocalGroupSidLength RemoteGroupSidCount RemoteGroupSidLength RemoteGroupSids:sz#RemoteGroupSidLength ~n ~o ~q EMState:h32 ~j EMAuthMethod:h32 ~m MMId:h64 ~7
1005@10240 : ^17 ~u MmState:h32 ~j MMAuthMethod:h32 ~m MMId:h64 ~0
1005v1 : ^24 ~1a
1001 : ^6 ReauthReason:h32 OriginalProfile CurrentProfile PacketDirection@DirectionMap Loopback:bool ~e ~f
1001v1 : ^13 ~1l ~1d ~k
1001v2 : ^16 EnterpriseId:sz PolicyFlags:h64 EffectiveName:sz
1044 : ^6 SPI:h32
`,
  maps: `
AuthTypeMap 0=NONE|MD5|SHA-1|SHA-256|AES-GCM-128|AES-GCM-192|AES-GCM-256|AES-GMAC-128|AES-GMAC-192|AES-GMAC-256
CipherTypeMap 0=NONE|DES|3DES|AES-CBC-128|AES-CBC-192|AES-CBC-256|AES-GCM-128|AES-GCM-192|AES-GCM-256
DirectionMap 14592=Inbound|Outbound|Forward|Bidirectional
KeyModMap 0=NONE|IKEv1|IKEv2|AuthIP
ModeMap 1=Transport Mode|Tunnel Mode
RoleMap 1=Initiator|Responder
`,
};
