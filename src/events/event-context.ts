import type { EventRecord } from '../etl/index.js';
import {
  BuiltinProviderId,
  dropReasonText,
  type EventSchema,
  type FieldSchema,
  type RawStruct,
  type RawValue,
} from '../etw/index.js';
import type { EventContext } from './event.js';

/** The keys of {@link EventContext} that are read from one field each. */
type FieldKey = Exclude<keyof EventContext, 'Drop'>;

/**
 * Field names of the same facts in different providers (docs/format/network-events.md): PktMon, TCPIP,
 * Hyper-V-VmSwitch, VfpExt, NDIS, WinNat. In the order of the packet comments; if one event has several, the first
 * counts.
 */
const FIELD_NAMES: readonly (readonly [FieldKey, readonly string[]])[] = [
  // BufferAddress: Hyper-V-VmSwitch's name for the NBL pointer (docs/format/packet-events.md).
  ['NBL', ['NBL', 'Nbl', 'NetBufferList', 'PktGroupId', 'BufferAddress']],
  ['PktNumber', ['PktNumber']],
  ['Compartment', ['CompartmentId', 'Compartment', 'InternalCompartmentId', 'ArrivalCompartmentId']],
  [
    'SrcPortId',
    ['SrcPortId', 'SourcePortId', 'SourcevSwitchPort', 'PortId', 'SrcVPortId', 'VPortId', 'vPortId'],
  ],
  ['DstPorts', ['DstPortId', 'ForwardToPortId', 'DestinationPortId', 'DestinationvSwitchPort', 'DstVPortId']],
  ['DropReason', ['DropReason']],
  ['DropLocation', ['DropLocation']],
];

/** Netvsc 18 to 20 (17763 and later): the NBL of a guest's packet, by the name of the field and the event's meaning. */
const NETVSC_NBL = 'Pointer';

/** Which fields of a schema go into the context. */
interface ContextPlan {
  readonly fields: readonly (readonly [key: FieldKey, field: FieldSchema])[];
}

const plans = new WeakMap<EventSchema, ContextPlan | null>();

function planOf(schema: EventSchema): ContextPlan | null {
  const known = plans.get(schema);
  if (known !== undefined) return known;
  const fields = FIELD_NAMES.flatMap(([key, names]): (readonly [FieldKey, FieldSchema])[] => {
    const own = key === 'NBL' && schema.providerId === BuiltinProviderId.netvsc ? [NETVSC_NBL] : names;
    const name = own.find((each) => schema.fields.some((field) => field.name === each));
    const field = schema.fields.find((each) => each.name === name);
    return field === undefined ? [] : [[key, field]];
  });
  const plan = fields.length === 0 ? null : { fields };
  plans.set(schema, plan);
  return plan;
}

/** Hot path. Whether events of this schema have a context at all: few do. */
export const hasContext = (schema: EventSchema): boolean => planOf(schema) !== null;

/**
 * The context of an event.
 *
 * @param values result of readFields
 * @returns undefined if the event has none
 */
export function eventContext(
  schema: EventSchema,
  record: EventRecord,
  values: RawStruct,
  build: number,
): EventContext | undefined {
  const plan = planOf(schema);
  if (plan === null) return undefined;
  const context: { -readonly [Key in keyof EventContext]: EventContext[Key] } = {};
  let isEmpty = true;
  for (const [key, field] of plan.fields) {
    const value = numberOf(values.get(field.name));
    // 0 is no NBL, no port, no compartment and no drop.
    if (value === undefined || value === 0n) continue;
    isEmpty = false;
    switch (key) {
      case 'NBL':
      case 'DropLocation':
        context[key] = `0x${value.toString(16)}`;
        break;
      case 'DstPorts':
        context[key] = [Number(value)];
        break;
      case 'DropReason': {
        const reason = Number(value);
        const text = field.map?.entries.get(reason)?.trim() || builtinReason(record, reason, build);
        if (text !== undefined) context.Drop = text;
        context[key] = reason;
        break;
      }
      default:
        context[key] = Number(value);
    }
  }
  return isEmpty ? undefined : context;
}

const builtinReason = (record: EventRecord, reason: number, build: number): string | undefined =>
  record.providerId === BuiltinProviderId.pktMon ? dropReasonText(reason, build) : undefined;

function numberOf(value: RawValue | undefined): bigint | undefined {
  if (typeof value === 'bigint') return BigInt.asUintN(64, value);
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value >>> 0) : undefined;
}
