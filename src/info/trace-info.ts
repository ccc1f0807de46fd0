import {
  type EventRecord,
  isoTime,
  type TraceHeader,
  UNIX_EPOCH_AS_FILETIME,
  zoneTimeAt,
} from '../etl/index.js';
import {
  type CaptureSource,
  type CompartmentJson,
  type ComponentJson,
  compartmentJson,
  componentJson,
  type DataPathState,
  type HostInterfaceJson,
  type HostModel,
  hostInterfaceJson,
  interfaceJson,
  linkTypeName,
  type PortPolicy,
  type SwitchNameJson,
  type SwitchTeam,
  switchNameJson,
  type TeamMember,
} from '../host/index.js';
import type { CorrelationCounts, DropCountJson, Packet } from '../packets/index.js';
import type { ConversionOptions, InterfaceSummary, TraceSession } from '../passes/index.js';
import {
  DirectReader,
  DropCounts,
  EventLoopYielder,
  type Hint,
  hintsOf,
  Interfaces,
  type OpenInput,
  PacketIdentity,
  type PassVisitor,
  type ProviderCounts,
  type ProviderSummary,
  prepare,
  type Runtime,
  runPass,
  SeenPackets,
  type TraceSummary,
  traceSummary,
} from '../passes/index.js';

/** The computer that was traced; members that the trace does not have are absent. */
export interface SystemInfo {
  readonly domain?: string;
  readonly product?: string;
  /** `10.0.20348.2461` */
  readonly version?: string;
  readonly buildLab?: string;
  /** ISO 8601. */
  readonly installed?: string;
  readonly systemDirectory?: string;
  /** MHz and MiB. */
  readonly processorMhz?: number;
  readonly memory?: number;
  /** ISO 8601. */
  readonly boot?: string;
  readonly timeZone: {
    /** As Windows stores it: `@tzres.dll,-111` if it was not resolved. */
    readonly name: string;
    /** Local time minus UTC when the trace started. */
    readonly utcOffsetMinutes: number;
    /** Whether daylight saving time applied then, by the rules of the trace header. */
    readonly daylight: boolean;
  };
}

/** The state of a VF data path. */
export interface DataPathJson extends Omit<DataPathState, 'time'> {
  /** ISO 8601. */
  readonly time: string;
}

/** Buffers of the file. */
export interface BufferInfo {
  /** Bytes of a buffer in memory during the session. */
  readonly size: number;
  readonly count: number;
  readonly compressed: number;
  /** As the trace header counts them; 0 if the trace was never closed. */
  readonly written: number;
  /** Processors whose buffers are in the file. */
  readonly processors: number;
}

/** The contents of a trace. JSON-ready; times are ISO 8601 in UTC with seven decimals. */
export interface TraceInfo extends TraceSummary {
  readonly format: 'etlcap-info';
  readonly formatVersion: 1;
  readonly system: SystemInfo;
  /** From start to end; from start to the last record if the trace was never closed. */
  readonly seconds?: number;
  readonly records: { readonly count: number; readonly first?: string; readonly last?: string };
  readonly buffers: BufferInfo;
  readonly packets: {
    readonly count: number;
    readonly first?: string;
    readonly last?: string;
    readonly drops: readonly DropCountJson[];
  };
  /** Which appearances are one packet. */
  readonly identity: CorrelationCounts;
  readonly providers: readonly ProviderSummary[];
  /** Locations where packets were captured: the interfaces of the pcapng. */
  readonly interfaces: readonly InterfaceInfo[];
  /** Network interfaces of the host. */
  readonly hostInterfaces: readonly HostInterfaceJson[];
  readonly components: readonly ComponentJson[];
  readonly compartments: readonly CompartmentJson[];
  readonly captureSources: readonly CaptureSource[];
  readonly switchNics: readonly SwitchNameJson[];
  readonly switchPorts: readonly SwitchNameJson[];
  /** Teams of switches (SET). */
  readonly switchTeams: readonly SwitchTeam[];
  /** Members of switch teams and of LBFO teams. */
  readonly teamMembers: readonly TeamMember[];
  /** Policies of vSwitch ports. */
  readonly portPolicies: readonly PortPolicy[];
  /** VF data paths of a guest's NICs (SR-IOV). */
  readonly dataPaths: readonly DataPathJson[];
  /** Facts that a user may want to act on. */
  readonly hints: readonly Hint[];
}

/** An interface of the pcapng that a conversion would write. */
export type InterfaceInfo = Omit<InterfaceSummary, 'host' | 'output' | 'traces'>;

