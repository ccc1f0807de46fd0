// Written by scripts/event-tables.ts; do not edit.
export const SEC_WFP = {
  name: 'Microsoft-Windows-SEC-WFP',
  events: `
~ IsBlocked:bool LayerId:u16
4 : ModuleTag RuleId ~1 Action FieldId:u16 MatchType DataType ~0
1v1,2v1,3v1 : ModuleTag:u16 ProcessId:x32 ProcessStartKey:u64 ProcessCreationTime:i64 ~0 Direction IsExistingConnection:bool FilterId:u64 ~1 InterfaceIndex Protocol:u8 %LocalAddress %RemoteAddress
`,
  maps: '',
};
