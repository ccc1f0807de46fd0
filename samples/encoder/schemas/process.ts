import { ByteWriter } from '../byte-writer.js';
import { perfinfoRecord } from '../records.js';

/** EVENT_TRACE_GROUP_PROCESS << 8 | type, as in the public Process MOF class. */
const HOOKS = { start: 0x0301, end: 0x0302, running: 0x0303, runningAtEnd: 0x0304 } as const;
/** Process_V4_TypeGroup1. */
const VERSION = 4;
/** S-1-5-18, LocalSystem. */
const LOCAL_SYSTEM = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0];

export interface ProcessRow {
  readonly processId: number;
  readonly parentId?: number;
  readonly sessionId?: number;
  /** Latin-1, as the kernel's short name is. */
  readonly imageName: string;
  readonly commandLine?: string;
}

/** A process start, end or rundown record (Process_V4: key, ids, directory table, flags, user, names). */
export function processRecord(
  what: keyof typeof HOOKS,
  process: ProcessRow,
  time: bigint,
  pointerSize: 4 | 8 = 8,
): Uint8Array {
  const data = new ByteWriter()
    .pointer(0xffff_ca86_81a7_8300n, pointerSize)
    .u32(process.processId)
    .u32(process.parentId ?? 0)
    .u32(process.sessionId ?? 0xffff_ffff)
    .u32(0x0103) // ExitStatus: STATUS_PENDING
    .pointer(0x1ad000n, pointerSize)
    .u32(0)
    // TOKEN_USER, then the SID it pointed to.
    .pointer(0xffff_b488_fc9c_dc20n, pointerSize)
    .pointer(0n, pointerSize)
    .bytes(Uint8Array.from(LOCAL_SYSTEM))
    .ansiz(process.imageName)
    .utf16z(process.commandLine ?? '')
    .utf16z('')
    .utf16z('');
  return perfinfoRecord({ hook: HOOKS[what], version: VERSION, time, data: data.take(), pointerSize });
}
