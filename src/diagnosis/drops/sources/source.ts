import type { DiagnosisEvent } from '../../event.js';
import type { EventInterest } from '../../rule.js';
import type { DroppedByEvent } from '../drop.js';

/** Events of one provider that each tell of a dropped packet. */
export interface DropEventSource extends EventInterest {
  /** @returns undefined if the event tells of no drop, or lacks the fields */
  readonly read: (event: DiagnosisEvent) => DroppedByEvent | undefined;
}
