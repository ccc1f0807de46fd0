// Written by scripts/event-tables.ts; do not edit.
export const HYPER_V_VFPEXT_IFR = {
  name: 'Microsoft-Windows-Hyper-V-VfpExt-Ifr',
  events: `
~ DstPort:port SrcPort:port
1 : PortId Direction:u8 HandShakePacketType:u8 SrcIpv4Addr:ip4 DstIpv4Addr:ip4 ~1 ~0
2 : ^3 SrcIpv6Addr:ip6 DstIpv6Addr:ip6 ~1 ~0
`,
  maps: '',
};
