import { JourneyFlag, type JourneyStore } from './journey-store.js';

/** Packets that are looked at. */
const MAX_STEPS = 64;
/** Ticks of 100 ns between a packet and its encrypted form. */
const WINDOW = 20_000;
/**
 * Bytes that ESP adds to the payload of the packet inside (RFC 4303): SPI and sequence number 8, an IV of 8 or 16,
 * padding and its two bytes, 8 to 32 for integrity; in tunnel mode the inner IP header of 20 or 40, and 8 if it is in
 * UDP (RFC 3948).
 */
const LEAST_ADDED = 24;
const MOST_ADDED = 128;

/** Known properties of a packet that is or was encrypted. */
export interface EspQuery {
  readonly time: number;
  readonly processor: number;
  readonly hopLocation: number;
  readonly direction: number;
  readonly payloadLength: number;
  /** The packet is ESP, and the packet inside is wanted; otherwise the reverse. */
  readonly isEsp: boolean;
}

/**
 * The bytes of an ESP packet do not identify the packet inside: only order and length remain. Of this processor's last
 * packets, the oldest one with a possible length that has not been joined yet.
 *
 * @returns its slot; -1: none
 */
export function findByOrder(store: JourneyStore, query: EspQuery): number {
  const { direction, isEsp, payloadLength, processor, hopLocation, time } = query;
  let best = -1;
  for (let step = 0; step < MAX_STEPS; step++) {
    const slot = store.slotOf(store.packets - step);
    if (slot === -1 || time - (store.first[slot] ?? 0) > WINDOW) break;
    const flags = store.flags[slot] ?? 0;
    const added = (payloadLength - (store.payloadLength[slot] ?? 0)) * (isEsp ? 1 : -1);
    if (
      store.processor[slot] === processor &&
      store.direction[slot] === direction &&
      store.drops[slot] === 0 &&
      (flags & JourneyFlag.tunnelled) === 0 &&
      ((flags & JourneyFlag.esp) === 0) === isEsp &&
      added >= LEAST_ADDED &&
      added <= MOST_ADDED &&
      !store.hasVisited(slot, hopLocation)
    ) {
      best = slot;
    }
  }
  return best;
}
