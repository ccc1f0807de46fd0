import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { flowOwnerText, type SourceName } from '../host/index.js';
import {
  type DropJson,
  dropJson,
  type MatchKind,
  type NameLookup,
  offloadText,
  UNKNOWN,
} from '../packets/index.js';
import { type Ending, endingOf, type FactsOf } from './ending.js';
import { endpoint, type Flow } from './flow.js';
import type { HopLocation } from './hop-location.js';
import type { JourneyStep, StepKind } from './journey-steps.js';
import { edgeName, endName } from './names.js';
import type { Hop, PacketPath } from './packet-path.js';

/** Names of numbers in packets, by host. */
export interface PathNames {
  readonly factsOf: FactsOf;
  readonly namesOf: (host: number) => NameLookup;
}

/**
 * A hop as JSON. Facts of the packet have the keys of the packet comments; all other members are lowerCamelCase. Members
 * without a value are absent; times since another hop are in seconds.
 */
export interface HopJson extends Partial<DropJson> {
  /** The appearance's position in its packet's journey, in time order, from 1. */
  readonly Hop: number;
  /** How the appearance was matched to its packet; absent on the first one. */
  readonly Match?: MatchKind;
  /** Another packet would have matched as well. */
  readonly ambiguous?: true;
  /** The packet's number in the pcapng of a conversion without filters. */
  readonly frame: number;
  /** ISO 8601, UTC, seven decimals. */
  readonly time: string;
  readonly sinceFirst: number;
  /** 0 if the clocks of two processors differ by more than the hop took. */
  readonly sincePrevious: number;
  readonly interface: string;
  readonly CPU: number;
  readonly Dir?: string;
  readonly Appearance?: number;
  readonly Component?: string;
  readonly ComponentId?: number;
  readonly Edge?: number;
  readonly edgeName?: string;
  readonly VlanId?: number;
  readonly VSID?: number;
  readonly Compartment?: number;
  readonly SrcPortId?: number;
  readonly SrcNicType?: string;
  readonly SrcNicName?: string;
  readonly SrcPortName?: string;
  /** Friendly name of the virtual NIC. */
  readonly nic?: string;
  readonly vSwitch?: string;
  readonly DstNicCount?: number;
  readonly DstPorts?: readonly number[];
  readonly protocol: string;
  /** Address and port: `10.0.0.4:443`. */
  readonly source?: string;
  readonly destination?: string;
  readonly detail?: string;
  readonly length: number;
  /** Image name of the process in whose context the appearance was logged. */
  readonly Process?: string;
  /** The process that owns the flow: `chrome.exe(4321)`. */
  readonly Owner?: string;
  readonly TeamMember?: string;
  /** `checksum`, `lso` …, with commas. */
  readonly Offload?: string;
}

/** An event about the packet: a rule of VFP, a session or translation of WinNat. */
export interface JourneyStepJson {
  readonly source: JourneyStep['source'];
  readonly event: number;
  readonly kind: StepKind;
  /** ISO 8601, UTC, seven decimals. */
  readonly time: string;
  /** Negative where the event was logged before the first appearance. */
  readonly sinceFirst: number;
  readonly CPU: number;
  readonly text: string;
  readonly portId?: number;
  readonly portName?: string;
  readonly layer?: string;
  readonly group?: string;
  readonly rule?: string;
  /** Type of the rule or flow: Allow, Block, Nat … */
  readonly action?: string;
  /** NTSTATUS of an error, hexadecimal. */
  readonly status?: string;
  /** Protocol, source and destination after the step. */
  readonly newFlow?: string;
}

/** The outcome of a path. */
export interface PathOutcomeJson {
  readonly kind: Ending['kind'];
  /** `delivered`: the destination. */
  readonly to?: string;
}

