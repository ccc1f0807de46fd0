// Written by scripts/event-tables.ts; do not edit.
export const KERNEL_PROCESS = {
  name: 'Microsoft-Windows-Kernel-Process',
  events: `
~ ImageName:sz PackageFullName:sz PackageRelativeAppId:sz StatusCode ImageChecksum:h32 SecurityMitigations TimeDateStamp:h32 CreateTime:filetime ImageName:asz ProcessID:pid TimeDateStamp CPUCycleCount:u64 CommitCharge:u64 CommitPeak:u64 ControlFlags ExitTime:filetime Flags@ProcessFlags HandleCount HardFaultCount MandatoryLabel:sid MonitorName:sz ParentProcessID:pid PartitionID ProcessMachine:u16 ProcessTokenElevationType ProcessTokenIsElevated ReadOperationCount ReadTransferKiloBytes SessionID TokenElevationType VolumeName:sz WriteOperationCount WriteTransferKiloBytes
16 :
23=ServerSiloCreateCallbackStart,25=ServerSiloTerminateCallbackStart,26=ServerSiloTerminateCallbackStop : ContainerID:guid JobID ~k
22=JobServerSiloStateChange : ^2 State:u16
24=ServerSiloCreateCallbackStop : ^2 Status:nt ~k
13@14393,14@14393 : ^2 ~3
11=ProcessFreezeStart,12=ProcessFreezeStop : FrozenProcessID:pid
11v1,12v1 : ^1 ~7
5=ImageLoad,6=ImageUnload : ImageBase:ptr ImageSize:ptr ~9 ImageCheckSum ~a DefaultBase:ptr ~0
17=PsDiskIoAttributionStart,18=PsDiskIoAttributionStop : JobID DiskIoAttribution:ptr ~3
19=PsIoRateControlStart,20=PsIoRateControlStop : ^1 IoRateControl:ptr ControlType RateType RateAmount ~3
19v1,20v1 : ^2 MaxIops:u64 MaxBandwidth:u64 MaxTimePercent:u64 ReservationIops:u64 ReservationBandwidth:u64 ReservationTimePercent:u64 CriticalReservationIops:u64 CriticalReservationBandwidth:u64 CriticalReservationTimePercent:u64 ~e ~u ~3
19v2,20v2 : ^11 SoftMaxIops:u64 SoftMaxBandwidth:u64 SoftMaxTimePercent:u64 ~e ~u ~3
13=JobStart,14=JobTerminateStop : JobID:guid JobHandle ~3
21=ThreadWorkOnBehalfUpdate : OldWorkOnBehalfThreadID:tid NewWorkOnBehalfThreadID:tid
2v1 : ~9 ~7 ~f ExitCode ~t ~h ~c ~d ~b ~q ~v ~r ~w ~i ~8
2=ProcessStop : ^8 ~8
1v1 : ^2 ~l ~s Flags ~0
1v2 : ^6 ~4 ~6 ~1 ~2
15=ProcessRundown : ^4 ~g ~0 ~4 ~6 ~1 ~2
1=ProcessStart : ^4 ~0
2v2 : ^1 ProcessSequenceNumber:u64 ~7 ~f ExitCode ~t ~h ~c ~d ~b ~q ~v ~r ~w ~i ~8
1v5 : ^3 ~l ParentProcessSequenceNumber:u64 ~s Flags ~o ~p ~j ~0 ~4 ~a ~1 ~2 ~5 ~m ~n
1v3 : ^12 ~6 ~1 ~2
1v4 : ^15 ~5
15v3 : ^6 ~g ~o ~p ~j ~0 ~4 ~a ~1 ~2 ~5 ~m ~n
15v1 : ^12 ~6 ~1 ~2
15v2 : ^15 ~5
7=CpuBasePriorityChange,8=CpuPriorityChange,9=PagePriorityChange,10=IoPriorityChange : ^1 ThreadID:tid OldPriority:u8 NewPriority:u8
3=ThreadStart,4=ThreadStop : ^2 StackBase:ptr StackLimit:ptr UserStackBase:ptr UserStackLimit:ptr StartAddr:ptr Win32StartAddr:ptr TebBase:ptr
3v1 : ^9 SubProcessTag
4v1 : ^10 CycleTime:h64
27=ProcessInPrivateSet : ProcessName:sz ~9
`,
  maps: `
&ProcessFlags 1=PackageId
`,
};
