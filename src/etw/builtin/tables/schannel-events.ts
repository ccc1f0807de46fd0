// Written by scripts/event-tables.ts; do not edit.
export const SCHANNEL_EVENTS = {
  name: 'Microsoft-Windows-Schannel-Events',
  events: `
~ ContextHandle:ptr ReturnValue:x32
257=AcquireCredentialHandleStart,1025=CAPI2CallsStart,1026=CAPI2CallsStop,1027=CAPI2CallsStart,1028=CAPI2CallsStop,1029=CAPI2CallsStart,1030=CAPI2CallsStop,1031=CAPI2CallsStart,1032=CAPI2CallsStop,1033=CAPI2CallsStart,1034=CAPI2CallsStop,1281=PKCryptoStart,1282=PKCryptoStop,1283=PKCryptoStart,1284=PKCryptoStop,1538=FreeCredentialHandleStop,1794=DeleteSecurityContextStop :
770=MemoryAllocationFree : Address:ptr
769=MemoryAllocationAllocate : ^1 AllocationSize:x32
514=AcceptSecurityContextStop : ~0 ~1
1793=DeleteSecurityContextStart : ^1 TargetName:sz
1537=FreeCredentialHandleStart : CredHandle:ptr
513=AcceptSecurityContextStart : ^1 ~0
258=AcquireCredentialHandleStop : ~1
`,
  maps: '',
};
