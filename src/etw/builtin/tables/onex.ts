// Written by scripts/event-tables.ts; do not edit.
export const ONEX = {
  name: 'Microsoft-Windows-OneX',
  events: `
~ Context SessionId ReferenceContext DestinationPort EAPMethodType:u8 EapMethodType Identifier:u8 SourcePort
35=Supplicant : ChangeType@SessionChangeEventTypeMap
60004 : ~0 UpdateReasonCode
29=Profile,30=Profile : ~4
32=Profile : ^1 AuthMode:sz
33=Profile : ^1 MediaType
12=EAP,13=EAP,14=EAP,15=EAP,16=EAP,17=EAP,18=EAP,19=EAP,21=User,22=User,24=Supplicant,26=Supplicant,27=Supplicant,28=EAP,60=EAP,61=EAP,62=EAP,60001 : ErrorCode:err Location ~0
60103 : IfGuid:guid IfIndex IfLuid:h64 ~2
60003 : NextState:u8@ut_OpcodeMap ~0
1=API,2=APIStart,3=APIStop,5=EAP,9=EAP,11=EAP,23=User,37=Supplicant,39=MSM,41=EAP,42=EAP,44=SupplicantStart,45=SupplicantStop,48=Supplicant,50=Supplicant,51=Supplicant,52=Supplicant,53=Supplicant,54=Supplicant,58=User,70=EAP : PortId
47=Supplicant : ^1 AuthIdentity:sz ~1 Username:sz Domain:sz
66=EAP,68=EAP : ^1 ExplicitCredentials:bool
36=Port : ^1 FriendlyName:sz
65=EAP : ^1 Identity:asz
64=EAP : ^1 PacketLength:u16 PacketType ~6 ~5
40=EAP : ^2 PacketType@EAPPacketTypeMap ~6 ~5
43=MSM : ^1 Reason@AuthRestartReasonMap
49=Supplicant : ^1 Reason@StartAuthReasonMap
57=User : ^1 Reason@UserAuthProposedReasonMap ~1
10=EAP : ^1 Response@PeerResponseActionMap
55=User : ^1 ~1 UIRequestSessionId
56=User : ^1 Size ~1
46=Supplicant : ^1 TimeTaken
20=MSM,34=MSM,38=MSM : ^1 UIRequestCode
7=EAP,8=EAP : ^1 UserDataSize
6=EAP,59=EAP : ^1 WinError:err ReasonCode:err
4=EAP : ^3 ~4 RootCauseString:sz
31=Profile : ProfilesCount
63=User : Result@PassDlgResultMap
60101 : SourceAddress:ip4 ~7 DestinationAddress:ip4 ~3 Protocol ~2
60102 : SourceAddress:ip6 ~7 DestinationAddress:ip6 ~3 Protocol ~2
25=Supplicant,60002 : WarningCode:err Location ~0
`,
  maps: `
AuthRestartReasonMap 0=Peer Initiated|Msm Initiated|OneX Held State Timeout|OneX Auth Timeout|OneX Configuration Changed|OneX User Changed|Quarantine State Changed|Alternate Creds Trial|Invalid
EAPPacketTypeMap 0=None|Notification|RequestId|Success|Fail|RequestOther|ResponseId|ResponseNak|ResponseOther|PacketInvalid
PassDlgResultMap 1=Success|Failure
PeerResponseActionMap 0=Discard|Send|Result|InvokeUI|Respond|StartAuthentication|None
SessionChangeEventTypeMap 1=Console Connect|Console Disconnect|Remote Connect|Remote Disconnect|Session Logon|Session Logoff|Session Lock|Session Unlock|Remote Control
StartAuthReasonMap 1=User change|MSM initiated|Config change
UserAuthProposedReasonMap 1=PLAP profile|TIMELY profile|User token specified|Logged-on user token
ut_OpcodeMap 180=Start State|End State|Closed State|Open State|Connect State|Listen State|Association State|Authentication State|Established State
`,
};
