import type { BuiltinTable } from './parse.js';

/** Microsoft-Windows-NDIS-PacketCapture, Windows 7 to 11 26H1. Notation: see parse.ts. */
export const NDIS_PACKET_CAPTURE: BuiltinTable = {
  name: 'Microsoft-Windows-NDIS-PacketCapture',
  events: `
1001=EventPacketFragment : MiniportIfIndex LowerIfIndex FragmentSize Fragment:bin*FragmentSize
  GftFlowEntryId:u64 GftOffloadInformation:u64
1002=EventPacketMetadata : MiniportIfIndex LowerIfIndex MetadataSize Metadata:bin*MetadataSize
1003=EventVMSwitchPacketFragment : MiniportIfIndex LowerIfIndex SourcePortId SourcePortName:sz
  SourceNicName:sz SourceNicType:sz DestinationCount Destination{DestinationPortId DestinationPortName:sz
  DestinationNicName:sz DestinationNicType:sz}#DestinationCount FragmentSize Fragment:bin*FragmentSize
  OOBDataSize OOBData:bin*OOBDataSize
1011=EventCaptureRules : RulesCount
1012=EventDriverLoad,1013=EventDriverUnload : FriendlyName:sz UniqueName:sz ServiceName:sz Version:sz
1014=EventLayerLoad,1015=EventLayerUnload : MiniportIfIndex LowerIfIndex MediaType ReferenceContext
1016=EventCaptureRule : RuleId:u8@RuleIdMap Directive:u8@DirectiveMap Length:u16 Value:bin*Length
2001=EventDriverLoadError,2002=EventLayerLoadError : ErrorCode Location Context
2003=EventRuleLoadError : RuleId:u8 Directive:u8 Length:u16 Value:bin*Length
3001=EventStartLayerLoad : PreviousState:u8@ut_OpcodeMap NextState:u8 Location Context
3002=EventEndLayerLoad : PreviousState:u8 NextState:u8 Location Context
5000=EventRxPacketStart, 5001=EventRxPacketComplete, 5002=EventTxPacketStart, 5003=EventTxPacketComplete :
5100=EventStateRundown : SourceId:u8@mapCaptureSource RundownId Param1:u64 Param2:u64 ParamStr:sz
  Description:sz
5101=EventPktSourceInfo : SourceId:u8 SourceName:sz IfIndex LayerCount:u16 LayerInfo{LayerId
  LayerName:sz}#LayerCount
`,
  maps: `
RuleIdMap 2=FrameControl|MultiLayer|InterfaceIndex|6=EtherType|Source MAC Address|Destination MAC Address|
  Any MAC Address|Source IPv4 Address|Destination IPv4 Address|Any IPv4 Address|Source IPv6 Address|
  Destination IPv6 Address|Any IPv6 Address|IP Protocol|Packet Truncate Bytes|Custom MAC Offset|
  Custom IP Offset
DirectiveMap 0=OFF|LTE|GTE|EQU|MASK|LIST|RANGE|131=NEQ|NMASK|NLIST|NRANGE
ut_OpcodeMap 1=Start State|End State|21=Loading State|Unloading State
mapCaptureSource 0=Undefined|NDIS|VM-Switch|Test
`,
} as const;
