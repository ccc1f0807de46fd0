import type { DiagnosisEvent } from '../../event.js';
import type { EventInterest } from '../../rule.js';
import type { DroppedByEvent } from '../drop.js';

/** Events of one provider that each describe a dropped packet. */
export interface DropEventSource extends EventInterest {
  /** @returns undefined if the event is not about a drop, or does not have the fields */
  readonly read: (event: DiagnosisEvent) => DroppedByEvent | undefined;
}
