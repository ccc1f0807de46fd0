import {
  type CaptureLocation,
  ComponentSelection,
  describeInterfaces,
  type InterfaceDetails,
  joinTokens,
  token,
  uniqueNames,
} from '../host/index.js';
import type { NameLookup } from '../packets/index.js';
import type { HostGroup, TraceSession } from './trace-session.js';

/** Names given as components that no interface has, and the available names. */
export interface UnknownComponents {
  readonly names: readonly string[];
  readonly available: readonly string[];
}

/**
 * The interfaces of one conversion, with unique names.
 *
 * Interfaces are named only here: the capture file, summaries, paths, reports and `--component` all use these names.
 * Names do not depend on options that select packets.
 */
export class Interfaces {
  readonly #sessions: readonly TraceSession[];
  readonly #byCaptureLocation = new Map<CaptureLocation, InterfaceDetails>();
  /** Assigned names, and the last number of each. */
  readonly #names = new Map<string, number>();
  readonly #hostLabels: ReadonlyMap<HostGroup, string>;
  readonly #lookups = new Map<TraceSession, NameLookup>();
  readonly #shortNames: ReadonlyMap<string, string>;

  /** @param sessions whose surveys are done */
  constructor(sessions: readonly TraceSession[]) {
    this.#sessions = sessions;
    const groups = [...new Set(sessions.map(({ group }) => group))];
    this.#hostLabels = hostLabels(groups, sessions);
    this.#shortNames = shortNames(sessions);
    const described = groups.flatMap((group) => {
      const own = sessions.filter((session) => session.group === group);
      const captureLocations = new Set(own.flatMap(({ allCaptureLocations }) => allCaptureLocations));
      const [first] = own;
      return first === undefined ? [] : describeInterfaces(captureLocations, first.host, this.#takeName);
    });
    for (const details of described) this.#add(details);
  }

  /** Locations of a trace in the order of the capture file. */
  ordered(captureLocations: ReadonlySet<CaptureLocation>): InterfaceDetails[] {
    return [...this.#byCaptureLocation.values()].filter(({ captureLocation }) =>
      captureLocations.has(captureLocation),
    );
  }

  /** Hot path. The interface of a location at which a packet of `session` was captured. */
  of(captureLocation: CaptureLocation, session: TraceSession): InterfaceDetails {
    const known = this.#byCaptureLocation.get(captureLocation);
    if (known !== undefined) return known;
    // The survey reads in file order; the location of a packet from several events may be known only in the second
    // pass.
    const [details] = describeInterfaces([captureLocation], session.host, this.#takeName);
    if (details === undefined) throw new Error('a place has a description');
    return this.#add(details);
  }

  /** Names for the comments of packets at a location of `session`; with the host, if there are several. */
  namesOf(session: TraceSession): NameLookup {
    const known = this.#lookups.get(session);
    if (known !== undefined) return known;
    const host = this.#hostLabels.size > 1 ? this.#hostLabels.get(session.group) : undefined;
    const names = host === undefined ? session.names : { ...session.names, host };
    this.#lookups.set(session, names);
    return names;
  }

  /** Assigns a name to an interface without location, such as that of events. */
  takeName(name: string): string {
    return this.#takeName(name);
  }

  /** Traces of several hosts can each have an "Ethernet": the second one is "Ethernet (2)". */
  readonly #takeName = (name: string): string => {
    let unique = name;
    let count = this.#names.get(name) ?? 1;
    for (; this.#names.has(unique); unique = `${name} (${count})`) count += 1;
    // The last number of a name is stored, so that thousands of equal names need only thousands of steps.
    this.#names.set(unique, 1);
    this.#names.set(name, count);
    return unique;
  };

  /** Selects interfaces by `names`. */
  select(names: readonly string[]): {
    readonly accepts: (captureLocation: CaptureLocation) => boolean;
    readonly unknown: UnknownComponents | undefined;
  } {
    const selection = new ComponentSelection(names, [...this.#byCaptureLocation.values()]);
    const verdicts = new Map<CaptureLocation, boolean>();
    const accepts = (captureLocation: CaptureLocation): boolean => {
      const known = verdicts.get(captureLocation);
      if (known !== undefined) return known;
      const session = this.#sessions.find(({ group }) => group.registry.has(captureLocation));
      const verdict = session !== undefined && selection.accepts(this.of(captureLocation, session));
      verdicts.set(captureLocation, verdict);
      return verdict;
    };
    const unknown =
      selection.unknown.length === 0
        ? undefined
        : {
            names: selection.unknown,
            available: [...this.#byCaptureLocation.values()].map(({ name }) => name),
          };
    return { accepts, unknown };
  }

  /** The host and the traces of a location; empty unless traces are merged. */
  origin(captureLocation: CaptureLocation): { readonly host?: string; readonly traces?: readonly string[] } {
    if (this.#sessions.length < 2) return {};
    const seenBy = this.#sessions.filter(({ group }) => group.registry.has(captureLocation));
    const own = seenBy.filter((session) => session.sees(captureLocation));
    const [first] = seenBy;
    return {
      host: (first && this.#hostLabels.get(first.group)) ?? '',
      traces: (own.length === 0 ? seenBy : own).map(({ input }) => input.name),
    };
  }

  #add(details: InterfaceDetails): InterfaceDetails {
    const { host, traces } = this.origin(details.captureLocation);
    const comment = joinTokens([
      token('Host', host),
      token('Trace', traces?.map((name) => this.#shortNames.get(name) ?? name).join(',')),
      details.comment,
    ]);
    const described = { ...details, comment };
    this.#byCaptureLocation.set(details.captureLocation, described);
    return described;
  }
}

/** Inputs without their directories, unless two have the same name. */
function shortNames(sessions: readonly TraceSession[]): Map<string, string> {
  const names = sessions.map(({ input }) => input.name);
  const short = names.map((name) => /[^/\\]*$/u.exec(name)?.[0] || name);
  const isUnique = new Set(short).size === short.length;
  return new Map(names.map((name, at) => [name, (isUnique && short[at]) || name]));
}

/** Labels of hosts: the computer's name, or a number if the trace does not have it. */
function hostLabels(groups: readonly HostGroup[], sessions: readonly TraceSession[]): Map<HostGroup, string> {
  const names = uniqueNames(
    groups.map((group, at) => {
      const session = sessions.find((each) => each.group === group);
      return { base: session?.host.system.computerName || String(at + 1), qualifiers: [] };
    }),
  );
  return new Map(groups.map((group, at) => [group, names[at] ?? '']));
}
