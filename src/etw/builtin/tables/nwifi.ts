// Written by scripts/event-tables.ts; do not edit.
export const NWIFI = {
  name: 'Microsoft-Windows-NWiFi',
  events: `
~ Status:h32 MAC:mac Context AdapterGuid:guid Context1 ContextHandle:ptr DestMAC:mac ReferenceContext SSID:asz SrcMAC:mac DefaultMIB:bool DestinationPort ErrorCode:err FrameSequence NewPowerState PowerState SourcePort pNwifiNblContext:ptr
10060 : ?
10029 : Adapter:ptr OID:h32 ~f bBlockOidsDueToLowPowerState:bool
10030,10031,10032 : ^2 ~0
10062,10074=LeaveLowPowerState,10081,10082,10083 : ~3
10079 : ^1 DisconnectInStandby:i32 EnforceDs:i32
10073=EnterLowPowerState : ^1 Halted:bool ~e
10078,10080 : ^1 SessionId:i32 Reason:i32 StatusCode:i32 SecurityEndpoint:i32
10063 : ^1 ~0
10077 : ^1 TxUnicastCount:i32 RxUnicastCount:i32 TxBroadcastCount:i32 RxBroadcastCount:i32 TxMulticastCount:i32 RxMulticastCount:i32 TimeDiffMs:u64
10086 : BufferAnnotation:sz BufferLength
10088 : CommitFrameError:asz CommitFrameSize MinCommitFrameSize AlgorithmNumber ExpectedAlgorithmNumber TransactionId ExpectedTransactionId
60004 : ~2 UpdateReasonCode
10012,10020,10024,10043,10054,10059,10064 : ~5 ~3
10004 : ^2 AlgorithmId:h32
10009 : ^2 AuthCount ?
10008 : ^2 BSSIDCount ?
10007 : ^2 BSSType@BSSTypeMap
10058 : ^2 ConfiguredOpMode:h32 IMSupportedOpModes:h32 MiniPortSupportedOpModes:h32
10035,10036 : ^2 Enabled:bool
10034 : ^2 EndPointType:u8@EndPointTypeMap
10013 : ^2 ExpectedCounter:h64 ReceivedCounter:h64
10014 : ^2 ExpectedVer:h32 ReceivedVer:h32
10015,10016,10017,10018 : ^2 ~d ~9 ~6
10001 : ^2 Function:h32 ~0 Length
10049,10053 : ^2 Irp:ptr
10033,10040 : ^2 ~1
10042 : ^3 Reason:h32
10041 : ^3 ~0
10057 : ^2 OldPowerState ~e Halting:bool
10051,10052 : ^2 ~f
10038 : ^2 ResetType:u8 ~1 ~a
10037 : ^2 ResetType:u8@ResetTypeMap ~1 ~a
10005 : ^2 SSIDCount ?
10044 : ^2 SessionId:h32
10045,10047 : ^3 ~1
10046 : ^4 Controlled:bool Authorized:bool
10019,10021,10025,10028 : ^2 ~9 ~6
10002,10003,10006,10022,10023,10026,10039,10048,10050,10055,10056,10075,10076 : ^2 ~0
10000 : ^3 ResetStatus:h32
10010,10011 : ^2 Value:bool ~0
60001 : ~c Location ~2
10027 : ~d ~9 ~6 ~0
60103 : IfGuid:guid IfIndex IfLuid:h64 ~7
10061 : Index CipherAlgoId Direction:u8 Len
20000=ConnecttosamenetworkonresumeStart,20001=ConnecttonetworkonresumeafterinterveningdisconnectStart,20002=ConnecttosamenetworkonresumeStop,20003=ConnecttonetworkonresumeafterinterveningdisconnectStop,20004=ConnecttosamenetworkonresumeStop,20005=ConnecttonetworkonresumeafterinterveningdisconnectStop,20006=ConnecttosamenetworkonresumeStart,20007=ConnecttonetworkonresumeafterinterveningdisconnectStart,20008=ConnecttonetworkonresumeafterinterveningdisconnectStop,20009=ConnecttosamenetworkonresumeStop,20010=ConnecttonetworkonresumeafterinterveningdisconnectStop,20011=ConnecttosamenetworkonresumeStart,20012=ConnecttonetworkonresumeafterinterveningdisconnectStart,20013=ConnecttosamenetworkonresumeStop,20014=ConnecttonetworkonresumeafterinterveningdisconnectStop,20015=ConnecttonetworkonresumeafterinterveningdisconnectStop,20016=ConnecttosamenetworkonresumeStart,20017=ConnecttosamenetworkonresumeStart : InterfaceGuid:guid
10066=StartingdevicenetworkatIMdriverStart,10067=StartingdevicenetworkatIMdriverStop,10069=StoppingdevicenetworkatIMdriverStart,10070=StoppingdevicenetworkatIMdriverStop : ^1 ~5 MAC:asz ~8
10068=StartingdevicenetworkatIMdriverStop,10071=StoppingdevicenetworkatIMdriverStop : ^1 ~c ~5 MAC:asz ~8
10087@26100 : LogLine:asz
10087 : LogLine:sz
60003 : NextState:u8@ut_OpcodeMap ~2
10072 : PowerMgmtMode PowerMgmtModeSupported:bool ~3 ~1 ~8
60101 : SourceAddress:ip4 ~g DestinationAddress:ip4 ~b Protocol ~7
60102 : SourceAddress:ip6 ~g DestinationAddress:ip6 ~b Protocol ~7
10089 : Status ~4
10085 : ^1 Initialized State Counter LocalSendConfirm PeerSendConfirm
10090 : StatusAnnotation:sz ~4 Context2
10084 : ^1 Status ~4
60002 : WarningCode:err Location ~2
10091 : pNwifiNbl:ptr ~h ~0 pTOS:ptr pBOS:ptr
10092 : ~h pOriginalNBL:ptr pOriginalNblContext:ptr ~0
`,
  maps: `
BSSTypeMap 1=infrastructure|independent|any
Dot11AuthAlgorithmMap 1=Open|Shared Key|WPA|WPA PSK|WPA None|RSNA|RSNA PSK
Dot11CipherAlgorithmMap 0=NONE|WEP40|TKIP|4=CCMP|WEP104|256=USE_GROUP|WEP
Dot11DirectionMap 1=Inbound|Outbound|Both
EndPointTypeMap 0=No Security|Standard Security|IHV Security Endpoint
ResetTypeMap 1=PHY|PHY|PHY/MAC
ut_OpcodeMap 180=Start State|End State|Closed State|Open State|Connect State|Listen State|Association State|Authentication State|Established State
`,
};
