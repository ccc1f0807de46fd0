import {
  EventFlags,
  type EventRecord,
  ExtendedType,
  formatGuid,
  type LimitLog,
  NO_ID,
  type UnixTicks,
} from '../etl/index.js';
import {
  classicName,
  type EventData,
  type EventSchema,
  eventData,
  formatMessage,
  hasStatusText,
  jsonText,
  KERNEL,
  type MetadataDetail,
  omittedData,
  type ProviderNames,
  readFields,
  type SchemaStore,
} from '../etw/index.js';
import type { ProcessTable } from '../host/index.js';
import type { SidecarEvent } from './event.js';
import { eventContext, hasContext } from './event-context.js';
import type { JsonBytes } from './json-bytes.js';
import { compilePlain, type PlainPayload, writePlain } from './plain-payload.js';
import { TimeText } from './time.js';

/** EVENT_HEADER.ActivityId (docs/format/etl-container.md, "Records"). */
const ACTIVITY_AT = 64;
const GUID_SIZE = 16;
const NO_GUID = '00000000-0000-0000-0000-000000000000';
const GUID_TEXT = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

const encoder = new TextEncoder();
const TIME = encoder.encode('{"time":"');
const AFTER_FRAME = encoder.encode('","afterFrame":');
const PID = encoder.encode(',"pid":');
const TID = encoder.encode(',"tid":');
const CPU = encoder.encode(',"cpu":');
const ACTIVITY = encoder.encode(',"activityId":"');

/** Facts about a trace that the events need besides their records. */
export interface EventSurroundings {
  readonly schemas: SchemaStore;
  readonly providers: ProviderNames;
  readonly processes: ProcessTable;
  /** OS build of the traced machine; 0 if unknown. */
  readonly build: number;
  /** How embedded schemas and maps and the performance assessment are shown; default: in short. */
  readonly metadata?: MetadataDetail;
  /** Counts events whose text would be too long. */
  readonly limits?: LimitLog;
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
  readonly bytes: Uint8Array;
}

/** Kinds of events without a schema that are remembered. */
const MAX_SHAPES = 4096;

/** Providers without schemas that are counted apart; a hostile trace may have one for each record. */
const MAX_UNDECODED = 1000;
const OTHER_PROVIDERS = 'others';

