import { Direction, UNKNOWN } from '../packets/index.js';
import type { PathNames } from './describe.js';
import { type Ending, endingOf } from './ending.js';
import type { Conversation } from './flow.js';
import { Histogram } from './histogram.js';
import type { HopLocation } from './hop-location.js';
import { isProtocol, NodeTable, type PathNode } from './node.js';
import { durationOf, type Hop, type PacketPath } from './packet-path.js';
import { Tally } from './tally.js';

/** Limits for traces with more variety than people read, or made to exhaust memory. */
const MAX_PATHS = 4096;
const MAX_HISTOGRAMS = 50_000;
const MAX_CONVERSATIONS = 100_000;
const MAX_DROP_KINDS = 10_000;
/** Dropped packets that are listed one by one. */
const MAX_DROPS_LISTED = 1000;
/** Ways of one conversation in one direction that are counted. */
const MAX_WAYS_OF_CONVERSATION = 8;

/** A path of packets through the host: the same hop locations in the same order. */
export interface HostPath {
  readonly hopLocations: readonly HopLocation[];
  /** Of the first packet; the same for all, except the edges without appearance. */
  readonly ending: Ending;
  readonly host: number;
  /** First frame of the first packet that took it: an example. */
  readonly firstFrame: number;
  packets: number;
  /** Of those, matched by content. */
  inferred: number;
  /** From the first hop to the last. */
  readonly duration: Histogram;
  /** By hop, from the second on: time since the previous hop; empty beyond the limit. */
  readonly steps: readonly Histogram[];
}

/** A step between two hop locations, on all paths. */
export interface Step {
  readonly from: HopLocation;
  readonly to: HopLocation;
  readonly latency: Histogram;
}

/** Packets from one node of the stack to another. */
export interface Link {
  readonly from: PathNode;
  readonly to: PathNode;
  packets: number;
}

/** Outcomes of packets at a hop location. */
export interface HopLocationCounts {
  readonly hopLocation: HopLocation;
  packets: number;
  /** With a later appearance elsewhere. */
  wentOn: number;
  delivered: number;
  dropped: number;
  /** Neither: it is the last that is known of them. */
  lastSeen: number;
  /** Edges of the component without an appearance of any of those. */
  unseenEdges: readonly number[];
  /** Frame number of one of those. */
  lastSeenFrame: number;
}

/** Packets of one conversation in one compartment. */
export interface ConversationCounts {
  readonly conversation: Conversation;
  /** UNKNOWN (-1) if unknown. */
  readonly compartment: number;
  /** The port of the virtual NIC at the endpoint's vSwitch: the same address at two ports is two hosts. */
  readonly guest: PathNode | undefined;
  packets: number;
  /** Bytes of the packets, each counted once. */
  bytes: number;
  drops: number;
  /** Packets by path, from `conversation.a` to `b` and back. */
  readonly there: Map<HostPath, number>;
  readonly back: Map<HostPath, number>;
}

/** Packets dropped for one reason at one location. */
export interface DropKind {
  readonly reason: number;
  readonly location: number;
  readonly host: number;
  readonly node: PathNode;
  readonly compartment: number;
  packets: number;
}

/** A dropped packet; `hop` is the first drop record. */
export interface DroppedPacket {
  readonly hop: Hop;
  readonly host: number;
  /** Unix time in 100 ns. */
  readonly ticks: bigint;
  /** That of the whole path: the drop's own hop may not have it. */
  readonly compartment: number;
}

/** Counts packets by path, step, outcome and conversation. */
export class PathSummary {
  packets = 0;
  appearances = 0;
  /** Packets with appearances that were matched by content. */
  inferred = 0;
  /** Packets with appearances for which another packet would have matched as well. */
  ambiguous = 0;
  /** Packets with a drop record. */
  dropped = 0;
  dropRecords = 0;
  /** Of {@link dropped}, those of which only a keyword bit tells. */
  inferredDrops = 0;
  delivered = 0;
  readonly nodes: NodeTable;
  readonly hostPaths = new Tally<string, HostPath>(MAX_PATHS);
  readonly steps = new Tally<number, Step>(MAX_HISTOGRAMS);
  readonly links = new Tally<number, Link>(MAX_HISTOGRAMS);
  readonly hopLocations = new Map<HopLocation, HopLocationCounts>();
  readonly conversations = new Tally<string, ConversationCounts>(MAX_CONVERSATIONS);
  readonly drops = new Tally<string, DropKind>(MAX_DROP_KINDS);
  readonly droppedPackets: DroppedPacket[] = [];
  /** Dropped packets, by node: for the map. */
  readonly dropsAt = new Map<PathNode, number>();
  readonly packetsAt = new Map<PathNode, number>();
  readonly #names: PathNames;
  readonly #conversationNumbers = new WeakMap<Conversation, number>();
  #conversationCount = 0;
  #histograms = 0;
  readonly #nodesOfPacket = new Set<PathNode>();

