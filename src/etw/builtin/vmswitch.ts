import type { BuiltinTable } from './parse.js';

/** Microsoft-Windows-Hyper-V-VmSwitch; strings are counted in UTF-16 units, without NUL. Notation: see parse.ts. */
export const VMSWITCH: BuiltinTable = {
  name: 'Microsoft-Windows-Hyper-V-VmSwitch',
  events: `
1=VM_CONFIG_STORE_ROOT_OPEN_FAILED, 2=VM_INVALID_SWITCH_NAME_IN_CONFIG_STORE,
  3=VM_FAILED_TO_REGISTER_CONTROL_DEVICE : Status:status
4=VM_FAILED_TO_INITIALIZE : Status:status UniqueEvent
5=VM_MINIPORT_SUCCESSFULLY_ENABLED, 7=VM_MINIPORT_SUCCESSFULLY_INITIALIZED, 19=VM_PROTOCOL_UNBIND_SUCCEEDED,
  21=VM_MEDIA_CONNECTED, 22=VM_MEDIA_DISCONNECTED, 23=VM_NIC_OPERATIONAL, 24=VM_NIC_NON_OPERATIONAL,
  124=VM_MINIPORT_RESTART, 125=VM_MINIPORT_CONNECTED, 126=VM_MINIPORT_DISCONNECTED,
  191=VM_TEAM_UPDATE_NDIS_QOS_SUCCEEDED, 192=VM_TEAM_NDIS_QOS_INCONSISTENT, 193=VM_TEAM_NDIS_QOS_CONSISTENT,
  202, 203, 263 : $NicName $NicFName
6=VM_FAILED_TO_ENABLE_MINIPORT_NIC, 8=VM_FAILED_TO_INITIALIZE_MINIPORT_NIC,
  13=VM_FAILED_TO_STORE_CONFIG_FOR_NIC, 16=VM_FAILED_TO_RESTORE_CONFIG_FOR_NIC, 20=VM_PROTOCOL_UNBIND_FAILED,
  77=VM_NIC_DISCONNECT_FAILED, 190=VM_TEAM_UPDATE_NDIS_QOS_FAILED : Status:status $NicName $NicFName UniqueEvent
9=VM_SWITCH_SUCCESSFULLY_INITIALIZED, 42=VM_SWITCH_FORWARDING_DISABLED, 43=VM_SWITCH_FORWARDING_ENABLED,
  62=VM_SWITCH_SUCCESSFULLY_DELETED, 64=VM_SWITCH_INFO_SET, 66=VM_SWITCH_DELETE_COMPLETE : $SwitchName
  $SwitchFName Flags OwnerService
10=VM_FAILED_TO_INITIALIZE_SWITCH, 11=VM_FAILED_TO_STORE_CONFIG_FOR_SWITCH,
  14=VM_FAILED_TO_RESTORE_CONFIG_FOR_SWITCH, 41=VM_FAILED_SWITCH_EXTENSION_QUERY, 63=VM_DELETE_SWITCH_FAILED,
  65=VM_SWITCH_INFO_SET_FAILED, 132=VM_SWITCH_EXT_ACTIVATE_FAILED : Status:status $SwitchName $SwitchFName
  UniqueEvent
12=VM_FAILED_TO_STORE_CONFIG_FOR_SWITCHPORT, 15=VM_FAILED_TO_RESTORE_CONFIG_FOR_SWITCHPORT,
  34=VM_CREATE_PORT_FAILED_EXTENSIBILITY, 68=VM_PORT_CREATE_FAILED, 70=VM_DELETE_PORT_FAILED,
  72=VM_PORT_SET_MONITOR_MODE_FAILED, 73=VM_PORT_SET_VLAN_INFO_FAILED, 74=VM_PORT_SET_IP_SPOOFING_INFO_FAILED :
  Status:status $PortName $PortFName $SwitchName $SwitchFName UniqueEvent
17=VM_PROTOCOL_BIND_SUCCEEDED,99=VM_SWITCH_NIC_EXTENSION_REQUIREMENT_MISSING,232 : $NicName $NicFName
  $PortName $PortFName $SwitchName $SwitchFName
18=VM_PROTOCOL_BIND_FAILED,32=VM_NIC_CONNECT_FAILED,35=VM_NIC_CONNECT_FAILED_EXTENSIBILITY : Status:status
  $NicName $NicFName $PortName $PortFName $SwitchName $SwitchFName UniqueEvent
25=VM_MAC_ADDRESS_RELEARNED,28=VM_MAC_ADDRESS_RELEARN_PREVENTED : $MacAddress $Port1Name $Port1FName
  $Port2Name $Port2FName
26=VM_NIC_PROTOCOL_VERSION_MISMATCH : $VMName $VMId $ServerVersion $ClientVersion
29=VM_MAC_INVALID_CONFIGURED_MAC_ADDRESS, 30=VM_MAC_ADDRESS_CONFIG_PREVENTED,
  31=VM_MAC_ADDRESS_CONFIG_OVERRIDDEN : $MacAddress $NicName $NicFName
33=VM_PORT_IP_SPOOF_PKT_DROPPED : $VMName $NicName $NicFName $PortName $PortFName $SwitchName $SwitchFName
36=VM_PORT_ACL_PKT_DROPPED : $PortName $PortFName $SwitchName $SwitchFName $AclName
37=VM_IPSEC_OFFLOAD_INBOUND_DROPPED :
  IpsecOffloadInboundDropReason@IPSEC_OFFLOAD_INBOUND_PKT_DROP_REASON_ValueMap $PortName $PortFName
  $SwitchName $SwitchFName $DestAddress SPI
38=VM_IGNORE_IPSEC_OFFLOAD_CRYPTO_FAILURE_INBOUND : $PortName $PortFName $SwitchName $SwitchFName $DestAddress
  SPI
39=VM_IPSEC_OFFLOAD_OUTBOUND_DROPPED : $PortName $PortFName $SwitchName $SwitchFName OffloadHandle:u64
40=VM_IPSEC_SA_OFFLOAD_FAILURE : IpsecSaOffloadFailureReason@IPSEC_OFFLOAD_SA_FAILURE_REASON_ValueMap
  $PortName $PortFName $SwitchName $SwitchFName Status:status
44=VM_VMQ_PROC_AFFINITY_CHANGE : $SwitchName $SwitchFName VmqIndex SourceProcIndex DestinationProcIndex
45=VM_IPSEC_OFFLOAD_MUTIPLE_DESTINATION_DROPPED, 119=VM_PORT_IOV_MAC_SPOOFING_NOT_SUPPORTED,
  121=VM_PORT_IOV_EXTENSION_REVOKE_VF, 224 : $PortName $PortFName $SwitchName $SwitchFName
46=VM_PORT_VLAN_TRUNK_NOT_SUPPORTED : $SwitchName $SwitchFName $PortName $PortFName
47=VM_FLOW_CONTROL_INTERVAL : CurrentTime:u64 BytesSent BytesDropped NewSendWindow MinSendWindow Weight
  SBytesRequested:i64 DropRate IdleIntervals:u64 RcSendWindow RcEpisodeLength RcStatMuxFactor RcExitThreshold
  AverageMaxBytesRequested
48=VM_LINE_CONTROL_INTERVAL : CurrentTime:u64 ActiveFlows ActiveWeight NewSendWindow
49=VM_FLOW_CONFORMANCE : FlowConformanceEvent@FLOW_CONFORMANCE_VALUEMAP CurrentTime:u64
  LastConformanceTime:u64 PeakConformanceTime:u64 Tokens:u64 MaxTokens:u64 Rate:u64 LastConformanceCredits
50=VM_FLOW_SEND_QUEUE : FlowSendQueueEvent@FLOW_SEND_QUEUE_VALUEMAP CurrentTime:u64 IdleTime:u64 DelayTime:u64
  BytesRequested BytesSent BytesQueued
51=VM_TIMER : TimerEvent@TIMER_VALUEMAP TimerId CurrentTime:u64 SetTime:u64 RunTime:u64 FlowsProcessed
  NblsSent NblsDropped Flags
52=VM_LINE_BUFFER_SAMPLE : CurrentTime:u64 BytesRequested BytesCompleted BytesInQueue BufferAvailable:i64
  BetaTerm:i64 AlphaTerm:i64 DeltaSendWindow:i64 NewSendWindow:i64
53=VM_QOS_PACKET_DROP : DropReason@QOS_DROP_REASON_VALUEMAP
54=VM_NBL_INCOMING_DROP,55=VM_NBL_OUTGOING_DROP : $NicName $NicFName $SwitchName $SwitchFName
  DropReason@PKT_DROP_REASON_ValueMap
56=VM_NBL_RECEIVE,58=VM_NBL_DELIVER,240,241 : $NicName $NicFName $SwitchName $SwitchFName BufferAddress:ptr
57=VM_NBL_ROUTE,242 : $SrcNicName $SrcNicFName $DestNicName $DestNicFName $SwitchName $SwitchFName
  BufferAddress:ptr
59=VM_NBL_VETO_DELIVERY : $ExtensionName $SrcNicName $SrcNicFName $DestNicName $DestNicFName $SwitchName
  $SwitchFName
60=VM_NBL_EXTENSION_DROP : $SrcNicName $SrcNicFName $SwitchName $SwitchFName $ExtensionGuid
  $ExtensionFriendlyName $Reason
61=VM_NIC_RESTORE_PROPERTY_NOT_HANDLED : ExtensionNameLength ExtensionName:str*ExtensionNameLength
  ExtensionId:guid FeatureClassId:guid $NicName $NicFName $VMName $VMId
67=VM_PORT_CREATED,69=VM_PORT_SUCCESSFULLY_DELETED,71=VM_PORT_DELETE_COMPLETE,264 : $PortName $PortFName
  $SwitchName $SwitchFName Flags OwnerService
75=VM_PORT_OPERATION_FAILED,105=VM_PORT_OPERATION_FAILED_DEBUG : Status:status $PortName $PortFName
  $SwitchName $SwitchFName UniqueEvent Operation@OPERATION_VALUEMAP
76=VM_NIC_OPERATION_FAILED,104=VM_NIC_OPERATION_FAILED_DEBUG : Status:status $NicName $NicFName
  Operation@OPERATION_VALUEMAP UniqueEvent
78=VM_PORT_POLICY_FAILED_SYSTEM,86=VM_PORT_POLICY_FAILED_DEBUG : Status:status $PortName $PortFName
  $SwitchName $SwitchFName PropertyId:guid InstanceId:guid UniqueEvent Operation@POLICY_VALUEMAP
79=VM_PORT_POLICY_SUCCESS,92=VM_PORT_POLICY_FAILED_EXTENSION : $PortName $PortFName $SwitchName $SwitchFName
  PropertyId:guid InstanceId:guid Operation@POLICY_VALUEMAP
80=VM_SWITCH_POLICY_FAILED,103=VM_SWITCH_POLICY_FAILED_DEBUG : Status:status $SwitchName $SwitchFName
  PropertyId:guid InstanceId:guid UniqueEvent Operation@POLICY_VALUEMAP
81=VM_SWITCH_POLICY_SUCCESS,93=VM_SWITCH_POLICY_FAILED_EXTENSION : $SwitchName $SwitchFName PropertyId:guid
  InstanceId:guid Operation@POLICY_VALUEMAP
82=VM_PORT_BANDWIDTH_POLICY_FAILED : Status:status $PortName $PortFName $SwitchName $SwitchFName
  Reservation:i64 Weight:i64 Limit:i64 BurstLimit:i64 BurstSize:i64 FailReason@POLICY_FAILED_REASON_VALUEMAP
  Operation@POLICY_VALUEMAP
83=VM_PORT_BANDWIDTH_POLICY_SUCCESS : $PortName $PortFName $SwitchName $SwitchFName Reservation:i64 Weight:i64
  Limit:i64 BurstLimit:i64 BurstSize:i64 Operation@POLICY_VALUEMAP
84=VM_DEFAULT_FLOW_FAILURE,85=VM_DEFAULT_FLOW_SUCCESS : $SwitchName $SwitchFName Status:status Reservation:i64
  Weight:i64
87=VM_PORT_VLAN_PTNIC_NOT_SUPPORTED,96=VM_PORT_VLAN_EXTNIC_NOT_ENABLED : $PortName $PortFName $NicName
  $NicFName
88=VM_PORT_SECURITY_POLICY_FAILED : $PortName $PortFName $SwitchName $SwitchFName AllowMacSpoofing:bool
  EnableDhcpGuard:bool EnableRouterGuard:bool MonitorMode MonitorSession AllowIeeePriorityTag:bool
  VirtualSubnetId AllowTeaming:bool StormLimit DynamicIPAddressLimit EnableFixSpeed10G:bool
  FailReason@POLICY_FAILED_REASON_VALUEMAP
89=VM_PORT_SECURITY_POLICY_SUCCESS : $PortName $PortFName $SwitchName $SwitchFName AllowMacSpoofing:bool
  EnableDhcpGuard:bool EnableRouterGuard:bool MonitorMode MonitorSession AllowIeeePriorityTag:bool
  VirtualSubnetId AllowTeaming:bool StormLimit DynamicIPAddressLimit EnableFixSpeed10G:bool
90=VM_PORT_ACL_POLICY_FAILED : $PortName $PortFName $SwitchName $SwitchFName Direction@ACL_DIRECTION_VALUEMAP
  Applicability@ACL_APPLICABILITY_VALUEMAP Type@ACL_TYPE_VALUEMAP Action@ACL_ACTION_VALUEMAP $LocalAddr
  LocalPrefix $RemoteAddr RemotePrefix FailReason@POLICY_FAILED_REASON_VALUEMAP
91=VM_PORT_ACL_POLICY_SUCCESS : $PortName $PortFName $SwitchName $SwitchFName Direction@ACL_DIRECTION_VALUEMAP
  Applicability@ACL_APPLICABILITY_VALUEMAP Type@ACL_TYPE_VALUEMAP Action@ACL_ACTION_VALUEMAP $LocalAddr
  LocalPrefix $RemoteAddr RemotePrefix
94=VM_PORT_OFFLOAD_POLICY_FAILED : $PortName $PortFName $SwitchName $SwitchFName IPSecOffloadLimit
  VMQOffloadWeight IovOffloadWeight QueuePairs InterruptModeration FailReason@POLICY_FAILED_REASON_VALUEMAP
95=VM_PORT_VALIDATE_VLAN_INFO_FAILED,127=VM_PORT_DELETE_ISOLATION_FAILED : $PortName $PortFName $SwitchName
  $SwitchFName FailReason@POLICY_FAILED_REASON_VALUEMAP
97=VM_SWITCH_GET_EXTENSIONS_FAILURE : Status:status $SwitchName $SwitchFName
  FailReason@GET_EXTENSIONS_FAILURE_REASON_VALUEMAP
98=VM_SWITCH_NIC_EXTENSION_REQUIREMENTS_NOT_MET : ExtensionId:guid $NicName $NicFName $PortName $PortFName
  $SwitchName $SwitchFName
100=VM_SWITCH_BANDWIDTH_POLICY_FAILED : Status:status $SwitchName $SwitchFName Reservation:i64 Weight:i64
  FailReason@POLICY_FAILED_REASON_VALUEMAP Operation@POLICY_VALUEMAP
101=VM_SWITCH_BANDWIDTH_POLICY_SUCCESS : $SwitchName $SwitchFName Reservation:i64 Weight:i64
  Operation@POLICY_VALUEMAP
102=VM_NIC_PROTOCOL_VERSION_NEGOTIATION_SUCCESS : $VMName $VMId
106=VM_VMQ_GROUP_PROCESSOR_SET_INVALID : $NicName $NicFName $SwitchName $SwitchFName
  QueueMode@VMQ_PROC_SET_INVALID_REASON_VALUEMAP
107=VM_SWITCH_OID_FORWARD : DataOidTarget@OID_TARGET_VALUEMAP Oid $SwitchName $SwitchFName
108=VM_SWITCH_OID_FORWARD_RESULT : DataOidTarget@OID_TARGET_VALUEMAP Oid $SwitchName $SwitchFName Status
109=VM_SWITCH_OID_NIC_REQ_FORWARD : DataOidTarget@OID_TARGET_VALUEMAP Oid $SwitchName $SwitchFName $SrcNicName
  $SrcNicFName SrcNicIndex $DstNicName $DstNicFName DstNicIndex
110=VM_SWITCH_OID_NIC_REQ_FORWARD_RESULT : DataOidTarget@OID_TARGET_VALUEMAP Oid $SwitchName $SwitchFName
  $SrcNicName $SrcNicFName SrcNicIndex $DstNicName $DstNicFName DstNicIndex Status
111=VM_SWITCH_STATUS_FORWARD : StatusTarget@STATUS_TARGET_VALUEMAP Oid $SwitchName $SwitchFName
112=VM_SWITCH_STATUS_NIC_STATUS_FORWARD : StatusTarget@STATUS_TARGET_VALUEMAP Oid $SwitchName $SwitchFName
  $SrcNicName $SrcNicFName SrcNicIndex $DstNicName $DstNicFName DstNicIndex
113=VM_VMQ_ALLOCATION_FAILED,114=VM_VMQ_ALLOCATION_FAILED_DEBUG : Status:status $NicName $NicFName $SwitchName
  $SwitchFName FailReason@VMQ_FAILED_REASON_VALUEMAP
115=VM_VMQ_ALLOCATION_SUCCESS : $NicName $NicFName $SwitchName $SwitchFName
116=VM_NIC_TEAM_MEMBER_CONNECT,117=VM_NIC_TEAM_MEMBER_DISCONNECT : $SwitchName $SwitchFName $NicName $NicFName
  NicIndex NetCfgInstanceId:guid Status
118=VM_NIC_TEAM_CONFIGURATION : $SwitchName $SwitchFName $NicName $NicFName
  ConfigurationType@NIC_TEAM_CONFIGURATION_VALUEMAP
120=VM_BANDWIDTH_RESERVATION_FAILURE,265,266,270 : $SwitchName $SwitchFName $NicName $NicFName
122=VM_VMQ_GROUP_CREATE_FAILED : $NicName $NicFName $SwitchName $SwitchFName QueueMode Status
  FailReason@VMQ_FAILED_REASON_VALUEMAP
123=VM_VMQ_CAPS : $NicName $NicFName LinkSpeed:u64 VmqSupported:bool dynamicVmqSupported:bool QueueMode
  EnabledFilterTypes EnabledQueueTypes SupportedQueueProperties SupportedFilterTests SupportedHeaders
  SupportedMacHeaderFields
128=VM_PORT_VALIDATE_ISOLATION_FAILED : $PortName $PortFName $SwitchName $SwitchFName
  FailReason@POLICY_FAILED_REASON_VALUEMAP Ext1 Ext2
129=VM_PORT_VALIDATE_ROUTING_DOMAIN_FAILED : $PortName $PortFName $SwitchName $SwitchFName
  FailReason@POLICY_FAILED_REASON_VALUEMAP $RoutingDomainGuid $RoutingDomainName Ext1 Ext2
130=VM_EXTENDED_PORT_ACL_POLICY_FAILED : $PortName $PortFName $SwitchName $SwitchFName
  Direction@ACL_DIRECTION_VALUEMAP Action@ACL_ACTION_VALUEMAP $LocalIPAddr $RemoteIPAddr $LocalPort
  $RemotePort Protocol Weight Stateful:bool IdleSessionTimeout VirtualSubnetId
  FailReason@POLICY_FAILED_REASON_VALUEMAP
131=VM_EXTENDED_PORT_ACL_PKT_DROPPED : $PortName $PortFName $SwitchName $SwitchFName
  Direction@ACL_DIRECTION_VALUEMAP Weight
133=VM_RSS_CANDIDATE_RSS_QUEUE : $SwitchName $SwitchFName ProcIndex VmqIndex RssQueueIndex
134=VM_RSS_CANDIDATE_VMQ_QUEUE : $SwitchName $SwitchFName ProcIndex VmqIndex
135=VM_RSS_PROC_EXCEED_UPPER_THRESHOLD : ProcIndex ProcUtil
136=VM_RSS_ADJUSTED_LOAD : $SwitchName $SwitchFName VmqIndex RssQueueIndex ProcIndex QueueLoad
137=VM_RSS_PERSPECTIVE_LOAD : $SwitchName $SwitchFName VmqIndex RssQueueIndex ProcIndex QueueLoad
  SafeThreshold
138=VM_VMQ_ADJUSTED_LOAD : $SwitchName $SwitchFName VmqIndex ProcIndex QueueLoad
139=VM_VMQ_PERSPECTIVE_LOAD : $SwitchName $SwitchFName VmqIndex ProcIndex QueueLoad SafeThreshold
140=VM_RSS_PROC_AFFINITY_CHANGE : $SwitchName $SwitchFName VmqIndex RssQueueIndex ReceiveProcIndex
  SendProcIndex DestinationReceiveProcIndex DestinationSendProcIndex
141=VM_VMQ_RSS_QUEUE_GROUP_ACTION : $SwitchName $SwitchFName IsActivate@RSS_GROUP_ACTION_VALUEMAP VmqIndex
  ProcIndex
142=VM_RSS_UPDATE_FAILED : $NicName $NicFName $SwitchName $SwitchFName FailReason@RSS_FAILED_REASON_VALUEMAP
  Status Flags BaseCpuNumber HashInformation IndirectionTableSize IndirectionTableOffset HashSecretKeySize
  HashSecretKeyOffset
143=VM_RSS_UPDATE_SUCCESS,226 : $NicName $NicFName $SwitchName $SwitchFName Flags BaseCpuNumber
  HashInformation IndirectionTableSize IndirectionTableOffset HashSecretKeySize HashSecretKeyOffset
144=VM_VERIFIER_FAILURE : FailReason@VERIFIER_FAILURE_REASON_VALUEMAP
145=VM_POLICY_FAILED : FailReason@POLICY_FAILED_REASON_VALUEMAP
146=VM_OPEN_NDK_ADAPTER_FAILED,147=VM_CLOSE_NDK_ADAPTER_FAILED :
  FailReason@NDK_ADAPTER_FAILURE_REASON_VALUEMAP $NicName $NicFName $PtNicName $PtNicFName
148=VM_NDK_OID : FailReason NdisOid Status $NicName $NicFName $PtNicName $PtNicFName
149=VM_NDK_PNP,217,254 : FailReason NetEvent Status $NicName $NicFName
150=VM_NDK_REQUEST_RDMA_FAILURE : FailReason@NDK_REQUEST_RDMA_FAILURE_REASON_VALUEMAP $NicName $NicFName
  $PtNicName $PtNicFName
151=VM_NDK_UPDATE_VPORT_FAILURE : FailReason@NDK_UPDATE_VPORT_FAILURE_REASON_VALUEMAP $NicName $NicFName
  $PtNicName $PtNicFName
152=ReplacingMemberInfo : OldMember:guid NewMember:guid
153=ExcludingMemberInfo, 154=UsingMemberInfo, 155=StartingConnectTimerInfo, 156=StoppingToUseMemberInfo,
  158=FailingSendOnMemberWarn, 160=DroppingNBLsOnMemberWarn, 162=MemberCreatedInfo, 174=LacpInitingInfo,
  175=LacpDeinitingInfo : Member:guid Status:i32
157=PrimingSwitchInfo : TeamNic:ptr Member:guid
159=FailingSendOnTeamNicWarn,168=InitializingTNicInfo,171=RemovingTeamNicInfo : TeamNic:ptr Status:i32
161=DriverEntryInfo : Status:i32
163=AggregatorCreatedInfo : Aggregator:ptr
164=MemberTeamedInfo,170=MemberUnteamedInfo : TeamNic:ptr Member:guid Status:i32
165=TnicLinkStatusIndicationInfo : TeamNic:ptr StatusBufferLen StatusBuffer:bin*StatusBufferLen
166=TNicDefaultAggChangedInfo,167=TNicBroadcastRcvrChangedInfo : TeamNic:ptr Receiver:ptr
169=RemovingAggregatorInfo : TeamNic:ptr Aggregator:ptr
172=DriverUnloadingInfo :
173=MemberAggrChangeInfo : Member:guid OldAggregator:ptr NewAggregator:ptr
176=ReceivedLACPDUInfo,180=SendingLACPDUInfo : Member:guid BufferLen Buffer:bin*BufferLen
177=LACPRcvMcTransitionInfo,178=LACPPeriodicTrMcTransitionInfo,179=LACPMuxMcTransitionInfo : Member:guid
  OldState NewState
181=LACPSelectAggrInfo,182=LACPUnselectAggrInfo : Member:guid OldAggregator:ptr NewAggregator:ptr Ready:bool
183=LACPChurnDetectionInfo : Member:guid ChurnType:i32 OldState:i32 NewState:i32
184=SYS_EVENT_NIC_CONNECTED, 185=SYS_EVENT_NIC_DISCONNECTED, 186=SYS_EVENT_NIC_CONNECTION_TIMER_STARTED,
  187=SYS_EVENT_NIC_LACP_CHURN_DETECTED, 188=SYS_EVENT_VLAN_ON_NON_DEFAULT_TNIC_DETECTED,
  189=SYS_EVENT_VMS_PORT_MAC_CONFLICT_DETECTED : DriverObject:sz Member:sz
194=VM_SWITCH_SAVE_RESTORE_OPERATION_FAILED : $NicName $NicFName Operation@OPERATION_VALUEMAP
  FailureCode:status FailureReason@SAVE_RESTORE_FAILURE_VALUEMAP Ext1 Ext2
195=VM_SWITCH_SAVE_RESTORE_EXTENSION_OPERATION_FAILED,
  196=VM_SWITCH_SAVE_RESTORE_EXTENSION_OPERATION_SUCCEEDED : $NicName $NicFName Operation@OPERATION_VALUEMAP
  FailureCode:status FailureReason@SAVE_RESTORE_FAILURE_VALUEMAP Ext1 HeaderType HeaderRevision HeaderSize
  ExtensionId:guid FeatureId:guid SaveDataSize SaveDataSizeOverflow
197=VM_SET_MAC_VLAN_FILTER_FAILED : VlanID $NicName $NicFName FailReason@SET_FILTER_FAILED_REASON_VALUEMAP
198=VM_SWITCH_NATIVE_RSS_ENABLE_SUCCEEDED, 199=VM_SWITCH_NATIVE_RSS_ENABLE_FAILED,
  200=VM_SWITCH_NATIVE_RSS_ENABLE_UNSUPPORTED : $NicName $NicFName Status:status
  FailureReason@NATIVE_RSS_FAILURE_VALUEMAP
201,248,249,250,251 : $NicName $NicFName Status FailureReason
204,245 : FilterId vPortId Status VportsSupported:bool EmbeddedTeaming:bool NicIndex DstVPortId VlanId
  MacLength MacAddress:bin*MacLength
205,246 : FilterId SrcVPortId Status VportsSupported:bool EmbeddedTeaming:bool NicIndex DstVPortId
206,207,208,209,210,211 : Status $SwitchName $SwitchFriendlyName TeamingMode LoadBalancingAlgorithm
  VmqSumOfQueues:bool
212,213,214 : Status $SwitchName $SwitchFriendlyName $NicName $NicFriendlyName NicIndex
215,247 : FilterId vPortId Status VportsSupported:bool EmbeddedTeaming:bool NicIndex
216 : FailReason $NicName $NicFName $PtNicName $PtNicFName
218,219 : $NicName $NicFName $PortName $PortFName $SwitchName $SwitchFName RoutingDomainCount
  MultiTenantStackEnabled:bool Status Ext1 Ext2
220 : $NicName $NicFName $PortName $PortFName $SwitchName $SwitchFName NicStatus Status
221,222 : $NicName $NicFName $PortName $PortFName $SwitchName $SwitchFName ObjectState NicState NicPaused:bool
  BuffersNotReady:bool
223 : $SwitchName $SwitchFName
225 : $NicName $NicFName $SwitchName $SwitchFName FailReason Status Flags BaseCpuNumber HashInformation
  IndirectionTableSize IndirectionTableOffset HashSecretKeySize HashSecretKeyOffset
227 : Status $SwitchName $SwitchFName DefaultQueueVrssEnabled:bool DefaultQueueVmmqEnabled:bool
  DefaultQueueVrssMaxQueuePairs:i32 DefaultQueueVrssMinQueuePairs:i32 DefaultQueueVrssQueueSchedulingMode
  DefaultQueueVrssExcludePrimaryProcessor:bool DefaultQueueVrssIndependentHostSpreading:bool FailReason
  Operation
228 : $SwitchName $SwitchFName DefaultQueueVrssEnabled:bool DefaultQueueVmmqEnabled:bool
  DefaultQueueVrssMaxQueuePairs:i32 DefaultQueueVrssMinQueuePairs:i32 DefaultQueueVrssQueueSchedulingMode
  DefaultQueueVrssExcludePrimaryProcessor:bool DefaultQueueVrssIndependentHostSpreading:bool Operation
229 : FailReason $SwitchName $SwitchFriendlyName $MemberAdapterName $MemberAdapterFriendlyName NicIndex
230 : $SwitchName $SwitchFriendlyName NvgreEnabled:bool VxLanEnabled:bool
231 : MacAddressLen MacAddress:bin*MacAddressLen $MemberAdapterName $MemberAdapterFriendlyName TimeDiff:i64
233 : $NicName $NicFName Operation
234 : $NicName $PortName
235 : Status $NicName $PortName UniqueEvent
236,238,258,269,276 : Status $NicName $NicFName UniqueEvent
237 : $SwitchName $SwitchFName Reason
239 : Status $SwitchName $SwitchFName UniqueEvent
243,244 : $SwitchName $SwitchFName $NicName $NicFName AvailableAddressFilters RequestedVlanIDs
252,253 : $SwitchName $SwitchFName ProcessorIndex QueueSizeMBytes QueueLimitMBytes
255,256,257 : Status $PortName $PortFName $NicName $NicFName RdmaWeight FailReason
259 : NdisOid OidFailureStatus FailureMode $SwitchFName $NicName $NicFName $PtNicFName
260 : $SwitchName $SwitchFName VmqIndex RssQueueIndex:i16 NdisStatus:i32
261 : Status $SwitchName $SwitchFName DropLowResourcesPackets:bool FailReason Operation
262 : $SwitchName $SwitchFName DropLowResourcesPackets:bool Operation
267 : IoctlCode ElapsedTime:ptr Status
268 : ConnectivityState
275 : Status $NicName $NicFName $PortName $PortFName $SwitchName $SwitchFName UniqueEvent
`,
  maps: `
PKT_DROP_REASON_ValueMap 0=Unknown|InvalidData|InvalidPacket|Resources|NotReady|Disconnected|NotAccepted|Busy|
  Filtered|FilteredVLAN|UnauthorizedVLAN|UnauthorizedMAC|FailedSecurityPolicy|FailedPvlanSetting|Qos|Ipsec|
  MacSpoofing|DhcpGuard|RouterGuard|BridgeReserved|VirtualSubnetId|RequiredExtensionMissing|InvalidConfig|
  MTUMismatch|NativeFwdingReq|InvalidVlanFormat|InvalidDestMac|InvalidSourceMac|InvalidFirstNBTooSmall|Wnv|
  StormLimit|InjectedIcmp|FailedDestinationListUpdate|NicDisabled|FailedPacketFilter|SwitchDataFlowDisabled|
  FilteredIsolationUntagged
IPSEC_OFFLOAD_INBOUND_PKT_DROP_REASON_ValueMap 0=Unknown
IPSEC_OFFLOAD_SA_FAILURE_REASON_ValueMap 0=Unknown|IPsec offload disabled on Port|
  Unsupported IPsec offload feature requested|4=NIC failed SA offload attempt.
QOS_DROP_REASON_VALUEMAP 0=Non-conformance|Excessive delay|Allocation failure|Cad failure|Send NBL failure|
  Process Queue failure|Update Flow failure|Rate match
FLOW_CONFORMANCE_VALUEMAP 0=Recompute|Update|Set|PreSend|PostSend
FLOW_SEND_QUEUE_VALUEMAP 0=Idle|SendRequest|DelayedSend
TIMER_VALUEMAP 0=TimerSet|TimerExpired|TimerStopped
OPERATION_VALUEMAP 0=Enum|Get Stats|Get Info|Set Info|Enable Optimizations|Disable Optimizations|Initialize|
  Create|Delete|Collect Internal Stats|Get Internal Stats|Begin Save|Continue Save|End Save|Pause|Resume|
  Restore|Set Required Extensions|Get Required Extensions
POLICY_VALUEMAP 0=Policy Add|Policy Set|Policy Get|Policy Delete|Policy Enum|Policy Status Get
ACL_DIRECTION_VALUEMAP 0=Undefined|Incoming|Outgoing
ACL_APPLICABILITY_VALUEMAP 0=Undefined|Local|Remote
ACL_TYPE_VALUEMAP 0=Undefined|MAC|IPv4|IPv6
ACL_ACTION_VALUEMAP 0=Undefined|Allow|Deny|Meter
GET_EXTENSIONS_FAILURE_REASON_VALUEMAP 0=Unknown|The input buffer is invalid|Failed reading the switch name
VMQ_PROC_SET_INVALID_REASON_VALUEMAP 0=Unknown.
VMQ_FAILED_REASON_VALUEMAP 0=Unknown|9=Memory Allocation failed|11=The OID failed|14=VPort creation failed|
  16=VPort activation failed|21=VMQ group already exists|Unsupported IM platform VMQ mode
NIC_TEAM_CONFIGURATION_VALUEMAP 1=a Microsoft Team|a Switch Team
RSS_GROUP_ACTION_VALUEMAP 0=deactivated|activated
RSS_FAILED_REASON_VALUEMAP 0=Unknown|Input buffer is too small|4=Invalid size of indirection table|
  Hash function not supported
VERIFIER_FAILURE_REASON_VALUEMAP 40967=The NBL's DestinationList is invalid
NDK_ADAPTER_FAILURE_REASON_VALUEMAP 0=Unknown.|Virtual NIC is NULL.|8=External NIC is NULL.|
  External NIC extension is NULL.|External NIC handle is NULL.|13=NDK adapter is NULL.
NDK_REQUEST_RDMA_FAILURE_REASON_VALUEMAP 0=Unknown.|2=VPort creation failed.|Activating VPort failed.|
  Update VPort failed.
NDK_UPDATE_VPORT_FAILURE_REASON_VALUEMAP 0=Unknown.|2=Nic is not host vNIC.|VPort is not allocated.|
  VPort ID is default.|6=OID_NIC_SWITCH_VPORT_PARAMETERS failed.
SAVE_RESTORE_FAILURE_VALUEMAP 0=Unknown error|Invalid NIC state|VMBUS is not ready|
  5=VMBUS initial save failed|Save Buffer was too small|Adapter save failed|VMBUS channel save failed|
  Unkown Save/Restore state|Invalid NetVSC state|Invalid NetVsc protocol version|
  Receive buffer restore failed|Send buffers restore failed|VMBUS channel allocation failed|
  Invalid vRSS queue table count|vRSS Hash initialization failed|Out of memory|Save buffer was too large|
  Switch Extension failed|Adapter restore failed|VMBUS channel restore failed|NIC was not connected|
  Invalid extensibility header
SET_FILTER_FAILED_REASON_VALUEMAP 0=Unknown reason
NATIVE_RSS_FAILURE_VALUEMAP 0=None|Out of memory|NdisGetRssProcessorInformation failed|
  NdisGetRssProcessorInformation returned invalid processor info|7=OID_GEN_RECEIVE_SCALE_PARAMETERS failed
`,
} as const;
