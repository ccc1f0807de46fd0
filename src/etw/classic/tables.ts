/**
 * Classes of classic records, written by the kernel and by tools that merge traces. Layouts are in the notation of
 * builtin/parse.ts, by opcode and version; an unlisted version is read as the highest below it.
 *
 * Sources: the kernel's MOF classes as the Windows SDK documents them (Process_V*_TypeGroup1, Image_V*_Load,
 * Thread_V*_TypeGroup1, EventTrace_Header, SystemConfig_Services), evntrace.h (TRACE_LOGFILE_HEADER), netioapi.h
 * (MIB_IF_ROW2), public listings of kernel structures (ETW_PARTITION_INFORMATION_EVENT, PERFINFO_LOG_TYPE_MARK), and
 * the records of real traces.
 */
export interface ClassicClass {
  readonly name: string;
  /** Event class, lower case. */
  readonly id: string;
  /** Group of the kernel's hook ids; absent: only written under the class GUID. */
  readonly group?: number;
  /** Opcode names, in the notation of value maps. */
  readonly opcodes: string;
  readonly layouts?: string;
}

const TRACE_HEADER = `
0v2 : BufferSize Version:x32 ProviderVersion NumberOfProcessors EndTime:filetime TimerResolution MaximumFileSize
  LogFileMode:x32 BuffersWritten StartBuffers PointerSize EventsLost CpuSpeedInMHz LoggerNamePointer:ptr
  LogFileNamePointer:ptr Bias:i32 StandardName:sz*32 StandardDate:systime StandardBias:i32 DaylightName:sz*32
  DaylightDate:systime DaylightBias:i32 Padding BootTime:filetime PerfFreq:u64 StartTime:filetime ReservedFlags
  BuffersLost LoggerName:sz LogFileName:sz
5v2, 32v2 : GroupMask1:x32 GroupMask2:x32 GroupMask3:x32 GroupMask4:x32 GroupMask5:x32 GroupMask6:x32
  GroupMask7:x32 GroupMask8:x32 KernelEventVersion
80 : EventVersion:u16 Reserved:u16 PartitionType QpcOffsetFromRoot:i64 PartitionId:guid ParentId:guid
`;

/** A user's mark (`xperf -m` and similar tools). */
const MARK = `
34, 36 : Message:sz
`;

const PROCESS = `
1, 2, 3, 4 : ProcessId:ptr ParentId:ptr UserSID:wsid ImageFileName:asz
1v1, 2v1, 3v1, 4v1 : PageDirectoryBase:ptr ProcessId ParentId SessionId ExitStatus:i32 UserSID:wsid
  ImageFileName:asz
1v2, 2v2, 3v2, 4v2 : UniqueProcessKey:ptr ProcessId ParentId SessionId ExitStatus:i32 UserSID:wsid
  ImageFileName:asz CommandLine:sz
1v3, 2v3, 3v3, 4v3, 39v3 : UniqueProcessKey:ptr ProcessId ParentId SessionId ExitStatus:i32 DirectoryTableBase:ptr
  UserSID:wsid ImageFileName:asz CommandLine:sz
1v4, 2v4, 3v4, 4v4, 39v4 : UniqueProcessKey:ptr ProcessId ParentId SessionId ExitStatus:i32 DirectoryTableBase:ptr
  Flags:x32 UserSID:wsid ImageFileName:asz CommandLine:sz PackageFullName:sz ApplicationId:sz
39v5 : UniqueProcessKey:ptr ProcessId ParentId SessionId ExitStatus:i32 DirectoryTableBase:ptr Flags:x32
  UserSID:wsid ImageFileName:asz CommandLine:sz PackageFullName:sz ApplicationId:sz ExitTime:filetime
11, 11v1, 11v2 : ProcessId
`;

const IMAGE = `
2, 3, 4, 10 : ImageBase:ptr ImageSize FileName:sz
2v1, 3v1, 4v1, 10v1 : ImageBase:ptr ImageSize:ptr ProcessId FileName:sz
2v2, 3v2, 4v2, 10v2 : ImageBase:ptr ImageSize:ptr ProcessId ImageChecksum:x32 TimeDateStamp Reserved0
  DefaultBase:ptr Reserved1 Reserved2 Reserved3 Reserved4 FileName:sz
2v3, 3v3, 4v3, 10v3 : ImageBase:ptr ImageSize:ptr ProcessId ImageChecksum:x32 TimeDateStamp SignatureLevel:u8
  SignatureType:u8 Reserved0:u16 DefaultBase:ptr Reserved1 Reserved2 Reserved3 Reserved4 FileName:sz
33v2, 34v2 : Address:ptr
`;

