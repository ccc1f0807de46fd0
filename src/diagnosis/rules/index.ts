import type { Rule } from '../rule.js';
import { captureLostEvents } from './capture-lost-events.js';
import { dropBenign } from './drop-benign.js';
import { dropVlan } from './drop-vlan.js';
import { natError } from './nat-error.js';
import { tcpSynUnanswered } from './tcp-syn-unanswered.js';

/** All rules. A new one takes one file and one line; `drop-benign` stays before other rules that decide by a function. */
export const RULES: readonly Rule[] = [
  // Capture quality
  captureLostEvents,
  // Drops
  dropBenign,
  dropVlan,
  // Conversations
  tcpSynUnanswered,
  // Logged errors
  natError,
];
