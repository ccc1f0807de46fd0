// Written by scripts/event-tables.ts; do not edit.
export const TUNNELDRIVER = {
  name: 'Microsoft-Windows-TunnelDriver',
  events: `
~ ErrorCode InterfaceIndex NTStatus:err TunnelType
1004,1005,1009,1019 :
1016 : Index ~3
1006,1008,1010,1011,1012,1013 : ~1
1015 : ^1 ~0 ReadError@TUNNEL_ETW_LOGGING_ReadError_ValueMap
1003@10586 : ^1 Forwarding@TUNNEL_ETW_LOGGING_YesNo_ValueMap WeakHostReceive
1014 : ^1 MediaStatus@TUNNEL_ETW_LOGGING_MediaStatus_ValueMap
1003 : ^1 YesorNo@TUNNEL_ETW_LOGGING_YesNo_ValueMap
1023 : IpAddrV6Length LocalIPv4Address:ip4 RemoteIPv4Address:ip4 LocalIPv6:ip6*IpAddrV6Length RemoteIPv6:ip6*IpAddrV6Length ~2
1020 : ^1 LocalIpv6Address:ip6*IpAddrV6Length RemoteIPv6Address:ip6*IpAddrV6Length
1022 : ~2
1027 : ProcessID:u64 FilterID:u64 FlowHandle:h64
1021 : SourceIPv4Address:ip4 DestinationIPv4Address:ip4 SourcePort:u16 DestinationPort:u16
1018 : TeredoFlowTuple@TUNNEL_ETW_LOGGING_FlowType_ValueMap
1001 : ~3 ~0 TunnelReasonCode
1017 : ^1 Index InterfaceOperation@TUNNEL_ETW_LOGGING_InterfaceOp_ValueMap
1007 : ^1 ~1
1026 : ^2 DroppedNblCount
1025 : ^1 OffloadedNblCount ReturnedNblCount
1024 : ^1 TunnelInterfaceIndex IPv4Address:ip4 YesorNo ~1
1002 : TunnelType@TUNNEL_ETW_LOGGING_DriverEntry_ValueMap ~0
1000 : TunnelType@TUNNEL_ETW_LOGGING_TunnelType_ValueMap Index
`,
  maps: `
TUNNEL_ETW_LOGGING_DriverEntry_ValueMap 0=NBL Library failed to initialize|Miniport Driver failed to register|3=Connectivity Platform failed to initialize|6=Stack expansion failed to initialize|Tunnel Driver loaded successfully
TUNNEL_ETW_LOGGING_FlowType_ValueMap 0=Invalid|IPv4|IPv6
TUNNEL_ETW_LOGGING_InterfaceOp_ValueMap 0=halted|paused|restarted|shutdown
TUNNEL_ETW_LOGGING_MediaStatus_ValueMap 0=unknown|connected|disconnected
TUNNEL_ETW_LOGGING_ReadError_ValueMap 0=NDIS configuration|sub type|type|address length|link local address
TUNNEL_ETW_LOGGING_TunnelType_ValueMap 0=None|Other|Direct|11=6TO4|13=ISATAP|TEREDO|IP HTTPS
TUNNEL_ETW_LOGGING_YesNo_ValueMap 0=not
`,
};
