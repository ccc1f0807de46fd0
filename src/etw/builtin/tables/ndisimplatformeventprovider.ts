// Written by scripts/event-tables.ts; do not edit.
export const NDISIMPLATFORMEVENTPROVIDER = {
  name: 'Microsoft-Windows-NdisImPlatformEventProvider',
  events: `
~ Status:i32 Member:sz TeamNic:sz Adapter:sz PacketFilter
18 :
17,19,20,21,22,24,25,40,46,48 : ~3
2 : ^1 PowerState
8,9,12,16,26,47 : ^1 ~0
3,4,43 : ^1 StatusBufferLength StatusBuffer:bin*StatusBufferLength
13,14 : ~1 ~2 ~0
1 : NetPnpEvent ~1
5,7,15 : Oid ~3 OidBufferLen OidBuffer:bin*OidBufferLen ~0
6 : ^1 ~2 ~1 ~0
34,35 : Team:sz ~1 ~0
31,32,33 : ^1 ~0
36,37,38,39 : ^1 ~2 ~0
41,42 : ~2 BufferLen Buffer:bin*BufferLen
23,27,29 : ^1 ~1
11 : ^2 ~4
28,30 : ^2 ~0
44,45 : ^1 OldValue NewValue
10 : ^1 ~4
`,
  maps: '',
};
