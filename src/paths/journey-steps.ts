import type { EventRecord, UnixTicks } from '../etl/index.js';
import {
  BuiltinProviderId,
  type EventSchema,
  InType,
  type RawStruct,
  type RawValue,
  readFields,
  statusName,
} from '../etw/index.js';
import { formatIp, formatIpv4, formatIpv6, IpProtocol, type SocketEnd } from '../net/index.js';
import { isNatEvent, readNatTranslation } from '../packets/index.js';
import { endpoint, type Flow, protocolName } from './flow.js';

/** Changes of a packet between two appearances, as events state them. */
export type StepKind =
  | 'rule'
  | 'no-rule'
  | 'flow'
  | 'flow-status'
  | 'rewrite'
  | 'encapsulation'
  | 'decapsulation'
  | 'nat-binding'
  | 'nat-session'
  | 'translation'
  | 'endpoint';

/** A step of a packet's journey that an event states: a rule of the Virtual Filtering Platform, or WinNat. */
export interface JourneyStep {
  readonly source: 'VFP' | 'WinNat' | 'HNS';
  /** Event id. */
  readonly event: number;
  readonly kind: StepKind;
  /** One line for people. Names come from the trace, unescaped. */
  readonly text: string;
  /** VFP: the port's number and friendly name, or else its name. */
  readonly portId?: number;
  readonly portName?: string;
  readonly layer?: string;
  readonly group?: string;
  readonly rule?: string;
  /** Type of the rule or the flow: Allow, Block, Nat … */
  readonly action?: string;
  /** NTSTATUS, where it is an error. */
  readonly status?: number;
  /** The packet's flow as {@link flowText} has it; undefined: joined to its packet by processor, port and time. */
  readonly flow: string | undefined;
  /** Rewrite, NAT: the addresses after the step. */
  readonly newFlow?: string;
  /** HNS: GUIDs of the endpoint, port, switch or network that the event is about; lower case. */
  readonly guids?: readonly string[];
  readonly processor: number;
  /** Unix time in 100 ns, upper and lower 32 bits. */
  readonly timeHigh: number;
  readonly timeLow: number;
}

type StepFacts = Omit<JourneyStep, 'source' | 'event' | 'processor' | 'timeHigh' | 'timeLow'>;

/** A flow with its direction, as one text. */
export const flowText = ({ destination, destinationPort, protocol, source, sourcePort }: Flow): string =>
  directedFlow(protocol, [source ?? '', sourcePort], [destination ?? '', destinationPort]);

type End = readonly [address: string, port: number | undefined];

const directedFlow = (protocol: string, source: End, destination: End): string =>
  `${protocol} ${endText(source)} > ${endText(destination)}`;

const endText = ([address, port]: End): string => (port === undefined ? address : endpoint(address, port));

/** Events of Hyper-V-VfpExt by what they state (manifests of 2015 to 26200); names are those of microsoft/SDN. */
const VFP_KINDS: ReadonlyMap<number, StepKind> = new Map<number, StepKind>([
  // V4RuleMatch, V6RuleMatch, V4IcmpRuleMatch, V6IcmpRuleMatch, V4GreRuleMatch.
  ...[101, 102, 103, 104, 105].map((id): [number, StepKind] => [id, 'rule']),
  // V4FlowMatch, V6FlowMatch, V4IcmpFlowMatch, V6IcmpFlowMatch.
  ...[106, 107, 108, 109].map((id): [number, StepKind] => [id, 'flow']),
  // V4FlowStatus, V6FlowStatus, V4IcmpFlowStatus, V6IcmpFlowStatus, V4GreFlowStatus.
  ...[110, 111, 112, 113, 114].map((id): [number, StepKind] => [id, 'flow-status']),
  // V4RuleNoMatch, V6RuleNoMatch, V4IcmpRuleNoMatch, V6IcmpRuleNoMatch, V4GreRuleNoMatch.
  ...[115, 116, 117, 118, 119].map((id): [number, StepKind] => [id, 'no-rule']),
  // L2Rewrite, L4V4Rewrite, L4V6Rewrite.
  ...[151, 152, 153].map((id): [number, StepKind] => [id, 'rewrite']),
  [154, 'encapsulation'],
  [155, 'decapsulation'],
  // V4NatPortBinding, V6NatPortBinding.
  [207, 'nat-binding'],
  [208, 'nat-binding'],
]);

