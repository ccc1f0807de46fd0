// Written by scripts/event-tables.ts; do not edit.
export const WINDOWS_FIREWALL_WITH_ADVANCED_SECURITY = {
  name: 'Microsoft-Windows-Windows Firewall With Advanced Security',
  events: `
~ ModifyingUser:sid ModifyingApplication:sz ErrorCode RuleStatus SchemaVersion:u16 EmbeddedContext:sz Flags:u16 Origin Profiles Active:u16 NumSuites SuitesBinaryLength LocalAddresses:sz RemoteAddresses:sz RemoteMachineAuthorizationList:sz RemoteUserAuthorizationList:sz VMCreatorId:guid Action CryptoSuites:bin*SuitesBinaryLength LocalOnlyMapped:u16 LocalPorts:sz LooseSourceMapped:u16 Protocol:u16 RemotePorts:sz SettingValue:bin*SettingValueSize SettingValueSize StoreType EdgeTraversal:u16 Endpoint1:sz Endpoint2:sz IPsecPhase PreviousAddresses:sz RuleName:sz SecurityOptions:u16 UpdatedAddresses:sz Action@WFAction_ValueMap Addresses:sz AddressesToUpdate:sz AllDomainProxies:sz Append:u16 ApplicationPath:sz ApplyAuthZ:u16 AuthSetFlags AuthenticationSuites:bin*SuitesBinaryLength AutoResolve:u16 BypassTunnelIfEncrypted:u16 Direction ErrorCode:hr GPIsAuthoritative IsDTM:u16 Keyword:sz MMParentRuleId:sz NoIPSecOnOutbound:u16 Phase1AuthSetId:sz PortName:sz Protocol:u16@Protocol_ValueMap RuleID:sz SettingType SettingValueDisplay:sz SettingValueString:sz SwitchName:sz TimeOutMinutes TimeOutSessions
2008 :
2039 : ChangeType AllProxies:sz ~12 GPConfiguredDomainProxies:sz GPConfiguredLocalProxies:sz AllDANat64Proxies:sz ~1c
2041 : ^1 Capability@NetIsoCapabilityType_ValueMap Profile IPRangeDefinition:sz
2040 : ChangeType@NetIsoSubnetsChangeType_ValueMap ~12 GPConfiguredDomainSubnets:sz AllDANat64DomainSubnets:sz ~1c
2043 : ComponentName:sz ~2
2000 : CurrentProfile@WFProfileType_ValueMap SAIdleTime PresharedKeyEncoding@WFPSK_ValueMap IPSecExempt@WFIPSecExempt_ValueMap CrlCheck@WFCRL_ValueMap IPSecThroughNAT@IPSecThroughNAT_ValueMap PolicyVersionSupported:h32 PolicyVersion:h32 BinaryVersionSupported:h32 DisableStatefulFTP@Enabled_Disabled_Inv_ValueMap GroupPolicyApplied@YesNo_ValueMap ~e ~f EnableAuditMode:h32
2103,2107 : ~2
2087 : ^1 ActivityGUID:guid ~1o ~1i
2085,2086 : ^4 ~g InterfaceGUID:guid PartitionGUID:guid Constrained:u16
2045 : ^1 Id
2046 : ^2 ~13 ~v ~11 ~y
2044 : ^2 ~1e ~10 ~18
2049 : ^1 Id:guid
2050 : ^2 ~13 ~v ~11 ~y
2048 : ^2 ~1e ~10 ~18
2051 : ^1 PolicyChange
2047 : ^1 ~v ~y
2094 : ^1 RuleOperation ~1k ~q
2102 : ^1 ~q ProfileType ~g ProfileConfig ~0 ~1
2101 : ^5 Value ~0 ~1
2092 : ^2 ~1k ~0 ~1
2090,2091 : ^3 ~w ~g Priority:u16 ~1a ~h ~m ~k ~n ~c ~d ~9 ~0 ~1
2089 : ^2 ~g VMConfig ~0 ~1
2088 : ^4 Value ~0 ~1
2093 : ^1 ~1o ~1i
2096 : ^1 ~g
2095 : ^2 FriendlyName:sz
2009 : ~1b
2038 : ID:sz Name:sz Reason:sz ~3
2036,2037 : ~u ~q ~0 ~1
2074,2075 : ^4 ~2
2010 : InterfaceGuid:guid InterfaceName:sz OldProfile NewProfile
2032 : ~0 ~1
2060 : ^2 ~2
2001 : Profile OpMode@Enabled_Disabled_ValueMap DisableStealthMode BlockAllInbound DisableUnicastResponseToMultiCastBroadCast LogDroppedPackets LogSuccessfulConnections LogIgnoredRules DisableInboundNotifications AllowUserPrefMergeForApps AllowUserPrefMergeForGlobalPorts AllowLocalPolicyMerge AllowIPSecPolicyMerge DefaultOutboundAction@WFAllowBlock_ValueMap DefaultInboundAction RemoteAdministrationEnabled MaxLogFileSize LogFilePath:sz DisabledInterfacesSize DisabledInterfaces:bin*DisabledInterfacesSize DisableStealthModeIPsecSecuredPacketExemption
2082 : ~8 ~1l ~p ~o ~1n ~7 ~0 ~1 ~2
2003 : ^1 SettingType@WFProfileConfigurationType_ValueMap ~p ~o ~1n ~7 ~0 ~1
2100 : ProxyName:sz
2011 : ReasonCode@QU_NotShown_Reason_ValueMap ~14 IPVersion:u8@IPVersion_ValueMap ~m Port:u16 ProcessId ~0
2030 : RuleId:sz ~w ~u ~0 ~1
2067 : ^5 ~2
2006,2014,2018,2022,2026 : ^2 ~0 ~1
2052,2053,2054,2055,2056 : ^4 ~2
2015 : ^2 ~7 ~9 ~m Endpoint1Ports:sz Endpoint2Ports:sz LocalTunnelEndpointV4:ip4 LocalTunnelEndpointV6:ip6 RemoteTunnelEndpointV4:ip4 RemoteTunnelEndpointV6:ip6 ~1h Phase2AuthSetId:sz Phase2CryptoSetId:sz ~h ~8 ~s ~t ~1f ~5 ~6 ~1d ~15 ~19 ~1g ~0 ~1 ~4 ~3
2061,2062,2063 : ^29 ~2
2012,2013 : ^14 Action@WFCSAction_ValueMap ~8 ~s ~t ~1f ~5 ~6 ~1d ~15 ~19 ~1g ~0 ~1 ~4 ~3
2071,2072,2073 : ^3 ~14 ServiceName:sz ~1a ~m ~k ~n ~h ~8 ~c ~d ~e ~f ~5 ~6 ~9 ~r ~l ~x ~0 ~1 ~4 ~3 ~j ~2
2097,2098,2099 : ^26 PolicyAppId:sz ~2
2007 : ^9 ~z ~8 ~c ~d ~e ~f ~5 ~6 ~9 ~r ~l ~x ~0 ~1 ~4 ~3 ~j
2005 : ^6 ~1j ~k ~n ~h ~8 ~c ~d ~e ~f ~5 ~6 ~9 ~r ~l ~x ~0 ~1 ~4 ~3 ~j
2004 : ^5 Direction@WFDir_ValueMap ~1j ~k ~n ~z ~8 ~c ~d ~e ~f ~5 ~6 ~9 EdgeTraversal:u16@EdgeTraversal_ValueMap ~l SecurityOptions:u16@SecurityOptions_ValueMap ~0 ~1 ~4 ~3 ~j
2016,2017,2019 : ^2 ~8 ~s ~t ~1h Phase1CryptoSetId:sz ~6 ~9 ~5 ~7 ~0 ~1 ~4 ~3
2068,2069,2070 : ^15 ~2
2084 : ~w
2104,2105,2106,2108,2109,2110 : ^1 ~2
2021,2023 : SetId:sz SetName:sz ~5 ~7 CryptoSetFlags ~6 ~a ~b ~i ~1p ~1q ~0 ~1 ~4 ~3
2076,2077,2078 : ^15 ~2
2020 : ^5 Flags:u16@WFPhase1CryptoSetFlag_ValueMap ~a ~b ~i ~1p ~1q ~0 ~1 ~4 ~3
2027 : ^5 Pfs ~a ~b ~i ~0 ~1 ~4 ~3
2079,2080,2081 : ^13 ~2
2024,2025 : ^5 Pfs@WFPhase2CryptoSetPfs_ValueMap ~a ~b ~i ~0 ~1 ~4 ~3
2029,2031 : ^2 ~u ~5 ~7 ~16 ~a ~b ~17 ~0 ~1 ~4 ~3
2064,2065,2066 : ^13 ~2
2028 : ^2 IPsecPhase@WFIPsecPhase_ValueMap ~5 ~7 ~16 ~a ~b ~17 ~0 ~1 ~4 ~3
2042 : ~1l ~1b
2083 : ^1 ~p ~o ~1m ~7 ~0 ~1 ~2
2002 : SettingType@WFGlobalConfigurationType_ValueMap ~p ~o ~1m Origin@WFOrigin_ValueMap ~0 ~1
2035 : ~q ~0 ~1
2057,2058,2059 : ^3 ~2
2033,2034 : StoreType@WFStoreType_ValueMap ~0 ~1
`,
  maps: `
EdgeTraversal_ValueMap 0=None|Allow|Defer to application|Defer to user
Enabled_Disabled_Inv_ValueMap 0=Enabled|Disabled
Enabled_Disabled_ValueMap 0=Disabled|Enabled
IPSecThroughNAT_ValueMap 0=Never|Server behind NAT|Server and client behind NAT
IPVersion_ValueMap 0=IPv4|IPv6|Any
NetIsoCapabilityType_ValueMap 0=Internet|PrivateNetwork|DA Remote PrivateNetwork|Proximity
NetIsoSubnetsChangeType_ValueMap 0=Group Policy Change|AD Subnets Change|Subscription Refresh
Protocol_ValueMap 1=ICMP V4|6=TCP|17=UDP|58=ICMP V6|256=Any
QU_NotShown_Reason_ValueMap 2=The application is non interactive|8=The image is block listed|16=The session is inactive|32=An unknown error occurred|64=Inbound notifications are not enabled|128=All Inbound connections are disallowed
SecurityOptions_ValueMap 0=None|Require Authentication|Require Encryption|Require Authentication, Negotiate Encryption|Require Authentication, Allow no encapsulation
WFAction_ValueMap 1=Authenticated IPSec Bypass|Block|Allow
WFAllowBlock_ValueMap 0=Allow|Block
WFCRL_ValueMap 0=Disabled|Check|Enforce
WFCSAction_ValueMap 4=Do not authenticate
WFDir_ValueMap 1=Inbound|Outbound
WFGlobalConfigurationType_ValueMap 2=Current Profile|Disable Stateful FTP|Ignored Disable Stateful PPTP|IPsec SA Idle time|IPsec preshared key encoding|IPsec Exempt|IPsec CRL Check|IPsec Through NAT|Policy Version|Binary Version Supported|Remote Machine Authorization List|Remote User Authorization List
WFIPSecExempt_ValueMap 0=None|NeighborDiscovery|ICMP
WFIPsecPhase_ValueMap 0=Invalid|Phase 1|Phase 2
WFOrigin_ValueMap 1=Local|Group Policy|Dynamic|AutoGenerated|Hardcoded
WFPSK_ValueMap 0=None|UTF8
WFPhase1CryptoSetFlag_ValueMap 0=None|Do Not Skip DH
WFPhase2CryptoSetPfs_ValueMap 0=Invalid|None|MainMode|DHGroup1|DHGroup1|DHGroup14|ECDHP256|ECDHP384|DHGroup24
WFProfileConfigurationType_ValueMap 1=Enable Windows Firewall|Disable Stealth Mode|Windows Firewall Shielded Mode|Disable Unicast Responses to Multicast|Log Dropped Packets|Log Successful Connections|Log Ignored Rules|Maximum Log File Size|Log File Path|Disable Inbound Notifications|13=Allow Local Policy Merge|Allow Local IPsec Policy Merge|Disabled Interfaces|Default Outbound Action|Default Inbound Action
WFProfileType_ValueMap 1=Domain|Private|Private,Domain|Public|Public, Domain|Public, Private|Private,Domain, Public|2147483647=Private,Domain, Public|2147483649=None
WFStoreType_ValueMap 1=Group policy RSOP|Local|WSH Static|WSH Configurable|Dynamic|Group policy
YesNo_ValueMap 0=No|Yes
`,
};
