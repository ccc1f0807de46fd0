// Written by scripts/event-tables.ts; do not edit.
export const SMBDIRECT = {
  name: 'Microsoft-Windows-SMBDirect',
  events: `
~ Status:x32 AdapterAlias:sz CreditsRequested:u16 MaxReceiveSize ParamName:sz Reserved:u16 Status:status %LocalAddress %RemoteAddress AdapterFlags:x32 AdapterIfIndex ApiName:sz BaseAffinityNode BaseAffinityProcessor ConfiguredValue:u64 CreditsGranted:u16 DeviceId:x32 FrmrPageCount IsDefault:bool LargeRequestThreshold LocalNetAddress:addr*LocalNetAddressSize LocalNetAddressSize MaxAffinityNode MaxAffinityProcessor MaxCalleeData MaxCallerData MaxCqDepth MaxFragmentReassemblyBufferSize MaxInboundReadLimit MaxInitiatorQueueDepth MaxInitiatorRequestSge MaxInlineDataSize MaxOutboundReadLimit MaxReadRequestSge MaxReadWriteSize MaxReceiveQueueDepth MaxReceiveRequestSge MaxRegistrationSize:u64 MaxSrqDepth MaxSupportedValue:u64 MaxTransferLength MaxWindowSize:u64 MinSupportedValue:u64 NdkMajorVer:u16 NdkMinorVer:u16 NdkReceiveStatus:x32 NdkSendStatus:x32 NegotiateStatus:x32 NumaNode:u16 PreferredSendSize ProcessorAffinityMask:bin*ProcessorAffinityMaskSize ProcessorAffinityMaskSize RdmaObjectCreationFailureType RegistryKeyName:sz RemoteNetAddress:addr*RemoteNetAddressSize RemoteNetAddressSize SelectedValue:u64 SettingName:sz SocketId:guid TimedOut:u8b Value:u64 VendorId:x32
10v1 : ~1
9500v1 : ^1 ~17 ~18 ~1p ~g ~11 ~15 ~h ~u ~10 ~x ~14 ~v ~s ~w ~z ~t ~12 ~q ~j ~p ~o ~9
5v1 : ^1 ~1h ~1l Value ClosestAdapterSupportedValue
1v1,2v1,3v1 : ^1 RequiredSges AdapterSupportedSges
300 : ~a AdapterNdkVersionMajor:u16 AdapterNdkVersionMinor:u16 MinSupportedNdkVersionMajor:u16 MinSupportedNdkVersionMinor:u16
301 : ^1 NdkLimitName:sz NdkLimitValue:u64 MinSupportedNdkLimitValue:u64
5000 : ^1 ~17 ~18 EffectiveNdkMajorVer:u16 EffectiveNdkMinorVer:u16 ~1p ~g ~11 ~15 ~h ~u MaxEffectiveInitiatorRequestSge ~10 MaxEffectiveReceiveRequestSge ~x MaxEffectiveReadRequestSge ~14 MaxEffectiveSendSize MaxEffectiveReceiveSize ~v ~s ~w ~z MaxEffectiveReceiveQueueDepth ~t MaxEffectiveInitiatorQueueDepth ~12 ~q ~j ~p ~o ~9 InOrderDma:bool RdmaReadSinkRequired:bool CqInterruptModeration:bool MultiEngine:bool ReadLocalInvalidate:bool CqResize:bool LoopbackConnections:bool
304 : ^1 ~1m ElapsedUsecs:u64 ~b ~0
5002 : ^2 ~l ~k ~1j ~1i ApplicationInitiated:bool TimedOut:bool
5006,5007,5008,5009 : ^6 DeadlineInMs
5005 : ^6 NdkAcceptStatus:x32 ~19 ~1a ~1b ~1n RefusalReason ~1g ~0
5004 : ^6 NdkConnectStatus:x32 NdkCompleteConnectStatus:x32 ~19 ~1a ~1b ~1n ~1g ~0
5003 : ^2 LocalNetworkAddressSize LocalNetAddress:addr*LocalNetworkAddressSize RemoteNetworkAddressSize RemoteNetAddress:addr*RemoteNetworkAddressSize ViolationType
150 : ^2 ~4 ~e ~16 ~13 ~1k
302 : ^2 RdmaObjectType
303 : ^2 ~0
305 : ~b ~0 ~a ~1m ~l ~k ~1j ~1i
7v1 : ~c ~m
7v2 : ^2 ~d ~n
202 : ^4 ~1f ~1e
0,1,2,3 : BuildMajor BuildMinor ProductMajor ProductMinor
350v1,351v1,352v1 : ListenSocketID:guid ~7 ~8
101 : Name:sz ~1o ~i
102 : ^1 ValueSize Value:bin*ValueSize ~i
201 : NodeNumber ~c ~m ~d ~n ~1f ~1e
200 : ^1 GroupNumber ProcessorMask:h64 FirstProcessorNumber LastProcessorNumber
12v1 : ~1c ProcessorGroup:u16
11v1,1013v1 : ^2 ProcessorMask:x64 ProcessorIndex
8v1 : ~1h ~4 ParamType MinValidValue:u64 MaxValidValue:u64 DefaultValue:u64
100 : ^2 ~0
9v1 : ^2 ~1o
4v1 : ^1 ~1l MinValidValue MaxValidValue DefaultValue
404v1,1006v1 : SocketID:guid
300v1,301v1,303v1,353v1,355v1,356v1,400v1,402v2,403v1,450v1,451v1,452v1,453v1,454v1,455v1,1000v1,1001v1,1002v1,1003v1,1004v1 : ^1 ~7 ~8
6v1 : ^3 ~1 TimeoutInMs
10004v1,10005v1 : ^3 ~2 ~f Flags:h16 ~5 RemainingDataLength DataOffset DataLength
10002v1,10003v1 : ^3 MinVersion:h16 MaxVersion:h16 NegotiatedVersion:h16 ~5 ~2 ~f ~0 ~y ~1d ~3 ~r
306v1 : ^5 PeerMinVersion:h16 PeerMaxVersion:h16
10000v1,10001v1 : ^5 ~5 ~2 ~1d ~3 ~r
456v1 : ^3 PeerSendCreditsGranted PeerSendCredits
1008v1 : ^3 ProtocolVersion:h16 ~y ~3 MaxFragmentedReceiveSize MaxSendSize MaxFragmentedSendSize InboundReadDepth OutboundReadDepth
457v1 : ^3 SendCreditsReceived SendCreditsAccepted SendCredits
401v2 : ^3 SocketState@SOCKET_STATE_VALUE_MAP
302v1 : ^3 ~6
304v1,305v1,354v1,357v1,358v1,502v1,503v1,1009v1 : ^3 ~0
501v1,1005v1 : ^3 Type ~6
500v1 : ^3 Type@SQ_WORK_REQUEST_TYPE_VALUE_MAP ~6
1014v1 : ^1 ~1 ~4 ~e ~16 ~13 ~1k
1010v1,1011v1 : ^1 Count IntervalInMicroSeconds
1012v1 : ^1 ~1c RcqProcessorGroup:u16 RcqProcessorMask:x64 RcqProcessorIndex ScqProcessorGroup:u16 ScqProcessorMask:x64 ScqProcessorIndex
1007v1 : ^1 ~0
`,
  maps: `
SOCKET_STATE_VALUE_MAP 0=Initializing|Initialized|Connecting|Connected|Disconnecting|Disconnected
SQ_WORK_REQUEST_TYPE_VALUE_MAP 1=Send|Register|Invalidate|Read|Write
`,
};
