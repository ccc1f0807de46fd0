import {
  type ClockType,
  type EventRecord,
  isoTime,
  LOG_FILE_MODES,
  type TraceHeader,
  UNIX_EPOCH_AS_FILETIME,
} from '../etl/index.js';
import {
  type CaptureLayer,
  type Compartment,
  type Component,
  type FlowCounters,
  type HostInterface,
  type HostModel,
  type InterfaceDescription,
  type IpAddress,
  linkTypeName,
  macText,
  OPER_STATUS,
  type VirtualPort,
} from '../host/index.js';
import type { CorrelationCounts, Packet } from '../packets/index.js';
import type { ConversionOptions, TraceSession } from '../passes/index.js';
import {
  DirectReader,
  DropCounts,
  type DropSummary,
  type Hint,
  hintsOf,
  Interfaces,
  type LossSummary,
  type OpenInput,
  PacketIdentity,
  type PassVisitor,
  type PlaceCounts,
  type ProviderCounts,
  type ProviderSummary,
  prepare,
  type Runtime,
  runPass,
  SeenPackets,
  type TraceSummary,
  Turns,
  traceSummary,
} from '../passes/index.js';

/** The machine that was traced; members that the trace does not tell are absent. */
export interface HostInfo {
  readonly name?: string;
  readonly domain?: string;
  /** Product and build for people: `Windows Server 2022 Datacenter (20348.2461)`. */
  readonly os?: string;
  readonly product?: string;
  /** `10.0.20348.2461` */
  readonly version?: string;
  readonly build: number;
  readonly buildLab?: string;
  /** ISO 8601. */
  readonly installed?: string;
  readonly systemDirectory?: string;
  /** MHz and MiB. */
  readonly processorMhz?: number;
  readonly memory?: number;
  readonly processors: number;
  /** ISO 8601. */
  readonly boot?: string;
  readonly timeZone: {
    /** As Windows stores it: `@tzres.dll,-111` where it was not resolved. */
    readonly name: string;
    /** Local time minus UTC, without daylight saving time. */
    readonly utcOffsetMinutes: number;
  };
}

/** How the trace was taken. */
export interface LoggerInfo {
  readonly name: string;
  /** The file's name on the traced machine. */
  readonly fileName: string;
  /** EVENT_TRACE_*_MODE bits, in words and as they stand. */
  readonly modes: readonly string[];
  readonly modeBits: string;
  /** MiB; absent for no limit. */
  readonly maximumFileSize?: number;
  readonly pointerSize: number;
}

/** Buffers of the file. */
export interface BufferInfo {
  /** Bytes of a buffer in memory when the trace was taken. */
  readonly size: number;
  readonly count: number;
  readonly compressed: number;
  /** As the trace header counts them; 0 where the trace was never closed. */
  readonly written: number;
  /** Processors whose buffers are in the file. */
  readonly processors: number;
}

/** A network interface of the host. */
export interface HostInterfaceInfo {
  readonly ifIndex: number;
  readonly alias: string;
  readonly description: string;
  readonly guid?: string;
  readonly mac?: string;
  /** With prefix lengths where they are known: `10.0.0.4/24`. */
  readonly addresses: readonly string[];
  readonly dns: readonly string[];
  /** Bits per second, decimal. */
  readonly transmitSpeed?: string;
  readonly receiveSpeed?: string;
  /** IF_OPER_STATUS: up, down, … */
  readonly status?: string;
  /** Bytes. */
  readonly mtu?: number;
  /** IANA ifType. */
  readonly type?: number;
  readonly compartment?: number;
  /** Since the interface came up, decimal. */
  readonly counters?: Readonly<Record<string, string>>;
}

/** A place where packets were seen: what the conversion makes an interface of. */
export interface PlaceInfo {
  readonly name: string;
  readonly description?: string;
  /** The packet source: ndis, vswitch, pktmon, ras, wfp. */
  readonly source: string;
  readonly linkType: string;
  readonly packets: number;
  readonly drops: number;
  readonly ifIndex?: number;
  readonly componentId?: number;
  readonly portId?: number;
  readonly portName?: string;
  readonly nic?: string;
  readonly nicName?: string;
  readonly nicType?: string;
  readonly vSwitch?: string;
  readonly vlan?: number;
  readonly vsid?: number;
  readonly compartment?: number;
}

