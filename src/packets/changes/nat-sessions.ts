import { EventRecord, LimitLog, type RecordCopy, type UnixTicks } from '../../etl/index.js';
import { BuiltinProviderId, type EventSchema, type RawStruct, readFields } from '../../etw/index.js';
import { FlowKey, type FrameLayout, type SocketEnd, socketEnd } from '../../net/index.js';

/** WinNatSessionCreate and WinNatTranslation of Microsoft-Windows-WinNat (manifests of builds 15063 to 28000). */
const SESSION_CREATED = 1001;
const TRANSLATION = 1009;

/** Translations that are remembered, and bytes that each counts for in the budget of {@link LimitLog}. */
const MAX_TRANSLATIONS = 131_072;
const TRANSLATION_BYTES = 160;
const MAX_UNDESCRIBED = 16_384;
/** Translations of one hash, and of one flow, that are compared. */
const MAX_DEPTH = 64;
/** A packet may be logged before the event of its session, on another processor: ticks of 100 ns. */
const SLACK = 1_000_000;

/** A session of WinNat, or the translation of one packet, as its event states it. */
export interface NatTranslation {
  readonly event: typeof SESSION_CREATED | typeof TRANSLATION;
  /** IP protocol number. */
  readonly protocol: number;
  /** Before the translation; of a session, its internal side. */
  readonly source: SocketEnd;
  readonly destination: SocketEnd;
  /** After the translation; of a session, its external side. */
  readonly newSource: SocketEnd;
  readonly newDestination: SocketEnd;
  /** Of the internal side; 0: not in the event. */
  readonly compartment: number;
  /** NTSTATUS of the translation; 0: success, and sessions. */
  readonly status: number;
  /** Unix time in 100 ns, as a number: exact to 200 ns. */
  readonly time: number;
}

/** Hot path. Whether the record is a WinNat event that {@link readNatTranslation} reads. */
export const isNatEvent = (record: EventRecord): boolean =>
  record.kind === 'event' &&
  (record.id === SESSION_CREATED || record.id === TRANSLATION) &&
  record.providerId === BuiltinProviderId.winNat;

/** Reads a record for which {@link isNatEvent} is true; undefined if an address is missing. */
export function readNatTranslation(record: EventRecord, schema: EventSchema): NatTranslation | undefined {
  const { values } = readFields(schema, record);
  const isSession = record.id === SESSION_CREATED;
  const [before, after] = isSession ? ['Internal', 'External'] : ['Incoming', 'Translated'];
  const source = endField(values, `${before}SrcAddr`);
  const destination = endField(values, `${before}DstAddr`);
  const newSource = endField(values, `${after}SrcAddr`);
  const newDestination = endField(values, `${after}DstAddr`);
  const protocol = values.get('TransportProtocol');
  if (source === undefined || destination === undefined || newSource === undefined) return undefined;
  if (newDestination === undefined || typeof protocol !== 'number') return undefined;
  const compartment = values.get('InternalCompartmentId');
  const status = values.get('Status');
  const ticks: UnixTicks = { timeHigh: 0, timeLow: 0 };
  record.unixTicks(ticks);
  return {
    event: isSession ? SESSION_CREATED : TRANSLATION,
    protocol,
    source,
    destination,
    newSource,
    newDestination,
    compartment: typeof compartment === 'number' ? compartment : 0,
    status: typeof status === 'number' ? status : 0,
    time: timeOf(ticks),
  };
}

function endField(values: RawStruct, name: string): SocketEnd | undefined {
  const bytes = values.get(name);
  return bytes instanceof Uint8Array ? socketEnd(bytes.slice()) : undefined;
}

const timeOf = ({ timeHigh, timeLow }: UnixTicks): number => timeHigh * 2 ** 32 + timeLow;

/** A flow, and the flow after translation. */
interface Entry {
  readonly key: Uint8Array;
  readonly counterpart: Uint8Array;
  readonly translation: NatTranslation;
  readonly next: Entry | undefined;
  readonly depth: number;
}

/** The translation of a frame's flow. */
export interface NatCounterpart {
  readonly translation: NatTranslation;
  /** The flow of the same packet on the other side of the NAT: comparable with {@link FlowKey.equals}. */
  readonly flow: Uint8Array;
}

/**
 * The translations that WinNat logged: pairs of flows on both sides of the NAT. They are facts; addresses of packets
 * alone only allow a guess.
 *
 * Pass all records of the survey to {@link observe}, then call {@link finish}, then query. TCP and UDP; for ICMP no
 * public source documents the identifier.
 */
