// Written by scripts/event-tables.ts; do not edit.
export const HOST_NETWORK_MANAGEMENT = {
  name: 'Microsoft-Windows-Host-Network-Management',
  events: `
~ Parameter0:sz Parameter1:sz
1005 : Action:sz Name:sz Detail:sz Result:x32
1001 : ErrorMessage:sz ErrorCode:sz ~0 ~1
1000 : ~0 ~1
`,
  maps: '',
};