/** The contents of several traces. */
export interface TraceInfoList {
  readonly format: 'etlcap-info-list';
  readonly formatVersion: 1;
  readonly traces: readonly TraceInfo[];
}

export const traceInfoList = (traces: readonly TraceInfo[]): TraceInfoList => ({
  format: 'etlcap-info-list',
  formatVersion: 1,
  traces,
});

export type DescribeTraceOptions = Pick<
  ConversionOptions,
  'compartments' | 'compartmentsEncoding' | 'hostInfo' | 'onProgress' | 'signal'
>;

/**
 * Describes the contents of a trace: reads it like a conversion, without writing.
 *
 * @param input stays open
 * @throws ConvertError
 */
export async function describeTrace(
  input: OpenInput,
  options: DescribeTraceOptions,
  runtime: Runtime,
): Promise<TraceInfo> {
  const yielder = new EventLoopYielder(options.signal, runtime.nextTurn);
  const [session] = await prepare([input], new DirectReader(), options, () => false, yielder, runtime);
  if (session === undefined) throw new Error('no session for the input');
  const contents = new Contents();
  const { onProgress } = options;
  const identity = new PacketIdentity([session]);
  const providers = await runPass([session], contents, { identity, yielder, onProgress });
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

  /** Times of the first and the last packet; empty if there is none. */
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
  const { firstTime, lastTime, records } = survey;
  const summary = traceSummary(session);
  const { byCaptureLocation } = contents.seen;
  const { times } = session;
  const until = times.end ?? lastTime;
  return {
    format: 'etlcap-info',
    formatVersion: 1,
    ...summary,
    system: systemInfo(host, header),
    ...(until !== undefined && { seconds: Number(until - times.start) / 1e7 }),
    records: {
      count: records,
      ...(firstTime !== undefined && { first: isoTime(firstTime) }),
      ...(lastTime !== undefined && { last: isoTime(lastTime) }),
    },
    buffers: {
      size: header.bufferSize,
      count: survey.buffers,
      compressed: survey.compressedBuffers,
      written: header.buffersWritten,
      processors: survey.processors,
    },
    identity,
    packets: { count: contents.packets, ...contents.packetTimes, drops: contents.drops.summary() },
    providers: providers.summary((id) => session.providerName(id)),
    interfaces: new Interfaces([session]).ordered(new Set(byCaptureLocation.keys())).map((details, id) => ({
      id,
      ...interfaceJson(details),
      packets: byCaptureLocation.get(details.captureLocation)?.packets ?? 0,
      dropped: byCaptureLocation.get(details.captureLocation)?.drops ?? 0,
    })),
    hostInterfaces: [...host.interfaces.values()].map(hostInterfaceJson),
    components: [...host.components.values()].map(componentJson),
    compartments: [...host.compartments.values()].map(compartmentJson),
    captureSources: host.captureSources,
    switchNics: [...host.nics.values()].map(switchNameJson),
    switchPorts: [...host.ports.values()].map(switchNameJson),
    switchTeams: host.teams,
    teamMembers: host.teamMembers,
    portPolicies: [...host.portPolicies.values()],
    dataPaths: host.dataPaths.map(({ time, ...state }) => ({
      ...state,
      time: isoTime(time + UNIX_EPOCH_AS_FILETIME),
    })),
    hints: hintsOf({
      sessions: [session],
      seen: contents.seen,
      excluded: new SeenPackets(),
      linkTypes: [[...new Set([...byCaptureLocation.keys()].map(({ linkType }) => linkTypeName(linkType)))]],
      undecoded: session.events.undecoded,
      furtherCopies: identity.appearances - identity.packets,
      options: {},
    }),
  };
}

function systemInfo({ system }: HostModel, header: TraceHeader): SystemInfo {
  const { buildLab, domainName, installTime, memory } = system;
  const { processorMhz, product, systemDirectory, version } = system;
  const mhz = processorMhz ?? header.cpuMhz;
  return {
    ...(domainName !== undefined && { domain: domainName }),
    ...(product !== undefined && { product }),
    ...(version !== undefined && { version }),
    ...(buildLab !== undefined && { buildLab }),
    ...(installTime !== undefined && { installed: isoTime(installTime) }),
    ...(systemDirectory !== undefined && { systemDirectory }),
    ...(mhz > 0 && { processorMhz: mhz }),
    ...(memory !== undefined && { memory }),
    ...(header.bootTime > 0n && { boot: isoTime(header.bootTime) }),
    timeZone: zoneTimeAt(header.timeZone, header.startTime),
  };
}
