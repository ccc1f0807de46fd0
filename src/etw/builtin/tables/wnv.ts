// Written by scripts/event-tables.ts; do not edit.
export const WNV = {
  name: 'Microsoft-Windows-Wnv',
  events: `
~ VirtualSubnetId Failurereason@CONFIG_VALIDATION_FAILURE_REASON_ValueMap Status:status CustomerMacAddress:mac Packetdirection@PACKET_DIRECTION_ValueMap CustomerIpAddress:asz DestinationCAMacAddress:mac ProviderIpAddress:asz SourceCAMacAddress:mac
1006=WNV_CREATE_LOCATOR_RECORD_EVENT,1007=WNV_DELETE_LOCATOR_RECORD_EVENT,1008=WNV_MODIFY_LOCATOR_RECORD_EVENT : ~5 ~7 ~0 CustomerGuid:guid ~3 UseVmMACAddress:bool Description:sz TranslationMethod@TRANSLATION_METHOD_ValueMap ~1 ~2 ModifyFlags Type@LOCATOR_RECORD_TYPE_ValueMap
1021=WNV_DYNAMIC_IP_ADDRESS_THROTTLED,1022=WNV_DYNAMIC_IP_ADDRESS_THRESHOLD : ^1 ~0 ~3 MaxDynamicIPAddressCount CurrentDynamicIPAddressCount
1001=WNV_CREATE_VIRTUAL_ROUTE_EVENT,1002=WNV_DELETE_VIRTUAL_ROUTE_EVENT,1003=WNV_MODIFY_VIRTUAL_ROUTE_EVENT,1017=WNV_CREATE_PHYSICAL_ROUTE_EVENT,1018=WNV_DELETE_PHYSICAL_ROUTE_EVENT,1019=WNV_MODIFY_PHYSICAL_ROUTE_EVENT : DestinationPrefix:sz PrefixLength NexthopAddress:sz RoutingDomainId:guid ~0 Metric ~1 ~2
1020=WNV_DYNAMIC_LOCATOR_RECORD_EVENT : EventType@DYNAMIC_LOCATOR_RECORD_EVENT_ValueMap ~5 ~0 ~3 ~7 IsLocalCA:bool InGatewayMode:bool Unusable:bool Unsynchronized:bool
1004=WNV_CREATE_LOCATOR_ADDRESS_EVENT_V0,1005=WNV_DELETE_LOCATOR_ADDRESS_EVENT_V0,1016=WNV_MODIFY_LOCATOR_ADDRESS_EVENT_V0 : LocatorAddress:asz OnlinkPrefixLength InterfaceLuid:u64 VlanID:u16 ~1 ~2
1004v1=WNV_CREATE_LOCATOR_ADDRESS_EVENT,1005v1=WNV_DELETE_LOCATOR_ADDRESS_EVENT,1016v1=WNV_MODIFY_LOCATOR_ADDRESS_EVENT : ^6 ProviderMacAddress:mac
1009=WNV_REGISTER_NOTIFICATION_EVENT : Notificationtype@NOTIFICATION_ValueMap ~1 ~2
1015=WNV_IPSEC_UPLOAD_SA : Reason@IPSEC_UPLOAD_SA_REASON_ValueMap
1014=WNV_IPSEC_OFFLOAD_FAILURE : SourceAA:sz DestinationAA:sz Failurereason@IPSEC_OFFLOAD_FAILURE_REASON_ValueMap
1013=WNV_IPSEC_OID_TRANSLATION : ^2 SourcePA:sz DestinationPA:sz SPI
1023=WNV_ADDRESS_RESOLUTION_PACKET : SourceAddress:asz DestinationAddress:asz TargetAddress:asz Packettype@ADDRESS_RESOLUTION_TYPE_ValueMap Packetaction@PACKET_ACTION_TYPE_ValueMap SourceMacAddress:mac ~0 CASpace:bool ~4
1012=WNV_PACKET_DROP_EVENT : SourceCA:asz DestinationCA:asz SourcePA:asz DestinationPA:asz Dropreason@PACKET_DROP_REASON_ValueMap Frametype@PACKET_FRAME_TYPE_ValueMap TransportProtocol:u8 ~8 ~6 ~4 ~0 GreEncap:bool
1010=WNV_PACKET_PROCESSING_LOOKUP_FAILURE_EVENT,1011=WNV_PACKET_PROCESSING_LOOKUP_SUCCESS_EVENT : SourceIPinPacket:asz DestinationIPinPacket:asz SourceIPinRecord:asz DestinationIPinRecord:asz CustomerNextHopIpAddress:asz ProviderNextHopIpAddress:asz Lookupfailure@PACKET_PROCESSING_LOOKUP_FAILURE_ValueMap ~4 ~8 ~6 SourceCAMacAddressinRecord:mac DestinationCAMacAddressinRecord:mac OuterSourceIP:asz OuterDestinationIP:asz ~0
`,
  maps: `
PACKET_ACTION_TYPE_ValueMap 0=Drop|Unicast|PassThrough|IntraVsidBroadcast|Respond
PACKET_DIRECTION_ValueMap 0=Inbound|Outbound
PACKET_DROP_REASON_ValueMap 1=MTU exceeded|No policy|ARP/Neighbor discovery failed|Unsupported ethernet frame type|Malformed packet|IP checksum invalid|Internal error|TTL/Hop limit expired while forwarding
PACKET_FRAME_TYPE_ValueMap 2048=IPv4|2054=ARP|34525=IPv6
PACKET_PROCESSING_LOOKUP_FAILURE_ValueMap 0=Source locator record missing|Destination locator record missing|Virtual route missing|Physical route missing|Translation method mismatch|Source CA:PA mismatch|Destination CA:PA mismatch|Source CA:Mac mismatch|Destination CA:Mac mismatch|Destination CA on-link|Internal failure|Destination not unicast|UseExternalRouter first lookup
`,
};
