// Written by scripts/event-tables.ts; do not edit.
export const NETWORKING_CORRELATION = {
  name: 'Microsoft-Windows-Networking-Correlation',
  events: `
3001,3002,3003,3004,3005 :
60001,60002,60003 : SourceProvider:guid Context
`,
  maps: '',
};
