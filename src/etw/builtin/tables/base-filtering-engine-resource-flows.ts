// Written by scripts/event-tables.ts; do not edit.
export const BASE_FILTERING_ENGINE_RESOURCE_FLOWS = {
  name: 'Microsoft-Windows-Base-Filtering-Engine-Resource-Flows',
  events: `
~ CloseTime:filetime LocalPort:u16 RemotePort:u16 StartTime:filetime
2004 : ConnectionUsedId:u64 Protocol:u8 RemoteIPAddress:ip4 LocalIPAddress:ip4 ~2 ~1 ~3
2005 : ^7 ~0
2002 : ^2 RemoteIPAddress:ip6 LocalIPAddress:ip6 ~2 ~1 ~3
2003 : ^7 ~0
`,
  maps: '',
};
