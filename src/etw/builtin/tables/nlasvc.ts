// Written by scripts/event-tables.ts; do not edit.
export const NLASVC = {
  name: 'Microsoft-Windows-NlaSvc',
  events: `
~ ErrorCode:err RetrievedDomain:sz RetrievedForest:sz Addresses:sz Flags@DsGetDcNameFlagsMap SignatureSource
4105=TriggerQuarantineStateChange,4106=TriggerDhcpNotification,4201=GatewayResolutionStart,4202=GatewayResolutionStop,4301=IntranetResolutionStart,4302=IntranetResolutionStop :
4351=ldap_connectStart,4352=ldap_connectStop,4353=ldap_connectFailed,4354=ldap_bindStart,4355=ldap_bindStop,4356=ldap_bindFailed : ~3 DcName:sz TryNumber TryCount ~0
4313=,4313@18990=,4321=,4321@18990=,4322=,4322@18990=,4323=,4323@18990=,4331=,4331@18990=,4332=,4332@18990=,4333=,4333@18990= : DnsSuffix:sz Flags ~0 ~1 ~2
4311=,4311@18990=,4312=,4312@18990= : ^1 ~4 ~0 ~1 ~2
4313@10586=DsGetDcName,4313@19041=DsGetDcName,4321@10586=DsGetDcName,4321@19041=DsGetDcName,4322@10586=DsGetDcName,4322@19041=DsGetDcName,4323@10586=DsGetDcName,4323@19041=DsGetDcName,4331@10586=DsGetDcName,4331@19041=DsGetDcName,4332@10586=DsGetDcName,4332@19041=DsGetDcName,4333@10586=DsGetDcName,4333@19041=DsGetDcName : Flags ~0 ~1 ~2
4311@10586=DsGetDcName,4311@19041=DsGetDcName,4312@10586=DsGetDcName,4312@19041=DsGetDcName : ~4 ~0 ~1 ~2
4101=TriggerMediaConnect,4102=TriggerMediaDisconnect,4407=InterfaceMediaConnect,4408=InterfaceMediaDisconnect,4409=Interface,6101=PerftrackCancel,6102=PerftrackCancel,6103=PerftrackCancel,6104=PerftrackCancel : InterfaceGuid:guid AdapterName:sz
4451=LdapAuthentication : ^1 AuthCapUnlikelyReason@AuthCapUnlikelyReasonMap SpeculativeTimeout
4002=WaitforIdentificationStop : ^1 CurrentOrNextState:u8
4001=WaitforIdentificationStart : ^1 CurrentOrNextState:u8@IdentificationStateMap
4203=GatewayResolutionStart : ^1 GatewayIpAddress:sz
4205=GatewayResolutionFailed : ^2 ~0
4204=GatewayResolutionStop : ^3 NlnsState@NlnsStateMap MacAddrLen:u16 MacAddr:bin*MacAddrLen
4104=TriggerAddressChange : ^1 MibNotificationType
4103=TriggerRouteChange : ^1 MibNotificationType@MibNotificationTypeMap
5001=DhcpStabilized : ^1 NlaState
4261=DhcpStabilized : ^1 NlaState@NlaStableStateMap
4403=Disconnect,4404=Identified,4405=Identified,4410=Identified,4411=Identified : ^1 SignatureLength:u16 Signature:bin*SignatureLength ~5
4401=Identifying,4402=Identified : ^3 SignatureSource@SignatureSourceMap
5002=Identified : ^1 ~5 SignatureCharacteristics
4341=LdapAuthenticationStart,4342=LdapAuthenticationStop,4343=LdapAuthenticationFailed : InterfaceName:sz ~3 TryCount ~0
4251=PluginDataIndication : PluginName:sz EntityName:sz IndicatedRowCount:u16 RowsWithInterfacesIndicatedCount:u16 ?
`,
  maps: `
&DsGetDcNameFlagsMap 1=DS_FORCE_REDISCOVERY|65536=DS_IS_FLAT_NAME|131072=DS_IS_DNS_NAME|1073741824=DS_RETURN_DNS_NAME|2147483648=DS_RETURN_FLAT_NAME
IdentificationStateMap 0=Identifying Network|Identified Network
MibNotificationTypeMap 1=MibAddInstance|MibDeleteInstance
NlaStableStateMap 0=NLA_STABLE_UNKNOWN|NLA_STABLE_STABLE|NLA_STABLE_GAVE_UP|NLA_STABLE_TRYING
NlnsStateMap 0=NlnsUnreachable|NlnsIncomplete|NlnsStale|NlnsDelay|NlnsProbe|NlnsReachable|NlnsPermanent|NlnsMaximum
&SignatureSourceMap 1=NLA_SIGNATURE_SOURCE_UNIDENTIFIED|NLA_SIGNATURE_SOURCE_IDENTIFYING|4=NLA_SIGNATURE_SOURCE_RANDOM|8=NLA_SIGNATURE_SOURCE_GATEWAY_MAC|16=NLA_SIGNATURE_SOURCE_DOMAIN_GUID|32=NLA_SIGNATURE_SOURCE_ROOT_DOMAIN_GUID|64=NLA_SIGNATURE_SOURCE_DOMAIN_NAME|128=NLA_SIGNATURE_SOURCE_FOREST_NAME|256=NLA_SIGNATURE_SOURCE_DNS_SUFFIX|512=NLA_SIGNATURE_SOURCE_LOCAL_INTERFACE_ID|1024=NLA_SIGNATURE_SOURCE_WLAN_SSID|2048=NLA_SIGNATURE_SOURCE_WLAN_PROFILE|4096=NLA_SIGNATURE_SOURCE_WWAN|65536=NLA_SIGNATURE_SOURCE_SECURITY_DOWNGRADE|268435456=NLA_SIGNATURE_SOURCE_PRIVATE|536870912=NLA_SIGNATURE_SOURCE_SECONDARY
`,
};
