// Written by scripts/event-tables.ts; do not edit.
export const NCSI = {
  name: 'Microsoft-Windows-NCSI',
  events: `
~ IfLuid:h64 Family AddressSuffixOrigins:h32 ErrorCode InterfaceGuid:guid KnownHotspot:bool KnownOppInternet:bool KnownProxiedOppInternet:bool LocalErrorOccured:bool
2002=WaitforCorporateConnectivity,2004=CheckCorporateInside/outsideLocation,4011=CheckCorporateInside/outsideLocation,4025=ProxyDetectionStart,4028=Inside/Outsidedetectionverification :
4040 : ConnectedInterfaceGuid:guid ~0
2003=CheckCorporateInside/outsideLocation : CorpCheckDisabledReason:u8
2001=WaitforCorporateConnectivity : CorpCheckDisabledReason:u8@CorpCheckDisabledReasonMap
4041 : DisconnectedInterfaceGuid:guid ~0
4026=ProxyDetectionStop : ~3 Source:u8@ProxyInfoSourceMap
4037=InternetConnectivityDetection,4038=InternetConnectivityDetection,4039=InternetConnectivityDetection : ~0 ~1
4012=CheckCorporateInside/outsideLocation : ^1 ~4 ProbeHost:sz ProbePath:sz ~3 ErrorString:sz RetryInterval
4019=CorporateConnectivityDetectionStart,4021=CorporateConnectivityDetectionStart,4022=CorporateConnectivityDetectionStop,4023=CorporateConnectivityDetectionStart,4024=CorporateConnectivityDetectionStop,4035=InternetConnectivityDetection,4036=CheckCorporateInside/outsideLocation : ~4
4003=WaitforLocalConnectivity,4004=WaitforLocalConnectivity,4005=WaitforInternetConnectivity,4006=WaitforInternetConnectivity,4007=WaitforCorporateConnectivity,4008=WaitforCorporateConnectivity,4009=CheckCorporateInside/outsideLocation : ^1 CurrentOrNextState:u8 ~0
4010=CheckCorporateInside/outsideLocation : ^3 CorporateLocation:u8@CorpLocationMap CorporateLocationMetadata
4001=WaitforNetReady,4002=WaitforNetReady : ^1 CurrentOrNextState:u8@StateMap ~0
4016=InternetConnectivityDetectionStop,4017=InternetConnectivityDetectionStart,4018=InternetConnectivityDetectionStop,4027=InternetConnectivityDetection,4053,4054 : ^1 ~1
4015=InternetConnectivityDetectionStart : ^1 Family@FamilyMap
4013=InternetConnectivityDetectionStart : ^1 ForceWeb:bool UseProxyCache:bool
4032=CorporateSuspectstate,4033=CorporateSuspectstate,4034=CorporateSuspectstate : ^1 ~0
4030=Suspectstate,4031=Suspectstate : ^2 ~1
4047@26100 : ^3 %IpAddress MacAddressLength MacAddress:bin*MacAddressLength ~5 ~6 ~7
4047 : ^6 KnownProxyless:bool ~5 ~6 ~7
4051 : ^3 ActiveProbeResultCode
4042 : ^3 Capability@CapabilityMap CapabilityChangeReason PreviousCapability
4046 : ^3 HasCorporateConnectivity:bool
4048 : ^3 HasNextHopToInternet:bool %NextHopAddress
4049 : ^3 HasPreferredAddress:bool ~2
4050 : ^3 HasPreferredGlobalAddress:bool ~2
4045 : ^3 NetReady:bool
4043 : ^3 ProxiedCapability
4029=Suspectstate : ^3 SuspectStateReason:u8@SuspectStateReasonMap
4052 : ^2 HasPreferredGlobalAddressIPv4:bool HasPreferredGlobalAddressIPv6:bool InternetCapabilityIPv4:u8@InternetCapabilityMap InternetCapabilityIPv6:u8 InternetTestIPv4:u8@InternetTestMap InternetTestIPv6:u8
4020=CorporateConnectivityDetectionStop : ^1 Succeeded:bool ~8
4014=InternetConnectivityDetectionStop : ^2 UsedDnsProbe:bool UsedProxy:bool ContentComparison:bool WebCompleted:bool WebRedirected:bool ~8
4044 : ShouldPassivePollRun:bool WasPassivePollRunning:bool IsPassivePollAllowed:bool ClientPresent:bool UserPresent:bool NetworkQuietMode:bool DeadUserPollCount DeadNetPollCountV4 DeadNetPollCountV6
`,
  maps: `
CapabilityMap 0=None|Local|Internet
CorpCheckDisabledReasonMap 1=Corporate configuration is not available|Corporate configuration is not valid
CorpLocationMap 0=OUTSIDE|INSIDE
FamilyMap 0=V4|V6
InternetCapabilityMap 0=false|true|captive portal|255=no data
InternetTestMap 0=HTTP|DNS|passive|255=no data
ProxyInfoSourceMap 0=Unknown|Default Config|WPAD|Manual
StateMap 0=Interface Disconnected|Interface Arrival|Interface NetReady|Local Connectivity|Internet Connectivity|No Corporate Connectivity|Corporate Connectivity|Corporate Location Identifying|Corporate Location Identified
SuspectStateReasonMap 0=None|BadPath|BadPathToProxy|TeredoDown
`,
};
