import { Direction, UNKNOWN } from '../packets/index.js';
import type { Hop } from './packet-path.js';

/** Clocks of processors differ by up to this many ticks (12 µs). */
const SKEW = 120;

/**
 * Sorts hops by time; at equal times by appearance, then by frame. Hops of different processors whose times are within
 * the skew of their clocks are sorted by the order in which a packet passes their locations.
 */
export function sortHops(hops: Hop[]): void {
  hops.sort(byTime);
  for (let n = 1; n < hops.length; n++) {
    for (let at = n; at > 0; at--) {
      const earlier = hops[at - 1];
      const later = hops[at];
      if (earlier === undefined || later === undefined || !isOutOfOrder(earlier, later)) break;
      hops[at - 1] = later;
      hops[at] = earlier;
    }
  }
}

const byTime = (a: Hop, b: Hop): number =>
  a.since - b.since || a.appearance - b.appearance || a.frame - b.frame;

/** Whether the clocks differ and `later` is earlier in reality. */
function isOutOfOrder(earlier: Hop, later: Hop): boolean {
  if (earlier.processor === later.processor || Math.abs(later.since - earlier.since) > SKEW) return false;
  if (earlier.appearance > 0 && later.appearance > 0) return later.appearance < earlier.appearance;
  const { direction, dropped } = earlier.hopLocation;
  const from = earlier.location;
  const to = later.location;
  if (dropped || later.hopLocation.dropped || direction !== later.hopLocation.direction) return false;
  if (from === undefined || to === undefined) return false;
  if (from.host !== to.host || from.adapter === UNKNOWN || from.adapter !== to.adapter) return false;
  if (from.height === UNKNOWN || to.height === UNKNOWN) return false;
  if (direction === Direction.inbound) return to.height < from.height;
  return direction === Direction.outbound && to.height > from.height;
}
