import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { type DropCountJson, type DropJson, dropJson, UNKNOWN } from '../packets/index.js';
import { endpointsOf, type PathNames, type PathOutcomeJson, pathOutcomeJson, secondsOf } from './describe.js';
import type { FactsOf } from './ending.js';
import type { Histogram } from './histogram.js';
import type { HopLocation } from './hop-location.js';
import { edgeName, hopLocationName, stableHopLocationName } from './names.js';
import { isProtocol, type PathNode } from './node.js';
import type { ConversationCounts, DroppedPacket, HostPath, PathSummary, Step } from './summary.js';

/**
 * Latency in seconds. Maximum and mean are exact; percentiles are exact below 6.4 µs and at most 1.6 % off above.
 */
export interface LatencyJson {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The step between two locations. */
export interface StepJson {
  readonly from: string;
  readonly to: string;
  readonly latency: LatencyJson;
}

/** A path through the host, with the packets that took it. */
export interface PathCountsJson {
  readonly packets: number;
  /** Of all packets, 0 to 1. */
  readonly share: number;
  /** Of those, matched by content. */
  readonly inferred: number;
  readonly locations: readonly string[];
  /** The same without numbers that change at each boot: two traces are compared by them. */
  readonly stableLocations: readonly string[];
  readonly outcome: PathOutcomeJson;
  /** Of the first packet that took it. */
  readonly firstFrame: number;
  /** From the first hop to the last. */
  readonly latency: LatencyJson;
  readonly steps: readonly StepJson[];
}

/** Packets that reached a component, were not dropped there, and have no later appearance. */
export interface NeverLeftJson {
  readonly location: string;
  readonly stableLocation: string;
  readonly packets: number;
  /** Packets at this location with a later appearance elsewhere. */
  readonly continued: number;
  /** Edges of the component that none of these packets reached. With one: the component did not forward them. */
  readonly unseenEdges: readonly string[];
  readonly firstFrame: number;
}

/** The endpoints of a conversation. */
interface EndpointsJson {
  readonly protocol: string;
  readonly a: string;
  readonly b: string;
  readonly Compartment?: number;
  /** At a vSwitch: friendly name of the virtual NIC. */
  readonly nic?: string;
}

export interface ConversationJson extends EndpointsJson {
  readonly packets: number;
  readonly bytes: number;
  readonly dropped: number;
}

/** A conversation whose replies take another path. */
export interface AsymmetryJson extends EndpointsJson {
  /** Interfaces on the path of most packets from a to b, and from b to a. */
  readonly forward: readonly string[];
  readonly reverse: readonly string[];
  readonly onlyForward: readonly string[];
  readonly onlyReverse: readonly string[];
}

/** One dropped packet. */
export interface DroppedPacketJson extends DropJson {
  readonly frame: number;
  readonly time: string;
  readonly interface: string;
  readonly Compartment?: number;
  readonly protocol: string;
  readonly source?: string;
  readonly destination?: string;
  readonly length: number;
}

export interface PathSummaryJson {
  readonly packets: number;
  readonly appearances: number;
  /** Packets with appearances that were matched by content. */
  readonly inferred: number;
  /** Packets with appearances for which another packet would have matched as well. */
  readonly ambiguous: number;
  readonly delivered: number;
  readonly dropped: number;
  /** Several records can report the drop of one packet. */
  readonly dropRecords: number;
  /** Of {@link dropped}, those of which only a keyword bit of NDIS-PacketCapture tells. */
  readonly inferredDrops: number;
  /** Most frequent first. */
  readonly paths: readonly PathCountsJson[];
  /** Steps of all paths, most frequent first. */
  readonly steps: readonly StepJson[];
  /** Most frequent first. */
  readonly drops: readonly DropCountJson[];
  readonly dropsByInterface: readonly { readonly interface: string; readonly packets: number }[];
  readonly dropsByCompartment: readonly { readonly Compartment?: number; readonly packets: number }[];
  readonly dropsByConversation: readonly ConversationJson[];
  /** The first thousand. */
  readonly droppedPackets: readonly DroppedPacketJson[];
  readonly neverLeft: readonly NeverLeftJson[];
  readonly asymmetric: readonly AsymmetryJson[];
  /** Most packets first; the first thousand. */
  readonly conversations: readonly ConversationJson[];
  /** Counts of omissions by limits of lists; counts of 0 are absent. */
  readonly leftOut: {
    /** Packets of paths. */
    readonly paths?: number;
    /** Times that packets went from one location to the next. */
    readonly steps?: number;
    /** Packets of conversations. */
    readonly conversations?: number;
    /** Of {@link droppedPackets}. */
    readonly droppedPackets?: number;
    /** Packets of drops whose reason, location or interface has no count. */
    readonly drops?: number;
  };
}

/** Rows of lists that a trace can make as long as it likes. */
const MAX_ROWS = 1000;

const byPackets = (a: { packets: number }, b: { packets: number }): number => b.packets - a.packets;

const compartmentOf = (compartment: number): { readonly Compartment?: number } =>
  compartment === UNKNOWN ? {} : { Compartment: compartment };

export function latencyJson(histogram: Histogram): LatencyJson {
  const at = (share: number): number => secondsOf(histogram.percentile(share));
  return {
    count: histogram.count,
    mean: secondsOf(histogram.mean),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: secondsOf(histogram.maximum),
  };
}

/** The summary of a trace's packets as JSON. */
export function summaryJson(summary: PathSummary, names: PathNames): PathSummaryJson {
  const { factsOf } = names;
  const nameOf = (hopLocation: HopLocation): string =>
    hopLocationName(hopLocation, factsOf(hopLocation.captureLocation, hopLocation.host));
  const hostPaths = summary.hostPaths.values().sort((a, b) => byPackets(a, b) || a.firstFrame - b.firstFrame);
  const conversations = summary.conversations.values().sort(byPackets);
  return {
    packets: summary.packets,
    appearances: summary.appearances,
    inferred: summary.inferred,
    ambiguous: summary.ambiguous,
    delivered: summary.delivered,
    dropped: summary.dropped,
    dropRecords: summary.dropRecords,
    inferredDrops: summary.inferredDrops,
    paths: hostPaths.slice(0, MAX_ROWS).map((hostPath) => pathCountsJson(hostPath, summary.packets, factsOf)),
    steps: mostFrequentSteps(summary, MAX_ROWS).map(({ from, latency, to }) => ({
      from: nameOf(from),
      to: nameOf(to),
      latency: latencyJson(latency),
    })),
    ...dropsJson(summary, names, conversations),
    neverLeft: neverLeft(summary, factsOf),
    asymmetric: conversations.flatMap((counts) => asymmetry(counts, summary)).slice(0, MAX_ROWS),
    conversations: conversations.slice(0, MAX_ROWS).map(conversationJson),
    leftOut: leftOut(summary, hostPaths, conversations),
  };
}

/** Counts of omissions by limits of lists and tables. */
function leftOut(
  summary: PathSummary,
  hostPaths: readonly HostPath[],
  conversations: readonly ConversationCounts[],
): PathSummaryJson['leftOut'] {
  const { dropped, droppedPackets, drops, steps } = summary;
  const all = mostFrequentSteps(summary, Number.POSITIVE_INFINITY);
  const packetsOf = (rest: readonly { readonly packets: number }[]): number =>
    rest.reduce((sum, { packets }) => sum + packets, 0);
  const counts = {
    paths: summary.hostPaths.others + packetsOf(hostPaths.slice(MAX_ROWS)),
    steps: steps.others + all.slice(MAX_ROWS).reduce((sum, { latency }) => sum + latency.count, 0),
    conversations: summary.conversations.others + packetsOf(conversations.slice(MAX_ROWS)),
    droppedPackets: dropped - droppedPackets.length,
    drops: drops.others,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** Steps between two hop locations on all paths, those with most packets first. */
export const mostFrequentSteps = (summary: PathSummary, limit: number): Step[] =>
  summary.steps
    .values()
    .sort((a, b) => b.latency.count - a.latency.count)
    .slice(0, limit);

function pathCountsJson(hostPath: HostPath, all: number, factsOf: FactsOf): PathCountsJson {
  const facts = (hopLocation: HopLocation): ReturnType<FactsOf> =>
    factsOf(hopLocation.captureLocation, hostPath.host);
  const hopLocations = hostPath.hopLocations.map((hopLocation) =>
    hopLocationName(hopLocation, facts(hopLocation)),
  );
  return {
    packets: hostPath.packets,
    share: hostPath.packets / all,
    inferred: hostPath.inferred,
    locations: hopLocations,
    stableLocations: hostPath.hopLocations.map((hopLocation) =>
      stableHopLocationName(hopLocation, facts(hopLocation)),
    ),
    outcome: pathOutcomeJson(hostPath.ending),
    firstFrame: hostPath.firstFrame,
    latency: latencyJson(hostPath.duration),
    steps: hostPath.steps.map((histogram, at) => ({
      from: hopLocations[at] ?? '',
      to: hopLocations[at + 1] ?? '',
      latency: latencyJson(histogram),
    })),
  };
}

const endpointsJson = ({ compartment, conversation, guest }: ConversationCounts): EndpointsJson => ({
  protocol: conversation.protocol,
  a: conversation.a,
  b: conversation.b,
  ...compartmentOf(compartment),
  ...(guest !== undefined && { nic: guest.facts.nic ?? guest.facts.interface }),
});

const conversationJson = (counts: ConversationCounts): ConversationJson => ({
  ...endpointsJson(counts),
  packets: counts.packets,
  bytes: counts.bytes,
  dropped: counts.drops,
});

/** Sums by a key; most packets first. */
function summed<T extends { readonly packets: number }, R extends object>(
  items: readonly T[],
  keyOf: (item: T) => string,
  describe: (item: T) => R,
): (R & { readonly packets: number })[] {
  const sums = new Map<string, { readonly item: T; packets: number }>();
  for (const item of items) {
    const sum = sums.get(keyOf(item));
    if (sum === undefined) sums.set(keyOf(item), { item, packets: item.packets });
    else sum.packets += item.packets;
  }
  return [...sums.values()].sort(byPackets).map(({ item, packets }) => ({ ...describe(item), packets }));
}

function dropsJson(
  { drops, droppedPackets }: PathSummary,
  names: PathNames,
  conversations: readonly ConversationCounts[],
): Pick<
  PathSummaryJson,
  'droppedPackets' | 'drops' | 'dropsByCompartment' | 'dropsByConversation' | 'dropsByInterface'
> {
  const all = drops.values();
  return {
    drops: summed(
      all,
      ({ host, location, reason }) => `${host} ${reason} ${location}`,
      ({ host, location, reason }) => dropJson(reason, location, names.namesOf(host)),
    ),
    dropsByInterface: summed(
      all,
      ({ node }) => String(node.id),
      ({ node }) => ({ interface: node.facts.interface }),
    ),
    dropsByCompartment: summed(
      all,
      ({ compartment }) => String(compartment),
      ({ compartment }) => compartmentOf(compartment),
    ),
    dropsByConversation: conversations
      .filter((counts) => counts.drops > 0)
      .sort((a, b) => b.drops - a.drops)
      .slice(0, MAX_ROWS)
      .map(conversationJson),
    droppedPackets: droppedPackets.map((dropped) => droppedPacketJson(dropped, names)),
  };
}

function droppedPacketJson(
  { compartment, hop, host, ticks }: DroppedPacket,
  names: PathNames,
): DroppedPacketJson {
  const { dropLocation, dropReason, flow, frame, length, hopLocation } = hop;
  return {
    frame,
    time: isoTime(ticks + UNIX_EPOCH_AS_FILETIME),
    interface: names.factsOf(hopLocation.captureLocation, host).interface,
    ...compartmentOf(compartment),
    protocol: flow.protocol,
    ...endpointsOf(flow),
    length,
    ...dropJson(dropReason, dropLocation, names.namesOf(host)),
  };
}

function neverLeft({ hopLocations }: PathSummary, factsOf: FactsOf): NeverLeftJson[] {
  return [...hopLocations.values()]
    .filter(({ lastSeen }) => lastSeen > 0)
    .sort((a, b) => b.unseenEdges.length - a.unseenEdges.length || b.lastSeen - a.lastSeen)
    .slice(0, MAX_ROWS)
    .map(({ lastSeen, lastSeenFrame, hopLocation, unseenEdges, wentOn }) => {
      const facts = factsOf(hopLocation.captureLocation, hopLocation.host);
      return {
        location: hopLocationName(hopLocation, facts),
        stableLocation: stableHopLocationName(hopLocation, facts),
        packets: lastSeen,
        continued: wentOn,
        unseenEdges: unseenEdges.map((edge) => edgeName(edge, facts)),
        firstFrame: lastSeenFrame,
      };
    });
}

/**
 * Nodes of a path, without the protocols that only one direction passes although a protocol is on both: a received
 * packet is offered to every protocol that is bound to the adapter, and the reply comes from one of them.
 */
function withoutOffers(hostPath: readonly PathNode[], other: readonly PathNode[]): PathNode[] {
  const hasCommon = hostPath.some((node) => isProtocol(node) && other.includes(node));
  return hostPath.filter((node) => !hasCommon || !isProtocol(node) || other.includes(node));
}

/** Compares the most frequent paths of both directions, by their nodes. */
function asymmetry(counts: ConversationCounts, { nodes }: PathSummary): AsymmetryJson[] {
  const passed = (hostPaths: ReadonlyMap<HostPath, number>): PathNode[] => {
    const [most] = [...hostPaths].sort(([, a], [, b]) => b - a);
    const all = (most?.[0].hopLocations ?? []).flatMap((hopLocation) => nodes.nodesOf(hopLocation));
    return all.filter((node, at) => node !== all[at - 1]);
  };
  const there = passed(counts.there);
  const back = passed(counts.back);
  if (there.length === 0 || back.length === 0) return [];
  const compared = withoutOffers(there, back);
  const mirrored = withoutOffers(back, there).reverse();
  if (compared.length === mirrored.length && compared.every((node, at) => node === mirrored[at])) return [];
  const names = (list: readonly PathNode[]): string[] => list.map(({ facts }) => facts.interface);
  return [
    {
      ...endpointsJson(counts),
      forward: names(there),
      reverse: names(back),
      onlyForward: names(compared.filter((node) => !back.includes(node))),
      onlyReverse: names(mirrored.reverse().filter((node) => !there.includes(node))),
    },
  ];
}
