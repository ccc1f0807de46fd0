import { LinkType } from '../net/index.js';

export { LinkType };

/** The packet sources, by their names in interface keys and in the summary. */
export type SourceName = 'ndis' | 'vswitch' | 'pktmon' | 'ras' | 'wfp';

/** The snap length of every pcapng written: longer packets are truncated to it (libpcap's MAXIMUM_SNAPLEN). */
export const SNAP_LENGTH = 262_144;

/**
 * A location at which packets were captured; each becomes an interface of the pcapng file. Sources intern locations:
 * the same location is the same object, in both passes over the trace.
 */
export interface CaptureLocation {
  readonly source: SourceName;
  /** See {@link LinkType}. */
  readonly linkType: number;
  /** Unique over all locations of a trace and equal in both passes: source, link type and the following members. */
  readonly key: string;
  /** NDIS, vSwitch: MiniportIfIndex. */
  readonly miniportIfIndex?: number;
  /** NDIS, vSwitch: LowerIfIndex, the index of the interface below the capture driver. */
  readonly lowerIfIndex?: number;
  /** pktmon. */
  readonly componentId?: number;
  /** vSwitch: the port that the packet came from. */
  readonly portId?: number;
  readonly portName?: string;
  readonly nicName?: string;
  readonly nicType?: string;
  /** vSwitch: VLAN id 1 to 4094; absent if untagged. */
  readonly vlanId?: number;
  /** vSwitch: virtual subnet id, 24 bits; absent if none. */
  readonly vsid?: number;
  /** RAS: RoutingDomainID and RRASUserName. */
  readonly routingDomainId?: string;
  readonly userName?: string;
  /** WFP capture: the layer, as the source names it. */
  readonly layer?: string;
}

/** A link type in one word, for file names and summaries. */
export function linkTypeName(linkType: number): string {
  switch (linkType) {
    case LinkType.ethernet:
      return 'ethernet';
    case LinkType.raw:
      return 'raw';
    case LinkType.ieee80211:
      return 'wifi';
    default:
      return `link-${linkType}`;
  }
}