/** Events of Host-Network-Service that name an endpoint, port, switch or network by GUID (manifests of 22621 to 26200). */
const HNS_EVENTS: ReadonlySet<number> = new Set([1004, 1013, 1015, 1040, 1056]);

/** Hot path. Whether {@link readStep} reads the record. */
export const isStepEvent = (record: EventRecord): boolean =>
  record.kind === 'event' &&
  ((VFP_KINDS.has(record.id) && record.providerId === BuiltinProviderId.vfpExt) ||
    isHnsEvent(record) ||
    isNatEvent(record));

const isHnsEvent = (record: EventRecord): boolean =>
  HNS_EVENTS.has(record.id) && record.providerId === BuiltinProviderId.hostNetworkService;

/** Reads a record for which {@link isStepEvent} is true; undefined if it has no port or address. */
export function readStep(record: EventRecord, schema: EventSchema): JourneyStep | undefined {
  const isNat = isNatEvent(record);
  const isHns = !isNat && isHnsEvent(record);
  const read = isNat ? natStep : isHns ? hnsStep : vfpStep;
  const facts = read(record, schema);
  if (facts === undefined) return undefined;
  const ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  record.unixTicks(ticks);
  return {
    source: isNat ? 'WinNat' : isHns ? 'HNS' : 'VFP',
    event: record.id,
    ...facts,
    processor: record.processor,
    ...ticks,
  };
}

/** The text lists the fields: the meaning of most events' parameters is not public. */
function hnsStep(record: EventRecord, schema: EventSchema): StepFacts | undefined {
  const { values } = readFields(schema, record);
  const guids: string[] = [];
  const parts: string[] = [];
  for (const { inType, name } of schema.fields) {
    const value = values.get(name);
    if (value === undefined || typeof value === 'object') continue;
    if (inType === InType.guid && typeof value === 'string') guids.push(value);
    const isCode = inType === InType.hexInt32 && typeof value === 'number';
    parts.push(`${name}=${isCode ? `0x${(value >>> 0).toString(16)}` : String(value)}`);
  }
  if (guids.length === 0) return undefined;
  return { kind: 'endpoint', text: `HNS event ${record.id}: ${parts.join(' ')}`, flow: undefined, guids };
}

function natStep(record: EventRecord, schema: EventSchema): StepFacts | undefined {
  const translation = readNatTranslation(record, schema);
  if (translation === undefined) return undefined;
  const { destination, event, newDestination, newSource, protocol, source, status } = translation;
  const name = protocolName(protocol);
  const flow = directedFlow(name, socketText(source), socketText(destination));
  const newFlow = directedFlow(name, socketText(newSource), socketText(newDestination));
  const isSession = event === 1001;
  const failed = status === 0 ? '' : `, failed: ${statusText(status)}`;
  return {
    kind: isSession ? 'nat-session' : 'translation',
    text: `${isSession ? 'NAT session' : 'NAT'}: ${flow} becomes ${newFlow}${failed}`,
    flow,
    newFlow,
    ...(status !== 0 && { status }),
  };
}

const socketText = ({ at, bytes, length, port }: SocketEnd): End => [formatIp(bytes, at, length), port];

const statusText = (status: number): string =>
  statusName('ntstatus', status) ?? `0x${(status >>> 0).toString(16)}`;

function vfpStep(record: EventRecord, schema: EventSchema): StepFacts | undefined {
  const kind = VFP_KINDS.get(record.id);
  const { values } = readFields(schema, record);
  const portId = values.get('PortId');
  if (kind === undefined || typeof portId !== 'number') return undefined;
  const text = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value : '';
  };
  const portName = text('PortFriendlyName') || text('PortName') || text('PortUniqueName');
  const [layer, group, rule] = [text('LayerId'), text('GroupId'), text('RuleId')];
  const action = mapped(schema, values, 'RuleType') ?? mapped(schema, values, 'FlowType');
  const stated = values.get('Status');
  const status = typeof stated === 'number' && stated !== 0 ? stated : undefined;
  const addresses = addressesOf(values);
  const isPacketFlow = kind !== 'rewrite' && kind !== 'encapsulation' && kind !== 'nat-binding';
  const failed = status === undefined ? '' : `: ${statusText(status)}`;
  const described = describe(kind, { schema, values, text, addresses, layer, group, rule, action });
  return {
    kind,
    text: `VFP port ${portName || portId}: ${described}${failed}`,
    portId,
    ...(portName !== '' && { portName }),
    ...(layer !== '' && { layer }),
    ...(group !== '' && { group }),
    ...(rule !== '' && { rule }),
    ...(action !== undefined && { action }),
    ...(status !== undefined && { status }),
    flow: isPacketFlow ? addresses : undefined,
    ...(kind === 'rewrite' && addresses !== undefined && { newFlow: addresses }),
  };
}

