import { EventRecord } from '../etl/index.js';
import type { Place } from '../host/index.js';
import { type ConvertInput, openInputs } from '../io/index.js';
import { type IpPrefix, isInPrefix, parseIp, parseIpPrefix } from '../net/index.js';
import { type Packet, PacketFilter, UNKNOWN } from '../packets/index.js';
import type { ConvertOptions, TraceSession } from '../passes/index.js';
import {
  batches,
  ConvertError,
  DirectReader,
  Interfaces,
  prepare,
  Turns,
  type UnknownComponents,
} from '../passes/index.js';
import {
  type PacketPath,
  type PathCriteria,
  PathFilter,
  type PathNames,
  PathTracker,
  type PlaceFacts,
  placeFacts,
  protocolNamed,
} from '../paths/index.js';

/** Which packets are followed, and which of their paths are wanted. */
export interface PathOptions
  extends Pick<ConvertOptions, 'compartments' | 'onProgress' | 'signal' | 'since' | 'spoolLimit' | 'until'>,
    Omit<PathCriteria, 'isAddress' | 'isPlace' | 'compartments'> {
  /** Names of components, interfaces, NICs, ports and switches, or component numbers; see `--component`. */
  readonly components?: readonly string[];
  /** Called once if no interface has some of the names given as `components`. */
  readonly onUnknownComponents?: (unknown: UnknownComponents) => void;
  /** Ids of compartments that a hop is in. */
  readonly inCompartments?: readonly number[];
  /** IP addresses or networks (`10.0.0.0/8`) of the source or destination at any hop. */
  readonly addresses?: readonly string[];
}

/** What a pass over the packets of traces found, beyond the paths themselves. */
export interface PathPass {
  readonly sessions: readonly TraceSession[];
  readonly names: PathNames;
  /** Which host's a place is. */
  readonly hostOf: (place: Place) => number;
  readonly packets: number;
  /** Paths that were closed early, see {@link PathTracker.cut}. */
  readonly cut: number;
}

/** Who gets what a pass finds. */
export interface PathListeners {
  /** Gets the wanted paths, and what names their places. */
  readonly onPath: (path: PacketPath, names: PathNames) => void;
  /** Waited for after each batch of records. */
  readonly drain?: (names: PathNames) => Promise<void>;
  /** Gets every packet, before paths are known; valid during the call. */
  readonly onPacket?: (packet: Packet) => void;
}

/**
 * Follows the packets of traces and gives their paths, each once, in the order of their first frames.
 *
 * @throws ConvertError
 */
export async function followPackets(
  inputs: readonly ConvertInput[],
  options: PathOptions,
  listeners: PathListeners,
): Promise<PathPass> {
  const criteria = pathCriteria(options);
  const opened = await openInputs(inputs, options);
  try {
    const turns = new Turns(options.signal);
    const sessions = await prepare(opened, new DirectReader(), options, undefined, turns);
    return await new Pass(sessions, options, criteria, listeners).run(turns);
  } finally {
    for (const input of opened) input.close();
  }
}

/** @throws ConvertError `usage` for an address that is none */
function pathCriteria(options: PathOptions): PathCriteria {
  const { addresses, drops, frame, inCompartments, ports, protocols, slowerThan } = options;
  const criteria: PathCriteria = {
    ...(drops && { drops }),
    ...(frame !== undefined && { frame }),
    ...(inCompartments && { compartments: inCompartments }),
    ...(ports && { ports }),
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
    `--address takes an IP address or network such as 10.0.0.0/8; not '${text}'`,
  );
}

/** The second pass over traces, for paths. */
class Pass {
  readonly #sessions: readonly TraceSession[];
  readonly #options: PathOptions;
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
    options: PathOptions,
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
    const filter = new PathFilter({ ...criteria, ...(selection && { isPlace: selection.accepts }) });
    this.#tracker = new PathTracker({
      onPath: (path) => {
        if (filter.accepts(path)) listeners.onPath(path, this.#names);
      },
    });
  }

  async run(turns: Turns): Promise<PathPass> {
    const sessions = this.#sessions;
    const all = sessions.reduce((sum, { survey }) => sum + survey.records, 0);
    const record = new EventRecord();
    let records = 0;
    for await (const batch of batches(sessions, turns)) {
      for (let n = 0; n < batch.count; n++) {
        const session = sessions[batch.load(n, record)];
        if (session !== undefined) this.#take(record, session);
      }
      records += batch.count;
      batch.release();
      await this.#listeners.drain?.(this.#names);
      this.#options.onProgress?.({
        phase: 'convert',
        fraction: 0.5 + (0.5 * records) / Math.max(1, all),
        packets: this.#frames,
      });
    }
    for (const { decoder } of sessions) decoder.finish();
    this.#tracker.finish();
    await this.#listeners.drain?.(this.#names);
    return {
      sessions,
      names: this.#names,
      hostOf: (place) => this.#hostOf.get(sessions.find(({ group }) => group.places.has(place))) ?? 0,
      packets: this.#frames,
      cut: this.#tracker.cut,
    };
  }

  /** Hot path. */
  #take(record: EventRecord, session: TraceSession): void {
    const { decoder, names } = session;
    const outcome = decoder.decode(record);
    if (outcome === 'damaged') session.noteDamage(record, decoder.damage);
    if (outcome !== 'packet') return;
    const { packet } = decoder;
    this.#frames += 1;
    if (!this.#times.accepts(packet)) return;
    this.#listeners.onPacket?.(packet);
    this.#tracker.add(packet, this.#frames, this.#hostOf.get(session) ?? UNKNOWN, names);
  }
}

/** Names by place, as the capture file has them. */
function pathNames(hosts: readonly TraceSession[], interfaces: Interfaces): PathNames {
  const known = new Map<Place, PlaceFacts>();
  const hostAt = (at: number): TraceSession => {
    const host = hosts[at];
    if (host === undefined) throw new Error('no such host');
    return host;
  };
  return {
    namesOf: (host) => hostAt(host).names,
    factsOf: (place, host): PlaceFacts => {
      const facts = known.get(place);
      if (facts !== undefined) return facts;
      const session = hostAt(host);
      const fresh = placeFacts(interfaces.of(place, session), session.host);
      known.set(place, fresh);
      return fresh;
    },
  };
}
