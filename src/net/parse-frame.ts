import type { FrameLayout } from './frame-layout.js';
import { LinkType } from './numbers.js';
import { parseEthernet } from './parse-ethernet.js';
import { parseRawIp } from './parse-network.js';
import { parseWifi } from './parse-wifi.js';

/**
 * Hot path. Parses the headers of one frame: link header with VLAN tags, network header with extension headers,
 * transport header, and a tunnel's header. Never throws and never reads outside the range, for any bytes.
 *
 * @param start offset of the frame in `bytes`
 * @param length captured bytes, at least 0; the range must be inside `bytes`
 * @param linkType see {@link LinkType}; frames of other link types are not parsed
 * @param into receives the result; all its fields are overwritten
 */
export function parseFrame(
  bytes: Uint8Array,
  start: number,
  length: number,
  linkType: number,
  into: FrameLayout,
): void {
  into.reset(start, start + length);
  switch (linkType) {
    case LinkType.ethernet:
      parseEthernet(bytes, start, into);
      return;
    case LinkType.raw:
      parseRawIp(bytes, start, into);
      return;
    case LinkType.ieee80211:
      parseWifi(bytes, start, into);
  }
}

/**
 * Parses the frame or IP packet in a tunnel. `into` may be `outer` itself, to descend through all tunnels.
 *
 * @param outer the layout of the frame around it; its tunnel is not `none`
 */
export function parseInnerFrame(bytes: Uint8Array, outer: FrameLayout, into: FrameLayout): void {
  const { innerLinkType, payloadEnd, payloadStart } = outer;
  parseFrame(bytes, payloadStart, payloadEnd - payloadStart, innerLinkType, into);
}
