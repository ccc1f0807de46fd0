// Written by scripts/event-tables.ts; do not edit.
export const HOST_NETWORK_SERVICE = {
  name: 'Microsoft-Windows-Host-Network-Service',
  events: `
~ Result:x32 Parameter1:sz Parameter2 Parameter3 Parameter3:sz Parameter4:sz
1060 : Action:sz Name:sz Detail:sz ~0
1040 : EntityType EntityId:guid OperationType ResourceType Settings:sz ~0
1056 : EventString:sz EndpointId:guid NetworkId:guid PolicyType ~0
1054 : GnsId:guid GnsState
1030 : HResult:x32 API
1026 : ^1 Parameter0
1003 : ^1 ~1
1062 : ^1 ServiceOrDriverName:sz
1004 : ^1 SwitchId:guid PortId:guid PortType
1013 : Parameter0:sz Parameter1:guid ~2 Parameter3:x32
1015 : ^2 Parameter2:guid ~3 Parameter4:x32
1012 : Parameter0:x32 Paramete1:sz Paramete2:sz Parameter3:u64
1020 : ^1 Parameter1
1024 : ^2 ~2 ~3 ~5 Parameter5:bool
1025 : ^3 ~4
1006 : ^1 ~1 Paramete3:sz ~5
1000 : ^2 Parameter2:sz
1019 : ^3 Parameter3:bool
1023 : ^3 ~4 Parameter4:bool Parameter5
1055 : Request:sz Entity:sz Id:guid Data:sz RpcAccessLevel
`,
  maps: '',
};
