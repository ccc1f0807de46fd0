/**
 * Microsoft-Windows-NLB-Diagnostic: packets that network load balancing accepted (1) or dropped (2). Only these two
 * layouts are public; the byte order of the ports is not. Notation: see parse.ts.
 */
export const NLB_DIAGNOSTIC = {
  name: 'Microsoft-Windows-NLB-Diagnostic',
  events: `
1, 2 : InterfaceGUID:guid Reason SourceIPLength SourceIP:addr*SourceIPLength DestinationIPLength
  DestinationIP:addr*DestinationIPLength Protocol:u8 Flags:x32 Data:x32 HashSourcePort:u16 HashDestinationPort:u16
  HashProtocol:u16 Bucket:u8 CurrentBucketMap:x64
`,
  maps: '',
} as const;