  constructor(names: PathNames) {
    this.#names = names;
    this.nodes = new NodeTable(names.factsOf);
  }

  /** Hot path: once for each packet. */
  add(path: PacketPath): void {
    const { ambiguous, hops, inferred, journey } = path;
    const ending = endingOf(path, this.#names.factsOf);
    this.packets += 1;
    this.appearances += hops.length;
    if (inferred) this.inferred += 1;
    if (ambiguous) this.ambiguous += 1;
    if (ending.kind === 'delivered') this.delivered += 1;
    const hostPath = this.#hostPath(path, journey, ending);
    if (hostPath !== undefined) {
      hostPath.packets += 1;
      if (inferred) hostPath.inferred += 1;
      hostPath.duration.add(durationOf(journey));
    }
    this.#addHops(journey, hostPath, ending);
    if (ending.kind === 'dropped') this.#addDrop(path, ending.hop);
    this.#addConversation(path, hostPath, ending.kind === 'dropped');
  }

  #hostPath({ firstFrame, host }: PacketPath, hops: readonly Hop[], ending: Ending): HostPath | undefined {
    let key = '';
    for (const { hopLocation } of hops) key += `${hopLocation.id} `;
    return this.hostPaths.at(key, () => {
      const hasRoom = this.#histograms + hops.length <= MAX_HISTOGRAMS;
      if (hasRoom) this.#histograms += hops.length;
      return {
        hopLocations: hops.map(({ hopLocation }) => hopLocation),
        ending,
        host,
        firstFrame,
        packets: 0,
        inferred: 0,
        duration: new Histogram(),
        steps: hasRoom ? hops.slice(1).map(() => new Histogram()) : [],
      };
    });
  }

  #addHops(hops: readonly Hop[], hostPath: HostPath | undefined, ending: Ending): void {
    let previous: Hop | undefined;
    let linked: HopLocation | undefined;
    this.#nodesOfPacket.clear();
    for (const [at, hop] of hops.entries()) {
      const { hopLocation } = hop;
      const counts = this.#countsOf(hopLocation);
      if (hops.findIndex((other) => other.hopLocation === hopLocation) === at) counts.packets += 1;
      if (hop === ending.hop) this.#addEnding(counts, ending);
      else counts.wentOn += 1;
      for (const node of this.nodes.nodesOf(hopLocation)) this.#addPacket(node);
      if (previous !== undefined) {
        const latency = Math.max(0, hop.since - previous.since);
        hostPath?.steps[at - 1]?.add(latency);
        this.#step(previous.hopLocation, hopLocation)?.latency.add(latency);
      }
      if (linked !== undefined) this.#addLinks(linked, hopLocation);
      // A packet offered to a protocol comes from the component below, not from the previous protocol.
      const next = hops[at + 1];
      if (next === undefined || !this.#isOffered(hopLocation, next.hopLocation)) linked = hopLocation;
      previous = hop;
    }
  }

