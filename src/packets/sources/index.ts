import { ndisSource } from './ndis.js';
import { pktmonSource } from './pktmon.js';
import { rasSource } from './ras.js';
import type { PacketSource } from './source.js';
import { vswitchSource } from './vswitch.js';
import { vswitchNblSource } from './vswitch-nbl-tracker.js';
import { wfpSource } from './wfp.js';

/** All packet sources. A new source is a new file and a line here. */
export const PACKET_SOURCES: readonly PacketSource[] = [
  ndisSource,
  vswitchSource,
  vswitchNblSource,
  pktmonSource,
  rasSource,
  wfpSource,
];
