import { isoTime, UNIX_EPOCH_AS_FILETIME } from '../etl/index.js';
import { dropLocationName } from '../etw/index.js';
import { UNKNOWN } from '../packets/index.js';
import { dropText, endpointsOf, type PathNames, secondsOf } from './describe.js';
import type { Ending, FactsOf } from './ending.js';
import type { Histogram } from './histogram.js';
import { edgeName, stableStationName, stationName } from './names.js';
import { isProtocol, type PathNode } from './node.js';
import type { Station } from './station.js';
import type { ConversationCounts, DroppedPacket, PathSummary, Step, Way } from './summary.js';

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

export interface StepJson {
  readonly from: string;
  readonly to: string;
  readonly since_previous: LatencyJson;
}

/** A way through the host that packets took. */
export interface WayJson {
  readonly packets: number;
  /** Of all packets, 0 to 1. */
  readonly share: number;
  /** Of those, matched by content. */
  readonly inferred: number;
  readonly stations: readonly string[];
  /** The same without numbers that change at each boot: what two traces are compared by. */
  readonly stableStations: readonly string[];
  readonly end: Ending['kind'];
  /** Of the first packet that took it. */
  readonly first_frame: number;
  readonly seconds: LatencyJson;
  readonly steps: readonly StepJson[];
}

export interface DropCountJson {
  readonly packets: number;
  readonly Drop: string;
  readonly DropReason?: number;
  readonly DropLocation?: string;
  readonly DropLocationName?: string;
}

/** Packets that came to a component, were not dropped there, and were not seen again. */
export interface NeverLeftJson {
  readonly at: string;
  readonly stableAt: string;
  readonly packets: number;
  /** Of the packets at this station, those that were seen elsewhere behind it. */
  readonly wentOn: number;
  /** Edges of the component that none of these packets came by. With one, it took them in: certain; without, a guess. */
  readonly unseenEdges: readonly string[];
  readonly frame: number;
}

export interface ConversationJson {
  readonly protocol: string;
  readonly a: string;
  readonly b: string;
  readonly Compartment?: number;
  /** At a vSwitch: the virtual NIC that speaks. */
  readonly Nic?: string;
  readonly packets: number;
  readonly bytes: number;
  readonly drops: number;
}

/** A conversation whose packets come another way than they go. */
export interface AsymmetryJson {
  readonly protocol: string;
  readonly a: string;
  readonly b: string;
  readonly Compartment?: number;
  readonly Nic?: string;
  /** Places on the way most packets take from a to b, and from b to a. */
  readonly there: readonly string[];
  readonly back: readonly string[];
  readonly onlyThere: readonly string[];
  readonly onlyBack: readonly string[];
}

