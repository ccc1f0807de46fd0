// Written by scripts/event-tables.ts; do not edit.
export const BASE_FILTERING_ENGINE_CONNECTIONS = {
  name: 'Microsoft-Windows-Base-Filtering-Engine-Connections',
  events: `
~ LocalIPAddress:sz RemoteIPAddress:sz RemoteMachineAccount:sz RemoteUserAcount:sz StartTime:systime TechnologyProviderKey:guid UserAuthenticationMethod
2001 : ConnectionId:u64 MachineAuthenticationMethod ~2 ~6 ~3 ~1 ~0 ~5 IPsecTrafficMode BytesTransferredInbound:u64 BytesTransferredOutbound:u64 BytesTransferredTotal:u64 ~4 CloseTime:systime
2000 : ^1 MachineAuthenticationMethod@AuthMethod_valueMap ~2 ~6 ~3 ~1 ~0 ~5 IPsecTrafficMode@IPsecTrafficMode_valueMap DHGroup ~4
`,
  maps: `
AuthMethod_valueMap 0=PRESHARED_KEY|CERTIFICATE|KERBEROS|ANONYMOUS|SSL|NTLM_V2|IPV6_CGA|CERTIFICATE_ECDSA_384|CERTIFICATE_ECDSA_384|SSL_ECDSA_P256|SSL_ECDSA_P384|EAP|Max
IPsecTrafficMode_valueMap 0=Transport Mode|Tunnel Mode
`,
};
