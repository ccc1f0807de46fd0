import type { SidecarEvent } from '../events/index.js';
import type { DropJson } from '../packets/index.js';

/** Severity of a finding: something failed; something may be wrong; a fact to know. */
export type Severity = 'error' | 'warning' | 'note';

/** Most severe first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/**
 * `logged`: an event or a drop record states it; `seen`: it follows from packets; `inferred`: the most likely
 * explanation.
 */
export type Basis = 'logged' | 'seen' | 'inferred';

/** Sender and receiver of the packets of a finding, at the hop nearest to the endpoint. */
export interface FindingFlow {
  /** `TCP`, `UDP`, `ICMP`, `ARP`, `IP protocol 89`. */
  readonly protocol: string;
  /** Address and port: `10.0.0.4:443`. */
  readonly source?: string;
  readonly destination?: string;
}

/** The evidence of a finding: the drop record or event that shows it, and the last location of its packets. */
export interface Evidence extends Partial<DropJson> {
  /** The last location of the packets, as text. */
  readonly location?: string;
  readonly provider?: string;
  readonly eventId?: number;
  /** The fields of the event, by the names of its schema, with names of status codes. */
  readonly fields?: SidecarEvent['data'];
  /** Counts and measurements, by name: `{"eventsLost":12}`. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** An event near a finding: the same connection, NIC, port or processor, within a few milliseconds. */
export interface NearbyEvent {
  /** ISO 8601, UTC, seven decimals. */
  readonly time: string;
  readonly provider: string;
  readonly eventId?: number;
  /** Name of the event, and its message or fields. */
  readonly text: string;
}

/** One fault or fact that the trace shows. JSON-ready; members without a value are absent. */
export interface Finding {
  /** Id of the rule. Ids are a public interface. */
  readonly id: string;
  readonly severity: Severity;
  readonly basis: Basis;
  /** One line. Names in it come from the trace, unescaped. */
  readonly title: string;
  /** Packets; for findings from events alone, events. */
  readonly count: number;
  /** ISO 8601 of the first and last packet or event. */
  readonly first?: string;
  readonly last?: string;
  /** Frame numbers in the pcapng of a conversion without filters, ascending, at most 100: one for each packet. */
  readonly frames: readonly number[];
  /** Display filters for Wireshark and for Wireshark with the etlcap plugin. */
  readonly filter?: string;
  readonly pluginFilter?: string;
  /** Interface of the pcapng. */
  readonly interface?: string;
  /** Component of pktmon, or virtual NIC. */
  readonly component?: string;
  readonly compartment?: number;
  /** Image name and process id, if an event names the process. */
  readonly process?: string;
  readonly flow?: FindingFlow;
  readonly evidence: Evidence;
  /** Two sentences. */
  readonly meaning: string;
  /** Commands to run on the host, the most likely cause first. */
  readonly check: readonly string[];
  /** Ids of findings that explain this one. */
  readonly causes: readonly string[];
  /** Other explanations that fit. */
  readonly alternatives: readonly string[];
  /** At most 20. */
  readonly events: readonly NearbyEvent[];
}

/** Findings of a trace or of traces that are one capture. */
export interface Diagnosis {
  /** Most severe first, then by impact; a finding follows the finding that explains it. */
  readonly findings: readonly Finding[];
  /** Packets examined; each counts once, not each copy. */
  readonly packets: number;
  readonly events: number;
  /** Faults that this capture could not have shown, one sentence each. */
  readonly notVisible: readonly string[];
}
