// Written by scripts/event-tables.ts; do not edit.
export const WLAN_AUTOCONFIG = {
  name: 'Microsoft-Windows-WLAN-AutoConfig',
  events: `
~ ConnectionId:ptr InterfaceGuid:guid ProfileName:sz SSID:sz Context OnexEnabled InterfaceDescription:sz PeerAddr:mac ReasonCode BSSType NewState Reason AuthorID BSSType:sz Cipher:sz EapType ErrorCode ErrorCode:x32 ExplicitCredentials:bool FailureReason:sz Profile:sz RSSI:i32 ReferenceContext Result:err SSID:asz VendorID VendorType AuthAlgoId@Dot11AuthAlgorithmMap AuthenticationAlgorithm:sz BSSID:mac Cancelled:bool CipherAlgoId CipherAlgoId@Dot11CipherAlgorithmMap CipherAlgorithm:sz CipherVal ClientProcessId ConnectionMode:sz DestinationPort DetailedStatusCode:h32 DeviceID:sz Domain:sz DriverDate:systime ErrorCode:err ErrorMsg:sz EtherType FIPSMode@tid_EnabledValues FriendlyName:sz Identity:sz IhvSecuritySetting:sz IsManualConnectEnabled:bool LocalAddr:mac LocalMAC:sz MacRxMulticastCount:i32 MacRxUnicastCount:i32 MacRxUnicastDecryptFailure:i32 MacRxUnicastDecryptSuccess:i32 MacTxUnicastCount:i32 NonBroadcast:bool OnexEnabled@tid_BoolValues PHYType:sz PeerMAC:sz PhyRxFcsErrorCount:i32 PhyRxFrameCount:i32 PhyTxFailedCount:i32 PhyTxFrameCount:i32 PhyTxRetryCount:i32 ReasonCode:x32 ReasonText:sz RequestType@UIRequestTypeMap RestartReason:sz SecurityHint:sz SecurityHintCode Session:ptr SessionId SingleSSID:bool SourcePort
4000,4001,13103=ConnectionCost,21041 :
21023 : ?
14048 : ActiveConsole:bool
11010@10240 : Adapter:sz DeviceGuid:guid LocalMac:sz ~3 ~d Auth:sz AuthVal ~e ~y FIPSMode ~5 ~0
11003@10240 : ^9 ~19 ~5 ~0
11000=MsmAssociationStart_24011_193 : ^6 ~e ~5 IhvConnectivitySetting:sz ~0
11005@10240,11008@10240 : ^5 ~0
11001@10240 : ^6 MgmtFrameProtection:bool
12011@10240 : ^5 ~f ~p ~q ~c ~0
12014@10240 : ^9 ~1x ~0
11002=MsmAssociationFailure_24011_195 : ^5 ~j ~8 Dot11StatusCode ~0 ~l
12012@10240 : ^5 ~1b User:sz ~14 ~0 ~i
11007@10240 : ^5 ~1c ~0
11010=MsmSecurityStart_24012_200 : ^5 PeerMac:sz Auth:sz AuthVal ~e ~y FIPSMode ~5 ~0
11003=MsmSecurityStart_24012_196 : ^10 ~19 ~5 ~0
11001=MsmAssociationSuccess_24011_194,11005=MsmSecuritySuccess_24012_198,11008=IhvSecuritySuccess_24013_201 : ^6 ~0
12011=OneXAuthenticationStart_24014_203 : ^6 ~f ~p ~q ~c ~0
12014=OneXAuthenticationRestart : ^10 ~1x ~0
12012=OneXAuthenticationSuccess_24014_204 : ^6 ~1b User:sz ~14 ~0 ~i
12013=OneXAuthenticationFailure_24014_205 : ^9 ~1v ~1u ~h EAPReasonCode:x32 EAPRootCauseString:sz EAPErrorCode:x32 ~0 ~i
11009=IhvSecurityFailure_24013_202 : ^6 IhvReasonCode:x32 IhvDataLength ?
11007 : ^6 ~1c ~0
11006=MsmSecurityFailure_24012_199 : ^6 ~1v ~1u ~h ~0
11004=MsmSecurityStop_24012_197 : ^6 ~1y ~1z ~0
11004@10240 : ^5 ~1y ~1z ~0
21034@10240 : AdapterID ~1 ~o ~9 Secure:bool
21003,21005,21029,21034,21036 : AdapterId ~1
21004 : ^2 ~r ~w OneXEnabled:bool UICancelled:bool
21037 : ^2 Healthy:bool HealthStatus Hint:bool
21001 : ^2 ~1e ~1a PKMIDs FourWayOffloadSupported:bool SafeModeSupported:bool SafeModeCertified:bool
21028 : ^3 ~3
21002 : ^2 OldState@IntfSecStateMap NewState@IntfSecStateMap
21030,21031 : ^2 ~7
21032 : ^3 ~18 Size ~4
21033 : ^2 ~1w ResponseType ~u
21006 : ^2 ResponseType@UIResponseTypeMap
21042 : ^2 ~21 OldState@PreAuthMgrStateMap NewState@PreAuthMgrStateMap
21021 : ^3 PortId ~1e ~7 Authenticator:bool ~b
21055 : ^6 FastRoam:bool
21010 : ^6 OldState@AuthMgrStateMap NewState@AuthMgrStateMap
21015 : ^6 OldState@KeyExchangeStateMap ~a
21019 : ^6 OldState@KeyMgrAuthStateMap NewState@KeyMgrAuthStateMap
21057 : ^6 OldState@PortSecStateMap NewState@PortSecStateMap
21046,21065 : ^6 RapidRekey:bool
21016,21017,21018,21020,21043,21047,21048,21049,21050,21051,21052,21053,21054,21058,21059,21060,21061 : ^6 Timeout
21007,21008,21011 : ^4 ~7 ~4
21024 : ^1 ~b Error
21038 : ~t
21064 : ~9 AuthAlgoId ~v ~5 ~f ~p ~q ~c
14049 : ~0
14046,14047 : ^1 Active:bool Console:bool
14053 : ^1 Network:guid Suppressed:bool
60004 : ~4 UpdateReasonCode
13102=ConnectionCost : CostSource ~1 ~2
13100=ConnectionCost : CostSource@CostSourceMap CostValue ~1 ~2
13101=ConnectionCost : CostValue@CostValueMap
14034 : DeviceGuid:sz ~1a
4002 : ~g
4003 : ^1 Reason:x32 IpFamily:x32 PortType:x32
21009,21035,21040,21056,21062,60001 : ~16 Location ~4
21063 : ^3 Current Max
14018,14032,14052,20013 : ^3 ~1 ~6
4003@15063 : Event ~h ChangeReason IpFamily
10001,10002,10003,10004 : ExtensibleModulePath:sz
10000 : ^1 ~g
60103 : IfGuid:guid IfIndex IfLuid:h64 ~m
21066 : Index
21022 : ^1 ~v Direction:u8@Dot11DirectionMap Len
8004 : ~6 ~1 SSIDs:sz ~2 ~10 ~d ~j BlockTime ~8 ~0
14070,20022,30000=ConnecttosamenetworkonresumeStop,30001=ConnecttonetworkonresumeafterinterveningdisconnectStop,30002=ConnecttonetworkonresumeafterinterveningdisconnectStop,30003=ConnecttosamenetworkonresumeStop,30004=ConnecttonetworkonresumeafterinterveningdisconnectStop,30005=ConnecttosamenetworkonresumeStop,30006=ConnecttonetworkonresumeafterinterveningdisconnectStop,30007=ConnecttonetworkonresumeafterinterveningdisconnectStop,30008=ConnecttonetworkonresumeafterinterveningdisconnectStop,30009=ConnecttonetworkonresumeafterinterveningdisconnectStop,30010=ConnecttonetworkonresumeafterinterveningdisconnectStop,30011=ConnecttonetworkonresumeafterinterveningdisconnectStop,30012=ConnecttonetworkonresumeafterinterveningdisconnectStop,30013=ConnecttonetworkonresumeafterinterveningdisconnectStop,30014=ConnecttonetworkonresumeafterinterveningdisconnectStop,30015=ConnecttonetworkonresumeafterinterveningdisconnectStop,30016=ConnecttonetworkonresumeafterinterveningdisconnectStop,30017=ConnecttonetworkonresumeafterinterveningdisconnectStop,30018=ConnecttonetworkonresumeafterinterveningdisconnectStop,30019=ConnecttonetworkonresumeafterinterveningdisconnectStop,30020,30022,30104=WLANConnecttonetworkStop : ~1
20024 : ^1 Count
40003=AcmConnection : ^1 DiagnosticStatsDifferenceTrigger@DiagnosticStatsDifferenceTriggerMap ~1k ~1h ~1g ~1j ~1i ~1r ~1s ~1t ~1q ~1p TimeDiffMs:u64
40002=AcmConnection : ^1 DisconnectExtensions RoamExtensions SuspectDurationMs BssidChanged:bool DetectionLinkQuality CurrentLinkQuality ~1k ~1h ~1g ~1j ~1i ~1r ~1s ~1t ~1q ~1p CurrentTxRate CurrentRxRate
14072 : ^1 DisconnectTrigger:u8
8007=StartthedevicenetworkStop,8010=StopthedevicenetworkStop : ^1 ~g ~17 ~o
20021=AuthenticatethepeersassociatedtothehostednetworkStop : ^1 ~16 ~17 ~6 ~3 ~1f
14071 : ^1 ExpeditedScanTrigger:u8@ExpeditedScanTriggerMap
8012=AcmConnection,14006,14007,14010,14012,14017,14019,14020,14022,14024,14029,14033,14038,14041,14042,14043,14050,14051,14055,14056,14057,14069,20001,20002,20003,20008,20012 : ^1 ~6
20010,20011 : ^2 ~t
14004 : ^2 BSSType@BSSTypeMap
14000 : ^2 Connected:bool
14009 : ^2 ~0
14021 : ^3 Status:err Adhoc:bool
40001@22000 : ^2 ConnectionMode ~3 ~9 AuthAlgo CipherAlgo ~5 IHVBitmap ~1l ~1o WLANStatusCode:h32 ~12 AssocDuration AssocRestartCount AuthDuration AuthRestartCount ~13 DriverVersion:sz DriverService:sz ~l SignalQualityPercentage:i32 Channel:i32 InterferingAPCount:i32 TotalVisibleAPCount:i32 APPhyType:sz APMaxChannelWidth:i32 APDescription:asz APManufacturer:asz APModelName:asz APModelNum:asz DetailedStatusCodeOnRoam:h32 RxRate:i32 TxRate:i32 EAPType:i32 OneXAuthMode:sz HotSpot20IEPresent:bool DeviceMfg:sz ProfileTypeUsed:i32 SystemRandomizationStatus ProfileRandomizationStatus ConnectionFlags:h64 ~15
40001@15063 : ^41 ~15
40001=AcmConnection : ^41 DriverDate:sz
8001=AcmConnectionSuccess : ^2 ~10 ~2 ~3 ~d BSSID:sz ~1n ~s ~x ~1m ~0
8000=AcmConnectionStart_24010_189 : ^6 ~0
8002=AcmConnectionFailure : ^6 ~j ~8 ~0 ~l
8001@10240 : ^6 ~1n ~s ~x ~1m ~0 ~1l
8003=AcmConnectionDisconnect : ^6 Reason:sz ~0 ~8
14016 : ^2 ConnectionMode@WLANConnectionModeMap Flags ~k ~0
14014 : ^2 ConnectionResetReason@ConnectionResetReasonMap
20006 : ^2 CurrState@MSMFSMStateMap EventId@MSMFSMEventMap
20007 : ^3 ~a
14002,14054,14059 : ^2 Enabled:bool
14003 : ^3 ~n
14001 : ^2 Joined:bool
20016,20017 : ^2 Length Handle:ptr
14028 : ^2 OldProfileName:sz NewProfileName:sz
14030 : ^2 OpMode
14015 : ^2 OpMode@Dot11OpModeMap ~n
14011 : ^2 PHY OldState ~a
14005 : ^3 RadioState@RadioStateMap ~n PHYCount
14011@10240 : ^3 SoftwareState HardwareState PHYCount
20014 : ^2 PacketType@AuthUpcallTypeMap
14008 : ^2 PowerSetting@PowerSettingMap
14013,14023,14044 : ^2 ~k
14027 : ^3 HealthCheckResult@HealthCheckResultMap
14037 : ^3 Reason:u8@DisconnectTemporaryReasonMap
14045 : ^2 ~2 Auto:bool ~3 Multiple:bool SSIDListSize:u16 SSIDList:bin*SSIDListSize
8011=AcmConnection : ^3 ~3 ~9
20009 : ^2 Quality
14026 : ^2 Result:bool
20018 : ^2 ~3 BSSIDCount ?
20019=AuthenticatethepeersassociatedtothehostednetworkStart,20020=AuthenticatethepeersassociatedtothehostednetworkStop : ^3 ~1f ~1o
14040 : ^2 ScanType:h32 FlushBSSList:bool
20000 : ^2 ~20
14025 : ^2 State@WLANInterfaceStateMap
20005 : ^2 Status:h32 AssocStatus:h32
14074 : ^1 IsReachable:bool
8005=StartthedevicenetworkStart,8006=StartthedevicenetworkStop,8008=StopthedevicenetworkStart,8009=StopthedevicenetworkStop : ^1 ~o
20023 : ^1 Status
14031 : ^1 Type
30021 : ^1 WLANStatusCode ~12 ConnectionInformation:h32 ~13
14075 : IsAutoConnectEnabled:bool AutoConnectProfileCount AutoConnectFilterControl ~1d ManualConnectProfileCount ManualConnectFilterControl ~6
14076 : ^1 ~1d ~6 ConnectivityBlockReason
14068 : IsEnabled:bool
14067 : IsOn:bool
60003 : NextState:u8@ut_OpcodeMap ~4
14063,14064 : OpCode ~z
14065 : ^2 ~1
14066 : ^1 ~1
21026 : ~7 ~18 Size ~4
21025 : PortId ~7 ~b Error
14060 : ~k BlockTimeMs ~22
14061 : ^1 Update:u8 ~22
14058 : ~2 ~3
20015 : Reason:h32 Error:h32
20004 : ^1 ~20 AdHocFormed:bool
14073 : RecoveryType:u8@LimitedRecoveryTypeMap EventType:u8 EventData:x32
30100=Perftrack_WfdDiscoverStart,30101=Perftrack_WfdDiscoverStop,30102=Perftrack_WfdPairStart : RequestId
30103=Perftrack_WfdPairStop : ^1 WFDPairReturnCode
13014 : Result ~1 ~2
13013 : ^1 Reason@tid_WlansvcPostlogon_Reason ~1 ~2
13012 : Result@tid_WlansvcPostlogon_Result ~1 ~2
13011 : ^1 Reason@tid_WlansvcPostlogonSkip_Reason
13002 : Result@tid_WlansvcPrelogon_Result ~1 ~2 RequestedFields:sz
13001 : ^1 Reason@tid_WlansvcPrelogonSkipSp1_Reason
30105 : ReturnValue ~8
14035 : ~3
21014,21045 : ~21
21012 : ^1 OldState@KeyExtStateMap ~a
21027 : ^1 PageClsId:guid ~1w
21013,21044 : ^1 ~b Error
14036 : Setting:u8@PowerSettingMap
60101 : SourceAddress:ip4 ~23 DestinationAddress:ip4 ~11 Protocol ~m
60102 : SourceAddress:ip6 ~23 DestinationAddress:ip6 ~11 Protocol ~m
20025 : Ssid:sz BssidCount ~r ~w Rssi
14039 : Type ~0
21039 : Valid:bool ~u
60002 : WarningCode:err Location ~4
14062 : WlanRpcCallType:u8@WlanRpcCallTypeMap ~z
`,
  maps: `
AuthMgrStateMap 1=DISABLED|FAKE_AUTH|ENABLED|DEACTIVATE|FORCE_AUTHENTICATED|START_AUTH|AUTHENTICATING|AUTHENTICATIONSUCCESS|AUTHENTICATED|AUTH_FAILED
AuthUpcallTypeMap 0=PORT_UP|PORT_DOWN|PACKET|DISCONNECT|IHV|TKIPMIC_FAILURE|PMKID_CANDIDATE_LIST|PHY_STATE_CHANGE|LINK_QUALITY|CONNECT_COMPLETION|11=4_WAY_COMPLETION|PSK_MISMATCH|PHY_FREQUENCY_ADOPTED|EXTAP_PORT_UP|EXTAP_PORT_DOWN|20=4_WAY_START
BSSTypeMap 1=infrastructure|independent|any
CostSourceMap 1=Group Policy|User|Public|Operator
&CostValueMap 1=Unrestricted|Fixed|4=Variable|65536=Over Data Limit|131072=Congested|262144=Roaming
DiagnosticStatsDifferenceTriggerMap 1=AuthenticationAborted|AssociationFailure|AuthenticationFailure|NCSICapabilityChange
Dot11AuthAlgorithmMap 1=Open|Shared Key|WPA|WPA PSK|WPA None|RSNA|RSNA PSK|WPA3|WPA3 SAE
Dot11CipherAlgorithmMap 0=NONE|WEP40|TKIP|4=CCMP|WEP104|256=USE_GROUP|WEP
Dot11DirectionMap 1=Inbound|Outbound|Both
Dot11OpModeMap 0=Unknown|Station|AP|4=Extensible Station|16=Device|32=Group Owner|64=Client|2147483648=Network Monitor
ExpeditedScanTriggerMap 1=Bss Type Changed|Radio State Changed|Profile Changed|OpMode Changed|Hotspot2 registration enabled
HealthCheckResultMap 0=is updated
IntfSecStateMap 1=INITIALIZED|PROCESSING_PREASSOCIATE|PREASSOCIATE_DONE|STOPPING_SECURITY|PROCESSING_POSTASSOCIATE|PROCESSING_STOP_POSTASSOCIATE|WAIT_FOR_UI_RESPONSE|FAILURE
KeyExchangeStateMap 0=INACTIVE|UNDERWAY|SUCCESS|FAILURE
KeyExtStateMap 1=ENABLED|STOP_AUTH|START_AUTH|AUTHENTICATING|AUTHENTICATED|AUTH_FAILED
KeyMgrAuthStateMap 1=INACTIVE|PHS1|PHS2|SUCCESS|GHS|FAILURE
LimitedRecoveryTypeMap 1=None|Roam|Reset Recovery|Disable Enable|Disconnect|Temporary Disconnect|Gateway Unreachability Roam
MSMFSMEventMap 0=Cmd_Connect|Cmd_Disconnect|Upcall_Association_Success|Upcall_Association_Failure|Upcall_Port_Up|IHV_Port_Up|Upcall_Port_Down|IHV_Port_Down|Upcall_Disconnect|IHV_Disconnect|Pre_Security_Success|IHV_Pre_Security_Success|Pre_Security_Failure|IHV_Pre_Security_Failure|Post_Security_Success|IHV_Post_Security_Success|Post_Security_Failure|IHV_Post_Security_Failure|Timeout|Force_Disconnect|Reset_Success|Reset_Failure
MSMFSMStateMap 0=Disconnected|Configuring|Associating|Wait_For_Portup|Authenticating|Roaming|Connected|Wait_For_Disconnected|Ihv_Configuring|Reset|11=AP_Reset_For_Connect|AP_Configuring|AP_Started|AP_Stopping|AP_Reset_For_Disconnect|20=AP_Disconnected
PortSecStateMap 1=INACTIVE|ACTIVE|START_AUTH|WAIT_FOR_AUTH_SUCCESS|REVIVE_CACHE|KEY_ACTIVATE|WAIT_FOR_KEY_SUCCESS|SUCCESS|FAILURE|KEY_DEACTIVATE|DEACTIVATE|FORCE_AUTHENTICATED|WAIT_FOR_KEY_START|ROAM_AUTHENTICATE
PowerSettingMap 0=no_saving|low_saving|medium_saving|maximum_saving|invalid
PreAuthMgrStateMap 1=DISABLED|INITIALIZE_PROFILE|ENABLED|ACTIVATED|PREAUTH_STARTED|PREAUTH_IN_PROGRESS|PROCESS_ONEX_RESULT|PROCESS_TIMEOUT
RadioStateMap 0=unknown|on|off
UIRequestTypeMap 0=autoconfig|msm|security|ihv|verifynet|cancelled|invalid
UIResponseTypeMap 0=key|passphrase|psk|onex|any|invalid
WLANConnectionModeMap 0=profile|temporary profile|discovery (secure)|discovery (unsecure)|auto|invalid
WLANInterfaceStateMap 0=not ready|connected|ad hoc network formed|disconnecting|disconnected|associating|discovering|authenticating
WlanRpcCallTypeMap 1=InternalScan|Scan|Connect|Disconnect|SetProfile|DeleteProfile|RenameProfile|SetProfileList|SetFilterList|WcmSetProfile|WcmDisconnect
tid_BoolValues 0=No|Yes
tid_EnabledValues 0=Disabled|Enabled
tid_WlansvcPostlogon_Reason 0=Success.
tid_WlansvcPostlogon_Result 0=Success|Failure|3=The operational criteria were met.
tid_WlansvcPrelogon_Result 0=Success|Failure|3=The operational criteria were met.
tid_WlansvcPrelogonSkipSp1_Reason 6=Smart card Reader not present|No Smard card present
ut_OpcodeMap 180=Start State|End State|Closed State|Open State|Connect State|Listen State|Association State|Authentication State|Established State
`,
};