/** The outcome of one packet. */
export interface PacketOutcomeJson extends PathOutcomeJson, Partial<DropJson> {
  /** The location of the delivery, drop or last appearance. */
  readonly location: string;
  readonly frame: number;
  /** `last-seen`: edges of that component at which the packet did not appear. */
  readonly unseenEdges?: readonly string[];
}

/** The path of one packet as JSON. */
export interface PathJson {
  readonly format: 'etlcap-path';
  readonly formatVersion: 1;
  readonly packetSource: SourceName;
  readonly NBL?: string;
  readonly PktNumber?: number;
  /** The packet's number: its identity. */
  readonly Packet: number;
  /** The number of the whole that this packet is a part of. */
  readonly Parent?: number;
  /** The numbers of the parts that this packet was split into or joined from. */
  readonly Parts?: readonly number[];
  /** True if appearances were matched by content: inferred, not recorded. */
  readonly inferred: boolean;
  /** For some appearances, another packet would have matched as well. */
  readonly ambiguous?: true;
  /** Present if the path was closed early, with the limit that was reached: it may continue as another path. */
  readonly closedEarly?: 'hops' | 'memory';
  readonly firstFrame: number;
  /** ISO 8601 of the first hop. */
  readonly time: string;
  /** From the earliest hop to the latest, in seconds. */
  readonly duration: number;
  readonly Compartment?: number;
  readonly protocol: string;
  /** Address and port at the hop nearest to the endpoint. */
  readonly source?: string;
  readonly destination?: string;
  readonly detail?: string;
  /** The process that owns the flow, from the first hop that has one. */
  readonly Owner?: string;
  readonly hops: readonly HopJson[];
  /** Events about the packet, in time order. */
  readonly steps: readonly JourneyStepJson[];
  readonly outcome: PacketOutcomeJson;
}

/** Ticks of 100 ns in seconds, to the seventh decimal: the number nearest to it prints no more of them. */
export const secondsOf = (ticks: number): number => Math.round(ticks) / 1e7;

const hex = (value: number): string => `0x${value.toString(16)}`;
const hex64 = (high: number, low: number): string =>
  high === 0 ? hex(low) : `${hex(high)}${low.toString(16).padStart(8, '0')}`;

/** A number that may be UNKNOWN, as a member. */
const some = <K extends string>(key: K, value: number): { readonly [P in K]?: number } | object =>
  value === UNKNOWN ? {} : { [key]: value };

const text = <K extends string>(
  key: K,
  value: string | undefined,
): { readonly [P in K]?: string } | object => (value === undefined || value === '' ? {} : { [key]: value });

