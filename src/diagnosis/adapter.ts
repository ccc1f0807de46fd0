import { UNKNOWN } from '../packets/index.js';
import type { Hop } from '../paths/index.js';
import { isGroupAddressed } from './group-address.js';
import type { Journey } from './journey.js';
import { isFromOutside } from './origin.js';

/** The adapter at which a packet entered or left the host. */
export interface WireAdapter {
  /** Interface index. */
  readonly adapter: number;
  /** Adapters of one team, or a synthetic adapter and its virtual function, have the same number. */
  readonly stack: number;
  readonly isInbound: boolean;
  readonly hop: Hop;
}

/** Protocols whose packets belong to a conversation with the same path in both directions. */
const UNICAST_PROTOCOLS: ReadonlySet<string> = new Set(['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP']);

/** The adapter of a unicast packet that crossed the wire; undefined for others and where the trace does not tell it. */
export function wireAdapterOf(journey: Journey): WireAdapter | undefined {
  if (journey.isDerived || !UNICAST_PROTOCOLS.has(journey.flow.protocol) || isGroupAddressed(journey))
    return undefined;
  const { ending, path } = journey;
  if (isFromOutside(journey)) return adapterOf(path.first, true);
  return ending.kind === 'delivered' && ending.to === 'wire' ? adapterOf(ending.hop, false) : undefined;
}

function adapterOf(hop: Hop, isInbound: boolean): WireAdapter | undefined {
  const { location } = hop;
  if (location === undefined || location.adapter === UNKNOWN || location.isVirtual) return undefined;
  return { adapter: location.adapter, stack: location.stack, isInbound, hop };
}
