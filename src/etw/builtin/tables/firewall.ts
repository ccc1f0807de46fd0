// Written by scripts/event-tables.ts; do not edit.
export const FIREWALL = {
  name: 'Microsoft-Windows-Firewall',
  events: `
6400 : CallerProcessName:sz ProcessId Publisher:sz
`,
  maps: '',
};
