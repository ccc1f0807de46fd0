import { UNKNOWN } from '../../packets/index.js';
import type { Hop } from '../../paths/index.js';
import { type DiagnosisContext, dropOf, dropReasonName, factsOf } from '../context.js';
import type { DiagnosisEvent } from '../event.js';
import type { Journey } from '../journey.js';
import type { Drop, DroppedByEvent } from './drop.js';
import { DROP_EVENT_SOURCES, type DropEventSource } from './sources/index.js';

/** Ticks of 100 ns. */
const MILLISECOND = 10_000;
/** An event and the drop record of one packet are this far apart at most: they are written by one call chain. */
const WINDOW = 5 * MILLISECOND;
/** Events that wait for the journey of their packet. Journeys are complete a second after their last hop, or earlier. */
const MAX_WAITING = 10_000;
/** After this time, events without a journey are drops by themselves: their journeys would be complete. */
const SETTLED = 5000 * MILLISECOND;

interface WaitingEvent {
  readonly event: DiagnosisEvent;
  readonly byEvent: DroppedByEvent;
}

/** Joins drop records with the events about the same drop. */
export class DropEvidence {
  /** Events about drops, in time order. */
  #waiting: WaitingEvent[] = [];
  readonly #sources = new Map<string, DropEventSource[]>();
  readonly #onDrop: (drop: Drop) => void;

  /** @param onDrop receives drops that only an event states */
  constructor(onDrop: (drop: Drop) => void) {
    this.#onDrop = onDrop;
    for (const source of DROP_EVENT_SOURCES) {
      this.#sources.set(source.provider, [...(this.#sources.get(source.provider) ?? []), source]);
    }
  }

  /** Adds an event that may be about a drop. */
  add(event: DiagnosisEvent): void {
    for (const source of this.#sources.get(event.providerId) ?? []) {
      if (source.ids?.includes(event.id) === false) continue;
      const byEvent = source.read(event);
      if (byEvent !== undefined) this.#waiting.push({ event, byEvent });
    }
    const [oldest] = this.#waiting;
    const isOld = oldest !== undefined && event.ticks - oldest.event.ticks > BigInt(2 * SETTLED);
    if (isOld) this.#release(this.#indexFrom(event.ticks - BigInt(SETTLED)));
    else if (this.#waiting.length > MAX_WAITING) this.#release(MAX_WAITING / 2);
  }

  /**
   * A dropped packet with the events about its drop. A packet without a drop record was dropped if an event with its
   * addresses states a drop and there is no later appearance.
   */
  dropOf(journey: Journey, context: DiagnosisContext): Drop | undefined {
    const { drop, last } = journey.path;
    if (drop === undefined && this.#waiting.length === 0) return undefined;
    const hop = drop ?? last;
    const { host } = journey;
    const ticks = journey.path.ticks + BigInt(hop.since);
    const joined = this.#take(hop, ticks, journey, context);
    const [first] = joined;
    if (drop === undefined) return first && eventDrop(first, joined, journey);
    // A keyword bit alone is no evidence of a drop (see Packet.dropped).
    if (drop.dropReason === UNKNOWN && first === undefined) return undefined;
    const json = dropOf(context, hop, host);
    const reasonName = dropReasonName(context, hop.dropReason, host) ?? first?.byEvent.reasonName;
    return {
      journey,
      hop,
      events: joined.map(({ event }) => event),
      ...(first && { byEvent: first.byEvent }),
      host,
      ticks,
      reasonName,
      locationName: json.dropLocationName,
      // Packets of a vSwitch have no reason; the event has it, and logs the drop.
      json: hop.dropReason === UNKNOWN ? { Drop: reasonName ?? json.Drop } : json,
      location: journey.locationOf(hop),
      flow: journey.flow,
    };
  }

  /** The end of the trace: events that no journey took. */
  finish(): void {
    this.#release(this.#waiting.length);
  }

  /** Removes and returns the events of one drop: the nearest event, and matching ones of other providers. */
  #take(hop: Hop, ticks: bigint, journey: Journey, context: DiagnosisContext): WaitingEvent[] {
    const from = this.#indexFrom(ticks - BigInt(WINDOW));
    const end = this.#indexFrom(ticks + BigInt(WINDOW) + 1n);
    if (from === end) return [];
    const { host } = journey;
    const facts = factsOf(context, hop, host);
    const { captureLocation } = hop.hopLocation;
    const names = [captureLocation.nicName, captureLocation.portName, facts.nic, facts.description].filter(
      (name) => name !== undefined,
    );
    const candidates = this.#waiting
      .slice(from, end)
      .filter(({ event }) => event.host === host)
      .filter(({ byEvent, event }) => fits(byEvent, event, hop, names, journey))
      .sort((a, b) => distance(a.event, ticks) - distance(b.event, ticks));
    const taken: WaitingEvent[] = [];
    for (const candidate of candidates) {
      if (taken.some(({ event }) => event.providerId === candidate.event.providerId)) continue;
      taken.push(candidate);
    }
    if (taken.length > 0) this.#waiting = this.#waiting.filter((each) => !taken.includes(each));
    return taken;
  }

  #release(count: number): void {
    for (const waiting of this.#waiting.splice(0, count))
      this.#onDrop(eventDrop(waiting, [waiting], undefined));
  }

  /** Index of the first waiting event at or after a time. */
  #indexFrom(ticks: bigint): number {
    let low = 0;
    let high = this.#waiting.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.#waiting[middle]?.event.ticks;
      if (at !== undefined && at < ticks) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A drop that only events state. */
function eventDrop(
  { byEvent, event }: WaitingEvent,
  joined: readonly WaitingEvent[],
  journey: Journey | undefined,
): Drop {
  const { location, reasonName } = byEvent;
  return {
    ...(journey && { journey }),
    events: joined.map((each) => each.event),
    byEvent,
    host: event.host,
    ticks: event.ticks,
    reasonName,
    locationName: undefined,
    json: { Drop: reasonName ?? 'Dropped' },
    location,
    flow: journey?.flow,
  };
}

const distance = ({ ticks }: DiagnosisEvent, moment: bigint): number => Math.abs(Number(ticks - moment));

/** Addresses decide where an event has them; otherwise the NIC and the processor. */
function fits(
  { flow, nics }: DroppedByEvent,
  event: DiagnosisEvent,
  hop: Hop,
  names: readonly string[],
  journey: Journey,
): boolean {
  if (flow !== undefined) return journey.flows.some((own) => isSameFlow(own, flow));
  if (!hop.hopLocation.dropped) return false;
  return event.processor === hop.processor && nics.some((nic) => names.includes(nic));
}

function isSameFlow(own: Journey['flow'], stated: NonNullable<DroppedByEvent['flow']>): boolean {
  const address = (text: string | undefined, port: number | undefined): string =>
    port === undefined ? (text ?? '') : text?.includes(':') ? `[${text}]:${port}` : `${text}:${port}`;
  return (
    stated.source === address(own.source, own.sourcePort) &&
    stated.destination === address(own.destination, own.destinationPort)
  );
}
