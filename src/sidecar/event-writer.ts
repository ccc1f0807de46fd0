import {
  EventFlags,
  type EventRecord,
  ExtendedType,
  formatGuid,
  NO_ID,
  type UnixTicks,
} from '../etl/index.js';
import {
  classicName,
  type EventSchema,
  eventData,
  formatMessage,
  readFields,
  type SchemaStore,
} from '../etw/index.js';
import { eventContext, hasContext } from './context.js';
import type { SidecarEvent } from './event.js';
import type { ProcessTable } from './processes.js';
import { KERNEL, type ProviderNames } from './provider-names.js';
import { TimeText } from './time.js';

/** EVENT_HEADER.ActivityId (etl-format.md section 2). */
const ACTIVITY_AT = 64;
const GUID_SIZE = 16;
const NO_GUID = '00000000-0000-0000-0000-000000000000';
const GUID_TEXT = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** What the events of one trace need besides their records. */
export interface EventSurroundings {
  readonly schemas: SchemaStore;
  readonly providers: ProviderNames;
  readonly processes: ProcessTable;
  /** OS build of the traced machine; 0 where unknown. */
  readonly build: number;
  /** Number of the trace where several go into one file. */
  readonly trace?: number;
}

/** The members from `provider` to `keywords`, which the events of one kind share. */
interface Shape {
  readonly providerId: string;
  readonly id: number;
  readonly version: number;
  readonly level: number;
  readonly opcode: number;
  readonly task: number;
  readonly keywordLow: number;
  readonly keywordHigh: number;
  readonly text: string;
}

/** Kinds of events without a schema that are remembered. */
const MAX_SHAPES = 4096;

/** Writes the records of one trace as events (design.md, "What every other event becomes"). */
export class EventWriter {
  readonly #around: EventSurroundings;
  readonly #time = new TimeText();
  readonly #ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  readonly #shapes = new WeakMap<EventSchema, Shape>();
  readonly #shapesWithoutSchema = new Map<string, Shape>();
  readonly #end: string;

  constructor(surroundings: EventSurroundings) {
    this.#around = surroundings;
    this.#end = surroundings.trace === undefined ? '}' : `,"trace":${surroundings.trace}}`;
  }