/** What pktmon counted in two directions; the numbers are decimal. */
export interface CountersInfo {
  readonly inTag: string;
  readonly packetsIn: string;
  readonly bytesIn: string;
  readonly outTag: string;
  readonly packetsOut: string;
  readonly bytesOut: string;
}

/** One of pktmon's components. */
export interface ComponentInfo {
  readonly id: number;
  readonly type: string;
  /** The driver: `tcpip.sys`. */
  readonly name: string;
  readonly description: string;
  /** False where it went away while the trace ran. */
  readonly present: boolean;
  readonly properties: readonly { readonly name: string; readonly value: number | string }[];
  readonly edges: readonly { readonly id: number; readonly name: string; readonly counters: CountersInfo }[];
  readonly drops?: CountersInfo;
  readonly vSwitch?: string;
  readonly compartment?: number;
}

export interface CompartmentInfo {
  readonly id: number;
  readonly guid?: string;
  readonly name?: string;
  readonly ifIndexes: readonly number[];
  readonly aliases: readonly string[];
  readonly addresses: readonly string[];
  readonly dns: readonly string[];
}

/** A NIC or port of a virtual switch, as Hyper-V-VmSwitch names it. */
export interface SwitchNameInfo {
  readonly name: string;
  readonly friendlyName: string;
  readonly vSwitch: string;
}

/** What is inside a trace. JSON-ready; times are ISO 8601 in UTC with seven decimals. */
export interface TraceInfo {
  readonly input: string;
  readonly bytes: number;
  readonly host: HostInfo;
  readonly logger: LoggerInfo;
  readonly start: string;
  readonly end?: string;
  /** False where the session was never closed: EndTime is 0. */
  readonly closed: boolean;
  /** From start to end; from start to the last record where the trace was never closed. */
  readonly seconds?: number;
  readonly records: { readonly count: number; readonly first?: string; readonly last?: string };
  /** Ticks a second; 10^7 for system time. */
  readonly clock: { readonly type: ClockType; readonly frequency: number };
  readonly buffers: BufferInfo;
  readonly lost: LossSummary;
  readonly damage: TraceSummary['damage'];
  readonly incomplete: TraceSummary['incomplete'];
  readonly packets: {
    readonly count: number;
    readonly first?: string;
    readonly last?: string;
    readonly drops: readonly DropSummary[];
  };
  /** Which appearances are one packet. */
  readonly identity: CorrelationCounts;
  readonly providers: readonly ProviderSummary[];
  readonly interfaces: readonly HostInterfaceInfo[];
  readonly places: readonly PlaceInfo[];
  readonly components: readonly ComponentInfo[];
  readonly compartments: readonly CompartmentInfo[];
  readonly filters: readonly { readonly id: number; readonly name: string; readonly text: string }[];
  readonly captureSources: readonly {
    readonly kind: string;
    readonly name: string;
    readonly ifIndex: number;
    readonly layers: readonly CaptureLayer[];
  }[];
  readonly switchNics: readonly SwitchNameInfo[];
  readonly switchPorts: readonly SwitchNameInfo[];
  /** Facts that a user may want to act on. */
  readonly hints: readonly Hint[];
}

export type DescribeTraceOptions = Pick<ConversionOptions, 'compartments' | 'onProgress' | 'signal'>;

/**
 * Describes the contents of a trace. Reads it as a conversion does, and writes nothing.
 *
 * @param input stays open
 * @throws ConvertError
 */
export async function describeTrace(
  input: OpenInput,
  options: DescribeTraceOptions,
  runtime: Runtime,
): Promise<TraceInfo> {
  const turns = new Turns(options.signal, runtime.nextTurn);
  const [session] = await prepare([input], new DirectReader(), options, () => false, turns, runtime);
  if (session === undefined) throw new Error('no session for the input');
  const contents = new Contents();
  const { onProgress } = options;
  const identity = new PacketIdentity([session]);
  const providers = await runPass([session], contents, { identity, turns, onProgress });
  return describe(session, contents, providers, identity.counts);
}

/** Counts packets and events. */
class Contents implements PassVisitor {
  readonly drops = new DropCounts();
  readonly seen = new SeenPackets();
  packets = 0;
  #firstHigh = 0;
  #firstLow = 0;
  #lastHigh = 0;
  #lastLow = 0;

