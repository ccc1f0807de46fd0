import type { BuiltinTable } from './parse.js';

/** Microsoft-Windows-Ras-NdisWanPacketCapture, builds 10586 to 28000. Notation: see parse.ts. */
export const RAS_NDISWAN: BuiltinTable = {
  name: 'Microsoft-Windows-Ras-NdisWanPacketCapture',
  events: `
5001,5002 : RoutingDomainID:sz RRASUserName:sz FragmentSize Fragment:bin*FragmentSize
5003 : param1:sz
`,
  maps: `

`,
} as const;