/** One dropped packet. */
export interface DropJson extends Omit<DropCountJson, 'packets'> {
  readonly frame: number;
  readonly time: string;
  readonly at: string;
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
  /** Most frequent first. */
  readonly ways: readonly WayJson[];
  /** Packets whose ways found no room. */
  readonly otherWays: number;
  /** Steps of all ways together, most frequent first. */
  readonly steps: readonly StepJson[];
  readonly drops: {
    readonly byReason: readonly DropCountJson[];
    readonly byComponent: readonly { readonly at: string; readonly packets: number }[];
    readonly byCompartment: readonly { readonly Compartment?: number; readonly packets: number }[];
    readonly byFlow: readonly ConversationJson[];
    /** The first thousand. */
    readonly list: readonly DropJson[];
  };
  readonly neverLeft: readonly NeverLeftJson[];
  readonly asymmetric: readonly AsymmetryJson[];
  /** Most packets first; the first thousand. */
  readonly conversations: readonly ConversationJson[];
  /** What the lists do not have because of their limits; see {@link otherWays} for ways. Counts of 0 are absent. */
  readonly leftOut: {
    /** Times that packets went from one station to the next. */
    readonly steps?: number;
    /** Packets of conversations. */
    readonly conversations?: number;
    /** Drops that are not listed one by one. */
    readonly drops?: number;
    /** Drops whose reason, location or component has no count. */
    readonly dropCounts?: number;
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

/** What the packets of a trace have in common, as JSON. */
export function summaryJson(summary: PathSummary, names: PathNames): PathSummaryJson {
  const { factsOf } = names;
  const nameOf = (station: Station): string => stationName(station, factsOf(station.place, station.host));
  const ways = summary.ways.values().sort((a, b) => byPackets(a, b) || a.firstFrame - b.firstFrame);
  const conversations = summary.conversations.values().sort(byPackets);
  return {
    packets: summary.packets,
    appearances: summary.appearances,
    inferred: summary.inferred,
    ambiguous: summary.ambiguous,
    delivered: summary.delivered,
    dropped: summary.dropped,
    dropRecords: summary.dropRecords,
    ways: ways.slice(0, MAX_ROWS).map((way) => wayJson(way, summary.packets, factsOf)),
    otherWays: summary.ways.others + ways.slice(MAX_ROWS).reduce((sum, { packets }) => sum + packets, 0),
    steps: mostFrequentSteps(summary, MAX_ROWS).map(({ from, latency, to }) => ({
      from: nameOf(from),
      to: nameOf(to),
      since_previous: latencyJson(latency),
    })),
    drops: dropsJson(summary, names, conversations),
    neverLeft: neverLeft(summary, factsOf),
    asymmetric: conversations.flatMap((counts) => asymmetry(counts, summary)).slice(0, MAX_ROWS),
    conversations: conversations.slice(0, MAX_ROWS).map(conversationJson),
    leftOut: leftOut(summary, conversations),
  };
}

/** What the limits of lists and tables leave out. */
function leftOut(
  summary: PathSummary,
  conversations: readonly ConversationCounts[],
): PathSummaryJson['leftOut'] {
  const { dropped, droppedPackets, drops, steps } = summary;
  const all = mostFrequentSteps(summary, Number.POSITIVE_INFINITY);
  const counts = {
    steps: steps.others + all.slice(MAX_ROWS).reduce((sum, { latency }) => sum + latency.count, 0),
    conversations:
      summary.conversations.others +
      conversations.slice(MAX_ROWS).reduce((sum, { packets }) => sum + packets, 0),
    drops: dropped - droppedPackets.length,
    dropCounts: drops.others,
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

/** Steps between two stations by whichever way, those of most packets first. */
export const mostFrequentSteps = (summary: PathSummary, limit: number): Step[] =>
  summary.steps
    .values()
    .sort((a, b) => b.latency.count - a.latency.count)
    .slice(0, limit);

function wayJson(way: Way, all: number, factsOf: FactsOf): WayJson {
  const facts = (station: Station): ReturnType<FactsOf> => factsOf(station.place, way.host);
  const stations = way.stations.map((station) => stationName(station, facts(station)));
  return {
    packets: way.packets,
    share: way.packets / all,
    inferred: way.inferred,
    stations,
    stableStations: way.stations.map((station) => stableStationName(station, facts(station))),
    end: way.ending.kind,
    first_frame: way.firstFrame,
    seconds: latencyJson(way.duration),
    steps: way.steps.map((histogram, at) => ({
      from: stations[at] ?? '',
      to: stations[at + 1] ?? '',
      since_previous: latencyJson(histogram),
    })),
  };
}

const nicOf = ({ guest }: ConversationCounts): { readonly Nic?: string } =>
  guest === undefined ? {} : { Nic: guest.facts.nic ?? guest.facts.interface };

const conversationJson = (counts: ConversationCounts): ConversationJson => ({
  protocol: counts.conversation.protocol,
  a: counts.conversation.a,
  b: counts.conversation.b,
  ...compartmentOf(counts.compartment),
  ...nicOf(counts),
  packets: counts.packets,
  bytes: counts.bytes,
  drops: counts.drops,
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
): PathSummaryJson['drops'] {
  const all = drops.values();
  return {
    byReason: summed(
      all,
      ({ host, location, reason }) => `${host} ${reason} ${location}`,
      ({ host, location, reason }) => reasonJson(reason, location, host, names),
    ),
    byComponent: summed(
      all,
      ({ node }) => String(node.id),
      ({ node }) => ({ at: node.facts.interface }),
    ),
    byCompartment: summed(
      all,
      ({ compartment }) => String(compartment),
      ({ compartment }) => compartmentOf(compartment),
    ),
    byFlow: conversations
      .filter((counts) => counts.drops > 0)
      .sort((a, b) => b.drops - a.drops)
      .slice(0, MAX_ROWS)
      .map(conversationJson),
    list: droppedPackets.map((dropped) => dropJson(dropped, names)),
  };
}

function reasonJson(
  reason: number,
  location: number,
  host: number,
  names: PathNames,
): Omit<DropCountJson, 'packets'> {
  const locationName = location === UNKNOWN ? undefined : dropLocationName(location);
  return {
    Drop: dropText(reason, names.namesOf(host)),
    ...(reason !== UNKNOWN && { DropReason: reason }),
    ...(location !== UNKNOWN && { DropLocation: `0x${location.toString(16)}` }),
    ...(locationName !== undefined && { DropLocationName: locationName }),
  };
}

function dropJson({ compartment, hop, host, ticks }: DroppedPacket, names: PathNames): DropJson {
  const { dropLocation, dropReason, flow, frame, length, station } = hop;
  const { from, to } = endpointsOf(flow);
  return {
    frame,
    time: isoTime(ticks + UNIX_EPOCH_AS_FILETIME),
    at: names.factsOf(station.place, host).interface,
    ...compartmentOf(compartment),
    protocol: flow.protocol,
    ...(from !== undefined && { source: from }),
    ...(to !== undefined && { destination: to }),
    length,
    ...reasonJson(dropReason, dropLocation, host, names),
  };
}

function neverLeft({ stations }: PathSummary, factsOf: FactsOf): NeverLeftJson[] {
  return [...stations.values()]
    .filter(({ lastSeen }) => lastSeen > 0)
    .sort((a, b) => b.unseenEdges.length - a.unseenEdges.length || b.lastSeen - a.lastSeen)
    .slice(0, MAX_ROWS)
    .map(({ lastSeen, lastSeenFrame, station, unseenEdges, wentOn }) => {
      const facts = factsOf(station.place, station.host);
      return {
        at: stationName(station, facts),
        stableAt: stableStationName(station, facts),
        packets: lastSeen,
        wentOn,
        unseenEdges: unseenEdges.map((edge) => edgeName(edge, facts)),
        frame: lastSeenFrame,
      };
    });
}

/**
 * Nodes of a way, without the protocols that only one direction passes although a protocol is on both: a received packet
 * is offered to every protocol that is bound to the adapter, and the reply comes from one of them.
 */
function withoutOffers(way: readonly PathNode[], other: readonly PathNode[]): PathNode[] {
  const hasCommon = way.some((node) => isProtocol(node) && other.includes(node));
  return way.filter((node) => !hasCommon || !isProtocol(node) || other.includes(node));
}

/** Compares the ways that most packets take in either direction, by the nodes they pass. */
function asymmetry(counts: ConversationCounts, { nodes }: PathSummary): AsymmetryJson[] {
  const passed = (ways: ReadonlyMap<Way, number>): PathNode[] => {
    const [most] = [...ways].sort(([, a], [, b]) => b - a);
    const all = (most?.[0].stations ?? []).flatMap((station) => nodes.nodesOf(station));
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
      protocol: counts.conversation.protocol,
      a: counts.conversation.a,
      b: counts.conversation.b,
      ...compartmentOf(counts.compartment),
      ...nicOf(counts),
      there: names(there),
      back: names(back),
      onlyThere: names(compared.filter((node) => !back.includes(node))),
      onlyBack: names(mirrored.reverse().filter((node) => !there.includes(node))),
    },
  ];
}