  /** When the first and the last packet were seen; nothing where there is none. */
  get packetTimes(): { readonly first?: string; readonly last?: string } {
    if (this.packets === 0) return {};
    return {
      first: unixTime(this.#firstHigh, this.#firstLow),
      last: unixTime(this.#lastHigh, this.#lastLow),
    };
  }

  event(record: EventRecord, session: TraceSession, damage: string | undefined): void {
    if (damage === undefined) session.events.noteUndecoded(record);
  }

  /** Hot path. */
  packet(packet: Packet, session: TraceSession): void {
    this.seen.add(packet);
    if (this.packets === 0) {
      this.#firstHigh = packet.timeHigh;
      this.#firstLow = packet.timeLow;
    }
    this.packets += 1;
    this.#lastHigh = packet.timeHigh;
    this.#lastLow = packet.timeLow;
    if (packet.dropped) this.drops.count(packet, session.names);
  }
}

/** ISO 8601 from the two halves of a Unix time in 100 ns. */
const unixTime = (high: number, low: number): string =>
  isoTime(((BigInt(high) << 32n) | BigInt(low)) + UNIX_EPOCH_AS_FILETIME);

function describe(
  session: TraceSession,
  contents: Contents,
  providers: ProviderCounts,
  identity: CorrelationCounts,
): TraceInfo {
  const { host, survey, trace } = session;
  const { header } = trace;
  const { bytes, closed, damage, end, incomplete, input, lost, start } = traceSummary(session);
  const { firstTime, lastTime, records } = survey;
  const { byPlace } = contents.seen;
  const { times } = session;
  const until = times.end ?? lastTime;
  return {
    input,
    bytes,
    host: hostInfo(host, header),
    logger: loggerInfo(header),
    start,
    ...(end !== undefined && { end }),
    closed,
    ...(until !== undefined && { seconds: Number(until - times.start) / 1e7 }),
    records: {
      count: records,
      ...(firstTime !== undefined && { first: isoTime(firstTime) }),
      ...(lastTime !== undefined && { last: isoTime(lastTime) }),
    },
    clock: { type: header.clockType, frequency: trace.clock.frequency },
    buffers: {
      size: header.bufferSize,
      count: survey.buffers,
      compressed: survey.compressedBuffers,
      written: header.buffersWritten,
      processors: survey.processors,
    },
    lost,
    damage,
    incomplete,
    identity,
    packets: { count: contents.packets, ...contents.packetTimes, drops: contents.drops.summary() },
    providers: providers.summary((id) => session.providerName(id)),
    interfaces: [...host.interfaces.values()].map(interfaceInfo),
    places: new Interfaces([session])
      .ordered(new Set(byPlace.keys()))
      .map((details) => placeInfo(details, byPlace.get(details.place))),
    components: [...host.components.values()].map(componentInfo),
    compartments: [...host.compartments.values()].map(compartmentInfo),
    filters: host.filters,
    captureSources: host.captureSources,
    switchNics: [...host.nics.values()].map(switchNameInfo),
    switchPorts: [...host.ports.values()].map(switchNameInfo),
    hints: hintsOf({
      sessions: [session],
      seen: contents.seen,
      excluded: new SeenPackets(),
      linkTypes: [[...new Set([...byPlace.keys()].map(({ linkType }) => linkTypeName(linkType)))]],
      undecoded: session.events.undecoded,
      furtherCopies: identity.appearances - identity.packets,
      options: {},
    }),
  };
}

function hostInfo({ system, systemText }: HostModel, header: TraceHeader): HostInfo {
  const { buildLab, computerName, domainName, installTime, memory } = system;
  const { processorMhz, product, systemDirectory, version } = system;
  const mhz = processorMhz ?? header.cpuMhz;
  return {
    ...(computerName !== undefined && { name: computerName }),
    ...(domainName !== undefined && { domain: domainName }),
    ...(systemText !== undefined && { os: systemText }),
    ...(product !== undefined && { product }),
    ...(version !== undefined && { version }),
    build: header.build,
    ...(buildLab !== undefined && { buildLab }),
    ...(installTime !== undefined && { installed: isoTime(installTime) }),
    ...(systemDirectory !== undefined && { systemDirectory }),
    ...(mhz > 0 && { processorMhz: mhz }),
    ...(memory !== undefined && { memory }),
    processors: header.processors,
    ...(header.bootTime > 0n && { boot: isoTime(header.bootTime) }),
    timeZone: { name: header.timeZoneName, utcOffsetMinutes: 0 - header.timeZoneBias },
  };
}

function loggerInfo(header: TraceHeader): LoggerInfo {
  const { fileName, logFileMode, loggerName, maximumFileSize, pointerSize } = header;
  return {
    name: loggerName,
    fileName,
    modes: LOG_FILE_MODES.filter(([bit]) => (logFileMode & bit) !== 0).map(([, name]) => name),
    modeBits: `0x${logFileMode.toString(16).padStart(8, '0')}`,
    ...(maximumFileSize > 0 && { maximumFileSize }),
    pointerSize,
  };
}

function interfaceInfo(found: HostInterface): HostInterfaceInfo {
  const { addresses, alias, compartmentId, description, dns, guid, ifIndex, receiveSpeed, row } = found;
  const { transmitSpeed } = found;
  const mac = found.mac && macText(found.mac);
  return {
    ifIndex,
    alias,
    description,
    ...(guid !== undefined && { guid }),
    ...(mac !== undefined && { mac }),
    addresses: addresses.map(addressText),
    dns,
    ...(transmitSpeed !== undefined && { transmitSpeed: String(transmitSpeed) }),
    ...(receiveSpeed !== undefined && { receiveSpeed: String(receiveSpeed) }),
    ...(row && {
      status: OPER_STATUS.get(row.operStatus) ?? String(row.operStatus),
      mtu: row.mtu,
      type: row.type,
    }),
    ...(compartmentId !== undefined && { compartment: compartmentId }),
    ...(row && {
      counters: Object.fromEntries(
        Object.entries(row.counters).map(([name, value]) => [name, String(value)]),
      ),
    }),
  };
}

const addressText = ({ prefixLength, text }: IpAddress): string =>
  prefixLength === undefined ? text : `${text}/${prefixLength}`;

function placeInfo(details: InterfaceDescription, counts: PlaceCounts | undefined): PlaceInfo {
  const { compartment, componentId, description, ifIndex, linkType, name, nic, nicName, nicType } = details;
  const { portId, portName, source, vSwitch, vlan, vsid } = details;
  return {
    name,
    ...(description !== undefined && { description }),
    source,
    linkType: linkTypeName(linkType),
    packets: counts?.packets ?? 0,
    drops: counts?.drops ?? 0,
    ...(ifIndex !== undefined && { ifIndex }),
    ...(componentId !== undefined && { componentId }),
    ...(portId !== undefined && { portId }),
    ...(portName !== undefined && { portName }),
    ...(nic !== undefined && { nic }),
    ...(nicName !== undefined && { nicName }),
    ...(nicType !== undefined && { nicType }),
    ...(vSwitch !== undefined && { vSwitch }),
    ...(vlan !== undefined && { vlan }),
    ...(vsid !== undefined && { vsid }),
    ...(compartment !== undefined && { compartment }),
  };
}

function componentInfo(component: Component): ComponentInfo {
  const { compartmentId, description, drops, edges, id, name, present, properties, typeName, vSwitch } =
    component;
  return {
    id,
    type: typeName,
    name,
    description,
    present,
    properties: properties.map((property) => ({ name: property.name, value: property.value })),
    edges: edges.map((edge) => ({ id: edge.id, name: edge.name, counters: countersInfo(edge.counters) })),
    ...(drops && { drops: countersInfo(drops) }),
    ...(vSwitch !== undefined && { vSwitch }),
    ...(compartmentId !== undefined && { compartment: compartmentId }),
  };
}

const countersInfo = (counters: FlowCounters): CountersInfo => ({
  inTag: counters.inTag,
  packetsIn: String(counters.packetsIn),
  bytesIn: String(counters.bytesIn),
  outTag: counters.outTag,
  packetsOut: String(counters.packetsOut),
  bytesOut: String(counters.bytesOut),
});

const compartmentInfo = ({
  addresses,
  aliases,
  dns,
  guid,
  id,
  ifIndexes,
  name,
}: Compartment): CompartmentInfo => ({
  id,
  ...(guid !== undefined && { guid }),
  ...(name !== undefined && { name }),
  ifIndexes,
  aliases,
  addresses: addresses.map(addressText),
  dns,
});

const switchNameInfo = ({
  friendlyName,
  name,
  switchFriendlyName,
  switchName,
}: VirtualPort): SwitchNameInfo => ({
  name,
  friendlyName,
  vSwitch: switchFriendlyName || switchName,
});
