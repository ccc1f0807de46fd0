import { dropLocationName } from '../etw/index.js';
import type { NameLookup } from './comments/packet-comment.js';
import { UNKNOWN } from './packet.js';

/**
 * Why and where Windows dropped a packet, under the keys of the packet comments. Reason and location are absent if
 * only a keyword bit of the event marks the packet as dropped.
 */
export interface DropJson {
  readonly Drop: string;
  readonly DropReason?: number;
  /** Hexadecimal. */
  readonly DropLocation?: string;
  /** The location's name in the Windows source. */
  readonly dropLocationName?: string;
  /** True if only a keyword bit of NDIS-PacketCapture marks the drop. */
  readonly dropInferred?: true;
}

/** Packets dropped for one reason at one location. */
export interface DropCountJson extends DropJson {
  readonly packets: number;
}

/** The text of a drop reason; an inferred drop has none. */
const dropText = (reason: number, names: Pick<NameLookup, 'dropReasonText'>): string =>
  reason === UNKNOWN ? 'Dropped' : (names.dropReasonText(reason) ?? `reason ${reason}`);

export function dropJson(
  reason: number,
  location: number,
  names: Pick<NameLookup, 'dropReasonText'>,
): DropJson {
  const locationName = location === UNKNOWN ? undefined : dropLocationName(location);
  return {
    Drop: dropText(reason, names),
    ...(reason !== UNKNOWN && { DropReason: reason }),
    ...(location !== UNKNOWN && { DropLocation: `0x${location.toString(16)}` }),
    ...(locationName !== undefined && { dropLocationName: locationName }),
    ...(reason === UNKNOWN && { dropInferred: true }),
  };
}