const THREAD = `
1v2, 2v2, 3v2, 4v2 : ProcessId ThreadId StackBase:ptr StackLimit:ptr UserStackBase:ptr UserStackLimit:ptr
  StartAddr:ptr Win32StartAddr:ptr TebBase:ptr SubProcessTag
1v3, 2v3, 3v3, 4v3 : ProcessId ThreadId StackBase:ptr StackLimit:ptr UserStackBase:ptr UserStackLimit:ptr
  Affinity:ptr Win32StartAddr:ptr TebBase:ptr SubProcessTag BasePriority:u8 PagePriority:u8 IoPriority:u8
  ThreadFlags:u8 ThreadName:sz
`;

/** Opcode 37: the result of RtlGetDeviceFamilyInfoEnum; the version is four words, the revision first (observed). */
const SYSTEM_CONFIGURATION = `
32 : InstallTime:filetime BuildLab:sz ProductName:sz
33 : SystemDirectory:sz SystemWindowsDirectory:sz
34 : NtPath:sz
35 : NtPath:sz DosPath:sz
36 : InterfaceLuid:u64 InterfaceIndex InterfaceGuid:guid Alias:sz*257 Description:sz*257 PhysicalAddressLength
  PhysicalAddress:bin*32 PermanentPhysicalAddress:bin*32 Mtu Type TunnelType MediaType PhysicalMediumType
  AccessType DirectionType InterfaceAndOperStatusFlags:u8 Padding:bin*3 OperStatus AdminStatus MediaConnectState
  NetworkGuid:guid ConnectionType Padding2 TransmitLinkSpeed:u64 ReceiveLinkSpeed:u64 InOctets:u64 InUcastPkts:u64
  InNUcastPkts:u64 InDiscards:u64 InErrors:u64 InUnknownProtos:u64 InUcastOctets:u64 InMulticastOctets:u64
  InBroadcastOctets:u64 OutOctets:u64 OutUcastPkts:u64 OutNUcastPkts:u64 OutDiscards:u64 OutErrors:u64
  OutUcastOctets:u64 OutMulticastOctets:u64 OutBroadcastOctets:u64 OutQLen:u64
37 : Revision:u16 Build:u16 Minor:u16 Major:u16 DeviceFamily DeviceForm
`;

/** MOF class SystemConfig_Services: a service and the process that it runs in. */
const SYSTEM_CONFIG = `
15v2 : ProcessId ServiceState SubProcessTag ServiceName:sz DisplayName:sz ProcessName:sz
`;

