import { UNKNOWN } from '../packets/index.js';
import type { PathNames } from './describe.js';
import { type Ending, endingOf } from './ending.js';
import type { Conversation } from './flow.js';
import { Histogram } from './histogram.js';
import { NodeTable, type PathNode } from './node.js';
import type { Hop, PacketPath } from './packet-path.js';
import type { Station } from './station.js';
import { Tally } from './tally.js';

/** Limits for traces with more variety than people read, or made to exhaust memory. */
const MAX_WAYS = 4096;
const MAX_HISTOGRAMS = 50_000;
const MAX_CONVERSATIONS = 100_000;
const MAX_DROP_KINDS = 10_000;
/** Drops that are told one by one. */
const MAX_DROPS_LISTED = 1000;
/** Ways of one conversation in one direction that are counted. */
const MAX_WAYS_OF_CONVERSATION = 8;

/** A way through the host that packets took: the same stations in the same order. */
export interface Way {
  readonly stations: readonly Station[];
  /** Of the first packet; the same for all, but for the edges it did not come by. */
  readonly ending: Ending;
  readonly host: number;
  /** First frame of the first packet that took it: an example. */
  readonly firstFrame: number;
  packets: number;
  /** Of those, put together by their bytes. */
  guesses: number;
  /** From the first hop to the last. */
  readonly duration: Histogram;
  /** By hop, from the second on: time since the hop before; empty where there was no room. */
  readonly steps: readonly Histogram[];
}

/** A step between two stations, by whichever way. */
export interface Step {
  readonly from: Station;
  readonly to: Station;
  readonly latency: Histogram;
}

/** Packets from one node of the stack to another. */
export interface Link {
  readonly from: PathNode;
  readonly to: PathNode;
  packets: number;
}

/** What became of packets at a station. */
export interface StationCounts {
  readonly station: Station;
  packets: number;
  /** Seen elsewhere behind it. */
  wentOn: number;
  delivered: number;
  dropped: number;
  /** Neither: it is the last that is known of them. */
  lastSeen: number;
  /** Edges of the component that none of those came by. */
  unseenEdges: readonly number[];
  /** An example of those. */
  lastSeenFrame: number;
}

/** Packets of one conversation in one compartment. */
export interface ConversationCounts {
  readonly conversation: Conversation;
  /** UNKNOWN (-1) where it was not told. */
  readonly compartment: number;
  /** The port of the virtual NIC that speaks, at a vSwitch: the same address behind two ports is two hosts. */
  readonly guest: PathNode | undefined;
  packets: number;
  /** Bytes of the packets, each counted once. */
  bytes: number;
  drops: number;
  /** How often which way was taken, from `conversation.a` to `b` and back. */
  readonly there: Map<Way, number>;
  readonly back: Map<Way, number>;
}

/** Packets dropped for one reason at one place. */
export interface DropKind {
  readonly reason: number;
  readonly location: number;
  readonly host: number;
  readonly node: PathNode;
  readonly compartment: number;
  packets: number;
}

/** One drop. */
export interface DroppedPacket {
  readonly hop: Hop;
  readonly host: number;
  /** Unix time in 100 ns. */
  readonly ticks: bigint;
  /** As for the whole path: a drop's own hop may not tell it. */
  readonly compartment: number;
}

/** Counts what the paths of a trace have in common. */
export class PathSummary {
  packets = 0;
  appearances = 0;
  guesses = 0;
  dropped = 0;
  delivered = 0;
  readonly nodes: NodeTable;
  readonly ways = new Tally<string, Way>(MAX_WAYS);
  readonly steps = new Tally<number, Step>(MAX_HISTOGRAMS);
  readonly links = new Tally<number, Link>(MAX_HISTOGRAMS);
  readonly stations = new Map<Station, StationCounts>();
  readonly conversations = new Tally<string, ConversationCounts>(MAX_CONVERSATIONS);
  readonly drops = new Tally<string, DropKind>(MAX_DROP_KINDS);
  readonly droppedPackets: DroppedPacket[] = [];
  /** Drops, by node: for the map. */
  readonly dropsAt = new Map<PathNode, number>();
  readonly packetsAt = new Map<PathNode, number>();
  readonly #names: PathNames;
  readonly #conversationNumbers = new WeakMap<Conversation, number>();
  #conversationCount = 0;
  #histograms = 0;

  constructor(names: PathNames) {
    this.#names = names;
    this.nodes = new NodeTable(names.factsOf);
  }

