// Written by scripts/event-tables.ts; do not edit.
export const HYPER_V_NETVSC = {
  name: 'Microsoft-Windows-Hyper-V-Netvsc',
  events: `
~ $MiniportName Status:nt $VfAdapterName Status VfSerialNumber failureReason ClientContext:ptr DropReason@NVSC_DROP_REASON_VALUEMAP IfIndex LastContext:bool LowestIfIndex Pointer:ptr CorrelationId:h64 Direction MsgStatus UniqueEventValue VfDatapathActive:bool VfMacAddress:mac VmDataPathActive:u8
3=RndisMPInit,6=RndisStatusChange,7=RndisStatusChange,8=RndisStatusChange,9=RndisStatusChange,10=RndisStatusChange,11=RndisStatusChange,12=RndisStatusChange,13=RndisStatusChange,14=RndisStatusChange : ~0
5=RndisMPInit : ^1 $SubkeyName ~1
4=RndisMPInit,15@18362 : ^1 ~1 ~f
1=ProtocolNegotiate,2=ProtocolNegotiate : $Version ~1
46,47,48 : ~2
34=PdApi,35=PdApi,36=PdApi : ~6 ContextId Flags
29=SfaApi,30=SfaApi,31=SfaApi,32=SfaApi,33=SfaApi : ^2 RuleId ForwardToPortId Flags FailureReason ~e ~9
19=SfaApi : ^5 FailureReason@NVSC_SFA_API_FAILURE_REASON_VALUEMAP ~e ~9
18=SfaApi,20=SfaApi,21=SfaApi,22=SfaApi,23=SfaApi,24=SfaApi,25=SfaApi,26=SfaApi,28=SfaApi : ^5 ~9
19@17763=,20@17763= : ~d ~b ~c ~8
62 : IoControlCode:h32
63 : ^1 IoctlVersion ~1 IoctlInputElementCount
66 : IoctlCode ~3
61 : IoctlControlCode ~1
59 : MiniportName:sz ~4 VfAssociated:bool ~g ~h
64,65 : ~b ~1
27=SfaApi : SfaEnabled:bool ~6
15=MicroportInit,49,69,73 : ~3
74 : ^1 ~f
35@10586 : ~1 ~6
18@17763= : ^1 ~d ~7 ~b ~c ~8
17 : ^1 ~7
44,45 : ^1 NdkEnabled:bool ~0
43 : ^1 NetEvent ~5 ~0
38@15063 : ^1 NetEvent@NVSC_NDK_PNP_EVENT_VALUEMAP ~5 ~0
16 : ^1 Operation@NVSC_PACKET_OPERATION_VALUEMAP ~7 ~0
41,42 : ^1 RequestHandled:bool ~8 ~0 ~2
55 : ^1 ~4
57 : ^2 ~a ~0
53 : ^2 ~i ~2 ~0
51 : ^2 ~5
38=NdkPnPEvent : ^1 ~5
37=NdkOpenAdapter : ^1 failureReason@NVSC_OPEN_NDK_FAILURE_REASON_VALUEMAP ~0
39=VfBindAdapter : ^1 failureReason@NVSC_SRIOV_VF_FAILURE_REASON_VALUEMAP ~4 ~a ~0
40 : Task@NVSC_LOW_MEMORY_TASK_MAP MemoryRequired
70 : VfLocationPath:sz ~3
67,68,71,72 : ~h ~3
60 : ^1 ~g RequestMacAddress:mac ~1
52,56 : ~4 ~2
58 : ^1 ~a ~0
50=VfBindAdapter : ^2 NdkState ~0
54 : ^1 ~i ~2 ~0
`,
  maps: `
NVSC_DROP_REASON_VALUEMAP 0=Unknown|Packet was dropped at microport|Adapter is halting|Out of memory for the frame|Too many packets outstanding|VF adapter is not running|Adapter is paused|MDL conversion failed|Out of memory for the context|Device removed or never up|No VMBUS packets available|Out of memory for the message|VMBus send failed
NVSC_LOW_MEMORY_TASK_MAP 0=Unknown|Status indication object allocation|Status indication buffer allocation
NVSC_NDK_PNP_EVENT_VALUEMAP 0=Unknown NDK PnP event|13=NDK enable PnP event|NDK disable PnP event
NVSC_OPEN_NDK_FAILURE_REASON_VALUEMAP 0=Unknown.|Invalid parameters.|5=Insufficient resources.
NVSC_PACKET_OPERATION_VALUEMAP 0=Unknown|sent from|received by
NVSC_SFA_API_FAILURE_REASON_VALUEMAP 0=Unknown|3=A client is already registered|Attempt to notify VSP failed|SFA is not enabled|Client not registered|Max contexts exceeded|Failed to allocate VMBus message|Failed to send VMBus message|11=Host responded with error
NVSC_SRIOV_VF_FAILURE_REASON_VALUEMAP 0=Unknown.|Insufficient system resources.|Cannot open VF adapter.|Cannot retrieve VF serial number.|VF MTU mismatch.|Invalid VF device state.|VF media disconnected.|8=Cannot set VF packet filter.
`,
};
