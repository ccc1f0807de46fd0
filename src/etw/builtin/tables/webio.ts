// Written by scripts/event-tables.ts; do not edit.
export const WEBIO = {
  name: 'Microsoft-Windows-WebIO',
  events: `
~ Error:win32 Buffer:ptr DataChunks:ptr BufferLengthData:h32 BufferLengthRemaining:h32 CompletionContext:ptr CredHandleHigh:h64 CredHandleLow:h64 Length:h32 Result:win32 Context:ptr Data:bin*Length Flags:h32 Http3ClientConnectionId:h64 Information:h64 CompletionInformation:h64 Connection:ptr Error:i32 Flags:h64 Index:h32 Session:ptr SessionHandle:h64 AddressCount:h32 ApiHandle:h64 BufferLengthConsumed:h32 CacheEntry:ptr ChunkData:ptr ChunkDataLength:h32 CipherConfig:h32 Data:bin*BufferLengthData DataChunkBufferLength:h32 EnableRevertToSelfClientCertificate:h16 Handle:h64 HostName:sz Http3ClientStreamId:h64 Information:h32 InformationContext:ptr InformationRoutine:ptr IsSession:bool Length:h64 Length:u16 NewBuffer:ptr PlainData:ptr PlainDataLength:h32 Request:ptr RequestHandle:h64 ResponseFlags:h32 SSLClientCert:ptr SocketHandle:h64 Value:bin*Length
9=WebIOAPIStart,12=WebIOAPI : ~n Api:asz
10=WebIOAPIStop,11=WebIOAPIStop,13=WebIOAPIStop,14=WebIOAPIStop : ^2 ~9
1=ApiInit,2=ApiInit : ApiObject:ptr ~n ApiVersion:h64 ~i ~0
3=ApiTerminate,4=ApiTerminate,7=SessionCloseStart,8=SessionCloseStop,19=RequestCloseStart,20=RequestCloseStop,29=SessionCloseStop,30=RequestCloseStop,904=CloseProtocolHandleStart,905=CloseProtocolHandleStart : ^2 ~i ~0
5=SessionCreate,6=SessionCreate : ^2 ~k ~l ~i ~0
211=ConnectionNameResolutionStart,212=ConnectionNameResolutionStop : ~p ResolveName:sz ~c ~0 ~m
726=SSLConnectionBufferReceive : ~g ~1 ~3 ~4 ~t DummyWorkaroundVal:bool
722=SSLDecryptMessageStart,723=SSLDecryptMessageStop : ^1 ContextHandleHigh:h64 ContextHandleLow:h64 ~1 ~3 ~4 ~16 ~17 SecStatus:win32 ~0
713=SSLCertValidationStop : ^3 IgnoredServerCertErrors:h32 ServerCertErrors:h32 ~0 Reason:h32
712=SSLCertValidationStop : ^6 Reason:h32@mapVerifiyCertFailureReason
120=ResponseConnectionBufferReceiveStart,121=ResponseConnectionBufferReceiveStop : ^1 ~2 ~1 ~o ~3 ~4 ~0 ~e
724=SSLConnectionBufferReceiveStart,725=SSLConnectionBufferReceiveStop : ^3 Consumed:h32 Available:h32 ~z ~0
122=ResponseConnectionBufferReceive : ^2 ~8 ~b
213=ConnectionSocketSendStart,214=ConnectionSocketSendStop,215=ConnectionSocketReceiveStart,216=ConnectionSocketReceiveStop : ^2 ~1c ~1 ~a ~0 ~e
213v1,214v1,215v1,216v1 : ^7 ~y BufferLength:u64 IsEof:bool IsHeaderPairs:bool
730v1 : ^1 EnabledProtocols:h32 ~1b ~v ~s ~6 ~7 ~9
730=SSLAcquireCredentialsHandleStop : ^4 ~6 ~7 ~9
728v1,729v1 : ^1 EnabledProtocols:h32@mapSChannelProtocolIdentifiers ~1b ~v ~s ~6 ~7 ~9
728=SSLAcquireCredentialsHandleStart,729=SSLAcquireCredentialsHandleStop : ^4 ~6 ~7 ~9
224=Http2ConnectionAborted : ^1 ~h
217=Http3ConnectionGetStream : ^1 ~d StreamConnection:ptr ~y
223=RecvGoawayFrame : ^1 LastStreamId:h32 Error:h32
727=SSLConnectionBufferReceiveReallocate : ^1 OldBuffer:ptr ~15
119=ResponseConnectionBufferReceiveReallocate : ^2 OldBufferLength:h32 ~3 ~15 NewBufferLength:h32
704=SSLInitializeSecurityContext : ^1 SecurityHandleHigh:h64 SecurityHandleLow:h64 ~1 ~3 ~4 ~t
700=SSLInitializeSecurityContextStart,703=SSLInitializeSecurityContextStop : ^3 ~6 ~7 ~x InputFlags:h32 ~1 ~3 ~4 OutputFlags:h32 ~2 ~u Result:win32@SecurityApiRetValMap
705=SSLInitializeSecurityContext : ^3 ~2 ~u Data:bin*DataChunkBufferLength
221=ProcessSettingsFrame : ^1 SettingId:h16 SettingValue:h32
200=ConnectionSocketConnectStart,201=ConnectionSocketConnectStop,202=ConnectionSocketConnectStop : ^1 ~1c AddressLength Address:sz*AddressLength ~a RemainingAddressCount:h64 ~0
200v1,201v1,202v1 : ^7 ~d
203=ConnectionSocketCreate : ^2 ~0
203v1 : ^3 ~d
709=SSLEncryptMessage : ^1 SslIOContext:ptr ~6 ~7 ~2 ~j ~1 ~8 ~c ~b
706=SSLEncryptMessageStart,707=SSLEncryptMessageStop,708=SSLEncryptMessageStop : ^7 ~13 ~c ~0
720=SSLReceiveEntityStart : ^2 ~2
721=SSLReceiveEntityStop : ^3 ~16 ~17 ~z ~0
710=SSLSendEntityStart,711=SSLSendEntityStop : ^3 RequestDisconnect:bool ~0
219=StreamCreated : ^1 StreamId:h32
220=StreamAborted : ^2 ~h ResetCode:h32
225=Http2WindowStalled : ^2 ~12
218=StreamDataIndicated : ^2 Size Headers:bool
222=RecvWindowUpdateFrame : ^2 WindowIncrement:h32 ~12
102=ProxyResolutionStart,103=ProxyResolutionStop,2100=RequestState,2101=RequestState,2102=RequestState,2111=RequestState,2112=RequestState,2113=RequestState,2114=RequestState,2120=RequestState,2121=RequestState,2122=RequestState,2123=RequestState,2130=RequestState,2131=RequestState,2132=RequestState,2140=RequestState,2141=RequestState : ~a
59996=ThreadActionQueue,59997=ThreadActionStop,59998=ThreadActionStart : ^1 EtwQueueActionType
59995=ThreadActionCancel : ^1 EtwQueueActionType@mapQueueActionType
208=ConnectionNameResolutionRequest : DnsQuery:ptr ~p
207=ConnectionNameResolutionRequestStop : ^1 ~0
206=ConnectionNameResolutionRequestStop : ^1 FQDN:sz CanonicalName:sz ~m SockaddrLength:h32 SockAddr:bin*SockaddrLength
205=ConnectionNameResolutionRequestStart : ^1 ~x Timeout:h32 CompletionContext:h64
204=ConnectionSocketClose : Endpoint:ptr Socket:h64 Reason@TCPCloseReasonType ~9
204v1 : ^4 ~d Aborted:bool
731=QuicTls13DisabledStop : ~h
21=SyncApiWait,22=SyncApiWait : ~w Event:h64 ~0 ~e
59999=WebIODebug : ~14 Message:asz*Length
909=ProtocolSendDataCallbackStart,910=ProtocolSendDataCallbackStop,913=ProtocolReceiveDataCallbackStart,914=ProtocolReceiveDataCallbackStop : ProtocolObject:ptr ~w ~a ~0 ~e
900=CompleteProtocolUpgrade,901=CompleteProtocolUpgrade : ^1 ProtocolHandle:h64 ~18 ~19 ~k ~l ~0
209=ConnectionNameResolutionRequest,210=ConnectionNameResolutionRequest : ReferenceContext:ptr
125=ResponseParserReset : ~18 ~1 HttpResponseCode:h32
104=RequestWaitingForConnectionStop : ^1 ConnMgr:ptr ~g
123=ResponseParserStart,124=ResponseParserStop : ^1 ~g ~1 ~o ~3 ~4 ~q ~r ~0
111=RequestEntityTracker : ^2 ~2 ~j ~1 ~8 ~b
110=RequestEntityTrackerStart,112=RequestEntityTrackerStop : ^3 PendingSendCount:h32 LastSend:bool ~0
127=ResponseDirectReceiveEntityStart,128=ResponseDirectReceiveEntityStop : ^1 ~2 BytesToReceive:h32 ~0 ~5 ~f
126=ResponseParser : ^2 ~q ~r ~0 ~5 ~f
113=RequestEntityCompleteCallbackStart,114=RequestEntityCompleteCallbackStop,117=ResponseEntityCompleteCallbackStart,118=ResponseEntityCompleteCallbackStop : ^2 ~0 ~5 ~f
129=ResponseDirectReceiveEntity : ^2 ~j ~8 ~b
106=RequestGenerateHeadersStop : ^2 ~13
109=RequestEntityTrackerQueue : ^2 TotalChunkLength:h64 IsEntity:bool RequestEntityComplete:bool
100=RequestHeader,101=RequestHeader : ^1 ~14 Headers:asz*Length
27=Information,28=Information : ^1 PendingCount:h32 ~11 ~10 Type:h32 Information:ptr InformationLength:h64
107=RequestSendEntityStart,108=RequestSendEntityStop,115=ResponseRecieveEntityStart,116=ResponseRecieveEntityStop,130=RequestSendStart,131=RequestSendStop,907=ProtocolSendDataStart,908=ProtocolSendDataStop,911=ProtocolReceiveDataStart,912=ProtocolReceiveDataStop : ^1 ~19 ~c ~2 DataChunkCount:h32 ~5 ~0
136=RequestCancelStart,137=RequestCancelStop,902=ProtocolCancelHandleStart,903=ProtocolCancelHandleStop : ^3 ~0
23=RequestConfigurationSet,24=RequestConfigurationSet,25=RequestConfigurationSet,26=RequestConfigurationSet : ^3 ~11 ~10 ~0
132=ResponseReceiveStart,133=ResponseReceiveStop : ^3 ~1a ~5 ~0
906=ProtocolConfigurationSet : ^2 Option ~8 ~1d ~0
15=RequestConfigurationSet : ^2 Option@mapRequestOption ~8 ~1d ~0
17=RequestCreate,18=RequestCreate : ^2 ~k ~l Method:asz URI:sz VersionMajor:h16 VersionMinor:h16 ~0
134=ResponseReceiveCompleteCallbackStart,135=ResponseReceiveCompleteCallbackStop : ^1 ~1a ~0 ~5
105=Endpoint : ^1 ServerEndpoint:ptr ProxyEndpoint:ptr ConnectionManager:ptr
59992=ThreadTokenStop : Token:h64 ~0
59993=ThreadTokenStart : ^1 OldToken:h64 ~0
59994=ThreadTokenGet : ^1 SID:sid ~0
`,
  maps: `
SecurityApiRetValMap 0=STATUS_SUCCESS|590592=SEC_E_INSUFFICIENT_MEMORY|SEC_E_INVALID_HANDLE|SEC_E_UNSUPPORTED_FUNCTION|SEC_E_TARGET_UNKNOWN|SEC_E_INTERNAL_ERROR|SEC_E_SECPKG_NOT_FOUND|SEC_E_NOT_OWNER|SEC_E_CANNOT_INSTALL|SEC_E_INVALID_TOKEN|SEC_E_CANNOT_PACK|SEC_E_QOP_NOT_SUPPORTED|SEC_E_NO_IMPERSONATION|SEC_E_LOGON_DENIED|SEC_E_UNKNOWN_CREDENTIALS|SEC_E_NO_CREDENTIALS|SEC_E_MESSAGE_ALTERED|SEC_E_OUT_OF_SEQUENCE|SEC_E_NO_AUTHENTICATING_AUTHORITY|SEC_I_CONTINUE_NEEDED|SEC_I_COMPLETE_NEEDED|SEC_I_COMPLETE_AND_CONTINUE|SEC_I_LOCAL_LOGON|SEC_E_BAD_PKGID|SEC_E_CONTEXT_EXPIRED|SEC_E_INCOMPLETE_MESSAGE|2148081680=CRYPT_E_REVOKED|2148081682=CRYPT_E_NO_REVOCATION_CHECK|CRYPT_E_REVOCATION_OFFLINE|2148098052=TRUST_E_CERT_SIGNATURE|2148098073=TRUST_E_BASIC_CONSTRAINTS|2148204801=CERT_E_EXPIRED|CERT_E_VALIDITYPERIODNESTING|CERT_E_ROLE|CERT_E_PATHLENCONST|CERT_E_CRITICAL|CERT_E_PURPOSE|CERT_E_ISSUERCHAINING|CERT_E_MALFORMED|CERT_E_UNTRUSTEDROOT|CERT_E_CHAINING|2148204815=CERT_E_CN_NO_MATCH|CERT_E_WRONG_USAGE|TRUST_E_EXPLICIT_DISTRUST|2148204819=CERT_E_INVALID_POLICY|CERT_E_INVALID_NAME
TCPCloseReasonType 0=Local Graceful|Remote Graceful|Local Reset|Remote Reset|Connect Timeout|Send Timeout|Receive Timeout|Scavenged|No Reason
mapQueueActionType 1=Timer|WorkItem|Overlapped IO
mapRequestOption 0=AuthSchemeState|DisableAuthentication|ClientCertificate|ClientCertificateIssuerList|ChannelBindingToken|IgnoredServerCertErrors|SecureProtocols|ProxyAuthSchemes|ProxyAuthState|ProxyAutoLogonState|ProxyConfig|ProxyConnectHeaders|ProxyCreds|ProxySpnUsage|RedirectionLimit|SecureProtocolInformation|ServerAuthSchemes|ServerAuthState|ServerAutoLogonState|ServerCert|ServerCreds|ServerSpnUsage|SocketAddress|ThirdPartyCookies|PathCodePage|ExtraInfoCodePage|ServerCertErrors|CookiesEnabled|ResponseHeadersSizeLimit|ServerSpnUsed|ProxySpnUsed|ConnectTimeout|ResolveTimeout|SendTimeout|ReceiveTimeout|ConnectRetryCount|UnsafeHeaderParsing|16384=RevertToSelfClientCertificate|NetworkInterfaceAffinity|TcpAutoTuningRestricted|DnsIdnTransformDisabled|PeerDistExtension|MaximumConnectCount|GlobalKeepAlivePoolState|ConnectionState|ExceededResponseHeaderSizeLimit|16394=DnsInterfaceAffinity|16404=ConnectionIdleTimeout
&mapSChannelProtocolIdentifiers 1=SP_PROT_PCT1_SERVER|SP_PROT_PCT1_CLIENT|4=SP_PROT_SSL2_SERVER|8=SP_PROT_SSL2_CLIENT|16=SP_PROT_SSL3_SERVER|32=SP_PROT_SSL3_CLIENT|64=SP_PROT_TLS1_SERVER|128=SP_PROT_TLS1_CLIENT|256=SP_PROT_TLS1_1_SERVER|512=SP_PROT_TLS1_1_CLIENT|1024=SP_PROT_TLS1_2_SERVER|2048=SP_PROT_TLS1_2_CLIENT|4096=SP_PROT_TLS1_3_SERVER|8192=SP_PROT_TLS1_3_CLIENT|1073741824=SP_PROT_UNI_SERVER|2147483648=SP_PROT_UNI_CLIENT
mapVerifiyCertFailureReason 0=No Error|Unable to Get Cert|NULL cert context|Unable to Get Cert Chain|5=Cert Validation Failure|Unable to get Stream Sizes|Unable to get Endpoint Bindings
`,
};