/** `10.0.0.4:443` of a flow's source and destination. */
export function endpointsOf(flow: Flow): Pick<HopJson, 'destination' | 'source'> {
  const { destination, destinationPort, source, sourcePort } = flow;
  if (source === undefined || destination === undefined) return {};
  return {
    source: sourcePort === undefined ? source : endpoint(source, sourcePort),
    destination: destinationPort === undefined ? destination : endpoint(destination, destinationPort),
  };
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The members that depend on the hop location, and those that depend on the flow. */
type HopLocationJson = Omit<
  HopJson,
  | 'Hop'
  | 'Match'
  | 'ambiguous'
  | 'frame'
  | 'time'
  | 'sinceFirst'
  | 'sincePrevious'
  | 'length'
  | 'CPU'
  | 'protocol'
  | 'Process'
  | 'Owner'
  | 'TeamMember'
  | 'Offload'
>;
type FlowJson = Pick<HopJson, 'protocol' | 'source' | 'destination' | 'detail'>;

/** Repeated parts of hops, by their source. */
interface Parts {
  readonly hopLocations: WeakMap<HopLocation, HopLocationJson>;
  readonly flows: WeakMap<Flow, FlowJson>;
}

const partsOf = new WeakMap<PathNames, Parts>();

/** Hot path where all packets are listed. */
export function pathJson(path: PacketPath, names: PathNames): PathJson {
  const parts = partsOf.get(names) ?? { hopLocations: new WeakMap(), flows: new WeakMap() };
  partsOf.set(names, parts);
  const timeOf = pathClock(path.ticks);
  const { flow } = path.inner;
  return {
    format: 'etlcap-path',
    formatVersion: 1,
    packetSource: path.source,
    ...(path.hasNbl && { NBL: hex64(path.nblHigh, path.nblLow) }),
    ...some('PktNumber', path.packetNumber),
    Packet: path.packet,
    ...(path.parent !== 0 && { Parent: path.parent }),
    ...(path.parts.length > 0 && { Parts: path.parts }),
    inferred: path.inferred,
    ...(path.ambiguous && { ambiguous: true }),
    ...(path.cut !== undefined && { closedEarly: path.cut }),
    firstFrame: path.firstFrame,
    time: timeOf(0),
    duration: secondsOf(path.duration),
    ...some('Compartment', path.compartment ?? UNKNOWN),
    protocol: flow.protocol,
    ...endpointsOf(flow),
    ...text('detail', flow.detail),
    ...ownerJson(path),
    hops: path.hops.map((_, at) => hopJson(path, at, names, parts, timeOf)),
    steps: path.steps.map((step) => stepJson(step, path, timeOf)),
    outcome: outcomeJson(path, names),
  };
}

function stepJson(step: JourneyStep, path: PacketPath, timeOf: (since: number) => string): JourneyStepJson {
  const { action, event, group, kind, layer, newFlow, portId, portName, processor, rule, source, status } =
    step;
  const since = path.ticksSinceFirst(step);
  return {
    source,
    event,
    kind,
    time: timeOf(since),
    sinceFirst: secondsOf(since),
    CPU: processor,
    text: step.text,
    ...(portId !== undefined && { portId }),
    ...(portName !== undefined && { portName }),
    ...(layer !== undefined && { layer }),
    ...(group !== undefined && { group }),
    ...(rule !== undefined && { rule }),
    ...(action !== undefined && { action }),
    ...(status !== undefined && { status: hex(status >>> 0) }),
    ...(newFlow !== undefined && { newFlow }),
  };
}

function ownerJson({ hops }: PacketPath): { readonly Owner?: string } {
  const owner = hops.find((hop) => hop.owner !== undefined)?.owner;
  return owner === undefined ? {} : { Owner: flowOwnerText(owner) };
}

const TICKS_PER_SECOND = 10_000_000;

/** Returns a function that converts ticks since a path's first hop to ISO 8601. */
function pathClock(ticks: bigint): (since: number) => string {
  const first = Number(ticks / BigInt(TICKS_PER_SECOND));
  const fraction = Number(ticks % BigInt(TICKS_PER_SECOND));
  return (since) => {
    const total = fraction + since;
    const seconds = first + Math.floor(total / TICKS_PER_SECOND);
    return `${secondText(seconds)}.${String(total % TICKS_PER_SECOND).padStart(7, '0')}Z`;
  };
}

let lastSecond = Number.NaN;
let lastSecondText = '';

/** `2024-06-10T20:18:35`; consecutive packets often have the same second. */
function secondText(seconds: number): string {
  if (seconds !== lastSecond) {
    lastSecond = seconds;
    lastSecondText = isoTime(BigInt(seconds) * BigInt(TICKS_PER_SECOND) + UNIX_EPOCH_AS_FILETIME).slice(
      0,
      -9,
    );
  }
  return lastSecondText;
}

function hopJson(
  path: PacketPath,
  at: number,
  names: PathNames,
  parts: Parts,
  timeOf: (since: number) => string,
): HopJson {
  const hop = path.hops[at] ?? path.last;
  const { flow, since, hopLocation } = hop;
  let hopLocationPart = parts.hopLocations.get(hopLocation);
  if (hopLocationPart === undefined) {
    hopLocationPart = hopLocationJson(hopLocation, names);
    parts.hopLocations.set(hopLocation, hopLocationPart);
  }
  let flowPart = parts.flows.get(flow);
  if (flowPart === undefined) {
    flowPart = {
      protocol: flow.protocol,
      ...endpointsOf(flow),
      ...text('detail', flow.detail),
    };
    parts.flows.set(flow, flowPart);
  }
  const json: Mutable<HopJson> = {
    Hop: hop.number,
    frame: hop.frame,
    time: timeOf(since),
    sinceFirst: secondsOf(since),
    sincePrevious: secondsOf(Math.max(0, since - (path.hops[at - 1]?.since ?? since))),
    ...hopLocationPart,
    CPU: hop.processor,
    ...flowPart,
    length: hop.length,
  };
  if (hop.match !== undefined) json.Match = hop.match;
  if (hop.ambiguous) json.ambiguous = true;
  if (hop.appearance !== UNKNOWN) json.Appearance = hop.appearance;
  if (hop.vlanId !== UNKNOWN) json.VlanId = hop.vlanId;
  if (hop.vsid !== UNKNOWN) json.VSID = hop.vsid;
  if (hop.compartment !== UNKNOWN) json.Compartment = hop.compartment;
  if (hop.process !== undefined) json.Process = hop.process;
  if (hop.owner !== undefined) json.Owner = flowOwnerText(hop.owner);
  if (hop.teamMember !== undefined) json.TeamMember = hop.teamMember;
  if (hop.offload !== 0) json.Offload = offloadText(hop.offload);
  return hopLocation.dropped ? { ...json, ...hopDropJson(hop, path.host, names) } : json;
}

function hopLocationJson(
  { destinations, directionText, edgeId, host, captureLocation }: HopLocation,
  names: PathNames,
): HopLocationJson {
  const facts = names.factsOf(captureLocation, host);
  return {
    interface: facts.interface,
    ...text('Dir', directionText),
    ...text('Component', facts.component),
    ...some('ComponentId', captureLocation.componentId ?? UNKNOWN),
    ...some('Edge', edgeId),
    ...text('edgeName', facts.edges.get(edgeId)),
    ...some('SrcPortId', captureLocation.portId ?? UNKNOWN),
    ...text('SrcNicType', captureLocation.nicType),
    ...text('SrcNicName', captureLocation.nicName),
    ...text('SrcPortName', captureLocation.portName),
    ...text('nic', facts.nic),
    ...text('vSwitch', facts.vSwitch),
    ...(destinations.length > 0 && {
      DstNicCount: destinations.length,
      DstPorts: destinations.map(({ portId }) => portId),
    }),
  };
}

const hopDropJson = (
  { dropLocation, dropReason, hopLocation }: Hop,
  host: number,
  names: PathNames,
): object => (hopLocation.dropped ? dropJson(dropReason, dropLocation, names.namesOf(host)) : {});

/** The outcome shared by all packets that took a path. */
export const pathOutcomeJson = (ending: Ending): PathOutcomeJson => ({
  kind: ending.kind,
  ...(ending.kind === 'delivered' && { to: deliveredText(ending) }),
});

function outcomeJson(path: PacketPath, names: PathNames): PacketOutcomeJson {
  const ending = endingOf(path, names.factsOf);
  const { hop } = ending;
  const facts = names.factsOf(hop.hopLocation.captureLocation, path.host);
  return {
    ...pathOutcomeJson(ending),
    location: endName(hop.hopLocation, facts),
    frame: hop.frame,
    ...(ending.kind === 'last-seen' && {
      unseenEdges: ending.unseenEdges.map((edge) => edgeName(edge, facts)),
    }),
    ...hopDropJson(hop, path.host, names),
  };
}

function deliveredText({ hop, to }: Extract<Ending, { kind: 'delivered' }>): string {
  if (to !== 'port') return to;
  const ports = hop.hopLocation.destinations.map(({ portId }) => portId);
  return `${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`;
}
