import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import type { DiagnosisContext } from './context.js';
import { flowFilter, frameFilter, packetFilter } from './display-filter.js';
import { type DiagnosisEvent, nearbyEvent } from './event.js';
import type { Basis, Evidence, Finding, FindingFlow, Severity } from './finding.js';
import { findingFlow, type JourneyNote } from './journey.js';
import type { Rule } from './rule.js';

/** Groups of one rule; more are counted in its last one. */
const MAX_GROUPS = 200;
const MAX_FRAMES = 100;
/** Packets of a finding that are kept for finding its causes. */
const MAX_PACKETS = 10_000;
const MAX_LINKS = 100;
/** Ticks before and after a finding's first packet or event in which events are near: 5 ms. */
const NEAR = 50_000;

/** The members of a finding that its rule decides. */
export interface FindingSubject {
  readonly title: string;
  readonly severity?: Severity;
  readonly basis?: Basis;
  readonly interface?: string | undefined;
  readonly component?: string | undefined;
  readonly compartment?: number | undefined;
  readonly process?: string | undefined;
  readonly flow?: FindingFlow | undefined;
  readonly filter?: string | undefined;
  readonly pluginFilter?: string | undefined;
  readonly evidence?: Evidence | undefined;
  /** Instead of the rule's. */
  readonly meaning?: string | undefined;
  readonly check?: readonly string[] | undefined;
  readonly alternatives?: readonly string[] | undefined;
}

/** Packets and events that are one finding. */
export class FindingGroup {
  readonly rule: Rule;
  /** Set by the rule; see {@link FindingGroups.describe}. */
  subject: FindingSubject | undefined;
  count = 0;
  readonly packets = new Set<number>();
  readonly links = new Set<string>();
  readonly causes = new Set<FindingGroup>();
  readonly #frames: number[] = [];
  readonly #events: DiagnosisEvent[] = [];
  #first: bigint | undefined;
  #last: bigint | undefined;
  #firstNote: JourneyNote | undefined;
  #near: readonly DiagnosisEvent[] | undefined;

  constructor(rule: Rule) {
    this.rule = rule;
  }

  get severity(): Severity {
    return this.subject?.severity ?? this.rule.severity;
  }

  get first(): bigint {
    return this.#first ?? 0n;
  }

  /** Counts a packet; each packet once. */
  addPacket(note: JourneyNote): void {
    if (this.packets.has(note.packet)) return;
    this.count += 1;
    if (this.packets.size < MAX_PACKETS) this.packets.add(note.packet);
    if (this.#frames.length < MAX_FRAMES) this.#frames.push(note.frame);
    this.#firstNote ??= note;
    this.#mark(note.ticks);
  }

  /**
   * Counts an event: a finding from events alone.
   *
   * @param isCounted false if the event belongs to a packet that is counted
   */
  addEvent(event: DiagnosisEvent, isCounted = true): void {
    if (isCounted) this.count += 1;
    if (this.#events.length < 20) this.#events.push(event);
    this.#mark(event.ticks);
  }

  /** Counts items other than packets and events: losses, for example. */
  addCount(count: number): void {
    this.count += count;
  }

  /** A link that findings with one cause share, besides packets: `neighbor 10.0.0.1`, `nic web`. */
  link(word: string): void {
    if (this.links.size < MAX_LINKS) this.links.add(word);
  }

  /** Keeps the events around now, while they are known. */
  lookAround(
    context: DiagnosisContext,
    ticks: bigint,
    host: number,
    processor: number,
    names: readonly string[],
  ): void {
    this.#near ??= context.log.around(ticks, NEAR, { host, processor, names });
  }

  finding(): Finding {
    const { rule, subject } = this;
    const note = this.#firstNote;
    const frames = [...this.#frames].sort((a, b) => a - b);
    const listsAll = this.packets.size === frames.length && this.count === frames.length;
    const flow = subject?.flow ?? (note && findingFlow(note.flow));
    const filter =
      subject?.filter ?? (listsAll ? frameFilter(frames) : undefined) ?? (note && flowFilter(note.flow));
    const pluginFilter = subject?.pluginFilter ?? packetFilter([...this.packets].slice(0, MAX_FRAMES));
    const events = [...new Set([...this.#events, ...(this.#near ?? [])])]
      .sort((a, b) => (a.ticks < b.ticks ? -1 : a.ticks > b.ticks ? 1 : 0))
      .slice(0, 20);
    return {
      id: rule.id,
      severity: this.severity,
      basis: subject?.basis ?? rule.basis,
      title: subject?.title ?? rule.summary,
      count: this.count,
      ...(this.#first !== undefined && { first: timeText(this.#first) }),
      ...(this.#last !== undefined && { last: timeText(this.#last) }),
      frames,
      ...present('filter', filter),
      ...present('pluginFilter', pluginFilter),
      ...present('interface', subject?.interface),
      ...present('component', subject?.component),
      ...present('compartment', subject?.compartment ?? note?.compartment),
      ...present('process', subject?.process),
      ...present('flow', flow),
      evidence: subject?.evidence ?? {},
      meaning: subject?.meaning ?? rule.meaning,
      check: subject?.check ?? rule.check,
      causes: [...new Set([...this.causes].map(({ rule: { id } }) => id))],
      alternatives: subject?.alternatives ?? [],
      events: events.map(nearbyEvent),
    };
  }

  #mark(ticks: bigint): void {
    if (this.#first === undefined || ticks < this.#first) this.#first = ticks;
    if (this.#last === undefined || ticks > this.#last) this.#last = ticks;
  }
}

/** The findings of one rule in one run. */
export class FindingGroups {
  readonly #rule: Rule;
  readonly #groups = new Map<string, FindingGroup>();

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  get all(): Iterable<FindingGroup> {
    return this.#groups.values();
  }

  /**
   * The finding of a key: packets and events of one finding have the same key, such as the location and reason of
   * drops.
   *
   * @param describe called for the first packet or event of the key; may be changed until the end, see `subject`
   */
  at(key: string, describe: () => FindingSubject): FindingGroup {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    if (this.#groups.size >= MAX_GROUPS) {
      const rest = this.#groups.get(REST);
      if (rest !== undefined) return rest;
    }
    const group = new FindingGroup(this.#rule);
    const isRest = this.#groups.size >= MAX_GROUPS - 1;
    group.subject = isRest ? { title: `${this.#rule.summary} (further cases)` } : describe();
    this.#groups.set(isRest ? REST : key, group);
    return group;
  }
}

/** Key of the group for all beyond the limit. */
const REST = '\0rest';

const timeText = (ticks: bigint): string => isoTime(ticks + UNIX_EPOCH_AS_FILETIME);

const present = <Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [Name in Key]?: Value } | object => (value === undefined ? {} : { [key]: value });