interface VfpFields {
  readonly schema: EventSchema;
  readonly values: RawStruct;
  readonly text: (name: string) => string;
  /** Source and destination, with the protocol where the event has it. */
  readonly addresses: string | undefined;
  readonly layer: string;
  readonly group: string;
  readonly rule: string;
  readonly action: string | undefined;
}

function describe(kind: StepKind, fields: VfpFields): string {
  const { action, addresses, group, layer, rule, schema, text, values } = fields;
  const type = action === undefined ? '' : ` (${action})`;
  const groupText = group === '' ? '' : `, group ${group}`;
  switch (kind) {
    case 'rule':
      return `rule ${rule} of layer ${layer}${groupText} matched${type}`;
    case 'no-rule':
      return `no rule of layer ${layer} matched`;
    case 'flow':
      return `known flow of layer ${layer}${type}`;
    case 'flow-status':
      return 'processed';
    case 'rewrite':
      return addresses === undefined
        ? `MAC addresses are now ${text('SrcMacAddr')} > ${text('DstMacAddr')}`
        : `addresses are now ${addresses}`;
    case 'encapsulation': {
      const key = values.get('GreKey');
      const type = mapped(schema, values, 'EncapType') ?? 'unknown type';
      return `encapsulated (${type}${typeof key === 'number' ? `, key ${key}` : ''}), outer addresses ${addresses ?? ''}`;
    }
    case 'decapsulation':
      return 'decapsulated';
    default: {
      const binding = mapped(schema, values, 'NatPortBindingAction');
      const inside = endOf(values, 'Internal', 'Addr', 'Port');
      const outside = endOf(values, 'External', 'Addr', 'Port');
      return `NAT port binding${binding === undefined ? '' : ` (${binding})`}: ${inside} is ${outside}`;
    }
  }
}

/** The text of a mapped value. */
function mapped(schema: EventSchema, values: RawStruct, name: string): string | undefined {
  const value = values.get(name);
  if (typeof value !== 'number') return undefined;
  const map = schema.fields.find((field) => field.name === name)?.map;
  return map?.entries.get(value)?.trim() ?? String(value);
}

/** `InternalIpv4Addr` and `InternalIpv4Port` and the like. */
function endOf(values: RawStruct, prefix: string, address: string, port: string): string {
  for (const family of ['Ipv4', 'Ipv6']) {
    const text = addressText(values.get(`${prefix}${family}${address}`));
    if (text !== undefined) return endText([text, portOf(values.get(`${prefix}${family}${port}`))]);
  }
  return '';
}

/** The protocol of events of ICMP and GRE is their own; ports are in network order. */
function addressesOf(values: RawStruct): string | undefined {
  const isV6 = values.has('SrcIpv6Addr');
  const source = addressText(values.get(isV6 ? 'SrcIpv6Addr' : 'SrcIpv4Addr'));
  const destination = addressText(values.get(isV6 ? 'DstIpv6Addr' : 'DstIpv4Addr'));
  if (source === undefined || destination === undefined) return undefined;
  const stated = values.get('IpProtocol');
  const protocol = values.has('GreKey') ? IpProtocol.gre : typeof stated === 'number' ? stated : undefined;
  const from: End = [source, portOf(values.get('SrcPort'))];
  const to: End = [destination, portOf(values.get('DstPort'))];
  return protocol === undefined || values.has('EncapType')
    ? `${endText(from)} > ${endText(to)}`
    : directedFlow(protocolName(protocol), from, to);
}

function addressText(value: RawValue | undefined): string | undefined {
  if (typeof value === 'number') {
    return formatIpv4(Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24));
  }
  return value instanceof Uint8Array && value.length === 16 ? formatIpv6(value) : undefined;
}

const portOf = (value: RawValue | undefined): number | undefined =>
  typeof value === 'number' ? ((value & 0xff) << 8) | (value >> 8) : undefined;
