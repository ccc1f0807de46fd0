import type { SourceName } from '../host/index.js';
import { Direction, type Packet } from '../packets/index.js';
import type { PacketPath, PathNames } from '../paths/index.js';
import { captureAdvice } from './capture-advice.js';
import { linkCauses, orderByImpact } from './causes.js';
import type {
  CaptureFacts,
  CaptureProvider,
  CaptureTrace,
  DiagnosisContext,
  DiagnosisHost,
} from './context.js';
import { type Drop, reasonKey } from './drops/drop.js';
import { DropEvidence } from './drops/drop-evidence.js';
import { DROP_EVENT_SOURCES } from './drops/sources/index.js';
import type { DiagnosisEvent } from './event.js';
import { EventLog } from './event-log.js';
import type { Diagnosis } from './finding.js';
import { FindingGroups } from './finding-groups.js';
import { type CopiedFrame, FrameCopier } from './frame-copy.js';
import { Journey } from './journey.js';
import type { EventInterest, Rule, RuleObserver } from './rule.js';
import { RULES } from './rules/index.js';

/** Events of this level and the more severe ones are kept for looking around a finding. */
const WARNING = 3;
/** Events that no rule asks for and that are decoded for looking around; more are not. */
const MAX_EXTRA_EVENTS = 20_000;

export interface DiagnoserOptions {
  /** Ids of rules whose findings are omitted: they are evaluated, but not reported. */
  readonly ignore?: readonly string[];
  /** Ids of the only rules whose findings are reported. */
  readonly only?: readonly string[];
}

interface RunningRule {
  readonly rule: Rule;
  readonly groups: FindingGroups;
  readonly observer: RuleObserver;
}

/** An event of a trace before it is decoded. */
export interface UndecodedEvent {
  readonly providerId: string;
  readonly id: number;
  /** 1 critical … 5 verbose; 0: always. */
  readonly level: number;
}

/**
 * Examines the packets and events of one capture with all rules, in one pass and in bounded memory. Pass in time
 * order: `packet` for each appearance, `event` for each event, `path` for each path that a PathTracker closes.
 */
export class Diagnoser {
  readonly context: DiagnosisContext;
  readonly #facts: CaptureFacts & { traces: readonly CaptureTrace[]; providers: readonly CaptureProvider[] };
  readonly #sources = new Set<SourceName>();
  readonly #options: DiagnoserOptions;
  readonly #running: readonly RunningRule[];
  /** First appearances by packet number, until their path is closed. */
  readonly #frames = new Map<number, CopiedFrame>();
  readonly #copier = new FrameCopier();
  /** Observers of journeys, by protocol; `''`: those of all protocols. */
  readonly #byProtocol = new Map<string, RuleObserver[]>();
  /** Rules that receive an event, by provider; and the ids that any of them wants. */
  readonly #byProvider = new Map<
    string,
    { readonly ids: Set<number>; isAll: boolean; rules: RunningRule[] }
  >();
  readonly #dropsByReason = new Map<string, RunningRule>();
  readonly #dropsByFunction: RunningRule[] = [];
  #restOfDrops: RunningRule | undefined;
  #extraEvents = 0;
  #lastHigh = 0;
  #lastLow = 0;

