// Written by scripts/event-tables.ts; do not edit.
export const DNS_CLIENT = {
  name: 'Microsoft-Windows-DNS-Client',
  events: `
~ ClientPID QueryBlob:ptr %Address Context Status InterfaceIndex NetworkIndex QueryResults:sz SendBlob:ptr SendBlobContext:ptr AdapterName:sz ErrorCode ErrorCode:err Location ReferenceContext DestinationPort DirectAccessServerList:sz DnsEncryption DnsQueryOverIPSec DnsSecValidationRequired ErrorBits:h64 Hostname:sz InterfaceCount KeyName:sz LocalAddress:sz ProxyName:sz ProxyType SourcePort Status:err Template:sz
1003=DnsServerValidationSuccess,1004=DnsServerValidationSuccessSystem,1005=DnsServerValidationFailure,1006=DnsServerValidationFailureSystem : ~2
3024 : ActualServer:sz OriginalServer:sz ~4
8003=DnsRegistration,8004=DnsRegistration,8005=DnsRegistration,8006=DnsRegistration,8007=DnsRegistration,8008=DnsRegistration,8009=DnsRegistration,8010=DnsRegistration,8011=DnsRegistration,8012=DnsRegistration,8013=DnsRegistration,8014=DnsRegistration,8015=DnsRegistration,8016=DnsRegistration,8017=DnsRegistration,8018=DnsRegistration,8019=DnsRegistration,8020=DnsRegistration,8021=DnsRegistration,8022=DnsRegistration,8023=DnsRegistration,8024=DnsRegistration,8025=DnsRegistration,8026=DnsRegistration,8027=DnsRegistration,8028=DnsRegistration,8029=DnsRegistration,8030=DnsRegistration,8031=DnsRegistration,8032=DnsRegistration,8033=DnsRegistration,8034=DnsRegistration,8035=DnsRegistration,8036=DnsRegistration,8037=DnsRegistration,8038=DnsRegistration : ~a HostName:sz AdapterSuffixName:sz DnsServerList:sz SentUpdateServer:sz Ipaddress:sz ~c
60007=DnsContextUpdate : ~3 UpdateReasonCode
8040=DnsInterception,8042=DnsInterception : DllName:sz
1009=DnsNonMatchingSuffix,1010=DnsNonMatchingSuffixSystem : DnsSuffix:sz AdSuffix:sz
8001=DnsGenericError,8002=DnsGenericError : ~b
1007=DnsMissingPrimarySuffix,1008=DnsMissingPrimarySuffixSystem,1011=DnsHostFileError,1012=DnsHostFileErrorSystem,60004=DnsNetError : ~c ~d ~3
60103=DnsInterfaceInfo : IfGuid:guid IfIndex IfLuid:h64 ~e
1002=DnsServerQueryChange : Interface:sz ~2
1002v1 : ^2 ~0
1001=DnsServerForInterface : ^1 TotalServerCount Index DynamicAddress:u8@DnsIpTypeMap ~2
1020=DnsReadPolicyTable : ~n ~j ~i ~h ~g RemoteIPSEC RemoteEncryption ~q ~p
1000=DnsNoServerConfigV4,1019=DnsNoServerConfigV6 : ~d ~3
60006=DnsStateTransition : NextState:u8@ut_OpcodeMap ~3
3023 : OperationName:sz Name:sz Flag ~0
1022=DnsSecureNoFallback,1027,3007,3014,3015 : QueryName:sz
1013=DnsAllServersTimeout,1014=DnsAllServersTimeoutSystem,1015=DnsServerTimeout,1016=DnsNameError,1017=DnsAuthoritativeResponse,1024=DnsQueryBadXid,1025=DnsQueryInvalidServerIp : ^1 ~2
1018=DnsLinkLocal : ^2 %DnsAddress
1018v1 : ^3 ~0
1018v2 : ^4 ~8 ~9
1013v1,1014v1,1015v1,1016v1,1017v1,1024v1,1025v1 : ^2 ~0
1016v2,1017v2,1024v2,1025v2 : ^3 ~8 ~9
1022v1,1027v1,3014v1 : ^1 ~0
1022v2,1027v2,3014v2 : ^2 ~1
3009 : ^1 IsParallelNetworkQuery ~6 ~m ~a ~o DNSServerAddress:sz
3009v1 : ^7 ~0
3009v2 : ^8 ~1 ParentBlob:ptr
1021=DnsMatchPolicyInfo : ^1 ~n ~j ~i ~h ~g ~q ~p
1028=DnsMatchPolicyInfo : ^8 GenericServerList:sz IdnConfig
1028v1 : ^10 ~0
1028v2 : ^11 ~1
3012 : ^1 ~6 ~m ~a ~o
3012v1 : ^5 ~0
3012v2 : ^6 ~1
3010 : ^1 QueryType DnsServerIpAddress:sz
3010v1 : ^3 ~0
3011 : ^3 ResponseStatus
3011v1 : ^4 ~0
3011v2 : ^5 ~8 ~9
3019 : ^2 ~5 ~6
3019v1 : ^4 ~0
3019v2 : ^5 ~1
3020 : ^2 ~6 ~5 ~4 ~7
3020v1 : ^6 ~0
3020v2 : ^7 ~1
3000 : ^2 QueryOptions:h64
3002,3004 : ^2 QueryOptions:u64
3016 : ^3 ~5
3016v1 : ^4 ~0
3016v2 : ^5 ~1
3008 : ^3 QueryStatus ~7
3006 : ^3 ServerList:sz IsNetworkQuery NetworkQueryIndex ~5 IsAsyncQuery
3018 : ^3 ~4 ~7
3018v1 : ^5 ~0
3018v2 : ^6 ~1
3005 : ^2 ~4
3003 : ^2 ~s
1026=DnsQueryInvalidQuestion : ^1 ResponseQuestion:sz ~2
1026v1 : ^3 ~0
1026v2 : ^4 ~8 ~9
3013 : ^1 ~4 ~7
3013v1 : ^3 ~0
3013v2 : ^4 ~1
1023=DnsPolicySystemReadError,60008=DnsPolicyReadError : RuleName:sz ~c
8049 : Server:sz ~l Error:sz ~k
8047 : ^2 ~b
8044 : ^1 NameQuery:sz InterfaceName:sz ~l ~0
8043 : ^3 ~t ~0
8048 : ^1 ~t Error:sz ~k
8046 : ^1 TemplateName:sz ~b
8045 : ^2 StatusCode
60101=DnsV4Tuple : SourceAddress:ip4 ~r DestinationAddress:ip4 ~f Protocol ~e
60102=DnsV6Tuple : SourceAddress:ip6 ~r DestinationAddress:ip6 ~f Protocol ~e
3001 : ~s
8050@28000 : Status:u64
8050,8051 : SystemCallDisable ExtensionPointDisable DynamicCode ControlFlowGuard BinarySignature FontDisable ImageFlow ChildProcess EnforcementKey
60005=DnsNetWarning : WarningCode:err ~d ~3
`,
  maps: `
DnsIpTypeMap 0=static|dynamic
ut_OpcodeMap 180=Start State|End State|Closed State|Open State|Connect State|Listen State|Association State|Authentication State|Established State
`,
};
