import { ABSENT, formatMac } from '../net/index.js';
import { Direction } from '../packets/index.js';
import type { Journey } from './journey.js';

/** NIC types of a virtual switch's connection to the network, in pktmon's and the switch's spelling. */
const EXTERNAL_NIC = /^external/iu;

/** Whether a packet came from outside the host: an adapter received it, or it entered a switch at its external NIC. */
export function isFromOutside({ path: { first } }: Journey): boolean {
  const { captureLocation, direction, directionText } = first.hopLocation;
  if (captureLocation.source === 'vswitch') return EXTERNAL_NIC.test(captureLocation.nicType ?? '');
  return direction === Direction.inbound && directionText !== 'Ingress';
}

/** The MAC address that sent the first appearance; undefined if the frame has none. */
export const sourceMacOf = ({ bytes, frame }: Journey): string | undefined =>
  frame.sourceMac === ABSENT ? undefined : formatMac(bytes, frame.sourceMac, 6);
