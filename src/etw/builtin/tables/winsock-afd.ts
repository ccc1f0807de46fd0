// Written by scripts/event-tables.ts; do not edit.
export const WINSOCK_AFD = {
  name: 'Microsoft-Windows-Winsock-AFD',
  events: `
~ Status:nt Port:port Buffer:ptr Address:ip4 Address:ip6 Address:addr*AddressLen AddressLen BufferLength RegistrationDomain:ptr BufferSize BytesIndicated:i32 Endpoint:ptr Process:ptr Reason:i32 RioState:ptr SystemAddress:ptr UserAddress:ptr AddressFamily BufferCount:i32 BufferLength:h32 CurrentBacklog Option:h32@AFD_OPTION_ValueMap ReceiveBufferSize ReceiveSystemAddress:ptr ReceiveUserAddress:ptr SendBufferSize SendSystemAddress:ptr SendUserAddress:ptr Value:h32
4012=AfdRioCleanupBufferFreed : ~2
4011=AfdRioDeregisterBufferClosed : ^1 References
4010=AfdRioRegisterBufferOpen : ^1 ~8 ~g ~f ~9 BufferId ~0
4004=AfdRioCleanupCqFreed : Cq:ptr
4003=AfdRioDestroyCqClosed : ^1 Commit
4005=AfdRioResizeCqModified : ^1 OriginalEntryCount OriginalStart OriginalEnd Commit RequestedEntryCount ~g ~f ~9 ~0
4002=AfdRioCreateCqOpen : ^1 ~8 EntryCount ~g ~f ~9 CqIndex NotificationType@RIO_NOTIFICATION_TYPE_ValueMap NotificationHandle:ptr NotificationObject:ptr NotificationContext1:ptr NotificationContext2:ptr ~0
4006=AfdRioCreateRqPairOpen : ~b ~e ~8 SendEntryCount ~r ~q ~p ReceiveEntryCount ~o ~n ~m SendCqIndex ReceiveCqIndex ~0
1000=AfdCreateOpen : EnterExit Location ~c ~b ~h SocketType Protocol ProcessId:ptr ~0
1037=AfdListen : ^4 Backlog ~0
3003=AfdDataIndication : ^4 ~2 ~7
3004=AfdDataIndicationWithAddress : ^6 ~6 ~5
1033=AfdDatagramDropWithAddressConnected : ^8 Reason@AFD_DGRAM_DROP_ValueMap
1018=AfdConnectWithAddressConnected,1021=AfdConnectExWithAddressConnected : ^6 ~0 ~6 ~5
1024=AfdAcceptWithAddressConnected,1027=AfdAcceptExWithAddressConnected : ^9 AcceptEndpoint:ptr ~k
1003=AfdSendConnected,1004=AfdReceiveConnected,1005=AfdSendToConnected,1006=AfdReceiveFromConnected,1011=AfdSendMessageConnected,1012=AfdReceiveMessageConnected : ^4 BufferCount ~2 ~7 ~0
1007=AfdSendToWithAddressConnected,1009=AfdReceiveFromWithAddressConnected,1013=AfdSendMessageWithAddressConnected,1015=AfdReceiveMessageWithAddressConnected : ^8 ~6 ~5
1035=AfdOption : ^4 ~l ~s ~0
4019=AfdAcceptPause : ^4 PauseUnPause:u8 TLBacklogCount:i32
1032=AfdAbortAborted : ^4 Reason@AFD_ABORT_ValueMap
3007=AfdSendBackLog : ^4 SendBacklog
1001=AfdCloseClosed,1002=AfdCleanupFreed,1017=AfdConnectConnected,1020=AfdConnectExConnected,1023=AfdAcceptConnected,1026=AfdAcceptExConnected,1029=AfdBindConnected,1036=AfdWaitForListen,3000=AfdConnectIndication,3006=AfdDisconnectDisconnected : ^4 ~0
1030=AfdBindWithAddressConnected : ^5 ~6 ~5
3001=AfdConnectIndicationWithAddress : ^7 ~k
4018=AfdRioNotifyCq : ^3 RegDomain:ptr Cq:ptr ~0
4017=AfdNrtCloseClosed : NameResolutionHandle:ptr ~c
4016=AfdNrtCreateOpen : ^2 ~0
41 : ~c ~b
4 : ^2 ~3 ~1
38 : ^4 ~a
2,15 : ^4 ~0
5 : ^2 ~4 ~1
39 : ^4 ~a
3,16 : ^4 ~0
1 : ^2 ~h SocketType@WINSOCK_SocketType_ValueMap Protocol UserModePid:ptr
23,24,25,28 : ^2 ~2 ~7
26 : ^2 ~i ~2 ~j ~3 ~1
27 : ^5 ~4 ~1
37 : ^2 ~a
6,9,10,11,12,13,14,17,31,40 : ^2 Error:nt
32 : ^2 EventMask:h32
18,19,20 : ^2 FastPath:bool ~i ~2 ~j
21 : ^6 ~3 ~1
22 : ^6 ~4 ~1
29 : ^2 ~l ~s
33 : ^2 PacketSize:i32 ~3 ~1 ~d
34 : ^3 ~4 ~1 ~d
7,8 : ^2 ~d
30 : ^1 HandleCount:i32 Timeout:i32
35 : ^1 ListenEndpoint:ptr ~3 ~1
36 : ^2 ~4 ~1
4001=AfdRioCleanupRegistrationDomainClosed : ~8
4014=AfdRioRangeCheck : ^1 ~e ~2 BufferOffset ~7
4013=AfdRioValidateBufferId : ^2 BufferId
4020=AfdRioValidateBufferSharing : ^3 BufferSharingType
4000=AfdRioCreateRegistrationDomainOpen : ^1 ~0
4008=AfdRioCleanupRioStateFreed : ~e
4015=AfdRioSendReceive : ^1 BufferType SpecifiedLength RequiredLength
4009=AfdRioResizeRqPairModified : ^1 OriginalSendEntryCount OriginalSendQueueStart OriginalSendQueueEnd RequestedSendEntryCount ~r ~q ~p OriginalReceiveEntryCount OriginalReceiveQueueStart OriginalReceiveQueueEnd RequestedReceiveEntryCount ~o ~n ~m ~0
4007=AfdRioCloseRioStateClosed : ^1 ReceiveQueueStart ReceiveQueueEnd SendQueueStart SendQueueEnd
`,
  maps: `
AFD_ABORT_ValueMap 2=Abortive disconnect requested on endpoint|4=Transport indicated abortive disconnect|6=Disconnect failed|9=Accept operation failed|Unable to allocate buffer|Counter overflow|13=Data arrives during endpoint cleanup|Receive request failed|Send request failed|Send request cancelled|TransmitPackets/TransmitFile request cancelled|Abort indicated during connection request
AFD_DGRAM_DROP_ValueMap 2=Insufficient local buffer space|Buffer allocation failed
AFD_OPTION_ValueMap 1=SO_OOBINLINE|FIONBIO|6=SO_RCVBUF|SO_SNDBUF|9=SIO_ENABLE_CIRCULAR_QUEUEING|11=SIO_UDP_CONNRESET|13=AFD_IPV6_V6ONLY|15=SIO_UDP_NETRESET
RIO_NOTIFICATION_TYPE_ValueMap 0=None|Event|IOCP
WINSOCK_SocketType_ValueMap 1=SOCK_STREAM|SOCK_DGRAM|SOCK_RAW|SOCK_RDM|SOCK_SEQPACKET
`,
};
