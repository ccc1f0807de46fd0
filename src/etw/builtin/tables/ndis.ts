// Written by scripts/event-tables.ts; do not edit.
export const NDIS = {
  name: 'Microsoft-Windows-NDIS',
  events: `
~ Location Status:x32 Context IfLuid:h64 DeviceName:sz Duration:u64 Flags:h32 IfIndex MajorNdisVersion:u8 MinorNdisVersion:u8 NetLuid:h64 NetworkInterfaceGuid:guid ProtocolName:sz ReferenceContext State:x32 ActiveTime:u64 AdapterName:sz CharacteristicsFlags:h32 ComponentId ComponentRefCount DestinationPort Error:h32 IfGuid:guid ImageName:csz InterfaceRefCount LowerIf:guid MajorDriverVersion:u8 MiniportIfGuid:guid MinorDriverVersion:u8 OperationalStatusFlags@mapNetIfOperStatusFlags OriginalMediaType:x32 Request:ptr SourcePort Status:h32 SupportFlags
10313=Power :
10012=Interface : CompartmentId
10060=Power : ~2 State:h32
60004 : ^1 UpdateReasonCode
10002=PnP,10004=PnP : ~4
10504=Init : DriverName:csz
10506=Init : ^1 ~b
10505=Init : ^1 ~1
10314=Power : ~5
10003=PnP,10005=Init,10022=Interface,10027=Init,10030=Init,10038=WMI,10039=Power,10042=Bind,10075=Bind,10077=Init,60001 : ErrorCode:err ~0 ~2
10034=PnP : ^3 ~4
10029=Init : FilterName:sz Reason@mapRegistrationFailureReason
10402=Power : ~m Flags SupportedWolPatterns SupportedProtocolOffloads SupportedWakeUpFlags SupportedMediaWakeUpEvents IdleCondition WolPatterns ProtocolOffloads WakeUpFlags MediaWakeUpEvents
10306=Power,10308=Power,10310=Power : ^1 ~7 ~3
10311=PnP : ^3 ~g MiniportEventEnum
10317=PnP : ^4 MiniportEventEnum@mapMiniportEvent
10400 : ^4 ResetReason@mapResetReason ResetCount
10007=Init,10009=Power,10016=Request,10019=Power,10020=Port,10021=Port,10031=WMI,10047=Power,10053=Bind,10055=Power,10058=Power,10059=Power,10061=Power,10062=Power,10063=Power,10064=Power,10066=Power,10067=Power,10068=Power,10071=PnP,10072=Power,10073=Power,10089=PnP,10091=Power,10093=Power,10097=Power,10100=Power,60103 : ^3 ~d
10307=Power,10309=Power : ^3 ~x
10320=RefcountrundownStart : ^2 ~a
10043=WorkItem : ^3 Action@mapMiniportAction
10094=Log : ^3 ~g ~l ErrorValueCount ?
10108=Indication : ^3 ChangeType@mapNetChangeType
10079=Request : ^3 CompletedAtOpen:bool Open:ptr ~v
10011=WMI,10026=WMI,10037=Bind,10044=Power,10050=Init,10056=Power,10057=Power,10076=Init,10080=Request,10081=Request,10082=Request,10083=Request,10086=Request,10092=Power,10098=Power,10099=Power : ^3 ~l ~0 ~2
10074=Power : ^4 Oid:h32 Set:bool
10104=Indication,10105=Indication : ^3 Flags:x32 PnPFlags:x32 DevicePowerState
10024=PnP : ^3 IrpMinorFunction@mapPnPIrpMinorFunction
10025=WMI : ^3 IrpMinorFunction@mapWMIIrpMinorFunction
10045=PnP : ^3 MacAddress:mac
10052=PnP : ^3 Oid:h32@mapOid ~x ~0
10084=Request,10085=Request : ^3 Open:ptr ~u ExpectedMediaType:x32
10107=Indication : ^3 OperationalStatus ~t
10106=Indication : ^3 OperationalStatus@mapNetIfOperStatus ~t
10017=Bind : ^3 ~c
10006=Bind : ^4 ~1
10096=Port : ^3 Reason Port:h32
10033=Init : ^4 ~e
10032=Init : ^3 Reason@mapInitializeReason ~e
10054=Port : ^3 Reason@mapPnPActivationFailureReason Port:h32
10095=Request : ^3 ~v
10101=Request : ^4 CompleteRequest:bool ~1 Oid:h32
10000=Request,10001=Request : ^4 ~p
10008=Request,10010=Request,10018=Request,10102=Request : ^4 ~1 ~0
10113=Request : ^3 RequestType:h32
10114=Request,10115=Request : ^4 ~p
10109=Request,10110=Request,10111=Request,10112=Request : ^4 ~1 ~0
10040=PnP,10041=PnP : ^3 StateFlags:x32
10048=Power,10065=Power : ^3 SystemState:x32 DeviceState:x32
10088=PnP : ^3 Transport:sz PnPEvent:x32 ~1
10023=Power,10035=Power,10046=Power,10049=Power,10087=Power : ^3 Type:x32 ~e
10312=WorkItem : ^1 State:u8 ~0 ~r MiniportAdapterName:sz FilterInstanceName:sz FilterFriendlyName:sz
10103=WorkItem : ^1 State:u8@mapNdisFilterState ~0
10325=Power : ^1 WakePacketSize WakePacketPayload:bin*WakePacketSize
10315=Power : ~7 ~3 ~f PowerTransitionCount
10323=Power : ^2 PowerStateFrom:sz PowerStateTo:sz IfInUnicastPackets:u64 IfOutUnicastPackets:u64 IfInMulticastPackets:u64 IfOutMulticastPackets:u64 IfInBroadcastPackets:u64 IfOutBroadcastPackets:u64
10305=Power : ~3 WakeReason
10014=Interface : IfType:h32 ~a
10013=Interface : ^2 StructType ParameterLen ParameterOffset
10316=Power : InterfaceLuid:h64 ~i ~f
10304=Power : ^2 ~j ~o
10303=Power : ^1 ComponentId@mapPmComponentId ~j ~o
10069=Bind,10070=Bind : Layer ~c ~4
10028=PnP : ~r MiniportIfIndex MiniportNetLuid:h64 FilterIfGuid:guid FilterIfIndex FilterNetLuid:h64 ~u NewMediaType:x32
10503=Init : MiniportStack:guid DriverServiceName:csz OriginalFlags EffectiveFlags
10600 : Name:csz MatchingHardwareId:sz CaptureErrors DriverService:csz DriverDate:csz DriverVersion:csz InfPath:csz InstallTimestamp:systime ~m ~7 ~3 ~6 PnPFlags:h32 FilterPnPFlags:h32 AdminStatus OperStatus OperStatusFlags SyncFlags:h32 WSyncFlags:h32 InterlockedFlags:h32 EventLogCount ?
10401=Interface : ~a
10321=Refcountrundown : ^1 ~i RefcountValue
10322=RefcountrundownStop : ^1 StopFlags
10202=ReceiveThrottling,10300=Power : NetLuidIndex
10204=ReceiveThrottling : ^1 CurrentProcessorIndex NumberOfNetBufferLists ProcessingDurationMilliseconds PreviousLimit NewLimit IndividualMeasurement CummulativeMeasurement
10203=ReceiveThrottling : ^1 ~5 NumberOfNbls
10200=ReceiveThrottling : ^1 FunctionType
10201=ReceiveThrottling : ^2 ~5
10301=Power : ^1 NdisStatusCode
10302=Power : ^1 ResumeReason
10015=Interface : NetworkId:guid
60003 : NextState:u8@ut_OpcodeMap ~2
10501=Init : ObjectType:u8 ObjectHandle:ptr ~y
10078=SendM : OpenRef:ptr Packet:ptr
10507=Init : ParentInstanceId:csz ~b
10090=Protocol : ~c Reason@mapProtocolInvalidReason
10324=Power : ScenarioInstanceId:u8 ParentGuid:guid BlockerGuid:guid PhysicalDeviceNode:ptr
10324v1 : ^4 ScenarioInstanceIdV2:u64
10603 : ServiceName:csz ~n ~8 ~9 ~q ~s BindFlags:h32 Guid:guid
10601 : ^2 RegistryPath:csz ~8 ~9 DriverVersion ~6 ~h
10602 : ^1 UniqueName:csz FriendlyName:csz ~n ~8 ~9 ~q ~s ~6 ~h
60101 : SourceAddress:ip4 ~w DestinationAddress:ip4 ~k Protocol ~d
60102 : SourceAddress:ip6 ~w DestinationAddress:ip6 ~k Protocol ~d
4 : SqmType SqmSessionGuid:guid
5,6,7,8,9 : ^2 SqmID SqmDWORDDatapointValue
11 : ^3 SqmStreamRowLength SqmStreamRow:i16#SqmStreamRowLength
10 : ^3 SqmStringDatapointValue:sz
3 : ^2 SqmSid:sid SqmWindowsSessionId SqmSessionFlags
10502=Alloc : State ~b QueueId VPortId NumaNode AllocationSize AllocationTime:u64 AllocationTimeThreshold:u64
10500=Init : ~y
60002 : WarningCode:err ~0 ~2
`,
  maps: `
mapInitializeReason 1=InitializeHandler|8=IoWMIRegistrationControl failed|10=IoRegisterDeviceClassAssociation failed|ndisIfUpdateInterfaceOnInitialize failed|ndisQueryOidList failed
mapMiniportAction 0=Halting|Reset Requested|Reset Pending
mapMiniportEvent 0=Unknown
mapNdisFilterState 0=Detached|Attaching|Paused|Restarting|Running|Pausing|Detaching
mapNetChangeType 1=PossibleNetworkChange|DefinitelyNetworkChange|NetworkChangeFromMediaConnect
mapNetIfOperStatus 1=UP|DOWN|TESTING|UNKNOWN|DORMANT|NOT_PRESENT|LOWER_LAYER_DOWN
&mapNetIfOperStatusFlags 1=DOWN_NOT_AUTHENTICATED|DOWN_NOT_MEDIA_CONNECTED|4=DORMANT_PAUSED|8=DORMANT_LOW_POWER
mapOid 65797=OID_GEN_MAXIMUM_LOOKAHEAD|OID_GEN_MAXIMUM_FRAME_SIZE|65811=OID_GEN_MAC_OPTIONS|65813=OID_GEN_MAXIMUM_SEND_PACKETS|16843009=OID_802_3_PERMANENT_ADDRESS|OID_802_3_CURRENT_ADDRESS|16843012=OID_802_3_MAXIMUM_LIST_SIZE|33620225=OID_802_5_PERMANENT_ADDRESS|OID_802_5_CURRENT_ADDRESS|67174657=OID_WAN_PERMANENT_ADDRESS|OID_WAN_CURRENT_ADDRESS|4244701441=OID_PNP_SET_POWER|OID_PNP_QUERY_POWER
mapPmComponentId 0=Unspecified Component|TCPIP RS|DHCPv4|DHCPv6|Wireless LAN|Wireless WAN|WCM|NCSI|Test|EAP SIM|TCPIP OID|TCPIP Data|TCPIP DAD|Geolocation|WLAN Network Manager|WCM-PDC Network Activation
mapPnPActivationFailureReason 0=NULL Port List|2=default port is already activated|port is not found|6=default port is already deactivated
mapPnPIrpMinorFunction 0=IRP_MN_START_DEVICE|IRP_MN_QUERY_REMOVE_DEVICE|IRP_MN_REMOVE_DEVICE|IRP_MN_CANCEL_REMOVE_DEVICE|IRP_MN_STOP_DEVICE|IRP_MN_QUERY_STOP_DEVICE|IRP_MN_CANCEL_STOP_DEVICE|IRP_MN_QUERY_DEVICE_RELATIONS|IRP_MN_QUERY_INTERFACE|IRP_MN_QUERY_CAPABILITIES|IRP_MN_QUERY_RESOURCES|IRP_MN_QUERY_RESOURCE_REQUIREMENTS|IRP_MN_QUERY_DEVICE_TEXT|IRP_MN_FILTER_RESOURCE_REQUIREMENTS|15=IRP_MN_READ_CONFIG|IRP_MN_WRITE_CONFIG|IRP_MN_EJECT|IRP_MN_SET_LOCK|IRP_MN_QUERY_ID|IRP_MN_QUERY_PNP_DEVICE_STATE|IRP_MN_QUERY_BUS_INFORMATION|IRP_MN_DEVICE_USAGE_NOTIFICATION|IRP_MN_SURPRISE_REMOVAL
mapProtocolInvalidReason 0=SendNetBufferListsCompleteHandler is invalid|ReceiveNetBufferListsHandler is invalid|OidRequestCompleteHandler is invalid
mapWMIIrpMinorFunction 0=IRP_MN_QUERY_ALL_DATA|IRP_MN_QUERY_SINGLE_INSTANCE|IRP_MN_CHANGE_SINGLE_INSTANCE|IRP_MN_CHANGE_SINGLE_ITEM|IRP_MN_ENABLE_EVENTS|IRP_MN_DISABLE_EVENTS|IRP_MN_ENABLE_COLLECTION|IRP_MN_DISABLE_COLLECTION|IRP_MN_REGINFO|IRP_MN_EXECUTE_METHOD|11=IRP_MN_REGINFO_EX
ut_OpcodeMap 180=Start State|End State|Closed State|Open State|Connect State|Listen State|Association State|Authentication State|Established State
`,
};
