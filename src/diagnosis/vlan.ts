import { ABSENT } from '../net/index.js';
import { UNKNOWN } from '../packets/index.js';
import type { Journey } from './journey.js';

/** The VLAN that a packet was in first: of its tag, its out-of-band data, or its port. 0: untagged; undefined: not known. */
export function vlanOf({ frame, hops }: Journey): number | undefined {
  if (frame.vlanId !== ABSENT && frame.vlanId !== 0) return frame.vlanId;
  for (const { hopLocation, vlanId } of hops) {
    if (vlanId !== UNKNOWN && vlanId !== 0) return vlanId;
    if (hopLocation.captureLocation.vlanId !== undefined) return hopLocation.captureLocation.vlanId;
  }
  return hops.some(({ vlanId }) => vlanId === 0) ? 0 : undefined;
}
