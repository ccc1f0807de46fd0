import type { BuiltinTable } from './parse.js';

/**
 * Microsoft-Windows-Kernel-Process: the events that tell of processes. Notation: see parse.ts.
 *
 * From the provider's public manifests. The rundown of version 1 is taken to be laid out as the start of version 3.
 */
export const KERNEL_PROCESS: BuiltinTable = {
  name: 'Microsoft-Windows-Kernel-Process',
  events: `
1=ProcessStart : ProcessID CreateTime:filetime ParentProcessID SessionID ImageName:sz
1v1=ProcessStart, 1v2=ProcessStart, 15=ProcessRundown : ProcessID CreateTime:filetime ParentProcessID SessionID Flags
  ImageName:sz ImageChecksum:x32 TimeDateStamp PackageFullName:sz PackageRelativeAppId:sz
1v3=ProcessStart, 1v4=ProcessStart, 15v1=ProcessRundown, 15v2=ProcessRundown : ProcessID ProcessSequenceNumber:u64
  CreateTime:filetime ParentProcessID ParentProcessSequenceNumber:u64 SessionID Flags ProcessTokenElevationType
  ProcessTokenIsElevated MandatoryLabel:sid ImageName:sz ImageChecksum:x32 TimeDateStamp PackageFullName:sz
  PackageRelativeAppId:sz SecurityMitigations
2=ProcessStop : ProcessID CreateTime:filetime ExitTime:filetime ExitCode TokenElevationType HandleCount
  CommitCharge:u64 CommitPeak:u64 ImageName:asz
2v1=ProcessStop : ProcessID CreateTime:filetime ExitTime:filetime ExitCode TokenElevationType HandleCount
  CommitCharge:u64 CommitPeak:u64 CPUCycleCount:u64 ReadOperationCount WriteOperationCount ReadTransferKiloBytes
  WriteTransferKiloBytes HardFaultCount ImageName:asz
2v2=ProcessStop : ProcessID ProcessSequenceNumber:u64 CreateTime:filetime ExitTime:filetime ExitCode
  TokenElevationType HandleCount CommitCharge:u64 CommitPeak:u64 CPUCycleCount:u64 ReadOperationCount
  WriteOperationCount ReadTransferKiloBytes WriteTransferKiloBytes HardFaultCount ImageName:asz
`,
  maps: '',
} as const;
