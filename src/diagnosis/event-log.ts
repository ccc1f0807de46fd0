import type { DiagnosisEvent } from './event.js';
import { fieldTexts } from './event.js';

/** Events that are kept; older ones are overwritten. */
const CAPACITY = 20_000;
/** Events around one finding. */
const MAX_AROUND = 20;

/** Criteria besides the time by which an event belongs to a packet or drop. */
export interface Surroundings {
  readonly host: number;
  readonly processor?: number;
  /** Addresses, NIC and port names that an event's fields may have. */
  readonly names?: readonly string[];
}

/** The decoded events of the last moments, in time order. */
export class EventLog {
  #events: DiagnosisEvent[] = [];
  /** Index of the oldest valid event; earlier ones are removed from time to time. */
  #start = 0;
  readonly #capacity: number;

  /** @param capacity for tests */
  constructor(capacity = CAPACITY) {
    this.#capacity = capacity;
  }

  add(event: DiagnosisEvent): void {
    this.#events.push(event);
    if (this.#events.length - this.#start <= this.#capacity) return;
    this.#start += 1;
    if (this.#start < this.#capacity) return;
    this.#events = this.#events.slice(this.#start);
    this.#start = 0;
  }

  /** Events from `from` to `to`, both included; Unix time in 100 ns. */
  between(from: bigint, to: bigint): DiagnosisEvent[] {
    const found: DiagnosisEvent[] = [];
    for (let at = this.#firstFrom(from); at < this.#events.length; at++) {
      const event = this.#events[at];
      if (event === undefined || event.ticks > to) break;
      found.push(event);
    }
    return found;
  }

  /**
   * Events around a time about the same connection, NIC, port or processor: those that name it first, at most 20, in
   * time order.
   *
   * @param ticks Unix time in 100 ns
   * @param window ticks before and after it
   */
  around(ticks: bigint, window: number, { host, names = [], processor }: Surroundings): DiagnosisEvent[] {
    const wanted = names.filter((name) => name !== '');
    const named: DiagnosisEvent[] = [];
    const near: DiagnosisEvent[] = [];
    for (const event of this.between(ticks - BigInt(window), ticks + BigInt(window))) {
      if (event.host !== host) continue;
      if (namesAny(event, wanted)) named.push(event);
      else if (event.processor === processor) near.push(event);
    }
    const distance = ({ ticks: at }: DiagnosisEvent): number => Math.abs(Number(at - ticks));
    return [...named, ...near.sort((a, b) => distance(a) - distance(b))]
      .slice(0, MAX_AROUND)
      .sort((a, b) => (a.ticks < b.ticks ? -1 : a.ticks > b.ticks ? 1 : 0));
  }

  /** Binary search for the first event at or after a time. */
  #firstFrom(ticks: bigint): number {
    let low = this.#start;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const event = this.#events[middle];
      if (event !== undefined && event.ticks < ticks) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function namesAny(event: DiagnosisEvent, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const texts = fieldTexts(event);
  return names.some((name) => texts.some((text) => text === name || text.startsWith(`${name}:`)));
}
