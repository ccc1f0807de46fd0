/** The data of the page: JSON that is embedded in it, read by the code in `client/`. Not a public format. */

import type { Finding } from '../diagnosis/index.js';
import type { DropCountJson } from '../packets/index.js';
import type { TraceFacts } from '../passes/index.js';
import type {
  AsymmetryJson,
  ConversationJson,
  DroppedPacketJson,
  NeverLeftJson,
  PathCountsJson,
  StepJson,
} from '../paths/index.js';

/** A trace that the page is about. */
export interface ReportTrace extends Pick<TraceFacts, 'bytes' | 'end' | 'host' | 'input' | 'os' | 'start'> {
  /** Losses and damage as text; empty if there is none. */
  readonly losses: readonly string[];
}

/** Packets over time, by interface. */
export interface ReportTimeline {
  /** Unix seconds of the first bin. */
  readonly start: number;
  /** Seconds a bin is wide. */
  readonly width: number;
  readonly bins: number;
  /** The interfaces that fit into the page. */
  readonly interfaces: readonly {
    readonly name: string;
    /** Counts by bin. */
    readonly packets: readonly number[];
    readonly dropped: readonly number[];
  }[];
}

/** A component, port or NIC on the map. */
export interface MapNode {
  readonly id: number;
  readonly kind: 'component' | 'port' | 'nic';
  readonly name: string;
  /** A description of the node. */
  readonly about: string;
  readonly packets: number;
  readonly dropped: number;
  /** Packets whose last appearance is here, neither dropped nor delivered. */
  readonly lastSeen: number;
  /** From the top, 0. */
  readonly layer: number;
  /** Position in its lane and layer, from the left, 0. */
  readonly column: number;
  /** Position of its lane in {@link StackMap.lanes}. */
  readonly lane: number;
}

/** Packets from node to node. */
export interface MapLink {
  readonly from: number;
  readonly to: number;
  readonly packets: number;
}

/** The stack that packets went through: the top is who speaks and listens, the bottom the wire. */
export interface StackMap {
  readonly nodes: readonly MapNode[];
  readonly links: readonly MapLink[];
  /** A compartment or vSwitch each, and how many columns it has. */
  readonly lanes: readonly { readonly name: string; readonly columns: number }[];
  readonly layers: number;
  /** Nodes beyond the map's limit. */
  readonly nodesLeftOut: number;
}

/** A path through the host, with the packets that took it. */
export type ReportPath = Omit<PathCountsJson, 'stableLocations'>;

/** A finding, and the number of findings above it that explain each other up to it. */
export interface ReportFinding extends Finding {
  readonly depth: number;
}

/** The journey of a packet that a finding is about. */
export interface ReportJourney {
  /** The frame that the finding names. */
  readonly frame: number;
  /** Frames of all appearances. */
  readonly frames: readonly number[];
  readonly hops: readonly {
    readonly frame: number;
    /** Seconds since the first hop. */
    readonly since: number;
    readonly location: string;
    readonly dropped: boolean;
  }[];
}

/** The latencies of a step as a histogram. */
export interface ReportHistogram extends StepJson {
  /** Ascending: from (seconds, included), to (excluded), count. */
  readonly buckets: readonly (readonly [from: number, to: number, count: number])[];
}

/** Total rows of the lists of which the page has a part. */
export interface ListTotals {
  readonly findings: number;
  readonly traces: number;
  readonly interfaces: number;
  readonly paths: number;
  readonly neverLeft: number;
  readonly asymmetric: number;
  readonly conversations: number;
  readonly drops: number;
}

export interface ReportData {
  readonly etlcap: string;
  readonly totals: ListTotals;
  readonly traces: readonly ReportTrace[];
  /** Most severe first; one that another finding explains follows it. */
  readonly findings: readonly ReportFinding[];
  readonly journeys: readonly ReportJourney[];
  /** Faults that the capture could not have shown, in words. */
  readonly notVisible: readonly string[];
  readonly packets: number;
  readonly appearances: number;
  readonly inferred: number;
  readonly ambiguous: number;
  readonly delivered: number;
  readonly dropped: number;
  readonly dropRecords: number;
  readonly pathsClosedEarly: number;
  readonly timeline: ReportTimeline;
  readonly map: StackMap;
  readonly histograms: readonly ReportHistogram[];
  readonly paths: readonly ReportPath[];
  /** Packets on paths that are not listed. */
  readonly otherPaths: number;
  /** Packets with unknown outcome. */
  readonly lastSeen: number;
  readonly neverLeft: readonly NeverLeftJson[];
  readonly asymmetric: readonly AsymmetryJson[];
  readonly conversations: readonly ConversationJson[];
  readonly drops: readonly DropCountJson[];
  readonly droppedPackets: readonly DroppedPacketJson[];
}
