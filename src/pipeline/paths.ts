import { BlockList, isIP } from 'node:net';
import { type Packet, type Place, UNKNOWN } from '../capture/index.js';
import { EventRecord } from '../etl/index.js';
import {
  type PacketPath,
  type PathCriteria,
  PathFilter,
  type PathNames,
  PathTracker,
  type PlaceFacts,
  placeFacts,
} from '../paths/index.js';
import type { ConvertInput } from './convert.js';
import { ConvertError } from './errors.js';
import { PacketFilter } from './filter.js';
import { type OpenInput, openFile, spool } from './input.js';
import type { ConvertOptions } from './options.js';
import { prepare } from './prepare.js';
import { DirectReader } from './reading/index.js';
import type { TraceSession } from './session.js';
import { batches, Turns, warnOfChanges } from './streams.js';

/** Which packets are followed, and which of their paths are wanted. */
export interface PathOptions
  extends Pick<ConvertOptions, 'compartments' | 'onProgress' | 'signal' | 'since' | 'spoolLimit' | 'until'>,
    Omit<PathCriteria, 'isAddress' | 'compartments'> {
  /** Ids of compartments that a hop is in. */
  readonly inCompartments?: readonly number[];
  /** Called at the end for each change of a file while it was read; the message names the file. */
  readonly onWarning?: (message: string) => void;
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
  const opened: OpenInput[] = [];
  try {
    for (const input of inputs) {
      opened.push(
        await (typeof input === 'string'
          ? openFile(input)
          : spool(input, 'standard input', options.spoolLimit)),
      );
    }
    const turns = new Turns(options.signal);
    const sessions = await prepare(opened, new DirectReader(), options, undefined, turns);
    return await new Pass(sessions, options, criteria, listeners).run(turns);
  } finally {
    for (const input of opened) input.close();
  }
}

/** @throws ConvertError `usage` for an address that is none */
function pathCriteria(options: PathOptions): PathCriteria {
  const { addresses, components, drops, frame, inCompartments, ports, protocols, slowerThan } = options;
  const criteria: PathCriteria = {
    ...(components && { components }),
    ...(drops && { drops }),
    ...(frame !== undefined && { frame }),
    ...(inCompartments && { compartments: inCompartments }),
    ...(ports && { ports }),
    ...(protocols && { protocols }),
    ...(slowerThan !== undefined && { slowerThan }),
  };
  if (addresses === undefined || addresses.length === 0) return criteria;
  const list = new BlockList();
  for (const text of addresses) {
    const [address = '', prefix, ...more] = text.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const allBits = family === 'ipv6' ? 128 : 32;
    const bits = Number(prefix ?? allBits);
    const isNetwork = prefix === undefined || (/^\d{1,3}$/u.test(prefix) && bits <= allBits);
    if (isIP(address) === 0 || !isNetwork || more.length > 0) {
      throw new ConvertError(
        'usage',
        `--address takes an IP address or network such as 10.0.0.0/8; not '${text}'`,
      );
    }
    list.addSubnet(address, bits, family);
  }
  return {
    ...criteria,
    isAddress: (address) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4'),
  };
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
    this.#times = new PacketFilter(
      { ...(since !== undefined && { since }), ...(until !== undefined && { until }) },
      () => [],
    );
    for (const session of sessions) {
      const known = this.#hosts.findIndex(({ group }) => group === session.group);
      this.#hostOf.set(session, known === -1 ? this.#hosts.push(session) - 1 : known);
    }
    this.#names = pathNames(this.#hosts, sessions);
    const filter = new PathFilter(criteria, this.#names.factsOf);
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
    warnOfChanges(sessions, this.#options.onWarning);
    return {
      sessions,
      names: this.#names,
      hostOf: (place) => this.#hostOf.get(sessions.find((session) => session.hasPlace(place))) ?? 0,
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

/** Names by place: all places of a host are described at once, since their names must differ. */
function pathNames(hosts: readonly TraceSession[], sessions: readonly TraceSession[]): PathNames {
  const known = hosts.map((host) => {
    const places = new Set(
      sessions.filter(({ group }) => group === host.group).flatMap((session) => session.places),
    );
    return new Map(
      host.describe([...places]).map((details) => [details.place, placeFacts(details, host.host)]),
    );
  });
  const hostAt = (at: number): TraceSession => {
    const host = hosts[at];
    if (host === undefined) throw new Error('no such host');
    return host;
  };
  return {
    namesOf: (host) => hostAt(host).names,
    factsOf: (place, host): PlaceFacts => {
      const facts = known[host]?.get(place);
      if (facts !== undefined) return facts;
      // The survey reads in the order of the file; a packet of several events can show its place only in the second pass.
      const session = hostAt(host);
      const [details] = session.describe([place]);
      if (details === undefined) throw new Error('a place has a description');
      const fresh = placeFacts(details, session.host);
      known[host]?.set(place, fresh);
      return fresh;
    },
  };
}
