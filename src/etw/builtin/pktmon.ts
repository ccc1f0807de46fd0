import type { BuiltinTable } from './parse.js';

/** Microsoft-Windows-PktMon, builds 17763 to 28000. Notation: see parse.ts. */
export const PKTMON: BuiltinTable = {
  name: 'Microsoft-Windows-PktMon',
  events: `
10=DriverEntryFailed : Status
20=ComponentInfo,270,280 : Id:u16 Type:u16@ComponentType Name:sz Description:sz
30=CompPropUint,50=CompPropHex32 : ComponentId:u16 Type:u16@PropertyType Value
40=CompPropGuid : ComponentId:u16 Type:u16@PropertyType Value:guid
60=CompPropNdisMedium : ComponentId:u16 Type:u16@PropertyType Value:u16@NdisMedium
65 : ComponentId:u16 Type:u16@PropertyType IpAddress:ip4
66 : ComponentId:u16 Type:u16@PropertyType IpAddress:ip6
70=CompPropBinary : ComponentId:u16 Type:u16@PropertyType Size Value:bin*Size
73=CompPropString : ComponentId:u16 Type:u16@PropertyType Value:sz
75=CompPropEtherType : ComponentId:u16 Type:u16@PropertyType EtherType:u16
80=PacketDropCounters : ComponentId:u16 DirTagIn:u16@DirectionTag PacketsIn:u64 BytesIn:u64
  DirTagOut:u16@DirectionTag PacketsOut:u64 BytesOut:u64
90=PacketFlowCounters : ComponentId:u16 EdgeName:sz EdgeId:u16 DirTagIn:u16@DirectionTag PacketsIn:u64
  BytesIn:u64 DirTagOut:u16@DirectionTag PacketsOut:u64 BytesOut:u64
100=PktFilterIPv4 : FilterId:u16 FilterName:sz MacAddress1:mac MacAddress2:mac EtherType:u16 VlanId:u16
  IpAddress1:ip4 IpAddress2:ip4 Protocol:u8 Port1:u16 Port2:u16 TCPFlags:u8
110=PktFilterIPv6 : FilterId:u16 FilterName:sz MacAddress1:mac MacAddress2:mac EtherType:u16 VlanId:u16
  IpAddress1:ip6 IpAddress2:ip6 Protocol:u8 Port1:u16 Port2:u16 TCPFlags:u8
120=NblParsedIpv4,140=NblParsedDropIpv4 : DestinationMAC:mac SourceMAC:mac EtherType:u16 VlanId:u16
  DestinationIP:ip4 SourceIP:ip4 Protocol:u8 DestinationPort:u16 SourcePort:u16 TCPFlags:u8 PktGroupId:u64
  PktCount:u16 AppearanceCount:u16 DirTag:u16@DirectionTag PacketType:u16@PacketType ComponentId:u16
  EdgeId:u16 FilterId:u16 DropReason@DropReason DropLocation:x32@DropLocation
130=NblParsedIpv6,150=NblParsedDropIpv6 : DestinationMAC:mac SourceMAC:mac EtherType:u16 VlanId:u16
  DestinationIP:ip6 SourceIP:ip6 Protocol:u8 DestinationPort:u16 SourcePort:u16 TCPFlags:u8 PktGroupId:u64
  PktCount:u16 AppearanceCount:u16 DirTag:u16@DirectionTag PacketType:u16@PacketType ComponentId:u16
  EdgeId:u16 FilterId:u16 DropReason@DropReason DropLocation:x32@DropLocation
160=FramePayload,170=FrameDropPayload,240 : PktGroupId:u64 PktNumber:u16 AppearanceCount:u16
  DirTag:u16@DirectionTag PacketType:u16@PacketType ComponentId:u16 EdgeId:u16 FilterId:u16
  DropReason@DropReason DropLocation:x32@DropLocation OriginalPayloadSize:u16 LoggedPayloadSize:u16
  Payload:bin*LoggedPayloadSize
180=PktNblInfo,190=PktDropNblInfo : PktGroupId:u64 PktNumber:u16 AppearanceCount:u16 DirTag:u16@DirectionTag
  PacketType:u16@PacketType ComponentId:u16 EdgeId:u16 FilterId:u16 DropReason@DropReason
  DropLocation:x32@DropLocation TcpIpChecksum:ptr TcpLargeSend:ptr Ieee8021Q:ptr HashInfo:ptr HashValue:ptr
  VirtualSubnetInfo:ptr TcpRecvSegCoalesceInfo:ptr NrtNameResolutionId:ptr TcpSendOffloadsSupplementalInfo:ptr
  SwitchForwardingDetail:u64 GftOffloadInfo:u64 GftFlowEntryId:u64
180@19041=PktNblInfo,190@19041=PktDropNblInfo : PktGroupId:u64 PktCount:u16 AppearanceCount:u16 DirTag:u16@DirectionTag
  PacketType:u16@PacketType ComponentId:u16 EdgeId:u16 FilterId:u16 DropReason@DropReason
  DropLocation:x32@DropLocation TcpIpChecksum:ptr TcpLargeSend:ptr Ieee8021Q:ptr HashInfo:ptr HashValue:ptr
  VirtualSubnetInfo:ptr TcpRecvSegCoalesceInfo:ptr NrtNameResolutionId:ptr TcpSendOffloadsSupplementalInfo:ptr
  SwitchForwardingDetail:u64 GftOffloadInfo:u64 GftFlowEntryId:u64
200,210 : DirTag:u16@DirectionTag PacketType:u16@PacketType ComponentId:u16 EdgeId:u16 FilterId:u16
  DropReason@DropReason DropLocation:x32@DropLocation DestinationIP:ip4 SourceIP:ip4 Protocol:u8
  DestinationPort:u16 SourcePort:u16 OriginalPayloadSize:u16 LoggedPayloadSize:u16
  Payload:bin*LoggedPayloadSize
220,230 : DirTag:u16@DirectionTag PacketType:u16@PacketType ComponentId:u16 EdgeId:u16 FilterId:u16
  DropReason@DropReason DropLocation:x32@DropLocation DestinationIP:ip6 SourceIP:ip6 Protocol:u8
  DestinationPort:u16 SourcePort:u16 OriginalPayloadSize:u16 LoggedPayloadSize:u16
  Payload:bin*LoggedPayloadSize
250,260 : PktGroupId:u64 PktNumber:u16 AppearanceCount:u16 DirTag:u16@DirectionTag PacketType:u16@PacketType
  ComponentId:u16 EdgeId:u16 FilterId:u16 DropReason@DropReason DropLocation:x32@DropLocation Type:u16
  PktContext:u64
`,
  maps: `
DirectionTag 0=Unspecified|In|Out|Rx|Tx|Ingress|Egress
PacketType 0=Unknown|Ethernet|WiFi|IP|HTTP|TCP|UDP|ARP|ICMP|ESP|AH|L4Payload
ComponentType 1=Ndis|Miniport|Filter|Protocol|VmsVmNic|VmsMiniport|VmsExtMiniport|VmsProtocolNic|NetVsc|HTTP|
  IpInterface|Slbmux|Ipsec|NetCx|HTTPMessage
PropertyType 1=IfIndex|MiniportIfIndex|LowerIfIndex|IfGuid|NdisMedium|PhysAddress|EtherType|OptDataPath|
  NdisObject|VMSwitchName|VmsExtIfIndex|LowestIfIndex|IpAddress|IpIfIndex|Vsid|Vlan|CompartmentId
NdisMedium 0=802_3 (Ethernet)|16=Native802_11 (WiFi)|19=IP (MBB)
`,
} as const;