  /** Hot path: once for each packet. */
  add(path: PacketPath): void {
    const { guess, hops } = path;
    const ending = endingOf(path, this.#names.factsOf);
    this.packets += 1;
    this.appearances += hops.length;
    if (guess) this.guesses += 1;
    if (ending.kind === 'delivered') this.delivered += 1;
    const way = this.#way(path, ending);
    if (way !== undefined) {
      way.packets += 1;
      if (guess) way.guesses += 1;
      way.duration.add(path.duration);
    }
    const drops = this.#addHops(path, way, ending);
    this.#addConversation(path, way, drops);
  }

  #way(path: PacketPath, ending: Ending): Way | undefined {
    const { first, hops, host } = path;
    let key = '';
    for (const { station } of hops) key += `${station.id} `;
    return this.ways.at(key, () => {
      const hasRoom = this.#histograms + hops.length <= MAX_HISTOGRAMS;
      if (hasRoom) this.#histograms += hops.length;
      return {
        stations: hops.map(({ station }) => station),
        ending,
        host,
        firstFrame: first.frame,
        packets: 0,
        guesses: 0,
        duration: new Histogram(),
        steps: hasRoom ? hops.slice(1).map(() => new Histogram()) : [],
      };
    });
  }

  /** @returns the number of hops where the packet was dropped */
  #addHops(path: PacketPath, way: Way | undefined, ending: Ending): number {
    const { hops } = path;
    let drops = 0;
    let previous: Hop | undefined;
    for (const [at, hop] of hops.entries()) {
      const { station } = hop;
      const counts = this.#countsOf(station);
      counts.packets += 1;
      if (at < hops.length - 1) counts.wentOn += 1;
      else this.#addEnding(counts, ending);
      if (station.dropped) {
        drops += 1;
        this.#addDrop(path, hop);
      }
      if (previous === undefined) this.#addFirst(station);
      else {
        const latency = hop.since - previous.since;
        way?.steps[at - 1]?.add(latency);
        this.#step(previous.station, station)?.latency.add(latency);
        this.#addLinks(previous.station, station);
      }
      previous = hop;
    }
    return drops;
  }

  #countsOf(station: Station): StationCounts {
    let counts = this.stations.get(station);
    if (counts === undefined) {
      counts = {
        station,
        packets: 0,
        wentOn: 0,
        delivered: 0,
        dropped: 0,
        lastSeen: 0,
        unseenEdges: [],
        lastSeenFrame: 0,
      };
      this.stations.set(station, counts);
    }
    return counts;
  }

  #addEnding(counts: StationCounts, ending: Ending): void {
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
    const { dropLocation: location, dropReason: reason, station } = hop;
    const { host } = path;
    const compartment = hop.compartment === UNKNOWN ? (path.compartment ?? UNKNOWN) : hop.compartment;
    this.dropped += 1;
    const [node] = this.nodes.nodesOf(station);
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

  #addFirst(station: Station): void {
    for (const node of this.nodes.nodesOf(station)) this.#addPacket(node);
  }

  #addPacket(node: PathNode): void {
    this.packetsAt.set(node, (this.packetsAt.get(node) ?? 0) + 1);
  }

  #step(from: Station, to: Station): Step | undefined {
    return this.steps.at(from.id * 0x10_0000 + to.id, () => ({ from, to, latency: new Histogram() }));
  }

  #addLinks(from: Station, to: Station): void {
    const before = this.nodes.nodesOf(from);
    for (const node of this.nodes.nodesOf(to)) {
      if (before.includes(node)) continue;
      this.#addPacket(node);
      // A packet that was copied to several ports goes on from one of them; from which one is not known.
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

  /** A port of the path that is neither the host's own nor the way out. */
  #guestOf({ hops, source }: PacketPath): PathNode | undefined {
    if (source === 'pktmon') return undefined;
    for (const { station } of hops) {
      const guest = this.nodes.nodesOf(station).find(isGuest);
      if (guest !== undefined) return guest;
    }
    return undefined;
  }

  #addConversation(path: PacketPath, way: Way | undefined, drops: number): void {
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
    counts.drops += drops;
    if (way === undefined) return;
    const ways = flow.isFromA ? counts.there : counts.back;
    const taken = ways.get(way);
    if (taken !== undefined || ways.size < MAX_WAYS_OF_CONVERSATION) ways.set(way, (taken ?? 0) + 1);
  }
}

const isGuest = ({ kind, place }: PathNode): boolean =>
  kind === 'port' && place.nicType !== 'Internal' && place.nicType !== 'External';
