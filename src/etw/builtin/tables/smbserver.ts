// Written by scripts/event-tables.ts; do not edit.
export const SMBSERVER = {
  name: 'Microsoft-Windows-SMBServer',
  events: `
~ ConnectionGUID:guid SessionGUID:guid TreeConnectGUID:guid FileGUID:guid FileId:u64 ShareName:sz*ShareNameLength ShareNameLength:u16 Status:x32 UserName:sz*UserNameLength UserNameLength:u16 ClientName:sz*ClientNameLength ClientNameLength:u16 TransportName:sz*TransportNameLength %ClientAddress FileName:sz*FileNameLength FileNameLength:u16 LeaseKey:guid TransportNameLength:u16 Capabilities InterfaceIndex OutputBufferLength SessionID:x64 Status TranslatedStatus:status %ClientSocketAddress FileAttributes Reason ServerName:sz*ServerNameLength ServerNameLength:u16 SessionId:x64 AllocationSize:u64 ClientAddress:addr*ClientAddressLength ClientAddressLength:u16 ConnectionId:bin*ConnectionIdSize ConnectionIdSize CreationTime:u64 DomainName:sz*DomainNameLength DomainNameLength:u16 EndOfFile:u64 Error:status LastAccessTime:u64 LastWriteTime:u64 NameLength:u16 SPNValidationPolicy@SpnValidationPolicy Status:status %Address Channel CloseFlags:u16 ConnectionType ControlCode CreateContextsCount DeviceName:sz*DeviceNameLength DeviceNameLength:u16 EndpointName:sz*EndpointNameLength EndpointNameLength:u16 IoctlFlags LeaseDuration:i64 LeaseFlags LeaseLevel LeaseState OplockLevel:u8 OutputBuffer:bin*OutputBufferLength ResumeKey:guid SecurityHits SecurityMode:u16 SessionId:u64 Smb2Command:u16 TotalTime:u64 TransportLength TransportName:sz*TransportLength WriteChannelInfoLength:u16 WriteChannelInfoOffset:u16 %ServerSocketAddress ActionTaken:bool ChangeTime:u64 ComputerName:sz*ComputerNameLength ComputerNameLength:u16 CreateAction DialectRevision:u16 DurableHandle:bool FileName:sz*NameLength FileSystemFastHits FileSystemSlowHits InstanceId LastChangeTime:u64 LengthRead LengthWritten MaxReadSize MaxTransactSize MaxWriteSize MaximalAccess Name:sz*NameLength NetLuid:x64 ProcessingHits QueueHits Remaining RemainingBytes ResilientHandle:bool ScopeName:sz*ScopeNameLength ScopeNameLength:u16 SecurityInformation SecurityTime:u64 ServerRequiresSigning:bool SessionFlags:u16 ShareFlags ShareGUID:guid ShareId:u64 ShareProperties ShareType:u8 SrvInstances Subject:sz*SubjectLength SubjectLength:u16 SystemTime:u64 TaskStatus:x32 Threshold:u64 TranslatedTaskStatus:status TransportFastHits TransportSlowHits TransportType
203=Smb2WorkItemActivityTransferSend,204=Smb2WorkItemActivityStop,1001v1,1022=SrvFileSharingFirewallRuleEnabled,1023=SrvABESharesPresent,1024=SrvSmb2Disabled,1025=SrvNullSessionsAllowed,1026=SrvLeasingDisabled,1027=SrvFirewallPortsClosed,1057=SrvNetRdmaReactivation,1907=ReceivedNullReparseBuffer,1908=AllowListLoadFailed :
1009=SrvSessionAnonymousAccessDenied : ~d ~b ~a ~t ~1 ~0
1055=SrvNetRdmaRundownActive : ActiveRdmaResourceCount
1902=NsiInterfaceAdded,1903=NsiInterfaceRemoved : AddressFamily ~2k
1042=ServerCertMappingExpiring,1049=ServerCertMappingExpired : CertSubjectNameLength:u16 CertSubjectName:sz*CertSubjectNameLength CertThumbprintLength:u16 CertThumbprint:sz*CertThumbprintLength Expiring:filetime
1012=SrvNetNameInfoChange : ChangeType@NetNameChangeMap NetNameLength:u16 NetName:sz*NetNameLength Flags:x32 ~j Capability:x32 LinkSpeed:u64 ~w ~v
1029=Smb2CipherSuiteOrder : CipherSuiteOrder:sz
1051=SrvNegotiateCipherFailure : ClientCipherSuiteOrderLength ClientCipherSuiteOrder:sz*ClientCipherSuiteOrderLength ServerCipherSuiteOrderLength ServerCipherSuiteOrder:sz*ServerCipherSuiteOrderLength
1051v2 : ^4 ClientCipherCount:u16 LoggedClientCipherCount:u16 ?
3000=AuditSmb1Access,3002v1=AuditSmb1Access : ClientName:asz
1015=SrvDecryptionFailure : ~b ClientName:asz*ClientNameLength ~w ~v ~7 ~n ~l
3023=InsecureGuestLogon : ^1 ~a
1001=SrvDisabled : ^2 LogEventCount
3025=SrvNetClientSentUnrecognizedSpn : ^2 SPN:sz ServiceClassIsValid:bool PrincipalNameIsValid:bool ~17
3026=SrvNetClientSentEmptySpn : ^2 ~17
3022=Smb2ClientDoesNotSupportEncryption : ^2 ServerRequiresEncryption:bool SmbClientDoesNotSupportEncryptionType
3021=Smb2ClientDoesNotSupportSigning,3027=Smb1ClientDoesNotSupportSigning : ^2 ~2u
1906=Srv2SessionKeyTooShort : ^2 SessionKeyLength RequiredSessionKeyLength ~1t UserName:sz AuthProtocol
3024=SrvNetClientDoesNotSupportSpn : ^2 ~7 ~17
1004=SrvSignatureValidationFailure,1005=SrvNegotiateValidationFailure : ^2 ~9 ~8
1005v1 : ^4 ~d ExpectedDialect:x32 ExpectedCapabilities:x32 ExpectedSecurityMode:x32 ReceivedDialect:x32 ReceivedCapabilities:x32 ReceivedSecurityMode:x32 ~l
1004v1 : ^5 ~l
3021v1 : ^4 ~2u
1043=SrvNetRdmaConnectionClosed : CloseOperationDurationInMillieconds:u64 TransportNameLength ~c EndpointShutdown:u8 EndpointRemoved:u8
1020=SrvSlowFsOperation : Command SessionGuid:guid ~t ConnectionGuid:guid ~9 ~8 ~b ~a ~w ~v ~6 ~5 ~f ~e DurationInMilliseconds:u64 ThresholdInMilliseconds:u64
1020v1,1054=SrvSlowNetworkOperation : ^16 CtlCode SubCode TunneledControl
200=Smb2WorkItemTransition : ComponentId LineNumber FunctionNameLength:u16 FunctionName:asz*FunctionNameLength
1021=SrvLmCompatibilityLevelNonDefault : ConfiguredLmCompatibilityLevel DefaultLmCompatibilityLevel
500=Smb2ConnectionAcceptStart : ~0 ~19 ~1w ~1x
501=Smb2ConnectionDisconnectEvent : ^1 Flags@Srv2ConnectionDisconnectReasons ~19 ~1w ~1x
502=Smb2ConnectionTerminateStop : ^1 ~q ~18 ~19 ~1w ~1x
40000=Packet : ConnectionType@ConnectionTypeMap %PeerAddress PacketSize PacketData:bin*PacketSize
1053=ServerCertMappingRestoreSummary : CountOfCertsTotal:u16 CountOfCertsRestored:u16 ~7
1910v1 : CurrentDisableOverrideState:bool NewState:bool SrvNetEnableRdmaSupport:bool SrvNetEvaluateRdmaEnabledPolicy:bool SrvNetIsSMBDirectSupported:bool ~21
1910=SrvNetEventDisableRdmaListenSocketsState : ^2 SrvNetIsRDMASupportEnabled:bool ~21
1804v1=NoSmb1ObservedInLastPeriod,3003v1=UninstallSmb1Server : Days
1803=SecurityCertificateChanged : DescriptorName:sz
1017=SrvHandleScavenge : ~27 ~2p PersistentFID:x64 VolatileFID:x64 ~1q ~6 ~5 ~f ~e
1913=SrvNetConnectionEstablished : ~1i ~1h ~1c ~20 ~o ~y ~x MutualAuthentication AccessControlCheck
1013=SrvEndpointOnline,1014=SrvEndpointOffline : ^2 ~h ~c
1035=Srv2RDMAEndpointChange : EndpointState@Srv2RDMAEndpointState ~j ~h ~c
3009=SrvAdminMutualAuthClientAccessErrorShareRundown : Error ~s ~r ~o
3009v1 : ^4 ~y ~x
1044=SrvNetQuicShutdownFailure : ErrorCode:u16@SrvnetQuicShutdownErrors Reason:u16@SrvnetQuicShutdownReasons ~1i ~1h ~h ~c
1038=Srv2RDMASendEndpointNotificationRPCFailure : FailureType ~1g ~1f ~13
1911=ServerCertificateFailure : ^1 ~13 MappingNameLength:u16 MappingName:sz*MappingNameLength ThumprintLength:u16 Thumbprint:sz*ThumprintLength
1037=Srv2RDMACreateListenerFailure : ^1 ~j ~13
1034=Srv2RDMASendEndpointNotificationFailure,1909=SrvNetQuicSendEndpointNotificationFailure : ^3 ~1g ~1f ExtraInformation
1041=SrvAdminFsctlPropertiesListReadingFailure : ^1 RegistryValueNameLength RegistryValueName:sz*RegistryValueNameLength
3004=SrvAdminFileRundown : ~4 ~f ~e ~1t ~2y
658=Smb2FileCCFCloseAudit : ~f ~e ~9 ~8 ~24 ~23 ~6 ~5
1047=Smb2SlowCommand : ~2b ~1u Smb2PerfBlock:u16 Duration:u64 ~36
3016=SrvNetEnableImplicitLoopbackInterfaceError,3017=SrvNetDisableImplicitLoopbackInterfaceError : Interface ~18
1050=Smb2ClosedEndpointsOutsideUnicastIPTable : InterfaceID NumberOfEndpointsFound NumberOfEndpointsClosed
1036=Srv2RDMAEndpointAllocationFailure : ~j ~13
1059=SrvNetSmbDirectLoad : IsSuccess:bool LoadStatus:status ServicePathLength:u16 ServicePath:sz*ServicePathLength
1059v1 : ^4 ~1g ~1f
1900=TdiModeEnabled : IsTdiEnabled:bool
1011=SrvEndpointRemoved : ~16 ~2j ~11 ~10 ~h ~c
1010=SrvEndpointAdded : ^6 TransportFlags:x32
1904=IPInterfaceNotFound : ~2k ~18
1028=Smb2MaxClusterDialectUpdated : NewDialect:u16@Srv2DialectRevision OldDialect:u16
1056=SrvNetRdmaRundownComplete,1058=SrvNetRdmaReactivationComplete : NoOp:bool
1039=Srv2RDMANsiNotificationReceived : NotificationType ~j NdkOperationalState:u16
1040=Srv2RDMAMibNotificationReceived : NotificationType@Srv2RDMAMibNotificationType ~j
1033=Srv2RDMASendEndpointNotification : NotificationType@Srv2RDMASendEndpointNotificationType InterfaceNameLength:u16 InterfaceName:sz*InterfaceNameLength
1060=Smb2DirectDataPlacementSecurityChanged : OldValue NewValue
651=Smb2FileDisconnect,653=Smb2FileSuspend,654=Smb2FileClose,655=Smb2FileTimeout,656=Smb2FileTerminate : OpenGUID:guid
657=Smb2FileCCFClose : ^1 AppInstanceGUID:guid
652=Smb2FileReconnect : ^1 ~2 ~1 ~0
650=Smb2FileOpenStart : ^4 ~2x ~16 ~2j LeaseId:guid DesiredAccess SharingMode CreateOptions ~p IsReplay:bool IsResume:bool
3010=SrvNetAddEndpointListenerRulePortNotSupported : Port:u16
3018=AlternativePortFirewallRuleAlreadyAdded,3019=AlternativePortFirewallRuleAddFailure,3020=AlternativePortFirewallRuleAddSuccess : ^1 ProtocolType
3013=SrvNetAddListenerRuleNew,3014=SrvNetAddListenerRuleUpdate,3015=SrvNetAddListenerRuleRemove : ^1 ~3a ~31
1032=Srv2LiveDumpThrotteled : ~q
1031=Srv2LiveDumpSucceeded : Reason@LiveDumpReason
2000=PacketFragment : ReassembledEventID:u16 FragmentSize FragmentData:bin*FragmentSize
1019=SrvFileInvalidate : ~1q ~7 ~n ~35 ~37
3007=MutualAuthClientAccessDenied,3008=MutualAuthClientAccessAllowed : ~s ~r ~o SupportedHashAlgsStrLength:u16 SupportedHashAlgsStr:sz*SupportedHashAlgsStrLength CertChainPropertiesStrLength:u16 CertChainPropertiesStr:sz*CertChainPropertiesStrLength DenySidsStrLength:u16 DenySidsStr:sz*DenySidsStrLength AllowSidsStrLength:u16 AllowSidsStr:sz*AllowSidsStrLength
3007v1,3008v1 : ^11 ~y ~x
1800=SSClusterCaFailure : ^2 ~6 ~5
1002=Smb2RkfFailure : ^4 ~f ~e
1030=Smb2MdlIoCompletionFailure : ^6 IsRead:bool ~7
1801=SSRkfCaFailure : ^4 ~m
1045=ServerCertMappingUpdateFailure : ^2 ~33 ~32 ThumbPrintLength:u16 ThumbPrint:sz*ThumbPrintLength ~7 RemovedLength:u16 Removed:sz*RemovedLength
550=Smb2SessionAllocateStart : ~1 ~0
553=Smb2SessionBind : ^2 BindingSessionGUID:guid
603=Smb2TreeConnectFailedDueToPending : ^2 ~6 ~5 ~2r ~2q ~m
551=Smb2SessionAuthFailure : ^2 ~m
551v1 : ^2 ~7 ~n ~d ~t ~9 ~8 ~b ~a
551v2 : ^10 SPN:sz ~17
551v3 : ^12 ReasonCode
552=Smb2SessionAuthenticated : ^2 ~9 ~8 ~11 ~10
555=Smb2SessionCloseStop : ^1 InvalidateSession:bool ~q
554=Smb2SessionTerminateStop : ^1 ~q
604=Smb2TreeConnectForceClientReconnect,605=Smb2TreeConnectForceClientReconnect : ^1 ~2 ~6 ~5
3005=SrvAdminSessionRundown : ~1t ~24 ~23 ~9 ~8 ~11 ~10 DomainAndUserNameLength:u16 DomainAndUserName:sz*DomainAndUserNameLength ClientOsLength:u16 ClientOs:sz*ClientOsLength ~h ~c ~s ~r StartTime:u64 LastActiveTime:u64
109v2=Smb2ResponseClose : ^1 ProcessId TreeId MessageId:u64 MasterMessageId:u64 Command:u16 CreditsGranted:u16 Flags ~m ~2l ProcessingCycles:u64 ~2m QueueCycles:u64 ~29 FileSystemFastCycles:u64 ~2a FileSystemSlowCycles:u64 ~38 TransportFastCycles:u64 ~39 TransportSlowCycles:u64 ~1r SecurityCycles:u64 ~1b ~z ~14 ~15 ~22 ~u ~12 ~p ~0 ~1 ~2 ~3
106v2=Smb2ResponseEcho : ^23 ~0
103v2=Smb2ResponseLogoff : ^24 ~1
105v2=Smb2ResponseTreeDisconnect : ^25 ~2
110v2=Smb2ResponseFlush,116v2=Smb2ResponseLock,118v2=Smb2ResponseQueryDirectory,119v2=Smb2ResponseChangeNotify,121v2=Smb2ResponseSetInfo,122v2=Smb2ResponseError : ^26 ~3
117v2=Smb2ResponseIoctl : ^23 ~1d ~1j ~4 ~0 ~1 ~2 ~3
115v2=Smb2ResponseAcknowledgeBreakLease : ^23 ~1l ~1n ~1k ~g ~0 ~1 ~2 ~3
111v2=Smb2ResponseRead : ^23 ~2d ~0 ~1 ~2 ~3
112v2=Smb2ResponseWrite : ^23 ~2e ~2n ~1z ~1y ~0 ~1 ~2 ~3
108v2=Smb2ResponseCreate : ^23 ~1o ~25 ~z ~14 ~15 ~2c ~u ~12 ~p ~4 ~1e ~g ~1m ~0 ~1 ~2 ~3
113v2=Smb2ResponseBreakOplock : ^24 ~4 ~0 ~1 ~2 ~3
120v2=Smb2ResponseQueryInfo : ^23 ~k ~1p ~0 ~1 ~2 ~3
101v2=Smb2ResponseNegotiate : ^23 ~1s ~26 ~i ~2g ~2f ~2h ~34 ~0
102v2=Smb2ResponseSessionSetup : ^23 ~2v ~0 ~1
104v2=Smb2ResponseTreeConnect : ^23 ~30 ~2w ~i ~2i ~0 ~1 ~2
109v2@26100 : ^9 Srv2Instance ~2l ProcessingTime:u64 ~2m QueueTime:u64 ~29 FileSystemFastTime:u64 ~2a FileSystemSlowTime:u64 ~38 TransportFastTime:u64 ~39 TransportSlowTime:u64 ~1r ~2t ~1v ~1b ~z ~14 ~15 ~22 ~u ~12 ~p ~0 ~1 ~2 ~3
106v2@26100 : ^25 ~0
103v2@26100 : ^26 ~1
105v2@26100 : ^27 ~2
110v2@26100,116v2@26100,118v2@26100,119v2@26100,121v2@26100,122v2@26100 : ^28 ~3
117v2@26100 : ^25 ~1d ~1j ~4 ~0 ~1 ~2 ~3
115v2@26100 : ^25 ~1l ~1n ~1k ~g ~0 ~1 ~2 ~3
108v2@26100 : ^25 ~1o ~25 ~z ~14 ~15 ~2c ~u ~12 ~p ~4 ~1e ~g ~1m ~0 ~1 ~2 ~3
113v2@26100 : ^26 ~4 ~0 ~1 ~2 ~3
120v2@26100 : ^25 ~k ~1p ~0 ~1 ~2 ~3
101v2@26100 : ^25 ~1s ~26 ~i ~2g ~2f ~2h ~34 ~0
102v2@26100 : ^25 ~2v ~0 ~1
104v2@26100 : ^25 ~30 ~2w ~i ~2i ~0 ~1 ~2
111v2@26100 : ^22 TransportDPHits TransportDPTime:u64 ~1r ~2t ~1v ~2d ~0 ~1 ~2 ~3 ~4
112v2@26100 : ^27 ~2e ~2n ~1z ~1y ~0 ~1 ~2 ~3 ~4
19v2=Smb2RequestChangeNotify : ^6 CreditsRequested:u16 Flags ChangeNotifyFlags:u16 ~4 ~k CompletionFilter ~0 ~1 ~2 ~3
9v2=Smb2RequestClose : ^8 ~1b ~4 ~0 ~1 ~2 ~3
6v2=Smb2RequestEcho,7v2=Smb2RequestCancel : ^8 ~0
3v2=Smb2RequestLogoff : ^9 ~1
5v2=Smb2RequestTreeDisconnect : ^10 ~2
10v2=Smb2RequestFlush : ^8 ~4 ~0 ~1 ~2 ~3
16v2=Smb2RequestLock : ^13 LockCount:u16 ?
17v2=Smb2RequestIoctl : ^9 ~1d ~1j ~0 ~1 ~2 ~3
18v2=Smb2RequestQueryDirectory : ^8 FileInformationClass:u8 QueryDirectoryFlags:u8 FileIndex ~4 ~k ~16 ~28 ~0 ~1 ~2 ~3
20v2=Smb2RequestQueryInfo : ^8 InfoType:u8 InfoClass:u8 ~k ~2s QueryInfoFlags ~4 ~0 ~1 ~2 ~3
21v2=Smb2RequestSetInfo : ^10 ~2s ~4 ~k ~1p ~0 ~1 ~2 ~3
14v2=Smb2RequestNotifyBreakLease : ^8 ~1l CurrentLeaseState NewLeaseState BreakReason AccessMaskHint ShareMaskHint ~g ~0 ~1 ~2 ~3
15v2=Smb2RequestAcknowledgeBreakLease : ^9 ~1n ~1k ~g ~0 ~1 ~2 ~3
12v2=Smb2RequestWrite : ^8 Length Offset:u64 ~4 ~1a ~2o ~1z ~1y WriteFlags ~0 ~1 ~2 ~3
11v2=Smb2RequestRead : ^11 MinimumCount ~1a ~2o ReadChannelInfoOffset:u16 ReadChannelInfoLength:u16 ~0 ~1 ~2 ~3
13v2=Smb2RequestBreakOplock : ^8 ~1o ~4 ~0 ~1 ~2 ~3
4v2=Smb2RequestTreeConnect : ^8 PathLength:u16 Path:sz*PathLength ~0 ~1
8v2=Smb2RequestCreate : ^8 SecurityFlags:u8 RequestedOplockLevel:u8 ImpersonationLevel CreateFlags:u64 RootDirectoryFid:u64 DesiredAccess:i32 FileAttributes:i32 ShareAccess:i32 CreateDisposition:i32 CreateOptions:i32 ~16 ~28 ~1e ~g ~1m ~0 ~1 ~2
1v2=Smb2RequestNegotiate,1061=Smb2RequestNegotiate : ^8 ~1s ~i DialectCount:u16 ?
2v2=Smb2RequestSessionSetup : ^8 VcNumber:u8 SecurityMode:u8 ~i ~1a PreviousSessionId:u64 ~0 ~1
1905=SrvSessionInvalidate : ~t ~2b Reason:sz
1018=SrvSessionInvalidate : ^1 ~7 ~n ~35 ~37
3006=SrvAdminShareRundown : ~2y ~6 ~5
4000=Smb2ShareConnectionEstablished : ~6 ~5 ~d ~b ~a SessionId:h64 TreeId:h32 ~1c SigningUsed:bool EncyptionUsed:bool CompressionUsed:bool
1003=SrvUnencryptedAcccessFailure : ^2 ~b ~a ~9 ~8
1003v1 : ^6 ~d ~l
1046=SrvNoNegotiatedCipher : ^8 ~1u
702=Smb2ShareDelete : ^2 ~s ~r
700=Smb2ShareAdd,701=Smb2ShareModify : ^4 PathNameLength:u16 PathName:sz*PathNameLength CSCState ClusterShareType ~2z CaTimeOut ShareState
1007=SrvShareAnonymousAccessDeniedFailure : ^2 SharePathLength:u16 SharePath:sz*SharePathLength ~d ~b ~a
1006=SrvShareAccessCheckFailure : ^5 ~9 ~8 ~b ~a MappedAccess:x32 GrantedAccess:x32 ShareSecurityDescriptorLength ShareSecurityDescriptor:bin*ShareSecurityDescriptorLength ~7 ~n ~l
1048=Smb2CommandTimeDistribution : ~1u AcquireLockTime:u64 IoTime:u64 ~1v ~36
1062=Smb2DialectChange : SmbDialect:sz OldDialect:x32 NewDialect:x32
1080=SrvNetComponentCapabilities : SrvNetComponentCapabilities:x32 PatchNumber:x32
1802=SrvNetGetNextIdFailure : ~m
1912=ShareQosPolicySettingFailure : ^1 ~s ~r ~6 ~5 ~f ~e
1914=SrvNetClientCertificateChainRevocationChecksFailed : Status:nt ~1i ~1h ~1c ~20 ~o ~y ~x
1914v1 : ^4 ~h ~c ~o
1901=NsiTableAllocationFailed : ~7
1005v2 : ^1 ~n ~b ~a ~9 ~8 ~d ~l
1016=SrvReopenFailure : ^2 RKFStatus:x32 TranslatedRKFStatus:status ~0 ~b ~a ~w ~v ~6 ~5 ~9 ~8 ~t ~f ~e ~27 ~2p PersistentHandle:bool ~1q ~q
1052=ServerCertMappingRestoreFailure : ~33 ~32 ThumbprintLength:u16 Thumbprint:sz*ThumbprintLength ~7
3011=SrvNetAddEndpointListenerRuleSuccess,3012=SrvNetAddEndpointListenerRuleFailure : ~h ~c Port:u16 ~3a ~31 ~18
602=Smb2TreeConnectTerminateStop : ~2 ~1
601=Smb2TreeConnectDisconnect : ^2 ~0
600=Smb2TreeConnectAllocateStart : ^3 ~2x ~6 ~5 ~2r ~2q ~2z
1000=SrvS4U2SelfFailure : ~9 ~8 ~11 ~10 ~m
201=Smb2WorkItemStart,202=Smb2WorkItemStop : WorkItem:u64
`,
  maps: `
ConnectionTypeMap 0=Tdi|Wsk|Rdma|Vmbus|Quic
LiveDumpReason 1=Stalled I/O|Reopen durable handle failed
NetNameChangeMap 0=Add|Update|Remove
SpnValidationPolicy 0=SPN optional / no validation|2=SPN optional / validate full|4=SPN required / validate full
Srv2ConnectionDisconnectReasons 0=Connection state has not changed.|Connection timed out.
Srv2DialectRevision 0=N/A|514=2.0.2|528=2.1|768=3.0|770=3.0.2|785=3.1.1
Srv2RDMAEndpointState 0=closed|created
Srv2RDMAMibNotificationType 0=MibParameterNotification|MibAddInstance|MibDeleteInstance|MibInitialNotification
Srv2RDMASendEndpointNotificationType 0=disabled|enabled
SrvnetQuicShutdownErrors 0=Connection/Stream shutdown without error.|Connection/Stream shutdown unknown error.|3=Invalid Parameter.|The object is not found.|Insufficient resources.
SrvnetQuicShutdownReasons 3=Server close the connection.
`,
};
