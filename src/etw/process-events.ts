import type { EventRecord } from '../etl/index.js';
import { classicSchema } from './classic/index.js';
import { readFields } from './decode.js';
import type { EventSchema, RawStruct } from './schema.js';

const PROCESS_CLASS = '3d6fa8d0-fe05-11d0-9dda-00c04fd7ba7c';
const PROCESS_GROUP = 0x03;
const SYSTEM_CONFIG_CLASS = '01853a65-418f-4f36-aefc-dc0f1d2fd235';
const SYSTEM_CONFIG_SERVICES = 0x0b0f;
/** Opcode under the class GUID. */
const SERVICES = 15;

/** Microsoft-Windows-Kernel-Process: ProcessStart, ProcessStop, ProcessRundown. */
const KERNEL_PROCESS = '22fb2cd6-0e7b-422b-a0c7-2fad1fd0e716';

export type ProcessEventKind = 'start' | 'end' | 'rundown';

/** A process came, went, or was there. */
export interface ProcessEvent {
  readonly kind: ProcessEventKind;
  readonly pid: number;
  /** Absent if the event does not have it. */
  readonly parentPid?: number;
  /** The file's name without its path; absent if the event does not have it. */
  readonly imageName?: string;
}

/** Opcodes of the process class. A rundown at the end of a trace (DCEnd) names who is still there. */
const CLASSIC_KINDS: ReadonlyMap<number, ProcessEventKind> = new Map([
  [1, 'start'],
  [2, 'end'],
  [3, 'rundown'],
  [4, 'rundown'],
  [11, 'end'],
]);

const MANIFEST_KINDS: ReadonlyMap<number, ProcessEventKind> = new Map([
  [1, 'start'],
  [2, 'end'],
  [15, 'rundown'],
]);

/**
 * The process that a record describes: kernel rundown and start and end records, under their class GUID or as hooks,
 * the services of the kernel's configuration with their processes, and the events of Microsoft-Windows-Kernel-Process.
 *
 * @param schemaOf returns the schema of a manifest event; classic records have built-in ones
 * @returns undefined for all other records, and if the payload is too short for a process id
 */
export function processEvent(
  record: EventRecord,
  schemaOf: (record: EventRecord) => EventSchema | undefined,
): ProcessEvent | undefined {
  switch (record.kind) {
    case 'system':
    case 'perfinfo':
      if (record.id === SYSTEM_CONFIG_SERVICES) return serviceEvent(record);
      return record.id >> 8 === PROCESS_GROUP ? classicProcessEvent(record) : undefined;
    case 'classic':
      if (record.providerId === SYSTEM_CONFIG_CLASS && record.opcode === SERVICES)
        return serviceEvent(record);
      return record.providerId === PROCESS_CLASS ? classicProcessEvent(record) : undefined;
    case 'event': {
      const kind = MANIFEST_KINDS.get(record.id);
      if (kind === undefined || record.providerId !== KERNEL_PROCESS) return undefined;
      const schema = schemaOf(record);
      return schema && fromValues(kind, readFields(schema, record).values);
    }
    default:
      return undefined;
  }
}

/** Whether only a schema is missing to read a record with {@link processEvent}. */
export const isProcessEvent = (record: EventRecord): boolean =>
  record.kind === 'event' && record.providerId === KERNEL_PROCESS && MANIFEST_KINDS.has(record.id);

function classicProcessEvent(record: EventRecord): ProcessEvent | undefined {
  const kind = CLASSIC_KINDS.get(record.opcode);
  const schema = kind && classicSchema(record);
  return schema && fromValues(kind, readFields(schema, record).values);
}

/** A service that does not run has no process: id 0. */
function serviceEvent(record: EventRecord): ProcessEvent | undefined {
  const schema = classicSchema(record);
  const event = schema && fromValues('rundown', readFields(schema, record).values);
  return event?.pid === 0 || event?.imageName === undefined ? undefined : event;
}

function fromValues(kind: ProcessEventKind, values: RawStruct): ProcessEvent | undefined {
  const pid = idOf(values, 'ProcessId') ?? idOf(values, 'ProcessID');
  if (pid === undefined) return undefined;
  const parentPid = idOf(values, 'ParentId') ?? idOf(values, 'ParentProcessID');
  const image = values.get('ImageFileName') ?? values.get('ImageName') ?? values.get('ProcessName');
  const imageName = typeof image === 'string' ? image.slice(image.lastIndexOf('\\') + 1) : '';
  return { kind, pid, ...(parentPid !== undefined && { parentPid }), ...(imageName && { imageName }) };
}

/** Process ids are 32 bits; the oldest records write them as pointers. */
function idOf(values: RawStruct, name: string): number | undefined {
  const value = values.get(name);
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(BigInt.asUintN(32, value)) : undefined;
}