/** Writes the records of one trace as events. */
export class EventWriter {
  readonly #around: EventSurroundings;
  readonly #time = new TimeText();
  readonly #ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  readonly #shapes = new WeakMap<EventSchema, Shape>();
  readonly #shapesWithoutSchema = new Map<string, Shape>();
  readonly #plans = {
    4: new WeakMap<EventSchema, PlainPayload | null>(),
    8: new WeakMap<EventSchema, PlainPayload | null>(),
  };
  readonly #end: string;
  /** Whether the last event's data are omitted. */
  #isOmitted = false;
  /** Events that {@link write} wrote without a schema, by provider. */
  readonly undecoded = new Map<string, number>();
  /** Events that {@link write} wrote up to a field that their manifest does not locate, by manifest, event and field. */
  readonly partlyDecoded = new Map<string, number>();

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
    try {
      return this.#json(schema, record, afterFrame, damage);
    } catch (error) {
      // The engine's limits: the length of a string, the depth of calls.
      if (!(error instanceof RangeError) || schema === undefined) throw error;
      return this.#json(schema, record, afterFrame, damage, omittedData(schema, record));
    }
  }

  #json(
    schema: EventSchema | undefined,
    record: EventRecord,
    afterFrame: number,
    damage?: string,
    omitted?: EventData,
  ): string {
    const data = omitted ?? eventData(schema, record, this.#around.metadata);
    const { json, origin, truncated } = data;
    let text = `{"time":"${this.#time.of(record)}","afterFrame":${afterFrame}${this.#shapeOf(schema, record).text}`;
    text += this.#ids(record);
    if (
      schema !== undefined &&
      omitted === undefined &&
      (schema.message !== undefined || hasStatusText(schema) || hasContext(schema))
    ) {
      const { values } = readFields(schema, record);
      const context = eventContext(schema, record, values, this.#around.build);
      if (context !== undefined) text += `,"context":${jsonText(context)}`;
      text += `,"data":${json}`;
      if (truncated) text += ',"truncated":true';
      const message = formatMessage(schema, values);
      if (message !== undefined) {
        text += `,"message":${jsonText(message.text)}`;
        if (message.fullLength !== undefined) text += `,"messageLength":${message.fullLength}`;
      }
    } else {
      text += truncated ? `,"data":${json},"truncated":true` : `,"data":${json}`;
    }
    this.#isOmitted = data.omitted === true;
    if (this.#isOmitted) text += ',"omitted":true';
    text += `,"schema":"${origin}"`;
    if (damage !== undefined) text += `,"damage":${jsonText(damage)}`;
    return text + this.#end;
  }

  /** Hot path. {@link json}, appended as bytes. */
  write(record: EventRecord, afterFrame: number, damage: string | undefined, out: JsonBytes): void {
    const start = out.length;
    if (damage === undefined && record.kind === 'event' && this.#writePlain(record, afterFrame, out)) return;
    out.length = start;
    this.noteUndecoded(record);
    const text = this.json(record, afterFrame, damage);
    if (this.#isOmitted) this.#around.limits?.add('eventsOmitted');
    out.text(text);
  }

  /**
   * Counts an event that has no schema, or one that stops before the payload does. Only events: manifests do not describe
   * records of the kernel or of WPP.
   */
  noteUndecoded(record: EventRecord): void {
    if (record.kind !== 'event') return;
    const schema = this.#around.schemas.locate(record);
    if (schema === undefined) {
      countBounded(this.undecoded, record.providerId);
    } else if (schema.stop !== undefined) {
      const { id, providerId, providerName, stop, version } = schema;
      const event = `${providerName ?? providerId} event ${id} version ${version}`;
      countBounded(this.partlyDecoded, `${stop.source}: ${event}, field ${stop.field}`);
    }
  }

  /** @returns false, with part of it written, for events that are not plain; see {@link compilePlain} */
  #writePlain(record: EventRecord, afterFrame: number, out: JsonBytes): boolean {
    const schema = this.#around.schemas.locate(record);
    if (schema === undefined) return false;
    const plan = this.#planOf(schema, record);
    if (plan === undefined) return false;
    out.raw(TIME);
    this.#time.write(record, out);
    out.raw(AFTER_FRAME);
    out.decimal(afterFrame);
    out.raw(this.#shapeOf(schema, record).bytes);
    this.#writeIds(record, out);
    if (!writePlain(plan, record, out)) return false;
    out.ascii(',"schema":"');
    out.ascii(schema.origin);
    out.ascii('"');
    out.ascii(this.#end);
    return true;
  }

  #planOf(schema: EventSchema, { pointerSize }: EventRecord): PlainPayload | undefined {
    const plans = this.#plans[pointerSize];
    const known = plans.get(schema);
    if (known !== undefined) return known ?? undefined;
    const isPlain = !hasContext(schema) && !hasStatusText(schema) && schema.stop === undefined;
    const plan = isPlain ? compilePlain(schema, pointerSize) : undefined;
    plans.set(schema, plan ?? null);
    return plan;
  }

  /** One event as an object: {@link json}, parsed, so that there is one reading of a record and not two. */
  describe(record: EventRecord, afterFrame: number, damage?: string): SidecarEvent {
    const event: SidecarEvent = JSON.parse(this.json(record, afterFrame, damage));
    return event;
  }

  #shapeOf(schema: EventSchema | undefined, record: EventRecord): Shape {
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
      return known;
    }
    const shape = this.#shape(schema, record);
    if (record.kind === 'event') {
      if (schema !== undefined) this.#shapes.set(schema, shape);
      else if (this.#shapesWithoutSchema.size < MAX_SHAPES) this.#shapesWithoutSchema.set(providerId, shape);
    }
    return shape;
  }

  #shape(schema: EventSchema | undefined, record: EventRecord): Shape {
    const { id, keywordHigh, keywordLow, level, opcode, providerId, task, version } = record;
    const shape = { providerId, id, version, level, opcode, task, keywordLow, keywordHigh };
    const text = members(this.#kindMembers(schema, record));
    return { ...shape, text, bytes: encoder.encode(text) };
  }

  /**
   * Members from the record's header, in the order of the file; undefined if this kind of record does not have them.
   */
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

  /** {@link #ids} of an event, as bytes. */
  #writeIds(record: EventRecord, out: JsonBytes): void {
    const { processId, threadId } = record;
    if (processId !== NO_ID) {
      out.raw(PID);
      out.decimal(processId);
    }
    if (threadId !== NO_ID) {
      out.raw(TID);
      out.decimal(threadId);
    }
    out.raw(CPU);
    out.decimal(record.processor);
    const name = this.#processName(record);
    if (name !== undefined) out.text(`,"process":${jsonText(name)}`);
    if (hasActivity(record)) {
      out.raw(ACTIVITY);
      out.guid(record.bytes, record.offset + ACTIVITY_AT);
      out.ascii('"');
    }
    if (record.flags & EventFlags.extendedInfo) out.ascii(extendedIds(record));
  }

  #processName(record: EventRecord): string | undefined {
    const { processes } = this.#around;
    if (processes.isEmpty || record.processId === NO_ID) return undefined;
    const ticks = this.#ticks;
    record.unixTicks(ticks);
    return processes.nameAt(record.processId, ticks.timeHigh, ticks.timeLow);
  }

  /** From `pid` to `containerId`. */
  #ids(record: EventRecord): string {
    const { processId, threadId } = record;
    let text = '';
    if (processId !== NO_ID) text += `,"pid":${processId}`;
    if (threadId !== NO_ID) text += `,"tid":${threadId}`;
    text += `,"cpu":${record.processor}`;
    const name = this.#processName(record);
    if (name !== undefined) text += `,"process":${jsonText(name)}`;
    if (record.kind !== 'event') return text;
    if (hasActivity(record)) text += `,"activityId":"${record.activityId}"`;
    return record.flags & EventFlags.extendedInfo ? text + extendedIds(record) : text;
  }
}

/** Counts under a key, or under {@link OTHER_PROVIDERS} once there are too many. */
function countBounded(counts: Map<string, number>, name: string): void {
  const key = counts.size >= MAX_UNDECODED && !counts.has(name) ? OTHER_PROVIDERS : name;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function hasActivity({ offset, view }: EventRecord): boolean {
  const at = offset + ACTIVITY_AT;
  return (
    (view.getUint32(at) | view.getUint32(at + 4) | view.getUint32(at + 8) | view.getUint32(at + 12)) !== 0
  );
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

/** The event's own name; otherwise task and opcode, as Windows shows it. */
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
    .map(([name, value]) => `,${jsonText(name)}:${jsonText(value)}`)
    .join('');
}
