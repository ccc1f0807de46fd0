import type { EventRecord } from '../etl/index.js';
import { BuiltinProviderId } from '../etw/index.js';
import type { CaptureLocation } from '../host/index.js';
import { type IpPrefix, isInPrefix, parseIp, parseIpPrefix } from '../net/index.js';
import { type Packet, PacketFilter, UNKNOWN } from '../packets/index.js';
import type { ConversionOptions, ProviderCounts, TraceSession } from '../passes/index.js';
import {
  ConvertError,
  DirectReader,
  EventLoopYielder,
  Interfaces,
  type OpenInput,
  PacketIdentity,
  type PassVisitor,
  prepare,
  type Runtime,
  runPass,
  type UnknownComponents,
  warnOfChanges,
} from '../passes/index.js';
import {
  type CaptureLocationFacts,
  captureLocationFacts,
  isStepEvent,
  type PacketPath,
  type PathCriteria,
  PathFilter,
  type PathNames,
  PathTracker,
  protocolNamed,
  readStep,
} from '../paths/index.js';

/** Which packets are followed, and which of their paths are wanted. */
export interface FollowOptions
  extends Pick<
      ConversionOptions,
      'compartments' | 'compartmentsEncoding' | 'hostInfo' | 'onProgress' | 'signal' | 'since' | 'until'
    >,
    Omit<PathCriteria, 'isAddress' | 'isCaptureLocation' | 'compartments'> {
  /** Names of components, interfaces, NICs, ports and switches, or component numbers; see `--component`. */
  readonly components?: readonly string[];
  /** Called once if no interface has some of the given `components`. */
  readonly onUnknownComponents?: (unknown: UnknownComponents) => void;
  /** Ids of compartments that a hop is in. */
  readonly inCompartments?: readonly number[];
  /** Called at the end for each change of a file while it was read; the message names the file. */
  readonly onWarning?: (message: string) => void;
  /** IP addresses or networks (`10.0.0.0/8`) of the source or destination at any hop. */
  readonly addresses?: readonly string[];
}

/** Results of a pass over the packets of traces, besides the paths. */
export interface PathPass {
  readonly sessions: readonly TraceSession[];
  /** Records by provider and outcome. */
  readonly providers: ProviderCounts;
  readonly names: PathNames;
  /** The host of a location. */
  readonly hostOf: (captureLocation: CaptureLocation) => number;
  readonly packets: number;
  /** Paths that were closed early, see {@link PathTracker.cut}. */
  readonly cut: number;
  /** Events about packets (VFP, WinNat, HNS) that no packet was found for. */
  readonly unjoinedSteps: number;
}

/** Receivers of a pass's results. */
export interface PathListeners {
  /** Called before the first record, with one session of each host. */
  readonly begin?: (names: PathNames, hosts: readonly TraceSession[]) => void;
  /** Hot path. Each appearance of a packet, before the path that it belongs to is closed. */
  readonly onPacket?: (packet: Packet) => void;
  /**
   * Hot path. Each event that is not a packet.
   *
   * @param host which host's; see `begin`
   * @param afterFrame the frame before it
   * @param damage why a packet event could not become a packet
   */
  readonly onEvent?: (
    record: EventRecord,
    session: TraceSession,
    host: number,
    afterFrame: number,
    damage: string | undefined,
  ) => void;
  /** Receives each path, whether it is wanted or not. */
  readonly onAnyPath?: (path: PacketPath) => void;
  /** Receives the wanted paths, and the names of their locations. */
  readonly onPath: (path: PacketPath, names: PathNames) => void;
  /** Waited for after each batch of records. */
  readonly drain?: (names: PathNames) => Promise<void>;
}

/**
 * Follows the packets of traces and hands out their paths, each once, in the order of their first frames.
 *
 * @param inputs stay open
 * @throws ConvertError
 */
export async function followPackets(
  inputs: readonly OpenInput[],
  options: FollowOptions,
  listeners: PathListeners,
  runtime: Runtime,
): Promise<PathPass> {
  const criteria = pathCriteria(options);
  const yielder = new EventLoopYielder(options.signal, runtime.nextTurn);
  const sessions = await prepare(inputs, new DirectReader(), options, undefined, yielder, runtime);
  return await new Pass(sessions, options, criteria, listeners).run(yielder);
}

/** @throws ConvertError `usage` for an invalid address */
function pathCriteria(options: FollowOptions): PathCriteria {
  const { addresses, drops, frame, inCompartments, ports, processes, protocols, slowerThan } = options;
  const criteria: PathCriteria = {
    ...(drops && { drops }),
    ...(frame !== undefined && { frame }),
    ...(inCompartments && { compartments: inCompartments }),
    ...(ports && { ports }),
    ...(processes && { processes }),
    ...(protocols && { protocols: protocols.map((text) => protocolNamed(text) ?? text) }),
    ...(slowerThan !== undefined && { slowerThan }),
  };
  if (addresses === undefined || addresses.length === 0) return criteria;
  const prefixes = addresses.map(parseAddressOption);
  return {
    ...criteria,
    isAddress: (text) => {
      const address = parseIp(text);
      return address !== undefined && prefixes.some((prefix) => isInPrefix(address, prefix));
    },
  };
}