  #countsOf(hopLocation: HopLocation): HopLocationCounts {
    let counts = this.hopLocations.get(hopLocation);
    if (counts === undefined) {
      counts = {
        hopLocation,
        packets: 0,
        wentOn: 0,
        delivered: 0,
        dropped: 0,
        lastSeen: 0,
        unseenEdges: [],
        lastSeenFrame: 0,
      };
      this.hopLocations.set(hopLocation, counts);
    }
    return counts;
  }

  #addEnding(counts: HopLocationCounts, ending: Ending): void {
    if (ending.kind === 'delivered') counts.delivered += 1;
    else if (ending.kind === 'dropped') counts.dropped += 1;
    else {
      const { unseenEdges } = ending;
      counts.unseenEdges =
        counts.lastSeen === 0 ? unseenEdges : counts.unseenEdges.filter((edge) => unseenEdges.includes(edge));
      if (counts.lastSeen === 0) counts.lastSeenFrame = ending.hop.frame;
      counts.lastSeen += 1;
    }
  }

  #addDrop(path: PacketPath, hop: Hop): void {
    const { dropLocation: location, dropReason: reason, hopLocation } = hop;
    const { host } = path;
    const compartment = hop.compartment === UNKNOWN ? (path.compartment ?? UNKNOWN) : hop.compartment;
    this.dropped += 1;
    if (reason === UNKNOWN) this.inferredDrops += 1;
    for (const { hopLocation: other } of path.hops) if (other.dropped) this.dropRecords += 1;
    const [node] = this.nodes.nodesOf(hopLocation);
    if (node === undefined) return;
    this.dropsAt.set(node, (this.dropsAt.get(node) ?? 0) + 1);
    const counts = this.drops.at(`${host} ${reason} ${location} ${node.id} ${compartment}`, () => ({
      reason,
      location,
      host,
      node,
      compartment,
      packets: 0,
    }));
    if (counts !== undefined) counts.packets += 1;
    if (this.droppedPackets.length < MAX_DROPS_LISTED) {
      this.droppedPackets.push({ hop, host, ticks: path.ticks + BigInt(hop.since), compartment });
    }
  }

  /** A packet that returns to a node counts once there. */
  #addPacket(node: PathNode): void {
    if (this.#nodesOfPacket.has(node)) return;
    this.#nodesOfPacket.add(node);
    this.packetsAt.set(node, (this.packetsAt.get(node) ?? 0) + 1);
  }

  #step(from: HopLocation, to: HopLocation): Step | undefined {
    return this.steps.at(from.id * 0x10_0000 + to.id, () => ({ from, to, latency: new Histogram() }));
  }

  #isOffered(from: HopLocation, to: HopLocation): boolean {
    if (from.direction !== Direction.inbound || to.direction !== Direction.inbound) return false;
    const [before] = this.nodes.nodesOf(from);
    const [node] = this.nodes.nodesOf(to);
    return before !== undefined && node !== undefined && isProtocol(before) && isProtocol(node);
  }

  #addLinks(from: HopLocation, to: HopLocation): void {
    const before = this.nodes.nodesOf(from);
    for (const node of this.nodes.nodesOf(to)) {
      if (before.includes(node)) continue;
      // A packet that was copied to several ports continues from one of them, which is not known.
      const [source] = before;
      if (source === undefined) continue;
      const link = this.links.at(source.id * 0x10_0000 + node.id, () => ({
        from: source,
        to: node,
        packets: 0,
      }));
      if (link !== undefined) link.packets += 1;
    }
  }

  /** A port of the path that is neither the host's own nor an external one. */
  #guestOf({ hops, source }: PacketPath): PathNode | undefined {
    if (source === 'pktmon') return undefined;
    for (const { hopLocation } of hops) {
      const guest = this.nodes.nodesOf(hopLocation).find(isGuest);
      if (guest !== undefined) return guest;
    }
    return undefined;
  }

  #addConversation(path: PacketPath, hostPath: HostPath | undefined, isDropped: boolean): void {
    const { flow, length } = path.inner;
    const { conversation } = flow;
    if (flow.source === undefined) return;
    let number = this.#conversationNumbers.get(conversation);
    if (number === undefined) {
      number = this.#conversationCount++;
      this.#conversationNumbers.set(conversation, number);
    }
    const compartment = path.compartment ?? UNKNOWN;
    const guest = this.#guestOf(path);
    const counts = this.conversations.at(`${number} ${compartment} ${path.host} ${guest?.id}`, () => ({
      conversation,
      compartment,
      guest,
      packets: 0,
      bytes: 0,
      drops: 0,
      there: new Map(),
      back: new Map(),
    }));
    if (counts === undefined) return;
    counts.packets += 1;
    counts.bytes += length;
    if (isDropped) counts.drops += 1;
    if (hostPath === undefined) return;
    const hostPaths = flow.isFromA ? counts.there : counts.back;
    const taken = hostPaths.get(hostPath);
    if (taken !== undefined || hostPaths.size < MAX_WAYS_OF_CONVERSATION)
      hostPaths.set(hostPath, (taken ?? 0) + 1);
  }
}

const isGuest = ({ kind, captureLocation }: PathNode): boolean =>
  kind === 'port' && captureLocation.nicType !== 'Internal' && captureLocation.nicType !== 'External';
