// Written by scripts/event-tables.ts; do not edit.
export const HYPER_V_VMSWITCH = {
  name: 'Microsoft-Windows-Hyper-V-VmSwitch',
  events: `
~ $NicName $NicFName $SwitchFName $SwitchName $PortName UniqueEvent $PortFName Status NicIndex FailReason@POLICY_FAILED_REASON_VALUEMAP Operation@POLICY_VALUEMAP Status:nt $PtNicFName FailReason Status:h32 $PtNicName Operation CurrentTime:u64 EmbeddedTeaming:bool Flags ProcIndex Reservation:i64 Weight:i64 $SrcNicFName $SrcNicName $SwitchFriendlyName DstVPortId ExtensionId:guid InstanceId:guid NicName:sz PropertyId:guid Status:i32 Status:status SwitchFName:sz VportsSupported:bool BaseCpuNumber:h32 BytesRequested FoundMatchedNic:bool HashInformation:h32 HashSecretKeyOffset:h32 HashSecretKeySize:h32 IndirectionTableOffset:h32 IndirectionTableSize:h32 NewSendWindow NicFName:sz Operation@OPERATION_VALUEMAP Reason SwitchName:sz VmqIndex Weight $DestAddress $DestNicFName $DestNicName $DstNicFName $DstNicName $MemberAdapterFriendlyName $MemberAdapterName $NicFriendlyName Action@ACL_ACTION_VALUEMAP ActiveFlows ActiveWeight Aggregator:ptr AlphaTerm:i64 BetaTerm:i64 BufferAddress:ptr BufferAvailable:i64 BurstLimit:i64 BurstSize:i64 BytesCompleted BytesInQueue BytesSent DefaultNicSwitchCreated:bool DefaultQueueVmmqEnabled:bool DefaultQueueVrssEnabled:bool DefaultQueueVrssExcludePrimaryProcessor:bool DefaultQueueVrssIndependentHostSpreading:bool DefaultQueueVrssMaxQueuePairs:i32 DefaultQueueVrssMinQueuePairs:i32 DefaultQueueVrssQueueSchedulingMode DeltaSendWindow:i64 DropLowResourcesPackets:bool DstNicIndex FailReason@VMQ_FAILED_REASON_VALUEMAP FeatureId:guid HeaderRevision HeaderSize HeaderType Limit:i64 LoadBalancingAlgorithm MacAddress:bin*MacLength MacLength Member:guid NdisStatus:i32 NewMaxNumVFs NewSendWindow:i64 OldMaxNumVFs OwnerService PortFName:sz PortName:sz QueueLoad QueueMode RdmaWeight RscStateModifiedReason RssQueueIndex SafeThreshold SaveDataSize SaveDataSizeOverflow SrcNicIndex TeamingMode VFDataPathActive:bool VirtualSubnetId VmqSumOfQueues:bool
172=DriverUnloadingInfo :
59=VM_NBL_VETO_DELIVERY : $ExtensionName ~o ~n ~1g ~1f ~3 ~2
29=VM_MAC_INVALID_CONFIGURED_MAC_ADDRESS,30=VM_MAC_ADDRESS_CONFIG_PREVENTED,31=VM_MAC_ADDRESS_CONFIG_OVERRIDDEN : $MacAddress ~0 ~1
25=VM_MAC_ADDRESS_RELEARNED,28=VM_MAC_ADDRESS_RELEARN_PREVENTED : ^1 $Port1Name $Port1FName $Port2Name $Port2FName
5=VM_MINIPORT_SUCCESSFULLY_ENABLED,7=VM_MINIPORT_SUCCESSFULLY_INITIALIZED,19=VM_PROTOCOL_UNBIND_SUCCEEDED,21=VM_MEDIA_CONNECTED,22=VM_MEDIA_DISCONNECTED,23=VM_NIC_OPERATIONAL,24=VM_NIC_NON_OPERATIONAL,124=VM_MINIPORT_RESTART,125=VM_MINIPORT_CONNECTED,126=VM_MINIPORT_DISCONNECTED,191=VM_TEAM_UPDATE_NDIS_QOS_SUCCEEDED,192=VM_TEAM_NDIS_QOS_INCONSISTENT,193=VM_TEAM_NDIS_QOS_CONSISTENT,202,203,263 : ~0 ~1
17=VM_PROTOCOL_BIND_SUCCEEDED,99=VM_SWITCH_NIC_EXTENSION_REQUIREMENT_MISSING,232 : ^2 ~4 ~6 ~3 ~2
220 : ^6 NicStatus ~b
221,222 : ^6 ObjectState NicState NicPaused:bool BuffersNotReady:bool
219 : ^6 RoutingDomainCount MultiTenantStackEnabled:bool ~7 Ext1 Ext2
218 : ^8 ~b Ext1 Ext2
115=VM_VMQ_ALLOCATION_SUCCESS : ^2 ~3 ~2
56=VM_NBL_RECEIVE,58=VM_NBL_DELIVER,240,241 : ^4 ~1s
54=VM_NBL_INCOMING_DROP,55=VM_NBL_OUTGOING_DROP : ^4 DropReason@PKT_DROP_REASON_ValueMap ~b
225 : ^4 ~d ~7 ~j ~z ~12 ~16 ~15 ~14 ~13
142=VM_RSS_UPDATE_FAILED : ^4 FailReason@RSS_FAILED_REASON_VALUEMAP ~e Flags:h32 ~z ~12 ~16 ~15 ~14 ~13
143=VM_RSS_UPDATE_SUCCESS,226 : ^4 ~j ~z ~12 ~16 ~15 ~14 ~13
122=VM_VMQ_GROUP_CREATE_FAILED : ^4 ~2s ~e ~2a
106=VM_VMQ_GROUP_PROCESSOR_SET_INVALID : ^4 QueueMode@VMQ_PROC_SET_INVALID_REASON_VALUEMAP
123=VM_VMQ_CAPS : ^2 LinkSpeed:h64 VmqSupported:bool dynamicVmqSupported:bool ~2s EnabledFilterTypes EnabledQueueTypes SupportedQueueProperties SupportedFilterTests SupportedHeaders SupportedMacHeaderFields
286 : ^2 LogRateLimitEventId DetectionDuration ProtectionDuration SkippedLogCount
233 : ^2 ~g
196=VM_SWITCH_SAVE_RESTORE_EXTENSION_OPERATION_SUCCEEDED : ^2 ~19 FailureCode:status FailureReason@SAVE_RESTORE_FAILURE_VALUEMAP Ext1 ~2e ~2c ~2d ~r ~2b ~2x ~2y
194=VM_SWITCH_SAVE_RESTORE_OPERATION_FAILED : ^5 Ext1:h32 Ext2:h32
195=VM_SWITCH_SAVE_RESTORE_EXTENSION_OPERATION_FAILED : ^6 ~2e ~2c ~2d ~r ~2b ~2x ~2y
201,248,249,250,251 : ^2 ~7 FailureReason
198=VM_SWITCH_NATIVE_RSS_ENABLE_SUCCEEDED,199=VM_SWITCH_NATIVE_RSS_ENABLE_FAILED,200=VM_SWITCH_NATIVE_RSS_ENABLE_UNSUPPORTED : ^2 ~w FailureReason@NATIVE_RSS_FAILURE_VALUEMAP
289 : ^2 ~31 ~b ~5
234 : ^1 ~4
87=VM_PORT_VLAN_PTNIC_NOT_SUPPORTED,96=VM_PORT_VLAN_EXTNIC_NOT_ENABLED : ~4 ~6 ~0 ~1
45=VM_IPSEC_OFFLOAD_MUTIPLE_DESTINATION_DROPPED,119=VM_PORT_IOV_MAC_SPOOFING_NOT_SUPPORTED,121=VM_PORT_IOV_EXTENSION_REVOKE_VF,224 : ^2 ~3 ~2
36=VM_PORT_ACL_PKT_DROPPED : ^4 $AclName
38=VM_IGNORE_IPSEC_OFFLOAD_CRYPTO_FAILURE_INBOUND : ^4 ~1e SPI:h32
89=VM_PORT_SECURITY_POLICY_SUCCESS : ^4 AllowMacSpoofing:bool EnableDhcpGuard:bool EnableRouterGuard:bool MonitorMode MonitorSession AllowIeeePriorityTag:bool ~32 AllowTeaming:bool StormLimit DynamicIPAddressLimit EnableFixSpeed10G:bool
88=VM_PORT_SECURITY_POLICY_FAILED : ^15 ~9
130=VM_EXTENDED_PORT_ACL_POLICY_FAILED : ^4 Direction@ACL_DIRECTION_VALUEMAP ~1m $LocalIPAddr $RemoteIPAddr $LocalPort $RemotePort Protocol ~1d Stateful:bool IdleSessionTimeout ~32 ~9
91=VM_PORT_ACL_POLICY_SUCCESS : ^5 Applicability@ACL_APPLICABILITY_VALUEMAP Type@ACL_TYPE_VALUEMAP ~1m $LocalAddr LocalPrefix $RemoteAddr RemotePrefix
90=VM_PORT_ACL_POLICY_FAILED : ^12 ~9
131=VM_EXTENDED_PORT_ACL_PKT_DROPPED : ^5 ~1d
95=VM_PORT_VALIDATE_VLAN_INFO_FAILED,127=VM_PORT_DELETE_ISOLATION_FAILED : ^4 ~9
129=VM_PORT_VALIDATE_ROUTING_DOMAIN_FAILED : ^5 $RoutingDomainGuid $RoutingDomainName Ext1 Ext2
128=VM_PORT_VALIDATE_ISOLATION_FAILED : ^5 Ext1 Ext2
67=VM_PORT_CREATED,69=VM_PORT_SUCCESSFULLY_DELETED,71=VM_PORT_DELETE_COMPLETE,264 : ^4 ~j ~2o
94=VM_PORT_OFFLOAD_POLICY_FAILED : ^4 IPSecOffloadLimit VMQOffloadWeight IovOffloadWeight QueuePairs InterruptModeration ~9
39=VM_IPSEC_OFFLOAD_OUTBOUND_DROPPED : ^4 OffloadHandle:h64
79=VM_PORT_POLICY_SUCCESS,92=VM_PORT_POLICY_FAILED_EXTENSION : ^4 ~u ~s ~a
83=VM_PORT_BANDWIDTH_POLICY_SUCCESS : ^4 ~l ~m ~2f ~1u ~1v ~a
119v1= : ^3 SwitchFNameLen ~x SecurityConflict
57=VM_NBL_ROUTE,242 : ~o ~n ~1g ~1f ~3 ~2 ~1s
60=VM_NBL_EXTENSION_DROP : ^2 ~3 ~2 $ExtensionGuid $ExtensionFriendlyName $Reason
223 : ~3 ~2
120=VM_BANDWIDTH_RESERVATION_FAILURE,265,266,270 : ^2 ~0 ~1
243,244 : ^4 AvailableAddressFilters RequestedVlanIDs
118=VM_NIC_TEAM_CONFIGURATION : ^4 ConfigurationType@NIC_TEAM_CONFIGURATION_VALUEMAP
117=VM_NIC_TEAM_MEMBER_DISCONNECT : ^4 ~8 NetCfgInstanceId:guid ~7
116=VM_NIC_TEAM_MEMBER_CONNECT : ^6 ~e
46=VM_PORT_VLAN_TRUNK_NOT_SUPPORTED : ^2 ~4 ~6
228 : ^2 ~21 ~20 ~24 ~25 ~26 ~22 ~23 ~g
262 : ^2 ~28 ~g
9=VM_SWITCH_SUCCESSFULLY_INITIALIZED,42=VM_SWITCH_FORWARDING_DISABLED,43=VM_SWITCH_FORWARDING_ENABLED,62=VM_SWITCH_SUCCESSFULLY_DELETED,64=VM_SWITCH_INFO_SET,66=VM_SWITCH_DELETE_COMPLETE : ^2 ~j ~2o
141=VM_VMQ_RSS_QUEUE_GROUP_ACTION : ^2 IsActivate@RSS_GROUP_ACTION_VALUEMAP ~1c ~k
134=VM_RSS_CANDIDATE_VMQ_QUEUE : ^2 ~k ~1c
133=VM_RSS_CANDIDATE_RSS_QUEUE : ^4 ~2v
252,253 : ^2 ProcessorIndex QueueSizeMBytes QueueLimitMBytes
81=VM_SWITCH_POLICY_SUCCESS,93=VM_SWITCH_POLICY_FAILED_EXTENSION : ^2 ~u ~s ~a
237 : ^2 ~1a
101=VM_SWITCH_BANDWIDTH_POLICY_SUCCESS : ^2 ~l ~m ~a
84=VM_DEFAULT_FLOW_FAILURE,85=VM_DEFAULT_FLOW_SUCCESS : ^2 ~w ~l ~m
138=VM_VMQ_ADJUSTED_LOAD : ^2 ~1c ~k ~2r
139=VM_VMQ_PERSPECTIVE_LOAD : ^5 ~2w
136=VM_RSS_ADJUSTED_LOAD : ^3 ~2v ~k ~2r
137=VM_RSS_PERSPECTIVE_LOAD : ^6 ~2w
140=VM_RSS_PROC_AFFINITY_CHANGE : ^4 ReceiveProcIndex SendProcIndex DestinationReceiveProcIndex DestinationSendProcIndex
260 : ^3 RssQueueIndex:i16 ~2k
44=VM_VMQ_PROC_AFFINITY_CHANGE : ^3 SourceProcIndex DestinationProcIndex
230 : ^1 ~p NvgreEnabled:bool VxLanEnabled:bool
33=VM_PORT_IP_SPOOF_PKT_DROPPED : $VMName ~0 ~1 ~4 ~6 ~3 ~2
102=VM_NIC_PROTOCOL_VERSION_NEGOTIATION_SUCCESS : ^1 $VMId
26=VM_NIC_PROTOCOL_VERSION_MISMATCH : ^2 $ServerVersion $ClientVersion
163=AggregatorCreatedInfo : ~1p
277 : BuildNumber BuildArch:asz BuildBranch:asz Debug:bool Official:bool Date:asz Time:asz
268 : ConnectivityState
48@17763 : ~h ~1n ~1o ~17
52@17763 : ^1 ~10 ~1w ~1x ~1t ~1r ~1q ~27 ~2m
47=VM_FLOW_CONTROL_INTERVAL : ^1 ~1y BytesDropped ~17 MinSendWindow ~1d SBytesRequested:i64 DropRate IdleIntervals:u64 RcSendWindow RcEpisodeLength RcStatMuxFactor RcExitThreshold AverageMaxBytesRequested
107=VM_SWITCH_OID_FORWARD : DataOidTarget@OID_TARGET_VALUEMAP Oid:h32 ~3 ~2
109=VM_SWITCH_OID_NIC_REQ_FORWARD : ^4 ~o ~n ~2z ~1i ~1h ~29
110=VM_SWITCH_OID_NIC_REQ_FORWARD_RESULT : ^10 ~e
108=VM_SWITCH_OID_FORWARD_RESULT : ^4 ~e
184=SYS_EVENT_NIC_CONNECTED,185=SYS_EVENT_NIC_DISCONNECTED,186=SYS_EVENT_NIC_CONNECTION_TIMER_STARTED,187=SYS_EVENT_NIC_LACP_CHURN_DETECTED,188=SYS_EVENT_VLAN_ON_NON_DEFAULT_TNIC_DETECTED,189=SYS_EVENT_VMS_PORT_MAC_CONFLICT_DETECTED : DriverObject:sz Member:sz
53=VM_QOS_PACKET_DROP : DropReason@QOS_DROP_REASON_VALUEMAP
296 : ~i ~8 ~1b ~x ~t ~18 ~b
98=VM_SWITCH_NIC_EXTENSION_REQUIREMENTS_NOT_MET : ~r ~0 ~1 ~4 ~6 ~3 ~2
61=VM_NIC_RESTORE_PROPERTY_NOT_HANDLED : ExtensionNameLength ExtensionName:sz*ExtensionNameLength ~r FeatureClassId:guid ~0 ~1 $VMName $VMId
216 : ~d ~0 ~1 ~f ~c
278 : ^3 MappedNicNameLen MappedNicNicName:sz*MappedNicNameLen RequestedMappedNicFNameLen RequestedMappeNicFName:sz*RequestedMappedNicFNameLen
229 : ^1 ~3 ~p ~1k ~1j ~8
148@17763 : ^1 NdisOid:h32 ~e ~0 ~1 ~f ~c
217,254 : ^1 NetEvent ~7 ~0 ~1
149@17763 : ^2 ~e ~0 ~1
146=VM_OPEN_NDK_ADAPTER_FAILED,147=VM_CLOSE_NDK_ADAPTER_FAILED : FailReason@NDK_ADAPTER_FAILURE_REASON_VALUEMAP ~0 ~1 ~f ~c
150=VM_NDK_REQUEST_RDMA_FAILURE : FailReason@NDK_REQUEST_RDMA_FAILURE_REASON_VALUEMAP ~0 ~1 ~f ~c
151=VM_NDK_UPDATE_VPORT_FAILURE : FailReason@NDK_UPDATE_VPORT_FAILURE_REASON_VALUEMAP ~0 ~1 ~f ~c
145=VM_POLICY_FAILED : ~9
144=VM_VERIFIER_FAILURE : FailReason@VERIFIER_FAILURE_REASON_VALUEMAP
246 : FilterId SrcVPortId ~7 ~y ~i ~8 ~q
205 : ^2 ~b ~y ~i ~8 ~q
215,247 : ^1 vPortId ~7 ~y ~i ~8
245 : ^6 ~q VlanId ~2i ~2h
204 : ^2 ~b ~y ~i ~8 ~q VlanId ~2i ~2h
49=VM_FLOW_CONFORMANCE : FlowConformanceEvent@FLOW_CONFORMANCE_VALUEMAP ~h LastConformanceTime:u64 PeakConformanceTime:u64 Tokens:u64 MaxTokens:u64 Rate:u64 LastConformanceCredits
50=VM_FLOW_SEND_QUEUE : FlowSendQueueEvent@FLOW_SEND_QUEUE_VALUEMAP ~h IdleTime:u64 DelayTime:u64 ~10 ~1y BytesQueued
267 : IoctlCode ElapsedTime:u64 ~7
37=VM_IPSEC_OFFLOAD_INBOUND_DROPPED : IpsecOffloadInboundDropReason@IPSEC_OFFLOAD_INBOUND_PKT_DROP_REASON_ValueMap ~4 ~6 ~3 ~2 ~1e SPI:h32
40=VM_IPSEC_SA_OFFLOAD_FAILURE : IpsecSaOffloadFailureReason@IPSEC_OFFLOAD_SA_FAILURE_REASON_ValueMap ~4 ~6 ~3 ~2 ~w
231 : MacAddressLen MacAddress:bin*MacAddressLen ~1k ~1j TimeDiff:i64
176=ReceivedLACPDUInfo,180=SendingLACPDUInfo : ~2j BufferLen Buffer:bin*BufferLen
183=LACPChurnDetectionInfo : ^1 ChurnType:i32 OldState:i32 NewState:i32
173=MemberAggrChangeInfo : ^1 OldAggregator:ptr NewAggregator:ptr
181=LACPSelectAggrInfo,182=LACPUnselectAggrInfo : ^3 Ready:bool
177=LACPRcvMcTransitionInfo,178=LACPPeriodicTrMcTransitionInfo,179=LACPMuxMcTransitionInfo : ^1 OldState NewState
153=ExcludingMemberInfo,154=UsingMemberInfo,155=StartingConnectTimerInfo,156=StoppingToUseMemberInfo,158=FailingSendOnMemberWarn,160=DroppingNBLsOnMemberWarn,162=MemberCreatedInfo,174=LacpInitingInfo,175=LacpDeinitingInfo : ^1 ~v
259 : NdisOid OidFailureStatus FailureMode ~2 ~0 ~1 ~c
148=VM_NDK_OID : ^1 ~7 ~0 ~1 ~f ~c
149=VM_NDK_PNP : NetEvent ~7 ~0 ~1
48=VM_LINE_CONTROL_INTERVAL,48@22621 : NetLuid:bin*8 ~h ~1n ~1o ~17
52=VM_LINE_BUFFER_SAMPLE,52@22621 : ^2 ~10 ~1w ~1x ~1t ~1r ~1q ~27 ~2m
303 : ~2l ~2n ~2k
301 : NewNumTotalMacAddresses OldNumTotalMacAddresses ~2l ~2n ~1z NicObjectHeaderState
291 : ~t ~18 OldNicIPv4RscEnabled OldNicIPv6RscEnabled NewNicIPv4RscEnabled NewNicIPv6RscEnabled ~2u
282 : ^1 VMSServicingState:bool ChannelServicingState:bool
152=ReplacingMemberInfo : OldMember:guid NewMember:guid
305 : OldSriovSupport NewSriovSupport
285 : OperationName:sz OperationType OperationId ExecutionTimeMS:u64 QueuedTimeMS:u64 SLAThresholdMS:u64 ContextType1 ContextInfo1:sz ContextType2 ContextInfo2:sz ContextType3 ContextInfo3:sz
292 : ~2q ~2p OldPortRscEnabled NewPortRscEnabled ~2u
293 : ^2 ~1b ~x ChangeStateTo ~1a
135=VM_RSS_PROC_EXCEED_UPPER_THRESHOLD : ~k ProcUtil
275 : ~7 ~0 ~1 ~4 ~6 ~3 ~2 ~5
236,238,258,269,276 : ^3 ~5
235 : ^2 ~4 ~5
256,257 : ^1 ~4 ~6 ~0 ~1 ~2t ~d
239 : ^1 ~3 ~2 ~5
213,214 : ^2 ~p ~0 ~1l ~8
207,208,209,210,211 : ^3 ~30 ~2g ~33
161=DriverEntryInfo : ~v
255 : ~b ~4 ~6 ~0 ~1 ~2t ~d
283 : ^1 ~3 ~2 ByPassExtensionStack:bool RequiredExtensionCount:u64 ~d ~g
227 : ^3 ~21 ~20 ~24 ~25 ~26 ~22 ~23 ~d ~g
261 : ^3 ~28 ~d ~g
212 : ^2 ~p ~0 ~1l ~8
206 : ^3 ~30 ~2g ~33
280 : ^1 RequestedNumberOfQueue AdjustedNumberOfQueue ~1a ~t NicFriendlyName:sz
1=VM_CONFIG_STORE_ROOT_OPEN_FAILED,2=VM_INVALID_SWITCH_NAME_IN_CONFIG_STORE,3=VM_FAILED_TO_REGISTER_CONTROL_DEVICE : ~w
18=VM_PROTOCOL_BIND_FAILED,32=VM_NIC_CONNECT_FAILED,35=VM_NIC_CONNECT_FAILED_EXTENSIBILITY : ^1 ~0 ~1 ~4 ~6 ~3 ~2 ~5
113=VM_VMQ_ALLOCATION_FAILED,114=VM_VMQ_ALLOCATION_FAILED_DEBUG : ^3 ~3 ~2 ~2a
104=VM_NIC_OPERATION_FAILED_DEBUG : ^3 ~19 ~5
76=VM_NIC_OPERATION_FAILED : ^5 NicInstanceId:guid
6=VM_FAILED_TO_ENABLE_MINIPORT_NIC,8=VM_FAILED_TO_INITIALIZE_MINIPORT_NIC,13=VM_FAILED_TO_STORE_CONFIG_FOR_NIC,16=VM_FAILED_TO_RESTORE_CONFIG_FOR_NIC,20=VM_PROTOCOL_UNBIND_FAILED,77=VM_NIC_DISCONNECT_FAILED,190=VM_TEAM_UPDATE_NDIS_QOS_FAILED : ^3 ~5
78=VM_PORT_POLICY_FAILED_SYSTEM,86=VM_PORT_POLICY_FAILED_DEBUG : ^1 ~4 ~6 ~3 ~2 ~u ~s ~5 ~a
82=VM_PORT_BANDWIDTH_POLICY_FAILED : ^5 ~l ~m ~2f ~1u ~1v ~9 ~a
12=VM_FAILED_TO_STORE_CONFIG_FOR_SWITCHPORT,15=VM_FAILED_TO_RESTORE_CONFIG_FOR_SWITCHPORT,34=VM_CREATE_PORT_FAILED_EXTENSIBILITY,68=VM_PORT_CREATE_FAILED,70=VM_DELETE_PORT_FAILED,72=VM_PORT_SET_MONITOR_MODE_FAILED,73=VM_PORT_SET_VLAN_INFO_FAILED,74=VM_PORT_SET_IP_SPOOFING_INFO_FAILED : ^5 ~5
75=VM_PORT_OPERATION_FAILED,105=VM_PORT_OPERATION_FAILED_DEBUG : ^6 ~19
97=VM_SWITCH_GET_EXTENSIONS_FAILURE : ^1 ~3 ~2 FailReason@GET_EXTENSIONS_FAILURE_REASON_VALUEMAP
80=VM_SWITCH_POLICY_FAILED,103=VM_SWITCH_POLICY_FAILED_DEBUG : ^3 ~u ~s ~5 ~a
100=VM_SWITCH_BANDWIDTH_POLICY_FAILED : ^3 ~l ~m ~9 ~a
10=VM_FAILED_TO_INITIALIZE_SWITCH,11=VM_FAILED_TO_STORE_CONFIG_FOR_SWITCH,14=VM_FAILED_TO_RESTORE_CONFIG_FOR_SWITCH,41=VM_FAILED_SWITCH_EXTENSION_QUERY,63=VM_DELETE_SWITCH_FAILED,65=VM_SWITCH_INFO_SET_FAILED,132=VM_SWITCH_EXT_ACTIVATE_FAILED : ^3 ~5
4=VM_FAILED_TO_INITIALIZE : ^1 ~5
111=VM_SWITCH_STATUS_FORWARD : StatusTarget@STATUS_TARGET_VALUEMAP Oid:h32 ~3 ~2
112=VM_SWITCH_STATUS_NIC_STATUS_FORWARD : ^4 ~o ~n ~2z ~1i ~1h ~29
306 : SwitchFriendlyName:sz IovUsage:bool ~11 VFDataPathReady:bool ~31
302 : ^2 OldMaxNumVFs:i32 NewMaxNumVFs:i32 ~11 VFNeedToBeAssignedOrRevoked:bool
304 : ^1 OldSriovSupport:bool NewSriovSupport:bool ~11 ~1z
294 : ~1b ~x MacAddress:sz ~2q ~2p ~t ~18
169=RemovingAggregatorInfo : TeamNic:ptr ~1p
157=PrimingSwitchInfo : ^1 ~2j
164=MemberTeamedInfo,170=MemberUnteamedInfo : ^2 ~v
166=TNicDefaultAggChangedInfo,167=TNicBroadcastRcvrChangedInfo : ^1 Receiver:ptr
159=FailingSendOnTeamNicWarn,168=InitializingTNicInfo,171=RemovingTeamNicInfo : ^1 ~v
165=TnicLinkStatusIndicationInfo : ^1 StatusBufferLen StatusBuffer:bin*StatusBufferLen
51=VM_TIMER : TimerEvent@TIMER_VALUEMAP TimerId ~h SetTime:u64 RunTime:u64 FlowsProcessed NblsSent NblsDropped ~j
197=VM_SET_MAC_VLAN_FILTER_FAILED : VlanID ~0 ~1 FailReason@SET_FILTER_FAILED_REASON_VALUEMAP
`,
  maps: `
ACL_ACTION_VALUEMAP 0=Undefined|Allow|Deny|Meter
ACL_APPLICABILITY_VALUEMAP 0=Undefined|Local|Remote
ACL_DIRECTION_VALUEMAP 0=Undefined|Incoming|Outgoing
ACL_TYPE_VALUEMAP 0=Undefined|MAC|IPv4|IPv6
FLOW_CONFORMANCE_VALUEMAP 0=Recompute|Update|Set|PreSend|PostSend
FLOW_SEND_QUEUE_VALUEMAP 0=Idle|SendRequest|DelayedSend
GET_EXTENSIONS_FAILURE_REASON_VALUEMAP 0=Unknown|The input buffer is invalid|Failed reading the switch name
IPSEC_OFFLOAD_INBOUND_PKT_DROP_REASON_ValueMap 0=Unknown
IPSEC_OFFLOAD_SA_FAILURE_REASON_ValueMap 0=Unknown|IPsec offload disabled on Port|Unsupported IPsec offload feature requested|4=NIC failed SA offload attempt.
NATIVE_RSS_FAILURE_VALUEMAP 0=None|Out of memory|NdisGetRssProcessorInformation failed|NdisGetRssProcessorInformation returned invalid processor info|7=OID_GEN_RECEIVE_SCALE_PARAMETERS failed
NDK_ADAPTER_FAILURE_REASON_VALUEMAP 0=Unknown.|Virtual NIC is NULL.|8=External NIC is NULL.|External NIC extension is NULL.|External NIC handle is NULL.|13=NDK adapter is NULL.
NDK_REQUEST_RDMA_FAILURE_REASON_VALUEMAP 0=Unknown.|2=VPort creation failed.|Activating VPort failed.|Update VPort failed.
NDK_UPDATE_VPORT_FAILURE_REASON_VALUEMAP 0=Unknown.|2=Nic is not host vNIC.|VPort is not allocated.|VPort ID is default.|6=OID_NIC_SWITCH_VPORT_PARAMETERS failed.
NIC_TEAM_CONFIGURATION_VALUEMAP 1=a Microsoft Team|a Switch Team
OPERATION_VALUEMAP 0=Enum|Get Stats|Get Info|Set Info|Enable Optimizations|Disable Optimizations|Initialize|Create|Delete|Collect Internal Stats|Get Internal Stats|Begin Save|Continue Save|End Save|Pause|Resume|Restore|Set Required Extensions|Get Required Extensions
PKT_DROP_REASON_ValueMap 0=Unknown|InvalidData|InvalidPacket|Resources|NotReady|Disconnected|NotAccepted|Busy|Filtered|FilteredVLAN|UnauthorizedVLAN|UnauthorizedMAC|FailedSecurityPolicy|FailedPvlanSetting|Qos|Ipsec|MacSpoofing|DhcpGuard|RouterGuard|BridgeReserved|VirtualSubnetId|RequiredExtensionMissing|InvalidConfig|MTUMismatch|NativeFwdingReq|InvalidVlanFormat|InvalidDestMac|InvalidSourceMac|InvalidFirstNBTooSmall|Wnv|StormLimit|InjectedIcmp|FailedDestinationListUpdate|NicDisabled|FailedPacketFilter|SwitchDataFlowDisabled|FilteredIsolationUntagged
POLICY_FAILED_REASON_VALUEMAP 0=Unknown|Invalid property size|Invalid switch|4=Invalid NIC|7=Invalid MonitorSessionId|Invalid MonitorMode|10=Failed to delete VMQ|Failed to allocate VMQ|Insufficient Resources|14=Invalid ACL type|Invalid ACL action|Invalid ACL direction|Invalid ACL prefix length|Invalid ACL address size|Invalid ACL address|Invalid ACL applicability|Invalid name string|23=Port ACL is uninitialized|Duplicate entry cannot be added|30=Invalid interrupt moderation value|35=Internal Error|45=PVLAN mode is invald|OperationMode is invalid|54=Bandwidth reservation flow update failed|Bandwidth reservation flow create failed|Bandwidth limit flow update failed|Bandwidth limit flow create failed|82=Port is pending delete.|Port profile not found.|Port Profile ID is invalid.|87=Duplicate port profile.|90=Invalid port profile name.|Invalid vendor name.|Invalid PCI Segment Number.|Invalid PCI Bus Number.|Invalid PCI device number.|Invalid PCI function number.|Routing domain entry not found.|Invalid property version.|99=Invalid instance ID.
POLICY_VALUEMAP 0=Policy Add|Policy Set|Policy Get|Policy Delete|Policy Enum|Policy Status Get
QOS_DROP_REASON_VALUEMAP 0=Non-conformance|Excessive delay|Allocation failure|Cad failure|Send NBL failure|Process Queue failure|Update Flow failure|Rate match
RSS_FAILED_REASON_VALUEMAP 0=Unknown|Input buffer is too small|4=Invalid size of indirection table|Hash function not supported
RSS_GROUP_ACTION_VALUEMAP 0=deactivated|activated
SAVE_RESTORE_FAILURE_VALUEMAP 0=Unknown error|Invalid NIC state|VMBUS is not ready|5=VMBUS initial save failed|Save Buffer was too small|Adapter save failed|VMBUS channel save failed|Unkown Save/Restore state|Invalid NetVSC state|Invalid NetVsc protocol version|Receive buffer restore failed|Send buffers restore failed|VMBUS channel allocation failed|Invalid vRSS queue table count|vRSS Hash initialization failed|Out of memory|Save buffer was too large|Switch Extension failed|Adapter restore failed|VMBUS channel restore failed|NIC was not connected|Invalid extensibility header
SET_FILTER_FAILED_REASON_VALUEMAP 0=Unknown reason
TIMER_VALUEMAP 0=TimerSet|TimerExpired|TimerStopped
VERIFIER_FAILURE_REASON_VALUEMAP 40967=The NBL's DestinationList is invalid
VMQ_FAILED_REASON_VALUEMAP 0=Unknown|9=Memory Allocation failed|11=The OID failed|14=VPort creation failed|16=VPort activation failed|21=VMQ group already exists|Unsupported IM platform VMQ mode
VMQ_PROC_SET_INVALID_REASON_VALUEMAP 0=Unknown.
`,
};