export class NatSessions {
  readonly #entries = new Map<number, Entry>();
  readonly #key = new FlowKey();
  readonly #other = new FlowKey();
  readonly #limits: LimitLog;
  readonly #translations: NatTranslation[] = [];
  #undescribed: RecordCopy[] = [];

  /** @param limits counts events beyond the limits */
  constructor(limits = new LimitLog()) {
    this.#limits = limits;
  }

  get isEmpty(): boolean {
    return this.#translations.length === 0;
  }

  /** All translations, in the order of the records. */
  get translations(): readonly NatTranslation[] {
    return this.#translations;
  }

  observe(record: EventRecord, schemaOf: (record: EventRecord) => EventSchema | undefined): void {
    if (!isNatEvent(record)) return;
    const schema = schemaOf(record);
    if (schema === undefined) {
      if (this.#undescribed.length >= MAX_UNDESCRIBED) this.#limits.add('natEventsLeftOut');
      else if (this.#limits.mayKeep('natEventsLeftOut', record.size)) this.#undescribed.push(record.copy());
      return;
    }
    const translation = readNatTranslation(record, schema);
    if (translation !== undefined && translation.status === 0) this.#add(translation);
  }

  /** Reads the events whose schemas came after them. */
  finish(schemaOf: (record: EventRecord) => EventSchema | undefined): void {
    const waiting = this.#undescribed;
    this.#undescribed = [];
    const record = new EventRecord();
    for (const copy of waiting) {
      record.restore(copy);
      if (schemaOf(record) !== undefined) this.observe(record, schemaOf);
    }
  }

  #add(translation: NatTranslation): void {
    if (this.#translations.length >= MAX_TRANSLATIONS) {
      this.#limits.add('natEventsLeftOut');
      return;
    }
    if (!this.#limits.mayKeep('natEventsLeftOut', TRANSLATION_BYTES)) return;
    this.#translations.push(translation);
    const { destination, newDestination, newSource, protocol, source } = translation;
    const before = keyOf(this.#key, protocol, source, destination);
    const after = keyOf(this.#other, protocol, newSource, newDestination);
    this.#link(before, after, translation);
    if (translation.event === TRANSLATION) return;
    // Answers have the reverse direction.
    const answer = keyOf(this.#key, protocol, newDestination, newSource);
    const translatedAnswer = keyOf(this.#other, protocol, destination, source);
    this.#link(answer, translatedAnswer, translation);
  }

  #link(a: Uint8Array, b: Uint8Array, translation: NatTranslation): void {
    this.#put(a, b, translation);
    this.#put(b, a, translation);
  }

  #put(key: Uint8Array, counterpart: Uint8Array, translation: NatTranslation): void {
    this.#key.bytes.set(key);
    const hash = this.#key.hash();
    const next = this.#entries.get(hash);
    const depth = (next?.depth ?? 0) + 1;
    if (depth > MAX_DEPTH) this.#limits.add('natEventsLeftOut');
    else this.#entries.set(hash, { key, counterpart, translation, next, depth });
  }

  /**
   * Hot path. The translation of a frame's flow at a Unix time in 100 ns, or the flow that was translated into it;
   * undefined if no event has it. If ports were reused, the last translation before that time counts.
   */
  counterpartOf(bytes: Uint8Array, layout: FrameLayout, ticks: UnixTicks): NatCounterpart | undefined {
    const key = this.#key;
    if (this.#entries.size === 0 || !key.setFrame(bytes, layout, false)) return undefined;
    return this.counterpartOfFlow(key, ticks);
  }

  /** Hot path. {@link counterpartOf} of a flow that is known already, its source first. */
  counterpartOfFlow(key: FlowKey, ticks: UnixTicks): NatCounterpart | undefined {
    const latest = timeOf(ticks) + SLACK;
    let found: Entry | undefined;
    for (let entry = this.#entries.get(key.hash()); entry !== undefined; entry = entry.next) {
      const { time } = entry.translation;
      if (time > latest || (found !== undefined && time <= found.translation.time)) continue;
      if (key.equals(entry.key)) found = entry;
    }
    return found && { translation: found.translation, flow: found.counterpart };
  }
}

function keyOf(key: FlowKey, protocol: number, source: SocketEnd, destination: SocketEnd): Uint8Array {
  key.set(source.family, protocol, source, destination);
  return key.bytes.slice();
}
