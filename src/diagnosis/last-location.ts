import { endName, type HopLocation } from '../paths/index.js';
import { type DiagnosisContext, factsOf } from './context.js';
import type { JourneyNote } from './journey.js';

/** The location of the last appearance, as text: `sent to the network at e1dn.sys #3 Upper Tx`. */
export const lastLocationText = (note: JourneyNote, context: Pick<DiagnosisContext, 'names'>): string =>
  `${verb(note)} ${lastLocation(note, context)}`;

/** A location in words: `e1dn.sys #3 Upper Tx`. */
export const locationName = (
  hopLocation: HopLocation,
  host: number,
  { names }: Pick<DiagnosisContext, 'names'>,
): string => endName(hopLocation, names.factsOf(hopLocation.captureLocation, host));

/** The location alone: `e1dn.sys #3 Upper Tx`. */
export function lastLocation(
  { ending: { hop }, host }: JourneyNote,
  context: Pick<DiagnosisContext, 'names'>,
): string {
  return endName(hop.hopLocation, factsOf(context, hop, host));
}

function verb({ ending }: JourneyNote): string {
  if (ending.kind === 'dropped') return ending.inferred ? 'last seen at' : 'dropped at';
  if (ending.kind === 'last-seen') return 'last seen at';
  switch (ending.to) {
    case 'wire':
      return 'sent to the network at';
    case 'stack':
      return 'delivered to the stack at';
    case 'vnic':
    case 'port':
      return 'left the switch at';
    case 'parts':
    case 'whole':
      return 'last seen at';
  }
}