  /** @param rules for tests */
  constructor(
    names: PathNames,
    hosts: readonly DiagnosisHost[],
    options: DiagnoserOptions = {},
    rules: readonly Rule[] = RULES,
  ) {
    this.#options = options;
    this.#facts = {
      traces: [],
      providers: [],
      packets: 0,
      appearances: 0,
      passed: 0,
      truncated: 0,
      inbound: 0,
      outbound: 0,
      sources: this.#sources,
      firstPacket: 0n,
      lastPacket: 0n,
      events: 0,
    };
    const drops = new DropEvidence((drop) => this.#drop(drop));
    this.context = { names, hosts, facts: this.#facts, log: new EventLog(), drops };
    this.#running = rules.map((rule) => this.#start(rule));
    for (const source of DROP_EVENT_SOURCES) this.#want(source);
  }

  /** Hot path. An appearance of a packet that has its identity. */
  packet(packet: Packet): void {
    const facts = this.#facts;
    const { sighting } = packet;
    if (sighting === undefined) throw new Error('the packet has no identity');
    facts.appearances += 1;
    if (!packet.dropped) facts.passed += 1;
    if (packet.originalLength > packet.length) facts.truncated += 1;
    if (packet.direction === Direction.inbound) facts.inbound += 1;
    else if (packet.direction === Direction.outbound) facts.outbound += 1;
    if (!this.#sources.has(packet.captureLocation.source)) this.#sources.add(packet.captureLocation.source);
    if (facts.appearances === 1) facts.firstPacket = ticksOf(packet);
    this.#lastHigh = packet.timeHigh;
    this.#lastLow = packet.timeLow;
    if (sighting.hop === 1) {
      facts.packets += 1;
      this.#frames.set(sighting.packet, this.#copier.copy(packet));
    }
  }

  /**
   * Hot path: whether an event is to be decoded and passed to {@link event}.
   *
   * @param event counted as examined
   */
  wants({ id, level, providerId }: UndecodedEvent): boolean {
    this.#facts.events += 1;
    const wanted = this.#byProvider.get(providerId);
    if (wanted !== undefined && (wanted.isAll || wanted.ids.has(id))) return true;
    if (level === 0 || level > WARNING || this.#extraEvents >= MAX_EXTRA_EVENTS) return false;
    this.#extraEvents += 1;
    return true;
  }

  /** An event that {@link wants} let through. */
  event(event: DiagnosisEvent): void {
    this.context.log.add(event);
    this.context.drops.add(event);
    for (const { observer, rule } of this.#byProvider.get(event.providerId)?.rules ?? []) {
      if (rule.events?.some((interest) => covers(interest, event))) observer.onEvent?.(event);
    }
  }

  /** A path that is complete. */
  path(path: PacketPath): void {
    const copy = this.#frames.get(path.packet);
    // The continuation of a path that was closed early.
    if (copy === undefined) return;
    this.#frames.delete(path.packet);
    const journey = new Journey(path, copy, this.context.names);
    for (const observer of this.#byProtocol.get('') ?? []) observer.onJourney?.(journey);
    for (const observer of this.#byProtocol.get(journey.flow.protocol) ?? []) observer.onJourney?.(journey);
    const drop = this.context.drops.dropOf(journey, this.context);
    if (drop !== undefined) this.#drop(drop);
  }

  /** All packets, events and paths were passed. */
  finish(traces: readonly CaptureTrace[], providers: readonly CaptureProvider[]): DiagnosisResult {
    this.context.drops.finish();
    const facts = this.#facts;
    facts.traces = traces;
    facts.providers = providers;
    facts.lastPacket = (BigInt(this.#lastHigh) << 32n) | BigInt(this.#lastLow);
    for (const { observer } of this.#running) observer.onEnd?.();
    const groups = this.#running.flatMap(({ groups: own }) => [...own.all]).filter(({ count }) => count > 0);
    linkCauses(groups);
    const { ignore = [], only } = this.#options;
    const isReported = (id: string): boolean => !ignore.includes(id) && (only?.includes(id) ?? true);
    const ordered = orderByImpact(groups).filter(({ group }) => isReported(group.rule.id));
    return {
      findings: ordered.map(({ group }) => group.finding()),
      depths: ordered.map(({ depth }) => depth),
      packets: facts.packets,
      events: facts.events,
      notVisible: this.#running.flatMap(({ rule }) => {
        const fault = rule.notVisible?.(this.context);
        return fault === undefined ? [] : [`${fault} – record with: ${captureAdvice(rule.id)}`];
      }),
    };
  }

  #start(rule: Rule): RunningRule {
    const groups = new FindingGroups(rule);
    const running: RunningRule = { rule, groups, observer: rule.observe(this.context, groups) };
    if (running.observer.onJourney !== undefined) {
      for (const protocol of rule.protocols ?? ['']) {
        const observers = this.#byProtocol.get(protocol) ?? [];
        observers.push(running.observer);
        this.#byProtocol.set(protocol, observers);
      }
    }
    for (const interest of rule.events ?? []) this.#want(interest, running);
    if (rule.drops?.accepts !== undefined) this.#dropsByFunction.push(running);
    for (const reason of rule.drops?.reasons ?? []) this.#dropsByReason.set(reasonKey(reason), running);
    if (rule.drops?.isRest) this.#restOfDrops = running;
    return running;
  }

  #want({ ids, provider }: EventInterest, running?: RunningRule): void {
    const wanted = this.#byProvider.get(provider) ?? { ids: new Set<number>(), isAll: false, rules: [] };
    if (ids === undefined) wanted.isAll = true;
    for (const id of ids ?? []) wanted.ids.add(id);
    if (running !== undefined && !wanted.rules.includes(running)) wanted.rules.push(running);
    this.#byProvider.set(provider, wanted);
  }

  #drop(drop: Drop): void {
    const claiming =
      this.#dropsByFunction.find(({ rule }) => rule.drops?.accepts?.(drop)) ??
      (drop.reasonName === undefined ? undefined : this.#dropsByReason.get(reasonKey(drop.reasonName))) ??
      this.#restOfDrops;
    claiming?.observer.onDrop?.(drop);
  }
}

/** {@link Diagnosis}, with the depth of each finding: 0, or the number of findings above that explain it. */
export interface DiagnosisResult extends Diagnosis {
  readonly depths: readonly number[];
}

const covers = ({ ids, provider }: EventInterest, { id, providerId }: DiagnosisEvent): boolean =>
  provider === providerId && (ids?.includes(id) ?? true);

const ticksOf = ({ timeHigh, timeLow }: Packet): bigint => (BigInt(timeHigh) << 32n) | BigInt(timeLow);
