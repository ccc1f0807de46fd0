import { captureLostEvents } from './capture-lost-events.js';
import { dropBenign } from './drop-benign.js';
import { dropVlan } from './drop-vlan.js';
import type { Fault } from './fault.js';
import { natError } from './nat-error.js';
import { tcpSynUnanswered } from './tcp-syn-unanswered.js';

export type { DiagnosedTrace, Fault } from './fault.js';

/** A fault for each id of a finding: a new one takes one file and one line. */
export const FAULTS: readonly Fault[] = [captureLostEvents, dropBenign, dropVlan, tcpSynUnanswered, natError];
