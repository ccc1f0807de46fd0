import type { DropEventSource } from './source.js';
import { VMSWITCH_DROPS } from './vmswitch.js';

export type { DropEventSource } from './source.js';

/** Events about dropped packets, by provider: a new source needs one file and one line. */
export const DROP_EVENT_SOURCES: readonly DropEventSource[] = [VMSWITCH_DROPS];
