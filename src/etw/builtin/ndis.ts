import type { BuiltinTable } from './parse.js';

/** Microsoft-Windows-NDIS. Notation: see parse.ts. */
export const NDIS: BuiltinTable = {
  name: 'Microsoft-Windows-NDIS',
  events: `
3 : SqmType SqmSessionGuid:guid SqmSid:sid SqmWindowsSessionId SqmSessionFlags
4 : SqmType SqmSessionGuid:guid
5,6,7,8,9 : SqmType SqmSessionGuid:guid SqmID SqmDWORDDatapointValue
10 : SqmType SqmSessionGuid:guid SqmID SqmStringDatapointValue:sz
11 : SqmType SqmSessionGuid:guid SqmID SqmStreamRowLength SqmStreamRow:rest
10000=Request,10001=Request : IfGuid:guid IfIndex NetLuid:u64 Request:ptr LowerIf:guid
10002=PnP,10004=PnP : DeviceName:sz
10003=PnP, 10005=Init, 10022=Interface, 10027=Init, 10030=Init, 10038=WMI, 10039=Power, 10042=Bind,
  10075=Bind, 10077=Init, 60001 : ErrorCode Location Context
10006=Bind : IfGuid:guid IfIndex NetLuid:u64 ProtocolName:sz Status:x32
10007=Init, 10009=Power, 10016=Request, 10019=Power, 10020=Port, 10021=Port, 10031=WMI, 10047=Power,
  10053=Bind, 10055=Power, 10058=Power, 10059=Power, 10061=Power, 10062=Power, 10063=Power, 10064=Power,
  10066=Power, 10067=Power, 10068=Power, 10071=PnP, 10072=Power, 10073=Power, 10089=PnP, 10091=Power,
  10093=Power, 10097=Power, 10100=Power, 60103 : IfGuid:guid IfIndex IfLuid:u64 ReferenceContext
10008=Request,10010=Request,10018=Request,10102=Request : IfGuid:guid IfIndex NetLuid:u64 Request:ptr
  Status:x32 Location
10011=WMI, 10026=WMI, 10037=Bind, 10044=Power, 10050=Init, 10056=Power, 10057=Power, 10076=Init,
  10080=Request, 10081=Request, 10082=Request, 10083=Request, 10086=Request, 10092=Power, 10098=Power,
  10099=Power : IfGuid:guid IfIndex NetLuid:u64 Error Location Context
10012=Interface : CompartmentId
10013=Interface : IfType NetLuid:u64 StructType ParameterLen ParameterOffset
10014=Interface : IfType NetLuid:u64
10015=Interface : NetworkId:guid
10017=Bind : IfGuid:guid IfIndex NetLuid:u64 ProtocolName:sz
10023=Power,10035=Power,10046=Power,10049=Power,10087=Power : IfGuid:guid IfIndex NetLuid:u64 Type:x32
  State:x32
10024=PnP : IfGuid:guid IfIndex NetLuid:u64 IrpMinorFunction@mapPnPIrpMinorFunction
10025=WMI : IfGuid:guid IfIndex NetLuid:u64 IrpMinorFunction@mapWMIIrpMinorFunction
10028=PnP : MiniportIfGuid:guid MiniportIfIndex MiniportNetLuid:u64 FilterIfGuid:guid FilterIfIndex
  FilterNetLuid:u64 OriginalMediaType:x32 NewMediaType:x32
10029=Init : FilterName:sz Reason@mapRegistrationFailureReason
10032=Init : IfGuid:guid IfIndex NetLuid:u64 Reason@mapInitializeReason State:x32
10033=Init : IfGuid:guid IfIndex NetLuid:u64 Reason State:x32
10034=PnP : ErrorCode Location Context DeviceName:sz
10040=PnP,10041=PnP : IfGuid:guid IfIndex NetLuid:u64 StateFlags:x32
10043=WorkItem : IfGuid:guid IfIndex NetLuid:u64 Action@mapMiniportAction
10045=PnP : IfGuid:guid IfIndex NetLuid:u64 MacAddress:rest
10048=Power,10065=Power : IfGuid:guid IfIndex NetLuid:u64 SystemState:x32 DeviceState:x32
10052=PnP : IfGuid:guid IfIndex NetLuid:u64 Oid@mapOid Status Location
10054=Port : IfGuid:guid IfIndex NetLuid:u64 Reason@mapPnPActivationFailureReason Port
10060=Power : Context State
10069=Bind,10070=Bind : Layer ProtocolName:sz DeviceName:sz
10074=Power : IfGuid:guid IfIndex NetLuid:u64 Error Oid Set:bool
10078=SendM : OpenRef:ptr Packet:ptr
10079=Request : IfGuid:guid IfIndex NetLuid:u64 CompletedAtOpen:bool Open:ptr Request:ptr
10084=Request,10085=Request : IfGuid:guid IfIndex NetLuid:u64 Open:ptr OriginalMediaType:x32
  ExpectedMediaType:x32
10088=PnP : IfGuid:guid IfIndex NetLuid:u64 Transport:sz PnPEvent:x32 Status:x32
10090=Protocol : ProtocolName:sz Reason@mapProtocolInvalidReason
10094=Log : IfGuid:guid IfIndex NetLuid:u64 AdapterName:sz Error ErrorValueCount ErrorValues#ErrorValueCount
10095=Request : IfGuid:guid IfIndex NetLuid:u64 Request:ptr
10096=Port : IfGuid:guid IfIndex NetLuid:u64 Reason Port
10101=Request : IfGuid:guid IfIndex NetLuid:u64 Request:ptr CompleteRequest:bool Status:x32 Oid
10103=WorkItem : IfGuid:guid State:u8@mapNdisFilterState Location
10104=Indication,10105=Indication : IfGuid:guid IfIndex NetLuid:u64 Flags:x32 PnPFlags:x32 DevicePowerState
10106=Indication : IfGuid:guid IfIndex NetLuid:u64 OperationalStatus@mapNetIfOperStatus
  OperationalStatusFlags@mapNetIfOperStatusFlags
10107=Indication : IfGuid:guid IfIndex NetLuid:u64 OperationalStatus
  OperationalStatusFlags@mapNetIfOperStatusFlags
10108=Indication : IfGuid:guid IfIndex NetLuid:u64 ChangeType@mapNetChangeType
10109=Request,10110=Request,10111=Request,10112=Request : IfGuid:guid IfIndex NetLuid:u64 RequestType
  Status:x32 Location
10113=Request : IfGuid:guid IfIndex NetLuid:u64 RequestType
10114=Request,10115=Request : IfGuid:guid IfIndex NetLuid:u64 RequestType LowerIf:guid
10200=ReceiveThrottling : NetLuidIndex FunctionType
10201=ReceiveThrottling : NetLuidIndex FunctionType Duration:u64
10202=ReceiveThrottling,10300=Power : NetLuidIndex
10203=ReceiveThrottling : NetLuidIndex Duration:u64 NumberOfNbls
10204=ReceiveThrottling : NetLuidIndex CurrentProcessorIndex NumberOfNetBufferLists
  ProcessingDurationMilliseconds PreviousLimit NewLimit IndividualMeasurement CummulativeMeasurement
10301=Power : NetLuidIndex NdisStatusCode
10302=Power : NetLuidIndex ResumeReason
10303=Power : InterfaceLuid:u64 ComponentId@mapPmComponentId ComponentRefCount InterfaceRefCount
10304=Power : InterfaceLuid:u64 ComponentId ComponentRefCount InterfaceRefCount
10305=Power : IfLuid:u64 WakeReason
10306=Power,10308=Power,10310=Power : IfGuid:guid IfIndex IfLuid:u64
10307=Power,10309=Power : IfGuid:guid IfIndex IfLuid:u64 Status
10311=PnP : IfGuid:guid IfIndex IfLuid:u64 AdapterName:sz MiniportEventEnum
10312=WorkItem : IfGuid:guid State:u8 Location MiniportIfGuid:guid MiniportAdapterName:sz
  FilterInstanceName:sz FilterFriendlyName:sz
10313=Power :
10314=Power : Duration:u64
10315=Power : IfIndex IfLuid:u64 ActiveTime:u64 PowerTransitionCount
10316=Power : InterfaceLuid:u64 ComponentId ActiveTime:u64
10317=PnP : IfGuid:guid IfIndex IfLuid:u64 AdapterName:sz MiniportEventEnum@mapMiniportEvent
10320=Refcountrundown : IfGuid:guid IfIndex NetLuid:u64
10321=Refcountrundown : NetLuid:u64 ComponentId RefcountValue
10322=Refcountrundown : NetLuid:u64 StopFlags
10323=Power : IfIndex IfLuid:u64 PowerStateFrom:sz PowerStateTo:sz IfInUnicastPackets:u64
  IfOutUnicastPackets:u64 IfInMulticastPackets:u64 IfOutMulticastPackets:u64 IfInBroadcastPackets:u64
  IfOutBroadcastPackets:u64
10324=Power : ScenarioInstanceId:u8 ParentGuid:guid BlockerGuid:guid PhysicalDeviceNode:ptr
10324v1=Power : ScenarioInstanceId:u8 ParentGuid:guid BlockerGuid:guid PhysicalDeviceNode:ptr
  ScenarioInstanceIdV2:u64
10325=Power : IfGuid:guid WakePacketSize WakePacketPayload:bin*WakePacketSize
10400 : IfGuid:guid IfIndex IfLuid:u64 AdapterName:sz ResetReason@mapResetReason ResetCount
10401=Interface : NetLuid:u64
10402=Power : IfGuid:guid Flags SupportedWolPatterns SupportedProtocolOffloads SupportedWakeUpFlags
  SupportedMediaWakeUpEvents IdleCondition WolPatterns ProtocolOffloads WakeUpFlags MediaWakeUpEvents
10500=Init : SupportFlags
10501=Init : ObjectType:u8 ObjectHandle:ptr SupportFlags
10502=Alloc : State NetworkInterfaceGuid:guid QueueId VPortId NumaNode AllocationSize AllocationTime:u64
  AllocationTimeThreshold:u64
10503=Init : MiniportStack:guid DriverServiceName:csz OriginalFlags EffectiveFlags
10504=Init : DriverName:csz
10505=Init : DriverName:csz Status:x32
10506=Init : DriverName:csz NetworkInterfaceGuid:guid
10507=Init : ParentInstanceId:csz NetworkInterfaceGuid:guid
10600 : Name:csz MatchingHardwareId:sz CaptureErrors DriverService:csz DriverDate:csz DriverVersion:csz
  InfPath:csz InstallTimestamp:systime IfGuid:guid IfIndex IfLuid:u64 Flags PnPFlags FilterPnPFlags
  AdminStatus OperStatus OperStatusFlags SyncFlags WSyncFlags InterlockedFlags EventLogCount EventLog:rest
10601 : ServiceName:csz ImageName:csz RegistryPath:csz MajorNdisVersion:u8 MinorNdisVersion:u8 DriverVersion
  Flags CharacteristicsFlags
10602 : ServiceName:csz UniqueName:csz FriendlyName:csz ImageName:csz MajorNdisVersion:u8 MinorNdisVersion:u8
  MajorDriverVersion:u8 MinorDriverVersion:u8 Flags CharacteristicsFlags
10603 : ServiceName:csz ImageName:csz MajorNdisVersion:u8 MinorNdisVersion:u8 MajorDriverVersion:u8
  MinorDriverVersion:u8 BindFlags Guid:guid
60002 : WarningCode Location Context
60003 : NextState:u8@ut_OpcodeMap Context
60004 : Context UpdateReasonCode
60101 : SourceAddress SourcePort DestinationAddress DestinationPort Protocol ReferenceContext
60102 : SourceAddress:rest
`,
  maps: `
mapPnPIrpMinorFunction 0=IRP_MN_START_DEVICE|IRP_MN_QUERY_REMOVE_DEVICE|IRP_MN_REMOVE_DEVICE|
  IRP_MN_CANCEL_REMOVE_DEVICE|IRP_MN_STOP_DEVICE|IRP_MN_QUERY_STOP_DEVICE|IRP_MN_CANCEL_STOP_DEVICE|
  IRP_MN_QUERY_DEVICE_RELATIONS|IRP_MN_QUERY_INTERFACE|IRP_MN_QUERY_CAPABILITIES|IRP_MN_QUERY_RESOURCES|
  IRP_MN_QUERY_RESOURCE_REQUIREMENTS|IRP_MN_QUERY_DEVICE_TEXT|IRP_MN_FILTER_RESOURCE_REQUIREMENTS|
  15=IRP_MN_READ_CONFIG|IRP_MN_WRITE_CONFIG|IRP_MN_EJECT|IRP_MN_SET_LOCK|IRP_MN_QUERY_ID|
  IRP_MN_QUERY_PNP_DEVICE_STATE|IRP_MN_QUERY_BUS_INFORMATION|IRP_MN_DEVICE_USAGE_NOTIFICATION|
  IRP_MN_SURPRISE_REMOVAL
mapWMIIrpMinorFunction 0=IRP_MN_QUERY_ALL_DATA|IRP_MN_QUERY_SINGLE_INSTANCE|IRP_MN_CHANGE_SINGLE_INSTANCE|
  IRP_MN_CHANGE_SINGLE_ITEM|IRP_MN_ENABLE_EVENTS|IRP_MN_DISABLE_EVENTS|IRP_MN_ENABLE_COLLECTION|
  IRP_MN_DISABLE_COLLECTION|IRP_MN_REGINFO|IRP_MN_EXECUTE_METHOD|11=IRP_MN_REGINFO_EX
mapInitializeReason 1=InitializeHandler|8=IoWMIRegistrationControl failed|
  10=IoRegisterDeviceClassAssociation failed|ndisIfUpdateInterfaceOnInitialize failed|ndisQueryOidList failed
mapMiniportAction 0=Halting|Reset Requested|Reset Pending
mapOid 0x10105=OID_GEN_MAXIMUM_LOOKAHEAD|OID_GEN_MAXIMUM_FRAME_SIZE|0x10113=OID_GEN_MAC_OPTIONS|
  0x10115=OID_GEN_MAXIMUM_SEND_PACKETS|0x1010101=OID_802_3_PERMANENT_ADDRESS|OID_802_3_CURRENT_ADDRESS|
  0x1010104=OID_802_3_MAXIMUM_LIST_SIZE|0x2010101=OID_802_5_PERMANENT_ADDRESS|OID_802_5_CURRENT_ADDRESS|
  0x4010101=OID_WAN_PERMANENT_ADDRESS|OID_WAN_CURRENT_ADDRESS|0xfd010101=OID_PNP_SET_POWER|OID_PNP_QUERY_POWER
mapPnPActivationFailureReason 0=NULL Port List|2=default port is already activated|port is not found|
  6=default port is already deactivated
mapProtocolInvalidReason 0=SendNetBufferListsCompleteHandler is invalid|
  ReceiveNetBufferListsHandler is invalid|OidRequestCompleteHandler is invalid
mapNdisFilterState 0=Detached|Attaching|Paused|Restarting|Running|Pausing|Detaching
mapNetIfOperStatus 1=UP|DOWN|TESTING|UNKNOWN|DORMANT|NOT_PRESENT|LOWER_LAYER_DOWN
&mapNetIfOperStatusFlags 1=DOWN_NOT_AUTHENTICATED|DOWN_NOT_MEDIA_CONNECTED|4=DORMANT_PAUSED|
  8=DORMANT_LOW_POWER
mapNetChangeType 1=PossibleNetworkChange|DefinitelyNetworkChange|NetworkChangeFromMediaConnect
ut_OpcodeMap 180=Start State|End State|Closed State|Open State|Connect State|Listen State|Association State|
  Authentication State|Established State
mapPmComponentId 0=Unspecified Component|TCPIP RS|DHCPv4|DHCPv6|Wireless LAN|Wireless WAN|WCM|NCSI|Test|
  EAP SIM|TCPIP OID|TCPIP Data|TCPIP DAD|Geolocation|WLAN Network Manager|WCM-PDC Network Activation
mapMiniportEvent 0=Unknown
`,
} as const;
