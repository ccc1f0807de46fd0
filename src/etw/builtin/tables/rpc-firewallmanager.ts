// Written by scripts/event-tables.ts; do not edit.
export const RPC_FIREWALLMANAGER = {
  name: 'Microsoft-Windows-RPC-FirewallManager',
  events: `
2,3,4 : FilterKey:sz ErrorStatus:sz
`,
  maps: '',
};
