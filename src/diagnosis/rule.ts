import type { DiagnosisContext } from './context.js';
import type { Drop } from './drops/drop.js';
import type { DiagnosisEvent } from './event.js';
import type { Basis, Severity } from './finding.js';
import type { FindingGroups } from './finding-groups.js';
import type { Journey } from './journey.js';

/** Events that a rule examines: all others are not decoded for it. */
export interface EventInterest {
  /** GUID of the provider, lower case, no braces. */
  readonly provider: string;
  /** Event ids; absent: all events of the provider. */
  readonly ids?: readonly number[];
}

/** Drops that a drop rule reports. Each dropped packet is reported by exactly one rule. */
export interface DropClaim {
  /** Names of drop reasons in Windows' enumeration (src/etw/builtin/pktmon-drops.ts); compared without punctuation and case. */
  readonly reasons?: readonly string[];
  /**
   * Decides by more than the reason. Rules with this function are evaluated first, in the order of the table of rules,
   * before reasons are compared.
   */
  readonly accepts?: (drop: Drop) => boolean;
  /** Accepts the drops that no other rule accepts; one rule has it. */
  readonly isRest?: true;
}

/** Observes one run for one rule. Arguments are valid during the call, unless documented otherwise. */
export interface RuleObserver {
  /**
   * Called once for each packet, when its journey is complete: all appearances, its ending, and the headers of the
   * first appearance. In the order of first frames. Parts and wholes of segmented packets are separate journeys
   * (`isDerived`).
   */
  readonly onJourney?: (journey: Journey) => void;
  /** Each drop that the rule's {@link Rule.drops} claims. */
  readonly onDrop?: (drop: Drop) => void;
  /** Each event of {@link Rule.events}, in time order, before the journeys of packets of that time. May be kept. */
  readonly onEvent?: (event: DiagnosisEvent) => void;
  /** All packets and events were examined; now {@link DiagnosisContext.facts} is complete. */
  readonly onEnd?: () => void;
}

/** A rule: one kind of finding. */
export interface Rule {
  /** Public; lower case with hyphens. */
  readonly id: string;
  readonly severity: Severity;
  readonly basis: Basis;
  /** The subject of its findings, for lists of rules: `Packets dropped because of their VLAN`. */
  readonly summary: string;
  /** Two sentences: the fault, and its consequence for the user. */
  readonly meaning: string;
  /** Commands to run on the host, the most likely cause first. */
  readonly check: readonly string[];
  /** The data that the rule examines, its thresholds and its limits, in paragraphs: `--explain`. */
  readonly explain: readonly string[];
  /** Protocols of the journeys to examine, as in Flow.protocol: `TCP`, `ARP`. Absent: all. */
  readonly protocols?: readonly string[];
  readonly events?: readonly EventInterest[];
  readonly drops?: DropClaim;
  /**
   * Ids of rules whose findings may explain findings of this rule: those that share a packet or a link (see
   * `FindingGroup.link`). A `*` at the end matches any end: `drop-*`.
   */
  readonly causes?: readonly string[];
  /**
   * The condition on the capture without which this rule cannot find anything: a sentence for the list of faults that
   * the capture could not have shown; undefined if it is met.
   */
  readonly notVisible?: (context: DiagnosisContext) => string | undefined;
  /** Starts a run: called once for each diagnosis. */
  readonly observe: (context: DiagnosisContext, findings: FindingGroups) => RuleObserver;
}