export const CLASSIC_CLASSES: readonly ClassicClass[] = [
  {
    name: 'EventTrace',
    id: '68fdd900-4a3e-11d1-84f4-0000f80464e3',
    group: 0x00,
    opcodes:
      '0=Header|5=HeaderExtension|8=RundownComplete|32=GroupMasksEnd|48=RundownBegin|RundownEnd|' +
      '64=DbgIdRsds|DbgIdNb10|BuildLab|80=PartitionInfo',
    layouts: TRACE_HEADER,
  },
  {
    name: 'DiskIo',
    id: '3d6fa8d4-fe05-11d0-9dda-00c04fd7ba7c',
    group: 0x01,
    opcodes: '10=Read|Write|ReadInit|WriteInit|FlushBuffers|FlushInit',
  },
  {
    name: 'PageFault',
    id: '3d6fa8d3-fe05-11d0-9dda-00c04fd7ba7c',
    group: 0x02,
    opcodes: '10=TransitionFault|DemandZeroFault|CopyOnWrite|GuardPageFault|HardPageFault|32=HardFault',
  },
  {
    name: 'Process',
    id: '3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c',
    group: 0x03,
    opcodes: '1=Start|End|DCStart|DCEnd|11=Terminate|32=PerfCtr|PerfCtrRundown|39=Defunct',
    layouts: PROCESS,
  },
  {
    name: 'FileIo',
    id: '90cbdc39-4a3e-11d1-84f4-0000f80464e3',
    group: 0x04,
    opcodes:
      '0=Name|32=FileCreate|35=FileDelete|FileRundown|64=Create|Cleanup|Close|Read|Write|SetInfo|Delete|' +
      'Rename|DirEnum|Flush|QueryInfo|FSControl|OperationEnd|DirNotify',
  },
  {
    name: 'Thread',
    id: '3d6fa8d1-fe05-11d0-9dda-00c04fd7ba7c',
    group: 0x05,
    opcodes: '1=Start|End|DCStart|DCEnd|36=CSwitch|50=ReadyThread|72=SetName',
    layouts: THREAD,
  },
  {
    name: 'TcpIp',
    id: '9a280ac0-c8e0-11d1-84e2-00c04fb998a2',
    group: 0x06,
    opcodes:
      '10=SendIPv4|RecvIPv4|ConnectIPv4|DisconnectIPv4|RetransmitIPv4|AcceptIPv4|ReconnectIPv4|Fail|' +
      'TCPCopyIPv4|26=SendIPv6|RecvIPv6|ConnectIPv6|DisconnectIPv6|RetransmitIPv6|AcceptIPv6|ReconnectIPv6|' +
      '34=TCPCopyIPv6',
  },
  { name: 'Job', id: '3282fc76-feed-498e-8aa7-e70f459d430e', group: 0x07, opcodes: '' },
  {
    name: 'UdpIp',
    id: 'bf3a50c5-a9c9-4988-a005-2df0b7c80f80',
    group: 0x08,
    opcodes: '10=SendIPv4|RecvIPv4|17=Fail|26=SendIPv6|RecvIPv6',
  },
  {
    name: 'Registry',
    id: 'ae53722e-c863-11d2-8659-00c04fa321a1',
    group: 0x09,
    opcodes:
      '10=Create|Open|Delete|Query|SetValue|DeleteValue|QueryValue|EnumerateKey|EnumerateValueKey|' +
      'QueryMultipleValue|SetInformation|Flush|KCBCreate|KCBDelete|KCBRundownBegin|KCBRundownEnd|Virtualize|Close',
  },
  {
    name: 'SystemConfig',
    id: '01853a65-418f-4f36-aefc-dc0f1d2fd235',
    group: 0x0b,
    layouts: SYSTEM_CONFIG,
    opcodes: '10=CPU|PhyDisk|LogDisk|NIC|Video|Services|Power|21=IRQ|PnP|25=Platform',
  },
  { name: 'Pool', id: '0268a8b6-74fd-4302-9dd0-6e8f1795c0cf', group: 0x0e, opcodes: '' },
  {
    name: 'PerfInfo',
    id: 'ce1dbfb4-137e-4da6-87b0-3f59aa102cbc',
    group: 0x0f,
    layouts: MARK,
    opcodes:
      '34=Mark|36=AsyncMark|46=SampleProf|51=SysClEnter|SysClExit|66=ThreadedDPC|ISR|DPC|TimerDPC|73=CollectionStart|CollectionEnd',
  },
  { name: 'Object', id: '89497f50-effe-4440-8cf2-ce6b1cdcaca7', group: 0x11, opcodes: '' },
  { name: 'Power', id: 'e43445e0-0903-48c3-b878-ff0fccebdd04', group: 0x12, opcodes: '' },
  {
    name: 'Image',
    id: '2cb15d1d-5fc1-11d2-abe1-00a0c911f518',
    group: 0x14,
    opcodes: '2=UnLoad|DCStart|DCEnd|10=Load|33=KernelBase|HypercallPage',
    layouts: IMAGE,
  },
  {
    name: 'StackWalk',
    id: 'def2fe46-7bd6-4b80-bd94-f57fe20d0ce3',
    group: 0x18,
    opcodes: '32=Stack',
  },
  {
    name: 'ALPC',
    id: '45d8cccd-539f-4b72-a8b7-5c683142609a',
    group: 0x1a,
    opcodes: '33=Send|Receive|WaitForReply|WaitForNewMessage|Unwait',
  },
  {
    name: 'SystemConfiguration',
    id: '9b79ee91-b5fd-41c0-a243-4248e266e9d0',
    opcodes: '32=BuildInfo|SystemPaths|Volume|VolumeMapping|NetworkInterface|DeviceFamily',
    layouts: SYSTEM_CONFIGURATION,
  },
  {
    name: 'ImageId',
    id: 'b3e675d7-2554-4f18-830b-2762732560de',
    opcodes: '0=Info|36=DbgIdRsds|64=FileVersion',
  },
  {
    name: 'EventMetadata',
    id: 'bbccf6c1-6cd1-48c4-80ff-839482e37671',
    opcodes: '32=EventInfo|EventMapInfo',
  },
  {
    name: 'WinSat',
    id: 'ed54dff8-c409-4cf6-bf83-05e1e61a09c4',
    opcodes: '33=WinSPR|35=Metrics|37=SystemConfig',
  },
];
