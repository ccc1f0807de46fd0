import type { DropEventSource } from './source.js';
import { VFPEXT_DROPS } from './vfpext.js';
import { VMSWITCH_DROPS } from './vmswitch.js';

export type { DropEventSource } from './source.js';

/** Events about dropped packets, by provider: a new source needs one file and one line. */
export const DROP_EVENT_SOURCES: readonly DropEventSource[] = [VFPEXT_DROPS, VMSWITCH_DROPS];
