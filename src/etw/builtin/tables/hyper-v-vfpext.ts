// Written by scripts/event-tables.ts; do not edit.
export const HYPER_V_VFPEXT = {
  name: 'Microsoft-Windows-Hyper-V-VfpExt',
  events: `
~ PortName:sz PortFriendlyName:sz IpProtocol:u8 GftFlags DstPort:port SrcPort:port Status:nt DstIpv6Addr:ip6 IsTcpSyn:bool SrcIpv6Addr:ip6 DstIpv4Addr:ip4 SrcIpv4Addr:ip4 Status:status Status GreKey IcmpType:u8@MapIcmpType MacAddr:sz StatusLocation PortId SrcMacAddr:sz DstMacAddr:sz NumBytes:u64 NumPackets:u64 PktContents:bin*PktLen PktLen AccessTime:u64 AvailableBw:i64 DefaultReservation:u64 EncapTransposition0:asz EncapTransposition1:asz FailReason:u8 FailureReason:sz Flags IcmpType:u8 InterfaceLuid:u64 LayerId:sz LinkSpeedPct NumQueues NumReverseBytes:u64 NumReversePackets:u64 ReservableBw:u64 SrcPortFriendlyName:sz SrcPortName:sz Transposition:asz Type:h16@MapEthernetType ControlFailureReason FailureReason FriendlyName:sz IsolationId Name:sz NextHop:ip4 NextHop:ip6 NicLinkSpeed:u64 NicLinkSpeedGuarantee Operation:u16 Operation:u8 QueueName:sz ReservationMode:u8 UnifiedFlow:h64 Action:u8 DefaultQueueBurstSize DefaultQueueDepth DefaultQueueHeadroomPct:u8 DefaultQueueMinRateMbps DefaultQueueOverUtilizedPct:u8 DefaultQueueRampupTimeMs DefaultQueueUnderUtilizedPct:u8 DestMacAddr:sz Direction:u8 DstIP:ip4 DstIP:ip6 EncapDestMacAddr1:sz EncapSrcMacAddr1:sz EncapType1:asz EncryptVxlanId0 EncryptVxlanId1 EndPort:port EnforceIntraHostLimit:bool FailureReason:u8 GroupId:sz HairpinChecked:u8 HeadroomPct:u8 InnerDestMacAddr:sz Ipv4Addr:ip4 IsHairpin:u8 IsMain:u8 IsMirror:u8 IsPendingDelete:bool IsSecondary:u8 LineId:u64 MappingType:u8@MapMappingType MappingType@NDMappingType MinRateMbps OriginalInbound:u8 OverUtilizedPct:u8 PortUniqueName:sz ProviderIpv4Addr:ip4 RampupTimeMs Reason:u8@MapPacketDropReason ReceiveBurstSize ReceiveCap ReceiveQueueDepth Reference RuleId:sz StartPort:port Status:h32 TenantId0 TenantId1 TraceString:sz TransmitBurstSize TransmitCap TransmitQueueDepth TransmitReservation UnderUtilizedPct:u8
304=IpSubscribe,305=IpUnsubscribe : CompartmentId SubscriberContext:ptr ~c ~w NeighborChangesFlags:bool RouteChangesFlags:bool
800 : Context:sz ~w CounterCapabilities SupportedTableTypes SupportedEncapsulationTypes SupportedIngressExactMatchTableActions SupportedEgressExactMatchTableActions SoftwareSupportedIngressExactMatchTableActions SoftwareSupportedEgressExactMatchTableActions SupportedIngressWildcardMatchTableActions SupportedEgressWildcardMatchTableActions SoftwareSupportedIngressWildcardMatchTableActions SoftwareSupportedEgressWildcardMatchTableActions NumPacketCounterObjects NumByteCounterObjects NumPacketByteCounterObjects NumPacketByteCounterAndStateObjects NumCounterObjectsPerIngressExactMatchFlowEntry NumCounterObjectsPerEgressExactMatchFlowEntry NumCounterObjectsPerIngressWildcardMatchFlowEntry NumCounterObjectsPerEgressWildcardMatchFlowEntry
454 : ^1 HeaderRevision EncapsulationTypes:h32 MaxHeaderSizeSupported NvgreTransmitChecksumOffloadSupported:u8 NvgreReceiveChecksumOffloadSupported:u8 NvgreLsoV2Supported:u8 NvgreRssSupported:u8 NvgreVmqSupported:u8 VxlanTransmitChecksumOffloadSupported:u8 VxlanReceiveChecksumOffloadSupported:u8 VxlanLsoV2Supported:u8 VxlanRssSupported:u8 VxlanVmqSupported:u8 VxlanUDPPortNumber:u16 VxlanUDPPortNumberConfigurable:bool
1010 : EnableHardwareCaps:bool EnableHardwareReservations:bool EnableSoftwareReservations:bool Flags:u8 ~6 ~u
650 : FileOperation:u8 FileName:sz FileSize:u64 OperationStatus ~2x
960 : FlowType:u8 ~2d ~b ~a ~2 ~x ~m ~l ~13 ~12
958 : ^4 ~5 ~4 ~2 ~m ~l ~13 ~12
961 : ^2 ~9 ~7 ~2 ~x ~m ~l ~13 ~12
959 : ^4 ~5 ~4 ~2 ~m ~l ~13 ~12
700 : Id:sz TraceObjectOperationType ItemType SubType:u8 Flags:u16 ~i ~0 ~6 ~19 ~1a ~1d
455 : InnerMacVmqSettingEnabled:bool ~i MacAddress:sz InnerMacFilterSet:bool ~0 ~1
306=AddNextHopMappingV4,308=DeleteNextHopMappingV4 : IpAddress:ip4 ~1e ~y ~p ~c
307=AddNextHopMappingV6,309=DeleteNextHopMappingV6 : IpAddress:ip6 ~1f ~y ~p ~c
349 : LineId:ptr Event:u8
338=QosReservationLineRateAllocationEvent : ~2h AllocationEvent@MapQosReservationRateAllocationEvent
303=MaxCapQueueItem : MaxQueuePointer:u64 Rate:u64 MaxQueueAction:u8@MapQosQueueAction
310=AddNDMappingV4,312=DeleteNDMappingV4 : ~1e ~y ~p ~g ~2j ~c
311=AddNDMappingV6,313=DeleteNDMappingV6 : ~1f ~y ~p ~g ~2j ~c
808 : PortContext:u64 ~1d ~1b ~26
602 : ~i ~1w ~2d IsPending:u8 TNI:u64 VLAN NumEncaps:u8 EncapType0:asz EncapSrcMacAddr0:sz EncapDestMacAddr0:sz EncapSrcIpv4Addr0:ip4 EncapDstIpv4Addr0:ip4 ~2y ~22 ~21 ~20 ~1z EncapSrcIpv4Addr1:ip4 EncapDstIpv4Addr1:ip4 ~2z ~23 ~2 ~j ~1v ~b ~a ~x ~s ~t ~17 ~0 ~1
600 : ^26 ~5 ~4 ~8 ~s ~t ~17 ~0 ~1 ~1m ~2g ~2e ~2c ~28 ~2l
603 : ^10 EncapSrcIpv4Addr0:ip6 EncapDstIpv6Addr0:ip6 ~2y ~22 ~21 ~20 ~1z EncapSrcIpv4Addr1:ip6 EncapDstIpv6Addr1:ip6 ~2z ~23 ~2 ~j ~1v ~9 ~7 ~x ~s ~t ~17 ~0 ~1
601 : ^26 ~5 ~4 ~8 ~s ~t ~17 ~0 ~1 ~1m ~2g ~2e ~2c ~28 ~2l
121 : ^2 ~z ~27 ~2v RuleType:u8 ~9 ~7 ~e ~6 ~0 ~1 ~3 ~h
120 : ^3 ~9 ~7 ~e ~0 ~1 ~3
509 : ^2 PADiscoveryFlowState:u8 ~b ~a ~5 ~4 ~2 PADiscoveryType:u8 DiscoveredIpv4Addr:ip4 ~30 ~0 ~1
100 : ^2 ProcessingType ~o ~n ~0 ~1 ~3 ResumeLayer
158 : ^2 ~j ~k ~9 ~7 EncapType:u8 ~e ~2n ~1
155=Decap : ^1 Direction:u8@MapPacketDirectionType
108=V4IcmpFlowMatch : ^2 ~z FlowType:u8@MapFlowType ~b ~a ~2 ~f ~0 ~1 ~3
106=V4FlowMatch : ^6 ~5 ~4 ~2 ~8 ~0 ~1 ~3
109=V6IcmpFlowMatch : ^4 ~9 ~7 ~2 ~f ~0 ~1 ~3
107=V6FlowMatch : ^6 ~5 ~4 ~2 ~8 ~0 ~1 ~3
404=V4GreRuleMatchAudit : ^3 ~27 ~2v RuleType:u8@MapRuleType ~b ~a ~e ~c
105=V4GreRuleMatch : ^10 ~0 ~1 ~3 ~h
402=V4IcmpRuleMatchAudit : ^8 ~2 ~f ~c
103=V4IcmpRuleMatch : ^11 ~0 ~1 ~3 ~h
400=V4RuleMatchAudit : ^8 ~5 ~4 ~2 ~8 ~d
101=V4RuleMatch : ^13 ~0 ~1 ~3 ~h
403=V6IcmpRuleMatchAudit : ^6 ~9 ~7 ~2 ~f ~c
104=V6IcmpRuleMatch : ^11 ~0 ~1 ~3 ~h
401=V6RuleMatchAudit : ^8 ~5 ~4 ~2 ~8 ~c
102=V6RuleMatch : ^13 ~0 ~1 ~3 ~h
119=V4GreRuleNoMatch : ^3 ~b ~a ~e
117=V4IcmpRuleNoMatch : ^5 ~2 ~f
115=V4RuleNoMatch : ^5 ~5 ~4 ~2 ~8
118=V6IcmpRuleNoMatch : ^3 ~9 ~7 ~2 ~f
116=V6RuleNoMatch : ^5 ~5 ~4 ~2 ~8
156=DuplicatePacket : ^2 ~o ~n
57=ArpDrop : ^2 ~2q ArpType:u16@MapArpType SenderMacAddr:sz SenderIpAddr:ip4 TargetMacAddr:sz TargetIpAddr:ip4 ~0 ~1 ~3
51=RawDrop : ^3 ~o ~n ~0 ~1 ~3 Status:x32 StatusLocation:x32
53=L3V4Drop : ^3 ~j ~k ~b ~a ~2 ~0 ~1 ~3
55=L4V4Drop : ^8 ~5 ~4 ~8 ~0 ~1 ~3
54=L3V6Drop : ^5 ~9 ~7 ~2 ~0 ~1 ~3
56=L4V6Drop : ^8 ~5 ~4 ~8 ~0 ~1 ~3
52=L2Drop : ^5 ~18 ~0 ~1 ~3
152=L4V4Rewrite : ^2 ~b ~a ~5 ~4
153=L4V6Rewrite : ^2 ~9 ~7 ~5 ~4
151=L2Rewrite : ^2 ~j ~k
154=Encap : ^4 ~b ~a EncapType:u8@EncapType ~e ~2n ~1
114=V4GreFlowStatus : ^2 ~c ~b ~a ~e
112=V4IcmpFlowStatus : ^5 ~2 ~f
110=V4FlowStatus : ^5 ~5 ~4 ~2 ~8 ~0 ~1 ~3 ~h
113=V6IcmpFlowStatus : ^3 ~9 ~7 ~2 ~f
111=V6FlowStatus : ^5 ~5 ~4 ~2 ~8
1=InterceptPacket : ^2 Type:u8@MapInterceptType ~o ~n ~0 ~1 ~3
751 : ^1 ~z ~b ~a ~5 ~4 ~2 EncapDstIpv4Addr:ip4 EncapSrcIpv4Addr:ip4 ~2a ~e ~0
752 : ^2 ~9 ~7 ~5 ~4 ~2 EncapDstIpv6Addr:ip6 EncapSrcIpv6Addr:ip6 ~2a ~e ~0
984 : ^1 LayerName:sz Path:u8
979 : ^1 MappingIndexType:u8 ~2b Ipv6AddrLength Ipv6Addr:ip6*Ipv6AddrLength
203=V4WithdrawNatRange,205=V4RemoveNatRange : ^1 NatPoolId:sz NatRangeType:u8@MapNatRangeType ~2b ~2w ~24 RefLimit
201=V4DepositNatRange : ^7 ~0 ~1
204=V6WithdrawNatRange,206=V6RemoveNatRange : ^3 Ipv6Addr:ip6 ~2w ~24 RefLimit
202=V6DepositNatRange : ^7 ~0 ~1
207=V4NatPortBinding : ^1 NatPortBindingAction:u8@MapNatPortBindingAction InternalIpv4Addr:ip4 InternalIpv4Port:port ExternalIpv4Addr:ip4 ExternalIpv4Port:port ~2u ~0 ~1
208=V6NatPortBinding : ^2 InternalIpv6Addr:ip6 InternalIpv6Port:port ExternalIpv6Addr:ip6 ExternalIpv6Port:port ~2u ~0 ~1
452 : ^1 Oid:h32 ~2x ~0 ~1
551 : ^1 ~1j Message:u8 ClientIp:ip4 ClientMac:sz TransactionId:h32 AssignedIp:ip4 ServerIp:ip4 RequestedIp:ip4 RelayIp:ip4 DnsIp:ip4 SrcIp:ip4 ~5 DstIp:ip4 ~4 ~0 ~1 ~3
2=InjectPacket : ^1 ~o ~n
810 : ^1 ~0 ~1b ~d ~v
703 : ^2 ~1i ~6 ~19 ~1a
963 : ^2 ~1 ~z ~d NumOutboundFlowsReplaced NumInboundFlowsReplaced
968 : ^3 MaxEntries StepDownMinItem:bool NextTimerUpdateInterval:i64 ~d OutstandingWorkItems HeuristicTimerUpdatesEnabled:bool
965 : ^3 PortTimerFunction:u8
966 : ^3 SuspendedLmState:u8
803 : ^3 ~1m GftProviderFlowEntryId:h64 CurrSysTime:u64 GftTimeStamp:u64 GftUpdateElapsedInTtlUnits MaxTtl TTL ~m ~l PrevNumPackets:u64 PrevNumBytes:u64
804 : ^4 OldGftFlowState:u8 NewGftFlowState:u8 ~2f IsMarkedForHwDeletion:bool ReoffloadReqd:bool RetryOffload:bool GftFlowBlockReason:u8 GftFlowRetryReason:u8
806 : ^4 ProviderFlowEntryId:h64 GftFlowState:u8 GftFlowOffloadReason:u8 ~2f
805 : ^4 ~d ~v
451=RedirectFailed : ^1 Reason:u8@RedirectFailureReason
301=SerializeItem : ^1 SerializationAction:u8@MapSerializationAction SerializationItemType@MapSerializationItemType ItemSize:u64 ItemReference:u64 ItemVersion:u64 ~c AdditionalContext:u64 ~0 ~1
503 : ^1 SessionId PeerOuterIpv4Addr:ip4 PeerInnerMacAddr:sz TNI:u64 TunnelID ~1w DtlsContentType:u8 DtlsHandshakeProtocol:u8 ~0 ~1
501 : ^6 ~v ~0 ~1
502 : ^6 OldState:u8 NewState:u8 DeactivateReason:u8 ~0 ~1
500 : ^6 SecurityApiName:sz SelectParamInfo1:sz SelectParamInfo2:sz SelectParamInfo3:u64 SelectParamInfo4:u64 ~6 ~0 ~1
505 : ^6 ~30 GenericNumericParam1:u64 GenericNumericParam2:u64 GenericStringParam1:sz GenericStringParam2:sz ~0 ~1
504 : ^7 ~0 ~1
255=CreatePendingMappingMissed : ^1 SpaceId:sz IndexType:u8@MapSpaceIndexType IpAddr:ip6 ~g ~2i
254=CreatePendingMappingNotified : ^6 ~0 ~1 ~2o
252=RemoveMappingV4V4,253=UpdateRemoveMappingV4V4,318=AddMappingV6V4,319=RemoveMappingV6V4,320=UpdateRemoveMappingV6V4,321=AddMappingV4V6,322=RemoveMappingV4V6,323=UpdateRemoveMappingV4V6,324=AddMappingV6V6,325=RemoveMappingV6V6,326=UpdateRemoveMappingV6V6 : ^2 ~2i CustomerIpv4Addr:ip4 CustomerIpv6AddrLength CustomerIpv6Addr:ip6*CustomerIpv6AddrLength ~2o ProviderIpv6AddrLength ProviderIpv6Addr:ip6*ProviderIpv6AddrLength ~g CustomerMacAddr:sz ~1c ~w PermanentFlag:bool NonUniquePAFlag:bool MacMappingFlag:bool
251=AddMappingV4V4 : ^16 L4LoadBalanced:bool L3LoadBalanced:bool ~0 ~1
453 : ^1 StatusCode:h32 ~0 ~1
1011 : ~0 AttachedFunctionId:u16 Reason ~6
342 : ~1k ~1n ~25 ~32 ~34 ~2s ~6 ~u ~33 ~2t ~31 ~2r ~35 ~2m ~29 ~2p ~2k
341 : ^6 ~33 ~2t ~31 ~2r ~35 ~2m ~29 ~2p ~2k
343 : ^1 ~i ~1n
344 : ^3 ~6 ~u
302=QosQueueItem : ^1 QosQueueAction:u8@MapQosQueueAction ~i ~25 ~32 ~34 ~2s TransmitMaxQueue:u64 ReceiveMaxQueue:u64
982 : Reason:sz ~d
456 : RuleContext:ptr ElapsedTime CachePruningTimeout CachePruningThreshold NumNdEntries
316=PARouteIpCallbackV4 : ^1 Flags:h32 ~1x ~g
317=PARouteIpCallbackV6 : ^2 ~1y ~g
327=MapEncapFlowMatchV4V4,328=MapEncapFlowMatchV6V4,329=MapEncapFlowMatchV4V6,330=MapEncapFlowMatchV6V6 : ^1 OriginalDestMacAddr:sz NewDestMacAddr:sz SrcCustomerIpv4Addr:ip4 SrcCustomerIpv6AddrLength SrcCustomerIpv6Addr:ip6*SrcCustomerIpv6AddrLength DestCustomerIpv4Addr:ip4 DestCustomerIpv6AddrLength DestCustomerIpv6Addr:ip6*DestCustomerIpv6AddrLength SrcProviderIpv4Addr:ip4 SrcProviderIpv6AddrLength SrcProviderIpv6Addr:ip6*SrcProviderIpv6AddrLength DestProviderIpv4Addr:ip4 DestProviderIpv6AddrLength DestProviderIpv6Addr:ip6*DestProviderIpv6AddrLength ~1c ~w EncapType@EncapType MacLookupFlag:bool CaRouteFlag:bool UseMappingIsolationIdFlag:bool
314=PARouteFlowMatchV4 : ^1 SrcIP:ip4 ~1x ~1e ~g
315=PARouteFlowMatchV6 : ^1 SrcIP:ip6 ~1y ~1f ~g
352=ForwardSuccess : SrcPortId DstPortId ~j ~k ~18 VLAN IsBroadcast:bool InnerForwarding:bool ~16 ~15 DstPortName:sz DstPortFriendlyName:sz ~3
353=ForwardSkipBcastDest : ^4 Type:u16@MapEthernetType VLAN
364=RestoreFailureSuppressed : ^1 MessageLength Message:sz*MessageLength
363=RestoreSkipped : ^3 Reason:u8@MapSaveRestoreSkipReason
362=SaveSkipped : ^4 ~0 ~1
354=ForwardInnerFwdFailed : ^1 OutSrcMacAddr:sz OutDstMacAddr:sz ~18 InnerDstMacAddr:sz VLAN ~1c ~16 ~15 ~3
351=ForwardDrop : ^1 ~2q ~j ~k ~18 VLAN ~16 ~15 ~3
356=SaveCompleteFailed,357=RestoreFailed : ^1 Reason:u8@MapSaveRestoreFailureReason Ext1:h32 Ext2:h32
355=SaveFailed : ^4 ~0 ~1
361=SaveBufferRequested : ^1 SaveDataSize
359=SaveCompleteSucceeded,360=RestoreSucceeded : ^2 BlockOnRestore:bool
358=SaveSucceeded : ^3 ~0 ~1
990 : ^1 ~16 ~15 TargetPortId TargetPortName:sz TargetPortFriendlyName:sz IsMirror:bool Packet:ptr OriginalPacket:ptr
802 : ~d GftCounterId ~i ~0
981 : ^1 VPortId ~0 Enable:bool UseVlanMask:bool UseMaxVlanRange:bool UseMinVlanRange:bool VlanMask:x32 MaxVlanRange MinVlanRange
969 : SwitchContext:u64 ~1d ~1b ~26
347 : SwitchName:sz Event:u8 ~1l ~r ~10 ~1g ~1h ~14 ~q ~6 ~11
331=QosReservationLineConfigEventCreateLine,332=QosReservationLineConfigEventUpdateLine,333=QosReservationLineConfigEventDeleteLine,334=QosReservationLineAvailBwChange,335=QosReservationLineExternalNicEventConnect,336=QosReservationLineExternalNicEventLinkState,337=QosReservationLineExternalNicEventSpeedChange : ^1 ~2h FailedReason@MapQosOperationFailReason ReservationMode@MapQosReservationMode ~r ~10 LinkSpeed:u64 LinkSpeedGuaranteePct ~14 ~q
339=QosReservationQueueEventAdd,340=QosReservationQueueEventDelete : ^2 ~1k
705 : ^1 ~1i ~6 ~19 ~1a
345 : ^1 ~1j ~1l ~r ~10 ~1g ~1h ~14 ~q ~11 ~1p ~1o ~1u ~1s ~1q ~1t ~1r
346 : ^9 ~6 ~u ~11 ~1p ~1o ~1u ~1s ~1q ~1t ~1r
702 : ^1 ~i ~0 ~1i ProcessId Irp:ptr ~6
348 : ^1 ~1k QueueReservation:u64 ~1j ~1l ~r ~10 ~1g ~1h ~14 ~q ~11
983 : ^1 ~d GftClientHandle:u64 GftProviderHandle:u64 GftClientDirectConfigurationRequestCompleteHandler:u64 GftProviderDirectConfigurationRequestHandler:u64
1000 : ^1 ~6 ~h
900 : TagId:sz ~d Reason:u8
970 : VmId:sz ~0 ~1 ~d ~v
`,
  maps: `
EncapType 0=None|IpInGre|IpInIp|EthInGre|VXLAN
MapArpType 1=request|response
MapEthernetType 2048=Ipv4|2054=Arp|56710=Ipv6
MapFlowType 0=None|Pending|Allow|Dnat|Snat|DynamicDnat|DynamicSnat|Redirect|TunneledDnat|TunneledSnat
MapIcmpType 0=V4EchoReply|5=V4Redirect|8=V4EchoRequest|V4RouterAdvert|V4RouterSolicit|13=V4TimestampRequest|V4TimestampReply|128=V6EchoRequest|V6EchoReply|133=V6RouterSolicit|V6RouterAdvert|V6NeighborSolicit|V6NeighborAdvert
MapInterceptType 0=intercepted|missed intercept
MapMappingType 0=Normal|PendingProvider|PendingCustomer|PendingJoint|PendingCustomerMac
MapNatPortBindingAction 0=creating|deleting|referencing|dereferencing
MapNatRangeType 0=Idle|Partial|Used|Removed
MapPacketDirectionType 0=outbound|inbound
MapPacketDropReason 0=ARP guard|ARP limiter|DHCP guard|DHCP limiter|block broadcast|block non-IP|ARP filter|Ipv4 guard|Ipv6 guard|MAC guard|found no destinations (broadcast)|found no destination (unicast)|found destination, port not ready|vmswitch callback failed|32=invalid packet|intercept|intercept blocked
MapQosOperationFailReason 0=Success|UnexpectedFailure|UnexpectedFailure|InsufficientSystemResources|InvalidReservationParameters|InsufficientBandwidthAvailable|LineIsInUsed|ExternalLinkSpeedLessThanReservation
MapQosQueueAction 0=Create|Remove|Free|Update|PortSet|PortClear
MapQosReservationMode 0=InvalidModeNone|WeightMode|AbsoluteMode|InvalidModeMax
MapQosReservationRateAllocationEvent 0=StartTimer|StopTimer|EnterCongestionMode|ExitCongestionMode
MapRuleType 0=None|Allow|Block|Meter|Nat|DynamicNat|Decap|MapOut|MapIn|MapEncap|MapDecap|MapIpOut|MapIpIn|MapMacOut|MapMacIn|Profile|Redirect|RouteEncap|TunneledNat|Qos|Transposition|PaRoute
MapSaveRestoreFailureReason 0=Unknown|Unsupported Save/Restore OID structure revision|Empty port list|Unknown port|Save state too large|Serialization step failed|Invalid restore input buffer size|Invalid save state|Deserialization step failed
MapSaveRestoreSkipReason 0=Unknown|2=Save restore feature disabled
MapSerializationAction 0=Serialize|Deserialize
MapSerializationItemType 0=SerializationItemNone|SerializationItemId|SerializationItemName|SerializationItemUserContext|SerializationItemLayer|SerializationItemGroup|SerializationItemRule|SerializationItemFlow|SerializationItemUnifiedFlow|SerializationItemCondition|SerializationItemConditionData1|SerializationItemConditionData2|SerializationItemSpace|SerializationItemMapping|SerializationItemNatPool|SerializationItemNatRange|SerializationItemMeterRuleContext|SerializationItemNatRuleContext|SerializationItemDecapRuleContext|SerializationItemMapEncapRuleContext|SerializationItemRedirectRuleData|SerializationItemRouteEncapRuleContext|SerializationItemTunneledNatRuleContext|SerializationItemQosRuleContext|SerializationItemTranspositionRuleContext|SerializationItemNatRangeReference|SerializationItemUnifiedFlowSavedData|SerializationItemPortContext|SerializationItemVersion|SerializationItemPaRouteRuleContext|SerializationItemPaRouteNdMapping|SerializationItemNatPortBinding|SerializationItemBlob|SerializationItemObjectCount|SerializationItemMax
MapSpaceIndexType 0=Provider|Customer|Joint|CustomerMac
NDMappingType 0=Pending|Normal|Max
`,
};
