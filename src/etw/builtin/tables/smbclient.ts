// Written by scripts/event-tables.ts; do not edit.
export const SMBCLIENT = {
  name: 'Microsoft-Windows-SMBClient',
  events: `
~ ServerName:sz*ServerNameLength ServerNameLength:u16 ConnectionType %RemoteAddress InstanceName:sz*InstanceNameLength InstanceNameLength:u16 %LocalAddress CallMiniRdr_MRXSMB:u64 ClientCertSha1Hash:bin*ClientCertSha1HashSize ClientCertSha1HashSize CommandFinalizationCallback:u64 CompleteIRP:u64 Finalize:u64 FinalizeWorkerHitCount:u64 HitCountCallMiniRdr_MRXSMB:u64 HitCountCommandFinalizationCallback:u64 HitCountCompleteIRP:u64 HitCountFinalize:u64 HitCountFinalizeWorkerHitCount:u64 HitCountLowIoCompletionRoutine:u64 HitCountPostFinalizeWorker:u64 HitCountPostIOCompletion:u64 HitCountPostIORetry:u64 LowIoCompletionRoutine:u64 PostFinalizeWorker:u64 PostIOCompletion:u64 PostIORetry:u64 Status:nt ByteCount:u64 InstanceId:u8 PortSelectionOrigin Status TotalDuration:u64 Assembly:u64 AssociateMID:u64 BeginSmbSend:u64 BeginSmbSendAsyncPostWorkerCount:u64 ConnectionId:bin*ConnectionIdSize ConnectionIdSize HitCountAssembly:u64 HitCountAssociateMID:u64 HitCountBeginSmbSend:u64 HitCountBeginSmbSendAsyncPostWorkerCount:u64 HitCountRDMAGetDescriptors:u64 HitCountServerTimeTakenToReply:u64 HitCountSmbdPrepareSend:u64 NameLength:u16 RDMAGetDescriptors:u64 ServerTimeTakenToReply:u64 ShareName:sz*ShareNameLength ShareNameLength:u16 SmbdPrepareSend:u64 VcEndpoint:ptr ObjectName:sz*ObjectNameLength ObjectNameLength:u16 SessionId:u64 %Address ConnectionType@ConnectionTypeMap MajorFunction:u8 MinorFunction:u8 Name:sz*NameLength Reason SessionId:h64 Status:status TreeId:h32 UserName:sz*UserNameLength UserNameLength:u16 AttemptTurboIOInit:u64 Command:asz CommandProcessing:u64 Construction:u64 CurrentWindowLimit CurrentWindowSize Dialect:h16 DispatchProcessing:u64 ElapsedTimeInMs EncryptionUsed:bool Exchange:h64 Exchange:ptr FileName:sz*FileNameLength FileNameLength:u16 FragmentData:bin*FragmentSize FragmentSize HitCountAttemptTurboIOInit:u64 HitCountCommandProcessing:u64 HitCountConstruction:u64 HitCountDispatchProcessing:u64 HitCountInitialized:u64 HitCountReadBuildAndSendChunks:u64 HitCountReadProcessing:u64 HitCountReadRDMABufferRegistration:u64 HitCountReadReceive:u64 HitCountReadStart:u64 HitCountResolvingConnectionObjects:u64 HitCountTurboIOComplete:u64 HitCountTurboIORxCompletion:u64 HitCountTurboIOStart:u64 HitCountWriteBuildAndSendChunks:u64 HitCountWriteProcessing:u64 HitCountWriteRDMABufferRegistration:u64 HitCountWriteReceive:u64 HitCountWriteStart:u64 Initialized:u64 MessageId:h64 MessageId:u64 MidWindow:ptr NewState:u16 ObjectName:sz*NameLength OldState:u16 ReadBuildAndSendChunks:u64 ReadProcessing:u64 ReadRDMABufferRegistration:u64 ReadReceive:u64 ReadStart:u64 ResolvingConnectionObjects:u64 RestartCount:u64 RetryCount RxContext:h64 SecurityMode:h16 SendLength ServerName:abin*ServerNameLength SessionEntry:ptr SigningUsed:bool Smb2Command:u16 Socket:ptr Status:h32 ThrottlingWindowLimit TurboIOComplete:u64 TurboIORxCompletion:u64 TurboIOStart:u64 Window:ptr WriteBuildAndSendChunks:u64 WriteProcessing:u64 WriteRDMABufferRegistration:u64 WriteReceive:u64 WriteStart:u64
30912=RequireSecureNegotiateIsDeprecated,30916=SmbRdmaReactivation :
30203=NetConnect,30203v2 : ~3 ~1g ~3g ~2
30914=SmbRdmaRundownActive : ActiveRdmaResourceCount
32007=Smb2PerfWorkTransition : BlockType
32049v2 : BufferContext:h64 ~25 ~s ~t ~w ~2u ~2f ~33 ~2i ~1b ~17 ~y ~14 ~x ~13 ~z ~15 ~10 ~16 ~1f ~19 ~1c ~18 ~3q ~2s
32048v2 : ^7 ~3p ~2r ~1b ~17 ~y ~14 ~x ~13 ~z ~15 ~10 ~16 ~1f ~19 ~1c ~18 ~34 ~2j
32051=Smb2PerfBufferContextCloseSummary : ^1 ~t ~w ~2u ~2f ~1b ~17 ~y ~14 ~x ~13 ~z ~15 ~10 ~16 ~1f ~19 ~1c ~18 CloseReceive:u64 HitCountCloseReceive:u64
32050=Smb2PerfBufferContextCreateSummary : ^19 CreateReceive:u64 HitCountCreateReceive:u64
32053=Smb2PerfBufferContextFsctlSummary : ^19 FsctlReceive:u64 HitCountFsctlReceive:u64
32053v2 : ^21 ~s
32052=Smb2PerfBufferContextQueryDirectorySummary : ^19 QueryDirectoryReceive:u64 HitCountQueryDirectoryReceive:u64
32049=Smb2PerfBufferContextWriteSummary : ^5 ~33 ~2i ~1b ~17 ~y ~14 ~x ~13 ~z ~15 ~10 ~16 ~1f ~19 ~1c ~18 ~3q ~2s
32048=Smb2PerfBufferContextReadSummary : ^5 ~3p ~2r ~1b ~17 ~y ~14 ~x ~13 ~z ~15 ~10 ~16 ~1f ~19 ~1c ~18 ~34 ~2j
32006=Smb2PerfBufferContextStart : ^1 ~1m ~1n ~3f
30105=SmbSuspendBufferCtxt,30106=SmbResumeBufferCtxt,30109=SmbRechunkRequest : BufferCtxt:ptr ~26 MidCharge ~3m ~1z ~3i ~20
30911=InvalidCipherSuiteOrder : CipherSuiteOrder:sz
30826=NegotiateResponseEncryptionCapabilitiesFailure : ClientCipherSuiteOrderLength ClientCipherSuiteOrder:sz*ClientCipherSuiteOrderLength ServerChosenEncryptionCipherLength ServerChosenEncryptionCipher:sz*ServerChosenEncryptionCipherLength
30407=SmbReceive,30408=SmbReceiveInterim,30409=SmbReceiveAsync : ~1w ~2w AsyncId:u64 ~1j TreeId CreditGranted:u16 ~v ~1g
30950=SmbComponentCapabilities : ComponentCapabilities:x32 PatchNumber:x32
40000=Packet : ~2 %PeerAddress PacketSize PacketData:bin*PacketSize
30827=CertificateMappingNotFound : ^1 ~1 ~0
30406=SmbSend : Count ~1w ~2w ~1j TreeId MidCharge:u16 CreditRequested:u16 ~3b ~1g
20001=CreateFile : CurrentOrNextState:u8@ut_OpcodeMap Context
30604=NoSMB1ObservedInLastPeriod,32003=UninstallSMB1Client : Days
31012=NegotiateValidationFailure : ~21 ~3a Capabilities:h32 Guid:guid Dialect2:h16 SecurityMode2:h16 Capabilities2:h32 Guid2:guid
101=CreateSrvCallError,201=SessionSetupError,301=TreeConnectError,401=CreateVNetRootError,501=CreateFileError : ErrorCode:err Location Context
32031=Smb2PerfExchangeCloseSummary : ~25 ~t ~w ~37 ~36 ~2l ~1x ~2c CloseStart:u64 HitCountCloseStart:u64 ~a ~f ~c ~h ~o ~k ~d ~i
32030=Smb2PerfExchangeCreateSummary : ^8 CreateStart:u64 HitCountCreateStart:u64 ~a ~f ~c ~h ~o ~k ~d ~i
32033=Smb2PerfExchangeFsctlSummary : ^8 FsctlStart:u64 HitCountFsctlStart:u64 ~a ~f ~c ~h ~o ~k ~d ~i
32033v2 : ^18 ~s
32032=Smb2PerfExchangeQueryDirectorySummary : ^8 QueryDirectoryStart:u64 HitCountQueryDirectoryStart:u64 ~a ~f ~c ~h ~o ~k ~d ~i
32028=Smb2PerfExchangeReadSummary : ^8 ~35 ~2k ~31 ~2g ~a ~f ~c ~h ~o ~k ~d ~i
32029=Smb2PerfExchangeWriteSummary : ^8 ~3r ~2t ~3n ~2p ~a ~f ~c ~h ~o ~k ~d ~i
32005=Smb2PerfExchangeStart : ^1 ~1m ~1n
32028v2 : ^1 ~39 ~s ~t ~w ~37 ~36 ~2l ~1x ~2c ~35 ~2k ~31 ~2g ~a ~f ~c ~h ~o ~k ~d ~i ~3l ~2o ~3j ~2m
32029v2 : ^10 ~3r ~2t ~3n ~2p ~a ~f ~c ~h ~o ~k ~d ~i ~3l ~2o ~3j ~2m
30403=SmbReconnect,30404=SmbDeferOpen,30405=SmbUndeferOpen : Fcb:ptr SrvOpen:ptr
30954=SmbLsassCallDurationInfo,30955=SmbLsassCallDurationWarning : FunctionName CallDuration:i32 ThresholdDuration:i32
30834v1,30835v1 : HResult:hr ~1 ~3c ~2 ~3 ~6 ~5 ~4 ~9 ~8
30834=ServerCertificateRevocationChecksFailed,30835=ServerAuthenticationFailure : ^2 ~0 ~2 ~3 ~6 ~5 ~4 ~u ~12 ~11 ~9 ~8
32068=Smb2PerfFCBCaptureSummary : ~t PrefixLength:u16 Prefix:sz*PrefixLength ServerShareLength:u16 ServerShare:sz*ServerShareLength
30906=RequestRetryFailure : IrpCode:u8 RestartCount ~1e ~1d ~1i ~1h ~r ~1p HistoryCount ?
30918=SmbRdmaSMBDirectLoad : IsSuccess:bool LoadStatus:status ServicePathLength:u16 ServicePath:sz*ServicePathLength
30918v1 : ^4 DeviceNameLength:u16 DeviceName:sz*DeviceNameLength
30111=SmbMidWindowState : ~2x ~20 ~1z ~3i OldestPendingMid:u64 NextAvailableMid:u64 CreditsGranted:i32
30810=TcpIpTransportArrival,30811=TcpIpTransportRemoval : ~1a ~1o IfIndex:h32
30915=SmbRdmaRundownComplete,30917=SmbRdmaReactivationComplete : NoOp:bool
30601=VNetRootStateTransition : Object:ptr ~30 ~2y ~3h ~1a ~2z
30600=SessionStateTransition : ^2 NewState:u16@Smb2ObjectStateMap ~3h ~1a ~2z
30611v2=PersistentHandleFailure,30612v2=ResilientHandleFailure,30613=HandleOpenFailure,30900v2=HandlePersistenceNotGranted : ^1 PersistentFID:h64 VolatileFID:h64 CreateGUID:guid ~30 ~2y ~r ~1p ~1e ~1d ~1i ~1h PreviousStatus:nt PreviousReason
30603=OpenHandleStateTransition : ^13 PreviousReason@Smb2DiagReasonMap
31021=DirectDataPlacementSecurity : OldValue NewValue
30951=SmbInvalidPortSpecified : PortNumber ~1 ~0 TransportNameLength:u16 TransportName:sz*TransportNameLength
32002=SMB1ResponseReceived : ~1p ~21 ~3a ~1 ~0
32000=UnexpectedSMB1ResponseReceived : ^2 ~1 ~0
30825v1=ConnectionDisconnectStateCleared : ^1 ~1 ~0 ~5 ~4
30804v2 : ^1 ~r ~5 ~4 ~1 ~0 ~1k ~2 InterfaceId
31000=AcquireCredHandleFailure,31001=ISCFailure,31019= : ^2 SecurityStatus:h32 LogonId:h64 ~1 ~0 PrincipalNameLength:u16 PrincipalName:sz*PrincipalNameLength ~1u ~1t
31019@16299=MADowngradeDetected : ^6 ~1u ~1t OldAuthProtocolId:u16 NewAuthProtocolId:u16 OldMutualAuthState:bool NewMutualAuthState:bool ClusteredServer:bool
30800=WskGetAddressInfoFailure,30801=SetSocketSecurityFailure,30802=IPSecFailure,30816=NegotiateFailure,31002=NetworkTokenFailure : ^2 ~1 ~0
30804=DisconnectIndication : ^4 ~1k ~2
30803=NetworkConnectFailure : ^5 ~1l
30822=MultiChannelNetworkConnectFailure,30823v2=HungConnectionFailure,30824v1=ConnectionForceDisconnected : ^4 AddressLength RemoteAddress:addr*AddressLength LocalAddress:addr*AddressLength ~5 ~4 ~2
30822v2 : ^10 ~u
30803v2 : ^9 ~1l
30803v3 : ^10 ~u
30803v4 : ^11 ~12 ~11 ~9 ~8
30817=CloseFailure,31010=TreeConnectFailure : ^2 ~1e ~1d ~1i ~1h
2000=PacketFragment : ReassembledEventID:u16 ~2a ~29
30410=SmbRegistryKey,30907=MultiChannelDisabled,30908=Smb2Disabled,31003=LMCompatibilityLevel,31016=EnableSecuritySignatureNonDefault,31018=InsecureGuestAuthEnabled : RegName:sz RegValue
32004=Smb2PerfRxContextStart : ~39 ~28 ~27 ~1m ~1n
32008v2 : ^1 ~t FileObject:h64 IRP:h64 ~s ~w ~1y ~2d ~22 ~2e ~32 ~2h ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m AttemptTurboIORead:u64 HitCountAttemptTurboIORead:u64 ~1v ~2b ~3k ~2n
32009v2 : ^10 ~3o ~2q ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m AttemptTurboIOWrite:u64 HitCountAttemptTurboIOWrite:u64 ~1v ~2b ~3k ~2n
32011=Smb2PerfRxContextCloseSummary : ^2 IRP:h64 ~w ~1y ~2d ~22 ~2e CloseProcessing:u64 HitCountCloseProcessing:u64 ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m
32010=Smb2PerfRxContextCreateSummary : ^8 CreateProcessing:u64 HitCountCreateProcessing:u64 ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m
32013=Smb2PerfRxContextFsctlSummary : ^8 FsctlProcessing:u64 HitCountFsctlProcessing:u64 ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m
32013v2 : ^20 ~s
32012=Smb2PerfRxContextQueryDirectorySummary : ^8 QueryDirectoryProcessing:u64 HitCountQueryDirectoryProcessing:u64 ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m
32008=Smb2PerfRxContextReadSummary : ^8 ~32 ~2h ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m
32009=Smb2PerfRxContextWriteSummary : ^8 ~3o ~2q ~7 ~e ~n ~j ~b ~g ~p ~l ~q ~m
30104=SmbResumeExchange : RxContext:ptr ~26 ExchangeState ExchangeStatus
30103=SmbSuspendExchange : ^2 ListHead:ptr
30501=SmbUpdateInfoCache,30502=SmbFetchInfoCache,30503=SmbInvalidateInfoCache,30504=SmbUpdateFNFCache,30505=SmbFetchFNFCache,30506=SmbInvalidateFNFCache,30507=SmbPopulateDirCache,30508=SmbFetchDirCache : ^1 Fcb:ptr ~28 ~27 ~v
30831=MutualAuthServerDeniedAccess : ~1 ~3c ~2 ~3 ~6 ~5 ~4 ~9 ~8
30831v2,30832=ConnectionEstablished : ^7 ~u ~12 ~11 ~9 ~8
30701=ServerNetworkInterfaceInvalid,30812=TdiTransportArrival,30813=TdiTransportRemoval,30818=RdmaFallback,30904v2=ServerMultiChannelIncapable,30905v2=ServerMultiChannelConstraint,30909=RdmaWithSigning,30910=RdmaWithEncryption,31023=NTLMBlocked,31997=InsecureGuestLogon : ^1 ~0
30702=WskConnectFailure,30703=RdmaConnectFailure,30704=WskConnectSuccess,30705=RdmaConnectSuccess : ^2 ~6 ~3 ~r
31999=ServerDoesNotSupportEncryption : ^2 ClientRequireEncryption:bool
31998=ServerDoesNotSupportSigning : ^2 ClientRequireSigning:bool
30837=RequestedTransportDisabled,30838v1=AttemptNewNegotiatedConnection : ^2 ~2 ~3
30831v3,30832v2 : ^4 ~6 ~5 ~4 ~u ~12 ~11 ~9 ~8
30830v2 : ^8 ~1r ~12 ~11 ~9 ~8
30830=SmbConnectionInitiatedSelectedInfo : ^7 ~1r ~9 ~8
30952=SmbConnectionInitiatedNotSelectedInfo : ^4 ~5 ~4 ~u ~1r
30110=SmbInitializeMidWindow,30112=SmbTeardownMidWindow : ^2 ~2x
31020=SessionKeyTooShort : ^2 SessionKeyLength RequiredSessionKeyLength ~1j UserName:sz AuthProtocol
30913=IsolatedTransportServerEntryInfo : ^2 ~1e ~1d AsymmetricFlag:bool IsolatedTransportFlag:bool IsIsolatedTransportServerEntry:bool
30401=SmbSessionExpired,30402=Smb3PartSPNReauth : ~3d ~1 ~0
30836=TransportIOVisibility : ~1e ~1d ~1i ~1h IrpMajorFunction ~2 ~1j ~3d BindingObject:ptr
31014=EncryptionFailure,31015=DecryptionFailure : ~3f ~2v ~1q ~1s ~1 ~0 ~r ~5 ~4 ~38 ~23
31014v2 : ^11 ~3 ~6
30809=ExpiredExchange : Smb2Command:u16@Smb2CommandMap ~2v ~1q ~1s ~1 ~0 ~r ~5 ~4 ~38 ~23
31013=SigningFailure : ^7 MessageSize FragmentOffset ~2a ~29
31013v2 : ^11 ~3 ~6
30953=SmbDialectChange : SmbDialect:sz OldDialect:x32 NewDialect:x32
30113=SmbDataReady,30114=SmbSendCompletion : ~v ~1g
30828=SessionEstablishedNoisy,30829=SessionSetupErrorNoisy : ~r ~1q ~1 ~0 ~3 ~6
30805v2=SessionFailure,30806v2=SessionEstablished,30807v2=ShareConnectionFailure,30808v2=ShareConnectionEstablished : ^2 ~1s ~1 ~0 ~1k
30808v4,30833=ShareInitialConnectionEstablished : ^6 ~2 ~3e ~24 CompressionRequested:bool NTLMBlocked:bool
30806v3,30808v3 : ^6 ~3e ~24
30815=WitnessDeregistration,30819v2=WitnessMove,30820v2=WitnessMoveSuccess,30821v2=WitnessMoveFailure : ^1 ShareType:u8 ~1a ~1o ~3
30814=WitnessRegistration : ^1 ShareType:u8@ShareTypeMap ~1a ~1o ~3
31017=RejectedInsecureGuestAuth,31022=AllowedInsecureGuestAuth : ~1u ~1t ~1 ~0
30205=NetSend,30205v2,30207=NetReceive,30207v2 : ~1g ~3g SendMdl:ptr ~3b ~2
30206=NetSendCompletion,30206v2,30208=NetReceiveCompletion,30208v2,30210=DecompressionFailure,30211=CompressionFailure : ^4 ~v ~2
30209=CompressionRequested : ^2 Smb2Fobx:ptr ~v
30204=NetConnectCompletion,30204v2 : ^2 ~v ~1l
30108=SmbMidWindowBlocked : ~3m HungSession
`,
  maps: `
ConnectionTypeMap 0=Tdi|Wsk|Rdma|VMBUS|Quic
ShareTypeMap 0=Symmetric|Asymmetric
Smb2CommandMap 0=Negotiate|Session setup|Logoff|Tree connect|Tree disconnect|Create|Close|Flush|Read|Write|Lock|Ioctl|Cancel|Echo|Query directory|Change notify|Query info|Set info|Oplock break
Smb2DiagReasonMap 0=Smb2DiagReasonNotSpecified|Smb2DiagReasonDns|Smb2DiagReasonSetSocketSecurity|Smb2DiagReasonIPSec|Smb2DiagReasonNetworkConnect|Smb2DiagReasonNegotiateValidation|Smb2DiagReasonExchangeExpiry|Smb2DiagReasonDisconnectIndication|Smb2DiagReasonNegativeCache|Smb2DiagReasonAcquireCredHandle|Smb2DiagReasonISC|Smb2DiagReasonSessionSetupResponse|Smb2DiagReasonTreeConnectResponse|Smb2DiagReasonValidateNegotiateFsctl|Smb2DiagReasonHandleReconnect|Smb2DiagReasonCreateResponse|Smb2DiagReasonExchangeCancellation|Smb2DiagReasonObjectSuspended|Smb2DiagReasonUserDisconnect|Smb2DiagReasonHandleClosed|101=Smb2DiagReasonConsecutiveSessionSetupFailures|Smb2DiagReasonQuicServerCertificateError|Smb2DiagReasonQuicServerConfigFailure|201=Smb2DiagReasonMADowngrade|Smb2DiagReasonCreateSigningKey|Smb2DiagReasonRegisterCryptoKeys|Smb2DiagReasonQCA|Smb2DiagReasonEncryptionOnNullSession|301=Smb2DiagReasonExchangeNoBindingObject|Smb2DiagReasonExchangeSendFailure|401=Smb2DiagDisconnectReasonReceiveContextAllocation|Smb2DiagDisconnectReasonPaddingAllocation|Smb2DiagDisconnectReasonExchangeReceiveHandlerError|Smb2DiagDisconnectReasonMessageBufferAllocation|Smb2DiagDisconnectReasonVcEndpointTornDown|Smb2DiagDisconnectReasonMessageSizeReceiveError|Smb2DiagDisconnectReasonMessageSizeTooLargeError|Smb2DiagDisconnectReasonMessageCopyError|Smb2DiagDisconnectReasonVcReceiveHandlerError|Smb2DiagDisconnectReasonVcReceiveError
Smb2ObjectStateMap 0=Active|Disconnected|Suspended|Construction in progress|Recovery in progress|Disconnect in progress|Invalidation in progress|Invalid|Deleted
ut_OpcodeMap 180=Start State|End State
`,
};