function parseAddressOption(text: string): IpPrefix {
  const prefix = parseIpPrefix(text);
  if (prefix !== undefined) return prefix;
  throw new ConvertError(
    'usage',
    `invalid --address '${text}': expected an IP address or network such as 10.0.0.0/8`,
  );
}

/** Providers of events that are steps of packets. */
const STEP_PROVIDERS = [
  BuiltinProviderId.vfpExt,
  BuiltinProviderId.winNat,
  BuiltinProviderId.hostNetworkService,
];

/** Visitor of the main pass that collects the appearances of each packet. */
class Pass implements PassVisitor {
  readonly #sessions: readonly TraceSession[];
  readonly #options: FollowOptions;
  readonly #times: PacketFilter;
  readonly #tracker: PathTracker;
  readonly #names: PathNames;
  readonly #listeners: PathListeners;
  /** By host, that is by group of sessions. */
  readonly #hosts: TraceSession[] = [];
  readonly #hostOf = new Map<TraceSession | undefined, number>();
  #frames = 0;

  constructor(
    sessions: readonly TraceSession[],
    options: FollowOptions,
    criteria: PathCriteria,
    listeners: PathListeners,
  ) {
    this.#sessions = sessions;
    this.#options = options;
    this.#listeners = listeners;
    const { since, until } = options;
    this.#times = new PacketFilter({
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
    });
    for (const session of sessions) {
      const known = this.#hosts.findIndex(({ group }) => group === session.group);
      this.#hostOf.set(session, known === -1 ? this.#hosts.push(session) - 1 : known);
    }
    const interfaces = new Interfaces(sessions);
    this.#names = pathNames(this.#hosts, interfaces);
    const selection = options.components && interfaces.select(options.components);
    if (selection?.unknown !== undefined) options.onUnknownComponents?.(selection.unknown);
    const filter = new PathFilter({
      ...criteria,
      ...(selection && { isCaptureLocation: selection.accepts }),
    });
    this.#tracker = new PathTracker({
      onPath: (path) => {
        listeners.onAnyPath?.(path);
        if (filter.accepts(path)) listeners.onPath(path, this.#names);
      },
    });
  }

  /** Whether a trace has events that are steps of packets. */
  #hasSteps(): boolean {
    return this.#sessions.some(({ providers }) => STEP_PROVIDERS.some((id) => providers.has(id)));
  }

  async run(yielder: EventLoopYielder): Promise<PathPass> {
    const sessions = this.#sessions;
    const { onProgress, onWarning } = this.#options;
    const identity = new PacketIdentity(sessions);
    if (this.#hasSteps()) this.#tracker.steps.activate();
    this.#listeners.begin?.(this.#names, this.#hosts);
    const providers = await runPass(sessions, this, { identity, yielder, onProgress });
    this.#tracker.finish();
    await this.afterBatch();
    warnOfChanges(sessions, onWarning);
    return {
      sessions,
      providers,
      names: this.#names,
      hostOf: (captureLocation) =>
        this.#hostOf.get(sessions.find(({ group }) => group.registry.has(captureLocation))) ?? 0,
      packets: this.#frames,
      cut: this.#tracker.cut,
      unjoinedSteps: this.#tracker.steps.unjoined,
    };
  }

  /** Hot path. */
  packet(packet: Packet, session: TraceSession): void {
    this.#frames += 1;
    if (!this.#times.accepts(packet)) return;
    this.#listeners.onPacket?.(packet);
    this.#tracker.add(packet, this.#frames, this.#hostOf.get(session) ?? UNKNOWN, session.names);
  }

  /** Hot path. */
  event(record: EventRecord, session: TraceSession, damage: string | undefined): void {
    const host = this.#hostOf.get(session) ?? UNKNOWN;
    if (this.#tracker.steps.isActive && isStepEvent(record)) {
      const schema = session.group.schemas.locate(record);
      const step = schema && readStep(record, schema);
      if (step !== undefined) this.#tracker.steps.add(step, host);
    }
    this.#listeners.onEvent?.(record, session, host, this.#frames, damage);
  }

  async afterBatch(): Promise<void> {
    await this.#listeners.drain?.(this.#names);
  }
}

/** Names by location, as in the capture file. */
function pathNames(hosts: readonly TraceSession[], interfaces: Interfaces): PathNames {
  const known = new Map<CaptureLocation, CaptureLocationFacts>();
  const hostAt = (at: number): TraceSession => {
    const host = hosts[at];
    if (host === undefined) throw new Error('no such host');
    return host;
  };
  return {
    namesOf: (host) => hostAt(host).names,
    factsOf: (captureLocation, host): CaptureLocationFacts => {
      const facts = known.get(captureLocation);
      if (facts !== undefined) return facts;
      const session = hostAt(host);
      const fresh = captureLocationFacts(interfaces.of(captureLocation, session), session.host);
      known.set(captureLocation, fresh);
      return fresh;
    },
  };
}