  /**
   * Hot path. One event as JSON text without line breaks, straight from the record's bytes.
   *
   * @param afterFrame see {@link SidecarEvent.afterFrame}
   * @param damage why a packet event is not a packet
   */
  json(record: EventRecord, afterFrame: number, damage?: string): string {
    const schema = this.#around.schemas.locate(record);
    const { json, truncated } = eventData(schema, record);
    let text = `{"time":"${this.#time.of(record)}","afterFrame":${afterFrame}${this.#shapeText(schema, record)}`;
    text += this.#ids(record);
    if (schema !== undefined && (schema.message !== undefined || hasContext(schema))) {
      const { values } = readFields(schema, record);
      const context = eventContext(schema, record, values, this.#around.build);
      if (context !== undefined) text += `,"context":${JSON.stringify(context)}`;
      text += `,"data":${json}`;
      if (truncated) text += ',"truncated":true';
      const message = formatMessage(schema, values);
      if (message !== undefined) text += `,"message":${JSON.stringify(message)}`;
    } else {
      text += truncated ? `,"data":${json},"truncated":true` : `,"data":${json}`;
    }
    text += `,"schema":"${schema?.origin ?? 'none'}"`;
    if (damage !== undefined) text += `,"damage":${JSON.stringify(damage)}`;
    return text + this.#end;
  }

  /** One event as an object: {@link json}, parsed, so that there is one reading of a record and not two. */
  describe(record: EventRecord, afterFrame: number, damage?: string): SidecarEvent {
    const event: SidecarEvent = JSON.parse(this.json(record, afterFrame, damage));
    return event;
  }

  #shapeText(schema: EventSchema | undefined, record: EventRecord): string {
    const { providerId } = record;
    const known = schema === undefined ? this.#shapesWithoutSchema.get(providerId) : this.#shapes.get(schema);
    if (
      known !== undefined &&
      known.providerId === providerId &&
      known.id === record.id &&
      known.version === record.version &&
      known.level === record.level &&
      known.opcode === record.opcode &&
      known.task === record.task &&
      known.keywordLow === record.keywordLow &&
      known.keywordHigh === record.keywordHigh &&
      record.kind === 'event'
    ) {
      return known.text;
    }
    const shape = this.#shape(schema, record);
    if (record.kind === 'event') {
      if (schema !== undefined) this.#shapes.set(schema, shape);
      else if (this.#shapesWithoutSchema.size < MAX_SHAPES) this.#shapesWithoutSchema.set(providerId, shape);
    }
    return shape.text;
  }

  #shape(schema: EventSchema | undefined, record: EventRecord): Shape {
    const { id, keywordHigh, keywordLow, level, opcode, providerId, task, version } = record;
    const shape = { providerId, id, version, level, opcode, task, keywordLow, keywordHigh };
    return { ...shape, text: members(this.#kindMembers(schema, record)) };
  }

  /** What the header says, in the order of the file; what a kind of record does not have is undefined. */
  #kindMembers(schema: EventSchema | undefined, record: EventRecord): Partial<SidecarEvent> {
    const { id, level, opcode, providerId, task, version } = record;
    switch (record.kind) {
      case 'event': {
        const keywords = (BigInt(record.keywordHigh) << 32n) | BigInt(record.keywordLow);
        return {
          ...present('provider', schema?.providerName || this.#around.providers.nameOf(providerId)),
          providerId,
          ...present('name', schema && nameOf(schema)),
          id,
          version,
          level,
          opcode,
          task,
          keywords: `0x${keywords.toString(16)}`,
        };
      }
      case 'system':
      case 'perfinfo': {
        const known = classicName(record);
        return {
          provider: KERNEL,
          ...present('providerId', known?.classId),
          ...present('name', known && `${known.className}/${known.opcodeName}`),
          id,
          version,
          opcode,
        };
      }
      case 'classic':
      case 'instance': {
        const known = classicName(record);
        return {
          ...present('provider', known?.className ?? this.#around.providers.nameOf(providerId)),
          providerId,
          ...present('name', known?.opcodeName),
          version,
          level,
          opcode,
        };
      }
      case 'message':
        return {
          ...present('provider', this.#around.providers.nameOf(providerId)),
          ...(providerId !== NO_GUID && { providerId }),
          id,
        };
      case 'other':
        return {};
    }
  }

  /** From `pid` to `containerId`. */
  #ids(record: EventRecord): string {
    const { processId, threadId } = record;
    let text = '';
    if (processId !== NO_ID) text += `,"pid":${processId}`;
    if (threadId !== NO_ID) text += `,"tid":${threadId}`;
    text += `,"cpu":${record.processor}`;
    if (!this.#around.processes.isEmpty && processId !== NO_ID) {
      const ticks = this.#ticks;
      record.unixTicks(ticks);
      const name = this.#around.processes.nameAt(processId, ticks.timeHigh, ticks.timeLow);
      if (name !== undefined) text += `,"process":${JSON.stringify(name)}`;
    }
    if (record.kind !== 'event') return text;
    const { offset, view } = record;
    const at = offset + ACTIVITY_AT;
    if (
      (view.getUint32(at) | view.getUint32(at + 4) | view.getUint32(at + 8) | view.getUint32(at + 12)) !==
      0
    ) {
      text += `,"activityId":"${record.activityId}"`;
    }
    return record.flags & EventFlags.extendedInfo ? text + extendedIds(record) : text;
  }
}

function extendedIds(record: EventRecord): string {
  let related: string | undefined;
  let container: string | undefined;
  for (const { bytes, type } of record.extendedItems()) {
    if (type === ExtendedType.relatedActivityId) related ??= guidOf(bytes);
    else if (type === ExtendedType.containerId) container ??= guidOf(bytes);
  }
  let text = '';
  if (related !== undefined) text += `,"relatedActivityId":"${related}"`;
  if (container !== undefined) text += `,"containerId":"${container}"`;
  return text;
}

/** A GUID in sixteen bytes, or as text, which is how some builds write container ids. */
function guidOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < GUID_SIZE) return undefined;
  const guid =
    bytes.length === GUID_SIZE
      ? formatGuid(bytes, 0)
      : GUID_TEXT.exec(String.fromCharCode(...bytes.subarray(0, 80)).toLowerCase())?.[0];
  return guid === NO_GUID ? undefined : guid;
}

/** The event's own name, or what Windows shows in its place: task and opcode. */
function nameOf({ name, opcodeName, taskName }: EventSchema): string | undefined {
  if (name) return name;
  const parts = [taskName, opcodeName].map((part) => part?.trim()).filter((part) => part);
  return parts.length === 0 ? undefined : parts.join('/');
}

const present = <Key extends keyof SidecarEvent>(key: Key, value: string | undefined) =>
  value ? { [key]: value } : {};

/** `,"a":1,"b":2` */
function members(values: Partial<SidecarEvent>): string {
  return Object.entries(values)
    .map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join('');
}
